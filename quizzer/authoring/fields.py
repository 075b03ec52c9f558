"""One field of a form: a value as text, and text as a value again.

Pure. What a text does not say is not lost: a field that was not touched leaves its value as it was, and so does every line of one that
was; what a terminal would obey rather than show stays where no letter beside it was changed.
"""

import difflib
import enum
import math
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import msgspec

TRUTHS = {"true": True, "yes": True, "right": True, "t": True, "false": False, "no": False, "wrong": False, "f": False}
_PARTS = " :: ", ": "  # what stands between a left and its right


class Field(NamedTuple):
    """One text of a form.

    ``many``: one thing a line; ``long``: it may hold line ends. ``help`` is one sentence. ``choices`` complete what is typed: where
    ``fixed``, nothing else will do (beside nothing at all, unless it is ``needed``).
    """

    name: str
    label: str
    text: str
    many: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    fixed: bool = False
    needed: bool = False
    long: bool = False


class Unfit(Exception):
    """A text that cannot be the value of its field; says what is wrong with it and what to do, and under which code ``check`` would."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Sort(NamedTuple):
    """What sort of value stands behind a field: how it is shown, and read (raises Unfit) from another text than was shown."""

    shown: Callable[[Any], str]
    read: Callable[[str, Any, str], Any]  # text, value as it was, name → value
    many: bool = False
    choices: tuple[str, ...] = ()


@cache
def described(struct: type[msgspec.Struct], name: str) -> str:
    """Return the description that the schema has of a key, its first sentence."""
    hint = get_type_hints(struct, include_extras=True)[name]
    found = next((one.description for one in getattr(hint, "__metadata__", ()) if isinstance(one, msgspec.Meta)), None) or ""
    return found.replace("``", "`")


def seen(text: str) -> str:
    """Return ``text`` without what a terminal would obey rather than show; as long as it was."""
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" and char not in "\n\t" else char for char in text)


def whole(text: str) -> str:
    """Return ``text`` without halves of characters, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def on_a_line(text: str) -> str:
    """Return ``text`` as it stands in a field of many lines."""
    return " ".join(seen(text).split())


def read_text(text: str, before: Any, name: str) -> str:
    """Return what was typed, less the space around it; beside what was typed, ``before`` to the letter."""
    old, shown = before or "", seen(before or "")
    if old == shown:
        return text.strip()
    lead = _common(text, shown)
    tail = _common(text[lead:][::-1], shown[lead:][::-1])
    return (old[:lead] + text[lead : len(text) - tail] + old[len(old) - tail :]).strip()


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def read_lines(text: str, before: Sequence[str], name: str) -> tuple[str, ...]:
    """Return what stands on the lines; a line that was there before is what it was before, to the letter."""
    return _lines(text, before, on_a_line, lambda line: line)


def shown_pair(pair: tuple[str, str]) -> str:
    """Return a left and its right on a line."""
    left, right = map(on_a_line, pair)
    return left + (_PARTS[0] if _PARTS[1] in left or left.endswith(":") else _PARTS[1]) + right


def read_pairs(text: str, before: Sequence[tuple[str, str]], name: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs that stand on the lines; a left alone has an empty right."""
    return _lines(text, before, shown_pair, _pair)


def _pair(line: str) -> tuple[str, str]:
    mark = next((mark for mark in _PARTS if mark in line), "")
    left, _, right = line.partition(mark) if mark else (line.removesuffix(":"), "", "")
    return left.strip(), right.strip()


def _lines(text: str, before: Sequence[Any], shown: Callable[[Any], str], read: Callable[[str], Any]) -> tuple[Any, ...]:
    known: defaultdict[str, list[Any]] = defaultdict(list)
    for value in before:
        known[" ".join(shown(value).split())].append(value)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return tuple(known[line].pop(0) if known[line] else read(line) for line in lines if line)


def read_truth(text: str, before: Any, name: str) -> bool:
    """Return true or false."""
    value = TRUTHS.get(text.strip().casefold())
    if value is None:
        raise Unfit("D110", f"`{name}` is true or false here, not {text.strip()!r}. Write one of the two.")
    return value


def read_word(words: type[enum.Enum], *, empty: Any = None) -> Callable[[str, Any, str], Any]:
    """Return what reads one of the fixed ``words``; ``empty`` is what nothing stands for."""

    def read(text: str, before: Any, name: str) -> Any:
        word = text.strip().casefold()
        values = {str(member.value): member for member in words}
        if not word:
            return empty
        if word in values:
            return values[word]
        near = difflib.get_close_matches(word, values, n=1)
        remedy = f"Did you mean `{near[0]}`?" if near else f"Write one of {', '.join(values)}."
        raise Unfit("D110", f"`{name}` cannot be {text.strip()!r}. {remedy}")

    return read


def read_number(make: type[int] | type[float], *, least: float = 0, most: float = math.inf) -> Callable[[str, Any, str], Any]:
    """Return what reads a number, None where there is nothing."""

    def read(text: str, before: Any, name: str) -> Any:
        if not text.strip():
            return None
        try:
            value = make(text.strip())
        except ValueError:
            value = make(-1)
        if text.isascii() and least <= value <= most:
            return value
        span = f" from {least} to {most}" if most < math.inf else ""
        noun = "a whole number" if make is int else "a number"
        raise Unfit("D111", f"`{name}` is {noun}{span}, not {text.strip()!r}. Mend it, or leave it empty.")

    return read


def _shown_lines(values: Sequence[str]) -> str:
    return "\n".join(map(on_a_line, values))


def _shown_pairs(values: Sequence[tuple[str, str]]) -> str:
    return "\n".join(map(shown_pair, values))


def _shown_word(value: Any) -> str:
    return "" if value is None else str(value.value)


TEXT = Sort(lambda value: seen(value or ""), read_text)
LINES = Sort(_shown_lines, read_lines, many=True)
PAIRS = Sort(_shown_pairs, read_pairs, many=True)
TRUTH = Sort(lambda value: "true" if value else "false", read_truth, choices=("true", "false"))


def word(words: type[enum.Enum], *, empty: Any = None, choices: Sequence[enum.Enum] | None = None) -> Sort:
    """Return the sort of one of some fixed words; ``choices`` are those that are offered."""
    return Sort(
        _shown_word, read_word(words, empty=empty), choices=tuple(str(one.value) for one in (words if choices is None else choices))
    )


def number(make: type[int] | type[float], *, least: float = 0, most: float = math.inf) -> Sort:
    """Return the sort of numbers from ``least`` to ``most``."""
    return Sort(lambda value: "" if value is None else str(value), read_number(make, least=least, most=most))
