"""What to ask next.

Pure: plain values in, a card's id out. A ``DeckDay`` is a deck as it stands on a study day; ``line_up`` makes of several the
line of reviews and new cards, within the limits and with siblings kept apart; a ``Queue`` weaves learning cards into it as
they come due. Building costs n log n of what is due; asking for the next card does not depend on how many there are.

Of cards many thousands are made at once (``gc=False``: the collector need not walk them, there are no circles in them).
"""

import hashlib
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, count, islice
from operator import itemgetter
from typing import TypeVar

import msgspec

LEARN_AHEAD = timedelta(minutes=20)
REACH = 24  # places: a card is moved up by no more, to keep others apart
LONG_DUE = datetime(1970, 1, 1, tzinfo=UTC)  # of a learning card that is due on the study day as a whole


class Learning(msgspec.Struct, frozen=True, order=True, gc=False):
    """A card in its (re)learning steps, and the instant at which the step is over."""

    due_at: datetime
    card: str
    question: str


class Review(msgspec.Struct, frozen=True, gc=False):
    """A card due for review today, or before today; ``topics`` is what it is asked about."""

    card: str
    question: str
    due_day: int
    topics: frozenset[str] = frozenset()


class Fresh(msgspec.Struct, frozen=True, gc=False):
    """A card never answered."""

    card: str
    question: str
    topics: frozenset[str] = frozenset()


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What was known of a card that was settled: where it stood in the queue, and whether it comes back."""

    card: str
    question: str
    returns_at: datetime | None
    step: Learning | None
    in_line: bool
    new: bool


class DeckDay(msgspec.Struct, frozen=True, kw_only=True):
    """What may be asked of one deck on one study day: nothing suspended, nothing buried.

    ``fresh`` is in the order of the deck, and read only as far as the limit asks. ``asked`` says of which questions a card was
    answered today, and which; ``new_left`` and ``reviews_left`` are what the day's limits still allow. Questions are named uniquely
    over all decks. Before a test siblings share a day where they must: with ``all_new``, where there are fewer questions than
    ``new_left`` asks cards of; with ``all_due``, when they are due.
    """

    learning: Sequence[Learning] = ()
    reviews: Sequence[Review] = ()
    fresh: Iterable[Fresh] = ()
    asked: Mapping[str, str] = {}
    new_left: int = 0
    reviews_left: int = 0
    all_new: bool = False
    all_due: bool = False


_Card = TypeVar("_Card", Review, Fresh)
_Topical = TypeVar("_Topical", bound=Review | Fresh)
_T = TypeVar("_T")


def line_up(decks: Sequence[DeckDay], *, day: int, learner: str) -> "Queue":
    """Return the queue of the decks for one learner and day: always the same one for the same values."""
    placed: list[tuple[int, bytes, int, Review]] = []  # reviews by what orders them
    fresh: list[list[Fresh]] = []
    shuffled, numbers = _shuffler(learner, day), count()  # none alike: no two cards are compared
    for deck in decks:
        taken = {**deck.asked, **{card.question: card.card for card in deck.learning}}
        by_due = sorted([(card.due_day, shuffled(card.card), next(numbers), card) for card in deck.reviews])
        due = [one[3] for one in by_due]
        due = due[: deck.reviews_left] if deck.all_due else _one_a_question(due, taken, deck.reviews_left)
        if len(due) < len(by_due):
            kept = {id(card) for card in due}
            by_due = [one for one in by_due if id(one[3]) in kept]
        placed += by_due
        unseen = list(deck.fresh) if deck.all_new else deck.fresh
        new = _one_a_question(unseen, {**taken, **{card.question: card.card for card in due}}, deck.new_left)
        if deck.all_new and len(new) < deck.new_left:
            chosen = {card.card for card in new}
            new += [card for card in unseen if card.card not in chosen][: deck.new_left - len(new)]
        fresh.append(new)
    reviews = [one[3] for one in sorted(placed)]
    all_new = _interleave(fresh)
    both: list[list[Review | Fresh]] = [[*reviews], [*all_new]]
    line = [card.card for card in apart(_interleave(both))]
    return Queue(line, new=(card.card for card in all_new), learning=chain.from_iterable(deck.learning for deck in decks))


class Queue:
    """The cards of a session, each asked in its turn.

    Learning cards that are due come first, then the line, then (when nothing else is left) learning cards due within
    ``LEARN_AHEAD``; never the same card twice running while another can be asked.
    """

    def __init__(self, line: Sequence[str], *, new: Iterable[str] = (), learning: Iterable[Learning] = ()) -> None:
        self._line = line
        self._at = 0
        self._in_line = dict.fromkeys(line)
        self._new = set(new)
        self._learning = sorted(learning)
        self._steps = {card.card: card for card in self._learning}

    def next(self, now: datetime, *, last: str = "") -> str | None:
        """Return the card to ask at ``now`` when ``last`` was asked before; None when none is left for now."""
        step = self._steps.get(last)
        card = self._next(now, last=last, back=step.due_at if step else None)
        return last if card is None and last in self._in_line else card

    def after(self, card: str, now: datetime, *, returns_at: datetime | None = None) -> str | None:
        """Return what ``next`` will give at ``now`` once ``card`` is ``settle``d in this way."""
        return self._next(now, last=card, back=returns_at)

    def _next(self, now: datetime, *, last: str, back: datetime | None) -> str | None:
        other = next((step for step in self._learning[:2] if step.card != last), None)
        if other and other.due_at <= now:
            return other.card
        for place in range(self._at, len(self._line)):  # past ``last``, and a card asked out of its turn: a few at the most
            if (card := self._line[place]) in self._in_line and card != last:
                return card
        ahead = now + LEARN_AHEAD
        if other and other.due_at <= ahead:
            return other.card
        return last if back is not None and back <= ahead else None

    def settle(self, card: str, *, question: str = "", returns_at: datetime | None = None) -> "Settled":
        """Take ``card`` out, and put it back among the learning cards when it ``returns_at`` an instant.

        Returns what ``unsettle`` asks for.
        """
        was = Settled(
            card=card,
            question=question,
            returns_at=returns_at,
            step=self._steps.get(card),
            in_line=card in self._in_line,
            new=card in self._new,
        )
        if step := self._steps.pop(card, None):
            del self._learning[bisect_left(self._learning, step)]
        self._in_line.pop(card, None)
        self._new.discard(card)
        while self._at < len(self._line) and self._line[self._at] not in self._in_line:
            self._at += 1
        if returns_at is not None:
            step = Learning(returns_at, card, question)
            insort(self._learning, step)
            self._steps[card] = step
        return was

    def unsettle(self, was: "Settled") -> None:
        """Put a card back to where it was before it was settled."""
        card = was.card
        if step := self._steps.pop(card, None):
            del self._learning[bisect_left(self._learning, step)]
        if was.step is not None:
            insort(self._learning, was.step)
            self._steps[card] = was.step
        if was.new:
            self._new.add(card)
        if was.in_line:
            self._in_line[card] = None
            if card in self._line:
                self._at = min(self._at, self._line.index(card))
            else:  # one asked out of its turn took the front since
                self._line, self._at = [card, *self._line[self._at :]], 0

    def insist(self, card: str, *, new: bool, siblings: Iterable[str] = ()) -> None:
        """Make sure ``card`` is asked: where it was not to be asked at all, first in the line and in place of its ``siblings`` there."""
        if card not in self:
            for sibling in siblings:
                self._in_line.pop(sibling, None)
                self._new.discard(sibling)
            self._line = [card, *self._line[self._at :]]
            self._at = 0
            self._in_line[card] = None
            if new:
                self._new.add(card)

    @property
    def asked(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """What is still to be asked: the cards of the line, those of them never answered, and those in their steps."""
        return frozenset(self._in_line), frozenset(self._new), frozenset(self._steps)

    def __contains__(self, card: object) -> bool:
        return card in self._in_line or card in self._steps

    @property
    def wakes_at(self) -> datetime | None:
        """The instant from which ``next`` gives the earliest learning card; None without any."""
        return self._learning[0].due_at - LEARN_AHEAD if self._learning else None

    @property
    def new(self) -> int:
        """How many cards never answered are still to be asked."""
        return len(self._new)

    @property
    def learning(self) -> int:
        """How many cards are in their steps."""
        return len(self._learning)

    @property
    def reviews(self) -> int:
        """How many reviews are still to be asked."""
        return len(self._in_line) - len(self._new)


def _one_a_question(cards: Iterable[_Card], taken: Mapping[str, str], limit: int) -> list[_Card]:
    """Return the first card of each question that no other card has ``taken`` today, ``limit`` at the most."""
    kept: dict[str, _Card] = {}
    for card in cards if limit > 0 else ():
        question = card.question
        if question not in kept and (question not in taken or taken[question] == card.card):
            kept[question] = card
            if len(kept) == limit:
                break
    return list(kept.values())


def apart(cards: Iterable[_Topical]) -> list[_Topical]:
    """Return the same cards, none beside one it shares a topic with where one of the ``REACH`` next to it shares fewer.

    The order is kept but for that, and for topics that make up half of what is near: of those, one comes whenever it can, so that
    they are not left over. (What was asked about just before is easier recalled than it will be later.)
    """
    every = list(cards)
    if not any(card.topics for card in every):
        return every
    coming = iter(every)
    near = list(islice(coming, REACH))
    counts = Counter(chain.from_iterable(card.topics for card in near))
    line: list[_Topical] = []
    while near:
        before = line[-1].topics if line else frozenset()
        crowded = {topic for topic, count in counts.items() if 2 * count >= len(near)} if before else set()
        chosen = 0
        if crowded or before & near[0].topics:
            chosen = min(range(len(near)), key=lambda n: (len(before & near[n].topics), -len(crowded & near[n].topics), n))
        line.append(near.pop(chosen))
        for topic in line[-1].topics:
            if counts[topic] == 1:
                del counts[topic]
            else:
                counts[topic] -= 1
        for card in islice(coming, 1):
            near.append(card)
            for topic in card.topics:
                counts[topic] += 1
    return line


def _interleave(lists: Sequence[Sequence[_T]]) -> list[_T]:
    """Return all of the lists, each in its own order, each spread evenly over the whole."""
    if len(lists) == 1:
        return list(lists[0])
    spread = (((place + 0.5) / len(one), rank, item) for rank, one in enumerate(lists) for place, item in enumerate(one))
    return [item for _, _, item in sorted(spread, key=itemgetter(0, 1))]


def _shuffler(learner: str, day: int) -> Callable[[str], bytes]:
    """Return what gives a card eight bytes by which the learner's cards of that day are shuffled: the digest of all three."""
    begun = hashlib.blake2b(f"{learner}\x1f{day}\x1f".encode("utf-8", "surrogatepass"), digest_size=8)

    def shuffled(card: str) -> bytes:
        hashed = begun.copy()
        hashed.update(card.encode("utf-8", "surrogatepass"))
        return hashed.digest()

    return shuffled
