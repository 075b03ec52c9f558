"""What is printed, part by part: the sheets of all versions, then their keys; or cards."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from quizzer import deckfile
from quizzer.core.kinds import Deck
from quizzer.core.printable import one_line
from quizzer.paper import cards
from quizzer.paper.dice import Asked, chosen, in_order
from quizzer.paper.items import Maker
from quizzer.paper.pages import Look, Part
from quizzer.paper.wishes import Form, Wishes
from quizzer.paper.words import is_rtl, words_of

_SHOWN = 5  # pairs that are named


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """All parts in the order in which they are printed, their look, how many questions they ask, and what is to be told."""

    parts: list[Part]
    look: Look
    questions: int
    told: tuple[str, ...]


def parts_of(decks: Sequence[tuple[Deck, Path]], wishes: Wishes) -> Parts:
    """Return what is to be printed.

    Raises:
        QuizzerError: there is no question to print.
    """
    told: list[str] = []
    pool = chosen([deck for deck, _ in decks], wishes)
    if wishes.questions is not None and len(pool) < wishes.questions:
        told.append(f"there are {len(pool)} questions, and not {wishes.questions}: all are printed.")
    maker = Maker(wishes, {deck.id: folder for deck, folder in decks}, told.append)
    if wishes.form is Form.CARDS:
        asked = in_order(pool, wishes, version="")
        parts = [Part(form="cards", pages=tuple(tuple(page) for page in cards.pages(asked, wishes, maker)))]
    else:
        parts = _sheets(pool, wishes, maker)
        told += _given_away(pool) if wishes.form is Form.SHEET else ()
    return Parts(parts=parts, look=_look([deck for deck, _ in decks], wishes), questions=len(pool), told=tuple(told))


def _sheets(pool: Sequence[Asked], wishes: Wishes, maker: Maker) -> list[Part]:
    sheets, keys = [], []
    for number in range(wishes.versions):
        version = chr(ord("A") + number) if wishes.versions > 1 else ""
        maker.forget_origins()
        items = tuple(maker.item(deck, question, version=version) for deck, question in in_order(pool, wishes, version=version))
        sheets.append(Part(form="sheet", version=version, items=items))
        keys.append(Part(form="key", version=version, items=items, origins=maker.origins))
    return [*(sheets if wishes.form is Form.SHEET else ()), *(keys if wishes.key or wishes.form is Form.KEY else ())]


def _given_away(pool: Sequence[Asked]) -> list[str]:
    """Return in a line which questions of a sheet tell the answers of others; those in English alone are looked at."""
    asked = [question for deck, question in pool if deck.language.lower().startswith("en")]
    found = [f"{one_line(asked[told].id)!r} in {one_line(asked[teller].id)!r}" for told, teller in deckfile.tellers(asked)]
    if not found:
        return []
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    what = "the answer to one question stands" if len(found) == 1 else f"the answers to {len(found)} questions stand"
    return [f"{what} in another of the sheet: {', '.join(found[:_SHOWN])}{more}. Print one of each pair; --id names those to print."]


def _look(decks: Sequence[Deck], wishes: Wishes) -> Look:
    language = decks[0].language
    words = words_of(language)
    return Look(
        title=one_line(wishes.title or " · ".join(dict.fromkeys(deck.title for deck in decks))),
        language=one_line(language),
        rtl=is_rtl(language),
        words=words,
        instructions=one_line(words.instructions if wishes.instructions is None else wishes.instructions),
        wishes=wishes,
    )
