"""Cards of paper: a question on one side, its answer on the other, laid out on pages.

To be folded, question and answer stand side by side, a fold between them. Printed on both sides, a page of questions is followed by one
of their answers, mirrored, so that each lies on the back of its own when the paper is turned over on its long edge.
Text is set as large as fits; what fits at no size gets a higher card, and nothing is cut off.
"""

import math
import re
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from quizzer.core.kinds import Deck, Match, Order, Question, Statement
from quizzer.core.model import Card
from quizzer.core.model import Markup as Manner
from quizzer.core.printable import literal, one_line
from quizzer.paper.dice import Asked, stirred
from quizzer.paper.fitting import POINT, SIZES, height
from quizzer.paper.items import Maker, Picture, letter
from quizzer.paper.markup import read, told
from quizzer.paper.wishes import Wishes
from quizzer.paper.words import is_rtl, words_of

MARGIN = 8.0  # millimetres of paper around the cards, alike on all sides but the lower
FOOT = 12.0
ROWS = 4
LINE = 0.5  # that the lines between cards may take
PAD = 4.0  # between the edge of a card and its text
_SMALL = 0.75  # the size of what stands below an answer, to that of the answer
_PICTURE = 0.42  # of a card's height, at the most
_NUMBER = 3.5  # millimetres that the number of a card takes
_MARKED_UP = 1.35  # how much higher the blocks of Markdown are than their lines


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a card: a large text, a small one below it, and their sizes in points."""

    number: int
    language: str
    text: Markup
    size: float
    small: tuple[Markup, ...] = ()
    small_size: float = 0.0
    picture: Picture | None = None
    picture_height: float = 0.0
    answer: bool = False


class Row(msgspec.Struct, frozen=True):
    """A row of two sides, and its height in millimetres."""

    sides: tuple[Side | None, Side | None]
    height: float


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on a side: as HTML, and as the text that is measured for it."""

    text: Markup
    measured: str
    small: tuple[Markup, ...] = ()
    small_measured: str = ""
    picture: Picture | None = None
    marked_up: bool = False
    answer: bool = False


def pages(asked: Sequence[Asked], wishes: Wishes, maker: Maker) -> list[list[Row]]:
    """Return the rows of each page."""
    paper_wide, paper_high = wishes.paper.size
    wide, room = (paper_wide - 2 * MARGIN) / 2, paper_high - MARGIN - FOOT
    least = float(int(room / ROWS - LINE))
    dealt = [(deck, question, card) for deck, question in asked for card in question.deal(deck.id)]
    made = []
    for number, (deck, question, card) in enumerate(dealt, start=1):
        front, back = _front(deck, question, card, wishes, maker), _back(deck, question, card, maker)
        laid = [_laid(side, number, deck.language, wide=wide, least=least) for side in (front, back)]
        made.append((laid[0], laid[1]))
        if max(high for _, high in laid) > room:
            maker.tell(f"{deck.id}: question {question.id!r} is too long for a card, and goes over pages. Shorten it, or leave it out.")
    if not wishes.double_sided:
        return _paged([Row((front, back), max(high, other)) for (front, high), (back, other) in made], room)
    fronts, backs = [], []
    for at in range(0, len(made), 2):
        pair = made[at : at + 2]
        high = max(high for both in pair for _, high in both)
        one, other = pair[0], pair[1] if len(pair) == 2 else None
        fronts.append(Row((one[0][0], other[0][0] if other else None), high))
        backs.append(Row((other[1][0] if other else None, one[1][0]), high))
    return [page for both in zip(_paged(fronts, room), _paged(backs, room), strict=True) for page in both]


def _front(deck: Deck, question: Question, card: Card, wishes: Wishes, maker: Maker) -> _Words:
    words, rtl, markdown = words_of(deck.language), is_rtl(deck.language), deck.markup is Manner.MARKDOWN
    stem, below = card.stem, []
    match question:
        case Order():
            stem = stem if stem != Order(order=()).question else words.order
            below = stirred(question.order, wishes, version="", question=(deck, question), right=False)
        case Match():
            stem = stem if stem != Match(match=()).question else words.match
            rights = stirred(question.rights, wishes, version="", question=(deck, question), right=False)
            below = [f"{number}. {left}" for number, (left, _) in enumerate(question.match, start=1)]
            below += [f"{letter(at)}) {right}" for at, right in enumerate(rights)]
        case Statement():
            below = [words.truth]
    return _Words(
        text=read(stem, markdown=markdown, rtl=rtl),
        measured=_bare(stem) if markdown else stem,
        small=tuple(told(one, rtl=rtl) for one in below),
        small_measured="\n".join(below),
        picture=maker.picture(deck, question.image),
        marked_up=markdown,
    )


def _back(deck: Deck, question: Question, card: Card, maker: Maker) -> _Words:
    words, rtl = words_of(deck.language), is_rtl(deck.language)
    match question:
        case Order():
            lines = [f"{number}. {thing}" for number, thing in enumerate(question.order, start=1)]
        case Statement():
            lines = [words.true if question.answer else words.false]
        case _:
            lines = [part.key for part in card.answer.parts]
    also = ", ".join(one for part in card.answer.parts for one in part.accept)
    small = [f"{words.also}: {also}"] if also else []
    small += [f"{words.as_of} {one_line(card.as_of)}"] if card.as_of else []
    named = {one.source: None for one in card.evidence}
    sources = [one for one in deck.sources if one.id in named]
    small += [", ".join(part for part in (one.publisher, one.date) if part.strip()) for one in sources]
    explanation = card.explanation.strip()
    below = tuple(told(one, rtl=rtl) for one in small if one)
    markdown = deck.markup is Manner.MARKDOWN
    return _Words(
        text=Markup("<br>").join(told(line, rtl=rtl) for line in lines),
        measured="\n".join(lines),
        small=((read(explanation, markdown=markdown, rtl=rtl),) if explanation else ()) + below,
        small_measured="\n".join([*([_bare(explanation) if markdown else explanation] if explanation else []), *small]),
        picture=maker.picture(deck, question.explanation_image),
        marked_up=markdown,
        answer=True,
    )


def _laid(side: _Words, number: int, language: str, *, wide: float, least: float) -> tuple[Side, float]:
    """Return the side, its text as large as fits a card ``least`` high, and the height that it needs."""
    inner, high = wide - 2 * PAD, least - 2 * PAD - _NUMBER
    shown = least * _PICTURE if side.picture and side.picture.address else 0.0
    words = "" if shown or not side.picture else f"[{side.picture.alt}]\n"
    care = _MARKED_UP if side.marked_up else 1.0

    def needed(size: float) -> float:
        small = height(side.small_measured, size=_small(size), wide=inner) + POINT * 4 if side.small else 0.0
        return (height(words + literal(side.measured), size=size, wide=inner) + small) * care + shown

    size = next((size for size in SIZES if needed(size) <= high), SIZES[-1])
    made = Side(
        number=number,
        language=one_line(language),
        text=side.text,
        size=size,
        small=side.small,
        small_size=_small(size),
        picture=side.picture,
        picture_height=round(shown, 1),
        answer=side.answer,
    )
    return made, max(least, math.ceil(needed(size) + least - high))


def _bare(text: str) -> str:
    """Return Markdown without the lines that nothing stands in: blank ones, those around code, and those below the heads of tables."""
    return "\n".join(line for line in text.split("\n") if not re.fullmatch(r"\s*(?:```.*|~~~.*|[|:\s-]*)", line))


def _small(size: float) -> float:
    return max(size * _SMALL, SIZES[-1])


def _paged(rows: Sequence[Row], room: float) -> list[list[Row]]:
    made: list[list[Row]] = []
    left = 0.0
    for row in rows:
        if row.height > left + 1e-6:
            made.append([])
            left = room
        made[-1].append(row)
        left -= row.height + LINE
    return made
