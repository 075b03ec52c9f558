"""What a session did: what of it can be taken back or done again, and what of it counts."""

from collections.abc import Iterable, Sequence

from quizzer.core import history
from quizzer.core.history import Deed
from quizzer.study.prompts import Leech
from quizzer.study.summing import Done


class Doings:
    """The acts that can be taken back, those that can be done again, and the reviews of this session.

    Begins with the acts from before the session, so that those can be taken back and done again as well.
    """

    def __init__(self, past: Iterable[Deed] = (), future: Iterable[Deed] = ()) -> None:
        self._past, self._future = list(past), list(future)
        self._done: list[Done] = []
        self._leeches: dict[str, Leech] = {}  # by the review that made it one
        self._void: set[str] = set()
        self._standing: list[Done] | None = []  # None: to be put together anew

    @property
    def to_undo(self) -> Sequence[Deed]:
        """The acts to take back next, in the order they were done: they are one act to the learner."""
        return history.together(self._past)

    @property
    def to_redo(self) -> Sequence[Deed]:
        """The acts to do again next, in the order they were done."""
        return history.together(self._future)[::-1]

    @property
    def reviews(self) -> list[Done]:
        """The reviews of this session that stand."""
        if self._standing is None:
            self._standing = [done for done in self._done if done.entry.id not in self._void]
        return self._standing

    @property
    def leeches(self) -> list[Leech]:
        """What turned out as a leech in this session, by reviews that stand."""
        return [leech for review, leech in self._leeches.items() if review not in self._void]

    def add(self, *acts: Deed, done: Done | None = None, leech: Leech | None = None) -> None:
        """Note what was done just now; what was taken back before it cannot be done again any more."""
        self._past += acts
        self._future.clear()
        if done:
            self._done.append(done)
            if self._standing is not None:
                self._standing.append(done)
        if done and leech:
            self._leeches[done.entry.id] = leech

    def undone(self) -> None:
        """Note that ``to_undo`` was taken back."""
        acts = self.to_undo
        del self._past[len(self._past) - len(acts) :]
        self._future += reversed(acts)
        self._void |= {act.id for act in acts}
        self._standing = None

    def skip(self, *, back: bool) -> None:
        """Pass over what cannot be taken back (``back``) or done again any more."""
        (self._past if back else self._future).pop()

    def redone(self) -> None:
        """Note that ``to_redo`` was done again."""
        acts = self.to_redo
        del self._future[len(self._future) - len(acts) :]
        self._past += acts
        self._void -= {act.id for act in acts}
        self._standing = None
