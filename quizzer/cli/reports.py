"""How the problems of decks are printed: for people, and for the programs that read JSON, SARIF or GitHub's commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from quizzer.cli.printing import print_json, shortest

if TYPE_CHECKING:
    from quizzer.deckfile import Problem

OUTPUTS = ("text", "json", "sarif", "github")
_STYLES: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "margin": {"fg": "blue"},
    "help": {"fg": "cyan"},
}
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def print_problems(problems: Sequence[Problem], output: str) -> None:
    """Print the problems in one of the ``OUTPUTS``; text has colours where a terminal shows it and ``NO_COLOR`` is not set."""
    match output:
        case "json":
            print_json(problems)
        case "sarif":
            click.echo(msgspec.json.format(msgspec.json.encode(sarif(problems)), indent=2))
        case "github":
            for problem in problems:
                click.echo(github(problem))
        case _:
            _print_text(problems)


def _print_text(problems: Sequence[Problem]) -> None:
    import os
    import shutil

    from quizzer import deckfile
    from quizzer.deckfile.problems import COLUMNS

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    texts: dict[str, list[str]] = {}
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else COLUMNS
    shown = [deckfile.render(problem, _painted if colour else _plain, texts=texts, columns=columns) for problem in problems]
    if shown:
        click.echo("\n".join(shown))


def _painted(part: str, text: str) -> str:
    return click.style(text, **_STYLES[part])


def _plain(part: str, text: str) -> str:
    return text


def sarif(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the problems as a SARIF 2.1.0 log, with the rules they break.

    A problem's fingerprint is of its code and its line's text, so that it is the same problem when lines move.
    """
    import hashlib
    from importlib import metadata

    from quizzer import deckfile
    from quizzer.deckfile.problems import lines_of, parted

    texts: dict[str, list[str]] = {}
    seen: dict[str, int] = {}

    def region(problem: Problem) -> dict[str, int]:
        lines = lines_of(problem.path, texts)
        end = problem.column + problem.width
        if problem.line <= len(lines):  # no further than the line
            end = max(problem.column, min(end, len(lines[problem.line - 1]) + 1))
        return {"startLine": problem.line, "startColumn": problem.column, "endColumn": end}

    def fingerprint(problem: Problem) -> str:
        line = "".join(lines_of(problem.path, texts)[problem.line - 1 : problem.line])
        told = "\n".join((_uri(problem.path), problem.code, " ".join(line.split())))
        mark = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        seen[mark] = seen.get(mark, 0) + 1
        return f"{mark}:{seen[mark]}"

    codes = sorted({problem.code for problem in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": deckfile.CODES[code].title},
            "fullDescription": {"text": deckfile.CODES[code].prose},
            "help": {"text": f"`quizzer check --explain {code}` shows an example."},
            "defaultConfiguration": {"level": deckfile.CODES[code].severity},
        }
        for code in codes
    ]
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": problem.severity,
            "message": {"text": " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parted(problem.message) if part)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(problem.path)},
                        "region": region(problem),
                    }
                }
            ],
            "partialFingerprints": {"primaryLocationLineHash": fingerprint(problem)},
        }
        for problem in problems
    ]
    driver = {"name": "quizzer", "version": metadata.version("quizzer"), "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _beside(path: str) -> Path:
    """Return a path as programs that look at a repository name files: those in the folder one is in, relative to it."""
    return shortest(Path(path))


def _uri(path: str) -> str:
    from urllib.parse import quote

    place = _beside(path)
    return place.as_uri() if place.is_absolute() else quote(place.as_posix(), errors="surrogateescape")


def github(problem: Problem) -> str:
    """Return the problem as a command that GitHub Actions shows beside the line."""
    fields = {
        "file": str(_beside(problem.path)),
        "line": problem.line,
        "col": problem.column,
        "endColumn": problem.column + problem.width,
        "title": f"quizzer {problem.code}",
    }
    told = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in fields.items())
    return f"::{problem.severity} {told}::{_escaped(problem.message)}"


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" + more else char for char in text)
