"""Which sets of words share much with a given one, found without comparing each with each.

Two sets that share enough cannot both do without their rarest words; so only sets with a rare word in common are looked at.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator


class Near:
    """Numbered sets of words; ``of`` hands back every one that may be near, and few that are not.

    Near are sets that have in common at least ``share`` (over 0, to 1) of the words of the smaller one, or with ``both`` of the
    words of either. ``all_words`` are the sets that will be asked about, from which it learns which words are rare.
    """

    def __init__(self, all_words: Iterable[Collection[str]], *, share: float, both: bool = False) -> None:
        self._counts = Counter(word for words in all_words for word in words)
        self._share = share
        self._both = both
        self._by_rare: dict[str, list[int]] = defaultdict(list)
        self._by_any: dict[str, list[int]] = defaultdict(list)

    def add(self, words: Collection[str], number: int) -> None:
        """Add a set under its number."""
        for word in self._rare(words):
            self._by_rare[word].append(number)
        if not self._both:
            for word in words:
                self._by_any[word].append(number)

    def of(self, words: Collection[str]) -> list[int]:
        """Return the numbers, in order, of all sets added that are near ``words``, and of some that are not."""
        return sorted(set(self._hits(words)))

    def _hits(self, words: Collection[str]) -> Iterator[int]:
        rare = self._rare(words)
        for word in rare if self._both else words:
            yield from self._by_rare.get(word, ())
        if not self._both:
            for word in rare:
                yield from self._by_any.get(word, ())

    def _rare(self, words: Collection[str]) -> list[str]:
        """Return so many of the rarest words that a set without them all cannot share enough."""
        size = len(words)
        enough = math.ceil(self._share * size - 1e-9)
        return sorted(words, key=lambda word: (self._counts[word], word))[: size - enough + 1]
