"""Keeping what was learnt: another machine's log merged, and all of one learner's data handed out."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from quizzer import __version__
from quizzer.core.changes import Change, What
from quizzer.core.ids import Dice, Ids
from quizzer.core.model import Entry, MemoryState
from quizzer.core.scheduling import replay
from quizzer.store import erasing, merging
from quizzer.store.merging import Merged

FORMAT = 1


class Merger(msgspec.Struct, frozen=True, kw_only=True):
    """Who merges, and when."""

    learner: str
    at: datetime
    day: int
    dice: Dice


_DAYS = ("day", "due_day", "last_day", "buried_until")


def merge(path: Path, other: Path, *, merger: Merger | None = None) -> Merged:
    """Bring what the log at ``other`` has and the one at ``path`` lacks into the latter; memory is replayed from both.

    With ``merger``, who does it and when, it can be taken back.

    Raises:
        ProgressError: as of ``store.merging.merge``; nothing was changed.
    """

    def noted(known: str) -> Change:
        assert merger is not None
        ids = Ids(merger.dice)
        ids.follow(known)
        return Change(id=ids.new(merger.at), what=What.MERGE, at=merger.at, day=merger.day, after=str(other))

    return merging.merge(path, other, remember=remembering, note=(merger.learner, noted) if merger else None)


def remembering(entries: Sequence[Entry], weights: tuple[float, ...]) -> MemoryState:
    """Return what is remembered of a card after its entries."""
    return replay(entries, weights=weights)


def exported(path: Path, learner: str, *, now: datetime) -> Iterator[str]:
    """Yield the lines of a JSON file with all there is of the learner: one log entry, card and place a line.

    Raises:
        ProgressError: there is no such learner, or the file cannot be read.
    """
    data = erasing.whole(path, learner)
    head = {"format": FORMAT, "quizzer": __version__, "exported_at": now.replace(microsecond=0), "learner": learner}
    yield "{\n"
    for name, value in head.items():
        yield f"{_json(name)}: {_json(value)},\n"
    sections: dict[str, Iterator[object]] = {
        "log": (_dates(msgspec.to_builtins(entry)) for entry in data.entries),
        "memory": ({"card": card} | _dates(msgspec.to_builtins(state)) for card, state in sorted(data.states.items())),
        "places": ({"session": scope} | msgspec.to_builtins(place) for scope, place in data.places.items()),
    } | {table: iter(rows) for table, rows in data.more.items()}
    for name, rows in sections.items():
        yield f"{_json(name)}: ["
        for number, row in enumerate(rows):
            yield f"{',' if number else ''}\n{_json(row)}"
        yield "\n]" + ("\n" if name == next(reversed(sections)) else ",\n")
    yield "}\n"


def _dates(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what it has none of, study days as dates."""
    return {name: date.fromordinal(value).isoformat() if name in _DAYS else value for name, value in row.items() if value is not None}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
