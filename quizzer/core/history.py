"""What was done, in the order it was done: what can be taken back, what can be done again, and how one card fared.

Pure. An undo voids an act; a redo is an undo of that undo, so that the act, its id and all that hangs on it are as they were.
"""

from collections.abc import Iterable, Sequence

import msgspec

from quizzer.core.changes import Change
from quizzer.core.model import Act, Entry, MemoryState
from quizzer.core.scheduling import apply, retrievability, voided

AT_ONCE = frozenset({Act.UNSUSPEND, Act.RESET, Act.KEEP})  # acts that are done to many cards at once
UNDOABLE = frozenset({Act.REVIEW, Act.SUSPEND, Act.BURY, Act.FLAG, Act.UNFLAG}) | AT_ONCE

Deed = Entry | Change


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """An act on a card, and what was known of the card before and after it.

    ``recall`` is the chance, 0 to 1, of recalling it on that day; None for a card that was new. What is ``taken_back`` changed nothing.
    """

    entry: Entry
    taken_back: bool
    before: MemoryState
    after: MemoryState
    recall: float | None


def moments(entries: Iterable[Entry], *, weights: Sequence[float] = ()) -> tuple[Moment, ...]:
    """Return a card's log as moments, the oldest first; the last one's ``after`` is what replay gives.

    Raises:
        ValueError: an entry lacks what an act of its sort must have.
    """
    log = sorted({entry.id: entry for entry in entries}.values(), key=lambda entry: (entry.at, entry.id))
    void = voided(log)
    state = MemoryState()
    found = []
    for entry in log:
        before = state
        if entry.id not in void:
            state = apply(before, entry, weights=weights)
        recall = retrievability(before, day=entry.day, weights=weights) if before.stability > 0 else None
        found.append(Moment(entry=entry, taken_back=entry.id in void, before=before, after=state, recall=recall))
    return tuple(found)


def stacks(deeds: Iterable[Deed]) -> tuple[list[Deed], list[Deed]]:
    """Return what can be taken back and what can be done again, of each the next one last.

    They are put in the order of their ids, which is that of doing; whatever is done anew leaves nothing to redo.
    """
    log = sorted({deed.id: deed for deed in deeds}.values(), key=lambda deed: deed.id)
    by_id = {deed.id: deed for deed in log}
    undone = {deed.voids for deed in log if deed.voids}
    void = {deed.voids for deed in log if deed.voids and deed.id not in undone}
    past: list[Deed] = []
    future: list[Deed] = []
    for deed in log:
        target = by_id.get(deed.voids or "")
        if deed.voids is None:
            if isinstance(deed, Change) or deed.act in UNDOABLE:
                past.append(deed)
            future.clear()
        elif target in past:
            past.remove(target)
            future.append(target)
        elif target is not None and (act := by_id.get(target.voids or "")) and act not in past:
            if act in future:  # else another program did something else in between
                future.remove(act)
            past.append(act)
    return [deed for deed in past if deed.id not in void], [deed for deed in future if deed.id in void]


def together(deeds: Sequence[Deed]) -> list[Deed]:
    """Return the last of ``deeds`` with those before it that are one act to the learner.

    Those are a review and the suspension that it brought upon a leech, and what was done to many cards at once.
    """
    last = deeds[-1] if deeds else None
    if last is None or isinstance(last, Change):
        return list(deeds[-1:])
    if last.act in AT_ONCE:
        first = len(deeds) - 1
        while first and _same_stroke(deeds[first - 1], last):
            first -= 1
        return list(deeds[first:])
    two = [deed for deed in deeds[-2:] if isinstance(deed, Entry)]
    one = {act.act for act in two} == {Act.REVIEW, Act.SUSPEND} and len({(act.card, act.at) for act in two}) == 1
    return list(deeds[-2:] if one else deeds[-1:])


def _same_stroke(deed: Deed, last: Entry) -> bool:
    return isinstance(deed, Entry) and (deed.act, deed.at) == (last.act, last.at)


def redoing(act: Entry, entries: Sequence[Entry]) -> list[Entry]:
    """Return the undos among ``entries`` that void ``act``: to do it again, each must be undone."""
    undone = {entry.voids for entry in entries if entry.act is Act.UNDO}
    return [entry for entry in entries if entry.act is Act.UNDO and entry.voids == act.id and entry.id not in undone]
