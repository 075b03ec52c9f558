"""Kill the process at any moment: every decision it told of is there, and the deck is untouched."""

import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizzer.authoring import Sitting, place

SCRIPT = Path(__file__).with_name("decide_in_a_loop.py")
_spec = importlib.util.spec_from_file_location("decide_in_a_loop", SCRIPT)
assert _spec is not None and _spec.loader is not None
deciding = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(deciding)


def kill_and_check(path: Path, rounds: int) -> None:
    deciding.begin(path)
    dice = random.Random(rounds)
    told = 0
    for number in range(rounds):
        process = subprocess.Popen([sys.executable, str(SCRIPT), str(path), str(number)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(dice.choice([0, 0.002, 0.01, 0.05, 0.2]) * dice.random())
        process.kill()
        printed = (first + process.stdout.read()).decode().split("\n")[:-1]
        process.stdout.close()
        process.wait()
        now = deciding.state(Sitting.reopen(path))
        size = len(place(path).read_bytes().split(b"\n")) - 2
        assert size - told in (len(printed) - 1, len(printed))  # one may have been made and not told
        if len(printed) > 1 and size - told == len(printed) - 1:
            assert now == printed[-1]
        told = size
        assert not path.exists()
    assert told


def test_no_decision_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    kill_and_check(tmp_path / "sums.yaml", rounds=4)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_no_decision_is_lost_in_many_kills(tmp_path: Path) -> None:
    kill_and_check(tmp_path / "sums.yaml", rounds=150)
