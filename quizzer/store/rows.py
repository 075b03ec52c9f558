"""Values to rows and back: instants as UTC milliseconds, enums as their text."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from quizzer.core.ids import instant, milliseconds
from quizzer.core.model import WEIGHTS as HOW_MANY
from quizzer.core.model import Act, Entry, Interval, MemoryState, Mode, Phase, Rating, Verdict, Weights

ENTRY = (
    "id, act, card, at, day, mode, response, verdict, rating, duration_ms, granted_days, granted_seconds, before, phase, step, "
    "fingerprint, voids"
)
STATE = "phase, stability, difficulty, step, reps, lapses, due_day, due_at, last_day, last_at, suspended, buried_until, fingerprint"
WEIGHTS = "id, at, numbers, reviews, held_out, loss_before, loss_after"

Row = Sequence[Any]

# Looked up rather than called: a log of a million rows is read in half the time.
_ACTS = {act.value: act for act in Act}
_MODES = {None: None} | {mode.value: mode for mode in Mode}
_VERDICTS = {None: None} | {verdict.value: verdict for verdict in Verdict}
_RATINGS = {None: None} | {rating.value: rating for rating in Rating}
_PHASE = {phase.value: phase for phase in Phase}
_PHASES = {None: None} | _PHASE


class UnreadableRowError(ValueError):
    """A row that no quizzer wrote, or that was damaged since."""


def to_instant(stored: int | None) -> datetime | None:
    """Return the instant of stored milliseconds, None of none."""
    return None if stored is None else instant(stored)


def storable(text: str) -> str:
    """Return ``text`` with what is not Unicode (lone surrogates) written out, since SQLite stores UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def from_entry(entry: Entry) -> Row:
    """Return the values of ``ENTRY``'s columns."""
    granted = entry.granted
    return (
        entry.id,
        entry.act.value,
        entry.card,
        milliseconds(entry.at),
        entry.day,
        entry.mode and entry.mode.value,
        None if entry.response is None else storable(entry.response),
        entry.verdict and entry.verdict.value,
        entry.rating and entry.rating.value,
        entry.duration_ms,
        granted and granted.days,
        granted and granted.seconds,
        entry.before and entry.before.value,
        entry.phase and entry.phase.value,
        entry.step,
        entry.fingerprint,
        entry.voids,
    )


def to_entry(row: Row) -> Entry:
    """Return the entry of a row of ``ENTRY``'s columns.

    Raises:
        UnreadableRowError: a value is none that quizzer writes.
    """
    (id_, act, card, at, day, mode, response, verdict, rating, duration, days, seconds, before, phase, step, fingerprint, voids) = row
    try:
        return Entry(
            id=id_,
            act=_ACTS[act],
            card=card,
            at=instant(at),
            day=day,
            mode=_MODES[mode],
            response=response,
            verdict=_VERDICTS[verdict],
            rating=_RATINGS[rating],
            duration_ms=duration,
            granted=None if days is None else Interval(days, seconds),
            before=_PHASES[before],
            phase=_PHASES[phase],
            step=step,
            fingerprint=fingerprint,
            voids=voids,
        )
    except (KeyError, OverflowError, TypeError) as error:
        raise UnreadableRowError(f"log entry {id_!r} cannot be read: {error}") from None


def housed(entry: Entry, homes: Mapping[str, str]) -> Entry:
    """Return the entry as one of the card as which it counts."""
    home = homes.get(entry.card)
    return entry if home is None else msgspec.structs.replace(entry, card=home)


def from_state(state: MemoryState) -> Row:
    """Return the values of ``STATE``'s columns."""
    return (
        state.phase.value,
        state.stability,
        state.difficulty,
        state.step,
        state.reps,
        state.lapses,
        state.due_day,
        state.due_at and milliseconds(state.due_at),
        state.last_day,
        state.last_at and milliseconds(state.last_at),
        int(state.suspended),
        state.buried_until,
        state.fingerprint,
    )


def to_state(row: Row) -> MemoryState:
    """Return the memory state of a row of ``STATE``'s columns.

    Raises:
        UnreadableRowError: a value is none that quizzer writes.
    """
    phase, stability, difficulty, step, reps, lapses, due_day, due_at, last_day, last_at, suspended, buried_until, fingerprint = row
    try:
        return MemoryState(
            phase=_PHASE[phase],
            stability=stability,
            difficulty=difficulty,
            step=step,
            reps=reps,
            lapses=lapses,
            due_day=due_day,
            due_at=to_instant(due_at),
            last_day=last_day,
            last_at=to_instant(last_at),
            suspended=bool(suspended),
            buried_until=buried_until,
            fingerprint=fingerprint,
        )
    except (KeyError, OverflowError, TypeError) as error:
        raise UnreadableRowError(f"a memory state cannot be read: {error}") from None


def from_weights(weights: Weights) -> Row:
    """Return the values of ``WEIGHTS``' columns."""
    return (
        weights.id,
        milliseconds(weights.at),
        json.dumps(weights.values),
        weights.reviews,
        weights.held_out,
        weights.loss_before,
        weights.loss_after,
    )


def to_weights(row: Row) -> Weights:
    """Return the weights of a row of ``WEIGHTS``' columns.

    Raises:
        UnreadableRowError: a value is none that quizzer writes.
    """
    id_, at, numbers, reviews, held_out, loss_before, loss_after = row
    try:
        read = json.loads(numbers)
        values = tuple(float(number) for number in read)
        if not isinstance(read, list) or len(values) not in (0, HOW_MANY) or not all(map(math.isfinite, values)):
            raise ValueError(f"{len(values)} numbers")
        return Weights(
            id=id_,
            at=instant(at),
            values=values,
            reviews=reviews,
            held_out=held_out,
            loss_before=loss_before,
            loss_after=loss_after,
        )
    except (ValueError, OverflowError, TypeError) as error:
        raise UnreadableRowError(f"the weights {id_!r} cannot be read: {error}") from None
