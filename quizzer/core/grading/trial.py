"""A key tried out by itself, outside any deck: what an author asks the grader."""

import re

import msgspec

from quizzer.core.grading.known import KnownAnswers
from quizzer.core.grading.sorts import infer_type
from quizzer.core.model import Answer, AnswerType, Part

LIST = "list"
# As others call them.
SYNONYMS = {
    "organization": AnswerType.ORGANISATION,
    "company": AnswerType.ORGANISATION,
    "number with unit": AnswerType.NUMBER,
    "quantity": AnswerType.NUMBER,
    "percent": AnswerType.PERCENTAGE,
    "currency": AnswerType.MONEY,
    "amount": AnswerType.MONEY,
    "location": AnswerType.PLACE,
    "name": AnswerType.PERSON,
    "time": AnswerType.TEXT,
    "string": AnswerType.TEXT,
}
SORTS = (*(sort.value for sort in AnswerType), LIST)
_BREAK = re.compile(r"\s*[;\n]\s*")
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A key, and what a deck would say around it.

    ``key`` is one text, or the texts of all that must be named; with ``type`` "list" one text lists them too ("A; B; C", or with
    commas). Other wordings of one thing of a list stand after a bar (``USA|United States``), and one of ``accept`` is another wording of
    the whole. ``others`` are wrong answers to the question, ``language`` is the deck's (BCP 47).
    """

    key: str | tuple[str, ...]
    type: str | None = None
    accept: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    language: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be graded.

        Raises:
            ValueError: ``type`` is no type, or the key is empty; its text says so.
        """
        if self.type and self.type not in SORTS and self.type not in SYNONYMS:
            raise ValueError(f"there is no type {self.type!r}; it is one of {', '.join(SORTS)}")
        if not self.things(self.key) or not all(thing.strip(" |") for thing in self.things(self.key)):
            raise ValueError("the key is empty")

    def things(self, key: str | tuple[str, ...]) -> tuple[str, ...]:
        """Return what must be named, each with its other wordings after a bar."""
        if not isinstance(key, str):
            return key
        if self.type != LIST:
            return (key,)
        things = [thing for thing in _BREAK.split(key) if thing.strip()]
        return tuple(things if len(things) > 1 else [thing for thing in _COMMA.split(key) if thing.strip()])

    def answers(self) -> tuple[Answer, ...]:
        """Return what a response is held against: one answer, and for each accepted wording of a list another."""
        things = self.things(self.key)
        if self.type != LIST and isinstance(self.key, str):
            return (Answer((Part(self.key, self.accept, self._sort(self.key)),)),)
        return tuple(
            Answer(tuple(self._part(thing) for thing in listed))
            for listed in (things, *(self.things(text) if self.type == LIST else (text,) for text in self.accept))
        )

    def known(self) -> KnownAnswers:
        """Return the answers of the deck that this key would stand in: itself and the wrong ones."""
        answers = self.answers()
        sort = answers[0].parts[0].type
        return KnownAnswers([*answers[:1], *(Answer((Part(text, (), sort),)) for text in self.others)], language=self.language)

    def _sort(self, text: str) -> AnswerType:
        if not self.type or self.type == LIST:
            return infer_type(text)
        return SYNONYMS.get(self.type) or AnswerType(self.type)

    def _part(self, thing: str) -> Part:
        key, *accept = (wording.strip() for wording in thing.split("|"))
        return Part(key, tuple(wording for wording in accept if wording), self._sort(key))
