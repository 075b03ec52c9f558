"""A new deck, asked for on a screen and written on the desk."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizzer.authoring import starting

if TYPE_CHECKING:
    from textual.app import App

    from quizzer.tui.desk import Desk


async def begin(app: "App[Any]", desk: "Desk") -> str:
    """Ask for a deck and begin it; return its id, "" where none was wanted."""
    from quizzer.tui.screens.start import StartScreen

    folder = await desk.shelf(lambda shelf: shelf.folder)

    begun = ""

    async def start(beginning: starting.Beginning) -> Path:
        nonlocal begun
        path = starting.file_for(beginning.title, folder)
        begun = (await desk.call(lambda: starting.start(beginning, path, decks=folder))).id
        return path

    first = starting.Beginning(title="", language=starting.language_of(os.environ))
    await app.push_screen_wait(StartScreen(first, start, folder=folder.name))
    return begun
