"""Where a learner stands in each session: the card on show, and the response to it that is not rated yet."""

import contextlib
import sqlite3
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import msgspec

from quizzer.core.ids import instant, milliseconds
from quizzer.core.model import Confidence, Mode, Verdict
from quizzer.store import rows

_UPSERT_PLACE = (
    "INSERT INTO places (learner, scope, card, mode, shown_at, pending) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (learner, scope) "
    "DO UPDATE SET card = excluded.card, mode = excluded.mode, shown_at = excluded.shown_at, pending = excluded.pending"
)
_DELETE_PLACE = "DELETE FROM places WHERE learner = ? AND scope = ?"


class Pending(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A response that is not rated yet, and what the learner did about its verdict.

    ``turns`` are the verdicts that were put in place of the grader's, the last one counts, and the ids of edits of the deck made among
    them; ``undone`` are those that were taken back, the next to do again last.
    """

    response: str | int | None
    turns: tuple[str, ...]
    undone: tuple[str, ...] = ()
    tried: str = ""  # what was typed before choosing
    hints: int = 0
    second: bool = False
    sure: Confidence | None = None
    duration_ms: int = 0
    graded: Verdict | None = None  # by the grader, before the deck was told better
    note: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The card on show when the learner left, so that the next start shows the same one the same way.

    ``pending`` is their response to it, where they overruled the grader and did not rate it yet.
    """

    card: str
    mode: Mode
    shown_at: datetime
    pending: Pending | None = None


class Places:
    """The part of ``Progress`` that knows where the learner stands in their sessions."""

    _connection: sqlite3.Connection

    @property
    def _learner(self) -> int:
        raise NotImplementedError

    def _transaction(self, version: int | None) -> AbstractContextManager[Any]:
        raise NotImplementedError

    def _one(self, statement: str, *values: object) -> Any:
        raise NotImplementedError

    def _all(self, statement: str, *values: object) -> list[Any]:
        raise NotImplementedError

    def home(self, card: str) -> str:
        """Return the card as which what is logged of ``card`` counts."""
        raise NotImplementedError

    def set_place(self, scope: str, place: Place | None) -> None:
        """Store the place in the session ``scope``; None: forget it."""
        with self._transaction(None):
            self._set_place(scope, place)

    def place(self, scope: str) -> Place | None:
        """Return the place in the session ``scope``; None when there is none, or one only a newer quizzer could show."""
        row = self._one("SELECT card, mode, shown_at, pending FROM places WHERE learner = ? AND scope = ?", self._learner, scope)
        with contextlib.suppress(ValueError, OverflowError):
            return Place(card=self.home(row[0]), mode=Mode(row[1]), shown_at=instant(row[2]), pending=_pending(row[3])) if row else None
        return None

    def scopes(self) -> list[str]:
        """Return the sessions in which the learner has a place, sorted."""
        return [row[0] for row in self._all("SELECT scope FROM places WHERE learner = ? ORDER BY scope", self._learner)]

    def _set_place(self, scope: str, place: Place | None) -> None:
        if place is None:
            self._connection.execute(_DELETE_PLACE, (self._learner, scope))
        else:
            shown_at = milliseconds(place.shown_at)
            pending = _stored(place.pending) if place.pending else None
            self._connection.execute(_UPSERT_PLACE, (self._learner, scope, place.card, place.mode.value, shown_at, pending))


def _pending(stored: str | None) -> Pending | None:
    """Return what is stored of a response; one that only a newer quizzer could read is none."""
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.json.decode(stored, type=Pending) if stored else None
    return None


def _stored(pending: Pending) -> str:
    given = rows.storable(pending.response) if isinstance(pending.response, str) else pending.response
    return msgspec.json.encode(msgspec.structs.replace(pending, response=given, tried=rows.storable(pending.tried))).decode()
