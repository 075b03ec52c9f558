"""The app: it alone pushes screens, and makes the clock they are given.

Only what the home screen needs is imported before the first paint; the other screens are fetched when they are first shown.
"""

import asyncio
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.events import Resize
from textual.notifications import SeverityLevel
from textual.screen import Screen

from quizzer.core.errors import QuizzerError
from quizzer.tui.desk import Desk
from quizzer.tui.messages import LinkRequested, RefreshRequested, StudyRequested
from quizzer.tui.page import Page, is_tiny
from quizzer.tui.screens.home import ALL, HomeScreen
from quizzer.tui.themes import DARK, LIGHT, meanings
from quizzer.tui.widgets.text import literal

if TYPE_CHECKING:
    from textual.command import Provider

    from quizzer.core.model import Mode
    from quizzer.study import Shelf
    from quizzer.tui.commands import Command


def _commands() -> "type[Provider]":
    from quizzer.tui.commands import Commands

    return Commands


INTERRUPTED = 130


def _now() -> datetime:
    return datetime.now(UTC)


class QuizzerApp(App[int]):
    """Home, study, summary, statistics, help; themes and keys."""

    TITLE = "quizzer"
    CSS_PATH = ["app.tcss", "screens/home.tcss"]  # home is the first screen, and Textual reads no file of its own for that
    COMMANDS = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", "Leave quizzer; copy, where text is selected", id="app.interrupt", show=False, priority=True),
        Binding("ctrl+q", "quit", "Leave quizzer", id="app.quit", show=False, priority=True),
        Binding("ctrl+p", "command_palette", "Commands", id="app.commands", show=False, priority=True),
    ]

    def __init__(
        self,
        open_shelf: "Callable[[], Shelf]",
        *,
        decks: tuple[str, ...] = (),
        everything: bool = False,
        mode: "Mode | None" = None,
        theme: str = "",
        keys: Mapping[str, str] = {},
        remember_theme: Callable[[str], None] = lambda _: None,
        clock: Callable[[], datetime] = _now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.desk = Desk(open_shelf)
        self._decks, self._everything, self._mode = decks, everything, mode
        self._remember_theme = remember_theme
        self._clock, self._monotonic = clock, monotonic
        self.keys = dict(keys)
        self.home = HomeScreen()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self._theme_asked = theme
        self.theme = self._theme_known = theme if theme in self.available_themes else DARK.name
        self.failure: QuizzerError | None = None
        self.opened = False

    def get_default_screen(self) -> Screen[object]:
        """Begin at home."""
        return self.home  # type: ignore[return-value]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the quiz's colours."""
        return meanings(dark=self.current_theme.dark)

    def on_mount(self) -> None:
        """Open the decks once the first screen is painted."""
        self.set_keymap(self.keys)
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
                loop.add_signal_handler(getattr(signal, name), self.exit, INTERRUPTED)
        self.theme_changed_signal.subscribe(self, lambda theme: self._themed(theme.name))
        self.call_after_refresh(self._open)

    def on_resize(self, event: Resize) -> None:
        """Close the palette where there is no room for it: Textual's lists cannot be used in no room at all."""
        if is_tiny(event.size) and isinstance(self.screen, CommandPalette):
            self.pop_screen()

    # Decks

    @work(group="open")
    async def _open(self) -> None:
        try:
            await self._show_decks()
        except QuizzerError as error:
            self.failure = error
            self.exit(1)
            return
        self._say_what_is_odd()
        if self._decks or self._everything:
            self.study(self._decks, mode=self._mode)

    async def _show_decks(self) -> None:
        rows, today = await self.desk.shelf(lambda shelf: (shelf.rows(), shelf.today()))
        self.home.show(rows, today)
        self.opened = True

    def _say_what_is_odd(self) -> None:
        odd: list[str] = []
        if self._theme_asked and self._theme_asked != self.theme:
            odd.append(f"There is no theme {self._theme_asked!r}. Choose one with Ctrl+P, theme.")
        if self.keys:
            from quizzer.tui.remapping import complaints

            odd += complaints(self.keys, type(self))
        if odd:
            self.tell("\n".join(odd), wrong=True)

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Show a notice for a moment."""
        self.notify(literal(text), severity="error" if wrong else "information", markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notice in place of the one before it: they never pile up over what is to be read."""
        self.clear_notifications()
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

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

    def begin(self, decks: tuple[str, ...]) -> None:
        """Study these decks (none: all of them), now that the learner asks for it."""
        self.clear_notifications()
        self.study(decks)

    @work(group="study", exclusive=True)
    async def study(self, decks: tuple[str, ...], *, mode: "Mode | None" = None) -> None:
        """Study these decks (none: all of them), whatever is on show; then tell what it came to, and go home."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        try:
            while await self._session(decks, mode=mode) == "again":
                pass
        except QuizzerError as error:
            self.tell(str(error), wrong=True)
        await self._go_home()

    async def _session(self, decks: tuple[str, ...], *, mode: "Mode | None") -> Literal["again", "home"]:
        """Hold one session; return "again" or "home"."""
        from quizzer.tui.screens.study import StudyScreen

        session = await self.desk.sit_down(lambda shelf: shelf.session(*decks, mode=mode))
        title, changed = await self.desk.call(lambda: (session.title, tuple(session.changed)))
        if not decks and len([deck for deck in self.home.decks if not deck.problem]) > 1:
            title = ALL
        if changed:
            from quizzer.tui.screens.changed import ChangedScreen

            keep = await self.push_screen_wait(ChangedScreen(changed))
            if keep is None:
                return "home"
            await self.desk.call(lambda: session.settle_changed(keep=keep))
        screen = StudyScreen(session, self.desk, title=title, clock=self._clock, monotonic=self._monotonic)
        ending = await self.push_screen_wait(screen)
        self.clear_notifications()
        summary = await self.desk.call(session.summary)
        await self.desk.stand_up()
        if ending == "left":
            if summary.reviews:
                self.tell(f"{summary.reviews} {'review' if summary.reviews == 1 else 'reviews'}. Your place is kept.")
            return "home"
        if not summary.reviews:
            self.tell(f"Nothing is due now. {summary.next_due}".strip())
            return "home"
        from quizzer.tui.screens.summary import SummaryScreen

        waiting = await self.desk.shelf(lambda shelf: _waiting(shelf, decks))
        return await self.push_screen_wait(SummaryScreen(summary, title=title, waiting=waiting))

    async def _go_home(self) -> None:
        try:
            await self.desk.stand_up()
            await self._show_decks()
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    # What can be asked for anywhere

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On a page too small to be seen, all that can be done is to leave."""
        tiny = isinstance(self.screen, Page) and self.screen.is_tiny
        return not tiny or action not in {"help", "stats", "toggle_theme", "command_palette"}

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

    def action_help(self) -> None:
        """Show the keys of the screen on show."""
        from quizzer.tui.keys import keys_of
        from quizzer.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            in_use = self.screen.in_use if isinstance(self.screen, Page) else ()
            self.clear_notifications()
            self.push_screen(HelpScreen(keys_of(self.screen, self.keys, in_use=in_use)))

    def action_toggle_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def action_interrupt(self) -> None:
        """Copy the text that is selected; where none is, leave."""
        selected = self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
            self.screen.clear_selection()
            self.tell("Copied.")
        else:
            self.exit(0)

    async def action_quit(self) -> None:
        """Leave; every place is kept."""
        self.exit(0)

    @on(LinkRequested)
    def _open_link(self, event: LinkRequested) -> None:
        self.open_url(event.url)

    @work(group="theme")
    async def _themed(self, name: str) -> None:
        if name == self._theme_known:
            return
        self._theme_known = name
        try:
            await self.desk.call(partial(self._remember_theme, name))
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    def commands(self, screen: Screen[object]) -> "list[Command]":
        """Return what the command palette offers on ``screen``."""
        from quizzer.tui.commands import Command

        decks = [deck for deck in self.home.decks if not deck.problem]
        return [
            *(Command(name, help_text, does) for name, help_text, does in (screen.offers() if isinstance(screen, Page) else ())),
            *(Command(f"Study {deck.title}", "Open this deck", partial(self.begin, (deck.id,))) for deck in decks),
            Command("Study all decks", "One session over all that is due", partial(self.begin, ())),
            Command("Statistics", "Cards, forecast, retention, streak", self.action_stats),
            Command("Keys and help", "What the keys do here", self.action_help),
            Command("Light or dark", "Change between the two themes of the house", self.action_toggle_theme),
            Command("Theme", "Choose among all themes", self.action_change_theme),
            Command("Quit", "Leave quizzer; your place is kept", self.action_quit),
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
