"""An image on the whole screen."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize

from quizzer.tui.graphics import Drawing
from quizzer.tui.page import Page
from quizzer.tui.widgets.image_box import ImageBox, Sight


class ImageScreen(Page[None]):
    """The images of a card, one at a time, as large as the terminal."""

    CSS_PATH = "image.tcss"
    BINDING_GROUP_TITLE = "An image"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,left,space", "other", "Other image", id="image.other"),
        Binding("question_mark,f1", "app.help", "Help", id="image.help"),
        Binding("escape,q,enter,v,f8", "leave", "Back", id="image.leave"),
    ]

    def __init__(self, sights: Callable[[], Sequence[Sight]], drawing: Drawing) -> None:
        super().__init__()
        self._look, self._sights, self._at = sights, sights(), 0
        self._box = ImageBox(drawing)

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        self._wall = Vertical(self._box, id="wall")
        yield self._wall

    def on_mount(self) -> None:
        """Show the first."""
        self._show()
        self.set_interval(0.1, self._wait)

    def _wait(self) -> None:
        """Show an image that was still being read."""
        now = self._look()
        if now != self._sights and len(now) == len(self._sights):
            self._sights = now
            self._show()

    def on_resize(self, event: Resize) -> None:
        """Draw for the new size."""
        self.call_after_refresh(self._lay_out)

    def _show(self) -> None:
        self._box.put(self._sights[self._at])
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        self._box.lay_out(*self._wall.content_size)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be no other."""
        return (action != "other" or len(self._sights) > 1) and super().check_action(action, parameters)

    def action_other(self) -> None:
        """Show the other image of the card."""
        self._at = (self._at + 1) % len(self._sights)
        self._show()

    def action_leave(self) -> None:
        """Back to the card."""
        self.dismiss(None)
