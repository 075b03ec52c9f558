"""``quizzer edit``: what is refused before the screen is taken. What it does in a terminal, tests/tui tell."""

import shutil
from pathlib import Path

import pytest

from ..program import run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "decks", tmp_path / "decks")
    return tmp_path


@pytest.mark.parametrize("deck", ["decks/quizzer.yaml", "decks/quizzer.yaml#undo", "quizzer", "quizzer#undo"])
def test_off_a_terminal_it_is_refused_with_what_to_do(workspace: Path, deck: str) -> None:
    done = run(["edit", deck], folder=workspace, environment={"QUIZZER_WORKSPACE": ""})
    assert done.returncode == 1
    assert done.stderr.startswith("quizzer: the editor needs a terminal. ")
    assert "quizzer.yaml is plain YAML" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_deck_that_is_not_there_is_told_in_a_line(workspace: Path) -> None:
    done = run(["edit", "lakes"], folder=workspace, environment={"QUIZZER_WORKSPACE": ""})
    assert done.returncode == 1
    assert "there is no deck 'lakes'" in done.stderr
    assert "Traceback" not in done.stderr
