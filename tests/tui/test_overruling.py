"""Overruling, on screen: taken back and done again, kept over a restart, and added to the deck by one key; home takes back too."""

from quizzer.core.model import Rating, Verdict
from quizzer.store import Progress

from .conftest import Workspace

RHINE = """\
format: 1
id: rhine
title: Rhine
study: {mode: type}
questions:
  - {id: river, question: Which river flows through Cologne?, answer: the Rhine}
  - {id: hill, question: From which hill?, answer: Oskjuhlid}
"""


def added(workspace: Workspace) -> bool:
    return "accept: [Father Ganges]" in (workspace.folder / "decks" / "rhine.yaml").read_text("utf-8")


async def test_overruled_accepted_taken_back_and_done_again(empty_workspace: Workspace) -> None:
    empty_workspace.add("rhine.yaml", RHINE)
    async with empty_workspace.open(decks=("rhine",)) as learner:
        await learner.type("Father Ganges")
        assert "✗ Wrong" in learner.text()
        assert "Accept it always" not in learner.text()
        await learner.press("a")
        assert not added(empty_workspace)
        await learner.press("o")
        assert "✓ Right  your own verdict" in learner.text()
        await learner.press("a")
        assert added(empty_workspace)
        assert "✓ Right" in learner.text()
        assert any("Added to the deck" in notice for notice in learner.notices)
        await learner.press("u")
        assert not added(empty_workspace)
        assert "✓ Right  your own verdict" in learner.text()
        await learner.press("u")
        assert "✗ Wrong" in learner.text()
        await learner.press("r", "r")
        assert added(empty_workspace)
        await learner.press("enter")
        (review,) = learner.reviews()
        assert (review.response, review.verdict, review.rating) == ("Father Ganges", Verdict.RIGHT, Rating.GOOD)
        await learner.press("escape")
        await learner.press("u")
        assert any("Taken back: answered Good: Which river" in notice for notice in learner.notices)
        assert learner.reviews() == []
        await learner.press("u")
        assert not added(empty_workspace)
        await learner.press("r", "r")
        assert added(empty_workspace)
        assert len(learner.reviews()) == 1
        await learner.press("r")
        assert any("nothing was taken back" in notice for notice in learner.notices)


async def test_an_overruled_answer_comes_back_answered_as_it_was(empty_workspace: Workspace) -> None:
    empty_workspace.add("rhine.yaml", RHINE)
    async with empty_workspace.open(decks=("rhine",)) as learner:
        await learner.type("Father Ganges")
        await learner.press("o")
    async with empty_workspace.open(decks=("rhine",)) as learner:
        assert "✓ Right  your own verdict" in learner.text()
        assert "Father Ganges" in learner.text()
        await learner.press("u")
        assert "✗ Wrong" in learner.text()
        await learner.press("u")
        assert "✗ Wrong" not in learner.text()
    progress = Progress.open(empty_workspace.folder / "progress.db", learner="me")
    place = progress.place("rhine")
    progress.close()
    assert place is not None
    assert place.pending is None


async def test_a_deck_that_cannot_be_written_is_said_to_be(empty_workspace: Workspace) -> None:
    empty_workspace.add("rhine.yaml", RHINE)
    async with empty_workspace.open(decks=("rhine",)) as learner:
        await learner.type("Father Ganges")
        await learner.press("o")
        (empty_workspace.folder / "decks" / "rhine.yaml").chmod(0o444)
        await learner.press("a")
        assert any("read-only" in notice for notice in learner.notices)
        assert "✓ Right" in learner.text()
        await learner.press("enter")
        assert len(learner.reviews()) == 1
