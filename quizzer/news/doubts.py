"""Sentences not to be taken at their word: what a correction in the same article takes back, and what came to the page garbled.

Guarantees: a sentence is doubted for a form that can be shown, never for its matter; every function gives the reason, or nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from quizzer.news.words import FUNCTION_WORDS

_ERRED = (
    r"\b(?:misstat\w+|misidentif\w+|misspell\w+|misquot\w+|erroneously|incorrectly|referred imprecisely|omitted|reversed the|"
    r"gave (?:the wrong|an incorrect))\b"
)
_CORRECTS = re.compile(
    r"\W{0,3}(?:(?:Corrections?|Clarification)\s*[:.–—-]\s*)?(?:Because of an? \w+(?: \w+)? error, )?"
    r"(?:(?:An?|This)|The(?= (?:earlier|previous|original)))\s(?:(?:earlier|previous|original|prior|picture|front-page|news|business) )*"
    r"(?:article|story|report|column|version|post|caption|headline|chart|map|graphic)\b"
    rf"(?:(?!\b(?:said|says|found|finds|shows?|showed|concluded)\b)[^.!?]){{0,400}}?{_ERRED}",
    re.IGNORECASE,
)
_GLUED_NUMBER = re.compile(r"([A-Z][a-z]{3,})\d{2}")
_MOJIBAKE = re.compile("\N{LATIN CAPITAL LETTER A WITH TILDE}(?![A-Z])|\N{REPLACEMENT CHARACTER}|\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}€")
_WORD = re.compile(r"[^\W_]+")
_GLUES = ("in", "of", "and", "on", "to", "for", "at", "with", "from", "said", "was", "is", "has", "who", "the")
_LONG = 5  # letters of a name from which on a small word glued to it is no part of another name
ENOUGH = 5  # words a sentence shares with a correction, three of them no names
WITH_NUMBER = 3  # words it shares besides the number that was wrong


def corrects(text: str) -> bool:
    """Whether a paragraph takes back something the article said."""
    return bool(_CORRECTS.match(text))


class Doubts(msgspec.Struct, frozen=True):
    """What speaks against sentences of one article: its corrections, and names with a number or a small word glued to them."""

    corrections: tuple[frozenset[str], ...] = ()
    glued: frozenset[str] = frozenset()

    def why(self, sentence: str) -> str:
        """Return why a sentence is not to be believed or cannot be read, or an empty string."""
        if _MOJIBAKE.search(sentence):
            return "garbled"
        if self.glued and any(word in self.glued for word in _WORD.findall(sentence)):
            return "garbled"
        if self.corrections:
            own = _content(sentence)
            if any(_about_it(own, told) for told in self.corrections):
                return "taken back by a correction"
        return ""


NO_DOUBTS = Doubts()


def doubts(paragraphs: Iterable[str]) -> Doubts:
    """Return what the paragraphs of an article, corrections among them, say against its sentences."""
    texts = list(paragraphs)
    corrections = tuple(_content(text) for text in texts if corrects(text))
    often = Counter(word for text in texts for word in _WORD.findall(text) if word[0].isupper())
    glued = frozenset(
        word for word in often for small in _GLUES if len(word) >= len(small) + _LONG and word.endswith(small)
        and often[word.removesuffix(small)] > 2 * often[word]
    )  # fmt: skip
    numbered = frozenset(word for word in often if (match := _GLUED_NUMBER.fullmatch(word)) and often[match[1]])
    return Doubts(corrections, glued | numbered)


def _content(text: str) -> frozenset[str]:
    """Return the words of a text that carry its meaning; names and numbers as they are, others without their ending."""
    found = (word for word in _WORD.findall(text) if word.lower() not in FUNCTION_WORDS and (len(word) > 3 or word.isdigit()))
    return frozenset(word if word[0].isupper() or word.isdigit() else re.sub(r"(?:ing|ed|es|s)$", "", word) for word in found)


def _about_it(sentence: frozenset[str], correction: frozenset[str]) -> bool:
    shared = sentence & correction
    numbers = {word for word in shared if word.isdigit()}
    if any(word.isdigit() for word in correction):
        return bool(numbers) and len(shared - numbers) >= WITH_NUMBER
    return len(shared) >= ENOUGH and sum(word[0].islower() for word in shared) >= 3
