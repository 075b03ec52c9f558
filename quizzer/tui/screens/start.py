"""A deck begun: its title, its language, and a first question if there is one already."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import ClassVar

import msgspec
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quizzer.authoring.starting import Beginning, wrong_with
from quizzer.core.errors import QuizzerError
from quizzer.tui.page import Page
from quizzer.tui.widgets.proposal_form import ProposalForm, Row
from quizzer.tui.widgets.text import literal


class StartScreen(Page["Path | None"]):
    """Dismissed with the file that ``start`` made of what was written, None where none is wanted after all."""

    BINDING_GROUP_TITLE = "A new deck"
    CSS_PATH = "start.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "No new deck", id="start.leave")]

    def __init__(self, beginning: Beginning, start: Callable[[Beginning], Awaitable[Path]], *, folder: str) -> None:
        super().__init__()
        self._beginning, self._start, self._folder = beginning, start, folder

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        told = self._beginning
        with Vertical(id="paper"):
            yield Static(Content.assemble(("A new deck", "bold"), (literal(f" in {self._folder}"), "$quiet")), id="heading")
            yield ProposalForm(
                [
                    Row("title", "Title", told.title),
                    Row("language", "Language", told.language),
                    Row("question", "First question", told.question),
                    Row("answer", "Its answer", told.answer),
                ]
            )

    @on(ProposalForm.Changed)
    def _judge(self, event: ProposalForm.Changed) -> None:
        event.stop()
        self.query_one(ProposalForm).tell([("warning", wrong) for wrong in wrong_with(self._told(event.texts))])

    @on(ProposalForm.Submitted)
    @work(group="start", exclusive=True)
    async def _submitted(self, event: ProposalForm.Submitted) -> None:
        try:
            path = await self._start(self._told(event.texts))
        except QuizzerError as error:
            self.notify(literal(str(error)), severity="error", markup=False)
        else:
            self.dismiss(path)

    def _told(self, texts: Mapping[str, str]) -> Beginning:
        return msgspec.structs.replace(self._beginning, **{name: text.strip() for name, text in texts.items()})

    def action_leave(self) -> None:
        """Begin none."""
        self.dismiss(None)
