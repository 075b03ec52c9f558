"""Two terminals on one file: each answer given is a review in the log, whoever gave one to the same card meanwhile."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.model import Act, Rating
from quizzer.store import Progress


@pytest.mark.parametrize("revealed_first", [True, False])
def test_an_answer_to_a_card_answered_in_another_terminal_meanwhile_is_a_review_of_its_own(desk, revealed_first):
    with closing(Progress.open(desk.path, learner="me")) as other:
        one, two = desk.session(), desk.session(progress=other)
        assert one.prompt.card == two.prompt.card
        card = one.prompt.card.id
        if revealed_first:
            one.check(None)
        desk.answer(two, Rating.GOOD)
        if not revealed_first:
            one.check(None)
        one.answer(Rating.AGAIN)
        assert [entry.rating for entry in desk.progress.entries(card=card)] == [Rating.GOOD, Rating.AGAIN]
        assert desk.states()[card].reps == 2
        assert desk.replayed() == desk.states()


@given(
    st.lists(
        st.tuples(
            st.booleans(), st.sampled_from(["prompt", "check", "answer", "undo"]), st.sampled_from(Rating), st.sampled_from([0, 60, 86_400])
        ),
        max_size=20,
    )
)
@settings(max_examples=30, deadline=None)
def test_every_answer_of_two_terminals_is_in_the_log(open_desk, make_deck, steps):
    with open_desk(make_deck(plain=2)) as desk, closing(Progress.open(desk.path, learner="me")) as other:
        sessions = {False: desk.session(), True: desk.session(progress=other)}
        checked = {False: False, True: False}
        given_ratings = []
        for second, act, rating, seconds in steps:
            session = sessions[second]
            desk.clock.pass_(seconds=seconds)
            if act == "undo":
                session.undo()
                checked[second] = False
            elif act == "check" and session.prompt is not None:
                session.check(None)
                checked[second] = True
            elif act == "answer" and checked[second]:
                session.answer(rating)
                given_ratings.append(rating)
                checked[second] = False
        assert sorted(given_ratings) == sorted(entry.rating for entry in desk.progress.entries() if entry.act is Act.REVIEW)
        assert desk.replayed() == desk.states()


def test_an_answer_gets_its_turn_beside_a_program_that_never_stops_writing(desk):
    """Whatever is read, the other has written something more by the time it is used; only who keeps it out comes to write."""
    with closing(sqlite3.connect(desk.path, timeout=0, isolation_level=None)) as other:

        def restless() -> datetime:
            with suppress(sqlite3.OperationalError):  # locked
                other.execute("UPDATE places SET shown_at = shown_at + 1")
            return desk.clock()

        session = desk.session()
        session.check(None)
        session._logbook._clock = restless
        session.answer(Rating.GOOD)
        assert [entry.rating for entry in desk.progress.entries()] == [Rating.GOOD]
        session.flag()
        assert desk.progress.flagged()
    assert desk.replayed() == desk.states()
