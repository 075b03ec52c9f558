"""Wrong options: of the key's sort, shape and size, never right, the same whatever stands around."""

import datetime as dt
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.grading import grade
from quizzer.core.kinds import Plain
from quizzer.core.model import Answer, AnswerType, Part, Verdict
from quizzer.news import Article, Generated, read_text
from quizzer.news.distractors import distractors
from quizzer.news.document import parse
from quizzer.news.entities import Entities, record
from quizzer.news.facts import Fact, Frame, Saying, Sort
from quizzer.news.families import institutions_like, landmarks_like
from quizzer.news.language import load
from quizzer.news.near_values import near_amounts, near_dates
from quizzer.news.search import facts_of
from quizzer.news.stock import places_like, posts_like
from quizzer.news.values import Day, Span, Value, read_date, read_number
from quizzer.news.wording import ask

from .conftest import plain_questions


def found_in(article: Article) -> tuple[list[Fact], Entities]:
    document = next(parse([article], load("")))
    one = record(document)
    entities = Entities([one])
    return [fact for fact in facts_of(document, entities.part(one)) if isinstance(fact, Fact)], entities


@pytest.fixture(scope="module")
def searched(articles: dict[str, Article]) -> dict[str, tuple[list[Fact], Entities]]:
    return {name: found_in(article) for name, article in articles.items()}


def options(fact: Fact, facts: list[Fact], entities: Entities, seed: int = 0) -> tuple[str, ...]:
    return distractors(fact, ask(fact)[0], facts=facts, entities=entities, latest=None, dice=random.Random(seed))


def is_right(text: str, value: Value) -> bool:
    return grade(text, Answer((Part(value.text, value.accept, value.type),))).verdict is Verdict.RIGHT


def test_no_option_is_right_doubled_or_named_in_its_question(searched: dict[str, tuple[list[Fact], Entities]]) -> None:
    offered = 0
    for facts, entities in searched.values():
        for fact in facts:
            stem = ask(fact)[0]
            wrong = options(fact, facts, entities) if stem else ()
            offered += len(wrong)
            assert len(wrong) <= 3
            for place, text in enumerate(wrong):
                assert not is_right(text, fact.answer)
                assert not any(is_right(text, Value(text=other, type=fact.answer.type, same="")) for other in wrong[:place])
                assert f" {text.lower()} " not in f" {stem.lower().rstrip('?')} ", (stem, text)
    assert offered > 100


def test_the_facts_order_and_facts_of_other_things_change_no_option(searched: dict[str, tuple[list[Fact], Entities]]) -> None:
    facts, entities = searched["moon-landing.txt"]
    for fact in facts:
        once = options(fact, facts, entities)
        assert once == options(fact, facts, entities)
        assert once == options(fact, list(reversed(facts)), entities)


def test_the_seed_chooses_among_options(searched: dict[str, tuple[list[Fact], Entities]]) -> None:
    facts, entities = searched["climate-accord.txt"]
    assert any(options(fact, facts, entities, 0) != options(fact, facts, entities, 1) for fact in facts if ask(fact)[0])


def test_options_have_the_shape_of_the_key(decks: dict[str, Generated]) -> None:
    def shape(text: str) -> tuple[bool, bool, bool, str]:
        unit = re.sub(r"^(?:\d[\d,.]*|[a-z]+(?:-[a-z]+)?) ", "", text) if re.match(r"\d|[a-z]+ \w+$", text) else ""
        return "$" in text, "%" in text or "percent" in text, "million" in text, unit

    seen = 0
    for made in decks.values():
        for question in plain_questions(made):
            for text in question.distractors:
                if question.type in (AnswerType.NUMBER, AnswerType.MONEY, AnswerType.DURATION):
                    assert shape(text)[:3] == shape(question.answer)[:3], (question.answer, text)
                    seen += 1
                if question.type is AnswerType.DATE:
                    one, other = read_date(question.answer), read_date(text)
                    assert one is not None
                    assert other is not None
                    assert one.grain == other.grain
                    seen += 1
    assert seen > 30


def test_no_option_is_the_answer_to_the_same_question_elsewhere() -> None:
    text = (
        "The founders\n\nIn 1836, Samuel Colt opened a works in Paterson.\n\nThe engineer Eli Whitney met Robert Fulton and John Fitch.\n\n"
        "Samuel Morse and Cyrus McCormick saw the works in 1840, and James Watt did not.\n"
    )
    facts, entities = found_in(read_text(text, name="own.txt"))
    one, other = (person for person in entities.people.all if person.name in ("Samuel Colt", "Eli Whitney"))

    def fact(person: str, entity: str, at: int) -> Fact:
        frame = Frame(gap="subject", verb="opened", lemma="open", tag="VBD", rest=("a works in Paterson", "in 1836"), weight=9,
                      terms=frozenset(("open", "works", "paterson", "1836")), counted="Who")  # fmt: skip
        answer = Value(text=person, type=AnswerType.PERSON, same=entity, entity=entity)
        return Fact(sort=Sort.DID, key="did", answer=answer, frame=frame, evidence=(Span("own.txt", at, at + 9),))

    both = [fact(one.name, one.key, 20), fact(other.name, other.key, 200)]
    wrong = distractors(both[0], "Who opened a works?", facts=[*facts, *both], entities=entities, latest=None, dice=random.Random(0))
    assert wrong
    assert both[1].answer.text not in wrong


def test_who_is_told_of_in_the_same_event_is_no_option() -> None:
    text = "The race\n\nRoald Amundsen raced Robert Scott. Ernest Shackleton, Fridtjof Nansen and James Ross had been south.\n"
    _, entities = found_in(read_text(text, name="own.txt"))
    terms = frozenset(("reach", "south", "pole", "1911"))
    asked = Fact(
        sort=Sort.DID, key="did", evidence=(Span("own.txt", 0, 9),),
        answer=Value(text="Roald Amundsen", type=AnswerType.PERSON, same="roald amundsen", entity="roald amundsen"),
        frame=Frame(gap="subject", verb="reached", lemma="reach", rest=("the South Pole", "in 1911"), terms=terms, counted="Who"),
    )  # fmt: skip
    when = Fact(
        sort=Sort.WHEN, key="when", evidence=(Span("own.txt", 500, 509),), answer=Day("", 1911).value(),
        frame=Frame(gap="time", subject="Robert Scott", verb="reached", lemma="reach", rest=("the South Pole",), terms=terms),
    )  # fmt: skip
    alone = distractors(asked, "Who reached it?", facts=[asked], entities=entities, latest=None, dice=random.Random(0))
    beside = distractors(asked, "Who reached it?", facts=[asked, when], entities=entities, latest=None, dice=random.Random(0))
    assert beside
    assert "Robert Scott" not in beside
    assert set(beside) <= {*alone, "Ernest Shackleton", "Fridtjof Nansen", "James Ross"}


def test_a_name_inside_a_quotation_is_not_offered_for_who_said_it() -> None:
    text = "The race\n\nRoald Amundsen raced Robert Scott. Ernest Shackleton, Fridtjof Nansen and James Ross had been south.\n"
    _, entities = found_in(read_text(text, name="own.txt"))
    fact = Fact(
        sort=Sort.SAID, key="said", evidence=(Span("own.txt", 0, 9),), frame=Saying(words="Scott came a month after us"),
        answer=Value(text="Roald Amundsen", type=AnswerType.PERSON, same="roald amundsen", entity="roald amundsen"),
    )  # fmt: skip
    wrong = distractors(
        fact, "Who said, “Scott came a month after us”?", facts=[fact], entities=entities, latest=None, dice=random.Random(0)
    )
    assert wrong
    assert "Robert Scott" not in wrong


counts = st.integers(2, 10**7).map(lambda number: f"{number:,}")
floors = st.sampled_from(("", "more than ", "at least ", "about ", "nearly ", "up to ", "fewer than "))


@given(floors, counts)
@settings(max_examples=150, deadline=None)
def test_amounts_near_one_are_false_whatever_more_than_or_up_to_says(lead: str, number: str) -> None:
    key = read_number(number)
    assert key is not None
    value = Value(text=f"{lead}{number}", type=AnswerType.NUMBER, same=number, low=key, high=key, unit="ship")
    for text in near_amounts(value, random.Random(1)):
        other = read_number(text.removeprefix(lead))
        assert other is not None
        assert other != key
        assert text.startswith(lead)
        if lead in ("more than ", "at least "):
            assert other > key
        if lead in ("nearly ", "up to ", "fewer than "):
            assert other < key


@given(st.integers(1, 10**6), st.integers(0, 5))
@settings(max_examples=100, deadline=None)
def test_amounts_near_one_are_as_round_as_it_is(number: int, zeros: int) -> None:
    key = number * 10**zeros
    value = Value(text=f"{key:,}", type=AnswerType.NUMBER, same=str(key), low=key, high=key, unit="ship")
    trailing = len(str(key)) - len(str(key).rstrip("0")) - (str(key).strip("0") == "1")
    for text in near_amounts(value, random.Random(1)):
        assert int(text.replace(",", "")) % 10 ** max(trailing, 0) == 0


@pytest.mark.parametrize(
    ("text", "unit", "pattern"),
    [
        ("51 percent", "percent", r"\d\d? percent"),
        ("$1.4 billion", "$", r"\$\d\.\d billion"),
        ("three weeks", "week", r"\w+ weeks"),
        ("an estimated 650 million", "person", r"an estimated [\d,]+ million"),
    ],
)
def test_amounts_near_one_are_worded_like_it(text: str, unit: str, pattern: str) -> None:
    number = read_number(re.sub(r"^an estimated | percent$| weeks$", "", text)) or 0.0
    made = list(near_amounts(Value(text=text, type=AnswerType.NUMBER, same=text, low=number, high=number, unit=unit), random.Random(3)))
    assert len(made) >= 3
    assert all(re.fullmatch(pattern, one) for one in made), made


days = st.builds(
    lambda year, month, day: Day("", year, month, day if month else 0),
    st.integers(1, 9998),
    st.integers(0, 12),
    st.sampled_from((0, 1, 28)),
)


@given(days, st.lists(days, max_size=4))
@settings(max_examples=150, deadline=None)
def test_dates_near_one_have_its_grain_and_lie_elsewhere_in_time(day: Day, told: list[Day]) -> None:
    value = day.value()
    latest = dt.date(day.year, day.month or 12, 28)
    for text in near_dates(value, [one.value() for one in told], latest=latest, dice=random.Random(1)):
        if other := read_date(text):  # years of four figures only are read
            assert other.grain == day.grain
            low, high = other.bounds()
            assert high < value.low or value.high < low
            if text not in [one.spoken() for one in told]:
                assert low <= latest.toordinal()


KINDS = [
    ("the State Department", "", "the Justice Department", "NASA"),
    ("CNN", "", "MSNBC", "the New York Times"),
    ("Fort Hays State University", "", "Yale University", "Harvard Law School"),
    ("the University of Kansas", "", "the University of Iowa", "Yale University"),
    ("the U.S. Court of Appeals for the Ninth Circuit", "", "the U.S. Court of Appeals for the Fifth Circuit", "the Supreme Court"),
    ("the Democratic Party", "party", "the Republican Party", "the United Nations"),
    ("Goldman Sachs", "bank", "Morgan Stanley", "Apple"),
]


@pytest.mark.parametrize(("name", "noun", "alike", "other"), KINDS)
def test_an_institution_stands_beside_its_own_kind(name: str, noun: str, alike: str, other: str) -> None:
    found = institutions_like(name, noun)
    assert alike in found
    assert other not in found
    assert name not in found
    assert all(one.startswith("the ") == name.startswith("the ") for one in found)


def test_nothing_is_offered_beside_what_nobody_knows() -> None:
    assert institutions_like("Mount Hope Ventures") == []
    assert landmarks_like("Mount Hope") == []
    assert posts_like("keeper of the flame") == []


POSTS = [
    ("Maryland governor", "Ohio governor"),
    ("governor of Vermont", "governor of Texas"),
    ("FBI Director", "CIA Director"),
    ("French Foreign Minister", "French Finance Minister"),
    ("Orlando Mayor", "Chicago Mayor"),
]


@pytest.mark.parametrize(("post", "other"), POSTS)
def test_a_post_stands_beside_its_like_elsewhere(post: str, other: str) -> None:
    assert other in posts_like(post)
    assert post not in posts_like(post)


def test_a_city_stands_beside_cities_of_its_state() -> None:
    assert set(places_like("Fresno, California")) == {"Sacramento, California", "San Diego, California", "Oakland, California"}


def test_one_country_goes_by_several_names_and_none_of_them_is_an_option(decks: dict[str, Generated]) -> None:
    _, entities = found_in(read_text("Two\n\nThe United States and France sent ships to Cuba. The U.S. sent more.\n", name="own.txt"))
    for key in ("the United States", "the U.S."):
        fact = Fact(
            sort=Sort.DID, key="did", evidence=(Span("own.txt", 0, 9),), answer=Value(text=key, type=AnswerType.PLACE, same="us"),
            frame=Frame(gap="subject", verb="sent", lemma="send", rest=("ships",), counted="Which country"),
        )  # fmt: skip
        wrong = options(fact, [fact], entities)
        assert len(wrong) == 3
        assert not {"United States", "U.S.", "America"} & set(wrong)


def test_questions_that_can_be_chosen_have_one_right_option(decks: dict[str, Generated]) -> None:
    for made in decks.values():
        for question in made.deck.questions:
            if isinstance(question, Plain) and question.distractors:
                card = next(question.deal("deck"))
                rights = [one for one in (question.answer, *question.distractors) if grade(one, card.answer).verdict is Verdict.RIGHT]
                assert rights == [question.answer]


PARLEY = (
    "Sen. George Norris spoke in Omaha. Sen. Robert Wagner spoke in Albany. Sen. Hattie Caraway spoke in Jonesboro. "
    "CBS's Edward Murrow asked him about it. Ann Baker, a nurse, listened.\n\n“The dam will light the valley,” Norris said.\n\n"
    "Wagner left. Wagner slept. Caraway left. Norris left. Norris wrote to Murrow. Murrow smiled. Baker smiled."
)


def offered_for(text: str, key: str, stem: str) -> tuple[str, ...]:
    facts, entities = found_in(Article(name="parley.txt", text=f"The dam\n\n{text}\n"))
    value = Value(text=key, type=AnswerType.PERSON, same=key.lower(), entity=key.lower())
    fact = Fact(
        sort=Sort.SAID, key=stem, answer=value, frame=Saying(words="The dam will light the valley"), evidence=(Span("parley.txt", 0, 1),)
    )
    return distractors(fact, stem, facts=facts, entities=entities, latest=None, dice=random.Random(0))


def test_no_journalist_is_offered_for_a_senator() -> None:
    offered = offered_for(PARLEY, "George Norris", "Who said, “The dam will light the valley”?")
    assert "Robert Wagner" in offered
    assert "Edward Murrow" not in offered


def test_a_pronoun_of_the_question_leaves_those_of_its_gender_only() -> None:
    assert "Hattie Caraway" not in offered_for(PARLEY, "George Norris", "Who said that his dam would light the valley?")


def test_who_shares_a_name_with_the_key_is_no_wrong_option() -> None:
    text = PARLEY + " Sen. George Norris met Martha Norris. George McJunkin came."
    assert not {"Martha Norris", "George McJunkin"} & set(offered_for(text, "George Norris", "Who said, “The dam will light the valley”?"))


def test_one_nurse_alone_is_not_offered_for_a_senator() -> None:
    text = "Sen. George Norris spoke in Omaha. Ann Baker, a nurse, listened. Norris said no. Baker said yes."
    assert offered_for(text, "George Norris", "Who said, “The dam will light the valley”?") == ()
