"""A deck's text as a tree that knows its comments: each belongs to what it stands above, behind or, at the end of a list, below.

The comments are what PyYAML's parser passes over: the gaps between its events are searched for them. A comment behind something on
its line belongs to that; one on a line of its own to what follows, unless it is indented further than that: then it is the last
word of the list or of the keys that end there. The text must be one that ``nodes.compose`` took.
"""

import re
from typing import Any

import msgspec
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent, StreamEndEvent

from quizzer.deckfile.nodes import fastest_parser

BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_GAP = re.compile("(?P<comment>#[^\n\r\x85\u2028\u2029]*)|(?P<break>\r\n|[\n\r\x85\u2028\u2029])|[&!*%]\\S*|[^#&!*%\\s\x85\u2028\u2029]+|.")
_SIGN = re.compile(r"[-?](?=\s|\Z)")
_PROPERTIES = re.compile("(?:[&!]\\S*|#[^\n\r\x85\u2028\u2029]*|[\\s\x85\u2028\u2029])*")
_ENDS = " \t\r\n\x85\u2028\u2029"
_IN_HEADER = re.compile("[|>][-+0-9]*[ \\t]*(#[^\n\r\x85\u2028\u2029]*)")


class Comment(msgspec.Struct):
    """A comment from its # on, without blanks at its end; ``blank``: how many blank lines stand above it, where it is alone on its line."""

    text: str
    start: int
    blank: int = 0


class Entry(msgspec.Struct):
    """What stands behind a dash (then ``key`` is None), or a key and its value; ``blank``: the blank lines right above it."""

    value: "Knot"
    key: "Knot | None" = None
    above: list[Comment] = []
    beside: list[Comment] = []
    blank: int = 0


class Knot(msgspec.Struct):
    """A node: ``kind`` is "text", "alias", "items" or "table".

    Of a text ``value`` is what it says, ``source`` how it is written and ``style`` its quote or block sign; of an alias ``value`` is
    the name. ``below`` are the comments behind the last entry.
    """

    kind: str
    start: int = 0
    value: str = ""
    source: str = ""
    style: str = ""
    flow: bool = False
    anchor: str = ""
    literally: bool = False  # written as it is, without quotes: a truth or a number
    entries: list[Entry] = []
    below: list[Comment] = []

    def get(self, name: str) -> Entry | None:
        """Return the entry of the key ``name``."""
        return next((one for one in self.entries if one.key is not None and one.key.kind == "text" and one.key.value == name), None)


def annotated(text: str) -> Knot:
    """Return the root of ``text``."""
    return _Reader(text).read()


def comments(knot: Knot) -> list[str]:
    """Return all comments in and below the node, sorted."""
    found = [comment.text for comment in knot.below]
    for entry in knot.entries:
        found += [comment.text for comment in (*entry.above, *entry.beside)]
        found += comments(entry.value)
        found += comments(entry.key) if entry.key else []
    return sorted(found)


class _Open(msgspec.Struct):
    """A list or mapping whose end has not come: the entry it is the value of, its column, the entry whose value is still to come."""

    knot: Knot
    holder: Entry | None
    column: int = -1
    waiting: Entry | None = None


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.breaks = [sign for sign in "\n\r\x85\u2028\u2029" if sign in text]
        self.at = 0  # all before this is read
        self.owner: Entry | None = None  # what ends there
        self.blank = 0  # blank lines above the block that was opened last
        self.pending: list[tuple[Comment, int]] = []  # comments that wait for what follows, with their columns
        self.closed: list[_Open] = []  # blocks that ended there, the innermost first
        self.stack: list[_Open] = []
        self.root = Knot("text")

    def read(self) -> Knot:
        parser: Any = fastest_parser()(self.text)
        for event in iter(parser.get_event, None):
            kind = type(event)
            if kind is ScalarEvent or kind is AliasEvent:
                knot, end, inner = self._leaf(event)
                entry = self._place(event.start_mark.index, knot)
                if entry is not None:
                    entry.above += inner
                    header = _IN_HEADER.match(knot.source) if knot.style in ("|", ">") else None
                    if header:
                        entry.beside.append(Comment(header[1].rstrip(), event.start_mark.index))
                self.at, self.owner = end, entry
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                name = "table" if kind is MappingStartEvent else "items"
                flow = bool(event.flow_style)
                knot = Knot(name, event.start_mark.index, flow=flow, anchor=event.anchor or "")
                entry = self._place(event.start_mark.index, knot)
                self.stack.append(_Open(knot, entry))
                self.at = event.start_mark.index
                self.owner = entry if flow or event.anchor or event.tag else None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                ended = self.stack.pop()
                if ended.knot.flow:
                    self._gap(event.start_mark.index)
                    ended.knot.below += [comment for comment, _ in self.pending]
                    self.pending = []
                    self.at, self.owner = event.end_mark.index, ended.holder
                else:
                    self.closed.append(ended)
            elif kind is StreamEndEvent:
                self._gap(len(self.text))
                self.root.below += self._above(-1)
        return self.root

    def _leaf(self, event: Any) -> tuple[Knot, int, list[Comment]]:
        """Return a text or alias, where it ends, and the comments between its anchor and itself."""
        start, end = event.start_mark.index, event.end_mark.index
        if type(event) is AliasEvent:
            return Knot("alias", start, str(event.anchor)), end, []
        source, inner = self.text[start:end], []
        if event.anchor is not None or event.tag is not None:
            before = _PROPERTIES.match(source)
            assert before is not None
            source = source[before.end() :]
            inner = [Comment(one[0].rstrip(), start + one.start()) for one in re.finditer("(?<!\\S)#[^\n\r\x85\u2028\u2029]*", before[0])]
        style = event.style or ""
        if style in ("|", ">"):
            end -= len(source) - len(source.rstrip(_ENDS))
        return Knot("text", start, event.value, source, style, anchor=event.anchor or ""), end, inner

    def _place(self, start: int, knot: Knot) -> Entry | None:
        """Hang the node where it belongs; return its entry, None for the root."""
        sign, blank = self._gap(start)
        blank, self.blank = max(blank, self.blank), blank
        if not self.stack:
            self.root = knot
            return None
        parent = self.stack[-1]
        if parent.knot.kind == "table" and parent.waiting is not None:
            entry, parent.waiting = parent.waiting, None
            entry.value = knot
            if knot.flow or knot.kind in ("text", "alias"):
                entry.above += [comment for comment, _ in self.pending]
                self.pending, self.blank = [], 0
            self.closed = []
            return entry
        is_item = parent.knot.kind == "items"
        column = -1 if parent.knot.flow else self._column(sign)
        entry = Entry(knot, above=self._above(column), blank=blank)
        self.blank = 0
        if parent.column < 0:
            parent.column = column
        if not is_item:
            entry.key, entry.value = knot, Knot("text")
            parent.waiting = entry
        parent.knot.entries.append(entry)
        return entry

    def _above(self, column: int) -> list[Comment]:
        """Return the comments above what begins in ``column``; those further in go below what ended."""
        above: list[Comment] = []
        for comment, where in self.pending:
            fitting = next((number for number, one in enumerate(self.closed) if one.column <= where), None)
            if above or fitting is None or where <= column:
                above.append(comment)
                continue
            while fitting + 1 < len(self.closed) and self.closed[fitting + 1].column == self.closed[fitting].column:
                fitting += 1
            self.closed = self.closed[fitting:]  # none that follows goes further in again
            self.closed[0].knot.below.append(comment)
        self.pending, self.closed = [], []
        return above

    def _gap(self, end: int) -> tuple[int, int]:
        """Read on to ``end``; return where the last dash or question mark stands (else ``end``), and how many blank lines above it."""
        text, begin = self.text[self.at : end], self.at
        self.at = end
        if "#" in text:
            text = self._comments(text, begin)
        sign = len(text)
        if "-" in text or "?" in text:
            sign = max((one.start() for one in _SIGN.finditer(text)), default=sign)
        blank = 0
        if text.count("\n", 0, sign) != 1:
            for piece in reversed(BREAK.split(text[:sign])[0 if begin == 0 else 1 : -1]):
                if piece.strip():
                    break
                blank += 1
        return begin + sign, blank

    def _comments(self, text: str, begin: int) -> str:
        """Take the comments in the gap ``text`` that begins at ``begin``; return it without them, each replaced by as many letters."""
        masked, breaks, same_line, begun = "", 0, self.owner is not None, False
        for piece in _GAP.finditer(text):
            written = piece[0]
            masked += "x" * len(written) if piece["comment"] else written
            if piece["break"]:
                breaks += 1
                same_line = False
            elif piece["comment"]:
                start = begin + piece.start()
                found = Comment(written.rstrip(), start, max(0, breaks - 1))
                if same_line and self.owner is not None:
                    self.owner.beside.append(found)
                else:
                    self.pending.append((found, -1 if begun else self._column(start)))
                breaks = 0
            elif not written.isspace():  # a dash, a comma: what follows has begun
                breaks, begun = 0, True
        return masked

    def _column(self, index: int) -> int:
        return index - max([self.text.rfind(sign, 0, index) + 1 for sign in self.breaks], default=0)
