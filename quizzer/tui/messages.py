"""Where a screen asks the app to go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from quizzer.tui.widgets.image_box import Sight


@dataclass
class StudyRequested(Message):
    """Study these decks; none named means all of them."""

    decks: tuple[str, ...] = ()


@dataclass
class RefreshRequested(Message):
    """Read the decks anew."""


@dataclass
class DifferenceRequested(Message):
    """Show what saving would change in a file, as a unified diff."""

    difference: str


@dataclass
class LinkRequested(Message):
    """Open a source's address in the browser."""

    url: str


@dataclass
class ImageRequested(Message):
    """Show the images on the whole screen, the first first; ``sights`` gives them as they are by now."""

    sights: "Callable[[], Sequence[Sight]]"
