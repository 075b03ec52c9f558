"""Hints: shown one after the other before the answer, and each suggests a lower rating."""

import pytest

from quizzer.core.model import Rating, Verdict
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.rating_bar import RatingBar

from .conftest import HINTED, Workspace


@pytest.fixture
def hinted(empty_workspace: Workspace) -> Workspace:
    empty_workspace.add("hinted.yaml", HINTED)
    return empty_workspace


async def test_hints_come_one_by_one_as_they_are_written_and_lower_the_suggestion(hinted: Workspace) -> None:
    async with hinted.open(decks=("hinted",)) as learner:
        assert "Hint 1 of 2" in learner.text()  # at the foot
        assert "Alps" not in learner.text()
        await learner.press("ctrl+n")
        assert "Hint 1 of 2  It rises in the Alps." in learner.text()
        assert "begins" not in learner.text()
        await learner.type("Rhine")
        assert "✓ Right  with 1 hint" in learner.text()
        assert learner.find(RatingBar).selected is Rating.HARD
        await learner.press("u", "ctrl+n")
        assert "Hint 2 of 2  Its [b]name[/b] begins with R." in learner.text()
        await learner.press("ctrl+n", "enter")
        assert "✓ Right  with 2 hints" in learner.text()
        assert learner.find(RatingBar).selected is Rating.AGAIN
        await learner.press("2")
        assert [(review.verdict, review.rating, review.response) for review in learner.reviews()] == [(Verdict.RIGHT, Rating.HARD, "Rhine")]


async def test_a_hint_stays_when_the_mode_changes_and_is_gone_with_the_card(hinted: Workspace) -> None:
    async with hinted.open(decks=("hinted",)) as learner:
        await learner.press("ctrl+b", "h")
        assert "Hint 1 of 1  Rock was taken from it." in learner.text()
        await learner.press("m")
        assert "Hint 1 of 1  Rock was taken from it." in learner.text()
        await learner.press("ctrl+t", "ctrl+t", "m")
        option = learner.find(Choices).options.index("Oskjuhlid") + 1
        await learner.press(str(option))
        assert learner.find(RatingBar).selected is Rating.HARD
        await learner.press("enter", "u")
        assert "Rock was taken" not in learner.text()
        assert learner.reviews() == []


async def test_after_the_answer_no_hint_is_taken(hinted: Workspace) -> None:
    async with hinted.open(decks=("hinted",)) as learner:
        await learner.type("Rhine")
        await learner.press("h", "ctrl+n")
        assert "Alps" not in learner.text()
        assert learner.find(RatingBar).selected is Rating.GOOD


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_newest_hint_is_in_sight_above_the_line(empty_workspace: Workspace, size: tuple[int, int]) -> None:
    hints = [f"Hint {letter} is long enough to go on to a second line where there are few cells." for letter in "abcd"]
    empty_workspace.add(
        "rhine.yaml", f"title: R\nquestions:\n  - {{id: r, question: Which river?, answer: Rhine, mode: type, hints: {hints}}}\n"
    )
    async with empty_workspace.open(decks=("rhine",), size=size) as learner:
        for letter in "abcd":
            await learner.press("ctrl+n")
            assert f"Hint {letter} is long" in learner.text()
            assert "Type the answer" in learner.text()
