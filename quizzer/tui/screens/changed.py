"""A key has changed: keep the progress made with the old one, or start over?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizzer.tui.page import Page
from quizzer.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from quizzer.core.model import Card


class ChangedScreen(Page["bool | None"]):
    """Dismissed with True to keep, False to start these cards over, None to decide another time."""

    BINDING_GROUP_TITLE = "A changed answer"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Decide later", id="changed.leave")]

    def __init__(self, cards: "Sequence[Card]") -> None:
        super().__init__()
        self._cards = cards

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        yield Choices()

    def on_mount(self) -> None:
        """Ask."""
        many = len(self._cards) > 1
        told = [f"The answer of {len(self._cards)} cards has changed" if many else "The answer of a card has changed"]
        told[0] += " since you last gave it."
        told += [f"{card.stem}\n  is now: {card.answer.key}" for card in self._cards[:6]]
        if len(self._cards) > 6:
            told.append(f"and {len(self._cards) - 6} more")
        choices = self.query_one(Choices)
        choices.ask("\n\n".join(told), ["Keep what I have learnt: it means the same", "Start over: it is another answer now"])
        choices.focus()

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.dismiss(event.index == 0)

    def action_leave(self) -> None:
        """Decide another time."""
        self.dismiss(None)
