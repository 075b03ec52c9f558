"""Cards that stand out: flagged by the learner, or forgotten again and again."""

from collections.abc import Sequence

import msgspec

from quizzer.core.ids import deck_of
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
    found, names = [], progress.flagged()
    for dealt in decks:
        for name in sorted(names & dealt.places.keys(), key=dealt.places.__getitem__):
            state = progress.state(name) or MemoryState()
            found.append(_row(dealt, name, state.lapses, state.suspended))
    return found


def leeches(progress: Progress, decks: Sequence[Dealt], *, settings: Settings) -> list[MarkedCard]:
    """Return the leeches of the decks, the most forgotten first."""
    thresholds = {dealt.deck.id: study_of(dealt, settings).leech_threshold for dealt in decks}
    forgotten: dict[str, dict[str, tuple[int, bool]]] = {}
    for name, lapses, suspended in progress.often_forgotten(least=min(filter(None, thresholds.values()), default=1)):
        forgotten.setdefault(deck_of(name), {})[name] = lapses, suspended
    found = []
    for dealt in decks:
        often, threshold = forgotten.get(dealt.deck.id, {}), thresholds[dealt.deck.id]
        names = [name for name, (lapses, _) in often.items() if name in dealt and is_leech(lapses, threshold=threshold)]
        found += [_row(dealt, name, *often[name]) for name in sorted(names, key=dealt.places.__getitem__)]
    return sorted(found, key=lambda row: -row.lapses)


def _row(dealt: Dealt, name: str, lapses: int, suspended: bool) -> MarkedCard:
    card = dealt.card(name)
    return MarkedCard(card=name, deck=dealt.deck.id, stem=card.stem if card else "", lapses=lapses, suspended=suspended)
