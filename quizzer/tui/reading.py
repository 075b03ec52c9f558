"""What the session says, in the widgets' own values."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from quizzer.core.model import Markup, Mode, Phase, Verdict
from quizzer.study.remarks import forgotten, is_surprise, note_of
from quizzer.tui.widgets.feedback import Outcome
from quizzer.tui.widgets.question import Asked
from quizzer.tui.widgets.sheet import Answered, Paper
from quizzer.tui.widgets.study_header import Left
from quizzer.tui.widgets.text import one_line

__all__ = [
    "MODE_PHRASES",
    "MODE_WORDS",
    "answered_of",
    "asked_of",
    "is_surprise",
    "left_of",
    "next_mode",
    "outcome_of",
    "said_of",
    "urls_of",
    "waiting",
    "word_for",
]

if TYPE_CHECKING:
    from quizzer.study import Feedback, Prompt

MODE_WORDS: Final = {
    Mode.CHOOSE: "choose",
    Mode.TYPE: "type",
    Mode.REVEAL: "reveal",
    Mode.ORDER: "order",
    Mode.MATCH: "match",
    Mode.TYPE_THEN_CHOOSE: "type, then choose",
}
MODE_PHRASES: Final[dict[Mode | None, str]] = {
    Mode.CHOOSE: "choosing an option",
    Mode.TYPE: "typing the answer",
    Mode.TYPE_THEN_CHOOSE: "typing first, then choosing",
    Mode.REVEAL: "revealing the answer",
    None: "what suits each card",
}
_PILES: Final = {Phase.NEW: "new", Phase.REVIEW: "due"}


def left_of(prompt: "Prompt") -> Left:
    """Return what is left of the session while this card is on show."""
    return Left(prompt.new, prompt.learning, prompt.due, prompt.done, _PILES.get(prompt.phase, "learning"))


def asked_of(prompt: "Prompt", *, typed: str = "", said: str = "") -> Asked:
    """Return what is asked; ``typed`` stands in the line for the answer already, ``said`` below the stem."""
    answer = prompt.card.answer
    return Asked(
        stem=prompt.card.stem,
        mode=prompt.mode,
        options=prompt.options,
        several=len(answer.parts) > 1 and not answer.ordered,
        typed=typed,
        confidence=prompt.confidence,
        paper=Paper(
            lefts=[left for left, _ in prompt.card.pairs],
            hints=prompt.hints,
            hints_of=len(prompt.card.hints),
            said=said,
            markdown=prompt.card.markup is Markup.MARKDOWN,
        ),
    )


def outcome_of(prompt: "Prompt", feedback: "Feedback") -> Outcome:
    """Return what there is to read after an answer. Where options show response and key, the words don't say it twice."""
    grade = feedback.grade
    in_sight = prompt.mode in (Mode.CHOOSE, Mode.ORDER, Mode.MATCH) or feedback.chosen is not None
    return Outcome(
        key=feedback.key,
        say_key=feedback.chosen is not None and feedback.verdict is not Verdict.RIGHT,
        verdict=feedback.verdict,
        response="" if in_sight else feedback.response or "",
        matched=grade.matched if grade and not in_sight else "",
        note=note_of(feedback),
        diff=grade.diff if grade and not in_sight else (),
        evidence=[(shown.evidence, shown.source) for shown in feedback.evidence],
        explanation=prompt.card.explanation,
        markdown=prompt.card.markup is Markup.MARKDOWN,
        as_of=prompt.card.as_of,
        members=[(member.key, member.given, member.verdict) for member in feedback.members],
        show_key=not in_sight,
        warning=f"{forgotten(prompt.leech, passage=bool(feedback.evidence))} A question so hard to keep is best mended: press w."
        if prompt.leech
        else "",
    )


def answered_of(prompt: "Prompt", feedback: "Feedback") -> Answered:
    """Return which option was right, which was chosen, and the right order."""
    right = prompt.options.index(feedback.key) if feedback.key in prompt.options else None
    order = [right for _, right in prompt.card.pairs] or [part.key for part in prompt.card.answer.parts]
    return Answered(right, feedback.chosen, order)


def said_of(feedback: "Feedback") -> str:
    """Return what is said above the options of what was typed before."""
    typed = one_line(feedback.response or "")
    verdict = "close, but not it" if feedback.verdict is Verdict.NEAR else "not it"
    return f"You typed “{typed[:60]}{'…' if len(typed) > 60 else ''}”: {verdict}. Which is it?" if typed else "Which is it?"


def mend_of(feedback: "Feedback") -> str:
    """Return what is said above the line in which a near answer may be mended."""
    note = one_line(feedback.grade.note) if feedback.grade else ""
    return (
        f"≈ Near: {note}. Mend it and press Enter; as it is, it stays near."
        if note
        else "≈ Near. Mend it and press Enter; as it is, it stays near."
    )


def urls_of(feedback: "Feedback | None") -> list[str]:
    """Return the addresses of the sources shown that a browser can open."""
    sources = [shown.source for shown in (feedback.evidence if feedback else ())]
    return [source.url for source in sources if source and source.url.startswith(("http://", "https://"))]


def next_mode(modes: Sequence[Mode], *, asked: Mode, pinned: Mode | None) -> Mode | None:
    """Return the mode after the present one; after the card's last comes None: as deck and scheduler choose."""
    cycle: list[Mode | None] = [*modes, None]
    now = pinned if pinned in modes else asked
    return cycle[(cycle.index(now) + 1) % len(cycle)] if now in cycle else None


def waiting(seconds: float) -> str:
    """Say that the next card comes back in ``seconds``."""
    minutes, rest = divmod(int(seconds) + 1, 60)
    return (
        f"Nothing to ask for {minutes}:{rest:02}.\n\n"
        "What you are learning comes back then. Wait here, or press Enter to end the session: nothing is lost."
    )


def word_for(action: str, prompt: "Prompt | None", feedback: "Feedback | None", *, unrated: bool) -> str | None:
    """Return which hint is next, and what overruling and undoing would do; None for what its key always does."""
    match action:
        case "hint" if prompt is not None:
            return f"Hint {len(prompt.hints) + 1} of {len(prompt.card.hints)}"
        case "overrule" if feedback is not None:
            return "It was wrong" if feedback.verdict is Verdict.RIGHT else "It was right"
        case "undo" if unrated:
            return "Take back"
    return None
