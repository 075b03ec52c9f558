"""Edits of decks by those who study: a response that is right as well, a question that is mended; taken back and done again.

The journal is written first and the file after it, each durably: a change of which nothing is known could never be taken back, while one
that is known and was not made shows by the file. After a kill in between, ``settle`` makes the journal say what the file says.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizzer import deckfile
from quizzer.core.changes import Change, What
from quizzer.core.errors import DeckError, StaleError
from quizzer.core.kinds import GAP, Cloze, List, Plain, Question
from quizzer.core.model import Card, Verdict
from quizzer.store import Progress, journal
from quizzer.study.agenda import Dealt
from quizzer.study.logbook import Logbook
from quizzer.study.prompts import Feedback

if TYPE_CHECKING:
    from quizzer.deckfile.single import Mending

NEWEST = 2000  # rows of the journal that are looked at
_BARRED = ("|", "{{", "}}")  # what would be read as something else in a gap or a list


class Edits:
    """Makes edits of the questions of ``decks``, which are read anew after each, and takes them back."""

    def __init__(self, progress: Progress, logbook: Logbook, decks: dict[str, Dealt]) -> None:
        self._progress = progress
        self._logbook = logbook
        self._decks = decks

    def question(self, deck: str, id_: str) -> Question:
        """Return a question as it stands in its file now, whoever changed that meanwhile.

        Raises:
            DeckError: its deck has it no more, or cannot be read.
        """
        dealt = self._decks.get(deck)
        read = dealt and (deckfile.load(dealt.path) if dealt.path else dealt.deck)
        found = next((one for one in read.questions if one.id == id_), None) if read else None
        if found is None:
            raise DeckError(f"the deck {deck!r} has no question {id_!r} any more.")
        return found

    def accept(self, card: Card, feedback: Feedback) -> Change:
        """Add the response to what the card's question accepts.

        Raises:
            DeckError: it cannot be told what it stands for, the question has another answer by now, `check` would complain, or the
                file cannot be written; nothing was written.
        """
        path, question = self._path(card.deck), self.question(card.deck, card.question)
        if not any((one.id, one.fingerprint) == (card.id, card.fingerprint) for one in question.deal(card.deck)):
            raise DeckError(f"Not added: the answer of {card.question!r} was changed in {path} since it was asked.")
        mending = deckfile.mending(path, accepting(question, card, feedback))
        if mending.new:
            raise DeckError(f"Not added: {mending.new[0]}")
        return self._make(What.ACCEPT, card.deck, card.question, mending)

    def rewrite(self, deck: str, question: Question, *, instead_of: Question | None = None) -> Change | None:
        """Put ``question`` in the place of the one of its id; None where it is the same.

        With ``instead_of``, the question as it was when its mending began, what else was changed in it since then stays.

        Raises:
            DeckError: as of ``deckfile.mending``; a StaleError where the same was changed since in another way. Nothing was written.
        """
        path = self._path(deck)
        if instead_of is not None:
            question = _both(instead_of, question, self.question(deck, question.id), path)
        mending = deckfile.mending(path, question)
        return self._make(What.REWRITE, deck, question.id, mending) if mending.before != mending.after else None

    def written(self, deck: str, write: Callable[[], object]) -> tuple[Change, ...]:
        """Let ``write`` change the deck's file in whatever way; return the questions mended with it, which can be taken back one by one.

        The file is written first here: what is lost with a kill in between is that it can be taken back. Where the file has no ids
        yet nothing can be, since the ids are written with the first change.

        Raises:
            DeckError: what ``write`` raises, or the file is no longer that deck's.
        """
        path = self._path(deck)
        named = not deckfile.ids_missing(path)
        old, before = {one.id: one for one in deckfile.load(path).questions}, deckfile.texts_of(path)
        write()
        read, after = deckfile.load(path), deckfile.texts_of(path)
        if read.id != deck:
            raise DeckError(f"{path}: its deck is called {read.id!r} now. Leave the session and study that.")
        self._decks[deck] = Dealt(read, path)
        mended = [one.id for one in read.questions if named and one.id in old and one != old[one.id] and before[one.id] != after[one.id]]
        rows = [self._logbook.change(What.REWRITE, deck=deck, question=name, before=before[name], after=after[name]) for name in mended]
        if rows:
            journal.add(self._progress, rows)
        return tuple(rows)

    def take_back(self, change: Change) -> None:
        """Put the question's text of before the edit back.

        Raises:
            DeckError: what stands there now is not what the edit left, or it cannot be written; nothing was written.
        """
        mending = deckfile.exchange(self._path(change.deck), change.question, change.after, change.before)
        self._write(change, self._turning(change, back=True), mending, back=True)

    def do_again(self, change: Change) -> None:
        """Make an edit once more that was taken back; raises DeckError as ``take_back``."""
        mending = deckfile.exchange(self._path(change.deck), change.question, change.before, change.after)
        self._write(change, self._turning(change, back=False), mending, back=False)

    def settle(self) -> None:
        """Let the journal say of the newest edit of each deck what its file says."""
        rows = journal.changes(self._progress, decks=list(self._decks), newest=NEWEST)
        by_id = {row.id: row for row in rows}
        for last in {row.deck: row for row in rows if _edit_of(row, by_id)}.values():
            edit = _edit_of(last, by_id)
            dealt = self._decks.get(last.deck)
            if edit is None or dealt is None or dealt.path is None:
                continue
            stands = not undos_of(edit, rows)
            wanted, other = (edit.after, edit.before) if stands else (edit.before, edit.after)
            if _may_stand(dealt.path, wanted, other) and deckfile.text_of(dealt.path, edit.question) == other:
                journal.add(self._progress, self._turning(edit, back=stands))

    def _make(self, what: What, deck: str, question: str, mending: "Mending") -> Change:
        change = self._logbook.change(what, deck=deck, question=question, before=mending.before, after=mending.after)
        self._write(change, [change], mending, back=False)
        return change

    def _write(self, change: Change, rows: Sequence[Change], mending: "Mending", *, back: bool) -> None:
        mending.refuse()
        journal.add(self._progress, rows)
        try:
            mending.write()
        except DeckError:
            journal.add(self._progress, self._turning(change, back=not back))
            raise
        self._decks[change.deck] = Dealt(deckfile.load(mending.path), mending.path)

    def _turning(self, change: Change, *, back: bool) -> list[Change]:
        """Return the rows that take ``change`` back, or do it again."""
        voided = [change] if back else undos_of(change, journal.changes(self._progress, newest=NEWEST))
        return [self._logbook.change(What.UNDO, deck=change.deck, question=change.question, voids=row.id) for row in voided]

    def _path(self, deck: str) -> Path:
        dealt = self._decks.get(deck)
        if dealt is None or dealt.path is None:
            raise DeckError(f"the deck {deck!r} is not among the decks here: its file cannot be changed.")
        return dealt.path


def undos_of(change: Change, rows: Iterable[Change]) -> list[Change]:
    """Return the undos of ``change`` that stand: to do it again, each must be undone."""
    known = list(rows)
    undone = {row.voids for row in known if row.voids}
    return [row for row in known if row.voids == change.id and row.id not in undone]


def can_accept(card: Card, question: Question, feedback: Feedback) -> bool:
    """Whether the response could be added to what the question accepts."""
    try:
        return accepting(question, card, feedback) != question
    except DeckError:
        return False


def accepting(question: Question, card: Card, feedback: Feedback) -> Question:
    """Return the question with the response among what it accepts.

    Raises:
        DeckError: it cannot be told what the response stands for, or it holds what would be read as something else.
    """
    given = " ".join((feedback.response or "").split())
    if not given:
        raise DeckError("Nothing was typed that could be added.")
    match question:
        case Plain():
            return msgspec.structs.replace(question, accept=(*question.accept, given))
        case Cloze():
            _refuse_bars(given)
            wanted = int(card.id.rpartition("#")[2])
            gaps = list(GAP.finditer(question.cloze))
            if wanted > len(gaps):
                raise DeckError(f"the question {question.id!r} has no gap {wanted} any more.")
            gap = gaps[wanted - 1]
            return msgspec.structs.replace(question, cloze=f"{question.cloze[: gap.end(1)]}|{given}{question.cloze[gap.end(1) :]}")
        case List():
            also = _named(feedback)
            for text in also.values():
                _refuse_bars(text)
            answers = tuple(
                f"{wordings}|{also[key]}" if (key := wordings.split("|")[0].strip()) in also else wordings for wordings in question.answers
            )
            return msgspec.structs.replace(question, answers=answers)
    raise DeckError("What is not typed is not added to a deck.")


def _named(feedback: Feedback) -> Mapping[str, str]:
    """Return which texts stand for which members of a list."""
    near = {one.key: one.given for one in feedback.members if one.key and one.given and one.verdict is not Verdict.RIGHT}
    missing = [one.key for one in feedback.members if one.key and not one.given]
    beside = [one.given for one in feedback.members if not one.key]
    if len(missing) == len(beside) == 1:
        near[missing[0]] = beside[0]
    elif missing or beside or not near:
        raise DeckError("It cannot be told which of them it stands for. Add it to the deck by hand.")
    return {key: " ".join(text.split()) for key, text in near.items()}


def _both(before: Question, ours: Question, theirs: Question, path: Path) -> Question:
    """Return the question with what we changed in it and what others did."""
    if theirs in (before, ours):
        return ours
    changed = {name: getattr(ours, name) for name in ours.__struct_fields__ if getattr(ours, name) != getattr(before, name, None)}
    alike = type(before) is type(ours) is type(theirs)
    if not alike or any(getattr(theirs, name) not in (getattr(before, name), value) for name, value in changed.items()):
        raise StaleError(f"{path}: the question {ours.id!r} was changed meanwhile. Nothing was written; mend it as it is now.")
    return msgspec.structs.replace(theirs, **changed)


def _refuse_bars(text: str) -> None:
    if any(mark in text for mark in _BARRED):
        raise DeckError(f"{text!r} cannot be added: a bar or double braces would be read as something else there.")


def _edit_of(row: Change, by_id: Mapping[str, Change]) -> Change | None:
    """Return the edit that a row is, undoes or does again; None where that is not among those known."""
    at: Change | None = row
    while at is not None and at.voids is not None:
        at = by_id.get(at.voids)
    return at if at and at.is_edit else None


def _may_stand(path: Path, wanted: str, other: str) -> bool:
    """Whether ``other`` may stand in the file in place of ``wanted``: told without reading the deck."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return False
    return other in text and (wanted not in text or wanted in other)
