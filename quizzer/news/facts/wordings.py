"""Words of a sentence that may be left out: titles, a few words quoted from somebody, ordinals, the years of things.

Whole phrases only, and only such as the article itself marks off: by quotation marks or by a number.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.core.model import AnswerType
from quizzer.news.document import Block
from quizzer.news.facts import Scene
from quizzer.news.facts.gaps import Gap
from quizzer.news.quotes import Form
from quizzer.news.retelling import Retold
from quizzer.news.values import Day, Value

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 6  # words of a title
QUOTED = range(2, 6)  # words of what is quoted
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_TELLING = ("NOUN", "ADJ", "VERB", "PROPN")


def find_wordings(scene: Scene, told: Retold) -> Iterator[Gap]:
    """Yield the words that may be left out of a told sentence."""
    tokens = [token for token in told.tokens if token.i not in told.instead]
    yield from _quoted(told.block, tokens)
    yield from _numbered(told.block, tokens, scene.document.date)


def _quoted(block: Block, tokens: "list[Token]") -> Iterator[Gap]:
    inside = {token.i for token in tokens}
    for quote in block.quotes:
        if quote.form is Form.FULL or not quote.sure:
            continue
        held = list(block.between(quote.inner_start, quote.inner_end))
        while held and held[-1].text in ",.":
            held.pop()
        if not held or not {token.i for token in held} <= inside:
            continue
        words = sum(not token.is_punct for token in held)
        text = block.text[held[0].idx : held[-1].idx + len(held[-1].text)]
        indexes = tuple(token.i for token in held)
        if quote.form is Form.TITLE:
            if len(held) <= LONGEST:
                yield Gap(indexes, Value(text=text, type=AnswerType.TEXT, same=text.lower()), 0.8)
        elif words in QUOTED and _says_something(held):
            yield Gap(indexes, Value(text=text, type=AnswerType.TEXT, same=text.lower()), 0.65, 3)


def _says_something(held: "list[Token]") -> bool:
    """Whether quoted words are a phrase of their own: no pronoun, two words at least that tell something."""
    if any(token.tag_ in ("PRP", "PRP$") or (token.is_punct and token.text not in "-'’") for token in held):
        return False
    return sum(token.pos_ in _TELLING for token in held) >= 2


def _numbered(block: Block, tokens: "list[Token]", date: dt.date | None) -> Iterator[Gap]:
    """Yield "70th" of "his 70th birthday", and the year of "the 1973 decision"."""
    digits = [token for token in tokens if token.text[0].isdigit() and token.i not in block.quoted]
    years = [token for token in digits if _YEAR.fullmatch(token.text)]
    inside = {token.i for token in tokens} if digits else set[int]()
    for token in digits:
        if token.i + 1 not in inside or token.head.i <= token.i:
            continue
        noun = token.head
        if _ORDINAL.fullmatch(token.text) and noun.pos_ == "NOUN" and noun.lower_ not in ("century", "district", "floor"):
            number = token.text[:-2]
            yield Gap((token.i,), Value(text=token.text, type=AnswerType.TEXT, same=f"{number} th", accept=(number,)), 0.7)
        elif (
            years == [token]
            and not (date and str(date.year) == token.text)
            and noun.pos_ == "NOUN"
            and token.dep_ in ("nummod", "compound", "amod", "nmod")
        ):
            yield Gap((token.i,), Day(token.text, int(token.text), 0, 0).value(), 0.7)
