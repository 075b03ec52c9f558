"""What the log and the memory add up to."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.model import MemoryState, Past, Phase, Rating, Standing, Tally
from quizzer.core.stats import deck_figures, forecast, history, retention, standing, streaks, together

DAY = 739_700


def state(phase: Phase = Phase.REVIEW, *, last: int = 0, due: int = 1, suspended: bool = False) -> MemoryState:
    return MemoryState(phase=phase, stability=10.0, difficulty=5.0, reps=1, last_day=DAY + last, due_day=DAY + due, suspended=suspended)


def tally(day: int, rating: Rating, reviews: int, before: Phase | None = Phase.REVIEW) -> Tally:
    asked = reviews if before is Phase.REVIEW else 0
    kept = asked if rating is not Rating.AGAIN else 0
    return Tally(deck="d", day=DAY + day, reviews=reviews, asked=asked, kept=kept, milliseconds=reviews * 1500)


def stand(*states: MemoryState) -> Standing:
    return standing(states, day=DAY)


@given(st.sets(st.integers(DAY - 60, DAY)))
def test_a_streak_is_the_longest_run_of_days_that_reaches_today_or_yesterday(days: set[int]) -> None:
    last = DAY if DAY in days else DAY - 1
    length = 0
    while last - length in days:
        length += 1
    present, longest = streaks(days, day=DAY)
    assert present == length
    assert longest >= present
    assert any(all(day + step in days for step in range(longest)) for day in days) or not days


def test_cards_are_counted_once_each_by_where_they_stand() -> None:
    states = [
        state(Phase.LEARNING),
        state(Phase.RELEARNING),
        state(last=-5, due=3),
        state(last=-20, due=1),
        state(last=0, due=21),
        state(suspended=True),
        MemoryState(suspended=True),
    ]
    figures = deck_figures(deck="d", title="D", total=10, standing=stand(*states), tallies=[], day=DAY)
    assert (figures.new, figures.learning, figures.young, figures.mature, figures.suspended) == (3, 2, 1, 2, 2)
    assert figures.new + figures.learning + figures.young + figures.mature + figures.suspended == figures.total


@given(st.lists(st.tuples(st.sampled_from(Phase), st.integers(-90, 0), st.integers(0, 90), st.booleans())), st.integers(0, 20))
def test_parts_stand_together_as_the_whole_does(drawn: list[tuple[Phase, int, int, bool]], cut: int) -> None:
    states = [state(phase, last=last, due=last + days, suspended=suspended) for phase, last, days, suspended in drawn]
    whole, parts = stand(*states), together([stand(*states[:cut]), stand(*states[cut:])])
    assert msgspec.structs.replace(parts, recall=0.0) == msgspec.structs.replace(whole, recall=0.0)
    assert parts.recall == pytest.approx(whole.recall)


def test_the_forecast_puts_what_is_overdue_on_today() -> None:
    counts = forecast([state(due=-9), state(due=0), state(due=1), state(due=30), state(due=31)], day=DAY)
    assert (counts[0], counts[1], counts[30], sum(counts)) == (2, 1, 1, 4)


def test_history_ends_with_today_and_holds_thirty_days() -> None:
    counts = history([tally(0, Rating.GOOD, 3), tally(-29, Rating.GOOD, 2), tally(-30, Rating.GOOD, 7), tally(1, Rating.GOOD, 9)], day=DAY)
    assert (len(counts), counts[-1], counts[0], sum(counts)) == (30, 3, 2, 5)


def test_retention_is_of_cards_in_review_only() -> None:
    tallies = [
        tally(0, Rating.AGAIN, 1),
        tally(0, Rating.GOOD, 3),
        tally(-8, Rating.AGAIN, 4),
        tally(0, Rating.AGAIN, 50, Phase.LEARNING),
        tally(0, Rating.AGAIN, 50, None),
    ]
    assert retention(tallies, since=DAY - 6) == 0.75
    assert retention(tallies) == 3 / 8
    assert retention([]) is None


@given(st.lists(st.tuples(st.integers(-400, 0), st.sampled_from(Rating), st.sampled_from([*Phase, None])), max_size=20))
def test_reviews_of_long_ago_count_the_same_summed_up_as_day_by_day(reviews: list[tuple[int, Rating, Phase | None]]) -> None:
    tallies = [tally(day, rating, 1 + number, before) for number, (day, rating, before) in enumerate(reviews)]
    old = [one for one in tallies if one.day < DAY - 30]
    past = Past(
        deck="d",
        reviews=sum(one.reviews for one in old),
        asked=sum(one.asked for one in old),
        kept=sum(one.kept for one in old),
        milliseconds=sum(one.milliseconds for one in old),
    )
    by_day = deck_figures(deck="d", title="D", total=0, standing=stand(), tallies=tallies, day=DAY)
    recent = [one for one in tallies if one not in old]
    assert deck_figures(deck="d", title="D", total=0, standing=stand(), tallies=recent, earlier=[past], day=DAY) == by_day


def test_figures_of_nothing_are_zero_or_none_and_all_figures_are_json() -> None:
    empty = deck_figures(deck="d", title="D", total=0, standing=stand(), tallies=[], day=DAY)
    assert (empty.retention, empty.recall, empty.stability, empty.difficulty) == (None, None, None, None)
    full = deck_figures(deck="d", title="D", total=3, standing=stand(state(last=-10)), tallies=[tally(0, Rating.GOOD, 3)], day=DAY)
    assert full.recall == pytest.approx(0.9)
    assert (full.reviews_today, full.reviews_30_days, full.seconds) == (3, 3, 4.5)
    assert msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(full)), type=type(full)) == full
