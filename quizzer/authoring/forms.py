"""A question as a form to fill in: its texts by field, and back; and what is wrong with it as it stands.

What is told while an author types is what ``quizzer check`` would tell of the deck.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from quizzer import deckfile
from quizzer.core.kinds import Deck, Question, Statement
from quizzer.core.model import Source
from quizzer.deckfile import Problem


class Field(NamedTuple):
    """One text of a form. ``many``: one a line."""

    name: str
    label: str
    text: str
    many: bool = False


_LABELS = {
    "question": "Question",
    "cloze": "Sentence with {{gaps}}",
    "statement": "Statement",
    "answer": "Answer",
    "order": "In the right order",
    "answers": "Answers",
    "accept": "Also right",
    "distractors": "Wrong options",
    "hints": "Hints",
    "explanation": "Explanation",
    "tags": "Tags",
}


def form(question: Question) -> tuple[Field, ...]:
    """Return the fields of a question, in the order they are filled in."""
    fields = []
    for name, label in _LABELS.items():
        if name in question.__struct_fields__:
            value: Any = getattr(question, name)
            if isinstance(value, tuple):
                fields.append(Field(name, label, "\n".join(" ".join(_shown(text).split()) for text in value), many=True))
            else:
                fields.append(Field(name, label, str(value).lower() if isinstance(value, bool) else _shown(value)))
    return tuple(fields)


def _shown(text: str) -> str:
    """Return ``text`` without what a terminal would obey rather than show."""
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" and char not in "\n\t" else char for char in text)


def filled(question: Question, texts: Mapping[str, str]) -> Question:
    """Return the question with the texts of its form; a field that was not touched leaves its value exactly as it was."""
    changes: dict[str, Any] = {}
    for field in form(question):
        text = texts.get(field.name, field.text)
        if text == field.text:
            continue
        if field.many:
            changes[field.name] = tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
        elif isinstance(question, Statement) and field.name == "answer":
            changes[field.name] = text.strip().casefold() in ("true", "yes", "right")
        else:
            changes[field.name] = text.strip()
    return msgspec.structs.replace(question, **changes) if changes else question


def wrong_with(question: Question) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with a question, as (severity, what), errors first: what ``quizzer check`` would say of it."""
    empty = _empty(question)
    if empty:
        return tuple(("error", f"{label}: empty. Write it.") for label in empty)
    problems = sorted(deckfile.check_deck(_deck([question])), key=lambda problem: problem.severity)
    return tuple((problem.severity, _sentence(problem)) for problem in problems)


def wrong_among(questions: Sequence[Question]) -> bool:
    """Whether a deck of these questions could not be studied; they are looked at all at once."""
    if any(_empty(question) for question in questions):
        return True
    return any(problem.severity == "error" for problem in deckfile.check_deck(_deck(questions))) if questions else False


def _deck(questions: Sequence[Question]) -> Deck:
    sources = tuple(Source(id=name) for name in dict.fromkeys(one.source for question in questions for one in question.evidence))
    return Deck(id="deck", title="deck", questions=tuple(questions), sources=sources)


def _empty(question: Question) -> list[str]:
    return [label for name, label in _LABELS.items() if name in _NEEDED and getattr(question, name, "x") in ("", ())]


_NEEDED = ("question", "cloze", "statement", "answer", "order", "answers")


def _sentence(problem: Problem) -> str:
    return problem.message[:1].upper() + problem.message[1:]
