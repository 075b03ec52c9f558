"""`quizzer doctor`: is the progress file whole, and is the memory stored in it what its log gives?"""

from pathlib import Path

import msgspec

from quizzer.core.errors import ProgressError
from quizzer.core.model import MemoryState
from quizzer.core.scheduling import replay
from quizzer.store.examine import CardLog, Examined, newest_backup


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the doctor found, and did.

    ``problems`` are lines for the reader, each with what was done about it or can be; ``mended`` counts cards whose memory
    was rebuilt, ``backup`` is where the file was copied to before. ``healthy``: nothing is wrong (any more).
    """

    path: str
    learners: int
    cards: int
    entries: int
    problems: tuple[str, ...]
    mended: int
    backup: str
    healthy: bool


def doctor(path: Path, *, fix: bool = False) -> Report:
    """Check the progress file at ``path``: its pages, its references, every log row, and every card's memory by replay.

    With ``fix``, memory that differs is rebuilt from the log, in one transaction, after a backup. The log itself is never
    changed: a row that cannot be read is named, and its card left as it is.

    Raises:
        ProgressError: there is no such file, it is not a progress file, is newer than we are, or too damaged to be read.
    """
    try:
        with Examined(path, readonly=not fix) as file:
            return _examined(file, fix=fix)
    except ProgressError as error:
        if (copy := newest_backup(path)) and "damaged" in str(error):
            raise ProgressError(
                f"{path}: the file is too damaged to be read. `quizzer restore` puts its newest backup back: {copy}"
            ) from error
        raise


class _Findings(msgspec.Struct):
    problems: list[str]
    wrong: dict[tuple[int, str], MemoryState | None]
    learners: set[int]
    cards: int = 0
    entries: int = 0


def _examined(file: Examined, *, fix: bool) -> Report:
    found = _survey(file, remedy="Rebuilt." if fix else "Rebuild it with `quizzer doctor --fix`.")
    backup, healthy = "", not found.problems
    if fix and found.problems:
        backup = str(file.store(found.wrong))
        healthy = not _survey(file, remedy="").problems
    return Report(
        path=str(file.path),
        learners=len(found.learners),
        cards=found.cards,
        entries=found.entries,
        problems=tuple(found.problems),
        mended=len(found.wrong) if fix else 0,
        backup=backup,
        healthy=healthy,
    )


def _survey(file: Examined, *, remedy: str) -> _Findings:
    weights, unreadable_weights = file.weights()
    problems = [*file.file_problems(), *file.log_problems(), *unreadable_weights]
    problems += [f"{line}. {remedy}".rstrip() for line in (*file.move_problems(), *file.tally_problems())]
    found = _Findings(problems=problems, wrong={}, learners=set())
    for card in file.cards():
        found.learners.add(card.learner)
        found.cards += 1
        found.entries += len(card.entries) + len(card.unreadable)
        unreadable, differs, state = _compared(card, weights.get(card.learner, ()))
        found.problems += unreadable
        if differs:
            found.problems.append(f"{differs}. {remedy}".rstrip())
            found.wrong[card.learner, card.card] = state
    return found


def _compared(card: CardLog, weights: tuple[float, ...]) -> tuple[list[str], str, MemoryState | None]:
    """Return what of the card cannot be read; how its memory differs from the log, "" if it does not; and what it should be."""
    whose = f"{card.card!r} of {card.name!r}"
    if card.unreadable:
        return [f"{line}. The memory of {whose} is left as it is." for line in card.unreadable], "", None
    try:
        state = replay(card.entries, weights=weights)
    except OverflowError:
        return [f"an interval granted is beyond all calendars. The memory of {whose} is left as it is."], "", None
    except ValueError as error:
        return [f"{error}. The memory of {whose} is left as it is."], "", None
    if not card.bad_state and state == (card.state or MemoryState()):
        return [], "", None
    return [], f"the memory of {whose} is not what its log gives", None if state == MemoryState() else state
