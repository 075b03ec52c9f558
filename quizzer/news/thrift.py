"""Values in which equal parts are one: what comes from another process, or from the disk, brings its own copy of every word.

Pure. The same values as before, in about half the memory.
"""

import sys
from typing import Any, TypeVar

import msgspec

from quizzer.news.values import Span

Tree = TypeVar("Tree")


def shared(value: Tree) -> Tree:
    """Return a value equal to ``value``, made of frozen structs, tuples, frozensets, mappings, words and numbers.

    Equal words are one whatever they came with, equal spans, tuples and sets where they came together.
    """
    made: Tree = _shared(value, {})
    return made


def _shared(value: Any, known: dict[Any, Any]) -> Any:
    kind = type(value)
    if kind is str:
        return sys.intern(value)
    if isinstance(value, msgspec.Struct):
        made = kind(**{field: _shared(getattr(value, field), known) for field in value.__struct_fields__})
        return known.setdefault(made, made) if kind is Span else made
    if kind is tuple or kind is frozenset:
        made = kind(_shared(one, known) for one in value)
        try:
            return known.setdefault(made, made)
        except TypeError:  # it holds what has no hash
            return made
    if kind is dict:
        return {_shared(key, known): _shared(one, known) for key, one in value.items()}
    return value
