"""A new deck, asked for on a screen and written on the desk."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizzer.authoring import starting

if TYPE_CHECKING:
    from textual.app import App

    from quizzer.tui.desk import Desk


async def begin(app: "App[Any]", desk: "Desk") -> str | None:
    """Ask for a deck and begin it; return what is to be told of it, None where none was wanted."""
    from quizzer.tui.screens.start import StartScreen

    folder = await desk.shelf(lambda shelf: shelf.folder)

    async def start(beginning: starting.Beginning) -> Path:
        path = starting.file_for(beginning.title, folder)
        await desk.call(lambda: starting.start(beginning, path, decks=folder))
        return path

    first = starting.Beginning(title="", language=starting.language_of(os.environ))
    path = await app.push_screen_wait(StartScreen(first, start, folder=folder.name))
    return None if path is None else f"{folder.name}/{path.name} is begun. Write your questions there, then press F5."
