"""Who stands before or behind a verb of saying, by the order of words: the head of the phrase, not the last name in it.

"A spokesman for Smith" is headed by the spokesman, "Smith, a lawyer" by Smith. The words given are those outside quotations, so
two of them need not touch; the parser's trees are only a second witness.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.words import WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

NOUNS = ("NOUN", "PROPN")
DASHES = ("–", "—", "--", "-", "―")
TIMES = frozenset(WEEKDAYS) | word_set("today yesterday week month night morning afternoon evening this last year on in")
LIGHT = word_set(
    "also later then now once again already recently still often repeatedly simply just even previously immediately quickly flatly "
    "bluntly reportedly famously further earlier finally first himself herself both all actually only publicly has have had was is "
    "were been be being did does do would could might may should will"
)


@dataclass(frozen=True)
class Source:
    """The head of what says something; ``instead`` is a name that may explain it: "her adviser, Ann Lee, said"."""

    head: "Token"
    instead: "Token | None" = None


def opening(words: "Sequence[Token]") -> "Token | None":
    """Return the head of the phrase that opens ``words``: "said the mayor of X", "said John Smith, who …"."""
    head: Token | None = None
    for index, word in enumerate(words[:14]):
        if word.tag_ == "PRP":
            return word if index == 0 else head
        if word.tag_ == "POS":
            head = None
        elif word.pos_ in NOUNS:
            head = word
        elif not (word.pos_ in ("DET", "ADJ", "NUM") or word.text == "-" or word.tag_ in ("PRP$", "JJ", "VBN")):
            break
    return head


def subject_before(words: "Sequence[Token]", verb: "Token") -> Source | None:
    """Return the head of the subject that ``words``, up to a verb of saying, hold."""
    end = len(words)
    while end and (
        words[end - 1].lower_ in LIGHT or words[end - 1].lower_ in TIMES or words[end - 1].pos_ == "ADV" or words[end - 1].tag_ == "MD"
    ):
        end -= 1
    if not end:
        return None
    last = words[end - 1]
    inside = {word.i for word in words}
    parsed = parsed_subject(verb)
    parsed = parsed if parsed is not None and parsed.i in inside else None
    if last.tag_ == "PRP":
        return Source(last) if end < 3 or words[end - 2].lower_ not in ("and", "&") else None
    if last.tag_ in ("WP", "WDT"):
        back = [word for word in words[: end - 1] if not word.is_punct]
        return _relative(back)
    if last.pos_ in NOUNS or last.text in ("Jr.", "Sr.", "III", "II"):
        start = _phrase_start(words, end)
        glued = start > 1 and _joined(words[start - 1], words[start])
        if glued and words[start - 1].pos_ == "ADP":
            # "a spokesman for Smith said" is not Smith; "after talking with Smith, Lee said" has its comma
            head = _climb(words, start)
            return Source(head) if head is not None else None
        if glued and words[start - 1].lower_ in ("and", "&") and words[start - 2].pos_ in NOUNS:
            return None  # two say it
        if parsed is not None and parsed.i < words[start].i and words[start].lower_ in ("a", "an", "the"):
            return Source(parsed)
        return Source(last)
    if last.text in (",", ")", *DASHES):
        return _before_comma(words[: end - 1], parsed)
    return Source(parsed) if parsed is not None else None


def _phrase_start(words: "Sequence[Token]", end: int) -> int:
    start = end - 1
    while start and _joined(words[start - 1], words[start]) and (
        words[start - 1].pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "DET")
        or words[start - 1].tag_ in ("POS", "PRP$")
        or words[start - 1].text in ("-", ".")
    ):  # fmt: skip
        start -= 1
    return start


def _climb(words: "Sequence[Token]", start: int) -> "Token | None":
    """Return the noun on which what stands before ``start`` hangs: the point of "a point prepared for Smith before the meeting"."""
    while start > 0 and _links(words[start - 1]):
        end = start - 1
        while end > 0 and (_links(words[end - 1]) or words[end - 1].pos_ == "PRON"):
            end -= 1
        if not end or words[end - 1].pos_ not in NOUNS:
            return None
        start = _phrase_start(words, end)
        if not start or not _links(words[start - 1]):
            return words[end - 1]
    return None


def _links(word: "Token") -> bool:
    """Whether a word hangs what follows it on a noun before: a preposition, a participle."""
    return word.pos_ in ("ADP", "ADV", "SCONJ", "PART") or word.tag_ in ("VBN", "VBG")


def _before_comma(words: "Sequence[Token]", parsed: "Token | None") -> Source | None:
    """Return the subject that something between commas parts from its verb: "Smith, a lawyer, said", "a lawyer, Ann Lee, said"."""
    if any(
        one.text == "," and two.lower_ == "and" and three.pos_ == "PROPN"
        for one, two, three in zip(words, words[1:], words[2:], strict=False)
    ):
        return None  # "Smith, the mayor, and Lee, the engineer, said"
    cut = next((i for i in range(len(words) - 1, -1, -1) if words[i].text in (",", "(", *DASHES)), -1)
    aside = list(words[cut + 1 :])
    name = aside[-1] if aside and all(word.pos_ == "PROPN" or word.text in ("-", ".") for word in aside) else None
    if parsed is None and cut > 0:
        first = next((i for i, word in enumerate(words[:cut]) if word.pos_ in NOUNS), -1)
        if first >= 0:
            end = first
            while end + 1 < cut and words[end + 1].pos_ in NOUNS:
                end += 1
            parsed = words[end]
    if parsed is None:
        return Source(name) if name is not None else None
    return Source(parsed, name if name is not None and name.i != parsed.i else None)


def _relative(words: "Sequence[Token]") -> Source | None:
    """Return what "who" or "that" stands for: the email of "an email from Smith that read"."""
    end = next((i + 1 for i in range(len(words) - 1, -1, -1) if words[i].pos_ in NOUNS), 0)
    if not end or words[-1].pos_ in ("PRON", "NUM", "DET"):
        return None  # "one who"
    start = _phrase_start(words, end)
    if start and words[start - 1].pos_ == "ADP" and (head := _climb(words, start)) is not None:
        return Source(head)
    return Source(words[end - 1])


def parsed_subject(verb: "Token") -> "Token | None":
    """Return the one subject the parser gives a verb, or None where it gives none, several or a pair."""
    found = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if len(found) != 1:
        return None
    subject = found[0]
    return None if any(child.dep_ == "conj" and child.pos_ in (*NOUNS, "PRON") for child in subject.children) else subject


def _joined(one: "Token", other: "Token") -> bool:
    """Whether nothing, no quotation either, stands between two words."""
    return other.i - one.i == 1 or (other.i - one.i == 2 and one.doc[one.i + 1].is_space)
