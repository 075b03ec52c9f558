"""Response against key: right, near or wrong."""

import re
from collections.abc import Iterable

import msgspec

from quizzer.core.grading import wording
from quizzer.core.grading.folding import is_blank
from quizzer.core.model import Answer, AnswerType, Verdict


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """What the grader makes of a response.

    ``matched`` is the accepted wording it was held against; ``note`` says in a few words why it is not simply right or
    what was forgiven ("typo", "a year alone"); ``diff`` spells the response against ``matched`` as (op, text) with op
    one of "=", "-" (typed, not in the key) and "+" (in the key, not typed).
    """

    verdict: Verdict
    matched: str = ""
    note: str = ""
    diff: tuple[tuple[str, str], ...] = ()


class KnownAnswers:
    """Every answer of the deck, prepared once, so that a typo or a surname is never taken for another of them."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._forms = {
            form for answer in answers for part in answer.parts for word in (part.key, *part.accept) for form in wording.forms(word)
        }

    def has(self, text: str) -> bool:
        return not self._forms.isdisjoint(wording.forms(text))


def grade(response: str, answer: Answer, *, known: KnownAnswers | None = None) -> Grade:
    """Return the grade of ``response``; never raises, whatever the text."""
    best = Grade(verdict=Verdict.WRONG, matched=answer.key)
    if is_blank(response):
        return best
    words = [answer.key] if len(answer.parts) != 1 else [answer.parts[0].key, *answer.parts[0].accept]
    for word in words:
        found = wording.compare(response, word, taken=known.has if known else lambda _: False)
        if found.guessed and known and known.has(response):
            continue
        if wording.RANK[found.verdict] > wording.RANK[best.verdict]:
            best = Grade(verdict=found.verdict, matched=word, note=found.note)
    return best


_MONTH = "jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?|july?|aug(?:ust|\\.)?|sep(?:t\\.?|tember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?"
_SORTS = (
    (AnswerType.DATE, rf"(?:{_MONTH})(?: \d{{1,2}}(?:st|nd|rd|th)?)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH}),? \d{{4}}|\d{{4}}-\d\d-\d\d|1[5-9]\d\d|20\d\d|2100"),
    (AnswerType.MONEY, r"[$€£¥]\d[\d,.]*(?: ?(?:thousand|million|billion|trillion|k|m|bn))?"),
    (AnswerType.NUMBER, r"-?[1-9]\d*|-?[1-9]\d{0,2}(?:,\d{3})+|[\d,.]+ ?(?:%|percent)"),
)


def infer_type(key: str) -> AnswerType:
    """Return what sort of answer ``key`` looks like, TEXT when in doubt."""
    return next((sort for sort, pattern in _SORTS if len(key) < 60 and re.fullmatch(pattern, key.strip().lower())), AnswerType.TEXT)
