"""A Deck to YAML that its author would like to have written, and that reads back equal.

Text is quoted where any YAML reader would otherwise show something else than it says. The emitter is PyYAML's own, in
Python: libyaml's escapes every emoji, and the two would not write the same file.
"""

import enum
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import yaml
from yaml.events import MappingStartEvent
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.nodes import Node as YamlNode

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck
from quizzer.deckfile import beside, files, naming
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.questions import SHAPES
from quizzer.deckfile.reading import DECK, FORMAT, parse

HEAD = f"# yaml-language-server: $schema=./{beside.NAME}\n# $schema: ./{beside.NAME}\n"  # VS Code and kin; JetBrains

_STR = "tag:yaml.org,2002:str"
_HALF = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
_LITERAL = re.compile(r"\S(?:[^\r]*\S)?\n?")  # what a `|` block shows as it is
_ESCAPED = re.compile('["\\\\]|[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]')  # by the emitter, between double quotes
_SPACE_AT_END = re.compile(r"[^\S\n]\n")
_SAME_FOR_ALL = re.compile(r"(0|[1-9][0-9]{0,14})|[12][0-9]{3}-[01][0-9](-[0-3][0-9])?", re.ASCII)  # as number or date no other
FLOW_LIST, FLOW_TABLE = 100, 120  # characters, those of keys included, that stay on one line


def save(deck: Deck, path: Path) -> None:
    """See ``quizzer.deckfile.save``."""
    deck = named(deck, stem=path.stem)
    text = dumps(deck, place=str(path))
    draft = parse(DeckText(text), path)
    errors = [problem for problem in draft.log.problems() if problem.severity == "error"]
    if errors:
        raise DeckError(f"{path}: not saved, for it could not be studied: {errors[0].code} {errors[0].message}")
    if draft.deck != deck:
        raise AssertionError(f"{path}: not saved, for it would not read back equal")
    files.replace(path, text.encode())
    beside.keep(path, deck, make=True)


def named(deck: Deck, *, stem: str) -> Deck:
    """Return the deck with every missing id given, as reading it from the file ``stem`` would."""
    missing = [question.text for question in deck.questions if not question.id]
    names = naming.question_ids(missing, taken=[question.id for question in deck.questions if question.id])
    return msgspec.structs.replace(
        deck,
        id=deck.id or naming.deck_id(stem),
        questions=tuple(question if question.id else msgspec.structs.replace(question, id=next(names)) for question in deck.questions),
    )


def dumps(deck: Deck, *, place: str = "deck") -> str:
    """Return the deck as YAML; the same deck always as the same text.

    Raises:
        DeckError: a text holds half a character (a lone surrogate), which no file can; ``place`` stands before the message.
    """
    _refuse_halves(deck, place)
    fields: list[tuple[YamlNode, YamlNode]] = [(_text("format"), _text(str(FORMAT)))]
    fields += fields_of(deck, list(DECK.readers))
    questions: list[YamlNode] = [
        MappingNode("tag:yaml.org,2002:map", fields_of(question, order_of(type(question))), flow_style=False) for question in deck.questions
    ]
    fields.append((_text("questions"), SequenceNode("tag:yaml.org,2002:seq", questions, flow_style=not questions)))
    root = MappingNode("tag:yaml.org,2002:map", fields, flow_style=False)
    return HEAD + serialized(root)


def serialized(root: YamlNode) -> str:
    """Return a tree as text, in the manner of the house."""
    return str(yaml.serialize(root, Dumper=_Dumper, allow_unicode=True, width=1 << 30))


def is_plain(text: str) -> bool:
    """Say whether every YAML reader shows the unquoted ``text`` as it is, if YAML allows it unquoted at all."""
    if _SAME_FOR_ALL.fullmatch(text):
        return True
    return _tag(text) == _STR


def is_literal(text: str) -> bool:
    """Say whether a text of several lines is written as a ``|`` block, which shows it as it is; else it stands in quotes, on one."""
    return bool(_LITERAL.fullmatch(text)) and text.replace("\n", "").isprintable() and not _SPACE_AT_END.search(text)


def quoted_if_needed(text: str, *, flow: bool = False) -> str:
    """Return ``text`` on one line as the emitter writes it: in quotes, unless it can do without; ``flow``: between brackets."""
    found: Any = _ASKED.analyze_scalar(text)
    if (found.allow_flow_plain if flow else found.allow_block_plain) and not found.multiline and is_plain(text):
        return text
    if found.allow_single_quoted and not found.multiline and not _shows_in_double(text):
        return "'" + text.replace("'", "''") + "'"
    stream = io.StringIO()
    _Dumper(stream, allow_unicode=True, width=1 << 30).write_double_quoted(text, split=False)
    return stream.getvalue()


def _shows_in_double(text: str) -> bool:
    """Say whether ``text`` stands between double quotes as it is, without a backslash: the emitter escapes what is beyond the BMP there."""
    return not _ESCAPED.search(text)


def _tag(text: str) -> str:
    """Return what other YAML readers take the unquoted ``text`` for."""
    return str(_RESOLVER.resolve(ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call]


class _Dumper(yaml.SafeDumper):
    """PyYAML's emitter with lists indented below their key, and a blank line between questions."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode and _SAME_FOR_ALL.fullmatch(value):
            return _STR
        return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]

    def expect_block_sequence_item(self, first: bool = False) -> None:
        if not first and self.indent == 2 and isinstance(self.event, MappingStartEvent):
            if self.column:
                self.write_line_break()
            self.write_line_break()
        super().expect_block_sequence_item(first)

    def choose_scalar_style(self) -> Any:
        style = super().choose_scalar_style()
        value: str = self.event.value  # type: ignore[union-attr]
        asked = getattr(self.event, "style", None) == "'" and "'" not in value  # by an author, whose way of quoting stays
        return '"' if style == "'" and not asked and _shows_in_double(value) else style


_RESOLVER = yaml.resolver.Resolver()
_ASKED = _Dumper(io.StringIO(), allow_unicode=True)
_SHARED = set.intersection(*(set(shape.readers) for shape in SHAPES.values()))


def order_of(kind: type[msgspec.Struct]) -> list[str]:
    """Return the keys of a question in the order they are written: its id, its stem, what is its kind's own, what every kind may have."""
    keys = list(SHAPES[kind].readers)
    own = [key for key in keys if key not in _SHARED]
    return ["id", *sorted(own, key=lambda key: key != "question"), *(key for key in keys if key in _SHARED and key != "id")]


def fields_of(struct: msgspec.Struct, keys: list[str]) -> list[tuple[YamlNode, YamlNode]]:
    """Return what a struct says beyond its defaults, as keys and values in the order of ``keys``."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(struct)}
    return [(_text(key), node_of(getattr(struct, key), key)) for key in keys if getattr(struct, key) != defaults[key]]


def node_of(value: Any, key: str) -> YamlNode:
    """Return the value of the key ``key`` as it is written: short lists and mappings on one line."""
    if isinstance(value, enum.Enum):
        return _text(str(value.value))
    if isinstance(value, bool):
        return ScalarNode("tag:yaml.org,2002:bool", "true" if value else "false")
    if isinstance(value, int):
        return _text(str(value))
    if isinstance(value, float):
        return ScalarNode(_tag(repr(value)), repr(value))
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        if key == "match" and not value:  # as it is being written
            return MappingNode("tag:yaml.org,2002:map", [], flow_style=True)
        if key == "evidence" and len(value) == 1:
            return node_of(value[0], key)
        if value and isinstance(value[0], tuple):
            return MappingNode("tag:yaml.org,2002:map", [(_text(left), _text(right)) for left, right in value], flow_style=False)
        nodes = [node_of(one, key) for one in value]
        flow = all(isinstance(one, str) for one in value) and short(value, FLOW_LIST)
        return SequenceNode("tag:yaml.org,2002:seq", nodes, flow_style=flow)
    fields = fields_of(value, [field.name for field in msgspec.structs.fields(value)])
    if len(fields) == 1 and fields[0][0].value == getattr(value, "alone", ""):
        return fields[0][1]
    nodes = [node for _, node in fields]
    inner = [key.value for key, _ in fields] + [
        one.value for node in nodes for one in (node.value if isinstance(node, SequenceNode) else [node])
    ]
    flow = (
        key != "sources"
        and not any(isinstance(node, SequenceNode | MappingNode) and not node.flow_style for node in nodes)
        and short(inner, FLOW_TABLE)
    )
    return MappingNode("tag:yaml.org,2002:map", fields, flow_style=flow)


def _text(text: str) -> ScalarNode:
    style = None
    if _BREAK.search(text):
        style = "|" if is_literal(text) else '"'
    return ScalarNode(_STR, text, style=style)


def short(texts: Iterable[str], longest: int) -> bool:
    """Say whether these texts, a comma behind each, take up at most ``longest`` characters and none is of several lines."""
    texts = list(texts)
    return sum(len(text) + 2 for text in texts) <= longest and not any(_BREAK.search(text) for text in texts)


def _refuse_halves(deck: Deck, place: str) -> None:
    """Raise for the first text that cannot be encoded."""
    for text, where in _texts(deck, ""):
        half = _HALF.search(text)
        if half:
            code = ord(half[0])
            raise DeckError(f"{place}: {where} {quoted(text)} holds U+{code:04X}, half of a character that no file can hold. Remove it.")


def _texts(value: Any, where: str) -> Any:
    if isinstance(value, str):
        yield value, where
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one, where)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name), f"`{name}`")
