"""How cards are asked, and how responses are checked."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import Deck, Match, Order, Plain, Statement
from quizzer.core.model import MemoryState, Mode, Rating, Verdict
from quizzer.study.asking import mode_of, options_of


def only_card(question):
    (card,) = Deck(id="d", title="D", questions=(question,)).cards()
    return card


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=8)


@given(words, st.lists(words, min_size=1, max_size=6), st.integers(0, 30))
def test_options_hold_the_key_once_and_every_distractor_once(key, distractors, reps):
    card = only_card(Plain(id="q", question="Q?", answer=key, distractors=tuple(distractors)))
    options = options_of(card, Mode.CHOOSE, reps=reps)
    assert sorted(options) == sorted({key, *distractors})
    assert options == options_of(card, Mode.CHOOSE, reps=reps)


@given(st.lists(words, min_size=2, max_size=7, unique=True), st.integers(0, 30))
def test_things_to_put_in_order_are_never_in_order_already(things, reps):
    card = only_card(Order(id="q", order=tuple(things)))
    options = options_of(card, Mode.ORDER, reps=reps)
    assert sorted(options) == sorted(things)
    assert options != tuple(things)


def test_the_key_is_in_every_place_over_time():
    card = only_card(Plain(id="q", question="Q?", answer="A", distractors=("B", "C", "D")))
    places = {options_of(card, Mode.CHOOSE, reps=reps).index("A") for reps in range(60)}
    assert places == {0, 1, 2, 3}


@pytest.mark.parametrize("answer", [True, False])
def test_true_stands_before_false_whichever_is_right(answer):
    card = only_card(Statement(id="q", statement="S.", answer=answer))
    assert options_of(card, Mode.CHOOSE, reps=3) == ("True", "False")


def test_a_mode_a_card_cannot_be_asked_in_is_passed_over():
    card = only_card(Order(id="q", order=("a", "b")))
    assert mode_of(card, MemoryState(), wishes=(Mode.TYPE, None)) is Mode.ORDER
    assert mode_of(card, MemoryState(), wishes=(Mode.REVEAL,)) is Mode.REVEAL


def test_choosing_is_graded_by_the_option_picked(open_desk):
    deck = Deck(id="d", title="D", questions=(Plain(id="q", question="Q?", answer="A", distractors=("B", "C")),))
    with open_desk(deck) as desk:
        session = desk.session()
        options = session.prompt.options
        for index, option in enumerate(options):
            feedback = session.check(index)
            assert (feedback.chosen, feedback.response) == (index, option)
            assert (feedback.verdict is Verdict.RIGHT) == (option == "A")
            assert feedback.suggested is (Rating.GOOD if option == "A" else Rating.AGAIN)


def test_an_order_is_graded_by_its_digits_however_they_are_written(open_desk):
    right = ("Basel", "Mainz", "Bonn", "Cologne")
    with open_desk(Deck(id="d", title="D", questions=(Order(id="q", order=right),))) as desk:
        session = desk.session()
        options = session.prompt.options
        digits = [str(options.index(thing) + 1) for thing in right]
        swapped = [digits[1], digits[0], *digits[2:]]
        for response in (" ".join(digits), ",".join(digits), "".join(digits)):
            assert session.check(response).verdict is Verdict.RIGHT
        assert session.check(" ".join(swapped)).verdict is Verdict.NEAR
        assert session.check(" ".join(reversed(digits))).verdict is Verdict.WRONG
        assert session.check(" ".join(digits)).response == "Basel → Mainz → Bonn → Cologne"
        for response in ("1 2 3", "1 1 2 3", "1 2 3 4 4", "0 1 2 3", "", "one two", "9" * 6000, "²¹³⁴"):
            assert session.check(response).verdict is Verdict.WRONG


def matching(session, *rights):
    """A response that gives the lefts these rights, in their order."""
    options = session.prompt.options
    return [f"{number}{'abcdefghijkl'[options.index(right)]}" for number, right in enumerate(rights, start=1)]


MATCH = Match(id="q", match=(("Peru", "Lima"), ("Chile", "Santiago"), ("Cuba", "Havana"), ("Iraq", "Baghdad")), distractors=("Rome",))


def test_pairs_are_graded_however_they_are_written(open_desk):
    with open_desk(Deck(id="d", title="D", questions=(MATCH,))) as desk:
        session = desk.session()
        pairs = matching(session, "Lima", "Santiago", "Havana", "Baghdad")
        spaced = [f"{pair[0]} - {pair[1].upper()}" for pair in reversed(pairs)]
        for response in (" ".join(pairs), "".join(pairs), "; ".join(spaced), "".join(pair[1] for pair in pairs)):
            feedback = session.check(response)
            assert (feedback.verdict, feedback.response) == (Verdict.RIGHT, "Peru – Lima, Chile – Santiago, Cuba – Havana, Iraq – Baghdad")
        for response in ("", "1", "ab", "9z", "1z 2z", "one two", "1" * 6000, "²b"):
            assert session.check(response).verdict is Verdict.WRONG


@settings(max_examples=30, deadline=None)
@given(st.permutations(MATCH.match))
def test_pairs_listed_in_another_order_are_the_same_key(pairs):
    again = only_card(Match(id="q", match=tuple(pairs)))
    assert again.fingerprint == only_card(MATCH).fingerprint
    assert only_card(Match(id="q", match=(*MATCH.match[:3], ("Iraq", "Basra")))).fingerprint != again.fingerprint


@settings(deadline=None)
@given(st.permutations(["Lima", "Santiago", "Havana", "Baghdad", "Rome"]), st.integers(0, 4))
def test_half_of_the_pairs_is_near_and_less_is_wrong(open_desk, rights, given_pairs):
    with open_desk(Deck(id="d", title="D", questions=(MATCH,))) as desk:
        session = desk.session()
        feedback = session.check(" ".join(matching(session, *rights[:given_pairs])))
        good = sum(right == wanted for right, (_, wanted) in zip(rights[:given_pairs], MATCH.match, strict=False))
        wanted = Verdict.RIGHT if good == 4 else Verdict.NEAR if good >= 2 else Verdict.WRONG
        assert feedback.verdict is wanted
        assert feedback.suggested is {Verdict.RIGHT: Rating.GOOD, Verdict.NEAR: Rating.HARD, Verdict.WRONG: Rating.AGAIN}[wanted]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 5), st.sampled_from(["a", "x"]), st.sampled_from([Mode.TYPE, Mode.REVEAL]))
def test_each_hint_suggests_one_rating_lower_and_writes_nothing(open_desk, taken, response, mode):
    question = Plain(id="q", question="Q?", answer="a", hints=("one", "two", "three"))
    with open_desk(Deck(id="d", title="D", questions=(question,))) as desk:
        session = desk.session(mode=mode)
        plain = session.check(response).suggested
        session.close()
        session = desk.session(mode=mode)
        for _ in range(taken):
            session.hint()
        assert session.prompt.hints == ("one", "two", "three")[:taken]
        feedback = session.check(response)
        assert feedback.suggested == max(Rating.AGAIN, plain - min(taken, 3))
        assert feedback.hints == min(taken, 3)
        assert list(desk.progress.entries()) == []


def test_choosing_right_after_typing_is_near_and_nothing_is_final_before(open_desk):
    question = Plain(id="q", question="Q?", answer="Lima", distractors=("Cusco", "Quito"))
    with open_desk(Deck(id="d", title="D", questions=(question,))) as desk:
        session = desk.session(mode=Mode.TYPE_THEN_CHOOSE)
        options = session.prompt.options
        assert sorted(options) == ["Cusco", "Lima", "Quito"]
        assert (session.check("lima").verdict, session.check("lima").then) == (Verdict.RIGHT, ())
        for typed, verdict in (("Cusco", Verdict.WRONG), ("", Verdict.WRONG)):
            tried = session.check(typed)
            assert (tried.verdict, tried.then) == (verdict, options)
            for index, option in enumerate(options):
                feedback = session.check(index)
                assert feedback.verdict is (Verdict.NEAR if option == "Lima" else Verdict.WRONG)
                assert (feedback.chosen, feedback.response, feedback.then) == (index, typed, ())
        assert session.check(99).verdict is Verdict.WRONG


@given(st.integers(0, 30))
def test_rights_are_offered_once_each_with_the_wrong_ones_among_them(reps):
    card = only_card(Match(id="q", match=(("a", "x"), ("b", "x"), ("c", "y")), distractors=("z",)))
    assert sorted(options_of(card, Mode.MATCH, reps=reps)) == ["x", "y", "z"]


@settings(max_examples=30, deadline=None)
@given(st.one_of(st.none(), st.integers(), st.text(max_size=40), st.text(st.characters(categories=["Cs", "Cc", "Mn"]), max_size=9)))
def test_checking_is_total(open_desk, make_deck, response):
    with open_desk(make_deck(plain=1)) as desk:
        session = desk.session()
        seen = set()
        while session.prompt and session.prompt.card.id not in seen:
            seen.add(session.prompt.card.id)
            for mode in Mode:
                session.set_mode(mode)
                feedback = session.check(response)
                assert (feedback.verdict is None) == (session.prompt.mode is Mode.REVEAL)
            session.answer(random.Random(repr(response)).choice(list(Rating)))


def test_an_endless_response_is_graded_and_kept_in_part(desk):
    session = desk.session(mode=Mode.TYPE)
    session.check("x" * 3_000_000)
    session.answer(Rating.AGAIN)
    assert len(next(iter(desk.progress.entries())).response) == 10_000


def test_a_distractor_that_is_typed_is_wrong_however_much_it_looks_like_the_key(open_desk):
    question = Plain(id="q", question="Which?", answer="Democratic Republic of Congo", distractors=("Republic of the Congo", "Guinea"))
    with open_desk(Deck(id="d", title="D", questions=(question,))) as desk:
        session = desk.session(mode=Mode.TYPE)
        assert session.check("Republic of the Congo").verdict is Verdict.WRONG
        assert session.check("democratic republik of congo").verdict is Verdict.RIGHT
