"""Posts told by a verb: who chairs, runs, headed, founded what, and who served as what."""

import pytest

from quizzer.news import generate, read_text

from .conftest import plain_questions


def asked_of(text: str, *, date: str = "2016-02-05") -> dict[str, str]:
    made = generate([read_text(f"{text} The vote in Ohio was close.", name="article.txt", date=date)], deck_id="deck")
    return {question.question: question.answer for question in plain_questions(made) if "role" in question.tags}


TOLD = [
    ("John McCain, who chairs the Senate Armed Services Committee, opposed the plan of Utah.",
     "Who was the chair of the Senate Armed Services Committee in February 2016?", "John McCain"),
    ("Lamar Smith, a Republican from Texas who chairs the House Committee on Science, Space and Technology, opposed the plan of Utah.",
     "Who was the chair of the House Committee on Science, Space and Technology in February 2016?", "Lamar Smith"),
    ("David Axelrod, who served as Barack Obama's chief strategist during the 2008 campaign, opposed the plan of Utah.",
     "Who was Barack Obama's chief strategist during the 2008 campaign?", "David Axelrod"),
    ("Sheila Bair, who headed the Federal Deposit Insurance Corporation from 2006 until 2011, opposed the plan of Utah.",
     "Who was the head of the Federal Deposit Insurance Corporation from 2006 until 2011?", "Sheila Bair"),
    ("Clara Barton, who founded the American Red Cross, nursed the soldiers of Virginia.",
     "Who was the founder of the American Red Cross?", "Clara Barton"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stem", "key"), TOLD)
def test_who_does_what_is_asked(text: str, stem: str, key: str) -> None:
    assert asked_of(text).get(stem) == key


NOT_ASKED = [
    ("Hillary Clinton led Bernie Sanders of Vermont by a point in Kentucky.", "a lead over somebody"),
    (
        "Sheila Bair, who headed the Federal Deposit Insurance Corporation, opposed the plan of Utah.",
        "an office once held, at no time told",
    ),
    ("Sheila Bair, who never headed the Federal Reserve Bank of Boston, opposed the plan of Utah.", "what is denied"),
    ("Stuart Stevens, who served as an adviser of the Romney campaign in Ohio, opposed the plan of Utah.", "one of several advisers"),
    ("Bill Clinton and Tony Blair, who may head the World Bank in 2017, opposed the plan of Utah.", "what may be"),
]


@pytest.mark.parametrize(("text", "trap"), NOT_ASKED)
def test_nothing_is_asked_of(text: str, trap: str) -> None:
    assert not asked_of(text), trap


def test_who_holds_an_office_is_not_asked_without_the_articles_day() -> None:
    assert not asked_of("John McCain, who chairs the Senate Armed Services Committee, opposed the plan of Utah.", date="")
