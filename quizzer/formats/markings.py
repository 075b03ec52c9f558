r"""Markdown around questions: what forms of flashcards in Markdown have in common.

A text that is to be shown as it is has a backslash before every mark of Markdown. Answers are written so always, stems and
explanations in decks that are not Markdown themselves. A list of things is a list with dashes, an order a list with numbers, a match one
with arrows; the explanation and the sources stand behind the answer as a quotation (``> …``).
"""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from quizzer.core.kinds import GAP, Deck, List, Match, Order, Plain, Question, Statement
from quizzer.core.model import Markup
from quizzer.formats.plainly import TRUE_OR_FALSE
from quizzer.formats.sources import Sources, footnote, without_footnote

ARROW = " → "
_SIGNS = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|=(?==)|:(?=:)|(?<= )\^|&(?=#?\w+;)")
_STARTS = re.compile(r"(?m)^([ \t]*)(#|>|[-+](?=[ \t-]|$)|=(?==)|%(?=%)|\?(?=\??[ \t]*$))")
_DEEP = re.compile(r"(?m)^(?: (?= {3}| {0,2}\t)|\t)")
_DEPTH = re.compile(r"(?m)^&#(9|32);")
_NUMBERED = re.compile(r"(?m)^([ \t]*\d{1,9})([.)])(?=[ \t]|$)")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_WRAPPED = re.compile(r"(\*\*|__|\*|_|`)(?!\s)([^*_`]+)(?<!\s)\1")
_MARKDOWN = re.compile(r"[\\`*~$]|(?<![^\W_])_[^\s_]|\]\(\S|<\w|^#|^> |^[-+] |^\d+\. |^\|", re.MULTILINE)
_ITEM = re.compile(r"[-*+][ \t]+(\S.*)")
_NUMBER = re.compile(r"\d{1,9}[.)][ \t]+(\S.*)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})([^`]*)$")


def escaped(text: str) -> str:
    """Return Markdown that shows ``text`` as it is."""
    shown = _SIGNS.sub(lambda found: f"\\{found[0]}", text)
    if shown.count("$") > 1:  # one dollar is money, two are a formula
        shown = shown.replace("$", "\\$")
    shown = _STARTS.sub(r"\1\\\2", shown)
    return indented(_NUMBERED.sub(r"\1\\\2", shown))


def unescaped(text: str) -> str:
    """Return ``text`` without the backslashes that ``escaped`` puts before marks."""
    return _BACKSLASH.sub(r"\1", unindented(text))


def indented(text: str) -> str:
    """Return Markdown in which no line is code for being indented."""
    return _DEEP.sub(lambda found: f"&#{ord(found[0])};", text)


def unindented(text: str) -> str:
    """Return ``text`` as it was before ``indented``."""
    return _DEPTH.sub(lambda found: chr(int(found[1])), text)


def entity(text: str, last: str) -> str:
    """Return Markdown that shows its last sign, where that is ``last``, and makes no mark of it together with what follows."""
    bare = text.removesuffix(last)
    if bare == text:
        return text
    return f"{bare[:-1] if _is_escaped(bare) else bare}&#{ord(last)};"


def without_entity(text: str, last: str) -> str:
    """Return ``text`` as it was before ``entity``."""
    bare = text.removesuffix(f"&#{ord(last)};")
    return text if bare == text or _is_escaped(bare) else bare + last


def _is_escaped(before: str) -> bool:
    """Whether what follows a text is shown as it is, by the backslash at its end."""
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def said(deck: Deck, text: str) -> str:
    """Return a stem or explanation as it is written in Markdown."""
    return text if deck.markup is Markup.MARKDOWN else escaped(text)


def key_of(raw: str) -> str:
    """Return an answer as text: emphasis around all of it and backslashes taken off."""
    found = _WRAPPED.fullmatch(raw.strip())
    return unescaped(found[2] if found else raw).strip()


def is_markdown(questions: Iterable[Question]) -> bool:
    """Whether any stem or explanation has marks of Markdown in it."""
    return any(_MARKDOWN.search(GAP.sub("x", text)) for question in questions for text in (question.text, question.explanation))


def stem_of(question: Question, deck: Deck) -> str:
    """Return the stem of a question that is no cloze, as Markdown."""
    text = said(deck, question.text.strip())
    return TRUE_OR_FALSE + text if isinstance(question, Statement) else text


def answer_of(question: Question) -> str:
    """Return the answer of a question that is no cloze, as Markdown: a text, or a list of things."""
    match question:
        case Statement():
            return "True" if question.answer else "False"
        case List():
            return "\n".join(f"- {_flat(text)}" for text in question.answers)
        case Order():
            return "\n".join(f"{number}. {_flat(text)}" for number, text in enumerate(question.order, start=1))
        case Match():
            return "\n".join(f"- {_flat(left)}{ARROW}{_flat(right)}" for left, right in question.match)
        case Plain():
            return escaped(question.answer.strip())
    raise AssertionError(question)


def quotation(question: Question, deck: Deck) -> str:
    """Return the explanation and the sources of a question as a quotation; empty where it has none."""
    plain = msgspec.structs.replace(question, explanation="")
    paragraphs = [escaped(text) for text in footnote(plain, deck)]
    if question.explanation.strip():
        paragraphs.insert(0, said(deck, question.explanation.strip()))
    lines = "\n\n".join(paragraphs).split("\n") if paragraphs else []
    return "\n".join(f"> {line}" if line.strip() else ">" for line in lines)


def without_quotation(text: str) -> tuple[str, list[str]]:
    """Return a text and the paragraphs of the quotation that ends it."""
    lines = text.rstrip().split("\n")
    at = len(lines)
    while at > 1 and lines[at - 1].startswith(">"):
        at -= 1
    quoted = "\n".join(re.sub("^> ?", "", line) for line in lines[at:])
    return "\n".join(lines[:at]).strip(), [part.strip("\n") for part in re.split(r"\n[ \t]*\n", quoted) if part.strip()]


def noted(paragraphs: list[str], sources: Sources, *, plain: bool) -> dict[str, Any]:
    """Return what the paragraphs of a quotation say of a question: its explanation, evidence, and the date at which it holds."""
    found = without_footnote([unescaped(text) for text in paragraphs], sources)
    if not plain:
        texts = [text for text in paragraphs if without_footnote([unescaped(text)], Sources())["explanation"]]
        found["explanation"] = "\n\n".join(texts)
    return found


def question_of(stem: str, answer: str, shared: dict[str, Any], *, plain: bool) -> Question:
    """Return the question that a stem and an answer in Markdown make: what kind it is, the answer says."""
    text = unescaped(stem) if plain else stem
    lines = [line.strip() for line in answer.split("\n") if line.strip()]
    items = [found[1] for line in lines if (found := _ITEM.fullmatch(line))]
    steps = [found[1] for line in lines if (found := _NUMBER.fullmatch(line))]
    if stem.startswith(TRUE_OR_FALSE) and answer.strip().lower() in ("true", "false") and len(stem) > len(TRUE_OR_FALSE):
        return Statement(statement=text[len(TRUE_OR_FALSE) :], answer=answer.strip().lower() == "true", **shared)
    if len(steps) == len(lines) > 1:
        return Order(question=text, order=tuple(map(key_of, steps)), **shared)
    if items and len(items) == len(lines) and all(_is_pair(item) for item in items) and len(items) > 1:
        return Match(question=text, match=tuple(_pair(item) for item in items), **shared)
    if items and len(items) == len(lines):
        return List(question=text, answers=tuple(map(key_of, items)), **shared)
    return Plain(question=text, answer=key_of(answer), **shared)


def fences(lines: list[str]) -> list[bool]:
    """Return of each line whether it belongs to fenced code, its fences among it."""
    inside: list[bool] = []
    fence = ""
    for line in lines:
        found = _FENCE.fullmatch(line)
        inside.append(bool(fence) or found is not None)
        if fence and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence and found:
            fence = found[1]
    return inside


def meta_of(deck: Deck) -> str:
    """Return what the file says of the deck itself, for a comment."""
    language = f", language: {deck.language}" if deck.language != "en" else ""
    return f"quizzer deck: {deck.id}, markup: {deck.markup.value}{language}"


META = re.compile(r"quizzer deck: (?P<id>[^\s,]*), markup: (?P<markup>plain|markdown)(?:, language: (?P<language>[A-Za-z0-9-]+))?")


def _is_pair(item: str) -> bool:
    return all(part.strip() for part in item.partition(ARROW))


def _pair(item: str) -> tuple[str, str]:
    left, _, right = item.partition(ARROW)
    return key_of(left), key_of(right)


def _flat(text: str) -> str:
    return escaped(" ".join(text.split()))
