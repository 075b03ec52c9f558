"""When to ask a card again: FSRS-6.

Pure: the same reviews and weights always give the same memory state, fuzz included, so that state can be rebuilt from the log.
Days are study days; FSRS is given their differences, never hours.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

import msgspec

from quizzer.core import fsrs
from quizzer.core.model import Act, Entry, Interval, MemoryState, Phase, Rating

DAY_SECONDS = 86_400
_CLOCK_CHANGE = 3  # hours: no zone's clocks were ever put forward or back by more, whole days aside
SHORTEST_MAXIMUM = 3  # days: Hard, Good and Easy must find room below the maximum

# Anki's ranges: every day of an interval that lies in [start, end) widens the fuzz by ``share`` of a day either way.
Crowding = Callable[[int, int], Sequence[float]]
_FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """What the scheduler is asked to aim at.

    Steps are in seconds, from one up; ``weights`` empty means FSRS-6's defaults. A ``maximum_days`` below 3 counts as 3.
    ``latest_days`` is the last day there is (a test), counted from today: nothing is granted beyond it, though ratings then share a day.
    """

    retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_days: int = 36500
    latest_days: int | None = None
    fuzz: bool = True
    weights: tuple[float, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one rating would do: the state after it and the interval it grants."""

    state: MemoryState
    granted: Interval


def study_day(at: datetime, zone: tzinfo, *, cutoff_hour: int = 4) -> int:
    """Return the study day (date ordinal) on which ``at`` falls in ``zone``.

    A day begins when the clock on the wall first shows ``cutoff_hour`` on its date (or, where a change of the clocks
    leaves that hour out, at the change), so the days of ascending instants never descend.
    """
    local = at.astimezone(zone)
    date = local.date()
    if cutoff_hour + _CLOCK_CHANGE <= local.hour < 24 - _CLOCK_CHANGE:
        return date.toordinal()  # no change of the clocks can make it another; nearly always so, and much quicker
    for candidate in (date + timedelta(days=1), date):  # tomorrow: where the clocks go back over midnight
        start = datetime(candidate.year, candidate.month, candidate.day, cutoff_hour, tzinfo=zone)
        if start.astimezone(UTC) <= at:
            return candidate.toordinal()
    return date.toordinal() - 1


def outcomes(
    card: str, state: MemoryState, *, at: datetime, day: int, schedule: Schedule, crowding: Crowding | None = None
) -> Mapping[Rating, Outcome]:
    """Return what each of the four ratings would do to ``card`` at ``at`` on study day ``day``.

    Hard < Good < Easy, strictly, fuzz included, but for days that ``latest_days`` leaves no room for. The intervals depend on the card,
    its state, the day, the schedule and ``crowding``, not on ``at``: what is shown before the answer is what the answer grants.
    ``crowding(first, last)`` says how full each day from ``first`` to ``last`` (counted from today) is; of the days the fuzz
    allows, dice choose among the least full.
    """
    memory, elapsed = _memory(state, day=day)
    following = fsrs.following(memory, elapsed=elapsed, retention=schedule.retention, weights=tuple(schedule.weights))
    after: dict[Rating, Outcome] = {}
    for rating, (granted, phase, step) in _grants(card, state, schedule, following, crowding).items():
        reviewed = _reviewed(
            state, rating, following[rating][:2], at=at, day=day, granted=granted, phase=phase, step=step, fingerprint=state.fingerprint
        )
        after[rating] = Outcome(state=reviewed, granted=granted)
    return after


def replay(entries: Iterable[Entry], *, weights: Sequence[float] = ()) -> MemoryState:
    """Return the state of one card after its log, whatever order the entries come in (an entry twice counts once).

    Raises:
        ValueError: an entry lacks what an act of its sort must have.
    """
    log = {entry.id: entry for entry in entries}
    void = voided(log.values())
    state = MemoryState()
    for entry in sorted(log.values(), key=lambda entry: (entry.at, entry.id)):
        if entry.id not in void:
            state = apply(state, entry, weights=weights)
    return state


def voided(entries: Iterable[Entry]) -> set[str | None]:
    """Return the ids of the entries that are taken back.

    An undo that was itself undone (a redo) voids nothing; an undo of an undo stands.
    """
    undos = {entry.id: entry.voids for entry in entries if entry.act is Act.UNDO}
    undone = set(undos.values())
    return {voids for id_, voids in undos.items() if id_ not in undone}


def apply(state: MemoryState, entry: Entry, *, weights: Sequence[float] = ()) -> MemoryState:
    """Return the state after one act that nothing voids; an undo itself changes nothing here, ``replay`` heeds it.

    Raises:
        ValueError: the entry lacks what an act of its sort must have.
    """
    match entry.act:
        case Act.REVIEW:
            if entry.rating is None or entry.granted is None or entry.phase is None:
                raise ValueError(f"review {entry.id} lacks its rating, interval or phase")
            memory, elapsed = _memory(state, day=entry.day)
            return _reviewed(
                state,
                entry.rating,
                fsrs.after(memory, entry.rating, elapsed=elapsed, weights=tuple(weights)),
                at=entry.at,
                day=entry.day,
                granted=entry.granted,
                phase=entry.phase,
                step=entry.step or 0,
                fingerprint=entry.fingerprint or state.fingerprint,
            )
        case Act.SUSPEND:
            return msgspec.structs.replace(state, suspended=True)
        case Act.UNSUSPEND:
            return msgspec.structs.replace(state, suspended=False)
        case Act.BURY:
            return msgspec.structs.replace(state, buried_until=entry.day + 1)
        case Act.KEEP:
            return msgspec.structs.replace(state, fingerprint=entry.fingerprint)
        case Act.RESET:
            return MemoryState(suspended=state.suspended)
        case Act.RESCHEDULE:
            if entry.granted is None:
                raise ValueError(f"reschedule {entry.id} lacks its interval")
            if state.phase is Phase.NEW:  # nothing is remembered yet that could be due
                return state
            due_day, due_at = _due(entry.granted, at=entry.at, day=entry.day)
            return msgspec.structs.replace(state, due_day=due_day, due_at=due_at)
        case Act.UNDO | Act.FLAG | Act.UNFLAG:
            return state


def retrievability(state: MemoryState, *, day: int, weights: Sequence[float] = ()) -> float:
    """Return the chance, 0 to 1, that the card is recalled on ``day``; 0 for a new card."""
    if state.stability <= 0 or state.last_day is None:
        return 0.0
    return fsrs.recall(state.stability, days=max(0, day - state.last_day), weights=tuple(weights))


def forgetting(weights: Sequence[float] = ()) -> tuple[float, float]:
    """Return f and p, by which ``retrievability`` is ``(1 + f * days / stability) ** p``."""
    return fsrs.curve(tuple(weights))


def _memory(state: MemoryState, *, day: int) -> tuple[fsrs.Memory | None, int]:
    """Return what is remembered of the card, and the days since its last review."""
    if state.stability <= 0:
        return None, 0
    return (state.stability, state.difficulty), max(0, day - state.last_day) if state.last_day is not None else 0


def _reviewed(
    state: MemoryState,
    rating: Rating,
    memory: fsrs.Memory,
    *,
    at: datetime,
    day: int,
    granted: Interval,
    phase: Phase,
    step: int,
    fingerprint: str,
) -> MemoryState:
    due_day, due_at = _due(granted, at=at, day=day)
    return MemoryState(
        phase=phase,
        stability=memory[0],
        difficulty=memory[1],
        step=step,
        reps=state.reps + 1,
        lapses=state.lapses + (state.phase is Phase.REVIEW and rating is Rating.AGAIN),
        due_day=due_day,
        due_at=due_at,
        last_day=day,
        last_at=at,
        suspended=state.suspended,
        fingerprint=fingerprint,
    )


def _due(granted: Interval, *, at: datetime, day: int) -> tuple[int | None, datetime | None]:
    return (day + granted.days, None) if granted.days else (None, at + timedelta(seconds=granted.seconds))


# what is granted

_Grant = tuple[Interval, Phase, int]


def _grants(
    card: str, state: MemoryState, schedule: Schedule, following: Mapping[Rating, fsrs.After], crowding: Crowding | None
) -> dict[Rating, _Grant]:
    learning = state.phase is not Phase.REVIEW
    relearning = state.phase in (Phase.REVIEW, Phase.RELEARNING)
    steps = schedule.relearning_steps if relearning else schedule.learning_steps
    in_steps = Phase.RELEARNING if relearning else Phase.LEARNING
    step = min(state.step, len(steps) - 1) if state.phase is not Phase.NEW else 0
    latest = schedule.maximum_days if schedule.latest_days is None else schedule.latest_days
    longest = max(SHORTEST_MAXIMUM, min(schedule.maximum_days, latest))
    dice = _dice(card, state.reps) if schedule.fuzz else None

    def days(rating: Rating, *, above: Interval, below: int) -> _Grant:
        maximum = longest - below
        wanted = following[rating].days
        return Interval(days=_whole_days(wanted, dice, minimum=above.days + 1, maximum=maximum, crowding=crowding)), Phase.REVIEW, 0

    if learning and steps:
        hard: _Grant = (_step_interval(_hard_delay(steps, step), longest - 2), in_steps, step)
    else:
        hard = days(Rating.HARD, above=Interval(), below=2)
    if learning and step + 1 < len(steps):
        good: _Grant = (max(_step_interval(steps[step + 1], longest - 1), _just_above(hard[0])), in_steps, step + 1)
    else:
        good = days(Rating.GOOD, above=hard[0], below=1)
    easy = days(Rating.EASY, above=good[0], below=0)
    if steps:
        again: _Grant = (_step_interval(steps[0], longest), in_steps, 0)
    else:
        again = days(Rating.AGAIN, above=Interval(), below=2)
        again = (min(again[0], hard[0]), Phase.REVIEW, 0)
    grants = {Rating.AGAIN: again, Rating.HARD: hard, Rating.GOOD: good, Rating.EASY: easy}
    if schedule.latest_days is not None:
        end = Interval(days=max(1, schedule.latest_days))
        grants = {rating: (min(granted, end), phase, step) for rating, (granted, phase, step) in grants.items()}
    return grants


def _hard_delay(steps: Sequence[int], step: int) -> int:
    if step > 0:
        return steps[step]
    if len(steps) > 1:
        return (steps[0] + steps[1]) // 2
    return min(steps[0] * 3 // 2, steps[0] + DAY_SECONDS)


def _step_interval(seconds: int, longest: int) -> Interval:
    """A step of a day or more is granted in whole days, so that it is due from the morning on."""
    if seconds < DAY_SECONDS:
        return Interval(seconds=max(1, seconds))
    return Interval(days=min(round(seconds / DAY_SECONDS), longest))


def _just_above(interval: Interval) -> Interval:
    if interval.days:
        return Interval(days=interval.days + 1)
    return Interval(seconds=interval.seconds + 1) if interval.seconds + 1 < DAY_SECONDS else Interval(days=1)


def _dice(card: str, reps: int) -> float:
    """Return a number in [0, 1) that is always the same for this card at this count of reviews."""
    digest = hashlib.blake2b(f"{card}\x1f{reps}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


def _whole_days(wanted: float, dice: float | None, *, minimum: int, maximum: int, crowding: Crowding | None) -> int:
    minimum = min(minimum, maximum)
    wanted = min(max(wanted, float(minimum)), float(maximum))
    if dice is None or wanted < _FUZZ_RANGES[0][0]:
        return min(max(_round(wanted), minimum), maximum)
    delta = 1.0 + sum(share * max(0.0, min(wanted, end) - start) for start, end, share in _FUZZ_RANGES)
    lower = min(max(_round(wanted - delta), minimum), maximum)
    upper = min(max(_round(wanted + delta), minimum), maximum)
    if lower == upper and 2 < upper < maximum:
        upper += 1
    days: Sequence[int] = range(lower, upper + 1)
    if crowding is not None and lower < upper:
        full = crowding(lower, upper)
        least = min(full)
        days = [day for day, share in zip(days, full, strict=True) if share == least]
    return days[math.floor(dice * len(days))]


def _round(number: float) -> int:
    return math.floor(number + 0.5)


__all__ = ["Interval", "Outcome", "Phase", "Schedule", "apply", "forgetting", "outcomes", "replay", "retrievability", "study_day", "voided"]
