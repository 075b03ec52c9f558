"""Where a screen asks the app to go."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class StudyRequested(Message):
    """Study these decks; none named means all of them."""

    decks: tuple[str, ...] = ()


@dataclass
class RefreshRequested(Message):
    """Read the decks anew."""


@dataclass
class LinkRequested(Message):
    """Open a source's address in the browser."""

    url: str
