"""Where a screen asks the app to go, with what a session gave it; widgets, which know no sessions, use ``messages``."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from quizzer.core.model import Card
    from quizzer.study import CardPast


@dataclass
class HistoryRequested(Message):
    """Show how a card fared; ``answered``: its responses may be seen."""

    past: "CardPast"
    answered: bool


@dataclass
class EditRequested(Message):
    """Open the editor on this deck, by its id, at this question; "": at the deck itself."""

    deck: str
    question: str = ""


@dataclass
class RewriteRequested(Message):
    """Mend the question of this card."""

    card: "Card"
