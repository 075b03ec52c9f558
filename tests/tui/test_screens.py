"""Home, help, palette, statistics, themes, and every size of terminal."""

import sys

import pytest

from quizzer.core.errors import QuizzerError
from quizzer.core.model import Rating
from quizzer.tui import run
from quizzer.tui.keys import bindings_of, key_name
from quizzer.tui.remapping import SCREENS, WIDGETS
from quizzer.tui.screens.summary import _span
from quizzer.tui.widgets.deck_list import DeckList
from quizzer.tui.widgets.keybar import KeyBar
from quizzer.tui.widgets.question import Question
from quizzer.tui.widgets.rating_bar import RatingBar
from quizzer.tui.widgets.study_header import StudyHeader

from .conftest import HARBOUR, Learner, Workspace


async def test_home_shows_the_counts_and_they_are_fresh_on_return(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        line = learner.find(DeckList).shown[0]
        assert (line.new, line.learning, line.due, line.total) == (4, 0, 0, 4)
        await learner.press("enter", "1", "1", "escape")
        line = learner.find(DeckList).shown[0]
        assert (line.new, line.learning, line.due) == (3, 1, 0)


async def test_home_names_a_broken_deck_and_says_what_is_wrong_with_it(workspace: Workspace) -> None:
    workspace.add("broken.yaml", "title: x\nquestions:\n\t- question: [b]\n")
    async with workspace.open() as learner:
        assert "! broken.yaml" in learner.text()
        await learner.press("down")
        assert "broken.yaml:3:1" in "".join(learner.text().split())
        await learner.press("enter")
        assert learner.screen_name == "HomeScreen"
        assert "broken.yaml:3:1" in learner.notices[0]


async def test_an_empty_workspace_says_what_to_do(empty_workspace: Workspace) -> None:
    async with empty_workspace.open() as learner:
        assert "quizzer generate ARTICLE" in learner.text()
        empty_workspace.add("harbour.yaml", HARBOUR)
        await learner.press("f5")
        assert "The harbour of Reykjavik" in learner.text()
        await learner.press("enter")
        assert "In which year" in learner.text()


async def test_study_all_asks_from_every_deck(workspace: Workspace) -> None:
    workspace.add("two.yaml", HARBOUR.replace("id: harbour", "id: two").replace("Reykjavik", "Akureyri"))
    async with workspace.open() as learner:
        assert [line.new for line in learner.find(DeckList).shown] == [4, 4, 8]
        await learner.press("a")
        assert "8 new" in learner.find(StudyHeader).text
        await learner.press("1", "1")
        assert len(learner.reviews()) == 1


async def test_when_all_decks_are_gone_nothing_is_said_of_their_cards(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        assert "4 cards in it." in learner.text()
        (workspace.folder / "decks" / "harbour.yaml").unlink()
        await learner.press("f5")
        assert "There are no decks here" in learner.text()
        assert "cards in it" not in learner.text()
        assert "Study all" not in learner.text()


async def test_help_begins_with_what_is_in_use(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        for keys, title in (((), "Home"), (("enter",), "Choosing"), (("1",), "Rating"), (("1",), "Typing")):
            await learner.press(*keys, "f1")
            assert str(learner.app.screen.content).startswith(title)
            await learner.press("escape")


@pytest.mark.parametrize("terminal", ["", "dumb"])
@pytest.mark.skipif(sys.platform == "win32", reason="terminals have no names there")
def test_a_terminal_that_cannot_show_the_app_is_told_of_the_commands_that_print(terminal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", terminal)
    with pytest.raises(QuizzerError, match="quizzer due"):
        run(lambda: pytest.fail("the decks were opened"))


async def test_a_first_learner_is_pointed_to_the_deck_that_teaches_quizzer(workspace: Workspace) -> None:
    workspace.add("quizzer.yaml", HARBOUR.replace("id: harbour", "id: quizzer").replace("The harbour of Reykjavik", "Learn quizzer"))
    async with workspace.open() as learner:
        assert "New here? Learn quizzer" in learner.text()
        await learner.press("enter", "1", "1", "escape")
        assert "New here?" not in learner.text()


async def test_a_deck_that_is_not_there_is_told_and_home_stays(workspace: Workspace) -> None:
    async with workspace.open(decks=("nowhere",)) as learner:
        assert learner.screen_name == "HomeScreen"
        assert any("'nowhere'" in notice for notice in learner.notices)


def essential(learner: Learner) -> list[tuple[str, object]]:
    screen = learner.app.screen
    return [(type(widget).__name__, widget.region) for widget in (screen.query_one(StudyHeader), screen.query_one(KeyBar))]


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (140, 40), (36, 9)])
async def test_ratings_and_verdict_are_in_sight_whatever_the_size_and_length(workspace: Workspace, size: tuple[int, int]) -> None:
    long = " ".join(["In which year, as far as is known today from what was written then,"] * 12)
    workspace.add("harbour.yaml", HARBOUR.replace("In which year was", long + " was"))
    async with workspace.open(size=size, decks=("harbour",)) as learner:
        await learner.press("1")
        whole = learner.app.screen.region
        bar, keys = learner.find(RatingBar), learner.find(KeyBar)
        for widget in (learner.find(StudyHeader), bar, keys):
            assert whole.contains_region(widget.region)
            assert widget.region.area
        assert not bar.region.overlaps(keys.region)
        for rating in ("1 Again", "2 Hard", "3 Good", "4 Easy"):
            assert rating in learner.text()
        assert "Wrong" in learner.text() or "Right" in learner.text()
        assert learner.find(Question).sheet.can_scroll or size[1] == 40


@pytest.mark.parametrize("size", [(20, 5), (5, 2), (200, 4), (12, 60)])
async def test_a_terminal_too_small_says_so_and_nothing_is_done_blindly(workspace: Workspace, size: tuple[int, int]) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1")
        await learner.pilot.resize_terminal(*size)
        await learner.settle()
        if size == (20, 5):
            assert "Too small" in learner.text()
        await learner.press("3", "u", "exclamation_mark", "minus")
        assert learner.log() == []
        await learner.pilot.resize_terminal(80, 24)
        await learner.settle()
        await learner.press("3")
        assert len(learner.reviews()) == 1


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (80, 24), (140, 40)])
async def test_every_screen_opens_at_every_size(workspace: Workspace, size: tuple[int, int]) -> None:
    async with workspace.open(size=size) as learner:
        await learner.press("question_mark", "escape", "s", "escape", "ctrl+p", "escape", "enter")
        await learner.press("1", "3", "question_mark", "pagedown", "escape", "escape")
        assert learner.screen_name == "HomeScreen"


async def test_help_lists_every_binding_of_the_screen_it_is_called_from(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        for enter in ((), ("enter",)):
            await learner.press(*enter)
            screen = learner.app.screen
            kinds = {type(screen), type(learner.app), *(type(node) for node in screen.walk_children())}
            bindings = [binding for kind in kinds for binding in bindings_of(kind)]
            await learner.press("question_mark")
            told = str(learner.app.screen.content)
            assert len(bindings) > 10
            for binding in bindings:
                assert binding.id in told
                assert binding.description in " ".join(told.split())
                assert all(key_name(key) in told for key in binding.key.split(","))
            await learner.press("escape")


def test_every_binding_has_an_id_of_its_own_and_says_what_it_does() -> None:
    for kind in (*SCREENS, *WIDGETS):
        bindings = bindings_of(kind)
        ids = [binding.id for binding in bindings]
        assert all(ids)
        assert len(set(ids)) == len(ids)
        assert all(binding.description for binding in bindings)


async def test_keys_can_be_changed_by_their_names(workspace: Workspace) -> None:
    keys = {"choose.1": "x", "rate.easy": "z,ctrl+e", "study.leave": "w", "home.help": "h"}
    async with workspace.open(keys=keys) as learner:
        await learner.press("h")
        assert learner.screen_name == "HelpScreen"
        await learner.press("escape", "enter", "1")
        assert not learner.find(RatingBar).is_open
        await learner.press("x", "4", "z")
        assert [review.rating for review in learner.reviews()] == [Rating.EASY]
        await learner.press("f1")
        told = str(learner.app.screen.content)
        assert "z Ctrl+E" in told
        await learner.press("escape", "ctrl+t", "w")
        assert learner.screen_name == "HomeScreen"


async def test_a_name_that_no_key_has_is_told(workspace: Workspace) -> None:
    async with workspace.open(keys={"study.undoo": "z"}) as learner:
        assert any("'study.undoo'" in notice for notice in learner.notices)


async def test_a_key_taken_from_another_is_told_once(workspace: Workspace) -> None:
    async with workspace.open(keys={"study.undo": "m"}, decks=("harbour",)) as learner:
        told = [notice for notice in learner.notices if "'study.mode'" in notice]
        assert len(told) == 1
        await learner.press("1", "1")
        assert learner.notices == []


async def test_the_foot_shows_only_keys_that_work_now(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:

        def foot() -> list[str]:
            return [key.label for key in learner.find(KeyBar).keys]

        assert "u" not in foot()
        await learner.press("1", "1")
        assert {"^z", "^t", "^b", "^s", "f1", "esc"} <= set(foot())  # letters are typed into the answer
        assert not {"u", "m", "-", "!", "?"} & set(foot())


async def test_a_click_on_a_key_at_the_foot_presses_it(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        await learner.click_on("? Help")
        assert learner.screen_name == "HelpScreen"


async def test_the_palette_studies_a_deck_by_a_part_of_its_name(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        await learner.press("ctrl+p", "r", "e", "y", "k")
        await learner.until(lambda: "Study The harbour" in learner.text())
        await learner.press("enter")
        await learner.until(lambda: learner.screen_name == "StudyScreen")
        await learner.settle()
        assert "In which year" in learner.text()


async def test_the_palette_leads_from_one_deck_straight_to_another(workspace: Workspace) -> None:
    workspace.add("two.yaml", HARBOUR.replace("id: harbour", "id: two").replace("The harbour of Reykjavik", "Zoo"))
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "1", "ctrl+p", "z", "o", "o")
        await learner.until(lambda: "Study Zoo" in learner.text())
        await learner.press("enter")
        await learner.until(lambda: "Zoo" in learner.text().split("\n")[0])
        assert len(learner.app.screen_stack) == 2
        await learner.press("1", "1", "escape")
        assert learner.screen_name == "HomeScreen"
        assert [review.card for review in learner.reviews()] == ["harbour/year", "two/year"]


async def test_the_palette_changes_how_cards_are_asked(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("ctrl+p", "r", "e", "v", "e", "a", "l")
        await learner.until(lambda: "revealing" in learner.text())
        await learner.press("enter")
        await learner.until(lambda: learner.screen_name == "StudyScreen")
        await learner.settle()
        assert learner.find("Curtain").display


async def test_statistics_count_what_was_done(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        await learner.press("enter", "1", "4", "escape", "s")
        assert learner.screen_name == "StatsScreen"
        text = " ".join(learner.text().split())
        assert "4 cards" in text
        assert "3 new" in text
        assert "1 in 30 days" in text
        await learner.press("escape")
        assert learner.screen_name == "HomeScreen"


async def test_the_theme_chosen_is_remembered_and_the_given_one_used(workspace: Workspace) -> None:
    remembered: list[str] = []
    async with workspace.open(theme="quizzer-light", remember_theme=remembered.append) as learner:
        assert learner.app.theme == "quizzer-light"
        await learner.press("t")
        assert learner.app.theme == "quizzer-dark"
    assert remembered == ["quizzer-dark"]


async def test_an_unknown_theme_is_told_and_the_house_theme_used(workspace: Workspace) -> None:
    async with workspace.open(theme="solarised") as learner:
        assert learner.app.theme == "quizzer-dark"
        assert any("'solarised'" in notice for notice in learner.notices)


@pytest.mark.parametrize("short", ["light", "dark"])
async def test_the_house_themes_have_short_names(workspace: Workspace, short: str) -> None:
    async with workspace.open(theme=short) as learner:
        assert learner.app.theme == f"quizzer-{short}"
        assert learner.notices == []


@pytest.mark.parametrize("theme", ["textual-ansi", "nord", "textual-light"])
async def test_textuals_own_themes_can_be_used(workspace: Workspace, theme: str) -> None:
    async with workspace.open(theme=theme, decks=("harbour",)) as learner:
        await learner.press("1")
        assert "3 Good" in learner.text()


def test_a_session_of_a_second_is_of_one_second() -> None:
    assert [_span(seconds) for seconds in (0.2, 1.2, 2, 89.9, 120)] == ["1 second", "1 second", "2 seconds", "90 seconds", "2 minutes"]
