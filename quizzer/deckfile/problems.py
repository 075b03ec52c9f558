"""What is wrong with a deck file, and how it is shown. A problem is a value; nothing here reads a deck."""

import re
import unicodedata
from bisect import bisect_right
from pathlib import Path

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing wrong with a deck file; line and column count from 1, ``width`` is in characters.

    ``severity`` is "error" or "warning". A warning does not keep the deck from being studied.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: str = "error"
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


class Unreadable(Exception):
    """There is no reading on from here; becomes the file's one problem."""

    def __init__(self, code: str, message: str, *, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.column = column


class Lines:
    """Where the lines of a text begin, as an editor counts them: after LF, CRLF or CR."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]

    def at(self, index: int) -> tuple[int, int]:
        """Return line and column, both from 1, of the character at ``index``."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1


def quoted(text: str, *, longest: int = 48) -> str:
    """Return ``text`` in quotes on one line, its middle left out when it is long, for use in a message."""
    if len(text) > longest:
        half = longest // 2
        text = f"{text[:half]}…{text[-half:]}"
    return repr(text)


def render(problem: Problem) -> str:
    """Return the problem with the line it stands in and carets below, or its one line alone when the file cannot be read now.

    The first line is ``str(problem)``; terminals' wide characters and tabs are allowed for.
    """
    from quizzer.deckfile.files import read

    try:
        text = read(Path(problem.path)).text
    except Unreadable:
        return str(problem)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if problem.line > len(lines):
        return str(problem)
    shown, before, marked = _window(lines[problem.line - 1], at=problem.column - 1, width=problem.width)
    number = str(problem.line)
    return f"{problem}\n {number} | {shown}\n {' ' * len(number)} | {_blank(before)}{'^' * max(1, _cells(marked))}"


def _window(line: str, *, at: int, width: int, longest: int = 100) -> tuple[str, str, str]:
    """Return the part of the line that is shown, what of it stands before the problem, and what is marked."""
    line = "".join(c if c == "\t" or c.isprintable() else "�" for c in line)
    start = max(0, at - 40) if len(line) > longest else 0
    shown, lead = line[start : start + longest], "…" if start else ""
    before = lead + shown[: at - start]
    tail = "…" if start + longest < len(line) else ""
    return lead + shown + tail, before, shown[at - start : at - start + width]


def _cells(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _blank(text: str) -> str:
    return "".join(c if c == "\t" else " " * _cells(c) for c in text)
