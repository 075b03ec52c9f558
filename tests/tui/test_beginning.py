"""A new deck begun in the app: the file that is there afterwards, and that none is there where none was wanted."""

import pytest

from quizzer import deckfile
from quizzer.core.kinds import Plain
from quizzer.tui.widgets.deck_list import DeckList

from .conftest import HARBOUR, Workspace


@pytest.fixture(autouse=True)
def british(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


async def test_a_title_and_enter_begin_a_deck_that_is_open_in_the_editor_and_stands_among_the_others_then(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        await learner.press("n")
        assert "A new deck in decks" in learner.text()
        await learner.type("After the vote")
        await learner.until(lambda: learner.screen_name == "EditorScreen" and learner.app.screen.query("FieldText"))
        await learner.settle()
        assert "after-the-vote.yaml" in learner.text()
        await learner.press("escape")
        await learner.until(lambda: learner.screen_name == "HomeScreen")
        await learner.settle()
        assert [line.title for line in learner.find(DeckList).shown if line.id] == ["After the vote", "The harbour of Reykjavik"]
    path = workspace.folder / "decks" / "after-the-vote.yaml"
    assert [problem.code for problem in deckfile.check(path)] == ["D317"]  # nobody wrote its question yet
    deck = deckfile.load(path)
    assert (deck.title, deck.language) == ("After the vote", "en-GB")


async def test_language_and_first_question_can_be_given_and_what_is_missing_is_told_meanwhile(empty_workspace: Workspace) -> None:
    async with empty_workspace.open() as learner:
        assert "Press n to begin one" in learner.text()
        await learner.press("n")
        await learner.pilot.press(*"Peru", "tab", "ctrl+k", *"spanish", "tab", *"Capital?")
        await learner.settle()
        assert "'spanish' is not a language tag" in learner.text()
        assert "a first question and its answer go together" in learner.text()
        await learner.press("enter")
        assert (learner.screen_name, len(learner.notices)) == ("StartScreen", 1)
        await learner.pilot.press("tab", *"Lima", "shift+tab", "shift+tab", "ctrl+u", "e", "s")
        await learner.settle()
        assert "nothing wrong with it" in learner.text()
        await learner.press("ctrl+s")
        await learner.until(lambda: learner.screen_name == "EditorScreen")
    deck = deckfile.load(empty_workspace.folder / "decks" / "peru.yaml")
    (question,) = deck.questions
    assert isinstance(question, Plain)
    assert (deck.language, question.question, question.answer) == ("es", "Capital?", "Lima")


async def test_a_deck_that_is_there_is_not_touched_and_leaving_begins_none(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        await learner.press("n")
        await learner.type("Harbour")
        await learner.until(lambda: learner.notices)
        assert "is there already" in learner.notices[0]
        assert learner.screen_name == "StartScreen"
        await learner.press("s", "escape")
        assert learner.screen_name == "HomeScreen"
    assert (workspace.folder / "decks" / "harbour.yaml").read_text("utf-8") == HARBOUR
    assert [path.name for path in (workspace.folder / "decks").iterdir()] == ["harbour.yaml"]
