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
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from quizzer.store import Progress

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

    def __init__(self, program: Sequence[str], *, answers: bytes = b"", **environment: str) -> None:
        self.file, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(other)
        self.other = other
        self.process = subprocess.Popen(
            [sys.executable, *program],
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

    def hang_up(self) -> None:
        """Take the terminal away, as a closed window or a lost connection does."""
        if self.file >= 0:
            os.close(self.file)
        self.file = -1

    def leave(self) -> int:
        """Wait for the end; return the exit code."""
        self.until(b"LEFT")
        return self.process.wait(30)


@contextmanager
def running(folder: Path, *decks: str, answers: bytes = b"", **environment: str) -> Iterator[Terminal]:
    with running_program("-c", APP, str(folder), *decks, answers=answers, **environment) as terminal:
        yield terminal


@contextmanager
def running_program(*program: str, answers: bytes = b"", **environment: str) -> Iterator[Terminal]:
    terminal = Terminal(program, answers=answers, **environment)
    try:
        yield terminal
    finally:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()
        terminal.hang_up()
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


def reviews(folder: Path) -> list[str]:
    with closing(Progress.open(folder / "progress.db", learner="me")) as progress:
        return [entry.card for entry in progress.entries()]


@pytest.mark.parametrize("where", ["home", "question", "answer", "stopped", "full"])
def test_without_its_terminal_it_ends_at_once_and_keeps_what_it_took(workspace: Workspace, where: str) -> None:
    command = () if where == "home" else ("study", "harbour")
    with running_program("-m", "quizzer", "--workspace", str(workspace.folder), "--learner", "me", *command) as terminal:
        terminal.until(b"The harbour" if where == "home" else b"In which year")
        if where == "answer":
            terminal.press("1", after=0.4)
            terminal.until(b"Again")
            terminal.press("3", after=0.4)
            terminal.until(b"From which hill")
            terminal.press("Esja", after=0.4)
            terminal.press("\r", after=0.4)
            terminal.until(b"Again")  # not rated: that may be lost
        if where == "stopped":
            terminal.process.send_signal(signal.SIGSTOP)
        if where == "full":  # the terminal takes nothing any more, and what is painted waits for it
            for _ in range(200):
                os.write(terminal.file, b"\x10\x1b\x1b" + b"mm")
                time.sleep(0.005)
        terminal.hang_up()
        if where == "stopped":
            terminal.process.send_signal(signal.SIGCONT)
        assert terminal.process.wait(30) == 130
    assert reviews(workspace.folder) == (["harbour/year"] if where == "answer" else [])


def test_stopped_and_continued_it_goes_on_and_leaves_as_ever(workspace: Workspace) -> None:
    with running(workspace.folder, "harbour") as terminal:
        terminal.until(b"In which year")
        for _ in range(2):
            terminal.process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED)
            terminal.seen = b""
            terminal.process.send_signal(signal.SIGCONT)
            terminal.until(b"In which year")  # painted anew, whatever stood on the terminal meanwhile
        terminal.press("1", after=0.4)
        terminal.until(b"Again")
        terminal.press("3", after=0.4)
        terminal.until(b"From which hill")
        terminal.press("\x11")
        assert terminal.leave() == 0
        assert termios.tcgetattr(terminal.other)[3] == terminal.before[3]
    assert reviews(workspace.folder) == ["harbour/year"]
