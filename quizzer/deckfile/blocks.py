"""A deck's text taken apart into its questions as they are written, comments included, and put together again in another way.

What is taken apart is the same text when nothing is changed. A comment right above a question, or indented below it, is the question's;
a heading (`# --- 1917 ---`), and what an empty line parts from the question, stays where it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from quizzer.core.kinds import Deck
from quizzer.deckfile import revising, writing
from quizzer.deckfile.draft import Draft
from quizzer.deckfile.editing import line_end, with_ids
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.reading import parse, read, sound
from quizzer.deckfile.spans import dash_of, spots

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_HEADING = re.compile(r"#+\s*[-=~*#_]{3}|#.*[-=~*#_]{3}\s*$")
_END = re.compile(r"\r\n|\n|\r")


class Block(msgspec.Struct):
    """A question's lines, the last line end included. ``before`` is what stands between the one above and it, as an empty line."""

    id: str
    text: str
    before: str = ""


class Blocks(msgspec.Struct):
    """A text taken apart: ``head``, the blocks, ``tail``. Dashes stand in column ``column``, from 0."""

    head: str
    blocks: list[Block]
    tail: str
    column: int

    @property
    def text(self) -> str:
        """It put together."""
        return self.head + "".join(block.before + block.text for block in self.blocks) + self.tail

    def keep(self, ids: Sequence[str], added: Mapping[str, str]) -> None:
        """Keep the blocks of ``ids``, in that order; texts ``added`` are put in, or in the place of what is there, in its manner."""
        known = {block.id: block for block in self.blocks}
        apart = [block.before for block in self.blocks[1:]]
        ending = line_end(self.head, 0)
        between = ending if not apart or any(not before.strip() and before for before in apart) else ""
        first, left = True, ""
        kept: list[Block] = []
        wanted = {*ids}
        headings: dict[str, str] = {}  # what stands above a block that goes and is not its own, by the one after it
        for block in self.blocks:
            if block.id not in wanted:
                left += block.before if block.before.strip() else ""
            elif left:
                headings[block.id], left = left, ""
        for name in ids:
            block = known.get(name) or Block(name, "", between)
            if name in added:
                block = Block(name, moved(added[name], self.column, ending), block.before)
            before = headings.get(name, "") + block.before
            if first:
                before = before if before.strip() else ""
            elif name in known and not block.before:  # it was the first
                before = headings.get(name, "") + between
            kept.append(Block(name, block.text, before))
            first = False
        self.tail = left + self.tail
        if kept and not _END.search(kept[-1].text[-2:]) and self.tail:
            kept[-1].text += ending
        for block in kept[:-1]:
            if not block.text.endswith(("\n", "\r")):
                block.text += ending
        self.blocks = kept


def taken_apart(text: str, draft: Draft) -> Blocks | None:
    """Return the blocks of the text that ``draft`` was read from; None where questions are no list with each on its own lines."""
    pair = spots(text).pair("questions")
    if pair is None or pair[1].kind != "items" or pair[1].flow or len(pair[1].children) != len(draft.items):
        return None
    items = pair[1]
    floor = _next_line(text, pair[0].end)
    found: list[Block] = []
    spans: list[tuple[int, int]] = []
    column = -1
    for number, (spot, item) in enumerate(zip(items.children, draft.items, strict=True)):
        dash = dash_of(text, items, number)
        line = _line_start(text, dash)
        if text[line:dash].strip() or dash == spot.start or line < floor:
            return None
        column = dash - line if column < 0 else column
        start, end = _above(text, line, floor), _below(text, _next_line(text, spot.end), dash - line)
        spans.append((start, end))
        found.append(Block(item.question.id, text[start:end], text[floor:start] if number else ""))
        floor = end
    return Blocks(text[: spans[0][0]], found, text[floor:], column)


def renamed(text: str, old: str, new: str) -> str:
    """Return a block's text with another id."""
    return re.sub(
        rf"(\bid:[ \t]*)([\"']?){re.escape(old)}\2(?=[\s,}}#]|$)", lambda found: f"{found[1]}{found[2]}{new}{found[2]}", text, count=1
    )


def texts_of_file(path: Path, *, whole: bool = False) -> tuple[Deck, dict[str, str]]:
    """Return the deck of the file, and its questions as they are written, by their ids; those that cannot be taken out are left out.

    Ids that are not written are as ``fmt`` would write them. With ``whole``, comments that are no question's go with the next one (those
    at the end with the last), but for what editors read. Raises DeckError where the deck is not sound.
    """
    draft = read(path)
    deck = sound(draft)
    text, _ = with_ids(draft)
    blocks = taken_apart(text, parse(DeckText(text), path))
    if blocks is None:
        return deck, {}
    found = {block.id: block.text for block in blocks.blocks}
    if whole:
        own, _, above = re.split(r"(?m)(^[\"']?questions\b.*)", blocks.head, maxsplit=1)
        at_head = "".join(line for line in _lines(own) if line.startswith("#") and "$schema" not in line) + above
        for block, above in zip(blocks.blocks, [at_head, *(block.before for block in blocks.blocks[1:])], strict=True):
            found[block.id] = _comments(above, blocks.column) + block.text
        found[blocks.blocks[-1].id] += _comments(blocks.tail, blocks.column)
    return deck, found


def assembled(base: str, deck: Deck, texts: Mapping[str, str], path: Path) -> str:
    """Return a text that says ``deck``: ``base``, changed no further than need be, with questions to the letter as in ``texts``.

    Where what stands there cannot be kept, a question is written as ``save`` would, and in the end all of it is.
    """
    draft = parse(DeckText(base), path)
    assert draft.deck is not None
    base, _ = with_ids(draft)
    draft = parse(DeckText(base), path)
    before = draft.deck
    assert before is not None
    blocks = taken_apart(base, draft)
    wanted = [question.id for question in deck.questions]
    known = {question.id for question in before.questions}
    for given in (texts, {}) if blocks else ():
        trial = taken_apart(base, draft)
        assert trial is not None
        written = {question.id: revising.block_of(question) for question in deck.questions if question.id not in known}
        trial.keep(wanted, {**written, **{name: text for name, text in given.items() if name in wanted}})
        if not trial.blocks:
            break
        text = trial.text
        says = parse(DeckText(text), path)
        if says.deck is None or [question.id for question in says.deck.questions] != wanted:
            continue
        text = revising.edited(text, says.deck, deck)
        if _says(text, deck, path):
            return text
    text = revising.edited(base, before, deck)
    return text if _says(text, deck, path) else writing.dumps(deck)


def moved(block: str, column: int, ending: str) -> str:
    """Return a block's text with its dash in ``column``, and these line ends."""
    lines = _END.split(block.rstrip("\r\n"))
    dash = next(len(line) - len(line.lstrip()) for line in lines if line.lstrip().startswith("-"))
    by = column - dash
    shifted: Iterable[str]
    if by >= 0:
        shifted = (" " * by + line if line.strip() else line for line in lines)
    else:
        shifted = (line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines)
    return ending.join(shifted) + ending


def _says(text: str, deck: Deck, path: Path) -> bool:
    again = parse(DeckText(text), path)
    return again.deck == deck and not any(problem.severity == "error" for problem in again.log.problems())


def _above(text: str, line: int, floor: int) -> int:
    """Return where the comment begins that stands right above the line at ``line`` and is no heading."""
    while line > floor:
        above = _line_start(text, line - (2 if text[line - 2 : line] == "\r\n" else 1))
        comment = text[above:line].strip()
        if not comment.startswith("#") or _HEADING.match(comment) or above < floor:
            break
        line = above
    return line


def _below(text: str, line: int, column: int) -> int:
    """Return where the comments end that begin on ``line``, indented deeper than the dash."""
    while line < len(text):
        match = _LINE.match(text, line)
        assert match is not None
        comment = match[0].lstrip(" \t")
        if not comment.startswith("#") or len(match[0]) - len(comment) <= column:
            break
        line = match.end()
    return line


def _lines(text: str) -> list[str]:
    return [found[0] for found in _LINE.finditer(text) if found[0]]


def _comments(text: str, column: int) -> str:
    """Return the comments of what stands between questions, in their column."""
    return "".join(f"{' ' * column}{line.strip()}\n" for line in _lines(text) if line.strip().startswith("#"))


def _line_start(text: str, index: int) -> int:
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def _next_line(text: str, index: int) -> int:
    found = _END.search(text, index)
    return found.end() if found else len(text)
