"""FSRS-6 itself: what a review does to a memory, how a memory fades, and weights fitted to reviews.

The only module that imports ``fsrs_rs_python``. Pure. A memory is (stability in days, difficulty 1 to 10); a history is one card's
reviews from the first on, each as (rating, days since the one before). ``weights`` empty means FSRS-6's defaults.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quizzer.core.model import Rating

if TYPE_CHECKING:
    import fsrs_rs_python

LONGEST = 256  # reviews of a history that a fit can use; longer ones are cut there

_NAMES = {Rating.AGAIN: "again", Rating.HARD: "hard", Rating.GOOD: "good", Rating.EASY: "easy"}

Memory = tuple[float, float]
History = Sequence[tuple[Rating, int]]


class After(NamedTuple):
    """The memory that a rating would leave, and the days until recall falls from there to the retention asked for."""

    stability: float
    difficulty: float
    days: float


def following(memory: Memory | None, *, elapsed: int, retention: float = 0.9, weights: tuple[float, ...] = ()) -> Mapping[Rating, After]:
    """Return what each rating does when it is given ``elapsed`` days after the last; ``memory`` is None for a new card."""
    states = _states(memory, elapsed, retention, weights)
    return {rating: _after(getattr(states, name)) for rating, name in _NAMES.items()}


def after(memory: Memory | None, rating: Rating, *, elapsed: int, weights: tuple[float, ...] = ()) -> Memory:
    """Return the memory after ``rating``: ``following`` for one rating, and quicker."""
    following = getattr(_states(memory, elapsed, 0.9, weights), _NAMES[rating]).memory
    return following.stability, following.difficulty


def memories(histories: Sequence[History], *, weights: tuple[float, ...] = ()) -> list[list[Memory]]:
    """Return the memory after each review of each history; none of the histories may be empty."""
    import fsrs_rs_python

    items = [_item([fsrs_rs_python.FSRSReview(int(rating), days) for rating, days in history]) for history in histories]
    states = _engine(weights).historical_memory_state_batch(items)
    return [[(state.stability, state.difficulty) for state in one] for one in states]


def recall(stability: float, *, days: float, weights: tuple[float, ...] = ()) -> float:
    """Return the chance, 0 to 1, of recall ``days`` (0 or more) after the last review; ``stability`` is above 0.

    Source: FSRS-6 forgetting curve ``(1 + f*t/S) ** -w20`` with ``f = 0.9 ** (-1/w20) - 1``; at ``t = S`` it is 0.9.
    """
    factor, power = curve(weights)
    return float((1 + factor * days / stability) ** power)


@lru_cache(maxsize=8)
def curve(weights: tuple[float, ...] = ()) -> tuple[float, float]:
    """Return f and p of the forgetting curve ``(1 + f * t / S) ** p``."""
    decay = filled(weights)[20]
    return 0.9 ** (-1 / decay) - 1, -decay


def days_until(retention: float, *, stability: float, weights: tuple[float, ...] = ()) -> float:
    """Return after how many days recall has fallen to ``retention`` (above 0, below 1): ``recall`` turned round."""
    factor, power = curve(weights)
    return float(stability / factor * (retention ** (1 / power) - 1))


def fitted(histories: Sequence[History], samples: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """Return the 21 weights that foretell the sampled reviews best, the later ones counting more; the same ones for the same values.

    Args:
        histories: The cards' histories.
        samples: The reviews to foretell, in the order in which they were given, each as (which history, which of its reviews); each
            was given a day or more after the one before. Those after the first ``LONGEST`` of a history are passed over.

    Fewer than 64 samples only move the four first stabilities, fewer than 8 nothing.
    """
    import fsrs_rs_python

    reviews = [[fsrs_rs_python.FSRSReview(int(rating), days) for rating, days in history[:LONGEST]] for history in histories]
    usable = [(which, place) for which, place in samples if place < LONGEST]
    items = [_item(reviews[which][: place + 1]) for which, place in usable]
    return tuple(_engine(()).compute_parameters(items, card_ids=[which for which, _ in usable]))


def filled(weights: tuple[float, ...]) -> tuple[float, ...]:
    """Return all 21 weights: the defaults for none."""
    import fsrs_rs_python

    return tuple(fsrs_rs_python.check_and_fill_parameters(weights or fsrs_rs_python.DEFAULT_PARAMETERS))


@lru_cache(maxsize=8)
def _engine(weights: tuple[float, ...]) -> "fsrs_rs_python.FSRS":
    import fsrs_rs_python

    return fsrs_rs_python.FSRS(weights or fsrs_rs_python.DEFAULT_PARAMETERS)


def _states(memory: Memory | None, elapsed: int, retention: float, weights: tuple[float, ...]) -> "fsrs_rs_python.NextStates":
    if memory is None:
        return _engine(weights).next_states(None, retention, 0)
    import fsrs_rs_python

    return _engine(weights).next_states(fsrs_rs_python.MemoryState(*memory), retention, elapsed)


def _after(state: "fsrs_rs_python.ItemState") -> After:
    memory = state.memory
    return After(memory.stability, memory.difficulty, state.interval)


def _item(reviews: "list[fsrs_rs_python.FSRSReview]") -> "fsrs_rs_python.FSRSItem":
    import fsrs_rs_python

    return fsrs_rs_python.FSRSItem(reviews)
