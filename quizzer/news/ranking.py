"""Which questions a deck keeps, and their order: best first, no sort crowding out the rest, no two neighbours from one span."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from quizzer.news.facts import Fact, Frame, Happening, Sort
from quizzer.news.values import Span

SAID_SHARE = 4  # one question in four may ask who said something
FEW = 3  # so many of them a small deck may always have
PER_SPAN = 2  # questions one sentence may give

_WORTH = {Sort.WHEN: 0.0, Sort.COUNT: 0.03, Sort.ROLE: 0.02, Sort.WHERE: -0.02, Sort.DID: 0.0, Sort.SAID: 0.0, Sort.TERM: 0.01}


class Candidate(msgspec.Struct, frozen=True):
    """A fact with its stem."""

    fact: Fact
    stem: str

    @property
    def score(self) -> float:
        """How much it is worth asking, about 0 to 1."""
        frame = self.fact.frame
        weight = min(frame.weight, 16) / 160 if isinstance(frame, Frame | Happening) else 0.06
        length = abs(len(self.stem.split()) - 13) / 200
        return self.fact.confidence + _WORTH[self.fact.sort] + weight - length + 0.05 * (len(self.fact.evidence) > 1)


def choose(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Return the candidates a deck keeps, in order, and the others with the reason."""
    dropped: list[tuple[Candidate, str]] = []
    kept: list[Candidate] = []
    stems: set[str] = set()
    spans: Counter[Span] = Counter()
    asked: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: (-one.score, one.stem)):
        span = candidate.fact.evidence[0]
        if candidate.stem.lower() in stems:
            dropped.append((candidate, "the same question is asked already"))
        elif sum(count for other, count in spans.items() if _overlap(span, other)) >= PER_SPAN:
            dropped.append((candidate, "its sentence is asked about enough"))
        else:
            stems.add(candidate.stem.lower())
            spans[span] += 1
            asked.append(candidate)
    others = sum(one.fact.sort is not Sort.SAID for one in asked)
    room = {Sort.SAID: max(FEW, others // (SAID_SHARE - 1)), Sort.ROLE: max(FEW, len(asked) // SAID_SHARE)}
    for candidate in asked:
        sort = candidate.fact.sort
        if sort in room:
            if not room[sort]:
                dropped.append((candidate, f"enough questions of the sort “{sort}”"))
                continue
            room[sort] -= 1
        kept.append(candidate)
    return _spread(kept), dropped


def _spread(kept: Sequence[Candidate]) -> list[Candidate]:
    """Return them best first, but with no two neighbours that share a span."""
    waiting = list(kept)
    order: list[Candidate] = []
    while waiting:
        fits = next((one for one in waiting if not order or not _share(order[-1], one)), waiting[0])
        waiting.remove(fits)
        order.append(fits)
    return order


def _share(one: Candidate, other: Candidate) -> bool:
    return any(_overlap(span, twin) for span in one.fact.evidence for twin in other.fact.evidence)


def _overlap(one: Span, other: Span) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
