"""Questions that moved to another deck come with their progress, which home tells once and one key takes back."""

import pytest

from quizzer.settings import Settings
from quizzer.store import Progress

from .conftest import HARBOUR, Workspace

HEAD, *QUESTIONS = HARBOUR.split("  - id: ")
_, HILL, *_ = QUESTIONS


def states(workspace: Workspace, deck: str) -> list[str]:
    progress = Progress.open(workspace.folder / "progress.db", learner="me")
    try:
        return sorted(progress.states(deck))
    finally:
        progress.close()


@pytest.mark.parametrize(("keys", "size"), [({"home.undo": "z"}, (80, 24))])
async def test_home_tells_once_of_a_question_that_moved_and_takes_it_back(
    workspace: Workspace, keys: dict[str, str], size: tuple[int, int]
) -> None:
    workspace.settings = Settings(zone="UTC")
    async with workspace.open(decks=("harbour",)) as learner:
        await learner.press("1", "3")
        await learner.type("oskjuhlid")
        await learner.press("3")
    workspace.add("harbour.yaml", HARBOUR.replace(f"  - id: {HILL}", ""))
    workspace.add("hills.yaml", f"id: hills\ntitle: Hills\nquestions:\n  - id: {HILL}")
    key = keys.get("home.undo", "u")
    async with workspace.open(size=size, keys=keys) as learner:
        assert learner.notices == [f"1 question moved from 'harbour' to 'hills' with its progress. {key} takes it back."]
        assert states(workspace, "hills") == ["hills/hill"]
        await learner.press("f5")
        assert len(learner.notices) <= 1
        await learner.press(key)
        assert learner.notices == ["Taken back: progress moved: 1 card to 'hills'"]
        assert states(workspace, "hills") == []
        await learner.press("r")
        assert states(workspace, "hills") == ["hills/hill"]
    async with workspace.open() as learner:
        assert learner.notices == []
        assert states(workspace, "hills") == ["hills/hill"]
