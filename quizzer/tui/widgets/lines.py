"""A widget whose lines are laid out by hand, for the width it has."""

from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget


class Lines(Widget):
    """As high as its lines. Subclasses say what they are in ``lay_out`` and call ``relay`` when that changes."""

    DEFAULT_CSS = """
    Lines { height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    _laid: tuple[int, list[Content]] | None = None

    def lay_out(self, width: int) -> list[Content]:
        """Return the lines for a content ``width`` cells wide."""
        raise NotImplementedError

    def relay(self) -> None:
        """Lay out anew, and make room if the height changed."""
        before = self._laid
        self._laid = None
        same = before is not None and before[0] == self.content_size.width and len(before[1]) == len(self._lines(before[0]))
        self.refresh(layout=not same)

    def _lines(self, width: int) -> list[Content]:
        if self._laid is None or self._laid[0] != width:
            self._laid = (width, self.lay_out(width))
        return self._laid[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: D102 - Textual's
        return len(self._lines(width))

    def render(self) -> Content:  # noqa: D102 - Textual's
        return Content("\n").join(self._lines(self.content_size.width))

    def show_lines(self, first: int, count: int) -> None:
        """Scroll whatever scrolls this widget until these lines are in sight."""
        parent = self.parent
        while isinstance(parent, Widget) and not parent.allow_vertical_scroll:
            parent = parent.parent
        if isinstance(parent, Widget):
            here = self.region.offset - parent.content_region.offset + parent.scroll_offset
            parent.scroll_to_region(Region(0, here.y + first, 1, count), animate=False)
