"""A question to the author with a few answers, in place of what is on show."""

from collections.abc import Callable, Sequence

from textual import on

from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.sheet import Paper


class Asking(Choices):
    """Hidden until something is asked; hides again once that is answered or called off."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._then: Callable[[int], object] | None = None

    def put(self, text: str, options: Sequence[str], then: Callable[[int], object], paper: Paper | None = None) -> None:
        """Ask; ``then`` is told the index of the option that is picked. ``paper`` is what else stands there."""
        self._then = then
        self.display = True
        self.ask(text, options, paper or Paper())
        self.focus()

    def call_off(self) -> None:
        """Hide, with no answer."""
        self._then = None
        self.display = False

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        then = self._then
        self.call_off()
        if then is not None:
            then(event.index)
