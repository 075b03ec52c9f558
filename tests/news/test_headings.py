"""Headings: what an article is called, and when a question tells it. The articles are short and about real events."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.kinds import Cloze
from quizzer.core.model import AnswerType
from quizzer.news import Generated, generate, read_text
from quizzer.news.facts import Fact, Saying, Sort
from quizzer.news.headings import Heading, heading_of
from quizzer.news.values import Span, Value
from quizzer.news.wording import headed

DATE = "2012-08-08"

CALLED = [
    ("Mayor Defends Bridge Plan", "Mayor Defends Bridge Plan"),
    ("Rescued Miners Meet the President | Example Wire Archive of the Best Stories of the Whole Year", "Rescued Miners Meet the President"),
    ("EXCLUSIVE: Rover lands in Gale Crater", "Rover lands in Gale Crater"),
    ("The “tunnel” to France opens", "The ‘tunnel’ to France opens"),
    ("10 things to know for today", ""),
    ("The Latest: Rover lands in Gale Crater", ""),
    ("Rover lands", ""),
    ("", ""),
]


@pytest.mark.parametrize(("title", "words"), CALLED)
def test_a_heading_is_a_title_without_its_series_and_second_half(title: str, words: str) -> None:
    assert heading_of(title, DATE) == Heading(words, "August 2012" if words else "")


TITLED = [
    ("Rover lands in Gale Crater.", "Rover lands in Gale Crater"),
    ("Rover lands in Gale Crater; \nEngineers weep in Pasadena.", "Rover lands in Gale Crater"),
    ("Miners: ‘We Were Never Afraid.’", "Miners: ‘We Were Never Afraid’"),
    ("The Rover Was Sent From Florida, Agency Tells Senators.", "The Rover Was Sent From Florida, Agency Tells Senators"),
    ("The rover landed on Monday.", ""),
    ("The rover is there.", ""),
    ("A rover has landed in the crater.", ""),
    ("The agency said so. People wept.", ""),
    ("PASADENA, Calif., Aug. 8, 2012 (Example Wire) — All is well.", ""),
]


@pytest.mark.parametrize(("line", "title"), TITLED)
def test_a_heading_may_have_a_full_stop_but_a_first_sentence_is_none(line: str, title: str) -> None:
    text = f"{line}\n\nNASA landed the Curiosity rover in Gale Crater, and the engineers of the agency wept for joy.\n"
    assert read_text(text, name="note.txt").title == title


def made_of(title: str, sentences: str) -> Generated:
    text = f"Title: {title}\nDate: {DATE}\n\n{sentences} The teachers of the town spoke of it at length.\n"
    return generate([read_text(text, name="note.txt")], deck_id="deck")


def asked(made: Generated) -> list[str]:
    return [question.cloze if isinstance(question, Cloze) else question.question for question in made.deck.questions]


SAID = '"The seven minutes of the landing on Mars were harder than all the years of work in Pasadena," said Adam Steltzner.'


def test_who_said_something_is_asked_with_the_heading_of_the_article_that_quotes_it() -> None:
    stems = asked(made_of("Rover lands in Gale Crater", SAID))
    assert [stem for stem in stems if stem.startswith("Who was quoted in “Rover lands in Gale Crater” (August 2012) as saying, “The seven")]


def test_a_heading_that_names_the_answer_is_told_without_it() -> None:
    stems = asked(made_of("Steltzner recalls hard landing", SAID))
    assert [stem for stem in stems if stem.startswith("Who was quoted in “… recalls hard landing” (August 2012) as saying, “The seven")]


LEFT_OUT = [
    ("Bridge for 14,000 cars opens", "14,000", "Bridge for … cars opens"),
    ("Germany and France open a long bridge", "Germany", "… and France open a long bridge"),
    ("New bridge named after Verrazzano, the explorer", "Giovanni da Verrazzano", "New bridge named after …, the explorer"),
]


@pytest.mark.parametrize(("title", "key", "left"), LEFT_OUT)
def test_an_ellipsis_stands_for_the_answer_in_a_heading(title: str, key: str, left: str) -> None:
    assert f"“{left}”" in under(title, key)


HINTS = [
    ("Turkish bridge opens at last", "Turkey"), ("Bridge opens in N.Y. harbor", "New York"), ("Clinton opens a bridge", "Hillary Clinton"),
    ("Germans cross a new bridge", "Germany"), ("Hillary Clinton campaign crosses a new bridge", "the Clinton campaign"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "key"), HINTS)
def test_a_heading_that_would_still_hint_at_the_answer_is_not_told(title: str, key: str) -> None:
    assert under(title, key) == STEM
    assert under("Ferry sinks off the coast", key) != STEM


STEM = "Who was quoted in August 2012 as saying, “All is well”?"


def under(title: str, key: str) -> str:
    """A question with that key, under that title."""
    value = Value(text=key, type=AnswerType.TEXT, same=key)
    fact = Fact(sort=Sort.SAID, key="k", answer=value, frame=Saying(words="All is well"), evidence=(Span("a", 0, 1),))
    return headed(STEM, fact, heading_of(title, DATE))


@given(st.text(st.sampled_from("abc é“”\"'{}|().,:;?!-—…[]\n"), max_size=80))
def test_any_title_gives_a_heading_a_question_can_hold(title: str) -> None:
    words = heading_of(title, DATE).words
    assert not re.search(r"[“”\"{}|\n]", words)
    assert len(words.split()) <= 15
