"""What is wrong with a deck as it is being edited, each thing with the field of the form it stands at."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.kinds import Deck
from quizzer.deckfile.problems import Problem, parted

if TYPE_CHECKING:
    from quizzer.deckfile.fieldmap import Place

AMONG_OTHERS = frozenset({"D012", "D203", "D208", "D211", "D212", "D309", "Q119", "Q120"})  # told of a question, but not of it alone
_BLANK = "D108"


class FieldProblem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that ``quizzer check`` would tell, and where a form shows it.

    ``question`` is an id, "" for the deck itself; ``field`` the name of a field of its form (``evidence.0.quote``), "" for all of it;
    ``item`` the line of a field that holds one thing a line, from 0, or -1. ``severity`` is "error" or "warning"; ``message`` says what
    is wrong, ``help`` what to do ("" where the message is one sentence).
    """

    question: str
    field: str
    severity: str
    code: str
    message: str
    help: str = ""
    item: int = -1


def told(found: "Iterable[tuple[Problem, Place]]", deck: Deck) -> tuple[FieldProblem, ...]:
    """Return what was found wrong with ``deck``, each thing at its field."""
    return tuple(
        at_field(problem.severity, problem.code, problem.message, question=_id(deck, place.question), field=place.field, item=place.item)
        for problem, place in found
    )


def at_field(severity: str, code: str, text: str, *, question: str, field: str, item: int = -1) -> FieldProblem:
    """Return a problem, its text parted into what is wrong and what to do."""
    what, remedy = _of_blank(text, field) if code == _BLANK else parted(text)
    what = what[:1].upper() + what[1:]
    return FieldProblem(question=question, field=field, severity=severity, code=code, message=what, help=remedy, item=item)


def _of_blank(text: str, field: str) -> tuple[str, str]:
    """Return what is told of an empty text, in words of a form: it has no keys to remove, and shows which field is meant."""
    if " in `" in text:
        return "something is missing on a line", "Write it, or remove the line."
    return "nothing stands here", "Write it, or empty the fields that go with it." if "." in field else "Write it."


def _id(deck: Deck, number: int) -> str:
    return deck.questions[number].id if 0 <= number < len(deck.questions) else ""
