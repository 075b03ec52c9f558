"""The command palette: everything that can be done, found by typing a part of its name."""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from quizzer.tui.widgets.text import one_line


class Command(NamedTuple):
    """A name, a line that says more, and what it does."""

    name: str
    help: str
    does: Callable[[], Any]


class _Offers(Protocol):
    def commands(self, screen: object) -> list[Command]: ...


class Commands(Provider):
    """Offers the app's commands. Names are shown as they stand: a deck's title is never markup."""

    def _offered(self) -> list[Command]:
        return cast(_Offers, self.app).commands(self.screen)

    async def discover(self) -> Hits:
        """Yield every command."""
        for command in self._offered():
            name = one_line(command.name)
            yield DiscoveryHit(Content(name), command.does, text=name, help=command.help)

    async def search(self, query: str) -> Hits:
        """Yield the commands whose names match."""
        matcher = self.matcher(query)
        for command in self._offered():
            name = one_line(command.name)
            score, offsets = matcher.fuzzy_search.match(query, name)
            if score > 0:
                shown = Content(name)
                for offset in offsets:
                    shown = shown.stylize(matcher.match_style, offset, offset + 1)
                yield Hit(score, shown, command.does, text=name, help=command.help)
