"""Sessions in trouble: two terminals on one file, files that fail, clocks that are moved, nights with a card on show."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import ProgressError
from quizzer.core.kinds import Cloze, Deck, Plain
from quizzer.core.model import Rating
from quizzer.store import Progress


def test_two_sessions_on_one_file_lose_nothing_and_stay_replayable(desk):
    other = Progress.open(desk.path, learner="me")
    one, two = desk.session(), desk.session(progress=other)
    assert one.prompt.card == two.prompt.card
    for session in (one, two, one, two, two, one):
        desk.answer(session, Rating.GOOD)
    other.close()
    assert len(list(desk.progress.entries())) == 6
    assert desk.replayed() == desk.states()


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(["answer", "answer", "answer", "undo", "suspend", "bury", "settle"]),
            st.sampled_from(Rating),
            st.sampled_from([0, 0, 60, 86_400, -3_600, -200_000]),
        ),
        max_size=14,
    )
)
@settings(max_examples=30, deadline=None)
def test_two_terminals_stay_replayable_over_nights_and_whatever_the_clock_does(open_desk, make_deck, steps):
    with open_desk(make_deck(plain=2)) as desk, closing(Progress.open(desk.path, learner="me")) as other:
        sessions = {False: desk.session(), True: desk.session(progress=other)}
        for second, act, rating, seconds in steps:
            session = sessions[second]
            desk.clock.pass_(seconds=seconds)
            if act == "undo":
                session.undo()
            elif act == "settle":
                session.settle_changed(keep=False)
            elif session.prompt is not None:
                session.check(None)
                session.answer(rating) if act == "answer" else getattr(session, act)()
        assert desk.replayed() == desk.states()


def test_a_card_left_on_show_over_night_and_answered_elsewhere_keeps_both_answers(desk):
    with closing(Progress.open(desk.path, learner="me")) as other:
        left = desk.session(progress=other)
        desk.answer(desk.session(), Rating.AGAIN)
        desk.clock.pass_(days=1)
        assert left.prompt.card.id == "mixed/p0"
        desk.answer(left, Rating.GOOD)
    assert desk.states()["mixed/p0"].reps == 2
    assert desk.replayed() == desk.states()


def test_an_answer_to_a_locked_file_is_refused_loses_nothing_and_can_be_given_again(desk):
    session = desk.session()
    desk.answer(session)
    desk.progress._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(desk.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    prompt = session.prompt
    session.check(None)
    with pytest.raises(ProgressError, match="another program"):
        session.answer(Rating.GOOD)
    assert session.prompt == prompt
    assert len(list(desk.progress.entries())) == 1
    other.execute("ROLLBACK")
    other.close()
    session.answer(Rating.GOOD)
    assert len(list(desk.progress.entries())) == 2
    assert desk.replayed() == desk.states()


def test_a_clock_put_back_keeps_the_log_replayable_and_the_cards_coming(desk):
    session = desk.session()
    for _ in range(3):
        desk.answer(session, Rating.AGAIN)
    desk.clock.pass_(days=-400)
    session = desk.session()
    asked = desk.finish(session, Rating.GOOD, most=60)
    assert len(set(asked)) == 12
    assert session.prompt is None
    assert desk.replayed() == desk.states()


def test_an_answer_that_is_written_is_not_refused_because_the_next_card_cannot_be_noted(desk):
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:

        def lock_after_the_answer() -> None:
            if not other.in_transaction and other.execute("SELECT count(*) FROM log").fetchone() == (1,):
                other.execute("BEGIN IMMEDIATE")

        clock = desk.clock
        desk.clock = lambda: lock_after_the_answer() or clock()
        session = desk.session()
        clock.pass_(hours=17)  # two at night
        session.check(None)
        clock.pass_(hours=3)  # a new study day: the next card is looked for when the answer is written
        desk.progress._connection.execute("PRAGMA busy_timeout = 50")
        following = session.answer(Rating.GOOD)
        assert other.in_transaction
        assert following == session.prompt
    assert len(list(desk.progress.entries())) == 1


def test_a_clock_put_back_within_a_session_does_not_keep_a_card_in_its_steps_waiting_for_the_old_time(open_desk):
    with open_desk(Deck(id="one", title="One", questions=(Plain(id="q", question="?", answer="a"),))) as desk:
        session = desk.session()
        desk.answer(session, Rating.AGAIN)
        desk.clock.pass_(hours=-3)
        assert session.prompt is not None
        desk.answer(session, Rating.AGAIN)
        assert session.prompt is not None


def test_an_answer_taken_back_after_the_clock_was_put_back_counts_on_no_day(open_desk):
    with open_desk(new_per_day=1) as desk:
        session = desk.session()
        desk.answer(session, Rating.EASY)
        desk.clock.pass_(days=-2)
        session.undo()
        desk.clock.pass_(days=2)
        assert desk.session().prompt.new == 1


def test_who_left_a_card_over_night_comes_back_to_it_and_not_to_its_sibling(open_desk):
    with open_desk(Deck(id="one", title="One", questions=(Cloze(id="q", cloze="{{a}} {{b}} {{c}}"),))) as desk:
        session = desk.session()
        session.bury()
        assert session.prompt.card.id == "one/q#2"
        desk.clock.pass_(days=1)
        assert desk.session(scope="elsewhere").prompt.card.id == "one/q#1"
        assert session.prompt.card.id == "one/q#2"
        assert desk.finish(desk.session(), Rating.EASY) == ["one/q#2"]


def test_a_place_does_not_bring_back_a_card_answered_since_in_another_session(desk):
    desk.session()  # leaves its place at the first card
    elsewhere = desk.session(scope="all")
    desk.answer(elsewhere, Rating.GOOD)
    assert desk.session().prompt.card.id == elsewhere.prompt.card.id == "mixed/p1"
