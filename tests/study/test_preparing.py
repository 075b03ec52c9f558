"""A test date at work: the plan is kept by the sessions, what is promised is granted, and afterwards all is as it was."""

from datetime import date, timedelta

import pytest

from quizzer.core.kinds import Cloze, Deck, Plain
from quizzer.core.model import Phase, Rating
from quizzer.core.planning import LAST_DAYS
from quizzer.study import agenda
from quizzer.study.preparing import prepared

TEST = date(2026, 3, 16)  # a fortnight from the day the clock begins on


def plain(count: int) -> Deck:
    return Deck(id="d", title="D", questions=tuple(Plain(id=f"q{n}", question=f"What is {n}?", answer=f"a{n}") for n in range(count)))


def plan_of(desk):
    today = agenda.diary(desk.progress, desk.clock.now.date().toordinal())
    return prepared(desk.progress, desk.decks[0], settings=desk.settings, today=today)


@pytest.mark.parametrize("count", [5, 40])
def test_a_fortnight_to_a_test_meets_every_card_in_time_and_sees_each_again_shortly_before(open_desk, count):
    with open_desk(plain(count), test_date=TEST) as desk:
        expected = []
        while desk.clock.now.date() < TEST:
            before = plan_of(desk)
            session = desk.session()
            new = session.prompt.new if session.prompt else 0
            assert new == min(before.plan.new_a_day, before.plan.unseen)
            desk.finish(session)
            assert plan_of(desk).plan.new_a_day == before.plan.new_a_day  # however many of them are met by now
            expected.append(plan_of(desk).plan.expected)
            assert desk.replayed() == desk.states()
            if before.plan.days_left <= LAST_DAYS:
                assert new == 0
            desk.clock.pass_(days=1)
        entries = [entry for entry in desk.progress.entries() if entry.rating]
        assert all(entry.day + entry.granted.days <= TEST.toordinal() for entry in entries)
        for name in desk.decks[0].cards:
            days = [TEST.toordinal() - entry.day for entry in entries if entry.card == name]
            assert 1 <= min(days) <= LAST_DAYS < max(days)
        assert expected[-1] > 0.9 > expected[0]
        assert all(state.due_day == TEST.toordinal() for state in desk.states().values())


def test_from_the_day_of_the_test_on_all_is_as_without_one(open_desk):
    for test in (TEST, None):
        with open_desk(plain(30), new_per_day=7, test_date=test) as desk:
            desk.clock.pass_(days=14)
            assert plan_of(desk) is None
            assert desk.session().prompt.new == 7
            desk.finish(desk.session(), Rating.EASY)
            if test:
                granted = {entry.card: entry.granted for entry in desk.progress.entries()}
            else:
                assert granted == {entry.card: entry.granted for entry in desk.progress.entries()}


def test_what_the_feedback_promised_is_granted_though_the_test_is_near(open_desk):
    with open_desk(plain(12), test_date=TEST, learning_steps=()) as desk:
        desk.finish(desk.session(), Rating.EASY)
        desk.clock.now += timedelta(days=12)
        session = desk.session()
        while session.prompt:
            card, feedback = session.prompt.card.id, session.check(None)
            desk.clock.pass_(seconds=5)
            session.answer(Rating.EASY)
            assert list(desk.progress.entries(card=card))[-1].granted == feedback.intervals[Rating.EASY]
            assert feedback.intervals[Rating.EASY].days <= 2
        assert {state.phase for state in desk.states().values()} == {Phase.REVIEW}


def test_the_plan_is_told_in_plain_words(open_desk):
    with open_desk(plain(110), test_date=TEST) as desk:
        assert plan_of(desk).told == "test on 16 March: 14 days left, 10 new a day, expected 0 % as of now"
    with open_desk(plain(2), test_date=date(2027, 3, 2), learning_steps=()) as desk:
        desk.finish(desk.session())
        assert plan_of(desk).told.startswith("test on 2 March 2027: 365 days left, 1 new a day, ")
        desk.clock.pass_(days=1)
        desk.finish(desk.session())
        assert "364 days left, 1 new a day" in plan_of(desk).told
        desk.clock.pass_(days=1)
        assert "363 days left, every card met, " in plan_of(desk).told


def test_cards_learnt_together_are_spread_over_the_days_that_chance_allows(open_desk):
    def loads(balance):
        with open_desk(plain(60), learning_steps=(), load_balance=balance) as desk:
            desk.finish(desk.session(), Rating.EASY)
            due = [state.due_day for state in desk.states().values()]
            assert desk.replayed() == desk.states()
            return max(due.count(day) for day in due), set(due)

    balanced, days = loads(True)
    by_chance, other_days = loads(False)
    assert days == other_days
    assert balanced < by_chance
    assert balanced == -(-60 // len(days))


def test_an_easy_day_is_kept_free(open_desk):
    with open_desk(plain(60), learning_steps=(), easy_days={"wednesday": 0.0, "tuesday": 0.5}) as desk:
        desk.finish(desk.session(), Rating.EASY)
        due = [date.fromordinal(state.due_day).weekday() for state in desk.states().values()]
        assert 2 not in due
        assert due.count(1) < due.count(3)


@pytest.mark.parametrize("gaps", [2, 9])
def test_gaps_of_one_sentence_are_all_met_in_time_and_seen_again_shortly_before_though_they_are_kept_apart_as_long_as_can_be(
    open_desk, gaps
):
    sentence = Cloze(id="c", cloze=" ".join(f"{{{{word{n}}}}}" for n in range(gaps)))
    with open_desk(Deck(id="d", title="D", questions=(*plain(9).questions, sentence)), test_date=TEST) as desk:
        while desk.clock.now.date() < TEST:
            desk.finish(desk.session())
            desk.clock.pass_(days=1)
        entries = [entry for entry in desk.progress.entries() if entry.rating]
        for name in desk.decks[0].cards:
            days = [TEST.toordinal() - entry.day for entry in entries if entry.card == name]
            assert 1 <= min(days) <= LAST_DAYS < max(days)
