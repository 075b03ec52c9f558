"""``import`` and ``export`` as people run them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from quizzer import deckfile
from quizzer.cli import cli
from quizzer.core.errors import QuizzerError

from ..program import run as quizzer

DECK = "title: Peru\nquestions:\n  - {id: capital, question: What is the capital of Peru?, answer: Lima, distractors: [Cusco, Arequipa]}\n"
Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "peru.yaml").write_text(DECK, "utf-8")
    return tmp_path


@pytest.fixture
def run(workspace: Path) -> Run:
    def call(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        done = quizzer(words, folder=workspace, stdin=stdin)
        assert "Traceback" not in done.stderr, done.stderr
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.encode(), done.stderr.encode())

    return call


def test_a_deck_goes_out_to_standard_output_and_comes_back_from_standard_input(run: Run, workspace: Path) -> None:
    out = run("export", "peru", "--format", "csv", "-o", "-")
    assert (out.returncode, out.stderr) == (0, b"")
    assert out.stdout.startswith(b"\xef\xbb\xbfid,kind,question,")
    back = run("import", "-", "-o", "decks/peru.yaml", stdin=out.stdout)
    assert (back.returncode, back.stderr) == (0, b"decks/peru.yaml: brought up to date, 0 new, 0 changed\n")
    assert (workspace / "decks" / "peru.yaml").read_text("utf-8") == DECK


def test_losses_are_told_and_strict_writes_nothing(run: Run, workspace: Path) -> None:
    done = run("export", "decks/peru.yaml", "-o", "peru.md", "--strict")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "capital: distractors dropped",
        "1 question loses something: distractors dropped 1",
        "quizzer: decks/peru.yaml: something would get lost, so nothing was written. Leave out --strict to write it all the same.",
    ]
    assert not (workspace / "peru.md").exists()
    assert run("export", "decks/peru.yaml", "-o", "peru.md").returncode == 0
    again = run("export", "decks/peru.yaml", "-o", "peru.md")
    assert (again.returncode, again.stderr) == (
        1,
        b"quizzer: peru.md: is there already. Write over it with --force, or name another file.\n",
    )
    assert run("export", "decks/peru.yaml", "-o", "peru.md", "--force").returncode == 0


def test_each_file_becomes_a_deck_and_a_bad_one_does_not_stop_the_others(run: Run, workspace: Path) -> None:
    (workspace / "chile.tsv").write_text("Capital of Chile\tSantiago\nno second side\n", "utf-8")
    (workspace / "bad.csv").write_bytes(b"a\0b")
    done = run("import", "bad.csv", "chile.tsv")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "quizzer: bad.csv:1: holds NUL characters: this is a binary file, or UTF-16 without its mark. Save it as UTF-8 text.",
        r"chile.tsv:2: nothing parts the sides ('\t') in 'no second side'. Write term, '\t' and definition.",
        "decks/chile.yaml: made, 1 question, 1 left out",
    ]
    assert deckfile.load(workspace / "decks" / "chile.yaml").title == "Chile"


def test_a_dry_run_tells_and_writes_nothing(run: Run, workspace: Path) -> None:
    (workspace / "chile.tsv").write_text("Capital of Chile\tSantiago\n", "utf-8")
    done = run("import", "chile.tsv", "--dry-run")
    assert done.stderr.decode() == "decks/chile.yaml: would be made, 1 question\n"
    assert not (workspace / "decks" / "chile.yaml").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["import", "nowhere.csv"], "nowhere.csv: cannot be read (No such file or directory). Check its name."),
        (["import", "decks/peru.yaml"], "decks/peru.yaml: this is a deck already. Put it into decks/, or check it with `quizzer check`."),
        (["import", "decks"], "decks: is a folder. Name the files in it."),
        (["import", "x.csv", "-o", "x.json"], "x.json: a deck is a .yaml file. Name it 'x.yaml'."),
        (["export", "peru", "-o", "peru.doc"], "peru.doc: no form is told by this name."),
        (["export", "nowhere", "-o", "x.csv"], "there is no deck 'nowhere'."),
        (["export", "peru", "-o", "no/x.csv"], "no/x.csv: cannot be written: No such file or directory. Make its folder first."),
    ],
)
def test_what_is_wrong_is_told_in_one_line(workspace: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str) -> None:
    monkeypatch.chdir(workspace)
    with pytest.raises(QuizzerError) as caught:
        cli.main(words, standalone_mode=False)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
