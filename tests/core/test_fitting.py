"""Weights fitted to a learner, and the figures by which they are judged."""

import math
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import fsrs_rs_python
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core import fsrs
from quizzer.core.fitting import FEWEST, FEWEST_HELD_OUT, Decision, Past, Prediction, auc, fit, histories, log_loss, predictions, rmse_bins
from quizzer.core.model import WEIGHTS, Act, Entry, Interval, MemoryState, Phase, Rating
from quizzer.core.scheduling import replay, retrievability

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = START.date().toordinal()
FORGETFUL = (0.05, 0.2, 0.6, 2.0, 7.5, 0.6, 3.2, 0.02, 1.2, 0.25, 0.6, 1.5, 0.08, 0.3, 1.6, 0.5, 1.9, 0.6, 0.1, 0.1, 0.3)

pasts = st.lists(st.tuples(st.sampled_from(Rating), st.sampled_from([0, 0, 1, 1, 2, 5, 30, 400])), min_size=1, max_size=12)
weights = st.sampled_from([(), FORGETFUL, tuple(fsrs_rs_python.DEFAULT_PARAMETERS)])
made = st.lists(
    st.builds(
        Prediction,
        at=st.just(START),
        chance=st.floats(0, 1),
        right=st.booleans(),
        days=st.integers(1, 3000),
        number=st.integers(1, 60),
        lapses=st.integers(0, 30),
    ),
    min_size=1,
    max_size=40,
)


def prediction(chance: float, right: bool, *, days: int = 1, number: int = 1, lapses: int = 0) -> Prediction:
    return Prediction(at=START, chance=chance, right=right, days=days, number=number, lapses=lapses)


def log_of(past: list[tuple[Rating, int]], card: str = "d/q") -> list[Entry]:
    entries, day = [], DAY
    for number, (rating, days) in enumerate(past):
        day += days if number else 0
        at = START + timedelta(days=day - DAY, seconds=number)
        entries.append(
            Entry(
                id=f"{card}{number:030}"[-36:],
                act=Act.REVIEW,
                card=card,
                at=at,
                day=day,
                rating=rating,
                granted=Interval(days=1),
                phase=Phase.REVIEW,
                step=0,
            )
        )
    return entries


# What fsrs-rs makes of the same reviews


@given(pasts, weights)
def test_replay_gives_the_memory_fsrs_rs_gives_whatever_the_history_and_the_weights(
    past: list[tuple[Rating, int]], used: tuple[float, ...]
) -> None:
    state = replay(log_of(past), weights=used)
    reviews = [fsrs_rs_python.FSRSReview(int(rating), days if number else 0) for number, (rating, days) in enumerate(past)]
    memory = fsrs_rs_python.FSRS(used or fsrs_rs_python.DEFAULT_PARAMETERS).memory_state(fsrs_rs_python.FSRSItem(reviews))
    assert (state.stability, state.difficulty) == (memory.stability, memory.difficulty)
    assert fsrs.memories([[(one.rating, one.elapsed) for one in histories(log_of(past))[0]]], weights=used)[0][-1] == (
        state.stability,
        state.difficulty,
    )


@given(st.lists(pasts, min_size=1, max_size=6), weights)
def test_log_loss_and_rmse_are_those_of_fsrs_rs(cards: list[list[tuple[Rating, int]]], used: tuple[float, ...]) -> None:
    past = histories(entry for number, one in enumerate(cards) for entry in log_of(one, f"d/{number}"))
    items = []
    for history in past:
        reviews = [fsrs_rs_python.FSRSReview(int(one.rating), one.elapsed) for one in history]
        items += [(one.at, fsrs_rs_python.FSRSItem(reviews[: place + 1])) for place, one in enumerate(history) if one.elapsed]
    ours = predictions(past, weights=used)
    assert len(ours) == len(items)
    if not items:
        return
    theirs = fsrs_rs_python.FSRS(used or fsrs_rs_python.DEFAULT_PARAMETERS).evaluate(
        [item for _, item in sorted(items, key=lambda one: one[0])]
    )
    last = max(1, len(items) - 1)
    importance = [0.25 + 0.75 * (number / last) ** 3 for number in range(len(items))]  # fsrs-rs counts later reviews for more
    assert log_loss(ours, importance=importance) == pytest.approx(theirs.log_loss, abs=2e-4)
    assert rmse_bins(ours, importance=importance) == pytest.approx(theirs.rmse_bins, abs=2e-4)


@given(st.floats(0.125, 36500, width=32), st.floats(0.05, 0.99), weights)
def test_recall_falls_to_what_is_asked_for_after_the_days_foretold(stability: float, retention: float, used: tuple[float, ...]) -> None:
    days = fsrs.days_until(retention, stability=stability, weights=used)
    assert fsrs.recall(stability, days=days, weights=used) == pytest.approx(retention)


# Histories


def test_a_history_has_the_days_between_reviews_and_ends_with_a_reset() -> None:
    log = log_of([(Rating.GOOD, 0), (Rating.GOOD, 0), (Rating.AGAIN, 3), (Rating.EASY, 10)])
    reset = Entry(id="r" * 36, act=Act.RESET, card="d/q", at=log[1].at + timedelta(minutes=1), day=DAY)
    assert [[one.elapsed for one in history] for history in histories(log)] == [[0, 0, 3, 10]]
    assert [[one.elapsed for one in history] for history in histories([*log, reset])] == [[0, 0], [0, 10]]


@given(pasts, st.data())
def test_a_review_taken_back_is_not_learnt_from(past: list[tuple[Rating, int]], data: st.DataObject) -> None:
    log = log_of(past)
    gone = data.draw(st.sampled_from(log))
    undo = Entry(id="u" * 36, act=Act.UNDO, card="d/q", at=log[-1].at + timedelta(seconds=1), day=log[-1].day, voids=gone.id)
    assert histories([*log, undo]) == histories([entry for entry in log if entry is not gone])
    redo = msgspec.structs.replace(undo, id="v" * 36, voids=undo.id)
    assert histories([*log, undo, redo]) == histories(log)


@given(st.lists(pasts, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_histories_do_not_depend_on_the_order_of_rows_nor_on_rows_that_come_twice(
    cards: list[list[tuple[Rating, int]]], dice: random.Random
) -> None:
    log = [entry for number, one in enumerate(cards) for entry in log_of(one, f"d/{number}")]
    mixed = [*log, *log[:2]]
    dice.shuffle(mixed)
    assert histories(mixed) == histories(log)


@given(pasts)
def test_a_prediction_is_the_recall_the_scheduler_shows_before_the_answer_and_sees_nothing_later(past: list[tuple[Rating, int]]) -> None:
    log = log_of(past)
    foretold = predictions(histories(log))
    places = [place for place, one in enumerate(histories(log)[0]) if one.elapsed]
    assert [one.chance for one in foretold] == [retrievability(replay(log[:place]), day=log[place].day) for place in places]
    assert predictions(histories(log[:-1])) == foretold[: sum(place < len(log) - 1 for place in places)]


# Figures


@given(made)
def test_figures_lie_where_they_can_lie(ones: list[Prediction]) -> None:
    assert 0 <= log_loss(ones) <= -math.log(1e-6)
    assert 0 <= rmse_bins(ones) <= 1
    area = auc(ones)
    assert (area is None) == (len({one.right for one in ones}) == 1)
    assert area is None or 0 <= area <= 1


@given(made, st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_the_order(ones: list[Prediction], dice: random.Random) -> None:
    mixed = dice.sample(ones, len(ones))
    assert log_loss(mixed) == pytest.approx(log_loss(ones))
    assert rmse_bins(mixed) == pytest.approx(rmse_bins(ones))
    assert auc(mixed) == auc(ones)


@given(st.integers(1, 30), st.integers(1, 30), st.floats(0.01, 0.99))
def test_no_constant_chance_beats_the_share_that_was_right(right: int, wrong: int, chance: float) -> None:
    def judged(constant: float) -> list[Prediction]:
        return [prediction(constant, True)] * right + [prediction(constant, False)] * wrong

    share = right / (right + wrong)
    assert log_loss(judged(share)) <= log_loss(judged(chance)) + 1e-12
    assert rmse_bins(judged(share)) == pytest.approx(0, abs=1e-9)
    assert rmse_bins(judged(chance)) == pytest.approx(abs(chance - share), abs=1e-9)
    assert auc(judged(chance)) == 0.5


@given(made)
def test_auc_is_the_share_of_pairs_in_their_order(ones: list[Prediction]) -> None:
    pairs = [(one.chance, other.chance) for one in ones if one.right for other in ones if not other.right]
    if pairs:
        expected = sum((right > wrong) + (right == wrong) / 2 for right, wrong in pairs) / len(pairs)
        assert auc(ones) == pytest.approx(expected)


def test_a_coin_has_the_log_loss_of_a_coin_and_reviews_unlike_each_other_are_not_held_against_each_other() -> None:
    assert log_loss([prediction(0.5, True), prediction(0.5, False)]) == pytest.approx(math.log(2))
    alike = [prediction(0.9, True), prediction(0.1, False)]
    assert rmse_bins(alike) == pytest.approx(0)
    assert rmse_bins([alike[0], msgspec.structs.replace(alike[1], days=30)]) == pytest.approx(0.1)


def test_nothing_cannot_be_judged() -> None:
    assert auc([]) is None
    for figure in (log_loss, rmse_bins):
        with pytest.raises(ValueError, match="no prediction"):
            figure([])


# Fits


@pytest.fixture(scope="module")
def forgetful(learner_log: Callable[..., list[tuple[Entry, MemoryState]]]) -> list[tuple[Past, ...]]:
    return histories(entry for entry, _ in learner_log(seed=1, cards=400, days=100, memory=FORGETFUL))


def test_who_forgets_faster_than_most_is_given_weights_of_their_own(forgetful: list[tuple[Past, ...]]) -> None:
    found = fit(forgetful)
    assert found.decision is Decision.TAKEN
    assert len(found.weights) == WEIGHTS
    assert found.loss_after is not None
    assert found.loss_before is not None
    assert found.loss_after < found.loss_before - 0.01
    assert found.foretold_after == pytest.approx(found.held_out_right, abs=0.02)
    assert found.unseen == found.reviews == len(predictions(forgetful))
    assert found.held_out == round(found.reviews / 5)


def test_a_fit_is_always_the_same_for_the_same_reviews(forgetful: list[tuple[Past, ...]]) -> None:
    assert fit(forgetful) == fit([tuple(history) for history in forgetful])


@given(st.integers(0, 10_000), st.sampled_from([(), FORGETFUL]), weights)
@settings(max_examples=15, deadline=None)
def test_weights_are_taken_only_where_unseen_reviews_are_foretold_better(
    learner_log: Callable[..., list[tuple[Entry, MemoryState]]], seed: int, memory: tuple[float, ...], used: tuple[float, ...]
) -> None:
    past = histories(entry for entry, _ in learner_log(seed=seed, cards=120, days=40, memory=memory))
    found = fit(past, weights=used)
    before = log_loss(predictions(past, weights=used)[-found.held_out :])
    assert found.loss_before == before
    if found.decision is Decision.TAKEN:
        assert found.loss_after is not None
        assert found.loss_after < before
        assert log_loss(predictions(past, weights=found.weights)[-found.held_out :]) < before
    else:
        assert (found.decision, found.weights) == (Decision.NO_BETTER, used)


def test_too_few_reviews_change_nothing(forgetful: list[tuple[Past, ...]]) -> None:
    few: list[tuple[Past, ...]] = []
    while sum(one.elapsed > 0 for history in few for one in history) < FEWEST - 20:
        few.append(forgetful[len(few)])
    found = fit(few, weights=FORGETFUL)
    assert (found.decision, found.weights, found.held_out, found.loss_after) == (Decision.TOO_FEW, FORGETFUL, 0, None)
    assert fit([]).decision is Decision.TOO_FEW
    assert fit([]).right is None


def test_weights_in_use_are_not_judged_by_reviews_they_have_seen(forgetful: list[tuple[Past, ...]]) -> None:
    times = sorted(one.at for history in forgetful for one in history if one.elapsed)
    soon = fit(forgetful, weights=FORGETFUL, fitted_at=times[-FEWEST_HELD_OUT])
    assert (soon.decision, soon.unseen, soon.weights) == (Decision.TOO_SOON, FEWEST_HELD_OUT - 1, FORGETFUL)
    later = fit(forgetful, weights=FORGETFUL, fitted_at=times[-FEWEST_HELD_OUT - 1])
    assert (later.unseen, later.held_out) == (FEWEST_HELD_OUT, FEWEST_HELD_OUT)
    assert later.loss_before == log_loss(predictions(forgetful, weights=FORGETFUL)[-FEWEST_HELD_OUT:])


def test_histories_longer_than_a_fit_can_use_do_no_harm(forgetful: list[tuple[Past, ...]]) -> None:
    long = tuple(Past(START + timedelta(days=number), int(number > 0), Rating(1 + number % 4)) for number in range(fsrs.LONGEST + 60))
    assert fit([*forgetful, long]).reviews == fit(forgetful).reviews + fsrs.LONGEST + 59
