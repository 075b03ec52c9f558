"""Two questions that ask the same made into one: one's wording stays, the other's evidence and accepted answers join it.

Pure. What the grader would take for the joined key is no longer offered as wrong.
"""

from collections.abc import Collection, Sequence

import msgspec

from quizzer.authoring.renewal import NEAR, folded, likeness, wordings
from quizzer.core.grading import grade, infer_type
from quizzer.core.kinds import Plain, Question
from quizzer.core.model import Answer, AnswerType, Evidence, Part, Verdict

MOST = 6  # candidates offered
ALIKE = 0.5  # share of words in common from which two stems of one answer are held to be alike


def candidates(question: Question, others: Sequence[Question], *, told: Collection[str] = ()) -> tuple[str, ...]:
    """Return the ids of ``others`` that may ask the same, likeliest first: ``told`` by the generator, of one answer or like words."""
    found: list[tuple[float, str]] = []
    mine, words = set(wordings(question)), set(question.text.casefold().split())
    for other in others:
        if other.kind != question.kind or sort_of(other) is not sort_of(question) or not _agree(question, other):
            continue
        kin = other.id in told or not mine.isdisjoint(wordings(other)) or _share_span(question, other)
        if not kin and not _like(words, set(other.text.casefold().split())):
            continue
        likely = likeness(question.text, other.text)
        same = not mine.isdisjoint(wordings(other)) and (likely >= ALIKE or _share_span(question, other))
        if same or other.id in told or likely >= NEAR:
            found.append((2.0 * (other.id in told) + same + likely, other.id))
    found.sort(key=lambda one: -one[0])
    return tuple(name for _, name in found[:MOST])


def merged(stays: Question, goes: Question) -> Question:
    """Return ``stays`` with the evidence of ``goes``, and for two plain questions with its answers among the accepted ones."""
    evidence = (*stays.evidence, *(one for one in goes.evidence if not any(_covers(kept, one) for kept in stays.evidence)))
    if not (isinstance(stays, Plain) and isinstance(goes, Plain)):
        return msgspec.structs.replace(stays, evidence=evidence)
    known = {folded(stays.answer)}
    accept: list[str] = []
    for text in (*stays.accept, goes.answer, *goes.accept):
        if folded(text) not in known:
            known.add(folded(text))
            accept.append(text)
    answer = Answer((Part(stays.answer, tuple(accept), stays.type or infer_type(stays.answer)),))
    wrong = tuple(text for text in stays.distractors if grade(text, answer).verdict is not Verdict.RIGHT)
    return msgspec.structs.replace(stays, evidence=evidence, accept=tuple(accept), distractors=wrong)


def _agree(one: Question, other: Question) -> bool:
    """Whether two questions may have one answer: a plain key that the grader takes for another is no other wording of it."""
    if not (isinstance(one, Plain) and isinstance(other, Plain)):
        return True
    return any(
        grade(asked.answer, Answer((Part(key.answer, key.accept, key.type or infer_type(key.answer)),))).verdict is not Verdict.WRONG
        for asked, key in ((one, other), (other, one))
    )


def sort_of(question: Question) -> AnswerType | None:
    """Return what sort of answer a plain question has; a year is no other wording of a name, a percentage one of a number."""
    if not isinstance(question, Plain):
        return None
    sort = question.type or infer_type(question.answer)
    return AnswerType.NUMBER if sort is AnswerType.PERCENTAGE else sort


def _like(one: set[str], other: set[str]) -> bool:
    """Whether two stems may have a share of ``NEAR`` of their words in common."""
    return len(one & other) * 2 >= NEAR * (len(one) + len(other)) * 0.9


def _share_span(one: Question, other: Question) -> bool:
    return any(_covers(first, second) or _covers(second, first) for first in one.evidence for second in other.evidence)


def _covers(one: Evidence, other: Evidence) -> bool:
    """Whether the span of ``other`` lies in that of ``one``."""
    if one.source != other.source:
        return False
    if one.start is None or other.start is None:
        return one.quote == other.quote
    return one.start <= other.start and other.start + len(other.quote) <= one.start + len(one.quote)
