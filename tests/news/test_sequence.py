"""Questions of order: what is asked, what gives no order, and what holds for every one."""

import itertools
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import Order
from quizzer.core.model import AnswerType
from quizzer.news import Generated, generate, read_text
from quizzer.news.facts import Course, Fact, Frame, Sort
from quizzer.news.sequence import courses
from quizzer.news.values import Day, Span, Value

DATED = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b|\b(?:after|before|later)\b"
)


def dated(number: int, when: Day, *, event: str = "") -> Fact:
    """A dated fact: the company of that number, or ``event``, opened its works then."""
    subject = event or f"The {'ABCDEFGHIJ'[number % 10] * 3} Company"
    frame = Frame(gap="time", subject=subject, verb="opened", lemma="open", tag="VBD", rest=(f"Works{number}",), weight=9)
    span = Span("a.txt", 10 * number, 10 * number + 9)
    return Fact(sort=Sort.WHEN, key=f"when {number}", answer=when.value(), frame=frame, evidence=(span,))


days = st.builds(
    lambda year, month, day: Day("", year, month, day if month else 0),
    st.integers(1900, 1906),
    st.integers(0, 12),
    st.sampled_from((0, 1, 15, 28)),
)


@given(st.lists(days, max_size=9))
@settings(max_examples=150, deadline=None)
def test_what_is_put_in_order_is_surely_in_that_order(times: list[Day]) -> None:
    facts = [dated(number, when) for number, when in enumerate(times)]
    bounds = {f"Works{number}": when.bounds() for number, when in enumerate(times)}
    for course in courses(facts):
        assert isinstance(course.frame, Course)
        assert 3 <= len(course.frame.events) <= 5
        assert len(set(course.frame.events)) == len(course.frame.events)
        spans = [bounds[event.split(" opened ")[1]] for event in course.frame.events]
        assert all(one[1] < other[0] for one, other in itertools.pairwise(spans))
        assert set(course.evidence) <= {span for fact in facts for span in fact.evidence}


@given(st.permutations(range(6)))
@settings(max_examples=50, deadline=None)
def test_the_order_the_facts_come_in_changes_nothing(order: list[int]) -> None:
    facts = [dated(number, Day("", 1900 + number)) for number in range(6)]
    assert [course.frame for course in courses([facts[at] for at in order])] == [course.frame for course in courses(facts)]


def test_times_that_overlap_are_in_no_order() -> None:
    facts = [dated(0, Day("", 1901)), dated(1, Day("", 1901, 5)), dated(2, Day("", 1901, 5, 3)), dated(3, Day("", 1903))]
    assert not list(courses(facts))


@pytest.mark.parametrize("event", ["He", "The firm founded after the war", "The mill of 1907", "The same mill", "The two mills"])
def test_an_event_that_leans_or_gives_its_place_away_is_left_out(event: str) -> None:
    facts = [dated(number, Day("", 1901 + number)) for number in range(2)]
    assert not list(courses([*facts, dated(2, Day("", 1909), event=event)]))
    assert list(courses([*facts, dated(2, Day("", 1909))]))


def test_what_somebody_only_claims_is_no_event() -> None:
    claimed = dated(2, Day("", 1909))
    assert isinstance(claimed.frame, Frame)
    frame = msgspec.structs.replace(claimed.frame, claimed_by="Ann Lee")
    facts = [dated(0, Day("", 1901)), dated(1, Day("", 1902))]
    assert not list(courses([*facts, msgspec.structs.replace(claimed, frame=frame)]))
    assert list(courses([*facts, claimed]))


def orders(made: Generated) -> list[Order]:
    return [question for question in made.deck.questions if isinstance(question, Order)]


def test_the_events_of_an_article_are_asked_for_in_their_order(decks: dict[str, Generated]) -> None:
    (question,) = orders(decks["moon-landing.txt"])
    assert question.order[0] == "President John F. Kennedy asked Congress to land a man on the moon"
    assert question.order[1].startswith("A Saturn V rocket lifted the crew of Apollo 11")
    assert "Neil Armstrong became the first person" in question.order[2]
    assert len(question.evidence) >= len(question.order)


def test_no_event_gives_its_time_away(decks: dict[str, Generated]) -> None:
    found = [question for made in decks.values() for question in orders(made)]
    assert found
    for question in found:
        for event in question.order:
            assert not DATED.search(event), event
            assert event[0].isupper()


def test_two_events_are_too_few() -> None:
    text = (
        "A bank and a bridge\n\nIn 1904, Amadeo Giannini founded the Bank of Italy in San Francisco.\n\n"
        "In 1937, Joseph Strauss finished the Golden Gate Bridge in San Francisco.\n"
    )
    assert not orders(generate([read_text(text, name="a.txt")], deck_id="deck"))
    more = text + "\nIn 1906, the Southern Pacific Company carried 300,000 people out of San Francisco.\n"
    (question,) = orders(generate([read_text(more, name="a.txt")], deck_id="deck"))
    assert [event.split()[0] for event in question.order] == ["Amadeo", "The", "Joseph"]
    assert question.kind == "order"
    assert all(evidence.quote for evidence in question.evidence)
    assert next(question.deal("deck")).answer.ordered


def test_an_event_of_another_matter_is_left_out() -> None:
    facts = [dated(number, Day("", 1901 + number)) for number in range(3)]
    stray = msgspec.structs.replace(dated(3, Day("", 1909)).frame, subject="Ada Palmer", verb="sang", lemma="sing", rest=("in Paris",))
    (course,) = courses([*facts, msgspec.structs.replace(dated(3, Day("", 1909)), frame=stray)])
    assert isinstance(course.frame, Course)
    assert not any("Palmer" in event for event in course.frame.events)
    assert len(course.frame.events) == 3


def test_a_time_that_is_not_asked_for_dates_an_event_too() -> None:
    frame = Frame(gap="subject", verb="opened", lemma="open", tag="VBD", rest=("Works9", "in 1909"), weight=9)
    whom = Value(text="The XXX Company", type=AnswerType.ORGANISATION, same="xxx")
    other = Fact(sort=Sort.DID, key="did", answer=whom, frame=frame, evidence=(Span("a.txt", 90, 99),))
    (course,) = courses([other, *(dated(number, Day("", 1901 + number)) for number in range(2))])
    assert isinstance(course.frame, Course)
    assert course.frame.events[-1] == "The XXX Company opened Works9"


@pytest.mark.parametrize("time", ["by 1909", "in 1909 and in 1910", "from 1909 to 1911", "as reported in 1909"])
def test_a_time_that_dates_no_event_is_not_taken_for_one(time: str) -> None:
    frame = Frame(gap="subject", verb="opened", lemma="open", tag="VBD", rest=("Works9", time), weight=9)
    whom = Value(text="The XXX Company", type=AnswerType.ORGANISATION, same="xxx")
    other = Fact(sort=Sort.DID, key="did", answer=whom, frame=frame, evidence=(Span("a.txt", 90, 99),))
    assert not list(courses([other, *(dated(number, Day("", 1901 + number)) for number in range(2))]))
