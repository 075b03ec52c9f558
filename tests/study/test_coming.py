"""The workload foretold is what sessions then ask: a learner who answers as foretold is played through both, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import Cloze, Deck, Plain
from quizzer.core.loads import Weekday
from quizzer.core.model import Act, MemoryState, Phase, Rating
from quizzer.core.planning import expected
from quizzer.core.simulation import Habits, rated
from quizzer.study import coming as foretelling

BEGIN = date(2026, 3, 2)  # a Monday; the day the clock of these tests begins on
DAYS = 14


def deck(plain: int, gaps: int) -> Deck:
    questions = [Plain(id=f"q{n}", question=f"What is {n}?", answer=f"a{n}") for n in range(plain)]
    return Deck(id="d", title="D", questions=(*questions, *(Cloze(id=f"c{n}", cloze="{{One}} and {{two}}.") for n in range(gaps))))


def foretold(desk, days=DAYS):
    return foretelling.coming(
        desk.progress, desk.decks, settings=desk.settings, now=desk.clock.now, day=desk.clock.now.date().toordinal(), days=days
    )


def live(desk, habits, days):
    """Study so many days, answering as the made-up learner does; return each day's reviews and new cards."""
    lived = []
    for _ in range(days):
        day = desk.clock.now.date().toordinal()
        session = desk.session()
        while session.prompt:
            card = session.prompt.card.id
            desk.answer(session, rated(card, desk.progress.state(card) or MemoryState(), day=day, habits=habits)[0])
        session.close()
        done = [entry.before for entry in desk.progress.entries(since_day=day) if entry.act is Act.REVIEW]
        lived.append((done.count(Phase.REVIEW), done.count(Phase.NEW)))
        desk.clock.now = desk.clock.now.replace(hour=9, minute=0, second=0) + timedelta(days=1)
    return lived


def counts(load):
    return [(day.reviews, day.new) for day in load.days]


@given(
    plain=st.integers(0, 20),
    gaps=st.integers(0, 6),
    new=st.integers(0, 8),
    reviews=st.sampled_from([3, 8, 200]),
    test=st.none() | st.integers(1, DAYS + 2),
    easy=st.dictionaries(st.sampled_from(Weekday), st.sampled_from([0.0, 0.5]), max_size=2),
)
@settings(max_examples=12, deadline=None)
def test_what_is_foretold_is_what_sessions_ask(open_desk, plain, gaps, new, reviews, test, easy):
    rules = {"new_per_day": new, "reviews_per_day": reviews, "easy_days": easy, "load_balance": False}
    with open_desk(deck(plain, gaps), **rules, test_date=BEGIN + timedelta(days=test) if test else None) as desk:
        told = foretold(desk)
        assert live(desk, Habits(), DAYS) == counts(told.now)
        assert told.beyond == ({"d": BEGIN.toordinal() + test} if test and test > DAYS else {})
        assert [score.test - BEGIN.toordinal() for score in told.now.tests] == ([test] if test and test <= DAYS else [])


def test_what_is_foretold_in_the_middle_counts_what_was_done_today(open_desk):
    with open_desk(deck(20, 5), new_per_day=6, load_balance=False) as desk:
        live(desk, Habits(), 3)
        session = desk.session()
        while desk.clock.now.minute == 0 and session.prompt and session.prompt.done < 8:
            card = session.prompt.card.id
            state = desk.progress.state(card) or MemoryState()
            desk.answer(session, rated(card, state, day=desk.clock.now.date().toordinal(), habits=Habits())[0])
        today = desk.clock.now.date().toordinal()
        before = [entry.before for entry in desk.progress.entries(since_day=today)]
        told = foretelling.coming(desk.progress, desk.decks, settings=desk.settings, now=desk.clock.now, day=today, days=1).now.days[0]
        session = desk.session()
        desk.finish(session)
        done = [entry.before for entry in desk.progress.entries(since_day=today)]
        for phase, foreseen in ((Phase.NEW, told.new), (Phase.REVIEW, told.reviews)):
            assert done.count(phase) - before.count(phase) == foreseen


@pytest.mark.parametrize("test", [None, 12])
def test_with_days_evened_out_the_sum_is_foretold_and_the_days_nearly(open_desk, test):
    with open_desk(deck(60, 0), new_per_day=6, test_date=BEGIN + timedelta(days=test) if test else None) as desk:
        told = counts(foretold(desk).now)
        lived = live(desk, Habits(), DAYS)
    assert [new for _, new in lived] == [new for _, new in told]
    assert sum(reviews for reviews, _ in lived) == pytest.approx(sum(reviews for reviews, _ in told), rel=0.08)


def test_the_score_foretold_is_the_one_expected_on_the_morning_of_the_test(open_desk):
    with open_desk(deck(18, 2), load_balance=False, test_date=BEGIN + timedelta(days=10)) as desk:
        (score,) = foretold(desk).now.tests
        live(desk, Habits(), 10)
        states = desk.states().values()
        assert score.expected == pytest.approx(expected(states, total=22, test=score.test))
        assert (score.met, score.cards) == (22, 22)
        assert score.expected > 0.85


def test_decks_that_are_not_played_weigh_on_the_days_too(open_desk):
    other = Deck(id="other", title="O", questions=tuple(Plain(id=f"q{n}", question=f"{n}?", answer=f"a{n}") for n in range(40)))
    told = {}
    for decks in ((deck(20, 0),), (deck(20, 0), other)):
        with open_desk(*decks, learning_steps=(), new_per_day=40) as desk:
            desk.finish(desk.session(), Rating.EASY)
            own = [one for one in desk.decks if one.deck.id == "d"]
            day, now = desk.clock.now.date().toordinal() + 1, desk.clock.now + timedelta(days=1)
            told[len(decks)] = foretelling.coming(desk.progress, own, settings=desk.settings, now=now, day=day, days=60)
    assert told[1].cards == told[2].cards == 20
    assert [day.reviews for day in told[1].now.days] != [day.reviews for day in told[2].now.days]
