"""Statistics: what was learnt, what comes, how well it is kept."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from quizzer.tui.page import Page
from quizzer.tui.widgets.bars import Bar, Days, Shares
from quizzer.tui.widgets.text import Piece, columns, one_line

if TYPE_CHECKING:
    from quizzer.core.stats import DeckFigures
    from quizzer.study import Figures


class StatsScreen(Page[None]):
    """The figures of all decks, and a line for each."""

    CSS_PATH = "stats.tcss"
    BINDING_GROUP_TITLE = "Statistics"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(2)", "Scroll down", id="stats.down", show=False),
        Binding("up,k", "scroll(-2)", "Scroll up", id="stats.up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page down", id="stats.page_down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", id="stats.page_up", show=False),
        Binding("question_mark,f1", "app.help", "Help", id="stats.help"),
        Binding("escape,q,enter,s", "leave", "Back", id="stats.leave"),
    ]

    def __init__(self, figures: "Figures") -> None:
        super().__init__()
        self._figures = figures

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        overall = self._figures.overall
        with VerticalScroll(id="body", can_focus=False), Vertical(id="column"):
            yield Static(self._head(), classes="block")
            yield Shares(
                [
                    Bar("new", overall.new, f"{overall.new:,}", "$count-new"),
                    Bar("learning", overall.learning, f"{overall.learning:,}", "$count-learning"),
                    Bar("young", overall.young, f"{overall.young:,}", "$rate-hard"),
                    Bar("mature", overall.mature, f"{overall.mature:,}", "$count-due"),
                    Bar("suspended", overall.suspended, f"{overall.suspended:,}", "$faint"),
                ]
            )
            with Horizontal(id="charts"):
                with Vertical():
                    yield Static(Content.assemble(("Reviews given", "bold"), (f"  {overall.reviews_30_days:,} in 30 days", "$quiet")))
                    yield Days(overall.history, first="30 days ago", last="today", style="$primary")
                with Vertical():
                    coming = sum(overall.forecast)
                    yield Static(Content.assemble(("Reviews to come", "bold"), (f"  {coming:,} in 30 days", "$quiet")))
                    yield Days(overall.forecast, first="today", last="in 30 days", style="$count-due")
            yield Static(self._kept(), classes="block")
            yield Static("", id="decks")
            if self._figures.tests:
                yield Static(self._tests(), classes="after")

    def on_mount(self) -> None:
        """Fill the table of decks, whose columns depend on the width."""
        self._draw_decks()

    def on_resize(self, event: Resize) -> None:
        """Draw the table for the new width."""
        self._draw_decks()

    def _draw_decks(self) -> None:
        self.query_one("#decks", Static).update(self._decks(max(24, min(94, self.size.width - 8))))

    def _head(self) -> Content:
        figures = self._figures
        parts: list[Piece] = [("Statistics", "bold $primary"), f"   {figures.overall.total:,} cards"]
        if figures.streak:
            parts += ["   ", (f"{figures.streak} {'day' if figures.streak == 1 else 'days'} in a row", "$accent")]
        if figures.leeches:
            parts += ["   ", (f"{len(figures.leeches)} forgotten again and again", "$warning")]
        if figures.longest_streak > figures.streak:
            parts += ["   ", (f"longest streak {figures.longest_streak} days", "$quiet")]
        return Content.assemble(*parts)

    def _kept(self) -> Content:
        overall = self._figures.overall
        if overall.retention is None:
            return Content.styled("How much you keep shows here once cards you have learnt come back.", "$quiet")
        shares = [
            (overall.retention_7_days, "in 7 days"),
            (overall.retention_30_days, "in 30 days"),
            (overall.retention, "ever"),
            (overall.recall, "known now"),
        ]
        parts: list[Piece] = [("Kept", "bold")]
        for share, when in shares:
            parts += ["   ", (_share(share), "bold"), (f" {when}", "$quiet")]
        return Content.assemble(*parts)

    def _decks(self, width: int) -> Content:
        wide = width >= 64
        heads = ("Deck", "Cards", "New", "Due", "Kept", "Reviews") if wide else ("Deck", "New", "Due", "Kept")
        rows = [_row([Content.styled(head, "$quiet") for head in heads], width)]
        rows += [_row(_cells(deck, wide=wide), width) for deck in self._figures.decks]
        return Content("\n").join(rows)

    def _tests(self) -> Content:
        parts: list[Piece] = [("Tests", "bold")]
        for test in self._figures.tests:
            parts += ["\n", one_line(test.title), (f"  {test.told}", "$quiet")]
        return Content.assemble(*parts)

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def _cells(deck: "DeckFigures", *, wide: bool) -> list[Content]:
    title, new, due = Content(one_line(deck.title)), Content(f"{deck.new:,}"), Content(f"{deck.due:,}")
    kept = Content(_share(deck.retention))
    return [title, Content(f"{deck.total:,}"), new, due, kept, Content(f"{deck.reviews:,}")] if wide else [title, new, due, kept]


def _row(cells: list[Content], width: int) -> Content:
    figure = 9 if len(cells) > 4 else 7
    first = width - (len(cells) - 1) * figure
    return columns([(cell, first if number == 0 else figure, number > 0) for number, cell in enumerate(cells)], gap=0)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}".replace("%", " %")
