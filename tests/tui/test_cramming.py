"""Cramming and studying ahead at the app, with what is in the file afterwards."""

import datetime as dt

from quizzer.settings import Settings, StudySettings
from quizzer.tui.widgets.study_header import StudyHeader

from .conftest import Workspace


async def test_cramming_says_so_and_writes_nothing(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",), cram=True) as learner:
        assert any("nothing is written" in notice for notice in learner.notices)
        assert "Cramming: The harbour" in learner.find(StudyHeader).text
        assert "Suspend" not in learner.text()
        assert "Bury" not in learner.text()
        for _ in range(30):
            if learner.screen_name != "StudyScreen":
                break
            await learner.press("ctrl+s", "ctrl+b", "f6", "ctrl+z", "ctrl+y")
            if "once more" in learner.text():
                assert "done" in learner.text()
            await learner.press("1", "enter", "2", "3", "enter")
        else:
            raise AssertionError("cramming does not end")
        assert learner.screen_name == "SummaryScreen"
        assert "recalled" in learner.text()
        assert "press a to study on" not in learner.text()
    assert learner.log() == []
    assert learner.place() is None
    assert learner.place("*") is None


async def test_leaving_a_cram_says_that_nothing_was_written(workspace: Workspace) -> None:
    async with workspace.open(size=(140, 40), decks=("harbour",), cram=True) as learner:
        for _ in range(4):
            if "Show the answer" in learner.text():
                break
            await learner.press("ctrl+t")
        while learner.find(StudyHeader).text.count("4 due"):
            await learner.press("space", "1", "2", "3", "enter")
        await learner.press("escape")
        assert learner.screen_name == "HomeScreen"
        assert "your schedule is as it was" in learner.notices[0]
    assert learner.log() == []


async def test_a_deck_is_crammed_from_the_palette_and_studied_as_ever_afterwards(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        learner.app.begin(("harbour",), cram=True)
        await learner.settle()
        assert "Cramming" in learner.find(StudyHeader).text
        await learner.press("escape")
        assert "In which year" not in learner.text()
        await learner.press("enter", "1", "3")
        assert len(learner.reviews()) == 1


async def test_studying_ahead_asks_what_is_due_later_as_ordinary_reviews(workspace: Workspace) -> None:
    workspace.settings = Settings(zone="UTC", study=StudySettings(learning_steps=(), new_per_day=1))
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "3")
        assert learner.screen_name == "SummaryScreen"
    workspace.settings = Settings(zone="UTC", study=StudySettings(learning_steps=(), new_per_day=0))
    workspace.clock.now += dt.timedelta(days=1)
    async with workspace.open(decks=("harbour",)) as learner:
        assert learner.screen_name == "HomeScreen"
    async with workspace.open(decks=("harbour",), ahead=20) as learner:
        assert "1 due" in learner.find(StudyHeader).text
        await learner.press("1", "3")
        first, second = learner.reviews()
        assert second.day == first.day + 1
        assert (second.card, second.before) == (first.card, first.phase)


async def test_cramming_several_decks_is_said_once(workspace: Workspace) -> None:
    workspace.add("one.yaml", "id: one\ntitle: One\nquestions:\n  - {id: q, question: Where?, answer: Here, mode: reveal}\n")
    async with workspace.open(decks=("harbour", "one"), cram=True) as learner:
        assert learner.find(StudyHeader).text.count("Cramming") == 1
