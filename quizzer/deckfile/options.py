"""Options that say the same in other words: what the grader would call right, though it is offered as wrong.

Asks the grader only about pairs that have something in common, so that a deck of ten thousand questions is still soon read.
A letter's difference counts as a difference: "stationery" is a fair option beside "stationary".
"""

import re
import unicodedata
from functools import lru_cache

from quizzer.core.grading import grade, infer_type
from quizzer.core.grading.lexicon import MONTHS
from quizzer.core.grading.numerals import NUMBER_WORDS
from quizzer.core.kinds import TYPABLE_WORDS, Plain
from quizzer.core.model import Answer, AnswerType, Mode, Part, Verdict

MOST = 26  # options of one question that are held against each other
KNOWN = 4096  # lists of options of which the outcome is kept: a deck that is being edited is judged again and again
LONGEST = 200  # characters; a longer option is compared as it is spelt
_COUNTED = re.compile(
    rf"(?<![^\W_])(?:(?:{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)}|sept)|[1-9]\d*(?:,\d\d\d)*(?:\.\d\d?)?)(?![^\W_])"
)
_TRICKY = re.compile(
    r"\d[/:–-]\d|\d\.\d+\.|\d\.\d{3}|\d,(?!\d{3}(?!\d))\d|['’]\d|[~≈]|"
    r"\b(?:about|around|roughly|approximately|nearly|almost|some|circa|ca|c|close|up|or|and|to)\b"
)
_Taken = tuple[str, list[str], frozenset[str], bool]
_WORD = re.compile(r"[^\W\d_]+")


def is_typed(question: Plain) -> bool:
    """Whether the question may be asked to be typed, so that its options must differ in more than their signs."""
    return question.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE) or (
        question.mode is not Mode.CHOOSE and len(question.answer.split()) <= TYPABLE_WORDS
    )


def rights_among(question: Plain) -> tuple[int, ...]:
    """Return the places of the distractors that the grader takes for the key."""
    return _rights(question.answer, question.accept, question.distractors, question.type)


def doubles_among(question: Plain) -> tuple[int, ...]:
    """Return the places of the distractors that say the same as one before them, either way round; not those that say the key."""
    found = _doubles(question.distractors, question.type)
    said = rights_among(question) if found else ()
    return tuple(at for at in found if at not in said)


@lru_cache(maxsize=KNOWN)
def _rights(key: str, accept: tuple[str, ...], distractors: tuple[str, ...], sort: AnswerType | None) -> tuple[int, ...]:
    answer: Answer | None = None
    found = []
    wordings = [_taken_apart(wording) for wording in (key, *accept[:MOST]) if len(wording) <= LONGEST]
    for at, text in enumerate(distractors[:MOST]):
        if len(text) > LONGEST:
            continue
        taken = _taken_apart(text)
        if any(_akin(taken, wording) for wording in wordings):
            if answer is None:
                answer = Answer((Part(key, accept, sort or infer_type(key)),))
            if _is_right(text, answer):
                found.append(at)
    return tuple(found)


@lru_cache(maxsize=KNOWN)
def _doubles(distractors: tuple[str, ...], sort: AnswerType | None) -> tuple[int, ...]:
    texts = distractors[:MOST]
    taken = [_taken_apart(text[: LONGEST + 1]) for text in texts]
    return tuple(
        at
        for at, text in enumerate(texts)
        if len(text) <= LONGEST
        and any(
            len(other) <= LONGEST
            and _akin(taken[at], taken[place])
            and _is_right(text, _answer(other, sort))
            and _is_right(other, _answer(text, sort))
            for place, other in enumerate(texts[:at])
        )
    )


def _answer(text: str, sort: AnswerType | None) -> Answer:
    return Answer((Part(text, (), sort or infer_type(text)),))


def _is_right(text: str, answer: Answer) -> bool:
    """Whether the grader takes ``text`` for the answer, and had to forgive nothing for it."""
    found = grade(text, answer)
    return found.verdict is Verdict.RIGHT and not found.note


def _akin(one: _Taken, other: _Taken) -> bool:
    """Whether two texts have so much in common that the grader may find them the same."""
    (first, words, said, counts), (second, others, also_said, others_count) = one, other
    if first == second and first[1:]:
        return True
    if counts and others_count:
        return not surely_differ(first, second)
    if not words or not others:
        return words == others  # signs alone
    if len(words) == 1 or len(others) == 1:  # initials, a surname
        return words[0][0] == others[0][0] or not said.isdisjoint(also_said)
    if said.isdisjoint(also_said):
        return False
    if len(words) == len(others):
        return len(said & also_said) * 2 >= len(words)
    return said <= also_said or also_said <= said


def surely_differ(one: str, other: str) -> bool:
    """Whether two texts in small letters say the same but for their numbers and months, and at least one of these is another.

    False where it takes the grader to tell: figures rounded, days and months in either order, years of two digits, clocks.
    """
    if _TRICKY.search(one) or _TRICKY.search(other) or _COUNTED.sub("#", one) != _COUNTED.sub("#", other):
        return False
    mine, others = _COUNTED.findall(one), _COUNTED.findall(other)
    return sorted(mine) != sorted(others) and any(map(_is_another, mine, others))


def _is_another(one: str, other: str) -> bool:
    if one[0].isalpha() or other[0].isalpha():
        return one[0].isalpha() == other[0].isalpha() and one[:3] != other[:3]
    one, other = one.replace(",", ""), other.replace(",", "")
    return float(one) != float(other) and (len(one) > 2) == (len(other) > 2)


@lru_cache(maxsize=64)  # an option is held against every other of its question
def _taken_apart(text: str) -> _Taken:
    """Return its letters, its words (in order, and as a set), and whether it has to do with numbers."""
    letters = _letters(text)
    words = _WORD.findall(letters)
    said = frozenset(words)
    return letters, words, said, any(map(str.isdigit, text)) or not NUMBER_WORDS.isdisjoint(said)


def _letters(text: str) -> str:
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return text.casefold()
