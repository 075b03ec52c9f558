"""The shelf: the workspace's decks with what is due in each, today's progress, and the way into a session."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizzer.core import scheduling
from quizzer.core.errors import DeckError, ProgressError
from quizzer.core.ids import Dice
from quizzer.core.kinds import Question, StudyOptions
from quizzer.core.model import COUNTED_MS, Act, Card, MemoryState, Mode, Rating
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import agenda, marked
from quizzer.study.agenda import Dealt
from quizzer.study.catalogue import Catalogue
from quizzer.study.cramming import Cram
from quizzer.study.deeds import Done
from quizzer.study.editing import Edits
from quizzer.study.figures import BrokenDeck, Due, DueRow, Figures, Standings, figures
from quizzer.study.hindsight import Hindsight
from quizzer.study.library import Library
from quizzer.study.logbook import Logbook, stored
from quizzer.study.preparing import DeckTest, prepared
from quizzer.study.rewrites import Rewrite, rewrites
from quizzer.study.session import Session

if TYPE_CHECKING:
    from quizzer.study.coming import Coming
    from quizzer.study.fitting import FitReport
    from quizzer.study.following import Left

ALL = "*"  # the place of a session over all decks; a deck's id never holds this


class DeckRow(msgspec.Struct, frozen=True, kw_only=True):
    """A deck and what waits in it today, limits and kept-apart siblings taken off."""

    id: str
    title: str
    path: str
    new: int
    learning: int
    due: int
    total: int
    test: str = ""  # the plan of its test, in a line


class SuspendedCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card that is not asked until it is unsuspended."""

    card: str
    deck: str
    stem: str


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """Today's progress over all decks.

    ``right`` counts reviews not rated Again; ``streak`` days in a row with a review, today's included if there is one.
    """

    reviews: int
    right: int
    seconds: float
    streak: int


class Shelf:
    """One learner's decks in one workspace. The progress file is opened, and made if need be, when first asked for.

    With ``readonly`` it is neither made nor written to, and need not be writable: what is not there reads as an empty history.
    ``index`` is the file in which it is kept what the decks hold, so that the next shelf need not read those that did not change.
    """

    def __init__(
        self,
        *,
        decks: Path,
        progress: Path,
        learner: str,
        settings: Settings,
        clock: Callable[[], datetime],
        dice: Dice,
        readonly: bool = False,
        index: Path | None = None,
    ) -> None:
        self._library = Library(decks, index=index, clock=clock)
        self._folder = decks
        self._path = progress
        self._learner = learner
        self._settings = settings
        self._clock = clock
        self._dice = dice
        self._readonly = readonly
        self._passed: set[str] = set()  # what cannot be taken back any more, and was said to be

    def rows(self) -> Sequence[DeckRow | BrokenDeck]:
        """Return the decks of the folder, read anew where their file changed."""
        rows: list[DeckRow | BrokenDeck] = []
        now = self._logbook.now()
        today = agenda.diary(self._progress, self._logbook.day(now))
        for path, dealt in self._library.decks().items():
            if isinstance(dealt, str):
                rows.append(BrokenDeck(path=str(path), message=dealt))
                continue
            queue = agenda.queue(self._progress, [dealt], settings=self._settings, today=today, now=now)
            test = prepared(self._progress, dealt, settings=self._settings, today=today)
            rows.append(
                DeckRow(
                    id=dealt.deck.id,
                    title=dealt.deck.title,
                    path=str(path),
                    new=queue.new,
                    learning=queue.learning,
                    due=queue.reviews,
                    total=len(dealt.places),
                    test=test.told if test else "",
                )
            )
        return rows

    def follow(self) -> str:
        """Let progress follow questions that moved since it was last looked for (readonly: say only which would); return that told."""
        from quizzer.study.following import follow  # seldom does anything

        read = self._library.decks()
        decks = [one for one in read.values() if isinstance(one, Dealt)]
        stamp, unread = self._library.stamp(read), len(decks) < len(read)
        followed = follow(self._progress, self._logbook, decks, stamp=stamp, unread=unread, write=not self._readonly)
        return followed.told if followed else ""

    def left(self) -> "Sequence[Left]":
        """Return the questions with progress that are in no deck any more, and do not find their way by themselves."""
        from quizzer.study.following import left

        return left(self._progress, self._dealt(), unread=len(self._dealt()) < len(self._library.decks()))

    def lead(self, old: str, new: str) -> int:
        """Let the question ``new`` (deck/question) have the progress of ``old``, which is in no deck; return of how many cards.

        Raises:
            ProgressError: as of ``following.led``; or it cannot be written.
        """
        from quizzer.study.following import led

        return self.moved(led(self._progress, old, new, self._dealt()))

    def moved(self, cards: Mapping[str, str]) -> int:
        """Let ``cards``, of which there is something in the log, have their progress as others, which decks deal; return how many did."""
        from quizzer.study.following import lead

        return lead(self._progress, self._logbook, cards, decks=self._dealt())

    def tests(self) -> tuple[DeckTest, ...]:
        """Return the decks whose test is still to come, with what each asks of today."""
        return self._tests(self._dealt())

    def _tests(self, decks: Sequence[Dealt]) -> tuple[DeckTest, ...]:
        today = agenda.diary(self._progress, self._logbook.day(self._logbook.now()))
        found = (prepared(self._progress, dealt, settings=self._settings, today=today) for dealt in decks)
        return tuple(test for test in found if test)

    def study_day(self) -> date:
        """Return the study day it is: until the cut-off still yesterday's."""
        return date.fromordinal(self._logbook.day(self._logbook.now()))

    def today(self) -> Today:
        """Return today's progress over all decks, those no longer on the shelf included."""
        day = self._logbook.day(self._logbook.now())
        reviews = agenda.diary(self._progress, day).reviews
        return Today(
            reviews=len(reviews),
            right=sum(entry.rating is not Rating.AGAIN for entry in reviews),
            seconds=sum(min(entry.duration_ms or 0, COUNTED_MS) for entry in reviews) / 1000,
            streak=agenda.streak(self._progress, day),
        )

    def due(self) -> Due:
        """Return what waits in each deck today and in the week from tomorrow on."""
        day = self._logbook.day(self._logbook.now())
        decks = {dealt.deck.id: dealt for dealt in self._dealt()}
        rows = self.rows()
        due = []
        for row in rows:
            if isinstance(row, DeckRow):
                dealt = decks[row.id]
                coming = [due - day for name, due in self._progress.forecast(row.id) if name in dealt]
                due.append(
                    DueRow(
                        id=row.id,
                        title=row.title,
                        new=row.new,
                        learning=row.learning,
                        due=row.due,
                        tomorrow=coming.count(1),
                        next_7_days=sum(1 <= days <= 7 for days in coming),
                    )
                )
        return Due(decks=tuple(due), broken=tuple(row for row in rows if isinstance(row, BrokenDeck)), tests=self.tests())

    def stats(self) -> Figures:
        """Return the figures of all decks and of each."""
        day, read = self._logbook.day(self._logbook.now()), self._library.decks()
        broken = [BrokenDeck(path=str(path), message=one) for path, one in read.items() if isinstance(one, str)]
        decks = [one for one in read.values() if isinstance(one, Dealt)]
        found = figures(self._progress, decks, standings=self._standings, broken=broken, day=day)
        leeches = marked.leeches(self._progress, decks, settings=self._settings)
        return msgspec.structs.replace(found, tests=self._tests(decks), leeches=tuple(leeches))

    def fit(self, *, dry_run: bool = False) -> "FitReport":
        """Fit FSRS weights to the learner's own reviews, and put them to use where they foretell better; errors as of ``fitting.fit``."""
        from quizzer.study.fitting import fit  # seldom needed

        wishes = {dealt.deck.id: dealt.deck.study for dealt in self._dealt()}
        return fit(
            self._progress,
            retention=lambda deck: self._settings.for_deck(deck, wishes.get(deck, StudyOptions())).retention,
            clock=self._clock,
            dice=self._dice,
            dry_run=dry_run,
        )

    def forget_fit(self) -> bool:
        """Go back to FSRS's own weights; return whether others were in use."""
        from quizzer.study.fitting import forget

        return forget(self._progress, clock=self._clock, dice=self._dice)

    def coming(self, *deck_ids: str, days: int, retention: float | None = None) -> "Coming":
        """Play through the coming ``days`` of the decks (none named: all of them), also for another ``retention``.

        Raises:
            DeckError: as ``session``.
        """
        from quizzer.study.coming import coming

        now = self._logbook.now()
        return coming(
            self._progress,
            self._wanted(deck_ids),
            settings=self._settings,
            now=now,
            day=self._logbook.day(now),
            days=days,
            retention=retention,
        )

    def suspended(self) -> Sequence[SuspendedCard]:
        """Return the suspended cards of all decks, in the order of the decks."""
        suspended = []
        for dealt in self._dealt():
            names = self._progress.suspended(dealt.deck.id)
            cards = [card for name in dealt.places if name in names and (card := dealt.card(name))]
            suspended += [SuspendedCard(card=card.id, deck=card.deck, stem=card.stem) for card in cards]
        return suspended

    def flagged(self) -> Sequence[marked.MarkedCard]:
        """Return the flagged cards of all decks, in the order of the decks."""
        return marked.flagged(self._progress, self._dealt())

    def leeches(self) -> Sequence[marked.MarkedCard]:
        """Return the leeches of all decks, the most forgotten first."""
        return marked.leeches(self._progress, self._dealt(), settings=self._settings)

    def unsuspend(self, *card_ids: str) -> None:
        """Bring suspended cards back, all of them or (refused) none; each is asked again when it is due.

        Raises:
            ProgressError: one of them is not suspended, or it cannot be written.
        """
        version = self._progress.version  # before anything that may turn out old
        suspended = {row.card: row.deck for row in self.suspended()}
        if unknown := [name for name in card_ids if name not in suspended]:
            raise ProgressError(f"no card {unknown[0]!r} is suspended. `quizzer suspended` lists those that are.")
        decks = {dealt.deck.id: dealt for dealt in self._dealt()}
        weights = agenda.weights(self._progress)
        acts = []
        for card in filter(None, (decks[suspended[name]].card(name) for name in dict.fromkeys(card_ids))):
            entry = self._logbook.entry(Act.UNSUSPEND, card)
            acts.append((entry, stored(scheduling.apply(self._progress.state(card.id) or MemoryState(), entry, weights=weights))))
        if acts:
            self._progress.record_all(acts, version=version)

    def rewrites(self, card: Card) -> tuple[Question, tuple[Rewrite, ...]]:
        """Return the question of a card, and what can be proposed to mend it; raises DeckError where its deck has it no more."""
        question = self._edits().question(card.deck, card.question)
        return question, rewrites(question, card)

    def rewrite(self, deck: str, question: Question, *, instead_of: Question | None = None) -> None:
        """Put ``question`` in the place of the one of its id in the deck's file; errors are as of ``Session.rewrite``."""
        self._edits().rewrite(deck, question, instead_of=instead_of)

    def written(self, deck: str, write: Callable[[], object]) -> None:
        """Let ``write`` change the deck's file; what was mended with it can be taken back. Errors are as of ``Edits.written``."""
        self._edits().written(deck, write)

    def file_of(self, deck: str) -> Path:
        """Return the file of the deck; raises DeckError where there is none."""
        path = next((dealt.path for dealt in self._dealt() if dealt.deck.id == deck), None)
        if path is None:
            raise DeckError(f"{self._folder}: no deck there has the id {deck!r} any more.")
        return path

    def _edits(self) -> Edits:
        return Edits(self._progress, self._logbook, {dealt.deck.id: dealt for dealt in self._dealt()})

    def done(self) -> tuple[Done, ...]:
        """Return what was done last and can be taken back, the newest first, then what can be done again."""
        return self._hindsight().done()

    def undo(self) -> Done:
        """Take the last act back, whatever it was; errors are as of ``Hindsight.undo``."""
        return self._hindsight().undo()

    def redo(self) -> Done:
        """Do again what was taken back last; errors are as of ``Hindsight.undo``."""
        return self._hindsight().redo()

    def _hindsight(self) -> Hindsight:
        return Hindsight(self._progress, self._logbook, {dealt.deck.id: dealt for dealt in self._dealt()}, passed=self._passed)

    def catalogue(self) -> Catalogue:
        """Open the catalogue: all cards of the decks as they are now, to be searched."""
        return Catalogue(self._library, self._progress, self._logbook, settings=self._settings)

    def cram(self, *deck_ids: str, mode: Mode | None = None) -> Cram:
        """Open a session over the decks that asks any card and writes nothing; the rest is as of ``session``."""
        decks = self._wanted(deck_ids)
        return Cram(progress=self._progress, decks=decks, settings=self._settings, clock=self._clock, dice=self._dice, mode=mode)

    def session(self, *deck_ids: str, mode: Mode | None = None, ahead: int = 0) -> Session:
        """Open a session over the decks (none named: all of them); ``mode`` asks every card so where it can be.

        With ``ahead``, reviews due in so many days from now are asked today.

        Raises:
            DeckError: no deck of the folder that can be studied has that id; or, none named, there is none at all.
        """
        return Session(
            progress=self._progress,
            decks=self._wanted(deck_ids),
            settings=self._settings,
            clock=self._clock,
            dice=self._dice,
            scope="+".join(sorted(set(deck_ids))) or ALL,
            mode=mode,
            ahead=ahead,
        )

    def keep_decks(self) -> bool:
        """Put one deck that was read into the index; return whether there are more. To be called while nobody waits."""
        return self._library.keep(most=1)

    def close(self) -> None:
        """Let go of the progress file and of the index of decks."""
        self._library.close()
        if progress := self.__dict__.pop("_progress", None):
            progress.close()
        self.__dict__.pop("_logbook", None)
        self.__dict__.pop("_standings", None)

    @cached_property
    def _progress(self) -> Progress:
        return Progress.open(self._path, learner=self._learner, readonly=self._readonly)

    @cached_property
    def _logbook(self) -> Logbook:
        return Logbook(self._progress, settings=self._settings, clock=self._clock, dice=self._dice)

    @cached_property
    def _standings(self) -> Standings:
        return Standings(self._progress)

    @property
    def folder(self) -> Path:
        """The folder of its decks."""
        return self._folder

    def _dealt(self) -> list[Dealt]:
        return [dealt for dealt in self._library.decks().values() if isinstance(dealt, Dealt)]

    def _wanted(self, deck_ids: Sequence[str]) -> list[Dealt]:
        decks = self._dealt()
        if deck_ids:
            by_id = {dealt.deck.id: dealt for dealt in decks}
            for wanted in deck_ids:
                if wanted not in by_id:
                    raise self._library.missing(wanted)
            decks = [by_id[wanted] for wanted in dict.fromkeys(deck_ids)]
        if not decks:
            raise DeckError(f"{self._folder}: there is no deck to study. Put a deck file there, or make one with `quizzer generate`.")
        return decks
