"""What a sentence says beside its statement, taken out: words that only join it to the one before, and times that lean on the day.

Nothing that could be asked for is left out: a time with a year stays, and so does what tells more than a time.
"""

import re
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.statements import without
from quizzer.news.words import MONTHS, TIME_NOUNS, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENERS = word_set("but and so yet or nor besides meanwhile however still moreover furthermore nevertheless nonetheless therefore thus")
_JOINING = _OPENERS | word_set("also already then recently earlier later too again just finally subsequently eventually indeed ultimately")
_JOINING |= word_set("instead immediately soon afterward afterwards additionally famously notably simply actually really quickly suddenly")
_HOW = word_set("quickly simply really immediately suddenly")  # behind a verb they tell how it was done
_ASIDES = re.compile(
    r"(?:(?:by|in) contrast|for (?:example|instance|his part|her part|its part|their part)|in (?:fact|addition|turn|other words|short"
    r"|response|the end|the meantime|all|particular)|of course|on the other hand|at the time|as a result|after all|to be sure)$"
)
_WIDEST = 5  # tokens of such an aside behind its first
_LEANING = word_set("this last next recent coming")
_TIMES = ("npadvmod", "prep", "advmod")
_DAY_WORDS = frozenset((*WEEKDAYS, "morning", "afternoon", "evening", "night"))
_DAY = re.compile(
    rf"(?:early |late |mid-?)?(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|aug|sept|sep|oct|nov|dec)\.?(?: \d{{1,2}})?"
    r"(?: (?:morning|afternoon|evening))?"
)


def trimmed(block: Block, kept: "list[Token]") -> "list[Token]":
    """Return the tokens without what opens on the sentence before, leans on the day or only joins."""
    dropped: set[int] = set()
    inside = {token.i for token in kept}
    for token in kept:
        if token.dep_ not in ("advmod", "prep") or token.head.pos_ not in ("VERB", "AUX") or token.i in block.quoted or token.i in dropped:
            continue
        if token.lower_ not in _JOINING if token.dep_ == "advmod" else token.right_edge.i - token.i > _WIDEST:
            continue
        whole = list(token.subtree)
        joins = token.dep_ == "advmod" and token.lower_ in _JOINING and len(whole) == 1
        joins = joins and (token.lower_ != "so" or token.i == kept[0].i)  # "X was late, so Y left" joins two statements
        joins = joins and not (token.i and block.doc[token.i - 1].lemma_.lower() in TIME_NOUNS)  # "five years later"
        joins = joins and (token.lower_ not in _HOW or token.i < token.head.i)
        joins = joins and (bool(token.whitespace_) or block.doc[min(token.i + 1, len(block.doc) - 1)].text == ",")
        aside = token.dep_ == "prep" and _ASIDES.match(" ".join(part.lower_ for part in whole if not part.is_punct))
        if joins or aside:
            dropped |= {part.i for part in whole} & inside
            before, after = whole[0].i - 1, whole[-1].i + 1
            commas = [at for at in (before, after) if at in inside and block.doc[at].text == ","]
            if len(commas) == 2 or whole[0].i == kept[0].i or (commas == [before] and after not in inside):
                dropped |= set(commas)
    return _opened(without(kept, dropped))


def _opened(tokens: "list[Token]") -> "list[Token]":
    """Return the tokens from the first that can open a sentence on."""
    while tokens and ((tokens[0].is_punct and tokens[0].text not in "“\"$'") or tokens[0].lower_ in _OPENERS):
        tokens = tokens[1:]
    return tokens


def untimed(block: Block, kept: "list[Token]", instead: dict[int, str]) -> "list[Token]":
    """Return the tokens without times that lean on a day nobody knows."""
    inside = {token.i for token in kept if token.i not in instead}
    dropped: set[int] = set()
    for token in kept:
        if token.i in inside - dropped and token.i not in block.quoted and _leans(token, inside):
            part = [other.i for other in token.subtree]
            dropped |= set(part)
            commas = [at for at in (min(part) - 1, max(part) + 1) if at in inside and block.doc[at].text == ","]
            if len(commas) == 2 or min(part) == kept[0].i:
                dropped |= set(commas)
    return _opened(without(kept, dropped))


def _leans(token: "Token", inside: set[int]) -> bool:
    """Whether a phrase is a time that leans on the day of the article, and says nothing else: "on Tuesday", "last week"."""
    if token.dep_ not in _TIMES:
        return False
    beside = token.dep_ == "npadvmod" and token.lower_ in _DAY_WORDS  # "told reporters Wednesday afternoon"
    if not beside and (token.head.pos_ not in ("VERB", "AUX") or token.head.dep_ in ("acl", "amod")):
        return False
    words = [part.lower_ for part in token.subtree if not part.is_punct]
    if not {part.i for part in token.subtree} <= inside or len(words) > 5 or any(re.fullmatch(r"\d{4}", word) for word in words):
        return False
    if words[:1] and words[0] in ("on", "in", "during", "early", "late", "earlier", "later"):
        words = words[1:]
    if not words or (token.dep_ == "prep" and token.lower_ not in ("on", "in", "during")):
        return False
    noun = words[-1] in TIME_NOUNS or words[-1].rstrip("s") in TIME_NOUNS or words[-1] in MONTHS
    days = words[-1] in WEEKDAYS or words[-1] in ("today", "yesterday", "tonight") or (noun and any(word in WEEKDAYS for word in words))
    return days or (noun and bool(_LEANING & set(words))) or bool(_DAY.fullmatch(" ".join(words)))
