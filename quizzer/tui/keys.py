"""What the keys do, read from the bindings, remapped ones as they are remapped."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen


class Row(NamedTuple):
    """One thing that can be done: with which keys, and the id under which they can be changed."""

    keys: tuple[str, ...]
    does: str
    id: str


class Section(NamedTuple):
    """The keys of one part of a screen."""

    title: str
    rows: tuple[Row, ...]


_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "minus": "-",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "plus": "+",
}


def key_name(key: str) -> str:
    """Return how a key is written for people: ``ctrl+z`` is ``Ctrl+Z``, ``question_mark`` is ``?``."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last if len(last) == 1 else last.capitalize())
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name.upper() if modifiers else name])


def bindings_of(node_type: type[DOMNode]) -> list[Binding]:
    """Return the bindings that the app's own classes give to ``node_type``; those Textual's widgets bring along are not told."""
    own = [kind for kind in node_type.__mro__ if kind.__module__.startswith("quizzer.")]
    return [binding for kind in own for binding in kind.__dict__.get("BINDINGS", ()) if isinstance(binding, Binding)]


def keys_of(screen: Screen[object], keymap: Mapping[str, str], *, in_use: Sequence[DOMNode] = ()) -> list[Section]:
    """Return all that can be done on ``screen``, part by part: first the parts ``in_use``, then what holds on all of it."""
    parts: list[DOMNode] = [*in_use, screen, *screen.walk_children(DOMNode), screen.app]
    sections: dict[str, dict[str, Row]] = {}
    for part in parts:
        for binding in bindings_of(type(part)):
            rows = sections.setdefault(part.BINDING_GROUP_TITLE or "Anywhere", {})
            rows.setdefault(binding.id or binding.action, _row(binding, keymap))
    return [Section(title, tuple(rows.values())) for title, rows in sections.items()]


def _row(binding: Binding, keymap: Mapping[str, str]) -> Row:
    keys = keymap.get(binding.id or "", binding.key)
    return Row(tuple(key_name(key.strip()) for key in keys.split(",")), binding.description, binding.id or "")
