"""backup, restore, merge and data as people run them."""

import contextlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizzer.core.model import Act, Entry, MemoryState, Rating
from quizzer.core.scheduling import Schedule, outcomes
from quizzer.store import Progress

from ..program import run as quizzer

Run = Callable[..., subprocess.CompletedProcess[str]]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "work" / "decks").mkdir(parents=True)
    return tmp_path / "work"


@pytest.fixture
def run(workspace: Path) -> Run:
    def call(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        done = quizzer(words, folder=workspace, stdin=stdin.encode())
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return call


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What an expected failure prints: one line, and nothing else."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("quizzer: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture
def learnt(workspace: Path) -> Path:
    """The workspace's progress file, with two reviews of Ada's and one of Ben's."""
    path = workspace / "progress.db"
    answer(path, "ada", 1, 2)
    answer(path, "ben", 3)
    return path


def answer(path: Path, learner: str, *numbers: int) -> None:
    day = START.toordinal()
    with closing(Progress.open(path, learner=learner)) as progress:
        for number in numbers:
            outcome = outcomes(f"peru/{number}", MemoryState(), at=START, day=day, schedule=Schedule())[Rating.GOOD]
            entry = Entry(
                id=f"{number:036x}",
                act=Act.REVIEW,
                card=f"peru/{number}",
                at=START,
                day=day,
                rating=Rating.GOOD,
                granted=outcome.granted,
                phase=outcome.state.phase,
                step=outcome.state.step,
            )
            progress.record(entry, outcome.state, scope="peru", place=None)


def log_of(path: Path, learner: str) -> int:
    with closing(Progress.open(path, learner=learner)) as progress:
        return len(list(progress.entries()))


def test_a_backup_is_made_listed_and_put_back(run: Run, learnt: Path):
    done = run("backup")
    made = Path(done.stdout.partition(": ")[0])
    assert done.stdout == f"{made}: 3 reviews\n"
    assert made.is_file()
    answer(learnt, "ada", 4)
    listed = run("backup", "--list").stdout.splitlines()
    assert listed[0].split() == ["backup", "age", "size", "reviews"]
    assert listed[1].split()[0] == made.name
    assert listed[1].split()[-1] == "3"
    (row,) = json.loads(run("backup", "--list", "--json").stdout)
    assert (row["name"], row["path"], row["reviews"]) == (made.name, str(made), 3)
    done = run("restore", made.name, "--yes")
    assert "Lost by putting it back: 1 review; gained: 0 reviews." in done.stderr
    kept = done.stdout.split()[-1]
    assert log_of(learnt, "ada") == 2
    done = run("restore", kept, "--yes")
    assert "Lost by putting it back: 0 reviews; gained: 1 review." in done.stderr
    assert log_of(learnt, "ada") == 3


def test_without_a_yes_nothing_is_put_back(run: Run, learnt: Path):
    run("backup")
    answer(learnt, "ada", 4)
    done = run("restore", stdin="n\n")
    assert done.returncode == 130
    assert log_of(learnt, "ada") == 3
    assert run("restore", stdin="y\n").returncode == 0
    assert log_of(learnt, "ada") == 2


def test_a_backup_is_written_where_it_is_wanted(run: Run, learnt: Path, tmp_path: Path):
    target = tmp_path / "stick.db"
    assert run("backup", "-o", str(target)).stdout == f"{target}: 3 reviews\n"
    assert log_of(target, "ada") == 2
    assert not (learnt.parent / ".progress-backups").exists()
    assert "progress.db itself" in one_line(run("backup", "-o", str(learnt)))
    assert "cannot be opened for writing" in one_line(run("backup", "-o", str(tmp_path / "nowhere" / "x.db")))


def test_commands_without_progress_or_backups_say_so(run: Run):
    assert "no progress yet" in one_line(run("backup"))
    assert run("backup", "--list").stderr == "there is no backup yet\n"
    assert "no backup yet" in one_line(run("restore", "--yes"))
    assert "there is no learner 'zoe'" in one_line(run("data", "export", "--learner", "zoe"))
    assert "there is no learner 'zoe'" in one_line(run("data", "erase", "--learner", "zoe", "--yes"))


def test_two_machines_are_merged_and_merging_again_says_that_nothing_is_new(run: Run, learnt: Path, tmp_path: Path):
    other = tmp_path / "laptop.db"
    shutil.copyfile(learnt, other)
    answer(other, "ada", 5, 6)
    answer(learnt, "ben", 7)
    done = run("merge", str(other))
    lines = done.stdout.splitlines()
    assert lines[0] == f"{learnt.name}: 2 reviews and 0 other acts of 2 cards merged" or lines[0].endswith("of 2 cards merged")
    assert lines[1].startswith("backup: ")
    assert lines[2] == f"{other} lacks 1 entry of this one: merge the other way too, there"
    assert run("merge", str(other)).stdout.startswith(f"{learnt}: has all of {other} already\n")
    assert (log_of(learnt, "ada"), log_of(learnt, "ben")) == (4, 2)
    assert run("doctor").returncode == 0
    assert "no such progress file" in one_line(run("merge", "nowhere.db"))


def test_all_of_a_learners_data_is_one_file_of_json(run: Run, learnt: Path, tmp_path: Path):
    printed = json.loads(run("data", "export", "--learner", "ada").stdout)
    assert printed["learner"] == "ada"
    assert [entry["card"] for entry in printed["log"]] == ["peru/1", "peru/2"]
    assert printed["log"][0]["day"] == "2026-03-02"
    assert [row["card"] for row in printed["memory"]] == ["peru/1", "peru/2"]
    target = tmp_path / "ada.json"
    run("--learner", "ada", "data", "export", "-o", str(target))
    assert json.loads(target.read_text("utf-8"))["log"] == printed["log"]
    assert {file.name for file in tmp_path.iterdir()} >= {"ada.json"}
    assert not list(tmp_path.glob("*.part*"))


def test_a_learner_is_erased_when_the_name_is_typed(run: Run, learnt: Path):
    run("backup")
    done = run("data", "erase", "--learner", "ada", stdin="ben\n")
    assert done.returncode == 1
    assert "2 reviews of 2 cards by 'ada' will be erased for good" in done.stderr
    assert "1 backup will be written anew without them." in done.stderr
    assert "that is not the name. Nothing was erased." in done.stderr
    assert log_of(learnt, "ada") == 2
    assert run("data", "erase", "--learner", "ada", stdin="ada\n").returncode == 0
    assert (log_of(learnt, "ada"), log_of(learnt, "ben")) == (0, 1)


def test_while_the_file_is_open_elsewhere_restore_and_erase_refuse_and_backup_and_merge_go_on(run: Run, learnt: Path, tmp_path: Path):
    assert run("backup", "-o", str(tmp_path / "x.db")).returncode == 0
    with closing(Progress.open(learnt, learner="ada")):
        assert run("backup").returncode == 0
        assert run("merge", str(tmp_path / "x.db")).returncode == 0
        assert "another quizzer has it open" in run("restore", "--yes").stderr
        assert "another quizzer has it open" in run("data", "erase", "--learner", "ada", "--yes").stderr
    assert log_of(learnt, "ada") == 2


@pytest.mark.soak
def test_on_a_full_disk_every_command_says_so_and_once_there_is_room_all_goes_on(run: Run, learnt: Path, tmp_path: Path):
    """On a small disk of its own where one may be mounted; elsewhere writing itself is limited."""
    run("backup")
    disk, other = learnt.parent, tmp_path / "other.db"
    shutil.copyfile(learnt, other)
    answer(other, "ada", *range(100, 140))
    full = tmp_path / "full"
    full.mkdir()
    mounted = (
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(full)], capture_output=True, check=False).returncode == 0
    )
    try:
        if mounted:
            shutil.copytree(disk, full, dirs_exist_ok=True)
            disk = full
            filler = (full / "filler").open("wb", buffering=0)
            with contextlib.suppress(OSError):
                while filler.write(b"x" * 1024):
                    pass
            filler.close()
        path = disk / "progress.db"
        tried = [
            ["backup"],
            ["merge", str(other)],
            ["restore", "--yes"],
            ["data", "export", "-o", "a.json"],
            ["data", "erase", "--learner", "ada"],
        ]
        for words in tried:
            done = subprocess.run(
                [sys.executable, "-m", "quizzer", "--learner", "ada", *words, *(["--yes"] if "erase" in words else [])],
                cwd=disk,
                capture_output=True,
                text=True,
                timeout=60,
                preexec_fn=None if mounted else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)),
                check=False,
            )
            assert done.returncode == 1, words
            assert done.stderr.splitlines()[-1].startswith("quizzer: ")
            assert not mounted or "full" in done.stderr or "No space left" in done.stderr, done.stderr
        assert not list(disk.rglob("*.part*"))
        (full / "filler").unlink(missing_ok=True)
        assert (log_of(path, "ada"), log_of(path, "ben")) == (2, 1)
        assert run("--workspace", str(disk), "merge", str(other)).returncode == 0
        assert log_of(path, "ada") == 42
    finally:
        if mounted:
            subprocess.run(["umount", str(full)], check=True)


@pytest.mark.parametrize("words", [["backup"], ["merge", "other.db"], ["restore", "other.db", "--yes"], ["data", "export", "-o", "a.json"]])
def test_no_room_is_told_in_a_line_and_nothing_is_lost(learnt: Path, words: list[str]) -> None:
    other = learnt.with_name("other.db")
    shutil.copyfile(learnt, other)
    answer(other, "ada", *range(100, 400))

    def in_little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192 if words[0] != "data" else 10,) * 2)

    done = subprocess.run(
        [sys.executable, "-m", "quizzer", "--learner", "ada", *words],
        cwd=learnt.parent,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=in_little_room,
        check=False,
    )
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("quizzer: ")
    assert "Traceback" not in done.stderr
    assert (log_of(learnt, "ada"), log_of(learnt, "ben")) == (2, 1)
    assert not list(learnt.parent.rglob("*.part*"))
    assert not learnt.with_name("a.json").exists()
