"""Two processes answer at once on one file, as fast as they can: every answer either acknowledged is there once."""

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

import quizzer
from quizzer.core.model import Act, Entry, MemoryState
from quizzer.core.scheduling import replay
from quizzer.store import Progress
from quizzer.study.doctor import doctor

SCRIPT = Path(__file__).with_name("answer_in_a_loop.py")


class Answerer:
    """A process that answers until it is killed, and what it said of it."""

    def __init__(self, path: Path, number: int) -> None:
        command = [sys.executable, str(SCRIPT), str(path), str(number), "on"]
        environment = {**os.environ, "PYTHONPATH": str(Path(quizzer.__file__).parents[1])}  # the quizzer that is tested
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        assert self.process.stdout is not None
        self.printed = self.process.stdout.readline()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        self.printed += self.process.stdout.read()

    def kill(self) -> list[str]:
        """Return the ids of the entries it acknowledged; a line without its end was none."""
        assert self.process.poll() is None, self.process.stderr.read().decode()
        self.process.kill()
        self._reading.join()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
        return [line.split()[0] for line in self.printed.decode().split("\n")[1:-1]]


def answer_side_by_side(path: Path, *, seconds: float) -> Counter[str]:
    answerers = [Answerer(path, number) for number in (0, 0)]
    time.sleep(seconds)
    acknowledged = [answerer.kill() for answerer in answerers]
    progress = Progress.open(path, learner="me")
    entries = list(progress.entries())
    states = progress.states("d")
    progress.close()
    told = Counter(id_ for ids in acknowledged for id_ in ids)
    found = Counter(entry.id for entry in entries)
    assert all(acknowledged)
    assert set(told.values()) == {1}  # no id is of both
    assert {id_: found[id_] for id_ in told} == dict(told)
    untold = sum(entry.act is Act.REVIEW and entry.id not in told for entry in entries)
    assert untold <= len(answerers)  # what each was at when it was killed
    by_card: dict[str, list[Entry]] = {}
    for entry in entries:
        by_card.setdefault(entry.card, []).append(entry)
    assert {card: state for card, log in by_card.items() if (state := replay(log)) != MemoryState()} == states
    report = doctor(path)
    assert report.healthy, report.problems
    return Counter(acknowledged=len(told), untold=untold, undone=sum(entry.act is Act.UNDO for entry in entries))


def test_two_processes_on_one_file_keep_every_answer_of_both(tmp_path: Path) -> None:
    answer_side_by_side(tmp_path / "progress.db", seconds=2)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_two_processes_on_one_file_for_a_minute_keep_every_answer_of_both(tmp_path: Path) -> None:
    print(dict(answer_side_by_side(tmp_path / "progress.db", seconds=60)))
