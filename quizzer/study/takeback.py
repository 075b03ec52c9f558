"""Taking acts on cards back and doing them again: the rows that do it, and the queue as it was before.

An undo voids an act, a redo voids that undo; the memory of their cards is replayed. The queue is not built anew: what an act did to it
is turned back, as long as nobody else wrote to the file since.
"""

from collections.abc import Callable, Iterator, Sequence

from quizzer.core import history, scheduling
from quizzer.core.changes import Change
from quizzer.core.history import Deed
from quizzer.core.model import Act, Entry, MemoryState
from quizzer.core.queues import Queue, Settled
from quizzer.store import Progress, journal
from quizzer.study import agenda
from quizzer.study.course import Course
from quizzer.study.logbook import Logbook, stored

REACH = 200  # acts on a session's decks that can be taken back, the newest
_READ = 2000  # rows of the file among which they are looked for
_READ_FIRST = 500  # of these, those that nearly always tell as much

ASIDE = frozenset({Act.FLAG, Act.UNFLAG})  # acts that leave the card on show where it is
ELSEWHERE = history.AT_ONCE  # acts that are not on the card on show

Rows = list[tuple[Entry, MemoryState | None]]  # entries to write, each with the state to store after it


def deeds(progress: Progress, decks: Sequence[str] | None = None, *, newest: int = _READ) -> list[Deed]:
    """Return the ``newest`` rows of the log, and those of the journal, on ``decks`` (None: all there are), in order of their ids."""
    found: list[Deed] = [*journal.acts(progress, decks=decks, newest=newest), *journal.changes(progress, decks=decks, newest=_READ)]
    return sorted(found, key=lambda deed: deed.id)


def stacks(progress: Progress, decks: Sequence[str] | None = None) -> tuple[list[Deed], list[Deed]]:
    """Return what can be taken back and done again on ``decks``, ``REACH`` acts at the most; of each the next one last."""
    found = deeds(progress, decks, newest=_READ_FIRST)
    past, future = history.stacks(found)
    if not tells_all(found, past, reach=REACH):
        past, future = history.stacks(deeds(progress, decks))
    return past[-REACH:], future[-REACH:]


def tells_all(found: Sequence[Deed], past: Sequence[Deed], *, reach: int) -> bool:
    """Return whether rows of the log older than those ``found`` would leave as they are both stacks, of which the last ``reach`` count.

    ``past`` is what can be taken back by ``found``. So it is where that is enough, and nothing older was taken back or done again.
    """
    acts, ids = entries_of(found), {deed.id for deed in found}
    enough = bool(acts) and sum(deed.id >= acts[0].id for deed in past) >= reach
    return enough and all(act.voids in ids for act in acts if act.voids)


def undoing(progress: Progress, logbook: Logbook, acts: Sequence[Entry]) -> Rows:
    """Return the rows that take ``acts`` back, which were done in this order."""
    return _replayed(progress, (logbook.voiding(act, act) for act in reversed(acts)))


def redoing(progress: Progress, logbook: Logbook, acts: Sequence[Entry]) -> Rows:
    """Return the rows that do ``acts`` again, which were taken back; none where another program did it already."""
    entries = {act.card: list(progress.entries(card=act.card)) for act in acts}
    return _replayed(progress, (logbook.voiding(undo, act) for act in acts for undo in history.redoing(act, entries[act.card])))


def _replayed(progress: Progress, new: Iterator[Entry]) -> Rows:
    written = list(new)
    weights = agenda.weights(progress)
    after = {}
    for card in dict.fromkeys(entry.card for entry in written):
        mine = [entry for entry in written if entry.card == card]
        after[card] = stored(scheduling.replay([*progress.entries(card=card), *mine], weights=weights))
    return [(entry, after[entry.card]) for entry in written]


def entries_of(deeds: Sequence[Deed]) -> list[Entry]:
    """Return those of ``deeds`` that are acts on cards."""
    return [deed for deed in deeds if not isinstance(deed, Change)]


class Ways:
    """What the acts of a session did to its queue, by their ids, so that it can be turned back and done again.

    Good only in the order of doing, and while nothing else changed the queue: ``forget`` them then.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._ways: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {}

    def forget(self) -> None:
        """Forget them all: the queue was read anew."""
        self._ways.clear()

    def settled(self, act: str, settled: Settled) -> None:
        """Note that the act took its card out of the queue in this way."""
        course, queue = self._course, self._course.queue
        if len(self._ways) >= REACH:
            del self._ways[next(iter(self._ways))]

        def back() -> None:
            course.queue = queue
            queue.unsettle(settled)

        def forth() -> None:
            queue.settle(settled.card, question=settled.question, returns_at=settled.returns_at)

        self._ways[act] = back, forth

    def replaced(self, act: str, before: Queue) -> None:
        """Note that the queue was built anew after the act."""
        course, after = self._course, self._course.queue

        def put(queue: Queue) -> Callable[[], None]:
            def place() -> None:
                course.queue = queue

            return place

        self._ways[act] = put(before), put(after)

    def unchanged(self, act: str) -> None:
        """Note that the act left the queue alone."""
        self._ways[act] = _nothing, _nothing

    def go(self, act: str, *, back: bool) -> bool:
        """Turn back what the act did to the queue, or do it again; return False where that is not known."""
        way = self._ways.get(act)
        if way:
            way[0 if back else 1]()
        return way is not None


def _nothing() -> None:
    return None
