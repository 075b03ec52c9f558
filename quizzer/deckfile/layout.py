"""A tree of nodes as text: every entry on a line of its own, two spaces further in than what it belongs to, its comments with it.

Knows no decks, but that questions and sources stand apart.
"""

import msgspec

from quizzer.deckfile import scalars
from quizzer.deckfile.annotated import Comment, Entry, Knot

_APART = ("questions", "sources")


class _Space(msgspec.Struct, frozen=True):
    """How many blank lines may stand before an entry, and at least do; and how many between its comments."""

    least: int = 0
    most: int = 0
    between: int = 0


_NONE, _ROOT, _LIST = _Space(), _Space(0, 1, 1), _Space(1, 2, 1)


def written(root: Knot) -> str:
    """Return the text of a deck whose root is ``root``, with \\n at the end of every line."""
    writer = _Writer()
    writer.entries(root, 0, _ROOT)
    return "\n".join(writer.lines) + "\n"


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def entries(self, knot: Knot, column: int, space: _Space = _NONE) -> None:
        """Write what a list or mapping holds, each entry beginning at ``column``."""
        for number, entry in enumerate(knot.entries):
            beside = [comment.text for comment in entry.beside]
            above = [*entry.above, *(Comment(text, 0) for text in beside[:-1])]
            least, most = (space.least, space.most) if number else (0, 0)
            for comment in above:
                self._line(column, comment.text, blank=min(max(comment.blank, least), most))
                least, most = 0, space.between
            self.lines += [""] * min(max(entry.blank, least), most)
            if entry.key is None:
                self._item(entry.value, column, beside[-1:])
            else:
                self._pair(entry.key, entry.value, column, beside[-1:], apart=column == 0)
        for comment in knot.below:
            self._line(column, comment.text, blank=min(comment.blank, space.between))

    def _item(self, knot: Knot, column: int, beside: list[str]) -> None:
        if knot.flow or knot.kind not in ("table", "items") or knot.anchor:
            self._value("-", knot, column, beside)
            return
        begin = len(self.lines)
        self.entries(knot, column + 2)
        self.lines[begin] = f"{' ' * column}- {self.lines[begin][column + 2 :]}"

    def _pair(self, key: Knot, value: Knot, column: int, beside: list[str], *, apart: bool) -> None:
        if key.kind == "text" and scalars.is_long_key(key.value):
            self._value("?", key, column, [])
            self._value(":", value, column, beside)
            return
        name = _behind(_properties(key), scalars.one_line(key)) if key.kind == "text" else f"*{key.value} "
        space = _LIST if apart and key.value in _APART else _NONE
        self._value(f"{name}:", value, column, beside, space)

    def _value(self, lead: str, knot: Knot, column: int, beside: list[str], space: _Space = _NONE) -> None:
        """Write a value behind ``lead``: a dash, or a key and its colon."""
        lead = _behind(lead, _properties(knot))
        if knot.kind in ("table", "items") and not knot.flow and knot.entries:
            self._line(column, _with(lead, beside))
            self.entries(knot, column + 2, space)
            return
        if knot.kind != "text":
            self._line(column, _with(_behind(lead, _bracketed(knot)), beside))
            return
        first, more = scalars.written(knot)
        is_block = bool(more) and first[0] in "|>"
        self._line(column, _with(_behind(lead, first), beside if is_block or not more else []))
        for number, line in enumerate(more):
            self._line(column + 2, _with(line, beside) if not is_block and number == len(more) - 1 else line)

    def _line(self, column: int, text: str, *, blank: int = 0) -> None:
        self.lines += [""] * blank
        self.lines.append(" " * column + text if text else "")


def _bracketed(knot: Knot) -> str:
    """Return a node on one line, without its anchor."""
    if knot.kind == "alias":
        return f"*{knot.value}"
    if knot.kind == "text":
        return scalars.one_line(knot, flow=True)
    if knot.kind == "items":
        return f"[{', '.join(_between(one.value) for one in knot.entries)}]"
    return "{" + ", ".join(f"{_key(one)}: {_between(one.value)}" for one in knot.entries) + "}"


def _between(knot: Knot) -> str:
    return _behind(_properties(knot), _bracketed(knot))


def _key(entry: Entry) -> str:
    assert entry.key is not None
    if entry.key.kind == "alias":
        return f"*{entry.key.value} "
    shown = _between(entry.key)
    return f"? {shown} " if scalars.is_long_key(entry.key.value) else shown


def _properties(knot: Knot) -> str:
    return f"&{knot.anchor}" if knot.anchor else ""


def _behind(lead: str, text: str) -> str:
    return f"{lead} {text}" if lead and text else lead or text


def _with(line: str, beside: list[str]) -> str:
    return f"{line}  {beside[0]}" if beside else line
