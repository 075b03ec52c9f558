"""Two versions of a deck file merged as git merges branches: by questions and their keys, with comments, never by lines.

What both changed in different ways stands in the result between git's own markers, as few lines as tell the difference.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from quizzer.core.kinds import Deck
from quizzer.deckfile import blocks, files, threeway
from quizzer.deckfile.blocks import Blocks
from quizzer.deckfile.editing import line_end, with_ids
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.problems import Unreadable
from quizzer.deckfile.reading import parse, problems_of
from quizzer.deckfile.threeway import Conflict

_END = re.compile(r"\r\n|\n|\r")
MARKERS = 7  # characters of a conflict's marker, as git writes them


class GitMerged(msgspec.Struct, frozen=True, kw_only=True):
    """What the merge gives: the file, lines to be told, and whether there are markers in it to be decided."""

    data: bytes
    told: tuple[str, ...]
    clean: bool


class _Side(msgspec.Struct):
    file: DeckText
    text: str
    deck: Deck
    blocks: Blocks | None

    def block(self, name: str) -> str:
        """Return the text of a question, in a manner in which sides can be compared; "" where there is none."""
        found = next((block.text for block in self.blocks.blocks if block.id == name), "") if self.blocks else ""
        return blocks.moved(found, 0, "\n") if found else ""


def merge(base: bytes, ours: bytes, theirs: bytes, path: Path, *, size: int = MARKERS) -> GitMerged | None:
    """Return what becomes of two versions of the file at ``path`` that began as ``base`` (b"": as nothing).

    None where one of them, or what would come of them, is no sound deck: then its lines are all there is to go by.
    """
    was = _side(base, path) if base.strip() else None
    mine, other = _side(ours, path), _side(theirs, path)
    if mine is None or other is None or (was is None and base.strip()):
        return None
    deck, conflicts = threeway.merge(was.deck if was else None, mine.deck, other.deck)
    texts = _texts(deck, was, mine, other, {conflict.renamed: conflict.question for conflict in conflicts if conflict.renamed})
    start = _with_comments(was, mine, other)
    text = blocks.assembled(start, deck, texts, path)
    if not _is_sound(text, path):
        return None
    open_ = [conflict for conflict in conflicts if not conflict.renamed]
    if open_:
        text = _marked(text, deck, open_, other, path, size)
    return GitMerged(data=mine.file.encode(text), told=tuple(conflict.told for conflict in conflicts), clean=not open_)


def _side(data: bytes, path: Path) -> _Side | None:
    try:
        file = files.decode(data)
    except Unreadable:
        return None
    draft = parse(file, path)
    if draft.deck is None or any(problem.severity == "error" for problem in draft.log.problems()):
        return None
    text, _ = with_ids(draft)
    return _Side(file, text, draft.deck, blocks.taken_apart(text, parse(DeckText(text), path)))


def _texts(deck: Deck, was: _Side | None, mine: _Side, other: _Side, renamed: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that come from their side, by the ids they are to have."""
    ours = {question.id: question for question in mine.deck.questions}
    theirs = {question.id: question for question in other.deck.questions}
    found = {}
    for question in deck.questions:
        name = renamed.get(question.id, question.id)
        text, there = other.block(name), mine.block(question.id)
        before = was.block(name) if was else ""
        if not text:
            continue
        if question.id not in ours:
            found[question.id] = blocks.renamed(text, name, question.id) if name != question.id else text
        elif text not in (before, there):
            if there == before or (question == theirs.get(name) and question != ours[question.id]):
                found[question.id] = _comments(there, before, text) + text
            elif new := _comments(text, before, there):
                found[question.id] = new + there
    return found


def _with_comments(was: _Side | None, mine: _Side, other: _Side) -> str:
    """Return our text, with what they wrote above and below the questions."""
    if mine.blocks is None or other.blocks is None or (was and was.blocks is None):
        return mine.text
    ending = line_end(mine.text, 0)
    merged = mine.blocks
    for part in ("head", "tail"):
        one, two = (_END.sub("\n", getattr(side.blocks, part)) for side in (mine, other))
        before = _END.sub("\n", getattr(was.blocks, part)) if was and was.blocks else ""
        if one == before and (part == "tail" or mine.blocks.column == other.blocks.column):
            setattr(merged, part, two.replace("\n", ending))
        elif new := _comments(two, before, one):
            setattr(
                merged,
                part,
                (new if part == "head" else one).replace("\n", ending) + (one if part == "head" else new).replace("\n", ending),
            )
    return merged.text


def _comments(text: str, *known: str) -> str:
    """Return the lines of ``text`` that are comments and stand in none of the others, at the left edge."""
    there = {line.strip() for other in known for line in other.split("\n")}
    return "".join(f"{line.strip()}\n" for line in text.split("\n") if line.strip().startswith("#") and line.strip() not in there)


def _marked(text: str, deck: Deck, conflicts: list[Conflict], other: _Side, path: Path, size: int) -> str:
    """Return the text with both versions, ours and theirs, of all that is in conflict, between markers."""
    theirs = deck
    for conflict in conflicts:
        theirs = _as_theirs(theirs, conflict)
    gone = {conflict.question for conflict in conflicts if conflict.question and not conflict.field and conflict.theirs is None}
    wholes = {one.question: other.block(one.question) for one in conflicts if one.question and not one.field and one.theirs is not None}
    again = blocks.assembled(text, theirs, wholes, path)
    apart, back = (blocks.taken_apart(one, parse(DeckText(one), path)) for one in (text, again))
    if apart is None or back is None:
        return _between(text, again, size)
    ours_gone = {conflict.question for conflict in conflicts if conflict.question and not conflict.field and conflict.ours is None}
    versions = {block.id: block.text for block in back.blocks}
    apart.head = _between(apart.head, back.head, size)
    for block in apart.blocks:
        if block.id in gone:
            block.text = _between(block.text, "", size)
        elif block.id in ours_gone:
            block.text = _between("", block.text, size)
        elif block.id in {conflict.question for conflict in conflicts}:
            block.text = _between(block.text, versions.get(block.id, ""), size)
    return apart.text


def _as_theirs(deck: Deck, conflict: Conflict) -> Deck:
    """Return the deck with what is in conflict as they have it; what they deleted stays."""
    replace = msgspec.structs.replace
    if not conflict.question:
        within = next((name for name in ("study", "lint") if hasattr(getattr(deck, name), conflict.field)), "")
        if hasattr(deck, conflict.field):
            return replace(deck, **{conflict.field: _value(getattr(deck, conflict.field), conflict)})
        return replace(deck, **{within: replace(getattr(deck, within), **{conflict.field: conflict.theirs})})
    questions = []
    for question in deck.questions:
        if question.id == conflict.question and not conflict.field:
            question = conflict.theirs or question
        elif question.id == conflict.question:
            question = replace(question, **{conflict.field: _value(getattr(question, conflict.field), conflict)})
        questions.append(question)
    return replace(deck, questions=tuple(questions))


def _value(now: Any, conflict: Conflict) -> Any:
    """Return a field as they have it; of a list that is merged value by value, the one value in conflict."""
    if isinstance(now, tuple) and not isinstance(conflict.theirs, tuple):
        values = (conflict.theirs if one == conflict.ours else one for one in now)
        return tuple(value for value in values if value is not None)
    return conflict.theirs


def _between(ours: str, theirs: str, size: int) -> str:
    """Return both texts as one: where they differ, each between markers."""
    if ours == theirs:
        return ours
    ending = line_end(ours or theirs, 0)
    one, two = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    same = min(len(one), len(two))
    first = next((at for at in range(same) if one[at] != two[at]), same)
    last = next((at for at in range(same - first) if one[-1 - at] != two[-1 - at]), same - first)
    middle_one, middle_two = "".join(one[first : len(one) - last]), "".join(two[first : len(two) - last])
    return "".join(
        (
            *one[:first],
            f"{'<' * size} ours{ending}{middle_one}{'=' * size}{ending}{middle_two}{'>' * size} theirs{ending}",
            *one[len(one) - last :],
        )
    )


def _is_sound(text: str, path: Path) -> bool:
    return not any(problem.severity == "error" for problem in problems_of(parse(DeckText(text), path)))
