"""Nothing is rated by accident, and nothing is lost."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.model import Act, MemoryState
from quizzer.core.scheduling import replay
from quizzer.store import Progress
from quizzer.tui.guard import Guard
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.rating_bar import RatingBar

from .conftest import Learner, Stopwatch, Workspace


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the file."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked file is given up on soon, so that the test is soon over."""
    monkeypatch.setattr("quizzer.store.opening.BUSY_SECONDS", 0.2)


async def bounce(learner: Learner, key: str, *, after: float) -> None:
    """Press without the second that a learner takes between two keys."""
    learner.stopwatch.seconds += after
    await learner.pilot.press(key)
    await learner.settle()


async def test_a_key_that_bounces_does_not_rate_what_it_chose(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("2")
        await bounce(learner, "2", after=0.05)
        await bounce(learner, "2", after=0.15)
        assert learner.find(RatingBar).is_open
        assert learner.reviews() == []
        await bounce(learner, "2", after=0.25)
        assert [int(review.rating or 0) for review in learner.reviews()] == [2]


async def test_a_key_held_down_answers_once(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("2")
        for _ in range(30):
            await bounce(learner, "2", after=0.033)
        assert learner.reviews() == []
        await learner.press("2")
        assert len(learner.reviews()) == 1


async def test_a_click_twice_chooses_once(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "1", "ctrl+s")
        assert learner.find("Curtain").display
        learner.wait(1)
        await learner.pilot.click("Curtain", times=2)
        await learner.settle()
        assert [entry.act for entry in learner.log()] == [Act.REVIEW, Act.SUSPEND]


@given(st.lists(st.floats(0, 1), max_size=40))
def test_the_guard_lets_no_two_presses_through_closer_than_it_says(gaps: list[float]) -> None:
    watch = Stopwatch()
    guard = Guard(watch, settle=0.2, repeat=0.1)
    guard.turn()
    passed = [0.0]
    for gap in gaps:
        watch.seconds += gap
        if guard.lets_through():
            assert watch.seconds - passed[-1] >= 0.1
            assert watch.seconds >= 0.2
            passed.append(watch.seconds)
    assert all(guard_gap >= 0.2 for guard_gap in [watch.seconds] if len(passed) > 1)


async def test_ratings_do_nothing_before_the_answer(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "1", "ctrl+s")
        assert learner.find("Curtain").display
        await learner.press("1", "2", "3", "4")
        assert len(learner.reviews()) == 1
        assert learner.find("Curtain").display


@pytest.mark.usefixtures("impatient")
async def test_a_locked_file_is_told_in_a_line_and_the_same_key_works_later(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1")
        with locked(workspace.folder / "progress.db"):
            await learner.press("3")
            await learner.until(lambda: any("locked" in notice or "progress.db" in notice for notice in learner.notices))
            assert learner.screen_name == "StudyScreen"
            assert learner.find(RatingBar).is_open
        await learner.press("3")
        assert len(learner.reviews()) == 1
        assert "From which hill" in learner.text()


@pytest.mark.usefixtures("impatient")
async def test_a_file_locked_on_the_way_home_leaves_the_app_standing(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "1")
        with locked(workspace.folder / "progress.db"):
            await learner.press("escape")
            await learner.until(lambda: learner.screen_name == "HomeScreen")
            await learner.settle()
        await learner.press("f5", "enter")
        assert "From which hill" in learner.text()
        assert len(learner.reviews()) == 1


@pytest.mark.parametrize("keys", [("ctrl+c",), ("1", "ctrl+c"), ("question_mark", "ctrl+c"), ("ctrl+p", "ctrl+c"), ("1", "1", "ctrl+c")])
async def test_ctrl_c_leaves_from_anywhere_with_the_place_kept(workspace: Workspace, keys: tuple[str, ...]) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press(*keys[:-1])
        await learner.pilot.press("ctrl+c")
        assert learner.app.return_value == 0
    place = learner.place()
    assert place is not None
    assert place.card == ("harbour/hill" if keys[:2] == ("1", "1") else "harbour/year")


async def test_quitting_between_answer_and_rating_logs_nothing_and_asks_again(workspace: Workspace) -> None:
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "ctrl+q")
    assert learner.log() == []
    async with workspace.open(decks=("harbour",)) as learner:
        assert "In which year" in learner.text()
        assert not learner.find(Choices)._answered


async def test_a_shelf_that_cannot_be_opened_ends_the_app_with_its_reason(workspace: Workspace) -> None:
    (workspace.folder / "progress.db").write_bytes(b"not a database at all, but long enough to look at" * 50)
    async with workspace.open() as learner:
        await learner.until(lambda: learner.app.failure is not None)
    assert "progress.db" in str(learner.app.failure)


KEYS = [*"123450umoeqastrxljk", "enter", "space", "up", "down", "left", "right", "minus", "exclamation_mark", "question_mark"]
KEYS += ["escape", "pagedown", "backspace", "tab", "home", "end", "f1", *(f"ctrl+{letter}" for letter in "ztsbp")]


async def any_keys(workspace: Workspace, *, seed: int, presses: int) -> None:
    dice = random.Random(seed)
    async with workspace.open(size=dice.choice([(80, 24), (40, 12), (140, 40), (20, 5)])) as learner:
        learner.app.open_url = lambda url, new_tab=True: None  # a test opens no browser
        for _ in range(presses):
            key = dice.choice(KEYS)
            if learner.screen_name == "HomeScreen" and key == "q":
                continue
            await learner.press(key)
            if learner.app.return_value == 0:  # it was left by a command of the palette
                break
            if dice.random() < 0.02:
                await learner.pilot.resize_terminal(dice.randint(2, 150), dice.randint(1, 50))
        assert learner.app.return_value == 0 or learner.app.is_running
        states = {entry.card for entry in learner.log()}
    progress = Progress.open(workspace.folder / "progress.db", learner="me")
    try:
        for card in states:
            assert replay(progress.entries(card=card)) == (progress.state(card) or MemoryState())
    finally:
        progress.close()


async def test_any_keys_in_any_order_do_no_harm(workspace: Workspace) -> None:
    await any_keys(workspace, seed=5, presses=60)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
async def test_very_many_keys_in_any_order_do_no_harm(workspace: Workspace, seed: int) -> None:
    await any_keys(workspace, seed=seed, presses=400)
