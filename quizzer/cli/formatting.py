"""``quizzer fmt``: decks in their one layout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from quizzer.cli.given import Given
from quizzer.cli.printing import count, shortest
from quizzer.core.errors import DeckError

if TYPE_CHECKING:
    from quizzer.deckfile.formatting import Formatted

STDIN = Path("-")
_COLOURS = {"---": {"bold": True}, "+++": {"bold": True}, "@@": {"fg": "cyan"}, "-": {"fg": "red"}, "+": {"fg": "green"}}


class Wish(msgspec.Struct, frozen=True):
    """What is to be done with what is laid out."""

    check: bool
    diff: bool

    @property
    def writes(self) -> bool:
        """Whether files are to be changed."""
        return not (self.check or self.diff)


@click.command()
@click.argument("path", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; name what would change, and exit with 1 if anything would.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change, and exit with 1 if anything would.")
@click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With -: the file it comes from. Its name is told in messages, and is the id of a deck without one.",
)
@click.pass_obj
def fmt(given: Given, path: tuple[Path, ...], only_check: bool, diff: bool, stdin_filename: Path | None) -> None:
    """Put deck files or folders of them (default: the workspace's) into the one layout, and write the missing ids.

    With - a deck is read from standard input and printed to standard output. No comment is lost, and no deck says anything else
    than before; what cannot be laid out so is told and left as it is. Exit code 1 then, and where --check or --diff found a change.
    """
    from quizzer import deckfile

    wish = Wish(only_check, diff)
    if STDIN in path:
        if len(path) > 1:
            raise click.UsageError("- is standard input, and stands alone. Name either it or files.")
        _from_stdin(stdin_filename, wish)
        return
    if stdin_filename is not None:
        raise click.UsageError("--stdin-filename goes with standard input. Name - as the file.")
    places = path or (shortest(given.workspace().decks),)
    found = [file for place in places for file in (deckfile.find(place) if place.is_dir() else [place])]
    changed = failed = 0
    for file in found:
        try:
            made = deckfile.fmt(file, write=wish.writes)
        except DeckError as error:  # the other decks need not wait for this one
            click.echo(f"quizzer: {error}", err=True)
            failed += 1
            continue
        if made.changed:
            changed += 1
            _tell(made, wish)
    if wish.writes:
        deckfile.renew_schemas(found)
    _summary(len(found), changed, failed, wish)
    if failed or (changed and not wish.writes):
        raise click.exceptions.Exit(1)


def _from_stdin(name: Path | None, wish: Wish) -> None:
    from quizzer import deckfile

    data = sys.stdin.buffer.read()
    made = deckfile.laid_out(data, name or Path("stdin"), deck_id=name is not None)
    if wish.writes:
        sys.stdout.buffer.write(made.result)
        sys.stdout.buffer.flush()
    elif made.changed:
        _tell(made, wish)
        raise click.exceptions.Exit(1)


def _tell(made: Formatted, wish: Wish) -> None:
    if wish.diff:
        click.echo("\n".join(diff_of(made)))
    if wish.check or wish.writes:
        what = [] if made.only_ids else ["laid out" if wish.writes else "not laid out"]
        if made.ids:
            what.append(f"{count(len(made.ids), 'id')} {'written' if wish.writes else 'missing'}: {', '.join(made.ids)}")
        click.echo(f"{made.path}: {'; '.join(what)}", err=wish.diff)


def _summary(decks: int, changed: int, failed: int, wish: Wish) -> None:
    said = []
    if changed:
        said.append(f"{changed} changed" if wish.writes else f"{changed} would change")
    if failed:
        said.append(f"{failed} left as {'it is' if failed == 1 else 'they are'}")
    click.echo(f"{count(decks, 'deck')}: {', '.join(said) or 'nothing to do'}", err=True)


def diff_of(made: Formatted) -> list[str]:
    """Return the lines of a unified diff, coloured where a terminal shows it and ``NO_COLOR`` is not set."""
    from quizzer.deckfile.unified import unified

    lines = unified(made.before, made.after, str(made.path), str(made.path)).removesuffix("\n").split("\n")
    if not (sys.stdout.isatty() and not os.environ.get("NO_COLOR")):
        return lines
    return [_coloured(line, head=number < 2) for number, line in enumerate(lines)]


def _coloured(line: str, *, head: bool) -> str:
    sign = line[:3] if head else line[:2] if line.startswith("@@") else line[:1]
    style = _COLOURS.get(sign)
    return click.style(line, **style) if style else line  # type: ignore[arg-type]
