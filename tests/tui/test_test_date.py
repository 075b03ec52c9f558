"""A test to come, as home, study and statistics show it."""

import datetime as dt

import pytest

from quizzer.core.model import Rating
from quizzer.settings import Settings
from quizzer.tui.widgets.deck_list import DeckList
from quizzer.tui.widgets.study_header import StudyHeader

from .conftest import Workspace


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (40, 12)])
async def test_home_and_statistics_tell_of_the_test_until_its_day(workspace: Workspace, size: tuple[int, int]) -> None:
    workspace.settings = Settings(zone="UTC", decks={"harbour": {"test_date": "2026-03-12"}})
    async with workspace.open(size=size) as learner:
        told = " ".join(learner.text().split())
        assert "Test on 12 March: 10 days left, 1 new a day, expected 0 %" in told
        assert learner.find(DeckList).shown[0].new == 1
        await learner.press("s", "pagedown", "pagedown")
        assert "test on 12 March: 10 days left" in " ".join(learner.text().split())
    workspace.clock.now = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)
    async with workspace.open(size=size) as learner:
        assert "Test on" not in learner.text()
        assert learner.find(DeckList).shown[0].new == 4


async def test_an_answer_close_to_the_test_is_granted_no_more_than_the_days_left(workspace: Workspace) -> None:
    workspace.settings = Settings(zone="UTC", decks={"harbour": {"test_date": "2026-03-04"}})
    async with workspace.open(decks=("harbour",)) as learner:
        assert "4 new" in learner.find(StudyHeader).text
        await learner.press("1", "4")
        (review,) = learner.reviews()
        assert review.rating is Rating.EASY
        assert review.granted is not None
        assert 1 <= review.granted.days <= 2
