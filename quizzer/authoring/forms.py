"""A question, or a deck's own part, as a form to fill in: its texts by field, and back; and what is wrong with it as it stands.

What is told while an author types is what ``quizzer check`` would tell of the deck. What a form cannot say is not lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from quizzer import deckfile
from quizzer.authoring import fields
from quizzer.authoring.casting import modes
from quizzer.authoring.faults import FieldProblem, at_field
from quizzer.authoring.fields import Field, Sort, Unfit
from quizzer.authoring.quoting import Quotes
from quizzer.core.kinds import Deck, LintOptions, Question, Statement, StudyOptions
from quizzer.core.model import AnswerType, Evidence, Image, Markup, Mode, Source
from quizzer.deckfile import Problem

Path = tuple[str | int, ...]  # the keys and numbers behind which a value stands

_LABELS = {
    "question": "Question",
    "cloze": "Sentence with {{gaps}}",
    "statement": "Statement",
    "answer": "Answer",
    "order": "In the right order",
    "match": "Pairs",
    "answers": "Answers",
    "accept": "Also right",
    "distractors": "Wrong options",
    "type": "Sort of answer",
    "hints": "Hints",
    "explanation": "Explanation",
    "tags": "Tags",
    "mode": "Always asked",
    "as_of": "True as of",
}
_WORDS = tuple(name for name in _LABELS if name not in ("match", "type", "mode", "as_of"))  # of a question that was proposed
_IMAGES = {"image": "Image", "explanation_image": "Answer’s image"}
_OF_IMAGE = {"file": "", "alt": " in words", "credit": " credit"}
_OF_EVIDENCE = {"source": "Source", "quote": "Quote", "start": "Quote starts at"}
_OF_DECK = {"title": "Title", "description": "About", "language": "Language", "markup": "Written in"}
_OF_STUDY = {"mode": "Always asked", "retention": "Retention", "new_per_day": "New a day", "reviews_per_day": "Reviews a day"}
_OF_SOURCE = {"id": "Source", "publisher": "Publisher", "title": "Headline", "date": "Published", "url": "Address", "sha256": "sha256"}
_LONG = ("question", "cloze", "statement", "explanation", "description")
_LINES = ("order", "answers", "accept", "distractors", "hints", "tags", "select", "ignore", "declined")
_NUMBERS = {
    "start": fields.number(int),
    "retention": fields.number(float, least=0.7, most=0.99),
    "new_per_day": fields.number(int),
    "reviews_per_day": fields.number(int),
}


def form(question: Question, *, deck: Deck | None = None) -> tuple[Field, ...]:
    """Return all fields of a question, in the order they are filled in; of evidence there is one more than the question has.

    ``deck`` is the one it is of: its sources and tags are what is offered.
    """
    return tuple(_field(path, question, deck) for path in _paths(question))


def short_form(question: Question) -> tuple[Field, ...]:
    """Return the fields of its words alone: what is mended in a question that was proposed or is forgotten."""
    return tuple(_field((name,), question, None) for name in _WORDS if name in question.__struct_fields__)


def filled(
    question: Question, texts: Mapping[str, str], *, deck: Deck | None = None, articles: Mapping[str, str] | None = None
) -> Question:
    """Return the question with the texts of its form; a field that was not touched leaves its value exactly as it was.

    So does one whose text cannot be its value (``unfit`` tells). Where evidence has a new quote, where it begins is looked up.

    Args:
        question: As it was when the form was made.
        texts: By the names of fields; those that are missing were not touched.
        deck: The deck that it is of: its other passages are looked into, and its one source is that of new evidence.
        articles: The texts of articles, by the ids of sources.
    """
    changes, _ = _changes(question, texts)
    made: dict[str, Any] = {str(path[0]): value for path, value in changes.items() if len(path) == 1}
    for key in _IMAGES:
        if any(path[0] == key for path in changes):
            made[key] = _image(getattr(question, key), {str(path[1]): value for path, value in changes.items() if path[0] == key})
    if any(path[0] == "evidence" for path in changes):
        quotes = Quotes(deck, articles or {})
        pieces = [
            _piece(one, {str(path[2]): value for path, value in changes.items() if path[:2] == ("evidence", number)}, quotes)
            for number, one in enumerate((*question.evidence, None))
        ]
        made["evidence"] = tuple(piece for piece in pieces if piece is not None)
    return msgspec.structs.replace(question, **made) if made else question


def unfit(question: Question, texts: Mapping[str, str]) -> tuple[FieldProblem, ...]:
    """Return what is wrong with texts that cannot be the values of their fields."""
    return _unfit(_changes(question, texts)[1], question.id)


def deck_form(deck: Deck) -> tuple[Field, ...]:
    """Return the fields of what a deck has of its own; of sources there is one more than it has."""
    return tuple(_field(path, deck, deck) for path in _deck_paths(deck))


def deck_filled(deck: Deck, texts: Mapping[str, str]) -> Deck:
    """Return the deck with the texts of its own form, as ``filled`` does; its questions are as they were."""
    changes, _ = _changes(deck, texts)
    made: dict[str, Any] = {str(path[0]): value for path, value in changes.items() if len(path) == 1}
    for key in ("study", "lint"):
        if within := {str(path[1]): value for path, value in changes.items() if path[0] == key}:
            made[key] = msgspec.structs.replace(getattr(deck, key), **within)
    if any(path[0] == "sources" for path in changes):
        sources: list[Source] = []
        for number, one in enumerate((*deck.sources, Source(id=""))):
            values = {str(path[2]): value for path, value in changes.items() if path[:2] == ("sources", number)}
            if source := msgspec.structs.replace(one, **values):
                sources += [source] if source != Source(id="") else []
        made["sources"] = tuple(sources)
    return msgspec.structs.replace(deck, **made) if made else deck


def deck_unfit(deck: Deck, texts: Mapping[str, str]) -> tuple[FieldProblem, ...]:
    """Return what is wrong with texts of the deck's own form that cannot be the values of their fields."""
    return _unfit(_changes(deck, texts)[1], "")


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


# Places and what stands there


def _paths(question: Question) -> Iterator[Path]:
    own = question.__struct_fields__
    for name in _LABELS:
        if name in own:
            yield (name,)
        if name == "explanation":
            for number in range(len(question.evidence) + 1):
                for key in _OF_EVIDENCE:
                    yield "evidence", number, key
    for key in _IMAGES:
        for part in _OF_IMAGE:
            yield key, part


def _deck_paths(deck: Deck) -> Iterator[Path]:
    for name in _OF_DECK:
        yield (name,)
    for number in range(len(deck.sources) + 1):
        for key in _OF_SOURCE:
            yield "sources", number, key
    for key in _OF_STUDY:
        yield "study", key
    yield "lint", "select"
    yield "lint", "ignore"
    yield ("declined",)


def _field(path: Path, root: Question | Deck, deck: Deck | None) -> Field:
    sort = _sort(path, root)
    struct, key = _owner(path, root), str(path[-1])
    new = path[0] in ("evidence", "sources") and path[1] == len(getattr(root, str(path[0])))
    default = next(field for field in msgspec.structs.fields(struct) if field.name == key)
    text = sort.shown(_value(path, root))
    return Field(
        name=_name(path),
        label=_label(path, root),
        text=text,
        many=sort.many,
        help=fields.described(struct, key),
        choices=_choices(path, deck) or sort.choices,
        fixed=bool(sort.choices) or key == "source",
        needed=default.required and not new and path[0] not in _IMAGES,
        long=path[-1] in _LONG or (not sort.many and "\n" in text),
    )


def _name(path: Path) -> str:
    return ".".join(map(str, path))


def _label(path: Path, root: Question | Deck) -> str:
    match path:
        case ("evidence" | "sources" as key, int(number), str(part)):
            label = (_OF_EVIDENCE if key == "evidence" else _OF_SOURCE)[part]
            return f"{label} {number + 1}" if number and part in ("source", "quote", "id") else label
        case ("study", str(part)):
            return _OF_STUDY[part]
        case ("lint", str(part)):
            return "Checked for" if part == "select" else "Not checked for"
        case (str(key), str(part)):
            return _IMAGES[key] + _OF_IMAGE[part]
    key = str(path[0])
    return {"declined": "Declined", **(_LABELS if not isinstance(root, Deck) else _OF_DECK)}[key]


def _owner(path: Path, root: Question | Deck) -> type[msgspec.Struct]:
    owners: dict[str, type[msgspec.Struct]] = {"evidence": Evidence, "sources": Source, "study": StudyOptions, "lint": LintOptions}
    return type(root) if len(path) == 1 else owners.get(str(path[0]), Image)


def _sort(path: Path, root: Question | Deck) -> Sort:
    key = str(path[-1])
    if key in _NUMBERS:
        return _NUMBERS[key]
    if key == "mode":
        return fields.word(Mode, choices=list(Mode) if isinstance(root, Deck) else modes(root.kind))
    if key == "type":
        return fields.word(AnswerType)
    if key == "markup":
        return fields.word(Markup, empty=Markup.PLAIN)
    if key == "match":
        return fields.PAIRS
    if isinstance(root, Statement) and key == "answer":
        return fields.TRUTH
    return fields.LINES if key in _LINES else fields.TEXT


def _choices(path: Path, deck: Deck | None) -> tuple[str, ...]:
    if deck is None:
        return ()
    if path[-1] == "source":
        return tuple(source.id for source in deck.sources)
    if path[-1] == "tags":
        return tuple(sorted({tag for question in deck.questions for tag in question.tags}))
    return ()


def _value(path: Path, root: Any) -> Any:
    """Return what stands there, None where nothing does."""
    if path[0] in ("evidence", "sources"):
        pieces = getattr(root, str(path[0]))
        return getattr(pieces[path[1]], str(path[2])) if int(path[1]) < len(pieces) else None
    value = getattr(root, str(path[0]))
    return getattr(value, str(path[1])) if len(path) > 1 and value is not None else value


def _changes(root: Question | Deck, texts: Mapping[str, str]) -> tuple[dict[Path, Any], list[tuple[Path, Unfit]]]:
    """Return the values of the fields that were touched, and what cannot be one."""
    changes: dict[Path, Any] = {}
    wrong: list[tuple[Path, Unfit]] = []
    for path in _deck_paths(root) if isinstance(root, Deck) else _paths(root):
        name = _name(path)
        if name not in texts:
            continue
        sort, before = _sort(path, root), _value(path, root)
        if texts[name] == sort.shown(before):
            continue
        try:
            value = sort.read(fields.whole(texts[name]), before if before is not None or not sort.many else (), name)
            _refuse(path, value, root)
        except Unfit as error:
            wrong.append((path, error))
            continue
        if value == before and before is not None:
            continue
        default = _default(path, root)
        changes[path] = default if value == "" and isinstance(default, str) else value
    return changes, wrong


def _default(path: Path, root: Question | Deck) -> Any:
    """Return what nothing stands for: a stem that is left to its default, say."""
    return next(field.default for field in msgspec.structs.fields(_owner(path, root)) if field.name == path[-1])


def _refuse(path: Path, value: Any, root: Question | Deck) -> None:
    """Raise Unfit where evidence would no longer know which source it means."""
    if isinstance(root, Deck) and path[0] == "sources" and path[-1] == "id":
        others = {source.id for at, source in enumerate(root.sources) if at != path[1]}
        if value in others:
            raise Unfit("D204", f"a second source has the id {value!r}. Change one.")


def _image(before: Image | None, values: Mapping[str, Any]) -> Image | None:
    made = msgspec.structs.replace(before or Image(file=""), **values)
    return made if made != Image(file="") else None


def _piece(before: Evidence | None, values: Mapping[str, Any], quotes: Quotes) -> Evidence | None:
    """Return the evidence with the values that were touched; None where nothing is left of it."""
    if not values:
        return before
    made = msgspec.structs.replace(before or Evidence(source="", quote=""), **values)
    if not (made.source or made.quote) or (before is None and not made.quote and not values.get("source")):
        return None
    if "start" in values and values["start"] is not None:
        return made if made.source else msgspec.structs.replace(made, source=quotes.only)
    return quotes.placed(before, made)


def _unfit(wrong: Sequence[tuple[Path, Unfit]], question: str) -> tuple[FieldProblem, ...]:
    return tuple(at_field("error", error.code, str(error), question=question, field=_name(path)) for path, error in wrong)


# What is wrong


def _deck(questions: Sequence[Question]) -> Deck:
    sources = tuple(Source(id=name) for name in dict.fromkeys(one.source for question in questions for one in question.evidence))
    return Deck(id="deck", title="deck", questions=tuple(questions), sources=sources)


def _empty(question: Question) -> list[str]:
    return [label for name, label in _LABELS.items() if name in _NEEDED and getattr(question, name, "x") in ("", ())]


_NEEDED = ("question", "cloze", "statement", "answer", "order", "match", "answers")


def _sentence(problem: Problem) -> str:
    return problem.message[:1].upper() + problem.message[1:]
