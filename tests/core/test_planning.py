"""A test date: what is planned for it, and that nothing goes beyond it."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.model import MemoryState, Phase, Rating
from quizzer.core.planning import LAST_DAYS, expected, longest, new_a_day, plan
from quizzer.core.scheduling import Schedule, outcomes, retrievability

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = START.date().toordinal()

FORGETFUL = (0.05, 0.2, 0.6, 2.0, 7.5, 0.6, 3.2, 0.02, 1.2, 0.25, 0.6, 1.5, 0.08, 0.3, 1.6, 0.5, 1.9, 0.6, 0.1, 0.1, 0.3)

cards = st.integers(0, 500).map("d/q{}".format)
states = st.builds(
    MemoryState,
    phase=st.just(Phase.REVIEW),
    stability=st.floats(0.1, 4000),
    difficulty=st.floats(1, 10),
    reps=st.integers(1, 30),
    last_day=st.integers(DAY - 400, DAY),
    due_day=st.integers(DAY, DAY + 400),
)


@given(st.integers(0, 5000), st.integers(LAST_DAYS + 1, 400))
def test_whoever_keeps_to_the_plan_has_met_every_card_before_the_last_days(unseen: int, left: int) -> None:
    while left > LAST_DAYS:
        unseen -= new_a_day(unseen, left=left)
        left -= 1
    assert unseen == 0


@given(st.integers(0, 5000), st.integers(1, 400), st.integers(0, 50))
def test_more_days_never_ask_for_more_cards_a_day_and_more_cards_never_for_fewer(unseen: int, left: int, more: int) -> None:
    assert new_a_day(unseen, left=left + more) <= new_a_day(unseen, left=left) <= unseen
    assert new_a_day(unseen + more, left=left) >= new_a_day(unseen, left=left)
    assert (new_a_day(unseen, left=left) == 0) == (unseen == 0)


@given(cards, states, st.integers(1, 400), st.integers(0, 3), st.booleans())
def test_no_interval_goes_beyond_the_test_and_better_ratings_never_come_back_sooner(
    card: str, state: MemoryState, left: int, later: int, fuzz: bool
) -> None:
    schedule = Schedule(latest_days=longest(card, day=DAY, test=DAY + left), fuzz=fuzz, learning_steps=(60, 600, 200_000))
    for start in (state, MemoryState()):
        granted = outcomes(card, start, at=START + timedelta(hours=later), day=DAY, schedule=schedule)
        days = [granted[rating].granted for rating in Rating]
        assert all(interval.days <= left for interval in days)
        assert all((granted[rating].state.due_day or DAY) <= DAY + left for rating in Rating)
        hard, good, easy = days[1:]
        assert hard <= good <= easy
        if schedule.latest_days is not None and schedule.latest_days >= 3:
            assert hard < good < easy


@given(cards, st.integers(2, 60), st.lists(st.integers(1, 60), min_size=60, max_size=60))
def test_every_card_is_seen_in_the_last_days_however_long_its_intervals_would_be(card: str, left: int, waits: list[int]) -> None:
    test, day, seen = DAY + left, DAY, [DAY]
    for wait in waits:
        bound = longest(card, day=day, test=test)
        if bound is None:
            break
        assert 1 <= bound <= test - day
        day += min(wait, bound)
        seen.append(day)
    assert any(test - LAST_DAYS <= day < test for day in seen)


@given(cards, states, st.integers(0, 400))
def test_a_test_that_is_over_changes_nothing(card: str, state: MemoryState, ago: int) -> None:
    assert longest(card, day=DAY, test=DAY - ago) is None
    assert plan([state], total=3, unseen=2, met_today=0, day=DAY, test=DAY - ago) is None
    capped = Schedule(latest_days=longest(card, day=DAY, test=DAY - ago))
    assert outcomes(card, state, at=START, day=DAY, schedule=capped) == outcomes(card, state, at=START, day=DAY, schedule=Schedule())


@given(cards, states)
def test_a_test_far_away_changes_no_interval(card: str, state: MemoryState) -> None:
    capped = Schedule(latest_days=longest(card, day=DAY, test=DAY + 90_000), maximum_days=36500)
    assert outcomes(card, state, at=START, day=DAY, schedule=capped) == outcomes(card, state, at=START, day=DAY, schedule=Schedule())


@given(st.lists(states, max_size=20), st.integers(0, 20), st.integers(1, 100))
def test_the_score_to_expect_is_the_mean_chance_of_recall_with_cards_unseen_as_nought(
    known: list[MemoryState], unseen: int, left: int
) -> None:
    total = len(known) + unseen
    score = expected(known, total=total, test=DAY + left)
    assert expected(known, total=total, test=DAY + left, weights=FORGETFUL) == pytest.approx(
        sum(retrievability(state, day=DAY + left, weights=FORGETFUL) for state in known) / total if total else 0
    )
    assert 0 <= score <= 1
    if total:
        assert score == pytest.approx(sum(retrievability(state, day=DAY + left) for state in known) / total)
        assert expected(known, total=total, test=DAY + left + 30) <= score
    if known:
        stronger = [msgspec.structs.replace(state, stability=state.stability * 2) for state in known]
        assert expected(stronger, total=total, test=DAY + left) >= score


def test_what_is_met_today_does_not_lower_todays_share() -> None:
    test = date(2026, 3, 16).toordinal()
    before = plan([], total=110, unseen=110, met_today=0, day=DAY, test=test)
    after = plan([], total=110, unseen=106, met_today=4, day=DAY, test=test)
    assert before is not None
    assert after is not None
    assert (before.days_left, before.new_a_day, after.new_a_day, after.unseen) == (14, 10, 10, 106)
