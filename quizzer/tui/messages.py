"""Where a screen asks the app to go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from quizzer.study import CardPast


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


@dataclass
class HistoryRequested(Message):
    """Show how a card fared; ``answered``: its responses may be seen."""

    past: "CardPast"
    answered: bool
