"""What a session stands on: its course, what is on show, the response to that, and what was done."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from quizzer.core.changes import Change
from quizzer.core.errors import ProgressError
from quizzer.core.ids import Dice
from quizzer.core.model import Card, Mode
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study.agenda import Dealt
from quizzer.study.course import Checked, Course, Show
from quizzer.study.doings import Doings
from quizzer.study.editing import Edits
from quizzer.study.logbook import Logbook
from quizzer.study.prompts import Prompt
from quizzer.study.takeback import Ways


class Sitting:
    """The cards of some decks, one of them on show; ``prompt`` is what to ask now."""

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
        self._doings = Doings()

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

    # inside

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
