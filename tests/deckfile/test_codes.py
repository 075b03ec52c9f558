"""Every code is explained in one table, and the table's examples bring it out."""

import re
import shutil
from pathlib import Path

import pytest

from quizzer import deckfile
from quizzer.deckfile import CODES, check, lint, rules, truth, whole, wording
from quizzer.deckfile.choice import Choice

NEEDS_MORE_THAN_ONE_TEXT = {"D001", "D002", "D205", "D504", "Q201", "Q202", "Q210"}
IMAGE = Path(__file__).parent.parent / "data" / "kinds" / "images" / "shapes.png"


@pytest.mark.parametrize("code", sorted(CODES))
def test_an_example_brings_out_its_code_and_no_other(code: str, tmp_path: Path) -> None:
    entry = CODES[code]
    assert bool(entry.example) == (code not in NEEDS_MORE_THAN_ONE_TEXT)
    if entry.example:
        path = tmp_path / "example.yaml"
        shutil.copyfile(IMAGE, tmp_path / "church.png")
        path.write_bytes(entry.deck.encode())
        assert {(problem.code, problem.severity) for problem in check(path, asked=Choice(("default", code)))} == {(code, entry.severity)}


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_has_a_title_and_a_sentence(code: str) -> None:
    assert CODES[code].title
    assert CODES[code].prose.endswith(".")
    assert CODES[code].severity in ("error", "warning")


def test_every_code_in_the_source_is_in_the_table_and_every_code_of_the_table_is_used() -> None:
    folder = Path(deckfile.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name not in ("advice.py", "codes.py"))
    assert set(re.findall(r'"([DQ]\d{3})"', source)) == set(CODES)


def test_every_rule_says_what_it_looks_for() -> None:
    for module in (rules, lint, wording, whole, truth):
        for name in re.findall(r"^@(?:BOOK|ENGLISH)\..*\ndef (\w+)", Path(module.__file__).read_text(encoding="utf-8"), re.M):
            assert getattr(module, name).__doc__
