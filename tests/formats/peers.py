"""How other programs read our exports, retold from their sources: the cards that each sees in a text."""

import csv
import io
import re
import tomllib
from typing import NamedTuple


class Card(NamedTuple):
    """A card as another program sees it: a front and a back, or a text and its gaps."""

    front: str
    back: str = ""
    gaps: tuple[str, ...] = ()


RUST_BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
JS_BLANKS = RUST_BLANKS.replace("\x85", "\ufeff")


def by_hashcards(text: str) -> list[Card]:
    """The cards of a file; whatever hashcards refuses is an AssertionError."""
    lines = text.split("\n")
    assert lines[0] == "---"
    assert tomllib.loads("\n".join(lines[1 : lines.index("---", 1)])).keys() == {"name"}
    lines = lines[lines.index("---", 1) + 1 :]
    cards: list[Card] = []
    state, fence = "", ""
    sides: dict[str, str] = {}
    for line in [*lines, None]:
        if line is None:
            line, fence = "---", ""  # the end ends a fence, too
        start = line.lstrip(RUST_BLANKS)
        if fence:
            fence = "" if start.startswith(fence) else fence
            sides[state] = f"{sides.get(state, '')}\n{line}"
        elif start.startswith("~~~") or (start.startswith("```") and "`" not in start.lstrip("`")):
            fence = start[:3]
            sides[state] = f"{sides.get(state, '')}\n{line}"
        elif line[:2] in ("Q:", "C:", "T:") or line.strip(RUST_BLANKS) == "---":
            assert state not in ("Q", "T"), "a question without an answer"
            if state == "C":
                cards.append(cloze_by_hashcards(sides["C"].strip()))
            elif state:
                cards.append(Card(sides["Q"].strip(), sides["A"].strip()))
            state = "" if line.strip(RUST_BLANKS) == "---" else line[0]
            sides = {state: line[2:]}
        elif line.startswith("A:"):
            assert state == "Q", f"an answer while reading {state!r}"
            state = "A"
            sides["A"] = line[2:]
        else:
            sides[state] = f"{sides.get(state, '')}\n{line}"
    return cards


def cloze_by_hashcards(text: str) -> Card:
    gaps: list[str] = []
    begin = link = at = 0
    image, inside = False, False
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] in ("[", "]"):
            at += 1
        elif sign == "!" and text[at + 1 : at + 2] == "[":
            image = True
        elif image:
            image = sign != "]"
        elif link:
            link += {"[": 1, "]": -1}.get(sign, 0)
        elif sign == "[" and opens_link(text, at):
            link = 1
        elif sign == "[":
            assert not inside, "nested cloze brackets"
            begin, inside = at + 1, True
        elif sign == "]" and inside:
            assert text[begin:at], "an empty gap"
            gaps.append(text[begin:at])
            inside = False
        at += 1
    assert gaps, "a cloze without a gap"
    assert not inside, "a gap that does not end"
    return Card(text, gaps=tuple(gaps))


def opens_link(text: str, at: int) -> bool:
    depth = 0
    while (at := at + 1) < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "[":
            depth += 1
        elif text[at] == "]" and not depth:
            return text[at + 1 : at + 2] == "("
        elif text[at] == "]":
            depth -= 1
    return False


def by_obsidian(text: str) -> list[Card]:
    """The cards of a note."""

    def has(line: str, mark: str) -> bool:
        at = line.find(mark)
        return at >= 0 and not (line[:at].count("`") % 2 == 1 and line[at + len(mark) :].count("`") % 2 == 1)

    cards: list[Card] = []
    form, card = "", ""

    def ended() -> None:
        if form in ("?", "??"):
            lines = card.split("\n")
            split = next(at for at, line in enumerate(lines) if line.strip(JS_BLANKS) == form)
            sides = "\n".join(lines[:split]), "\n".join(lines[split + 1 :])
            cards.extend([Card(*sides), Card(*sides[::-1])][: len(form)])
        elif form == "==":
            numbered = re.findall(r"==(?:\d+|[ash]+);;(.+?)(?:;;(.+?))?==", card)
            cards.append(Card(card, gaps=tuple(gap for gap, _ in numbered or re.findall(r"==(.+?)(?:;;(.+?))?==", card))))

    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("<!--"):
            while at + 1 < len(lines) and "-->" not in line:
                at += 1
            at += 1
        elif not line.strip(JS_BLANKS):
            ended()
            form = card = ""
        else:
            card = f"{card}\n{line.rstrip(JS_BLANKS)}" if card else line.rstrip(JS_BLANKS)
            if has(line, ":::"):
                front, _, back = line.partition(":::")
                cards += [Card(front, back), Card(back, front)]
                form = card = ""
            elif has(line, "::"):
                front, _, back = line.partition("::")
                cards.append(Card(front, back))
                form = card = ""
            elif line.strip(JS_BLANKS) in ("?", "??"):
                form = line.strip(JS_BLANKS) if len(card) > 1 else form
            elif fence := re.match("```+|~~~+", line):
                while at + 1 < len(lines) and not lines[at + 1].startswith(fence[0]):
                    at += 1
                    card += f"\n{lines[at]}"
                card += f"\n{fence[0]}"
                at += 1
            elif not form and re.search("==.+?==", line):
                form = "=="
        at += 1
    ended()
    return cards


def by_quizlet(text: str) -> list[Card]:
    """The cards of a paste, as Quizlet parts it when nothing else is said."""
    cards = [line.split("\t") for line in text.split("\n") if line]
    assert all(len(sides) == 2 and all(side.strip() for side in sides) for sides in cards)
    return [Card(*sides) for sides in cards]


def by_spreadsheet(text: str) -> list[Card]:
    """The questions of a table, as a spreadsheet shows it; a cell that it would reckon with is an AssertionError."""
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert all(len(row) == len(head) for row in rows)
    assert not any(re.match(r"\s*[=+\-@]", cell) for row in rows for cell in row)
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    asked = [row for row in cells if row["kind"] not in ("deck", "source", "evidence")]
    return [Card(*(re.sub(r"^'(?='*(\s*[=+\-@]|[\t\r]))", "", row[name]) for name in ("question", "answer"))) for row in asked]
