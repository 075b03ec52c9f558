"""``quizzer git-merge``: what git calls to merge two versions of a deck file."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.core.errors import QuizzerError

_FAILED = 128  # git tells up to 127 conflicts
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("git-merge")
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("-L", "--marker-size", "size", default=7, show_default=True, help="How long git's conflict markers are.")
def git_merge(base: Path, ours: Path, theirs: Path, path: Path | None, size: int) -> None:
    """Merge two versions of a deck file, question by question; for git, which calls it as its merge driver.

    The result is written to OURS. Exits with 1 where something is left to be decided: it stands between git's markers. PATH is the
    file's name in the repository. A file that is no sound deck is merged by its lines, as git does.
    """
    from quizzer.deckfile import files, gitmerge

    try:
        done = gitmerge.merge(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), path or ours, size=size)
        if done is None:
            raise click.exceptions.Exit(1 if _by_lines(base, ours, theirs, path or ours, size) else 0)
        files.replace(ours, done.data)
    except OSError as error:
        raise QuizzerError(f"{error.filename}: cannot be merged: {error.strerror}. Let it be read and written, and merge again.") from None
    for line in done.told:
        click.echo(f"{path or ours}: {line}", err=True)
    if not done.clean:
        raise click.exceptions.Exit(1)


def _by_lines(base: Path, ours: Path, theirs: Path, path: Path, size: int) -> bool:
    """Merge as git does by itself; return whether there are conflicts.

    Raises:
        QuizzerError: it cannot be merged so; OURS is as it was.
    """
    import shlex
    import subprocess  # seldom needed

    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    command: list[str | Path] = ["git", "merge-file", f"--marker-size={size}", *labels, ours, base, theirs]
    try:
        done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True, errors="replace")
    except FileNotFoundError:
        raise QuizzerError("git is not there, and these are no sound decks that could be merged without it.") from None
    if done.returncode in range(_FAILED):
        click.echo(done.stderr, err=True, nl=False)
        return done.returncode != 0
    binary = any(b"\0" in one.read_bytes() for one in (base, ours, theirs))
    why = "it is no text on every side" if binary else f"git says: {' '.join(done.stderr.split()).removeprefix('error: ')}"
    name = shlex.quote(str(path))
    choice = f"keep it with `git add {name}`, or take the other with `git checkout --theirs {name}` first"
    raise QuizzerError(f"{path}: neither its questions nor its lines can be merged ({why}). Ours stands: {choice}.")
