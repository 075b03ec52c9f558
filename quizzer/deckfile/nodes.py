"""YAML text to a tree of nodes, each knowing where it stands; every scalar is the text it looks like.

Built from the parser's events rather than with PyYAML's composer: that recurses in C (deep nesting ends the process),
resolves tags nobody wants here, and keeps two marks a node where one offset does. Uses libyaml where PyYAML has it.
Aliases share their node; a text whose aliases would unfold to far more than it holds is refused.
"""

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import yaml
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.parser import Parser as _ParserMixin
from yaml.reader import Reader as _ReaderMixin
from yaml.scanner import Scanner as _ScannerMixin

from quizzer.deckfile.broken import in_plain_words
from quizzer.deckfile.problems import Lines, Unreadable

DEEPEST = 32
UNFOLDED = 100_000  # nodes that aliases may add whatever the size of the file
_HALF = re.compile("[\ud800-\udfff]")
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map")} | {"!"}


class Text(msgspec.Struct, gc=False):
    """A scalar, as the text it looks like; ``start`` is its offset in the file."""

    value: str
    start: int


class Items(msgspec.Struct, gc=False):
    """A sequence. ``flow``: written in brackets."""

    nodes: list["Node"]
    start: int
    flow: bool = False


class Table(msgspec.Struct, gc=False):
    """A mapping: its pairs in the order of the file, doubles included. ``flow``: written in braces."""

    pairs: list[tuple["Node", "Node"]]
    start: int
    flow: bool = False


Node = Text | Items | Table
Complain = Callable[[str, int, str], None]


class PureParser(_ReaderMixin, _ScannerMixin, _ParserMixin):
    """PyYAML's parser in Python, for where it was installed without libyaml."""

    def __init__(self, text: str) -> None:
        _ReaderMixin.__init__(self, text)
        _ScannerMixin.__init__(self)
        _ParserMixin.__init__(self)

    def get_event(self) -> Any:
        """Return the next event; like libyaml, refuse an escape that makes half a character or none."""
        no_character = "found invalid Unicode character escape code"
        try:
            event: Any = super().get_event()  # type: ignore[no-untyped-call]
        except (ValueError, OverflowError):  # \UFFFFFFFF reaches chr() unchecked
            raise MarkedYAMLError(problem=no_character, problem_mark=self.get_mark()) from None
        if type(event) is ScalarEvent and _HALF.search(event.value):
            raise MarkedYAMLError(problem=no_character, problem_mark=event.start_mark)  # type: ignore[arg-type]
        return event


def fastest_parser() -> Callable[[str], Any]:
    """Return libyaml's parser, or the one in Python where PyYAML has no libyaml."""
    if yaml.__with_libyaml__:
        from yaml._yaml import CParser

        return CParser
    return PureParser


@contextmanager
def paused_gc() -> Iterator[None]:
    """Keep the cycle collector from walking the growing tree again and again: it holds no cycles, and takes two thirds of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def compose(text: str, complain: Complain, *, parser: Callable[[str], Any] | None = None) -> Node | None:
    """Return the tree of the one document in ``text``; None when there is none.

    Args:
        text: A YAML stream.
        complain: Called with code, offset and message for what can be read past: tags, doubled anchors.
        parser: Made from the text; for tests.

    Raises:
        Unreadable: broken YAML, nested too deep, more than one document, aliases to nothing or to too much.
    """
    try:
        return _compose(text, complain, (parser or fastest_parser())(text))
    except yaml.YAMLError as error:
        raise in_plain_words(error, text) from None


def _compose(text: str, complain: Complain, parser: Any) -> Node | None:
    def stop(code: str, message: str) -> Unreadable:
        line, column = Lines(text).at(event.start_mark.index)
        return Unreadable(code, message, line=line, column=column)

    root: list[Node] = []
    children = root
    # Of every open container: its parent's children, where it starts, its anchor, nodes counted before it, whether flow.
    stack: list[tuple[list[Node], int, str | None, int, bool]] = []
    anchors: dict[str, tuple[Node, int] | None] = {}
    unfolded = copied = documents = 0

    for event in iter(parser.get_event, None):
        kind = type(event)
        if kind is ScalarEvent:
            node: Node = Text(event.value, event.start_mark.index)
            children.append(node)
            if event.tag is not None:
                _check_tag(event, complain)
            if event.anchor is not None:
                anchors[event.anchor] = node, 1
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.tag is not None:
                _check_tag(event, complain)
            if event.anchor is not None:
                anchors[event.anchor] = None
            stack.append((children, event.start_mark.index, event.anchor, unfolded, event.flow_style))
            if len(stack) > DEEPEST:
                raise stop("D006", f"nested more than {DEEPEST} deep; a deck needs five. Is a bracket or dash doubled?")
            children = []
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            inner = children
            children, start, anchor, before, flow = stack.pop()
            unfolded += len(inner)
            is_table = kind is MappingEndEvent
            node = Table(list(zip(inner[::2], inner[1::2], strict=True)), start, flow) if is_table else Items(inner, start, flow)
            children.append(node)
            if anchor is not None:
                anchors[anchor] = node, unfolded - before
        elif kind is AliasEvent:
            if event.anchor not in anchors:
                raise stop("D107", f"`*{event.anchor}` refers to nothing. Put text that begins with * in quotes.")
            known = anchors[event.anchor]
            if known is None:
                raise stop("D107", f"`*{event.anchor}` stands inside what it refers to. Write the value out.")
            children.append(known[0])
            unfolded += known[1]
            copied += known[1]
            if copied > UNFOLDED and copied > 10 * (unfolded - copied):
                raise stop("D007", "aliases that would unfold to far more than the file holds. Write the values out.")
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise stop("D008", "a second document begins here (`---`). Put one deck in a file.")
    return root[0] if root else None


def _check_tag(event: Any, complain: Complain) -> None:
    if event.tag not in _PLAIN_TAGS:
        name = event.tag.replace("tag:yaml.org,2002:", "!!")
        complain("D104", event.start_mark.index, f"the tag `{name}` means nothing in a deck. Remove it, or put the text in quotes.")
