"""What a session came to, in numbers and words."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec

from quizzer.core.model import COUNTED_MS, Card, Entry, Rating
from quizzer.store import Progress
from quizzer.study.agenda import Dealt, streak
from quizzer.study.prompts import Leech, Summary


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A review given in this session."""

    entry: Entry
    card: Card
    was_new: bool


def summary(
    done: Sequence[Done], *, leeches: Sequence[Leech] = (), progress: Progress, decks: Sequence[Dealt], day: int, now: datetime
) -> Summary:
    """Return the summary of the reviews ``done``; what comes next is looked up for ``decks``."""
    ratings = Counter(review.entry.rating for review in done)
    missed = {review.card.id: review.card for review in done if review.entry.rating is Rating.AGAIN}
    return Summary(
        reviews=len(done),
        right=len(done) - ratings[Rating.AGAIN],
        new=sum(review.was_new for review in done),
        again=ratings[Rating.AGAIN],
        seconds=sum(min(review.entry.duration_ms or 0, COUNTED_MS) for review in done) / 1000,
        by_rating={rating: ratings[rating] for rating in Rating},
        missed=tuple(missed.values()),
        next_due=next_due(progress, decks, day=day, now=now),
        streak=streak(progress, day),
        leeches=tuple({leech.card.id: leech for leech in leeches}.values()),
    )


def next_due(progress: Progress, decks: Sequence[Dealt], *, day: int, now: datetime) -> str:
    """Return in words when cards of ``decks`` come back first, "" when none is scheduled."""
    steps = [step for dealt in decks for step in progress.steps(dealt.deck.id, day=day) if step.card in dealt.places]
    instants = sorted(step.due_at for step in steps if step.due_at)
    if instants:
        minutes = max(0, -(-(instants[0] - now).total_seconds() // 60))
        soon = sum(at <= max(instants[0], now) for at in instants)
        return f"{_cards(soon)} now" if minutes == 0 else f"{_cards(soon)} in {_plural(int(minutes), 'minute')}"
    days = [max(due, day) for dealt in decks for name, due in progress.forecast(dealt.deck.id) if name in dealt.places]
    later = [due for due in days if due > day]
    first = day + 1 if len(later) < len(days) else min(later, default=None)  # what today's limit left over comes tomorrow
    if first is None:
        return ""
    count = sum(due <= first for due in days)
    return f"{_cards(count)} tomorrow" if first == day + 1 else f"{_cards(count)} in {first - day} days"


def _cards(count: int) -> str:
    return _plural(count, "card")


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
