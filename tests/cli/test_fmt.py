"""``quizzer fmt`` as people and editors run it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from quizzer.cli import formatting
from quizzer.deckfile import laid_out

from ..program import run as quizzer

MESS = "questions:\n- {answer: Lima, question: Capital of Peru?}   # easy\ntitle: 'Peru'"
LAID_OUT = "id: peru\ntitle: Peru\nquestions:\n  # easy\n  - id: capital-of-peru\n    question: Capital of Peru?\n    answer: Lima\n"
NAMED = "title: Chile\nquestions:\n  - question: Capital of Chile?\n    answer: Santiago\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "peru.yaml").write_text(MESS, "utf-8")
    (folder / "chile.yaml").write_text(NAMED, "utf-8")
    return folder


@pytest.fixture
def run(decks: Path) -> Run:
    def call(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        done = quizzer(["fmt", *words], folder=decks.parent, stdin=stdin)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return call


def test_files_are_laid_out_once_and_what_was_done_is_told(run: Run, decks: Path) -> None:
    done = run()
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].endswith("chile.yaml: 2 ids written: chile, capital-of-chile")
    assert done.stdout.splitlines()[1].endswith("peru.yaml: laid out; 2 ids written: peru, capital-of-peru")
    assert done.stderr == "2 decks: 2 changed\n"
    assert (decks / "peru.yaml").read_text("utf-8") == LAID_OUT
    again = run("decks")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "2 decks: nothing to do\n")


def test_check_names_what_would_change_and_writes_nothing(run: Run, decks: Path) -> None:
    done = run("--check", "decks")
    assert done.returncode == 1
    assert done.stdout == (
        "decks/chile.yaml: 2 ids missing: chile, capital-of-chile\ndecks/peru.yaml: not laid out; 2 ids missing: peru, capital-of-peru\n"
    )
    assert done.stderr == "2 decks: 2 would change\n"
    assert (decks / "peru.yaml").read_text("utf-8") == MESS
    run()
    assert run("--check").returncode == 0


def test_diff_shows_what_would_change_and_writes_nothing(run: Run, decks: Path) -> None:
    done = run("--diff", "decks/peru.yaml")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "--- decks/peru.yaml",
        "+++ decks/peru.yaml",
        "@@ -1,3 +1,7 @@",
        "+id: peru",
        "+title: Peru",
        " questions:",
        "-- {answer: Lima, question: Capital of Peru?}   # easy",
        "-title: 'Peru'",
        "\\ No newline at end of file",
        "+  # easy",
        "+  - id: capital-of-peru",
        "+    question: Capital of Peru?",
        "+    answer: Lima",
    ]
    assert (decks / "peru.yaml").read_text("utf-8") == MESS
    both = run("--diff", "--check", "decks/peru.yaml")
    assert both.stdout == done.stdout
    assert "peru.yaml: not laid out; 2 ids missing" in both.stderr
    run()
    assert run("--diff").returncode == 0


def test_a_diff_has_colours_where_a_terminal_shows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    made = laid_out(MESS.encode(), Path("peru.yaml"))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = formatting.diff_of(made)
    assert click.style("+id: peru", fg="green") in coloured
    assert click.style("-title: 'Peru'", fg="red") in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "+id: peru" in formatting.diff_of(made)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_an_editor_hands_its_text_over_and_gets_it_back(decks: Path, encoding: str) -> None:
    text = MESS.replace("\n", "\r\n").replace("Lima", "Límá").encode(encoding)
    words = ["fmt", "--stdin-filename", "decks/peru.yaml", "-"]
    done = quizzer(words, folder=decks.parent, stdin=text)
    assert done.returncode == 0
    assert done.stdout.removeprefix("\ufeff").replace("\r\n", "\n") == LAID_OUT.replace("Lima", "Límá")
    assert (decks / "peru.yaml").read_text("utf-8") == MESS
    assert done.stderr == ""


def test_from_standard_input_a_deck_without_a_name_gets_no_id_of_its_own(run: Run) -> None:
    done = run("-", stdin=MESS.encode())
    assert done.stdout == LAID_OUT.removeprefix("id: peru\n")
    assert run("--check", "-", stdin=done.stdout.encode()).returncode == 0
    looked = run("--check", "-", stdin=MESS.encode())
    assert (looked.returncode, looked.stdout) == (1, "stdin: not laid out; 1 id missing: capital-of-peru\n")
    assert run("--diff", "-", stdin=MESS.encode()).stdout.startswith("--- stdin\n")


def test_what_cannot_be_read_is_told_and_nothing_is_printed(run: Run, decks: Path) -> None:
    done = run("-", stdin=b"title: [")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("quizzer: stdin:1:")
    (decks / "a.yaml").write_text("title: [", "utf-8")
    done = run()
    assert done.returncode == 1
    assert "a.yaml:1:9: D004" in done.stderr
    assert "3 decks: 2 changed, 1 left as it is" in done.stderr
    assert (decks / "peru.yaml").read_text("utf-8") == LAID_OUT


@pytest.mark.parametrize("words", [("-", "decks"), ("--stdin-filename", "x.yaml", "decks"), ("--nonsense",)])
def test_a_wrong_command_line_is_told_with_two(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).returncode == 2
