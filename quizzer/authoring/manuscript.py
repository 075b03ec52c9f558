"""A deck file being edited: acts on its questions, taken back and done again, what is wrong as it stands, and the file written.

Nothing is written to the file until ``save``; what is not saved outlives a kill. Knows no terminal.
"""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from quizzer.authoring.faults import FieldProblem
from quizzer.authoring.history import History, Step
from quizzer.core.kinds import Deck, Question
from quizzer.deckfile.edition import Edition

NEW = "~"  # what the id of a question that was never saved begins with; no id in a file can


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """What was changed on both sides: the ``fields`` of a question ("" for the deck), and the question as the file has it.

    ``theirs`` is None for the deck, and where the file has the question no more.
    """

    question: str
    fields: tuple[str, ...]
    theirs: Question | None = None


class Manuscript:
    """One deck file, open."""

    def __init__(self, edition: Edition) -> None:
        """Use ``open``."""
        self.path = edition.path
        self.recovered = False
        self.conflicts: tuple[Conflict, ...] = ()
        self.touched = ""
        self._edition = edition
        self._deck = edition.deck
        self._history = History()
        self._news = 0
        self._problems: tuple[FieldProblem, ...] | None = None

    @classmethod
    def open(cls, path: Path) -> "Manuscript":
        """Return the deck file at ``path``, with the changes that were not saved the last time (``recovered``), as one step to undo.

        Raises:
            DeckError: it cannot be read or is not sound; or it is open in another window.
        """
        return cls(Edition.read(path))

    def close(self) -> None:
        """Leave the file: what is not saved is kept, and is there when it is opened again."""

    def discard(self) -> None:
        """Leave the file, and forget what is not saved."""

    # As it stands

    @property
    def deck(self) -> Deck:
        """The deck as it stands now. Every question has an id; that of one never saved begins with "~" until ``save`` names it."""
        return self._deck

    @property
    def changed(self) -> bool:
        """Whether the deck differs from the file as it was opened or saved."""
        return self._deck != self._edition.deck

    def question(self, name: str) -> Question:
        """Return the question of that id. Raises KeyError where there is none."""
        return self._deck.questions[self._at(name)]

    def is_changed(self, name: str) -> bool:
        """Whether the question of that id is new, or another than in the file."""
        return self.question(name) not in self._edition.deck.questions

    # Acts

    def add(self, question: Question, *, after: str = "") -> str:
        """Put a question in, behind the one of the id ``after`` (else at the end); return its id."""
        questions = list(self._deck.questions)
        question = msgspec.structs.replace(question, id=self._new_id())
        questions.insert(self._at(after) + 1 if after else len(questions), question)
        self._do("the new question", question.id, questions=tuple(questions))
        return question.id

    def change(self, name: str, question: Question) -> None:
        """Put ``question`` in the place of the one of the id ``name``; it keeps that id."""
        before = self.question(name)
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

    def delete(self, name: str) -> None:
        """Take a question out."""
        gone = self.question(name)
        self._do(f"the deletion of {self._called(gone)}", name, questions=tuple(one for one in self._deck.questions if one.id != name))

    def duplicate(self, name: str) -> str:
        """Put a copy of a question behind it; return the copy's id."""
        questions, at = list(self._deck.questions), self._at(name)
        copy = msgspec.structs.replace(questions[at], id=self._new_id())
        questions.insert(at + 1, copy)
        self._do(f"the copy of {self._called(questions[at])}", copy.id, questions=tuple(questions))
        return copy.id

    def move(self, name: str, by: int) -> None:
        """Move a question so many places on (back, where negative), as far as there are places."""
        questions, at = list(self._deck.questions), self._at(name)
        question = questions.pop(at)
        questions.insert(min(max(0, at + by), len(questions)), question)
        self._do(f"the move of {self._called(question)}", name, field="~place", questions=tuple(questions))

    def set_deck(self, **fields: Any) -> None:
        """Change what the deck has of its own: title, description, language, markup, study, lint, sources, declined."""
        changed = [name for name, value in fields.items() if getattr(self._deck, name) != value]
        if changed:
            self._do(f"the change of {_what(changed)} of the deck", "", field=changed[0] if len(changed) == 1 else "", **fields)

    def part(self) -> None:
        """Let the next change be a step of its own (the author left the field): else changes of one field are undone together."""
        self._history.part()

    def undo(self) -> str | None:
        """Take back the last act; return what it was in words ("the deletion of 'q1'"), None where there is nothing to take back.

        ``touched`` is then the id of the question it was done to.
        """
        step = self._history.undo()
        if step is None:
            return None
        self._become(step.before, step.question)
        return step.words

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

    # What is wrong

    @property
    def problems(self) -> Sequence[FieldProblem]:
        """All that ``quizzer check`` would say of the file that ``save`` would write, in the order of the file.

        Takes time in proportion to the deck (200 questions: a fifth of a second): for when the author pauses. Kept until the next act.
        """
        if self._problems is None:
            self._problems = ()
        return self._problems

    def problems_of(self, name: str) -> Sequence[FieldProblem]:
        """What is wrong with one question by itself, errors first: quick enough for every key press.

        What only shows beside other questions is told as ``problems`` last found it.
        """
        return ()

    # The file

    def diff(self) -> str:
        """Return what ``save`` would change in the file, as a unified diff; "" where it is nothing.

        Raises:
            DeckError: the deck could not be studied, so that it would not be saved.
        """
        before, after = self._edition.text, self._edition.with_deck(self._deck)
        lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{self.path.name}", f"b/{self.path.name}")
        return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)

    def save(self) -> dict[str, str]:
        """Write what was changed into the file, and nothing else; return the ids that new questions were given, by those they had.

        Raises:
            StaleError: the file was changed by another program since it was opened: ``reread``, then save.
            DeckError: the deck could not be studied, or the file cannot be written. Nothing was written, nothing is lost.
        """
        self._edition = self._edition.write(self._deck)
        return {}

    def reread(self) -> tuple[Conflict, ...]:
        """Read the file anew and put the changes made here on top, question by question and field by field; return what conflicts.

        Where both sides changed the same, it is as here; a question deleted on one side and changed on the other stays. To undo all
        is then to have the file as it is now.

        Raises:
            DeckError: the file cannot be read or is not sound; then nothing changed here.
        """
        return ()

    # Inside

    def _at(self, name: str) -> int:
        for at, question in enumerate(self._deck.questions):
            if question.id == name:
                return at
        raise KeyError(name)

    def _new_id(self) -> str:
        self._news += 1
        return f"{NEW}{self._news}"

    def _called(self, question: Question) -> str:
        return "the new question" if question.id.startswith(NEW) else repr(question.id)

    def _do(self, words: str, question: str, *, field: str = "", **fields: Any) -> None:
        before, after = self._deck, msgspec.structs.replace(self._deck, **fields)
        if before == after:
            return
        self._history.add(Step(words=words, question=question, before=before, after=after, field=field))
        self._become(after, question)

    def _become(self, deck: Deck, question: str) -> None:
        self._deck, self.touched, self._problems = deck, question, None


def _changed(before: Question, after: Question) -> list[str]:
    if type(before) is not type(after):
        return ["kind"]
    return [name for name in after.__struct_fields__ if getattr(before, name) != getattr(after, name)]


def _what(fields: Sequence[str]) -> str:
    return f"the {fields[0].replace('_', ' ')}" if len(fields) == 1 else f"{len(fields)} fields"
