"""A leech is mended on the spot: from its answer and from the summary, by a proposal or by hand, and undo puts the old question back."""

import pytest

from quizzer import deckfile
from quizzer.settings import Settings, StudySettings
from quizzer.tui.widgets.proposal_form import Text

from .conftest import Workspace

RHINE = """\
format: 1
id: rhine
title: Rhine   # kept
study: {mode: type}
questions:
  - {id: river, question: Which river flows through Cologne?, answer: the Rhine}
"""


@pytest.fixture
def leech(empty_workspace: Workspace) -> Workspace:
    empty_workspace.add("rhine.yaml", RHINE)
    study = StudySettings(learning_steps=(), relearning_steps=(), leech_threshold=1)
    empty_workspace.settings = Settings(zone="UTC", study=study)
    return empty_workspace


def question(workspace: Workspace) -> object:
    return deckfile.load(workspace.folder / "decks" / "rhine.yaml").questions[0]


async def test_from_the_summary_by_hand_and_taken_back_at_home(leech: Workspace) -> None:
    before = (leech.folder / "decks" / "rhine.yaml").read_bytes()
    async with leech.open(decks=("rhine",)) as learner:
        await learner.type("the Rhine")
        await learner.press("enter", "enter")
        learner.wait(9_000_000)
        await learner.press("f5", "enter")
        await learner.type("no idea")
        await learner.press("1")
        assert learner.screen_name == "SummaryScreen"
        assert "press w to mend" in learner.text()
        await learner.press("w")
        assert "How is this question to be mended?" in learner.text()
        await learner.press("1")
        fields = {area.row.name: area for area in learner.app.screen.query(Text)}
        assert {"question", "answer", "accept", "hints", "explanation"} <= fields.keys()
        fields["explanation"].text = "Cologne lies on its left bank."
        await learner.press("ctrl+s")
        assert question(leech).explanation == "Cologne lies on its left bank."
        assert learner.screen_name == "SummaryScreen"
        await learner.press("w")
        assert learner.screen_name == "SummaryScreen"  # there is no other
        await learner.press("enter", "u")
        assert any("Taken back: question rewritten" in notice for notice in learner.notices)
    assert (leech.folder / "decks" / "rhine.yaml").read_bytes() == before


async def test_from_its_answer_by_a_proposal_and_the_answer_stays(leech: Workspace) -> None:
    async with leech.open(decks=("rhine",)) as learner:
        await learner.type("the Rhine")
        await learner.press("enter", "enter")
        learner.wait(9_000_000)
        await learner.press("f5", "enter")
        await learner.type("no idea")
        assert "Mend the question" not in learner.text()
        await learner.press("1", "enter")
        learner.wait(90_000)
        await learner.press("f5", "enter")
        await learner.type("the Rhine")
        assert "press w" in learner.text()
        await learner.press("w", "2", "ctrl+s")
        assert question(leech).hints == ("It begins with T…",)
        assert learner.screen_name == "StudyScreen"
        assert "✓ Right" in learner.text()
        await learner.press("u")
        assert question(leech).hints == ()
        assert "✓ Right" in learner.text()
        await learner.press("r", "enter")
        assert question(leech).hints == ("It begins with T…",)
        assert len(learner.reviews()) == 3


async def test_a_question_that_is_wrong_is_not_saved_and_escape_leaves_it(leech: Workspace) -> None:
    async with leech.open(decks=("rhine",)) as learner:
        await learner.type("the Rhine")
        await learner.press("enter", "enter")
        learner.wait(9_000_000)
        await learner.press("f5", "enter")
        await learner.type("no idea")
        await learner.press("1", "w", "1")
        field = next(area for area in learner.app.screen.query(Text) if area.row.name == "answer")
        field.text = ""
        await learner.press("ctrl+s")
        assert learner.screen_name == "RewriteScreen"
        await learner.press("escape")
        assert learner.screen_name == "SummaryScreen"
        assert question(leech).answer == "the Rhine"
        await learner.press("w", "e")  # or all of it, in the editor
        await learner.until(lambda: learner.screen_name == "EditorScreen")
        await learner.until(lambda: "the Rhine" in learner.app.screen._form.texts.values())
        await learner.press("escape", "escape")
        assert learner.screen_name == "SummaryScreen"
