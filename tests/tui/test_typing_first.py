"""Typing first and choosing then: the options come only where what was typed is not right, and choosing right is near."""

import pytest

from quizzer.core.model import Mode, Rating, Verdict
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.rating_bar import RatingBar

from .conftest import Learner, Workspace

CAPITALS = """\
format: 1
id: capitals
title: Capitals
study: {mode: type-then-choose}
questions:
  - {id: peru, question: The capital of Peru?, answer: Lima, distractors: [Cusco, Arequipa], hints: [On the coast.]}
  - {id: cuba, question: The capital of Cuba?, answer: Havana}
"""


@pytest.fixture
def capitals(empty_workspace: Workspace) -> Workspace:
    empty_workspace.add("capitals.yaml", CAPITALS)
    return empty_workspace


def option(learner: Learner, text: str) -> str:
    return str(learner.find(Choices).options.index(text) + 1)


async def test_typed_right_is_right_and_no_option_is_seen(capitals: Workspace) -> None:
    async with capitals.open(decks=("capitals",)) as learner:
        assert "Cusco" not in learner.text()
        await learner.type("lima")
        assert "✓ Right" in learner.text()
        assert "Cusco" not in learner.text()
        await learner.press("enter")
        (review,) = learner.reviews()
    assert (review.mode, review.verdict, review.rating, review.response) == (Mode.TYPE_THEN_CHOOSE, Verdict.RIGHT, Rating.GOOD, "lima")


async def test_typed_wrong_and_chosen_right_is_near(capitals: Workspace) -> None:
    async with capitals.open(decks=("capitals",)) as learner:
        await learner.type("Quito")
        assert "You typed “Quito”: not it. Which is it?" in learner.text()
        assert learner.reviews() == []
        await learner.press(option(learner, "Lima"))
        assert "≈ Near  recognised, not recalled" in learner.text()
        assert learner.find(RatingBar).selected is Rating.HARD
        await learner.press("enter")
        (review,) = learner.reviews()
    assert (review.mode, review.verdict, review.rating, review.response) == (Mode.TYPE_THEN_CHOOSE, Verdict.NEAR, Rating.HARD, "Quito")


async def test_typed_wrong_and_chosen_wrong_is_wrong(capitals: Workspace) -> None:
    async with capitals.open(decks=("capitals",)) as learner:
        await learner.press("enter")  # nothing typed
        await learner.press(option(learner, "Cusco"))
        assert "✗ Wrong  The answer is Lima" in learner.text()
        await learner.press("enter")
        assert [(review.verdict, review.rating, review.response) for review in learner.reviews()] == [(Verdict.WRONG, Rating.AGAIN, "")]


async def test_what_was_typed_can_be_taken_back_before_and_after_choosing(capitals: Workspace) -> None:
    async with capitals.open(decks=("capitals",)) as learner:
        await learner.type("Quito")
        await learner.press("h")
        assert "Hint 1 of 1  On the coast." in learner.text()
        await learner.press("u")
        assert "Which is it?" not in learner.text()
        await learner.press("enter", option(learner, "Cusco"), "u", *["backspace"] * 5)
        await learner.type("Lima")
        await learner.press("enter")
        assert [(review.verdict, review.rating, review.response) for review in learner.reviews()] == [(Verdict.RIGHT, Rating.HARD, "Lima")]


async def test_where_there_is_nothing_to_choose_from_it_is_typed(capitals: Workspace) -> None:
    async with capitals.open(decks=("capitals",)) as learner:
        await learner.press("ctrl+b")
        await learner.type("Quito")
        assert "✗ Wrong" in learner.text()
        await learner.press("enter")
        assert [review.mode for review in learner.reviews()] == [Mode.TYPE]
