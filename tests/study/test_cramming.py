"""Cramming, studying ahead, and keeping what belongs together apart."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Confidence, Evidence, Mode, Rating, Source, Verdict
from quizzer.core.queues import REACH, Review, apart
from quizzer.study import Cram, Session


def cram(desk, *, bits=7, mode=None):
    return Cram(progress=desk.progress, decks=desk.decks, settings=desk.settings, clock=desk.clock, dice=lambda _: bits, mode=mode)


def written(desk):
    return list(desk.progress.entries()), desk.states(), desk.place()


@settings(deadline=None)
@given(ratings=st.lists(st.sampled_from(Rating), max_size=60), bits=st.integers(0, 2**32))
def test_cramming_asks_every_card_until_it_is_known_and_writes_nothing(open_desk, ratings, bits):
    with open_desk() as desk:
        desk.answer(desk.session(), Rating.EASY)
        before = written(desk)
        session, asked, known = cram(desk, bits=bits), [], []
        ratings = iter(ratings)
        while prompt := session.prompt:
            session.rest()
            assert prompt.done == len(asked)
            assert prompt.learning + prompt.due == len(desk.decks[0].cards) - len(known)
            rating = next(ratings, Rating.GOOD)
            feedback = session.check("Rhine")
            assert (feedback.intervals[Rating.AGAIN], feedback.intervals[Rating.GOOD]) == ("once more", "done")
            session.answer(rating)
            asked.append(prompt.card.id)
            if rating is not Rating.AGAIN:
                known.append(prompt.card.id)
        assert sorted(known) == sorted(desk.decks[0].cards)
        summary = session.summary()
        assert summary.reviews == len(asked)
        assert summary.again == len(asked) - len(known)
        assert written(desk) == before


def test_cramming_mixes_the_cards_and_leaves_suspended_ones_out(desk):
    session = desk.session()
    suspended = session.prompt.card.id
    session.suspend()
    orders = []
    for bits in (1, 2):
        session, asked = cram(desk, bits=bits), []
        while session.prompt:
            asked.append(session.prompt.card.id)
            session.check(None)
            session.answer(Rating.GOOD)
        orders.append(asked)
        assert suspended not in asked
    assert orders[0] != orders[1] != list(desk.decks[0].cards)


def test_what_would_change_a_card_does_nothing_while_cramming(desk):
    session = cram(desk, mode=Mode.REVEAL)
    before, prompt = written(desk), session.prompt
    for act in (session.undo, session.redo, session.suspend, session.bury, session.flag):
        assert act() == prompt
    session.settle_changed(keep=False)
    assert session.set_mode(Mode.TYPE).card == prompt.card
    assert session.check("x").verdict in Verdict
    assert session.overrule(Verdict.RIGHT).verdict is Verdict.RIGHT
    assert session.card_past().did == ()
    assert written(desk) == before
    assert not (session.can_undo or session.can_redo or session.writes)


# Ahead


def test_studying_ahead_brings_cards_forward_as_ordinary_reviews(open_desk):
    deck = Deck(id="d", title="D", questions=tuple(Plain(id=f"q{n}", question=f"Q{n}?", answer=f"a{n}") for n in range(6)))
    with open_desk(deck, learning_steps=()) as desk:
        desk.finish(desk.session(), Rating.GOOD)
        before = desk.states()
        first = min(state.due_day for state in before.values()) - desk.clock.now.date().toordinal()
        assert desk.session().prompt is None
        assert ahead(desk, first - 1).prompt is None
        session = ahead(desk, 30)
        assert session.prompt.due == 6
        desk.clock.pass_(days=1)
        card = session.prompt.card.id
        desk.answer(session, Rating.GOOD)
        after = desk.states()[card]
        assert (after.reps, after.last_day) == (2, before[card].last_day + 1)
        assert after.due_day > before[card].due_day
        assert desk.replayed() == desk.states()
        assert ahead(desk, 30).prompt.due == 6  # the one answered is due again within them
        assert session.undo().card.id == card
        assert desk.states() == before


def ahead(desk, days):
    return Session(
        progress=desk.progress,
        decks=desk.decks,
        settings=desk.settings,
        clock=desk.clock,
        dice=lambda bits: (1 << bits) // 3 + desk.clock.now.second,
        scope="desk",
        ahead=days,
    )


# Topics

topics = st.frozensets(st.sampled_from("abcde"), max_size=3)


@given(st.lists(topics, max_size=60))
def test_neighbours_share_a_topic_only_where_no_card_within_reach_shares_fewer(drawn):
    cards = [Review(str(number), str(number), 1, about) for number, about in enumerate(drawn)]
    line = apart(cards)
    assert sorted(line, key=lambda card: int(card.card)) == cards
    for place, (before, card) in enumerate(pairwise(line), 1):
        assert int(card.card) <= place + REACH - 1
        later = sorted(line[place:], key=lambda card: int(card.card))[:REACH]
        assert len(before.topics & card.topics) == min(len(before.topics & other.topics) for other in later)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_cards_of_a_few_passages_are_never_neighbours(open_desk, count):
    passage = {f"d/q{n}": n * count // 20 for n in range(20)}
    questions = tuple(
        Plain(id=f"q{n}", question=f"What is {n}?", answer=f"a{n}", evidence=(Evidence(source="s", quote=f"p{passage[f'd/q{n}']}"),))
        for n in range(20)
    )
    deck = Deck(id="d", title="D", sources=(Source(id="s"),), questions=questions)
    with open_desk(deck, learning_steps=()) as desk:
        for days in (0, 90):
            desk.clock.pass_(days=days)
            asked = desk.finish(desk.session(), Rating.EASY)
            assert sorted(asked) == sorted(passage)
            assert all(passage[one] != passage[other] for one, other in pairwise(asked))


def test_without_topics_the_order_is_as_it_was():
    cards = [Review(str(number), str(number), number) for number in range(50)]
    assert apart(cards) == cards
    same = [Review(str(number), str(number), number, frozenset("x")) for number in range(50)]
    assert apart(same) == same


def test_cramming_shows_hints_and_lets_one_type_first_and_choose_then(open_desk):
    card = Plain(id="q", question="Which river?", answer="Rhine", distractors=("Elbe", "Oder"), hints=("It is long.", "It is German."))
    with open_desk(Deck(id="d", title="D", questions=(card,))) as desk:
        session = cram(desk, mode=Mode.TYPE_THEN_CHOOSE)
        assert session.prompt.hints == ()
        assert session.hint().hints == ("It is long.",)
        then = session.check("Danube").then
        assert sorted(then) == ["Elbe", "Oder", "Rhine"]
        feedback = session.check(then.index("Rhine"), sure=Confidence.GUESS)
        assert (feedback.verdict, feedback.hints, feedback.sure) == (Verdict.NEAR, 1, Confidence.GUESS)
        assert session.answer(Rating.GOOD) is None
        assert written(desk) == ([], {}, None)
