"""The same fact twice is one fact with two pieces of evidence; the finer value wins; what conflicts is not asked.

Pure: facts in, facts and notes out, in the order of the first of each.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.excerpts import normal
from quizzer.news.facts import Fact, Frame, Gapped, Happening, Holding, Saying, Sort
from quizzer.news.nearness import Near
from quizzer.news.values import Span, Value

_PRECISE = ("person", "position", "organisation", "document")
ALIKE = 0.75  # share of words two questions have in common when they ask the same


class Conflict(msgspec.Struct, frozen=True):
    """Two facts that cannot both be answered right: neither is asked."""

    first: Fact
    second: Fact
    reason: str


class Merged(msgspec.Struct, frozen=True):
    """What merging made: facts to ask, the pairs that became one, and the conflicts."""

    facts: tuple[Fact, ...]
    pairs: tuple[tuple[Fact, Fact], ...]
    conflicts: tuple[Conflict, ...]


def merge(facts: Iterable[Fact]) -> Merged:
    """Return the facts with doubles joined and conflicts taken out."""
    facts = tuple(facts)
    likely = _Likely(facts)
    kept: list[Fact] = []
    pairs: list[tuple[Fact, Fact]] = []
    conflicts: list[Conflict] = []
    for fact in facts:
        at = next((index for index in likely.of(fact) if same_question(fact, kept[index])), None)
        if at is None:
            likely.add(fact, len(kept))
            kept.append(fact)
            continue
        other = kept[at]
        joined = _join(other, fact)
        if joined is None:
            conflicts.append(Conflict(other, fact, f"“{other.answer.text}” here, “{fact.answer.text}” there"))
        else:
            kept[at] = joined
            likely.add(joined, at)
            pairs.append((other, fact))
    lost = {conflict.first.key for conflict in conflicts}
    return Merged(tuple(fact for fact in kept if fact.key not in lost), tuple(pairs), tuple(conflicts))


class _Likely:
    """The facts kept so far that may ask the same as a new one: every such fact, and few others.

    What ``same_question`` joins has in common the key, the answer to who holds a role, most of its words, or with the answer
    all words of the shorter one.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._worded = (
            (_quoted, Near((_quoted(fact) for fact in facts), share=0.6)),
            (_told, Near((_told(fact) for fact in facts), share=ALIKE, both=True)),
            (_answered, Near((_answered(fact) for fact in facts), share=1.0)),
        )
        self._by_key: dict[tuple[str, str], list[int]] = defaultdict(list)

    def add(self, fact: Fact, number: int) -> None:
        for words, near in self._worded:
            near.add(words(fact), number)
        for key in _keys(fact):
            self._by_key[key].append(number)

    def of(self, fact: Fact) -> list[int]:
        found = {number for words, near in self._worded if (own := words(fact)) for number in near.of(own)}
        for key in _keys(fact):
            found.update(self._by_key.get(key, ()))
        return sorted(found)


def _keys(fact: Fact) -> tuple[tuple[str, str], ...]:
    who = (("held by", fact.answer.same),) if isinstance(fact.frame, Holding) and fact.frame.gap == "person" else ()
    return (("key", fact.key), *who)


def _quoted(fact: Fact) -> frozenset[str]:
    return frozenset(normal(fact.frame.words).split()) if isinstance(fact.frame, Saying) else frozenset()


def _told(fact: Fact) -> frozenset[str]:
    terms: frozenset[str] = getattr(fact.frame, "terms", frozenset())
    return frozenset(f"{fact.sort}:{term}" for term in terms)


def _answered(fact: Fact) -> frozenset[str]:
    terms = fact.frame.terms if fact.sort is Sort.WHEN and isinstance(fact.frame, Frame) else frozenset[str]()
    return frozenset(f"{fact.answer.same}:{term}" for term in terms)


def same_question(one: Fact, other: Fact) -> bool:
    """Whether two facts ask the same, whatever they answer."""
    if one.sort != other.sort or type(one.frame) is not type(other.frame):
        return False
    if one.key == other.key:
        return True
    if isinstance(one.frame, Saying) and isinstance(other.frame, Saying):
        return _contained(one.frame.words, other.frame.words)
    if isinstance(one.frame, Frame) and isinstance(other.frame, Frame):
        fewer, more = sorted((one.frame.terms, other.frame.terms), key=len)
        if one.sort is Sort.WHEN and one.frame.lemma == other.frame.lemma and one.answer.same == other.answer.same and fewer <= more:
            return True  # "X announced Y in 2018", "in 2018, when Y was announced"
        return (
            one.frame.gap == other.frame.gap
            and one.frame.lemma == other.frame.lemma
            and one.frame.counted == other.frame.counted
            and _jaccard(one.frame.terms, other.frame.terms) >= ALIKE
        )
    if isinstance(one.frame, Happening) and isinstance(other.frame, Happening):
        return _jaccard(one.frame.terms, other.frame.terms) >= ALIKE
    if isinstance(one.frame, Gapped) and isinstance(other.frame, Gapped):
        return one.answer.same == other.answer.same and _jaccard(one.frame.terms, other.frame.terms) >= ALIKE
    if isinstance(one.frame, Holding) and isinstance(other.frame, Holding):
        return one.frame.gap == other.frame.gap == "person" and one.answer.same == other.answer.same
    return False


def _contained(one: str, other: str) -> bool:
    first, second = normal(one).split(), normal(other).split()
    if len(first) > len(second):
        first, second = second, first
    text = " ".join(second)
    return " ".join(first) in text or (len(set(first) & set(second)) >= 0.8 * len(set(first)) and len(first) >= 0.8 * len(second))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _join(one: Fact, other: Fact) -> Fact | None:
    value = _agree(one, other)
    if value is None:
        return None
    best = max((one, other), key=lambda fact: (not getattr(fact.frame, "claimed_by", ""), _tells(fact), fact.confidence))
    evidence = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    # A second piece of evidence from the same place adds nothing.
    evidence = tuple(span for index, span in enumerate(evidence) if not any(_within(span, outer) for outer in evidence[:index]))
    if isinstance(one.frame, Saying) and isinstance(other.frame, Saying) and one.frame.by != other.frame.by:
        best = min((one, other), key=lambda fact: _PRECISE.index(fact.frame.by) if isinstance(fact.frame, Saying) else 0)
    return msgspec.structs.replace(
        best,
        answer=value,
        evidence=evidence,
        resolved_from=tuple(dict.fromkeys((*one.resolved_from, *other.resolved_from))),
        confidence=max(one.confidence, other.confidence),
    )


def _within(span: Span, outer: Span) -> bool:
    return span.article == outer.article and outer.start <= span.start and span.end <= outer.end


def _tells(fact: Fact) -> int:
    frame = fact.frame
    if isinstance(frame, Saying):
        return 100 * bool(frame.to) + 50 * bool(frame.occasion) - len(frame.words.split())
    if isinstance(frame, Holding):
        return len(frame.role)
    return frame.weight if isinstance(frame, Frame | Happening | Gapped) else 0


def _agree(one: Fact, other: Fact) -> Value | None:
    first, second = one.answer, other.answer
    accept = tuple(dict.fromkeys((*first.accept, *second.accept)))
    if first.same == second.same:
        finer = max((first, second), key=lambda value: len(value.text))
        return msgspec.structs.replace(finer, accept=accept)
    if first.type is AnswerType.DATE and second.type is AnswerType.DATE:
        fine, coarse = sorted((first, second), key=lambda value: value.high - value.low)
        if coarse.low <= fine.low and fine.high <= coarse.high:
            return msgspec.structs.replace(fine, accept=(*accept, coarse.text))
        return None
    if one.sort is Sort.ROLE and isinstance(one.frame, Holding) and one.frame.gap == "role":
        # One may hold several offices; ask for the fuller wording, take the other too.
        fuller, shorter = sorted((first, second), key=lambda value: -len(value.text))
        return msgspec.structs.replace(fuller, accept=tuple(dict.fromkeys((*accept, shorter.text))))
    if isinstance(one.frame, Saying) and isinstance(other.frame, Saying) and one.frame.by != other.frame.by:
        # One quotation, two sources: who is named more precisely is the key, the other is as right.
        precise = min((one, other), key=lambda fact: _PRECISE.index(fact.frame.by) if isinstance(fact.frame, Saying) else 0).answer
        return msgspec.structs.replace(precise, accept=tuple(dict.fromkeys((*accept, first.text, second.text))))
    if first.type is AnswerType.PLACE and (first.same in second.text.lower() or second.same in first.text.lower()):
        return msgspec.structs.replace(max((first, second), key=lambda value: len(value.text)), accept=accept)
    return None
