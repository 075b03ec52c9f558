"""The decks of a session: what is left of them today, and how each card is shown and scheduled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from quizzer.core import leeches, loads, planning, scheduling
from quizzer.core.ids import deck_of
from quizzer.core.kinds import StudyOptions
from quizzer.core.leeches import Leeches
from quizzer.core.model import Card, MemoryState, Mode, Phase, Rating, Verdict
from quizzer.core.scheduling import Outcome
from quizzer.settings import Settings, StudySettings
from quizzer.store import Pending, Place, Progress
from quizzer.study import agenda
from quizzer.study.agenda import Dealt
from quizzer.study.asking import mode_of, options_of
from quizzer.study.prompts import Feedback, Leech, Prompt

FORESEEN = 90  # days: most intervals end within
VERDICTS = frozenset(verdict.value for verdict in Verdict)


class Show(msgspec.Struct, frozen=True, kw_only=True):
    """A card on show: how it is asked, the state it is in, since when it is there, and how many hints were taken."""

    card: Card
    mode: Mode
    options: tuple[str, ...]
    state: MemoryState
    shown_at: datetime
    hints: int = 0  # taken of the card's
    tried: str = ""  # what was typed before choosing
    second: bool = False  # what was typed first was near, and may be mended

    @property
    def place(self) -> Place:
        """What brings the learner back here."""
        return Place(card=self.card.id, mode=self.mode, shown_at=self.shown_at)

    def place_with(self, checked: "Checked | None") -> Place:
        """Return the place with the response to it, where the learner did something about its verdict."""
        if checked is None or not (checked.turns or checked.undone):
            return self.place
        pending = Pending(
            response=checked.given,
            turns=checked.turns,
            undone=checked.undone,
            tried=self.tried,
            hints=self.hints,
            second=self.second,
            sure=checked.feedback.sure,
            duration_ms=checked.duration_ms,
            graded=checked.graded.verdict,
            note=checked.graded.grade.note if checked.graded.grade else "",
        )
        return msgspec.structs.replace(self.place, pending=pending)


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A response to the card on show: the study day it came on, how long it took, and what each rating will grant.

    ``feedback`` is what counts now, ``graded`` what the grader made of it. ``turns`` are the verdicts the learner put in place of that,
    the last one counts, and the ids of edits of the deck made among them; ``undone`` those taken back. ``final``: it may not be mended.
    """

    feedback: Feedback
    graded: Feedback
    given: str | int | None
    turns: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    final: bool = True
    outcomes: Mapping[Rating, Outcome]
    day: int
    duration_ms: int


class Course:
    """The decks of a session with its queue, read by ``load`` from where the day stands."""

    def __init__(self, progress: Progress, decks: Sequence[Dealt], *, settings: Settings, ahead: int = 0) -> None:
        self._progress = progress
        self._ahead = ahead
        self._settings = settings
        self._studied: dict[str, tuple[StudyOptions, StudySettings]] = {}  # by deck, with what the deck wished for
        self.decks = {dealt.deck.id: dealt for dealt in decks}

    def load(self, *, day: int, now: datetime) -> None:
        """Read what the day's log holds, and line up what is left to ask."""
        self.version = self._progress.version  # before anything that may turn out old
        self.weights = agenda.weights(self._progress)
        self.today = agenda.diary(self._progress, day)
        decks = list(self.decks.values())
        self.queue = agenda.queue(self._progress, decks, settings=self._settings, today=self.today, now=now, ahead=self._ahead)

    def card(self, name: str) -> Card | None:
        """Return the card of that id; None: it is in none of the decks (any more)."""
        dealt = self.decks.get(deck_of(name))
        return dealt.card(name) if dealt else None

    def __contains__(self, name: object) -> bool:
        dealt = self.decks.get(deck_of(name)) if isinstance(name, str) else None
        return dealt is not None and name in dealt

    def folder(self, card: Card) -> Path | None:
        """Return where the images of the card are; None where it has none."""
        return self.decks[card.deck].folder if card.image or card.explanation_image else None

    def insist(self, show: Show) -> None:
        """Make sure the card on show is among those to be asked."""
        if show.card.id not in self.queue:
            siblings = self.decks[show.card.deck].siblings(show.card.id)
            self.queue.insist(show.card.id, new=show.state.phase is Phase.NEW, siblings=siblings)

    def waits(self, place: Place) -> Card | None:
        """Return the card of a place where it is still to be asked; None when it was answered since, set aside or is not due.

        A card left on show over night is asked first, even where the new day would have begun with others.
        """
        card = self.card(place.card)
        state = self.state(card) if card else None
        if card is None or state is None or (state.last_at and state.last_at > place.shown_at):
            return None
        day = self.today.day
        awake = not state.suspended and (state.buried_until or 0) <= day
        due = state.phase is Phase.NEW or (state.due_day is not None and state.due_day <= day)
        return card if card.id in self.queue or (awake and due and not self.today.reviews) else None

    def changed(self) -> tuple[Card, ...]:
        """Return the cards whose key is not the one they were last answered with."""
        return tuple(
            card
            for dealt in self.decks.values()
            for name, fingerprint in self._progress.seen(dealt.deck.id).items()
            if fingerprint and name in dealt and dealt.fingerprint(name) != fingerprint and (card := dealt.card(name))
        )

    def state(self, card: Card) -> MemoryState:
        """Return the stored state of the card."""
        return self._progress.state(card.id) or MemoryState()

    def show(self, card: Card, now: datetime, *, wishes: Sequence[Mode | None], state: MemoryState | None = None) -> Show:
        """Return the card as it is asked: by the first of ``wishes`` it allows, then the learner's setting, then the author's."""
        state = state or self.state(card)
        author, setting = self.decks[card.deck].deck.study.mode, self._study(card).mode
        # The setting already holds the author's wish where the learner has none; a card's own pin goes before that.
        all_wishes = (*wishes, setting if setting is not author else None, card.pinned, author)
        mode = mode_of(card, state, wishes=all_wishes)
        return Show(card=card, mode=mode, options=options_of(card, mode, reps=state.reps), state=state, shown_at=now)

    def prompt(self, show: Show, *, done: int) -> Prompt:
        """Return what the learner sees of the card on show."""
        lapses = show.state.lapses
        return Prompt(
            card=show.card,
            mode=show.mode,
            options=show.options,
            hints=show.card.hints[: show.hints],
            tried=show.tried,
            second=show.second,
            confidence=self.asks_how_sure(show.card),
            is_new=show.state.phase is Phase.NEW,
            phase=show.state.phase,
            deck_title=self.decks[show.card.deck].deck.title,
            folder=self.folder(show.card),
            new=self.queue.new,
            learning=self.queue.learning,
            due=self.queue.reviews,
            done=done,
            flagged=bool(self._progress.flagged(show.card.id)),
            leech=lapses if leeches.is_leech(lapses, threshold=self._study(show.card).leech_threshold) else 0,
        )

    def outcomes(self, show: Show, *, at: datetime, day: int) -> Mapping[Rating, Outcome]:
        """Return what each rating would do to the card on show."""
        study = self._study(show.card)
        test = study.test_date
        latest = planning.longest(show.card.id, day=day, test=test.toordinal()) if test else None
        schedule = msgspec.structs.replace(agenda.schedule(study, self.weights), latest_days=latest)
        crowd = loads.crowding(self._progress.loads_now(), day=day, easy=study.easy_days, balance=study.load_balance)
        return scheduling.outcomes(show.card.id, show.state, at=at, day=day, schedule=schedule, crowding=crowd)

    def make_ready(self, show: Show) -> None:
        """Prepare what grading a typed response to the card takes: the answers of its deck, once a deck."""
        if show.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE):
            self.decks[show.card.deck].known.prepare()

    def look_ahead(self, show: Show) -> None:
        """Count how full the days are that ratings of the card may send it to, so that they need not be counted when it is answered."""
        if self._study(show.card).load_balance:
            self._progress.loads(self.today.day, self.today.day + FORESEEN)

    def struck(self, card: Card, before: MemoryState, after: MemoryState) -> Leech | None:
        """Return the card as a leech where the review between the two states is one to speak up at."""
        study = self._study(card)
        if after.lapses == before.lapses or not leeches.strikes(after.lapses, threshold=study.leech_threshold):
            return None
        return Leech(card=card, lapses=after.lapses, suspended=study.leech is Leeches.SUSPEND)

    def lets_mend(self, card: Card) -> bool:
        """Return whether a near response to this card may be mended once."""
        return self._study(card).near_again

    def asks_how_sure(self, card: Card) -> bool:
        """Return whether the learner wants to be asked how sure they are of this card's answer."""
        return self._study(card).confidence

    def _study(self, card: Card) -> StudySettings:
        deck = self.decks[card.deck].deck
        wishes = deck.study
        known = self._studied.get(card.deck)
        if known is None or known[0] is not wishes:  # the deck's file was changed
            known = self._studied[card.deck] = wishes, self._settings.for_deck(deck.id, wishes, formerly=deck.formerly)
        return known[1]
