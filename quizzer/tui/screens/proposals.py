"""Proposals: each question beside its passage; keep, drop, edit, merge, accept."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizzer.authoring import Decision, Standing, filled, merged, short_form, wrong_with
from quizzer.core.errors import QuizzerError
from quizzer.tui.deciding import DecidingPage
from quizzer.tui.page import Offers
from quizzer.tui.sifted import card_of, passages_of, progress_of, summary_of
from quizzer.tui.widgets.asking import Asking
from quizzer.tui.widgets.proposal_form import ProposalForm, Row, Text
from quizzer.tui.widgets.proposal_header import ProposalHeader
from quizzer.tui.widgets.proposal_sides import ProposalSides
from quizzer.tui.widgets.text import literal

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from quizzer.authoring import Sitting
    from quizzer.core.kinds import Question

_NOTHING = "No question matches {what}.\n\nEsc shows all again."


class ProposalsScreen(DecidingPage):
    """One sitting: dismissed with what was written, or with None when the author leaves before."""

    CSS_PATH = "proposals.tcss"
    AUTO_FOCUS = ""  # the keys are the screen's
    BINDING_GROUP_TITLE = "Proposals"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "decide('keep')", "Keep", id="proposals.keep"),
        Binding("d", "decide('drop')", "Drop", id="proposals.drop"),
        Binding("e", "edit", "Edit", id="proposals.edit"),
        Binding("m", "merge", "Merge", id="proposals.merge"),
        Binding("w", "why", "Why", id="proposals.why"),
        Binding("u,ctrl+z", "undo", "Undo", id="proposals.undo"),
        Binding("enter", "accept", "Accept", id="proposals.accept"),
        Binding("space,j", "next_open", "Next undecided", id="proposals.open"),
        Binding("right,n", "go(1)", "Next", id="proposals.next", show=False),
        Binding("left,p", "go(-1)", "Before", id="proposals.previous", show=False),
        Binding("f", "sort", "Filter", id="proposals.filter"),
        Binding("slash", "search", "Search", id="proposals.search"),
        Binding("r,ctrl+y", "redo", "Redo", id="proposals.redo"),
        Binding("K", "decide_all('keep')", "Keep all remaining", id="proposals.keep_all", show=False),
        Binding("D", "decide_all('drop')", "Drop all remaining", id="proposals.drop_all", show=False),
        Binding("question_mark,f1", "app.help", "Help", id="proposals.help"),
        Binding("t", "app.toggle_theme", "Light or dark", id="proposals.theme", show=False),
        Binding("q,escape", "leave", "Leave", id="proposals.leave"),
        Binding("down", "scroll(2)", "Scroll down", id="proposals.down", show=False),
        Binding("up", "scroll(-2)", "Scroll up", id="proposals.up", show=False),
        Binding("pagedown", "scroll(8)", "Page down", id="proposals.page_down", show=False),
        Binding("pageup", "scroll(-8)", "Page up", id="proposals.page_up", show=False),
    ]

    def __init__(self, sitting: "Sitting", *, monotonic: Callable[[], float]) -> None:
        super().__init__(sitting, monotonic=monotonic)
        self._header, self._sides, self._asking = ProposalHeader(sitting.path.name), ProposalSides(), Asking()
        self._mergeable: tuple[str, ...] = ()
        self._why_open = False

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        yield self._header
        yield self._sides
        yield self._asking
        yield self._line

    def on_mount(self) -> None:
        """Show the first question that is not decided."""
        self.show()
        if self._walk.ids and not self._sifting.counts.open:
            self.action_accept()

    # What the author sees

    def show(self) -> None:
        """Show the question on which the author is, and how far they are."""
        only = self._walk.only
        self._header.show(progress_of(self._sifting, self._walk.ids, self._at, only=only))
        if self._walk.is_anywhere:
            entry = self._sifting.entry(self._at)
            self._mergeable = self._sifting.mergeable(self._at)
            card = card_of(entry, doubts=self._sitting.doubts(self._at), alike=self._alike(), into=self._stem(entry.into))
            self._sides.show(card, passages_of(entry, self._sifting.sources), why_open=self._why_open)
        else:
            self._mergeable = ()
            self._sides.say(_NOTHING.format(what=only) if only else "Nothing is proposed.")
        self.refresh_bindings()

    def _alike(self) -> list[tuple[str, str]]:
        """Return what is near to the question on show, while it is not decided."""
        if self._sifting.standing(self._at) is not Standing.OPEN:
            return []
        akin = [name for name in self._sifting.akin(self._at) if name not in self._mergeable]
        same = [("may ask the same", self._stem(name)) for name in self._mergeable[:2]]
        return same + [("of the same fact", self._stem(name)) for name in akin[:2]]

    def take_focus(self) -> None:
        """Give the keyboard to what is asked or edited; else the keys are the screen's."""
        form_open = self._sides.form
        if self._asking.display:
            self._asking.focus()
        elif form_open is not None and not isinstance(self.focused, Text):
            form_open.query(Text).first().focus()

    # Editing

    def action_edit(self) -> None:
        """Edit the question on show, in its place."""
        rows = [Row(*field[:4]) for field in short_form(self._sifting.entry(self._at).question)]
        self._sides.edit(rows, self._sitting.doubts(self._at))
        self.refresh_bindings()

    @on(ProposalForm.Changed)
    def _judge(self, event: ProposalForm.Changed) -> None:
        if self._sides.form is not None:
            self._sides.form.tell(wrong_with(filled(self._sifting.entry(self._at).question, event.texts)))

    @on(ProposalForm.Submitted)
    def _edited(self, event: ProposalForm.Submitted) -> None:
        question = filled(self._sifting.entry(self._at).question, event.texts)
        wrong = next((text for severity, text in wrong_with(question) if severity == "error"), "")
        if wrong:
            self.notify(literal(wrong), severity="error", markup=False)
            return
        if question == self._sifting.entry(self._at).question or self._do(Decision(does="edit", ids=(self._at,), question=question)):
            self._close_form()

    def _close_form(self) -> None:
        self._sides.close_form()
        self.set_focus(None)
        self.app.clear_notifications()
        self.show()

    # Asking

    def _ask(self, text: str, options: Sequence[str], then: Callable[[int], object]) -> None:
        """Ask something in place of the question; ``then`` is told which option was picked."""
        self._sides.display = False

        def picked(index: int) -> None:
            self._stop_asking()
            then(index)

        self._asking.put(text, options, picked)
        self.refresh_bindings()

    def _stop_asking(self) -> None:
        self._asking.call_off()
        self._sides.display = True
        self.set_focus(None)
        self.show()

    def action_merge(self) -> None:
        """Make one of two that ask the same."""
        names = self._mergeable
        if len(names) == 1:
            self._merge_with(names[0])
        else:
            told = f"Which one asks the same as this?\n\n{self._stem(self._at)}"
            self._ask(told, [self._stem(name) for name in names], lambda index: self._merge_with(names[index]))

    def _merge_with(self, other: str) -> None:
        pair = (self._at, other)
        told = "Which wording stays? The other's evidence and accepted answers join it."
        options = [f"{self._stem(name)}  → {_key(self._sifting.entry(name).question)}" for name in pair]
        self._ask(told, options, lambda index: self._merge(pair[index], pair[1 - index]))

    def _merge(self, stays: str, goes: str) -> None:
        question = merged(self._sifting.entry(stays).question, self._sifting.entry(goes).question)
        if self._do(Decision(does="merge", ids=(stays, goes), question=question)):
            self._walk.to(stays)
            self._go_on()
            self.notify("Merged, and kept. Undo takes that back.", markup=False, timeout=4)

    def action_accept(self) -> None:
        """Tell what would be written, and write it when the author says so."""
        account = self._sitting.account
        if account.made and not account.new:
            self._ask("Nothing is kept, so there is no deck to write.", ["Look through them again"], lambda _: None)
        else:
            self._ask(summary_of(account), ["Write", "Look through them again"], lambda index: self._write() if index == 0 else None)

    def _write(self) -> None:
        try:
            self.dismiss(self._sitting.accept())
        except QuizzerError as error:
            self.notify(literal(str(error)), severity="error", markup=False)

    # What can be done now

    @property
    def _is_busy(self) -> bool:
        """Whether something is asked, edited or looked for."""
        return self._sides.form is not None or self._asking.display or self.is_looking

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which actions make sense now."""
        if self._is_busy and action not in {"leave", "scroll"}:
            return action == "app.help" and super().check_action(action, parameters)
        here = self._walk.is_anywhere
        sensible = {
            "decide": here,
            "edit": here and self._sifting.standing(self._at) is not Standing.MERGED,
            "merge": here and bool(self._mergeable),
            "why": here,
            "undo": self._sifting.can_undo,
            "redo": self._sifting.can_redo,
            "decide_all": bool(self._walk.open),
        }
        return sensible.get(action, True) and super().check_action(action, parameters)

    def word_for(self, action: str) -> str | None:
        """Say what Esc would do."""
        if action == "leave" and (self._sides.form is not None or self._asking.display):
            return "Back"
        return "Show all" if action == "leave" and self._walk.only else None

    @property
    def in_use(self) -> "Sequence[DOMNode]":
        """What is asked or edited."""
        return (self._asking,) if self._asking.display else tuple(self.query(Text))[:1]

    def offers(self) -> Offers:
        """Offer the sorts, and what is done to many at once."""
        if self._is_busy:
            return []
        open_ = len(self._walk.open)
        return [
            *((f"Show only: {sort}", "One sort of question", partial(self.set_sort, sort)) for sort in self._sifting.sorts),
            ("Show all sorts", "No filter", partial(self.set_sort, "")),
            ("Keep all remaining", f"{open_} not decided", partial(self.action_decide_all, "keep")),
            ("Drop all remaining", f"{open_} not decided", partial(self.action_decide_all, "drop")),
        ]

    def action_why(self) -> None:
        """Open or fold the reasons, here and from now on."""
        self._why_open = not self._why_open
        self.show()
        if self._why_open:
            self._sides.bring_reasons()

    def action_scroll(self, lines: int) -> None:
        """Scroll the question to its end, then the passage; up the other way round."""
        self._sides.scroll_lines(lines)

    def action_leave(self) -> None:
        """Back from what is asked or edited; else show all again; else leave: every decision is kept."""
        if self._asking.display:
            self._stop_asking()
        elif self._sides.form is not None:
            self._close_form()
        elif self._walk.only or self.is_looking:
            self.show_all()
        else:
            self.dismiss(None)


def _key(question: "Question") -> str:
    return next((card.answer.key for card in question.deal("deck")), "")
