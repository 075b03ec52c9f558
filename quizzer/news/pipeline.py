"""The stages in their order: parse, names over the whole deck, facts, merge, wording, distractors, ranking, deck."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence

import msgspec

from quizzer.core.errors import ArticleError
from quizzer.core.kinds import Cloze, Deck, Order, Plain, Question, slug
from quizzer.core.model import Evidence, Source
from quizzer.news.article import Article
from quizzer.news.clauses import find_clauses
from quizzer.news.distractors import distractors
from quizzer.news.document import Document, parse
from quizzer.news.entities import Entities, record
from quizzer.news.facts import Course, Fact, Gapped, Refusal, Scene, cloze, counts, dates, deeds, places, roles, sayings, support, terms
from quizzer.news.language import load
from quizzer.news.merge import merge
from quizzer.news.phrases import Phrases
from quizzer.news.ranking import Candidate, choose
from quizzer.news.sequence import courses
from quizzer.news.values import Span
from quizzer.news.wording import ask

EXTRACTORS = (sayings, dates, counts, roles, places, terms, deeds, cloze)
SURE = 0.85  # confidence below which a fact is not asked
PASSAGE = 900  # characters; a longer paragraph is cut to the sentences around the evidence
Progress = Callable[[float, str], None]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the account: ``action`` is "made", "merged", "refused" or "skipped"; ``reason`` says why in words."""

    action: str
    reason: str
    article: str = ""
    start: int = -1
    text: str = ""


class Generated(msgspec.Struct, frozen=True, kw_only=True):
    """A deck and the account of how it came about."""

    deck: Deck
    notes: tuple[Note, ...]


def generate(
    articles: Sequence[Article],
    *,
    deck_id: str,
    title: str = "",
    model: str = "",
    passages: bool = True,
    seed: int = 0,
    progress: Progress | None = None,
) -> Generated:
    """Return one deck of all the articles; see ``quizzer.news.generate``."""
    tell = progress or (lambda share, what: None)
    _refuse_doubles(articles)
    tell(0.0, "loading the language model")
    nlp = load(model)
    documents = list(parse(articles, nlp, tell=lambda share, name: tell(0.05 + 0.75 * share, f"reading {name}")))
    notes = [_note(document.article, "skipped", reason, span) for document in documents for span, reason in document.skipped]
    by_name = {document.article.name: document for document in documents}
    records = [record(document) for document in documents]
    entities = Entities(records)
    facts: list[Fact] = []
    for number, document in enumerate(documents, 1):
        for found in facts_of(document, entities.part(records[number - 1])):
            if isinstance(found, Fact):
                facts.append(found)
            else:
                notes.append(_note(by_name[found.span.article].article, "refused", found.reason, found.span))
        tell(0.8 + 0.15 * number / len(documents), f"searched {document.article.name}")
    merged = merge(facts)
    for one, other in merged.pairs:
        notes.append(_note_of(by_name, "merged", f"“{one.answer.text}” twice: one question", other))
    for conflict in merged.conflicts:
        notes.append(_note_of(by_name, "refused", f"conflict: {conflict.reason}", conflict.first))
        notes.append(_note_of(by_name, "refused", f"conflict: {conflict.reason}", conflict.second))
    candidates = []
    for fact in (*merged.facts, *courses(merged.facts)):
        stem, why = ask(fact) if fact.confidence >= SURE else ("", "not sure enough")
        if stem:
            candidates.append(Candidate(fact, stem))
        else:
            notes.append(_note_of(by_name, "refused", f"{fact.sort}: {why}", fact))
    chosen, dropped = choose(candidates)
    notes.extend(_note_of(by_name, "refused", why, candidate.fact) for candidate, why in dropped)
    sources = _sources(articles)
    taken: set[str] = set()
    questions = []
    asked = [candidate.fact for candidate in candidates]
    for candidate in chosen:
        question = _question(candidate, asked, entities, by_name, sources, passages=passages, seed=seed, taken=taken)
        questions.append(question)
        notes.append(_note_of(by_name, "made", question.text, candidate.fact))
    tell(1.0, f"{len(questions)} questions")
    own = articles[0].title if len(articles) == 1 else ""  # one article's title does not name a deck of several
    deck = Deck(
        id=deck_id,
        title=title or own or deck_id.replace("-", " ").capitalize(),
        questions=tuple(questions),
        sources=tuple(sources[article.name] for article in articles),
    )
    return Generated(deck=deck, notes=tuple(notes))


def facts_of(document: Document, entities: Entities) -> Iterator[Fact | Refusal]:
    """Yield every fact of one article, and every refusal with its reason."""
    phrases = Phrases(document, entities)
    clauses = tuple(clause for block in document.blocks for clause in find_clauses(block, phrases))
    scene = Scene(document, entities, phrases, clauses)
    for extractor in EXTRACTORS:
        yield from extractor.extract(scene)


def _refuse_doubles(articles: Sequence[Article]) -> None:
    if not articles:
        raise ArticleError("No article to make questions from. Name at least one file.")
    seen: set[str] = set()
    for article in articles:
        if article.name in seen:
            raise ArticleError(f"{article.name}: two articles have this name. Rename one of them.")
        seen.add(article.name)


def _sources(articles: Sequence[Article]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    ids: set[str] = set()
    for article in articles:
        source = article.source()
        if source.id in ids:
            source = msgspec.structs.replace(source, id=f"{source.id}-{source.sha256[:6]}")
        ids.add(source.id)
        found[article.name] = source
    return found


def _question(
    candidate: Candidate,
    facts: Sequence[Fact],
    entities: Entities,
    documents: dict[str, Document],
    sources: dict[str, Source],
    *,
    passages: bool,
    seed: int,
    taken: set[str],
) -> Question:
    fact = candidate.fact
    id_ = slug(_told(candidate), words=8)
    if id_ in taken:
        id_ = f"{id_}-{hashlib.sha256(candidate.stem.encode()).hexdigest()[:4]}"
    taken.add(id_)
    evidence = tuple(_evidence(documents[span.article], sources[span.article], span, passages=passages) for span in support(fact))
    tags = (fact.sort.replace(" ", "-"),)
    if isinstance(fact.frame, Gapped):
        return Cloze(id=id_, cloze=candidate.stem, evidence=evidence, tags=tags, as_of=fact.as_of)
    if isinstance(fact.frame, Course):
        return Order(id=id_, question=candidate.stem, order=fact.frame.events, evidence=evidence, tags=tags)
    days = [day for document in documents.values() if (day := document.date)]
    wrong = distractors(
        fact,
        candidate.stem,
        facts=facts,
        entities=entities,
        latest=max(days) if len(days) == len(documents) else None,
        dice=random.Random(f"{seed}:{candidate.stem}"),
    )
    return Plain(
        id=id_,
        question=candidate.stem,
        answer=fact.answer.text,
        type=fact.answer.type,
        accept=tuple(text for text in dict.fromkeys(fact.answer.accept) if text and text != fact.answer.text),
        distractors=wrong,
        evidence=evidence,
        tags=tags,
        as_of=fact.as_of,
    )


def _told(candidate: Candidate) -> str:
    """Return the words an id is made of: other wordings of a gap, and what all questions of order say, tell nothing."""
    frame = candidate.fact.frame
    if isinstance(frame, Gapped):
        return f"{frame.before}{candidate.fact.answer.text}{frame.after}"
    return f"order {frame.events[0]}" if isinstance(frame, Course) else candidate.stem


def _evidence(document: Document, source: Source, span: Span, *, passages: bool) -> Evidence:
    text = document.article.text
    quote = text[span.start : span.end]
    if not passages:
        return Evidence(source=source.id, quote=quote, start=span.start)
    start, end = passage_around(document, span)
    return Evidence(source=source.id, quote=quote, start=span.start, passage=text[start:end], passage_start=start)


def passage_around(document: Document, span: Span) -> tuple[int, int]:
    """Return the paragraph that holds ``span``, or of a long one the sentences around it."""
    for block in document.blocks:
        offsets = block.paragraph.offsets
        if offsets[0] <= span.start and span.end <= offsets[-1]:
            if offsets[-1] - offsets[0] <= PASSAGE:
                return offsets[0], offsets[-1]
            start, end = span.start, span.end
            for sentence in block.doc.sents:
                if not sentence.text.strip():
                    continue
                begin, finish = block.paragraph.home(sentence.start_char, sentence.end_char)
                if begin < span.end and span.start < finish:
                    start, end = min(start, begin), max(end, finish)
            return start, end
    return span.start, span.end


def _note(article: Article, action: str, reason: str, span: Span) -> Note:
    return Note(action=action, reason=reason, article=article.name, start=span.start, text=article.text[span.start : span.end])


def _note_of(documents: dict[str, Document], action: str, reason: str, fact: Fact) -> Note:
    span = fact.evidence[0]
    return _note(documents[span.article].article, action, reason, span)
