"""Which questions, in which order, and their options in which order: the same for the same seed, on every machine.

Dice are seeded with the seed, the version and the question, so that a question added to a deck does not stir the options of the others.
"""

import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

from quizzer.core.errors import QuizzerError
from quizzer.core.kinds import Deck, Question
from quizzer.paper.wishes import Wishes

T = TypeVar("T")
Asked = tuple[Deck, Question]


def chosen(decks: Sequence[Deck], wishes: Wishes) -> list[Asked]:
    """Return the questions that are wished for, in the order of the decks.

    Raises:
        QuizzerError: there is none, or no question with an id that is wished for.
    """
    pool = [(deck, question) for deck in decks for question in deck.questions]
    known = {question.id for _, question in pool}
    unknown = next((name for name in wishes.ids if name not in known), None)
    if unknown is not None:
        raise QuizzerError(f"there is no question {unknown!r} in {_named(decks)}. `quizzer search` finds questions by their words.")
    if wishes.ids:
        pool = [one for one in pool if one[1].id in wishes.ids]
    if wishes.tags:
        pool = [one for one in pool if not {tag.casefold() for tag in one[1].tags}.isdisjoint(tag.casefold() for tag in wishes.tags)]
    if not pool:
        what = f" with the tag {' or '.join(map(repr, wishes.tags))}" if wishes.tags else ""
        raise QuizzerError(f"{_named(decks)}: there is no question{what} to be printed. Choose others.")
    if wishes.questions is not None and wishes.questions < len(pool):
        drawn = set(_dice(wishes.seed, "drawn").sample(range(len(pool)), wishes.questions))
        pool = [one for at, one in enumerate(pool) if at in drawn]
    return pool


def in_order(pool: Sequence[Asked], wishes: Wishes, *, version: str) -> list[Asked]:
    """Return the questions in the order of a version: that of the decks where there is one version and no seed."""
    asked = list(pool)
    if wishes.seed is not None or version:
        _dice(wishes.seed, version, "order").shuffle(asked)
    return asked


def stirred(things: Iterable[T], wishes: Wishes, *, version: str, question: Asked, right: bool = True) -> list[T]:
    """Return ``things`` stirred; without ``right``, three or more are not left in the order they came in, which is the right one."""
    came = list(things)
    stirred = came.copy()
    dice = _dice(wishes.seed, version, question[0].id, question[1].id)
    dice.shuffle(stirred)
    while not right and len(came) > 2 and stirred == came and any(one != came[0] for one in came):
        dice.shuffle(stirred)
    return stirred


def _dice(seed: str | None, *what: str) -> random.Random:
    return random.Random("\x1f".join((seed or "", *what)))


def _named(decks: Sequence[Deck]) -> str:
    return ", ".join(deck.id for deck in decks)
