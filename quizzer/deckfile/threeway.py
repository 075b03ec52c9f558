"""Two decks that began as one, made into one: question by question and key by key, never by lines.

Pure. What only one side changed is taken from it; where both changed the same thing to something else, ours stands and the
conflict is told. Nothing is lost: a question that one side changed and the other deleted stays, and is told.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from quizzer.core.kinds import Deck, LintOptions, Question, StudyOptions
from quizzer.core.model import Evidence

# Lists that are read as sets, merged value by value; all others (order, match, answers …) are the key, and one value.
_SETS = frozenset({"accept", "declined", "distractors", "evidence", "formerly", "hints", "ignore", "select", "sources", "tags"})


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """What both sides changed, each in its way; what was merged holds ``ours``.

    ``question`` is "" for keys of the deck itself, ``field`` "" for the question as a whole (None: that side deleted it). ``renamed``
    is the id under which their question stands where both sides added one of the same id.
    """

    question: str
    field: str
    ours: Any
    theirs: Any
    renamed: str = ""

    @property
    def told(self) -> str:
        """What is in conflict, in words."""
        of = f"the question {self.question!r}" if self.question else "the deck"
        if self.renamed:
            return f"{of} was added on both sides, each with other words. Theirs is called {self.renamed!r} now."
        if self.field:
            return f"`{self.field}` of {of} was changed on both sides."
        if self.ours is None or self.theirs is None:
            return f"{of} was changed on one side and deleted on the other. It stays."
        return f"{of} was changed on both sides, on one to another kind."


def merge(base: Deck | None, ours: Deck, theirs: Deck) -> tuple[Deck, tuple[Conflict, ...]]:
    """Return one deck of two that were made of ``base`` (None: they have nothing in common but their place), and what is in conflict.

    Questions are told apart by their ids; every one must have its own. ``merge(b, o, b) == (o, ())`` and ``merge(b, b, t) == (t, ())``.
    What comes out may break a rule that neither side broke (their new key is our new distractor): check it.
    """
    conflicts: list[Conflict] = []
    names = [field.name for field in msgspec.structs.fields(ours) if field.name != "questions"]
    values = _fields(base, ours, theirs, names, "", conflicts)
    return Deck(**values, questions=_questions(base, ours, theirs, conflicts)), tuple(conflicts)


def _questions(base: Deck | None, ours: Deck, theirs: Deck, conflicts: list[Conflict]) -> tuple[Question, ...]:
    was, mine, other = (_by_id(deck) for deck in (base, ours, theirs))
    merged: dict[str, Question] = {}
    renamed: dict[str, str] = {}  # theirs, by their own id
    taken = {*mine, *other}
    for name in dict.fromkeys([*mine, *other]):
        old, one, two = was.get(name), mine.get(name), other.get(name)
        if old is None and one is None and two is not None:
            if (same := _twin(two, ours, was)) is not None:  # added on both sides, under two ids
                renamed[name] = same
            else:
                merged[name] = two
        elif old is None and one is not None and two is not None and not _alike(one, two):
            new = _free(name, taken)
            taken.add(new)
            renamed[name] = new
            merged[name], merged[new] = one, msgspec.structs.replace(two, id=new)
            conflicts.append(Conflict(question=name, field="", ours=one, theirs=two, renamed=new))
        elif (kept := _question(name, old, one, two, conflicts)) is not None:
            merged[name] = kept
    order = _order(
        [question.id for question in base.questions] if base else [],
        [question.id for question in ours.questions],
        [renamed.get(question.id, question.id) for question in theirs.questions],
    )
    return tuple(merged[name] for name in order if name in merged)


def _question(name: str, old: Question | None, one: Question | None, two: Question | None, conflicts: list[Conflict]) -> Question | None:
    """Return what becomes of a question of one id; None: it is deleted."""
    if one == two or two == old:
        return one
    if one == old:
        return two
    if one is None or two is None:  # changed here, deleted there
        conflicts.append(Conflict(question=name, field="", ours=one, theirs=two))
        return one or two
    if type(one) is not type(two):
        conflicts.append(Conflict(question=name, field="", ours=one, theirs=two))
        return one
    names = [field.name for field in msgspec.structs.fields(one)]
    values = _fields(old if type(old) is type(one) else None, one, two, names, name, conflicts)
    return type(one)(**values)


def _fields(base: Any, ours: Any, theirs: Any, names: Sequence[str], question: str, conflicts: list[Conflict]) -> dict[str, Any]:
    """Return the values of ``names`` merged; of structs of one type, or None for a base that there is not."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(ours)}
    values = {}
    for name in names:
        old: Any = defaults[name] if base is None else getattr(base, name, None)
        one: Any = getattr(ours, name)
        two: Any = getattr(theirs, name)
        if one == two or two == old:
            values[name] = one
        elif one == old:
            values[name] = two
        elif name in _SETS:
            values[name] = _set(old, one, two, question, name, conflicts)
        elif isinstance(one, StudyOptions | LintOptions):
            within = [field.name for field in msgspec.structs.fields(one)]
            values[name] = type(one)(**_fields(old, one, two, within, question, conflicts))
        else:
            _clash(question, name, one, two, conflicts)
            values[name] = one
    return values


def _clash(question: str, field: str, ours: Any, theirs: Any, conflicts: list[Conflict]) -> None:
    conflicts.append(Conflict(question=question, field=field, ours=ours, theirs=theirs))


def _set(
    old: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], question: str, field: str, conflicts: list[Conflict]
) -> tuple[Any, ...]:
    """Return the values that either side has added and neither has taken out; what both changed differently stays as ours."""
    was, mine, other = ({_name(value): value for value in values} for values in (old, ours, theirs))
    kept: dict[Any, Any] = {}
    for name in _order(list(was), list(mine), list(other)):
        before, one, two = was.get(name), mine.get(name), other.get(name)
        if one == two or two == before:
            value = one
        elif one == before:
            value = two
        else:
            _clash(question, field, one, two, conflicts)
            value = one if one is not None else two
        if value is not None:
            kept[name] = value
    return tuple(kept.values())


def _order(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """Return all names of both sides: in the order of who changed it (ours where both did), each of the others behind its forerunner.

    What both put at the same place stands in the order ours, theirs.
    """
    common = set(base) & set(ours) & set(theirs)
    before, mine, other = ([name for name in dict.fromkeys(names) if name in common] for names in (base, ours, theirs))
    first, second = (theirs, ours) if mine == before != other else (ours, theirs)
    order = list(dict.fromkeys(first))
    known, last = set(order), None
    own = set(second)
    for name in second:
        if name not in known:
            at = order.index(last) + 1 if last is not None else 0
            while second is theirs and at < len(order) and order[at] not in own:
                at += 1
            order.insert(at, name)
            known.add(name)
        last = name
    return order


def _alike(one: Question, two: Question) -> bool:
    """Whether two questions added under one id are the same: of one kind, with the same words and key."""
    return type(one) is type(two) and one.text == two.text and _keys(one) == _keys(two)


def _twin(question: Question, ours: Deck, was: dict[str, Question]) -> str | None:
    """Return the id under which the very same question was added on our side."""
    for other in ours.questions:
        if other.id not in was and msgspec.structs.replace(other, id=question.id) == question:
            return other.id
    return None


def _keys(question: Question) -> list[tuple[str, str]]:
    return [(card.id.partition("#")[2], card.fingerprint) for card in question.deal("")]


def _by_id(deck: Deck | None) -> dict[str, Question]:
    return {question.id: question for question in deck.questions} if deck else {}


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _name(value: Any) -> Any:
    """Return what stays of a value of a list when it is edited."""
    if isinstance(value, Evidence):
        return value.source, value.quote
    return getattr(value, "id", value)
