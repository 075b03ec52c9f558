"""Whom a word means at its place: names, pronouns and roles, each with its margin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.news.article import Article
from quizzer.news.document import Document, parse
from quizzer.news.entities import Entities, record
from quizzer.news.language import load
from quizzer.news.people import People, sightings
from quizzer.news.reference import PLAIN, References


def read(text: str) -> tuple[Document, References]:
    (document,) = parse([Article(name="a.txt", text=f"The town\n\n{text}\n")], load())
    seen = sightings(document)
    return document, References(document, People([seen]).part(seen))


def entities_of(text: str) -> Entities:
    (document,) = parse([Article(name="a.txt", text=f"The town\n\n{text}\n")], load())
    own = record(document)
    return Entities([own]).part(own)


def meant(text: str, word: str) -> tuple[str, float]:
    """Return whom the last ``word`` of ``text`` means, and by what margin."""
    document, references = read(text)
    found = [(block, token) for block in document.blocks for token in block.doc if token.lower_ == word]
    person, margin = references.resolve(*found[-1])
    return person.name if person else "", margin


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Jane Addams opened a house in Chicago. She taught there.", "she", "Jane Addams"),
        ("Jane Addams met John Dewey in Chicago. He taught there.", "he", "John Dewey"),
        ("Jane Addams opened a house in Chicago.\n\nShe taught there.", "she", "Jane Addams"),
        ("Jane Addams opened a house in Chicago. She taught there. She wrote a book. She won the prize.", "she", "Jane Addams"),
        ("Jane Addams of Chicago won a prize in 1931. Addams taught there.", "addams", "Jane Addams"),
        ("Sen. Robert Wagner wrote the law in 1935. The law passed. The senator was glad of it.", "senator", "Robert Wagner"),
        ("Sen. Robert Wagner wrote the law. The senator smiled. Hugo Black came. The senator was glad of it.", "senator", "Robert Wagner"),
        ("Mayor Fiorello La Guardia read the paper aloud. The mayor laughed.", "mayor", "Fiorello La Guardia"),
    ],
)
def test_a_word_means_the_one_person_it_can_mean(text: str, word: str, name: str) -> None:
    found, margin = meant(text, word)
    assert found == name
    assert margin >= PLAIN


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("John Dewey and William James met in Boston. He taught there.", "he"),
        ("John Dewey met William James in Boston and William James met John Dewey in Chicago. Later a clerk came. He sat down.", "he"),
        ("The house stood in Chicago. She taught there.", "she"),
        ("Jane Addams spoke to a teacher. The teacher nodded.", "teacher"),
        ("Sen. Robert Wagner met Sen. Hugo Black in Washington. The senator was glad of it.", "senator"),
        ("John Dewey spoke. A senator from Ohio came in. The senator was glad of it.", "senator"),
    ],
)
def test_where_several_or_nobody_can_be_meant_nobody_is_plainly_meant(text: str, word: str) -> None:
    assert meant(text, word)[1] < PLAIN


def test_the_object_of_a_verb_is_not_its_subject() -> None:
    assert meant("William James wrote to John Dewey in 1903. William James told him of the book.", "him")[0] == "John Dewey"


def test_a_name_in_brackets_counts_less_than_one_outside() -> None:
    plain = meant("Walter Lippmann wrote of the war. Hugo Black liked it. He wrote daily.", "he")
    aside = meant("Walter Lippmann wrote of the war. (Hugo Black liked it.) He wrote daily.", "he")
    assert aside[0] == "Walter Lippmann" or aside[1] < plain[1]


def test_a_name_inside_a_quotation_counts_less_than_one_outside() -> None:
    text = "John Dewey spoke of the school. “William James was the best of all of us in Boston,” he said."
    assert meant(text, "he")[0] == "John Dewey"


SENTENCES = st.sampled_from(
    [
        "Jane Addams taught.",
        "She taught.",
        "He left with her.",
        "John Dewey met Jane Addams.",
        "The mayor came.",
        "“He is late,” she said.",
        "His dog",
    ]
)


@given(st.lists(SENTENCES, min_size=1, max_size=7), st.sampled_from([" ", "\n\n"]))
@settings(max_examples=50, deadline=None)
def test_every_word_has_a_margin_and_asking_twice_tells_the_same(sentences: list[str], gap: str) -> None:
    document, references = read(gap.join(sentences))
    asked = [references.resolve(block, token) for block in document.blocks for token in block.doc]
    assert all((person is None) == (margin == 0.0) or 0.0 <= margin <= 1.0 for person, margin in asked)
    assert asked == [references.resolve(block, token) for block in document.blocks for token in block.doc]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The bankers told the Orlando Sentinel that Amadeo Giannini would come.", "Orlando Sentinel"),
        ("Amadeo Giannini spoke. Both Amadeo Giannini and Eugene Schmitz came.", "Both Amadeo Giannini"),
        ("Amadeo Giannini spoke, and Moderator Amadeo Giannini sat down.", "Moderator Amadeo Giannini"),
        ("The caliph Abu Bakr died in 634, and Abu Bakr was buried there.", "Abu Bakr"),
        ("The book is “Amadeo Giannini Wins America” and Amadeo Giannini wrote it.", "Amadeo Giannini Wins"),
        ("Amadeo Giannini paid Harmony Enterprises for the coal.", "Harmony Enterprises"),
    ],
)
def test_a_newspaper_a_place_or_a_name_with_a_word_too_many_is_nobodys_name(text: str, wrong: str) -> None:
    names = {person.name for person in entities_of(text).people.all}
    assert wrong not in names


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The Social Security and Medicare funds paid the bankers of Ohio in May.", "Medicare"),
        ("The Senate passed the Clean Power Plan, and Obamacare stood.", "Obamacare"),
        ("The committee of Carly for America met, and Carly for America paid.", "Carly for America"),
    ],
)
def test_a_law_a_programme_or_a_slogan_is_no_organisation(text: str, wrong: str) -> None:
    assert wrong not in {named.name for named in entities_of(text).of_kind("organisation")}


def test_a_principals_name_behind_her_school_is_hers() -> None:
    assert "Dawn Hanley" in {person.name for person in entities_of("Oak Hill Elementary Principal Dawn Hanley said so.").people.all}
