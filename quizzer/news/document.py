"""An article after parsing: what every later stage looks into.

``Block`` is a paragraph with its spaCy doc and its quotations; ``Document`` the article with its blocks. Positions inside a
block count characters of the paragraph; ``Block.span`` takes them home into the article.
"""

import bisect
import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizzer.news.article import Article
from quizzer.news.boilerplate import why_skip
from quizzer.news.doubts import NO_DOUBTS, Doubts, doubts
from quizzer.news.prose import Paragraph, paragraphs
from quizzer.news.quotes import Quote, find_quotes
from quizzer.news.values import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens


BATCH = 32  # paragraphs parsed at once
_KEPT = ("TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")  # what later stages look at


@dataclass(frozen=True, eq=False)
class Block:
    """A paragraph, parsed."""

    article: str
    paragraph: Paragraph
    doc: "Doc"
    quotes: tuple[Quote, ...]
    index: int
    doubts: Doubts = NO_DOUBTS

    @property
    def text(self) -> str:
        """The paragraph's text; the same as ``doc.text``, which spaCy joins anew each time."""
        return self.paragraph.text

    def span(self, start: int, end: int) -> Span:
        """Return the span of the article that characters ``start`` to ``end`` of the paragraph stand for."""
        return Span(self.article, *self.paragraph.home(start, end))

    def span_of(self, tokens: "Iterable[Token]") -> Span:
        """Return the span of the article from the first to the last of ``tokens`` (not empty)."""
        found = list(tokens)
        return self.span(min(token.idx for token in found), max(token.idx + len(token.text) for token in found))

    def quote_at(self, position: int) -> Quote | None:
        """Return the quotation that holds the character at ``position``, marks included."""
        at = bisect.bisect_right(self._starts, position) - 1
        return self.quotes[at] if at >= 0 and position < self.quotes[at].end else None

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [quote.start for quote in self.quotes]

    @functools.cached_property
    def tokens(self) -> tuple["Token", ...]:
        """The tokens of ``doc``, which spaCy makes anew for each that asks."""
        return tuple(self.doc)

    def tokens_of(self, sentence: "Tokens") -> tuple["Token", ...]:
        """Return the tokens of a sentence."""
        return self.tokens[sentence.start : sentence.end]

    def between(self, start: int, end: int) -> tuple["Token", ...]:
        """Return the tokens that begin among the characters ``start`` to ``end`` of the paragraph, the last left out."""
        first = bisect.bisect_left(self.tokens, start, key=_place)
        return self.tokens[first : bisect.bisect_left(self.tokens, end, lo=first, key=_place)]

    @functools.cached_property
    def quoted(self) -> frozenset[int]:
        """The indexes of tokens inside quotations that are speech: no terms, no titles."""
        if not self.quotes:
            return frozenset()
        return frozenset(token.i for token in self.tokens if (quote := self.quote_at(token.idx)) and quote.form not in ("term", "title"))

    @functools.cached_property
    def sentences(self) -> tuple["Tokens", ...]:
        """The sentences facts may be taken from."""
        if self.paragraph.heading or self.paragraph.skip:
            return ()
        return tuple(sent for sent, reason in self.judged if not reason)

    @functools.cached_property
    def judged(self) -> tuple[tuple["Tokens", str], ...]:
        """Every sentence, with the reason why no fact is taken from it, or an empty string."""
        told = ((sent, self.text[sent.start_char : sent.end_char]) for sent in self.doc.sents)
        return tuple((sent, why_skip(text) or self.doubts.why(text)) for sent, text in told)


def _place(token: "Token") -> int:
    return token.idx


@dataclass(frozen=True, eq=False)
class Document:
    """An article, parsed."""

    article: Article
    blocks: tuple[Block, ...]
    skipped: tuple[tuple[Span, str], ...] = field(default=())

    @functools.cached_property
    def date(self) -> dt.date | None:
        """The day of publication, where the article says it."""
        try:
            return dt.date.fromisoformat(self.article.date)
        except ValueError:
            return None


def parse(articles: Iterable[Article], nlp: "Language") -> Iterator[Document]:
    """Yield each article parsed, in order. An article is parsed by itself: what stands beside it in a deck changes nothing."""
    for article in articles:
        found = paragraphs(article.text, article.format)
        yield _document(article, found, _parsed([paragraph.text for paragraph in found], nlp))


def _parsed(texts: Sequence[str], nlp: "Language") -> "Iterator[Doc]":
    """Yield a doc for each text; what has no letter and no digit is one token: spaCy takes minutes over thousands of marks."""
    from spacy.tokens import Doc

    docs = nlp.pipe((text for text in texts if _is_wordy(text)), batch_size=BATCH)
    for text in texts:
        yield next(docs) if _is_wordy(text) else Doc(nlp.vocab, words=[text], spaces=[False])


def _is_wordy(text: str) -> bool:
    return any(map(str.isalnum, text))


def pack(document: Document) -> bytes:
    """Return what parsing found in an article, small enough to wait on a disk or to travel; ``unpack`` undoes it."""
    from spacy.tokens import DocBin

    return DocBin(_KEPT, docs=[block.doc for block in document.blocks]).to_bytes()


def unpack(article: Article, packed: bytes, nlp: "Language") -> Document:
    """Return the article parsed, from what ``pack`` made of it."""
    from spacy.tokens import DocBin

    return _document(article, paragraphs(article.text, article.format), DocBin().from_bytes(packed).get_docs(nlp.vocab))


def _document(article: Article, found: "list[Paragraph]", docs: "Iterable[Doc]") -> Document:
    against = doubts(paragraph.text for paragraph in found)
    blocks = tuple(
        Block(article.name, paragraph, doc, tuple(quotes), index, against)
        for index, (paragraph, doc, quotes) in enumerate(zip(found, docs, find_quotes(found), strict=True))
    )
    return Document(article, blocks, tuple(_skipped(blocks)))


def _skipped(blocks: Sequence[Block]) -> Iterator[tuple[Span, str]]:
    for block in blocks:
        if block.paragraph.heading or block.paragraph.skip:
            yield block.span(0, len(block.paragraph.text)), block.paragraph.skip or "a heading"
            continue
        for sent, reason in block.judged:
            if reason and block.text[sent.start_char : sent.end_char].strip():
                yield block.span(sent.start_char, sent.end_char), reason
