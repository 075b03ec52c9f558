"""Why a response is near or wrong, where no rule has said it already: a few words that a learner understands."""

from quizzer.core.grading import ranges
from quizzer.core.grading.clock import time_of_day
from quizzer.core.grading.dates import dates
from quizzer.core.grading.quantities import quantity
from quizzer.core.grading.wording import Finding
from quizzer.core.model import AnswerType, Part, Verdict

_ANOTHER = {
    AnswerType.PERSON: "another person",
    AnswerType.PLACE: "another place",
    AnswerType.ORGANISATION: "another organisation",
    AnswerType.NUMBER: "another number",
    AnswerType.PERCENTAGE: "another percentage",
    AnswerType.MONEY: "another amount",
    AnswerType.DURATION: "another length of time",
    AnswerType.DATE: "another date",
    AnswerType.RANGE: "another range",
    AnswerType.TEXT: "another answer",
}


def with_reason(found: Finding, response: str, text: str, part: Part) -> Finding:
    """Return ``found`` with a note: its own, or what can be told of ``response`` beside ``text``, a wording of ``part``."""
    if found.note or found.verdict is Verdict.RIGHT:
        return found
    return found._replace(note=_near(part) if found.verdict is Verdict.NEAR else _wrong(response, text, part.type))


def _near(part: Part) -> str:
    return f"close, but not {_ANOTHER[part.type].replace('another', 'the same')}"


def _wrong(response: str, text: str, sort: AnswerType) -> str:
    match sort:
        case AnswerType.NUMBER | AnswerType.PERCENTAGE | AnswerType.MONEY | AnswerType.DURATION:
            return _measured(response, text, sort)
        case AnswerType.DATE:
            return _ANOTHER[sort] if dates(response) or not dates(text) else "not a date"
        case AnswerType.RANGE:
            return _ANOTHER[sort] if ranges.span(response) or not ranges.span(text) else "not this range"
        case AnswerType.TEXT if (time := time_of_day(text)) and time.plain and time_of_day(response):
            return "another time"
    return _ANOTHER[sort]


def _measured(response: str, text: str, sort: AnswerType) -> str:
    key, typed = quantity(text), quantity(response)
    if key is None:
        return "another answer"
    if typed is None:
        return (
            "not a number"
            if sort is AnswerType.NUMBER
            else "not " + _ANOTHER[sort].replace("another", "an" if sort is AnswerType.MONEY else "a")
        )
    mine, theirs = typed.readings[0], key.readings[0]
    one = mine.value * (mine.unit[1] if mine.unit and theirs.unit else 1)
    other = theirs.value * (theirs.unit[1] if theirs.unit and mine.unit else 1)
    size = "too large" if one > other else "too small"
    return f"{_ANOTHER[sort]}: {size}" if one != other else _ANOTHER[sort]
