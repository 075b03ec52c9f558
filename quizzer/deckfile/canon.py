"""What a deck's tree of nodes looks like in the one layout: keys in order, ids in their place, lists below their key or beside it.

Changes the tree; the comments in it move with what they belong to. What ``layout`` then writes is a fixed point: done once more,
nothing changes.
"""

import functools
import re

import msgspec
from msgspec import inspect

from quizzer.core.kinds import Deck
from quizzer.core.model import Evidence
from quizzer.deckfile import scalars, writing
from quizzer.deckfile.annotated import BREAK, Comment, Entry, Knot
from quizzer.deckfile.draft import Draft, Item
from quizzer.deckfile.reading import KEYS
from quizzer.deckfile.shapes import BOOLEANS

_IGNORE = re.compile(r"#[ \t]*quizzer:[ \t]*ignore\b", re.IGNORECASE)


def _bare(kind: inspect.Type) -> inspect.Type:
    """Return a type without what is allowed in its place or said about it."""
    match kind:
        case inspect.Metadata():
            return _bare(kind.type)
        case inspect.UnionType(types=(only, inspect.NoneType())):
            return _bare(only)
    return kind


@functools.cache
def types_of(struct: type[msgspec.Struct]) -> dict[str, inspect.Type]:
    """Return what stands behind each key of a struct, the questions of a deck aside."""
    return {field.name: _bare(inspect.type_info(field.type)) for field in msgspec.structs.fields(struct) if field.name != "questions"}


class Canon:
    """Puts the tree of one draft in order. ``sort``: keys may change places (never so where an alias would come before its anchor)."""

    def __init__(self, draft: Draft, root: Knot, *, sort: bool = True) -> None:
        assert draft.file is not None and draft.deck is not None
        self.text = draft.file.text
        self.draft = draft
        self.root = root
        self.sort = sort

    def apply(self, *, deck_id: bool = True) -> list[str]:
        """Put the tree in order; return the ids that were written into it. ``deck_id``: the deck gets one too."""
        draft, root, added = self.draft, self.root, []
        assert draft.deck is not None
        head, gap = _head(root)
        root.flow = False
        if not draft.named and deck_id:
            title = next((at for at, entry in enumerate(root.entries) if _name(entry) == "title"), 0)
            root.entries.insert(title, _id(draft.deck.id))
            added.append(draft.deck.id)
        self._table(root, Deck, list(KEYS))
        items = {item.node.start: item for item in draft.items}
        questions = root.get("questions")
        for entry in questions.value.entries if questions else []:
            added += self._question(entry, items[entry.value.start])
        if questions:
            questions.value.flow = False
        first = root.entries[0]
        if head:
            if first.above:
                first.above[0].blank = gap
            else:
                first.blank = gap
        first.above = head + first.above
        return added

    def _question(self, entry: Entry, item: Item) -> list[str]:
        table, added = entry.value, []
        on_first_line = [
            (pair, comment)
            for pair in table.entries
            for comment in pair.beside
            if _IGNORE.search(comment.text) and not BREAK.search(self.text, table.start, comment.start)
        ]
        for pair, comment in on_first_line:  # it is for the whole question, and stands above it unless that line stays the first
            pair.beside.remove(comment)
        if not item.named:
            table.entries.insert(0, _id(item.question.id))
            added.append(item.question.id)
        table.flow = False
        self._table(table, type(item.question), writing.order_of(type(item.question)))
        for pair, comment in on_first_line:
            (pair.beside if pair is table.entries[0] else entry.above).append(comment)
        _up(entry)
        return added

    def _table(self, table: Knot, struct: type[msgspec.Struct], order: list[str]) -> None:
        """Put the keys of a mapping, and all below them, in order."""
        types = types_of(struct)
        for entry in table.entries:
            assert entry.key is not None
            name = _name(entry)
            if name in types:
                self._value(entry, name, types[name])
        if self.sort and all(_name(entry) in order for entry in table.entries):
            table.entries.sort(key=lambda entry: order.index(_name(entry)))

    def _value(self, entry: Entry, name: str, kind: inspect.Type) -> None:
        knot = entry.value
        match kind:
            case inspect.BoolType() | inspect.IntType() | inspect.FloatType() if knot.kind == "text":
                if knot.value:
                    knot.value, knot.literally = _number(knot.value, kind), True
            case inspect.StructType():
                self._struct(entry, name, kind.cls)
            case inspect.VarTupleType(item_type=inspect.TupleType()):
                knot.flow = knot.flow and not knot.entries
            case inspect.VarTupleType() if isinstance(_bare(kind.item_type), inspect.StructType):
                self._structs(entry, name, _bare(kind.item_type).cls)  # type: ignore[attr-defined]
            case inspect.VarTupleType() if knot.kind == "items":
                texts = [one.value.value for one in knot.entries]
                knot.flow = self._on_one_line(entry, fits=writing.short(texts, writing.FLOW_LIST))
                _tidy_items(knot)

    def _struct(self, entry: Entry, name: str, struct: type[msgspec.Struct]) -> None:
        table = entry.value
        if table.kind != "table":
            return
        self._table(table, struct, list(types_of(struct)))
        alone = getattr(struct, "alone", "")
        if len(table.entries) == 1 and _name(table.entries[0]) == alone and not table.anchor and not _commented(table):
            entry.value = table.entries[0].value
            return
        values = [one.value for one in table.entries]
        texts = [_name(one) for one in table.entries]
        texts += [text.value for one in values for text in ([item.value for item in one.entries] if one.entries else [one])]
        fits = name != "sources" and writing.short(texts, writing.FLOW_TABLE) and all(map(_is_flat, values))
        table.flow = self._on_one_line(entry, fits=fits)

    def _structs(self, entry: Entry, name: str, struct: type[msgspec.Struct]) -> None:
        knot = entry.value
        if knot.kind == "table" and name == "sources":  # one alone needs no dash, and is given one
            knot = entry.value = Knot("items", knot.start, entries=[Entry(knot)])
        if knot.kind == "table":
            self._struct(entry, name, struct)
            return
        for one in knot.entries:
            self._struct(one, name, struct)
        knot.flow = knot.flow and not knot.entries
        only = knot.entries[0] if len(knot.entries) == 1 and struct is Evidence else None
        if only and not knot.anchor and not _commented(knot, deep=False):
            entry.value = only.value
        else:
            _tidy_items(knot)

    def _on_one_line(self, entry: Entry, *, fits: bool) -> bool:
        """Say whether a list or mapping is written beside its key; what is ignored there stays in the line it is ignored in."""
        knot = entry.value
        if not knot.entries:
            return True
        if _commented(knot) or any(scalars.keeps_block(one.value) for one in knot.entries):
            return False
        if any(_IGNORE.search(comment.text) for comment in (*entry.above, *entry.beside)):
            return knot.flow
        return fits


def _head(root: Knot) -> tuple[list[Comment], int]:
    """Take the comments at the head of the file off its first key; return them, and how many blank lines follow them.

    What tells editors of the schema comes first. Comments right above the key, apart from others above them, are the key's.
    """
    first = root.entries[0]
    assert first.key is not None
    before = [comment for comment in first.above if comment.start < first.key.start]
    inside = first.above[len(before) :]
    lines = [comment for comment in before if is_modeline(comment.text)]
    others = [comment for comment in before if not is_modeline(comment.text)]
    own = max((at for at, comment in enumerate(others) if at and comment.blank), default=len(others)) if not first.blank else len(others)
    gap = others[own].blank if own < len(others) else first.blank
    gap = max([gap, *(comment.blank for comment in lines if others[:own] and comment.start > others[own - 1].start)])
    for comment in (*lines, *others[own : own + 1]):
        comment.blank = 0
    first.blank, first.above = 0, others[own:] + inside
    return lines + others[:own], gap


def is_modeline(comment: str) -> bool:
    """Whether a comment tells an editor which schema the file is of."""
    return bool(_MODELINE.match(comment))


_MODELINE = re.compile(r"#\s*(yaml-language-server:\s*\$schema\s*=|\$schema\s*:)")


def _id(name: str) -> Entry:
    return Entry(Knot("text", value=name), Knot("text", value="id"))


def _name(entry: Entry) -> str:
    return entry.key.value if entry.key is not None and entry.key.kind == "text" else ""


def _number(text: str, kind: inspect.Type) -> str:
    if isinstance(kind, inspect.BoolType):
        return "true" if BOOLEANS[text] else "false"
    return str(int(text)) if isinstance(kind, inspect.IntType) else repr(float(text))


def _commented(knot: Knot, *, deep: bool = True) -> bool:
    """Whether comments stand inside; ``deep``: also inside of what is inside."""
    if knot.below or any(one.above or one.beside for one in knot.entries):
        return True
    return deep and any(_commented(one.value) or (one.key is not None and _commented(one.key)) for one in knot.entries)


def _is_flat(knot: Knot) -> bool:
    """Whether it can stand between braces: a text that is not empty, or a list in brackets."""
    return knot.flow if knot.kind in ("items", "table") else bool(knot.value) or bool(knot.style)


def _tidy_items(knot: Knot) -> None:
    for entry in knot.entries:
        _up(entry)


def _up(entry: Entry) -> None:
    """Put above an item what cannot stand beside or in its first line."""
    knot = entry.value
    if knot.kind != "table" or knot.flow:
        return
    entry.above += entry.beside
    entry.beside = []
    if not knot.anchor:
        first = knot.entries[0]
        entry.above += first.above + first.beside[:-1]
        first.above, first.beside = [], first.beside[-1:]
