"""Where on a form a problem stands: which question of the file, which of its keys, which thing of a list.

Fields are named as the keys they are behind: ``answer``, ``image.alt``, ``evidence.0.quote``, of a deck ``sources.1.url``.
"""

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from quizzer.deckfile.draft import Draft
from quizzer.deckfile.ignoring import ignores_of
from quizzer.deckfile.nodes import Items, Node, Table, Text
from quizzer.deckfile.problems import Lines, Problem
from quizzer.deckfile.shapes import value_node

EVERY = "*"  # all fields of a question


class Place(msgspec.Struct, frozen=True):
    """A field of the question of this number, from 0 (-1: of the deck); ``item``: the thing of its list, or -1."""

    question: int
    field: str = ""
    item: int = -1


class FieldMap:
    """The places of one draft."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._lines = Lines(draft.file.text if draft.file else "")
        known: dict[int, Place] = {}
        for node, place in _places(draft.root) if draft.root else ():
            known.setdefault(node.start, place)
        self._starts = sorted(known)
        self._known = known

    def place(self, problem: Problem) -> Place:
        """Return where a problem of the draft stands."""
        index = self._lines.index(problem.line, problem.column)
        at = bisect_right(self._starts, index) - 1
        return self._known[self._starts[at]] if at >= 0 else Place(-1)

    def ignored(self) -> dict[int, set[tuple[str, str, int]]]:
        """Return which codes comments ignore, by the number of the question: (code, field, item); ``EVERY`` field where it is all of it."""
        found: dict[int, set[tuple[str, str, int]]] = {}
        lines = [(self._lines.at(start)[0], self._known[start]) for start in self._starts]
        for code, first, last in ignores_of(self._draft):
            for line, place in lines:
                if first <= line <= last:
                    here = found.setdefault(place.question, set())
                    here.add((code, place.field if place.field or place.question < 0 else EVERY, place.item))
        return found


def _places(root: Table) -> Iterator[tuple[Node, Place]]:
    yield root, Place(-1)
    for key, node in root.pairs:
        if isinstance(key, Text) and key.value == "questions" and isinstance(node, Items):
            yield key, Place(-1)
            for number, one in enumerate(node.nodes):
                yield one, Place(number)
                yield from _of_question(one, number)
        elif isinstance(key, Text):
            yield from _of_deck(key, node)


def _of_question(node: Node, number: int) -> Iterator[tuple[Node, Place]]:
    for key, value in node.pairs if isinstance(node, Table) else ():
        name = key.value if isinstance(key, Text) else ""
        if name == "evidence":
            yield key, Place(number, "evidence.0.quote")
            yield from _pieces(value, number, "evidence", "quote")
        elif name in ("image", "explanation_image"):
            yield key, Place(number, f"{name}.file")
            yield from _within(value, number, name, "file")
        elif name == "match" and isinstance(value, Table):
            yield key, Place(number, name)
            yield value, Place(number, name)
            for at, (left, right) in enumerate(value.pairs):
                yield left, Place(number, name, at)
                yield right, Place(number, name, at)
        else:
            field = "" if name == "id" else name
            yield key, Place(number, field)
            yield from _listed(value, number, field)


def _of_deck(key: Text, node: Node) -> Iterator[tuple[Node, Place]]:
    name = "" if key.value in ("id", "format", "questions") else key.value
    if name == "sources":
        yield key, Place(-1, "sources.0.id")
        yield from _pieces(node, -1, name, "id")
    elif name in ("study", "lint"):
        yield key, Place(-1, name)
        yield from _within(node, -1, name, "mode" if name == "study" else "select")
    else:
        yield key, Place(-1, name)
        yield from _listed(node, -1, name)


def _pieces(node: Node, number: int, name: str, chief: str) -> Iterator[tuple[Node, Place]]:
    """Yield the places of a list of keys and values, or of one alone; what is of a whole stands at its ``chief`` key."""
    for at, one in enumerate(node.nodes if isinstance(node, Items) else [node]):
        yield from _within(one, number, f"{name}.{at}", chief)


def _within(node: Node, number: int, name: str, chief: str) -> Iterator[tuple[Node, Place]]:
    yield node, Place(number, f"{name}.{chief}")
    for key, value in node.pairs if isinstance(node, Table) else ():
        inner = key.value if isinstance(key, Text) else chief
        field = f"{name}.{'quote' if inner.startswith('passage') else inner}"
        yield key, Place(number, field)
        yield from _listed(value, number, field)


def _listed(node: Node, number: int, field: str) -> Iterator[tuple[Node, Place]]:
    yield node, Place(number, field)
    for at, one in enumerate(node.nodes if isinstance(node, Items) else ()):
        yield one, Place(number, field, at)


def questions_in(draft: Draft) -> list[Node]:
    """Return the nodes of the list of questions, those that cannot be read among them."""
    node = value_node(draft.root, "questions") if draft.root else None
    return node.nodes if isinstance(node, Items) else []
