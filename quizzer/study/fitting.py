"""`quizzer fit`: weights fitted to the learner's own log, put to use where they foretell better; and back to FSRS's own.

Weights change what is known of a memory, and with it every interval to come; the days that cards are due on were promised and stay.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec

from quizzer.core import fitting, fsrs, scheduling
from quizzer.core.errors import ProgressError
from quizzer.core.fitting import Decision, Fit
from quizzer.core.ids import Dice, Ids, deck_of, instant, milliseconds
from quizzer.core.model import Act, Entry, MemoryState, Phase, Weights
from quizzer.store import MovedError, Progress
from quizzer.study import agenda
from quizzer.study.logbook import stored

_TRIES = 3  # another program may be answering cards meanwhile


class FitReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a fit came to, and what the next interval of the cards in review would be by the weights tried against those in use.

    ``wanted`` is the retention asked for, over the decks the reviews are of. ``fitted_at`` is when the weights in use before were
    fitted, None: they were FSRS's own. ``sooner``, ``later`` and ``same`` count cards, none where nothing was taken. ``written``:
    the fitted weights are in use now.
    """

    fit: Fit
    wanted: float
    fitted_at: datetime | None
    sooner: int
    later: int
    same: int
    written: bool


def fit(
    progress: Progress, *, retention: Callable[[str], float], clock: Callable[[], datetime], dice: Dice, dry_run: bool = False
) -> FitReport:
    """Fit weights to the learner's log and put them to use if they are taken; with ``dry_run`` nothing is written.

    Args:
        progress: The learner's; needs only be readable for a dry run.
        retention: What is asked for in a deck, by its id.
        clock: Gives the instant from which the weights are in use.
        dice: For the id of the row.
        dry_run: Only say what would be.

    Raises:
        ProgressError: it cannot be read or written, or other programs keep writing to it; nothing was changed.
    """
    for _ in range(_TRIES):
        version = progress.version  # before anything that may turn out old
        entries = list(progress.entries())
        used = progress.weights()
        before = used.values if used else ()
        fitted_at = used.at if used and before else None
        found = fitting.fit(fitting.histories(entries), weights=before, fitted_at=fitted_at)
        taken = found.decision is Decision.TAKEN
        old = _replayed(entries, before, progress) if taken else {}
        new = _replayed(entries, found.weights, progress) if taken else {}
        moves = [_move(old[card], new[card], before, found.weights, retention(deck_of(card))) for card in new]
        report = FitReport(
            fit=found,
            wanted=_wanted(entries, retention),
            fitted_at=fitted_at,
            sooner=moves.count(-1),
            later=moves.count(1),
            same=moves.count(0),
            written=taken and not dry_run,
        )
        if not report.written:
            return report
        weights = Weights(
            id="",
            at=clock(),
            values=found.weights,
            reviews=found.reviews,
            held_out=found.held_out,
            loss_before=found.loss_before,
            loss_after=found.loss_after,
        )
        if _put_to_use(progress, weights, new, dice=dice, version=version):
            return report
    raise _busy(progress)


def forget(progress: Progress, *, clock: Callable[[], datetime], dice: Dice) -> bool:
    """Go back to FSRS's own weights; return whether others were in use. Raises ProgressError as ``fit``."""
    for _ in range(_TRIES):
        version = progress.version
        if not agenda.weights(progress):
            return False
        states = _replayed(list(progress.entries()), (), progress)
        if _put_to_use(progress, Weights(id="", at=clock(), values=()), states, dice=dice, version=version):
            return True
    raise _busy(progress)


def _put_to_use(progress: Progress, weights: Weights, states: Mapping[str, MemoryState], *, dice: Dice, version: int) -> bool:
    newest = progress.weights()
    now = instant(milliseconds(weights.at))
    at = max(now, newest.at) if newest else now  # the newest count, also where the clock was put back
    ids = Ids(dice)
    ids.follow(newest.id if newest else "")
    weights = msgspec.structs.replace(weights, id=ids.new(at), at=at)
    try:
        progress.put_to_use(weights, {card: stored(state) for card, state in states.items()}, version=version)
    except MovedError:
        return False
    return True


def _replayed(entries: Sequence[Entry], weights: tuple[float, ...], progress: Progress) -> dict[str, MemoryState]:
    logs: dict[str, list[Entry]] = {}
    for entry in entries:
        logs.setdefault(entry.card, []).append(entry)
    try:
        return {card: scheduling.replay(log, weights=weights) for card, log in logs.items()}
    except (ValueError, OverflowError) as error:
        raise ProgressError(f"{progress.path}: {error}. Run `quizzer doctor`, which says what can be saved.") from None


def _move(old: MemoryState, new: MemoryState, before: tuple[float, ...], after: tuple[float, ...], retention: float) -> int | None:
    """Return -1, 0 or 1: the card's interval is shorter, the same, longer in whole days; None for a card not in review."""
    if new.phase is not Phase.REVIEW or new.suspended:
        return None
    was, becomes = (
        max(1, round(fsrs.days_until(retention, stability=state.stability, weights=weights)))
        for state, weights in ((old, before), (new, after))
    )
    return (becomes > was) - (becomes < was)


def _wanted(entries: Sequence[Entry], retention: Callable[[str], float]) -> float:
    decks: dict[str, int] = {}
    for entry in entries:
        if entry.act is Act.REVIEW:
            deck = deck_of(entry.card)
            decks[deck] = decks.get(deck, 0) + 1
    if not decks:
        return retention("")
    return sum(retention(deck) * many for deck, many in decks.items()) / sum(decks.values())


def _busy(progress: Progress) -> ProgressError:
    return ProgressError(f"{progress.path}: another program keeps writing to it. Nothing was changed; try again.")
