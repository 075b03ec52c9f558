"""Cards that stand out: flagged by the learner, or forgotten again and again."""

from collections.abc import Sequence

import msgspec

from quizzer.core.leeches import is_leech
from quizzer.core.model import MemoryState
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
    return [
        _row(dealt, name, progress.state(name))
        for dealt in decks
        for name in sorted(names & dealt.places.keys(), key=dealt.places.__getitem__)
    ]


def leeches(progress: Progress, decks: Sequence[Dealt], *, settings: Settings) -> list[MarkedCard]:
    """Return the leeches of the decks, the most forgotten first."""
    found = []
    for dealt in decks:
        threshold = study_of(dealt, settings).leech_threshold
        states = progress.states(dealt.deck.id)
        names = [name for name, state in states.items() if name in dealt and is_leech(state.lapses, threshold=threshold)]
        found += [_row(dealt, name, states[name]) for name in sorted(names, key=dealt.places.__getitem__)]
    return sorted(found, key=lambda row: -row.lapses)


def _row(dealt: Dealt, name: str, state: MemoryState | None) -> MarkedCard:
    card = dealt.card(name)
    return MarkedCard(
        card=name,
        deck=dealt.deck.id,
        stem=card.stem if card else "",
        lapses=state.lapses if state else 0,
        suspended=bool(state and state.suspended),
    )
