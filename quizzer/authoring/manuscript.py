"""A deck file being edited: acts on its questions, taken back and done again, what is wrong as it stands, and the file written.

Nothing is written to the file until ``save``; what is not saved outlives a kill. Knows no terminal.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from quizzer.authoring.edited import OWN, Edited
from quizzer.authoring.faults import AMONG_OTHERS, FieldProblem, told
from quizzer.authoring.renaming import nameless, numbered, renamed, twins
from quizzer.authoring.unsaved import Unsaved
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck
from quizzer.deckfile.threeway import Conflict, merge
from quizzer.deckfile.unified import unified

if TYPE_CHECKING:
    from quizzer.deckfile.edition import Edition
    from quizzer.deckfile.truth import Articles


class Manuscript(Edited):
    """One deck file, open.

    ``recovered``: it holds changes that were not saved the last time. ``conflicts`` are those that ``reread`` (or recovering) left;
    ``touched`` is the question that was added, changed or moved last, by undo and redo too; "" is the deck.
    """

    def __init__(self, edition: "Edition", unsaved: Unsaved, *, articles: "Articles | None" = None) -> None:
        """Use ``open``."""
        super().__init__(edition.deck)
        self.path = edition.path
        self.recovered = False
        self.conflicts: tuple[Conflict, ...] = ()
        self._edition = edition
        self._unsaved = unsaved
        self._articles = articles
        self._saving = Lock()
        self._judged: tuple[Deck | None, tuple[FieldProblem, ...]] = (None, ())
        self._differing: tuple[Deck | None, frozenset[str]] = (None, frozenset())

    @classmethod
    def open(cls, path: Path, *, articles: "Articles | None" = None) -> "Manuscript":
        """Return the deck file at ``path``, with the changes that were not saved the last time (``recovered``), as one step to undo.

        Args:
            path: A sound deck file; that it has no questions yet is no matter.
            articles: Those that its evidence stands in, to be looked up there.

        Raises:
            DeckError: it cannot be read or is not sound; or it is open in another window.
        """
        from quizzer.deckfile.edition import Edition

        try:
            edition = Edition.read(path)
        except DeckError as error:
            told = "" if "quizzer check" in str(error) or not path.is_file() else f" `quizzer check {path}` shows all."
            raise DeckError(f"{error}{told}") from None
        unsaved = Unsaved.open(path)
        made = cls(edition, unsaved, articles=articles)
        if found := unsaved.found(edition):
            made._recover(*found)
        return made

    def close(self) -> None:
        """Leave the file: what is not saved is kept, and is there when it is opened again."""
        self._unsaved.close()

    def discard(self) -> None:
        """Leave the file, and forget what is not saved."""
        self._unsaved.forget()
        self._unsaved.close()

    # As it stands

    @property
    def changed(self) -> bool:
        """Whether the deck differs from the file as it was opened or saved."""
        return self._deck != self._edition.deck

    @property
    def changed_ids(self) -> frozenset[str]:
        """The ids of the questions that are new, or other than in the file; "" among them where the deck's own fields are."""
        deck = self._deck
        if self._differing[0] is not deck:
            there = {question.id: question for question in self._edition.deck.questions}
            own = any(getattr(deck, name) != getattr(self._edition.deck, name) for name in OWN)
            ids = {question.id for question in deck.questions if there.get(question.id) != question} | ({""} if own else set())
            self._differing = deck, frozenset(ids)
        return self._differing[1]

    def is_changed(self, name: str) -> bool:
        """Whether the question of that id is new, or another than in the file."""
        return self._names.get(name, name) in self.changed_ids

    # What is wrong

    @property
    def problems(self) -> Sequence[FieldProblem]:
        """All that ``quizzer check`` would say of the file that ``save`` would write, in the order of the file.

        Takes time in proportion to the deck (200 questions: a tenth of a second): for when the author pauses. Kept until the next act.
        May be asked on another thread: it is of the deck as it was when it was asked.
        """
        edition, deck, judged = self._edition, self._deck, self._judged
        if judged[0] is not deck:
            named = edition.named(nameless(deck), taken=self._history.names)
            judged = deck, told(edition.judge(named, articles=self._articles), deck)
            if self._deck is deck:
                self._judged = judged
        return judged[1]

    def problems_of(self, name: str) -> Sequence[FieldProblem]:
        """What is wrong with one question by itself, errors first: quick enough for every key press.

        What only shows beside other questions is told as ``problems`` last found it. May be asked on another thread, too; nothing is
        wrong with a question that is not there.
        """
        edition, deck, name = self._edition, self._deck, self._names.get(name, name)
        number = next((at for at, question in enumerate(deck.questions) if question.id == name), -1)
        if number < 0:
            return ()
        alone = told(edition.judge_one(nameless(deck), number, articles=self._articles), deck)
        beside = (one for one in self._judged[1] if one.question == name and one.code in AMONG_OTHERS)
        return sorted((*alone, *beside), key=lambda one: one.severity)

    # The file

    def diff(self) -> str:
        """Return what ``save`` would change in the file, as a unified diff; "" where it is nothing.

        Raises:
            DeckError: the deck could not be studied, so that it would not be saved.
        """
        after, name = self._edition.with_deck(self._named(), lifted=self._history.moved), self.path.name
        return unified(self._edition.text, after, f"a/{name}", f"b/{name}")

    @property
    def is_stale(self) -> bool:
        """Whether the file was changed by another program since it was opened, saved or read anew; it is read for that."""
        return self._edition.is_stale

    @property
    def unkept(self) -> str:
        """Why unsaved changes cannot be kept on disk, "" where they are."""
        return self._unsaved.why

    def save(self) -> dict[str, str]:
        """Write what was changed into the file, and nothing else; return the ids that new questions were given, by those they had.

        May be called on another thread: what is changed meanwhile stays, not saved yet.

        Raises:
            StaleError: the file was changed by another program since it was opened: ``reread``, then save.
            DeckError: the deck could not be studied, or the file cannot be written. Nothing was written, nothing is lost.
        """
        with self._saving:
            with self._guard:
                deck, named, done, moved = self._deck, self._named(), self._history.done, self._history.moved
            edition = self._edition.write(named, lifted=moved)  # takes its time; the author may go on meanwhile
            names = {old.id: new.id for old, new in zip(deck.questions, named.questions, strict=True) if old.id != new.id}
            with self._guard:
                self._read(edition)
                self._rename(names)
                self._become(edition.deck if self._deck == edition.deck else self._deck, self.touched)
                self.conflicts, self.recovered = (), False
                self._history.saved(done)
            return names

    def reread(self) -> tuple[Conflict, ...]:
        """Read the file anew and put the changes made here on top, question by question and field by field; return what conflicts.

        Where both sides changed the same, it is as here; a question deleted on one side and changed on the other stays. To undo all
        is then to have the file as it is now.

        Raises:
            DeckError: the file cannot be read or is not sound; then nothing changed here.
        """
        with self._saving, self._guard:
            old, new = self._edition, type(self._edition).read(self.path)
            self._rename(twins(old.deck, self._deck, new.deck))
            merged, self.conflicts = merge(old.deck, self._deck, new.deck)
            self._history.each(lambda deck: merge(old.deck, deck, new.deck)[0])
            self._read(new)
            self._forms.clear()
            self._become(merged, self.touched)
            return self.conflicts

    # Inside

    def texts(self) -> dict[str, str]:
        """The texts of the articles at hand, by the ids of sources."""
        articles = self._articles
        found = [(source.id, articles.of(source)[0]) for source in self._deck.sources] if articles else []
        return {name: text for name, text in found if text is not None}

    def _become(self, deck: Deck, question: str, *, soon: bool = False) -> None:
        before = self._deck
        super()._become(deck, question, soon=soon)
        self._unsaved.note(self._edition, before, deck, soon=soon)

    def _read(self, edition: "Edition") -> None:
        """Let the file be another: nothing that was kept on disk, or found, is of it. Who calls this goes on to ``_become``."""
        self._edition = edition
        self._unsaved.begin_anew()
        self._judged, self._differing = (None, self._judged[1]), (None, frozenset())

    def _recover(self, base: "Edition", mine: Deck) -> None:
        """Put changes that were not saved, and led from the file as it was then to ``mine``, on top of the file as it is."""
        theirs = self._edition.deck
        names = numbered(base.deck, theirs)
        was, mine = renamed(base.deck, names), renamed(mine, names)
        mine = renamed(mine, twins(was, mine, theirs))
        merged, conflicts = (mine, ()) if base.data == self._edition.data else merge(was, mine, theirs)
        if base.data != self._edition.data:
            self._unsaved.begin_anew()
        if merged == theirs:
            self._unsaved.forget()
        else:
            self.recovered, self.conflicts = True, conflicts
            self._do("the changes that were not saved", "", **{name: getattr(merged, name) for name in (*OWN, "questions")})

    def _named(self) -> Deck:
        """The deck with the ids that it is saved with: never one that undoing could bring back."""
        return self._edition.named(nameless(self._deck), taken=self._history.names)
