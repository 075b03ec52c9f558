"""How sure one is: asked only of who wants it, between the answer and its verdict."""

import pytest

from quizzer.core.model import Phase, Rating, Verdict
from quizzer.settings import Settings, StudySettings
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.question import Question
from quizzer.tui.widgets.rating_bar import RatingBar

from .conftest import Learner, Workspace


@pytest.fixture
def unsure(workspace: Workspace) -> Workspace:
    workspace.settings = Settings(zone="UTC", study=StudySettings(confidence=True))
    return workspace


def option(learner: Learner, text: str) -> str:
    return str(learner.find(Question).query_one(Choices).options.index(text) + 1)


async def test_a_right_guess_is_hard_and_a_sure_answer_good(unsure: Workspace) -> None:
    async with unsure.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1917"))
        assert "How sure are you of “1917”?" in learner.text()
        assert "Right" not in learner.text()
        await learner.press("1")
        assert "✓ Right  a guess" in learner.text()
        assert learner.find(RatingBar).selected is Rating.HARD
        await learner.press("enter")
        await learner.type("Oskjuhlid")
        await learner.press("3")
        assert learner.find(RatingBar).selected is Rating.GOOD
        await learner.press("enter", "space")
        assert "How sure" not in learner.text()  # who judges themselves is not asked
        await learner.press("3")
        reviews = learner.reviews()
    assert [(review.verdict, review.rating) for review in reviews] == [
        (Verdict.RIGHT, Rating.HARD),
        (Verdict.RIGHT, Rating.GOOD),
        (None, Rating.GOOD),
    ]


async def test_sure_and_wrong_opens_the_passage_and_comes_back_soon(unsure: Workspace) -> None:
    async with unsure.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1905"), "2", "p")
        assert "Work began in 1913" not in learner.text()
        await learner.press("u", option(learner, "1905"), "3")
        assert "though you were sure: read the passage" in learner.text()
        assert "Work began in 1913" in learner.text()
        await learner.press("enter")
        (review,) = learner.reviews()
    assert (review.verdict, review.rating, review.phase) == (Verdict.WRONG, Rating.AGAIN, Phase.LEARNING)
    assert review.granted is not None
    assert (review.granted.days, review.granted.seconds) == (0, 60)


async def test_an_answer_can_be_taken_back_before_one_says_how_sure(unsure: Workspace) -> None:
    async with unsure.open(decks=("harbour",)) as learner:
        await learner.press("ctrl+b")
        await learner.type("Oskjulid")
        assert "How sure" in learner.text()
        await learner.press("u")
        assert "How sure" not in learner.text()
        assert "Oskjulid" in learner.text()
        await learner.press("backspace", "backspace", "backspace")
        await learner.type("hlid")
        await learner.press("3", "enter")
        assert [review.response for review in learner.reviews()] == ["Oskjuhlid"]


async def test_nobody_is_asked_who_does_not_want_it(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1917"))
        assert "✓ Right" in learner.text()


async def test_leaving_while_asked_writes_nothing_and_a_mode_change_asks_the_card_again(unsure: Workspace) -> None:
    async with unsure.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1917"), "m")
        assert "How sure" not in learner.text()
        assert "In which year" in learner.text()
        await learner.press("escape")
        assert learner.log() == []
