"""Home: the decks and what waits in each, and how today went."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quizzer.tui.messages import RefreshRequested, StudyRequested
from quizzer.tui.page import Page
from quizzer.tui.requests import EditRequested
from quizzer.tui.widgets.deck_list import DeckLine, DeckList, heading
from quizzer.tui.widgets.text import Piece, literal

if TYPE_CHECKING:
    from textual.events import Resize

    from quizzer.study import BrokenDeck, DeckRow, Today

_EMPTY = """There are no decks here yet.

Press n to begin one; put a deck, a YAML file of questions, into
the folder decks/; or make one from an article:

    quizzer generate ARTICLE -o decks/NAME.yaml

Then press {refresh} to look again."""
ALL = "All decks"


class HomeScreen(Page[None]):
    """Choose a deck; the app fills the screen with ``show``, after the first paint and whenever the learner comes back."""

    BINDING_GROUP_TITLE = "Home"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "study_all", "Study all", id="home.all"),
        Binding("slash", "app.search", "Search", id="home.search"),
        Binding("n", "app.begin_deck", "New deck", id="home.new", show=False),
        Binding("e,f4", "edit", "Edit", id="home.edit"),
        Binding("s", "app.stats", "Statistics", id="home.stats"),
        Binding("t", "app.toggle_theme", "Light or dark", id="home.theme"),
        Binding("u,ctrl+z", "app.undo", "Undo what was done last", id="home.undo", show=False),
        Binding("r,ctrl+y", "app.redo", "Redo", id="home.redo", show=False),
        Binding("f5", "refresh_decks", "Read decks anew", id="home.refresh", show=False),
        Binding("question_mark,f1", "app.help", "Help", id="home.help"),
        Binding("q,ctrl+q", "app.quit", "Quit", id="home.quit"),
    ]

    _can_study = False

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        with Vertical(id="body"), Vertical(id="column"):
            yield Static(Content.styled("quizzer", "bold $primary"), id="name")
            yield Static(Content.styled("Opening your decks…", "$quiet"), id="today")
            yield Static("", id="heads")
            yield DeckList()
            yield Static("", id="empty")
            yield Static("", id="hint")

    @property
    def decks(self) -> tuple[DeckLine, ...]:
        """The decks as shown, the line for all of them left out."""
        return tuple(line for line in self.query_one(DeckList).shown if line.id or line.problem)

    def show(self, rows: "Sequence[DeckRow | BrokenDeck]", today: "Today") -> None:
        """Show these decks and how today went."""
        lines = sorted((_line(row) for row in rows), key=lambda line: bool(line.problem))
        good = [line for line in lines if not line.problem]
        if len(good) > 1:
            new, learning, due = (sum(getattr(line, pile) for line in good) for pile in ("new", "learning", "due"))
            lines.insert(len(good), DeckLine("", ALL, new, learning, due, sum(line.total for line in good)))
        self._can_study = bool(good)
        decks = self.query_one(DeckList)
        decks.show(lines)
        decks.display = self.query_one("#heads").display = bool(lines)
        empty = self.query_one("#empty", Static)
        empty.display = not lines
        if not lines:
            empty.update(Content(_EMPTY.format(refresh="F5")))
            self.query_one("#hint", Static).update("")
        self.refresh_bindings()
        self.query_one("#today", Static).update(_progress(today, good))
        self.take_focus()
        self._draw_heads()

    def take_focus(self) -> None:
        """Give the keyboard to the decks, where they can be seen."""
        decks = self.query_one(DeckList)
        if decks.shown and not self.is_tiny:
            decks.focus()

    def _draw_heads(self) -> None:
        width = self.query_one(DeckList).size.width or self.query_one("#column").size.width
        self.query_one("#heads", Static).update(heading(width))

    def on_resize(self, event: "Resize") -> None:
        """Keep the heads over their columns."""
        self.call_after_refresh(self._draw_heads)

    @on(DeckList.Moved)
    def _hint(self, event: DeckList.Moved) -> None:
        line = event.line
        self.refresh_bindings()
        if line.problem:
            hint = Content.assemble(("! ", "bold $warning"), literal(line.problem))
        elif line.new + line.learning + line.due:
            hint = Content.styled(f"{_cards(line.total)} in {'all' if not line.id else 'it'}.{_test(line)}", "$quiet")
        else:
            hint = Content.styled(f"Nothing is due now. {_cards(line.total)} in {'all' if not line.id else 'it'}.{_test(line)}", "$quiet")
        self.query_one("#hint", Static).update(hint)

    @on(DeckList.Opened)
    def _open(self, event: DeckList.Opened) -> None:
        if event.line.problem:
            self.notify(literal(event.line.problem), severity="warning", markup=False)
        else:
            self.post_message(StudyRequested((event.line.id,) if event.line.id else ()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no deck, there is nothing to study or to edit."""
        if action == "edit":
            line = self.query_one(DeckList).chosen if self.is_mounted else None
            return line is not None and bool(line.id or line.problem) and super().check_action(action, parameters)
        return (action != "study_all" or self._can_study) and super().check_action(action, parameters)

    def action_study_all(self) -> None:
        """Study every deck in one session."""
        self.post_message(StudyRequested())

    def action_edit(self) -> None:
        """Open the editor on the chosen deck."""
        line = self.query_one(DeckList).chosen
        if line is not None and line.id:
            self.post_message(EditRequested(line.id))
        elif line is not None and line.problem:
            self.notify(literal(line.problem), severity="warning", markup=False)

    def action_refresh_decks(self) -> None:
        """Look for decks and due cards again."""
        self.post_message(RefreshRequested())


def _line(row: "DeckRow | BrokenDeck") -> DeckLine:
    from quizzer.study import BrokenDeck

    if isinstance(row, BrokenDeck):
        return DeckLine("", row.path.replace("\\", "/").rsplit("/", 1)[-1], problem=row.message)
    return DeckLine(row.id, row.title, row.new, row.learning, row.due, row.total, test=row.test)


def _test(line: DeckLine) -> str:
    return f" {line.test[:1].upper()}{line.test[1:]}." if line.test else ""


def _cards(count: int) -> str:
    return f"{count:,} {'card' if count == 1 else 'cards'}"


def _progress(today: "Today", decks: Sequence[DeckLine]) -> Content:
    """Say how today went; on the first day, where to begin."""
    untouched = not today.streak and not any(deck.learning + deck.due for deck in decks)
    if untouched and not today.reviews:
        teacher = next((deck for deck in decks if "quizzer" in deck.id), None)
        if teacher is None:
            return Content.styled("Welcome. Choose a deck and press Enter." if decks else "Welcome.", "$quiet")
        return Content.assemble(
            ("Welcome. New here? ", "$quiet"), (literal(teacher.title), "bold"), (" teaches the keys in five minutes.", "$quiet")
        )
    parts: list[Piece] = []
    if today.reviews:
        span = "under a minute" if today.seconds < 60 else f"{round(today.seconds / 60)} min"
        reviews = f"{today.reviews} {'review' if today.reviews == 1 else 'reviews'}"
        parts += [("Today ", "$quiet"), (reviews, "bold"), (f" · {today.right} of {today.reviews} recalled · {span}", "$quiet")]
    else:
        parts.append(("No reviews yet today", "$quiet"))
    if today.streak:
        parts += [(" · ", "$quiet"), (f"{today.streak} {'day' if today.streak == 1 else 'days'} in a row", "$accent")]
    return Content.assemble(*parts)
