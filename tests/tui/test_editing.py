"""From a card to its question in the editor, and back to the card as it is then."""

import sqlite3
from contextlib import closing

import pytest

from quizzer import deckfile
from quizzer.settings import Settings, StudySettings
from quizzer.store import opening
from quizzer.tui import drafting
from quizzer.tui.screens.changed import ChangedScreen
from quizzer.tui.screens.editor import EditorScreen
from quizzer.tui.widgets.edit_form import EditForm, FieldText
from quizzer.tui.widgets.question_list import QuestionList

from .conftest import Learner, Workspace


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "SOON", 0.005)
    monkeypatch.setattr(drafting, "LATER", 0.01)


async def editor(learner: Learner) -> EditForm:
    """Wait for the editor, filled."""
    await learner.until(lambda: isinstance(learner.app.screen, EditorScreen) and learner.app.screen.query(FieldText))
    await learner.settle()
    return learner.app.screen.query_one(EditForm)


async def write(learner: Learner, **texts: str) -> None:
    """Write into fields, save, and go back."""
    form = await editor(learner)
    for name, text in texts.items():
        area = next(area for area in form.query(FieldText) if area.row.name == name)
        area.focus()
        area.text = text
    await learner.settle()
    await learner.press("ctrl+s")
    await learner.until(lambda: not learner.app.screen._manuscript.changed)
    await learner.press("escape", "escape")


async def test_a_card_is_asked_in_its_new_words_with_its_answer_and_undo_puts_the_old_ones_back(workspace: Workspace) -> None:
    file = workspace.folder / "decks" / "harbour.yaml"
    before = file.read_bytes()
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "e")
        form = await editor(learner)
        assert form.of == "year"
        assert form.field == "question"
        await write(learner, question="When was the old harbour finished?", explanation="After four years.")
        assert learner.screen_name == "StudyScreen"
        await learner.settle()
        assert "When was the old harbour finished?" in learner.text()
        assert "1 Again" in learner.text()
        assert deckfile.load(file).questions[0].explanation == "After four years."
        await learner.press("u")
        assert "In which year was" in learner.text()
        assert file.read_bytes() == before
        await learner.press("p", "3")
        assert len(learner.reviews()) == 1


async def test_f4_opens_it_where_letters_are_typed_and_nothing_is_lost_where_nothing_is_saved(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "3", "e", "f4")
        form = await editor(learner)
        assert form.of == "hill"
        await learner.press("escape", "escape")
        assert learner.screen_name == "StudyScreen"
        await learner.until(lambda: "Type the answer" in learner.text() or "e" in learner.text())
        assert learner.app.screen.query_one("Entry").value == "e"


async def test_a_file_that_is_written_is_told_to_be_where_the_progress_file_cannot_be(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.01)
    file = workspace.folder / "decks" / "harbour.yaml"
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("e")
        with closing(sqlite3.connect(workspace.folder / "progress.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await editor(learner)
            await learner.type("Say: ")
            await learner.press("ctrl+s")
            await learner.until(lambda: learner.notices)
        assert deckfile.load(file).questions[0].text.startswith("Say: ")
        (told,) = learner.notices
        assert told.startswith(f"Saved to harbour.yaml. But: {workspace.folder / 'progress.db'}: ")


async def test_a_key_changed_after_an_answer_is_asked_about_in_the_session(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "1")
        learner.wait(90)
        await learner.press("ctrl+b", "e")  # the next is buried: the one before is asked again
        assert (await editor(learner)).of == "year"
        await write(learner, answer="1918")
        await learner.until(lambda: isinstance(learner.app.screen, ChangedScreen))
        await learner.press("2")
        await learner.settle()
        assert learner.screen_name == "StudyScreen"
        assert "1918" in learner.text()
        assert [entry.act.value for entry in learner.log()] == ["review", "bury", "reset"]


async def test_a_card_whose_question_is_deleted_makes_way_for_the_next(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("e")
        await editor(learner)
        await learner.press("escape", "d", "ctrl+s")
        await learner.until(lambda: not learner.app.screen._manuscript.changed)
        await learner.press("escape")
        await learner.settle()
        assert "From which hill" in learner.text()


async def test_it_is_opened_from_home_search_history_and_the_summary(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        await learner.press("e")
        assert (await editor(learner)).of == ""
        await write(learner, title="The old harbour")
        await learner.until(lambda: "The old harbour" in learner.text())
        await learner.press("slash", *"rock", "enter", "e")
        assert (await editor(learner)).of in ("hill", "why")
        await write(learner, explanation="Rock was cheap.")
        assert learner.screen_name == "SearchScreen"
        await learner.settle()
        assert "Rock was cheap." in learner.text()
        await learner.press("i")
        await learner.until(lambda: learner.screen_name == "HistoryScreen")
        await learner.press("e")
        await editor(learner)
        await learner.press("escape", "escape")
        assert learner.screen_name == "SearchScreen"


async def test_what_was_missed_is_edited_from_the_summary(workspace: Workspace) -> None:
    workspace.add("harbour.yaml", "format: 1\nid: one\ntitle: One\nquestions:\n  - {id: a, question: What?, answer: That, mode: reveal}\n")
    workspace.settings = Settings(zone="UTC", study=StudySettings(learning_steps=()))
    async with workspace.open(decks=("one",)) as learner:
        await learner.press("space", "1")
        assert learner.screen_name == "SummaryScreen"
        await learner.press("e")
        assert (await editor(learner)).of == "a"
        await learner.press("escape", "escape")
        assert learner.screen_name == "SummaryScreen"


async def test_while_cramming_the_cards_are_as_they_are_edited(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",), cram=True) as learner:
        question = learner.app.screen._now.view.prompt.card.question
        await learner.press("f4")
        assert (await editor(learner)).of == question
        await write(learner, explanation="Rock.")
        assert learner.screen_name == "StudyScreen"
        assert learner.log() == []


async def test_a_broken_deck_is_told_of_and_not_opened(workspace: Workspace) -> None:
    workspace.add("broken.yaml", "title: x\nquestions:\n\t- question: [b]\n")
    async with workspace.open() as learner:
        await learner.press("down", "e")
        assert learner.screen_name == "HomeScreen"
        assert "broken.yaml:3:1" in learner.notices[0]
        assert not learner.app.screen.query(QuestionList)
