"""Ids written into a deck file that lacks them, every other byte left as it is.

Each id is inserted as text at the place of its question's first key. ruamel.yaml's round trip is not used: it rewraps, requotes
and re-indents what it did not change. The edited text is read again before it is written, and must be the same deck.
"""

import re
from collections.abc import Collection
from pathlib import Path

from quizzer.core.errors import DeckError
from quizzer.deckfile import files
from quizzer.deckfile.draft import Draft
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.nodes import Node, Table
from quizzer.deckfile.reading import parse, read, sound
from quizzer.deckfile.shapes import key_node
from quizzer.deckfile.writing import is_plain

_LINE_END = re.compile(r"\r\n|\n|\r")


def write_ids(path: Path) -> list[str]:
    """Write the missing deck and question ids into the file, touching nothing else; return them, in the order of the file.

    Raises:
        DeckError: the deck is not sound, cannot be written, or an id cannot be put in safely.
    """
    draft = read(path)
    edited, added = with_ids(draft)
    if not added:
        return added
    _verify(draft, edited)
    assert draft.file is not None
    files.replace(path, draft.file.encode(edited))
    return added


def with_ids(draft: Draft, *, only: Collection[str] | None = None) -> tuple[str, list[str]]:
    """Return the draft's text with its missing ids inserted (of questions, those of ``only``), and the ids, in the order of the file.

    Raises:
        DeckError: the deck is not sound.
    """
    deck = sound(draft, empty=True)
    assert draft.file is not None and draft.root is not None
    file, inserts, added = draft.file, [], []
    if not draft.named and only is None:
        inserts.append(_insert(draft.root, key_node(draft.root, "title"), deck.id, file.text))
        added.append(deck.id)
    for item in draft.items:
        if not item.named and (only is None or item.question.id in only):
            inserts.append(_insert(item.node, item.node.pairs[0][0], item.question.id, file.text))
            added.append(item.question.id)
    edited = file.text
    for index, text in sorted(inserts, reverse=True):
        edited = edited[:index] + text + edited[index:]
    return edited, added


def _insert(table: Table, key: Node, name: str, text: str) -> tuple[int, str]:
    """Return where to insert the id into the mapping, before ``key``, and what."""
    index = key.start
    line = text[max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1 : index]
    asked = re.search(r"\?[ \t]*$", line)  # `? key` is YAML's long form of a key
    if asked:
        index -= len(line) - asked.start()
        line = line[: asked.start()]
    shown = name if is_plain(name) else f'"{name}"'
    if table.flow:
        return (index, f'"id": "{name}", ') if text.startswith('"', index) else (index, f"id: {shown}, ")
    return index, f"id: {shown}{line_end(text, index)}{' ' * len(line)}"


def line_end(text: str, index: int) -> str:
    """Return the line ending in use after ``index``."""
    match = _LINE_END.search(text, index) or _LINE_END.search(text)
    return match[0] if match else "\n"


def _verify(draft: Draft, edited: str) -> None:
    """Raise unless the edited text is the same deck, with every id written."""
    again = parse(DeckText(edited), draft.path)
    sound_now = again.deck == draft.deck and again.named and all(item.named for item in again.items)
    if not sound_now or any(problem.severity == "error" for problem in again.log.problems()):
        unnamed = next((item.node for item in draft.items if not item.named), None) or draft.root
        assert unnamed is not None
        place = draft.log.place(unnamed)
        raise DeckError(f"{draft.path}:{place}: an id cannot be inserted safely into what is written here. Write `id: …` by hand.")
