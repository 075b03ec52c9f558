"""A page on which an author walks through questions: forward and back, to what is not decided, by sort and by words."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on

from quizzer.authoring import Account, Walk
from quizzer.tui.guard import Guard
from quizzer.tui.page import Page
from quizzer.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from quizzer.authoring import Sifting


class FindingPage(Page[Account | None]):
    """Keeps a walk, and shows what it comes to. Subclasses say how in ``show``, bind the keys, and put the search line on the page."""

    def __init__(self, sifting: "Sifting", *, monotonic: Callable[[], float]) -> None:
        super().__init__()
        self._sifting, self._walk, self._line = sifting, Walk(sifting), SearchLine()
        self._guard = Guard(monotonic, settle=0.1)

    def show(self) -> None:
        """Show the question on which the author is."""
        raise NotImplementedError

    def turn(self) -> None:
        """Show what the walk has come to; a key that bounces does not decide on it."""
        self._guard.turn()
        self.show()

    @property
    def is_looking(self) -> bool:
        """Whether words are typed to look for."""
        return self.focused is self._line

    @property
    def _at(self) -> str:
        return self._walk.at

    def _stem(self, name: str) -> str:
        return self._sifting.entry(name).question.text if name else ""

    def action_go(self, by: int) -> None:
        """Go to the next or the one before, round at the ends."""
        self._walk.step(by)
        self.turn()

    def action_next_open(self) -> None:
        """Go to the next that is not decided."""
        self._walk.on()
        self.turn()

    def action_sort(self) -> None:
        """Show one sort only, then the next; after the last all."""
        self.set_sort(self._walk.next_sort())

    def set_sort(self, sort: str) -> None:
        """Show one sort only; an empty one: all."""
        self._walk.narrow(sort=sort)
        self.turn()

    def action_search(self) -> None:
        """Look for words."""
        self._line.open(self._walk.search)

    @on(SearchLine.Typed)
    def _typed(self, event: SearchLine.Typed) -> None:
        self._walk.narrow(search=event.words)
        self.turn()

    @on(SearchLine.Done)
    def _found(self) -> None:
        self._line.close()
        self.set_focus(None)

    def show_all(self) -> None:
        """Look at all questions again."""
        self._walk.narrow(sort="", search="")
        self._line.close(clear=True)
        self.set_focus(None)
        self.turn()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which ways there are to go."""
        sensible = {"next_open": bool(self._walk.open), "sort": len(self._sifting.sorts) > 1}
        return sensible.get(action, True) and super().check_action(action, parameters)
