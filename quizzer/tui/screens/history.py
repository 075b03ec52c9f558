"""A card's history: every act on it, when, and what it did."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from quizzer.core.model import Verdict
from quizzer.tui.page import Page
from quizzer.tui.requests import EditRequested
from quizzer.tui.widgets.text import columns, literal, one_line

if TYPE_CHECKING:
    from quizzer.study import CardPast
    from quizzer.study.past import Did

_MARKS = {Verdict.RIGHT: ("✓", "$verdict-right"), Verdict.NEAR: ("≈", "$verdict-near"), Verdict.WRONG: ("✗", "$verdict-wrong")}
_RESPONSE = 12  # cells that a response is worth showing in


class HistoryScreen(Page[None]):
    """All that was done to one card, the oldest first. Before it is answered, ``answered`` is False: responses could tell the key."""

    CSS_PATH = "history.tcss"
    BINDING_GROUP_TITLE = "A card's history"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(2)", "Scroll down", id="history.down", show=False),
        Binding("up,k", "scroll(-2)", "Scroll up", id="history.up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page down", id="history.page_down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", id="history.page_up", show=False),
        Binding("e,f4", "edit", "Edit the question", id="history.edit"),
        Binding("question_mark,f1", "app.help", "Help", id="history.help"),
        Binding("escape,q,enter,i,f7", "leave", "Back", id="history.leave"),
    ]

    def __init__(self, past: "CardPast", *, answered: bool) -> None:
        super().__init__()
        self._past, self._answered = past, answered

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        with VerticalScroll(id="body", can_focus=False), Vertical(id="column"):
            yield Static(Content.assemble(("History", "bold $primary"), "   ", literal(self._past.card.stem)), id="stem")
            yield Static("", id="acts")

    def on_mount(self) -> None:
        """Fill the table, whose columns depend on the width."""
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Draw the table for the new width."""
        self._draw()

    def _draw(self) -> None:
        self.query_one("#acts", Static).update(self._table(max(24, min(94, self.size.width - 8))))

    def _table(self, width: int) -> Content:
        if not self._past.did:
            return Content.styled("Nothing was done to this card yet.", "$quiet")
        heads = [Content.styled(head, "$quiet") for head in ("When", "Rating", "Response", "Next", "Recall", "Stability")]
        rows = [_row(heads, width), *(_row(_cells(did, answered=self._answered), width) for did in self._past.did)]
        notes = ["Recall is the chance that you knew it then, stability the days until that falls to 90 %."]
        if not self._answered and any(did.response for did in self._past.did):
            notes.append("What you answered shows here once the card is answered.")
        return Content("\n").join([*rows, Content(""), Content.styled(" ".join(notes), "$quiet")])

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)

    def action_edit(self) -> None:
        """Open the editor at the card's question, in place of its history."""
        self.app.post_message(EditRequested(self._past.card.deck, self._past.card.question))
        self.dismiss(None)

    def action_leave(self) -> None:
        """Back to the card."""
        self.dismiss(None)


def _cells(did: "Did", *, answered: bool) -> list[Content]:
    when = Content.styled(f"{did.when:%Y-%m-%d %H:%M}", "$quiet")
    if did.rating is None:
        cells = [when, Content.styled(did.what, "$accent"), *(Content("") for _ in range(4))]
    else:
        mark, style = _MARKS[did.verdict] if did.verdict else ("·", "$quiet")
        response = one_line(did.response) if answered else ""
        cells = [
            when,
            Content.assemble((mark, style), " ", (did.rating.name.capitalize(), f"$rate-{did.rating.name.lower()}")),
            Content(response),
            Content(str(did.granted) if did.granted else ""),
            Content("–" if did.recall is None else f"{did.recall:.0%}".replace("%", " %")),
            Content("" if did.stability is None else f"{did.stability:.2g} d" if did.stability < 1 else f"{did.stability:.1f} d"),
        ]
    return [cell.stylize("strike $quiet") for cell in cells] if did.taken_back else cells


def _row(cells: list[Content], width: int) -> Content:
    """Lay six cells out; what there is no room for is left out, the response first, then stability."""
    widths = [16, 9, 0, 5, 7, 10]
    room = width - sum(widths) - 5
    if not cells[2] and not any(cells[3:]):  # not an answer: its words may take the room of the others
        return columns([(cells[0], 16, False), (cells[1], max(8, width - 17), False)], gap=1)
    if room >= _RESPONSE:
        widths[2] = room - 1
    kept = [number for number in range(6) if widths[number] and (number != 5 or width >= 52) and (number != 4 or width >= 40)]
    return columns([(cells[number], widths[number], number >= 3) for number in kept], gap=1)
