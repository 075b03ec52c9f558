"""The figures that `quizzer stats` and `quizzer due` print and the app shows."""

from collections.abc import Sequence

import msgspec

from quizzer.core import scheduling, stats
from quizzer.core.model import Standing, Tally
from quizzer.core.stats import DeckFigures
from quizzer.store import Progress
from quizzer.study import agenda
from quizzer.study.agenda import Dealt
from quizzer.study.marked import MarkedCard
from quizzer.study.preparing import DeckTest


class BrokenDeck(msgspec.Struct, frozen=True, kw_only=True):
    """A file that cannot be studied, and the line that says why."""

    path: str
    message: str


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """All decks together, each deck, and streaks in study days; history counts decks that are gone too."""

    overall: DeckFigures
    decks: tuple[DeckFigures, ...]
    broken: tuple[BrokenDeck, ...]
    streak: int
    longest_streak: int
    tests: tuple[DeckTest, ...] = ()
    leeches: tuple[MarkedCard, ...] = ()


class DueRow(msgspec.Struct, frozen=True, kw_only=True):
    """What waits in a deck.

    Today's, limits and kept-apart siblings taken off; then reviews due tomorrow, and on the seven days from tomorrow on.
    """

    id: str
    title: str
    new: int
    learning: int
    due: int
    tomorrow: int
    next_7_days: int


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What waits in every deck, and the tests to come."""

    decks: tuple[DueRow, ...]
    broken: tuple[BrokenDeck, ...]
    tests: tuple[DeckTest, ...] = ()


class Standings:
    """How the decks' cards stand, worked out anew only of decks that changed since they were last asked for."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._known: dict[str, tuple[object, Standing]] = {}

    def of(self, dealt: Dealt, *, day: int, weights: tuple[float, ...]) -> Standing:
        """Return how the deck's cards stand on ``day``; cards that were taken out of the deck do not count."""
        deck = dealt.deck.id
        at = (dealt, self._progress.changes(deck), day, weights)
        known = self._known.get(deck)
        if known is None or known[0] != at:
            known = self._known[deck] = at, _standing(self._progress, dealt, day=day, weights=weights)
        return known[1]


def _standing(progress: Progress, dealt: Dealt, *, day: int, weights: tuple[float, ...]) -> Standing:
    deck, curve = dealt.deck.id, scheduling.forgetting(weights)
    stands, names = progress.standing(deck, day=day, days=stats.FORECAST_DAYS, mature=stats.MATURE_DAYS, curve=curve)
    if names <= dealt.places.keys():
        return stands
    states = (state for name, state in progress.states(deck).items() if name in dealt.places)
    return stats.standing(states, day=day, weights=weights)


def figures(progress: Progress, decks: Sequence[Dealt], *, standings: Standings, broken: Sequence[BrokenDeck], day: int) -> Figures:
    """Return the figures of ``decks`` on study day ``day``."""
    recent = day - stats.FORECAST_DAYS
    tallies, past = progress.tallies(since_day=recent), progress.past(before_day=recent)
    weights = agenda.weights(progress)
    by_deck: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_deck.setdefault(tally.deck, []).append(tally)
    past_by_deck = {one.deck: [one] for one in past}
    rows, stand = [], []
    for dealt in decks:
        stands = standings.of(dealt, day=day, weights=weights)
        stand.append(stands)
        rows.append(
            stats.deck_figures(
                deck=dealt.deck.id,
                title=dealt.deck.title,
                total=len(dealt.places),
                standing=stands,
                tallies=by_deck.get(dealt.deck.id, []),
                earlier=past_by_deck.get(dealt.deck.id, []),
                day=day,
            )
        )
    overall = stats.deck_figures(
        deck="",
        title="All decks",
        total=sum(row.total for row in rows),
        standing=stats.together(stand),
        tallies=tallies,
        earlier=past,
        day=day,
    )
    streak, longest = stats.streaks(progress.review_days(), day=day)
    return Figures(overall=overall, decks=tuple(rows), broken=tuple(broken), streak=streak, longest_streak=longest)
