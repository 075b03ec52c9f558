"""``print`` as people run it."""

from pathlib import Path

import pytest

from quizzer.cli import cli
from quizzer.core.errors import QuizzerError

from ..program import run

DECK = "title: Peru\nquestions:\n  - {id: capital, question: What is the capital of Peru?, answer: Lima, distractors: [Cusco, Arequipa]}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "peru.yaml").write_text(DECK, "utf-8")
    return tmp_path


def test_a_deck_is_printed_by_its_id_and_by_its_file_once(workspace: Path) -> None:
    done = run(["print", "peru", "decks/peru.yaml", "-o", "peru.html"], folder=workspace)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wrote peru.html: 1 question\n")
    page = (workspace / "peru.html").read_text("utf-8")
    assert page.count("What is the capital of Peru?") == 2  # sheet and key
    assert run(["print", "peru", "-o", "peru.pdf", "--form", "cards", "--double-sided"], folder=workspace).returncode == 0
    assert (workspace / "peru.pdf").read_bytes().startswith(b"%PDF-")


def test_a_file_that_is_there_is_kept_unless_told_otherwise(workspace: Path) -> None:
    (workspace / "peru.html").write_text("mine", "utf-8")
    done = run(["print", "peru", "-o", "peru.html"], folder=workspace)
    assert (done.returncode, done.stderr) == (
        1,
        "quizzer: peru.html: is there already. Write over it with --force, or name another file.\n",
    )
    assert (workspace / "peru.html").read_text("utf-8") == "mine"
    assert run(["print", "peru", "-o", "peru.html", "--force"], folder=workspace).returncode == 0
    assert sorted(path.name for path in workspace.iterdir()) == ["decks", "peru.html"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["peru", "-o", "peru.docx"], "peru.docx: decks are printed as .html or .pdf. Name the file so."),
        (["peru", "-o", "nowhere/peru.html"], "nowhere/peru.html: cannot be written: No such file or directory. Make its folder first."),
        (["chile", "-o", "x.html"], "there is no deck 'chile'. `quizzer due` lists the decks; or name its file."),
        (["chile.yaml", "-o", "x.html"], "chile.yaml:1:1: D001 there is no such file. Is the name spelled right?"),
        (["peru", "-o", "x.html", "--tag", "a"], "peru: there is no question with the tag 'a' to be printed. Choose others."),
        (["peru", "-o", "x.html", "--double-sided"], "--double-sided is of cards. Add --form cards, or leave it out."),
        (["peru", "-o", "x.html", "--form", "cards", "--versions", "2"], "--versions are of sheets. Leave it out to print cards."),
        (["peru", "-o", "x.html", "--form", "key", "--no-key"], "--no-key is of sheets. Leave it out to print the key."),
        (["peru", "decks/twin.yaml", "-o", "x.html"], "decks/twin.yaml: has the id 'peru', which"),
    ],
)
def test_what_cannot_be_printed_is_told_in_one_line_and_nothing_is_written(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    (workspace / "decks" / "twin.yaml").write_text("id: peru\n" + DECK, "utf-8")
    monkeypatch.chdir(workspace)
    with pytest.raises(QuizzerError) as raised:
        cli.main(["print", *words], standalone_mode=False)
    assert str(raised.value).startswith(told)
    assert "\n" not in str(raised.value)
    assert sorted(path.name for path in workspace.iterdir()) == ["decks"]
