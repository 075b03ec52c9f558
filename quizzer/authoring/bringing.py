"""A deck brought up to date with what was read of it in another form: which question is which, and what of it changed.

Pure. What the other form does not carry stays as it is in the deck: a field is taken over only where it differs from how the deck's own
would read in that form.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from quizzer.authoring.renewal import NEAR, folded, likeness, wordings
from quizzer.core.kinds import GAP, Cloze, Deck, Question
from quizzer.core.model import Evidence, Source
from quizzer.formats import same


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """What bringing in found: the deck as it is to be, and what became of the file's questions.

    ``origins`` are the places in the file's deck that questions of ``deck`` were taken from, by their places there: those that changed,
    and those that are new, at its end. ``absent`` are the ids of the deck's questions that the file does not have; ``doubled`` the places
    of questions that the file has twice; ``kept`` those, with the deck's id, whose answer was changed in a way its kind does not take.
    """

    deck: Deck
    origins: Mapping[int, int] = {}
    absent: tuple[str, ...] = ()
    doubled: tuple[int, ...] = ()
    kept: tuple[tuple[int, str], ...] = ()


def bring(before: Deck, carried: Sequence[Question | None], read: Deck, *, sources: Sequence[Source] = ()) -> Brought:
    """Return ``before`` with the questions of ``read``: known ones brought up to date, the others behind them.

    Args:
        before: The deck as it is.
        carried: Each of its questions as it reads in the form that was read (None: the form cannot have it).
        read: What was read; questions without an id are known by their words.
        sources: The deck's sources as they read in that form.
    """
    evidence = _Spans(sources, read.sources, _source_names(before.sources, read.sources))
    base = {question.id: found for question, found in zip(before.questions, carried, strict=True) if found is not None}
    twins, doubled = _twins(before, base, read.questions)
    places = {question.id: place for place, question in enumerate(before.questions)}
    after = list(before.questions)
    origins: dict[int, int] = {}
    kept: list[tuple[int, str]] = []
    for at, question in enumerate(read.questions):
        if at in doubled:
            continue
        twin = twins.get(at)
        if twin is None:
            origins[len(after)] = at
            after.append(evidence.cited(question))
            continue
        old = before.questions[places[twin]]
        new = _updated(old, base.get(twin, old), question, evidence)
        if new is None:
            kept.append((at, twin))
        elif new != old:
            after[places[twin]] = new
            origins[places[twin]] = at
    there = set(twins.values())
    here = {source.id for source in before.sources}
    used = {one.source for question in after for one in question.evidence}
    found = [msgspec.structs.replace(source, id=evidence.named[source.id]) for source in read.sources]
    if not before.questions:
        used |= {source.id for source in found}
    return Brought(
        deck=msgspec.structs.replace(
            before,
            questions=tuple(_with_free_ids(after)),
            sources=(*before.sources, *(one for one in found if one.id not in here and one.id in used)),
        ),
        origins=origins,
        absent=tuple(name for name in base if name not in there),
        doubled=tuple(sorted(doubled)),
        kept=tuple(kept),
    )


def _twins(before: Deck, base: Mapping[str, Question], found: Sequence[Question]) -> tuple[dict[int, str], set[int]]:
    """Return which question of the deck each of ``found`` is, by its place; and the places of those that are there twice.

    An id tells it; then the same words and answer; then, of those without an id, the same words alone where they are nobody else's, or
    the same answer to like words.
    """
    left = {question.id: base.get(question.id, question) for question in before.questions}
    twins: dict[int, str] = {}

    def take(at: int, name: str) -> None:
        twins[at] = name
        del left[name]

    for at, question in enumerate(found):
        if question.id in left:
            take(at, question.id)
    by_mark: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_stem: dict[str, list[str]] = defaultdict(list)
    by_key: dict[str, list[str]] = defaultdict(list)
    for name, question in left.items():
        by_mark[_mark(question)].append(name)
        by_stem[folded(question.text)].append(name)
        for wording in wordings(question):
            by_key[wording].append(name)
    stems = Counter(folded(question.text) for question in found)

    def fitting(names: Iterable[str]) -> str:
        return next((name for name in names if name in left), "")

    open_ = [at for at in range(len(found)) if at not in twins]
    for at in open_:
        if name := fitting(by_mark[_mark(found[at])]):
            take(at, name)
    for at in open_:
        stem = folded(found[at].text)
        name = fitting(by_stem[stem])
        if name and at not in twins and not found[at].id and stems[stem] == len(by_stem[stem]) == 1:
            take(at, name)
    for at in open_:
        question = found[at]
        if at not in twins and not question.id:
            near = {name for wording in wordings(question) for name in by_key[wording] if name in left}
            likely = [(likeness(question.text, left[name].text), name) for name in sorted(near) if type(left[name]) is type(question)]
            chance, name = max(likely, default=(0.0, ""))
            if chance >= NEAR:
                take(at, name)
    seen = {_mark(found[at]) for at in twins}
    doubled: set[int] = set()
    for at in open_:
        if at not in twins:
            mark = _mark(found[at])
            if mark in seen:
                doubled.add(at)
            seen.add(mark)
    return twins, doubled


def _mark(question: Question) -> tuple[str, str]:
    """Return what two questions have in common that ask the same in the same words."""
    return folded(question.text), next(iter(wordings(question)), "")


class _Spans:
    """The evidence of questions in three tellings: as the deck's own reads in the other form, as it was read, as the deck is to have it.

    Sources have other ids in each, so they are told by what they are.
    """

    def __init__(self, carried: Sequence[Source], read: Sequence[Source], named: Mapping[str, str]) -> None:
        self._carried, self._read = ({one.id: _content(one) for one in sources} for sources in (carried, read))
        self.named = named

    def cited(self, question: Question) -> Question:
        """Return a question that was read, with the deck's ids of the sources."""
        return msgspec.structs.replace(question, evidence=tuple(self._named(one) for one in question.evidence))

    def updated(self, old: Question, base: Question, new: Question) -> tuple[Evidence, ...]:
        """Return the evidence as it was read; a piece that the deck has as it stands there, all where none changed."""
        if list(map(self._of_base, base.evidence)) == list(map(self._of_read, new.evidence)):
            return old.evidence  # of which the form may not carry all
        known = dict(zip(map(self._of_base, base.evidence), old.evidence, strict=False))
        return tuple(known.get(self._of_read(one)) or self._named(one) for one in new.evidence)

    def _named(self, one: Evidence) -> Evidence:
        return msgspec.structs.replace(one, source=self.named.get(one.source, one.source))

    def _of_base(self, one: Evidence) -> tuple[object, ...]:
        return (*self._carried.get(one.source, (one.source,)), *_span(one))

    def _of_read(self, one: Evidence) -> tuple[object, ...]:
        return (*self._read.get(one.source, (one.source,)), *_span(one))


def _content(source: Source) -> tuple[str, ...]:
    return tuple(text.strip() for text in (source.publisher, source.title, source.date, source.url))


def _span(one: Evidence) -> tuple[object, ...]:
    return one.quote.strip(), one.start, one.passage.strip(), one.passage_start


def _updated(old: Question, base: Question, new: Question, evidence: _Spans) -> Question | None:
    """Return ``old`` with what ``new`` says other than ``base``; None where its kind does not take that."""
    names = [name for name in new.__struct_fields__ if name not in ("id", "evidence")]
    spans = evidence.updated(old, base, new)
    if type(new) is not type(base):
        values = {name: getattr(new, name) for name in names}
        for name in names:
            if hasattr(base, name) and hasattr(old, name) and same(getattr(new, name), getattr(base, name)):
                values[name] = getattr(old, name)
        return type(new)(id=old.id, evidence=spans, **values)
    keys = [name for name in names if not same(getattr(new, name), getattr(base, name))]
    if type(base) is not type(old) and any(name == "answer" or not hasattr(old, name) for name in keys):
        return None
    values = {name: getattr(new, name) for name in keys}
    if isinstance(old, Cloze) and "cloze" in values:
        values["cloze"] = _with_wordings(values["cloze"], old)
    return msgspec.structs.replace(old, evidence=spans if base.evidence or new.evidence else old.evidence, **values)


def _with_wordings(text: str, old: Cloze) -> str:
    """Return the text of a cloze, its gaps with the other wordings that those of ``old`` with the same key have."""
    whole = {gap[0]: "|".join(gap) for gap in old.gaps}
    return GAP.sub(lambda found: "{{" + whole.get(found[1].strip(), found[1]) + "}}", text)


def _source_names(here: Sequence[Source], found: Sequence[Source]) -> dict[str, str]:
    """Return the deck's id for each source read: that of the same source, or a free one."""
    names: dict[str, str] = {}
    taken = {source.id for source in here}
    for source in found:
        twin = next((one.id for one in here if _same_source(one, source)), None)
        if twin is None:
            twin, number = source.id, 2
            while twin in taken:
                twin, number = f"{source.id}-{number}", number + 1
            taken.add(twin)
        names[source.id] = twin
    return names


def _same_source(one: Source, other: Source) -> bool:
    if one.url and one.url == other.url:
        return True
    return (one.publisher, one.title, one.date) == (other.publisher, other.title, other.date) and one.url == other.url


def _with_free_ids(questions: Iterable[Question]) -> Iterable[Question]:
    """Yield questions, without its id one whose id another has: it is named by its words then."""
    used: set[str] = set()
    for question in questions:
        if question.id in used:
            question = msgspec.structs.replace(question, id="")
        used.add(question.id)
        yield question
