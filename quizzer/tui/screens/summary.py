"""The end of a session: what it came to."""

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quizzer.core.model import Rating
from quizzer.study.remarks import times
from quizzer.tui.page import Page
from quizzer.tui.requests import EditRequested, RewriteRequested
from quizzer.tui.widgets.bars import Bar, Bars, blocks
from quizzer.tui.widgets.text import Piece, literal, one_line

if TYPE_CHECKING:
    from quizzer.study import Summary


class SummaryScreen(Page[Literal["again", "undo", "home"]]):
    """Reviews, share recalled, ratings, what was missed, what comes next."""

    CSS_PATH = "summary.tcss"
    BINDING_GROUP_TITLE = "Summary"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,h,escape,q", "home", "Back to the decks", id="summary.home"),
        Binding("a", "again", "Study on", id="summary.again"),
        Binding("u,ctrl+z", "undo", "Undo the last answer", id="summary.undo"),
        Binding("w", "rewrite", "Mend a question", id="summary.rewrite"),
        Binding("e,f4", "edit", "Edit a question", id="summary.edit"),
        Binding("s", "app.stats", "Statistics", id="summary.stats"),
        Binding("question_mark,f1", "app.help", "Help", id="summary.help"),
        Binding("down,j,pagedown", "scroll(4)", "Scroll down", id="summary.down", show=False),
        Binding("up,k,pageup", "scroll(-4)", "Scroll up", id="summary.up", show=False),
    ]

    def __init__(self, summary: "Summary", *, title: str, waiting: int, written: bool = True) -> None:
        super().__init__()
        self._summary, self._title, self._waiting, self._written = summary, title, waiting, written
        self._to_mend = [leech.card for leech in summary.leeches]
        self._to_edit = list({card.id: card for card in (*summary.missed, *self._to_mend)}.values())

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        summary = self._summary
        with VerticalScroll(id="body", can_focus=False), Vertical(id="column"):
            yield Static(Content.assemble(("Done for now", "bold $verdict-right"), ("  " + one_line(self._title), "$quiet")))
            yield Static(self._figures(), id="figures")
            ratings = [
                Bar(rating.name.capitalize(), count, str(count), f"$rate-{rating.name.lower()}")
                for rating in Rating
                for count in [summary.by_rating.get(rating, 0)]
            ]
            yield Bars(ratings, id="ratings")
            if summary.missed:
                yield Static(self._missed(), id="missed")
            if summary.leeches:
                yield Static(self._leeches(), id="leeches")
            yield Static(self._next(), id="next")

    def _figures(self) -> Content:
        summary = self._summary
        share = summary.right / summary.reviews if summary.reviews else 0.0
        bar = blocks(share, most=1.0, width=24)
        parts: list[Piece] = [
            (f"{summary.reviews}", "bold"),
            f" {'review' if summary.reviews == 1 else 'reviews'} in {_span(summary.seconds)}",
        ]
        if summary.new:
            parts.append(f", {summary.new} new {'card' if summary.new == 1 else 'cards'} met")
        recalled = (f"{summary.right} of {summary.reviews}", "bold")
        parts += ["\n\n", recalled, " recalled  ", (bar, "$verdict-right"), ("░" * (24 - len(bar)), "$faint")]
        return Content.assemble(*parts)

    def _missed(self) -> Content:
        parts: list[Piece] = [("To look at again", "bold")]
        for card in self._summary.missed:
            parts += ["\n", ("✗ ", "$verdict-wrong"), one_line(card.stem), "\n", ("  → ", "$quiet")]
            parts.append((literal(card.answer.key), "bold"))
        return Content.assemble(*parts)

    def _leeches(self) -> Content:
        parts: list[Piece] = [("Forgotten again and again", "bold")]
        for leech in self._summary.leeches:
            aside = ", suspended" if leech.suspended else ""
            parts += ["\n", ("! ", "$warning"), one_line(leech.card.stem), (f"  {times(leech.lapses)}{aside}", "$quiet")]
        parts.append(("\nBetter questions are kept better: press w to mend the first of them. `quizzer leeches` lists them.", "$quiet"))
        return Content.assemble(*parts)

    def _next(self) -> Content:
        summary = self._summary
        parts: list[Piece] = []
        if self._waiting:
            parts.append(f"{self._waiting} more {'waits' if self._waiting == 1 else 'wait'} today: press a to study on.\n")
        if summary.next_due:
            parts += [("Next  ", "$quiet"), literal(summary.next_due), "\n"]
        if summary.streak:
            days = "day" if summary.streak == 1 else "days"
            parts += [("Streak  ", "$quiet"), (f"{summary.streak} {days} in a row", "$accent")]
        return Content.assemble(*parts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is an again only where cards wait, and something to take back only where it was written."""
        if action == "undo" and not self._written:
            return False
        if action == "rewrite" and not self._to_mend:
            return False
        if action == "edit" and not self._to_edit:
            return False
        return (action != "again" or self._waiting > 0) and super().check_action(action, parameters)

    def action_home(self) -> None:
        """Back to the decks."""
        self.dismiss("home")

    def action_again(self) -> None:
        """Study what still waits."""
        self.dismiss("again")

    def action_undo(self) -> None:
        """Take the last answer back, and ask its card again."""
        self.dismiss("undo")

    def action_rewrite(self) -> None:
        """Mend the questions that were forgotten again and again, one with every press."""
        self.post_message(RewriteRequested(self._to_mend[0]))

    def action_edit(self) -> None:
        """Open the editor at the questions that were missed, one with every press."""
        card = self._to_edit[0]
        self._to_edit = [*self._to_edit[1:], card]
        self.post_message(EditRequested(card.deck, card.question))

    def look_again(self) -> None:
        """One of them is mended: go on with the next."""
        del self._to_mend[0]
        self.refresh_bindings()

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)


def _span(seconds: float) -> str:
    if seconds < 90:
        whole = max(1, round(seconds))
        return "1 second" if whole == 1 else f"{whole} seconds"
    return f"{round(seconds / 60)} minutes"
