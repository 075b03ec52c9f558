"""A session: prompt, check, answer, undo, redo."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from quizzer.core import scheduling
from quizzer.core.ids import Dice
from quizzer.core.model import Act, Card, Entry, Mode, Phase, Rating
from quizzer.settings import Settings
from quizzer.store import MovedError, Progress
from quizzer.study.agenda import Dealt, question_of
from quizzer.study.doings import Doings
from quizzer.study.logbook import stored
from quizzer.study.past import CardPast, card_past
from quizzer.study.prompts import Feedback, Prompt, Shown, Summary
from quizzer.study.summing import Done, summary
from quizzer.study.undoing import Undoing

__all__ = ["Feedback", "Prompt", "Session", "Shown", "Summary"]
RESTED_AFTER = 20  # writes: what tidying saves is spread over so many, and so is what it costs


class Session(Undoing):
    """The cards of one deck (or several), one after another, until nothing is due.

    Built by ``Shelf.session``. ``prompt`` is what to ask now, None when nothing is left for now (then ``wait_until`` says
    when a learning card comes back, if one does). ``check`` grades and writes nothing; ``answer`` writes, durably, before
    it returns. Every method may raise ProgressError (locked or failing file): nothing is then written or lost and it can be called again.
    """

    writes = True

    def __init__(
        self,
        *,
        progress: Progress,
        decks: Sequence[Dealt],
        settings: Settings,
        clock: Callable[[], datetime],
        dice: Dice,
        scope: str,
        mode: Mode | None = None,
        ahead: int = 0,
    ) -> None:
        super().__init__(progress=progress, decks=decks, settings=settings, clock=clock, dice=dice, scope=scope, mode=mode, ahead=ahead)
        self._edits.settle()
        self._load()
        self._doings = Doings(*self._stacks())
        self._resume()

    @property
    def title(self) -> str:
        """The deck's title; of several decks, how many they are."""
        titles = [dealt.deck.title for dealt in self._course.decks.values()]
        return titles[0] if len(titles) == 1 else f"{len(titles)} decks"

    @property
    def changed(self) -> Sequence[Card]:
        """Cards whose key changed since the learner last answered them: ask keep or start over."""
        if self._changed is None:
            self._changed = self._course.changed()
        return self._changed

    def settle_changed(self, *, keep: bool) -> None:
        """Log, for every changed card, that its progress is kept or (``keep`` False) starts over."""
        act = Act.KEEP if keep else Act.RESET
        version = self._progress.version  # before anything that may turn out old
        entries = [(card, self._logbook.entry(act, card, fingerprint=card.fingerprint)) for card in self.changed]
        at = max((entry.at for _, entry in entries), default=None)  # at one stroke, so that they are taken back at one
        entries = [(card, msgspec.structs.replace(entry, at=at)) for card, entry in entries if at]
        acts = [(entry, stored(scheduling.apply(self._course.state(card), entry, weights=self._course.weights))) for card, entry in entries]
        self._progress.record_all(acts, version=version)
        self._doings.add(*(entry for _, entry in entries))
        self._changed = ()
        self._load()
        if self._show:  # it may be one of them
            self._show_again(self._show.mode)

    def answer(self, rating: Rating) -> Prompt | None:
        """Log the rating of the card just checked, durably; return the next prompt. It grants what the feedback said."""
        self._act(lambda: self._logbook.review(self._on_show(), self._response(), rating))
        return self.prompt

    def set_mode(self, mode: Mode | None) -> Prompt | None:
        """Ask in ``mode`` where a card can be, from the card on show on; None: as deck and scheduler choose."""
        self._wish = mode
        if self._show:
            self._show_again(None)
        return self.prompt

    def suspend(self) -> Prompt | None:
        """Never ask the card on show again, until it is unsuspended."""
        self._act(lambda: self._logbook.entry(Act.SUSPEND, self._on_show().card, mode=self._on_show().mode))
        return self.prompt

    def bury(self) -> Prompt | None:
        """Leave the card on show alone until the next study day."""
        self._act(lambda: self._logbook.entry(Act.BURY, self._on_show().card, mode=self._on_show().mode))
        return self.prompt

    def flag(self) -> Prompt | None:
        """Flag the card on show, or take its flag away; it stays on show, with its response."""
        try:
            self._flag()
        except MovedError:
            with self._progress.alone():
                self._load()
                self._flag()
        return self.prompt

    def card_past(self) -> CardPast:
        """Return all that was done to the card on show."""
        card = self._on_show().card
        return card_past(card, self._progress.entries(card=card.id), zone=self._logbook.zone, weights=self._course.weights)

    def summary(self) -> Summary:
        """Return what the session came to so far."""
        now, decks, doings = self._logbook.now(), list(self._course.decks.values()), self._doings
        day = self._logbook.day(now)
        return summary(doings.reviews, leeches=doings.leeches, progress=self._progress, decks=decks, day=day, now=now)

    def rest(self) -> None:
        """Tidy the progress file without waiting for anyone, and make ready to grade the card on show: to be called while the learner
        reads, not between answer and next card.
        """
        self._progress.checkpoint(least=RESTED_AFTER)
        if self._show:
            self._course.make_ready(self._show)
            self._course.look_ahead(self._show)

    def close(self) -> None:
        """Keep the place and let go; it was written with every card shown."""
        self._show = self._checked = None

    # inside

    def _flag(self) -> None:
        show = self._on_show()
        act = Act.UNFLAG if self._progress.flagged(show.card.id) else Act.FLAG
        entry = self._logbook.entry(act, show.card, mode=show.mode)
        self._progress.record(
            entry, stored(show.state), scope=self._scope, place=show.place_with(self._checked), version=self._course.version
        )
        self._doings.add(entry)
        self._ways.unchanged(entry.id)

    def _resume(self) -> None:
        place = self._progress.place(self._scope)
        if place and (card := self._course.waits(place)):
            self._show = self._course.show(card, self._logbook.now(), wishes=(self._wish, place.mode))
            self._course.insist(self._show)
            if place.pending:
                self._recall(place.pending)
        else:
            self._look(self._logbook.now())

    def _act(self, make: Callable[[], Entry]) -> None:
        """Write an act on the card on show together with the place at the next card, and go there."""
        try:
            self._write(make())
        except MovedError:  # another program wrote to the file: this card may stand elsewhere by now
            self._changed = None
            with self._progress.alone():
                self._load()
                self._write(make())

    def _write(self, entry: Entry) -> None:
        show, now, queue = self._on_show(), self._logbook.now(), self._course.queue
        state = scheduling.apply(show.state, entry, weights=self._course.weights)
        leech = self._course.struck(show.card, show.state, state)
        also = [self._logbook.entry(Act.SUSPEND, show.card, day=entry.day, mode=show.mode)] if leech and leech.suspended else []
        for act in also:
            state = scheduling.apply(state, act, weights=self._course.weights)
        # The entry is of a later instant than now where the clock was put back: the step is to last as long all the same.
        back = entry.act is Act.REVIEW and not state.suspended
        returns_at = now + (state.due_at - max(now, entry.at)) if back and state.due_at else None
        following = None
        if self._logbook.day(now) == self._course.today.day:
            name = queue.after(show.card.id, now, returns_at=returns_at)
            following = self._showing(name, now)
            if following and name == show.card.id:
                following = self._course.show(show.card, now, wishes=(self._wish,), state=state)
        place = following.place if following else None
        self._progress.record(entry, stored(state), scope=self._scope, place=place, version=self._course.version, also=also)
        review = entry.act is Act.REVIEW
        done = Done(entry=entry, card=show.card, was_new=show.state.phase is Phase.NEW) if review else None
        self._doings.add(entry, *also, done=done, leech=leech)
        self._last = show.card.id
        self._show, self._checked = following, None
        if review:
            settled = queue.settle(show.card.id, question=question_of(show.card), returns_at=returns_at)
            self._ways.settled(entry.id, settled)
        else:  # set aside: a sibling may come in its stead
            self._load(way=True)
            self._ways.replaced(entry.id, queue)
