"""What was done last, whatever it was, told in words; taken back and done again from outside a session."""

from collections.abc import Mapping, Sequence

from quizzer.core import history
from quizzer.core.changes import Change, What
from quizzer.core.errors import ProgressError, StaleError, StaleMergeError
from quizzer.core.history import Deed
from quizzer.store import Progress, journal, moving, withdrawing
from quizzer.study import takeback
from quizzer.study.agenda import Dealt
from quizzer.study.deeds import Done, as_one
from quizzer.study.editing import NEWEST, Edits, undos_of
from quizzer.study.keeping import remembering
from quizzer.study.logbook import Logbook


class Hindsight:
    """The last acts of a learner on all their decks, on the log and on deck files.

    ``passed`` are the ids of those that turned out not to be taken back or done again any more: said once, they bar nothing before them.
    """

    def __init__(self, progress: Progress, logbook: Logbook, decks: Mapping[str, Dealt], *, passed: set[str] | None = None) -> None:
        self._progress = progress
        self._logbook = logbook
        self._decks = decks
        self._passed = set[str]() if passed is None else passed
        self._edits = Edits(progress, logbook, dict(decks))

    def done(self) -> tuple[Done, ...]:
        """Return what can be taken back, the newest first; then what can be done again, the next first."""
        past, future = self._stacks()
        return (*self._told(past, taken_back=False), *self._told(future, taken_back=True))

    def undo(self) -> Done:
        """Take the last act back, and tell which it was.

        Raises:
            ProgressError: there is none, or it cannot be taken back any more; nothing was written.
            DeckError: the deck's file was changed since the edit; nothing was written.
        """
        return self._turn(back=True)

    def redo(self) -> Done:
        """Do again what was taken back last, and tell what it was; errors are as of ``undo``."""
        return self._turn(back=False)

    def _turn(self, *, back: bool) -> Done:
        version = self._progress.version
        self._edits.settle()
        past, future = self._stacks()
        deeds = history.together(past) if back else history.together(future)[::-1]
        if not deeds:
            raise ProgressError("there is nothing to take back." if back else "nothing was taken back that could be done again.")
        try:
            self._do(deeds, version=version, back=back)
        except (StaleError, StaleMergeError):
            self._passed.add(deeds[0].id)
            raise
        return self._as_one(deeds, taken_back=back)

    def _do(self, deeds: Sequence[Deed], *, version: int, back: bool) -> None:
        first = deeds[0]
        if not isinstance(first, Change):
            acts = takeback.entries_of(deeds)
            rows = (takeback.undoing if back else takeback.redoing)(self._progress, self._logbook, acts)
            self._progress.record_all(rows, version=version)
        elif first.is_edit:
            (self._edits.take_back if back else self._edits.do_again)(first)
        elif first.what is What.MOVE:
            voided = [first] if back else undos_of(first, moving.moves(self._progress))
            moving.add(
                self._progress,
                [self._logbook.change(What.UNDO, deck=first.deck, voids=row.id) for row in voided],
                remember=remembering,
                version=version,
            )
        elif back:
            undo = self._logbook.change(What.UNDO, voids=first.id)
            withdrawing.withdraw(self._progress, first, [undo], remember=remembering)
        else:
            undone = undos_of(first, journal.changes(self._progress, newest=NEWEST))
            redos = [self._logbook.change(What.UNDO, voids=undo.id) for undo in undone]
            withdrawing.bring_back(self._progress, first, redos, remember=remembering)

    def _stacks(self) -> tuple[list[Deed], list[Deed]]:
        past, future = ([deed for deed in deeds if deed.id not in self._passed] for deeds in takeback.stacks(self._progress))
        return past, future

    def _told(self, deeds: Sequence[Deed], *, taken_back: bool) -> list[Done]:
        left, told = list(deeds), []
        while left:
            one = history.together(left)
            del left[len(left) - len(one) :]
            told.append(self._as_one(one if not taken_back else one[::-1], taken_back=taken_back))
        return told

    def _as_one(self, deeds: Sequence[Deed], *, taken_back: bool) -> Done:
        return as_one(deeds, self._decks, zone=self._logbook.zone, taken_back=taken_back)
