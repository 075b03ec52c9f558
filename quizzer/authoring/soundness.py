"""Which questions could not be studied, and what must go from one so that it can.

Judged by the deck's own checks, on as many questions at once as can be, so that a sound deck is checked once.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Plain, Question

_MARKER = Plain(id="marker", question="Is this a marker?", answer="It is")
_SPARE = ("as_of", "mode", "type", "evidence", "hints", "tags", "accept", "distractors", "explanation")


class Mended(msgspec.Struct, frozen=True):
    """A question that can be studied, and the key of what was dropped from it."""

    question: Question
    dropped: str


def unsound(deck: Deck, places: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield those of ``places`` whose questions could not be studied, each with why.

    Raises:
        DeckError: the deck could not be studied for what is in none of them.
    """
    found = list(_among(deck, places)) if _error(deck) else []
    yield from found
    if not found and (error := _error(deck)):
        raise DeckError(f"the deck could not be studied: {error}")


def mend(deck: Deck, question: Question) -> Mended | None:
    """Return the question without one thing it can do without, one of several where that is enough; None where that is not."""
    for name in _SPARE:
        for value in _less(getattr(question, name, None)):
            less = msgspec.structs.replace(question, **{name: value})
            if not _error(_of(deck, (less,))):
                return Mended(less, name)
    return None


def _among(deck: Deck, places: Sequence[int]) -> Iterator[tuple[int, str]]:
    error = _error(_of(deck, tuple(deck.questions[place] for place in places)))
    if error and len(places) == 1:
        yield places[0], error
    elif error:
        half = len(places) // 2
        yield from _among(deck, places[:half])
        yield from _among(deck, places[half:])


def _of(deck: Deck, questions: tuple[Question, ...]) -> Deck:
    return msgspec.structs.replace(deck, questions=questions or (_MARKER,), declined=())


def _error(deck: Deck) -> str:
    if not deck.questions:
        return ""
    return next((f"{one.code} {one.message}" for one in deckfile.check_deck(deck) if one.severity == "error"), "")


def _less(value: Any) -> Iterator[Any]:
    """Yield what is left of a field when something of it goes."""
    if isinstance(value, tuple):
        for at in range(len(value)):
            yield value[:at] + value[at + 1 :]
        if len(value) > 1:
            yield ()
    elif isinstance(value, str) and value:
        yield ""
    elif value is not None and value != "":
        yield None
