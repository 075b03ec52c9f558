"""Where everything in a deck's text begins and ends: what ``revise`` edits.

``nodes`` keeps one offset a node, which is what reading and its messages need; editing needs ends too, and pays for them only
when a file is edited. The text must be one that ``nodes.compose`` took.
"""

import re
from typing import Any

import msgspec
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from quizzer.deckfile.nodes import fastest_parser

_LINE_END = re.compile(r"\r\n|\n|\r")
_LAST_LINE_END = re.compile(r"(?:\r\n|\n|\r)\Z")
_DASH = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]*(-)(?=\s)")
_ANCHOR = re.compile(r"^&\S+\s+")


class Spot(msgspec.Struct, gc=False):
    """A node where it is written: ``text[start:end]``, without the comments and blank lines behind it.

    ``kind`` is "text", "items", "table" or "alias"; ``style`` a scalar's quote or block sign, empty for plain ones; ``flow``:
    written in brackets or braces.
    """

    kind: str
    start: int
    end: int
    style: str = ""
    flow: bool = False
    children: list["Spot"] = []
    value: str = ""

    @property
    def pairs(self) -> list[tuple["Spot", "Spot"]]:
        """A table's keys and values."""
        return list(zip(self.children[::2], self.children[1::2], strict=True))

    def pair(self, key: str) -> "tuple[Spot, Spot] | None":
        """Return the pair of this key, as it is written."""
        return next(((name, value) for name, value in self.pairs if name.kind == "text" and name.value == key), None)


def spots(text: str) -> Spot:
    """Return the root of ``text``."""
    parser: Any = fastest_parser()(text)
    root = Spot("items", 0, 0)
    stack = [root]
    for event in iter(parser.get_event, None):
        kind = type(event)
        if kind is ScalarEvent:
            start, end = event.start_mark.index, event.end_mark.index
            style = event.style or ""
            if style in ("|", ">"):
                written = text[start:end]
                kept = "+" in _LINE_END.split(written)[0]  # blank lines at its end are part of it
                end = start + len(_LAST_LINE_END.sub("", written) if kept else written.rstrip())
            stack[-1].children.append(Spot("text", start, end, style, value=event.value))
        elif kind is AliasEvent:
            stack[-1].children.append(Spot("alias", event.start_mark.index, event.end_mark.index))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            spot = Spot("table" if kind is MappingStartEvent else "items", event.start_mark.index, -1, flow=event.flow_style, children=[])
            stack[-1].children.append(spot)
            stack.append(spot)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            spot = stack.pop()
            spot.end = event.end_mark.index if spot.flow else max((child.end for child in spot.children), default=spot.start)
    return root.children[0]


def dash_of(text: str, items: Spot, at: int) -> int:
    """Return where the dash of an item of a list stands; where it has none, the item itself."""
    begin = items.children[at - 1].end if at else items.start
    found = _DASH.search(text[begin : items.children[at].start])
    return begin + found.start(1) if found else items.children[at].start


def without_aliases(text: str) -> str:
    """Return ``text`` with each alias written out, where that is possible on its line: what it stands for may then change or move."""
    known: dict[str, str] = {}
    pieces, at = [], 0
    opened: list[tuple[str | None, int, bool]] = []
    parser: Any = fastest_parser()(text)
    for event in iter(parser.get_event, None):
        kind, start, end = type(event), event.start_mark.index, event.end_mark.index
        if kind is AliasEvent and event.anchor in known:
            pieces += [text[at:start], known[event.anchor]]
            at = end
        elif kind is ScalarEvent and event.anchor and event.style not in ("|", ">"):
            known[event.anchor] = _ANCHOR.sub("", text[start:end])
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            opened.append((event.anchor, start, event.flow_style))
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            anchor, begin, flow = opened.pop()
            if anchor and flow:
                known[anchor] = _ANCHOR.sub("", text[begin:end])
    return "".join([*pieces, text[at:]])
