"""``fmt``: one layout, the same deck, every comment with what it belongs to; done twice, nothing changes."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck
from quizzer.deckfile import dumps, laid_out
from quizzer.deckfile.files import DeckText, decode
from quizzer.deckfile.reading import parse, problems_of
from quizzer.deckfile.writing import HEAD

from .messy import messy_decks
from .test_round_trip import decks

PATH = Path("mess.yaml")
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=4_000, deadline=None, suppress_health_check=list(HealthCheck))


def shaped(text: str) -> str:
    return laid_out(text.encode(), PATH).after


def told(text: str) -> Counter[str]:
    """How often ``check`` tells of each code, that ids are not written aside."""
    problems = problems_of(parse(DeckText(text), PATH))
    return Counter(problem.code for problem in problems if problem.code != "D208" and "no D208 here" not in problem.message)


def holder(lines: list[str], at: int) -> tuple[str, str]:
    """The question and the key that the comment in line ``at`` of a laid-out deck belongs to, told by its place alone."""
    line = lines[at]
    if not re.match(r"\s*(- )?(#|[a-z_]+:)", line):  # the last line of a text, or an item
        line = next(one for one in lines[at::-1] if re.match(r" {0,4}(- )?[a-z_]+:", one))
    follows = next((one for one in lines[at + 1 :] if one.strip() and not one.strip().startswith("#")), "")
    key = (line if not line.strip().startswith("#") else follows).strip().removeprefix("- ").partition(":")[0]
    above = line.startswith("  #")
    begin = next((number for number in (range(at, len(lines)) if above else range(at, -1, -1)) if lines[number].startswith("  - ")), 0)
    name = next((one for one in lines[begin : begin + 40] if re.match(r"  (- |  )id: ", one)), "")
    return name.partition("id: ")[2].partition(" ")[0], key


def holds(data: bytes, labels: list[tuple[str, str, str]]) -> None:
    file = decode(data)
    before = parse(file, PATH, judge=False).deck
    made = laid_out(data, PATH)
    text = made.after
    after = parse(DeckText(text), PATH, judge=False)
    assert after.deck == before
    assert after.named
    assert all(item.named for item in after.items)
    again = laid_out(made.result, PATH)
    assert again.after == text
    assert again.ids == ()
    assert told(text) == told(file.text), (told(text), told(file.text))
    assert not re.search(r"[ \t]+$", re.sub(r"\r\n", "\n", text), re.MULTILINE)
    lines = text.replace("\r\n", "\n").split("\n")
    for sign, question, key in labels:
        at = [number for number, line in enumerate(lines) if sign in line]
        assert len(at) == 1, sign
        named, beside = holder(lines, at[0])
        if question and not named.startswith("q"):  # it had no id
            continue
        assert not question or named == question, sign
        assert not key or beside == key or lines[at[0]].startswith("  #"), sign


@QUICK
@given(messy_decks(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_it_looks_like_deck_and_comments_stay(mess: tuple[str, list[Any]], line_end: str, encoding: str) -> None:
    holds(mess[0].replace("\n", line_end).encode(encoding), mess[1])


@QUICK
@given(messy_decks(ignoring=True))
def test_what_is_ignored_is_ignored_as_before_or_the_deck_is_left_alone(mess: tuple[str, list[Any]]) -> None:
    try:
        laid_out(mess[0].encode(), PATH)
    except DeckError as error:
        assert re.search(r"what is ignored of \w+ would be something else .* It is left as it is\.$", str(error))
        return
    holds(mess[0].encode(), [])


@QUICK
@given(decks())
def test_what_is_saved_is_laid_out_already(deck: Deck) -> None:
    text = dumps(deck)
    assert laid_out(text.encode(), PATH).after == text


@QUICK
@given(decks(), st.sampled_from([True, False, None]), st.sampled_from([None, '"', "'"]), st.booleans())
def test_there_is_one_layout_however_another_program_wrote_the_deck(
    deck: Deck, flow: bool | None, style: str | None, backwards: bool
) -> None:
    one_layout(deck, flow=flow, style=style, backwards=backwards)


def one_layout(deck: Deck, *, flow: bool | None, style: str | None, backwards: bool) -> None:
    text = dumps(deck)
    data = yaml.load(text, yaml.CBaseLoader)
    if backwards:
        data = turned(data)
    written = yaml.dump(data, allow_unicode=True, default_flow_style=flow, default_style=style, sort_keys=False, width=1 << 30, indent=4)
    assume(parse(DeckText(written), PATH).deck == deck)
    assume(style != '"' or text.replace("\n", "").isprintable())  # what is spelled out in quotes stays so
    assert HEAD + shaped(written) == text


def turned(value: Any, key: str = "") -> Any:
    """The same with the keys of every mapping the other way round, pairs to be matched aside."""
    if isinstance(value, dict):
        keys = list(value) if key == "match" else list(value)[::-1]
        return {name: turned(value[name], name) for name in keys}
    return [turned(one) for one in value] if isinstance(value, list) else value


@pytest.mark.soak
@LONG
@given(messy_decks(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_it_looks_like_deck_and_comments_stay_many_times(mess: tuple[str, list[Any]], line_end: str, encoding: str) -> None:
    holds(mess[0].replace("\n", line_end).encode(encoding), mess[1])


@pytest.mark.soak
@LONG
@given(messy_decks(ignoring=True))
def test_what_is_ignored_is_ignored_as_before_many_times(mess: tuple[str, list[Any]]) -> None:
    try:
        laid_out(mess[0].encode(), PATH)
    except DeckError as error:
        assert "what is ignored of" in str(error)
        return
    holds(mess[0].encode(), [])


@pytest.mark.soak
@LONG
@given(decks())
def test_what_is_saved_is_laid_out_already_many_times(deck: Deck) -> None:
    text = dumps(deck)
    assert laid_out(text.encode(), PATH).after == text


@pytest.mark.soak
@LONG
@given(decks(), st.sampled_from([True, False, None]), st.sampled_from([None, '"', "'"]), st.booleans())
def test_there_is_one_layout_many_times(deck: Deck, flow: bool | None, style: str | None, backwards: bool) -> None:
    one_layout(deck, flow=flow, style=style, backwards=backwards)
