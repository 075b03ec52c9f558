"""Cramming: any cards of a deck, in no order, as often as it takes. Nothing is written: the schedule stays as it is."""

import random
from collections import Counter, deque
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.core.ids import Dice, instant, milliseconds
from quizzer.core.kinds import Question
from quizzer.core.model import COUNTED_MS, Card, Confidence, Mode, Phase, Rating, Verdict
from quizzer.core.scheduling import study_day
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import agenda
from quizzer.study.agenda import Dealt, streak
from quizzer.study.checking import LONGEST_RESPONSE, check, overruled
from quizzer.study.course import Course, Show
from quizzer.study.mending import may_be_mended, to_mend
from quizzer.study.past import CardPast, card_past
from quizzer.study.prompts import Feedback, Prompt, Summary
from quizzer.study.summing import next_due

_BACK_AFTER = 4  # cards, before one that was not known is asked once more
_RATED = {Rating.AGAIN: "once more", Rating.HARD: "done", Rating.GOOD: "done", Rating.EASY: "done"}


class Cram:
    """A session over all cards that are not suspended, each until it is known once; it has a ``Session``'s surface and writes nothing.

    What changes a card or the log (undo, redo, suspend, bury, flag, changed keys) does nothing here.
    """

    writes = False
    can_undo = can_redo = is_turned = is_returned = False
    turned = ""
    wait_until: datetime | None = None
    changed: Sequence[Card] = ()

    def __init__(
        self,
        *,
        progress: Progress,
        decks: Sequence[Dealt],
        settings: Settings,
        clock: Callable[[], datetime],
        dice: Dice,
        mode: Mode | None = None,
    ) -> None:
        self._progress = progress
        self._course = Course(progress, decks, settings=settings)
        self._settings = settings
        self._clock = clock
        self._wish = mode
        cards = [card for dealt in decks for name, card in dealt.cards.items() if name not in progress.suspended(dealt.deck.id)]
        random.Random(dice(64)).shuffle(cards)
        self._line = deque(cards)
        self._once_more: set[str] = set()
        self._show: Show | None = None
        self._feedback: Feedback | None = None
        self._ratings: Counter[Rating] = Counter()
        self._missed: dict[str, Card] = {}
        self._milliseconds = self._taken = 0

    @property
    def title(self) -> str:
        """The deck's title, or how many decks there are."""
        titles = [dealt.deck.title for dealt in self._course.decks.values()]
        return _crammed(titles[0] if len(titles) == 1 else f"{len(titles)} decks")

    def _title_of(self, card: Card) -> str:
        """Return the title of the card's deck; of the only one it is the session's own."""
        title = self._course.decks[card.deck].deck.title
        return _crammed(title) if len(self._course.decks) == 1 else title

    @property
    def prompt(self) -> Prompt | None:
        """What to ask now; None when every card was known once."""
        if self._show is None and self._line:
            self._show = self._course.show(self._line[0], self._now(), wishes=(self._wish,))
        if self._show is None:
            return None
        card = self._show.card
        return Prompt(
            card=card,
            mode=self._show.mode,
            options=self._show.options,
            hints=card.hints[: self._show.hints],
            tried=self._show.tried,
            second=self._show.second,
            confidence=self._course.asks_how_sure(card),
            is_new=False,
            phase=Phase.RELEARNING if card.id in self._once_more else Phase.REVIEW,
            deck_title=self._title_of(card),
            folder=self._course.folder(card),
            new=0,
            learning=len(self._once_more),
            due=len(self._line) - len(self._once_more),
            done=self._ratings.total(),
        )

    def check(self, response: str | int | None, *, sure: Confidence | None = None) -> Feedback:
        """Grade, as ``Session.check`` does; the ratings promise no intervals."""
        if isinstance(response, str) and self._show and self._show.mode is Mode.TYPE_THEN_CHOOSE:
            self._show = msgspec.structs.replace(self._show, tried=response[:LONGEST_RESPONSE])
        prompt, show = self.prompt, self._show
        if prompt is None or show is None:
            raise RuntimeError("no card is on show")
        dealt = self._course.decks[prompt.card.deck]
        self._feedback = check(prompt, response, known=lambda: dealt.known, intervals=_RATED, sources=dealt.sources, sure=sure)
        self._taken = max(0, milliseconds(self._now()) - milliseconds(show.shown_at))
        if self._course.lets_mend(prompt.card) and may_be_mended(prompt, self._feedback):
            self._show = msgspec.structs.replace(show, second=True)
            return to_mend(prompt, self._feedback)
        return self._feedback

    def hint(self) -> Prompt | None:
        """Reveal the next hint of the card on show, where one is left, as ``Session.hint`` does."""
        show = self._show
        if show and show.hints < len(show.card.hints):
            self._show, self._feedback = msgspec.structs.replace(show, hints=show.hints + 1), None
        return self.prompt

    def overrule(self, verdict: Verdict) -> Feedback:
        """Put the learner's verdict in place of the grader's."""
        if self._feedback is None:
            raise RuntimeError("the card on show was not checked")
        self._feedback = overruled(self._feedback, verdict)
        return self._feedback

    @property
    def feedback(self) -> Feedback | None:
        """None: no answer is kept."""
        return None

    def reopen(self) -> Prompt | None:
        """Take back the response to the card on show."""
        self._feedback = None
        return self.prompt

    def answer(self, rating: Rating) -> Prompt | None:
        """Go on; a card rated Again comes back after a few others. Nothing is logged."""
        if self._feedback is None:
            raise RuntimeError("the card on show was not checked")
        card = self._line.popleft()
        self._ratings[rating] += 1
        self._milliseconds += min(self._taken, COUNTED_MS)
        self._once_more.discard(card.id)
        if rating is Rating.AGAIN:
            self._missed[card.id] = card
            self._once_more.add(card.id)
            self._line.insert(min(_BACK_AFTER, len(self._line)), card)
        self._show = self._feedback = None
        return self.prompt

    def set_mode(self, mode: Mode | None) -> Prompt | None:
        """Ask in ``mode`` where a card can be, from the card on show on; None: as deck and scheduler choose."""
        self._wish = mode
        if old := self._show:
            show = self._course.show(old.card, old.shown_at, wishes=(mode,))
            self._show, self._feedback = msgspec.structs.replace(show, hints=old.hints, second=old.second), None
        return self.prompt

    def _nothing(self) -> Prompt | None:
        """Do nothing: it would be written."""
        return self.prompt

    def accept(self) -> Feedback:
        """Raise DeckError: nothing is offered here that could be accepted."""
        raise DeckError("In a session that writes nothing, no deck is changed.")

    def rewrite(self, deck: str, question: Question, *, instead_of: Question | None = None) -> Prompt | None:
        """Raise DeckError: nothing is written here."""
        raise DeckError("In a session that writes nothing, no deck is changed.")

    def reread(self, deck: str) -> None:
        """Go on with the deck's file as it is now: cards are asked as they are by then, those that are gone are not asked any more."""
        old = self._course.decks.get(deck)
        if old is None or old.path is None:
            return
        new = self._course.decks[deck] = Dealt(deckfile.load(old.path), old.path)
        self._line = deque(card for one in self._line if (card := one if one.deck != deck else new.card(one.id)))
        self._once_more &= {card.id for card in self._line}
        if self._show and self._show.card.deck == deck and self._show.card != new.card(self._show.card.id):
            self._show = self._feedback = None

    undo = redo = suspend = bury = flag = _nothing

    def settle_changed(self, *, keep: bool) -> None:
        """Do nothing: what changed is asked about before the next session that writes."""

    def card_past(self) -> CardPast:
        """Return all that was done to the card on show."""
        if self._show is None:
            raise RuntimeError("no card is on show")
        card = self._show.card
        return card_past(card, self._progress.entries(card=card.id), zone=self._settings.tzinfo(), weights=agenda.weights(self._progress))

    def summary(self) -> Summary:
        """Return what it came to."""
        now, reviews = self._now(), self._ratings.total()
        day = study_day(now, self._settings.tzinfo(), cutoff_hour=self._settings.cutoff_hour)
        return Summary(
            reviews=reviews,
            right=reviews - self._ratings[Rating.AGAIN],
            new=0,
            again=self._ratings[Rating.AGAIN],
            seconds=self._milliseconds / 1000,
            by_rating={rating: self._ratings[rating] for rating in Rating},
            missed=tuple(self._missed.values()),
            next_due=next_due(self._progress, list(self._course.decks.values()), day=day, now=now),
            streak=streak(self._progress, day),
        )

    def rest(self) -> None:
        """Make ready to grade the card on show; there is nothing to tidy."""
        if self._show:
            self._course.make_ready(self._show)

    def close(self) -> None:
        """Let go; no place is kept."""
        self._show = self._feedback = None

    def _now(self) -> datetime:
        return instant(milliseconds(self._clock()))


def _crammed(what: str) -> str:
    return f"Cramming: {what}"
