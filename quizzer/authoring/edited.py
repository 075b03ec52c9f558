"""A deck being edited: acts on its questions and on itself, by hand or by form, taken back and done again.

Knows no file. One act at a time is done, whatever thread it comes from.
"""

import typing
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from threading import RLock
from typing import Any, TypeVar

import msgspec

from quizzer.authoring import casting, forms
from quizzer.authoring.faults import FieldProblem
from quizzer.authoring.fields import Field
from quizzer.authoring.history import MOVED, History, Step
from quizzer.authoring.renaming import NEW, following, renamed
from quizzer.core.kinds import Deck, Question

_Act = TypeVar("_Act", bound=Callable[..., Any])
OWN = tuple(name for name in Deck.__struct_fields__ if name not in ("id", "questions"))


def _alone(act: _Act) -> _Act:
    """Return an act that waits for others to be done."""

    @wraps(act)
    def done(self: "Edited", *args: Any, **named: Any) -> Any:
        with self._guard:
            return act(self, *args, **named)

    return typing.cast(_Act, done)


class Edited:
    """One deck. ``touched`` is the question that was added, changed or moved last, by undo and redo too; "" is the deck.

    A question that was given another id when it was saved may be named by the one it had before.
    """

    def __init__(self, deck: Deck) -> None:
        self.touched = ""
        self._deck = deck
        self._history = History()
        self._news = 0
        self._names: dict[str, str] = {}  # the ids that questions were given, by those they had
        self._guard = RLock()
        self._forms: dict[str, Question | Deck] = {}

    @property
    def deck(self) -> Deck:
        """The deck as it stands now. Every question has an id; that of one never saved begins with "~" until it is saved."""
        return self._deck

    def question(self, name: str) -> Question:
        """Return the question of that id. Raises KeyError where there is none."""
        return self._deck.questions[self._at(name)]

    # Acts

    @_alone
    def add(self, question: Question, *, after: str = "") -> str:
        """Put a question in, behind the one of the id ``after`` (else at the end); return its id."""
        questions = list(self._deck.questions)
        question = msgspec.structs.replace(question, id=self._new_id())
        questions.insert(self._at(after) + 1 if after else len(questions), question)
        self._do("the new question", question.id, questions=tuple(questions))
        return question.id

    @_alone
    def change(self, name: str, question: Question) -> None:
        """Put ``question`` in the place of the one of the id ``name``; it keeps that id."""
        before = self.question(name)
        name = before.id
        question = msgspec.structs.replace(question, id=name)
        if question == before:
            return
        fields = _changed(before, question)
        self._do(
            f"the change of {_what(fields)} of {self._called(before)}",
            name,
            field=fields[0] if len(fields) == 1 else "",
            questions=tuple(question if one.id == name else one for one in self._deck.questions),
        )

    @_alone
    def delete(self, name: str) -> None:
        """Take a question out."""
        gone = self.question(name)
        self._do(f"the deletion of {self._called(gone)}", gone.id, questions=tuple(one for one in self._deck.questions if one is not gone))

    @_alone
    def duplicate(self, name: str) -> str:
        """Put a copy of a question behind it; return the copy's id."""
        questions, at = list(self._deck.questions), self._at(name)
        copy = msgspec.structs.replace(questions[at], id=self._new_id())
        questions.insert(at + 1, copy)
        self._do(f"the copy of {self._called(questions[at])}", copy.id, questions=tuple(questions))
        return copy.id

    @_alone
    def move(self, name: str, by: int) -> None:
        """Move a question so many places on (back, where negative), as far as there are places."""
        questions, at = list(self._deck.questions), self._at(name)
        question = questions.pop(at)
        questions.insert(min(max(0, at + by), len(questions)), question)
        self._do(f"the move of {self._called(question)}", question.id, field=MOVED, questions=tuple(questions))

    @_alone
    def set_deck(self, deck: Deck | None = None, **fields: Any) -> None:
        """Change what the deck has of its own: title, description, language, markup, study, lint, sources, declined.

        With ``deck``, all of that becomes as there. Evidence follows a source whose id is changed.
        """
        wanted = {name: getattr(deck, name) for name in OWN if deck is not None} | fields
        changed = [name for name, value in wanted.items() if getattr(self._deck, name) != value]
        if not changed:
            return
        questions = self._deck.questions
        if "sources" in changed:
            questions = following(questions, self._deck.sources, wanted["sources"])
        what = f"the change of {_what(changed)} of the deck"
        self._do(what, "", field=changed[0] if len(changed) == 1 else "", questions=questions, **wanted)

    @_alone
    def form(self, name: str = "") -> tuple[Field, ...]:
        """Return the fields of a question, or ("") of what the deck has of its own, as it stands now; ``fill`` goes out from there."""
        if not name:
            self._forms[name] = self._deck
            return forms.deck_form(self._deck)
        question = self.question(name)
        self._forms[question.id] = question
        return forms.form(question, deck=self._deck)

    @_alone
    def fill(self, name: str, texts: Mapping[str, str]) -> tuple[FieldProblem, ...]:
        """Change a question, or ("") the deck, to what the texts of its form say; those that are missing were not touched.

        Returns what is wrong with texts that cannot be the values of their fields, which keep the values they had.
        """
        base = self._forms.get(self._names.get(name, name))
        if not name:
            deck = base if isinstance(base, Deck) else self._deck
            self.set_deck(forms.deck_filled(deck, texts))
            return forms.deck_unfit(deck, texts)
        now = self.question(name)
        before = now if base is None or type(base) is not type(now) else base
        self.change(name, forms.filled(before, texts, deck=self._deck, articles=self.texts()))
        return forms.unfit(before, texts)

    @_alone
    def cast(self, name: str, kind: str) -> None:
        """Make a question one of another kind; what carries over stays. Raises KeyError for what is no kind."""
        self.change(name, casting.cast(self.question(name), kind))

    @_alone
    def part(self) -> None:
        """Let the next change be a step of its own (the author left the field): else changes of one field are undone together."""
        self._history.part()

    @_alone
    def undo(self) -> str | None:
        """Take back the last act; return what it was in words ("the deletion of 'q1'"), None where there is nothing to take back.

        ``touched`` is then the id of the question it was done to.
        """
        step = self._history.undo()
        if step is None:
            return None
        self._become(step.before, step.question)
        return step.words

    @_alone
    def redo(self) -> str | None:
        """Do again what was taken back last; return it in words, None where there is nothing."""
        step = self._history.redo()
        if step is None:
            return None
        self._become(step.after, step.question)
        return step.words

    @property
    def can_undo(self) -> str:
        """What ``undo`` would take back, in words; "" where there is nothing."""
        return self._history.can_undo

    @property
    def can_redo(self) -> str:
        """What ``redo`` would do again, in words; "" where there is nothing."""
        return self._history.can_redo

    # Inside

    def texts(self) -> Mapping[str, str]:
        """The texts of articles at hand, by the ids of sources."""
        return {}

    def _at(self, name: str) -> int:
        name = self._names.get(name, name)
        for at, question in enumerate(self._deck.questions):
            if question.id == name:
                return at
        raise KeyError(name)

    def _new_id(self) -> str:
        """Return an id for a question that was never saved: one that was given before is not given again."""
        there = (int(one.id[1:]) for one in self._deck.questions if one.id.startswith(NEW))
        self._news = max(self._news, *there, 0) + 1
        return f"{NEW}{self._news}"

    def _called(self, question: Question) -> str:
        return "the new question" if question.id.startswith(NEW) else repr(question.id)

    def _do(self, words: str, question: str, *, field: str = "", **fields: Any) -> None:
        before, after = self._deck, msgspec.structs.replace(self._deck, **fields)
        if before != after:
            self._history.add(Step(words=words, question=question, before=before, after=after, field=field))
            self._become(after, question, soon=bool(field))

    def _become(self, deck: Deck, question: str, *, soon: bool = False) -> None:
        """Let the deck be another from here on; ``soon``: it will be yet another with the next key."""
        self._deck, self.touched = deck, question

    def _rename(self, names: Mapping[str, str]) -> None:
        if names:
            self._history.each(lambda deck: renamed(deck, names), named=lambda name: names.get(name, name))
            self._deck, self.touched = renamed(self._deck, names), names.get(self.touched, self.touched)
            self._forms = {names.get(name, name): question for name, question in self._forms.items()}
            self._names.update(names)


def _changed(before: Question, after: Question) -> list[str]:
    if type(before) is not type(after):
        return ["kind"]
    return [name for name in after.__struct_fields__ if getattr(before, name) != getattr(after, name)]


def _what(fields: Sequence[str]) -> str:
    return f"the {fields[0].replace('_', ' ')}" if len(fields) == 1 else f"{len(fields)} fields"
