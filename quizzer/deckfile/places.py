"""Where things stand that more than one rule points at."""

from quizzer.deckfile.draft import Draft, Item
from quizzer.deckfile.nodes import Node
from quizzer.deckfile.shapes import key_node


def stem_of(item: Item) -> Node:
    """Return the node of the question's text, or of the question where it is left to its default."""
    for key in ("cloze", "statement", "question"):
        node = item.at(key)
        if node is not item.node:
            return node
    return item.node


def of_deck(draft: Draft) -> Node:
    """Return where to tell what is the matter with all questions together: at the key ``questions``."""
    assert draft.root is not None
    return key_node(draft.root, "questions")
