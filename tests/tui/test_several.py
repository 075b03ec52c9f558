"""Several things to be named, in the app: what was named, what is missing and what is wrong is shown, and half of them is near."""

import pytest

from quizzer.core.model import Rating, Verdict
from quizzer.tui.widgets.rating_bar import RatingBar

from .conftest import Workspace

BENELUX = """\
format: 1
id: benelux
title: Benelux
questions:
  - {id: three, question: Name the three., answers: [Belgium, Netherlands|Holland, Luxembourg]}
"""


@pytest.fixture
def benelux(empty_workspace: Workspace) -> Workspace:
    empty_workspace.add("benelux.yaml", BENELUX)
    return empty_workspace


async def test_two_of_three_are_near_and_the_fate_of_each_is_told(benelux: Workspace) -> None:
    async with benelux.open(decks=("benelux",)) as learner:
        await learner.type("holland, belgium, Holland, France")
        assert "≈ Near: 2 of 3; not one of them: France" in learner.text()
        assert "Luxembourg" not in learner.text()
        await learner.press("enter")  # left as it is
        text = learner.text()
        for part in ("≈ Near  2 of 3", "✓ Belgium", "✓ Netherlands  you: holland", "– Luxembourg  missing", "✗ France  not one of them"):
            assert part in text
        assert learner.find(RatingBar).selected is Rating.HARD
        await learner.press("enter")
        (review,) = learner.reviews()
    assert (review.verdict, review.rating, review.response) == (Verdict.NEAR, Rating.HARD, "holland, belgium, Holland, France")


async def test_one_of_three_is_near(benelux: Workspace) -> None:
    async with benelux.open(decks=("benelux",)) as learner:
        await learner.type("Belgium, Belgium")
        await learner.press("enter")  # left as it is
        assert "≈ Near  1 of 3" in learner.text()
        await learner.press("enter")
        assert [(review.verdict, review.rating) for review in learner.reviews()] == [(Verdict.NEAR, Rating.HARD)]


async def test_all_are_right_in_any_order(benelux: Workspace) -> None:
    async with benelux.open(decks=("benelux",)) as learner:
        await learner.type("Luxembourg Holland Belgium")
        assert "✓ Right" in learner.text()
        await learner.press("enter")
        assert [review.verdict for review in learner.reviews()] == [Verdict.RIGHT]
