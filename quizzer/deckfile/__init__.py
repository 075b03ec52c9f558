"""Deck files: YAML to Deck and back.

The only room that knows YAML. Every scalar is text; every problem is found at once, with line and column; writes are atomic
and leave an author's comments alone. Knows no learners and no SQL.
"""

from pathlib import Path
from typing import Any

import msgspec

from quizzer.core.kinds import Deck


class Problem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing wrong with a deck file; line and column count from 1. ``severity`` is "error" or "warning"."""

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


def load(path: Path) -> Deck:
    """Return the deck; questions without an id get the one that ``fmt`` would write.

    Raises:
        DeckError: with the first problem (and how many more there are).
    """
    raise NotImplementedError


def check(path: Path) -> list[Problem]:
    """Return all that is wrong with the file at ``path``, in order of line; empty when nothing is. Never raises for its content."""
    raise NotImplementedError


def check_all(paths: list[Path]) -> tuple[list[Problem], int]:
    """Return all problems of the files (folders: every *.yaml / *.yml below), two decks of one id among them; and how many files were read."""
    raise NotImplementedError


def save(deck: Deck, path: Path) -> None:
    """Write ``deck`` to ``path`` atomically; ``load`` gives it back equal, whatever text it holds."""
    raise NotImplementedError


def fmt(path: Path, *, write: bool = True) -> list[str]:
    """Write the missing deck and question ids into the file, touching nothing else; return the ids added."""
    raise NotImplementedError


def find(folder: Path) -> list[Path]:
    """Return the deck files below ``folder``, sorted."""
    raise NotImplementedError


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft-07) of a deck file, for editors; made from the structs."""
    raise NotImplementedError
