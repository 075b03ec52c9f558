"""The app in a real pseudo-terminal: what is loaded when, and how it leaves."""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .conftest import HARBOUR, Workspace

LATE = ("spacy", "sqlite_utils", "fsrs_rs_python", "yaml", "ruamel", "rapidfuzz", "quizzer.study", "quizzer.store", "quizzer.news")
APP = """
import json, os, sys
from pathlib import Path
from quizzer.core.model import Images
from quizzer.tui.app import QuizzerApp

folder = Path(sys.argv[1])

def open_shelf():
    (folder / "early.json").write_text(json.dumps(sorted(sys.modules)))
    from secrets import randbits
    from quizzer.settings import Settings, now
    from quizzer.study import Shelf
    settings = Settings(zone="UTC")
    return Shelf(decks=folder / "decks", progress=folder / "progress.db", learner="me", settings=settings, clock=now, dice=randbits)

from quizzer import tui
code = tui.run(open_shelf, decks=sys.argv[2:], images=Images(os.environ["IMAGES"]) if "IMAGES" in os.environ else None)
(folder / "late.json").write_text(json.dumps(sorted(sys.modules)))
print("LEFT", code)
sys.exit(code)
"""


class Terminal:
    """The app, started in a terminal of 80x24, which says where its cursor is and ``answers`` so when asked for its attributes."""

    def __init__(self, folder: Path, *decks: str, answers: bytes = b"", **environment: str) -> None:
        self.file, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(other)
        self.other = other
        self.process = subprocess.Popen(
            [sys.executable, "-c", APP, str(folder), *decks],
            stdin=other,
            stdout=other,
            stderr=other,
            env={**os.environ, "TERM": "xterm-256color", **environment},
            start_new_session=True,
        )
        self.seen = b""
        self.answers = {b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": answers} if answers else {}

    def until(self, sign: bytes, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while sign not in self.seen:
            left = end - time.monotonic()
            assert left > 0, f"{sign!r} never came, but {self.seen[-500:]!r}"
            if select.select([self.file], [], [], left)[0]:
                self.seen += os.read(self.file, 65536)
            for question, answer in list(self.answers.items()):
                if question in self.seen:
                    os.write(self.file, answer)
                    del self.answers[question]

    def press(self, keys: str, *, after: float = 0.0) -> None:
        """Press keys ``after`` seconds: a press too soon after a card came is taken for one that bounced."""
        time.sleep(after)
        self.seen = b""
        os.write(self.file, keys.encode())

    def leave(self) -> int:
        """Wait for the end; return the exit code."""
        self.until(b"LEFT")
        return self.process.wait(30)


@contextmanager
def running(folder: Path, *decks: str, answers: bytes = b"", **environment: str) -> Iterator[Terminal]:
    terminal = Terminal(folder, *decks, answers=answers, **environment)
    try:
        yield terminal
    finally:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()
        os.close(terminal.file)
        os.close(terminal.other)


def test_nothing_slow_is_loaded_before_the_first_paint_and_spacy_never(workspace: Workspace) -> None:
    with running(workspace.folder, "harbour") as terminal:
        terminal.until(b"In which year")
        terminal.press("1", after=0.4)
        terminal.until(b"Again")
        terminal.press("\x11")  # ctrl+q
        assert terminal.leave() == 0
    early = json.loads((workspace.folder / "early.json").read_text())
    assert "textual" in early
    assert not [name for name in early if name.startswith(LATE)]
    late = json.loads((workspace.folder / "late.json").read_text())
    assert "quizzer.study" in late
    unneeded = ("spacy", "PIL", "textual_image", "imagesize")
    assert not [name for name in late if name.split(".")[0] in unneeded or name.startswith("quizzer.news")]


@pytest.mark.parametrize(("how", "code"), [("ctrl+c", 0), (signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGHUP, 130)], ids=str)
def test_it_leaves_cleanly_however_it_is_told_to(workspace: Workspace, how: str | signal.Signals, code: int) -> None:
    with running(workspace.folder, "harbour") as terminal:
        terminal.until(b"In which year")
        if isinstance(how, str):
            terminal.press("\x03")
        else:
            terminal.seen = b""
            terminal.process.send_signal(how)
        assert terminal.leave() == code
        assert b"Traceback" not in terminal.seen
        assert b"\x1b[?1049l" in terminal.seen  # the terminal's own screen is back
        assert b"\x1b[?25h" in terminal.seen  # and its cursor
        assert termios.tcgetattr(terminal.other)[3] == terminal.before[3]  # and its echo


def test_without_colours_every_verdict_and_choice_can_be_told(workspace: Workspace) -> None:
    with running(workspace.folder, "harbour", NO_COLOR="1") as terminal:
        terminal.until(b"In which year")
        terminal.until("›".encode())
        terminal.press("1", after=0.4)
        terminal.until("◂".encode())
        terminal.until("✓".encode())


def test_a_terminal_of_sixteen_colours_is_enough(workspace: Workspace) -> None:
    with running(workspace.folder, "harbour", TERM="xterm", COLORTERM="") as terminal:
        terminal.until(b"In which year")
        assert b"38;2;" not in terminal.seen
        terminal.press("1", after=0.4)
        terminal.until(b"Again")


def test_a_program_killed_between_answer_and_rating_asks_the_same_card_again(workspace: Workspace) -> None:
    workspace.add("harbour.yaml", HARBOUR)
    with running(workspace.folder, "harbour") as terminal:
        terminal.until(b"In which year")
        terminal.press("1", after=0.4)
        terminal.until(b"Again")
        terminal.press("1", after=0.4)
        terminal.until(b"From which hill")
        terminal.process.kill()
        terminal.process.wait()
    with running(workspace.folder, "harbour") as terminal:
        terminal.until(b"From which hill")
