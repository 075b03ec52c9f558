"""Questions and decks as plain values for files of our own, and what changed from one deck to another.

Kinds of question carry no tag, so that their union cannot be read as it is: here each has its ``kind``.
"""

from functools import cache
from typing import Any, get_type_hints

import msgspec

from quizzer.authoring.casting import KINDS
from quizzer.core.kinds import Deck, Question

_OWN = tuple(field for field in msgspec.structs.fields(Deck) if field.name not in ("id", "questions"))


def wired(question: Question) -> dict[str, Any]:
    """Return a question as plain values."""
    return {"kind": question.kind, **msgspec.to_builtins(question)}


def question_of(written: dict[str, Any]) -> Question:
    """Return the question that was wired, sound or not; raises msgspec.ValidationError, KeyError or TypeError for what is none."""
    kind = KINDS[written["kind"]]
    types = _types(kind)
    return kind(**{key: msgspec.convert(value, types[key]) for key, value in written.items() if key != "kind"})


@cache
def _types(kind: type[Question]) -> dict[str, Any]:
    """Return the types of a kind's fields, without what is asked of a sound one: a list may be too short as yet."""
    return get_type_hints(kind)


def difference(before: Deck, after: Deck) -> dict[str, Any]:
    """Return what ``patched`` needs to make ``before`` into ``after``, a deck of the same id whose questions' ids differ."""
    made: dict[str, Any] = {}
    own = {field.name: value for field in _OWN if (value := getattr(after, field.name)) != getattr(before, field.name)}
    if own:
        made["deck"] = {name: msgspec.to_builtins(value) for name, value in own.items()}
    known = {question.id: question for question in before.questions}
    changed = [question for question in after.questions if known.get(question.id) is not question and known.get(question.id) != question]
    if changed:
        made["questions"] = [wired(question) for question in changed]
    order = [question.id for question in after.questions]
    if order != [question.id for question in before.questions]:
        made["order"] = order
    return made


def patched(deck: Deck, written: dict[str, Any]) -> Deck:
    """Return ``deck`` with a difference made; raises as ``question_of`` for what is none of it."""
    types = {field.name: field.type for field in _OWN}
    own = {name: msgspec.convert(value, types[name]) for name, value in written.get("deck", {}).items()}
    questions = {question.id: question for question in deck.questions}
    for one in written.get("questions", ()):
        question = question_of(one)
        questions[question.id] = question
    order = written.get("order") or [question.id for question in deck.questions]
    if "order" in written and not written["order"]:
        order = []
    return msgspec.structs.replace(deck, questions=tuple(questions[name] for name in order), **own)
