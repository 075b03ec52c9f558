"""The day that is chosen where chance leaves several."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.loads import WEEK, Crowd, Weekday, weekday
from quizzer.core.model import MemoryState, Phase, Rating
from quizzer.core.scheduling import Schedule, outcomes

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = START.date().toordinal()

states = st.builds(
    MemoryState,
    phase=st.just(Phase.REVIEW),
    stability=st.floats(0.1, 4000),
    difficulty=st.floats(1, 10),
    reps=st.integers(1, 30),
    last_day=st.integers(DAY - 400, DAY),
    due_day=st.just(DAY),
)
shares = st.dictionaries(st.sampled_from(WEEK), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
seeds = st.integers(0, 2**32)


def counts_of(seed: int) -> Mapping[int, int]:
    return {day: (seed * day * 2_654_435_761 >> 7) % 12 for day in range(DAY, DAY + 5000)}


def crowd(counts: Mapping[int, int], easy: Mapping[Weekday, float]) -> Crowd:
    return Crowd(lambda first, last: {day: counts[day] for day in range(first, last + 1) if day in counts}, day=DAY, easy=easy)


def test_the_week_begins_where_the_calendar_has_it() -> None:
    for day in (date(2026, 3, 2), date(2026, 11, 22), date(1999, 1, 1)):
        assert weekday(day.toordinal()) == f"{day:%A}".lower()


@given(st.integers(0, 200).map("d/{}".format), states, seeds, shares)
def test_the_day_lies_where_chance_alone_could_have_put_it_and_the_order_stays(
    card: str, state: MemoryState, seed: int, easy: Mapping[Weekday, float]
) -> None:
    chosen = outcomes(card, state, at=START, day=DAY, schedule=Schedule(), crowding=crowd(counts_of(seed), easy))
    hard, good, easier = (chosen[rating].granted for rating in (Rating.HARD, Rating.GOOD, Rating.EASY))
    assert hard < good < easier
    seen: list[tuple[int, int]] = []

    def watch(first: int, last: int) -> list[float]:
        seen.append((first, last))
        return [0.0] * (last - first + 1)

    by_chance = outcomes(card, state, at=START, day=DAY, schedule=Schedule(), crowding=watch)
    assert by_chance == outcomes(card, state, at=START, day=DAY, schedule=Schedule())  # days as full as each other: the dice alone
    if seen and seen[0][0] <= by_chance[Rating.HARD].granted.days <= seen[0][1]:
        assert seen[0][0] <= hard.days <= seen[0][1]


@given(st.integers(0, 200).map("d/{}".format), states, seeds, shares)
def test_no_day_within_reach_is_emptier_and_the_same_is_chosen_every_time(
    card: str, state: MemoryState, seed: int, easy: Mapping[Weekday, float]
) -> None:
    full = crowd(counts_of(seed), easy)
    asked: list[tuple[int, int, list[float]]] = []

    def watch(first: int, last: int) -> list[float]:
        asked.append((first, last, list(full(first, last))))
        return asked[-1][2]

    chosen = outcomes(card, state, at=START, day=DAY, schedule=Schedule(), crowding=watch)
    assert chosen == outcomes(card, state, at=START, day=DAY, schedule=Schedule(), crowding=full)
    days = [chosen[rating].granted.days for rating in Rating]
    for first, last, fullness in asked:
        taken = [day for day in days if first <= day <= last]
        assert any(fullness[day - first] == min(fullness) for day in taken)


def test_a_day_to_be_kept_free_gets_a_card_only_where_there_is_no_other() -> None:
    free = {Weekday.SATURDAY: 0.0, Weekday.SUNDAY: 0.0}
    state = MemoryState(phase=Phase.REVIEW, stability=37.0, difficulty=5.0, reps=5, last_day=DAY, due_day=DAY)
    days = {
        weekday(DAY + outcome.granted.days)
        for n in range(100)
        for rating, outcome in outcomes(f"d/{n}", state, at=START, day=DAY, schedule=Schedule(), crowding=crowd({}, free)).items()
        if rating is not Rating.AGAIN
    }
    assert days == set(WEEK[:5])
    assert crowd({}, dict.fromkeys(WEEK, 0.0))(3, 5) == [inf] * 3


def test_half_a_load_makes_a_day_count_as_twice_as_full() -> None:
    saturday = date(2026, 3, 7).toordinal() - DAY
    assert crowd({DAY + saturday: 3, DAY + saturday - 1: 3}, {Weekday.SATURDAY: 0.5})(saturday - 1, saturday) == [4, 8]
