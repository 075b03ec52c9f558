"""A session: prompt, check, answer, undo, redo."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from quizzer.core import history, scheduling
from quizzer.core.errors import ProgressError
from quizzer.core.ids import Dice
from quizzer.core.model import Act, Card, Confidence, Entry, Mode, Phase, Rating, Verdict
from quizzer.settings import Settings
from quizzer.store import MovedError, Progress
from quizzer.study import agenda
from quizzer.study.agenda import Dealt, question_of
from quizzer.study.checking import LONGEST_RESPONSE, check, overruled
from quizzer.study.course import Checked, Course, Show
from quizzer.study.doings import Doings
from quizzer.study.logbook import Logbook, stored
from quizzer.study.past import CardPast, card_past
from quizzer.study.prompts import Feedback, Prompt, Shown, Summary
from quizzer.study.summing import Done, summary

__all__ = ["Feedback", "Prompt", "Session", "Shown", "Summary"]
RESTED_AFTER = 20  # writes: what tidying saves is spread over so many, and so is what it costs

_ASIDE = frozenset({Act.FLAG, Act.UNFLAG})  # acts that leave the card on show where it is


class Session:
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
        self._progress = progress
        self._course = Course(progress, decks, settings=settings, ahead=ahead)
        self._logbook = Logbook(progress, settings=settings, clock=clock, dice=dice)
        self._scope = scope
        self._wish = mode
        self._last = ""
        self._show: Show | None = None
        self._checked: Checked | None = None
        self._changed: tuple[Card, ...] | None = None
        self._load()
        self._doings = Doings(act for act in self._course.today.acts if self._course.card(act.card))
        self._resume()

    @property
    def title(self) -> str:
        """The deck's title; of several decks, how many they are."""
        titles = [dealt.deck.title for dealt in self._course.decks.values()]
        return titles[0] if len(titles) == 1 else f"{len(titles)} decks"

    @property
    def prompt(self) -> Prompt | None:
        """What to ask now; the same until it is answered, set aside or another is brought back by ``undo``."""
        now = self._logbook.now()
        if self._logbook.day(now) != self._course.today.day:
            self._load()
        if self._show is None:
            self._look(now)
        return self._course.prompt(self._show, done=len(self._doings.reviews)) if self._show else None

    @property
    def wait_until(self) -> datetime | None:
        """From when on ``prompt`` gives a learning card again; None while a card is on show, or when none comes back."""
        return None if self._show else self._course.queue.wakes_at

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
        acts = [(entry, stored(scheduling.apply(self._course.state(card), entry, weights=self._course.weights))) for card, entry in entries]
        self._progress.record_all(acts, version=version)
        self._changed = ()
        self._load()
        if self._show:  # it may be one of them
            self._show_again(self._show.mode)

    def check(self, response: str | int | None, *, sure: Confidence | None = None) -> Feedback:
        """Grade: an option's index in choose mode, text in type mode, the digits of an order ("2 3 1") in order mode, a letter
        for each number ("1b 2a") in match mode, None to reveal. To type first and choose then: the text, and where the feedback
        says ``then``, an option's index.

        Total for any text and number; None where an answer was asked for, or an option that is not there, is wrong. ``sure``
        is how sure the learner is; it is not logged.
        """
        if isinstance(response, str) and self._on_show().mode is Mode.TYPE_THEN_CHOOSE:
            self._show = msgspec.structs.replace(self._on_show(), tried=response[:LONGEST_RESPONSE])
        show, now = self._on_show(), self._logbook.now()
        day = self._logbook.day(now)
        dealt = self._course.decks[show.card.deck]
        outcomes = self._course.outcomes(show, at=now, day=day)
        feedback = check(
            self._course.prompt(show, done=len(self._doings.reviews)),
            response,
            known=lambda: dealt.known,
            intervals={rating: outcome.granted for rating, outcome in outcomes.items()},
            sources=dealt.sources,
            sure=sure,
        )
        duration = max(0, round((now - show.shown_at).total_seconds() * 1000))
        self._checked = Checked(feedback=feedback, outcomes=outcomes, day=day, duration_ms=duration)
        return feedback

    def hint(self) -> Prompt | None:
        """Reveal the next hint of the card on show, where one is left; return the prompt. A check is void with it. Writes nothing."""
        show = self._show
        if show and show.hints < len(show.card.hints):
            self._show, self._checked = msgspec.structs.replace(show, hints=show.hints + 1), None
        return self.prompt

    def overrule(self, verdict: Verdict) -> Feedback:
        """Put the learner's verdict in place of the grader's, before rating."""
        checked = self._response()
        self._checked = msgspec.structs.replace(checked, feedback=overruled(checked.feedback, verdict))
        return self._checked.feedback

    def answer(self, rating: Rating) -> Prompt | None:
        """Log the rating of the card just checked, durably; return the next prompt. It grants what the feedback said."""
        self._act(lambda: self._logbook.review(self._on_show(), self._response(), rating))
        return self.prompt

    @property
    def can_undo(self) -> bool:
        """Whether ``undo`` has something to take back."""
        return bool(self._doings.to_undo)

    @property
    def can_redo(self) -> bool:
        """Whether ``redo`` has something to do again."""
        return bool(self._doings.to_redo)

    def undo(self) -> Prompt | None:
        """Take back the last act on these decks, in this session or earlier today; its card is on show again."""
        acts = self._doings.to_undo
        card = self._course.card(acts[0].card) if acts else None
        if card is None:
            return self.prompt
        version = self._progress.version
        undos = [self._voiding(act, card) for act in reversed(acts)]
        state = scheduling.replay([*self._progress.entries(card=card.id), *undos], weights=agenda.weights(self._progress))
        show = self._course.show(card, self._logbook.now(), wishes=(acts[0].mode, self._wish), state=state)
        self._progress.record(undos[0], stored(state), scope=self._scope, place=show.place, version=version, also=undos[1:])
        self._doings.undone()
        self._show, self._checked = show, None
        self._load()
        return self.prompt

    def redo(self) -> Prompt | None:
        """Do again what ``undo`` took back last, in this session or earlier today, and go on from there."""
        acts = self._doings.to_redo
        card = self._course.card(acts[0].card) if acts else None
        if card is None:
            return self.prompt
        version = self._progress.version
        entries = list(self._progress.entries(card=card.id))
        redos = [self._voiding(undo, card) for act in acts for undo in history.redoing(act, entries)]
        state = scheduling.replay([*entries, *redos], weights=agenda.weights(self._progress))
        stays = self._course.show(card, self._logbook.now(), wishes=(self._wish,), state=state) if acts[0].act in _ASIDE else None
        if redos:  # else another program did it already
            place = stays.place if stays else None
            self._progress.record(redos[0], stored(state), scope=self._scope, place=place, version=version, also=redos[1:])
        self._doings.redone()
        self._last = card.id
        self._show, self._checked = stays, None
        self._load()
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

    def _voiding(self, act: Entry, card: Card) -> Entry:
        day = max(act.day, self._logbook.day(self._logbook.now()))  # seen with what it takes back, also where the clock was put back
        return self._logbook.entry(Act.UNDO, card, day=day, voids=act.id)

    def _flag(self) -> None:
        show = self._on_show()
        act = Act.UNFLAG if self._progress.flagged(show.card.id) else Act.FLAG
        entry = self._logbook.entry(act, show.card, mode=show.mode)
        self._progress.record(entry, stored(show.state), scope=self._scope, place=show.place, version=self._course.version)
        self._doings.add(entry)

    def _load(self) -> None:
        """Read where everything stands; the card on show stays, with its response, whoever else answered it meanwhile."""
        now = self._logbook.now()
        self._course.load(day=self._logbook.day(now), now=now)
        if self._show is None:
            return
        state = self._course.state(self._show.card)
        if state != self._show.state:
            self._show = msgspec.structs.replace(self._show, state=state)
            if self._checked:
                outcomes = self._course.outcomes(self._show, at=now, day=self._checked.day)
                self._checked = msgspec.structs.replace(self._checked, outcomes=outcomes)
        self._course.insist(self._show)

    def _resume(self) -> None:
        place = self._progress.place(self._scope)
        if place and (card := self._course.waits(place)):
            self._show = self._course.show(card, self._logbook.now(), wishes=(self._wish, place.mode))
            self._course.insist(self._show)
        else:
            self._look(self._logbook.now())

    def _look(self, now: datetime) -> None:
        """Put on show what there is to ask now, if anything."""
        if show := self._showing(self._course.queue.next(now, last=self._last), now):
            self._show = show
            # Who cannot write it now comes back to the card that the queue gives first; an answer before it is long written.
            with contextlib.suppress(ProgressError):
                self._progress.set_place(self._scope, show.place)

    def _showing(self, name: str | None, now: datetime) -> Show | None:
        card = self._course.card(name) if name else None
        return self._course.show(card, now, wishes=(self._wish,)) if card else None

    def _show_again(self, mode: Mode | None) -> None:
        """Show the card on show anew: its state, or the mode it is asked in, may have changed."""
        old = self._on_show()
        show = self._course.show(old.card, old.shown_at, wishes=(self._wish, mode))
        show = msgspec.structs.replace(show, hints=old.hints)
        self._progress.set_place(self._scope, show.place)
        self._show, self._checked = show, None
        self._course.insist(show)

    def _on_show(self) -> Show:
        if self._show is None:
            raise RuntimeError("no card is on show")
        return self._show

    def _response(self) -> Checked:
        if self._checked is None:
            raise RuntimeError("the card on show was not checked")
        return self._checked

    def _act(self, make: Callable[[], Entry]) -> None:
        """Write an act on the card on show together with the place at the next card, and go there."""
        try:
            self._write(make())
        except MovedError:  # another program wrote to the file: this card may stand elsewhere by now
            self._changed = None
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
            queue.settle(show.card.id, question=question_of(show.card), returns_at=returns_at)
        else:  # set aside: a sibling may come in its stead
            self._load()
