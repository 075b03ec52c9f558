"""Markdown in the form of hashcards: ``Q:`` and ``A:``, ``C:`` with gaps in brackets, each as many lines as it likes.

As in hashcards, text before the first card is no part of any, ``---`` ends a card, code fences are left alone, and the deck's name
stands in front matter. Ids stand in comments, which hashcards does not show.
"""

import json
import re
import tomllib
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

_TAG = re.compile(r"([QAC]):(.*)")
_ESCAPE = "\\"
_SOLID = re.compile(r"([QACTD])\\:")  # a line that begins like a card, and is none
_BLANK = r"[^\S\x1c-\x1f]"  # as hashcards has it
_RULE = re.compile(f"{_BLANK}*---{_BLANK}*")
_FENCE = re.compile(f"{_BLANK}*(?:(```)`*(?!.*`)|(~~~))")
_ID = re.compile(r"(?<!\s)\s*<!-- id: ([A-Za-z0-9][A-Za-z0-9._-]*) -->\s*\Z")
_BRACKET = re.compile(r"(?<!\\)(?P<link>!?\[[^\[\]\\\n]*\](?=\())|(?<!\\)[\[\]]")


def read(text: str, options: Options) -> Read:
    """Return the deck of the cards in ``text``; ``options`` leave nothing open here."""
    del options
    lines = with_newlines(text).split("\n")
    title, begins, problems = _front_matter(lines)
    return _Reader(lines, title, begins, problems).read()


def render(deck: Deck) -> str:
    """Return the deck as the text of a Markdown file."""
    name = json.dumps(deck.title, ensure_ascii=False).replace("\x7f", "\\u007f")
    cards = [_card(question, deck) for question in deck.questions]
    return "\n\n".join([f"---\nname = {name}\n---", f"<!-- {meta_of(deck)} -->", *cards]) + "\n"


write = writer(title="hashcards", render=render, read=read)


def knows(text: str) -> bool:
    """Whether ``text`` has cards of this form."""
    return re.search(r"(?m)^(Q:(.*\n)+?A:|C:.*\[)", with_newlines(text)) is not None


def _card(question: Question, deck: Deck) -> str:
    parts = [_cloze(question, deck)] if isinstance(question, Cloze) else _sides(question, deck)
    quoted = quotation(question, deck)
    if quoted and isinstance(question, Cloze) and deck.markup is Markup.MARKDOWN:
        quoted = _bracketed(quoted)
    if quoted:
        parts += ["", quoted]
    return "\n".join([*parts, "", f"<!-- id: {question.id} -->"] if question.id else parts)


def _sides(question: Question, deck: Deck) -> list[str]:
    stem, answer = _solid(stem_of(question, deck)), _solid(answer_of(question))
    below = "\n" in answer or answer.startswith("- ")
    return [_tagged("Q", stem, below=False), _tagged("A", answer, below=below)]


def _tagged(tag: str, text: str, *, below: bool) -> str:
    """Return a side of a card; lists and code begin on a line of their own."""
    return f"{tag}:\n{text}" if below or re.match("```|~~~", text) else f"{tag}: {text}"


def _cloze(question: Cloze, deck: Deck) -> str:
    pieces, end = [], 0
    for found in GAP.finditer(question.cloze):
        around, gap = _around(deck, question.cloze[end : found.start()], end), _text(deck, found[1].split("|")[0].strip())
        gap = re.sub(r"\n\s*(?=>)", " ", gap)  # or it would begin the quotation
        pieces.append(f"{entity(entity(around, '!'), _ESCAPE)}[{entity(gap, _ESCAPE)}]")
        end = found.end()
    pieces.append(_around(deck, question.cloze[end:], end))
    return _tagged("C", _solid("".join(pieces).strip()), below=False)


def _around(deck: Deck, text: str, at: int) -> str:
    """Return what stands around a gap; a parenthesis after one (``at`` is not 0) makes no link of it."""
    text = _text(deck, text)
    return f"\\{text}" if at and text.startswith("(") else text


def _text(deck: Deck, text: str) -> str:
    """Return what stands around a gap, or in it, with brackets that are none of a gap."""
    return _bracketed(text) if deck.markup is Markup.MARKDOWN else said(deck, text)


def _bracketed(text: str) -> str:
    """Return Markdown with a backslash before every bracket that is none of a link's or picture's."""
    return _BRACKET.sub(lambda found: found[0] if found["link"] else f"\\{found[0]}", text)


def _solid(text: str) -> str:
    """Return ``text`` with lines that would begin another card, or end this one, made safe."""
    lines = text.split("\n")
    for at, code in enumerate(_fences(lines)):
        if not code:
            line = re.sub(r"^([QACTD]):", r"\1\\:", lines[at])
            lines[at] = "***" if _RULE.fullmatch(line) else line
    return "\n".join(lines)


def _fences(lines: list[str]) -> list[bool]:
    """Return of each line whether it belongs to fenced code, its fences among it, as hashcards has it."""
    inside, fence = [], ""
    for line in lines:
        found = None if fence else _FENCE.match(line)
        inside.append(bool(fence or found))
        if found:
            fence = found[1] or found[2]
        elif fence and re.match(f"{_BLANK}*{fence}", line):
            fence = ""
    return inside


def _loose(text: str) -> str:
    return re.sub(f"(?m)^{_SOLID.pattern}", r"\1:", text)


def _front_matter(lines: list[str]) -> tuple[str, int, list[Problem]]:
    """Return the name in the front matter, the first line after it (from 0), and what is wrong with it."""
    if not lines or lines[0].strip() != "---":
        return "", 0, []
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
    if not end:
        return "", 0, [Problem(1, "front matter begins with --- and does not end. Write --- below it.", skipped=False)]
    try:
        name = tomllib.loads("\n".join(lines[1:end])).get("name", "")
        return (name if isinstance(name, str) else ""), end + 1, []
    except (tomllib.TOMLDecodeError, RecursionError):
        named = re.search(r"(?m)^(?:title|name)\s*[:=]\s*[\"']?(.+?)[\"']?\s*$", "\n".join(lines[1:end]))
        return (named[1] if named else ""), end + 1, []


class _Reader:
    """Goes through the lines as hashcards does, and takes what it refuses as a whole card by card."""

    def __init__(self, lines: list[str], title: str, begins: int, problems: list[Problem]) -> None:
        self._all, self._begins, self._problems = lines, begins, problems
        self._deck = Deck(id="", title=title)
        self._marked = False
        self._sources = Sources()
        self._questions: list[Question] = []
        self._lines: list[int] = []
        self._start, self._tag = 0, ""
        self._parts: dict[str, list[str]] = {}

    def read(self) -> Read:
        body = self._all[self._begins :]
        for number, (line, code) in enumerate(zip(body, _fences(body), strict=True), start=self._begins + 1):
            tag = None if code else _TAG.match(line)
            if tag:
                self._open(number, tag[1], tag[2].strip())
            elif not code and _RULE.fullmatch(line):
                self._close()
            elif self._tag:
                self._parts[self._tag].append(line)
            elif found := META.search(line):
                self._meta(found)
        self._close()
        markup = self._deck.markup if self._marked else Markup.MARKDOWN if is_markdown(self._questions) else Markup.PLAIN
        questions = tuple(self._questions)
        deck = msgspec.structs.replace(self._deck, questions=questions, sources=self._sources.all, markup=markup)
        return Read(deck=deck, lines=tuple(self._lines), problems=tuple(self._problems))

    def _meta(self, found: re.Match[str]) -> None:
        self._marked = True
        language = found["language"] or "en"
        self._deck = msgspec.structs.replace(self._deck, id=found["id"], markup=Markup(found["markup"]), language=language)

    def _open(self, number: int, tag: str, text: str) -> None:
        if tag == "A":
            if self._tag == "Q":
                self._tag = "A"
                self._parts["A"] = [text]
                return
            what = "a second answer" if self._tag == "A" else "an answer to a cloze" if self._tag == "C" else "an answer without a question"
            self._close()
            self._problems.append(Problem(number, f"{what}: {short(text)!r}. Write Q: before it."))
            return
        self._close()
        self._start, self._tag = number, tag
        self._parts = {tag: [text]}

    def _close(self) -> None:
        tag, self._tag = self._tag, ""
        if tag == "Q":
            stem = short(" ".join(self._parts["Q"]))
            self._problems.append(Problem(self._start, f"the question {stem!r} has no answer. Write A: below it."))
        elif tag:
            question = self._question(tag)
            if question is not None:
                self._questions.append(question)
                self._lines.append(self._start)

    def _question(self, tag: str) -> Question | None:
        plain = self._marked and self._deck.markup is Markup.PLAIN
        body = "\n".join(self._parts[tag])
        named = _ID.search(body)
        body, quoted = without_quotation(body[: named.start()] if named else body)
        if self._marked and tag == "C" and not plain:
            quoted = [_unbracketed(text) for text in quoted]
        shared: dict[str, Any] = {"id": named[1] if named else "", **noted(quoted, self._sources, plain=plain)}
        if tag == "C":
            return self._cloze(body, shared, plain=plain)
        stem, answer = _loose("\n".join(self._parts["Q"]).strip()), _loose(body)
        if not stem or not answer:
            what = "question" if not stem else "answer"
            self._problems.append(Problem(self._start, f"this card has no {what}. Write it."))
            return None
        return question_of(stem, answer, shared, plain=plain)

    def _cloze(self, body: str, shared: dict[str, Any], *, plain: bool) -> Question | None:
        def text(part: str, *ends: str) -> str:
            for sign in ends:
                part = without_entity(part, sign)
            part = unescaped(part) if plain else _unbracketed(part)
            return part.replace("{{", "{ {").replace("}}", "} }")

        body = _loose(body)
        pieces, end = [], 0
        for begin, finish in _gaps(body):
            if body[begin:finish].strip():
                around, gap = body[end : begin - 1], body[begin:finish]
                around = around[1:] if end and around.startswith("\\(") and not plain else around
                pieces += [text(around, "!", _ESCAPE), f"{{{{{text(gap, _ESCAPE).strip()}}}}}"]
                end = finish + 1
        if not pieces:
            self._problems.append(Problem(self._start, f"the cloze {short(body)!r} has no gap. Put its key in brackets."))
            return None
        rest = body[end:]
        rest = rest[1:] if rest.startswith("\\(") and not plain else rest
        return Cloze(cloze="".join([*pieces, text(rest)]), **shared)


def _unbracketed(text: str) -> str:
    return re.sub(r"\\([\[\]])", r"\1", text)


def _gaps(text: str) -> list[tuple[int, int]]:
    """Return where the gaps of a cloze begin and end, without their brackets: all that is neither escaped nor a link or picture."""
    found: list[tuple[int, int]] = []
    links = _links(text)
    begin, at, depth, picture = 0, 0, 0, False
    while at < len(text):
        sign, following = text[at], text[at + 1 : at + 2]
        if sign == "\\" and following in ("[", "]"):
            at += 1
        elif sign == "!" and following == "[":
            picture = True
        elif picture:
            picture = sign != "]"
        elif depth:
            depth += {"[": 1, "]": -1}.get(sign, 0)
        elif at in links:
            depth = 1
        elif sign == "[":
            begin = at + 1
        elif sign == "]" and begin:
            found.append((begin, at))
            begin = 0
        at += 1
    return found


def _links(text: str) -> set[int]:
    """Return where the brackets stand that are closed by one that a parenthesis follows."""
    links: set[int] = set()
    opened: list[int] = []
    for found in re.finditer(r"\\.|[\[\]]", text, re.DOTALL):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            begin = opened.pop()
            if text.startswith("(", found.end()):
                links.add(begin)
    return links
