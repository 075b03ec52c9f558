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
from quizzer.news.facts.gaps import GENERIC, Gap
from quizzer.news.quotes import Form
from quizzer.news.retelling import Retold
from quizzer.news.values import Day, Value

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 6  # words of a title
QUOTED = range(2, 6)  # words of what is quoted
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_FRACTION = re.compile(
    r"\b(?:(?:an?|one|two|three|four)[ -](?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?|half)(?= of\b)", re.IGNORECASE
)
_SHARES = {
    "half": "50 percent", "a quarter": "25 percent", "one quarter": "25 percent", "a fifth": "20 percent", "one fifth": "20 percent",
    "a third": "one third", "one third": "a third", "two thirds": "2/3", "three quarters": "75 percent",
}  # fmt: skip
_RANKS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
_VAGUE = frozenset(("half", "time", "thing", "thought", "chance", "place", "day", "week", "person", "party", "choice", "look", "way"))
_USUAL = frozenset(("american", "americans", "democratic", "republican", "democrat", "republicans", "democrats", "republican-led"))
_HOME = frozenset(("the", "united", "states"))
_TELLING = ("NOUN", "ADJ", "VERB", "PROPN")


def find_wordings(scene: Scene, told: Retold) -> Iterator[Gap]:
    """Yield the words that may be left out of a told sentence."""
    tokens = [token for token in told.tokens if token.i not in told.instead]
    yield from _quoted(told.block, tokens)
    yield from _numbered(told.block, tokens, scene.document.date)
    yield from _fractions(told, tokens)
    yield from _ordinals(tokens)
    yield from _peoples(told, tokens)


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
            yield Gap(indexes, Value(text=text, type=AnswerType.TEXT, same=text.lower()), 0.65, 3, telling=True)


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
            and not (date and abs(date.year - int(token.text)) <= 1)
            and noun.pos_ == "NOUN"
            and token.dep_ in ("nummod", "compound", "amod", "nmod")
        ):
            yield Gap((token.i,), Day(token.text, int(token.text), 0, 0).value(), 0.7)


def _fractions(told: Retold, tokens: "list[Token]") -> Iterator[Gap]:
    """Yield "a third" of "more than a third of the voters": a share of something, no half of a mixed number."""
    if not tokens:
        return
    block = told.block
    inside = {token.i for token in tokens}
    for match in _FRACTION.finditer(block.text, tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)):
        held = list(block.between(match.start(), match.end()))
        if held and {token.i for token in held} <= inside and held[-1].i + 2 in inside and held[-1].i + 1 in inside:
            lower = match[0] if held[0].is_sent_start and not told.lead else match[0].lower()
            whole = " ".join(match[0].lower().replace("-", " ").split())
            accept = tuple(form for form in (_SHARES.get(whole, ""),) if form)
            yield Gap(tuple(token.i for token in held), Value(text=lower, type=AnswerType.TEXT, same=whole, accept=accept), 0.8)


def _ordinals(tokens: "list[Token]") -> Iterator[Gap]:
    """Yield "third" of "his third term"."""
    for token in tokens:
        if (
            token.lower_ in _RANKS
            and token.text.islower()
            and token.dep_ == "amod"
            and token.head.pos_ == "NOUN"
            and token.head.i > token.i
        ):
            if token.head.lemma_.lower() in _VAGUE or any(child.dep_ == "conj" for child in (*token.children, *token.head.children)):
                continue
            number = str(_RANKS.index(token.lower_) + 2)
            suffix = {"2": "nd", "3": "rd"}.get(number, "th")
            yield Gap(
                (token.i,), Value(text=token.text, type=AnswerType.TEXT, same=f"{number} th", accept=(f"{number}{suffix}", number)), 0.7, 3
            )


def _peoples(told: Retold, tokens: "list[Token]") -> Iterator[Gap]:
    """Yield "Irish" of "was the son of Irish immigrants"."""
    for token in tokens:
        alone = token.ent_type_ == "NORP" and token.ent_iob_ == "B" and not any(
            other.ent_iob_ == "I" for other in token.doc[token.i + 1 : token.i + 2]
        )  # fmt: skip
        if not alone or token.lower_ in _USUAL:
            continue
        if _hinted(told, token):
            continue
        attribute = token.dep_ in ("acomp", "attr") and token.head.i == told.verb.i
        kind = token.dep_ == "amod" and token.head.dep_ in ("dobj", "attr") and token.head.pos_ == "NOUN" and token.i > told.verb.i
        if (attribute or kind) and token.i + 1 < len(token.doc) and not any(child.dep_ == "conj" for child in token.children):
            yield Gap((token.i,), Value(text=token.text, type=AnswerType.TEXT, same=token.lower_), 0.6, 3)


def _hinted(told: Retold, people: "Token") -> bool:
    """Whether a place in the statement tells of what people it speaks, or these people are one example."""
    if any(node.lemma_.lower() == "include" for node in people.ancestors):
        return True
    return any(
        token.ent_type_ == "GPE" and token.text not in GENERIC and token.i not in told.instead and token.lower_ not in _HOME
        for token in told.tokens
    )
