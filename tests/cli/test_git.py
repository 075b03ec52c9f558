"""Branches of a deck are merged by git itself, with quizzer as its merge driver and without."""

import re
import subprocess
import sys
from pathlib import Path

from quizzer import deckfile

from .. import program

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
(_BLOCK,) = re.findall(
    r"^```text\n(.*?merge\.quizzer\.driver.*?)^```$", README.partition("### Branches in git")[2], re.DOTALL | re.MULTILINE
)
SETTING_UP = [line.removeprefix("$ ") for line in _BLOCK.splitlines()]  # as the manual says it
DECK = """\
id: d
title: Rivers
questions:
  # the longest
  - id: a
    question: A?
    answer: x

  - id: b
    question: B?
    answer: y
"""


class Repository:
    def __init__(self, folder: Path, *, driver: bool) -> None:
        self.folder = folder
        self.deck = folder / "decks" / "d.yaml"
        self.deck.parent.mkdir()
        self.git("init", "-q", "-b", "main")
        for name, value in (("user.name", "Ada"), ("user.email", "ada@example.org"), ("commit.gpgsign", "false")):
            self.git("config", name, value)
        if driver:
            for line in SETTING_UP:
                subprocess.run(
                    ["sh", "-c", line.replace("quizzer git-merge", f"'{sys.executable}' -m quizzer git-merge")], cwd=folder, check=True
                )
        self.commit(DECK)

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *words], cwd=self.folder, capture_output=True, text=True, check=False)

    def commit(self, text: str) -> None:
        self.deck.write_text(text)
        self.git("add", "-A")
        assert self.git("commit", "-qm", "a change").returncode == 0

    def merge(self, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
        self.git("checkout", "-qb", "topic")
        self.commit(theirs)
        self.git("checkout", "-q", "main")
        self.commit(ours)
        return self.git("merge", "-q", "--no-edit", "topic")


def added(name: str, answer: str = "z") -> str:
    return f"\n  # new: {name}\n  - id: {name}\n    question: {name}?\n    answer: {answer}\n"


def test_without_a_driver_git_leaves_markers_which_check_tells(tmp_path: Path) -> None:
    repository = Repository(tmp_path, driver=False)
    assert repository.merge(DECK + added("c"), DECK + added("d")).returncode == 1
    (problem,) = deckfile.check(repository.deck)
    assert problem.code == "D013"


def test_with_it_both_branches_come_together_and_only_what_both_changed_is_left_to_decide(tmp_path: Path) -> None:
    repository = Repository(tmp_path, driver=True)
    formatted = DECK.replace("  - id: b\n    question: B?\n    answer: y\n", "  - {id: b, question: B?, answer: y}   # short\n")
    done = repository.merge(formatted + added("c"), DECK.replace("title: Rivers", "title: All rivers") + added("d"))
    assert done.returncode == 0, done.stdout + done.stderr
    merged = repository.deck.read_text()
    assert merged == formatted.replace("title: Rivers", "title: All rivers") + added("c") + added("d")
    assert not [problem for problem in deckfile.check(repository.deck) if problem.severity == "error"]
    repository.git("branch", "-qD", "topic")
    done = repository.merge(merged.replace("answer: x", "answer: ours"), merged.replace("answer: x", "answer: theirs") + added("e"))
    assert done.returncode == 1
    assert "`answer` of the question 'a' was changed on both sides." in done.stdout + done.stderr
    assert repository.deck.read_text() == merged.replace(
        "    answer: x\n", "<<<<<<< ours\n    answer: ours\n=======\n    answer: theirs\n>>>>>>> theirs\n"
    ) + added("e")
    assert "UU decks/d.yaml" in repository.git("status", "--short").stdout


def test_a_file_that_is_no_deck_is_merged_by_its_lines(tmp_path: Path) -> None:
    repository = Repository(tmp_path, driver=True)
    broken = DECK.replace("title: Rivers", "title: [")
    assert repository.merge(broken, DECK + added("c")).returncode == 0
    assert repository.deck.read_text() == broken + added("c")


def test_what_is_no_text_is_left_for_a_person_with_what_to_do(tmp_path: Path) -> None:
    repository = Repository(tmp_path, driver=True)
    done = repository.merge("a\0b", "c\0d")
    assert done.returncode == 1
    line = next(line for line in (done.stdout + done.stderr).splitlines() if line.startswith("quizzer: "))
    assert line == (
        "quizzer: decks/d.yaml: neither its questions nor its lines can be merged (it is no text on every side). Ours stands: "
        "keep it with `git add decks/d.yaml`, or take the other with `git checkout --theirs decks/d.yaml` first."
    )
    assert "binary" not in done.stdout + done.stderr
    assert repository.deck.read_bytes() == b"a\0b"
    assert repository.git("checkout", "--theirs", "decks/d.yaml").returncode == 0
    assert repository.deck.read_bytes() == b"c\0d"
    assert repository.git("add", "decks/d.yaml").returncode == 0
    assert repository.git("commit", "-qm", "theirs").returncode == 0


def test_what_cannot_be_written_is_told_and_ours_is_as_it_was(tmp_path: Path) -> None:
    for name, text in (("base", DECK), ("ours", DECK.replace("Rivers", "Lakes")), ("theirs", DECK.replace("answer: y", "answer: z"))):
        (tmp_path / f"{name}.yaml").write_text(text)
    ours = tmp_path / "ours.yaml"
    ours.chmod(0o444)
    words = ["git-merge", *(str(tmp_path / f"{name}.yaml") for name in ("base", "ours", "theirs"))]
    done = program.run(words, folder=tmp_path)
    assert (done.returncode, done.stdout, ours.read_text()) == (1, "", DECK.replace("Rivers", "Lakes"))
    assert (
        done.stderr == f"quizzer: {ours}: cannot be written: it is read-only. Write to a folder that is yours, or change its permissions.\n"
    )
    ours.chmod(0o644)
    assert program.run(words, folder=tmp_path).returncode == 0
    assert ours.read_text() == DECK.replace("Rivers", "Lakes").replace("answer: y", "answer: z")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["base.yaml", "ours.yaml", "theirs.yaml"]
