"""How one card fared, as the learner reads it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec

from quizzer.core.history import Moment, moments
from quizzer.core.model import Act, Card, Entry, Interval, Rating, Verdict

_WORDS = {
    Act.SUSPEND: "suspended",
    Act.UNSUSPEND: "brought back",
    Act.BURY: "buried",
    Act.FLAG: "flagged",
    Act.UNFLAG: "flag taken off",
    Act.RESET: "started over",
    Act.KEEP: "kept, its key changed",
    Act.RESCHEDULE: "rescheduled",
}


class Did(msgspec.Struct, frozen=True, kw_only=True):
    """One act. ``what`` says which in a word or two, "" of an answer; ``recall`` (0 to 1) and ``stability`` (days) are of then.

    ``recall`` is before the act, ``stability`` after it; None of acts that are no answers, and of a card that was new.
    """

    when: datetime
    what: str
    response: str
    verdict: Verdict | None
    rating: Rating | None
    granted: Interval | None
    recall: float | None
    stability: float | None
    taken_back: bool


class CardPast(msgspec.Struct, frozen=True, kw_only=True):
    """A card and all that was done to it, the oldest first."""

    card: Card
    did: tuple[Did, ...]


def card_past(card: Card, entries: Iterable[Entry], *, zone: tzinfo, weights: Sequence[float] = ()) -> CardPast:
    """Return the card's log in the learner's time of day, with what the weights in use make of it."""
    found = moments(entries, weights=weights)
    acts = {moment.entry.id: moment.entry for moment in found}
    return CardPast(card=card, did=tuple(_did(moment, acts, zone) for moment in found))


def _did(moment: Moment, acts: dict[str, Entry], zone: tzinfo) -> Did:
    entry = moment.entry
    answered = entry.act is Act.REVIEW
    what = _WORDS.get(entry.act, "")
    if entry.act is Act.UNDO:
        target = acts.get(entry.voids or "")
        what = "done again" if target and target.act is Act.UNDO else "taken back"
    return Did(
        when=entry.at.astimezone(zone),
        what=what,
        response=entry.response or "",
        verdict=entry.verdict,
        rating=entry.rating,
        granted=entry.granted,
        recall=moment.recall if answered else None,
        stability=moment.after.stability if answered and not moment.taken_back else None,
        taken_back=moment.taken_back and entry.act is not Act.UNDO,
    )
