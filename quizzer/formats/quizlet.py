"""Quizlet's paste: a term and its definition, a tab between them, one card a line; both marks can be others.

The term is the question, as on the front of Quizlet's cards; ``swap`` turns them. There is no quoting, so a tab or a line end inside a
text becomes a blank.
"""

import re
import string
from collections.abc import Iterator

from quizzer.core.errors import FormatError
from quizzer.core.kinds import Deck, Plain, Question
from quizzer.formats.decoding import with_newlines
from quizzer.formats.losses import writer
from quizzer.formats.plainly import as_asked, as_plain
from quizzer.formats.values import Options, Problem, Read, short

_BETWEEN = ("\t", " - ", " – ", " — ", ";", ",", ": ", ":")  # what parts the sides, the surest first


def read(text: str, options: Options) -> Read:
    """Return a deck without a title, of one question for each card.

    Raises:
        FormatError: nothing could be found that parts the sides.
    """
    text = with_newlines(text)
    between, cards = _marks(text, options)
    questions: list[Question] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for line, card in _cards(text, cards):
        term, found, definition = card.partition(between)
        sides = (term.strip(), definition.strip())
        if not found or not all(sides):
            what = f"nothing parts the sides ({between!r})" if not found else f"the {'definition' if sides[0] else 'term'} is missing"
            problems.append(Problem(line, f"{what} in {short(card)!r}. Write term, {between!r} and definition."))
            continue
        stem, key = reversed(sides) if options.swap else sides
        questions.append(as_asked(Plain(question=stem, answer=key)))
        lines.append(line)
    return Read(deck=Deck(id="", title="", questions=tuple(questions)), lines=tuple(lines), problems=tuple(problems))


def render(deck: Deck) -> str:
    """Return the deck as text to paste into Quizlet."""
    return "".join(f"{_flat(question.question)}\t{_flat(question.answer)}\n" for question in map(as_plain, deck.questions))


def _read_back(text: str, options: Options) -> Read:
    del options
    return read(text, Options(between="\t", cards="\n"))


write = writer(title="Quizlet", render=render, read=_read_back)


def _flat(text: str) -> str:
    return re.sub(r"[\t\n\r]", " ", text).strip("\ufeff" + string.whitespace)  # the first sign of a file is none of its text


def _marks(text: str, options: Options) -> tuple[str, str]:
    """Return what stands between the sides, and between the cards; found out where it is not given."""
    cards = options.cards or "\n"
    between = options.between
    if not between:
        counts = {mark: sum(mark in card for _, card in _cards(text, cards)) for mark in _BETWEEN}
        most = max(counts.values(), default=0)
        if not most:
            raise FormatError("1: nothing parts the sides of a card: no tab, dash, semicolon, comma or colon. Give --between.")
        alone = [mark for mark in _BETWEEN if mark != ";" and not options.cards and _fits(text, mark, ";")]
        between = "\t" if counts["\t"] else alone[0] if alone else next(mark for mark in _BETWEEN if counts[mark] > most * 0.9)
    if not options.cards:
        cards = next((mark for mark in ("\n", ";", "\n\n") if mark != between and _fits(text, between, mark)), "\n")
    return between, cards


def _fits(text: str, between: str, cards: str) -> bool:
    """Whether each of several cards has its two sides, and no more."""
    found = [card for _, card in _cards(text, cards)]
    return len(found) > 1 and all(card.count(between) == 1 and all(card.split(between)) for card in found)


def _cards(text: str, cards: str) -> Iterator[tuple[int, str]]:
    """Yield each card that is not blank, with the line it begins in."""
    line = 1
    for card in text.split(cards):
        if card.strip():
            yield line + card[: len(card) - len(card.lstrip())].count("\n"), card
        line += card.count("\n") + cards.count("\n")
