"""What may help with a question that is forgotten again and again: changes that are made by rule, for whoever mends it to choose from."""

import re
from collections.abc import Iterator

import msgspec

from quizzer.core.kinds import Cloze, List, Plain, Question
from quizzer.core.model import Card, Mode

MOST_MEMBERS = 3  # that are easily kept as one list; more are better asked one by one
_LONGEST = 240  # characters of a passage as a hint
_BLANK = "[…]"


class Rewrite(msgspec.Struct, frozen=True, kw_only=True):
    """One way to mend a question: what it does, and the question then."""

    does: str
    question: Question


def rewrites(question: Question, card: Card) -> tuple[Rewrite, ...]:
    """Return what can be proposed for ``question``, of which ``card`` is the one that is forgotten; the best first."""
    return tuple(Rewrite(does=does, question=new) for does, new in _ways(question, card) if new != question)


def _ways(question: Question, card: Card) -> Iterator[tuple[str, Question]]:
    if isinstance(question, List) and len(question.answers) > MOST_MEMBERS:
        yield "Ask one thing at a time: a gap for each of the list", _one_by_one(question)
    if isinstance(question, Plain) and question.distractors and question.mode is not Mode.CHOOSE:
        yield "Let it be chosen, not recalled", msgspec.structs.replace(question, mode=Mode.CHOOSE)
    if passage := _passage(card):
        yield "Give the passage as a hint, the answer left out", _hinted(question, passage)
    if isinstance(question, Plain | Cloze | List) and (first := _first_letters(card)):
        yield "Give the first letter as a hint", _hinted(question, first)


def _hinted(question: Question, hint: str) -> Question:
    return question if hint in question.hints else msgspec.structs.replace(question, hints=(*question.hints, hint))


def _first_letters(card: Card) -> str:
    """Return what the answer begins with; nothing where that says all of it, or it begins with no letter."""
    firsts = [next((letter for letter in part.key if letter.isalnum()), "") for part in card.answer.parts]
    if not all(firsts) or any(first.isdigit() for first in firsts) or any(len(part.key.strip()) < 3 for part in card.answer.parts):
        return ""
    told = ", ".join(f"{first.upper()}…" for first in firsts)
    return f"It begins with {told}" if len(firsts) == 1 else f"They begin with {told}"


def _passage(card: Card) -> str:
    """Return a passage of the card's evidence without its answer, "" where the answer does not stand in it or nothing else does."""
    for piece in card.evidence:
        text = " ".join((piece.passage or piece.quote).split())
        shown = text
        for part in card.answer.parts:
            for wording in sorted((part.key, *part.accept), key=len, reverse=True):
                shown = re.sub(rf"(?<!\w){re.escape(' '.join(wording.split()))}(?!\w)", _BLANK, shown, flags=re.IGNORECASE)
        if shown != text and len(shown.replace(_BLANK, "").split()) > 3:
            at = shown.index(_BLANK)
            start = max(0, at - _LONGEST // 2)
            return ("…" if start else "") + shown[start : start + _LONGEST].strip() + ("…" if start + _LONGEST < len(shown) else "")
    return ""


def _one_by_one(question: List) -> Question:
    """Return a list as a sentence with a gap for each of its things; its stem stays."""
    barred = any("{{" in answer or "}}" in answer for answer in (*question.answers, question.question))
    if barred:
        return question
    shared = {name: getattr(question, name) for name in question.__struct_fields__ if name in Cloze.__struct_fields__}
    return Cloze(cloze=f"{question.question} {', '.join('{{' + answer + '}}' for answer in question.answers)}.", **shared)
