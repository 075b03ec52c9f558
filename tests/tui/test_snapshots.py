"""Five pictures of the app, each looked at before it was kept. After a change that is meant: ``pytest --snapshot-update``, and look."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from quizzer.tui.app import QuizzerApp

from .conftest import HARBOUR, Learner, Workspace

Steps = tuple[str, ...]


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        pytest.param((80, 24), "quizzer-dark", (), id="home"),
        pytest.param((80, 24), "quizzer-dark", ("enter", "1"), id="answered"),
        pytest.param((110, 32), "quizzer-light", ("enter", "1", "4", "ctrl+s", "ctrl+s", "2"), id="order"),
        pytest.param((80, 24), "quizzer-light", ("enter", "1", "4", "escape", "s"), id="statistics"),
        pytest.param((80, 24), "quizzer-dark", ("slash", "r", "o", "c", "k", "enter", "f"), id="search"),
    ],
)
def test_looks(size: tuple[int, int], theme: str, keys: Steps, workspace: Workspace, snap_compare: Callable[..., bool]) -> None:
    workspace.add("lake.yaml", HARBOUR.replace("id: harbour", "id: lake").replace("harbour of Reykjavik", "lake [b]Thingvallavatn[/b]"))
    workspace.add("zzz.yaml", "title: broken\n\tquestions: none\n")
    app = QuizzerApp(workspace.shelf, clock=workspace.clock, monotonic=workspace.stopwatch, theme=theme)

    async def sit(pilot: Pilot[Any]) -> None:
        learner = Learner(app, pilot, workspace.clock, workspace.stopwatch, workspace.folder)
        await learner.until(lambda: app.opened)
        await learner.settle()
        await learner.press(*keys)
        app.clear_notifications()
        await learner.pilot.pause()

    try:
        assert snap_compare(app, terminal_size=size, run_before=sit)
    finally:
        app.desk.close()
