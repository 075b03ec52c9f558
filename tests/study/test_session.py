"""A session: what it asks, writes, takes back and comes back to."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import Deck, Plain, StudyOptions
from quizzer.core.model import Act, MemoryState, Mode, Phase, Rating, Verdict
from quizzer.study.agenda import Dealt

acts = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(Rating)),
        st.tuples(st.just("wait"), st.sampled_from([5, 90, 700, 40_000, 200_000, 3_000_000, -5000])),
        st.tuples(st.sampled_from(["undo", "undo", "leave", "bury", "suspend", "mode"]), st.just(None)),
    ),
    max_size=40,
)


def perform(desk, session, act, value):
    """Do one act of a learner; return the session to go on with."""
    match act:
        case "wait":
            desk.clock.pass_(seconds=value)
        case "leave":
            session.close()
            return desk.session()
        case "undo":
            session.undo()
        case "mode":
            session.set_mode(Mode.TYPE)
        case _ if session.prompt is None:
            pass
        case "answer":
            desk.answer(session, value)
        case "bury":
            session.bury()
        case "suspend":
            session.suspend()
    return session


@given(acts)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_replaying_the_log_gives_what_is_stored_after_every_act(open_desk, history):
    with open_desk() as desk:
        session = desk.session()
        for act, value in history:
            session = perform(desk, session, act, value)
            assert desk.replayed() == desk.states()


@given(acts, st.lists(st.tuples(st.sampled_from(["answer", "bury", "suspend"]), st.sampled_from(Rating)), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undo_puts_everything_back_step_by_step(open_desk, history, taken_back):
    with open_desk() as desk:
        session = desk.session()
        for act, value in history:
            session = perform(desk, session, act, value)
        before = []
        for act, rating in taken_back:
            if session.prompt:
                prompt = session.prompt
                before.append((desk.states(), desk.place().card, desk.place().mode, prompt))
                session = perform(desk, session, act, rating)
        for states, card, mode, prompt in reversed(before):
            back = session.undo()
            assert desk.states() == states
            assert (desk.place().card, desk.place().mode) == (card, mode)
            assert (back.card, back.mode, back.options, back.done) == (prompt.card, prompt.mode, prompt.options, prompt.done)
            assert (back.new, back.learning, back.due) == (prompt.new, prompt.learning, prompt.due)


@given(acts)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_who_leaves_comes_back_to_the_same_card_asked_the_same_way(open_desk, history):
    with open_desk() as desk:
        session = desk.session()
        for act, value in history:
            session = perform(desk, session, act, value)
            shown = session.prompt
            if shown:
                again = desk.session().prompt
                assert (again.card, again.mode, again.options) == (shown.card, shown.mode, shown.options)


@given(acts)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_answer_is_granted_what_the_feedback_showed(open_desk, history):
    with open_desk() as desk:
        session = desk.session()
        for act, value in history:
            if act == "answer" and session.prompt:
                feedback = session.check("Rhine")
                desk.clock.pass_(seconds=30)
                card = session.prompt.card.id
                session.answer(value)
                entry = list(desk.progress.entries(card=card))[-1]
                assert entry.granted == feedback.intervals[value]
            else:
                session = perform(desk, session, act, value)


def test_no_two_cards_of_a_question_are_new_on_one_day(desk):
    asked = set(desk.finish(desk.session()))
    assert len([card for card in asked if card.startswith("mixed/gaps")]) == 1
    assert len(asked) == 12
    desk.clock.pass_(days=1)
    assert {card for card in desk.finish(desk.session()) if card.startswith("mixed/gaps")} <= {"mixed/gaps#1", "mixed/gaps#2"}


def test_the_limit_of_new_cards_holds_over_restarts_and_ends_with_the_study_day(open_desk):
    with open_desk(new_per_day=3) as desk:
        assert desk.session().prompt.new == 3
        session = desk.session()
        for _ in range(2):
            desk.answer(session, Rating.EASY)
        assert desk.session().prompt.new == 1
        desk.answer(desk.session(), Rating.EASY)
        assert desk.session().prompt is None
        desk.clock.pass_(hours=18)  # three in the morning: still the same study day
        assert desk.session().prompt is None
        desk.clock.pass_(hours=1)
        assert desk.session().prompt.new == 3


def test_an_undone_answer_gives_its_place_under_the_limit_back(open_desk):
    with open_desk(new_per_day=1) as desk:
        session = desk.session()
        desk.answer(session, Rating.EASY)
        assert session.prompt is None
        session.undo()
        assert (session.prompt.new, desk.session().prompt.new) == (1, 1)


def test_the_limit_of_reviews_holds(open_desk, make_deck):
    with open_desk(make_deck(plain=12), reviews_per_day=4, load_balance=False) as desk:
        desk.finish(desk.session(), Rating.EASY)
        desk.clock.pass_(days=60)
        session = desk.session()
        assert (session.prompt.due, session.prompt.new) == (4, 1)  # and the next gap of the cloze, which waited
        assert len(set(desk.finish(session, Rating.EASY))) == 5
        assert desk.session().prompt is None


def test_a_session_goes_on_past_four_in_the_morning_with_the_new_day(open_desk):
    with open_desk(new_per_day=2) as desk:
        session = desk.session()
        desk.finish(session, Rating.EASY)
        assert session.prompt is None
        desk.clock.pass_(days=1)
        assert session.prompt.new == 2


def test_a_new_card_is_chosen_then_typed_when_it_is_known_and_chosen_again_after_a_lapse(open_desk):
    deck = Deck(id="d", title="D", questions=(Plain(id="q", question="Q?", answer="A", distractors=("B", "C")),))
    with open_desk(deck) as desk:
        session = desk.session()
        modes = []
        for days, rating in ((0, Rating.GOOD), (0, Rating.GOOD), (3, Rating.GOOD), (30, Rating.AGAIN), (0, Rating.GOOD)):
            desk.clock.pass_(days=days, minutes=11)
            modes.append(session.prompt.mode)
            desk.answer(session, rating)
        assert modes == [Mode.CHOOSE, Mode.CHOOSE, Mode.CHOOSE, Mode.TYPE, Mode.CHOOSE]


def test_a_session_of_one_card_says_when_it_comes_back(open_desk):
    deck = Deck(id="d", title="D", questions=(Plain(id="q", question="Q?", answer="A"),))
    with open_desk(deck, learning_steps=(1800, 7200)) as desk:
        session = desk.session()
        desk.answer(session, Rating.AGAIN)
        assert session.prompt is None
        assert (session.wait_until - desk.clock.now).total_seconds() == 600  # half an hour, less the twenty minutes ahead
        assert session.summary().next_due == "1 card in 30 minutes"
        desk.clock.pass_(seconds=600)
        assert session.prompt.card.id == "d/q"
        assert session.wait_until is None


def test_the_learners_mode_goes_before_the_pin_and_the_pin_before_the_decks(open_desk):
    questions = (
        Plain(id="pinned", question="Q?", answer="A", distractors=("B",), mode=Mode.REVEAL),
        Plain(id="free", question="R?", answer="A", distractors=("B",)),
        Plain(id="long", question="S?", answer="one two three four five six seven", distractors=("B",)),
    )
    deck = Deck(id="d", title="D", questions=questions, study=StudyOptions(mode=Mode.TYPE))

    def modes(desk, **options):
        session, seen = desk.session(**options), []
        for _ in questions:
            seen.append(session.prompt.mode)
            desk.answer(session, Rating.EASY)
        return seen

    with open_desk(deck) as desk:
        assert modes(desk) == [Mode.REVEAL, Mode.TYPE, Mode.CHOOSE]
    with open_desk(deck) as desk:
        desk.settings.decks["d"] = {"mode": "choose"}
        assert modes(desk) == [Mode.CHOOSE] * 3
    desk.settings.decks.clear()
    with open_desk(deck) as desk:
        assert modes(desk, mode=Mode.CHOOSE) == [Mode.CHOOSE] * 3


def test_set_mode_asks_the_card_on_show_anew(desk):
    session = desk.session()
    card = session.prompt.card
    assert session.prompt.mode is Mode.CHOOSE
    assert session.set_mode(Mode.REVEAL).mode is Mode.REVEAL
    assert session.prompt.card == card
    assert desk.place().mode is Mode.REVEAL
    assert session.set_mode(None).mode is Mode.CHOOSE


def test_suspended_and_buried_cards_are_left_out(desk):
    session = desk.session()
    suspended = session.prompt.card.id
    session.suspend()
    buried = session.prompt.card.id
    session.bury()
    assert not {suspended, buried} & set(desk.finish(session))
    desk.clock.pass_(days=1)
    asked = set(desk.finish(desk.session()))
    assert buried in asked
    assert suspended not in asked


def test_an_answer_keeps_what_was_asked_said_and_granted(desk):
    session = desk.session(mode=Mode.TYPE)
    prompt = session.prompt
    desk.clock.pass_(seconds=7)
    feedback = session.check("answer 0")
    desk.clock.pass_(seconds=2)
    session.answer(Rating.EASY)
    (entry,) = desk.progress.entries()
    assert (entry.act, entry.card, entry.mode, entry.response) == (Act.REVIEW, prompt.card.id, Mode.TYPE, "answer 0")
    assert (entry.verdict, entry.rating, entry.duration_ms) == (Verdict.RIGHT, Rating.EASY, 7000)
    assert (entry.before, entry.phase, entry.granted) == (Phase.NEW, Phase.REVIEW, feedback.intervals[Rating.EASY])
    assert entry.fingerprint == prompt.card.fingerprint
    assert (entry.at, entry.day) == (desk.clock.now, desk.clock.now.date().toordinal())


def test_an_overruled_verdict_is_the_one_that_is_kept(desk):
    session = desk.session(mode=Mode.TYPE)
    assert session.check("something else").suggested is Rating.AGAIN
    feedback = session.overrule(Verdict.RIGHT)
    assert (feedback.verdict, feedback.grade.verdict, feedback.suggested) == (Verdict.RIGHT, Verdict.RIGHT, Rating.GOOD)
    session.answer(feedback.suggested)
    assert next(iter(desk.progress.entries())).verdict is Verdict.RIGHT


def test_answering_before_checking_is_a_bug_and_writes_nothing(desk):
    session = desk.session()
    with pytest.raises(RuntimeError, match="not checked"):
        session.answer(Rating.GOOD)
    assert not list(desk.progress.entries())


# Undo


def test_the_last_answer_of_today_can_be_undone_after_a_restart(desk):
    card = desk.session().prompt.card
    desk.answer(desk.session(), Rating.GOOD)
    session = desk.session()
    assert session.can_undo
    assert session.undo().card == card
    assert not session.can_undo
    assert desk.states() == {}


def test_undo_works_when_nothing_is_left_to_ask(open_desk):
    deck = Deck(id="d", title="D", questions=(Plain(id="q", question="Q?", answer="A"),))
    with open_desk(deck) as desk:
        session = desk.session()
        desk.answer(session, Rating.EASY)
        assert session.prompt is None
        assert session.undo().card.id == "d/q"
        assert session.summary().reviews == 0


# A key that changed


def changed_deck(answer: str) -> Deck:
    return Deck(id="d", title="D", questions=(Plain(id="q", question="Q?", answer=answer), Plain(id="r", question="R?", answer="same")))


@pytest.mark.parametrize("keep", [True, False])
def test_a_changed_key_asks_once_whether_to_keep_or_start_over(open_desk, keep):
    with open_desk(changed_deck("old")) as desk:
        desk.finish(desk.session(), Rating.EASY)
        before = desk.states()
        desk.decks = [Dealt(changed_deck("new"))]
        session = desk.session()
        assert [card.id for card in session.changed] == ["d/q"]
        session.settle_changed(keep=keep)
        assert not session.changed
        assert not desk.session().changed
        assert desk.replayed() == desk.states()
        assert desk.states()["d/r"] == before["d/r"]
        if keep:
            assert desk.states()["d/q"].stability == before["d/q"].stability
        else:
            assert "d/q" not in desk.states()
            assert session.prompt.is_new


def test_mending_the_words_of_a_question_keeps_its_progress_unasked(open_desk):
    with open_desk(changed_deck("The Key")) as desk:
        desk.finish(desk.session(), Rating.EASY)
        desk.decks = [Dealt(changed_deck("the  key"))]
        assert not desk.session().changed


def test_a_session_counts_up_what_it_came_to(desk):
    session = desk.session()
    for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY):
        desk.answer(session, rating)
    summary = session.summary()
    assert (summary.reviews, summary.right, summary.again, summary.new) == (4, 3, 1, 4)
    assert (summary.seconds, summary.streak, len(summary.missed)) == (16.0, 1, 1)
    assert all(summary.by_rating[rating] == 1 for rating in Rating)
    assert desk.states()[summary.missed[0].id] != MemoryState()


def test_what_is_made_ready_while_the_learner_reads_changes_nothing_of_what_is_asked_and_graded(desk):
    ready, unready = desk.session(mode=Mode.TYPE), desk.session(mode=Mode.TYPE, scope="other")
    ready.rest()
    assert "_owners" in desk.decks[0].known.__dict__  # no response waits for it
    for response in ("answer", "no", "", None):
        assert ready.check(response) == unready.check(response)
    assert ready.prompt == unready.prompt
