"""The catalogue: every card of the shelf, to be searched, looked at, flagged and set aside, whether it is due or not."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from quizzer.core import scheduling
from quizzer.core.errors import DeckError
from quizzer.core.ids import deck_of
from quizzer.core.model import Act, Card, MemoryState, Source
from quizzer.settings import Settings
from quizzer.store import MovedError, Progress
from quizzer.study import agenda
from quizzer.study.figures import BrokenDeck
from quizzer.study.library import Library
from quizzer.study.logbook import Logbook, stored
from quizzer.study.past import CardPast, card_past
from quizzer.study.searching import LIMIT, FoundCard, Seeker, parsed


class LookedAt(msgspec.Struct, frozen=True, kw_only=True):
    """A card, how it stands with the learner on study day ``day``, and the sources of its deck by their ids."""

    card: Card
    found: FoundCard
    state: MemoryState
    day: int
    sources: Mapping[str, Source]


class Catalogue:
    """All cards of the decks as they were when it was opened. Made by ``Shelf.catalogue``.

    Methods that name a card raise DeckError where no deck has it (any more), and ProgressError as ``Progress`` does.
    """

    def __init__(self, library: Library, progress: Progress, logbook: Logbook, *, settings: Settings) -> None:
        self._library = library
        self._progress = progress
        self._logbook = logbook
        self._settings = settings
        self._open()

    def reread(self) -> None:
        """Look at the decks as they are now."""
        self._open()

    def _open(self) -> None:
        self._index, decks = self._library.searchable()
        self._decks = {dealt.deck.id: dealt for dealt in decks.values()}
        self._seeker = Seeker(self._index, decks, self._progress, settings=self._settings)

    @property
    def cards(self) -> int:
        """How many cards there are to search."""
        return sum(len(dealt.places) for dealt in self._decks.values())

    @property
    def broken(self) -> list[BrokenDeck]:
        """The decks that cannot be read now, and so not be searched."""
        return [BrokenDeck(path=str(path), message=one) for path, one in self._library.decks().items() if isinstance(one, str)]

    def search(self, text: str, *, limit: int = LIMIT) -> Sequence[FoundCard]:
        """Return the first ``limit`` cards that ``text`` finds, in the order of the decks; of a text without words, none.

        ``quizzer.study.searching`` tells what may be typed.
        """
        found = self._seeker.found(parsed(text), limit=limit, day=self._day)
        if self._index.lost:  # damaged, as it turned out: all over again with one that is whole
            self._open()
            found = self._seeker.found(parsed(text), limit=limit, day=self._day)
        return found

    def look(self, name: str) -> LookedAt:
        """Return the card of that id."""
        card = self._card(name)
        dealt = self._decks[card.deck]
        day, state = self._day, self._progress.state(name) or MemoryState()
        found = self._seeker.row(dealt, card, day=day)
        return LookedAt(card=card, found=found, state=state, day=day, sources=dealt.sources)

    def past(self, name: str) -> CardPast:
        """Return all that was done to the card."""
        entries = self._progress.entries(card=name)
        return card_past(self._card(name), entries, zone=self._logbook.zone, weights=agenda.weights(self._progress))

    def flag(self, name: str) -> LookedAt:
        """Flag the card, or take its flag away."""
        return self._do(name, lambda _: Act.UNFLAG if self._progress.flagged(name) else Act.FLAG)

    def suspend(self, name: str) -> LookedAt:
        """Suspend the card; one that is suspended is brought back."""
        return self._do(name, lambda state: Act.UNSUSPEND if state.suspended else Act.SUSPEND)

    @property
    def _day(self) -> int:
        return self._logbook.day(self._logbook.now())

    def _card(self, name: str) -> Card:
        dealt = self._decks.get(deck_of(name))
        card = dealt.card(name) if dealt else None
        if card is None:
            raise DeckError(f"no deck has a card {name!r} any more. Search again.")
        return card

    def _do(self, name: str, act_on: Callable[[MemoryState], Act]) -> LookedAt:
        try:
            self._write(name, act_on)
        except MovedError:  # another program wrote meanwhile: the card may stand elsewhere
            self._write(name, act_on)
        return self.look(name)

    def _write(self, name: str, act_on: Callable[[MemoryState], Act]) -> None:
        card, version = self._card(name), self._progress.version
        state = self._progress.state(name) or MemoryState()
        entry = self._logbook.entry(act_on(state), card)
        after = scheduling.apply(state, entry, weights=agenda.weights(self._progress))
        self._progress.record_all([(entry, stored(after))], version=version)
