"""What is asked next."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.queues import LEARN_AHEAD, LONG_DUE, DeckDay, Fresh, Learning, Queue, Review, line_up

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = NOW.date().toordinal()


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


def drained(queue: Queue, now: datetime = NOW) -> list[str]:
    """Ask every card once, as if each were answered for good."""
    asked: list[str] = []
    while card := queue.next(now, last=asked[-1] if asked else ""):
        asked.append(card)
        queue.settle(card)
    return asked


names = st.lists(st.integers(0, 60), unique=True, max_size=40)


@st.composite
def deck_days(draw: st.DrawFn, deck: str = "d") -> DeckDay:
    numbers = draw(names)
    question = {number: f"{deck}/q{draw(st.integers(0, 25))}" for number in numbers}
    cut, end = sorted((draw(st.integers(0, len(numbers))), draw(st.integers(0, len(numbers)))))
    learning = [Learning(minutes(draw(st.integers(-30, 90))), f"{deck}/{n}", question[n]) for n in numbers[:cut]]
    reviews = [Review(f"{deck}/{n}", question[n], DAY - draw(st.integers(0, 5))) for n in numbers[cut:end]]
    fresh = [Fresh(f"{deck}/{n}", question[n]) for n in numbers[end:]]
    asked = {f"{deck}/q{n}": f"{deck}/asked" for n in draw(st.sets(st.integers(0, 25), max_size=4))}
    return DeckDay(
        learning=learning,
        reviews=reviews,
        fresh=fresh,
        asked=asked,
        new_left=draw(st.integers(0, 15)),
        reviews_left=draw(st.integers(0, 15)),
    )


@given(deck_days(), deck_days("e"))
def test_limits_hold_and_no_question_is_asked_twice_but_for_learning_cards(one: DeckDay, two: DeckDay) -> None:
    asked = drained(line_up([one, two], day=DAY, learner="me"), minutes(200))
    assert len(asked) == len(set(asked))
    for deck in (one, two):
        new = [card for card in deck.fresh if card.card in asked]
        reviews = [card for card in deck.reviews if card.card in asked]
        assert len(new) <= deck.new_left
        assert len(reviews) <= deck.reviews_left
        questions = [card.question for card in (*new, *reviews)]
        assert len(questions) == len(set(questions))
        assert not set(questions) & (deck.asked.keys() | {card.question for card in deck.learning})
        assert {card.card for card in deck.learning} <= set(asked)


@given(deck_days())
def test_every_card_that_may_be_asked_is_asked(deck: DeckDay) -> None:
    asked = set(drained(line_up([deck], day=DAY, learner="me"), minutes(200)))
    taken = deck.asked.keys() | {card.question for card in deck.learning}
    due = {card.question for card in deck.reviews} - taken
    assert sum(card.card in asked for card in deck.reviews) == min(len(due), deck.reviews_left)
    asked_questions = taken | {card.question for card in deck.reviews if card.card in asked}
    fresh = {card.question for card in deck.fresh} - asked_questions
    assert sum(card.card in asked for card in deck.fresh) == min(len(fresh), deck.new_left)


@given(deck_days(), deck_days("e"))
def test_the_same_values_give_the_same_queue_and_counts_say_what_is_left(one: DeckDay, two: DeckDay) -> None:
    queue, again = (line_up([one, two], day=DAY, learner="me") for _ in range(2))
    total = queue.new + queue.learning + queue.reviews
    asked = drained(queue, minutes(200))
    assert asked == drained(again, minutes(200))
    assert len(asked) == total
    assert (queue.new, queue.learning, queue.reviews) == (0, 0, 0)


def test_a_card_that_starts_over_today_is_asked_again_today_and_its_siblings_are_not() -> None:
    deck = DeckDay(fresh=[Fresh("d/q#1", "d/q"), Fresh("d/q#2", "d/q")], asked={"d/q": "d/q#2"}, new_left=9)
    assert drained(line_up([deck], day=DAY, learner="me")) == ["d/q#2"]


def test_longest_overdue_comes_first_and_cards_of_one_day_are_mixed_by_learner_and_day() -> None:
    reviews = [Review(f"d/{n}", f"q{n}", DAY - n // 50) for n in range(100)]
    deck = DeckDay(reviews=reviews, reviews_left=100)
    mine = drained(line_up([deck], day=DAY, learner="me"))
    due = {card.card: card.due_day for card in reviews}
    assert [due[card] for card in mine] == sorted(due.values())
    assert mine != drained(line_up([deck], day=DAY, learner="you"))
    assert mine != drained(line_up([deck], day=DAY + 1, learner="me"))


def test_new_cards_come_in_the_order_of_the_deck_spread_evenly_over_the_reviews() -> None:
    deck = DeckDay(
        reviews=[Review(f"r{n}", f"r{n}", DAY) for n in range(20)],
        fresh=[Fresh(f"n{n}", f"n{n}") for n in range(5)],
        new_left=5,
        reviews_left=20,
    )
    asked = drained(line_up([deck], day=DAY, learner="me"))
    places = [place for place, card in enumerate(asked) if card[0] == "n"]
    assert [asked[place] for place in places] == [f"n{n}" for n in range(5)]
    assert all(4 <= later - place <= 6 for place, later in pairwise(places))


def test_reading_new_cards_stops_at_the_limit() -> None:
    read = []

    def fresh() -> object:
        for number in range(100_000):
            read.append(number)
            yield Fresh(f"d/{number}", f"q{number}")

    line_up([DeckDay(fresh=fresh(), new_left=20)], day=DAY, learner="me")
    assert len(read) == 20


def test_learning_cards_come_when_due_and_ahead_only_when_nothing_else_is_left() -> None:
    queue = Queue(["a", "b"], learning=[Learning(minutes(10), "l", "l")])
    assert queue.next(NOW) == "a"
    assert queue.next(minutes(10)) == "l"
    queue.settle("a")
    queue.settle("b")
    assert queue.next(NOW, last="b") == "l"
    assert queue.wakes_at == minutes(10) - LEARN_AHEAD


def test_a_learning_card_beyond_the_look_ahead_waits() -> None:
    queue = Queue([], learning=[Learning(minutes(30), "l", "l")])
    assert queue.next(NOW) is None
    assert queue.wakes_at is not None
    assert queue.next(queue.wakes_at) == "l"


def test_the_same_card_is_not_asked_twice_running_while_there_is_another() -> None:
    queue = Queue(["a"], learning=[Learning(minutes(-1), "l", "l"), Learning(minutes(15), "m", "m")])
    assert queue.next(NOW, last="l") == "a"
    queue.settle("a")
    assert queue.next(NOW, last="l") == "m"
    queue.settle("m")
    assert queue.next(NOW, last="l") == "l"


@given(deck_days(), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 25)), max_size=60), st.randoms(use_true_random=False))
def test_looking_ahead_past_an_answer_shows_what_then_comes(deck: DeckDay, answers: list[tuple[int, int]], dice: random.Random) -> None:
    queue = line_up([deck], day=DAY, learner="me")
    now, last = NOW, ""
    for back, wait in answers:
        now += timedelta(minutes=wait)
        card = queue.next(now, last=last)
        if card is None:
            continue
        returns_at = now + timedelta(minutes=dice.choice([1, 10, 40])) if back else None
        ahead = queue.after(card, now, returns_at=returns_at)
        left = queue.new + queue.learning + queue.reviews
        queue.settle(card, question=card, returns_at=returns_at)
        assert queue.next(now, last=card) == ahead
        assert queue.new + queue.learning + queue.reviews == left - (returns_at is None)
        if ahead == card:
            assert queue.new + queue.reviews == 0
        last = card


def test_the_card_asked_before_is_asked_again_when_it_is_the_only_one_due() -> None:
    assert Queue(["a"]).next(NOW, last="a") == "a"
    assert Queue(["a"]).after("a", NOW) is None


def test_a_card_insisted_on_comes_in_place_of_its_siblings() -> None:
    queue = Queue(["q#1", "r"], new=["q#1"])
    queue.insist("q#2", new=True, siblings=["q#1", "q#2", "q#3"])
    assert (queue.new, queue.reviews, queue.next(NOW)) == (1, 1, "q#2")
    queue.settle("q#2")
    assert queue.next(NOW) == "r"


def test_a_card_insisted_on_is_asked_and_counted_once() -> None:
    queue = Queue(["a", "b"], new=["a"], learning=[Learning(LONG_DUE, "l", "l")])
    queue.insist("x", new=True)
    queue.insist("a", new=True)
    queue.insist("l", new=False)
    assert (queue.new, queue.learning, queue.reviews) == (2, 1, 1)
    assert sorted(drained(queue)) == ["a", "b", "l", "x"]
