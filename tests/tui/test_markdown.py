"""Markdown where the deck says so, and nowhere else."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.tui.widgets.markdown import markdown_lines

from .conftest import Workspace

DECK = """\
format: 1
id: marked
title: Marked
{head}questions:
  - id: code
    question: |
      What does *this* print, [b]exactly[/b], when 2 * 3 * 4 is `0x18`?

      ```python
      print("[red]", 2 * 3)
      ```
    answer: "[red] 6"
    explanation: |
      Two things are **printed**:

      - the text
      - the <b>product</b>
    mode: reveal
"""


async def test_markdown_is_rendered_where_the_deck_says_so(empty_workspace: Workspace) -> None:
    empty_workspace.add("marked.yaml", DECK.format(head="markup: markdown\n"))
    async with empty_workspace.open(decks=("marked",)) as learner:
        text = learner.text()
        assert "What does this print, [b]exactly[/b], when 2 * 3 * 4 is 0x18?" in text
        assert 'print("[red]", 2 * 3)' in text
        assert "```" not in text
        await learner.press("space")
        text = learner.text()
        assert "Two things are printed:" in text
        assert " • the text" in text
        assert " • the <b>product</b>" in text
        await learner.press("enter")
        assert len(learner.reviews()) == 1


async def test_elsewhere_every_mark_is_shown_as_it_is_written(empty_workspace: Workspace) -> None:
    empty_workspace.add("marked.yaml", DECK.format(head=""))
    async with empty_workspace.open(decks=("marked",)) as learner:
        text = learner.text()
        assert "What does *this* print, [b]exactly[/b], when 2 * 3 * 4 is `0x18`?" in text
        assert "```python" in text
        await learner.press("space")
        assert "Two things are **printed**:" in learner.text()
        assert "- the <b>product</b>" in learner.text()


@settings(deadline=None)
@given(
    st.text(st.sampled_from("ab *_`[]()<>#-|~1.\n\\!:/\t\x1b\x9b&;"), max_size=80) | st.text(max_size=60),
    st.integers(2, 60),
    st.booleans(),
)
def test_any_text_becomes_lines_that_fit_and_obey_nothing(text: str, width: int, dark: bool) -> None:
    for line in markdown_lines(text, width, dark=dark):
        assert line.cell_length <= width
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in line.plain)


@pytest.mark.parametrize("text", ["[b]x[/b]", "2 * 3 * 4", "a_b_c", "<script>x</script>", "[link=https://a.b]x[/link]", "a & b &lt;"])
def test_what_is_not_markdown_by_intent_is_left_alone(text: str) -> None:
    shown = " ".join(line.plain for line in markdown_lines(text, 60, dark=True))
    assert shown == text.replace("&lt;", "<")


def test_one_blank_line_is_enough_between_blocks() -> None:
    lines = [line.plain for line in markdown_lines("a\n\n| b |\n|---|\n| c |\n\n> d\n\n- e\n", 40, dark=True)]
    assert lines[0] == "a"
    assert all(line.strip() or before.strip() for before, line in pairwise(lines))
