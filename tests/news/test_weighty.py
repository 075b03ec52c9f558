"""Whose post, state or party is asked for: people an article tells of, not those it names in passing."""

import pytest

from quizzer.news import generate, read_text

from .conftest import plain_questions

FILLER = (
    "The council of Springfield met in Illinois.\n\nThe bridge of Cairo was closed by the state.\n\nThe school of Galesburg burned.\n\n"
    "The railway to Peoria was built in stone.\n\n"
)


def asked_of(text: str, *, date: str = "2015-03-04") -> dict[str, str]:
    """Return the questions about roles of an article, with their keys; the text stands behind its lead."""
    made = generate([read_text(FILLER + text, name="article.txt", date=date)], deck_id="deck")
    return {question.question: question.answer for question in plain_questions(made) if "role" in question.tags}


ACTS = [
    "Sen. Susan Collins of Maine opposed the tax on Thursday.",
    "The tax was opposed on Thursday by Sen. Susan Collins of Maine.",
    "The tax angered Sen. Susan Collins of Maine, who asked for a vote.",
    "Few were asked. Sen. Susan Collins of Maine’s campaign opposed the tax.",
    "The tax angered Sen. Susan Collins of Maine. A letter in Portland thanked Collins.",
]


@pytest.mark.parametrize("text", ACTS)
def test_a_senator_who_does_something_or_comes_again_is_asked_for_the_state(text: str) -> None:
    assert asked_of(text).get("Which state did Susan Collins represent in the U.S. Senate in March 2015?") == "Maine"


PASSING = [
    ("He advised Sen. Susan Collins of Maine.", "a senator named once"),
    ("It was sold to Maine Gov. Paul LePage.", "a governor named once"),
    ("The committee of Boston heard from CNN’s Jake Tapper.", "an interviewer"),
    ("The paper praised Washington Post reporter Philip Rucker.", "a reporter named once"),
    ("The house went to Nancy Pelosi’s daughter, Christine Pelosi, in May.", "a child of somebody named once"),
    ("Marty Walsh’s predecessor, Tom Menino, praised the bridge of Boston.", "a predecessor in a post that is not told"),
    ("They praised Republican nominee Donald Trump. Donald Trump thanked Ohio.", "a nominee's party"),
]


@pytest.mark.parametrize(("text", "who"), PASSING)
def test_nobody_is_asked_about(text: str, who: str) -> None:
    assert not asked_of(text), who


def test_a_former_president_is_not_asked_for_an_earlier_post() -> None:
    text = "Bill Clinton, the former Arkansas governor, spoke in Little Rock. President Bill Clinton signed the bill of Illinois in 1996."
    assert not any("Bill Clinton" in question for question in asked_of(text))


def test_a_post_that_may_be_held_still_is_asked_for_without_saying_it_is_over() -> None:
    text = "In 2009, Vice President Joe Biden opened the bridge of Delaware. Biden thanked Delaware."
    assert asked_of(text).get("Which post did Joe Biden hold in or before March 2015?", "").lower() == "vice president"


@pytest.mark.parametrize(("post", "asked"), [("U.S. Attorney", True), ("divorce attorney", False)])
def test_a_public_attorney_holds_an_office(post: str, asked: bool) -> None:
    found = asked_of(f"The governor emailed {post} Preet Bharara in Chicago.")
    assert any("Preet Bharara" in stem for stem in found) is asked, found
