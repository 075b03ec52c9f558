"""A near answer may be mended once, without penalty: it is said why it is near, and nothing of the key is shown."""

import re

import msgspec

from quizzer.core.grading import Grade
from quizzer.core.model import Answer, Mode, Verdict
from quizzer.study.prompts import Feedback, Prompt

_WORDS = re.compile(r"\w+")
_CLOSE = "close, but not it"


def may_be_mended(prompt: Prompt, feedback: Feedback) -> bool:
    """Whether the response, typed for the first time, is near: then the learner may mend it."""
    typed = prompt.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE) and feedback.chosen is None
    return typed and feedback.verdict is Verdict.NEAR and not prompt.second


def to_mend(prompt: Prompt, feedback: Feedback) -> Feedback:
    """Return the feedback as it is shown before the response is mended: its reason, and nothing of the key."""
    answer, given = prompt.card.answer, feedback.response or ""
    note = _told(feedback, answer, given)
    grade = Grade(verdict=Verdict.NEAR, matched="", note=note)
    return msgspec.structs.replace(feedback, grade=grade, key="", evidence=(), members=(), then=(), again=True)


def _told(feedback: Feedback, answer: Answer, given: str) -> str:
    note = feedback.grade.note if feedback.grade else ""
    if feedback.members:
        keys = [member for member in feedback.members if member.key]
        named = sum(bool(member.given) for member in keys)
        beside = [member.given for member in feedback.members if not member.key]
        if named < len(keys) or beside:
            return f"{named} of {len(keys)}" + (f"; not one of them: {', '.join(beside[:3])}" if beside else "")
    wordings = " ".join(word for part in answer.parts for word in (part.key, *part.accept))
    secret = _words(wordings) - _words(given)
    return note if note and not secret & _words(note) else _CLOSE


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text) if len(word) > 2 or word.isdigit()}
