"""The command of those who write decks: edit."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli import proposals
from quizzer.cli.exchanging import deck_file
from quizzer.cli.given import Given
from quizzer.core.errors import QuizzerError


@click.command()
@click.argument("deck", metavar="DECK[#QUESTION]")
@click.pass_obj
def edit(given: Given, deck: str) -> None:
    """Open a deck file in the editor, at the question of that id.

    DECK is a file, or the id of one of the workspace's decks.
    """
    path, question = _named(given, deck)
    if not proposals.on_terminal():
        raise QuizzerError(
            f"the editor needs a terminal. {path} is plain YAML: any other editor will do, and `quizzer check` tells mistakes."
        )
    open_editor(given, path, question)


def open_editor(given: Given, path: Path, question: str = "") -> None:
    """Open the editor on a deck file; raises DeckError where it is not sound."""
    from quizzer import settings, tui

    told = given.settings()

    def remember(theme: str) -> None:
        settings.change(settings.config_path(), "theme", theme)

    code = tui.edit(path, question, theme=told.theme, keys=told.keys, remember_theme=remember)
    if code:
        raise click.exceptions.Exit(code)


def _named(given: Given, deck: str) -> tuple[Path, str]:
    """Return the file and the question that are meant; the name of a file may hold a # itself."""
    if Path(deck).is_file():
        return Path(deck), ""
    name, _, question = deck.partition("#")
    path = Path(name)
    if path.is_file() or path.suffix in (".yaml", ".yml") or path.parent != Path():
        return path, question
    return deck_file(given, path), question
