"""What passes between the formats and those who use them: what was read, what is wrong with it, what was written, what got lost."""

from collections.abc import Callable

import msgspec

from quizzer.core.kinds import Deck, Question
from quizzer.core.model import Source

_SHOWN = 60  # characters


class Problem(msgspec.Struct, frozen=True):
    """Something in a file that could not be taken as it stands; ``line`` counts from 1. ``skipped``: a question was left out."""

    line: int
    message: str
    skipped: bool = True


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds. Questions without an id in the file have none here; ``lines`` are where they begin, one for each."""

    deck: Deck
    lines: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


class Loss(msgspec.Struct, frozen=True):
    """Something of a deck that a format does not carry: the id of its question (empty: the deck's own) and the key of the field.

    The field ``kind``: the question is carried as one of another kind; an empty one: it is not carried at all.
    """

    question: str
    field: str
    message: str


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A deck in another form: the bytes of the file, what got lost, each question as it reads in it (None: left out), and its sources."""

    data: bytes
    losses: tuple[Loss, ...]
    carried: tuple[Question | None, ...]
    sources: tuple[Source, ...] = ()


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a form is to be read where it leaves that open: which side asks, and what stands between sides and between cards."""

    swap: bool = False
    between: str = ""
    cards: str = ""


Reader = Callable[[str, Options], Read]
Renderer = Callable[[Deck], str]


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A form that decks come and go in."""

    name: str
    title: str
    endings: tuple[str, ...]
    read: Reader
    write: Callable[[Deck], Written]


def short(text: str) -> str:
    """Return a text as a problem quotes it: on one line, and cut short where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"
