"""Search: cards found as their words are typed, the chosen one shown with its answer."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from quizzer.core.model import Markup, Phase
from quizzer.tui.desk import Errands
from quizzer.tui.page import Page
from quizzer.tui.requests import EditRequested, HistoryRequested
from quizzer.tui.widgets.card_preview import CardPreview, Preview
from quizzer.tui.widgets.feedback import Outcome
from quizzer.tui.widgets.found_list import FoundLine, FoundList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizzer.study import Catalogue, FoundCard, LookedAt
    from quizzer.tui.desk import Desk

LIMIT = 50
_HOW = """Words of the question, the answer, the explanation, a tag or the deck's title; the last one may be the beginning of a word.

"words in quotes" stand together
deck:NAME  in this deck        tag:TAG  with this tag
is:due  is:new  is:learning  is:suspended  is:buried  is:flagged  is:leech"""


class SearchScreen(Page[bool]):
    """Find cards in ``catalogue``; dismissed with whether anything was done to one."""

    CSS_PATH = "search.tcss"
    BINDING_GROUP_TITLE = "Search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i,f7", "history", "History", id="search.history"),
        Binding("f,f6", "flag", "Flag", id="search.flag"),
        Binding("exclamation_mark,ctrl+s", "suspend", "Suspend", id="search.suspend"),
        Binding("e,f4", "edit", "Edit", id="search.edit"),
        Binding("slash", "words", "Words", id="search.words"),
        Binding("down", "list(1)", "Card below", id="search.down", show=False),
        Binding("up", "list(-1)", "Card above", id="search.up", show=False),
        Binding("pagedown", "scroll(5)", "Scroll the card down", id="search.page_down", show=False),
        Binding("pageup", "scroll(-5)", "Scroll the card up", id="search.page_up", show=False),
        Binding("question_mark,f1", "app.help", "Help", id="search.help"),
        Binding("escape,q", "leave", "Back", id="search.leave"),
    ]

    def __init__(self, catalogue: "Catalogue", desk: "Desk", *, cards: int) -> None:
        super().__init__()
        self._catalogue, self._cards = catalogue, cards
        self._errands = Errands(self, desk)
        self._searched = ""
        self._under_way = self._did = False

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        with Horizontal(id="line"):
            yield Static("Search")
            yield Input(placeholder=f"in {self._cards:,} {'card' if self._cards == 1 else 'cards'}", id="words", compact=True)
        yield Static("", id="count")
        with Vertical(id="sides"):
            yield FoundList()
            with VerticalScroll(id="card", can_focus=False):
                yield CardPreview()

    def on_mount(self) -> None:
        """Begin with nothing found."""
        self._show("", [])
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard is the field's, unless one is among the cards."""
        if not self.is_tiny and self.focused is None:
            self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._search()

    @on(Input.Submitted)
    def _go_to_cards(self, event: Input.Submitted) -> None:
        event.stop()
        self._errands.in_turn(lambda: self.query_one(FoundList).shown and self.query_one(FoundList).focus())

    def _search(self) -> None:
        """Search for what stands in the field; while one search is under way the next one waits, and only the newest is done."""
        words = self.query_one(Input).value
        if words == self._searched or self._under_way:
            return
        self._under_way = True

        def found(cards: "Sequence[FoundCard]") -> None:
            self._under_way, self._searched = False, words
            self._show(words, cards)
            self._search()

        def failed() -> None:
            self._under_way = False

        self._errands.in_turn(lambda: self._errands.run(lambda: self._catalogue.search(words, limit=LIMIT + 1), found, failed=failed))

    def _show(self, words: str, cards: "Sequence[FoundCard]") -> None:
        lines = [_line(card) for card in cards[:LIMIT]]
        count = f"the first {LIMIT} cards found" if len(cards) > LIMIT else f"{len(cards)} {'card' if len(cards) == 1 else 'cards'} found"
        self.query_one("#count", Static).update(count if words.strip() else "")
        found = self.query_one(FoundList)
        found.show(lines)
        found.display = bool(lines)
        if lines:
            self._look()
        else:
            self.query_one(CardPreview).show(f"No card holds all of this.{_misread(words)}\n\n{_HOW}" if words.strip() else _HOW)
            if not self.is_tiny:
                self.query_one(Input).focus()
        self.refresh_bindings()

    @on(FoundList.Moved)
    def _look(self) -> None:
        """Show the chosen card."""

        def look() -> None:
            if line := self.query_one(FoundList).chosen:
                self._errands.run(lambda: self._catalogue.look(line.id), self._looked)

        self._errands.in_turn(look)

    def _looked(self, looked: "LookedAt") -> None:
        chosen = self.query_one(FoundList).chosen
        if chosen is not None and chosen.id == looked.card.id:
            self.query_one(FoundList).renew(_line(looked.found))
            self.query_one(CardPreview).show(_preview(looked))
            self.query_one("#card").scroll_home(animate=False)
            self.show_keys()

    def word_for(self, action: str) -> str | None:
        """Say what flagging and suspending would do to the chosen card."""
        line = self.query_one(FoundList).chosen
        if line and action == "flag" and line.flagged:
            return "Unflag"
        if line and action == "suspend" and line.state == "suspended":
            return "Bring back"
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no card is chosen, there is nothing to do to it."""
        of_a_card = action in {"history", "flag", "suspend", "edit"}
        return not (of_a_card and (not self.is_mounted or self.query_one(FoundList).chosen is None)) and super().check_action(
            action, parameters
        )

    def action_words(self) -> None:
        """Back to the words."""
        self.query_one(Input).focus()

    def action_list(self, by: int) -> None:
        """Choose the card below or above, and go on among the cards."""
        found = self.query_one(FoundList)
        if found.shown and found.highlighted is not None and not found.has_focus:
            found.highlighted = max(0, min(len(found.shown) - 1, found.highlighted + by))
            found.focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll the card."""
        self.query_one("#card").scroll_relative(y=lines, animate=False)

    def action_history(self) -> None:
        """Show all that was done to the card."""
        if line := self.query_one(FoundList).chosen:
            shows = lambda past: self.post_message(HistoryRequested(past, answered=True))  # noqa: E731
            self._errands.run(lambda: self._catalogue.past(line.id), shows)

    def action_edit(self) -> None:
        """Open the editor at the card's question."""
        if line := self.query_one(FoundList).chosen:  # which may not be the one that is shown yet
            deck, _, card = line.id.partition("/")
            self.post_message(EditRequested(deck, card.partition("#")[0]))

    def edited(self) -> None:
        """Look for the words again in the decks as they are now."""
        self._did = True
        self._errands.in_turn(lambda: self._errands.run(self._catalogue.reread, lambda _: self._again()))

    def _again(self) -> None:
        self._searched = ""
        self._search()

    def action_flag(self) -> None:
        """Flag the card, or take its flag away."""
        self._do(self._catalogue.flag)

    def action_suspend(self) -> None:
        """Suspend the card, or bring it back."""
        self._do(self._catalogue.suspend)

    def _do(self, act: "Callable[[str], LookedAt]") -> None:
        if line := self.query_one(FoundList).chosen:

            def done(looked: "LookedAt") -> None:
                self._did = True
                self._looked(looked)

            self._errands.run(lambda: act(line.id), done)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss(self._did)


def _misread(words: str) -> str:
    from quizzer.study.searching import misread

    wrong = ", ".join(f"is:{name}" for name in misread(words, typing=True))
    return f"\n{wrong} is none of the filters below." if wrong else ""


def _line(card: "FoundCard") -> FoundLine:
    return FoundLine(card.card, card.stem, card.state, card.flagged)


def _preview(looked: "LookedAt") -> Preview:
    card, found = looked.card, looked.found
    answer = Outcome(
        key=card.answer.key,
        evidence=[(piece, looked.sources.get(piece.source)) for piece in card.evidence],
        explanation=card.explanation,
        markdown=card.markup is Markup.MARKDOWN,
        as_of=card.as_of,
    )
    where = " · ".join([found.deck_title, *card.tags])
    return Preview(where, card.stem, _standing(looked), answer, markdown=card.markup is Markup.MARKDOWN)


def _standing(looked: "LookedAt") -> str:
    state, found = looked.state, looked.found
    said = [found.state.capitalize()] if found.state != "review" else []
    if state.phase is Phase.NEW:
        said = said if found.state != "new" else ["New: never answered"]
    else:
        if state.due_day is not None:
            left = state.due_day - looked.day
            when = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(
                left, f"{'in ' if left > 0 else ''}{abs(left)} days{' ago' if left < 0 else ''}"
            )
            said.append(f"due {when}, {date.fromordinal(state.due_day).isoformat()}")
        said.append(f"{state.reps} {'review' if state.reps == 1 else 'reviews'}")
        if state.lapses:
            said.append(f"forgotten {'once' if state.lapses == 1 else f'{state.lapses} times'}")
    said += ["flagged"] if found.flagged else []
    text = " · ".join(said)
    return text[:1].upper() + text[1:]
