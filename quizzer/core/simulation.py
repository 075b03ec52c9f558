"""The workload to come, played through on the scheduler's own rules.

Pure and seeded: the same values always give the same days, and a card meets the same luck at its n-th answer whatever the
retention asked for, so that two plays differ by the plan alone. A made-up learner forgets as the weights foretell, rates as the real one
did, and studies every day what the limits allow; siblings are not kept apart, and nothing is suspended or added.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate

import msgspec

from quizzer.core.model import COUNTED_MS, Act, Entry, MemoryState, Phase, Rating
from quizzer.core.scheduling import Schedule, outcomes, retrievability, voided

_MOST_A_DAY = 20  # answers to one card on one day, after which it is let go: no learner goes on for ever
_PRIOR = 20.0  # answers that the habits of others count for beside the learner's own


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody answers: shares of ratings from Again to Easy (of ``right``, from Hard on), and seconds an answer.

    ``first`` is of new cards, ``steps`` of cards in their steps, ``right`` of reviews that were not Again.
    """

    first: tuple[float, ...] = (0.24, 0.094, 0.495, 0.171)
    steps: tuple[float, ...] = (0.15, 0.10, 0.70, 0.05)
    right: tuple[float, ...] = (0.224, 0.631, 0.145)
    first_seconds: float = 15.0
    step_seconds: float = 13.0
    right_seconds: float = 12.4
    wrong_seconds: float = 19.4


class DeckPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A deck to be played: its cards answered before (none suspended), those to come (in their order), its rules.

    ``new_today`` and ``reviews_today`` were given on the first day already, and count towards its limits.
    """

    states: Mapping[str, MemoryState]
    fresh: Sequence[str]
    schedule: Schedule
    new_per_day: int
    reviews_per_day: int
    new_today: int = 0
    reviews_today: int = 0


class DayLoad(msgspec.Struct, frozen=True, kw_only=True):
    """One day's work: reviews of cards that came back, new cards met, and the seconds all answers took, those in steps included."""

    reviews: int
    new: int
    seconds: float


class Workload(msgspec.Struct, frozen=True, kw_only=True):
    """The days in order; then, for the morning after the last: cards met by then, and how many of them would be recalled."""

    days: tuple[DayLoad, ...]
    met: int
    recalled: float


def habits(entries: Iterable[Entry]) -> Habits:
    """Return how the learner of these log entries answers, by reviews not taken back; where there are few, others' habits fill in.

    Source of others' habits: the defaults of fsrs-rs' simulator, which are of many Anki users.
    """
    known = Habits()
    ratings = {
        Phase.NEW: [share * _PRIOR for share in known.first],
        Phase.LEARNING: [share * _PRIOR for share in known.steps],
        Phase.REVIEW: [0.0, *(share * _PRIOR for share in known.right)],
    }
    times = {name: [getattr(known, name) * _PRIOR, _PRIOR] for name in ("first_seconds", "step_seconds", "right_seconds", "wrong_seconds")}
    log = list(entries)
    void = voided(log)
    for entry in log:
        if entry.act is not Act.REVIEW or entry.id in void or entry.before is None or entry.rating is None:
            continue
        sort = Phase.LEARNING if entry.before is Phase.RELEARNING else entry.before
        ratings[sort][entry.rating - 1] += 1
        if entry.duration_ms:
            right = "wrong_seconds" if entry.rating is Rating.AGAIN else "right_seconds"
            time = times[{Phase.NEW: "first_seconds", Phase.LEARNING: "step_seconds"}.get(sort, right)]
            time[0] += min(entry.duration_ms, COUNTED_MS) / 1000
            time[1] += 1
    return Habits(
        first=_shares(ratings[Phase.NEW]),
        steps=_shares(ratings[Phase.LEARNING]),
        right=_shares(ratings[Phase.REVIEW][1:]),
        **{name: total / many for name, (total, many) in times.items()},
    )


def simulate(plans: Sequence[DeckPlan], *, now: datetime, day: int, days: int, habits: Habits, seed: int = 1) -> Workload:
    """Return the ``days`` from study day ``day`` on, beginning at ``now``, of all decks together."""
    decks = [_Play(plan, now=now, day=day, days=days, habits=habits, seed=seed) for plan in plans]
    loads = []
    for number in range(days):
        done = [deck.study(day + number) for deck in decks]
        loads.append(
            DayLoad(
                reviews=sum(load.reviews for load in done), new=sum(load.new for load in done), seconds=sum(load.seconds for load in done)
            )
        )
    return Workload(days=tuple(loads), met=sum(deck.met for deck in decks), recalled=sum(deck.recalled(day + days) for deck in decks))


class _Play:
    """One deck being played, a day at a time."""

    def __init__(self, plan: DeckPlan, *, now: datetime, day: int, days: int, habits: Habits, seed: int) -> None:
        self._plan = plan
        self._now = now
        self._first, self._end = day, day + days
        self._habits = habits
        self._seed = seed
        self._states = {card: state for card, state in plan.states.items() if state.phase is not Phase.NEW}
        self._fresh = iter([card for card in plan.fresh if card not in self._states])
        self._due: dict[int, list[str]] = {}
        self._late: list[tuple[int, str]] = []
        for card in self._states:
            self._line_up(card)

    @property
    def met(self) -> int:
        return len(self._states)

    def recalled(self, day: int) -> float:
        return sum(retrievability(state, day=day, weights=self._plan.schedule.weights) for state in self._states.values())

    def study(self, day: int) -> DayLoad:
        reviews, new, seconds = 0, 0, 0.0
        today = day == self._first
        left = max(0, self._plan.reviews_per_day - (self._plan.reviews_today if today else 0))
        coming = [(due, card) for due, card in ((self._states[card].due_day or day, card) for card in self._due.pop(day, []))]
        self._late = sorted([*self._late, *coming], key=lambda one: (one[0], self._luck(one[1], one[0])))
        kept = []
        for due, card in self._late:
            if self._states[card].phase is Phase.REVIEW:
                if reviews == left:
                    kept.append((due, card))
                    continue
                reviews += 1
            seconds += self._answer(card, self._states[card], day)
        self._late = kept
        for _ in range(max(0, self._plan.new_per_day - (self._plan.new_today if today else 0))):
            if (card_ := next(self._fresh, None)) is None:
                break
            new += 1
            seconds += self._answer(card_, MemoryState(), day)
        return DayLoad(reviews=reviews, new=new, seconds=seconds)

    def _answer(self, card: str, state: MemoryState, day: int) -> float:
        """Answer the card until it is done for the day; return the seconds that took."""
        at = self._now + timedelta(days=day - self._first)
        seconds = 0.0
        for number in range(_MOST_A_DAY):
            rating, took = self._rated(card, state, day)
            outcome = outcomes(card, state, at=at, day=day, schedule=self._plan.schedule)[
                Rating.EASY if number == _MOST_A_DAY - 1 else rating
            ]
            state, seconds = outcome.state, seconds + took
            if outcome.granted.days:
                break
            at += timedelta(seconds=outcome.granted.seconds)
        self._states[card] = state
        self._line_up(card)
        return seconds

    def _rated(self, card: str, state: MemoryState, day: int) -> tuple[Rating, float]:
        habits = self._habits
        luck = self._luck(card, state.reps)
        if state.phase is Phase.NEW:
            return _drawn(habits.first, luck, Rating.AGAIN), habits.first_seconds
        if state.phase is not Phase.REVIEW and state.last_day == day:
            return _drawn(habits.steps, luck, Rating.AGAIN), habits.step_seconds
        chance = retrievability(state, day=day, weights=self._plan.schedule.weights)
        if luck >= chance:
            return Rating.AGAIN, habits.wrong_seconds
        return _drawn(habits.right, luck / chance, Rating.HARD), habits.right_seconds

    def _line_up(self, card: str) -> None:
        state = self._states[card]
        due = max(self._first, state.due_day if state.due_day is not None else self._first, state.buried_until or 0)
        if due < self._end:
            self._due.setdefault(due, []).append(card)

    def _luck(self, card: str, number: int) -> float:
        """Return a number in [0, 1), always the same for this card and number."""
        digest = hashlib.blake2b(f"{self._seed}\x1f{card}\x1f{number}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


def _drawn(shares: Sequence[float], luck: float, first: Rating) -> Rating:
    for number, reached in enumerate(accumulate(shares)):
        if luck < reached:
            return Rating(first + number)
    return Rating.GOOD


def _shares(counts: Sequence[float]) -> tuple[float, ...]:
    total = sum(counts)
    return tuple(count / total for count in counts)
