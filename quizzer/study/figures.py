"""The figures that `quizzer stats` and `quizzer due` print and the app shows."""

from collections.abc import Mapping, Sequence

import msgspec

from quizzer.core import stats
from quizzer.core.model import MemoryState, Tally
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


def figures(progress: Progress, decks: Sequence[Dealt], *, broken: Sequence[BrokenDeck], day: int) -> Figures:
    """Return the figures of ``decks`` on study day ``day``."""
    recent = day - stats.FORECAST_DAYS
    tallies, past = progress.tallies(since_day=recent), progress.past(before_day=recent)
    weights = agenda.weights(progress)
    by_deck: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_deck.setdefault(tally.deck, []).append(tally)
    past_by_deck = {one.deck: [one] for one in past}
    rows, all_states = [], []
    for dealt in decks:
        states = _of_cards(progress.states(dealt.deck.id), dealt)
        all_states += states
        rows.append(
            stats.deck_figures(
                deck=dealt.deck.id,
                title=dealt.deck.title,
                total=len(dealt.places),
                states=states,
                tallies=by_deck.get(dealt.deck.id, []),
                earlier=past_by_deck.get(dealt.deck.id, []),
                day=day,
                weights=weights,
            )
        )
    overall = stats.deck_figures(
        deck="",
        title="All decks",
        total=sum(row.total for row in rows),
        states=all_states,
        tallies=tallies,
        earlier=past,
        day=day,
        weights=weights,
    )
    streak, longest = stats.streaks(progress.review_days(), day=day)
    return Figures(overall=overall, decks=tuple(rows), broken=tuple(broken), streak=streak, longest_streak=longest)


def _of_cards(states: Mapping[str, MemoryState], dealt: Dealt) -> list[MemoryState]:
    return [state for name, state in states.items() if name in dealt.places]
