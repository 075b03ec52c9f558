"""What becomes of generated questions: written at once, or left to their author in the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli.given import Given
from quizzer.core.errors import QuizzerError

if TYPE_CHECKING:
    from quizzer.authoring import Account, Sitting
    from quizzer.news import Generated


def settle(given: Given, output: Path, made: Generated, *, yes: bool, review: bool, force: bool, passages: bool, title: str) -> None:
    """Bring what was generated into the deck file: all of it, or what its author keeps on the screen that opens.

    Raises:
        QuizzerError: nothing could be made for a new deck; the deck cannot be read or written.
    """
    from quizzer import authoring

    offer = authoring.offer(output, made.deck, made.proposals, made.articles, over=force, passages=passages, title=title)
    is_new = force or not output.exists()
    if is_new and not offer.proposals:
        raise QuizzerError("no question could be made from this; no deck was written. --explain shows what was refused, and why.")
    undecided = bool(offer.proposals or offer.stale)
    if yes or not (undecided and (review or on_terminal())):
        if not yes:
            authoring.refuse_waiting(output)
        account = authoring.write(output, offer)
        authoring.discard(output)
        tell(account)
        return
    sitting = authoring.Sitting.begin(output, offer)
    if on_terminal():
        sit(given, sitting)
    else:
        click.echo(f"{sitting.sifting.counts.open} proposals wait: `quizzer generate --review {output}` opens them in a terminal", err=True)


def refuse_waiting(output: Path) -> None:
    """Raise QuizzerError when decisions wait for the deck file at ``output``, which writing all would pass over."""
    from quizzer import authoring

    authoring.refuse_waiting(output)


def reopen(given: Given, path: Path) -> None:
    """Open again what waits for the deck file at ``path``; raises QuizzerError when nothing does, or there is no terminal."""
    from quizzer import authoring

    sitting = authoring.Sitting.reopen(path)
    if not on_terminal():
        raise QuizzerError("--review needs a terminal. Run it in one; or generate again with --yes, which writes all.")
    sit(given, sitting)


def sit(given: Given, sitting: Sitting) -> None:
    """Open the screen, and tell what came of it."""
    from quizzer import settings, tui

    told = given.settings()

    def remember(theme: str) -> None:
        settings.change(settings.config_path(), "theme", theme)

    code, account = tui.propose(sitting, theme=told.theme, keys=told.keys, remember_theme=remember)
    if account is not None:
        tell(account)
    else:
        counts = sitting.sifting.counts
        told_so_far = f"{counts.decided} of {counts.total} decided"
        click.echo(f"nothing was written; {told_so_far}. `quizzer generate --review {sitting.path}` goes on from here", err=True)
    if code:
        raise click.exceptions.Exit(code)


def tell(account: Account) -> None:
    """Print what was written."""
    click.echo(f"wrote {account.path}" if account.made and account.is_whole else f"{account.path}: {account}", err=True)
    for stale in account.stale:
        click.echo(f"{account.path}:{stale.line}: stale: the evidence of {stale.id!r} is no longer in its article", err=True)
    if account.made:
        shown = f'"{account.path}"' if " " in str(account.path) else account.path
        click.echo(f"next: `quizzer edit {shown}` adds questions of your own, `quizzer study {shown}` asks them", err=True)


def on_terminal() -> bool:
    """Whether a screen can be opened: on a terminal that can show one, with a keyboard."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    dumb = os.environ.get("TERM", "") in ("", "dumb") and sys.platform != "win32"
    return not dumb and all(stream is not None and stream.isatty() for stream in streams)
