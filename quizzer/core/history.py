"""What was done, in the order it was done: what can be taken back, what can be done again, and how one card fared.

Pure. An undo voids an act; a redo is an undo of that undo, so that the act, its id and all that hangs on it are as they were.
"""

from collections.abc import Iterable, Sequence

import msgspec

from quizzer.core.model import Act, Entry, MemoryState
from quizzer.core.scheduling import apply, retrievability, voided

UNDOABLE = frozenset({Act.REVIEW, Act.SUSPEND, Act.BURY, Act.FLAG, Act.UNFLAG})


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


def stacks(entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the acts that can be taken back and those that can be done again, of each the next one last.

    They are put in the order of their ids, which is that of doing; whatever is done anew leaves nothing to redo.
    """
    log = sorted({entry.id: entry for entry in entries}.values(), key=lambda entry: entry.id)
    by_id = {entry.id: entry for entry in log}
    void = voided(log)
    past: list[Entry] = []
    future: list[Entry] = []
    for entry in log:
        target = by_id.get(entry.voids or "")
        if entry.act in UNDOABLE:
            past.append(entry)
            future.clear()
        elif entry.act is not Act.UNDO:
            future.clear()
        elif target in past:
            past.remove(target)
            future.append(target)
        elif target is not None and target.act is Act.UNDO and (act := by_id.get(target.voids or "")) in future:
            future.remove(act)
            past.append(act)
    return [entry for entry in past if entry.id not in void], [entry for entry in future if entry.id in void]


def together(acts: Sequence[Entry]) -> list[Entry]:
    """Return the last of ``acts``; with the one before it, where they are a review and the suspension that it brought upon a leech."""
    two = list(acts[-2:])
    one = {act.act for act in two} == {Act.REVIEW, Act.SUSPEND} and len({(act.card, act.at) for act in two}) == 1
    return two if one else two[-1:]


def redoing(act: Entry, entries: Sequence[Entry]) -> list[Entry]:
    """Return the undos among ``entries`` that void ``act``: to do it again, each must be undone."""
    undone = {entry.voids for entry in entries if entry.act is Act.UNDO}
    return [entry for entry in entries if entry.act is Act.UNDO and entry.voids == act.id and entry.id not in undone]
