"""Where a quote begins in its article: looked up in the passage, in other passages of the deck, and in the article where it is at hand."""

from collections.abc import Mapping

import msgspec

from quizzer.authoring import placing
from quizzer.core.kinds import Deck
from quizzer.core.model import Evidence


class Quotes:
    """The passages of a deck and the texts of articles, by the ids of sources."""

    def __init__(self, deck: Deck | None, articles: Mapping[str, str]) -> None:
        self._deck = deck
        self._articles = articles

    @property
    def only(self) -> str:
        """The id of the deck's source, where it has but one; else ""."""
        return self._deck.sources[0].id if self._deck and len(self._deck.sources) == 1 else ""

    def placed(self, before: Evidence | None, after: Evidence) -> Evidence:
        """Return the evidence ``after`` a change with its place; where that cannot be told, with none.

        A passage that does not hold the quote gives way to one that does, where one is known; else it stays, to be mended.
        """
        if not after.source and self.only:
            after = msgspec.structs.replace(after, source=self.only)
        if before is not None and (before.source, before.quote) == (after.source, after.quote):
            return after
        if not after.quote:
            return after
        if before is not None and before.source != after.source:
            after = msgspec.structs.replace(after, passage="", passage_start=None)
        article = self._articles.get(after.source)
        if article is not None:
            wanted = msgspec.structs.replace(after, passage=after.passage or (after.quote if self._shows_passages else ""))
            found = placing.placed(wanted, article)
            if found is not None and found.quote == after.quote:
                return found
        if after.passage:
            at = _find(after, after.passage, after.passage_start)
            if at >= 0:
                return msgspec.structs.replace(after, start=None if after.passage_start is None else after.passage_start + at)
        for passage, start in self._passages(after.source):
            at = _find(after, passage, start)
            if at >= 0:
                return msgspec.structs.replace(after, start=start + at, passage=passage, passage_start=start)
        return msgspec.structs.replace(after, start=None)

    @property
    def _shows_passages(self) -> bool:
        return any(one.passage for question in (self._deck.questions if self._deck else ()) for one in question.evidence)

    def _passages(self, source: str) -> dict[tuple[str, int], None]:
        found = ((one.passage, one.passage_start, one.source) for question in self._questions for one in question.evidence)
        return {(passage, start): None for passage, start, of in found if of == source and passage and start is not None}

    @property
    def _questions(self) -> tuple:  # type: ignore[type-arg]
        return self._deck.questions if self._deck else ()


def _find(evidence: Evidence, passage: str, start: int | None) -> int:
    """Return where the quote stands in the passage, of several places the one nearest to where it was; -1 where it does not."""
    places = []
    at = passage.find(evidence.quote)
    while at >= 0:
        places.append(at)
        at = passage.find(evidence.quote, at + 1)
    if not places:
        return -1
    wanted = 0 if evidence.start is None or start is None else evidence.start - start
    return min(places, key=lambda place: abs(place - wanted))
