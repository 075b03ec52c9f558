"""Options that say the same in other words: what the grader would call right, though it is offered as wrong.

Asks the grader only about pairs that have something in common, so that a deck of ten thousand questions is still soon read.
A letter's difference counts as a difference: "stationery" is a fair option beside "stationary".
"""

import re
import unicodedata
from functools import lru_cache

from quizzer.core.grading import grade, infer_type
from quizzer.core.grading.numerals import NUMBER_WORDS
from quizzer.core.kinds import TYPABLE_WORDS, Plain
from quizzer.core.model import Answer, AnswerType, Mode, Part, Verdict

MOST = 26  # options of one question that are held against each other
KNOWN = 4096  # questions of which the outcome is kept: a deck that is being edited is judged again and again
LONGEST = 200  # characters; a longer option is compared as it is spelt
_WORD = re.compile(r"[^\W\d_]+")


def is_typed(question: Plain) -> bool:
    """Whether the question may be asked to be typed, so that its options must differ in more than their signs."""
    return question.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE) or (
        question.mode is not Mode.CHOOSE and len(question.answer.split()) <= TYPABLE_WORDS
    )


@lru_cache(maxsize=KNOWN)
def rights_among(question: Plain) -> tuple[int, ...]:
    """Return the places of the distractors that the grader takes for the key."""
    answer: Answer | None = None
    found = []
    for at, text in enumerate(question.distractors[:MOST]):
        if any(_akin(text, wording) for wording in (question.answer, *question.accept[:MOST])):
            if answer is None:
                answer = Answer((Part(question.answer, question.accept, question.type or infer_type(question.answer)),))
            if _is_right(text, answer):
                found.append(at)
    return tuple(found)


@lru_cache(maxsize=KNOWN)
def doubles_among(question: Plain) -> tuple[int, ...]:
    """Return the places of the distractors that say the same as one before them, either way round; not those that say the key."""
    texts = question.distractors[:MOST]
    found = [
        at
        for at, text in enumerate(texts)
        if any(
            _akin(text, other) and _is_right(text, _answer(other, question.type)) and _is_right(other, _answer(text, question.type))
            for other in texts[:at]
        )
    ]
    said = rights_among(question) if found else ()
    return tuple(at for at in found if at not in said)


def _answer(text: str, sort: AnswerType | None) -> Answer:
    return Answer((Part(text, (), sort or infer_type(text)),))


def _is_right(text: str, answer: Answer) -> bool:
    """Whether the grader takes ``text`` for the answer, and had to forgive nothing for it."""
    found = grade(text, answer)
    return found.verdict is Verdict.RIGHT and not found.note


def _akin(one: str, other: str) -> bool:
    """Whether two texts have so much in common that the grader may find them the same."""
    if len(one) > LONGEST or len(other) > LONGEST:
        return False
    (first, words, counts), (second, others, others_count) = _taken_apart(one), _taken_apart(other)
    if first == second and first[1:]:
        return True
    if counts and others_count:
        return True
    if not words or not others:
        return words == others  # signs alone
    if len(words) == len(others) > 1:
        return len(set(words) & set(others)) * 2 >= len(words)
    if len(words) == 1 or len(others) == 1:  # initials, a surname
        return words[0][0] == others[0][0] or not set(words).isdisjoint(others)
    return set(words) <= set(others) or set(others) <= set(words)


@lru_cache(maxsize=64)  # an option is held against every other of its question
def _taken_apart(text: str) -> tuple[str, list[str], bool]:
    """Return its letters, its words, and whether it has to do with numbers."""
    letters = _letters(text)
    words = _WORD.findall(letters)
    return letters, words, any(map(str.isdigit, text)) or not NUMBER_WORDS.isdisjoint(words)


def _letters(text: str) -> str:
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return text.casefold()
