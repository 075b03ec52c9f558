"""The workload to come."""

from collections.abc import Callable
from datetime import UTC, datetime

import fsrs_rs_python
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.model import Act, Entry, MemoryState, Phase
from quizzer.core.scheduling import Schedule
from quizzer.core.simulation import DeckPlan, Habits, Workload, habits, simulate

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = NOW.date().toordinal()


def plan(cards: int = 60, *, deck: str = "d", retention: float = 0.9, **changes: object) -> DeckPlan:
    made = DeckPlan(
        states={},
        fresh=[f"{deck}/{number}" for number in range(cards)],
        schedule=Schedule(retention=retention),
        new_per_day=10,
        reviews_per_day=200,
    )
    return msgspec.structs.replace(made, **changes)


def play(*plans: DeckPlan, days: int = 30, seed: int = 1) -> Workload:
    return simulate(plans, now=NOW, day=DAY, days=days, habits=Habits(), seed=seed)


def reviews(load: Workload) -> int:
    return sum(day.reviews for day in load.days)


@given(st.integers(0, 40), st.integers(0, 12), st.integers(0, 25), st.integers(1, 25), st.integers(0, 99))
@settings(max_examples=40)
def test_no_day_goes_beyond_its_limits_and_new_cards_come_as_fast_as_those_allow(
    cards: int, new_per_day: int, reviews_per_day: int, days: int, seed: int
) -> None:
    load = play(plan(cards, new_per_day=new_per_day, reviews_per_day=reviews_per_day), days=days, seed=seed)
    assert len(load.days) == days
    assert all(day.reviews <= reviews_per_day for day in load.days)
    assert [day.new for day in load.days] == [max(0, min(new_per_day, cards - number * new_per_day)) for number in range(days)]
    assert load.met == sum(day.new for day in load.days)
    assert 0 <= load.recalled <= load.met
    assert all((day.seconds > 0) == (day.reviews + day.new > 0) for day in load.days if reviews_per_day)


def test_the_same_values_give_the_same_days_and_another_seed_gives_others() -> None:
    assert play(plan()) == play(plan())
    assert play(plan()) != play(plan(), seed=2)


def test_decks_together_are_the_sum_of_the_decks() -> None:
    one, other = plan(), plan(deck="e", retention=0.8)
    both, apart = play(one, other), (play(one), play(other))
    assert [day.reviews for day in both.days] == [
        sum(days) for days in zip(*([day.reviews for day in load.days] for load in apart), strict=True)
    ]
    assert both.recalled == pytest.approx(sum(load.recalled for load in apart))


def test_the_more_one_wants_to_recall_the_more_reviews_there_are() -> None:
    loads = [play(plan(200, retention=retention), days=90) for retention in (0.75, 0.85, 0.95)]
    assert reviews(loads[0]) < reviews(loads[1]) < reviews(loads[2])
    assert loads[0].recalled < loads[1].recalled < loads[2].recalled


def test_what_was_done_today_counts_towards_todays_limits() -> None:
    late = play(plan(new_today=8))
    assert [day.new for day in late.days[:3]] == [2, 10, 10]
    assert play(plan(new_today=99)).days[0].new == 0


def test_overdue_cards_wait_for_room_and_none_is_lost() -> None:
    state = MemoryState(phase=Phase.REVIEW, stability=10.0, difficulty=5.0, reps=3, last_day=DAY - 30, due_day=DAY - 20)
    load = play(plan(0, states={f"d/{number}": state for number in range(30)}, reviews_per_day=12, reviews_today=5), days=4)
    assert [day.reviews for day in load.days[:2]] == [7, 12]
    assert 11 <= load.days[2].reviews <= 12  # a forgotten one may be back already


def test_a_buried_card_waits_and_one_in_its_steps_is_finished_first() -> None:
    state = MemoryState(phase=Phase.REVIEW, stability=10.0, difficulty=5.0, reps=3, last_day=DAY - 9, due_day=DAY)
    buried = play(plan(0, states={"d/q": msgspec.structs.replace(state, buried_until=DAY + 2)}), days=3)
    assert [day.reviews for day in buried.days] == [0, 0, 1]
    step = msgspec.structs.replace(state, phase=Phase.LEARNING, due_day=None, due_at=NOW, last_day=DAY)
    load = play(plan(0, states={"d/q": step}), days=1)
    assert (load.days[0].reviews, load.days[0].new) == (0, 0)
    assert load.days[0].seconds > 0


@pytest.mark.parametrize("retention", [0.8, 0.9])
def test_the_workload_is_near_that_of_fsrs_rs_own_simulator(retention: float) -> None:
    given_ = fsrs_rs_python.default_simulator_config()
    config = fsrs_rs_python.SimulatorConfig(
        deck_size=1500,
        learn_span=120,
        max_cost_perday=1e9,
        max_ivl=36500,
        first_rating_prob=given_.first_rating_prob,
        review_rating_prob=given_.review_rating_prob,
        learn_limit=20,
        review_limit=9999,
        new_cards_ignore_review_limit=True,
        learning_step_transitions=given_.learning_step_transitions,
        relearning_step_transitions=given_.relearning_step_transitions,
        state_rating_costs=given_.state_rating_costs,
        learning_step_count=2,
        relearning_step_count=1,
    )
    theirs = fsrs_rs_python.simulate(fsrs_rs_python.DEFAULT_PARAMETERS, retention, config, 1)
    ours = play(plan(1500, retention=retention, new_per_day=20, reviews_per_day=9999), days=120)
    assert reviews(ours) == pytest.approx(sum(theirs.review_cnt_per_day), rel=0.1)
    assert ours.recalled == pytest.approx(theirs.memorized_cnt_per_day[-1], rel=0.03)
    assert sum(day.seconds for day in ours.days) == pytest.approx(sum(theirs.cost_per_day), rel=0.12)


def test_habits_are_others_without_a_log_and_ones_own_with_a_long_one(learner_log: Callable[..., list[tuple[Entry, MemoryState]]]) -> None:
    plain, none = Habits(), habits([])
    for name in ("first", "steps", "right"):
        assert getattr(none, name) == pytest.approx(getattr(plain, name))
    assert none.wrong_seconds == pytest.approx(plain.wrong_seconds)
    own = habits(entry for entry, _ in learner_log(cards=200, days=60))
    assert own.first[0] == pytest.approx(0.3, abs=0.06)  # the made-up learner: 0.7 right at first sight, a quarter of those Hard
    assert own.right == pytest.approx((0.25, 0.5, 0.25), abs=0.04)
    assert own.right_seconds == pytest.approx(11, abs=0.6)  # 2 to 20 seconds


@given(st.integers(0, 29))
def test_habits_are_of_the_answers_that_stand(learner_log: Callable[..., list[tuple[Entry, MemoryState]]], number: int) -> None:
    log = [entry for entry, _ in learner_log(cards=10, days=5)][:30]
    gone = log[number % len(log)]
    undo = Entry(id="u" * 36, act=Act.UNDO, card=gone.card, at=log[-1].at, day=log[-1].day, voids=gone.id)
    redo = msgspec.structs.replace(undo, id="v" * 36, voids=undo.id)
    assert habits([*log, undo]) == habits(entry for entry in log if entry is not gone)
    assert habits([*log, undo, redo]) == habits(log)


@given(st.integers(0, 30))
def test_shares_of_habits_sum_to_one(learner_log: Callable[..., list[tuple[Entry, MemoryState]]], acts: int) -> None:
    own = habits(entry for entry, _ in learner_log(cards=10, days=5)[:acts])
    for shares in (own.first, own.steps, own.right):
        assert sum(shares) == pytest.approx(1)
