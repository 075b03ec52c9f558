"""How full the days to come are, and which of them are to be easy.

Pure. ``Crowd`` (made by ``crowding``) is what ``scheduling.outcomes`` asks when the fuzz leaves it several days to choose from.
"""

import enum
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import inf


class Weekday(enum.StrEnum):
    """A day of the week; of a study day, the one on which it begins."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WEEK = tuple(Weekday)


class Crowd:
    """How full days are for a learner with easy days.

    ``counts(first, last)`` gives the reviews due on the study days from ``first`` to ``last``, by day; it is called when days are
    compared. ``easy`` holds the share, 0 to 1, of a normal load that a weekday may get; one that is not in it gets 1.
    """

    def __init__(self, counts: Callable[[int, int], Mapping[int, int]], *, day: int, easy: Mapping[Weekday, float]) -> None:
        self._counts = counts
        self._day = day
        self._easy = easy

    def __call__(self, first: int, last: int) -> Sequence[float]:
        """Return how full each day from ``first`` to ``last``, counted from today, would be with one card more; infinite: keep it free."""
        first, last = self._day + first, self._day + last
        counts = self._counts(first, last)
        if not self._easy:  # all days are alike
            return [counts.get(day, 0) + 1 for day in range(first, last + 1)]
        return [self._full(counts.get(day, 0), weekday(day)) for day in range(first, last + 1)]

    def _full(self, count: int, on: Weekday) -> float:
        share = self._easy.get(on, 1.0)
        return (count + 1) / share if share else inf


def crowding(counts: Callable[[int, int], Mapping[int, int]], *, day: int, easy: Mapping[Weekday, float], balance: bool) -> Crowd | None:
    """Return what chooses among the days the fuzz allows: by ``counts`` where days are to be balanced, and by easy days; None: chance."""
    return Crowd(counts if balance else _none, day=day, easy=easy) if balance or easy else None


def _none(first: int, last: int) -> Mapping[int, int]:
    return {}


def weekday(day: int) -> Weekday:
    """Return the weekday on which the study day begins; days beyond the calendar's end are counted on."""
    return WEEK[(day - date.min.toordinal()) % 7]
