"""A deck with its cards dealt: all at once where its file was read, one by one where the index of decks keeps them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer import deckfile
from quizzer.core.kinds import Deck, Question
from quizzer.core.model import Answer, Card, Part, Source

if TYPE_CHECKING:
    from quizzer.core.grading import KnownAnswers


class Dealt:
    """A deck and its cards, dealt once. ``deck`` may come without its questions: ask for cards here.

    ``path`` is its file, where it came from one.
    """

    def __init__(self, deck: Deck, path: Path | None = None) -> None:
        self.deck = deck
        self.path = path

    @property
    def folder(self) -> Path | None:
        """Where its images are; None: nowhere."""
        return deckfile.image_folder(self.path) if self.path else None

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Every card by its id, in the order of the deck. Who needs a few asks ``card`` for them."""
        return {card.id: card for card in self.deck.cards()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of every card in the deck, from 0, by its id and in that order."""
        return {name: place for place, name in enumerate(self.cards)}

    @property
    def names(self) -> Sequence[str]:
        """The ids of the cards, in the order of the deck."""
        return list(self.places)

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def card(self, name: str) -> Card | None:
        """Return the card of that id; None: the deck deals none."""
        return self.cards.get(name)

    def question(self, id_: str) -> Question | None:
        """Return the question of that id, as its author wrote it; None: the deck has none."""
        return next((one for one in self.deck.questions if one.id == id_), None)

    def fingerprint(self, name: str) -> str:
        """Return the fingerprint of the key of a card of the deck."""
        return self.cards[name].fingerprint

    def topics(self, name: str) -> frozenset[str]:
        """Return what a card of the deck is asked about."""
        return topics_of(self.cards[name])

    def siblings(self, name: str) -> Iterator[str]:
        """Yield the cards of the question that ``name`` is a card of, this one among them."""
        question = question_in(name)
        if question in self:
            yield question
        gap = 1
        while (sibling := f"{question}#{gap}") in self:
            yield sibling
            gap += 1

    @cached_property
    def known(self) -> "KnownAnswers":
        """Every answer of the deck, wrong options among them, prepared for the grader when a response is first typed."""
        from quizzer.core.grading import KnownAnswers  # the grader is loaded when something is typed

        return KnownAnswers(
            (
                answer
                for card in self.cards.values()
                for answer in (card.answer, *(Answer((Part(text, (), card.answer.parts[0].type),)) for text in card.distractors))
            ),
            language=self.deck.language,
        )

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The deck's sources by id."""
        return {source.id: source for source in self.deck.sources}


def question_in(card: str) -> str:
    """Return the question's name among those of all decks, told from a card's id: all before the number of its gap."""
    return card.partition("#")[0] if "#" in card else card


def topics_of(card: Card) -> frozenset[str]:
    """Return what the card is asked about: its tags, and the passages of its deck's sources that its key stands in.

    Each as twelve hex digits that are the same for the same topic: they are compared, never shown.
    """
    passages = (f"{card.deck}/{piece.source}/{piece.passage or piece.quote}" for piece in card.evidence)
    return frozenset(_digest(topic) for topic in (*(f"#{tag}" for tag in card.tags), *passages))


def _digest(topic: str) -> str:
    return hashlib.blake2b(topic.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
