"""The terminal apps: ``run`` opens the learner's, ``propose`` the author's over proposals; each returns when it is left."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from quizzer.authoring import Account, Sitting
    from quizzer.core.model import Images, Mode
    from quizzer.study import Shelf

__all__ = ["edit", "propose", "run"]


def run(
    open_shelf: "Callable[[], Shelf]",
    *,
    decks: Sequence[str] = (),
    everything: bool = False,
    mode: "Mode | None" = None,
    ahead: int = 0,
    cram: bool = False,
    theme: str = "",
    keys: Mapping[str, str] = {},
    remember_theme: Callable[[str], None] = lambda _: None,
    back_up: Callable[[], None] = lambda: None,
    images: "Images | None" = None,
) -> int:
    """Open the app and return its exit code: 0, or 130 when a signal ended it.

    Args:
        open_shelf: Opens the learner's decks; called once, after the first paint, on the thread that all calls to the shelf are made on.
        decks: Ids of decks to study at once; without any, the app opens on its home screen.
        everything: Study all decks at once.
        mode: Ask every card this way, where it can be.
        ahead: Ask reviews that are due in so many days from now too.
        cram: Ask any card, and write nothing.
        theme: Name of the theme; the house's dark one when empty or unknown.
        keys: Keys by the id of the binding they replace, several with commas: ``{"study.undo": "z,ctrl+z"}``.
        remember_theme: Told the name of a theme the learner chooses.
        back_up: Makes a backup of the progress file if one is due; called on a thread of its own, after the decks are shown and
            after every session. What it raises is told once, and stops nothing.
        images: How images are drawn; the terminal is asked what it can do, so give None where no deck has any.

    Raises:
        QuizzerError: the terminal cannot show the app, or the shelf cannot be opened; the text says why.
    """
    terminal = os.environ.get("TERM", "")
    if terminal in ("", "dumb") and sys.platform != "win32":
        from quizzer.core.errors import QuizzerError

        raise QuizzerError(
            f"this terminal (TERM={terminal}) cannot show the app; `quizzer study --plain` asks line by line, "
            "`quizzer due` and `quizzer stats` print."
        )
    from quizzer.tui import graphics
    from quizzer.tui.app import run_app

    return run_app(
        open_shelf,
        drawing=graphics.ask(images) if images else graphics.BLOCKS,
        decks=tuple(decks),
        everything=everything,
        mode=mode,
        ahead=ahead,
        cram=cram,
        theme=theme,
        keys=keys,
        remember_theme=remember_theme,
        back_up=back_up,
    )


def edit(
    path: "Path",
    question: str = "",
    *,
    theme: str = "",
    keys: Mapping[str, str] = {},
    remember_theme: Callable[[str], None] = lambda _: None,
) -> int:
    """Open the editor on the deck file at ``path``, at the question of that id; return its exit code (130 when a signal ended it).

    Args:
        path: A sound deck file.
        question: An id; where it is empty, the editor opens on the deck itself.
        theme: Name of the theme; the house's dark one when empty or unknown.
        keys: Keys by the id of the binding they replace, several with commas.
        remember_theme: Told the name of a theme the author chooses.

    Raises:
        DeckError: the file cannot be read or is not sound, or it has no such question; the line says where.
    """
    from quizzer.tui.editing import run_editor

    return run_editor(path, question, theme=theme, keys=keys, remember_theme=remember_theme)


def propose(
    sitting: "Sitting",
    *,
    theme: str = "",
    keys: Mapping[str, str] = {},
    remember_theme: Callable[[str], None] = lambda _: None,
) -> "tuple[int, Account | None]":
    """Open the screen of proposals; return its exit code (130 when a signal ended it) and what was written.

    That is None when the author left before accepting; every decision is then in the waiting file.

    Args:
        sitting: What is proposed, and what was decided so far.
        theme: Name of the theme; the house's dark one when empty or unknown.
        keys: Keys by the id of the binding they replace, several with commas.
        remember_theme: Told the name of a theme the author chooses.
    """
    from quizzer.tui.proposing import run_proposals

    return run_proposals(sitting, theme=theme, keys=keys, remember_theme=remember_theme)
