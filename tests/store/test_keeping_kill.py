"""Kill a backup, a restore, a merge or an erasing at any moment: there is the old file or the new one, whole, and it can be done again."""

import importlib.util
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizzer.core.model import Act
from quizzer.store import Progress
from quizzer.store.backup import back_up_now, backups, dated, listing
from quizzer.study.doctor import doctor
from quizzer.study.keeping import merge

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("answer_in_a_loop", HERE / "answer_in_a_loop.py")
answering = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(answering)
SECRET = b"my-secret-answer"


def contents(path: Path) -> set[tuple[str, str]]:
    """Whose entry each is."""
    with closing(sqlite3.connect(path)) as opened:
        return set(opened.execute("SELECT name, log.id FROM log JOIN learners ON learners.id = learner"))


def fill(path: Path, review, *, learner: str, first: int, cards: int = 300) -> None:
    with closing(Progress.open(path, learner=learner)) as progress:
        progress.record_all([review(first + card, f"d/{card}", response=SECRET.decode() + learner) for card in range(cards)])


class Round:
    """A folder as it is before the deed."""

    def __init__(self, folder: Path, review) -> None:
        self.folder = folder
        self.path = folder / "work" / "progress.db"
        self.origin = folder / "origin"
        self.origin.mkdir()
        path = self.origin / "progress.db"
        fill(path, review, learner="ada", first=1000)
        self.backup = back_up_now(path, now=datetime(2026, 3, 2, tzinfo=UTC)).name
        fill(path, review, learner="ben", first=5000)
        back_up_now(path, now=datetime(2026, 3, 3, tzinfo=UTC))
        self.other = folder / "other.db"
        shutil.copyfile(path, self.other)
        fill(self.other, review, learner="ada", first=9000)
        fill(self.other, review, learner="cy", first=13000)

    def begin(self, what: str) -> list[str]:
        shutil.rmtree(self.path.parent, ignore_errors=True)
        shutil.copytree(self.origin, self.path.parent)
        return self.words(what)

    def words(self, what: str) -> list[str]:
        """The arguments of the script for the deed."""
        other = {"restore": self.path.parent / ".progress-backups" / self.backup, "merge": self.other, "erase": "ada"}
        return [str(HERE / "keep_once.py"), str(self.path), what, *([str(other[what])] if what in other else [])]

    def run(self, what: str, after: float | None) -> float:
        """Do it, and kill it ``after`` seconds (None: never); return how long it took."""
        words = self.begin(what)
        process = subprocess.Popen([sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout.readline() == b"ready\n"
        start = time.monotonic()
        process.stdin.write(b"go\n")
        process.stdin.flush()
        if after is None:
            assert process.stdout.readline() == b"done\n"
        else:
            time.sleep(after)
            process.kill()
        took = time.monotonic() - start
        _, said = process.communicate()
        assert b"Traceback" not in said, said.decode()
        return took


def kill_and_check(folder: Path, review, what: str, rounds: int) -> None:
    world = Round(folder, review)
    took = world.run(what, None)
    new = contents(world.path)
    world.begin(what)
    old = contents(world.path)
    assert (new == old) == (what == "backup")
    seen = set()
    dice = random.Random(what)
    for number in range(rounds):
        world.run(what, took * 1.2 * (dice.random() if number else 0.5))
        assert doctor(world.path).healthy
        found = contents(world.path)
        assert found in (old, new)
        seen.add(found == new)
        assert all(row.reviews is not None for row in listing(world.path))
        for copy in [*backups(world.path), *dated(world.path).values()]:
            assert doctor(copy).healthy
            copy.with_name(copy.name + "-wal").unlink(missing_ok=True)
        again = subprocess.run([sys.executable, *world.words(what)], input=b"go\n", capture_output=True, timeout=60, check=False)
        assert b"done" in again.stdout or (what == "erase" and b"no learner 'ada'" in again.stderr), again.stderr.decode()
        assert contents(world.path) == new
        if what == "erase":
            left = b"".join(file.read_bytes() for file in world.path.parent.rglob("*") if file.is_file())
            assert SECRET + b"ada" not in left
            assert SECRET + b"ben" in left
    assert rounds < 20 or seen == ({True} if old == new else {True, False})


@pytest.mark.parametrize("what", ["backup", "restore", "merge", "erase"])
def test_what_is_killed_leaves_the_old_file_or_the_new_one_and_can_be_done_again(tmp_path, review, what):
    kill_and_check(tmp_path, review, what, 2)


@pytest.mark.soak
@pytest.mark.parametrize("what", ["backup", "restore", "merge", "erase"])
def test_what_is_killed_a_hundred_times_leaves_the_old_file_or_the_new_one(tmp_path, review, what):
    kill_and_check(tmp_path, review, what, 100)


def answer_meanwhile(folder: Path, review, seconds: float) -> None:
    """Two processes answer on one file while backups are made of it and another machine's log is merged, piece by piece."""
    path = folder / "progress.db"
    Progress.open(path, learner="me").close()
    other = folder / "other" / "progress.db"
    other.parent.mkdir()
    loops = [
        subprocess.Popen([sys.executable, str(HERE / "answer_in_a_loop.py"), str(path), str(number)], stdout=subprocess.PIPE)
        for number in range(2)
    ]
    printed: list[list[bytes]] = [[], []]
    readers = [threading.Thread(target=lambda number=number: printed[number].extend(loops[number].stdout)) for number in range(2)]
    for reader in readers:
        reader.start()
    until, now, merged = time.monotonic() + seconds, datetime(2026, 3, 2, tzinfo=UTC), 0
    try:
        while (at := time.monotonic()) < until or merged < 2 or (at < until + 60 and min(map(len, printed)) < 3):  # on a busy machine
            fill(other, review, learner="me", first=100_000 + 1000 * merged, cards=20)
            merged += 1
            now += timedelta(minutes=7)
            back_up_now(path, now=now)
            assert merge(path, other).reviews == 20
    finally:
        for loop in loops:
            loop.kill()
        for reader in readers:
            reader.join()
        for loop in loops:
            loop.wait()
            loop.stdout.close()
    assert doctor(path).healthy
    with closing(Progress.open(path, learner="me")) as progress:
        entries = list(progress.entries())
    ids = [entry.id for entry in entries if entry.act is Act.REVIEW]
    acknowledged = [line.split()[0].decode() for lines in printed for line in lines if line.endswith(b"\n") and line.count(b"-") >= 4]
    assert all(lines for lines in printed)
    assert sum(len(lines) for lines in printed) > 2
    assert set(acknowledged) <= set(ids)
    assert len(ids) == len(set(ids))
    assert sum(entry.id.startswith("0000") for entry in entries) == 20 * merged
    for row in listing(path):
        assert row.reviews is not None
    before = -1
    for copy in dated(path).values():
        assert doctor(copy).healthy
        copy.with_name(copy.name + "-wal").unlink(missing_ok=True)
        reviews = len(contents(copy))
        assert reviews >= before  # each holds all that the one before it held
        before = reviews


def test_two_processes_answer_while_backups_and_merges_go_on_and_nothing_is_lost_or_doubled(tmp_path, review):
    answer_meanwhile(tmp_path, review, 1.5)


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_two_processes_answer_for_a_minute_while_backups_and_merges_go_on(tmp_path, review):
    answer_meanwhile(tmp_path, review, 60)
