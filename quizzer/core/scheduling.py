"""When to ask a card again: FSRS-6.

The only module that imports ``fsrs_rs_python``. Pure: the same reviews always give the same memory state, fuzz included, so
that state can be rebuilt from the log.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

import msgspec

from quizzer.core.model import Entry, Interval, MemoryState, Phase, Rating


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """What the scheduler is asked to aim at. Steps are in seconds; ``weights`` empty means FSRS-6's defaults."""

    retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_days: int = 36500
    fuzz: bool = True
    weights: tuple[float, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one rating would do: the state after it and the interval it grants."""

    state: MemoryState
    granted: Interval


def study_day(at: datetime, zone: tzinfo, *, cutoff_hour: int = 4) -> int:
    """Return the study day (date ordinal) on which ``at`` falls in ``zone``."""
    raise NotImplementedError


def outcomes(card: str, state: MemoryState, *, at: datetime, day: int, schedule: Schedule) -> Mapping[Rating, Outcome]:
    """Return what each of the four ratings would do to ``card`` at ``at`` on study day ``day``."""
    raise NotImplementedError


def replay(entries: Iterable[Entry], *, weights: Sequence[float] = ()) -> MemoryState:
    """Return the state of one card after its log, whatever order the entries come in."""
    raise NotImplementedError


def retrievability(state: MemoryState, *, day: int, weights: Sequence[float] = ()) -> float:
    """Return the chance, 0 to 1, that the card is recalled on ``day``."""
    raise NotImplementedError


__all__ = ["Interval", "Outcome", "Phase", "Schedule", "outcomes", "replay", "retrievability", "study_day"]
