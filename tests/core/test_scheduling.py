"""When cards come back."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import fsrs_rs_python
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.model import Act, Entry, Interval, MemoryState, Phase, Rating
from quizzer.core.scheduling import Outcome, Schedule, apply, outcomes, replay, retrievability, study_day

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Antarctica/Troll", "Pacific/Apia"]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = START.date().toordinal()
GOOD = Schedule()

steps = st.lists(st.integers(1, 400_000), max_size=4).map(tuple)
schedules = st.builds(
    Schedule,
    retention=st.floats(0.7, 0.99),
    learning_steps=steps,
    relearning_steps=steps,
    maximum_days=st.one_of(st.integers(1, 12), st.just(36500)),
    fuzz=st.booleans(),
)
# What happens to a card: a rating after so many days and seconds.
histories = st.lists(st.tuples(st.sampled_from(Rating), st.sampled_from([0, 0, 1, 2, 7, 40, 400, -3]), st.integers(1, 4000)), max_size=12)


def entry(number: int, act: Act = Act.REVIEW, *, at: datetime = START, day: int = DAY, **details: object) -> Entry:
    return msgspec.structs.replace(Entry(id=f"{number:036}", act=act, card="d/q", at=at, day=day), **details)


def review(number: int, rating: Rating, outcome: Outcome, *, at: datetime, day: int) -> Entry:
    state = outcome.state
    return entry(number, at=at, day=day, rating=rating, granted=outcome.granted, phase=state.phase, step=state.step)


def live(history: list[tuple[Rating, int, int]], schedule: Schedule) -> tuple[list[Entry], MemoryState]:
    """Answer a card as a session does; return its log and the state it ends in."""
    log, state, at, day = [], MemoryState(), START, DAY
    for number, (rating, days, seconds) in enumerate(history):
        at, day = at + timedelta(days=max(0, days), seconds=seconds), day + days
        outcome = outcomes("d/q", state, at=at, day=day, schedule=schedule)[rating]
        log.append(review(number, rating, outcome, at=at, day=day))
        state = outcome.state
    return log, state


# Study days


seconds = st.integers(1_104_537_600, 2_051_222_400).map(lambda number: datetime.fromtimestamp(number, UTC))  # 2005 to 2034


@given(st.sampled_from(ZONES), seconds, st.integers(0, 23))
def test_study_days_never_descend(zone: str, at: datetime, cutoff: int) -> None:
    days = [study_day(at + timedelta(minutes=20 * step), ZoneInfo(zone), cutoff_hour=cutoff) for step in range(80)]
    assert days == sorted(days)
    assert days[-1] - days[0] <= 3  # 26 hours; Apia once left out a date


@pytest.mark.parametrize("year", [2011, 2024])
@pytest.mark.parametrize("zone", ZONES)
def test_study_days_never_descend_through_a_year_of_clock_changes(zone: str, year: int) -> None:
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * step) for step in range(2 * 24 * 366)]
    for cutoff in (0, 2, 4):
        days = [study_day(at, ZoneInfo(zone), cutoff_hour=cutoff) for at in hours]
        assert days == sorted(days)


@pytest.mark.soak
def test_no_change_of_any_zones_clocks_loses_or_doubles_a_study_day() -> None:
    changes = 0
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        days = [datetime(1990, 1, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(48 * 365)]
        offsets = [at.astimezone(zone).utcoffset() for at in days]
        for at, before, after in zip(days, offsets, offsets[1:], strict=False):
            if before == after:
                continue
            changes += 1
            assert before is not None
            assert after is not None
            skipped = abs(after - before) >= timedelta(hours=20)  # over the date line: a whole day is left out, or comes again
            around = [study_day(at + timedelta(minutes=20 * step), zone) for step in range(-72, 180)]
            steps = [later - earlier for earlier, later in pairwise(around)]
            assert set(steps) <= ({0, 1, 2} if skipped else {0, 1}), (name, at)
    assert changes > 10_000
    print(changes)


@pytest.mark.parametrize(
    ("wall", "day"),
    [
        ("2026-03-29T03:59+02:00", "2026-03-28"),  # the night the clocks went forward
        ("2026-03-29T04:00+02:00", "2026-03-29"),
        ("2026-10-25T03:59+01:00", "2026-10-24"),  # the night they went back
        ("2026-10-25T04:00+01:00", "2026-10-25"),
        ("2026-12-31T23:30+01:00", "2026-12-31"),
        ("2027-01-01T03:30+01:00", "2026-12-31"),
    ],
)
def test_a_study_day_begins_at_four_on_the_clock_on_the_wall(wall: str, day: str) -> None:
    assert study_day(datetime.fromisoformat(wall), ZoneInfo("Europe/Berlin")) == date.fromisoformat(day).toordinal()


# Order, limits, promises


@given(histories, schedules, st.integers(0, 500))
@settings(max_examples=150)
def test_hard_comes_back_before_good_and_good_before_easy(history: list[tuple[Rating, int, int]], schedule: Schedule, days: int) -> None:
    _, state = live(history, schedule)
    granted = outcomes("d/q", state, at=START, day=(state.last_day or DAY) + days, schedule=schedule)
    assert granted[Rating.HARD].granted < granted[Rating.GOOD].granted < granted[Rating.EASY].granted
    for outcome in granted.values():
        due = outcome.state
        assert (due.due_day is None) != (due.due_at is None)
        assert outcome.granted.days <= max(3, schedule.maximum_days)
        assert outcome.granted > Interval()


@given(st.floats(0.125, 36500, width=32), st.floats(1, 10, width=32), st.integers(0, 4000), st.integers(3, 40), st.integers(0, 99))
def test_order_holds_at_the_maximum_too(stability: float, difficulty: float, days: int, maximum: int, reps: int) -> None:
    state = MemoryState(phase=Phase.REVIEW, stability=stability, difficulty=difficulty, reps=reps, last_day=DAY, due_day=DAY + 1)
    granted = outcomes("d/q", state, at=START, day=DAY + days, schedule=Schedule(maximum_days=maximum))
    hard, good, easy = (granted[rating].granted.days for rating in (Rating.HARD, Rating.GOOD, Rating.EASY))
    assert 1 <= hard < good < easy <= maximum


def test_ties_at_the_maximum_are_spread_downwards() -> None:
    state = MemoryState(phase=Phase.REVIEW, stability=3000.0, difficulty=5.0, reps=9, last_day=DAY - 3000, due_day=DAY)
    granted = outcomes("d/q", state, at=START, day=DAY, schedule=Schedule(maximum_days=100, fuzz=False))
    assert [granted[rating].granted.days for rating in (Rating.HARD, Rating.GOOD, Rating.EASY)] == [98, 99, 100]


@given(histories, schedules, st.sampled_from(Rating), st.integers(0, 60), st.integers(1, 100_000))
def test_what_is_shown_before_the_answer_is_granted(
    history: list[tuple[Rating, int, int]], schedule: Schedule, rating: Rating, days: int, seconds: int
) -> None:
    _, state = live(history, schedule)
    day = DAY + days
    shown = outcomes("d/q", state, at=START, day=day, schedule=schedule)[rating]
    later = START + timedelta(seconds=seconds)
    answered = outcomes("d/q", state, at=later, day=day, schedule=schedule)[rating]
    assert shown.granted == answered.granted
    assert apply(state, review(1, rating, shown, at=later, day=day)) == answered.state


def test_fuzz_differs_between_cards_and_reviews_and_stays_within_ankis_range() -> None:
    state = MemoryState(phase=Phase.REVIEW, stability=37.0, difficulty=5.0, reps=5, last_day=DAY, due_day=DAY)
    exact = outcomes("d/q", state, at=START, day=DAY, schedule=Schedule(fuzz=False))[Rating.HARD].granted.days
    days = {outcomes(f"d/{n}", state, at=START, day=DAY, schedule=GOOD)[Rating.HARD].granted.days for n in range(300)}
    assert exact == 37
    assert days == set(range(33, 42))  # 1 + .15 of 4.5 + .10 of 13 + .05 of 17 days either way: 3.8
    again = {
        outcomes("d/q", msgspec.structs.replace(state, reps=n), at=START, day=DAY, schedule=GOOD)[Rating.HARD].granted.days
        for n in range(300)
    }
    assert again == days


def test_intervals_under_two_and_a_half_days_are_not_fuzzed() -> None:
    granted = {
        outcomes(f"d/{n}", MemoryState(), at=START, day=DAY, schedule=Schedule(learning_steps=()))[Rating.GOOD].granted for n in range(50)
    }
    assert granted == {Interval(days=2)}


# Steps


def test_a_new_card_goes_through_its_steps_as_in_anki() -> None:
    new = outcomes("d/q", MemoryState(), at=START, day=DAY, schedule=GOOD)
    assert [new[rating].granted.seconds for rating in Rating] == [60, 330, 600, 0]
    assert [new[rating].state.step for rating in Rating] == [0, 0, 1, 0]
    assert new[Rating.EASY].state.phase is Phase.REVIEW
    second = outcomes("d/q", new[Rating.GOOD].state, at=START, day=DAY, schedule=GOOD)
    assert [second[rating].granted.seconds for rating in Rating] == [60, 600, 0, 0]
    assert second[Rating.GOOD].state.phase is Phase.REVIEW


def test_with_one_step_hard_takes_half_as_long_again() -> None:
    one = outcomes("d/q", MemoryState(), at=START, day=DAY, schedule=Schedule(learning_steps=(600,)))
    assert one[Rating.HARD].granted == Interval(seconds=900)
    assert one[Rating.GOOD].state.phase is Phase.REVIEW


def test_a_lapse_is_again_in_review_and_nothing_else() -> None:
    state = MemoryState(phase=Phase.REVIEW, stability=20.0, difficulty=5.0, reps=4, last_day=DAY - 20, due_day=DAY)
    lapsed = outcomes("d/q", state, at=START, day=DAY, schedule=GOOD)[Rating.AGAIN]
    assert (lapsed.state.lapses, lapsed.state.phase, lapsed.granted) == (1, Phase.RELEARNING, Interval(seconds=600))
    again = outcomes("d/q", lapsed.state, at=START, day=DAY, schedule=GOOD)
    assert again[Rating.AGAIN].state.lapses == 1
    assert again[Rating.GOOD].state.phase is Phase.REVIEW


def test_a_step_of_a_day_or_more_is_due_on_a_study_day() -> None:
    learning = outcomes("d/q", MemoryState(), at=START, day=DAY, schedule=Schedule(learning_steps=(60, 90_000)))[Rating.GOOD]
    assert (learning.granted, learning.state.due_day, learning.state.phase) == (Interval(days=1), DAY + 1, Phase.LEARNING)


# Replay


@given(histories, schedules, st.randoms(use_true_random=False))
def test_replay_gives_the_state_of_step_by_step_whatever_the_order_of_rows(
    history: list[tuple[Rating, int, int]], schedule: Schedule, dice: random.Random
) -> None:
    log, state = live(history, schedule)
    shuffled = [*log, *log[:3]]
    dice.shuffle(shuffled)
    assert replay(shuffled) == state


@given(histories.filter(bool), st.data())
def test_an_undo_makes_an_entry_as_if_it_had_never_been(history: list[tuple[Rating, int, int]], data: st.DataObject) -> None:
    log, _ = live(history, GOOD)
    taken_back = data.draw(st.sampled_from(log))
    undo = entry(999, Act.UNDO, at=log[-1].at, day=log[-1].day, voids=taken_back.id)
    assert replay([*log, undo]) == replay([kept for kept in log if kept is not taken_back])


def test_ten_thousand_random_reviews_give_the_memory_fsrs_rs_gives() -> None:
    dice = random.Random(6)
    engine = fsrs_rs_python.FSRS(list(fsrs_rs_python.DEFAULT_PARAMETERS))
    log, state, items, at, day = [], MemoryState(), [], START, DAY
    for number in range(10_000):
        days = dice.choice([0, 0, 0, 1, 1, 2, 5, 13, 60, 365]) if number else 0
        at, day = at + timedelta(days=days, seconds=1), day + days
        rating = dice.choice(list(Rating))
        outcome = outcomes("d/q", state, at=at, day=day, schedule=GOOD)[rating]
        log.append(review(number, rating, outcome, at=at, day=day))
        items.append(fsrs_rs_python.FSRSReview(int(rating), days))
        state = outcome.state
        if number % 1000 == 999:
            memory = engine.memory_state(fsrs_rs_python.FSRSItem(items))
            assert (state.stability, state.difficulty) == (memory.stability, memory.difficulty)
    assert replay(log) == state
    assert state.reps == 10_000


def test_days_that_go_back_count_as_none() -> None:
    _, state = live([(Rating.EASY, 0, 1)], GOOD)
    back = outcomes("d/q", state, at=START, day=DAY - 10, schedule=GOOD)[Rating.GOOD].state
    same = outcomes("d/q", state, at=START, day=DAY, schedule=GOOD)[Rating.GOOD].state
    assert (back.stability, back.difficulty) == (same.stability, same.difficulty)


def test_acts_beside_reviews_are_honoured() -> None:
    log, state = live([(Rating.EASY, 0, 1)], GOOD)
    at = log[-1].at
    assert replay([*log, entry(10, Act.SUSPEND, at=at)]) == msgspec.structs.replace(state, suspended=True)
    assert replay([*log, entry(10, Act.SUSPEND, at=at), entry(11, Act.UNSUSPEND, at=at)]) == state
    assert replay([*log, entry(10, Act.BURY, at=at)]).buried_until == DAY + 1
    assert replay([*log, entry(10, Act.KEEP, at=at, fingerprint="new")]).fingerprint == "new"
    assert replay([*log, entry(10, Act.FLAG, at=at), entry(11, Act.UNFLAG, at=at)]) == state
    assert replay([*log, entry(10, Act.RESCHEDULE, at=at, granted=Interval(days=3))]).due_day == DAY + 3
    assert replay([*log, entry(10, Act.RESET, at=at)]) == MemoryState()
    assert replay([entry(10, Act.SUSPEND), entry(11, Act.RESET)]) == MemoryState(suspended=True)


def test_a_review_without_its_rating_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="0000000000001"):
        replay([entry(1)])


# Recall


@given(st.floats(0.125, 36500, width=32))
def test_recall_falls_from_one_and_is_ninety_per_cent_after_the_stability(stability: float) -> None:
    state = MemoryState(phase=Phase.REVIEW, stability=stability, difficulty=5.0, last_day=DAY, due_day=DAY)
    chances = [retrievability(state, day=DAY + days) for days in (-1, 0, 1, 10, 100, 1000)]
    assert chances[:2] == [1.0, 1.0]
    assert chances == sorted(chances, reverse=True)
    assert 0 <= chances[-1] < 1


def test_recall_after_as_many_days_as_the_stability_is_ninety_per_cent() -> None:
    state = MemoryState(phase=Phase.REVIEW, stability=50.0, difficulty=5.0, last_day=DAY, due_day=DAY)
    assert retrievability(state, day=DAY + 50) == pytest.approx(0.9)
    assert retrievability(MemoryState(), day=DAY) == 0.0
