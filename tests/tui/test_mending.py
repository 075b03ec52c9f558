"""A near answer is asked for once more on screen: its reason is said, the text stays in the line, the key does not show."""

import pytest

from quizzer.core.model import Rating, Verdict
from quizzer.tui.widgets.entry import Entry

from .conftest import Workspace

DATES = """\
format: 1
id: dates
title: Dates
study: {mode: type}
questions:
  - {id: storm, question: When was the storm?, answer: "May 11, 2018", type: date}
"""


@pytest.fixture
def dates(empty_workspace: Workspace) -> Workspace:
    empty_workspace.add("dates.yaml", DATES)
    return empty_workspace


async def test_a_near_answer_is_mended_in_the_line_and_counts_as_the_first(dates: Workspace) -> None:
    async with dates.open(decks=("dates",)) as learner:
        await learner.type("2018")
        assert "≈ Near" in learner.text()
        assert "May" not in learner.text()
        entry = learner.find(Entry)
        assert (entry.value, entry.cursor_position, entry.has_focus) == ("2018", 4, True)
        await learner.pilot.resize_terminal(140, 40)
        await learner.settle()
        assert entry.value == "2018"
        await learner.press(*["backspace"] * 4)
        await learner.type("11 May 2018")
        assert "✓ Right" in learner.text()
        await learner.press("enter")
        (review,) = learner.reviews()
    assert (review.response, review.verdict, review.rating) == ("11 May 2018", Verdict.RIGHT, Rating.GOOD)


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_unchanged_or_declined_it_stays_near(dates: Workspace, key: str) -> None:
    async with dates.open(decks=("dates",)) as learner:
        await learner.type("2018")
        await learner.press(key)
        assert "May 11, 2018" in learner.text()
        await learner.press("enter")
        (review,) = learner.reviews()
    assert (review.response, review.verdict, review.rating) == ("2018", Verdict.NEAR, Rating.HARD)


async def test_taking_the_answer_back_gives_no_third_try(dates: Workspace) -> None:
    async with dates.open(decks=("dates",)) as learner:
        await learner.type("2018")
        await learner.press("ctrl+z")
        assert "Near" not in learner.text()
        await learner.press("enter")
        assert "May 11, 2018" in learner.text()


async def test_how_sure_one_is_is_asked_once(dates: Workspace) -> None:
    from quizzer.settings import Settings, StudySettings

    dates.settings = Settings(zone="UTC", study=StudySettings(confidence=True))
    async with dates.open(decks=("dates",)) as learner:
        await learner.type("2018")
        assert "How sure" in learner.text()
        await learner.press("3")
        assert "≈ Near" in learner.text()
        await learner.press("enter")
        assert "How sure" not in learner.text()
        assert "May 11, 2018" in learner.text()
