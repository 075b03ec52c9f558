"""Undo and redo of every act, over restarts; flags, leeches, and what a card's history tells."""

from contextlib import closing
from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.fsrs import filled
from quizzer.core.ids import Ids
from quizzer.core.kinds import Deck, Plain
from quizzer.core.leeches import Leeches
from quizzer.core.model import Act, Entry, MemoryState, Phase, Rating, Weights
from quizzer.core.scheduling import replay
from quizzer.store import Progress
from quizzer.study import marked
from quizzer.study.agenda import Dealt
from quizzer.study.course import Course

acts = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(Rating)),
        st.tuples(st.just("wait"), st.sampled_from([5, 700, 40_000, 3_000_000, -5000])),
        st.tuples(st.sampled_from(["undo", "redo", "leave", "bury", "suspend", "flag"]), st.just(None)),
    ),
    max_size=30,
)
doings = st.lists(st.tuples(st.sampled_from(["answer", "bury", "suspend", "flag"]), st.sampled_from(Rating)), min_size=1, max_size=8)
unhurried = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def one_card() -> Deck:
    return Deck(id="d", title="D", questions=(Plain(id="q", question="Q?", answer="A"),))


def perform(desk, session, act, value):
    match act:
        case "wait":
            desk.clock.pass_(seconds=value)
        case "leave":
            session.close()
            return desk.session()
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case _ if session.prompt is None:
            pass
        case "answer":
            desk.answer(session, value)
        case _:
            getattr(session, act)()
    return session


def standing(desk):
    """All that undo and redo are to put back."""
    return desk.states(), desk.progress.flagged(), desk.progress.tallies()


@given(acts)
@unhurried
def test_replaying_the_log_gives_what_is_stored_whatever_is_taken_back_and_done_again(open_desk, history):
    with open_desk(leech=Leeches.SUSPEND, leech_threshold=1) as desk:
        session = desk.session()
        for act, value in history:
            session = perform(desk, session, act, value)
            assert desk.replayed() == desk.states()


@given(acts, doings, st.booleans())
@unhurried
def test_redo_gives_back_step_by_step_what_undo_took_after_a_restart_too(open_desk, history, doings, restart):
    with open_desk(leech=Leeches.SUSPEND, leech_threshold=1) as desk:
        session = desk.session()
        for act, value in history:
            session = perform(desk, session, act, value)
        steps = [standing(desk)]
        for act, value in doings:
            if session.prompt:
                desk.clock.pass_(seconds=1)
                session = perform(desk, session, act, value)
                steps.append(standing(desk))
        for before in reversed(steps[:-1]):
            desk.clock.pass_(seconds=1)
            session.undo()
            assert standing(desk) == before
        for after in steps[1:]:
            desk.clock.pass_(seconds=1)
            session = desk.session() if restart else session
            assert session.can_redo
            session.redo()
            assert standing(desk) == after
        assert not session.can_redo
        assert desk.replayed() == desk.states()


@given(acts)
@unhurried
def test_the_log_is_only_added_to(open_desk, history):
    with open_desk() as desk:
        session, before = desk.session(), []
        for act, value in history:
            session = perform(desk, session, act, value)
            log = {entry.id: entry for entry in desk.progress.entries()}
            assert all(log[entry.id] == entry for entry in before)
            before = list(log.values())


def test_redo_leaves_the_review_its_id_and_instant_and_counts_it_once(desk):
    session = desk.session()
    desk.answer(session, Rating.GOOD)
    (review,) = desk.progress.entries()
    following = session.prompt.card
    for _ in range(3):
        desk.clock.pass_(seconds=60)
        assert session.undo().card.id == review.card
        assert session.summary().reviews == 0
        desk.clock.pass_(seconds=60)
        assert session.redo().card == following
        assert session.summary().reviews == 1
    log = list(desk.progress.entries())
    assert [entry.act for entry in log] == [Act.REVIEW, *[Act.UNDO] * 6]
    assert sum(tally.reviews for tally in desk.progress.tallies()) == 1
    assert replay(log) == desk.states()[review.card]
    assert desk.states()[review.card].last_at == review.at
    assert replay([*log, *reversed(log)]) == replay(reversed(log))


def test_a_new_act_leaves_nothing_to_redo(desk):
    session = desk.session()
    desk.answer(session)
    session.undo()
    assert session.can_redo
    desk.answer(session, Rating.AGAIN)
    assert not session.can_redo
    assert not desk.session().can_redo


def test_what_two_programs_took_back_is_done_again_by_one_redo(desk):
    one = desk.session()
    desk.answer(one)
    two = desk.session()
    one.undo()
    two.undo()
    assert [entry.act for entry in desk.progress.entries()] == [Act.REVIEW, Act.UNDO, Act.UNDO]
    desk.session().redo()
    assert len(desk.states()) == 1
    assert desk.replayed() == desk.states()


def test_suspending_and_burying_can_be_taken_back_after_a_restart(desk):
    for act in ("suspend", "bury"):
        session = desk.session()
        card = session.prompt.card
        perform(desk, session, act, None)
        assert desk.session().prompt.card != card
        assert desk.session().undo().card == card
        assert desk.states() == {}


def test_acts_of_days_before_are_taken_back_and_done_again_after_a_restart(desk):
    session = desk.session()
    steps = [standing(desk)]
    for days, act in ((0, "answer"), (1, "suspend"), (0, "answer"), (3, "bury"), (1, "flag"), (0, "answer")):
        desk.clock.pass_(days=days, seconds=1)
        session = perform(desk, desk.session(), act, Rating.GOOD)
        steps.append(standing(desk))
    desk.clock.pass_(days=2)
    for before in reversed(steps[:-1]):
        session = desk.session()
        assert session.can_undo
        session.undo()
        assert standing(desk)[:2] == before[:2]
    assert not desk.session().can_undo
    for after in steps[1:]:
        desk.session().redo()
        assert standing(desk) == after
    assert not desk.session().can_redo
    assert desk.replayed() == desk.states()


def test_no_more_than_the_last_200_acts_are_taken_back_and_other_decks_are_let_alone(open_desk, make_deck):
    with open_desk(make_deck("a"), make_deck("b")) as desk:
        session = desk.session()
        deck = session.prompt.card.deck
        for _ in range(203):
            session.flag()
        everything = desk.decks
        for decks, wanted in (
            ([one for one in everything if one.deck.id != deck], 0),
            ([one for one in everything if one.deck.id == deck], 200),
        ):
            desk.decks = decks
            session = desk.session()
            while session.can_undo:
                session.undo()
            undone = [entry for entry in desk.progress.entries() if entry.act is Act.UNDO]
            assert len(undone) == wanted


def test_cards_brought_back_at_one_stroke_are_set_aside_again_at_one(desk):
    session = desk.session()
    for _ in range(2):
        desk.clock.pass_(seconds=1)
        session.suspend()
    before, ids = desk.states(), Ids(lambda bits: 1)
    at = desk.clock.now + timedelta(seconds=1)
    for entry in list(desk.progress.entries()):
        desk.progress.record_all([(Entry(id=ids.new(at), act=Act.UNSUSPEND, card=entry.card, at=at, day=entry.day), None)])
    desk.clock.pass_(seconds=5)
    session = desk.session()
    assert desk.states() == {}
    session.undo()
    assert desk.states() == before
    session.redo()
    assert desk.states() == {}


@pytest.mark.parametrize("keep", [True, False])
def test_what_was_settled_about_changed_keys_is_taken_back_at_one_stroke(desk, keep):
    session = desk.session()
    asked = desk.finish(session, Rating.EASY)
    before = desk.states()
    (dealt,) = desk.decks
    changed = tuple(
        msgspec.structs.replace(one, answer="another") if isinstance(one, Plain) and one.id in ("p0", "p1") else one
        for one in dealt.deck.questions
    )
    desk.decks = [Dealt(msgspec.structs.replace(dealt.deck, questions=changed))]
    desk.clock.pass_(seconds=9)
    session = desk.session()
    assert {card.question for card in session.changed} == {"p0", "p1"}
    session.settle_changed(keep=keep)
    assert session.changed == ()
    after = desk.states()
    assert after != before
    session.undo()
    assert desk.states() == before
    assert {card.question for card in session.changed} == {"p0", "p1"}
    desk.session().redo()
    assert desk.states() == after
    assert asked
    assert desk.replayed() == desk.states()


# The queue


moves = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(Rating)),
        st.tuples(st.just("wait"), st.sampled_from([5, 61, 700])),
        st.tuples(st.sampled_from(["undo", "undo", "redo", "bury", "suspend", "flag"]), st.just(None)),
    ),
    max_size=40,
)


@given(moves, st.sampled_from([2, 5, 100]))
@unhurried
def test_the_queue_after_undo_and_redo_is_the_one_that_is_read_anew(open_desk, make_deck, history, new):
    with open_desk(make_deck("a"), make_deck("b"), new_per_day=new, leech=Leeches.SUSPEND, leech_threshold=1) as desk:
        session = desk.session()
        for act, value in history:
            session = perform(desk, session, act, value)
            if act in ("undo", "redo"):
                prompt = session.prompt
                queue = session._course.queue
                anew = Course(desk.progress, desk.decks, settings=desk.settings)
                anew.load(day=session._logbook.day(desk.clock()), now=desk.clock())
                if session._show:
                    anew.insist(session._show)
                assert queue.asked == anew.queue.asked
                counts = (queue.new, queue.learning, queue.reviews)
                assert counts == (anew.queue.new, anew.queue.learning, anew.queue.reviews)
                assert prompt is None or (prompt.new, prompt.learning, prompt.due) == counts


def test_undo_reads_nothing_of_the_course_anew_unless_another_program_wrote(desk, monkeypatch):
    session = desk.session()
    loads = []
    load = Course.load
    monkeypatch.setattr(Course, "load", lambda self, **given: loads.append(1) or load(self, **given))
    for _ in range(5):
        desk.answer(session)
    session.suspend()
    session.bury()
    loads.clear()
    for _ in range(7):
        session.undo()
    for _ in range(7):
        session.redo()
    assert loads == []
    with closing(Progress.open(desk.path, learner="me")) as other:
        desk.session(progress=other, scope="other").flag()
    session.undo()
    assert loads


# Flags


def test_a_flag_stays_with_the_card_and_leaves_the_session_where_it_is(desk):
    session = desk.session()
    prompt = session.prompt
    feedback = session.check("answer 0")
    assert session.flag().flagged
    assert session.prompt.card == prompt.card
    session.answer(feedback.suggested)
    assert desk.progress.flagged() == {prompt.card.id}
    assert [row.card for row in marked.flagged(desk.progress, desk.decks)] == [prompt.card.id]
    session.undo()
    assert session.prompt.flagged
    assert not session.flag().flagged
    assert desk.progress.flagged() == set()
    assert [entry.act for entry in desk.progress.entries()] == [Act.FLAG, Act.REVIEW, Act.UNDO, Act.UNFLAG]
    assert desk.states() == {}


# Leeches


def forget(desk, times):
    """Let the only card be learnt and forgotten so many times; return the session."""
    session = desk.session()
    desk.answer(session, Rating.EASY)
    for _ in range(times):
        desk.clock.pass_(days=90)
        assert session.prompt
        desk.answer(session, Rating.AGAIN)
        if session.prompt is None and session.wait_until is None:
            return session
        desk.clock.pass_(minutes=11)
        assert session.prompt
        desk.answer(session, Rating.GOOD)
    return session


def test_a_leech_is_told_at_the_threshold_and_again_after_every_half_of_it(open_desk):
    with open_desk(one_card(), leech_threshold=4) as desk:
        session, told = desk.session(), []
        desk.answer(session, Rating.EASY)
        for lapses in range(1, 11):
            desk.clock.pass_(days=90)
            assert session.prompt.leech == (lapses - 1 if lapses > 4 else 0)
            desk.answer(session, Rating.AGAIN)
            if any(leech.lapses == lapses for leech in session.summary().leeches):
                told.append(lapses)
            desk.clock.pass_(minutes=11)
            desk.answer(session, Rating.EASY)
        assert told == [4, 6, 8, 10]
        assert [(row.card, row.lapses) for row in marked.leeches(desk.progress, desk.decks, settings=desk.settings)] == [("d/q", 10)]
        assert Act.SUSPEND not in {entry.act for entry in desk.progress.entries()}


def test_a_leech_is_suspended_where_that_is_wished_and_one_undo_takes_both_back(open_desk):
    with open_desk(one_card(), leech=Leeches.SUSPEND, leech_threshold=2) as desk:
        session = forget(desk, 2)
        (leech,) = session.summary().leeches
        assert (leech.card.id, leech.lapses, leech.suspended) == ("d/q", 2, True)
        assert session.prompt is None
        assert session.wait_until is None
        assert desk.states()["d/q"].suspended
        again = desk.session()
        assert again.undo().card.id == "d/q"
        state = desk.states()["d/q"]
        assert (state.lapses, state.suspended, state.phase) == (1, False, Phase.REVIEW)
        again.redo()
        assert desk.states()["d/q"].suspended
        assert again.prompt is None
        assert desk.replayed() == desk.states()


@pytest.mark.parametrize("threshold", [0, 50])
def test_without_a_threshold_or_below_it_nothing_is_a_leech(open_desk, threshold):
    with open_desk(one_card(), leech=Leeches.SUSPEND, leech_threshold=threshold) as desk:
        session = forget(desk, 9)
        assert session.summary().leeches == ()
        assert not desk.states()["d/q"].suspended
        assert marked.leeches(desk.progress, desk.decks, settings=desk.settings) == []


# A card's history


def test_a_cards_history_tells_every_act_and_what_was_known_then(open_desk):
    with open_desk(one_card(), learning_steps=()) as desk:
        session = desk.session()
        assert session.card_past().did == ()
        desk.answer(session, Rating.GOOD, "A")
        session.undo()
        session.redo()
        first = desk.states()["d/q"]
        desk.clock.pass_(days=30)
        assert session.prompt
        session.flag()
        desk.answer(session, Rating.AGAIN, "B")
        desk.clock.pass_(minutes=11)
        assert session.prompt
        did = session.card_past().did
        assert [one.what for one in did] == ["", "taken back", "done again", "flagged", ""]
        assert [one.taken_back for one in did] == [False] * 5
        good, again = did[0], did[-1]
        assert (good.rating, good.recall, good.stability) == (Rating.GOOD, None, first.stability)
        assert again.rating is Rating.AGAIN
        assert 0 < again.recall < 0.9
        assert again.stability == desk.states()["d/q"].stability < first.stability
        assert again.granted.seconds == 600
        session.undo()
        did = session.card_past().did
        assert [one.taken_back for one in did] == [False, False, False, False, True, False]
        assert did[4].stability is None
        assert desk.states()["d/q"] == first != MemoryState()


def test_a_cards_history_and_what_redo_stores_follow_the_weights_in_use(open_desk):
    with open_desk() as desk:
        at = desk.clock()
        desk.progress.put_to_use(Weights(id="w" * 36, at=at, values=tuple(number * 1.5 for number in filled(()))), {})
        session = desk.session()
        card = session.prompt.card.id
        desk.answer(session, Rating.GOOD)
        stored = desk.states()[card]
        session.undo()
        assert card not in desk.states()
        session.redo()
        assert desk.states()[card] == stored != replay(desk.progress.entries(card=card))
        session.undo()
        session.check(None)
        session.answer(Rating.GOOD)
        session.undo()
        session.redo()
        desk.clock.pass_(seconds=3_000_000)
        session = desk.session()
        while session.prompt.card.id != card:
            desk.answer(session, Rating.GOOD)
        stabilities = [did.stability for did in session.card_past().did if did.stability]
        assert stabilities == [pytest.approx(desk.states()[card].stability)]
