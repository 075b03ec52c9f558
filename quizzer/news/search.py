"""One article searched: its facts, what was refused, who says each of its quotations, and the passages around them."""

from collections.abc import Iterator

import msgspec

from quizzer.news.attribution import Attribution, attributions
from quizzer.news.clauses import find_clauses
from quizzer.news.document import Block, Document
from quizzer.news.entities import Entities
from quizzer.news.facts import (
    Fact,
    Refusal,
    Scene,
    calls,
    careers,
    claims,
    cloze,
    contests,
    counts,
    dates,
    deeds,
    firsts,
    objects,
    places,
    posts,
    quoted,
    roles,
    sayings,
    seats,
    sizes,
    support,
    terms,
    titles,
    works,
)
from quizzer.news.phrases import Phrases
from quizzer.news.values import Span

EXTRACTORS = (
    sayings, dates, contests, counts, sizes, roles, posts, careers, titles, seats, places, terms,
    firsts, deeds, objects, calls, works, claims, cloze, quoted,
)  # fmt: skip
PASSAGE = 900  # characters; a longer paragraph is cut to the sentences around the evidence


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one article gave; a value that may travel. ``passages`` tells for each span of a fact what to show around it."""

    article: str
    facts: tuple[Fact, ...] = ()
    refused: tuple[Refusal, ...] = ()
    quotations: tuple[Attribution, ...] = ()
    passages: dict[Span, tuple[int, int]] = {}


def search(document: Document, entities: Entities, *, quotations: bool = False, refused: bool = True) -> Found:
    """Return what an article gives; ``entities`` is its part of the deck's table.

    ``quotations`` and ``refused`` say whether every quotation, and what was refused, is wanted too.
    """
    scene = scene_of(document, entities)
    facts: list[Fact] = []
    refusals: list[Refusal] = []
    for one in _extract(scene):
        if isinstance(one, Fact):
            facts.append(one)
        elif refused:
            refusals.append(one)
    said = attributions(scene) if quotations else ()
    spans = {span for fact in facts for span in (*support(fact), *fact.resolved_from)} | {one.quote for one in said}
    return Found(
        article=document.article.name,
        facts=tuple(facts),
        refused=tuple(refusals),
        quotations=said,
        passages={span: passage_around(document, span) for span in sorted(spans) if span.article == document.article.name},
    )


def scene_of(document: Document, entities: Entities) -> Scene:
    """Return what the extractors look at."""
    phrases = Phrases(document, entities)
    clauses = tuple(clause for block in document.blocks for clause in find_clauses(block, phrases))
    return Scene(document, entities, phrases, clauses)


def facts_of(document: Document, entities: Entities) -> Iterator[Fact | Refusal]:
    """Yield every fact of one article, and every refusal with its reason."""
    yield from _extract(scene_of(document, entities))


def _extract(scene: Scene) -> Iterator[Fact | Refusal]:
    for extractor in EXTRACTORS:
        yield from extractor.extract(scene)


def passage_around(document: Document, span: Span) -> tuple[int, int]:
    """Return the paragraph that holds ``span``, or of a long one the sentences around it."""
    for block in document.blocks:
        offsets = block.paragraph.offsets
        if offsets[0] <= span.start and span.end <= offsets[-1]:
            if offsets[-1] - offsets[0] <= PASSAGE:
                return offsets[0], offsets[-1]
            return _sentences_around(block, span)
    return span.start, span.end


def _sentences_around(block: Block, span: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    for sentence in block.doc.sents:
        if not sentence.text.strip():
            continue
        begin, finish = block.paragraph.home(sentence.start_char, sentence.end_char)
        if begin < span.end and span.start < finish:
            start, end = min(start, begin), max(end, finish)
    return start, end
