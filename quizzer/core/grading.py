"""Response against key: right, near or wrong."""

from collections.abc import Iterable

import msgspec

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
        raise NotImplementedError


def grade(response: str, answer: Answer, *, known: KnownAnswers | None = None) -> Grade:
    """Return the grade of ``response``; never raises, whatever the text."""
    raise NotImplementedError


def infer_type(key: str) -> AnswerType:
    """Return what sort of answer ``key`` looks like, TEXT when in doubt."""
    raise NotImplementedError
