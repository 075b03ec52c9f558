"""Redo, flags, leeches and a card's history at the app, with what is in the file afterwards."""

import datetime as dt

import pytest

from quizzer.core.leeches import Leeches
from quizzer.core.model import Act
from quizzer.settings import Settings, StudySettings
from quizzer.tui.widgets.study_header import StudyHeader

from .conftest import Workspace

ONE = "id: one\ntitle: One\nquestions:\n  - id: q\n    question: Where?\n    answer: Here\n    mode: reveal\n"


async def test_redo_does_again_what_undo_took_back_after_a_restart_too(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "3", "ctrl+s")
        assert "railway" in learner.text()
        assert "Redo" not in learner.text()
        await learner.press("ctrl+z")
        assert learner.notices[-1].startswith("Taken back: suspended: From which hill")
        await learner.press("ctrl+z")
        assert learner.notices[-1].startswith("Taken back: answered Good: In which year")
        assert "In which year" in learner.text()
        assert learner.reviews() == []
        await learner.press("ctrl+y")
        assert "From which hill" in learner.text()
        assert len(learner.reviews()) == 1
    async with workspace.open(decks=("harbour",)) as learner:
        assert "Redo" in learner.text()
        await learner.press("ctrl+y")
        assert "railway" in learner.text()
        assert "Redo" not in learner.text()
        acts = [entry.act for entry in learner.log()]
        assert acts == [Act.REVIEW, Act.SUSPEND, Act.UNDO, Act.UNDO, Act.UNDO, Act.UNDO]
        await learner.press("ctrl+z", "ctrl+z", "ctrl+b")
        assert learner.reviews() == []
        assert "Redo" not in learner.text()


async def test_a_flag_is_seen_and_kept_and_the_answer_stays_open(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "f")
        assert "⚑" in learner.find(StudyHeader).text
        assert "1917" in learner.text()
        assert [(entry.act, entry.card) for entry in learner.log()] == [(Act.FLAG, "harbour/year")]
        await learner.press("3")
        assert "⚑" not in learner.find(StudyHeader).text
        await learner.press("f6")
        assert "⚑" in learner.find(StudyHeader).text
        await learner.press("f6")
        assert "⚑" not in learner.find(StudyHeader).text
    assert [row.card for row in workspace.shelf().flagged()] == ["harbour/year"]


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (40, 12)])
async def test_a_cards_history_tells_its_answers_but_not_before_the_card_is_answered(workspace: Workspace, size: tuple[int, int]) -> None:
    workspace.settings = Settings(zone="Asia/Kathmandu", study=StudySettings(learning_steps=()))
    async with workspace.open(size=size, decks=("harbour",)) as learner:
        await learner.press("1", "3", "ctrl+z", "i")
        assert learner.screen_name == "HistoryScreen"
        text = learner.text()
        assert "2026-03-02 14:4" in text
        assert "taken back" in text
        assert not {"1905", "1917", "1930", "1944"} & set(text.split())
        await learner.press("escape", "1", "i")
        assert learner.screen_name == "HistoryScreen"
        if size[0] >= 80:
            assert {"1905", "1917", "1930", "1944"} & set(learner.text().split())
        await learner.press("i")
        assert learner.screen_name == "StudyScreen"
        assert "Good" in learner.text()
        await learner.press("3")
        assert len(learner.reviews()) == 1


async def test_a_card_without_a_past_says_so(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("f7")
        assert "Nothing was done to this card yet." in learner.text()
        await learner.press("q")
        assert learner.screen_name == "StudyScreen"


@pytest.mark.parametrize("leech", Leeches)
async def test_a_leech_is_told_with_its_passage_and_at_the_end(workspace: Workspace, leech: Leeches) -> None:
    passage = "    evidence: {source: s, quote: Here, passage: It is said to be Here and nowhere else.}\n"
    sources = "sources:\n  - {id: s, publisher: Gazette}\n"
    workspace.add("harbour.yaml", ONE.replace("questions:", sources + "questions:") + passage)
    study = StudySettings(leech=leech, leech_threshold=2, learning_steps=(), relearning_steps=())
    workspace.settings = Settings(zone="UTC", study=study)
    for _ in range(2):
        async with workspace.open(decks=("one",)) as learner:
            await learner.press("space", "1", "enter")
        workspace.clock.now += dt.timedelta(days=90)
    async with workspace.open(decks=("one",)) as learner:
        await learner.press("space", "1")
        assert learner.screen_name == "SummaryScreen"
        assert "Forgotten again and again" in learner.text()
        assert "2 times" in learner.text()
        assert ("suspended" in learner.text()) == (leech is Leeches.SUSPEND)
        assert [entry.act for entry in learner.log()][-1] is (Act.SUSPEND if leech is Leeches.SUSPEND else Act.REVIEW)
        await learner.press("enter", "s")
        assert "1 forgotten again and again" in learner.text()
    workspace.clock.now += dt.timedelta(days=90)
    if leech is Leeches.TAG:
        async with workspace.open(decks=("one",)) as learner:
            await learner.press("space")
            await learner.press("p")  # even where passages are folded away
            await learner.press("2")
            workspace.clock.now += dt.timedelta(days=90)
        async with workspace.open(decks=("one",)) as learner:
            await learner.press("space")
            assert "Forgotten 2 times" in learner.text()
            assert "It is said to be Here and nowhere else." in learner.text()
    assert [(row.card, row.lapses) for row in workspace.shelf().leeches()] == [("one/q", 2)]


async def test_the_last_answer_is_taken_back_from_the_summary_and_its_card_asked_again(empty_workspace: Workspace) -> None:
    empty_workspace.add("one.yaml", ONE)
    async with empty_workspace.open(decks=("one",)) as learner:
        await learner.press("space", "4")
        assert learner.screen_name == "SummaryScreen"
        await learner.press("u")
        assert learner.screen_name == "StudyScreen"
        assert any("Taken back: answered Easy" in notice for notice in learner.notices)
        assert learner.reviews() == []
        await learner.press("ctrl+y")
        assert learner.screen_name == "HomeScreen"
        assert len(learner.reviews()) == 1
    async with empty_workspace.open(decks=("one",), cram=True) as learner:
        await learner.press("space", "4")
        assert "Undo" not in learner.text()
        await learner.press("u")
        assert learner.screen_name == "SummaryScreen"
        assert len(learner.reviews()) == 1
