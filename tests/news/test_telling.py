"""What is told well enough to be asked: one person's deed, a day worth remembering, news in the month that reports it."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .test_facts import asked_of

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2030, 12, 28))
DEED = "Angela Merkel threatened to impose a tax of 35 percent on imported Ford trucks."


@settings(max_examples=15, deadline=None)
@given(DAYS)
def test_a_deed_without_a_time_of_its_own_is_told_as_reported_in_the_month_of_the_article(day: dt.date) -> None:
    found = asked_of(DEED, date=day.isoformat())
    stem = f"Who threatened to impose a tax of 35 percent on imported Ford trucks, as reported in {day:%B %Y}?"
    assert found.get(stem) == "Angela Merkel", found


@pytest.mark.parametrize(
    "sentence",
    [
        "In 1962, Rachel Carson warned that DDT would silence the songbirds of America.",
        "Marie Curie discovered radium and polonium with Pierre Curie in Paris.",
        "In 1998, Sergey Brin founded Google in Menlo Park with Larry Page.",
    ],
)
def test_what_has_its_own_year_or_lasts_is_not_told_as_news_of_the_month(sentence: str) -> None:
    deeds = [stem for stem in asked_of(sentence, date="2016-03-04") if "1962" in stem or "1998" in stem]
    assert not any("as reported in" in stem for stem in deeds)


def test_a_deed_in_a_story_of_another_year_is_not_told_as_news_of_the_month() -> None:
    found = asked_of(
        "In 1996, the Republicans met in San Diego. Scott Reed hired Paul Manafort to run the convention of the party in San Diego.",
        date="2016-04-09",
    )
    assert not any("as reported in April 2016" in stem for stem in found), found


SHARED = [
    "Jorge Ramos lives in Miami with his dog.",
    "Angela Merkel visited Missouri on Tuesday.",
    "Angela Merkel holds a doctorate in chemistry from Leipzig.",
    "Angela Merkel serves on the board of the Leipzig Chess Federation.",
    "Angela Merkel has backed a no-fly zone in Syria.",
    "Bernie Sanders held three campaign events across Iowa on Tuesday.",
    "Carly Fiorina hosted a meeting at a theater in Cupertino on Tuesday.",
    "Mary Barra drove to Ohio to announce her decision to the workers of Lordstown.",
]


@pytest.mark.parametrize("sentence", SHARED)
def test_what_many_do_or_what_is_half_told_is_asked_of_nobody(sentence: str) -> None:
    found = asked_of(sentence, date="2016-04-14")
    assert not any(stem.startswith("Who ") for stem in found), found


SMALL = [
    "The lawyers of the town spoke first. The judges of the town spoke next. The clerks of the town spoke last.\n\n"
    "The bakers of the town were glad.\n\nThe bakers of Lyon were glad.\n\nThe bakers of Paris were glad.\n\n"
    "Joe Biden headlined a fundraiser for Nancy Pelosi in Miami on Tuesday.",
    "Bernie Sanders visited Missouri and its farmers on Tuesday.",
]


@pytest.mark.parametrize("sentences", SMALL)
def test_the_day_of_a_small_event_is_not_asked(sentences: str) -> None:
    assert not any(stem.startswith("On what date") for stem in asked_of(sentences, date="2016-04-14"))


ASKED = [
    ("Ben Carson will address the Republican National Convention in Cleveland on Tuesday night.",
     "Who was to address the Republican National Convention in Cleveland, as reported in July 2016?", "Ben Carson"),
    ("Angela Merkel plans to empower the miners of Silesia by building railways in Poland.",
     "Who planned to empower the miners of Silesia by building railways in Poland in July 2016?", "Angela Merkel"),
    ("Angela Merkel praised the miners of Poland, promising to build the railways of Silesia.",
     "Who praised the miners of Poland, promising to build the railways of Silesia, as reported in July 2016?", "Angela Merkel"),
    ("Kevin Cramer formally endorsed Donald Trump in July.", "Whom did Kevin Cramer formally endorse in July 2016?", "Donald Trump"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "stem", "key"), ASKED)
def test_what_is_planned_or_done_with_its_purpose_is_asked(sentence: str, stem: str, key: str) -> None:
    found = asked_of(sentence, date="2016-07-18")
    assert found.get(stem) == key, found


GUESSED = [
    "Donald Trump will probably address the Republican National Convention in Cleveland.",
    "Donald Trump will address the Republican National Convention in Cleveland if the weather of Ohio is good.",
    "Donald Trump may address the Republican National Convention in Cleveland.",
    "Donald Trump will not address the Republican National Convention in Cleveland.",
    "Donald Trump will lose the Republican National Convention in Cleveland.",
]


@pytest.mark.parametrize("sentence", GUESSED)
def test_what_is_only_foretold_is_no_plan(sentence: str) -> None:
    assert not any(re.search(r"\bw(?:as|ere) to\b", stem) for stem in asked_of(sentence, date="2016-07-18"))


def test_the_title_of_a_programme_is_no_time() -> None:
    found = asked_of("Marco Rubio defended the farmers of Iowa in an interview with CBS This Morning.", date="2016-02-08")
    assert not any("“CBS in" in stem or "CBS in February" in stem for stem in found), found


def test_the_year_in_which_a_program_began_is_worth_asking_for() -> None:
    text = "The Peace Corps\n\nMany had waited for it. It was hot. In 1961, the volunteer program of the Peace Corps began in Ghana."
    assert "1961" in asked_of(text).values()
