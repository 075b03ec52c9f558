"""The search screen: found as it is typed, and what is done to a card is in the database."""

import pytest

from quizzer.core.model import Act

from .conftest import HARBOUR, Learner, Workspace


@pytest.fixture
def shelf_of_two(workspace: Workspace) -> Workspace:
    workspace.add("lake.yaml", HARBOUR.replace("id: harbour", "id: lake").replace("The harbour of Reykjavik", "The lake"))
    workspace.add("zzz.yaml", "title: broken\n\tquestions: none\n")
    return workspace


async def words(learner: Learner, text: str) -> None:
    await learner.pilot.press(*("space" if letter == " " else "colon" if letter == ":" else letter for letter in text))
    await learner.settle()
    await learner.until(lambda: not learner.app.screen._under_way and not learner.app.screen._errands._busy)
    await learner.settle()


async def test_cards_are_found_as_their_words_are_typed_and_shown_with_their_answer(shelf_of_two: Workspace) -> None:
    async with shelf_of_two.open() as learner:
        await learner.press("slash")
        assert learner.screen_name == "SearchScreen"
        assert "in 8 cards" in learner.text()
        await words(learner, "oskj")
        assert "2 cards found" in learner.text()
        assert "From which hill was the rock taken?" in learner.text()
        assert "Answer" in learner.text()
        await words(learner, " deck:lak")
        assert "1 card found" in learner.text()
        assert "The lake" in learner.text()
        await words(learner, "zz")
        assert "No card holds all of this." in learner.text()
        assert "none of the filters" not in learner.text()
        await words(learner, " is:foo is:du")  # the second goes on to be one
        assert "is:foo is none of the filters below." in learner.text()


async def test_a_found_card_is_flagged_suspended_and_brought_back(shelf_of_two: Workspace) -> None:
    async with shelf_of_two.open() as learner:
        await learner.press("slash")
        await words(learner, "rock")
        await learner.press("enter", "f", "exclamation_mark")
        assert "Suspended · flagged" in learner.text()
        assert [(entry.act, entry.card) for entry in learner.log()] == [(Act.FLAG, "harbour/hill"), (Act.SUSPEND, "harbour/hill")]
        await learner.press("exclamation_mark", "f6")
        assert [entry.act for entry in learner.log()] == [Act.FLAG, Act.SUSPEND, Act.UNSUSPEND, Act.UNFLAG]
        await learner.press("i")
        assert learner.screen_name == "HistoryScreen"
        assert "brought back" in learner.text()
        await learner.press("escape", "escape")
        assert learner.screen_name == "HomeScreen"


async def test_home_counts_anew_after_a_card_was_suspended(shelf_of_two: Workspace) -> None:
    async with shelf_of_two.open() as learner:
        before = [line.new for line in learner.app.home.decks]
        await learner.press("slash")
        await words(learner, "railway")
        await learner.press("ctrl+s", "escape")
        await learner.settle()
        assert sum(line.new for line in learner.app.home.decks) == sum(before) - 1


async def test_letters_are_words_while_one_types_and_keys_among_the_cards(shelf_of_two: Workspace) -> None:
    async with shelf_of_two.open() as learner:
        await learner.press("slash")
        await words(learner, "finished")
        assert learner.log() == []
        await learner.press("down", "f", "slash")
        await words(learner, "f")
        assert len(learner.log()) == 1
        await learner.press("escape")
        assert learner.screen_name == "HomeScreen"


async def test_the_palette_offers_search_at_home_and_not_in_a_session(shelf_of_two: Workspace) -> None:
    async with shelf_of_two.open() as learner:
        assert "Search" in [command.name for command in learner.app.commands(learner.app.screen)]
        await learner.press("enter")
        assert "Search" not in [command.name for command in learner.app.commands(learner.app.screen)]


@pytest.mark.parametrize("size", [(36, 9), (40, 14), (140, 40), (20, 5)])
async def test_it_can_be_used_in_any_room(shelf_of_two: Workspace, size: tuple[int, int]) -> None:
    async with shelf_of_two.open() as learner:
        await learner.press("slash")
        await learner.pilot.resize_terminal(*size)
        await learner.settle()
        if size[0] >= 36:
            await words(learner, "rock")
            await learner.press("down", "down", "up", "pagedown", "f")
            assert len(learner.log()) == 1
        await learner.press("escape")
        assert learner.screen_name == "HomeScreen"
