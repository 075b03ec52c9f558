"""Search of a learner's cards: what is typed, taken apart; and the cards it finds, as they stand with the learner.

Every text is a query: words that must all be there (the last one may be the beginning of a word), "phrases", and filters such as
``deck:zero``, ``tag:when``, ``is:due``. What looks like a filter and is none is a word.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from quizzer.core.leeches import is_leech
from quizzer.core.model import Card, MemoryState, Phase
from quizzer.settings import Settings
from quizzer.store import DeckIndex, Progress
from quizzer.study.agenda import study_of
from quizzer.study.dealt import Dealt

STATES = ("due", "new", "learning", "suspended", "flagged", "leech", "buried")
LIMIT = 50
_PIECE = re.compile(
    r'(?P<filter>deck|tag|is):(?:"(?P<quoted>[^"]*)"|(?P<value>\S+))|"(?P<phrase>[^"]*)(?P<closed>"?)|(?P<word>[^\s"]+)', re.IGNORECASE
)
_FEW, _BATCH = 16, 128  # cards of a deck that are looked up by themselves before all of it are; hits that are gone through at once
_LONGEST = 500  # characters of a query that are read


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: ``match`` in the words of the index ("": anything); decks, tags and states that a card must all have."""

    match: str = ""
    decks: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


class FoundCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card that was found. ``state`` is one of ``STATES`` or "review"; ``due_day`` is the study day it is due on, where it has one."""

    card: str
    deck: str
    deck_title: str
    question: str
    stem: str
    key: str
    state: str
    due_day: int | None
    flagged: bool
    suspended: bool


def parsed(text: str) -> Query:
    """Return what ``text`` asks for; any text is all right."""
    words: list[str] = []
    filters: list[str] = []
    decks: list[str] = []
    states: list[str] = []
    unfinished = False  # whether the last of the words may go on
    text = text[:_LONGEST].replace("\0", " ").encode("utf-8", "replace").decode()
    for piece in _PIECE.finditer(text):
        value = piece["quoted"] if piece["quoted"] is not None else piece["value"]
        kind = (piece["filter"] or "").lower()
        if kind == "deck" and value:
            decks.append(value.casefold())
        elif kind == "tag" and value and _has_letters(value):
            filters.append(f"tags : {_phrase(value)} *")
        elif kind == "is" and (value or "").lower() in STATES:
            states.append(value.lower())
        else:
            said = piece["phrase"] if piece["phrase"] is not None else piece[0]
            if _has_letters(said):
                words.append(_phrase(said))
                unfinished = not piece["closed"]
    if unfinished:
        words[-1] += " *"
    return Query(match=" AND ".join([*words, *filters]), decks=tuple(decks), states=tuple(states))


def misread(text: str, *, typing: bool = False) -> tuple[str, ...]:
    """Return what stands behind ``is:`` in ``text`` and is none of ``STATES``: it is looked for as a word.

    ``typing``: nor is the beginning of one of them.
    """
    pieces = _PIECE.finditer(text[:_LONGEST])
    said = [piece["quoted"] or piece["value"] or "" for piece in pieces if (piece["filter"] or "").lower() == "is"]
    wrong = dict.fromkeys(one for one in said if one and one.lower() not in STATES)
    return tuple(one for one in wrong if not (typing and any(state.startswith(one.lower()) for state in STATES)))


def _phrase(text: str) -> str:
    return '"' + text.replace('"', " ") + '"'


def _has_letters(text: str) -> bool:
    """Return whether there is anything the index knows in it: of punctuation it keeps nothing."""
    return any(letter.isalnum() for letter in text)


class Seeker:
    """Finds cards for one learner, as they stand with them on a study day; ``decks`` are by their numbers in the index."""

    def __init__(self, index: DeckIndex, decks: Mapping[int, Dealt], progress: Progress, *, settings: Settings) -> None:
        self._index = index
        self._decks = decks
        self._names = {number: tuple(dealt.places) for number, dealt in decks.items()}
        self._progress = progress
        self._settings = settings

    def found(self, query: Query, *, limit: int, day: int) -> list[FoundCard]:
        """Return the first ``limit`` cards that ``query`` asks for, in the order of the decks."""
        if query == Query():
            return []
        return [self.row(dealt, card, day=day) for dealt, card in islice(self._cards(query, day), max(0, limit))]

    def _cards(self, query: Query, day: int) -> Iterator[tuple[Dealt, Card]]:
        numbers = [number for number, dealt in self._decks.items() if all(_is_deck(dealt, name) for name in query.decks)]
        hits = self._places(query.match, numbers)
        if query.states:
            hits = self._standing(hits, query, day)
        for number, place in hits:
            dealt = self._decks[number]
            if card := dealt.card(self._names[number][place]):
                yield dealt, card

    def _standing(self, hits: Iterator[tuple[int, int]], query: Query, day: int) -> Iterator[tuple[int, int]]:
        """Yield the hits that have the query's states; the first few of a deck are looked up together, then all of the deck."""
        tests: dict[int, Callable[[str], bool]] = {}
        met = Counter[int]()
        while batch := list(islice(hits, _BATCH)):
            met.update(number for number, _ in batch)
            few = [query.match != "" and number not in tests and met[number] <= _FEW for number, _ in batch]
            names = [self._names[number][place] for number, place in batch]
            states = self._progress.states_of([name for name, one in zip(names, few, strict=True) if one])
            for (number, place), name, one in zip(batch, names, few, strict=True):
                dealt = self._decks[number]
                if one:
                    holds = self._stands(dealt, name, states.get(name, MemoryState()), query.states, day)
                else:
                    if number not in tests:
                        tests[number] = self._test(dealt, query.states, day)
                    holds = tests[number](name)
                if holds:
                    yield number, place

    def _places(self, match: str, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        if not match:
            for number in sorted(numbers):
                yield from ((number, place) for place in range(len(self._names[number])))
            return
        every = len(numbers) == len(self._decks)
        for number, place in self._index.search(match, numbers=None if every else numbers):
            if place < len(self._names.get(number, ())):
                yield number, place

    def _stands(self, dealt: Dealt, name: str, state: MemoryState, states: Iterable[str], day: int) -> bool:
        """Return whether the card has all these states: the same as ``_test`` tells, for one card."""
        buried = state.buried_until is not None and state.buried_until > day
        in_steps = state.phase in (Phase.LEARNING, Phase.RELEARNING)
        for wanted in states:
            match wanted:
                case "due":
                    by_day = state.due_day is not None and state.due_day <= day
                    holds = not state.suspended and not buried and (by_day or (in_steps and state.due_day is None))
                    holds = holds and state.phase is not Phase.NEW
                case "new":
                    holds = state.phase is Phase.NEW
                case "learning":
                    holds = in_steps
                case "suspended":
                    holds = state.suspended
                case "buried":
                    holds = buried
                case "flagged":
                    holds = bool(self._progress.flagged(name))
                case _:
                    holds = is_leech(state.lapses, threshold=study_of(dealt, self._settings).leech_threshold)
            if not holds:
                return False
        return True

    def _test(self, dealt: Dealt, states: Iterable[str], day: int) -> Callable[[str], bool]:
        """Return what tells whether a card of the deck has all these states."""
        found = [self._in_state(dealt, state, day) for state in dict.fromkeys(states)]
        return lambda name: all((name in names) is wanted for names, wanted in found)

    def _in_state(self, dealt: Dealt, state: str, day: int) -> tuple[set[str], bool]:
        """Return cards, and whether it is these that have the state or all others."""
        deck, progress = dealt.deck.id, self._progress
        match state:
            case "due":
                return {name for name, _ in progress.due(deck, day=day)} | {step.card for step in progress.steps(deck, day=day)}, True
            case "new":
                return set(progress.seen(deck)), False
            case "learning":
                return progress.in_steps(deck), True
            case "suspended":
                return progress.suspended(deck), True
            case "buried":
                return progress.buried(deck, day=day), True
            case "flagged":
                return progress.flagged(), True
        threshold = study_of(dealt, self._settings).leech_threshold
        return {name for name, lapses in progress.lapsed(deck).items() if is_leech(lapses, threshold=threshold)}, True

    def row(self, dealt: Dealt, card: Card, *, day: int) -> FoundCard:
        """Return the card as it stands with the learner."""
        state = self._progress.state(card.id) or MemoryState()
        return FoundCard(
            card=card.id,
            deck=dealt.deck.id,
            deck_title=dealt.deck.title,
            question=card.id.partition("/")[2],
            stem=card.stem,
            key=card.answer.key,
            state=_told(state, day=day),
            due_day=state.due_day,
            flagged=bool(self._progress.flagged(card.id)),
            suspended=state.suspended,
        )


def _is_deck(dealt: Dealt, name: str) -> bool:
    return dealt.deck.id.casefold().startswith(name) or name in dealt.deck.title.casefold()


def _told(state: MemoryState, *, day: int) -> str:
    if state.suspended:
        return "suspended"
    if state.buried_until is not None and state.buried_until > day:
        return "buried"
    if state.phase is Phase.REVIEW:
        return "due" if state.due_day is not None and state.due_day <= day else "review"
    return "new" if state.phase is Phase.NEW else "learning"
