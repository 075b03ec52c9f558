"""Who said each quotation of an article.

``attributions`` gives every quotation, in order, those without a speaker too. A speaker is given only where it is sure:
the words beside a quotation lead to one person of the article, by name, surname, title, pronoun or a role only one holds.
Documents, organisations and unnamed officials are described, never given a name.
"""

import dataclasses
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.cues import Cue, find_cue, leading_cue, teller
from quizzer.news.document import Block
from quizzer.news.facts import Scene
from quizzer.news.lines import FINITE, Line, lines
from quizzer.news.occasions import addressee, occasion
from quizzer.news.people import Person
from quizzer.news.quotes import Form, Quote
from quizzer.news.reference import PLAIN
from quizzer.news.sources import described
from quizzer.news.values import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

SURE = 0.9  # the confidence from which on a speaker is thought to be who spoke last
GIVEN = 0.85  # the confidence from which on a speaker is given
_NAMED = re.compile(r"\b(?:so-called|called|known as|dubbed|named|termed|nicknamed)\s*,?\s*$", re.IGNORECASE)


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation and who says it.

    ``quote`` holds its words without marks, ``form`` is full, partial, term, title or scare. ``name`` is the speaker's full
    name, empty when nobody is sure. ``by`` is person, organisation, position, document or empty; what is no person is
    ``described``. ``sieve`` names the rule, ``cue`` the verb's lemma; ``resolved_from`` are the spans of cue and name.
    """

    quote: Span
    form: str
    speaker: Person | None = None
    name: str = ""
    by: str = ""
    described: str = ""
    sieve: str = ""
    confidence: float = 0.0
    cue: str = ""
    cue_at: Span | None = None
    name_at: Span | None = None
    resolved_from: tuple[Span, ...] = ()
    to: str = ""
    occasion: str = ""


@dataclass(frozen=True)
class Placed:
    """An attribution with what it was read from; ``source`` is the head of what says it, where that is no named person.

    ``verb`` and ``source`` may stand in a paragraph before: ``cue_block`` is theirs. ``denied`` tells of words that somebody is
    said not to have said, or only might say.
    """

    block: Block
    quote: Quote
    attribution: Attribution
    cue_block: Block | None = None
    source: "Token | None" = None
    verb: "Token | None" = None
    denied: bool = False


@dataclass(frozen=True)
class _Said:
    """A cue resolved: who, how sure, where named."""

    cue: Cue
    block: Block
    person: Person | None
    confidence: float
    source: Span | None = None
    sieve: str = ""


def attributions(scene: Scene) -> tuple[Attribution, ...]:
    """Return every quotation of the article in order, with its speaker where that is sure."""
    return tuple(placed.attribution for placed in read(scene))


@functools.lru_cache(maxsize=1)  # two extractors look at the same article
def read(scene: Scene) -> tuple[Placed, ...]:
    """Return every quotation of the article in order, with its speaker where that is sure, and what that was read from."""
    return tuple(_Reader(scene).read())


class _Reader:
    """Reads an article from its start and keeps who spoke last."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._references = scene.phrases.references
        self._last: Person | None = None

    def read(self) -> Iterator[Placed]:
        """Yield every quotation in order."""
        before: _Said | None = None  # who speaks at the end of the paragraph before
        open_quote = False
        found: list[tuple[Block, dict[Quote, _Said]]] = []
        for block in self._scene.document.blocks:
            sentences = lines(block)
            said, before = self._paragraph(block, sentences, before, open_quote=open_quote)
            found.append((block, said))
            open_quote = bool(block.quotes) and block.quotes[-1].continued
            if sentences and not open_quote:
                before = self._leading(block, sentences[-1]) or before
        _look_ahead(found)
        for block, said in found:
            for quote in block.quotes:
                yield self._placed(block, quote, said.get(quote))

    def _leading(self, block: Block, line: Line) -> _Said | None:
        """Return who goes on to speak in the next paragraph, when that is nothing but quotation: "Smith disagreed." """
        cue = leading_cue(block, line)
        if cue is not None:
            return self._resolve(block, cue)
        if any(quote.form in (Form.FULL, Form.PARTIAL) for quote in line.quotes):
            return None
        head = teller(line)
        if head is None:
            return None
        meaning = self._references.meaning(block, head)
        if meaning.person is None or meaning.margin < PLAIN:
            return None
        return _Said(Cue("introduced", head, None, 0.91), block, meaning.person, 0.91, meaning.source, "introduced")

    def _paragraph(
        self, block: Block, sentences: list[Line], before: _Said | None, *, open_quote: bool
    ) -> tuple[dict[Quote, _Said], _Said | None]:
        found: dict[Quote, _Said] = {}
        current: _Said | None = None
        if not block.quotes:
            return found, None
        for index, line in enumerate(sentences):
            here: _Said | None = None  # who speaks in this line
            for quote in line.quotes:
                cue = find_cue(block, line, quote)
                said = self._resolve(block, cue) if cue is not None else None
                if cue is None and quote.form is not Form.TITLE:
                    said = self._carried(block, line, quote, here, current)
                    if said is None and index == 0 and before is not None and (open_quote or line.bare):
                        sieve = before.sieve if before.sieve == "introduced" else "next paragraph"
                        said = dataclasses.replace(before, sieve=sieve, confidence=before.confidence * 0.98)
                if said is not None:
                    found[quote] = here = current = said
                    if said.person is not None and said.confidence >= SURE:
                        self._last = said.person
                elif quote.form in (Form.FULL, Form.PARTIAL):
                    current = None
            if not line.quotes:
                current = self._leading(block, line)
        return found, current

    def _carried(self, block: Block, line: Line, quote: Quote, here: _Said | None, current: _Said | None) -> _Said | None:
        """Return who goes on speaking: after “…,” he said, or in a sentence that is nothing but quotation."""
        at = line.pieces.index(quote)
        if here is not None:
            back = []
            for piece in reversed(line.pieces[:at]):
                if isinstance(piece, Quote):
                    break
                back.append(piece)
            verb = here.cue.verb
            between = [word for word in back if verb is None or here.block is not block or word.i > verb.i]
            own = here.cue.source.i if here.cue.source is not None else -1
            if any(word.dep_ in ("nsubj", "nsubjpass") and word.i != own and word.tag_ not in ("WP", "WDT") for word in between):
                return None
            return dataclasses.replace(here, sieve="same sentence", confidence=here.confidence * 0.99)
        if current is None:
            return None
        inner = block.text[quote.inner_start : quote.inner_end]
        ahead = [piece for piece in line.pieces[:at] if not isinstance(piece, Quote)]
        first = at == 0 and (quote.form is Form.FULL or inner[:1].isupper())
        light = len(ahead) <= 2 and not any(word.tag_ in FINITE or word.pos_ in ("PROPN", "PRON", "NOUN") for word in ahead) and at > 0
        if line.bare or first or light:
            return dataclasses.replace(current, sieve="same paragraph", confidence=current.confidence * 0.99)
        return None

    def _resolve(self, block: Block, cue: Cue) -> _Said:
        source = cue.source
        if source is None or cue.denied:
            return _Said(cue, block, None, 0.0)
        meaning = self._references.meaning(block, source, speaker=self._last)
        if meaning.person is None and cue.instead is not None:
            meaning = self._references.meaning(block, cue.instead)
        sure = 1.0 if meaning.margin >= PLAIN else 0.6
        return _Said(cue, block, meaning.person, cue.firm * sure, meaning.source, cue.sieve)

    def _placed(self, block: Block, quote: Quote, said: _Said | None) -> Placed:
        span = block.span(quote.inner_start, quote.inner_end)
        form = _form(block, quote, said)
        if said is None:
            return Placed(block, quote, Attribution(quote=span, form=form))
        cue, verb = said.cue, said.cue.verb
        at = said.block.span_of([verb]) if verb is not None else None
        if said.person is None or said.confidence < GIVEN:
            by, words = "", ""
            if said.person is None and cue.source is not None and not cue.denied:
                by, words = described(self._scene, said.block, cue.source)
            found = Attribution(
                quote=span,
                form=form,
                by=by,
                described=words if by else "",
                sieve=cue.sieve if by else "",
                confidence=cue.firm if by else 0.0,
                cue=verb.lemma_ if verb is not None else "",
                cue_at=at,
                name_at=said.block.span_of([cue.source]) if by and cue.source is not None else None,
            )
            return Placed(block, quote, found, said.block, cue.source, verb, cue.denied)
        person = said.person
        found = Attribution(
            quote=span,
            form=form,
            speaker=person,
            name=person.name if person.full else "",
            by="person",
            sieve=said.sieve,
            confidence=said.confidence,
            cue=verb.lemma_ if verb is not None else "",
            cue_at=at,
            name_at=said.source,
            resolved_from=tuple(dict.fromkeys(one for one in (at, said.source) if one is not None)),
            to=addressee(self._scene, said.block, verb) if verb is not None else "",
            occasion=occasion(self._scene, said.block, quote, verb) if verb is not None else "",
        )
        return Placed(block, quote, found, said.block, None, verb)


def _look_ahead(found: list[tuple[Block, dict[Quote, _Said]]]) -> None:
    """Give a quotation left open at its paragraph's end to who closes it: the speaker may be named last."""
    following: _Said | None = None  # who says what the next paragraph opens with, taking up this one
    for block, said in reversed(found):
        quotes = block.quotes
        if quotes and quotes[-1].continued and quotes[-1] not in said and following is not None:
            said[quotes[-1]] = dataclasses.replace(following, sieve="paragraph before", confidence=following.confidence * 0.98)
        following = said.get(quotes[0]) if quotes and quotes[0].resumed else None


def _form(block: Block, quote: Quote, said: _Said | None) -> str:
    """Return what a quotation is; a scrap that nobody is said to say, and that names nothing, is in scare marks."""
    if quote.form is not Form.TERM or said is not None or _NAMED.search(block.text[: quote.start]):
        return quote.form
    following = block.text[quote.end : quote.end + 1]
    return "scare" if following != " " or not block.text[quote.end + 1 : quote.end + 2].isalpha() else quote.form
