"""Markdown in the forms of Obsidian's spaced repetition: ``::``, ``:::``, ``?``, ``??`` and ``==gaps==``.

As in that plugin, a blank line ends a card, a tag line holds for all cards below it and a tag before a card for that one, code is left
alone, and a block id (`` ^id``) names a card. Headings are tags too, the first of the first level is the title.
"""

import re
from typing import Any

import msgspec

from quizzer.core.kinds import GAP, Cloze, Deck, Question
from quizzer.core.model import Markup
from quizzer.formats.decoding import with_newlines
from quizzer.formats.losses import writer
from quizzer.formats.markings import (
    META,
    answer_of,
    entity,
    is_markdown,
    meta_of,
    noted,
    question_of,
    quotation,
    said,
    stem_of,
    unescaped,
    without_entity,
    without_quotation,
)
from quizzer.formats.sources import Sources
from quizzer.formats.values import Options, Problem, Read, short

FLASHCARDS = "flashcards"  # the plugin's own tag: notes that have it are searched for cards
_BLOCK_ID = re.compile(r" \^([A-Za-z0-9-]+)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.(?:.*[^ \t#])?)[ \t#]*")
_TAGS = re.compile(r"(?:#[^\s#]+[ \t]*)+")
_LED = re.compile(r"((?:#[^\s#]+[ \t]+)+)(?=\S)")
_GAP = re.compile(r"==(?=.+?==)(?P<gap>.+?)(?:;;(?P<hint>.+?))?==(?:\^\[(?P<aside>[^\]\n]{0,999})\])?(?:\[\^(?P<group>[^\]\n]{0,99})\])?")
_NUMBERED_GAP = re.compile(_GAP.pattern.replace("(?P<gap>", r"(?P<number>\d+|[ash]+);;(?P<gap>"))
_OPENING = re.compile(r"```+|~~~+")
_BLANKS = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))  # the plugin's
_BULLET = re.compile(r"\A(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?")
_SCHEDULE = re.compile(r"(?<![ \t])[ \t]*(?<!\\)<!--SR:.*?-->")


def read(text: str, options: Options) -> Read:
    """Return the deck of the cards in a note; ``options`` leave nothing open here."""
    del options
    return _Reader(with_newlines(text).split("\n")).read()


def render(deck: Deck) -> str:
    """Return the deck as the text of a note."""
    cards = [_card(question, deck) for question in deck.questions]
    title = _sealed(" ".join(deck.title.split()), gaps=True)
    return "\n\n".join([f"#{FLASHCARDS}", f"# {title}", f"%% {meta_of(deck)} %%", *cards]) + "\n"


write = writer(title="Obsidian", render=render, read=read)


def knows(text: str) -> bool:
    """Whether ``text`` has cards of these forms."""
    return re.search(r"(?m)\S.*::.*\S|^\?\??[ \t]*$|==[^=\n]+==", with_newlines(text)) is not None


# Writing


def _card(question: Question, deck: Deck) -> str:
    tags = "".join(f"#{tag} " for tag in (re.sub(r"[^\w/-]+", "-", tag.strip()).strip("-") for tag in question.tags) if tag)
    name = f" ^{question.id}" if re.fullmatch("[A-Za-z0-9-]+", question.id) else ""
    gaps = isinstance(question, Cloze)
    quoted = "\n".join(_sealed(line, gaps=gaps) for line in quotation(question, deck).split("\n"))
    below = f"\n{quoted}" if quoted else ""
    if isinstance(question, Cloze):
        return f"{tags}{_dense(_cloze(question, deck))}{name}{below}"
    bare, answer = _dense(stem_of(question, deck)), _dense(answer_of(question))
    stem = f"{tags}{bare}"
    line = f"{stem}::{answer}{name}"
    split = (len(stem), len(stem) + 2)
    if quoted or "\n" in line or _inline(line) != split or _BULLET.match(bare) or answer.startswith(("- ", "1. ")):
        return f"{stem}\n?\n{answer}{name}{below}"
    return line


def _dense(text: str) -> str:
    """Return a text that no blank line ends, and no mark in it begins a card."""
    lines = [line for line in text.strip().split("\n") if line.strip() and line.strip(_BLANKS)]
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if end is not None and (end == len(lines) or "`" in lines[at].lstrip("`")):  # no code, and would be taken for such
            lines[at], end = f" {lines[at]}", None
        if end is None:
            lines[at] = _solid(lines[at])
        at = at + 1 if end is None else end + 1
    return "\n".join(lines)


def _solid(line: str) -> str:
    line = _sealed(line)
    line = re.sub(r"^([\s\ufeff]*)(?=\?\??[\s\ufeff]*$)", r"\1\\", line)
    return f"\\{line}" if re.match(r"#[^\s#]|%%|<!--", line) or _HEADING.fullmatch(line) else line


def _sealed(line: str, *, gaps: bool = False) -> str:
    """Return a line that is no card by its colons, and has no gap where ``gaps`` would be taken for such."""
    line = re.sub(r"(?<!\\)<!--SR:", r"\\<!--SR:", line)
    line = re.sub(r":(?=:)", r":\\", line) if _inline(line) else line
    return re.sub(r"=(?==)", r"=\\", line) if gaps and _GAP.search(line) else line


def _cloze(question: Cloze, deck: Deck) -> str:
    pieces, end = [], 0
    for found in GAP.finditer(question.cloze):
        around, gap = _flat(deck, question.cloze[end : found.start()]), " ".join(found[1].split("|")[0].split())
        gap = re.sub(r";(?=;)", r";\\", _flat(deck, gap))
        pieces += [entity(around, "="), f"=={entity(gap, '=')}=="]
        end = found.end()
    pieces.append(_flat(deck, question.cloze[end:]))
    return "".join(pieces)


def _flat(deck: Deck, text: str) -> str:
    return re.sub(r"=(?==)", r"=\\", said(deck, text))


# Reading


def _inline(line: str) -> tuple[int, int] | None:
    """Return where ``::`` or ``:::`` stands in a line, outside of code; None where it does not.

    As in the plugin, the first one decides, and code is what has an odd number of backticks on either side.
    """
    for mark in (":::", "::"):
        at = line.find(mark)
        if at >= 0 and not (line.count("`", 0, at) % 2 and line.count("`", at + len(mark)) % 2):
            return at, at + len(mark)
    return None


def _end(lines: list[str], at: int) -> int | None:
    """Return the line in which the fenced code ends that begins in a line: past the end where it is open, None where there is none."""
    opening = _OPENING.match(lines[at])
    if not opening or _inline(lines[at]):
        return None
    return next((end for end in range(at + 1, len(lines)) if lines[end].startswith(opening[0])), len(lines))


def _fences(lines: list[str]) -> list[bool]:
    """Return of each line whether it belongs to fenced code, its fences among it, as the plugin has it."""
    inside: list[bool] = []
    while len(inside) < len(lines):
        end = _end(lines, len(inside))
        inside += [False] if end is None else [True] * (min(end + 1, len(lines)) - len(inside))
    return inside


class _Reader:
    """Goes through a note line by line, as the plugin does."""

    def __init__(self, lines: list[str]) -> None:
        self._all = lines
        self._deck = Deck(id="", title="")
        self._marked = False
        self._sources = Sources()
        self._questions: list[Question] = []
        self._lines: list[int] = []
        self._problems: list[Problem] = []
        self._tags: tuple[str, ...] = ()
        self._headings: list[tuple[int, str]] = []
        self._card: list[str] = []
        self._form, self._start = "", 0

    def read(self) -> Read:
        code = _fences(self._all)
        at = self._front_matter()
        while at < len(self._all):
            line = self._all[at] if code[at] else _unscheduled(self._all[at])
            if code[at]:
                self._add(at, line)
            elif not line.strip(_BLANKS):
                if not self._all[at].strip(_BLANKS):  # a line of nothing but scheduling ends no card
                    self._close()
            elif line.startswith(("<!--", "%%")):
                at = self._comment(at, line)
            elif found := _HEADING.fullmatch(line):
                self._heading(len(found[1]), found[2])
            elif not self._card and _TAGS.fullmatch(line):
                self._tags = _named(line)
            else:
                self._line(at, line)
            at += 1
        self._close()
        markup = self._deck.markup if self._marked else Markup.MARKDOWN if is_markdown(self._questions) else Markup.PLAIN
        deck = msgspec.structs.replace(self._deck, questions=tuple(self._questions), sources=self._sources.all, markup=markup)
        return Read(deck=deck, lines=tuple(self._lines), problems=tuple(self._problems))

    def _front_matter(self) -> int:
        """Take the title and the tags of the note's properties; return the line after them, from 0."""
        if not self._all or self._all[0].strip() != "---":
            return 0
        end = next((at for at, line in enumerate(self._all[1:], start=1) if line.strip() == "---"), 0)
        text = "\n".join(self._all[1:end])
        title = re.search(r"(?m)^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", text)
        if title:
            self._deck = msgspec.structs.replace(self._deck, title=title[1])
        tags = re.search(r"(?m)^tags:[ \t]*(\[?.*\]?|(?:\n[ \t]*-[ \t].*)+)$", text)
        if tags:
            self._tags = _named(" ".join(f"#{tag.strip('#')}" for tag in re.findall(r"[\w/#-]*\w[\w/-]*", tags[1])))
        return end + 1 if end else 1

    def _comment(self, at: int, line: str) -> int:
        """Pass over a comment; return the line in which it ends, from 0."""
        found = META.search(line)
        if found:
            self._marked = True
            language = found["language"] or "en"
            self._deck = msgspec.structs.replace(self._deck, id=found["id"], markup=Markup(found["markup"]), language=language)
        mark = "-->" if line.startswith("<!--") else "%%"
        if mark in line[2:]:
            return at
        return next((end for end in range(at + 1, len(self._all)) if mark in self._all[end]), at)

    def _heading(self, level: int, text: str) -> None:
        self._close()
        if level == 1 and not self._deck.title:
            self._deck = msgspec.structs.replace(self._deck, title=_loose(text))
            return
        self._headings = [*(one for one in self._headings if one[0] < level), (level, text)]

    def _add(self, at: int, line: str) -> None:
        if not self._card:
            self._start = at + 1
        self._card.append(line)

    def _line(self, at: int, line: str) -> None:
        self._add(at, line)
        inline, mark = _inline(line), line.strip(_BLANKS)
        if inline:
            if self._form:
                what = f"the line {short(line)!r} is a card of its own, so what stands above it is none"
                message = f"{what}. Write :\\: in it, or a blank line above."
                self._problems.append(Problem(self._start, message))
            self._card, self._start = [line], at + 1
            self._form = ":::" if inline[1] - inline[0] == 3 else "::"
            self._close()
        elif mark in ("?", "??") and len(self._card) > 1:
            self._form = mark
        elif not self._form and _GAP.search(line):
            self._form = "=="

    def _close(self) -> None:
        form, self._form = self._form, ""
        card, self._card = self._card, []
        if not form:
            return
        led = _LED.match(card[0])
        tags = [*(text for _, text in self._headings), *(_named(led[1]) if led else self._tags)]
        card[0] = card[0][led.end() :] if led else card[0]
        shared: dict[str, Any] = {"tags": tuple(dict.fromkeys(tags))}
        if form == "==":
            self._cloze("\n".join(card), shared)
        elif form in ("::", ":::"):
            begin, end = _inline(card[0]) or (0, 0)
            self._sides(_BULLET.sub("", card[0][:begin].strip(), count=1), card[0][end:], shared, both=form == ":::")
        else:
            split = next(at for at, line in enumerate(card) if at and line.strip(_BLANKS) == form)
            self._sides("\n".join(card[:split]), "\n".join(card[split + 1 :]), shared, both=form == "??")

    def _noted(self, text: str, shared: dict[str, Any]) -> str:
        """Take the quotation and the block id off a card's end, for ``shared``; return what is left."""
        body, quoted = without_quotation(text)
        named = _BLOCK_ID.search(body)
        if named and named.end() == len(body):
            shared["id"] = named[1]
            body = body[: named.start()]
        shared.update(noted([_loose(text) for text in quoted], self._sources, plain=self._plain))
        return body.strip()

    @property
    def _plain(self) -> bool:
        return self._marked and self._deck.markup is Markup.PLAIN

    def _sides(self, front: str, back: str, shared: dict[str, Any], *, both: bool) -> None:
        stem, answer = _loose(front.strip()), _loose(self._noted(back, shared))
        if not stem or not answer:
            what = "front" if not stem else "back"
            self._problems.append(Problem(self._start, f"this card has no {what}. Write it, on the line beside the mark."))
            return
        self._take(question_of(stem, answer, shared, plain=self._plain))
        if both:
            name = f"{shared['id']}-back" if shared.get("id") else ""
            self._take(question_of(answer, stem, {**shared, "id": name}, plain=self._plain))

    def _cloze(self, text: str, shared: dict[str, Any]) -> None:
        body = self._noted(text, shared)

        def kept(part: str) -> str:
            part = without_entity(part, "=")
            part = unescaped(part) if self._plain else _loose(part)
            return part.replace("{{", "{ {").replace("}}", "} }")

        pieces, end, hints = [], 0, []
        for found in (_NUMBERED_GAP if _NUMBERED_GAP.search(body) else _GAP).finditer(body):
            if not found["gap"].strip():
                continue
            pieces += [kept(body[end : found.start()]), f"{{{{{kept(found['gap']).strip()}}}}}"]
            end = found.end()
            hints += [hint.strip() for hint in (found["hint"], found["aside"]) if hint and hint.strip()]
            group = found["group"] or found.groupdict().get("number")
            if group:
                message = f"the group {group} of a gap was dropped: every gap is a card of its own."
                self._problems.append(Problem(self._start, message, skipped=False))
        if not pieces:
            self._problems.append(Problem(self._start, "this card has no gap. Put its key between == and ==."))
            return
        self._take(Cloze(cloze="".join([*pieces, kept(body[end:])]), hints=tuple(hints), **shared))

    def _take(self, question: Question) -> None:
        self._questions.append(question)
        self._lines.append(self._start)


def _unscheduled(line: str) -> str:
    end = line.rfind("-->") + 1  # behind it none ends, and none is looked for
    return _SCHEDULE.sub("", line[: end + 2]) + line[end + 2 :] if end else line


def _loose(text: str) -> str:
    """Return a text without the backslashes that keep its marks from beginning a card."""
    text = re.sub(r"(?<=:)\\(?=:)|(?<==)\\(?==)|(?<=;)\\(?=;)", "", text)
    text = re.sub(r"(?m)^((?:[^\S\n]|\ufeff)*)\\(?=\?\??[ \t]*$)", r"\1", text)
    return re.sub(r"(?m)^\\(?=#|%%|<!--)|^ (?=```|~~~)|\\(?=<!--SR:)", "", text)


def _named(line: str) -> tuple[str, ...]:
    """Return the tags of a line, without the plugin's own."""
    tags = [tag.removeprefix("#").removeprefix(FLASHCARDS).strip("/") for tag in line.split()]
    return tuple(tag for tag in tags if tag)
