"""The answers of a deck, indexed, so that a slip of the finger or a bare surname is never taken for another of them."""

from collections.abc import Iterable
from functools import cached_property

from quizzer.core.grading import wording
from quizzer.core.grading.dates import Date, dates, order_of
from quizzer.core.grading.names import Name, may_be_one, names
from quizzer.core.model import Answer, AnswerType, Part


class KnownAnswers:
    """Every answer of the deck, prepared once, so that a typo or a surname is never taken for another of them.

    ``language`` is the deck's, a BCP 47 tag: it tells whether 5/11 is in May or in November. The indexes are built when they
    are first asked for. Lookups take the same time whatever the size of the deck.
    """

    def __init__(self, answers: Iterable[Answer], *, language: str = "") -> None:
        self.order = order_of(language)
        self.points_group = bool(language) and not language.lower().startswith("en")  # 1.000 is a thousand
        self._parts: dict[Part, None] = dict.fromkeys(part for answer in answers for part in answer.parts)

    @cached_property
    def _owners(self) -> dict[str, set[Part]]:
        owners: dict[str, set[Part]] = {}
        for part in self._parts:
            for text in (part.key, *part.accept):
                for form in wording.forms(text):
                    owners.setdefault(form, set()).add(part)
        return owners

    @cached_property
    def _people(self) -> dict[str, dict[Name, None]]:
        people: dict[str, dict[Name, None]] = {}
        for part in self._parts:
            if part.type is AnswerType.PERSON:
                for text in (part.key, *part.accept):
                    for name in names(text):
                        people.setdefault(name.core[-1], {})[name] = None
        return people

    @cached_property
    def _dates(self) -> frozenset[Date]:
        return frozenset(date for part in self._parts if part.type is AnswerType.DATE for date in dates(part.key, order=self.order)[:1])

    def is_another(self, text: str, part: Part) -> bool:
        """Whether ``text`` is a wording of a known answer and none of ``part``."""
        return any(owners and part not in owners for owners in (self._owners.get(form) for form in wording.forms(text)))

    def is_surname(self, word: str) -> bool:
        """Whether a known person bears this surname (folded)."""
        return word in self._people

    def namesakes(self, name: Name) -> Iterable[Name]:
        """The known persons whose surname ends like that of ``name``."""
        return self._people.get(name.core[-1], {})

    def has_date(self, date: Date) -> bool:
        """Whether a known answer is this date."""
        return date._replace(note="") in self._dates

    def may_be_named(self, text: str, part: Part, key: Iterable[Name]) -> bool:
        """Whether ``text`` may stand for the person ``part``: no answer of another sort, or for another person, is worded so.

        An answer that accepts the person's full name too is no rival, whatever its sort.
        """
        own = set(wording.forms(part.key))
        for form in wording.forms(text):
            owners = self._owners.get(form, set())
            if part in owners:
                return True
            for owner in owners:
                if any(own.intersection(wording.forms(one)) for one in (owner.key, *owner.accept)):
                    continue
                if owner.type is not AnswerType.PERSON:
                    return False
                if not any(may_be_one(one, other) for one in key for other in names(owner.key)):
                    return False
        return True

    def prepare(self) -> None:
        """Build the indexes now, and load the rest of the grader, so that the first response need not wait for them."""
        from quizzer.core.grading import diffing, judging, parts  # noqa: F401 - what ``grade`` asks for

        for index in ("_owners", "_people", "_dates"):
            getattr(self, index)
