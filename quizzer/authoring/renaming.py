"""The ids of questions and sources changed throughout a deck. Pure."""

from collections.abc import Mapping, Sequence

import msgspec

from quizzer.core.kinds import Deck, Question
from quizzer.core.model import Evidence, Source

NEW = "~"  # what the id of a question that was never saved begins with; no id in a file can


def nameless(deck: Deck) -> Deck:
    """Return the deck with no id for questions that were never saved."""
    return renamed(deck, {question.id: "" for question in deck.questions if question.id.startswith(NEW)})


def renamed(deck: Deck, names: Mapping[str, str]) -> Deck:
    """Return the deck with other ids for the questions of these."""
    if not any(question.id in names for question in deck.questions):
        return deck
    questions = (msgspec.structs.replace(one, id=names[one.id]) if one.id in names else one for one in deck.questions)
    return msgspec.structs.replace(deck, questions=tuple(questions))


def twins(base: Deck, ours: Deck, theirs: Deck) -> dict[str, str]:
    """Return the ids that new questions of ours have in the file by now: saved just before a kill, or added there too."""
    known = {question.id for question in base.questions}
    there = {msgspec.structs.replace(one, id=""): one.id for one in theirs.questions if one.id not in known}
    new = ((one.id, there.pop(msgspec.structs.replace(one, id=""), "")) for one in ours.questions if one.id.startswith(NEW))
    return {name: found for name, found in new if found}


def numbered(was: Deck, now: Deck) -> dict[str, str]:
    """Return the ids that questions of ``was`` have in another deck it was put into, where their own were taken: with a number behind."""
    if was.title == now.title and was.id not in now.formerly:
        return {}
    there = {question.id: question for question in now.questions}
    found: dict[str, str] = {}
    for question in was.questions:
        if question.id in there and _bare(there[question.id]) != _bare(question):
            alike = (one.id for one in now.questions if _bare(one) == _bare(question))
            name = next((id_ for id_ in alike if id_.startswith(f"{question.id}-") and id_[len(question.id) + 1 :].isdigit()), "")
            found |= {question.id: name} if name else {}
    return found


def _bare(question: Question) -> Question:
    return msgspec.structs.replace(question, id="", evidence=())


def following(questions: tuple[Question, ...], before: Sequence[Source], after: Sequence[Source]) -> tuple[Question, ...]:
    """Return the questions with evidence of the same sources, where one of these is called otherwise."""
    if len(before) != len(after):
        return questions
    old, new = [source.id for source in before], [source.id for source in after]
    names = {one: other for one, other in zip(old, new, strict=True) if one != other and old.count(one) == new.count(other) == 1}
    if not names or set(names.values()) & set(old):
        return questions
    return tuple(
        msgspec.structs.replace(one, evidence=tuple(_from(piece, names) for piece in one.evidence))
        if any(piece.source in names for piece in one.evidence)
        else one
        for one in questions
    )


def _from(piece: Evidence, names: Mapping[str, str]) -> Evidence:
    return msgspec.structs.replace(piece, source=names.get(piece.source, piece.source))
