"""A question that is moved is moved as it is written, with its comments; headings and all else stay."""

import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError
from quizzer.deckfile import load, revise

from .test_ids import STYLES, put
from .test_revise import HAND

SECTIONS = "title: t\nquestions:\n" + "\n".join(
    f"{'' if number % 3 else f'{chr(10)}# --- {number} ---{chr(10) * (1 + number % 2)}'}"
    f"- question: q{number}\n  # in {number}\n  answer: a{number} # at {number}\n    # deep in {number}"
    for number in range(7)
)
FLOW = "title: t\nquestions: [{question: a, answer: b}, {question: c, answer: d},\n {question: e, answer: f}] # end\n"


def moved(path: Path, order: list[int]) -> str:
    deck = load(path)
    wanted = msgspec.structs.replace(deck, questions=tuple(deck.questions[at] for at in order))
    revise(path, wanted)
    assert load(path) == wanted
    return path.read_bytes().decode()


@settings(max_examples=20, deadline=None)
@given(text=st.sampled_from([HAND, SECTIONS, f"{SECTIONS}\n"]), line_end=st.sampled_from(["\n", "\r\n", "\r"]), seed=st.integers())
def test_no_line_is_lost_or_made_whatever_the_order(text: str, line_end: str, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = put(tmp_path_factory.mktemp("order"), text.replace("\n", line_end))
    order = list(range(len(load(path).questions)))
    random.Random(seed).shuffle(order)
    after = moved(path, order)
    assert sorted(line for line in after.splitlines() if line.strip()) == sorted(line for line in text.splitlines() if line.strip())
    assert line_end == "\n" or "\n" not in after.replace(line_end, "")


APART = """\
title: t
questions:
  # a heading

  # of a
  - {id: a, question: A?, answer: x} # short

  # of b
  - id: b
    question: B?
    # within
    answer: y
    # below

  # another heading

  - {id: c, question: C?, answer: z}
"""
CLOSE = """\
title: t
questions:
  # a heading
  - {id: a, question: A?, answer: x}
  # of b
  - {id: b, question: B?, answer: y}

  # another heading
  # quizzer: ignore Q104 -- so it is
  - {id: c, question: C?, answer: z}
  - {id: d, question: D?, answer: w}
"""


def test_a_question_goes_with_its_comments_and_leaves_headings_behind(tmp_path: Path) -> None:
    b = "  # of b\n  - id: b\n    question: B?\n    # within\n    answer: y\n    # below\n"
    a, c = "  # of a\n  - {id: a, question: A?, answer: x} # short\n", "  - {id: c, question: C?, answer: z}\n"
    one, other = "title: t\nquestions:\n  # a heading\n\n", "  # another heading\n\n"
    assert f"{one}{a}\n{b}\n{other}{c}" == APART
    assert moved(put(tmp_path, APART), [0, 2, 1]) == f"{one}{a}\n{other}{c}\n{b}"
    assert moved(put(tmp_path, APART), [1, 2, 0]) == f"{one}{b}\n{other}{c}\n{a}"
    assert moved(put(tmp_path, APART), [2, 0, 1]) == f"{one}{c}\n{a}\n{b}\n{other}".rstrip() + "\n"


def test_where_questions_stand_close_a_blank_line_makes_a_heading(tmp_path: Path) -> None:
    a, b = "  - {id: a, question: A?, answer: x}\n", "  # of b\n  - {id: b, question: B?, answer: y}\n"
    c = "  # quizzer: ignore Q104 -- so it is\n  - {id: c, question: C?, answer: z}\n"
    d = "  - {id: d, question: D?, answer: w}\n"
    one, other = "title: t\nquestions:\n  # a heading\n", "\n  # another heading\n"
    assert one + a + b + other + c + d == CLOSE
    assert moved(put(tmp_path, CLOSE), [1, 0, 2, 3]) == one + b + a + other + c + d
    assert moved(put(tmp_path, CLOSE), [0, 2, 1, 3]) == one + a + other + c + b + d
    assert moved(put(tmp_path, CLOSE), [0, 1, 3, 2]) == one + a + b + other + d + c


def test_questions_in_brackets_change_places(tmp_path: Path) -> None:
    after = moved(put(tmp_path, FLOW), [1, 2, 0])
    assert after == FLOW.replace("{question: a, answer: b}, ", "").replace("f}]", "f}, {question: a, answer: b}]")


def test_what_stood_for_something_else_is_written_out_where_that_changes_or_moves(tmp_path: Path) -> None:
    first = "- {id: a, question: A?, answer: &x 'it''s', tags: &t [p, q]}\n"
    second = "- {id: b, question: B?, answer: *x, tags: *t}\n"
    path = put(tmp_path, f"title: t\nquestions:\n{first}{second}")
    whole = second.replace("*x", "'it''s'").replace("*t", "[p, q]")
    assert moved(path, [1, 0]) == f"title: t\nquestions:\n{whole}{first}"
    path = put(tmp_path, f"title: t\nquestions:\n{first}{second}")
    one, other = load(path).questions
    revise(path, msgspec.structs.replace(load(path), questions=(msgspec.structs.replace(one, answer="so"), other)))
    assert path.read_text("utf-8") == "title: t\nquestions:\n" + first.replace("&x 'it''s'", "'so'") + whole


@settings(max_examples=6, deadline=None)
@given(seed=st.integers())
def test_every_style_of_writing_can_be_put_in_any_order(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = put(tmp_path_factory.mktemp("order"), STYLES)
    names = [question.id for question in load(path).questions]
    order = list(range(len(names)))
    random.Random(seed).shuffle(order)
    try:
        moved(path, order)
    except DeckError as error:  # what stands for the answer of another question cannot be moved above it
        assert "cannot be changed safely" in str(error)
        assert order.index(names.index("who")) < order.index(names.index("neighbour-in-the-east"))
        assert path.read_bytes() == STYLES.encode()
