"""A deck file as it was read at one moment: what it would be with another deck in it, what would be wrong with that, and that written."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from quizzer.core.errors import StaleError
from quizzer.core.kinds import Deck, Question
from quizzer.deckfile import files, naming, revising, writing
from quizzer.deckfile.draft import Draft
from quizzer.deckfile.fieldmap import EVERY, FieldMap, Place, questions_in
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.problems import Problem
from quizzer.deckfile.reading import parse, problems_of, sound
from quizzer.deckfile.truth import Articles

Found = tuple[Problem, Place]


class Edition:
    """What a file held: its bytes, its text, its deck. Never changes."""

    def __init__(self, path: Path, data: bytes, file: DeckText) -> None:
        """Use ``read`` or ``of``."""
        self.path = path
        self.data = data
        self.file = file
        self._draft = parse(file, path)
        self.deck = sound(self._draft, empty=True)

    @classmethod
    def read(cls, path: Path) -> "Edition":
        """Return the file at ``path`` as it is now. That it has no questions yet is no matter.

        Raises:
            DeckError: it cannot be read, or is not sound; the line says where.
        """
        data, file = files.taken(path)
        return cls(path, data, file)

    @classmethod
    def of(cls, path: Path, data: bytes) -> "Edition":
        """Return what a file at ``path`` that holds ``data`` is; raises DeckError as ``read``."""
        return cls(path, data, files.text_in(data, path))

    @property
    def text(self) -> str:
        """The file's text."""
        return self.file.text

    @property
    def is_stale(self) -> bool:
        """Whether the file holds something else by now, or is gone."""
        try:
            return self.path.read_bytes() != self.data
        except OSError:
            return True

    def named(self, deck: Deck, *, taken: Iterable[str] = ()) -> Deck:
        """Return ``deck`` with an id for each question that has none, of its words, as ``fmt`` gives them; none of them ``taken``."""
        missing = [question.text for question in deck.questions if not question.id]
        names = naming.question_ids(missing, taken=[*taken, *(question.id for question in deck.questions if question.id)])
        named = tuple(question if question.id else msgspec.structs.replace(question, id=next(names)) for question in deck.questions)
        return msgspec.structs.replace(deck, questions=named)

    def with_deck(self, deck: Deck, *, lifted: Collection[str] = ()) -> str:
        """Return the text with the difference between its deck and ``deck`` written into it.

        ``lifted``: the ids of questions that were moved, where that is known.

        Raises:
            DeckError: ``deck`` could not be studied, or the file is written in a way that cannot be edited safely.
        """
        return revising.planned_in(self.file, self.path, deck, lifted=lifted)

    def write(self, deck: Deck, *, lifted: Collection[str] = ()) -> "Edition":
        """Write the difference between this file's deck and ``deck`` into the file; return what it is then.

        Raises:
            DeckError: as ``with_deck``; or the file cannot be written. A StaleError where it was changed since it was read.
        """
        if self.is_stale:
            gone = not self.path.exists()
            what = "was taken away meanwhile. Put it back" if gone else "was changed meanwhile by another program. Read it anew"
            raise StaleError(f"{self.path}: {what}, and save then: nothing was written, and nothing is lost.")
        new = self.with_deck(deck, lifted=lifted)
        if new != self.text:
            files.put(self.path, self.file.encode(new), instead_of=self.data)
        return type(self).of(self.path, self.file.encode(new))

    def judge(self, deck: Deck, *, articles: Articles | None = None) -> list[Found]:
        """Return all that ``check`` would say of the file with ``deck`` in it, whether that could be studied or not, in its order.

        Problems are those of the text that ``write`` would leave; where that cannot be told, of the deck as ``save`` would write it.
        """
        deck = self.named(deck)
        for draft in self._drafts(deck):
            if _holds(draft, deck):
                break
        return _found(draft, articles)

    def judge_one(self, deck: Deck, number: int, *, articles: Articles | None = None) -> list[Found]:
        """Return what can be said of one question of ``deck`` by itself; what comments in this file ignore is left out."""
        question = deck.questions[number]
        (question,) = self.named(msgspec.structs.replace(deck, questions=(question,))).questions
        alone = msgspec.structs.replace(deck, questions=(question,), declined=())
        ignored = self._ignored.get(question.id, set())
        draft = parse(DeckText(writing.dumps(alone)), self.path)
        return [
            (problem, msgspec.structs.replace(place, question=number))
            for problem, place in _found(draft, articles)
            if place.question == 0 and ignored.isdisjoint(((problem.code, place.field, place.item), (problem.code, EVERY, -1)))
        ]

    @cached_property
    def _ignored(self) -> dict[str, set[tuple[str, str, int]]]:
        """What comments ignore, by the id of the question."""
        found = FieldMap(self._draft).ignored()
        return {self.deck.questions[number].id: what for number, what in found.items() if number >= 0}

    def _drafts(self, deck: Deck) -> Iterator[Draft]:
        """Yield readings of what the text may be with ``deck`` in it: the most faithful first, the last sure to hold it."""
        if deck == self.deck:
            yield parse(self.file, self.path)
        for text in revising.attempts(self._draft, self.deck, deck):
            yield parse(DeckText(text), self.path)
        yield parse(DeckText(writing.dumps(deck)), self.path)


def _holds(draft: Draft, deck: Deck) -> bool:
    """Whether the draft holds every question of ``deck``, in its order; what cannot be read is taken for it."""
    nodes = questions_in(draft)
    if len(nodes) != len(deck.questions):
        return not nodes and not deck.questions
    read: dict[int, Question] = {id(item.node): item.question for item in draft.items}
    return all(_is_read(read.get(id(node), question), question) for node, question in zip(nodes, deck.questions, strict=True))


def _is_read(found: Question, wanted: Question) -> bool:
    """Whether a question was read as it is, but for keys whose values break a rule."""
    if found == wanted:
        return True
    defaults = {field.name: field.default for field in msgspec.structs.fields(wanted)}
    return type(found) is type(wanted) and all(
        getattr(found, name) in (getattr(wanted, name), default) for name, default in defaults.items()
    )


def _found(draft: Draft, articles: Articles | None) -> list[Found]:
    problems = problems_of(draft, with_images=True, articles=articles)
    fields = FieldMap(draft) if problems else None
    return [(problem, fields.place(problem)) for problem in problems] if fields else []
