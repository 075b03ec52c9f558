"""What no addition, edit or length of a response can do to its grade, or to what grading costs."""

import json
import sys
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from quizzer.core.grading import Trial, grade, try_out
from quizzer.core.model import Answer, AnswerType, Part, Verdict

DATA = Path(__file__).parent.parent / "data"
ROWS = [
    row
    for name in ("grading.jsonl", "grading_held_out.jsonl", "grading_unseen.jsonl")
    for row in map(json.loads, (DATA / name).read_text("utf-8").splitlines())
    if isinstance(row["key"], str) and row.get("type") != "list"
]
RANK = {Verdict.WRONG: 0, Verdict.NEAR: 1, Verdict.RIGHT: 2}
SORTS = st.sampled_from(AnswerType)
UNTIMED = settings(deadline=None)
LETTERS = "abcdefghijklmnoprstuvwyz"


def one(key: str, *accept: str, sort: AnswerType = AnswerType.TEXT) -> Answer:
    return Answer((Part(key, accept, sort),))


def rank(key: str, response: str, sort: str | None, *accept: str) -> int:
    return RANK[try_out(response, Trial(key=key, type=sort, accept=accept)).verdict]


@UNTIMED
@given(st.sampled_from(ROWS), st.sampled_from(ROWS), SORTS)
def test_an_accepted_wording_is_worth_what_a_key_is(row: dict[str, str], other: dict[str, str], sort: AnswerType) -> None:
    key, accepted, response = row["key"], other["key"], row["response"]
    mine, turned = grade(response, one(key, accepted, sort=sort)), grade(response, one(accepted, key, sort=sort))
    assert mine.verdict is turned.verdict
    assert RANK[mine.verdict] >= RANK[grade(response, one(key, sort=sort)).verdict]


@UNTIMED
@given(st.sampled_from(ROWS), st.sampled_from(ROWS), st.sampled_from(["{} or {}", "{}, or {}", "either {} or {}", "{}/{}", "{} and/or {}"]))
def test_naming_a_wrong_answer_besides_makes_no_response_better(row: dict[str, str], other: dict[str, str], link: str) -> None:
    key, sort, response, besides = row["key"], row.get("type"), row["response"], other["response"]
    assume(len(response) < 60 and len(besides) < 60 and rank(key, besides, sort) == 0)
    assume(rank(key, response, sort) > 0)
    assert rank(key, link.format(response, besides), sort) <= rank(key, response, sort)


@UNTIMED
@given(st.sampled_from(ROWS), st.lists(st.sampled_from(ROWS), min_size=3, max_size=5))
def test_who_lists_all_there_are_to_choose_from_is_wrong(row: dict[str, str], more: list[dict[str, str]]) -> None:
    key, sort = row["key"], row.get("type")
    others = tuple(dict.fromkeys(other["key"] for other in more))
    assume(len(others) > 1 and "," not in "".join((key, *others)) and all(rank(key, other, sort) == 0 for other in others))
    assume(not any(word in f" {text.lower()} " for text in (key, *others) for word in (" or ", " and ", "&", "/", ";")))
    found = try_out(", ".join((*others, key)), Trial(key=key, type=sort, others=others))
    assert found.verdict is Verdict.WRONG


@UNTIMED
@given(st.text(alphabet=LETTERS, min_size=3, max_size=16), st.data())
def test_each_letter_more_that_is_wrong_makes_a_word_no_better(key: str, data: st.DataObject) -> None:
    places = data.draw(st.permutations(range(len(key))))
    ranks, typed = [2], list(key)
    for place in places:
        typed[place] = "x"
        ranks.append(RANK[grade("".join(typed), one(key)).verdict])
    assert ranks == sorted(ranks, reverse=True)


@UNTIMED
@given(st.sampled_from([row for row in ROWS if row["verdict"] == "right" and row.get("type") in ("text", "number", "money", "duration")]))
def test_what_is_right_one_way_is_not_wrong_the_other(row: dict[str, str]) -> None:
    assume("accept" not in row and "or something" not in row["response"] and rank(row["key"], row["response"], row["type"]) == 2)
    assume(grade(row["response"], one(row["key"], sort=AnswerType(row["type"]))).reason in ("the same answer", "typo"))
    plain = row["response"].strip(" .?!").lower()
    assume(not plain.startswith(("i ", "it ", "the answer", "maybe", "probably", "about", "my ", "that")))
    assert rank(row["response"], row["key"], row["type"]) > 0


class _Counter:
    """Counts the calls that grading makes, in Python and in C: a measure of its work that no busy machine alters."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        self.calls += event in ("call", "c_call")


def work(response: str, answer: Answer) -> int:
    counter = _Counter()
    sys.setprofile(counter)
    try:
        grade(response, answer)
    finally:
        sys.setprofile(None)
    return counter.calls


PIECES = st.one_of(
    st.text(min_size=1, max_size=8).filter(lambda text: text.isprintable()),
    st.sampled_from(
        [
            "9,",
            "9 ",
            "1/",
            "a ",
            "the ",
            "no ",
            "or ",
            "and ",
            ", ",
            "; ",
            "/",
            "five thousand ",
            "hundred ",
            "El Paso, ",
            "May 11, 2018 ",
            "Q3 ",
            "per day ",
            "aged 5 ",
            "§",
            "w/o ",
            "ww ",
            "x y ",
            "(",
            "'",
            "́",
            "한",
        ]
    ),
)
KEYS = (
    ("World War II", ()),
    ("3 days and 4 hours", ("May 11, 2018", "El Paso, Texas")),
    ("ICE and CBP", ()),
    ("Rod Rosenstein", ()),
    ("$25 a day", ()),
    ("between 2014 and 2017", ()),
)
LONG = 10_000
MOST_CALLS = 60 * LONG  # a call for each character in each of several passes, and what a short text costs


@settings(deadline=None, max_examples=40)
@given(PIECES, st.sampled_from(KEYS), SORTS)
@example("9,", KEYS[2], AnswerType.TEXT)
@example("a ", KEYS[0], AnswerType.ORGANISATION)
def test_ten_thousand_characters_cost_no_more_than_their_number(piece: str, key: tuple[str, tuple[str, ...]], sort: AnswerType) -> None:
    response = (piece * LONG)[:LONG]
    assert work(response, one(key[0], *key[1], sort=sort)) < MOST_CALLS
    parts = Answer(tuple(Part(f"item {number}", (), sort) for number in range(8)))
    assert work(response, parts) < 10 * MOST_CALLS  # each piece is held against each thing


@pytest.mark.soak
@settings(deadline=None, max_examples=4_000)
@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), st.sampled_from(KEYS), SORTS)
def test_no_long_text_costs_more_at_length(piece: str, key: tuple[str, tuple[str, ...]], sort: AnswerType) -> None:
    assert work((piece * LONG)[:LONG], one(key[0], *key[1], sort=sort)) < MOST_CALLS
