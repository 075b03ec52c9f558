"""A near answer is asked for once more, without penalty, and tells nothing of the key; the second one is final."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import Cloze, Deck, List, Match, Order, Plain
from quizzer.core.model import AnswerType, Confidence, Mode, Rating, Verdict
from quizzer.study.cramming import Cram

KEYS = {"date": "May 11, 2018", "crowd": "280 km", "name": "Amelia Mary Earhart", "crew": ("Armstrong", "Aldrin", "Collins")}


def deck() -> Deck:
    return Deck(
        id="d",
        title="D",
        questions=(
            Plain(id="date", question="When?", answer=KEYS["date"], distractors=("June 1, 2018", "May 2, 2017"), type=AnswerType.DATE),
            Plain(id="crowd", question="How many?", answer=KEYS["crowd"], distractors=("12 km", "7 km")),
            Plain(id="name", question="Who?", answer=KEYS["name"], distractors=("Bessie Coleman",), type=AnswerType.PERSON),
            List(id="crew", question="Who flew?", answers=KEYS["crew"]),
            Cloze(id="gap", cloze="It was on {{May 11, 2018}}."),
        ),
    )


def cram(desk, mode=Mode.TYPE):
    return Cram(progress=desk.progress, decks=desk.decks, settings=desk.settings, clock=desk.clock, dice=lambda bits: 1, mode=mode)


def upto(session, question):
    """Leave other cards aside until this one is on show."""
    while session.prompt.card.question != question:
        session.check("no")
        session.answer(Rating.GOOD)
    return session.prompt


@pytest.mark.parametrize("held", ["session", "cram"])
@pytest.mark.parametrize(
    ("question", "near", "note", "right"),
    [
        ("date", "May 2018", "the day is missing", "11 May 2018"),
        ("crowd", "280", "the unit is missing", "280 km"),
        ("crew", "Aldrin, Collins", "2 of 3", "Collins, Aldrin, Armstrong"),
        ("crew", "Aldrin, Collins, Gagarin", "2 of 3; not one of them: Gagarin", "Collins, Aldrin, Armstrong"),
    ],
)
def test_near_is_asked_again_once_with_its_reason_and_a_right_second_answer_is_good(open_desk, held, question, near, note, right):
    with open_desk(deck()) as desk:
        session = desk.session(mode=Mode.TYPE) if held == "session" else cram(desk)
        assert not upto(session, question).second
        first = session.check(near)
        assert first.again
        assert (first.verdict, first.grade.note) == (Verdict.NEAR, note)
        assert session.prompt.second
        second = session.check(right)
        assert (second.again, second.verdict, second.suggested) == (False, Verdict.RIGHT, Rating.GOOD)


@pytest.mark.parametrize(("second", "verdict", "rating"), [("May 2018", "near", Rating.HARD), ("June 2018", "wrong", Rating.AGAIN)])
def test_the_second_answer_is_final_and_it_is_what_is_logged(open_desk, second, verdict, rating):
    with open_desk(deck()) as desk:
        session = desk.session(mode=Mode.TYPE)
        upto(session, "date")
        assert session.check("May 2018").again
        feedback = session.check(second)
        assert (feedback.again, feedback.verdict, feedback.suggested, feedback.key) == (False, Verdict(verdict), rating, KEYS["date"])
        session.answer(feedback.suggested)
        *_, review = desk.progress.entries()
        assert (review.response, review.verdict) == (second, Verdict(verdict))


def test_it_is_asked_again_before_the_options_are_shown(open_desk):
    with open_desk(deck()) as desk:
        session = desk.session(mode=Mode.TYPE_THEN_CHOOSE)
        upto(session, "date")
        first = session.check("May 2018")
        assert first.again
        assert first.then == ()
        second = session.check("in May 2018")
        assert not second.again
        assert KEYS["date"] in second.then


def test_a_card_that_is_chosen_or_a_setting_that_says_no_is_final_at_once(open_desk):
    with open_desk(deck(), near_again=False) as desk:
        session = desk.session(mode=Mode.TYPE)
        upto(session, "date")
        assert not session.check("May 2018").again
        assert not cram(desk).check("May 2018").again
    with open_desk(deck()) as desk:
        session = desk.session(mode=Mode.CHOOSE)
        upto(session, "date")
        assert not session.check(0).again


def test_what_is_put_in_order_or_matched_is_final_at_once(open_desk):
    order = Order(id="order", order=("Basel", "Mainz", "Bonn", "Cologne"))
    match = Match(id="match", match=(("Rhine", "Cologne"), ("Elbe", "Dresden"), ("Oder", "Breslau"), ("Spree", "Berlin")))
    for question in (order, match):
        with open_desk(Deck(id="d", title="D", questions=(question,))) as desk:
            session = desk.session()
            prompt = session.prompt
            if question is order:
                places = [prompt.options.index(name) + 1 for name in ("Mainz", "Basel", "Bonn", "Cologne")]
                response = " ".join(map(str, places))
            else:
                letters = {right: "abcd"[n] for n, right in enumerate(prompt.options)}
                rights = ("Cologne", "Dresden", "Berlin", "Breslau")
                response = " ".join(f"{n}{letters[right]}" for n, right in enumerate(rights, 1))
            feedback = session.check(response)
            assert (feedback.verdict, feedback.again) == (Verdict.NEAR, False)


def test_a_hint_or_another_mode_gives_no_third_try_and_the_next_card_has_its_own(open_desk):
    with open_desk(deck()) as desk:
        session = desk.session(mode=Mode.TYPE)
        upto(session, "date")
        assert session.check("May 2018", sure=Confidence.THINK).again
        session.set_mode(Mode.TYPE_THEN_CHOOSE)
        assert session.prompt.second
        assert not session.check("May 2018").again
        session.answer(Rating.HARD)
        assert not session.prompt.second


@given(
    st.sampled_from(sorted(KEYS)), st.text(max_size=30) | st.sampled_from(["Earhart", "May", "2018", "280", "Aldrin", "aldrin collins foo"])
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_nothing_of_the_key_is_told_before_the_second_answer(open_desk, question, typed):
    with open_desk(deck()) as desk:
        session = desk.session(mode=Mode.TYPE)
        upto(session, question)
        feedback = session.check(typed)
        if feedback.again:
            told = msgspec.json.encode(msgspec.structs.replace(feedback, response="", intervals={})).decode().casefold()
            words = " ".join(KEYS[question]) if isinstance(KEYS[question], tuple) else KEYS[question]
            for word in words.replace(",", "").split():
                assert word.casefold() in typed.casefold() or word.casefold() not in told
            assert session.check(typed).again is False
