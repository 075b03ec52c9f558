"""Events of a deck in their order in time: one question of what the dated facts, merged, say for certain."""

from collections.abc import Iterator, Sequence

from quizzer.news.facts import Fact


def courses(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield facts that ask for the order of events, made of dated facts of the deck."""
    yield from ()
