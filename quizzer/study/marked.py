"""Cards that stand out: flagged by the learner, or forgotten again and again."""

from collections.abc import Sequence

import msgspec

from quizzer.core.ids import deck_of
from quizzer.core.leeches import is_leech
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study.agenda import Dealt, study_of


class MarkedCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card that stands out; ``lapses`` says how often it was forgotten once it was known."""

    card: str
    deck: str
    stem: str
    lapses: int
    suspended: bool


def flagged(progress: Progress, decks: Sequence[Dealt]) -> list[MarkedCard]:
    """Return the flagged cards of the decks, in their order."""
    names = progress.flagged()
    return [row for dealt in decks for row in _rows(progress, dealt) if row.card in names] if names else []


def leeches(progress: Progress, decks: Sequence[Dealt], *, settings: Settings) -> list[MarkedCard]:
    """Return the leeches of the decks, the most forgotten first."""
    thresholds = {dealt.deck.id: study_of(dealt, settings).leech_threshold for dealt in decks}
    forgotten: dict[str, dict[str, tuple[int, bool]]] = {}
    for name, lapses, suspended in progress.often_forgotten(least=min(filter(None, thresholds.values()), default=1)):
        forgotten.setdefault(deck_of(name), {})[name] = lapses, suspended
    found = []
    for dealt in decks:
        often = {
            name: one for name, one in forgotten.get(dealt.deck.id, {}).items() if is_leech(one[0], threshold=thresholds[dealt.deck.id])
        }
        for name, card in dealt.cards.items() if often else ():
            if name in often:
                lapses, suspended = often[name]
                found.append(MarkedCard(card=name, deck=card.deck, stem=card.stem, lapses=lapses, suspended=suspended))
    return sorted(found, key=lambda row: -row.lapses)


def _rows(progress: Progress, dealt: Dealt) -> list[MarkedCard]:
    states = progress.states(dealt.deck.id)
    rows = []
    for name, card in dealt.cards.items():
        state = states.get(name)
        rows.append(
            MarkedCard(
                card=name,
                deck=card.deck,
                stem=card.stem,
                lapses=state.lapses if state else 0,
                suspended=bool(state and state.suspended),
            )
        )
    return rows
