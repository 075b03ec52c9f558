"""Kill the real app at any moment: every answer it showed as taken is in the log once, and the learner comes back to their card.

``python -m quizzer`` in a pseudo-terminal, answered by keys. An answer is acknowledged when the next question is painted, be it
that the screen is read only after the program's death. All keys of a run are one digit, which both chooses and rates.
"""

import fcntl
import os
import pty
import random
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

import quizzer
from quizzer.core.model import Act, Entry
from quizzer.store import Progress
from quizzer.study.doctor import doctor

ROUNDS = int(os.environ.get("QUIZZER_TEST_KILLS", "1000"))
LANES = 4  # workspaces whose apps are killed side by side
BETWEEN = 0.26  # seconds between keys, above what the app takes for a bounce
STEM = re.compile(rb"stem(\d{4})x")


class App:
    """``quizzer study deck`` in a terminal of 80x24, and every byte it painted."""

    def __init__(self, folder: Path) -> None:
        self.file, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizzer", "--workspace", str(folder), "study", "deck"],
            stdin=other,
            stdout=other,
            stderr=other,
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(Path(quizzer.__file__).parents[1])},  # the quizzer tested
            start_new_session=True,
        )
        os.close(other)
        self.painted = b""

    def watch(self, seconds: float, *, for_a_question: bool = False) -> None:
        """Read what is painted for so long, or (``for_a_question``) until there is a first question."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not (for_a_question and STEM.search(self.painted)):
            if select.select([self.file], [], [], left)[0]:
                self._read()

    @property
    def questions(self) -> int:
        """How many questions it showed."""
        return len(set(STEM.findall(self.painted)))

    def press(self, digit: int) -> None:
        os.write(self.file, str(digit).encode())

    def kill(self) -> list[str]:
        """Kill it, and return the cards it showed, one after another."""
        self.process.kill()
        self.process.wait()
        while self._read():
            pass
        os.close(self.file)
        assert b"Traceback" not in self.painted
        shown = [f"deck/q{int(number)}" for number in STEM.findall(self.painted)]
        return [card for before, card in pairwise(["", *shown]) if card != before]

    def _read(self) -> bool:
        try:
            read = os.read(self.file, 65536)
        except OSError:  # the other end is closed, and all is read
            return False
        self.painted += read
        return bool(read)


def furnish(folder: Path, *, cards: int) -> Path:
    """Make a workspace of one deck; return where its progress file will be."""
    (folder / "decks").mkdir(parents=True)
    lines = ["format: 1", "id: deck", "title: A deck", f"study: {{mode: choose, new_per_day: {cards}}}", "questions:"]
    lines += [
        f"  - {{id: q{n}, question: 'What does stem{n:04}x ask?', answer: right, distractors: [left, up, down]}}" for n in range(cards)
    ]
    (folder / "decks" / "deck.yaml").write_text("\n".join(lines), encoding="utf-8")
    return folder / "progress.db"


def reviews(path: Path) -> list[Entry]:
    if not path.exists():
        return []
    progress = Progress.open(path, learner=own_name(path))
    try:
        return [entry for entry in progress.entries() if entry.act is Act.REVIEW]
    finally:
        progress.close()


def own_name(path: Path) -> str:
    """Return the name the app writes under: it is the only one in the file."""
    progress = Progress.open(path, learner="nobody", readonly=True)
    try:
        return next(iter(progress.learners()), "nobody")
    finally:
        progress.close()


def live_and_die(folder: Path, dice: random.Random, *, how: int, digit: int) -> list[str]:
    """Run the app, answer, and kill it: in its start, anywhere, or just after a key; return the cards it showed."""
    app = App(folder)
    if how == 0:
        app.watch(dice.uniform(0, 0.8))
        return app.kill()
    app.watch(60, for_a_question=True)
    assert STEM.search(app.painted), app.painted[-500:]
    left, end = dice.randint(1, 6), time.monotonic() + 60
    while left > 0 or (how == 1 and app.questions < 2 and time.monotonic() < end):  # on a busy machine not every press comes in time
        app.watch(BETWEEN)
        app.press(digit)
        left -= 1
    app.watch(dice.uniform(0, 2 * BETWEEN) if how == 1 else dice.uniform(0, 0.03))
    return app.kill()


def kill_and_check(folder: Path, *, rounds: int, seed: int) -> Counter[str]:
    """Kill the app so many times, check everything after each, and return what was counted."""
    path = furnish(folder, cards=max(40, rounds * 3))
    deck = (folder / "decks" / "deck.yaml").read_bytes()
    dice, counted, known = random.Random(seed), Counter[str](), 0
    on_show = answered = ""
    for number in range(rounds):
        digit = dice.choice([1, 2, 3, 4, 4, 4])
        shown = live_and_die(folder, dice, how=number % 4, digit=digit)
        log = reviews(path)
        new = [(entry.card, int(entry.rating or 0)) for entry in log[known:]]
        acknowledged = [(card, digit) for card in shown[:-1]]
        assert new[: len(acknowledged)] == acknowledged  # each once, none between them
        unseen = new[len(acknowledged) :]  # written, but it died before it could say so
        assert unseen in ([], [(card, digit) for card in shown[-1:]])
        if shown:
            assert not on_show or shown[0] == on_show  # the card on show when it was killed, or ...
            assert shown[0] != answered  # ... where that was answered already, another
            on_show, answered = ("", shown[-1]) if unseen else (shown[-1], "")
        known = len(log)
        if path.exists():
            report = doctor(path)
            assert report.healthy, report.problems
        assert (folder / "decks" / "deck.yaml").read_bytes() == deck
        counted.update(kills=1, acknowledged=len(acknowledged), unseen=len(unseen), before_a_question=not shown)
    assert known == counted["acknowledged"] + counted["unseen"]
    assert counted["acknowledged"]
    return counted


def test_the_app_killed_at_any_moment_loses_no_answer_and_comes_back_to_its_card(tmp_path: Path) -> None:
    kill_and_check(tmp_path / "workspace", rounds=5, seed=8)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_the_app_killed_a_thousand_times_loses_no_answer(tmp_path: Path) -> None:
    lanes = min(LANES, ROUNDS)
    shares = [ROUNDS // lanes + (lane < ROUNDS % lanes) for lane in range(lanes)]
    with ThreadPoolExecutor(lanes) as pool:
        runs = [pool.submit(kill_and_check, tmp_path / f"lane{lane}", rounds=rounds, seed=lane) for lane, rounds in enumerate(shares)]
        counted = sum((run.result() for run in runs), Counter[str]())
    assert counted["kills"] == ROUNDS
    print(dict(counted))


def study_side_by_side(folder: Path, *, seconds: float) -> Counter[str]:
    """Answer in two apps on one workspace at once, then kill both; check, and return what was counted."""
    path = furnish(folder, cards=40 + int(4 * seconds))
    apps = {digit: App(folder) for digit in (3, 4)}
    for app in apps.values():
        app.watch(60, for_a_question=True)
    began = time.monotonic()
    while (gone := time.monotonic() - began) < seconds or (gone < 60 and min(app.questions for app in apps.values()) < 3):
        for digit, app in apps.items():
            app.press(digit)
        for app in apps.values():
            app.watch(BETWEEN / 2)
    shown = {digit: app.kill() for digit, app in apps.items()}
    log, counted = reviews(path), Counter[str]()
    for digit, cards in shown.items():
        new = [entry.card for entry in log if entry.rating == digit]
        assert new[: len(cards) - 1] == cards[:-1]
        assert new[len(cards) - 1 :] in ([], cards[-1:])
        counted.update(acknowledged=len(cards) - 1, unseen=len(new) - len(cards) + 1)
    assert all(len(cards) > 1 for cards in shown.values())
    assert len(log) == counted["acknowledged"] + counted["unseen"]
    report = doctor(path)
    assert report.healthy, report.problems
    return counted


def test_two_apps_on_one_file_keep_every_answer_of_both(tmp_path: Path) -> None:
    study_side_by_side(tmp_path / "workspace", seconds=3)


@pytest.mark.soak
def test_two_apps_on_one_file_for_a_minute_keep_every_answer_of_both(tmp_path: Path) -> None:
    print(dict(study_side_by_side(tmp_path / "workspace", seconds=60)))
