"""Response against key: right, near or wrong.

Pure and total: any text gets a grade, the same one every time, in time that grows with its length and no faster. What is
forgiven depends on the sort of answer; digits, units and negations never are.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from quizzer.core.model import Answer, AnswerType, Verdict

if TYPE_CHECKING:
    from quizzer.core.grading.diffing import shown
    from quizzer.core.grading.known import KnownAnswers
    from quizzer.core.grading.parts import Members
    from quizzer.core.grading.trial import LIST, SORTS, Trial

# The tables of the grader are imported by the functions below, not with this module: a session opens without them.
_LATER = {"shown": "diffing", "KnownAnswers": "known", "Members": "parts", "LIST": "trial", "SORTS": "trial", "Trial": "trial"}

__all__ = ["LIST", "SORTS", "Grade", "KnownAnswers", "Members", "Trial", "grade", "infer_type", "members", "shown", "try_out"]


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """What the grader makes of a response.

    ``matched`` is the accepted wording it was held against; ``note`` is the reason: why it is near or wrong (never empty then),
    or what was forgiven ("typo"; empty where nothing was); ``diff`` spells the response, as ``shown`` displays it, against ``matched``
    as (op, text) with op one of "=", "-" (typed, not in the key) and "+" (in the key, not typed).
    """

    verdict: Verdict
    matched: str = ""
    note: str = ""
    diff: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Why the verdict is what it is, in a few words; never empty."""
        return self.note or "the same answer"


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    return found


def infer_type(key: str) -> AnswerType:
    """Return what sort of answer ``key`` looks like, TEXT when in doubt."""
    from quizzer.core.grading import sorts

    return sorts.infer_type(key)


def grade(response: str, answer: Answer, *, known: "KnownAnswers | None" = None, others: Sequence[str] = ()) -> Grade:
    """Return the grade of ``response``; never raises, whatever the text.

    ``known`` are the answers of the deck: a misspelling that is another of them is wrong, a surname that two of them
    bear is near. ``others`` are wrong answers to this very question, its options: a response that says one of them is
    wrong, unless the answer is worded so too. A blank response is wrong.
    """
    from quizzer.core.grading.diffing import diff
    from quizzer.core.grading.folding import is_blank
    from quizzer.core.grading.judging import NOBODY, Judgement, judge
    from quizzer.core.grading.parts import grade_parts

    if (blank := is_blank(response)) or not answer.parts:
        note = "nothing typed" if blank else "another answer"
        return Grade(verdict=Verdict.WRONG, matched=answer.key, note=note, diff=diff(response, answer.key))
    if len(answer.parts) == 1:
        found = judge(response, answer.parts[0], known or NOBODY, others=others)
    else:
        found = Judgement(grade_parts(response, answer, known or NOBODY, others=others), answer.key)
    return Grade(verdict=found.finding.verdict, matched=found.matched, note=found.finding.note, diff=diff(response, found.matched))


def members(response: str, answer: Answer, *, known: "KnownAnswers | None" = None) -> "Members":
    """Return which of the several parts of ``answer`` the response names, which it misses, and what else it says; never raises."""
    from quizzer.core.grading.folding import is_blank
    from quizzer.core.grading.judging import NOBODY
    from quizzer.core.grading.parts import members_named

    return members_named("" if is_blank(response) else response, answer, known or NOBODY)


def try_out(response: str, trial: "Trial") -> Grade:
    """Return the grade of ``response`` as an answer to ``trial``: the best of what it is worth as each of its answers."""
    from quizzer.core.grading.wording import RANK

    known = trial.known()
    return max((grade(response, answer, known=known, others=trial.others) for answer in trial.answers()), key=lambda one: RANK[one.verdict])
