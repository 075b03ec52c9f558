"""What the log and the memory add up to: cards, forecast, retention, streaks.

Pure, one function a figure; ``deck_figures`` puts them together. Days are study days.
"""

from collections.abc import Collection, Iterable, Sequence

import msgspec

from quizzer.core.model import MemoryState, Past, Phase, Standing, Tally
from quizzer.core.scheduling import retrievability

MATURE_DAYS = 21  # an interval from here on makes a card mature, as in Anki
FORECAST_DAYS = 30


class DeckFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a deck, or of all.

    ``new + learning + young + mature + suspended == total``. ``forecast`` counts reviews due on each of 30 days, today (with
    what is overdue) first; ``history`` reviews given on each of 30 days, today last. Shares are 0 to 1, None where there is nothing to
    take one of: ``retention`` is of reviews of cards in review that were not rated Again, ``recall`` the mean chance that a
    card answered before is recalled now. ``stability`` (days) and ``difficulty`` (1 to 10) are means over those cards.
    """

    id: str
    title: str
    total: int
    new: int
    learning: int
    young: int
    mature: int
    suspended: int
    due: int
    next_7_days: int
    next_30_days: int
    forecast: tuple[int, ...]
    reviews_today: int
    reviews_30_days: int
    reviews: int
    history: tuple[int, ...]
    retention_7_days: float | None
    retention_30_days: float | None
    retention: float | None
    stability: float | None
    difficulty: float | None
    recall: float | None
    seconds_today: float
    seconds: float


def deck_figures(
    *,
    deck: str,
    title: str,
    total: int,
    standing: Standing,
    tallies: Collection[Tally],
    earlier: Sequence[Past] = (),
    day: int,
) -> DeckFigures:
    """Return the figures of ``total`` cards, those with a state (``standing``) among them, and of all reviews, on ``day``.

    ``earlier`` are the reviews of before ``FORECAST_DAYS`` ago that are not in ``tallies``: of those no figure needs the day.
    """
    coming = standing.coming
    past = history(tallies, day=day)
    return DeckFigures(
        id=deck,
        title=title,
        total=total,
        new=total - standing.suspended - standing.learning - standing.in_review,
        learning=standing.learning,
        young=standing.in_review - standing.mature,
        mature=standing.mature,
        suspended=standing.suspended,
        due=coming[0],
        next_7_days=sum(coming[1:8]),
        next_30_days=sum(coming[1:]),
        forecast=coming[:FORECAST_DAYS],
        reviews_today=past[-1],
        reviews_30_days=sum(past),
        reviews=sum(tally.reviews for tally in tallies) + sum(one.reviews for one in earlier),
        history=past,
        retention_7_days=retention(tallies, since=day - 6),
        retention_30_days=retention(tallies, since=day - 29),
        retention=retention(tallies, earlier=earlier),
        stability=standing.stability / standing.known if standing.known else None,
        difficulty=standing.difficulty / standing.known if standing.known else None,
        recall=standing.recall / standing.known if standing.known else None,
        seconds_today=sum(tally.milliseconds for tally in tallies if tally.day == day) / 1000,
        seconds=(sum(tally.milliseconds for tally in tallies) + sum(one.milliseconds for one in earlier)) / 1000,
    )


def standing(states: Iterable[MemoryState], *, day: int, weights: tuple[float, ...] = ()) -> Standing:
    """Return how cards in these states stand on ``day``; the store gives the same of a whole deck, and quicker."""
    states = list(states)
    awake = [state for state in states if not state.suspended]
    in_review = [state for state in awake if state.phase is Phase.REVIEW]
    known = [state for state in states if state.stability > 0]
    return Standing(
        learning=sum(state.phase in (Phase.LEARNING, Phase.RELEARNING) for state in awake),
        in_review=len(in_review),
        mature=sum(is_mature(state) for state in in_review),
        suspended=len(states) - len(awake),
        known=len(known),
        stability=sum(state.stability for state in known),
        difficulty=sum(state.difficulty for state in known),
        recall=sum(retrievability(state, day=day, weights=weights) for state in known),
        coming=forecast(in_review, day=day),
    )


def together(standings: Collection[Standing]) -> Standing:
    """Return the standing of all cards of which these are parts."""
    counts = {name: sum(getattr(one, name) for one in standings) for name in Standing.__struct_fields__ if name != "coming"}
    coming = [sum(one.coming[days] for one in standings) for days in range(FORECAST_DAYS + 1)]
    return Standing(**counts, coming=tuple(coming))


def is_mature(state: MemoryState) -> bool:
    """Return whether the card's interval, from its last review to when it is due, is of ``MATURE_DAYS`` or more."""
    return state.due_day is not None and state.last_day is not None and state.due_day - state.last_day >= MATURE_DAYS


def forecast(in_review: Iterable[MemoryState], *, day: int) -> tuple[int, ...]:
    """Return how many reviews are due today (with what is overdue) and on each of the ``FORECAST_DAYS`` days after."""
    counts = [0] * (FORECAST_DAYS + 1)
    for state in in_review:
        if state.due_day is not None and state.due_day - day <= FORECAST_DAYS:
            counts[max(0, state.due_day - day)] += 1
    return tuple(counts)


def history(tallies: Iterable[Tally], *, day: int) -> tuple[int, ...]:
    """Return how many reviews were given on each of the last ``FORECAST_DAYS`` days, today last."""
    counts = [0] * FORECAST_DAYS
    for tally in tallies:
        if 0 <= day - tally.day < FORECAST_DAYS:
            counts[-1 - (day - tally.day)] += tally.reviews
    return tuple(counts)


def retention(tallies: Iterable[Tally], *, earlier: Iterable[Past] = (), since: int = 0) -> float | None:
    """Return the share of reviews from day ``since`` on, and in ``earlier``, of cards in review, not rated Again; None of none."""
    counted: list[Tally | Past] = [*(tally for tally in tallies if tally.day >= since), *earlier]
    reviews, kept = sum(one.asked for one in counted), sum(one.kept for one in counted)
    return kept / reviews if reviews else None


def streaks(days: Collection[int], *, day: int) -> tuple[int, int]:
    """Return the present and the longest run of days in a row; the present one ends on ``day`` or the day before."""
    present = longest = run = 0
    before = None
    for one in sorted(set(days)):
        run = run + 1 if before is not None and one - before == 1 else 1
        longest = max(longest, run)
        present = run if day - 1 <= one <= day else present
        before = one
    return present, longest
