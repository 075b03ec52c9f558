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
        ("Ann Lee defended the law during Saturday's debate in Boston.", "February 20, 2016,"),
        ("Ann Lee defended the law in last Sunday's debate in Boston.", "February 21, 2016,"),
        ("Sunday's debate in Boston changed the race.", "February 21, 2016,"),
        ("Ann Lee left the race after Tuesday's vote in Iowa.", "February 23, 2016,"),
        ("Ann Lee prepares for the March 1 contests in Iowa.", "March 1, 2016,"),
        ("Ann Lee was accused of planning last month's coup in Oldtown.", "January 2016"),
        ("Ann Lee is seeking a seat in this year's election.", "2016"),
        ("Ann Lee won a seat in Boston last fall.", "in the fall of 2015"),
        ("Ann Lee left Boston five years ago this month.", "in February 2011"),
        ("Ann Lee left Boston two weeks ago.", "in February 2016"),
        ("As of Tuesday, Ann Lee had won 40 seats.", "February 23, 2016"),
        ("Ann Lee praised Monday's ruling.", "February 2016"),
        ("A survey released on Tuesday shows Ann Lee ahead.", "in February 2016"),
        ("The survey of 1,033 adults was conducted online Feb. 11-15 by the institute.", "in February 2016"),
        ("The survey of 1,033 adults was conducted online Dec. 3-5 by the institute.", "in December 2015"),
    ],
)
def test_a_time_is_told_by_its_month_where_it_was_over(text: str, time: str) -> None:
    block, _ = read(text)
    assert {moment.wording for moment in moments(block, DAY).values()} == {time}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee prepared for Saturday's debate in Boston.",
        "Saturday's debate in Boston loomed over the race.",
        "Ann Lee left Boston three years ago.",  # in February, that may be the end of 2012
        "Ann Lee left Boston two months ago.",  # late in December, or early in January
        "Ann Lee left Boston last winter.",
        "The fund of Ann Lee is down 12 percent so far this year.",
        "A vote scheduled for Friday divides Boston.",
        "Ann Lee has the boost needed for a strong performance Friday.",
        "Ann Lee takes part in a debate hosted by a college on Friday.",
        'Ann Lee said: "We won in last Sunday\'s debate in Boston."',
    ],
)
def test_a_time_of_two_readings_is_not_told(text: str) -> None:
    block, _ = read(text)
    assert not moments(block, DAY)


def test_years_ago_are_counted_where_rounding_leaves_the_year() -> None:
    block, _ = read("Ann Lee left Boston eight years ago. Bob Kane left Boston ten years ago.")
    assert {moment.wording for moment in moments(block, dt.date(2016, 6, 10)).values()} == {"in 2008"}


def test_a_day_before_a_noun_is_told_with_its_article() -> None:
    text = "Ann Lee defended the law of Boston during Saturday's debate in Hartford."
    dated = Article(name="a.txt", text=f"The town\n\n{text}\n", date=DAY.isoformat())
    (document,) = parse([dated], load())
    block, own = document.blocks[-1], record(document)
    phrases = Phrases(document, Entities([own]).part(own))
    assert phrases.phrase(block, list(block.doc)).text.rstrip(".").endswith("during the February 20, 2016, debate in Hartford")
    undated, _ = read(text)
    assert not moments(undated, None)


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
