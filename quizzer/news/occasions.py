"""To whom and on what occasion something was said, in words that stand alone."""

import re
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.facts import Scene
from quizzer.news.quotes import Quote
from quizzer.news.times import spoken_month
from quizzer.news.values import DATE
from quizzer.news.words import WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_AT = word_set("in at during on before to")
_TOLD = word_set("tell ask remind")
_TIMES = frozenset(WEEKDAYS) | word_set("today yesterday tonight")
_BEFORE = re.compile(
    r"\b(?:at the time|back then|then|later|(?:years?|decades?|months?) (?:ago|earlier|before|later)|last year)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
LONGEST = 8  # words of an occasion


def told_time(scene: Scene, block: Block, verb: "Token") -> str:
    """Return when something was said ("in June 2016"), as the words beside its verb and the article's day tell, or nothing."""
    for child in verb.children:
        if child.dep_ not in ("npadvmod", "prep", "advmod") or child.i in block.quoted:
            continue
        for token in child.subtree:
            moment = scene.phrases.moment_at(block, token.i)
            if moment is not None and not moment.owner and moment.wording.startswith("in ") and moment.first <= child.i <= moment.last:
                return moment.wording
    return ""


def month_of(scene: Scene, block: Block, verb: "Token | None") -> str:
    """Return the month of the article that quotes somebody ("June 2016"); nothing where its words tell of another year."""
    date = scene.document.date
    if date is None:
        return ""
    if verb is None:
        return spoken_month(date)
    told = verb.doc.text[verb.sent.start_char : verb.sent.end_char] if verb.doc is block.doc else ""
    if any(re.search(r"\d{4}", match[0]) for match in DATE.finditer(told)) or re.search(r"\b(?:1[5-9]|20)\d\d\b", told):
        return ""
    if any(child.lower_ in ("had", "'d", "’d", "once") for child in verb.children if child.dep_ in ("aux", "advmod")):
        return ""
    unquoted = "".join(token.text_with_ws for token in verb.sent if token.i not in block.quoted) if verb.doc is block.doc else ""
    if _BEFORE.search(unquoted):
        return ""
    before = scene.document.blocks[block.index - 1].text if block.index else ""
    years = [int(year) for year in _YEAR.findall(f"{before} {block.text}")]
    past = years and max(years) < date.year and not re.search(rf"\b(?:{'|'.join(WEEKDAYS)})\b", block.text, re.IGNORECASE)
    return "" if past and verb.tag_ == "VBD" else spoken_month(date)


def addressee(scene: Scene, block: Block, verb: "Token") -> str:
    """Return to whom it was said ("the jury", "Fox News"), or an empty string."""
    if verb.lemma_ not in _TOLD:
        return ""
    heads = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.i > verb.i and child.i not in block.quoted]
    for head in heads:
        phrase = scene.phrases.phrase(block, [token for token in scene.phrases.subtree(block, head) if token.lower_ not in _TIMES])
        if phrase.trouble or phrase.possessive or not phrase.text[:1].isalnum() or phrase.text.endswith(("'s", "’s")):
            continue
        if len(phrase.text.split()) <= 6:
            return phrase.text
    return ""


def occasion(scene: Scene, block: Block, quote: Quote, verb: "Token") -> str:
    """Return where or when it was said ("in a statement to the court", "during an April 20, 1906 meeting"), or an empty string."""
    heads = [child for child in verb.children if child.dep_ == "prep" and child.lower_ in _AT and child.i not in block.quoted]
    if block.text[: quote.start].rstrip().endswith(":"):
        first = max((sent.start_char for sent in block.doc.sents if sent.start_char < quote.start), default=0)
        heads += [
            token for token in block.tokens
            if first <= token.idx < quote.start and token.dep_ == "prep" and token.lower_ in _AT and token.head.pos_ == "VERB"
        ]  # fmt: skip
    for head in heads:
        if head.lower_ == "to" or (head.lower_ == "on" and not any(child.pos_ == "PROPN" for child in head.children)):
            continue
        tokens = [token for token in scene.phrases.subtree(block, head) if token.i not in block.quoted and token.lower_ not in _TIMES]
        phrase = scene.phrases.phrase(block, tokens)
        words = phrase.text.split()
        if not phrase.trouble and not phrase.possessive and phrase.weight >= 3 and 3 <= len(words) <= LONGEST:
            told = phrase.text[:1].lower() + phrase.text[1:]
            return re.sub(r"\ba (?=[aeio])", "an ", told)  # a word between them may be left out
    return ""
