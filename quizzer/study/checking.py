"""Grading one response: whatever it is, it gets its feedback."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.grading import Grade, grade, members
from quizzer.core.model import Answer, Confidence, Interval, Mode, Rating, Source, Verdict
from quizzer.study.matching import matched
from quizzer.study.prompts import Feedback, Member, Prompt, Shown

if TYPE_CHECKING:
    from quizzer.core.grading import KnownAnswers

LONGEST_RESPONSE = 10_000  # characters that are graded and kept of a response
_SUGGESTED = {Verdict.RIGHT: Rating.GOOD, Verdict.NEAR: Rating.HARD, Verdict.WRONG: Rating.AGAIN}
_NEAR_ORDER = 4  # of so many things on, two neighbours swapped is near; of fewer it is as good as a guess


def check(
    prompt: Prompt,
    response: str | int | None,
    *,
    known: "Callable[[], KnownAnswers]",
    intervals: Mapping[Rating, Interval | str],
    sources: Mapping[str, Source],
    sure: Confidence | None = None,
) -> Feedback:
    """Return the feedback on ``response`` (see ``Session.check``); total for any text and number."""
    if isinstance(response, str):
        response = response[:LONGEST_RESPONSE]
    chosen: int | None = None
    given: str | None = None
    graded: Grade | None = None
    then: tuple[str, ...] = ()
    # Where nothing was typed, the deck's answers are not worth preparing.
    rivals = known if response is not None and str(response).strip() else _none
    match prompt.mode:
        case Mode.CHOOSE:
            chosen = _chosen(response, prompt.options)
            given = prompt.options[chosen] if chosen is not None else None
            right = given is not None and given == prompt.card.answer.key
            graded = Grade(verdict=Verdict.RIGHT if right else Verdict.WRONG, matched=prompt.card.answer.key)
        case Mode.TYPE_THEN_CHOOSE if isinstance(response, str):
            given, graded = response, grade(response, prompt.card.answer, known=rivals())
            then = prompt.options if graded.verdict is not Verdict.RIGHT else ()
        case Mode.TYPE_THEN_CHOOSE:
            chosen, given = _chosen(response, prompt.options), prompt.tried
            right = chosen is not None and prompt.options[chosen] == prompt.card.answer.key
            note = "recognised, not recalled" if right else ""
            graded = Grade(verdict=Verdict.NEAR if right else Verdict.WRONG, matched=prompt.card.answer.key, note=note)
        case Mode.TYPE:
            given = "" if response is None else str(response)
            graded = grade(given, prompt.card.answer, known=rivals(), others=prompt.card.distractors)
        case Mode.ORDER:
            given, graded = _ordered("" if response is None else str(response), prompt)
        case Mode.MATCH:
            given, graded = matched("" if response is None else str(response), prompt)
        case Mode.REVEAL:
            pass
    return Feedback(
        verdict=graded.verdict if graded else None,
        grade=graded,
        response=given,
        chosen=chosen,
        key=prompt.card.answer.key,
        suggested=suggested(graded.verdict if graded else None, hints=len(prompt.hints), sure=sure),
        members=_members(given or "", prompt.card.answer, rivals) if prompt.mode is Mode.TYPE else (),
        hints=len(prompt.hints),
        then=then,
        sure=sure,
        intervals=intervals,
        evidence=tuple(Shown(evidence=piece, source=sources.get(piece.source)) for piece in prompt.card.evidence),
    )


def overruled(feedback: Feedback, verdict: Verdict, *, note: str = "your own verdict") -> Feedback:
    """Return the feedback with the learner's verdict in place of the grader's."""
    graded = feedback.grade and msgspec.structs.replace(feedback.grade, verdict=verdict, note=note)
    return msgspec.structs.replace(
        feedback, verdict=verdict, grade=graded, suggested=suggested(verdict, hints=feedback.hints, sure=feedback.sure)
    )


def suggested(verdict: Verdict | None, *, hints: int = 0, sure: Confidence | None = None) -> Rating:
    """Return the rating that a verdict (None: the learner is to judge) suggests; each hint makes it one lower, and so does guessing."""
    return Rating(max(Rating.AGAIN, (_SUGGESTED[verdict] if verdict else Rating.GOOD) - hints - (sure is Confidence.GUESS)))


def _none() -> None:
    return None


def _members(given: str, answer: Answer, known: "Callable[[], KnownAnswers | None]") -> tuple[Member, ...]:
    """Return what became of each thing that was to be named, and what was named besides; nothing where it was one thing."""
    if len(answer.parts) < 2:
        return ()
    found = members(given, answer, known=known())
    named = {number: (text, finding.verdict) for number, text, finding in found.named}
    return (
        *(
            Member(key=part.key, given=named[number][0], verdict=named[number][1])
            if number in named
            else Member(key=part.key, given="", verdict=Verdict.WRONG)
            for number, part in enumerate(answer.parts)
        ),
        *(Member(key="", given=text, verdict=Verdict.WRONG) for text in found.extra),
    )


def _chosen(response: str | int | None, options: tuple[str, ...]) -> int | None:
    if isinstance(response, str):
        return options.index(response) if response in options else None
    return response if response is not None and 0 <= response < len(options) else None


def _ordered(response: str, prompt: Prompt) -> tuple[str, Grade]:
    """Grade "2 3 1": which option comes first, second, third; with fewer than ten, "231" will do."""
    things = prompt.options
    key = prompt.card.answer.key
    numbers = re.findall(r"[0-9]+", response)
    if len(numbers) == 1 and len(things) < 10 and len(numbers[0]) == len(things):
        numbers = list(numbers[0])
    places = [int(number) for number in numbers if len(number) < 4]
    if sorted(places) != list(range(1, len(things) + 1)) or len(places) != len(numbers):
        note = f"each number from 1 to {len(things)} once" if response.strip() else ""
        return response, Grade(verdict=Verdict.WRONG, matched=key, note=note)
    given = [things[place - 1] for place in places]
    right = [part.key for part in prompt.card.answer.parts]
    wrong = [place for place, (one, other) in enumerate(zip(given, right, strict=True)) if one != other]
    verdict, note = Verdict.WRONG, ""
    if not wrong:
        verdict = Verdict.RIGHT
    elif len(right) >= _NEAR_ORDER and len(wrong) == 2 and all(later - place == 1 for place, later in pairwise(wrong)):
        verdict, note = Verdict.NEAR, "two neighbours are swapped"
    return " → ".join(given), Grade(verdict=verdict, matched=key, note=note)
