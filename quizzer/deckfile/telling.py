"""Questions that answer one another: who reads the one has read the key of the other.

Takes time in proportion to the text of the questions. Knows English only.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from quizzer.core.grading.lexicon import word_set
from quizzer.core.kinds import GAP, Cloze, Plain, Question

SHARED = 0.6  # of the words of a stem that another one has, when that answers it
NEIGHBOURS = 12  # questions of one key, or with one rare word, that another is held against
LONGEST_KEY = 6  # words of a key that is looked for in other stems
LITTLE = word_set(
    "a an and are as at be been but by did do does for from had has have he her his how in into is it its of on or she so than "
    "that the their them then there these they this those to was were what when where which while who whom whose why will with "
    "would year after before during first name"
)
_WORD = re.compile(r"[^\W_]+")
# where a question says that it comes from: all those of an article do so in the same words
_FROM = re.compile(
    r"\b(?:told|reported|quoted|written|described|according to|said|stated) in (?:[“\"«][^”\"»]*[”\"»](?: \([^)]*\))?|[A-Z]\w+ \d{4})"
)


def tellers(questions: Sequence[Question], *, of_one_span: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the places of questions whose key another one's stem tells in their own words, each once, and the place of that other.

    ``of_one_span``: also where the same words of an article are the evidence of both. A fact is then asked from two sides on purpose,
    which is sound as long as the two are not read side by side.
    """
    keys = _by_key(questions)
    lengths_of: defaultdict[str, set[int]] = defaultdict(set)
    for words in keys:
        lengths_of[words[0]].add(len(words))
    told: set[int] = set()
    content: dict[int, tuple[set[str], int]] = {}
    for at, other in enumerate(questions) if keys else ():
        stem = words_of(_told(other))
        if lengths_of.keys().isdisjoint(stem):
            continue
        own: set[str] | None = None
        for place, word in enumerate(stem):
            for length in lengths_of.get(word, ()):
                for number in keys.get(tuple(stem[place : place + length]), ())[:NEIGHBOURS]:
                    if number == at or number in told:
                        continue
                    if number not in content:
                        content[number] = _content(questions[number])
                    if own is None:
                        own = {*words_of(_FROM.sub("", other.text))}
                    mine, size = content[number]
                    shared = len(mine & own)
                    if shared > 1 and shared >= SHARED * size and (of_one_span or not _are_of_one_span(questions[number], other)):
                        told.add(number)
                        yield number, at


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return _WORD.findall(text.casefold())


def _by_key(questions: Sequence[Question]) -> dict[tuple[str, ...], list[int]]:
    """Return the places of questions by the words of their keys, where these say enough to be looked for."""
    keys: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, question in enumerate(questions):
        if isinstance(question, Plain) and not question.answer.isdigit():
            words = tuple(words_of(question.answer))
            words = words[1:] if words[:1] in (("the",), ("a",), ("an",)) else words
            if 0 < len(words) <= LONGEST_KEY and len("".join(words)) > 3:
                keys[words].append(at)
    return keys


def _content(question: Question) -> tuple[set[str], int]:
    """Return the words that say what is asked, without those of the key, and how many there are with them."""
    asked = {*words_of(_FROM.sub("", question.text))} - LITTLE
    return asked - {*words_of(str(getattr(question, "answer", "")))}, len(asked)


def _told(question: Question) -> str:
    """Return what a learner may read before any answer is given: a lone gap is never seen filled."""
    if isinstance(question, Cloze) and len(question.gaps) == 1:
        return GAP.sub("…", question.cloze)
    return question.text


def _are_of_one_span(one: Question, other: Question) -> bool:
    """Whether the same words are the evidence of both."""
    return any(
        first.source == second.source
        and first.start is not None
        and second.start is not None
        and first.start < second.start + len(second.quote)
        and second.start < first.start + len(first.quote)
        for first in one.evidence
        for second in other.evidence
    )
