"""Words that lean on their sentence or on the day of the article: what they are told as, and what is left alone."""

import datetime as dt

import pytest

from quizzer.news.article import Article
from quizzer.news.descriptions import is_bare
from quizzer.news.document import Block, parse
from quizzer.news.entities import Entities, record
from quizzer.news.language import load
from quizzer.news.phrases import Phrases
from quizzer.news.times import moments

DAY = dt.date(2016, 2, 24)  # a Wednesday


def read(text: str) -> tuple[Block, Phrases]:
    """Return the last paragraph of an article, and its phrases."""
    (document,) = parse([Article(name="a.txt", text=f"The town\n\n{text}\n")], load())
    own = record(document)
    return document.blocks[-1], Phrases(document, Entities([own]).part(own))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Ann Lee defended the law during Saturday's debate in Boston.", "February 2016"),
        ("The survey of 1,033 adults was conducted online Feb. 11-15 by the institute.", "in February 2016"),
        ("The survey of 1,033 adults was conducted online Dec. 3-5 by the institute.", "in December 2015"),
    ],
)
def test_a_time_is_told_by_its_month_where_it_was_over(text: str, time: str) -> None:
    block, _ = read(text)
    assert {moment.wording for moment in moments(block, DAY).values()} == {time}


def test_a_debate_that_may_be_to_come_has_no_time() -> None:
    block, _ = read("Ann Lee prepared for Saturday's debate in Boston.")
    assert not moments(block, DAY)


@pytest.mark.parametrize(
    ("text", "noun", "leans"),
    [
        ("Ann Lee worked behind the scenes.", "scenes", False),
        ("Ann Lee changed the scenes.", "scenes", True),
        ("Ann Lee moved to Boston in the 1980s.", "1980s", False),
    ],
)
def test_a_set_phrase_leans_on_nothing(text: str, noun: str, leans: bool) -> None:
    block, _ = read(text)
    token = next(token for token in block.doc if token.text == noun)
    assert is_bare(block, token) is leans


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sen. Ann Lee spoke in Boston.\n\nCritics attacked the Vermont senator.", "critics attacked Ann Lee."),
        ("Sen. Ann Lee met Sen. Bob Kane in Boston.\n\nCritics attacked the Vermont senator.", ""),
        ("President Bob Kane spoke.\n\nMr. Kane left. Ann Lee praised the president's plan.", "Ann Lee praised Bob Kane's plan."),
        ("President Bob Kane met President Tom Hale.\n\nAnn Lee praised the president's plan.", ""),
    ],
)
def test_an_office_is_told_as_its_one_holder(text: str, told: str) -> None:
    block, phrases = read(text)
    *_, sentence = block.doc.sents
    found = phrases.phrase(block, list(sentence))
    assert ("" if found.trouble else found.text.rstrip(".")) == told.rstrip(".")
