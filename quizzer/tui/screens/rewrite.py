"""A question that is forgotten again and again, mended on the spot: a proposal chosen, then its texts in a form."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from quizzer.authoring import filled, short_form, wrong_with
from quizzer.tui.page import Page
from quizzer.tui.requests import EditRequested
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.proposal_form import ProposalForm, Row
from quizzer.tui.widgets.text import literal

if TYPE_CHECKING:
    from quizzer.core.kinds import Question
    from quizzer.study import Rewrite


class RewriteScreen(Page["Question | None"]):
    """Dismissed with the mended question, None to leave it as it is."""

    BINDING_GROUP_TITLE = "Mending a question"
    CSS_PATH = "rewrite.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,f4", "edit", "Edit in its deck", id="rewrite.edit"),
        Binding("escape", "leave", "Leave it as it is", id="rewrite.leave"),
    ]

    def __init__(self, question: "Question", ways: "Sequence[Rewrite]", *, deck: str) -> None:
        super().__init__()
        self._question, self._ways, self._deck = question, tuple(ways), deck
        self._choices = Choices()
        self._form: ProposalForm | None = None

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        with Vertical(id="paper"):
            yield self._choices

    def on_mount(self) -> None:
        """Offer the proposals; where there is none, the form at once."""
        if not self._ways:
            self.call_later(self._write)
            return
        told = f"How is this question to be mended?\n\n{literal(self._question.text)}"
        self._choices.ask(told, ["Write it anew by hand", *(way.does for way in self._ways)])
        self._choices.focus()

    @on(Choices.Picked)
    async def _picked(self, event: Choices.Picked) -> None:
        if event.index:
            self._question = self._ways[event.index - 1].question
        await self._write()

    async def _write(self) -> None:
        """Put the question into the form."""
        if self._form is None:
            self._choices.display = False
            self._form = ProposalForm([Row(*field[:4]) for field in short_form(self._question)])
            await self.query_one("#paper").mount(self._form)
            self.refresh_bindings()

    @on(ProposalForm.Changed)
    def _judge(self, event: ProposalForm.Changed) -> None:
        if self._form is not None:
            self._form.tell(wrong_with(filled(self._question, event.texts)))

    @on(ProposalForm.Submitted)
    def _submitted(self, event: ProposalForm.Submitted) -> None:
        question = filled(self._question, event.texts)
        wrong = [text for severity, text in wrong_with(question) if severity == "error"]
        if wrong:
            self.notify(literal(wrong[0]), severity="error", markup=False)
        else:
            self.dismiss(question)

    def action_edit(self) -> None:
        """Open the editor at the question; nothing is mended here then."""
        self.app.post_message(EditRequested(self._deck, self._question.id))
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave the question as it is."""
        self.dismiss(None)
