"""What is wrong with a deck file, and how it is shown. A problem is a value; nothing here reads a deck."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

import msgspec

COLUMNS = 106  # where no terminal says otherwise
Paint = Callable[[str, str], str]
# What is quoted, which is passed over; or where one sentence ends and another begins.
_SENTENCE = re.compile(r"""(?<![^\s(\[{=])'(?:[^'\\]|\\.)*'|(?<![^\s(\[{=])"(?:[^"\\]|\\.)*"|`[^`]*`|(?P<end>[.?]) (?=[A-Z])""")


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

    def index(self, line: int, column: int) -> int:
        """Return the place of the character at ``line`` and ``column``: the other way round."""
        return self._starts[min(line, len(self._starts)) - 1] + column - 1


def quoted(text: str, *, longest: int = 48) -> str:
    """Return ``text`` in quotes on one line, its middle left out when it is long, for use in a message."""
    if len(text) > longest:
        half = longest // 2
        text = f"{text[:half]}…{text[-half:]}"
    return repr(text)


def parted(message: str) -> tuple[str, str]:
    """Return what is wrong, and what to do about it ("" where the message is one sentence); what is quoted is not looked into."""
    for found in _SENTENCE.finditer(message):
        if found["end"]:
            return message[: found.start("end")] + found["end"].strip(".?"), message[found.end() :]
    return message, ""


def render(
    problem: Problem, paint: Paint = lambda part, text: text, *, texts: dict[str, list[str]] | None = None, columns: int = COLUMNS
) -> str:
    """Return the problem with the line it stands in, carets below, and the remedy; where the file cannot be read now, without the line.

    Terminals' wide characters and tabs are allowed for; a long line is cut around the problem.

    Args:
        problem: Of a file on the disk.
        paint: Called with what a part is ("place", "error" or "warning", "margin", "help") and its text.
        texts: The lines of files read already, by path; kept by the caller when many problems are shown.
        columns: How wide the terminal is.
    """
    what, remedy = parted(problem.message)
    place, code = f"{problem.path}:{problem.line}:{problem.column}:", problem.code
    shown = [f"{paint('place', place)} {paint(problem.severity, code)} {what}"]
    lines = lines_of(problem.path, {} if texts is None else texts)
    blank = " " * len(str(problem.line))
    if problem.line <= len(lines):
        line, before, marked = _window(
            lines[problem.line - 1], at=problem.column - 1, width=problem.width, longest=columns - len(blank) - 6
        )
        carets = paint(problem.severity, "^" * max(1, _cells(marked)))
        bar = paint("margin", "|")
        shown += [f" {paint('margin', str(problem.line))} {bar} {line}".rstrip(), f" {blank} {bar} {_blank(before)}{carets}"]
    if remedy:
        shown.append(f" {blank} {paint('margin', '=')} {paint('help', 'help:')} {remedy}")
    return "\n".join(shown)


def lines_of(path: str, texts: dict[str, list[str]]) -> list[str]:
    """Return the lines of the file, which ``texts`` then holds; none where it cannot be read now."""
    from quizzer.deckfile.files import read

    if path not in texts:
        try:
            text = read(Path(path)).text
        except Unreadable:
            texts[path] = []
        else:
            texts[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return texts[path]


def _window(line: str, *, at: int, width: int, longest: int) -> tuple[str, str, str]:
    """Return the part of the line that is shown, of at most ``longest`` cells, what of it stands before the problem, and what is marked."""
    if not line.isprintable():
        line = "".join(c if c == "\t" or c.isprintable() else "�" for c in line)
    if "\t" in line or _cells(line) > len(line):
        longest = longest * len(line) // (_cells(line) + 3 * line.count("\t"))
    longest = max(20, longest)
    start = max(0, at - longest * 2 // 5) if len(line) > longest else 0
    shown, lead = line[start : start + longest], "…" if start else ""
    before = lead + shown[: at - start]
    tail = "…" if start + longest < len(line) else ""
    return _even(lead + shown + tail), _even(before), _even(shown[at - start : at - start + width])


def _even(text: str) -> str:
    """Return ``text`` with tabs as four spaces: where a tab stops, no two programs agree."""
    return text.replace("\t", "    ")


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _blank(text: str) -> str:
    return " " * _cells(text)
