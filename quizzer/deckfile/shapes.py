"""Nodes to structs: which keys a struct has, and what may stand behind each, read off the struct itself.

Knows nothing of decks or questions. What does not fit is noted where it stands, and reading goes on.
"""

import difflib
import enum
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

import msgspec
from msgspec import UNSET, inspect

from quizzer.deckfile.log import Log
from quizzer.deckfile.nodes import Items, Node, Table, Text
from quizzer.deckfile.problems import quoted

Reader = Callable[[Node, str, Log], Any]  # node, key, log → the value, or UNSET when it does not fit and that was noted

# Yes and no are booleans to YAML 1.1, which some editors read, and texts to YAML 1.2; here the two mean the same.
BOOLEANS = {
    form: value
    for word, value in {"true": True, "false": False, "yes": True, "no": False}.items()
    for form in (word, word.capitalize(), word.upper())
}

# What people write who come from other programs.
_ALSO_CALLED = {
    "options": "distractors",
    "choices": "distractors",
    "wrong": "distractors",
    "stem": "question",
    "prompt": "question",
    "text": "question",
    "front": "question",
    "key": "answer",
    "correct": "answer",
    "solution": "answer",
    "back": "answer",
    "aliases": "accept",
    "alternatives": "accept",
    "hint": "hints",
    "feedback": "explanation",
    "name": "title",
    "items": "questions",
    "cards": "questions",
}


def pick(table: Table, log: Log) -> dict[str, Node]:
    """Return the values of the mapping by key; of a doubled key the first, and the second is noted with both places."""
    found: dict[str, Node] = {}
    for key, node in table.pairs:
        if type(key) is not Text:
            log.add("D105", key, "a key must be one text, and this is a list or keys and values. Put it in quotes if it is text.")
        elif key.value in found:
            first = f"; first at {log.place(key_node(table, key.value))}" if not log.crowded else ""
            log.add("D101", key, f"the key {quoted(key.value)} stands here again{first}. Keep one of the two.")
        else:
            found[key.value] = node
    return found


def key_node(table: Table, name: str) -> Node:
    """Return the node of the key ``name``, or the mapping's own when it has none."""
    for key, _ in table.pairs:
        if type(key) is Text and key.value == name:
            return key
    return table


def value_node(table: Table, name: str) -> Node:
    """Return the node behind the key ``name``, or the mapping's own when it has none."""
    for key, value in table.pairs:
        if type(key) is Text and key.value == name:
            return value
    return table


def unknown_keys(table: Table, known: Collection[str], log: Log, *, passed: Collection[str] = ()) -> set[str]:
    """Note every key that is neither known nor passed over; return those that were probably meant."""
    guesses = {
        _unknown_key(key, sorted(known), log)
        for key, _ in table.pairs
        if isinstance(key, Text) and key.value not in known and key.value not in passed
    }
    return {guess for guess in guesses if guess}


def _unknown_key(key: Text, known: list[str], log: Log) -> str | None:
    name = key.value
    if name == "<<":
        log.add("D106", key, "merge keys (`<<`) are not read. Write the keys out, or use an alias (`*name`) for a value.")
        return None
    if log.crowded or len(name) > 60:
        log.add("D102", key, f"unknown key {quoted(name)}.")
        return None
    near = difflib.get_close_matches(name.strip().casefold(), known, n=1, cutoff=0.6)
    guess = near[0] if near else _ALSO_CALLED.get(name.casefold())
    if guess in known:
        log.add("D102", key, f"unknown key {quoted(name)}: did you mean `{guess}`?")
        return guess
    log.add("D102", key, f"unknown key {quoted(name)}. Known here: {', '.join(known)}.")
    return None


class Shape:
    """How one struct is written: its keys, in their order, and a reader for each."""

    def __init__(self, struct: type[msgspec.Struct], *, without: Iterable[str] = ()) -> None:
        self.struct = struct
        own = [field for field in msgspec.structs.fields(struct) if field.name not in set(without)]
        self.readers: dict[str, Reader] = {field.name: reader_of(inspect.type_info(field.type)) for field in own}
        self.required = [field.name for field in own if field.required]
        self._never_blank = {"id", *self.required, *(field.name for field in own if isinstance(field.default, str) and field.default)}

    def values(self, table: Table, found: dict[str, Node], log: Log) -> dict[str, Any]:
        """Return the values of the known keys that could be read; unknown keys are the caller's to note."""
        values: dict[str, Any] = {}
        for name, node in found.items():
            reader = self.readers.get(name)
            if reader is None:
                continue
            if type(node) is Text and not node.value.strip():
                left_open = not node.value and name not in self.required and name != "id"
                if name in self._never_blank and not left_open:
                    log.add("D108", node, f"`{name}` is empty. Write it{'.' if name in self.required else ', or remove the key.'}")
                    continue
                if left_open:  # as good as left out
                    continue
            value = reader(node, name, log)
            if value is not UNSET:
                values[name] = value
        return values

    def read(self, node: Node, name: str, log: Log) -> Any:
        """Return the struct written at ``node``, or UNSET. Where it has an ``alone`` key, one text stands for that key."""
        alone: str = getattr(self.struct, "alone", "")
        if alone and type(node) is Text and node.value.strip():
            return self.struct(**{alone: node.value})
        if not isinstance(node, Table):
            wanted = ", ".join(f"{key}: …" for key in self.required)
            log.add("D103", node, f"`{name}` is {described(node)}; keys and values are wanted: {{{wanted}}}.")
            return UNSET
        found = pick(node, log)
        guesses = unknown_keys(node, self.readers, log)
        values = self.values(node, found, log)
        for key in self.required:
            if key not in found and key not in guesses:
                log.add("D109", node, f"`{key}` is missing from `{name}`. Add it.")
        if any(key not in values for key in self.required):
            return UNSET
        return self.struct(**values)


def described(node: Node) -> str:
    """Return in words what sort of node it is."""
    if isinstance(node, Text):
        return f"the text {quoted(node.value)}" if node.value else "empty"
    return "a list" if isinstance(node, Items) else "keys and values"


def reader_of(kind: inspect.Type) -> Reader:
    """Return the reader for values of this type.

    Raises:
        TypeError: a struct has a field of a type that decks have no way to write yet.
    """
    match kind:
        case inspect.Metadata():
            return reader_of(kind.type)
        case inspect.UnionType(types=(only, inspect.NoneType())):
            return reader_of(only)
        case inspect.StrType():
            return _read_text
        case inspect.BoolType():
            return _read_bool
        case inspect.EnumType():
            return _read_enum(kind.cls)
        case inspect.IntType():
            return _read_number(int, r"[+-]?[0-9]{1,15}", "a whole number", kind)
        case inspect.FloatType():
            return _read_number(float, r"[+-]?[0-9]{0,15}(\.[0-9]{0,17})?", "a number", kind)
        case inspect.StructType():
            return Shape(kind.cls).read
        case inspect.VarTupleType(item_type=inspect.TupleType()):
            return _read_pairs(kind.min_length or 0)
        case inspect.VarTupleType():
            return _read_list(kind)
    raise TypeError(f"decks have no way to write {kind}")


def _read_text(node: Node, name: str, log: Log) -> Any:
    if type(node) is Text:
        return node.value
    log.add("D103", node, f"`{name}` is {described(node)}; one text is wanted. A text that begins with a bracket must stand in quotes.")
    return UNSET


def _read_bool(node: Node, name: str, log: Log) -> Any:
    if type(node) is Text and (value := BOOLEANS.get(node.value)) is not None:
        return value
    shown = quoted(node.value) if isinstance(node, Text) else described(node)
    log.add("D110", node, f"`{name}` is true or false here, not {shown}.")
    return UNSET


def _read_enum(cls: type[enum.Enum]) -> Reader:
    values = {member.value: member for member in cls}

    def read(node: Node, name: str, log: Log) -> Any:
        if type(node) is Text and node.value in values:
            return values[node.value]
        shown = quoted(node.value) if isinstance(node, Text) else described(node)
        near = difflib.get_close_matches(node.value.casefold(), values, n=1) if isinstance(node, Text) else []
        remedy = f"Did you mean `{near[0]}`?" if near else f"Write one of {', '.join(values)}."
        log.add("D110", node, f"`{name}` cannot be {shown}. {remedy}")
        return UNSET

    return read


def _read_number(make: type[int] | type[float], form: str, noun: str, kind: inspect.IntType | inspect.FloatType) -> Reader:
    pattern = re.compile(form)
    least, most = kind.ge, kind.le
    span = f" from {least} to {most}" if most is not None else f", {least} or more" if least is not None else ""

    def read(node: Node, name: str, log: Log) -> Any:
        if type(node) is Text and pattern.fullmatch(node.value) and any(c.isdigit() for c in node.value):
            value = make(node.value)
            if (least is None or value >= least) and (most is None or value <= most):
                return value
        shown = quoted(node.value) if isinstance(node, Text) else described(node)
        log.add("D111", node, f"`{name}` is {noun}{span}, not {shown}.")
        return UNSET

    return read


def _read_pairs(least: int) -> Reader:
    def read(node: Node, name: str, log: Log) -> Any:
        if not isinstance(node, Table):
            remedy = "Remove the dashes." if isinstance(node, Items) else "Begin a line with a left, a colon and its right."
            log.add("D103", node, f"`{name}` is {described(node)}; pairs are wanted, each written `left: right`. {remedy}")
            return UNSET
        found = pick(node, log)
        if len(node.pairs) < least:
            log.add("D112", node, f"`{name}` has {len(node.pairs)}; it needs {least} at the least.")
            return UNSET
        sound = len(found) == len(node.pairs)
        for left, right in found.items():
            if not left.strip() or (isinstance(right, Text) and not right.value.strip()):
                log.add("D108", key_node(node, left), f"an empty text in `{name}`. Write it, or remove it.")
                sound = False
            elif not isinstance(right, Text):
                log.add("D103", right, f"what goes with {quoted(left)} is {described(right)}; one text is wanted.")
                sound = False
        return tuple((left, right.value) for left, right in found.items() if isinstance(right, Text)) if sound else UNSET

    return read


def _read_list(kind: inspect.VarTupleType) -> Reader:
    read_one = reader_of(kind.item_type)
    of_text = read_one is _read_text

    def read(node: Node, name: str, log: Log) -> Any:
        if type(node) is Items:
            nodes = node.nodes
        elif type(node) is Table and not of_text:
            nodes = [node]  # one alone needs no dash
        elif not of_text and type(node) is Text and node.value:
            return read_one(node, name, log)  # says which keys and values are wanted
        else:
            remedy = "Write it as a list: [one, two]." if isinstance(node, Text) else "Begin every line with a dash."
            log.add("D103", node, f"`{name}` is {described(node)}; a list is wanted. {remedy}")
            return UNSET
        if kind.min_length and len(nodes) < kind.min_length:
            log.add("D112", node, f"`{name}` has {len(nodes)}; it needs {kind.min_length} at the least.")
            return UNSET
        if of_text and all(type(one) is Text and one.value.strip() for one in nodes):
            return tuple([one.value for one in nodes])  # type: ignore[union-attr]
        values = []
        for one in nodes:
            if of_text and type(one) is Text and not one.value.strip():
                log.add("D108", one, f"an empty text in `{name}`. Write it, or remove it.")
            else:
                values.append(read_one(one, name, log))
        return tuple(values) if len(values) == len(nodes) and all(value is not UNSET for value in values) else UNSET

    return read
