"""What the apps of the house have in common: themes, keys, notices, help, leaving. An app says which screen it opens on."""

import asyncio
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.events import Resize
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import WorkerFailed

from quizzer.core.errors import QuizzerError
from quizzer.tui.messages import DifferenceRequested, LinkRequested
from quizzer.tui.page import Page, is_tiny
from quizzer.tui.themes import DARK, LIGHT, meanings
from quizzer.tui.widgets.text import literal

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.driver import Driver

    from quizzer.tui.commands import Command


def _commands() -> "type[Provider]":
    from quizzer.tui.commands import Commands

    return Commands


INTERRUPTED = 130


class House(App[int]):
    """An app with the house's two themes, keys that can be changed, and a command palette."""

    TITLE = "quizzer"
    CSS_PATH = ["app.tcss"]
    COMMANDS = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", "Leave quizzer; copy, where text is selected", id="app.interrupt", show=False, priority=True),
        Binding("ctrl+q", "quit", "Leave quizzer", id="app.quit", show=False, priority=True),
        Binding("ctrl+p", "command_palette", "Commands", id="app.commands", show=False, priority=True),
    ]

    def __init__(self, *, theme: str = "", keys: Mapping[str, str] = {}, remember_theme: Callable[[str], None] = lambda _: None) -> None:
        super().__init__()
        self._remember_theme = remember_theme
        self.keys = dict(keys)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        theme = {"dark": DARK.name, "light": LIGHT.name}.get(theme, theme)
        self._theme_asked = theme
        self.theme = self._theme_known = theme if theme in self.available_themes else DARK.name
        self.failure: QuizzerError | None = None

    def get_driver_class(self) -> "type[Driver]":
        """Stand in a terminal that may go away at any time."""
        driver = super().get_driver_class()
        if driver.__module__ != "textual.drivers.linux_driver":
            return driver
        from quizzer.tui.terminal import Terminal

        return Terminal

    def _handle_exception(self, error: Exception) -> None:
        """Pass over what a worker trips over while the app is left: Textual's palette looks for its list when that is gone already."""
        if not (self._exit and isinstance(error, WorkerFailed)):
            super()._handle_exception(error)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the quiz's colours."""
        return meanings(dark=self.current_theme.dark)

    def on_mount(self) -> None:
        """Take up the keys, and listen for signals."""
        self.set_keymap(self.keys)
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
                loop.add_signal_handler(getattr(signal, name), self.exit, INTERRUPTED)
        self.theme_changed_signal.subscribe(self, lambda theme: self._themed(theme.name))

    def on_resize(self, event: Resize) -> None:
        """Close the palette where there is no room for it: Textual's lists cannot be used in no room at all."""
        if is_tiny(event.size) and isinstance(self.screen, CommandPalette):
            self.pop_screen()

    def say_what_is_odd(self) -> None:
        """Tell what is wrong with the theme and the keys that were asked for."""
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

    def clear_notifications(self) -> None:
        """Take all notices away. Where there is none, as before nearly every question, nothing is asked of the screen."""
        if self._notifications:
            super().clear_notifications()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On a page too small to be seen, all that can be done is to leave."""
        tiny = isinstance(self.screen, Page) and self.screen.is_tiny
        return not tiny or action not in {"help", "stats", "toggle_theme", "command_palette"}

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
        selected = self.screen.get_selected_text() or getattr(self.screen.focused, "selected_text", "")
        if selected:
            self.copy_to_clipboard(selected)
            self.screen.clear_selection()
            self.tell("Copied.")
        else:
            self._go()

    async def action_quit(self) -> None:
        """Leave; every place is kept."""
        self._go()

    def _go(self) -> None:
        """Leave, unless the screen has something to ask before that."""
        if not isinstance(self.screen, Page) or self.screen.lets_go(lambda: self.exit(0)):
            self.exit(0)

    @on(DifferenceRequested)
    def _difference_requested(self, event: DifferenceRequested) -> None:
        from quizzer.tui.screens.difference import DifferenceScreen

        self.clear_notifications()
        self.push_screen(DifferenceScreen(event.difference))

    @on(LinkRequested)
    def _open_link(self, event: LinkRequested) -> None:
        self.open_url(event.url)

    @work(group="theme")
    async def _themed(self, name: str) -> None:
        if name == self._theme_known:
            return
        self._theme_known = name
        try:
            await self.remember(name)
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    async def remember(self, theme: str) -> None:
        """Write down the theme that was chosen; raises QuizzerError when it cannot be."""
        await asyncio.to_thread(self._remember_theme, theme)

    def commands(self, screen: Screen[object]) -> "list[Command]":
        """Return what the command palette offers on ``screen``."""
        from quizzer.tui.commands import Command

        return [
            *(Command(name, help_text, does) for name, help_text, does in (screen.offers() if isinstance(screen, Page) else ())),
            *self.own_commands(),
            Command("Keys and help", "What the keys do here", self.action_help),
            Command("Light or dark", "Change between the two themes of the house", self.action_toggle_theme),
            Command("Theme", "Choose among all themes", self.action_change_theme),
            Command("Quit", "Leave quizzer; your place is kept", self.action_quit),
        ]

    def own_commands(self) -> "list[Command]":
        """Return what the palette offers on every screen of this app."""
        return []
