"""Kill a command that changes decks at any moment: no question, comment or progress is lost, and doing it again ends it."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quizzer
from quizzer import deckfile
from quizzer.settings import Settings, now
from quizzer.store import Progress
from quizzer.study import Shelf

from ..program import run

pytestmark = pytest.mark.soak  # the short run is in tests/authoring/test_regrouping.py and tests/core/test_tracing.py

SCRIPT = Path(__file__).with_name("die_at_a_step.py")
KILLED = -9
A = """\
id: a
title: A
questions:
  # the first
  - {id: x, question: What is X?, answer: ex}
  - {id: y, question: What is Y?, answer: why, tags: [t]}  # the second
  # the last
  - {id: z, question: What is Z?, answer: zed}
"""
B = "id: b\ntitle: B\nquestions:\n  - {id: x, question: Another?, answer: other}  # of b\n"
STEMS = {"What is X?", "What is Y?", "What is Z?", "Another?"}
COMMENTS = ("# the first", "# the second", "# the last", "# of b")
COMMANDS = {
    "move": ("deck", "move", "decks/a.yaml", "decks/b.yaml", "y"),
    "move a taken id": ("deck", "move", "decks/a.yaml", "decks/b.yaml", "x"),
    "split": ("deck", "split", "decks/a.yaml", "decks/new.yaml", "--tag", "t"),
    "merge": ("deck", "merge", "decks/a.yaml", "decks/b.yaml"),
    "merge into a new one": ("deck", "merge", "decks/a.yaml", "decks/b.yaml", "-o", "decks/all.yaml"),
    "merge by ids": ("deck", "merge", "b", "a", "-o", "decks/all.yaml"),
    "rename": ("deck", "rename", "decks/a.yaml", "c"),
    "rename by id": ("deck", "rename", "a", "c"),
    "fmt": ("fmt", "decks"),
}


@pytest.fixture(scope="module")
def killer() -> Iterator["subprocess.Popen[str]"]:
    root = str(Path(quizzer.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env(root)
    ) as program:
        yield program
        assert program.stdin is not None
        program.stdin.close()


def env(root: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": root}


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace where every question was answered."""
    folder = tmp_path_factory.mktemp("studied")
    (folder / "decks").mkdir()
    (folder / "decks" / "a.yaml").write_text(A)
    (folder / "decks" / "b.yaml").write_text(B)
    assert run(["--learner", "me", "study", "--plain"], folder=folder, stdin=b"1\n3\n" * 4).returncode == 0
    assert len(states(folder)) == 4
    return folder


def states(folder: Path) -> dict[str, Any]:
    progress = Progress.open(folder / "progress.db", learner="me")
    try:
        return {card: state for deck in progress.decks() for card, state in progress.states(deck).items()}
    finally:
        progress.close()


def decks(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in deckfile.find(folder / "decks")}


def die(killer: "subprocess.Popen[str]", folder: Path, words: tuple[str, ...], step: float) -> int:
    assert killer.stdin is not None and killer.stdout is not None
    killer.stdin.write(json.dumps([str(folder), ["--learner", "me", *words], step]) + "\n")
    killer.stdin.flush()
    return int(killer.stdout.readline())


def whole(folder: Path) -> None:
    """Every deck can be studied, every question is in one, and every comment with it."""
    found = deckfile.find(folder / "decks")
    assert {question.text for file in found for question in deckfile.load(file).questions} == STEMS  # type: ignore[union-attr]
    text = "".join(decks(folder).values())
    assert all(comment in text for comment in COMMENTS)


def followed(folder: Path) -> dict[str, Any]:
    """What the learner has after they next look, told by the questions' words."""
    shelf = Shelf(
        decks=folder / "decks",
        progress=folder / "progress.db",
        learner="me",
        settings=Settings(zone="UTC"),
        clock=now,
        dice=random.Random(1).getrandbits,
    )
    shelf.follow()
    shelf.close()
    words = {
        f"{deck.id}/{question.id}": question.text  # type: ignore[union-attr]
        for deck in map(deckfile.load, deckfile.find(folder / "decks"))
        for question in deck.questions
    }
    return {words[card]: state for card, state in states(folder).items() if card in words}


def survives(
    killer: "subprocess.Popen[str]", studied: Path, folder: Path, name: str, step: float, clean: dict[str, str], *, looked: bool
) -> bool:
    """Kill the command, check, do it again, check; return whether it was killed."""
    words = COMMANDS[name]
    shutil.copytree(studied, folder)
    code = die(killer, folder, words, step)
    assert code in (0, KILLED)
    whole(folder)
    if looked:
        assert set(followed(folder)) == STEMS
    if code == KILLED:
        again = run(["--learner", "me", *words], folder=folder)
        assert "Traceback" not in again.stderr
        whole(folder)
    assert decks(folder) == clean
    kept = followed(folder)
    assert kept == followed(studied)
    shutil.rmtree(folder)
    return code == KILLED


def expected(studied: Path, folder: Path, words: tuple[str, ...]) -> dict[str, str]:
    """The files after the command, had it not been killed."""
    clean = folder.with_name("clean")
    shutil.copytree(studied, clean)
    assert run(["--learner", "me", *words], folder=clean).returncode == 0
    made = decks(clean)
    shutil.rmtree(clean)
    return made


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_before_any_step_nothing_is_lost(name: str, killer: "subprocess.Popen[str]", studied: Path, tmp_path: Path) -> None:
    clean = expected(studied, tmp_path / "workspace", COMMANDS[name])
    step = 1
    for looked in (False, True):
        step = 1
        while survives(killer, studied, tmp_path / "workspace", name, step, clean, looked=looked):
            step += 1
    assert step > 6


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_moment_nothing_is_lost(name: str, killer: "subprocess.Popen[str]", studied: Path, tmp_path: Path) -> None:
    clean = expected(studied, tmp_path / "workspace", COMMANDS[name])
    dice = random.Random(name)
    began = time.monotonic()
    assert not survives(killer, studied, tmp_path / "workspace", name, 1000, clean, looked=False)
    within = min(time.monotonic() - began, 0.3)
    moments = [dice.uniform(0.001, within) for _ in range(50)]
    killed = sum(survives(killer, studied, tmp_path / "workspace", name, moment, clean, looked=dice.random() < 0.5) for moment in moments)
    assert killed > 5
