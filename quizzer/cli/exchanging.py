"""The commands by which decks come from other programs and go to them: import and export."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli.given import Given, deck_id
from quizzer.cli.printing import count, shortest
from quizzer.core.errors import QuizzerError

if TYPE_CHECKING:
    from quizzer.authoring.exchange import Given as File
    from quizzer.authoring.exchange import Imported

FORMATS = ("csv", "quizlet", "hashcards", "obsidian", "text2qti")
STDIN = "standard input"
SHOWN = 5  # ids that are told one by one
_MARKS = {"\\t": "\t", "\\n": "\n"}

Form = click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), help="The form of the file (default: told by its ending and text)."
)


@click.command("import")
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The deck file, for all FILEs (default: one for each in decks/).")
@Form
@click.option("--title", default="", help="The deck's title (default: as the file says, or its name).")
@click.option("--swap", is_flag=True, help="The second side asks, the first is the answer (Quizlet).")
@click.option("--between", default="", metavar="TEXT", help="What stands between the sides of a card, or between cells; \\t is a tab.")
@click.option("--cards", default="", metavar="TEXT", help="What stands between cards (Quizlet); \\n is a line end.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@click.pass_obj
def import_(
    given: Given,
    file: tuple[Path, ...],
    output: Path | None,
    form: str | None,
    title: str,
    swap: bool,
    between: str,
    cards: str,
    dry_run: bool,
) -> None:
    """Make decks of other programs' files: CSV, Quizlet, hashcards, Obsidian, text2qti. A deck that is there is brought up to date.

    What cannot be taken is told with its line, and the rest is taken. FILE may be - for standard input.
    """
    from quizzer.authoring import exchange
    from quizzer.formats import Options

    if output is not None and output.suffix not in (".yaml", ".yml"):
        raise QuizzerError(f"{output}: a deck is a .yaml file. Name it {output.with_suffix('.yaml').name!r}.")
    options = Options(swap=swap, between=_mark(between), cards=_mark(cards))
    folder = given.workspace().decks
    files = [_given(path) for path in file]
    failed = False
    for group in [files] if output is not None else [[one] for one in files]:
        try:
            done = exchange.take(group, output, folder=folder, form=form or "", title=title, options=options, write=not dry_run)
        except QuizzerError as error:
            if len(files) == len(group):
                raise
            click.echo(f"quizzer: {error}", err=True)  # the other files need not wait for this one
            failed = True
            continue
        _print_imported(done, dry_run=dry_run)
    if failed:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("deck", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, allow_dash=True), help="The file; - for standard output.")
@Form
@click.option("--strict", is_flag=True, help="Write nothing when something would get lost.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def export(given: Given, deck: Path, output: Path, form: str | None, strict: bool, force: bool) -> None:
    """Write DECK (its file or its id) in another program's form: CSV, Quizlet, hashcards, Obsidian, text2qti.

    What the form does not carry is told, question by question, on standard error.
    """
    from quizzer import deckfile, formats
    from quizzer.authoring import exchange
    from quizzer.deckfile.files import replace

    to_file = str(output) != "-"
    name = form or formats.told(output.suffix if to_file else "")
    if not name:
        raise QuizzerError(f"{output}: no form is told by this name. Give one: --format {', '.join(FORMATS)}.")
    if to_file and output.exists() and not force:
        raise QuizzerError(f"{output}: is there already. Write over it with --force, or name another file.")
    path = deck_file(given, deck)
    written = exchange.give(deckfile.load(path), name)
    for line in formats.account(written.losses):
        click.echo(line, err=True)
    if strict and written.losses:
        raise QuizzerError(f"{path}: something would get lost, so nothing was written. Leave out --strict to write it all the same.")
    if to_file:
        replace(output, written.data)
        click.echo(f"wrote {output}: {count(sum(one is not None for one in written.carried), 'question')}", err=True)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(written.data)


def _mark(text: str) -> str:
    for name, mark in _MARKS.items():
        text = text.replace(name, mark)
    return text


def _given(path: Path) -> File:
    from quizzer.authoring import exchange
    from quizzer.formats import MOST_BYTES

    if str(path) == "-":
        if sys.stdin is None:
            raise QuizzerError("standard input is closed. Name a file.")
        return exchange.Given(STDIN, sys.stdin.buffer.read(MOST_BYTES + 1))
    try:
        with path.open("rb") as file:
            return exchange.Given(os.fspath(path), file.read(MOST_BYTES + 1))
    except IsADirectoryError:
        raise QuizzerError(f"{path}: is a folder. Name the files in it.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise QuizzerError(f"{path}: cannot be read ({reason}). Check its name.") from None


def deck_file(given: Given, name: Path) -> Path:
    """Return the file of a deck named by its file or its id."""
    from quizzer import deckfile
    from quizzer.core.errors import DeckError

    if name.suffix in (".yaml", ".yml") or name.is_file():
        return name
    wanted, broken = deck_id(str(name)), None
    for path in deckfile.find(given.workspace().decks):
        try:
            if deckfile.load(path).id == wanted:
                return path
        except DeckError as error:  # what cannot be read is not the one, but for its name
            broken = error if path.stem == wanted else broken
    if broken:
        raise broken
    raise QuizzerError(f"there is no deck {str(name)!r}. `quizzer due` lists the decks; or name its file.")


def _print_imported(done: Imported, *, dry_run: bool) -> None:
    for one in done.told:
        click.echo(one, err=True)
    if done.absent:
        shown = ", ".join(done.absent[:SHOWN]) + (f" and {len(done.absent) - SHOWN} more" if len(done.absent) > SHOWN else "")
        click.echo(f"not in the file, and kept in the deck: {shown}", err=True)
    would = "would be " if dry_run else ""
    click.echo(f"{shortest(done.path)}: {would}{'made, ' if done.made else 'brought up to date, '}{done}", err=True)
