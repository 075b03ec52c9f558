"""Posts told right before a name by whose they are, and what is told of somebody's campaign."""

import pytest

from quizzer.news import generate, read_text

from .conftest import plain_questions


def asked_of(text: str, *, date: str = "2016-02-05") -> dict[str, str]:
    made = generate([read_text(f"{text} The vote in Ohio was close.", name="article.txt", date=date)], deck_id="deck")
    return {question.question: question.answer for question in plain_questions(made)}


TOLD = [
    ("In Boston, Pfizer Inc.'s chief executive, Ian Read, opposed the plan of Utah.",
     "Who was Pfizer Inc.'s chief executive in February 2016?", "Ian Read"),
    ("Hillary Clinton opposed the plan of Utah. Her campaign manager, Robby Mook, opposed a tax in Iowa. Mook praised Iowa.",
     "Who was Hillary Clinton’s campaign manager in February 2016?", "Robby Mook"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stem", "key"), TOLD)
def test_who_holds_a_post_that_is_told_by_whose_it_is_is_asked(text: str, stem: str, key: str) -> None:
    assert asked_of(text).get(stem) == key


def test_the_letters_of_a_body_behind_a_post_do_not_hide_it() -> None:
    asked = asked_of(
        "Ban Ki-moon spoke. Filippo Grandi, the United Nations High Commissioner for Refugees (UNHCR), opposed the deal with Turkey."
    )
    assert asked.get("Who was the United Nations High Commissioner for Refugees in February 2016?") == "Filippo Grandi"


NOT_ASKED = [
    ("Hillary Clinton's former campaign manager, Patti Solis Doyle, opposed the plan of Utah.", "a post that is over"),
    ("In 1994, Bill Clinton's press secretary, Dee Dee Myers, opposed the plan of Utah.", "a post of another year"),
    ("Hillary Clinton's adviser Jake Sullivan opposed the plan of Utah.", "one of several"),
    ("Hillary Clinton's daughter, Chelsea Clinton, opposed the plan of Utah.", "no post"),
]


@pytest.mark.parametrize(("text", "what"), NOT_ASKED)
def test_no_post_is_asked_for_that_is_over_or_one_of_several(text: str, what: str) -> None:
    assert not [stem for stem in asked_of(text) if stem.startswith("Who was") and "Clinton" in stem], what


def test_whose_campaign_did_something_is_asked() -> None:
    asked = asked_of(
        "John Kasich spoke in Ohio. Kasich's campaign accused the Federal Election Commission of losing 21 million dollars in Oregon."
    )
    assert any(stem.startswith("Whose campaign accused") and key == "John Kasich" for stem, key in asked.items())


def test_what_one_of_several_aides_did_is_not_asked_by_whose_he_is() -> None:
    asked = asked_of("John Kasich spoke in Ohio. Kasich's adviser reserved 21 million dollars of airtime in Wisconsin, Utah and Oregon.")
    assert not [stem for stem in asked if stem.startswith("Whose")]


def test_a_verb_that_tells_nothing_by_itself_will_do_where_much_is_told_with_it() -> None:
    asked = asked_of(
        "In January 2016, John Kasich tried to persuade the Federal Election Commission to fine the Club for Growth for 21 adverts. "
        "In January 2016, Rick Snyder tried to sell a house in Lansing."
    )
    assert "John Kasich" in [key for stem, key in asked.items() if stem.startswith("Who tried")]
    assert "Rick Snyder" not in [key for stem, key in asked.items() if stem.startswith("Who tried")]


def test_what_somebodys_campaign_called_something_is_not_laid_to_him() -> None:
    asked = asked_of(
        "John Kasich spoke in Ohio. Kasich's campaign called the Federal Election Commission a “toothless watchdog” in January 2016."
    )
    assert not [stem for stem in asked if stem.startswith("What did John Kasich call")]
