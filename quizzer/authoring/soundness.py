"""Which questions could not be studied, and what must go from one so that it can.

Judged by the deck's own checks, all questions at once.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Question
from quizzer.core.model import Evidence

_SPARE = ("as_of", "mode", "type", "evidence", "hints", "tags", "accept", "distractors", "explanation")


class Mended(msgspec.Struct, frozen=True):
    """A question that can be studied, and the key of what was dropped from it."""

    question: Question
    dropped: str


def unsound(deck: Deck, places: Collection[int]) -> list[tuple[int, str]]:
    """Return those of ``places`` whose questions could not be studied, each with why.

    Raises:
        DeckError: the deck could not be studied for what is in none of them.
    """
    if not places:
        return []
    found: dict[int, str] = {}
    starts: list[int] = []
    for problem in deckfile.check_deck(deck):
        if problem.severity == "error":
            starts = starts or _starts(deck)
            place = bisect_right(starts, problem.line) - 1
            if place not in places:
                raise DeckError(f"the deck could not be studied: {problem.code} {problem.message}")
            found.setdefault(place, f"{problem.code} {problem.message}")
    return sorted(found.items())


def _starts(deck: Deck) -> list[int]:
    """Return the line in which each question begins in the text that ``deck`` is saved as."""
    lines = deckfile.dumps(deck).split("\n")
    begin = lines.index("questions:")
    return [number for number, line in enumerate(lines, start=1) if number > begin and line.startswith("  - ")]


def mend(deck: Deck, question: Question) -> Mended | None:
    """Return the question without one thing it can do without, one of several where that is enough; None where that is not."""
    for name in _SPARE:
        for value in _less(getattr(question, name, None)):
            less = msgspec.structs.replace(question, **{name: value})
            if not any(
                one.severity == "error" for one in deckfile.check_deck(msgspec.structs.replace(deck, questions=(less,), declined=()))
            ):
                return Mended(less, name)
    return None


def _less(value: Any) -> Iterator[Any]:
    """Yield what is left of a field when something of it goes."""
    if isinstance(value, tuple):
        if any(isinstance(one, Evidence) and one.passage for one in value):
            yield tuple(msgspec.structs.replace(one, passage="", passage_start=None) for one in value)
        for at in range(len(value)):
            yield value[:at] + value[at + 1 :]
        if len(value) > 1:
            yield ()
    elif isinstance(value, str) and value:
        yield ""
    elif value is not None and value != "":
        yield None
