"""What authors write is shown as it stands, and laid out within its width."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from quizzer.core.model import Evidence, Verdict
from quizzer.tui.widgets.bars import Bar, Bars, blocks
from quizzer.tui.widgets.feedback import Outcome, feedback_lines
from quizzer.tui.widgets.text import columns, hang, literal, one_line

from .conftest import Workspace

UGLY = "[b]bold[/b] [/] [red]x[/red] [@click=app.quit]y[/] $primary \\[z] {{w}} 日本語 שלום 👩‍👩‍👧 é"
TEXT = st.text(st.characters(exclude_categories=()), max_size=80)


@given(TEXT)
def test_no_text_can_command_the_terminal_and_all_can_be_sent_to_it(text: str) -> None:
    shown = literal(text)
    assert all(unicodedata.category(letter) != "Cc" or letter == "\n" for letter in shown)
    shown.encode("utf-8")
    assert "\n" not in one_line(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=80))
def test_ordinary_text_is_not_touched(text: str) -> None:
    assert literal(text) == text


@given(TEXT, st.integers(4, 60))
def test_hanging_lines_keep_within_their_width_and_lose_no_word(text: str, width: int) -> None:
    body = literal(text)
    lines = hang(Content("• "), Content(body, strip_control_codes=False), width=width)
    assert all(line.cell_length <= width for line in lines)
    assert "".join("".join(line.plain[2:].split()) for line in lines) == "".join(body.split())


@given(st.lists(st.tuples(TEXT, st.integers(1, 20), st.booleans()), min_size=1, max_size=5))
def test_columns_are_as_wide_as_they_say(cells: list[tuple[str, int, bool]]) -> None:
    row = columns([(Content(one_line(text)), width, right) for text, width, right in cells], gap=1)
    assert row.cell_length == sum(width for _, width, _ in cells) + len(cells) - 1


@given(st.floats(0, 1000), st.floats(0.001, 1000), st.integers(1, 60))
def test_a_bar_is_as_long_as_its_share_and_never_longer_than_its_room(value: float, most: float, width: int) -> None:
    bar = blocks(value, most=most, width=width)
    assert len(bar) <= width
    assert abs(len(bar) - min(value / most, 1) * width) <= 1
    assert bool(bar) == (value > 0)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(20, 100))
def test_bars_keep_within_their_width(values: list[int], width: int) -> None:
    lines = Bars([Bar(f"bar {value}", value, str(value)) for value in values]).lay_out(width)
    assert all(line.cell_length <= width for line in lines)


DECK = f"""\
format: 1
id: ugly
title: '{UGLY}'
sources:
  - {{id: s, publisher: '{UGLY}', title: '{UGLY}', url: 'https://example.org/[b]'}}
questions:
  - id: choose
    question: 'Q {UGLY}'
    answer: 'K {UGLY}'
    distractors: ['D {UGLY}', '[/]']
    mode: choose
    evidence: {{source: s, quote: 'E {UGLY}', passage: 'before E {UGLY} after'}}
    explanation: 'X {UGLY}'
  - {{id: order, question: 'O {UGLY}', order: ['1 {UGLY}', '[b]', '[/b]']}}
  - {{id: reveal, question: 'R [/]', answer: '[/i]', mode: reveal}}
  - {{id: type, question: 'T [/]', answer: '[/i]', mode: type}}
"""


async def test_what_looks_like_markup_is_shown_as_written_everywhere(empty_workspace: Workspace) -> None:
    empty_workspace.add("ugly.yaml", DECK)
    empty_workspace.add("bad[b].yaml", "[/]: [b")
    start = UGLY[:40]
    async with empty_workspace.open(size=(140, 50)) as learner:
        assert start in learner.text()
        assert "! bad[b].yaml" in learner.text()
        await learner.press("down", "enter", "s")
        assert start in learner.text()
        await learner.press("escape", "ctrl+p")
        await learner.until(lambda: f"Study {start}" in learner.text())
        await learner.press("escape", "up", "enter", "1")
        for part in ("Q ", "K ", "D ", "X ", "before E "):
            assert part + start in learner.text()
        await learner.press("2")
        assert "O " + start in learner.text()
        await learner.press("1", "2", "enter", "1", "space")
        assert "[/i]" in learner.text()
        await learner.press("1")
        await learner.type("[/b] [i]x")
        await learner.press("enter")  # near, and left as it is
        assert "[/b]" in learner.text()
        await learner.press("1", "escape")
        assert learner.screen_name == "HomeScreen"


@pytest.mark.parametrize("text", ["\\x1b[2J\\x1b]0;owned\\a", "\\ud800 lone", "a\\tb\\r\\nc", "\\u2028 \\u0085"])
async def test_a_deck_cannot_command_the_terminal(empty_workspace: Workspace, text: str) -> None:
    empty_workspace.add("deck.yaml", f'title: "{text} t"\nquestions:\n  - {{question: "{text} q", answer: "{text} a", mode: reveal}}\n')
    async with empty_workspace.open() as learner:
        for keys in ((), ("enter",), ("space",)):
            await learner.press(*keys)
            shown = learner.text()
            assert all(unicodedata.category(letter) != "Cc" or letter == "\n" for letter in shown)
            shown.encode("utf-8")


def test_what_was_typed_and_what_is_right_stand_apart_letter_by_letter() -> None:
    diff = (("=", "201"), ("-", "5"), ("+", "7"))
    lines = feedback_lines(Outcome("2017", Verdict.WRONG, "2015", matched="2017", diff=diff), 60, evidence_open=True)
    assert [line.plain.split() for line in lines[1:]] == [["You", "2015"], ["Answer", "2017"]]


def test_a_quotation_that_brings_its_marks_gets_no_second_pair() -> None:
    for quote, shown in (("“Eagle has landed”", "“Eagle has landed”"), ("Eagle has landed", "“Eagle has landed”")):
        lines = feedback_lines(Outcome("x", evidence=[(Evidence(source="s", quote=quote), None)]), 60, evidence_open=True)
        assert any(line.plain == f"▎ {shown}" for line in lines)
