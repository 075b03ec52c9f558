"""Who is named: what belongs to a name and what only stands beside it, and whom of one surname it means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.news.article import Article
from quizzer.news.document import parse
from quizzer.news.entities import Entities, record
from quizzer.news.language import load
from quizzer.news.people import People


def people_of(*texts: str) -> list[People]:
    """Return the people each of the texts may mean, the texts being one deck."""
    articles = [Article(name=f"{index}.txt", text=f"The town\n\n{text}\n") for index, text in enumerate(texts)]
    documents = list(parse(articles, load()))
    records = [record(document) for document in documents]
    whole = Entities(records)
    return [whole.part(one).people for one in records]


def named(*texts: str) -> set[str]:
    return {person.name for person in people_of(*texts)[0].all}


def meant(text: str, last: str, *others: str) -> str:
    """Return whom the last word ``last`` of ``text`` names, or an empty string."""
    (document,) = parse([Article(name="0.txt", text=f"The town\n\n{text}\n")], load())
    people = people_of(text, *others)[0]
    found = [people.mentions(block).get(token.i) for block in document.blocks for token in block.doc if token.text == last]
    return found[-1].person.name if found[-1] else ""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("A reporter asked Harold Wilson Friday whether he would resign. Wilson Friday said no.", "Wilson Friday"),
        ("“I voted early,” said Robert Stone, a teacher from Hilton Head, South Carolina. “It was easy.”", "Hilton Head"),
        ("Young Lincoln voters marched through Springfield. They sang.", "Young Lincoln"),
        ("Billionaire Andrew Carnegie gave away libraries. Billionaire Andrew Carnegie died in 1919.", "Billionaire Andrew Carnegie"),
        ("Nobody could out-Barnum Phineas Barnum, said the showman James Bailey.", "Barnum Phineas Barnum"),
        ("The club follows Robert's Rules of Order. Robert's Rules of Order were printed in 1876.", "Robert Rules Order"),
    ],
)
def test_a_day_a_town_or_a_describing_word_is_no_part_of_a_name(text: str, wrong: str) -> None:
    assert wrong not in named(text)


def test_who_only_wrote_or_edited_an_article_is_nobody_of_its_story() -> None:
    text = "Frances Perkins signed the act in 1935.\n\n(Reporting by Walter Lippmann; Editing by Dorothy Thompson)"
    assert "Frances Perkins" in named(text)
    assert not named(text) & {"Walter Lippmann", "Dorothy Thompson"}


@pytest.mark.parametrize(
    ("text", "name", "family"),
    [
        ("Debbie Wasserman Schultz won in Florida. Wasserman Schultz thanked them. Later Wasserman Schultz spoke.",
         "Debbie Wasserman Schultz", "Wasserman Schultz"),
        ("Mayor Bill de Blasio spoke in Brooklyn. De Blasio said it was late. De Blasio smiled.", "Bill de Blasio", "De Blasio"),
        ("Clement Attlee won in 1945. Attlee resigned in 1951.", "Clement Attlee", "Attlee"),
    ],
)  # fmt: skip
def test_the_double_surname_of_somebody_names_no_second_person(text: str, name: str, family: str) -> None:
    (person,) = people_of(text)[0].all
    assert (person.name, person.family) == (name, family)


def test_a_president_of_long_ago_is_not_the_namesake_of_the_story() -> None:
    story = "Alice Roosevelt lived in Washington. Her cousin admired President Roosevelt. "
    assert meant(story, "Roosevelt") == ""
    assert meant(story + "Later Roosevelt wrote a book.", "Roosevelt") == "Alice Roosevelt"


def test_the_first_told_with_an_office_keeps_it() -> None:
    text = "President Truman flew to Missouri. There Harry Truman spoke. The crowd liked President Truman."
    assert meant(text, "Truman") == "Harry Truman"


def test_a_surname_is_no_ones_of_another_article_where_its_own_names_a_namesake() -> None:
    assert meant(
        "Quill Baker advised the mayor. “It is late,” said Baker.", "Baker", "James Baker spoke in Houston. James Baker left."
    ) != ("James Baker")


NAMES = st.sampled_from(["Ann Lee", "Debbie Wasserman Schultz", "Wasserman Schultz", "Lee", "President Lee", "Friday", "Prince Alwaleed"])


@settings(max_examples=40, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6))
def test_whoever_is_named_ends_in_the_surname_that_means_him(names: list[str]) -> None:
    for people in people_of(" ".join(f"Then {name} said no." for name in names)):
        for person in people.all:
            assert person.name.endswith(person.surname)
            assert people.find(person.key) == person
            assert person.family.endswith(person.surname)
