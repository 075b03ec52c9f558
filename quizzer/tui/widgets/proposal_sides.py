"""The two sides of a proposal: the question, as a card or as a form, and its passages; side by side or one above the other."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from quizzer.tui.widgets.passages import Passage, Passages
from quizzer.tui.widgets.proposal_card import Card, ProposalCard
from quizzer.tui.widgets.proposal_form import ProposalForm, Row


class ProposalSides(Container):
    """Shows a card and its passages; the card can be turned into a form and back."""

    def __init__(self) -> None:
        super().__init__(id="sides")
        self._card, self._passages = ProposalCard(), Passages()
        self._left, self._right = VerticalScroll(self._card, id="left", can_focus=False), VerticalScroll(id="right", can_focus=False)
        self.form: ProposalForm | None = None

    def compose(self) -> ComposeResult:
        """Compose the sides."""
        yield self._left
        with self._right:
            yield self._passages

    def show(self, card: Card, passages: Sequence[Passage], *, why_open: bool) -> None:
        """Show a card from its top, and the passages from their first mark."""
        self._card.show(card, why_open=why_open)
        self._passages.show(passages)
        self._left.scroll_home(animate=False)

    def bring_reasons(self) -> None:
        """Bring the reasons on the card into sight."""
        self._card.call_after_refresh(self._card.bring_reasons)

    def say(self, text: str) -> None:
        """Show a text in place of a card."""
        self._card.say(text)
        self._passages.show(())

    def edit(self, rows: Sequence[Row], doubts: Sequence[tuple[str, str]]) -> None:
        """Turn the card into a form."""
        self.form = ProposalForm(rows)
        self.form.tell(doubts)
        self._left.display = False
        self.mount(self.form, before=self._right)

    def close_form(self) -> None:
        """Turn the form back into the card."""
        if self.form is not None:
            self.form.remove()
            self.form = None
        self._left.display = True

    def scroll_lines(self, lines: int) -> None:
        """Scroll the question to its end, then the passages; up the other way round."""
        one, other = (self._left, self._right) if lines > 0 else (self._right, self._left)
        room = one.scroll_y < one.max_scroll_y if lines > 0 else one.scroll_y > 0
        (one if room and one.display else other).scroll_relative(y=lines, animate=False)
