"""The workload to come, played through on the rules that sessions go by: limits, tests, easy days, siblings kept apart.

Pure and seeded: the same values always give the same days, and a card meets the same luck at its n-th answer whatever the
retention asked for, so that two plays differ by the plan alone. A made-up learner forgets as the weights foretell, rates as the real one
did, and studies every day what the limits allow, deck by deck; nothing is suspended or added.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate

import msgspec

from quizzer.core import loads, planning, queues
from quizzer.core.loads import Weekday
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

    ``new_today`` and ``reviews_today`` were given on the first day already, and count towards its limits; ``asked`` are its questions
    asked then, with the card. ``questions`` names the question of a card that has siblings; ``buried`` the first day of a new card
    that is to be left alone until then. ``aside`` are the states of cards never asked again: a test asks them all the same.
    """

    states: Mapping[str, MemoryState]
    fresh: Sequence[str]
    schedule: Schedule
    new_per_day: int
    reviews_per_day: int
    new_today: int = 0
    reviews_today: int = 0
    deck: str = ""
    asked: Mapping[str, str] = {}
    questions: Mapping[str, str] = {}
    buried: Mapping[str, int] = {}
    aside: Sequence[MemoryState] = ()
    test: int | None = None  # the study day of its test
    easy: Mapping[Weekday, float] = {}
    balance: bool = False


class DayLoad(msgspec.Struct, frozen=True, kw_only=True):
    """One day's work: reviews of cards that came back, new cards met, and the seconds all answers took, those in steps included."""

    reviews: int
    new: int
    seconds: float


class TestScore(msgspec.Struct, frozen=True, kw_only=True):
    """A test within the days: on its morning, the share (0 to 1) of the deck's ``cards`` that would be recalled, and how many are met."""

    deck: str
    test: int
    expected: float
    met: int
    cards: int


class Workload(msgspec.Struct, frozen=True, kw_only=True):
    """The days in order; then, for the morning after the last: cards met by then, and how many of them would be recalled.

    ``tests`` are those within the days or on that morning, in their order.
    """

    days: tuple[DayLoad, ...]
    met: int
    recalled: float
    tests: tuple[TestScore, ...] = ()


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


def simulate(
    plans: Sequence[DeckPlan],
    *,
    now: datetime,
    day: int,
    days: int,
    habits: Habits,
    learner: str = "",
    others: Mapping[int, int] = {},
    seed: int = 1,
) -> Workload:
    """Return the ``days`` from study day ``day`` on, beginning at ``now``, of all decks together.

    ``others`` is how many reviews of decks that are not played are due on a study day.
    """
    due = Counter(others)
    decks = [_Play(plan, now=now, day=day, days=days, habits=habits, learner=learner, due=due, seed=seed) for plan in plans]
    work, tests = [], []
    for today in range(day, day + days + 1):
        tests += [deck.score() for deck in decks if deck.plan.test == today > day]
        if today < day + days:
            done = [deck.study(today) for deck in decks]
            work.append(
                DayLoad(
                    reviews=sum(load.reviews for load in done),
                    new=sum(load.new for load in done),
                    seconds=sum(load.seconds for load in done),
                )
            )
    met, recalled = sum(deck.met for deck in decks), sum(deck.recalled(day + days) for deck in decks)
    return Workload(days=tuple(work), met=met, recalled=recalled, tests=tuple(tests))


def rated(card: str, state: MemoryState, *, day: int, habits: Habits, weights: Sequence[float] = (), seed: int = 1) -> tuple[Rating, float]:
    """Return how the made-up learner rates ``card`` on ``day``, and the seconds that takes; always the same for the same values."""
    luck = _luck(card, state.reps, seed)
    if state.phase is Phase.NEW:
        return _drawn(habits.first, luck, Rating.AGAIN), habits.first_seconds
    if state.phase is not Phase.REVIEW and state.last_day == day:
        return _drawn(habits.steps, luck, Rating.AGAIN), habits.step_seconds
    chance = retrievability(state, day=day, weights=weights)
    if luck >= chance:
        return Rating.AGAIN, habits.wrong_seconds
    return _drawn(habits.right, luck / chance, Rating.HARD), habits.right_seconds


class _Play:
    """One deck being played, a day at a time. ``due`` counts the reviews of all decks by day, and is kept up to date."""

    def __init__(
        self, plan: DeckPlan, *, now: datetime, day: int, days: int, habits: Habits, learner: str, due: Counter[int], seed: int
    ) -> None:
        self.plan = plan
        self._now = now
        self._first, self._end = day, day + days
        self._habits, self._learner, self._seed = habits, learner, seed
        self._loads = due
        self._states = {card: state for card, state in plan.states.items() if state.phase is not Phase.NEW}
        self._fresh = dict.fromkeys(card for card in plan.fresh if card not in self._states)
        self._due: dict[int, list[str]] = {}
        self._late: list[str] = []
        for card, state in self._states.items():
            self._count(state, 1)
            self._line_up(card)

    @property
    def met(self) -> int:
        return len(self._states)

    def recalled(self, day: int) -> float:
        return sum(retrievability(state, day=day, weights=self.plan.schedule.weights) for state in self._states.values())

    def score(self) -> TestScore:
        plan, states = self.plan, [*self._states.values(), *self.plan.aside]
        total = len(self._states) + len(self._fresh) + len(plan.aside)
        expected = planning.expected(states, total=total, test=plan.test or 0, weights=plan.schedule.weights)
        met = sum(state.phase is not Phase.NEW for state in states)
        return TestScore(deck=plan.deck, test=plan.test or 0, expected=expected, met=met, cards=total)

    def study(self, day: int) -> DayLoad:
        reviews, new, seconds = 0, 0, 0.0
        self._late += self._due.pop(day, [])
        queue = self._queue(day)
        while card := queue.next(self._now):
            queue.settle(card)
            state = self._states.get(card)
            reviews += state is not None and state.phase is Phase.REVIEW
            new += state is None
            self._fresh.pop(card, None)
            seconds += self._answer(card, state or MemoryState(), day)
        self._late = [card for card in self._late if (self._states[card].due_day or 0) <= day]
        return DayLoad(reviews=reviews, new=new, seconds=seconds)

    def _queue(self, day: int) -> queues.Queue:
        """Line up what a session would ask today."""
        plan, today = self.plan, day == self._first
        met = plan.new_today if today else 0
        late = {card: self._states[card] for card in self._late}
        due = {card: state.due_day or day for card, state in late.items() if state.phase is Phase.REVIEW}
        per_day, left = plan.new_per_day, plan.test - day if plan.test is not None else 0
        if left > 0:
            per_day = planning.new_a_day(met + sum(1 for _ in self._awake(day)), left=left)
        deck = queues.DeckDay(
            learning=[queues.Learning(queues.LONG_DUE, card, self._question(card)) for card in late if card not in due],
            reviews=[queues.Review(card, self._question(card), due_day) for card, due_day in due.items()],
            fresh=self._awake(day) if per_day > met else (),
            asked=plan.asked if today else {},
            new_left=max(0, per_day - met),
            reviews_left=max(0, plan.reviews_per_day - (plan.reviews_today if today else 0)),
            all_new=left > 0,
            all_due=0 < left <= planning.LAST_DAYS,
        )
        return queues.line_up([deck], day=day, learner=self._learner)

    def _awake(self, day: int) -> Iterator[queues.Fresh]:
        return (queues.Fresh(card, self._question(card)) for card in self._fresh if self.plan.buried.get(card, 0) <= day)

    def _question(self, card: str) -> str:
        return self.plan.questions.get(card, card)

    def _answer(self, card: str, state: MemoryState, day: int) -> float:
        """Answer the card until it is done for the day; return the seconds that took."""
        at, plan = self._now + timedelta(days=day - self._first), self.plan
        latest = planning.longest(card, day=day, test=plan.test) if plan.test is not None else None
        schedule = plan.schedule if latest is None else msgspec.structs.replace(plan.schedule, latest_days=latest)
        crowding = loads.crowding(self._counts, day=day, easy=plan.easy, balance=plan.balance)
        self._count(state, -1)
        seconds = 0.0
        for number in range(_MOST_A_DAY):
            rating, took = rated(card, state, day=day, habits=self._habits, weights=schedule.weights, seed=self._seed)
            given = outcomes(card, state, at=at, day=day, schedule=schedule, crowding=crowding)
            outcome = given[Rating.EASY if number == _MOST_A_DAY - 1 else rating]
            state, seconds = outcome.state, seconds + took
            if outcome.granted.days:
                break
            at += timedelta(seconds=outcome.granted.seconds)
        self._states[card] = state
        self._count(state, 1)
        self._line_up(card)
        return seconds

    def _count(self, state: MemoryState, more: int) -> None:
        if state.phase is Phase.REVIEW and state.due_day is not None:
            self._loads[state.due_day] += more

    def _counts(self, first: int, last: int) -> Mapping[int, int]:
        return {day: self._loads[day] for day in range(first, last + 1) if self._loads[day]}

    def _line_up(self, card: str) -> None:
        state = self._states[card]
        due = max(self._first, state.due_day if state.due_day is not None else self._first, state.buried_until or 0)
        if due < self._end:
            self._due.setdefault(due, []).append(card)


def _luck(card: str, number: int, seed: int) -> float:
    """Return a number in [0, 1), always the same for this card and number."""
    digest = hashlib.blake2b(f"{seed}\x1f{card}\x1f{number}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


def _drawn(shares: Sequence[float], luck: float, first: Rating) -> Rating:
    for number, reached in enumerate(accumulate(shares)):
        if luck < reached:
            return Rating(first + number)
    return Rating.GOOD


def _shares(counts: Sequence[float]) -> tuple[float, ...]:
    total = sum(counts)
    return tuple(count / total for count in counts)
