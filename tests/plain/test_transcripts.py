"""Whole sessions as they are told, line for line: what is in these files was read from top to bottom by somebody."""

import os
from pathlib import Path
from typing import Any

import pytest

from .conftest import HARBOUR, Workspace

TOLD = Path(__file__).parent.parent / "data" / "plain"
EVERY_KIND = [
    *(":hint", "1920", "1905", ""),  # choose: no option of that name; a wrong one
    *("Oskjuhlíd", "3"),
    *("June 20, 1969", ":overrule", ""),
    *("Elbe", "c", ""),  # typed wrong, then chosen wrong
    *("", "good"),
    *("1 2", "2 3 1", ""),
    *("1b", "1b 2a 3c", ""),
    *("Belgium, Holland, France", ""),
    *("t", "4"),
    *("1883", ""),
    ":leave",
]
SURE = ["4", "3", "", "Oskjuhlid", "1", "", ":leave"]
CRAM = [*(":show", "1") * 2, ":flag", ":undo", ":leave"]
MARKDOWN = """\
title: Marked
markup: markdown
questions:
  - id: code
    question: |-
      What does *this* print, as [the manual](https://example.org/m) says?

      ```python
      for n in range(2):
          print(n)
      ```

      | name | value |
      |---|---|
      | `n` | two |

      ![A snake that eats its tail](snake.png)
    answer: 0 and 1
    mode: reveal
    explanation: "> Counting begins with *zero*.\\n\\n1. ~~one~~\\n2. **two**"
"""


def told(name: str, said: str) -> None:
    path = TOLD / f"{name}.txt"
    if os.environ.get("QUIZZER_TEST_TELL"):  # writes what is told now, to be read by somebody
        path.write_text(said, "utf-8")
    assert said == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "lines", "study", "given"),
    [
        ("every-kind", EVERY_KIND, {}, {}),
        ("every-kind-aloud", EVERY_KIND, {}, {"aloud": True}),
        ("how-sure", SURE, {"confidence": True}, {"decks": ("harbour",)}),
        ("cram", CRAM, {}, {"cram": True}),
        ("help", [":help", ":?"], {}, {}),
    ],
)
def test_a_session_is_told_like_this(tmp_path: Path, name: str, lines: list[str], study: dict[str, Any], given: dict[str, Any]) -> None:
    workspace = Workspace(tmp_path, **study)
    workspace.add("harbour.yaml", HARBOUR)
    told(name, workspace.hold(*lines, **given))
    assert workspace.code == 0


def test_a_deck_in_markdown_is_told_in_words_and_its_code_as_written(make_workspace) -> None:
    told("markdown", make_workspace(MARKDOWN).hold("", ""))


def test_the_decks_are_told_and_one_is_chosen(workspace: Workspace) -> None:
    workspace.add("broken.yaml", "title: [")
    workspace.add("empty.yaml", "title: Another\nquestions:\n  - {id: a, statement: Water is wet., answer: true}\n")
    said = workspace.hold("7", ":undo", "another", "t", "4", ":leave", home=True)
    told("home", said.replace(str(workspace.folder), "."))
    assert [entry.card for entry in workspace.reviews()] == ["empty/a"]
    said = workspace.hold("2", "f", ":leave", home=True)
    assert "Question 1 of 10" in said
