"""Pairs put together in the app, from key press to the log."""

from typing import Any

import pytest

from quizzer.core.model import Mode, Rating, Verdict
from quizzer.tui.widgets.matching import Matching
from quizzer.tui.widgets.rating_bar import RatingBar

from .conftest import RIVERS, Learner, Workspace

SEATS = ("Seine", "Tiber", "Danube", "Nile")


@pytest.fixture
def rivers(empty_workspace: Workspace) -> Workspace:
    empty_workspace.add("rivers.yaml", RIVERS)
    return empty_workspace


def letter(learner: Learner, right: str) -> str:
    widget: Any = learner.find(Matching)
    return "abcdefghijkl"[widget.rights.index(right)]


async def test_letters_match_and_the_last_pair_makes_itself(rivers: Workspace) -> None:
    async with rivers.open(decks=("rivers",)) as learner:
        await learner.press(*(letter(learner, right) for right in SEATS[:3]), "enter")
        assert "✓ Right" in learner.text()
        await learner.press("enter")
        (review,) = learner.reviews()
    assert (review.card, review.mode, review.verdict, review.rating) == ("rivers/cities", Mode.MATCH, Verdict.RIGHT, Rating.GOOD)
    assert review.response == "Paris – Seine, Rome – Tiber, Vienna – Danube, Cairo – Nile"


async def test_half_right_is_near_and_shows_what_was_wrong(rivers: Workspace) -> None:
    async with rivers.open(decks=("rivers",)) as learner:
        await learner.press(*(letter(learner, right) for right in ("Tiber", "Seine", "Danube")), "enter")
        text = learner.text()
        assert "≈ Near  2 of 4" in text
        assert "✗ 1 Paris – Seine  you: Tiber" in text
        assert "✓ 4 Cairo – Nile" in text
        assert learner.find(RatingBar).selected is Rating.HARD
        await learner.press("enter")
        assert [(review.verdict, review.rating) for review in learner.reviews()] == [(Verdict.NEAR, Rating.HARD)]


async def test_arrows_alone_are_enough(rivers: Workspace) -> None:
    async with rivers.open(decks=("rivers",)) as learner:
        free = list(learner.find(Matching).rights)
        for right in SEATS:
            await learner.press(*["right"] * (free.index(right) + 1), "down")  # those that others have are passed over
            free.remove(right)
        await learner.press("enter", "enter")
        assert [review.verdict for review in learner.reviews()] == [Verdict.RIGHT]


async def test_digits_and_backspace_mend_a_pair(rivers: Workspace) -> None:
    async with rivers.open(decks=("rivers",)) as learner:
        await learner.press(*(letter(learner, right) for right in ("Tiber", "Seine", "Danube")))
        await learner.press("1", "backspace", "enter")
        assert learner.notices == ["Match every left first, or take all back and press Enter to see the answer."]
        await learner.press(letter(learner, "Seine"), letter(learner, "Tiber"), "enter", "enter")
        assert [review.verdict for review in learner.reviews()] == [Verdict.RIGHT]


async def test_the_mouse_matches(rivers: Workspace) -> None:
    async with rivers.open(decks=("rivers",)) as learner:
        for left, right in (("Cairo", "Nile"), ("Rome", "Tiber"), ("Paris", "Seine")):
            await learner.click_on(left)
            await learner.click_on(right)
        await learner.press("enter", "enter")
        assert [review.verdict for review in learner.reviews()] == [Verdict.RIGHT]


async def test_a_right_of_two_lefts_is_given_to_both(rivers: Workspace) -> None:
    async with rivers.open(decks=("rivers",)) as learner:
        await learner.press("minus")
        await learner.press(*(letter(learner, right) for right in ("South America", "South America", "Africa")), "enter", "enter")
        assert [(review.card, review.verdict) for review in learner.reviews()] == [("rivers/continents", Verdict.RIGHT)]


async def test_none_given_shows_the_key_and_is_wrong(rivers: Workspace) -> None:
    async with rivers.open(decks=("rivers",)) as learner:
        await learner.press("enter")
        assert "✗ 2 Rome – Tiber" in learner.text()
        assert "you:" not in learner.text()
        await learner.press("enter")
        assert [(review.verdict, review.rating) for review in learner.reviews()] == [(Verdict.WRONG, Rating.AGAIN)]


async def test_the_right_is_green_and_only_what_was_given_is_red(rivers: Workspace) -> None:
    async with rivers.open(decks=("rivers",)) as learner:
        await learner.press(*(letter(learner, right) for right in ("Tiber", "Seine", "Danube")), "enter")
        (line,) = (line for line in learner.find(Matching).means(60) if "Paris" in line.plain)
        styles = {line.plain[span.start : span.end]: str(span.style) for span in line.spans}
        assert "$verdict-right" in styles["Seine"]
        assert "$verdict-wrong" in styles["Tiber"]
