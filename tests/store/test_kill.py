"""Kill the process at any moment: every answer it acknowledged is there once, and the learner goes on where they were."""

import importlib.util
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import quizzer
from quizzer.core.model import Act, MemoryState
from quizzer.core.scheduling import replay
from quizzer.study.doctor import doctor

SCRIPT = Path(__file__).with_name("answer_in_a_loop.py")
NOTHING = ("nothing", "-")
_spec = importlib.util.spec_from_file_location("answer_in_a_loop", SCRIPT)
answering = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(answering)


def run_and_kill(path: Path, number: int, after: float) -> list[list[str]]:
    """Let the loop answer for ``after`` seconds from its first word on, kill it, and return the whole lines it printed."""
    environment = {**os.environ, "PYTHONPATH": str(Path(quizzer.__file__).parents[1])}  # the quizzer that is tested
    process = subprocess.Popen([sys.executable, str(SCRIPT), str(path), str(number)], stdout=subprocess.PIPE, env=environment)
    first = process.stdout.readline()
    time.sleep(after)
    process.kill()
    printed = first + process.stdout.read()
    process.stdout.close()
    process.wait()
    return [line.split() for line in printed.decode().split("\n")[:-1]]  # what stands after the last newline was not acknowledged


def kill_and_check(path: Path, rounds: int) -> None:
    dice = random.Random(rounds)
    acknowledged: dict[str, tuple[str, str]] = {}
    expected: tuple[str, str] | None = None
    for number in range(rounds):
        (_, *showed), *acts = run_and_kill(path, number, dice.choice([0, 0.002, 0.01, 0.05, 0.2]) * dice.random())
        assert expected is None or tuple(showed) == expected
        acknowledged |= {id_: (card, mode) for id_, card, mode in acts}
        session, progress = answering.open_session(path, number)
        entries = list(progress.entries())
        assert Counter(entry.id for entry in entries if entry.id in acknowledged) == Counter(list(acknowledged))
        assert sum(entry.act is Act.REVIEW and entry.id not in acknowledged for entry in entries) <= number + 1  # one a kill at the most
        by_card: dict[str, list] = {}
        for entry in entries:
            by_card.setdefault(entry.card, []).append(entry)
        replayed = {card: state for card, log in by_card.items() if (state := replay(log)) != MemoryState()}
        assert replayed == progress.states("d")
        now_shown = tuple(answering.shown(session).split())
        newest = max(entries, key=lambda entry: entry.id, default=None)
        if newest and newest.id in acknowledged:
            told = acknowledged[newest.id]
            if told != NOTHING:
                assert now_shown == told  # the card that was on show when it was killed
            elif session.prompt and newest.id in [id_ for id_, *_ in acts]:  # meanwhile a learning step ran out; rounds are hours apart
                assert newest.at < progress.states("d")[session.prompt.card.id].due_at
        expected = now_shown if session.prompt else None  # nothing was left: hours later there may be
        progress.close()
    assert acknowledged
    report = doctor(path)
    assert report.healthy
    assert report.entries >= len(acknowledged)


def test_a_killed_process_loses_nothing_it_acknowledged_and_comes_back_to_its_card(tmp_path):
    kill_and_check(tmp_path / "progress.db", 8)


@pytest.mark.soak
def test_a_process_killed_a_hundred_times_loses_nothing_it_acknowledged(tmp_path):
    kill_and_check(tmp_path / "progress.db", 100)
