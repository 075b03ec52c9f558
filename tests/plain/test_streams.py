"""The plain form as people run it: a real process on pipes and in a terminal that can show nothing else."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from quizzer.core.model import Rating

from .conftest import Workspace

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")
PROGRAM = [sys.executable, "-m", "quizzer"]


def environment(workspace: Workspace, **more: str) -> dict[str, str]:
    return os.environ | {"PYTHONUTF8": "1", "QUIZZER_CONFIG": str(workspace.folder / "config.toml")} | more


@pytest.fixture
def run(workspace: Workspace) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    def call(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            [*PROGRAM, *words], cwd=workspace.folder, input=given, capture_output=True, env=environment(workspace), timeout=100
        )
        assert b"Traceback" not in done.stderr, done.stderr
        return done

    return call


def test_a_session_through_a_pipe_takes_any_bytes_and_lines_of_any_length(run, workspace: Workspace) -> None:
    near = b"\xff\xfe\x00 Oskjuhlid \xc3("
    lines = [b"1917", b"", near, near, b"2", b"x" * 10_000, b"1", b"Rhine", b"3\r"]
    done = run("study", "harbour", "--plain", given=b"\n".join(lines))
    assert done.returncode == 0
    assert done.stdout.decode().endswith("Your place is kept.\n")
    assert done.stderr == b""
    reviews = workspace.reviews()
    assert [entry.rating for entry in reviews] == [Rating.GOOD, Rating.HARD, Rating.AGAIN, Rating.GOOD]
    assert reviews[1].response == "\ufffd\ufffd\x00 Oskjuhlid \ufffd("
    assert len(reviews[2].response) == 10_000
    assert workspace.is_whole()


def test_right_to_left_and_wide_letters_are_told_as_they_are_and_graded(make_workspace) -> None:
    deck = "title: Capitals\nquestions:\n  - {id: a, question: מה בירת פרו?, answer: לימה, mode: type}\n"
    deck += "  - {id: b, question: 日本の首都は？, answer: 東京, distractors: [京都, 大阪], mode: choose}\n"
    workspace = make_workspace(deck)
    done = subprocess.run(
        [*PROGRAM, "study", "--plain"],
        cwd=workspace.folder,
        input="לימה\n\n東京\n\n".encode(),
        capture_output=True,
        env=environment(workspace),
        timeout=100,
    )
    said = done.stdout.decode()
    assert "מה בירת פרו?\nYour answer: לימה\nRight.\nThe answer: לימה\n" in said
    assert "日本の首都は？" in said
    assert [entry.rating for entry in workspace.reviews()] == [Rating.GOOD, Rating.GOOD]


def test_a_reader_who_goes_away_leaves_what_was_answered(workspace: Workspace) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "study", "--plain"],
        cwd=workspace.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(workspace),
    )
    process.stdin.write(b"1917\n\n")
    process.stdin.flush()
    while b"From which hill" not in process.stdout.readline():
        pass
    process.stdout.close()
    process.stdin.write(b"Oskjuhlid\n\n")
    process.stdin.close()
    assert process.wait(60) in (1, 141)  # click's for a pipe that is gone, or ours
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert len(workspace.reviews()) == 1


def test_settings_choose_the_plain_form_and_words_in_place_of_signs(run, workspace: Workspace) -> None:
    assert b"needs a terminal" in run("study").stderr
    assert run("settings", "app.screen_reader", "true").returncode == 0
    assert b"Its words for the answer: finished in 1917\n" in run("study", given=b"1917\n").stdout
    assert b"Which deck" in run(given=b":leave\n").stdout
    assert b"needs a terminal" in run("study", "--no-plain").stderr


def test_a_deck_that_is_not_there_is_one_line(run) -> None:
    done = run("study", "nothing", "--plain")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"quizzer: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.soak
def test_killed_at_any_moment_every_answer_it_went_on_from_is_in_the_log_once(workspace: Workspace) -> None:
    cards = "".join(f"  - {{id: q{number}, question: Stem {number}?, answer: a, mode: reveal}}\n" for number in range(4000))
    workspace.add("harbour.yaml", f"title: Many\nid: harbour\nquestions:\n{cards}")
    (workspace.folder / "config.toml").write_text("[study]\nnew_per_day = 4000\nlearning_steps = []\n")
    dice = random.Random(7)
    known = 0
    for _ in range(60):
        process = subprocess.Popen(
            [*PROGRAM, "study", "--plain"],
            cwd=workspace.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,  # what is read ahead would be lost to `communicate`
            env=environment(workspace),
        )
        process.stdin.write(b"\n4\n" * 60)
        process.stdin.flush()
        first = process.stdout.readline()
        time.sleep(dice.uniform(0, 0.3))
        process.kill()
        said, _ = process.communicate()
        reviews = workspace.reviews()
        asked = (first + said).count(b"\nQuestion ")
        assert known + asked - 1 <= len(reviews) <= known + asked, (known, asked, len(reviews))
        assert len({entry.card for entry in reviews}) == len(reviews)
        known = len(reviews)
    assert known > 100
    assert workspace.is_whole()


class Dumb:
    """`quizzer` in a terminal that knows nothing but lines."""

    def __init__(self, workspace: Workspace, *words: str) -> None:
        self.file, other = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, *words],
            cwd=workspace.folder,
            stdin=other,
            stdout=other,
            stderr=other,
            env=environment(workspace, TERM="dumb"),
            start_new_session=True,
        )
        os.close(other)
        self.seen = b""

    def until(self, sign: bytes, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while sign not in self.seen:
            left = end - time.monotonic()
            assert left > 0, f"{sign!r} never came, but {self.seen[-500:]!r}"
            if select.select([self.file], [], [], left)[0]:
                self.seen += os.read(self.file, 65536)

    def write(self, keys: bytes) -> None:
        os.write(self.file, keys)

    def leave(self) -> int:
        code = self.process.wait(60)
        os.close(self.file)
        return code


@pytest.mark.parametrize("words", [("study",), ()], ids=["study", "home"])
def test_a_dumb_terminal_gets_the_plain_form_by_itself_with_a_word_about_it(workspace: Workspace, words: tuple[str, ...]) -> None:
    dumb = Dumb(workspace, *words)
    if not words:
        dumb.until(b"Which deck")
        dumb.write(b"\n")
    dumb.until(b"Your choice, 1 to 4:")
    dumb.write(b"1917\n")
    dumb.until(b"Enter for Good:")
    dumb.write(b"\n")
    dumb.until(b"From which hill")
    dumb.until(b"Your answer:")
    dumb.write(b"\x04")
    dumb.until(b"Your place is kept.")
    if not words:
        dumb.until(b"Which deck", seconds=60)
        dumb.write(b"\x04")
    assert dumb.leave() == 0
    assert dumb.seen.startswith(b"This terminal (TERM=dumb) cannot show the app")
    assert b"\x1b" not in dumb.seen
    assert len(workspace.reviews()) == 1


def test_interrupted_at_a_prompt_it_tells_the_summary_and_ends_with_130(workspace: Workspace) -> None:
    dumb = Dumb(workspace, "study")
    dumb.until(b"Your choice, 1 to 4:")
    dumb.write(b"1917\n")
    dumb.until(b"Enter for Good:")
    dumb.process.send_signal(signal.SIGINT)
    dumb.until(b"Your place is kept.")
    assert dumb.leave() == 130
    assert b"Traceback" not in dumb.seen
    assert workspace.reviews() == []


def test_nothing_of_the_app_is_loaded_for_it(workspace: Workspace) -> None:
    code = (
        "import sys\nfrom quizzer.cli import cli\n"
        "cli.main(['--workspace', sys.argv[1], 'study', '--plain'], standalone_mode=False)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'textual', 'spacy', 'rich', 'markdown_it'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(workspace.folder)], input=b"1917\n\n", capture_output=True, env=environment(workspace), timeout=60
    )
    assert done.stdout.splitlines()[-1] == b"[]", done.stderr
