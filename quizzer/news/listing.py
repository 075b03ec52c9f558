"""Every fact of some articles as plain records, to look inside: what was found, where it stands, what it was resolved from."""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from quizzer.news.archive import Archive, Failed, Tell, Unread, survey
from quizzer.news.article import Article
from quizzer.news.attribution import Attribution
from quizzer.news.crew import crew
from quizzer.news.facts import Fact, Frame, Gapped, Sort
from quizzer.news.pipeline import refuse_doubles, refuse_nothing
from quizzer.news.search import Found
from quizzer.news.values import Span

CLOSE = 300  # characters within which a quotation and the words that name its speaker are one piece of evidence
QUOTATION = "quotation"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """``text`` is what stands from ``start`` to ``end`` in the article of that name."""

    article: str
    start: int
    end: int
    text: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A fact: ``evidence`` is exactly what stands from ``evidence_start`` to ``evidence_end``, in characters of the article."""

    article: str
    kind: str
    evidence_start: int
    evidence_end: int
    evidence: str
    answer: str
    confidence: float
    resolved_from: tuple[Place, ...]


class Quoted(Told, frozen=True, kw_only=True):
    """A quotation, its words without marks. ``speaker`` is a person's full name, or empty; ``form`` is full, partial, term or title."""

    quote_start: int
    quote_end: int
    quote: str
    speaker: str
    form: str


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """What one article tells, in the order of its text; ``passages`` are the places of the paragraphs around each."""

    article: Article
    told: tuple[Told, ...]
    passages: tuple[tuple[int, int], ...]


def facts(
    articles: Sequence[Article | Unread],
    *,
    model: str = "",
    jobs: int = 1,
    dask: str = "",
    progress: Tell | None = None,
    only_quotations: bool = False,
) -> Iterator[Leaf | Failed]:
    """Yield what each article tells, in their order, as soon as it is known; at the end those that could not be read.

    The names of all articles are known to each, as they are in a deck made of them all. With ``only_quotations`` the other
    facts are left out. The other arguments are those of ``generate``.

    Raises:
        ArticleError: no article, two of one name, none that can be read; spaCy, its model or a worker is missing.
    """
    tell = progress or (lambda share, what: None)
    refuse_doubles(articles)
    with (
        crew(jobs=jobs, dask=dask) as workers,
        survey(articles, workers, model=model, tell=lambda share, what: tell(0.8 * share, what)) as archive,
    ):
        refuse_nothing(archive)
        pages = _Pages(archive)
        for found in archive.found(quotations=True, refused=False, tell=lambda share, what: tell(0.8 + 0.2 * share, what)):
            yield _leaf(found, pages, only_quotations=only_quotations)
        yield from archive.failed


class _Pages:
    """The articles' texts, to cut from."""

    def __init__(self, archive: Archive) -> None:
        self._kept = {one.name: one for one in archive.articles}
        self._article: Callable[[str], Article] = functools.lru_cache(maxsize=16)(lambda name: archive.article(self._kept[name]))

    def article(self, name: str) -> Article:
        return self._article(name)

    def cut(self, span: Span) -> str:
        return self._article(span.article).text[span.start : span.end]

    def places(self, spans: Iterable[Span]) -> tuple[Place, ...]:
        return tuple(Place(article=span.article, start=span.start, end=span.end, text=self.cut(span)) for span in dict.fromkeys(spans))


def _leaf(found: Found, pages: _Pages, *, only_quotations: bool) -> Leaf:
    said = [fact for fact in found.facts if fact.sort is Sort.SAID]
    told: list[tuple[Told, Span]] = [(_quoted(one, said, pages), one.quote) for one in found.quotations]
    told.extend(
        (_told(fact, pages), fact.evidence[0])
        for fact in (() if only_quotations else found.facts)  # a saying is told as the quotation it is of
        if not (fact.sort is Sort.SAID and any(_overlap(fact.evidence[0], one.quote) for one in found.quotations))
    )
    told.sort(key=lambda pair: (pair[0].evidence_start, pair[0].evidence_end, pair[0].kind, pair[0].answer))
    return Leaf(
        article=pages.article(found.article),
        told=tuple(row for row, _ in told),
        passages=tuple(found.passages.get(span, (span.start, span.end)) for _, span in told),
    )


def _told(fact: Fact, pages: _Pages) -> Told:
    chief = fact.evidence[0]
    own = fact.frame.sources if isinstance(fact.frame, Frame | Gapped) else ()
    return Told(
        article=chief.article,
        kind=str(fact.sort),
        evidence_start=chief.start,
        evidence_end=chief.end,
        evidence=pages.cut(chief),
        answer=fact.answer.text,
        confidence=round(fact.confidence, 3),
        resolved_from=pages.places((*fact.evidence[1:], *fact.resolved_from, *own)),
    )


def _quoted(one: Attribution, said: Sequence[Fact], pages: _Pages) -> Quoted:
    asked = next((fact for fact in said if _overlap(fact.evidence[0], one.quote)), None)
    start, end = one.quote.start, one.quote.end
    for span in (one.cue_at, *one.resolved_from):
        if span is not None and span.article == one.quote.article and max(end, span.end) - min(start, span.start) <= CLOSE + end - start:
            start, end = min(start, span.start), max(end, span.end)
    speaker = one.name if one.by == "person" else ""
    return Quoted(
        article=one.quote.article,
        kind=QUOTATION,
        evidence_start=start,
        evidence_end=end,
        evidence=pages.cut(Span(one.quote.article, start, end)),
        answer=speaker or one.described or (asked.answer.text if asked else ""),
        confidence=round(one.confidence, 3),
        resolved_from=pages.places(one.resolved_from),
        quote_start=one.quote.start,
        quote_end=one.quote.end,
        quote=pages.cut(one.quote),
        speaker=speaker,
        form=str(one.form),
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
