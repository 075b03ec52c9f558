"""A key has changed: keep the progress made with the old one, or start over?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quizzer.tui.page import Page
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.text import Piece, literal

if TYPE_CHECKING:
    from quizzer.core.model import Card


class ChangedScreen(Page["bool | None"]):
    """Dismissed with True to keep, False to start these cards over, None to decide another time."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Decide later", id="changed.leave")]

    def __init__(self, cards: "Sequence[Card]") -> None:
        super().__init__()
        self._cards = cards

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        many = len(self._cards) > 1
        told: list[Piece] = [
            (f"The answer of {len(self._cards)} cards has changed" if many else "The answer of a card has changed", "bold"),
            " since you last gave it.\n",
        ]
        for card in self._cards[:6]:
            told += ["\n", literal(card.stem), "\n", ("  now: ", "$quiet"), (literal(card.answer.key), "bold $verdict-right"), "\n"]
        if len(self._cards) > 6:
            told.append((f"\nand {len(self._cards) - 6} more\n", "$quiet"))
        with VerticalScroll(id="body", can_focus=False), Vertical(id="column"):
            yield Static(Content.assemble(*told), id="keys")
            yield Choices()

    def on_mount(self) -> None:
        """Ask."""
        choices = self.query_one(Choices)
        choices.ask(["Keep what I have learnt: it means the same", "Start over: it is another answer now"])
        choices.focus()

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.dismiss(event.index == 0)

    def action_leave(self) -> None:
        """Decide another time."""
        self.dismiss(None)
