"""A test date: new cards a day, the longest interval, the score to expect.

Pure. Days are study days; ``left`` counts them from today to the test, whose own day is nought. From the day of the test on
nothing is planned any more.
"""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from quizzer.core.model import MemoryState
from quizzer.core.scheduling import retrievability

LAST_DAYS = 3  # before the test: no new cards are planned, and every card is seen once more


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a deck's test asks of today.

    ``test`` is its study day, ``unseen`` how many cards were never answered, ``new_a_day`` how many of them are planned for
    today and every day until they are met. ``expected`` is the share, 0 to 1, of the deck's cards that would be recalled on the day
    of the test with what is known now; cards never answered count as not recalled.
    """

    test: int
    days_left: int
    unseen: int
    new_a_day: int
    expected: float


def plan(
    states: Iterable[MemoryState], *, total: int, unseen: int, met_today: int, day: int, test: int, weights: Sequence[float] = ()
) -> Plan | None:
    """Return the plan on ``day`` for a deck of ``total`` cards, those with a state among them; None from the day of the test on."""
    if test <= day:
        return None
    return Plan(
        test=test,
        days_left=test - day,
        unseen=unseen,
        new_a_day=new_a_day(unseen + met_today, left=test - day),
        expected=expected(states, total=total, test=test, weights=weights),
    )


def new_a_day(unseen: int, *, left: int) -> int:
    """Return how many of ``unseen`` cards to meet today, so that all are met before the ``LAST_DAYS``.

    Where it is too late for that, all of them. ``left`` is 1 or more.
    """
    return -(-unseen // max(1, left - LAST_DAYS))


def longest(card: str, *, day: int, test: int) -> int | None:
    """Return the longest interval, in days, that ``card`` may be granted on ``day``; None from the day of the test on.

    It ends on a day of the card's own among the ``LAST_DAYS``, so that every card is seen again then, and not all on one day;
    a card that was seen then may wait until the test, but no longer.
    """
    left = test - day
    if left <= 0:
        return None
    digest = hashlib.blake2b(card.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    last_look = left - 1 - int.from_bytes(digest, "big") % LAST_DAYS
    return last_look if last_look > 0 else left


def expected(states: Iterable[MemoryState], *, total: int, test: int, weights: Sequence[float] = ()) -> float:
    """Return the mean chance, 0 to 1, of recalling each of ``total`` cards on the day ``test``; one without a state counts as 0."""
    return sum(retrievability(state, day=test, weights=weights) for state in states) / total if total else 0.0
