"""The line of keys at the foot of a screen."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget


class Key(NamedTuple):
    """A key that does something now: its name to Textual, how it is written, what it does, and whether it stands aside."""

    name: str
    label: str
    does: str
    aside: bool = False


class KeyBar(Widget):
    """Keys and what they do, as many as fit; a click on one presses it.

    One line painted at once: it changes with every question, and Textual's Footer makes a widget of each key.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { height: 1; padding: 0 3; color: $quiet; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys shown, those that found no room among them."""
        return self._keys

    def show(self, keys: Sequence[Key]) -> None:
        """Show ``keys``, the most useful first."""
        if self._keys != tuple(keys):
            self._keys = tuple(keys)
            self.refresh()

    def render(self) -> Content:  # noqa: D102 - Textual's
        width = self.content_size.width
        aside = _fit([key for key in self._keys if key.aside], width)
        main = _fit([key for key in self._keys if not key.aside], width - aside.cell_length - _GAP)
        return Content.assemble(main, " " * (width - main.cell_length - aside.cell_length), aside)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        name = event.style.meta.get("key")
        if name:
            self.app.simulate_key(name)


_GAP = 2


def _fit(keys: Sequence[Key], room: int) -> Content:
    pieces: list[Content] = []
    for key in keys:
        piece = Content.assemble((key.label, "bold $text"), " ", key.does).stylize(Style.from_meta({"key": key.name}))
        needed = piece.cell_length + (_GAP if pieces else 0)
        if needed <= room:
            pieces.append(piece)
            room -= needed
    return Content(" " * _GAP).join(pieces)
