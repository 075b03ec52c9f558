"""What is remarked on an answer beside its verdict, in the words that every face shows."""

from quizzer.core.model import Confidence, Verdict
from quizzer.study.prompts import Feedback


def note_of(feedback: Feedback) -> str:
    """Return the grader's note (of several things only how many were named), the hints taken, and how sure one was; "" for none."""
    hints = f"with {feedback.hints} hint{'s' if feedback.hints > 1 else ''}" if feedback.hints else ""
    return ", ".join(filter(None, (_graders_note(feedback), hints, _sure(feedback))))


def forgotten(count: int, *, passage: bool) -> str:
    """Return what is said of a leech that was forgotten so often; where there is a ``passage``, it is to be read."""
    return f"Forgotten {times(count)}{': read the passage' if passage else ''}."


def times(count: int) -> str:
    """Return how often: "once", "8 times"."""
    return "once" if count == 1 else f"{count} times"


def is_surprise(feedback: Feedback) -> bool:
    """Return whether the learner was sure, and is wrong: then the passage is to be read."""
    return feedback.sure is Confidence.SURE and feedback.verdict is Verdict.WRONG


def _sure(feedback: Feedback) -> str:
    if is_surprise(feedback):
        return "though you were sure" + (": read the passage" if feedback.evidence else "")
    return "a guess" if feedback.sure is Confidence.GUESS and feedback.verdict is Verdict.RIGHT else ""


def _graders_note(feedback: Feedback) -> str:
    grade = feedback.grade
    keys = [member for member in feedback.members if member.key]
    missing = any(not member.given for member in keys)
    if grade and missing and grade.note.startswith(said := f"{sum(bool(member.given) for member in keys)} of {len(keys)}"):
        return said
    return grade.note if grade else ""
