"""A deck as it was read, with the nodes it was read from: what rules judge and ``fmt`` edits."""

from pathlib import Path

import msgspec

from quizzer.core.kinds import Deck, Question
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.log import Log
from quizzer.deckfile.nodes import Items, Node, Table
from quizzer.deckfile.shapes import value_node


class Item(msgspec.Struct, gc=False):
    """A question and where it stands; ``named``: its id is written in the file."""

    question: Question
    node: Table
    named: bool = True

    def at(self, *path: str | int) -> Node:
        """Return the node behind these keys and numbers, as far as there is one."""
        return behind(self.node, *path)


class Draft(msgspec.Struct):
    """A deck file as it was read; ``deck`` and ``root`` are None when nothing could be made of it.

    While the log holds errors, ``deck`` is only what could be read: enough for rules, not for study.
    """

    path: Path
    log: Log
    file: DeckText | None = None
    root: Table | None = None
    deck: Deck | None = None
    items: list[Item] = []
    named: bool = True


def behind(node: Node, *path: str | int) -> Node:
    """Return the node behind these keys and numbers, as far as there is one."""
    for step in path:
        if isinstance(step, str) and isinstance(node, Table):
            node = value_node(node, step)
        elif isinstance(step, int) and isinstance(node, Items) and step < len(node.nodes):
            node = node.nodes[step]
        elif not (step == 0 and isinstance(node, Table)):  # one alone needs no dash
            break
    return node
