"""The desk: one thread on which the shelf and its sessions live.

Opening decks and writing an answer take time that must not be taken from painting, and an SQLite connection belongs to
the thread that opened it: so every call goes, in order, to one thread, and the screen awaits it.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from textual.events import Callback

from quizzer.core.errors import QuizzerError
from quizzer.tui.widgets.text import literal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from textual.timer import Timer
    from textual.widget import Widget

    from quizzer.core.kinds import Question
    from quizzer.core.model import Card
    from quizzer.study import AnySession, Shelf

T = TypeVar("T")


class Desk:
    """A shelf that is opened at the first call, and every call to it, one after the other."""

    def __init__(self, open_shelf: "Callable[[], Shelf]") -> None:
        self._open_shelf = open_shelf
        self._started: ThreadPoolExecutor | None = None
        self._shelf: Shelf | None = None
        self._session: AnySession | None = None
        self._under_way = 0

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return self._under_way > 0

    async def shelf(self, work: "Callable[[Shelf], T]") -> T:
        """Return what ``work`` makes of the shelf, which is opened first if it was not; raises what either raises."""
        return await self.call(lambda: work(self._opened()))

    async def call(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, done on the shelf's thread; raises what it raises."""
        return await asyncio.wrap_future(self.submit(work))

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Let ``work`` be done on the shelf's thread, after what was asked for before."""
        future = self._thread.submit(work)
        self._under_way += 1
        loop = asyncio.get_running_loop()

        def over(_: "Future[T]") -> None:
            loop.call_soon_threadsafe(self._one_less)

        future.add_done_callback(over)
        return future

    def _one_less(self) -> None:
        self._under_way -= 1

    async def sit_down(self, opens: "Callable[[Shelf], AnySession]") -> "AnySession":
        """Return the session that ``opens`` opens; the one before it is closed, and this one will be when the desk is."""

        def begin() -> "AnySession":
            self._stand_up()
            self._session = opens(self._opened())
            return self._session

        return await self.call(begin)

    async def rewrite(self, deck: str, question: "Question", *, instead_of: "Question") -> None:
        """Mend a question, in the session that is open or without one; raises what either raises."""
        session = self._session
        if session is not None and session.writes:
            await self.call(lambda: session.rewrite(deck, question, instead_of=instead_of))
        else:
            await self.shelf(lambda shelf: shelf.rewrite(deck, question, instead_of=instead_of))

    async def written(self, deck: str, write: Callable[[], object]) -> None:
        """Let ``write`` change a deck's file, in the session that is open (which goes on with it) or without; raises what either does."""
        session = self._session

        def work() -> None:
            from quizzer.study import Session

            if isinstance(session, Session):
                session.written(deck, write)
                return
            self._opened().written(deck, write)
            if session is not None:
                session.reread(deck)

        await self.call(work)

    async def changed(self, deck: str) -> "tuple[Card, ...]":
        """Return the cards of the deck whose key is another than they were last answered with, in the session that is open."""
        session = self._session
        return () if session is None else await self.call(lambda: tuple(card for card in session.changed if card.deck == deck))

    async def settle_changed(self, *, keep: bool) -> None:
        """Keep what was learnt of the changed cards of the session, or start them over."""
        session = self._session
        if session is not None:
            await self.call(lambda: session.settle_changed(keep=keep))

    async def stand_up(self) -> None:
        """Close the session that is open, if one is: its place is kept."""
        await self.call(self._stand_up)

    def close(self) -> None:
        """Close session and shelf and end the thread, after the calls already made."""
        if self._started is not None:
            self._started.submit(self._close).result()
            self._started.shutdown(wait=True)
            self._started = None

    @property
    def _thread(self) -> "ThreadPoolExecutor":
        if self._started is None:
            from concurrent.futures import ThreadPoolExecutor  # not before the first paint

            self._started = ThreadPoolExecutor(max_workers=1, thread_name_prefix="shelf")
        return self._started

    def _opened(self) -> "Shelf":
        if self._shelf is None:
            self._shelf = self._open_shelf()
        return self._shelf

    def _stand_up(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _close(self) -> None:
        self._stand_up()
        shelf, self._shelf = self._shelf, None
        if shelf is not None:
            shelf.close()


PATIENCE = 0.7  # seconds before the learner is told that something is being waited for


class Errands:
    """A screen's errands to the desk, one at a time.

    What the learner presses while one is under way is not done: it would fall on a card they have not seen. Only what is
    asked for by ``in_turn`` is done after it.
    """

    def __init__(self, screen: "Widget", desk: Desk) -> None:
        self._screen, self._desk = screen, desk
        self._busy = False
        self._finishing: Callable[[], None] | None = None
        self._waiting: deque[Callable[[], object]] = deque()
        self._later: Timer | None = None

    def run(self, work: Callable[[], T], then: Callable[[T], object], *, failed: Callable[[], object] = lambda: None) -> None:
        """Let the desk do ``work``, then show its result with ``then``.

        A failure is told in one line; nothing was written or lost, and the same key can be pressed again.
        """
        if self._busy:
            return
        self._busy = True
        loop = asyncio.get_running_loop()
        patience = loop.call_later(PATIENCE, self._ask_for_patience)
        future = self._desk.submit(work)
        self._finishing = lambda: self._finish(future, then, failed, patience)
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._back))  # from the desk's thread

    def _back(self) -> None:
        # One and the same callback every time: Textual looks at the parameters of each new one, while the learner waits.
        self._screen.post_message(Callback(callback=self._finish_now))

    def _finish_now(self) -> None:
        finishing, self._finishing = self._finishing, None
        if finishing is not None:
            finishing()

    def _finish(self, future: "Future[T]", then: Callable[[T], object], failed: Callable[[], object], patience: asyncio.Handle) -> None:
        self._busy = False
        patience.cancel()
        try:
            result = future.result()
        except QuizzerError as error:
            self._waiting.clear()
            self._screen.notify(literal(str(error)), severity="error", markup=False)
            failed()
        else:
            if self._screen.is_attached:
                then(result)
                self._go_on()

    def in_turn(self, act: Callable[[], object]) -> None:
        """Do ``act`` once no errand is under way; a failure of one before it calls it off."""
        self._waiting.append(act)
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and not self._busy:
            self._waiting.popleft()()

    def _ask_for_patience(self) -> None:
        self._screen.notify("Waiting for the progress file…", markup=False, timeout=2)

    def run_later(self, work: Callable[[], object], *, seconds: float) -> None:
        """Let the desk do, after a while, what nobody waits for and what may fail without loss. A later call replaces it."""

        async def carry_out() -> None:
            with suppress(QuizzerError):
                await self._desk.call(work)

        if self._later is not None:
            self._later.stop()
        self._later = self._screen.set_timer(seconds, carry_out)
