"""The difference between a deck file and a deck written into the file, every other byte left as it is.

Each changed value is replaced where it stands, each new one put where ``save`` would have put it, in the manner of its
surroundings (block or brackets, indentation, quotes, line ends); a file in the layout of ``fmt`` stays in it. What comes out is
read again before it is written, and must be the deck that was asked for.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import msgspec
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.nodes import Node as YamlNode

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Question
from quizzer.core.model import Evidence
from quizzer.deckfile import beside, files, writing
from quizzer.deckfile.draft import Draft
from quizzer.deckfile.editing import line_end, with_ids
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.ordering import ignores_above, in_order
from quizzer.deckfile.questions import KINDS
from quizzer.deckfile.reading import DECK, parse, sound
from quizzer.deckfile.spans import Spot, dash_of, spots, without_aliases

_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
_END = re.compile(r"\r\n|\n|\r")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_STR, _MAP, _SEQ = "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
Edit = tuple[int, int, str]  # the text from … to … becomes


def revise(path: Path, deck: Deck) -> None:
    """See ``quizzer.deckfile.revise``."""
    data, file, new = planned(path, deck)
    if new != file.text:
        files.put(path, file.encode(new), instead_of=data)
        beside.keep(path, deck, make=False)


def planned(path: Path, deck: Deck) -> tuple[bytes, DeckText, str]:
    """Return what the file at ``path`` holds, as bytes and as text, and the text that ``revise`` would make of it; errors are its."""
    data, file = files.taken(path)
    return data, file, planned_in(file, path, deck)


def planned_in(file: DeckText, path: Path, deck: Deck, *, lifted: Collection[str] = ()) -> str:
    """Return the text that ``revise`` would make of ``file``, read as if it stood at ``path``; errors are its.

    ``lifted``: the ids of questions that were moved, where that is known.
    """
    draft = parse(file, path)
    before, deck = sound(draft, empty=True), writing.named(deck, stem=path.stem)
    if before == deck:
        return file.text
    for new in attempts(draft, before, deck, lifted=lifted):
        if _says(new, deck, path):
            from quizzer.deckfile.formatting import kept_in_layout  # not to be loaded by who only reads

            return kept_in_layout(new, file, path)
    raise DeckError(f"{path}: {_first_change(draft, deck)} cannot be changed safely as it is written. Change it there by hand.")


def attempts(draft: Draft, before: Deck, after: Deck, *, lifted: Collection[str] = ()) -> Iterator[str]:
    """Yield texts that may say ``after``, least changed first: as it is, with ids written, with aliases written out."""
    assert draft.file is not None
    words = {question.id: question.text for question in before.questions}
    reworded = {one.id for one in after.questions if words.get(one.id, one.text) != one.text}  # named by their words, without an id
    named = with_ids(draft)[0]  # the names of others may hang on what went or came
    texts = dict.fromkeys((draft.file.text, with_ids(draft, only=reworded)[0], named))
    for text in (*texts, *(plain for text in texts if (plain := without_aliases(text)) != text)):
        yield edited(text, before, after, lifted=lifted)
    yield edited(named, before, after, moves=False)  # what stands for something further up cannot be moved above it


def edited(text: str, before: Deck, after: Deck, *, moves: bool = True, lifted: Collection[str] = ()) -> str:
    """Return ``text``, which says ``before``, edited to say ``after``; whether it does is for the caller to see.

    Questions that change their place are moved as they are written; without ``moves`` they are written anew.
    """
    if moves:
        text, before = in_order(text, before, after, lifted=lifted)
    edits = _Editor(text).table(spots(text), before, after, ["format", *DECK.readers, "questions"])
    return _spliced(text, edits)


def block_of(question: Question) -> str:
    """Return a question as ``save`` writes it, as an item of the list at the left edge."""
    return _block_item(question, "questions") + "\n"


def _says(text: str, deck: Deck, path: Path) -> bool:
    again = parse(DeckText(text), path)
    if again.deck == deck and not any(problem.severity == "error" for problem in again.log.problems()):
        return True
    errors = [problem for problem in again.log.problems() if problem.severity == "error"]
    if errors and any(problem.severity == "error" for problem in parse(DeckText(writing.dumps(deck)), path).log.problems()):
        raise DeckError(f"{path}: not changed, for it could not be studied then: {errors[0].code} {errors[0].message}")
    return False


def _first_change(draft: Draft, deck: Deck) -> str:
    wanted = {question.id: question for question in deck.questions}
    for item in draft.items:
        if wanted.get(item.question.id) != item.question:
            return f"the question {item.question.id!r} at {draft.log.place(item.node)}"
    return "the deck"


def _spliced(text: str, edits: list[Edit], *, start: int = 0, end: int | None = None) -> str:
    """Return ``text[start:end]`` with the edits made; those at one place in the order they are given, what is put in first."""
    pieces, at = [], start
    for begin, finish, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        pieces += [text[at:begin], new]
        at = max(at, finish)
    return "".join([*pieces, text[at:end]])


class _Editor:
    """Finds the edits that make values into others, for one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def table(self, spot: Spot, old: msgspec.Struct, new: msgspec.Struct, keys: list[str]) -> list[Edit]:
        """Return the edits that make the mapping ``old``, written at ``spot``, into ``new``."""
        defaults = {field.name: field.default for field in msgspec.structs.fields(new)}
        present = [key for key in keys if spot.pair(key)]
        changed = [key for key in keys if key != "format" and getattr(old, key) != getattr(new, key)]
        gone = [key for key in changed if getattr(new, key) == defaults[key] and key in present]
        edits: list[Edit] = []
        added: list[str] = []
        for key in changed:
            pair = spot.pair(key)
            if key in gone:
                edits += self._without(spot, key)
            elif pair is not None:
                edits += self.value(pair[0], pair[1], getattr(old, key), getattr(new, key), key, flow=spot.flow)
            elif getattr(new, key) != defaults[key]:
                added.append(key)
        stays = [key for key in present if key not in gone]
        for key in added:
            before = [one for one in stays if keys.index(one) < keys.index(key)]
            edits.append(self._with(spot, key, getattr(new, key), after=max(before, key=keys.index, default="")))
        return edits

    def value(self, key: Spot, spot: Spot, old: Any, new: Any, name: str, *, flow: bool) -> list[Edit]:
        """Return the edits that make the value ``old``, written at ``spot`` behind ``key``, into ``new``."""
        if isinstance(new, msgspec.Struct) and spot.kind == "table" and _keeps(spot, new):
            return self.table(spot, old, new, _keys(new))
        if isinstance(new, tuple) and spot.kind == "items" and spot.children and len(spot.children) == len(old):
            return self._items(spot, old, new, name)
        if isinstance(new, tuple) and spot.kind == "table" and isinstance(old[0], msgspec.Struct):
            return self._from_one(spot, old[0], new, name, flow=flow)
        style = spot.style if spot.style in ("'", '"') else ""
        blank = " " if self.text[spot.start - 1 : spot.start] == ":" else ""
        if not flow and self._commented(spot.end) and "\n" not in (shown := _written(new, name, style=style, flow=False)):
            return [(spot.start, spot.end, blank + shown)]
        if flow or self._commented(spot.end) or (style and isinstance(new, str | int | float)):
            return [(spot.start, spot.end, blank + _written(new, name, style=style, flow=True))]
        start = self.text.index(":", key.end) + 1
        return [(start, spot.end, self._shifted(_behind_key(new, name), self._column(key.start), at=start))]

    def _with(self, spot: Spot, key: str, value: Any, *, after: str) -> Edit:
        """Return the edit that puts a key and its value into a mapping, behind the key ``after`` or before all others."""
        first = spot.pairs[0][0]
        pair = spot.pair(after) if after else None
        if spot.flow:
            json = self.text.startswith('"', first.start)
            shown = _written(value, key, style='"' if json else "", flow=True)
            text = f'"{key}": {shown}' if json else f"{key}: {shown}"
            return (pair[1].end, pair[1].end, f", {text}") if pair else (first.start, first.start, f"{text}, ")
        column, ending = self._column(first.start), line_end(self.text, first.start)
        lines = self._shifted(f"{key}:{_behind_key(value, key)}", column, at=first.start)
        if pair:
            at = self._line_end(pair[1].end)
            return at, at, f"{ending}{' ' * column}{lines}"
        return first.start, first.start, f"{lines}{ending}{' ' * column}"

    def _without(self, spot: Spot, key: str) -> list[Edit]:
        """Return the edit that takes a key and its value out of a mapping."""
        pairs = spot.pairs
        at = next(number for number, (name, _) in enumerate(pairs) if name.value == key and name.kind == "text")
        start, end = pairs[at][0].start, pairs[at][1].end
        if spot.flow:
            if at + 1 < len(pairs):
                return [(start, pairs[at + 1][0].start, "")]
            return [(pairs[at - 1][1].end if at else start, end, "")]
        return [self._lines_out(start, end, pairs[at + 1][0].start if at + 1 < len(pairs) else None)]

    def _lines_out(self, start: int, end: int, follows: int | None) -> Edit:
        """Return the edit that takes out what stands alone on its lines, or (behind a dash) what stands before ``follows``."""
        begin = self._line_start(start)
        if not self.text[begin:start].strip():
            before = self._before_line(begin)
            return (before, self._line_end(end), "") if begin else (0, self._next_line(end), "")
        if follows is not None and not self.text[end:follows].strip():
            return start, follows, ""
        return start, end, ""

    # Lists

    def _items(self, spot: Spot, old: tuple[Any, ...], new: tuple[Any, ...], name: str) -> list[Edit]:
        """Return the edits that make one list into another: what is in both stays where and as it is."""
        first = [_identity(one) for one in old]
        second = _called_otherwise(old, new) if name == "questions" else [_identity(one) for one in new]
        if len(old) == len(new) and name == "evidence":
            first = second = list(range(len(old)))
        edits: list[Edit] = []
        for what, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
            if what == "equal":
                for one, before, after in zip(spot.children[a:b], old[a:b], new[c:d], strict=True):
                    if before != after:
                        edits += self._item(one, before, after, name)
            elif what == "insert":
                edits.append(self._put_in(spot, a, new[c:d], name))
            else:
                if name == "questions" and not spot.flow:  # what was ignored in a question goes with it
                    edits += [(*where, "") for number in range(a, b) for where in ignores_above(self.text, spot, number)]
                kept = min(b - a, d - c)
                for number in range(kept):
                    more = new[c + kept : d] if number == kept - 1 else ()
                    edits.append(self._replaced(spot, a + number, (new[c + number], *more), name))
                edits += [self._taken_out(spot, number) for number in range(a + kept, b)] if not spot.flow else []
                if spot.flow and a + kept < b:
                    edits.append(self._cut(spot, a + kept, b))
        return edits

    def _item(self, spot: Spot, old: Any, new: Any, name: str) -> list[Edit]:
        if spot.kind == "table" and type(old) is type(new) and isinstance(new, msgspec.Struct):
            return self.table(spot, old, new, _keys(new))
        if spot.flow or spot.kind != "table":
            return [(spot.start, spot.end, _written(new, name, flow=True))]
        return [
            (spot.start, spot.end, self._shifted(_block_item(new, name)[2:].replace("\n  ", "\n"), self._column(spot.start), at=spot.start))
        ]

    def _replaced(self, spot: Spot, at: int, new: tuple[Any, ...], name: str) -> Edit:
        """Return the edit that puts values in the place of the item ``at``."""
        one = spot.children[at]
        style = one.style if one.style in ("'", '"') else ""
        if spot.flow or (len(new) == 1 and (style or self._commented(one.end))):
            return one.start, one.end, ", ".join(_written(value, name, style=style, flow=True) for value in new)
        dash = self._dash(spot, at)
        return dash, one.end if len(new) == 1 else self._line_end(one.end), self._block(spot, new, name)

    def _put_in(self, spot: Spot, at: int, new: tuple[Any, ...], name: str) -> Edit:
        """Return the edit that puts values into a list, before the item ``at`` (at its end where there is none)."""
        if spot.flow:
            shown = ", ".join(_written(value, name, flow=True) for value in new)
            place = spot.children[at - 1].end if at else spot.children[0].start
            return (place, place, f", {shown}") if at else (place, place, f"{shown}, ")
        between = self._between(spot, name)
        if at:
            place = self._line_end(spot.children[at - 1].end)
            return place, place, between + self._block(spot, new, name)
        place = self._dash(spot, 0)
        return place, place, self._block(spot, new, name) + between

    def _block(self, spot: Spot, new: tuple[Any, ...], name: str) -> str:
        """Return values as items of a list below its key; the first has no indentation yet."""
        column, at = self._column(self._dash(spot, 0)), spot.start
        return self._between(spot, name).join(self._shifted(_block_item(value, name), column, at=at) for value in new)

    def _between(self, spot: Spot, name: str) -> str:
        """Return what stands between the items of a list: a line end, a blank line where questions have one, the indentation."""
        ending = line_end(self.text, spot.start)
        gaps = [self.text[one.end : other.start] for one, other in zip(spot.children, spot.children[1:], strict=False)]
        blank = any(_BLANK.search(gap) and "#" not in gap for gap in gaps) or not gaps  # what is above a heading tells nothing
        return ending * (2 if blank and name == "questions" else 1) + " " * self._column(self._dash(spot, 0))

    def _taken_out(self, spot: Spot, at: int) -> Edit:
        """Return the edit that takes an item out of a list below its key, and one of the blank lines around it."""
        start, end, _ = self._lines_out(self._dash(spot, at), spot.children[at].end, None)
        for begin, finish in ignores_above(self.text, spot, at):
            start = begin if finish == start else start
        if at and self._is_blank_line(self._line_start(start)):
            start = self._before_line(self._line_start(start))
        elif not at and self._is_blank_line(self._next_line(end)) and self._next_line(end) < len(self.text):
            end = self._line_end(self._next_line(end))
        return start, end, ""

    def _cut(self, spot: Spot, first: int, last: int) -> Edit:
        """Return the edit that takes items out of a list in brackets, with their commas."""
        items = spot.children
        if first:
            return items[first - 1].end, items[last - 1].end, ""
        return items[0].start, items[last].start if last < len(items) else items[last - 1].end, ""

    def _from_one(self, spot: Spot, old: Any, new: tuple[Any, ...], name: str, *, flow: bool) -> list[Edit]:
        """Return the edit that makes a list of what stood alone, without a dash."""
        at = next((number for number, one in enumerate(new) if _identity(one) == _identity(old)), 0)
        if len(new) == 1:
            return self.table(spot, old, new[0], _keys(new[0]))
        edits = self.table(spot, old, new[at], _keys(old))
        kept = _spliced(self.text, edits, start=spot.start, end=spot.end)
        if spot.flow:
            shown = [kept if number == at else _written(one, name, flow=True) for number, one in enumerate(new)]
            return [(spot.start, spot.end, f"[{', '.join(shown)}]")]
        column = self._column(spot.start)
        ending = line_end(self.text, spot.start)
        deeper = "- " + re.sub(r"(\r\n|\n|\r)(?=[^\r\n])", r"\1  ", kept)
        shown = [deeper if number == at else self._shifted(_block_item(one, name), column, at=spot.start) for number, one in enumerate(new)]
        return [(spot.start, spot.end, f"{ending}{' ' * column}".join(shown))]

    # Places in the text

    def _dash(self, spot: Spot, at: int) -> int:
        return dash_of(self.text, spot, at)

    def _line_start(self, index: int) -> int:
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def _line_end(self, index: int) -> int:
        found = _END.search(self.text, index)
        return found.start() if found else len(self.text)

    def _next_line(self, index: int) -> int:
        found = _END.search(self.text, index)
        return found.end() if found else len(self.text)

    def _before_line(self, begin: int) -> int:
        """Return where the line before the one that begins at ``begin`` ends."""
        return begin - 2 if self.text[max(0, begin - 2) : begin] == "\r\n" else max(0, begin - 1)

    def _is_blank_line(self, begin: int) -> bool:
        return not self.text[begin : self._line_end(begin)].strip()

    def _commented(self, end: int) -> bool:
        return bool(self.text[end : self._line_end(end)].strip())

    def _column(self, index: int) -> int:
        return index - self._line_start(index)

    def _shifted(self, lines: str, column: int, *, at: int) -> str:
        """Return ``lines``, made at the left edge, indented from the second on, with the line ends in use at ``at``."""
        first, *rest = lines.split("\n")
        return line_end(self.text, at).join([first, *(" " * column + line if line else line for line in rest)])


def _keeps(spot: Spot, new: msgspec.Struct) -> bool:
    """Whether a key stays of the mapping at ``spot``; where none does, it is written anew."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(new)}
    return any(spot.pair(key) and getattr(new, key) != defaults[key] for key in _keys(new))


def _keys(struct: msgspec.Struct) -> list[str]:
    if isinstance(struct, KINDS):
        return writing.order_of(type(struct))
    return [field.name for field in msgspec.structs.fields(struct)]


def _identity(value: Any) -> Any:
    """Return what stays of an item of a list when it is edited."""
    if isinstance(value, Evidence):
        return value.source, value.quote
    return getattr(value, "id", value)


def _called_otherwise(old: Sequence[Question], new: Sequence[Question]) -> list[Any]:
    """Return the ids of ``new``; of a question that is one of ``old`` under another id, the one that it had."""
    before, after = {one.id for one in old}, {one.id for one in new}
    had = {msgspec.structs.replace(one, id=""): one.id for one in old if one.id not in after}
    return [one.id if one.id in before else had.get(msgspec.structs.replace(one, id=""), one.id) for one in new]


def _node(value: Any, name: str, *, style: str = "", short: bool = False) -> YamlNode:
    """Return a value as YAML; ``short``: on one line."""
    if isinstance(value, KINDS):
        return MappingNode(_MAP, writing.fields_of(value, _keys(value)), flow_style=short)
    if name == "questions" and isinstance(value, tuple):
        return SequenceNode(_SEQ, [_node(one, name) for one in value], flow_style=not value)
    node = writing.node_of(value, name)
    if style and isinstance(node, ScalarNode):
        node.style, node.tag = '"' if _BREAK.search(node.value) else style, _STR  # in quotes, numbers and truths are text
    return node


def _written(value: Any, name: str, *, style: str = "", flow: bool) -> str:
    """Return a value as it is written behind its key: on one line and safe between brackets (``flow``), or as ``save`` would."""
    if flow:
        shown = writing.serialized(SequenceNode(_SEQ, [_node(value, name, style=style, short=True)], flow_style=True))
        return shown.strip()[1:-1]
    return _behind_key(value, name, style=style).lstrip(" ")


def _behind_key(value: Any, name: str, *, style: str = "") -> str:
    """Return what follows ``name:`` in a deck that is saved, without the last line end."""
    shown = writing.serialized(MappingNode(_MAP, [(ScalarNode(_STR, name), _node(value, name, style=style))], flow_style=False))
    return shown.rstrip("\n").removeprefix(f"{name}:")


def _block_item(value: Any, name: str) -> str:
    """Return a value as an item of a list below its key, with its dash."""
    return writing.serialized(SequenceNode(_SEQ, [_node(value, name)], flow_style=False)).rstrip("\n")
