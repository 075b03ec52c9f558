"""quizzer undo and quizzer redo as people run them."""

import json
import random
import shutil
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizzer import deckfile
from quizzer.core.ids import Ids
from quizzer.core.model import Act, Entry, MemoryState, Rating
from quizzer.core.scheduling import Schedule, outcomes
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import Shelf

from ..program import run as quizzer

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DECK = "title: Rivers\nid: rivers\nquestions:\n  - {id: q, question: Which river?, answer: Rhine}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "rivers.yaml").write_text(DECK, "utf-8")
    with closing(Progress.open(tmp_path / "progress.db", learner="me")) as progress:
        review(progress, START, seed=1)
    return tmp_path


def review(progress: Progress, at: datetime, *, seed: int, card: str = "rivers/q") -> None:
    outcome = outcomes(card, MemoryState(), at=at, day=at.toordinal(), schedule=Schedule())[Rating.GOOD]
    entry = Entry(
        id=Ids(random.Random(seed).getrandbits).new(at),
        act=Act.REVIEW,
        card=card,
        at=at,
        day=at.toordinal(),
        rating=Rating.GOOD,
        granted=outcome.granted,
        phase=outcome.state.phase,
        step=outcome.state.step,
    )
    progress.record(entry, outcome.state, scope="rivers", place=None)


def run(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = quizzer(words, folder=workspace)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def states(workspace: Path) -> dict[str, MemoryState]:
    with closing(Progress.open(workspace / "progress.db", learner="me")) as progress:
        return dict(progress.states("rivers"))


def test_the_last_act_is_listed_taken_back_and_done_again(workspace: Path) -> None:
    before = states(workspace)
    listed = run(workspace, "undo", "--list")
    assert "answered Good" in listed.stdout
    assert "rivers/q" in listed.stdout
    assert states(workspace) == before
    assert run(workspace, "undo").stdout == "taken back: answered Good: Which river?\n"
    assert states(workspace) == {}
    (row,) = json.loads(run(workspace, "undo", "--list", "--json").stdout)
    assert (row["what"], row["on"], row["stem"], row["taken_back"]) == ("answered Good", "rivers/q", "Which river?", True)
    refused = run(workspace, "undo")
    assert (refused.returncode, refused.stderr) == (1, "quizzer: there is nothing to take back.\n")
    assert json.loads(run(workspace, "redo", "--json").stdout)["what"] == "answered Good"
    assert states(workspace) == before
    assert run(workspace, "redo").returncode == 1


def test_a_merge_is_taken_back_from_the_command_line(workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copyfile(workspace / "progress.db", other)
    with closing(Progress.open(other, learner="me")) as progress:
        review(progress, START + timedelta(hours=1), seed=2, card="rivers/elsewhere")
    before = states(workspace)
    assert run(workspace, "merge", "other.db").returncode == 0
    assert states(workspace).keys() == {"rivers/q", "rivers/elsewhere"}
    assert run(workspace, "undo").stdout == "taken back: merged: other.db\n"
    assert states(workspace) == before
    assert run(workspace, "redo").stdout == "done again: merged: other.db\n"
    assert states(workspace).keys() == {"rivers/q", "rivers/elsewhere"}
    assert run(workspace, "doctor").returncode == 0


def test_an_edit_that_cannot_be_taken_back_any_more_is_told_and_nothing_else_taken_back_unless_that_is_wished(workspace: Path) -> None:
    file = workspace / "decks" / "rivers.yaml"
    with closing(shelf_of(workspace)) as shelf:
        before = deckfile.load(file).questions[0]
        shelf.rewrite("rivers", msgspec.structs.replace(before, question="Which great river?"), instead_of=before)
    file.write_text(file.read_text("utf-8").replace("great", "long"), "utf-8")
    before = states(workspace)
    refused = run(workspace, "undo")  # who wants the edit back does not want to lose an answer
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "the question 'q' was changed" in refused.stderr
    assert refused.stderr.endswith("`quizzer undo --pass-over` leaves that be, and goes on with: answered Good: Which long river?\n")
    assert states(workspace) == before
    done = run(workspace, "undo", "--pass-over")
    assert done.returncode == 0
    assert done.stderr.startswith("quizzer: passed over: ")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == "taken back: answered Good: Which long river?\n"
    assert states(workspace) == {}
    last = run(workspace, "undo", "--pass-over")
    assert (last.returncode, last.stderr.splitlines()[-1]) == (1, "quizzer: there is nothing to take back.")
    assert "--pass-over" not in run(workspace, "undo").stderr  # there is nothing else


def shelf_of(workspace: Path) -> Shelf:
    return Shelf(
        decks=workspace / "decks",
        progress=workspace / "progress.db",
        learner="me",
        settings=Settings(),
        clock=lambda: START + timedelta(hours=2),
        dice=random.Random(7).getrandbits,
    )
