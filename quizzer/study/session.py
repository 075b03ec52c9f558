"""A session: prompt, check, answer, undo, redo."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec

from quizzer.core import scheduling
from quizzer.core.changes import Change
from quizzer.core.errors import DeckError, ProgressError
from quizzer.core.history import Deed
from quizzer.core.ids import Dice
from quizzer.core.kinds import Question
from quizzer.core.model import Act, Card, Confidence, Entry, MemoryState, Mode, Phase, Rating, Verdict
from quizzer.settings import Settings
from quizzer.store import MovedError, Pending, Progress
from quizzer.study import takeback
from quizzer.study.agenda import Dealt, question_of
from quizzer.study.checking import LONGEST_RESPONSE, check, overruled
from quizzer.study.course import EDIT, Checked, Course, Show
from quizzer.study.doings import Doings
from quizzer.study.editing import Edits, can_accept
from quizzer.study.logbook import Logbook, stored
from quizzer.study.mending import may_be_mended, to_mend
from quizzer.study.past import CardPast, card_past
from quizzer.study.prompts import Feedback, Prompt, Shown, Summary
from quizzer.study.summing import Done, summary
from quizzer.study.takeback import Ways

__all__ = ["Feedback", "Prompt", "Session", "Shown", "Summary"]
RESTED_AFTER = 20  # writes: what tidying saves is spread over so many, and so is what it costs


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
        self._ways = Ways(self._course)
        self._edits = Edits(progress, self._logbook, self._course.decks)
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
        at = max((entry.at for _, entry in entries), default=None)  # at one stroke, so that they are taken back at one
        entries = [(card, msgspec.structs.replace(entry, at=at)) for card, entry in entries if at]
        acts = [(entry, stored(scheduling.apply(self._course.state(card), entry, weights=self._course.weights))) for card, entry in entries]
        self._progress.record_all(acts, version=version)
        self._doings.add(*(entry for _, entry in entries))
        self._changed = ()
        self._load()
        if self._show:  # it may be one of them
            self._show_again(self._show.mode)

    def check(self, response: str | int | None, *, sure: Confidence | None = None) -> Feedback:
        """Grade: an option's index in choose mode, text in type mode, the digits of an order ("2 3 1") in order mode, a letter
        for each number ("1b 2a") in match mode, None to reveal. To type first and choose then: the text, and where the feedback
        says ``then``, an option's index.

        Total for any text and number; None where an answer was asked for, or an option that is not there, is wrong. ``sure``
        is how sure the learner is; it is not logged. Where the feedback says ``again``, the response may be mended once: checked again,
        it is final, and graded as if it had been the first.
        """
        checked = self._graded(response, sure=sure)
        prompt = self._course.prompt(self._on_show(), done=len(self._doings.reviews))
        if self._course.lets_mend(prompt.card) and may_be_mended(prompt, checked.feedback):
            self._show = msgspec.structs.replace(self._on_show(), second=True)
            self._checked = msgspec.structs.replace(checked, final=False)
            return to_mend(prompt, checked.feedback)
        self._checked = checked
        return checked.feedback

    @property
    def feedback(self) -> Feedback | None:
        """The feedback on the response to the card on show, once that is final; None before."""
        return self._checked.feedback if self._checked and self._checked.final else None

    def reopen(self) -> Prompt | None:
        """Take back the response to the card on show, which is not rated yet."""
        if self._checked and self._show and (self._checked.turns or self._checked.undone):
            self._progress.set_place(self._scope, self._show.place)
        self._checked = None
        return self.prompt

    def hint(self) -> Prompt | None:
        """Reveal the next hint of the card on show, where one is left; return the prompt. A check is void with it. Writes nothing."""
        show = self._show
        if show and show.hints < len(show.card.hints):
            self._show, self._checked = msgspec.structs.replace(show, hints=show.hints + 1), None
        return self.prompt

    def overrule(self, verdict: Verdict) -> Feedback:
        """Put the learner's verdict in place of the grader's, before rating; it is kept, and can be taken back."""
        checked = self._response()
        return self._turned(msgspec.structs.replace(checked, turns=(*checked.turns, verdict.value), undone=(), final=True))

    def accept(self) -> Feedback:
        """Add the response, which the learner made right, to what the deck accepts.

        Raises:
            DeckError: it cannot be added; nothing was written.
        """
        checked = self._response()
        change = self._edits.accept(self._on_show().card, checked.graded)
        self._edited(change)
        return self._turned(msgspec.structs.replace(checked, turns=(*checked.turns, EDIT), undone=()))

    @property
    def question(self) -> Question:
        """The question of the card on show, as its deck has it."""
        return self._edits.question(self._on_show().card)

    def rewrite(self, deck: str, question: Question) -> Prompt | None:
        """Put ``question`` in the place of the one of its id in the deck's file; what is on show stays, with its response.

        Raises:
            DeckError: it cannot be done; nothing was written.
        """
        change = self._edits.rewrite(deck, question)
        if change:
            self._edited(change)
            checked = self._checked
            if checked and checked.final:
                self._turned(msgspec.structs.replace(checked, turns=(*checked.turns, EDIT), undone=()))
        return self.prompt

    def answer(self, rating: Rating) -> Prompt | None:
        """Log the rating of the card just checked, durably; return the next prompt. It grants what the feedback said."""
        self._act(lambda: self._logbook.review(self._on_show(), self._response(), rating))
        return self.prompt

    @property
    def can_undo(self) -> bool:
        """Whether ``undo`` has something to take back."""
        return self.is_turned or bool(self._doings.to_undo)

    @property
    def can_redo(self) -> bool:
        """Whether ``redo`` has something to do again."""
        return bool((self._checked and self._checked.undone) or self._doings.to_redo)

    @property
    def is_turned(self) -> bool:
        """Whether ``undo`` takes back what was done about the response to the card on show: an overruled verdict, an edit."""
        return bool(self._checked and self._checked.turns)

    @property
    def is_returned(self) -> bool:
        """Whether ``redo`` does again what was taken back of that."""
        return bool(self._checked and self._checked.undone)

    def undo(self) -> Prompt | None:
        """Take back the last act on these decks, in this session or an earlier one; the card it was on is on show again.

        An overruled verdict is given back to the grader, an edit is taken out of the deck's file.

        Raises:
            DeckError: the file was changed since the edit; nothing was written.
        """
        checked = self._checked
        if checked and checked.turns:
            if checked.turns[-1] == EDIT:
                self._turn(self._doings.to_undo, back=True)
            self._turned(msgspec.structs.replace(checked, turns=checked.turns[:-1], undone=(*checked.undone, checked.turns[-1])))
            return self.prompt
        return self._turn(self._doings.to_undo, back=True)

    def redo(self) -> Prompt | None:
        """Do again what ``undo`` took back last, in this session or an earlier one, and go on from there; errors are as of ``undo``."""
        checked = self._checked
        if checked and checked.undone:
            if checked.undone[-1] == EDIT:
                self._turn(self._doings.to_redo, back=False)
            self._turned(msgspec.structs.replace(checked, turns=(*checked.turns, checked.undone[-1]), undone=checked.undone[:-1]))
            return self.prompt
        return self._turn(self._doings.to_redo, back=False)

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
        """Tidy the progress file without waiting for anyone: to be called while the learner reads, not between answer and next card."""
        self._progress.checkpoint(least=RESTED_AFTER)

    def close(self) -> None:
        """Keep the place and let go; it was written with every card shown."""
        self._show = self._checked = None

    # inside

    def _turn(self, deeds: Sequence[Deed], *, back: bool) -> Prompt | None:
        """Take ``deeds``, which are one act, back, or do them again."""
        if deeds and isinstance(deeds[0], Change):
            (self._edits.take_back if back else self._edits.do_again)(deeds[0])
            self._reread(deeds[0].deck)
            (self._doings.undone if back else self._doings.redone)()
            return self.prompt
        acts = takeback.entries_of(deeds)
        if not acts:
            return self.prompt
        version = self._progress.version
        rows = (takeback.undoing if back else takeback.redoing)(self._progress, self._logbook, acts)
        show = self._shown_after(acts, {entry.card: state or MemoryState() for entry, state in rows}, back=back)
        if rows:  # else another program did it already
            self._progress.record_all(rows, version=version, scope=self._scope, place=show.place if show else None)
        if back:
            self._doings.undone()
        else:
            self._doings.redone()
            self._last = acts[0].card
        self._show, self._checked, self._changed = show, None, None
        now = self._logbook.now()
        stands = rows and version == self._course.version and self._logbook.day(now) == self._course.today.day
        if not (stands and self._ways.go(acts[0].id, back=back) and (show is None or show.card.id in self._course.queue)):
            self._load()
        return self.prompt

    def _shown_after(self, acts: Sequence[Entry], states: Mapping[str, MemoryState], *, back: bool) -> Show | None:
        """Return what is on show once ``acts`` are taken back or done again; None: what the queue gives."""
        act, show = acts[0], self._show
        if act.act in takeback.ELSEWHERE:  # the card on show stays, unless it is set aside again
            if show and show.card.id in states:
                state = states[show.card.id]
                return None if state.suspended else self._course.show(show.card, self._logbook.now(), wishes=(show.mode,), state=state)
            return show
        card = self._course.card(act.card)
        if card is None or not (back or act.act in takeback.ASIDE):
            return None
        wishes = (act.mode, self._wish) if back else (self._wish,)
        return self._course.show(card, self._logbook.now(), wishes=wishes, state=states.get(card.id))

    def _graded(self, response: str | int | None, *, sure: Confidence | None) -> Checked:
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
        given = response[:LONGEST_RESPONSE] if isinstance(response, str) else response
        return Checked(feedback=feedback, graded=feedback, given=given, outcomes=outcomes, day=day, duration_ms=duration)

    def _turned(self, checked: Checked) -> Feedback:
        """Let the last of the turns count, durably."""
        verdicts = [turn for turn in checked.turns if turn != EDIT]
        feedback = overruled(checked.graded, Verdict(verdicts[-1])) if verdicts else checked.graded
        if verdicts and feedback.verdict is Verdict.RIGHT is not checked.graded.verdict and EDIT not in checked.turns:
            feedback = msgspec.structs.replace(feedback, acceptable=self._can_accept(checked.graded))
        checked = msgspec.structs.replace(checked, feedback=feedback)
        self._progress.set_place(self._scope, self._on_show().place_with(checked))
        self._checked = checked
        return feedback

    def _can_accept(self, graded: Feedback) -> bool:
        show = self._on_show()
        typed = show.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE) and self._course.decks[show.card.deck].path is not None
        with contextlib.suppress(DeckError):
            return typed and can_accept(show.card, self.question, graded)
        return False

    def _edited(self, change: Change) -> None:
        self._doings.add(change)
        self._reread(change.deck)

    def _reread(self, deck: str) -> None:
        """Go on with the deck as it is now: the card on show is as it was asked where its key is another, or where it is gone."""
        show = self._show
        if show and show.card.deck == deck:
            card = self._course.card(show.card.id)
            if card and card.fingerprint == show.card.fingerprint:
                self._show = msgspec.structs.replace(show, card=card)
        self._changed = None
        self._load()

    def _stacks(self) -> tuple[list[Deed], list[Deed]]:
        """Return what can be taken back and done again on cards that there still are."""
        past, future = takeback.stacks(self._progress, list(self._course.decks))
        there = [[deed for deed in deeds if isinstance(deed, Change) or self._course.card(deed.card)] for deeds in (past, future)]
        return there[0], there[1]

    def _flag(self) -> None:
        show = self._on_show()
        act = Act.UNFLAG if self._progress.flagged(show.card.id) else Act.FLAG
        entry = self._logbook.entry(act, show.card, mode=show.mode)
        self._progress.record(
            entry, stored(show.state), scope=self._scope, place=show.place_with(self._checked), version=self._course.version
        )
        self._doings.add(entry)
        self._ways.unchanged(entry.id)

    def _load(self, *, way: bool = False) -> None:
        """Read where everything stands; the card on show stays, with its response, whoever else answered it meanwhile."""
        if not way:
            self._ways.forget()
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
            if place.pending:
                self._recall(place.pending)
        else:
            self._look(self._logbook.now())

    def _recall(self, pending: Pending) -> None:
        """Answer the card on show as it was answered, with what was done about the verdict."""
        self._show = msgspec.structs.replace(
            self._on_show(), tried=pending.tried, hints=min(pending.hints, len(self._on_show().card.hints)), second=pending.second
        )
        checked = self._graded(pending.response, sure=pending.sure)
        if pending.graded and checked.graded.verdict is not pending.graded:  # the deck has learnt since
            checked = msgspec.structs.replace(checked, graded=overruled(checked.graded, pending.graded, note=pending.note))
        checked = msgspec.structs.replace(
            checked,
            turns=pending.turns,
            undone=pending.undone,
            duration_ms=pending.duration_ms,
        )
        self._checked = checked
        with contextlib.suppress(ProgressError, ValueError):  # ValueError: a turn of a newer quizzer
            self._turned(checked)

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
        show = msgspec.structs.replace(show, hints=old.hints, second=old.second)
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
            settled = queue.settle(show.card.id, question=question_of(show.card), returns_at=returns_at)
            self._ways.settled(entry.id, settled)
        else:  # set aside: a sibling may come in its stead
            self._load(way=True)
            self._ways.replaced(entry.id, queue)
