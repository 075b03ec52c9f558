"""``quizzer generate`` on and off a terminal: what is written, what waits, what is told."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from quizzer.deckfile import load

from ..program import run as quizzer

DATA = Path(__file__).parent.parent / "data"
ENVIRONMENT = {"PYTHONUTF8": "1", "TERM": "xterm-256color", "QUIZZER_WORKSPACE": ""}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    shutil.copyfile(DATA / "articles" / "mine-rescue.txt", tmp_path / "article.txt")
    return tmp_path


def run(workspace: Path, *words: str, code: int = 0) -> str:
    """Run quizzer off a terminal and return what it says on standard error."""
    done = quizzer(words, folder=workspace, environment={"QUIZZER_WORKSPACE": ""}, news=True)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


class Terminal:
    """quizzer in a terminal of 80x24."""

    def __init__(self, workspace: Path, *words: str) -> None:
        self.file, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        command = [sys.executable, "-m", "quizzer", *words]
        environment = os.environ | ENVIRONMENT
        self.process = subprocess.Popen(
            command, cwd=workspace, stdin=other, stdout=other, stderr=other, env=environment, start_new_session=True
        )
        os.close(other)
        self.seen = b""

    def until(self, sign: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while sign.encode() not in self.seen:
            left = end - time.monotonic()
            assert left > 0, f"{sign!r} never came, but {self.seen[-800:]!r}"
            if select.select([self.file], [], [], left)[0]:
                self.seen += os.read(self.file, 65536)

    def press(self, key: str, *, sees: str) -> None:
        """Press a key, not so soon that it is taken for one that bounced, and wait for what comes of it."""
        time.sleep(0.25)
        self.seen = b""
        os.write(self.file, key.encode())
        self.until(sees)

    def leave(self) -> int:
        """Wait for the end; return the exit code."""
        try:
            while select.select([self.file], [], [], 60)[0]:
                self.seen += os.read(self.file, 65536)
        except OSError:  # the other side is gone
            pass
        os.close(self.file)
        return self.process.wait(timeout=30)


def test_off_a_terminal_everything_is_written_and_a_second_time_nothing_changes(workspace: Path) -> None:
    deck = workspace / "decks" / "mine.yaml"
    told = run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml")
    assert "wrote decks/mine.yaml\nnext: `quizzer edit decks/mine.yaml` adds questions of your own, `quizzer study" in told
    assert not [path for path in deck.parent.iterdir() if "proposals" in path.name]
    once = deck.read_bytes(), deck.stat().st_mtime_ns
    assert "decks/mine.yaml: 0 new, 0 moved, 0 stale" in run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml")
    assert (deck.read_bytes(), deck.stat().st_mtime_ns) == once


def test_a_changed_article_brings_the_deck_up_to_date_and_names_what_is_stale(workspace: Path) -> None:
    deck, article = workspace / "decks" / "mine.yaml", workspace / "article.txt"
    run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml", "--no-passages")
    before = load(deck)
    deck.write_text(deck.read_text("utf-8").replace("questions:\n", "questions:   # read through by me\n"), "utf-8")
    text = article.read_text("utf-8")
    article.write_text(text.replace("\nThe families", "\nA correction was made.\n\nThe families").replace("last like a", "like a"), "utf-8")
    told = run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml")
    after = load(deck)
    gone = [question for question in before.questions if question.evidence[0].quote not in article.read_text("utf-8")]
    assert gone
    for question in gone:
        line = next(number for number, line in enumerate(deck.read_text("utf-8").splitlines(), 1) if line.strip() == f"- id: {question.id}")
        assert f"decks/mine.yaml:{line}: stale: the evidence of '{question.id}' is no longer in its article" in told
    assert [question.id for question in after.questions[: len(before.questions)]] == [question.id for question in before.questions]
    assert all(not one.passage for question in after.questions for one in question.evidence)
    assert "# read through by me" in deck.read_text("utf-8")
    assert f"{len(after.questions) - len(before.questions)} new, " in told
    assert f", {len(gone)} stale" in told


def test_force_writes_over_the_deck(workspace: Path) -> None:
    deck = workspace / "decks" / "mine.yaml"
    run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml")
    made = deck.read_bytes()
    deck.write_text("title: T\nquestions:\n- {question: a, answer: b}\n", "utf-8")
    assert "wrote decks/mine.yaml" in run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml", "--force")
    assert deck.read_bytes() == made


def test_a_deck_that_is_not_sound_is_refused_before_the_work(workspace: Path) -> None:
    (workspace / "decks" / "mine.yaml").write_text("title: T\nquestions:\n- question: a\n", "utf-8")
    told = run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml", code=1)
    assert told.count("\n") == 1
    assert "mine.yaml:3:3: D301" in told


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_deck_that_is_read_only_is_refused_before_the_work(force: tuple[str, ...], workspace: Path) -> None:
    deck = workspace / "decks" / "mine.yaml"
    deck.write_text("title: T\nquestions:\n- {question: a, answer: b}\n", "utf-8")
    deck.chmod(0o444)
    told = run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml", *force, code=1)
    assert told == "quizzer: decks/mine.yaml: is read-only. Change its permissions, or name another file.\n"
    assert "mine.yaml: cannot be written: it is read-only" in run(workspace, "fmt", "decks/mine.yaml", code=1)
    assert "id:" not in deck.read_text("utf-8")


def test_proposals_left_to_wait_are_opened_later_in_a_terminal(workspace: Path) -> None:
    deck = workspace / "decks" / "mine.yaml"
    told = run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml", "--review")
    assert "proposals wait: `quizzer generate --review decks/mine.yaml` opens them in a terminal" in told
    assert not deck.exists()
    told = run(workspace, "generate", "--review", "decks/mine.yaml", code=1)
    assert told.startswith("quizzer: --review needs a terminal.")
    terminal = Terminal(workspace, "generate", "--review", "decks/mine.yaml")
    terminal.until("0 kept")
    terminal.press("k", sees="1 kept")
    terminal.press("d", sees="1 dropped")
    terminal.press("q", sees="nothing was written")
    assert terminal.leave() == 0
    assert not deck.exists()
    told = run(workspace, "generate", "article.txt", "-o", "decks/mine.yaml", code=1)
    assert "2 decisions wait for it" in told
    assert told.count("\n") == 1  # before the work
    terminal = Terminal(workspace, "generate", "--review", "decks/mine.yaml")
    terminal.until("1 dropped")
    terminal.press("K", sees="Write")
    terminal.press("\r", sees="decks/mine.yaml: ")
    assert terminal.leave() == 0
    assert len(load(deck).declined) == 1
    assert load(deck).questions
    told = run(workspace, "generate", "--review", "decks/mine.yaml", code=1)
    assert "no proposals wait for it" in told


def test_on_a_terminal_the_screen_opens_and_with_yes_it_does_not(workspace: Path) -> None:
    terminal = Terminal(workspace, "generate", "article.txt", "-o", "decks/mine.yaml")
    terminal.until("0 kept")
    assert not (workspace / "decks" / "mine.yaml").exists()
    terminal.press("k", sees="1 kept")
    terminal.process.send_signal(15)
    assert terminal.leave() == 130
    assert b"Traceback" not in terminal.seen
    assert b"generate --review" in terminal.seen
    terminal = Terminal(workspace, "generate", "article.txt", "-o", "decks/mine.yaml", "--yes")
    assert terminal.leave() == 0
    assert load(workspace / "decks" / "mine.yaml").questions
    assert [path.name for path in (workspace / "decks").iterdir() if "proposals" in path.name] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("article.txt", "--review"), "--review needs a deck to write to"),
        (("article.txt", "-o", "decks/mine.yaml", "--review", "--yes"), "Give one of them"),
    ],
)
def test_what_does_not_go_together_is_refused(words: tuple[str, ...], says: str, workspace: Path) -> None:
    assert says in run(workspace, "generate", *words, code=2)
