"""A question of one kind made into one of another, and a new one of each: what carries over stays.

Pure. What is made may still lack what its kind cannot do without.
"""

from functools import cache
from typing import Any, get_args

from msgspec.structs import fields

from quizzer.core.kinds import GAP, Cloze, List, Match, Order, Plain, Question, Statement
from quizzer.core.model import Mode

KINDS: dict[str, type[Question]] = {kind.kind: kind for kind in get_args(Question)}
_DEFAULTS = {kind: next(field.default for field in fields(kind) if field.name == "question") for kind in (Order, Match)}
_GAP = "[…]"


def blank(kind: str) -> Question:
    """Return a new question of this kind, without words. Raises KeyError for what is no kind."""
    return cast(Plain(question="", answer=""), kind)


def cast(question: Question, kind: str) -> Question:
    """Return the question as one of another kind: its id, what every kind has, and of its words what that kind has a place for.

    Raises:
        KeyError: there is no such kind.
    """
    wanted = KINDS[kind]
    if isinstance(question, wanted):
        return question
    shared: dict[str, Any] = {
        name: getattr(question, name) for name in ("id", "hints", "image", "evidence", "explanation", "explanation_image", "tags", "as_of")
    }
    if question.mode in modes(kind):
        shared["mode"] = question.mode
    stem, keys = _stem(question), _keys(question)
    first = [wordings[0] for wordings in keys if wordings]
    wrong = question.distractors if isinstance(question, Plain | Match) else ()
    if wanted is Plain:
        accept = keys[0][1:] if len(keys) == 1 else ()
        return Plain(question=stem, answer=", ".join(first), accept=accept, distractors=wrong, **shared)
    if wanted is Cloze:
        gaps = ", ".join("{{" + "|".join(map(_unbarred, wordings)) + "}}" for wordings in keys)
        return Cloze(cloze=f"{stem} {gaps}." if gaps else stem, **shared)
    if wanted is Statement:
        return Statement(statement=stem, answer=True, **shared)
    if wanted is List:
        return List(question=stem, answers=tuple("|".join(map(_unbarred, wordings)) for wordings in keys), **shared)
    asked: dict[str, Any] = {"question": stem} if stem else {}
    if wanted is Order:
        return Order(order=tuple(first), **asked, **shared)
    return Match(match=tuple((text, "") for text in first), distractors=wrong, **asked, **shared)


@cache
def modes(kind: str) -> tuple[Mode, ...]:
    """Return the modes in which a question of this kind can be asked, best first."""
    samples: dict[str, Question] = {
        Plain.kind: Plain(question="a", answer="b", distractors=("c",)),
        Cloze.kind: Cloze(cloze="{{a}}"),
        Statement.kind: Statement(statement="a", answer=True),
        Order.kind: Order(order=("a", "b")),
        Match.kind: Match(match=(("a", "b"), ("c", "d"))),
        List.kind: List(question="a", answers=("b",)),
    }
    return next(samples[kind].deal("deck")).modes


def _stem(question: Question) -> str:
    match question:
        case Cloze():
            return (
                GAP.sub(_GAP, question.cloze, count=1) if len(question.gaps) == 1 else GAP.sub(lambda gap: _first(gap[1]), question.cloze)
            )
        case Order() | Match():
            return "" if question.question == _DEFAULTS[type(question)] else question.question
    return question.text


def _keys(question: Question) -> list[tuple[str, ...]]:
    match question:
        case Plain():
            return [(question.answer, *question.accept)] if question.answer else []
        case Cloze():
            return question.gaps
        case Order():
            return [(text,) for text in question.order]
        case Match():
            return [(f"{left} – {right}" if right else left,) for left, right in question.match]
        case List():
            return [tuple(word.strip() for word in text.split("|")) for text in question.answers]
    return []


def _first(wordings: str) -> str:
    return wordings.split("|")[0].strip()


def _unbarred(text: str) -> str:
    return text.replace("|", "/").replace("{{", "{").replace("}}", "}")
