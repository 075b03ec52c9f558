"""`quizzer undo` in another terminal while the app is open: an answer, an edit and an act are taken back under the learner's eyes."""

from quizzer.core.model import Act, Rating
from quizzer.study.doctor import doctor

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


def text(workspace: Workspace) -> str:
    return (workspace.folder / "decks" / "rhine.yaml").read_text("utf-8")


def outside(workspace: Workspace, *acts: str) -> list[str]:
    """Take back or do again as a second program does; return what was told."""
    shelf = workspace.shelf()
    try:
        return [getattr(shelf, act)().what for act in acts]
    finally:
        shelf.close()


async def test_an_answer_taken_back_outside_is_asked_again_and_what_is_open_stays(empty_workspace: Workspace) -> None:
    empty_workspace.add("rhine.yaml", RHINE)
    async with empty_workspace.open(decks=("rhine",)) as learner:
        await learner.type("the Rhine")
        await learner.press("4")
        await learner.type("Oskjuhlid")
        assert "✓ Right" in learner.text()
        assert outside(empty_workspace, "undo") == ["answered Easy"]
        assert learner.reviews() == []
        await learner.press("4")
        assert [(entry.card, entry.rating) for entry in learner.reviews()] == [("rhine/hill", Rating.EASY)]
        assert "Which river flows" in learner.text()  # it waits for an answer again
        await learner.type("the Rhine")
        await learner.press("4")
        assert [entry.card for entry in learner.reviews()] == ["rhine/hill", "rhine/river"]
    assert doctor(empty_workspace.folder / "progress.db").healthy


async def test_an_edit_taken_back_outside_is_not_taken_back_twice_nor_put_back(empty_workspace: Workspace) -> None:
    empty_workspace.add("rhine.yaml", RHINE)
    async with empty_workspace.open(decks=("rhine",)) as learner:
        await learner.type("Father Ganges")
        await learner.press("o", "a")
        assert "accept: [Father Ganges]" in text(empty_workspace)
        assert outside(empty_workspace, "undo") == ["another answer accepted"]
        assert text(empty_workspace) == RHINE
        await learner.press("u")
        assert text(empty_workspace) == RHINE
        await learner.press("enter")
        (review,) = learner.reviews()
        assert review.response == "Father Ganges"
        await learner.type("Esja")
        await learner.press("o", "a")
        assert text(empty_workspace) == RHINE.replace("answer: Oskjuhlid", "answer: Oskjuhlid, accept: [Esja]")
        await learner.press("u", "u", "u", "ctrl+z")
        assert text(empty_workspace) == RHINE
        assert learner.reviews() == []
    assert doctor(empty_workspace.folder / "progress.db").healthy


async def test_at_home_undo_takes_back_what_still_stands_after_an_undo_outside(empty_workspace: Workspace) -> None:
    empty_workspace.add("rhine.yaml", RHINE)
    async with empty_workspace.open(decks=("rhine",)) as learner:
        for answer in ("the Rhine", "Oskjuhlid"):
            await learner.type(answer)
            await learner.press("4")
        await learner.press("escape")
        if learner.screen_name != "HomeScreen":
            await learner.press("escape")
        assert outside(empty_workspace, "undo") == ["answered Easy"]
        await learner.press("u")
        assert any("Taken back: answered Easy: Which river" in notice for notice in learner.notices)
        assert learner.reviews() == []
        assert outside(empty_workspace, "redo") == ["answered Easy"]
        await learner.press("r")
        assert [entry.card for entry in learner.reviews()] == ["rhine/river", "rhine/hill"]
        assert [entry.act for entry in learner.log()] == [Act.REVIEW] * 2 + [Act.UNDO] * 4
    assert doctor(empty_workspace.folder / "progress.db").healthy


async def test_a_search_after_an_edit_finds_it_by_what_was_added(empty_workspace: Workspace) -> None:
    empty_workspace.add("rhine.yaml", RHINE)
    async with empty_workspace.open(decks=("rhine",)) as learner:
        await learner.type("Father Ganges")
        await learner.press("o", "a", "enter", "escape")
        assert learner.screen_name == "HomeScreen"
        await learner.press("slash", *"ganges")
        await learner.until(lambda: "Which river flows" in learner.text())
        await learner.press("escape")
        outside(empty_workspace, "undo", "undo")
        assert text(empty_workspace) == RHINE
        await learner.press("slash", *"ganges")
        await learner.until(lambda: "Which river flows" not in learner.text())
