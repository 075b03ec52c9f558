"""A session's undo and redo: of acts on cards, of what was done about a verdict, of edits of decks."""

from collections.abc import Mapping, Sequence

import msgspec

from quizzer.core.changes import Change
from quizzer.core.errors import StaleError
from quizzer.core.history import Deed
from quizzer.core.model import Entry, MemoryState
from quizzer.study import takeback
from quizzer.study.course import VERDICTS, Show
from quizzer.study.deeds import as_one, in_a_line
from quizzer.study.prompts import Prompt
from quizzer.study.responding import Responding


class Undoing(Responding):
    """A sitting whose acts can be taken back and done again, those of earlier ones too.

    ``turned`` tells in a line what ``undo`` took back last, or ``redo`` did again.
    """

    turned = ""

    @property
    def can_undo(self) -> bool:
        """Whether ``undo`` has something to take back."""
        return self.is_turned or bool(self._doings.to_undo)

    @property
    def can_redo(self) -> bool:
        """Whether ``redo`` has something to do again."""
        return bool((self._checked and self._checked.undone) or self._doings.to_redo)

    def undo(self) -> Prompt | None:
        """Take back the last act on these decks, in this session or an earlier one; the card it was on is on show again.

        An overruled verdict is given back to the grader, an edit is taken out of the deck's file.

        Raises:
            DeckError: the file was changed since the edit; nothing was written.
        """
        checked = self._checked
        if checked and checked.turns:
            self._tell_overruling()
            self._turn_edit(checked.turns[-1], self._doings.to_undo, back=True)
            self._turned(msgspec.structs.replace(checked, turns=checked.turns[:-1], undone=(*checked.undone, checked.turns[-1])))
            return self.prompt
        return self._turn(self._doings.to_undo, back=True)

    def redo(self) -> Prompt | None:
        """Do again what ``undo`` took back last, in this session or an earlier one, and go on from there; errors are as of ``undo``."""
        checked = self._checked
        if checked and checked.undone:
            self._tell_overruling()
            self._turn_edit(checked.undone[-1], self._doings.to_redo, back=False)
            self._turned(msgspec.structs.replace(checked, turns=(*checked.turns, checked.undone[-1]), undone=checked.undone[:-1]))
            return self.prompt
        return self._turn(self._doings.to_redo, back=False)

    # inside

    def _tell_overruling(self) -> None:
        self.turned = in_a_line("verdict overruled", self._on_show().card.stem)

    def _turn_edit(self, turn: str, deeds: Sequence[Deed], *, back: bool) -> None:
        """Take back or do again the edit that a turn is, where it is one, and where nobody else did."""
        if turn not in VERDICTS and deeds and deeds[0].id == turn:
            self._turn(deeds, back=back)

    def _turn(self, deeds: Sequence[Deed], *, back: bool) -> Prompt | None:
        """Take ``deeds``, which are one act, back, or do them again."""
        if deeds and isinstance(deeds[0], Change):
            try:
                (self._edits.take_back if back else self._edits.do_again)(deeds[0])
            except StaleError:  # said once; what was done before it can still be taken back
                self._doings.skip(back=back)
                raise
            self._reread(deeds[0].deck)
            (self._doings.undone if back else self._doings.redone)()
            self._tell(deeds)
            return self.prompt
        acts = takeback.entries_of(deeds)
        if not acts:
            return self.prompt
        version = self._progress.version
        rows = (takeback.undoing if back else takeback.redoing)(self._progress, self._logbook, acts)
        show = self._shown_after(acts, {entry.card: state or MemoryState() for entry, state in rows}, back=back)
        if rows:  # else another program did it already
            self._progress.record_all(rows, version=version, scope=self._scope, place=show.place if show else None)
        self._tell(deeds)
        if back:
            self._doings.undone()
        else:
            self._doings.redone()
            self._last = acts[0].card
        self._show, self._checked, self._changed = show, None, None
        now = self._logbook.now()
        stands = rows and version == self._course.version and self._logbook.day(now) == self._course.today.day
        if not (stands and self._ways.go(acts[0].id, back=back) and (show is None or show.card.id in self._course.queue)):
            self._load()
        return self.prompt

    def _tell(self, deeds: Sequence[Deed]) -> None:
        self.turned = as_one(deeds, self._course.decks, zone=self._logbook.zone).told

    def _shown_after(self, acts: Sequence[Entry], states: Mapping[str, MemoryState], *, back: bool) -> Show | None:
        """Return what is on show once ``acts`` are taken back or done again; None: what the queue gives."""
        act, show = acts[0], self._show
        if act.act in takeback.ELSEWHERE:  # the card on show stays, unless it is set aside again
            if show and show.card.id in states:
                state = states[show.card.id]
                return None if state.suspended else self._course.show(show.card, self._logbook.now(), wishes=(show.mode,), state=state)
            return show
        card = self._course.card(act.card)
        if card is None or not (back or act.act in takeback.ASIDE):
            return None
        wishes = (act.mode, self._wish) if back else (self._wish,)
        return self._course.show(card, self._logbook.now(), wishes=wishes, state=states.get(card.id))

    def _stacks(self) -> tuple[list[Deed], list[Deed]]:
        """Return what can be taken back and done again on cards that there still are."""
        past, future = takeback.stacks(self._progress, list(self._course.decks))
        there = [
            [deed for deed in deeds if (deed.is_edit if isinstance(deed, Change) else deed.card in self._course)]
            for deeds in (past, future)
        ]
        return there[0], there[1]
