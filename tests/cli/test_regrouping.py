"""`quizzer deck`: questions go from deck to deck, the learner's progress at once with them."""

from pathlib import Path

import pytest

from quizzer import deckfile
from quizzer.store import Progress

from ..program import run

A = """\
id: a
title: A
questions:
  # the first
  - {id: x, question: What is X?, answer: ex}
  - {id: y, question: What is Y?, answer: why, tags: [t]}
  - {id: z, question: What is Z?, answer: zed}
"""
B = "id: b\ntitle: B\nquestions:\n  - {id: x, question: Another?, answer: other}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "a.yaml").write_text(A)
    (tmp_path / "decks" / "b.yaml").write_text(B)
    return tmp_path


def states(workspace: Path) -> list[str]:
    progress = Progress.open(workspace / "progress.db", learner="me")
    try:
        return sorted(card for deck in progress.decks() for card in progress.states(deck))
    finally:
        progress.close()


def test_decks_are_moved_about_and_progress_with_them(workspace: Path) -> None:
    decks = workspace / "decks"
    assert run(["--learner", "me", "study", "--plain"], folder=workspace, stdin=b"1\n3\n" * 4).returncode == 0
    assert states(workspace) == ["a/x", "a/y", "a/z", "b/x"]

    def deck(*words: str) -> str:
        done = run(["--learner", "me", "deck", *words], folder=workspace)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    said = deck("move", "a", "decks/b.yaml", "x")
    assert "the id 'x' is taken in 'b': the question from 'a' is 'x-2' there." in said
    assert said.endswith("; the progress of 1 card went along.\n")
    assert states(workspace) == ["a/y", "a/z", "b/x", "b/x-2"]
    assert "  # the first\n  - {id: x-2," in (decks / "b.yaml").read_text()
    deck("split", "a", "decks/new.yaml", "--tag", "t")
    deck("rename", "new", "newer")
    assert states(workspace) == ["a/z", "b/x", "b/x-2", "newer/y"]
    deck("merge", "a", "b", "newer", "-o", "decks/all.yaml", "--title", "All")
    assert [path.name for path in deckfile.find(decks)] == ["all.yaml"]
    assert len(states(workspace)) == 4 and all(card.startswith("all/") for card in states(workspace))
    made = deckfile.load(decks / "all.yaml")
    assert (made.title, set(made.formerly)) == ("All", {"a", "b", "new", "newer"})


def test_who_knows_where_a_question_went_says_so(workspace: Path) -> None:
    decks = workspace / "decks"
    run(["--learner", "me", "study", "--plain"], folder=workspace, stdin=b"1\n3\n" * 4)
    (decks / "a.yaml").write_text(A.replace("answer: why", "answer: changed").replace("id: y", "id: yy"))
    (decks / "b.yaml").write_text(B + "  - {id: y, question: What is Y then?, answer: because}\n")

    def follow(*words: str) -> str:
        done = run(["--learner", "me", "follow", *words], folder=workspace)
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    assert follow().splitlines()[1].split() == ["a/y", "1", "b/y"]
    assert "no deck has the card 'b/nope'" in follow("a/y", "b/nope")
    assert "the question 'a/x' is in a deck" in follow("a/x", "b/y")
    assert "no question 'a/nope' has progress" in follow("a/nope", "b/y")
    assert "name two questions" in follow("a/y")
    assert follow("a/y", "a/yy") == "a/yy: has the progress of a/y now, of 1 card\n"
    assert follow() == "every question with progress is in a deck\n"
    assert states(workspace) == ["a/x", "a/yy", "a/z", "b/x"]


def test_what_is_in_a_deck_that_cannot_be_read_is_not_listed_as_in_none(workspace: Path) -> None:
    run(["--learner", "me", "study", "--plain"], folder=workspace, stdin=b"1\n3\n" * 4)
    (workspace / "decks" / "a.yaml").write_text("title: [")
    done = run(["--learner", "me", "follow"], folder=workspace)
    assert done.stdout == ""
    told, broken = done.stderr.splitlines()
    assert told == "every question with progress is in a deck, or may be in one that cannot be read"
    assert "decks/a.yaml:1:9: D004" in broken


def test_what_only_prints_tells_of_progress_that_did_not_follow_yet(workspace: Path) -> None:
    run(["--learner", "me", "study", "--plain"], folder=workspace, stdin=b"1\n3\n" * 4)
    (workspace / "decks" / "a.yaml").rename(workspace / "decks" / "c.yaml")
    (workspace / "decks" / "c.yaml").write_text(A.replace("id: a", "id: c"))
    before = states(workspace)
    for words in (["due", "--json"], ["stats"]):
        done = run(["--learner", "me", *words], folder=workspace)
        assert done.stderr == "3 questions moved from 'a' to 'c' with their progress. That shows here once quizzer has been opened.\n"
        assert "moved" not in done.stdout
    done = run(["--learner", "me", "follow"], folder=workspace)  # and lists none that finds its way by itself
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "3 questions moved from 'a' to 'c' with their progress. That shows here once quizzer has been opened.",
        "every question with progress is in a deck",
    ]
    assert states(workspace) == before == ["a/x", "a/y", "a/z", "b/x"]
    run(["--learner", "me", "study", "--plain"], folder=workspace, stdin=b"")
    assert states(workspace) == ["b/x", "c/x", "c/y", "c/z"]
    assert run(["--learner", "me", "due"], folder=workspace).stderr == ""


def test_a_rename_that_was_killed_when_all_was_done_is_no_mistake_once_more(workspace: Path) -> None:
    for said in ("decks/a.yaml: is called 'c' now, and the file is decks/c.yaml.\n", "decks/c.yaml: is called 'c' now.\n"):
        done = run(["deck", "rename", "a", "c"], folder=workspace)
        assert (done.returncode, done.stderr) == (0, said)
    assert (workspace / "decks" / "c.yaml").read_text().count("formerly: [a]") == 1


def test_what_was_done_is_told_where_progress_cannot_go_along(workspace: Path) -> None:
    (workspace / "progress.db").write_text("no progress\n" * 50)
    done = run(["deck", "rename", "a", "c"], folder=workspace)
    told, wrong = done.stderr.splitlines()
    assert (done.returncode, told) == (1, "decks/a.yaml: is called 'c' now, and the file is decks/c.yaml.")
    assert "progress.db" in wrong


def test_of_two_decks_of_one_id_none_is_guessed(workspace: Path) -> None:
    (workspace / "decks" / "more").mkdir()
    (workspace / "decks" / "more" / "copy.yaml").write_text(A)
    done = run(["deck", "rename", "a", "c"], folder=workspace)
    assert done.stderr == "quizzer: decks/a.yaml and decks/more/copy.yaml have the id 'a'. Name the file that is meant.\n"
    assert run(["deck", "rename", "decks/more/copy.yaml", "c"], folder=workspace).returncode == 0
    assert deckfile.load(workspace / "decks" / "more" / "copy.yaml").id == "c"
    assert (workspace / "decks" / "a.yaml").read_text() == A


def test_questions_that_leave_the_folder_of_decks_are_said_to_be_studied_no_more(workspace: Path) -> None:
    done = run(["deck", "split", "a", "away.yaml", "x"], folder=workspace)
    assert done.stderr.splitlines()[-1] == "away.yaml: is not in decks, so what is in it is not studied here."
    assert "not studied" not in run(["deck", "split", "a", "decks/here.yaml", "y"], folder=workspace).stderr
    assert "not studied" not in run(["deck", "rename", "away.yaml", "far"], folder=workspace).stderr  # it was not before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("move", "a", "nope", "x"), "no deck there has the id 'nope'. There are: a, b. Name one, or a deck file."),
        (("move", "a", "b", "q"), "there is no question 'q' in it."),
        (("move", "a", "b", "x", "y", "z"), "no question would be left in it."),
        (("split", "a", "decks/new.txt", "x"), "a deck is a .yaml file. Name it 'new.yaml'."),
        (("split", "a", "decks/b.yaml", "x"), "is there already."),
        (("rename", "a", "b"), "has the id 'b'. Choose another, or put the two together"),
        (("rename", "a", "x/y"), "'x/y' cannot be an id."),
        (("merge", "a", "a"), "two different decks or more are wanted."),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(workspace: Path, words: tuple[str, ...], said: str) -> None:
    done = run(["deck", *words], folder=workspace)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert said in done.stderr
    assert ((workspace / "decks/a.yaml").read_text(), (workspace / "decks/b.yaml").read_text()) == (A, B)
