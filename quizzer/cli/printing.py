"""How results are printed."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

if TYPE_CHECKING:
    from quizzer.study import BrokenDeck, Shelf


def print_broken(broken: Sequence[BrokenDeck]) -> None:
    """Name the decks that cannot be studied, on standard error."""
    for deck in broken:
        click.echo(f"quizzer: {deck.message}", err=True)


def shortest(path: Path) -> Path:
    """Return the path as one would type it here: relative to the folder one is in, where it is below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path


def count(number: int, thing: str) -> str:
    """Return a number with its thing: ``1 deck``, ``2 decks``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def percent(share: float | None) -> str:
    """Return a share of 0 to 1 as a percentage; a dash where there is none."""
    return "–" if share is None else f"{share:.0%}".replace("%", " %")


def print_json(value: Any, *, days: Collection[str] = ()) -> None:
    """Print any value of the house as JSON; of a file name that is no text the bytes are replaced.

    ``days`` names the keys under which date ordinals stand: they are printed as dates.
    """
    if days:
        value = _dated(msgspec.to_builtins(value), days)
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:  # JSON has no such characters
        data = msgspec.json.encode(_readable(msgspec.to_builtins(value)))
    click.echo(msgspec.json.format(data, indent=2))


def _dated(value: Any, days: Collection[str]) -> Any:
    match value:
        case dict():
            return {key: _as_dates(one) if key in days else _dated(one, days) for key, one in value.items()}
        case list() | tuple():
            return [_dated(one, days) for one in value]
    return value


def _as_dates(value: Any) -> Any:
    return {key: _as_dates(one) for key, one in value.items()} if isinstance(value, dict) else dt.date.fromordinal(value).isoformat()


def _readable(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case dict():
            return {_readable(key): _readable(one) for key, one in value.items()}
        case list() | tuple():
            return [_readable(one) for one in value]
    return value


def print_table(header: list[str], rows: list[list[Any]], *, numbers: bool = True, fit: bool = False) -> None:
    """Print a table; every column but the first holds ``numbers``.

    With ``fit``, what is wider than the terminal goes on below, in a table of its own that begins with the first column again.
    """
    import shutil

    columns = shutil.get_terminal_size().columns if fit and sys.stdout.isatty() else 0
    parts = _fitting(header, rows, columns) if columns else [range(len(header))]
    tables = (_table([header[at] for at in places], [[row[at] for at in places] for row in rows], numbers=numbers) for places in parts)
    click.echo("\n\n".join(tables))


def _fitting(header: list[str], rows: list[list[Any]], columns: int) -> Sequence[Sequence[int]]:
    """Return the columns of each table, so that none is wider than the terminal where its columns are not."""
    widths = [
        max(map(len, [*(f"{line}  " for line in title.split("\n")), *(str(row[at]) for row in rows)])) for at, title in enumerate(header)
    ]
    tables = [[0]]
    for at in range(1, len(header)):
        if len(tables[-1]) > 1 and sum(widths[one] + 2 for one in tables[-1]) + widths[at] > columns:
            tables.append([0])
        tables[-1].append(at)
    return tables


def _table(header: list[str], rows: list[list[Any]], *, numbers: bool) -> str:
    from tabulate import tabulate

    align = ["left"] + ["right" if numbers else "left"] * (len(header) - 1)
    return tabulate(rows, headers=header, tablefmt="plain", disable_numparse=True, colalign=align)


def tell_of_moves(shelf: Shelf) -> None:
    """Tell what is not counted where it belongs yet, by a command that writes nothing."""
    if moved := shelf.follow():
        click.echo(f"{moved} That shows here once quizzer has been opened.", err=True)
