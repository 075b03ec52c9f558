"""``fix`` mends what is told, touches nothing else, and keeps every comment."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.deckfile import check, fix, load
from quizzer.deckfile.choice import Choice
from quizzer.deckfile.codes import FIXABLE

HEAD = "id: peru  # kept\ntitle: Peru\nquestions:\n"


def mended(tmp_path: Path, questions: str, *, head: str = HEAD, asked: Choice | None = None) -> str:
    """The text after fix, less its head."""
    path = tmp_path / "peru.yaml"
    path.write_bytes((head + questions).encode())
    fix(path, asked=asked)
    text = path.read_bytes().decode()
    assert text.startswith(head)
    return text.removeprefix(head)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - {id: q, question: ' Where? ', answer: \"Lima \"}\n", "  - {id: q, question: 'Where?', answer: \"Lima\"}\n"),
        (
            "  - {id: q, question: Where?, answer: Lima, distractors: [Ica, Puno, ica]}\n",
            "  - {id: q, question: Where?, answer: Lima, distractors: [Ica, Puno]}\n",
        ),
        (
            "  - {id: q, question: Where?, answer: Lima, accept: [LIMA, Lima city]}\n",
            "  - {id: q, question: Where?, answer: Lima, accept: [Lima city]}\n",
        ),
        (
            "  - {id: q, question: When?, answer: 7, distractors: [9, 3, 5]}\n",
            "  - {id: q, question: When?, answer: 7, distractors: [3, 5, 9]}\n",
        ),
        (
            "  - {id: q, question: When?, answer: 7, distractors: [\"300\", '9,000', 5]}\n",
            "  - {id: q, question: When?, answer: 7, distractors: [5, \"300\", '9,000']}\n",
        ),
        (
            "  - {id: q, question: Who is not here?, answer: Al, distractors: [Bo, Cy]}\n",
            "  - {id: q, question: Who is NOT here?, answer: Al, distractors: [Bo, Cy]}\n",
        ),
        ("  - question: Where?\n    answer: Lima\n", "  - id: where\n    question: Where?\n    answer: Lima\n"),
        (
            "  - id: q\n    question: When?\n    answer: 7\n    distractors:\n      - 9\n      - 3\n      - 5\n    # end\n",
            "  - id: q\n    question: When?\n    answer: 7\n    distractors:\n      - 3\n      - 5\n      - 9\n    # end\n",
        ),
    ],
    ids=["space", "option twice", "accepted twice", "numbers", "quoted numbers", "negative", "id", "block"],
)
def test_what_there_is_one_way_to_mend_is_mended(before: str, after: str, tmp_path: Path) -> None:
    assert mended(tmp_path, before) == after
    assert [problem for problem in check(tmp_path / "peru.yaml") if problem.code in FIXABLE] == []
    assert mended(tmp_path, after) == after


@pytest.mark.parametrize(
    "questions",
    [
        "  - id: q\n    question: When?\n    answer: 7\n    distractors:\n      - 9  # too late\n      - 3\n      - 5\n",
        "  - {id: q, question: When?, answer: 7, distractors: [9, 3, 5]}  # quizzer: ignore Q113 -- as in the book\n",
        "  - {id: q, question: Where?, answer: Lima, distractors: [Lima, Ica]}\n",
        "  - {id: q, question: ' Where?', anwser: Lima}\n",
        "  - {id: q, question: 'Where? '\n",
        "  - id: q\n    question: |\n      Where?\n    answer: Lima\n",
    ],
    ids=["a comment in the list", "ignored", "key among distractors", "an error that stays", "broken", "block text"],
)
def test_what_is_the_authors_to_decide_is_left(questions: str, tmp_path: Path) -> None:
    assert mended(tmp_path, questions) == questions


def test_only_what_is_asked_for_is_mended(tmp_path: Path) -> None:
    row = "  - {id: q, question: 'Who is not here? ', answer: Al, distractors: [Bo, Cy]}\n"
    assert mended(tmp_path, row, asked=Choice(("Q",))) == row.replace("not", "NOT")
    assert mended(tmp_path, row, asked=Choice((), ("Q107",))) == row.replace("? '", "?'")
    lint = HEAD.replace("questions", "lint: {ignore: [Q107, D316]}\nquestions")
    assert mended(tmp_path, row, head=lint) == row


def test_progress_hangs_on_nothing_that_is_mended(tmp_path: Path) -> None:
    mended(tmp_path, "  - {id: q, question: 'When not? ', answer: ' 7', distractors: [9, 3, 5]}\n")
    before = "  - {id: q, question: 'When? ', answer: ' 7', distractors: [9, 3, 5]}\n"
    (tmp_path / "old.yaml").write_text(HEAD + before)
    mended(tmp_path, before)
    one, other = (next(iter(load(tmp_path / name).cards())) for name in ("old.yaml", "peru.yaml"))
    assert (one.id, one.fingerprint) == (other.id, other.fingerprint)


ROWS = [
    "  - id: q{n}  # c{n}\n    question: ' Where {n}?'\n    answer: Lima{n}\n",
    "  - {{id: q{n}, question: When {n}?, answer: 7{n}, distractors: [9, 3, 5]}}  # c{n}\n",
    "  # c{n}\n  - id: q{n}\n    question: Which {n} is not one?\n    answer: Al{n}\n"
    "    distractors:\n      - Bo\n      - Bo\n      - Cy # d{n}\n",
    "  - question: How {n}?\n    # c{n}\n    answer: 'so{n} '\n    accept: ['so{n}', \"thus \"]\n\n",
    "  - id: q{n}\n    cloze: >-\n      It is {{{{so{n} }}}}\n      # no comment\n    hints:\n    - ' a'   # c{n}\n    - b\n",
]


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.sampled_from(ROWS), min_size=1, max_size=6), ending=st.sampled_from(["\n", "\r\n"]))
def test_every_comment_stays_and_a_second_time_changes_nothing(
    rows: list[str], ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("fix") / "peru.yaml"
    before = (HEAD + "".join(row.format(n=number) for number, row in enumerate(rows))).replace("\n", ending)
    path.write_bytes(before.encode())
    gone = fix(path)
    after = path.read_bytes().decode()
    assert re.findall(r"# \w+", after) == re.findall(r"# \w+", before)
    assert set(re.findall(r"\r?\n", after)) == {ending}
    left = check(path)
    if any("# d" in row for row in rows):  # a double with a comment in its list is an error that stays, so nothing was done
        assert after == before
    else:
        assert [problem for problem in left if problem.code in FIXABLE] == []
    assert bool(gone) == (after != before)
    fix(path)
    assert path.read_bytes().decode() == after


def test_nothing_is_mended_in_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")  # whoever opens it waits for ever
    for path in (tmp_path / "pipe.yaml", tmp_path / "nowhere.yaml", tmp_path, Path("a\0b")):
        assert fix(path) == []
