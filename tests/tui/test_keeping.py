"""The app backs the progress file up by itself, beside all else."""

import threading
from datetime import timedelta

from quizzer.core.errors import ProgressError
from quizzer.store.backup import back_up_if_due, dated, reviews_in

from .conftest import Workspace


async def test_what_was_answered_is_backed_up_when_the_app_is_next_opened(workspace: Workspace) -> None:
    path = workspace.folder / "progress.db"

    def back_up() -> None:
        back_up_if_due(path, now=workspace.clock())

    async with workspace.open(decks=("harbour",), back_up=back_up) as learner:
        assert not dated(path)  # nothing was answered yet
        await learner.press("1", "1", "escape")
        await learner.until(lambda: len(dated(path)) == 1)
        await learner.press("f5")
    workspace.clock.now += timedelta(hours=3)
    async with workspace.open(decks=("harbour",), back_up=back_up) as learner:
        assert len(dated(path)) == 1  # nothing new
        await learner.press("ctrl+s", "escape")
        await learner.until(lambda: len(dated(path)) == 2)
    assert [reviews_in(copy) for copy in dated(path).values()] == [1, 1]


async def test_a_backup_that_fails_is_told_once_and_stops_nothing(workspace: Workspace) -> None:
    asked = []

    def fail() -> None:
        asked.append(1)
        raise ProgressError("/x/.progress-backups: the disk is full.")

    async with workspace.open(back_up=fail) as learner:
        await learner.until(lambda: learner.notices)
        assert learner.notices == ["No backup was made; your answers are kept. /x/.progress-backups: the disk is full."]
        await learner.press("enter", "1", "1")
        assert len(learner.reviews()) == 1
        await learner.press("escape")
        await learner.until(lambda: len(asked) == 2)
        await learner.settle()
        assert not any("No backup" in notice for notice in learner.notices)


async def test_a_backup_that_takes_long_keeps_nobody_waiting(workspace: Workspace) -> None:
    go_on = threading.Event()
    try:
        async with workspace.open(decks=("harbour",), back_up=lambda: go_on.wait(30) and None) as learner:
            await learner.press("1", "1")
            assert len(learner.reviews()) == 1
            go_on.set()
    finally:
        go_on.set()
