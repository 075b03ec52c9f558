"""The four ratings, and when each would bring the card back."""

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quizzer.core.model import Interval, Rating


class RatingBar(Widget):
    """Again, Hard, Good, Easy, each with its interval; the suggested one is preselected. A click gives a rating.

    It is never focused: the keyboard stays with the question, which hands on the keys that rate. (To move the focus repaints
    the whole screen.)
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RatingBar { height: 3; text-wrap: nowrap; text-overflow: clip; pointer: pointer; }
    """

    @dataclass
    class Rated(Message):
        """The learner chose a rating."""

        rating: Rating

    def __init__(self) -> None:
        super().__init__()
        self._intervals: Mapping[Rating, Interval | str] = {}
        self._selected = Rating.GOOD
        self._hover: Rating | None = None

    @property
    def selected(self) -> Rating:
        """The rating that Enter would give."""
        return self._selected

    def show(self, intervals: Mapping[Rating, Interval | str], *, suggested: Rating) -> None:
        """Show when each rating would bring the card back, and preselect ``suggested``."""
        self._intervals, self._selected, self._hover = intervals, suggested, None
        self.refresh()

    @property
    def is_open(self) -> bool:
        """Whether there is something to rate."""
        return bool(self._intervals)

    def clear(self) -> None:
        """Show nothing, for there is nothing to rate; the room is kept, so that nothing moves when there is."""
        if self._intervals:
            self._intervals = {}
            self.refresh()

    def render(self) -> Content:  # noqa: D102 - Textual's
        if not self._intervals:
            return Content("")
        rows: tuple[list[Content], list[Content]] = ([], [])
        for rating, (start, end) in self._cells().items():
            width = end - start
            selected = rating is self._selected
            colour = f"$rate-{rating.name.lower()}"
            style = f"$on-rating on {colour}" if selected else f"{colour} on {'$panel' if rating is self._hover else '$surface'}"
            label = f"{int(rating)} {rating.name.capitalize()}"
            if selected and width >= len(label) + 4:
                label = f"▸ {label} ◂"
            for row, text, weight in zip(rows, (label, str(self._intervals.get(rating, ""))), ("bold ", ""), strict=True):
                row += [Content.styled(text[:width].center(width), weight + style), Content(" ")]
        lines = [Content.assemble(*row[:-1]) for row in rows]
        return Content("\n").join(lines if self.content_size.height < 3 else [Content(""), *lines])

    def _cells(self) -> dict[Rating, tuple[int, int]]:
        """Return the columns of each rating: its first, and the one after its last."""
        width = self.content_size.width + 1
        edges = [width * number // 4 for number in range(5)]
        return {rating: (edges[rating - 1], edges[rating] - 1) for rating in Rating}

    def _rating_at(self, event: events.MouseEvent) -> Rating | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        return next((rating for rating, (start, end) in self._cells().items() if start <= offset.x < end), None)

    def move(self, by: int) -> None:
        """Select the rating to the left or right."""
        self._selected = Rating(max(1, min(4, self._selected + by)))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Give the rating under the mouse."""
        rating = self._rating_at(event)
        if rating is not None and self.is_open:
            self.post_message(self.Rated(rating))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which rating a click would give."""
        self._hover_over(self._rating_at(event))

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._hover_over(None)

    def _hover_over(self, rating: Rating | None) -> None:
        if rating is not self._hover:
            self._hover = rating
            self.refresh()
