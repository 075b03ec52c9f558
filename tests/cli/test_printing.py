"""Tables: whole where nobody looks at them, and no wider than the terminal where somebody does."""

import os
import shutil
import sys

import pytest

from quizzer.cli.printing import print_table

HEADER = ["deck", "cards", "due in\n7 days", "due in\n30 days", "retention\never"]
ROWS = [["zero-tolerance", 100, 3, 12, "90 %"], ["all decks", 1000, 30, 120, "–"]]


def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int) -> str:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((columns, 24)))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: columns > 0)
    print_table(HEADER, ROWS, fit=True)
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", [30, 40, 60, 80])
def test_a_table_fits_the_terminal_and_loses_no_column(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = printed(capsys, monkeypatch, columns)
    assert max(map(len, out.splitlines())) <= columns
    tables = out.split("\n\n")
    assert all(table.startswith("deck ") for table in tables)
    assert all("zero-tolerance " in table for table in tables)
    once = f"{' '.join(HEADER)} zero-tolerance 100 3 12 90 % all decks 1000 30 120 –"
    assert sorted(out.split()) == sorted(once.split() + (len(tables) - 1) * ["deck", "zero-tolerance", "all", "decks"])


def test_a_table_that_nobody_looks_at_is_whole(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\n\n" not in printed(capsys, monkeypatch, 0)
