"""The app: it alone pushes screens, and makes the clock they are given.

Only what the home screen needs is imported before the first paint; the other screens are fetched when they are first shown.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from textual import on, work
from textual.screen import Screen

from quizzer.core.errors import QuizzerError
from quizzer.tui.desk import Desk
from quizzer.tui.graphics import BLOCKS, Drawing
from quizzer.tui.house import INTERRUPTED, House
from quizzer.tui.messages import ImageRequested, RefreshRequested, StudyRequested
from quizzer.tui.requests import EditRequested, HistoryRequested, RewriteRequested
from quizzer.tui.screens.home import ALL, HomeScreen

if TYPE_CHECKING:
    from quizzer.core.model import Card, Mode
    from quizzer.study import AnySession, Shelf
    from quizzer.tui.commands import Command


def _now() -> datetime:
    return datetime.now(UTC)


class QuizzerApp(House):
    """Home, study, summary, statistics, help; themes and keys."""

    CSS_PATH = ["app.tcss", "screens/home.tcss"]  # home is the first screen, and Textual reads no file of its own for that

    def __init__(
        self,
        open_shelf: "Callable[[], Shelf]",
        *,
        decks: tuple[str, ...] = (),
        everything: bool = False,
        mode: "Mode | None" = None,
        ahead: int = 0,
        cram: bool = False,
        theme: str = "",
        keys: Mapping[str, str] = {},
        remember_theme: Callable[[str], None] = lambda _: None,
        back_up: Callable[[], None] = lambda: None,
        drawing: Drawing = BLOCKS,
        clock: Callable[[], datetime] = _now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(theme=theme, keys=keys, remember_theme=remember_theme)
        self.desk = Desk(open_shelf)
        self._decks, self._everything, self._mode = decks, everything, mode
        self._ahead, self._cram = ahead, cram
        self._clock, self._monotonic = clock, monotonic
        self._drawing = drawing
        self._back_up, self._backing_up, self._told_of_backup = back_up, False, False
        self.home = HomeScreen()
        self.opened = False

    def get_default_screen(self) -> Screen[object]:
        """Begin at home."""
        return self.home  # type: ignore[return-value]

    def on_mount(self) -> None:
        """Open the decks once the first screen is painted."""
        self.call_after_refresh(self._open)

    # Decks

    @work(group="open")
    async def _open(self) -> None:
        try:
            await self._show_decks()
        except QuizzerError as error:
            self.failure = error
            self.exit(1)
            return
        self.say_what_is_odd()
        if self._decks or self._everything:
            self.study(self._decks, mode=self._mode, ahead=self._ahead, cram=self._cram)

    async def _show_decks(self) -> None:
        followed, rows, today = await self.desk.shelf(lambda shelf: (shelf.follow(), shelf.rows(), shelf.today()))
        self.home.show(rows, today)
        if followed:
            from quizzer.tui.keys import key_name

            undo = self.keys.get("home.undo", "u").split(",")[0].strip()
            self.tell(f"{followed} {key_name(undo)} takes it back.")
        self.opened = True
        self._keep()
        self._keep_decks()

    @work(group="index", exclusive=True)
    async def _keep_decks(self) -> None:
        """Take down what the deck files hold, a deck at a time so that nobody waits for it."""
        while await self.desk.shelf(lambda shelf: shelf.keep_decks()):
            await asyncio.sleep(0)

    @work(group="backup")
    async def _keep(self) -> None:
        """Make the backup that is due, beside all else; one that cannot be made is told of once, and stops nobody."""
        if self._backing_up:
            return
        self._backing_up = True
        try:
            await asyncio.to_thread(self._back_up)
        except QuizzerError as error:
            if not self._told_of_backup:
                self._told_of_backup = True
                self.tell(f"No backup was made; your answers are kept. {error}", wrong=True)
        finally:
            self._backing_up = False

    @on(RefreshRequested)
    @work(group="refresh", exclusive=True)
    async def _refresh(self) -> None:
        try:
            await self._show_decks()
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    @on(StudyRequested)
    def _study_requested(self, event: StudyRequested) -> None:
        self.begin(event.decks)

    def begin(self, decks: tuple[str, ...], *, cram: bool = False) -> None:
        """Study these decks (none: all of them), or cram them, now that the learner asks for it."""
        self.clear_notifications()
        self.study(decks, cram=cram)

    @work(group="study", exclusive=True)
    async def study(self, decks: tuple[str, ...], *, mode: "Mode | None" = None, ahead: int = 0, cram: bool = False) -> None:
        """Study these decks (none: all of them), whatever is on show; then tell what it came to, and go home."""

        def opens(shelf: "Shelf") -> "AnySession":
            return shelf.cram(*decks, mode=mode) if cram else shelf.session(*decks, mode=mode, ahead=ahead)

        while len(self.screen_stack) > 1:
            await self.pop_screen()
        try:
            while (then := await self._session(decks, opens)) != "home":
                if then == "undo":
                    await self._take_back(back=True)
        except QuizzerError as error:
            self.tell(str(error), wrong=True)
        await self._go_home()

    async def _session(self, decks: tuple[str, ...], opens: "Callable[[Shelf], AnySession]") -> Literal["again", "undo", "home"]:
        """Hold one session; return what is wanted then."""
        from quizzer.tui.screens.study import StudyScreen

        session = await self.desk.sit_down(opens)
        title, changed = await self.desk.call(lambda: (session.title, tuple(session.changed)))
        if session.writes and not decks and len([deck for deck in self.home.decks if not deck.problem]) > 1:
            title = ALL
        if changed:
            from quizzer.tui.screens.changed import ChangedScreen

            keep = await self.push_screen_wait(ChangedScreen(changed))
            if keep is None:
                return "home"
            await self.desk.call(lambda: session.settle_changed(keep=keep))
        screen = StudyScreen(session, self.desk, title=title, clock=self._clock, monotonic=self._monotonic, drawing=self._drawing)
        if not session.writes:
            self.tell("Cramming: nothing is written, your schedule stays as it is.")
        ending = await self.push_screen_wait(screen)
        self.clear_notifications()
        summary = await self.desk.call(session.summary)
        await self.desk.stand_up()
        if ending == "left":
            if summary.reviews:
                kept = "Your place is kept." if session.writes else "Nothing was written: your schedule is as it was."
                self.tell(f"{summary.reviews} {'review' if summary.reviews == 1 else 'reviews'}. {kept}")
            return "home"
        if not summary.reviews:
            self.tell("Nothing is due now." + (f" Next: {summary.next_due}." if summary.next_due else ""))
            return "home"
        from quizzer.tui.screens.summary import SummaryScreen

        waiting = await self.desk.shelf(lambda shelf: _waiting(shelf, decks)) if session.writes else 0
        return await self.push_screen_wait(SummaryScreen(summary, title=title, waiting=waiting, written=session.writes))

    async def _go_home(self) -> None:
        try:
            await self.desk.stand_up()
            await self._show_decks()
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    # What can be asked for anywhere

    @work(group="stats", exclusive=True)
    async def action_stats(self) -> None:
        """Show the figures."""
        from quizzer.tui.screens.stats import StatsScreen

        if any(isinstance(screen, StatsScreen) for screen in self.screen_stack):
            return
        try:
            figures = await self.desk.shelf(lambda shelf: shelf.stats())
        except QuizzerError as error:
            self.tell(str(error), wrong=True)
            return
        self.clear_notifications()
        await self.push_screen(StatsScreen(figures))

    def action_undo(self) -> None:
        """Take back what was done last, in whatever session or deck."""
        self._hindsight(back=True)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._hindsight(back=False)

    @work(group="refresh")
    async def _hindsight(self, *, back: bool) -> None:
        try:
            await self._take_back(back=back)
            await self._show_decks()
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    async def _take_back(self, *, back: bool) -> None:
        done = await self.desk.shelf(lambda shelf: shelf.undo() if back else shelf.redo())
        self.tell(f"{'Taken back' if back else 'Done again'}: {done.told}")

    @work(group="search", exclusive=True)
    async def action_search(self) -> None:
        """Search the cards. From home only: a session would not know what was done to its cards meanwhile."""
        if self.screen is not self.home or not self.opened:
            return
        from quizzer.tui.screens.search import SearchScreen

        try:
            catalogue, cards = await self.desk.shelf(lambda shelf: (found := shelf.catalogue(), found.cards))
            self.clear_notifications()
            if self.screen is self.home and await self.push_screen_wait(SearchScreen(catalogue, self.desk, cards=cards)):
                await self._show_decks()
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    @work(group="begin", exclusive=True)
    async def action_begin_deck(self) -> None:
        """Start a new deck. From home only, which shows it then."""
        if self.screen is not self.home or not self.opened:
            return
        from quizzer.tui.beginning import begin

        try:
            if begun := await begin(self, self.desk):
                await self._show_decks()
                self.post_message(EditRequested(begun))
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    @on(HistoryRequested)
    def _history_requested(self, event: HistoryRequested) -> None:
        from quizzer.tui.screens.history import HistoryScreen

        self.clear_notifications()
        self.push_screen(HistoryScreen(event.past, answered=event.answered))

    @on(RewriteRequested)
    @work(group="rewrite", exclusive=True)
    async def _rewrite_requested(self, event: RewriteRequested) -> None:
        from quizzer.tui.screens.rewrite import RewriteScreen

        self.clear_notifications()
        try:
            question, ways = await self.desk.shelf(lambda shelf: shelf.rewrites(event.card))
            mended = await self.push_screen_wait(RewriteScreen(question, ways, deck=event.card.deck))
            if mended is None or mended == question:
                return
            await self.desk.rewrite(event.card.deck, mended, instead_of=question)
        except QuizzerError as error:
            self.tell(str(error), wrong=True)
            return
        look = getattr(self.screen, "look_again", None)
        if look is not None:
            look()
        self.tell("The question is mended in its deck. Undo puts the old one back.")

    @on(EditRequested)
    @work(group="edit", exclusive=True)
    async def _edit_requested(self, event: EditRequested) -> None:
        from quizzer.authoring import Manuscript
        from quizzer.tui.screens.editor import EditorScreen

        self.clear_notifications()
        try:
            path = await self.desk.shelf(lambda shelf: shelf.file_of(event.deck))
            before = await self.desk.changed(event.deck)
            manuscript = await asyncio.to_thread(Manuscript.open, path)  # last: an error after it would leave the deck locked
            save = partial(self.desk.written, event.deck)
            if not await self.push_screen_wait(EditorScreen(manuscript, at=event.question, write=bool(event.question), save=save)):
                return
            await self._settle([card for card in await self.desk.changed(event.deck) if card not in before])
            if self.screen is self.home:
                await self._show_decks()
        except QuizzerError as error:
            self.tell(str(error), wrong=True)
        for screen in self.screen_stack:
            if (edited := getattr(screen, "edited", None)) is not None:
                edited()

    async def _settle(self, changed: "Sequence[Card]") -> None:
        """Ask what is to become of what was learnt of these cards, whose key was changed just now."""
        if changed:
            from quizzer.tui.screens.changed import ChangedScreen

            keep = await self.push_screen_wait(ChangedScreen(changed))
            if keep is not None:
                await self.desk.settle_changed(keep=keep)

    @on(ImageRequested)
    def _image_requested(self, event: ImageRequested) -> None:
        from quizzer.tui.screens.image import ImageScreen

        self.clear_notifications()
        self.push_screen(ImageScreen(event.sights, self._drawing))

    async def remember(self, theme: str) -> None:
        """Write down the theme, on the thread of all that is written."""
        await self.desk.call(partial(self._remember_theme, theme))

    def own_commands(self) -> "list[Command]":
        """Offer every deck, and the figures."""
        from quizzer.tui.commands import Command

        decks = [deck for deck in self.home.decks if not deck.problem]
        return [
            *(Command(f"Study {deck.title}", "Open this deck", partial(self.begin, (deck.id,))) for deck in decks),
            *(Command(f"Cram {deck.title}", "Any card; nothing is written", partial(self.begin, (deck.id,), cram=True)) for deck in decks),
            Command("Study all decks", "One session over all that is due", partial(self.begin, ())),
            *([Command("Search", "Find cards by their words", self.action_search)] if self.screen is self.home else []),
            *([Command("New deck", "Begin one, to be written on", self.action_begin_deck)] if self.screen is self.home else []),
            Command("Statistics", "Cards, forecast, retention, streak", self.action_stats),
        ]


def _waiting(shelf: "Shelf", decks: tuple[str, ...]) -> int:
    """Return how many cards of these decks (none: of all) can still be studied today."""
    from quizzer.study import DeckRow

    rows = [row for row in shelf.rows() if isinstance(row, DeckRow) and (not decks or row.id in decks)]
    return sum(row.new + row.learning + row.due for row in rows)


def run_app(open_shelf: "Callable[[], Shelf]", **given: Any) -> int:
    """Run the app, close the shelf whatever happens, and return the exit code; see ``quizzer.tui.run``."""
    app = QuizzerApp(open_shelf, **given)
    try:
        code = app.run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        app.desk.close()
    if app.failure is not None:
        raise app.failure
    return (app.return_code or 0) if code is None else code
