"""Studying, from key press to the log."""

import re
from datetime import timedelta

import pytest

from quizzer.core.model import Act, Mode, Rating, Verdict
from quizzer.settings import Settings, StudySettings
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.question import Question
from quizzer.tui.widgets.rating_bar import RatingBar
from quizzer.tui.widgets.study_header import StudyHeader

from .conftest import Learner, Workspace

ONE = "format: 1\nid: one\ntitle: One\nquestions:\n  - {id: a, question: Where?, answer: Here, mode: reveal}\n"


def option(learner: Learner, text: str) -> str:
    """The digit of an option."""
    return str(learner.find(Choices).options.index(text) + 1)


async def test_each_mode_logs_its_response_verdict_and_rating(workspace: Workspace) -> None:
    async with workspace.open() as learner:
        await learner.press("enter")
        await learner.press(option(learner, "1917"), "4")
        await learner.type("Oskjuhlid")
        await learner.press("4", "space", "3")
        items = learner.app.screen.query_one("Arrange")._items
        for item in ("Work begins", "The harbour is finished"):
            await learner.press(str(items.index(item) + 1))
        await learner.press("enter", "4")
        reviews = learner.reviews()
    assert [(review.card, review.mode, review.verdict, review.rating) for review in reviews] == [
        ("harbour/year", Mode.CHOOSE, Verdict.RIGHT, Rating.EASY),
        ("harbour/hill", Mode.TYPE, Verdict.RIGHT, Rating.EASY),
        ("harbour/why", Mode.REVEAL, None, Rating.GOOD),
        ("harbour/steps", Mode.ORDER, Verdict.RIGHT, Rating.EASY),
    ]
    assert reviews[1].response == "Oskjuhlid"


async def test_the_suggested_rating_is_preselected_and_enter_gives_it(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1930"))
        assert learner.find(RatingBar).selected is Rating.AGAIN
        await learner.press("enter")
        assert [review.rating for review in learner.reviews()] == [Rating.AGAIN]


async def test_arrows_move_over_options_and_ratings(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("down", "down", "up", "enter")
        assert learner.find(Choices)._chosen == 1
        suggested = learner.find(RatingBar).selected
        await learner.press("right", "enter")
        assert [review.rating for review in learner.reviews()] == [suggested + 1]


async def test_a_click_on_an_option_and_on_a_rating_answers(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.click_on("1930")
        assert learner.find(Choices)._chosen == int(option(learner, "1930")) - 1
        await learner.click_on("2 Hard")
        assert [review.rating for review in learner.reviews()] == [Rating.HARD]


async def test_after_the_answer_the_key_the_evidence_and_its_source_can_be_read(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1930"))
        text = learner.text()
        for part in ("✗ Wrong", "The answer is 1917", "the old harbour was finished in 1917", "Harbour Gazette", "2019-05-04"):
            assert part in text
        assert "https://example.org/port" in text
        assert "Before that, goods were rowed ashore." in text
        await learner.press("p")
        assert "the old harbour was finished in 1917" not in learner.text()
        assert "1 passage of evidence" in learner.text()
        await learner.press("p")
        assert "the old harbour was finished in 1917" in learner.text()


async def test_a_typo_is_shown_against_the_key(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "1")
        await learner.type("Oskjuhlit")
        assert "✓ Right  typo" in learner.text()
        assert learner.find(Question).sheet.outcome.diff == (("=", "Oskjuhli"), ("-", "t"), ("+", "d"))
        assert re.search(r"Answer +Oskjuhlid$", learner.text(), re.MULTILINE)


async def test_nothing_of_the_answer_is_shown_before_it_is_asked_for(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "1")
        assert "Oskjuhlid" not in learner.text()
        await learner.type("x")
        await learner.press("1")
        assert "To carry the rock" not in learner.text()


async def test_the_grader_is_overruled_either_way_before_rating(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1930"), "o")
        assert "✓ Right" in learner.text()
        assert learner.find(RatingBar).selected is not Rating.AGAIN
        await learner.press("o")
        assert "✗ Wrong" in learner.text()
        await learner.press("o", "enter")
        assert [(review.verdict, review.rating > Rating.AGAIN) for review in learner.reviews()] == [(Verdict.RIGHT, True)]


async def test_undo_brings_the_card_back_and_voids_its_review(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1917"), "3")
        assert "hill" in learner.text()
        await learner.press("ctrl+z")
        assert "In which year" in learner.text()
        assert learner.reviews() == []
        assert [entry.act for entry in learner.log()] == [Act.REVIEW, Act.UNDO]
        assert learner.find(StudyHeader).text.count("4 new") == 1


async def test_undo_at_a_verdict_takes_back_that_answer_and_only_then_the_last_rating(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1917"), "3")
        await learner.type("Oskjuhlit")
        await learner.press("u")
        assert "From which hill" in learner.text()
        assert not learner.find(RatingBar).is_open
        assert [entry.act for entry in learner.log()] == [Act.REVIEW]
        assert "Oskjuhlit" in learner.text()
        await learner.press("ctrl+z")
        assert "In which year" in learner.text()
        assert [entry.act for entry in learner.log()] == [Act.REVIEW, Act.UNDO]


async def test_the_first_answer_can_be_taken_back_and_given_anew(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1930"))
        assert "u Take back" in learner.text()
        await learner.press("u")
        assert learner.log() == []
        await learner.press(option(learner, "1917"), "3")
        assert [(review.response, review.verdict) for review in learner.reviews()] == [("1917", Verdict.RIGHT)]


async def test_every_quick_press_of_undo_counts(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "3", "enter", "enter", "3", "space", "3")
        assert len(learner.reviews()) == 3
        await learner.pilot.press(*["ctrl+z"] * 5)
        await learner.settle()
        assert learner.reviews() == []
        assert "In which year" in learner.text()
        assert len(learner.notices) == 1


async def test_suspend_and_bury_set_the_card_aside_and_go_on(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("exclamation_mark")
        assert "hill" in learner.text()
        await learner.press("ctrl+b")
        assert "railway" in learner.text()
        assert [(entry.act, entry.card) for entry in learner.log()] == [
            (Act.SUSPEND, "harbour/year"),
            (Act.BURY, "harbour/hill"),
        ]
        await learner.press("u", "ctrl+z")
        assert "In which year" in learner.text()


async def test_leaving_in_the_middle_comes_back_to_the_same_card_asked_the_same_way(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(option(learner, "1917"), "3", "escape")
        assert learner.screen_name == "HomeScreen"
        await learner.press("ctrl+q")
    place = learner.place()
    assert place is not None
    assert (place.card, place.mode) == ("harbour/hill", Mode.TYPE)
    async with workspace.open(decks=("harbour",)) as learner:
        assert "From which hill" in learner.text()
        assert len(learner.reviews()) == 1


async def test_the_mode_goes_round_the_ways_a_card_can_be_asked(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        seen = []
        for _ in range(4):
            await learner.press("ctrl+t")
            seen.append(learner.find(StudyHeader).text.split("\n")[0].split("  ")[1].strip())
        assert seen == ["type", "type, then choose", "reveal", "choose"]


async def test_letters_go_into_a_typed_answer_and_not_to_the_keys(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "1")
        await learner.type("quite mean! - 3")
        assert "quite mean! - 3" in learner.text()
        assert [entry.act for entry in learner.log()] == [Act.REVIEW]


async def test_the_current_pile_is_underlined(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        header = learner.find(StudyHeader)
        assert header._left.current == "new"
        await learner.press("1", "1")
        for _ in range(3):
            await learner.press("ctrl+s")
        assert header._left.current == "learning"


async def test_when_cards_come_back_later_it_says_when_and_asks_them_then(workspace: Workspace) -> None:
    workspace.add("harbour.yaml", ONE)
    workspace.settings = Settings(zone="UTC", study=StudySettings(learning_steps=(3600,)))
    async with workspace.open(decks=("one",)) as learner:
        await learner.press("space", "1")
        assert re.search(r"Nothing to ask for (39|40):\d\d", learner.text())
        assert "End the session" in learner.text()
        learner.wait(2400)
        await learner.until(lambda: "Where?" in learner.text())
        await learner.press("space", "1", "enter")
        assert learner.screen_name == "SummaryScreen"


async def test_a_session_that_was_ended_early_can_be_taken_up_again_from_its_summary(workspace: Workspace) -> None:
    workspace.add("harbour.yaml", ONE)
    workspace.settings = Settings(zone="UTC", study=StudySettings(learning_steps=(3600,)))
    async with workspace.open(decks=("one",)) as learner:
        await learner.press("space", "1", "enter")
        assert "1 more waits today" in learner.text()
        await learner.press("a")
        assert "Nothing to ask for" in learner.text()
        await learner.press("escape")
        assert learner.screen_name == "HomeScreen"


async def test_a_changed_key_asks_whether_to_keep_or_start_over(workspace: Workspace) -> None:
    workspace.add("harbour.yaml", ONE)
    async with workspace.open(decks=("one",)) as learner:
        await learner.press("space", "4")
    for answer, digit, act in (("There", "1", Act.KEEP), ("Nowhere", "2", Act.RESET)):
        workspace.add("harbour.yaml", ONE.replace("Here", answer))
        async with workspace.open(decks=("one",)) as learner:
            assert learner.screen_name == "ChangedScreen"
            assert answer in learner.text()
            await learner.press(digit)
            assert learner.log()[-1].act is act


async def test_the_session_ends_with_what_it_came_to(workspace: Workspace) -> None:
    workspace.add("harbour.yaml", ONE)
    async with workspace.open(decks=("one",)) as learner:
        await learner.press("space", "1", "space", "4")
        assert learner.screen_name == "SummaryScreen"
        text = learner.text()
        for part in ("2 reviews", "1 of 2 recalled", "To look at again", "Where?", "→ Here", "1 day in a row"):
            assert part in text
        await learner.press("enter")
        assert learner.screen_name == "HomeScreen"
        assert "Today 2 reviews · 1 of 2 recalled · under a minute" in learner.text()


@pytest.mark.parametrize("where", ["question", "answer"])
async def test_a_lid_closed_for_days_loses_and_doubles_nothing(workspace: Workspace, where: str) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        if where == "answer":
            await learner.press("1")
        began = learner.clock.now.date().toordinal()
        learner.clock.now += timedelta(days=3, hours=1)
        await learner.press(*("1" if where == "question" else ""), "3")
        (first,) = learner.reviews()
        assert first.card == "harbour/year"
        assert first.day == began + (3 if where == "question" else 0)  # a response counts for the day it was given on
        assert learner.screen_name == "StudyScreen"
        await learner.type("Oskjuhlid")
        await learner.press("3")
        assert [(entry.card, entry.day) for entry in learner.reviews()] == [("harbour/year", first.day), ("harbour/hill", began + 3)]
        assert learner.find(Question)
