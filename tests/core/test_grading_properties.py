"""What holds for every response and every key, however ugly."""

import json
import random
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from quizzer.core.grading import SORTS as SORTS_BY_NAME
from quizzer.core.grading import Grade, KnownAnswers, Trial, grade, infer_type, members, shown, try_out
from quizzer.core.grading.folding import is_blank, plain, tokens
from quizzer.core.grading.wording import forms, same
from quizzer.core.model import Answer, AnswerType, Part, Verdict

SORTS = st.sampled_from(AnswerType)
MARKS = " \t\n.,;:!?'\"’“”-–—…/()[]&%$€#+*^_=<>|~@\u00ad\u200b\u200d\u200f\ufeff"
LETTERS = "abcdeXYZéüßøŁİıñÅæЖйΩςאבمح日本か゛ガ한ไทย़कि👍🏽½²٣３"
FRAGMENTS = (
    "the|a|of|and|or|not|no|never|five|5|5,000|1.000|two|thirds|million|%|$|may|11|2018|2018-05-11|to|-|3|7|days|Sessions|Jeff|Dr.|Jr.|van|,|"
    "El|Paso|Texas|New York|FBI|John|half|an|hour|about|more than|'18|1990s|BC|Q3|FY18|XIV|per|aged|"
    "w/o|twice|Q1 2019|°|ft|below|first|;|\n|→|12:30|1/2"
)
PIECES = FRAGMENTS.split("|")
UGLY = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=LETTERS + MARKS + string.digits, max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
)
VISIBLE = UGLY.filter(lambda text: not is_blank(text))
WORDS = st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=12)
PHRASES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


_ROWS = [json.loads(line) for line in (Path(__file__).parent.parent / "data" / "grading.jsonl").read_text("utf-8").splitlines()]
TABLE = [
    (row["key"], row["response"], AnswerType(row["type"]))
    for row in _ROWS
    if isinstance(row["key"], str) and row["type"] != "list" and not {"accept", "others", "language"} & row.keys()
]


def widened(text: str) -> str:
    return text.replace(" ", "   ")


# Neither loading a library when it is first needed nor a busy machine makes an answer slow.
UNTIMED = settings(deadline=None)


def one(key: str, *accept: str, sort: AnswerType = AnswerType.TEXT) -> Answer:
    return Answer((Part(key, accept, sort),))


def assert_sound(found: Grade, response: str) -> None:
    assert isinstance(found.verdict, Verdict)
    assert "".join(text for op, text in found.diff if op in "=-") == shown(response)
    assert "".join(text for op, text in found.diff if op in "=+") == found.matched
    assert all(text for _, text in found.diff)
    assert "\n" not in found.note
    assert found.note or found.verdict is Verdict.RIGHT
    assert found.reason


@UNTIMED
@given(VISIBLE, SORTS)
@example("…", AnswerType.TEXT)
@example("no", AnswerType.TEXT)
@example("1.2.3", AnswerType.NUMBER)
@example("Q3 Q3", AnswerType.DATE)
@example("-", AnswerType.RANGE)
def test_a_key_is_a_right_response_to_itself(key: str, sort: AnswerType) -> None:
    found = grade(key, one(key, sort=sort))
    assert (found.verdict, found.matched, found.note) == (Verdict.RIGHT, key, "")


@UNTIMED
@given(st.lists(VISIBLE, min_size=2, max_size=5), SORTS, st.booleans())
def test_all_keys_in_their_order_are_right(keys: list[str], sort: AnswerType, ordered: bool) -> None:
    answer = Answer(tuple(Part(key, (), sort) for key in keys), ordered)
    assert grade(answer.key, answer).verdict is Verdict.RIGHT


@UNTIMED
@given(VISIBLE, VISIBLE, SORTS)
def test_every_accepted_wording_is_right(key: str, other: str, sort: AnswerType) -> None:
    found = grade(other, one(key, other, sort=sort))
    assert found.verdict is Verdict.RIGHT
    assert found.matched == (key if same(other, key) else other)


@UNTIMED
@given(
    UGLY, st.lists(st.tuples(UGLY, st.lists(UGLY, max_size=2), SORTS), min_size=1, max_size=4), st.booleans(), st.lists(UGLY, max_size=3)
)
def test_any_text_gets_a_grade(response: str, parts: list[tuple[str, list[str], AnswerType]], ordered: bool, others: list[str]) -> None:
    answer = Answer(tuple(Part(key, tuple(accept), sort) for key, accept, sort in parts), ordered)
    known = KnownAnswers([answer, *(one(other, sort=AnswerType.PERSON) for other in others)])
    found = grade(response, answer, known=known)
    assert_sound(found, response)
    assert found == grade(response, answer, known=known)


@UNTIMED
@given(VISIBLE, st.lists(VISIBLE, min_size=1, max_size=3), SORTS, st.data())
def test_a_response_equal_to_another_option_is_never_right(key: str, others: list[str], sort: AnswerType, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(others))
    answer = one(key, sort=sort)
    known = KnownAnswers([answer, *(one(text, sort=sort) for text in others)])
    found = grade(other, answer, known=known, others=others)
    assert (found.verdict is Verdict.RIGHT) == same(other, key)
    assert_sound(found, other)


NEIGHBOURS = [
    ("Texas", "El Paso, Texas", AnswerType.PLACE),
    ("May 2018", "May 3, 2018", AnswerType.DATE),
    ("American Civil Liberties Union", "ACLU", AnswerType.ORGANISATION),
    ("Jeff Sessions", "Sessions, Jeff", AnswerType.PERSON),
    ("Sessions", "Sesions", AnswerType.TEXT),
    ("5,000", "5k", AnswerType.NUMBER),
    ("3 p.m.", "three in the afternoon", AnswerType.TEXT),
    ("Путин", "Putin", AnswerType.PERSON),
]


@pytest.mark.parametrize(("key", "other", "sort"), NEIGHBOURS)
def test_what_would_be_right_is_wrong_where_it_is_another_option(key: str, other: str, sort: AnswerType) -> None:
    assert grade(other, one(key, sort=sort)).verdict is Verdict.RIGHT
    assert grade(other, one(key, sort=sort), others=[other]).verdict is Verdict.WRONG
    assert grade(key, one(key, sort=sort), others=[other]).verdict is Verdict.RIGHT


@UNTIMED
@given(VISIBLE, SORTS, st.lists(UGLY, max_size=3), st.sampled_from(["", "en-US", "en-GB", "de", "x-y-z", "ja"]))
def test_a_key_is_right_whatever_the_other_options_and_the_language(key: str, sort: AnswerType, others: list[str], language: str) -> None:
    answer = one(key, sort=sort)
    known = KnownAnswers([answer, *(one(text, sort=sort) for text in others)], language=language)
    assert grade(key, answer, known=known, others=others).verdict is Verdict.RIGHT


@UNTIMED
@given(st.sampled_from(TABLE), st.sampled_from([str.upper, str.lower, "  {}\n".format, "“{}”".format, "\u200e{}\u200e".format, widened]))
def test_case_and_spacing_change_no_verdict_of_the_table_of_record(row: tuple[str, str, AnswerType], dress: Callable[[str], str]) -> None:
    key, response, sort = row
    assert grade(dress(response), one(key, sort=sort)).verdict is grade(response, one(key, sort=sort)).verdict


@UNTIMED
@given(st.sampled_from(TABLE), st.sampled_from(["I think {}", "maybe {}", "it was {}", "{}, I think", "{}?", "the answer is {}"]))
def test_a_hedge_makes_no_right_answer_wrong(row: tuple[str, str, AnswerType], pattern: str) -> None:
    key, response, sort = row
    if grade(response, one(key, sort=sort)).verdict is Verdict.RIGHT:
        assert grade(pattern.format(response), one(key, sort=sort)).verdict is not Verdict.WRONG


@UNTIMED
@given(st.one_of(UGLY, st.lists(UGLY, max_size=4)), st.sampled_from([None, *SORTS_BY_NAME, "plaice", ""]), st.lists(UGLY, max_size=2), UGLY)
def test_a_key_is_tried_out_or_refused_in_a_sentence(key: str | list[str], sort: str | None, texts: list[str], response: str) -> None:
    try:
        trial = Trial(key=key if isinstance(key, str) else tuple(key), type=sort, accept=tuple(texts), others=tuple(texts))
    except ValueError as error:
        assert str(error).startswith(("there is no type", "the key is empty"))
        return
    assert_sound(try_out(response, trial), response)


@given(st.text(alphabet=" \t\n\u00a0\u00ad\u200b\u200e\ufeff\u2028", max_size=20), UGLY, SORTS)
def test_a_blank_response_is_wrong(response: str, key: str, sort: AnswerType) -> None:
    assert grade(response, one(key, sort=sort)).verdict is Verdict.WRONG


@given(UGLY)
def test_every_key_is_of_some_sort(key: str) -> None:
    assert infer_type(key) in AnswerType


@given(UGLY)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    folded = " ".join(tokens(text))
    assert tokens(folded) == tokens(text) or not any(char.isalnum() for char in text)  # of marks alone, the marks count
    assert plain(plain(text)) == plain(text)


def disguises(text: str) -> st.SearchStrategy[str]:
    """Return the same text in other clothes: case, accents, invisible and closing marks, width, spacing, an article before."""
    accents = dict(zip("aeioucn", "áèîöüçñ", strict=True))

    def dress(choice: int) -> str:
        return (
            text.upper(),
            text.title(),
            "".join(accents.get(char, char) for char in text),
            "\u00ad".join(text),
            "\u200b" + text + "\u200f",
            f"“{text}.”",
            f"  {text}  \n",
            text.replace(" ", "\u00a0 "),
            "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text),
            f"the {text}",
            text.replace(" ", "-"),
            text.replace(" ", "  "),
        )[choice]

    return st.integers(0, 11).map(dress)


@given(PHRASES.flatmap(lambda key: st.tuples(st.just(key), disguises(key))), PHRASES, st.sampled_from([AnswerType.TEXT, AnswerType.PLACE]))
def test_case_accents_punctuation_and_width_never_alter_the_verdict(pair: tuple[str, str], key: str, sort: AnswerType) -> None:
    plainly, disguised = pair
    assume("the" not in plainly.split())
    for wanted in (plainly, key):
        assert grade(disguised, one(wanted, sort=sort)).verdict is grade(plainly, one(wanted, sort=sort)).verdict


@given(st.text(max_size=30), st.text(max_size=30))
def test_two_texts_are_the_same_both_ways_or_neither(first: str, second: str) -> None:
    assert same(first, second) == same(second, first)


NUMBERED = st.one_of(
    st.integers(1, 10**9).map(str),
    st.integers(1000, 10**9).map(lambda number: f"{number:,}"),
    st.tuples(st.integers(1, 999), st.sampled_from(["pages", "minutes", "%", "million", "km", "days", "children"])).map(
        lambda pair: f"{pair[0]} {pair[1]}"
    ),
    st.integers(1, 9999).map(lambda number: f"${number} million"),
    st.tuples(st.integers(1, 28), st.integers(1900, 2099)).map(lambda pair: f"May {pair[0]}, {pair[1]}"),
    st.tuples(st.integers(1, 40), st.integers(41, 99)).map(lambda pair: f"{pair[0]} to {pair[1]} days"),
    st.integers(1, 99).map(lambda number: f"Apollo {number}"),
    st.integers(1, 99).map(lambda number: f"B{number}"),
)


@given(NUMBERED, SORTS | st.none(), st.data())
def test_a_changed_digit_is_never_right(key: str, sort: AnswerType | None, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([at for at, char in enumerate(key) if char.isdigit()]))
    digit = data.draw(st.sampled_from([digit for digit in string.digits if digit != key[at]]))
    changed = key[:at] + digit + key[at + 1 :]
    assert grade(changed, one(key, sort=sort or infer_type(key))).verdict is not Verdict.RIGHT


@given(st.integers(0, 10**6), st.integers(1, 9))
def test_a_wrong_number_is_wrong_and_not_near(number: int, more: int) -> None:
    assert grade(str(number + more), one(f"{number:,}", sort=AnswerType.NUMBER)).verdict is Verdict.WRONG


@UNTIMED
@given(
    st.lists(PHRASES, min_size=2, max_size=12, unique_by=lambda text: forms(text)[0]),
    st.sampled_from([AnswerType.TEXT, AnswerType.PLACE, AnswerType.ORGANISATION]),
)
def test_another_answer_of_the_deck_is_never_right(keys: list[str], sort: AnswerType) -> None:
    known = KnownAnswers(one(key, sort=sort) for key in keys)
    for wanted in keys:
        for other in keys:
            if not same(other, wanted) and set(forms(other)).isdisjoint(forms(wanted)):
                assert grade(other, one(wanted, sort=sort), known=known).verdict is not Verdict.RIGHT, (other, wanted)


@given(st.text(alphabet=string.ascii_lowercase, min_size=4, max_size=14), st.data())
def test_a_misspelling_that_is_another_answer_is_wrong(key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(key) - 1))
    slipped = key[:at] + data.draw(st.sampled_from(string.ascii_lowercase)) + key[at + data.draw(st.integers(0, 1)) :]
    assume(forms(slipped) != forms(key))
    known = KnownAnswers([one(key), one(slipped)])
    assert grade(slipped, one(key), known=known).verdict is Verdict.WRONG


@given(PHRASES, st.sampled_from(["not {}", "never {}", "no {}", "{} not"]))
def test_a_negation_is_never_forgiven(text: str, pattern: str) -> None:
    assume(not {"not", "no", "never"} & set(text.split()))
    denied = pattern.format(text)
    assert grade(denied, one(text)).verdict is Verdict.WRONG
    assert grade(text, one(denied)).verdict is Verdict.WRONG


@given(
    st.lists(WORDS.filter(lambda word: len(word) > 3), min_size=2, max_size=6, unique=True),
    st.randoms(use_true_random=False),
    st.sampled_from([", ", "; ", "\n", " and "]),
)
def test_parts_are_right_in_any_order(keys: list[str], dice: object, link: str) -> None:
    assume(not any({"and", "then", "not", "with"} & set(key.split()) for key in keys))
    answer = Answer(tuple(Part(key) for key in keys))
    shuffled = sorted(keys, key=lambda key: dice.random())  # type: ignore[attr-defined]
    assert grade(link.join(shuffled), answer).verdict is Verdict.RIGHT


@given(st.lists(WORDS.filter(lambda word: len(word) > 3), min_size=3, max_size=6, unique_by=lambda word: word[:2]))
def test_some_of_the_parts_are_near(keys: list[str]) -> None:
    answer = Answer(tuple(Part(key) for key in keys))
    found = grade(", ".join(keys[1:]), answer)
    assert found.verdict is Verdict.NEAR
    assert f"{len(keys) - 1} of {len(keys)}" in found.note
    assert keys[0] in found.note


@given(
    st.lists(WORDS.filter(lambda word: len(word) > 3), min_size=3, max_size=6, unique_by=lambda word: word[:2]),
    st.lists(WORDS, max_size=4),
    st.randoms(use_true_random=False),
)
def test_every_part_is_named_or_missing_and_fewer_than_half_are_wrong(keys: list[str], others: list[str], dice: random.Random) -> None:
    answer = Answer(tuple(Part(key) for key in keys))
    response = ", ".join(dice.sample([*keys, *others], len(keys)))
    found = members(response, answer)
    named = [number for number, _, _ in found.named]
    assert sorted([*named, *found.missing]) == list(range(len(keys)))
    if 2 * len(named) < len(keys):
        assert grade(response, answer).verdict is Verdict.WRONG


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None)
@given(UGLY, VISIBLE, SORTS)
def test_any_text_gets_a_grade_at_length(response: str, key: str, sort: AnswerType) -> None:
    assert_sound(grade(response, one(key, sort=sort)), response)
    assert grade(key, one(key, sort=sort)).verdict is Verdict.RIGHT
