"""``fmt``: one layout, the same deck, every comment with what it belongs to; done twice, nothing changes."""

import re
import stat
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck
from quizzer.deckfile import dumps, fmt, laid_out, load
from quizzer.deckfile.choice import Choice
from quizzer.deckfile.fieldmap import FieldMap
from quizzer.deckfile.files import DeckText, decode
from quizzer.deckfile.reading import parse, problems_of
from quizzer.deckfile.writing import HEAD

from .messy import messy_decks
from .test_round_trip import decks

PATH = Path("mess.yaml")
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
# each claim has a twin in the soak run, at length
LONG = settings(max_examples=4_000, deadline=None, suppress_health_check=list(HealthCheck))


def shaped(text: str) -> str:
    return laid_out(text.encode(), PATH).after


def told(text: str) -> Counter[tuple[str, int]]:
    """How often ``check`` tells of each code at each question, by default and asked for all; that ids are not written aside."""
    found: Counter[tuple[str, int]] = Counter()
    for asked in (None, Choice(select=("D", "Q"))):
        draft = parse(DeckText(text), PATH)
        problems = problems_of(draft, asked=asked)
        fields = FieldMap(draft)
        for problem in problems:
            if problem.code != "D208" and "no D208 here" not in problem.message:
                found[problem.code, -1 if problem.code == "D012" else fields.place(problem).question] += 1  # D012 is of a comment
    return found


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
        assert not question or lines[at[0]].startswith("  "), sign
        named, beside = holder(lines, at[0])
        if question and not named.startswith("q"):  # it had no id
            continue
        assert not question or named == question, sign
        assert not key or beside == key or lines[at[0]].startswith("  #"), sign


UGLY = """\
%YAML 1.1
---
# the deck of
# the Andes

# $schema: ./x.json
title:   "Peru"   # the country
# how it is studied
study:
    retention: "0.90"
    mode: 'type'
sources: { id: wire, url: "https://x.org/#top" }

questions:
# The south

# the first
- answer:   Lima   # easy\x20\x20
  # asked often
  question: "Capital of Peru?"
  distractors:
  - Cusco
  - 'Puno'


# The north
- {tags: [ "a", b ], statement: It's so, answer: No}   # doubtful
- question: Which?
  answer: a text that runs
    over two lines
  distractors: [ one,
     # not two
     three ]   # few
  explanation: >
       folded # no comment
       here
  hints: ["caf\u00e9", "a\\u00a0b", "x: y"]
  evidence:
    - { quote: "in # it", source: wire }
  # the end of it
# - question: a draft
#   answer: yes
"""

LAID_OUT = """\
# $schema: ./x.json
# the deck of
# the Andes

id: mess
title: Peru  # the country
# how it is studied
study: {mode: type, retention: 0.9}
sources:
  - id: wire
    url: https://x.org/#top

questions:
  # The south

  # the first
  - id: capital-of-peru
    # asked often
    question: Capital of Peru?
    answer: Lima  # easy
    distractors: [Cusco, Puno]


  # The north
  # doubtful
  - id: its-so
    statement: It's so
    answer: false
    tags: [a, b]

  - id: which
    question: Which?
    answer: a text that runs
      over two lines
    distractors:  # few
      - one
      # not two
      - three
    hints: [café, "a\\u00a0b", "x: y"]
    evidence: {source: wire, quote: "in # it"}
    explanation: >
      folded # no comment
      here
    # the end of it
# - question: a draft
#   answer: yes
"""


def test_a_deck_written_by_hand_comes_out_as_one_would_like_it() -> None:
    made = laid_out(UGLY.encode(), PATH)
    assert made.after == LAID_OUT
    assert made.ids == ("mess", "capital-of-peru", "its-so", "which")
    assert not laid_out(LAID_OUT.encode(), PATH).changed


@pytest.mark.parametrize(
    "way", ["title: t", "title: 't'", 'title: "t"', "title:\n  t", "? title\n: t", "title: |-\n  t", "'title': t", "!!str title: ! t"]
)
def test_a_key_and_its_value_are_written_in_one_way(way: str) -> None:
    text = shaped(f"id: d\n{way}\nquestions:\n  - id: q\n    question: a\n    answer: b\n")
    wanted = "|-\n  t" if "|" in way else "t"
    assert text == f"id: d\ntitle: {wanted}\nquestions:\n  - id: q\n    question: a\n    answer: b\n"


def test_keys_stay_where_an_alias_would_come_before_its_anchor() -> None:
    text = "title: t\nid: d\nquestions:\n  - answer: &a b\n    question: *a\n    id: q\n"
    assert shaped(text) == text
    assert shaped("title: &t x\nquestions:\n- {answer: *t, question: b}").endswith("    question: b\n    answer: *t\n")


def test_what_is_ignored_for_a_question_stays_with_the_whole_of_it() -> None:
    text = "title: t\nid: d\nquestions:\n- question: a  # quizzer: ignore D205 -- why\n  answer: b\n"
    assert "\n  # quizzer: ignore D205 -- why\n  - id: a\n    question: a\n" in shaped(text)


def test_what_cannot_be_laid_out_safely_is_left_alone_and_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    text = "title: t\nid: d\nquestions:\n- # quizzer: ignore Q113 -- idle here\n  question: a\n  answer: 5\n  distractors: [9, 3, 7]\n"
    path.write_text(text, "utf-8")
    with pytest.raises(
        DeckError,
        match=r"deck.yaml: `# quizzer: ignore` would hold for something else in the layout, as Q113 shows\. .* It is left as it is\.$",
    ) as caught:
        fmt(path)
    assert "\n" not in str(caught.value)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("- # quizzer: ignore Q115\n  answer: Lima\n  question: Capital of Peru\n", "Q115"),  # looked for where it is asked for
        ("- # quizzer: ignore Q201\n  answer: b\n  question: a\n  evidence: {source: s, quote: words}\n", "Q201"),
        ("- # quizzer: ignore D502\n  answer: b\n  question: a\n  image: {file: a.png, alt: b}\n", "D502"),
        ("- question: a\n  answer: b\n  evidence: {source: s, quote: words} # quizzer: ignore Q201\n", ""),
        ("- question: a\n  answer: b\n  evidence: [{source: s, quote: words}] # quizzer: ignore Q201\n", ""),
        ("- answer: b # quizzer: ignore Q201, D502\n  question: a\n  evidence:\n  - source: s\n    quote: words\n", ""),
    ],
)
def test_what_is_ignored_holds_for_no_more_and_no_less_of_what_others_look_for(question: str, code: str) -> None:
    """Where codes are asked for that are not by default, or articles and images are at hand."""
    text = f"title: t\nsources: [{{id: s}}]\nquestions:\n{question}"
    if not code:
        assert "quizzer: ignore" in shaped(text)
        return
    with pytest.raises(DeckError, match=f"would hold for something else in the layout, as {code} shows"):
        shaped(text)


def test_a_deck_with_mistakes_is_laid_out_as_long_as_it_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("title: t\nid: d\nquestions:\n- {id: q, answer: b, question: a, distractors: [b]}\n", "utf-8")
    with pytest.raises(DeckError, match="D303"):
        load(path)
    assert fmt(path).changed
    assert path.read_text("utf-8").endswith("    answer: b\n    distractors: [b]\n")
    path.write_text("title: t\nquestions:\n- question: a\n", "utf-8")
    with pytest.raises(DeckError, match=r"3:3: D301 the question 'a' has no `answer`"):
        fmt(path)
    with pytest.raises(DeckError, match="D001 there is no such file"):
        fmt(tmp_path / "none.yaml")


def test_only_what_changes_is_written_and_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "mess.yaml"
    path.write_bytes(UGLY.replace("\n", "\r\n").encode("utf-8-sig"))
    path.chmod(0o640)
    assert not fmt(path, write=False).only_ids
    assert path.read_bytes().startswith(b"\xef\xbb\xbf%YAML")
    fmt(path)
    assert path.read_bytes() == LAID_OUT.replace("\n", "\r\n").encode("utf-8-sig")
    once = path.stat()
    assert not fmt(path).changed
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (once.st_mtime_ns, once.st_ino)
    assert stat.S_IMODE(once.st_mode) == 0o640


def test_a_file_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mess.yaml"
    path.write_text(UGLY, "utf-8")
    made = fmt(path, write=False)
    path.write_text(UGLY + "# more", "utf-8")
    with pytest.raises(DeckError, match="changed meanwhile by another program"):
        made.write()
    assert path.read_text("utf-8") == UGLY + "# more"


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
        assert re.search(r"would hold for something else in the layout, as \w+ shows\. .* It is left as it is\.$", str(error))
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
        assert "would hold for something else" in str(error)
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
