"""The commands that move questions between decks: deck rename, deck move, deck split, deck merge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli.given import Given, lies_in
from quizzer.cli.printing import count, shortest
from quizzer.core.errors import DeckError, QuizzerError

if TYPE_CHECKING:
    from quizzer.authoring.regrouping import Regrouped

_NEW = click.Path(path_type=Path)


@click.group()
def deck() -> None:
    """Rename decks, move questions between them, split them and put them together; no one's progress is lost by it."""


@deck.command()
@click.argument("name", metavar="DECK")
@click.argument("new_id")
@click.option("--keep-file", is_flag=True, help="Leave the file its name.")
@click.pass_obj
def rename(given: Given, name: str, new_id: str, keep_file: bool) -> None:
    """Give DECK (a file, or the id of one in the workspace) another id; a file named after the old one is renamed too."""
    from quizzer.authoring import regrouping

    other = next(iter(_decks(given).get(new_id, ())), None)
    path = _file(given, name, into=other)
    if other and not path.exists() and name in _formerly(other):  # killed when all was done
        path = other
    if other and other.resolve() != path.resolve():
        raise DeckError(f"{other}: has the id {new_id!r}. Choose another, or put the two together with `quizzer deck merge`.")
    done, to = regrouping.rename(path, new_id, keep_file=keep_file)
    _tell(given, done, f"{path}: is called {new_id!r} now" + (f", and the file is {to}" if to != path else ""), path, to)


@deck.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.argument("question", nargs=-1, required=True)
@click.pass_obj
def move(given: Given, source: str, target: str, question: tuple[str, ...]) -> None:
    """Move questions, named by their ids, from one deck to the end of another, with their comments and sources."""
    from quizzer.authoring import regrouping

    path, to = _file(given, source), _file(given, target)
    done = regrouping.move(path, to, question)
    _tell(given, done, f"{count(len(set(question)), 'question')} moved from {path} to {to}", path, to)


@deck.command()
@click.argument("source", metavar="FROM")
@click.argument("new", metavar="NEW.yaml", type=_NEW)
@click.argument("question", nargs=-1)
@click.option("--tag", multiple=True, help="All questions of this tag; may be given more than once.")
@click.option("--title", default="", help="The title of the new deck (default: made from the name of its file).")
@click.pass_obj
def split(given: Given, source: str, new: Path, question: tuple[str, ...], tag: tuple[str, ...], title: str) -> None:
    """Move questions, by their ids or a tag, from a deck into a new one."""
    from quizzer.authoring import regrouping

    path = _file(given, source)
    _refuse_name(new)
    done = regrouping.split(path, new, question, tags=tag, title=title)
    moved = len({one.partition("#")[0] for one in done.cards})
    _tell(given, done, f"{count(moved, 'question')} moved from {path} to {new}", path, new)


@deck.command()
@click.argument("decks", metavar="DECK DECK…", nargs=-1, required=True)
@click.option("-o", "--output", type=_NEW, help="A new deck file for all of it (default: into the first).")
@click.option("--title", default="", help="Its title (default: that of the first).")
@click.pass_obj
def merge(given: Given, decks: tuple[str, ...], output: Path | None, title: str) -> None:
    """Put decks together into one; the files of the others are removed.

    To merge progress from another machine, see `quizzer merge`.
    """
    from quizzer.authoring import regrouping

    first = _file(given, decks[0], into=output)
    to = output or first
    _refuse_name(to)
    paths = [first, *(_file(given, name, into=to) for name in decks[1:])]
    done = regrouping.merge(paths, to, title=title)
    _tell(given, done, f"{count(len(paths), 'deck')} put together in {to}", first, to)


def _file(given: Given, name: str, *, into: Path | None = None) -> Path:
    """Return the file that is named, or that of the deck of that id in the workspace.

    Where a command was killed, the deck may be in the file ``into`` already: then where it was.
    """
    path = Path(name)
    if path.suffix.lower() in (".yaml", ".yml") or path.is_file():
        return path
    ids = _decks(given)
    if name not in ids:
        if into and into.exists() and name in _formerly(into):
            return given.workspace().decks / f"{name}.yaml"
        known = f" There are: {', '.join(sorted(ids))}." if ids else ""
        raise DeckError(f"{given.workspace().decks}: no deck there has the id {name!r}.{known} Name one, or a deck file.")
    if len(ids[name]) > 1:
        raise DeckError(f"{' and '.join(str(file) for file in ids[name])} have the id {name!r}. Name the file that is meant.")
    return ids[name][0]


def _decks(given: Given) -> dict[str, list[Path]]:
    """Return the deck files of the workspace by the ids of their decks; one that cannot be read by its name, so that it is told why."""
    from quizzer import deckfile

    folder = shortest(given.workspace().decks)
    ids: dict[str, list[Path]] = {}
    for file in deckfile.find(folder) if folder.is_dir() else ():
        try:
            ids.setdefault(deckfile.load(file).id, []).append(file)
        except DeckError:
            ids.setdefault(deckfile.id_for(file), []).append(file)
    return ids


def _formerly(path: Path) -> tuple[str, ...]:
    from quizzer import deckfile

    return deckfile.load(path).formerly


def _refuse_name(path: Path) -> None:
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise DeckError(f"{path}: a deck is a .yaml file. Name it {path.with_suffix('.yaml').name!r}.")


def _tell(given: Given, done: Regrouped, said: str, path: Path, to: Path) -> None:
    for line in done.told:
        click.echo(line, err=True)
    try:
        moved = _progress_follows(given, done, to)
    except QuizzerError:  # the decks are as they were to be, and progress follows when it can
        click.echo(f"{said}.", err=True)
        raise
    click.echo(said + (f"; the progress of {count(moved, 'card')} went along" if moved else "") + ".", err=True)
    decks = given.workspace().decks
    if lies_in(decks, path) and not lies_in(decks, to):
        click.echo(f"{to}: is not in {shortest(decks)}, so what is in it is not studied here.", err=True)


def _progress_follows(given: Given, done: Regrouped, to: Path) -> int:
    """Let the progress kept in this workspace follow at once; everyone else's follows when they next open their decks."""
    workspace = given.workspace()
    if not workspace.progress.exists() or not lies_in(workspace.decks, to):
        return 0
    shelf = given.shelf()
    try:
        return shelf.moved(done.cards)
    finally:
        shelf.close()
