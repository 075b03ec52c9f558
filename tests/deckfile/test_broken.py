"""Broken YAML is explained in plain words, at the same place whether PyYAML has libyaml or not."""

from collections.abc import Callable
from typing import Any

import pytest

from quizzer.deckfile.nodes import PureParser, compose, fastest_parser
from quizzer.deckfile.problems import Unreadable

BROKEN = {
    "title: x\nquestions:\n\t- question: a\n": "3:1 D005 a tab is used to indent",
    "questions:\n  - question: a\n\tanswer: b\n": "3:1 D005 a tab is used to indent",
    "title: What: now\n": "1:12 D004 a second `: ` in this line",
    "title: x\n  answer: y\n": "2:9 D004 this `key:` is indented below a text",
    "--- title: x\nb: c\n": "1:10 D004 the deck begins behind `---`",
    'title: "abc\nquestions: []\n': '1:8 D004 the " opened here is never closed',
    "title: 'abc\nquestions: []\n": "1:8 D004 the ' opened here is never closed",
    'title: "abc" def\n': '1:14 D004 text goes on behind the closing "',
    "title: 'it's'\n": "1:12 D004 text goes on behind the closing '",
    "tags: [a, b\ntitle: c\n": "1:7 D004 the `[` opened here is not closed before line 2",
    "tags: {a: 1, b: 2\ntitle: c\n": "1:7 D004 the `{` opened here is not closed before line 2",
    "tags: [a, b": "1:7 D004 the `[` opened here is never closed",
    "a: [x] y\n": "1:8 D004 text goes on behind `]`",
    "cloze: {{x}} y\n": "1:14 D004 text goes on behind `}`",
    "a: ]\n": "1:4 D004 a value cannot begin with ']'",
    "a: , b\n": "1:4 D004 a value cannot begin with ','",
    "a: @home\n": "1:4 D004 a text cannot begin with '@'",
    "a: `x`\n": "1:4 D004 a text cannot begin with '`'",
    "a: %x\n": "1:4 D004 a text cannot begin with '%'",
    "title: x\nquestions\nfoo: 1\n": "3:1 D004 the line above is no `key: value`",
    "a: - b\n": "1:4 D004 a list cannot begin behind a key",
    "a: ? b\n": "1:4 D004 `? ` cannot stand here",
    "title: x\n- a\n": "2:1 D004 this line does not fit what stands above it",
    "questions:\n  - question: a\n    answer: b\n - question: c\n": "4:2 D004 this line does not fit what stands above it",
    "a: |\n    x\n  y\n z: 1\n": "3:3 D004 this line does not fit what stands above it",
    't: "\\xzz"\n': "1:7 D004 the `\\x`, `\\u` or `\\U` here is no character",
    "a: *italic* text\n": "1:11 D004 `*` and `&` have a meaning of their own",
    "a: !<tag x\n": "1:9 D004 `!` has a meaning of its own",
    "a: !foo!bar x\n": "1:4 D004 `!` has a meaning of its own",
    "a: | text\n": "1:6 D004 text behind `|` or `>`",
    "a: |0\n x\n": "1:5 D004 the number behind `|` or `>`",
    'a: "x\n---\ny"\n': "2:1 D004 `---` or `...` inside a quoted text",
    "%YAML 2.0\n---\na: 1\n": "1:1 D004 a line that begins with `%`",
    "a: 1\n...\nb: 2\n": "3:1 D004 something stands before or after the deck",
    "a: x\x07\n": "1:5 D003 the invisible character U+0007",
}
JARGON = ("while scanning", "token", "scalar", "block mapping", "flow", "<block end>", "simple key", "indicator", "node content")


def explained(text: str, parser: Callable[[str], Any]) -> str:
    with pytest.raises(Unreadable) as caught:
        compose(text, lambda *_: None, parser=parser)
    error = caught.value
    return f"{error.line}:{error.column} {error.code} {error.message}"


@pytest.mark.parametrize("parser", [fastest_parser(), PureParser])
@pytest.mark.parametrize("text", BROKEN)
def test_broken_yaml_is_explained_in_plain_words(text: str, parser: Callable[[str], Any]) -> None:
    told = explained(text, parser)
    assert told.startswith(BROKEN[text])
    assert not [word for word in JARGON if word in told]


@pytest.mark.parametrize("parser", [fastest_parser(), PureParser])
@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ('t: "a\\qb"\n', r"Write `\\`"),
        ('t: "\\ud800"\n', "Write the character itself"),
        ('t: "\\UFFFFFFFF"\n', "Write the character itself"),
        ("%x\ntitle: 1\n", "Remove it"),
    ],
)
def test_what_the_two_parsers_place_differently_has_the_same_remedy(text: str, remedy: str, parser: Callable[[str], Any]) -> None:
    assert remedy in explained(text, parser)


def test_the_two_parsers_make_the_same_tree() -> None:
    text = "%YAML 1.1\n---\n&a title: !!str [No, 1.10, ~, &b 'it''s', *b]\n? x\n: |\n  é😀\n\n  b\n"
    text += '"q\\u00e9": >-\n  folded\n  text # no\n...'
    trees = [compose(text, lambda *_: None, parser=parser) for parser in (fastest_parser(), PureParser)]
    assert trees[0] is not None
    assert trees[0] == trees[1]
