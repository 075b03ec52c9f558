"""Which sets of words share much with a given one, found without comparing each with each.

Two sets that share enough cannot both do without their rarest words; so only sets with a rare word in common are looked at. The
time for each is bounded: words that stand in more than ``COMMON`` sets lead nowhere, so that in a deck of that many questions
two that have nothing rarer in common are not found near.

Source: prefix and positional filters as in Xiao et al., "Efficient similarity joins for near-duplicate detection" (2011).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

COMMON = 250
_SLACK = 1e-9  # for shares that floating point falls short of


class Near:
    """Numbered sets of words; ``of`` hands back every one that may be near, and few that are not.

    Near are sets that have in common at least ``share`` (over 0, to 1) of the words of the smaller one, or with ``both`` of the
    words of both together. ``all_words`` are the sets that will be asked about, from which it learns which words are rare.
    """

    def __init__(self, all_words: Iterable[Collection[str]], *, share: float, both: bool = False) -> None:
        self._counts = Counter(word for words in all_words for word in words)
        self._share = share
        self._both = both
        self._by_rare: dict[str, list[tuple[int, int, int]]] = defaultdict(list)  # number, place of the word, words of the set
        self._by_any: dict[str, list[int]] = defaultdict(list)

    def add(self, words: Collection[str], number: int) -> None:
        """Add a set under its number."""
        for place, word in enumerate(self._rare(words)):
            if len(found := self._by_rare[word]) <= COMMON:
                found.append((number, place, len(words)))
        if not self._both:
            for word in words:
                if len(known := self._by_any[word]) <= COMMON:
                    known.append(number)

    def of(self, words: Collection[str]) -> list[int]:
        """Return the numbers, in order, of all sets added that are near ``words``, and of some that are not."""
        return sorted(set(self._of_both(words) if self._both else self._of_smaller(words)))

    def _of_smaller(self, words: Collection[str]) -> Iterator[int]:
        for word in words:
            if len(rare := self._by_rare.get(word, ())) <= COMMON:
                yield from (number for number, _, _ in rare)
        for word in self._rare(words):
            if len(found := self._by_any.get(word, ())) <= COMMON:
                yield from found

    def _of_both(self, words: Collection[str]) -> Iterator[int]:
        shared: dict[int, int] = {}  # how many words so far; below 0: it cannot be enough
        size, passed = len(words), 0
        part = self._share / (1 + self._share)
        for place, word in enumerate(self._rare(words)):
            found = self._by_rare.get(word, ())
            if len(found) > COMMON:
                passed += 1
                continue
            for number, other_place, other in found:
                so_far = shared.get(number, 0)
                if so_far >= 0:
                    at_most = so_far + passed + min(size - place, other - other_place)
                    shared[number] = so_far + 1 if at_most + _SLACK >= part * (size + other) else -1
        return (number for number, count in shared.items() if count > 0)

    def _rare(self, words: Collection[str]) -> list[str]:
        """Return so many of the rarest words, the rarest first, that a set without them all cannot share enough."""
        size = len(words)
        enough = math.ceil(self._share * size - _SLACK)
        return sorted(words, key=lambda word: (self._counts[word], word))[: size - enough + 1]
