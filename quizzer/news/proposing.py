"""Chosen candidates as questions of a deck, each with what an author wants to know of it.

Wrong options come from the articles around a question's own: in a deck of a few articles that is all of them, in an archive the
neighbours, so that the work grows with the deck and not with its square. What may be right too is looked for in the whole deck.
"""

import datetime as dt
import functools
import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from quizzer.core.kinds import Cloze, Order, Plain, Question, slug
from quizzer.core.model import Evidence, Source
from quizzer.core.proposals import Proposal
from quizzer.news.archive import Archive, Kept
from quizzer.news.article import Article
from quizzer.news.distractors import NAMED, distractors
from quizzer.news.entities import Entities
from quizzer.news.facts import Course, Fact, Frame, Gapped, Happening, Holding, support
from quizzer.news.nearness import Near
from quizzer.news.ranking import Candidate
from quizzer.news.values import Span

RUN = 25  # articles that lend each other wrong options
ALIKE = 0.4  # share of words in common from which an author is told that two questions may ask the same
Passages = Mapping[Span, tuple[int, int]]


def propose(
    chosen: Sequence[Candidate],
    *,
    asked: Sequence[Fact],
    archive: Archive,
    sources: Mapping[str, Source],
    passages: Passages,
    seed: int,
    merged: Mapping[str, Sequence[Fact]],
    tell: Callable[[float], None] = lambda share: None,
) -> list[Proposal]:
    """Return a proposal for each chosen candidate, in their order.

    Args:
        chosen: What the deck asks, best first.
        asked: Every fact that was thought good enough to ask: none of their answers to the same question is a wrong option.
        archive: The articles, read.
        sources: What the deck says of each article, by its name.
        passages: What to show around each span.
        seed: Chooses among equally good wrong options.
        merged: By a fact's key, the facts that became one with it.
        tell: Hears the share done.
    """
    names = ids(chosen)
    alike = _alike(chosen, names)
    neighbourhoods = _Neighbourhoods(archive, asked)
    shown = _Shown(archive, sources, passages)
    latest = _latest(archive.articles)
    made: dict[int, Proposal] = {}
    order = sorted(range(len(chosen)), key=lambda at: (neighbourhoods.run_of(chosen[at].fact), at))
    for number, at in enumerate(order, 1):
        candidate = chosen[at]
        fact = candidate.fact
        wrong: tuple[str, ...] = ()
        if not isinstance(fact.frame, Gapped | Course):
            facts, entities = neighbourhoods.around(fact)
            dice = random.Random(f"{seed}:{candidate.stem}")
            wrong = distractors(fact, candidate.stem, facts=facts, entities=entities, latest=latest, dice=dice)
        question = _question(candidate, names[at], wrong, tuple(shown.evidence(span) for span in _telling(fact, shown)))
        made[at] = Proposal(
            question=question,
            sort=str(fact.sort),
            confidence=fact.confidence,
            why=tuple(_why(fact, merged.get(fact.key, ()), wrong, shown)),
            alike=alike[at],
            resolved=tuple(shown.evidence(span) for span in _beyond(fact)),
        )
        tell(number / len(order))
    return [made[at] for at in range(len(chosen))]


def _latest(articles: Sequence[Kept]) -> dt.date | None:
    """Return the day of the last article, where every one tells its day."""
    try:
        return max(dt.date.fromisoformat(kept.source.date) for kept in articles)
    except ValueError:
        return None


def ids(chosen: Sequence[Candidate]) -> list[str]:
    """Return an id for each question, made of its words; no two are the same."""
    found: list[str] = []
    taken: set[str] = set()
    for candidate in chosen:
        own = slug(_told(candidate), words=8)
        plain, mark, length = own, hashlib.sha256(candidate.stem.encode()).hexdigest(), 4
        while own in taken:  # in a deck of thousands four digits meet again
            own, length = f"{plain}-{mark[:length]}", length + 4
        taken.add(own)
        found.append(own)
    return found


def _told(candidate: Candidate) -> str:
    """Return the words an id is made of: other wordings of a gap, and what all questions of order say, tell nothing."""
    frame = candidate.fact.frame
    if isinstance(frame, Gapped):
        return f"{frame.before}{candidate.fact.answer.text}{frame.after}"
    return f"order {frame.events[0]}" if isinstance(frame, Course) else candidate.stem


def _alike(chosen: Sequence[Candidate], names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each candidate the ids of the others that may ask the same."""
    told = [candidate.told() for candidate in chosen]
    near = Near(told, share=ALIKE, both=True)
    found: list[list[int]] = [[] for _ in chosen]
    for at, words in enumerate(told):
        for other in near.of(words):
            if len(words & told[other]) >= ALIKE * len(words | told[other]) and _agree(chosen[at].fact, chosen[other].fact):
                found[at].append(other)
                found[other].append(at)
        near.add(words, at)
    return [tuple(names[other] for other in sorted(others)) for others in found]


def _agree(one: Fact, other: Fact) -> bool:
    """Whether two facts have one answer, perhaps told more finely in one of them."""
    first, second = one.answer.text.lower(), other.answer.text.lower()
    return one.answer.same == other.answer.same or first in second or second in first


class _Neighbourhoods:
    """For each fact the facts and names that may lend it wrong options, or forbid them."""

    def __init__(self, archive: Archive, asked: Sequence[Fact]) -> None:
        self._archive = archive
        self._asked = asked
        whole = len(archive.articles) <= 2 * RUN
        self._table = (0 if whole else -1, archive.entities)
        self._runs = {kept.name: 0 if whole else at // RUN for at, kept in enumerate(archive.articles)}
        self._facts: dict[int, list[int]] = defaultdict(list)
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._near: Near | None = None
        for at, fact in enumerate(asked):
            self._facts[self.run_of(fact)].append(at)
        if whole:
            return
        self._near = Near((_terms(fact) for fact in asked), share=0.5)
        for at, fact in enumerate(asked):
            self._near.add(_terms(fact), at)
            for key in _keys(fact):
                self._keys[key].append(at)

    def run_of(self, fact: Fact) -> int:
        """Return the number of the neighbourhood a fact belongs to."""
        return self._runs[fact.evidence[0].article]

    def around(self, fact: Fact) -> tuple[list[Fact], Entities]:
        """Return the facts, in order, and the names of a fact's neighbourhood, with every fact of the deck like it."""
        run = self.run_of(fact)
        if self._near is None:
            return list(self._asked), self._table[1]
        if self._table[0] != run:
            self._table = (run, self._archive.table(kept for kept in self._archive.articles if self._runs[kept.name] == run))
        places = {*self._facts[run], *self._near.of(_terms(fact)), *(at for key in _keys(fact) for at in self._keys[key])}
        return [self._asked[at] for at in sorted(places)], self._table[1]


def _terms(fact: Fact) -> frozenset[str]:
    terms = fact.frame.terms if isinstance(fact.frame, Frame | Happening | Gapped) else frozenset[str]()
    return frozenset(f"{fact.sort}:{fact.answer.type}:{term}" for term in terms)


def _keys(fact: Fact) -> tuple[str, ...]:
    """Return what facts that rule out each other's answers have in common, beside their words."""
    return (f"holds {fact.frame.person}",) if isinstance(fact.frame, Holding) else ()


class _Shown:
    """Spans as evidence, with their passages."""

    def __init__(self, archive: Archive, sources: Mapping[str, Source], passages: Passages) -> None:
        self._sources = sources
        self._passages = passages
        kept = {one.name: one for one in archive.articles}
        self._article: Callable[[str], Article] = functools.lru_cache(maxsize=64)(lambda name: archive.article(kept[name]))
        self._passage: Callable[[str, int, int], str] = functools.lru_cache(maxsize=16 * RUN)(self._cut)  # many questions share one

    def _cut(self, name: str, start: int, end: int) -> str:
        return self._article(name).text[start:end]

    def text(self, span: Span) -> str:
        return self._article(span.article).text[span.start : span.end]

    def around(self, span: Span) -> tuple[str, str]:
        """Return the span's text, and that of its passage."""
        start, end = self._passages.get(span, (span.start, span.end))
        return self.text(span), self._passage(span.article, start, end)

    def evidence(self, span: Span) -> Evidence:
        text = self._article(span.article).text
        start, end = self._passages.get(span, (span.start, span.end))
        return Evidence(
            source=self._sources[span.article].id,
            quote=text[span.start : span.end],
            start=span.start,
            passage=self._passage(span.article, start, end),
            passage_start=start,
        )


def _question(candidate: Candidate, id_: str, wrong: tuple[str, ...], evidence: tuple[Evidence, ...]) -> Question:
    fact = candidate.fact
    tags = (fact.sort.replace(" ", "-"),)
    if isinstance(fact.frame, Gapped):
        return Cloze(id=id_, cloze=candidate.text, evidence=evidence, tags=tags, as_of=fact.as_of)
    if isinstance(fact.frame, Course):
        return Order(id=id_, question=candidate.text, order=fact.frame.events, evidence=evidence, tags=tags)
    return Plain(
        id=id_,
        question=candidate.text,
        answer=fact.answer.text,
        type=fact.answer.type,
        accept=tuple(text for text in dict.fromkeys(fact.answer.accept) if text and text.casefold() != fact.answer.text.casefold()),
        distractors=wrong,
        evidence=evidence,
        tags=tags,
        as_of=fact.as_of,
    )


def _telling(fact: Fact, shown: _Shown) -> tuple[Span, ...]:
    """Return the spans that support the question; where none of them names the key ("he said"), with the one it was named in."""
    spans = support(fact)
    last = fact.answer.text.split()[-1]
    if fact.answer.type not in NAMED or any(last in text for span in spans for text in shown.around(span)):
        return spans
    named = next((span for span in _beyond(fact) if last in shown.text(span)), None)
    return (*spans, named) if named else spans


def _beyond(fact: Fact) -> tuple[Span, ...]:
    """Return the spans a name was resolved from that are no evidence by themselves."""
    return tuple(
        span for span in dict.fromkeys(fact.resolved_from)
        if not any(one.article == span.article and one.start <= span.start and span.end <= one.end for one in support(fact))
    )  # fmt: skip


def _why(fact: Fact, merged: Sequence[Fact], wrong: Sequence[str], shown: _Shown) -> Iterator[str]:
    said = " ".join(shown.text(fact.evidence[0]).split())
    yield f"{fact.sort}: the article says “{said if len(said) <= 120 else said[:117].rstrip() + '…'}”"
    for span in dict.fromkeys(fact.resolved_from):
        named = " ".join(shown.text(span).split())
        if named and named != fact.answer.text:
            yield f"taken from “{named[:80]}” ({span.article})"
    for other in merged:
        yield f"told twice: {other.evidence[0].article} says “{other.answer.text}”"
    accepted = [text for text in dict.fromkeys(fact.answer.accept) if text and text != fact.answer.text]
    if accepted:
        yield f"also right: {', '.join(accepted)}"
    if fact.as_of:
        yield f"holds as of {fact.as_of}"
    if not wrong and not isinstance(fact.frame, Gapped | Course):
        yield "no wrong options of its kind were found: it is typed, not chosen"
