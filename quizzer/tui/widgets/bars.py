"""Bars of block characters: figures at a glance."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from quizzer.tui.widgets.lines import Lines
from quizzer.tui.widgets.text import Piece, columns, hang, one_line

_EIGHTHS = " ▏▎▍▌▋▊▉█"


class Bar(NamedTuple):
    """One bar: its name, its value, how the value is written, and its colour."""

    label: str
    value: float
    written: str
    style: str = "$primary"


def blocks(value: float, *, most: float, width: int) -> str:
    """Return a bar of at most ``width`` cells for ``value`` out of ``most``, to an eighth of a cell; something above 0 is seen."""
    if most <= 0 or value <= 0 or width <= 0:
        return ""
    eighths = max(1, round(min(value / most, 1.0) * width * 8))
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


class Bars(Lines):
    """Horizontal bars, one a line, on one scale."""

    DEFAULT_CSS = """
    Bars { width: 100%; }
    """

    def __init__(self, bars: Sequence[Bar] = (), *, most: float | None = None, id: str | None = None) -> None:  # noqa: A002 - Textual's
        super().__init__(id=id)
        self._bars, self._most = tuple(bars), most

    def show(self, bars: Sequence[Bar], *, most: float | None = None) -> None:
        """Show ``bars``; ``most`` is the value of a full one (the largest of them when None)."""
        self._bars, self._most = tuple(bars), most
        self.relay()

    def lay_out(self, width: int) -> list[Content]:  # noqa: D102 - Lines'
        if not self._bars:
            return []
        most = self._most if self._most is not None else max(bar.value for bar in self._bars)
        figures = max(len(bar.written) for bar in self._bars)
        labels = max(0, min(24, max(len(bar.label) for bar in self._bars), width - figures - 4))
        room = max(0, min(48, width - labels - figures - 4))
        lines = []
        for bar in self._bars:
            body: list[Piece] = [(blocks(bar.value, most=most, width=room).ljust(room), bar.style)]
            cells = [(Content.styled(one_line(bar.label), "$quiet"), labels, False), (Content.assemble(*body), room, False)]
            lines.append(columns([*cells, (Content(bar.written), figures, True)]))
        return lines


class Days(Lines):
    """A figure for each of many days as upright bars, with a word under the first and the last."""

    HEIGHT = 4

    def __init__(self, values: Sequence[int], *, first: str, last: str, style: str) -> None:
        super().__init__()
        self._values, self._first, self._last, self._style = tuple(values), first, last, style

    def lay_out(self, width: int) -> list[Content]:  # noqa: D102 - Lines'
        cell = 2 if width >= 2 * len(self._values) else 1
        values = self._values[: max(1, width // cell)]
        most = max(values, default=0)
        rows: list[str] = []
        heights = [max(1, round(value / most * self.HEIGHT * 8)) if value else 0 for value in values]
        for floor in range((self.HEIGHT - 1) * 8 if most else 0, -1, -8):
            tips = [" ▁▂▃▄▅▆▇█"[max(0, min(8, height - floor))] for height in heights]
            rows += ["".join(tip.ljust(cell) for tip in tips)]
        span = len(values) * cell - (cell - 1)
        foot = self._first + self._last.rjust(max(0, span - len(self._first)))
        top = f" {most}" if most and width >= span + 2 + len(str(most)) else ""
        lines = [Content.styled(row, self._style) for row in rows]
        lines[0] = Content.assemble(lines[0], (top, "$quiet"))
        return [*lines, Content.styled("─" * span, "$faint"), Content.styled(foot[: max(span, len(foot))], "$quiet")]


class Shares(Lines):
    """One bar cut into shares, and what each is."""

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__()
        self._bars = tuple(bar for bar in bars if bar.value > 0)

    def lay_out(self, width: int) -> list[Content]:  # noqa: D102 - Lines'
        total = sum(bar.value for bar in self._bars)
        if not total:
            return []
        room, done, parts = min(width, 72), 0.0, []
        for bar in self._bars:
            start = round(done / total * room)
            done += bar.value
            parts.append(("█" * (round(done / total * room) - start), bar.style))
        legend: list[Piece] = []
        for bar in self._bars:
            legend += [("   " if legend else ""), ("■ ", bar.style), (bar.written, "bold"), (f" {bar.label}", "$quiet")]
        return [Content.assemble(*parts), *hang(Content(""), Content.assemble(*legend), width=width)]
