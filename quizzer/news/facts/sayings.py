"""Who said a quotation: attributions sure enough, of words worth asking about, as facts."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.attribution import Placed, read
from quizzer.news.brackets import meant, told_in_full
from quizzer.news.bystanders import is_bystander
from quizzer.news.document import Block
from quizzer.news.excerpts import SHORTEST, excerpts, normal, tells_enough, worth_asking
from quizzer.news.facts import Fact, Refusal, Saying, Scene, Sort, person_value
from quizzer.news.occasions import month_of, told_time
from quizzer.news.people import Person
from quizzer.news.quotes import Form, Quote
from quizzer.news.sources import as_answer
from quizzer.news.values import Span
from quizzer.news.words import CUE_KEPT, SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

CARRIED = 31  # words of a quotation, of its addressee and occasion up to which its stem tells the month it was quoted in, too
CLOSE = 300  # characters within which quotation and speaker are one span of evidence
_LEAST = 0.9  # the confidence of an attribution from which on it is a fact
_WEAK = 0.75  # of a bare sentence with little in it: asked only when another article tells to whom it was said
_ANYBODY = word_set("reporters reporter supporters") | {"the crowd", "the audience", "the reporters"}  # to whom much is told
_DENIES = word_set("deny reject dispute refute")


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the quotations of an article whose speaker is one named person, or what else is plainly named or described."""
    for placed in read(scene):
        block, quote = placed.block, placed.quote
        inside = any(sentence.start_char <= quote.start < sentence.end_char for sentence in block.sentences)
        if not inside or quote.form in (Form.TERM, Form.TITLE):
            continue
        if placed.attribution.speaker is not None:
            yield from _named(scene, placed, placed.attribution.speaker)
        elif placed.source is not None and not placed.denied and placed.source.tag_ != "PRP":
            yield from _unnamed(scene, placed, placed.source)
        else:
            yield Refusal(reason=f"who said: {_why(placed)}", span=block.span(quote.start, quote.end))


def _why(placed: Placed) -> str:
    if placed.denied:
        return "it is said not to be said, or only that it may be"
    if placed.source is not None:
        return f"“{placed.source.text}” may be one of several"
    return "nobody is named beside it"


def _named(scene: Scene, placed: Placed, person: Person) -> Iterator[Fact | Refusal]:
    block, quote, said = placed.block, placed.quote, placed.attribution
    where = block.span(quote.start, quote.end)
    value = person_value(scene, person.key)
    why = unsure(scene, placed, person)
    if value is None or why:
        yield Refusal(reason=f"who said: {why}", span=where)
        return
    names = meant(scene, block, quote, person)
    chosen = [(each, False) for each in excerpts(block, quote, meant=names)]
    if not chosen and (modest := worth_asking(block, quote, modest=True, noted=_comes_back(scene, block, quote), meant=names)):
        chosen = [(modest, not (said.to or said.occasion or tells_enough(modest[2])))]
    if not chosen and scene.has_heading and (plain := worth_asking(block, quote, modest=True, noted=True, meant=names)):
        chosen = [(plain, True)] if tells_enough(plain[2]) else []
    if not chosen:
        yield Refusal(reason="who said: no sentence of it can be asked about by itself", span=where)
    for (start, end, words), weak in chosen:
        if person.surname.lower() in words.lower():
            yield Refusal(reason="who said: the speaker's name stands in the quotation", span=where)
            continue
        shown = told_in_full(scene, block, start, end, words, meant=names)
        if not shown or person.surname in shown:
            yield Refusal(reason="who said: a name in it could be anybody's", span=where)
            continue
        frame = _dated(scene, placed, Saying(
            words=shown, cue=_cue(said.cue), to=said.to, occasion="" if said.to else said.occasion, whole=words[:1].isupper()
        ))  # fmt: skip
        yield Fact(
            sort=Sort.SAID,
            key=f"{Sort.SAID}|{normal(words)}",
            answer=value,
            frame=frame,
            evidence=evidence_of(block.span(start, end), said.cue_at, said.name_at),
            resolved_from=(said.name_at,) if said.name_at is not None else (),
            confidence=_WEAK if weak and not scene.has_heading else said.confidence,
            leans=weak,
        )


def _comes_back(scene: Scene, block: Block, quote: Quote) -> bool:
    """Whether an article quotes the same words twice: they are what it is about."""
    words = block.text[quote.inner_start : quote.inner_end].strip(" ,.;!?")
    return len(words.split()) >= SHORTEST and scene.document.article.text.count(words) > 1


def _dated(scene: Scene, placed: Placed, frame: Saying) -> Saying:
    """Return what was said with its time: when it was said, or else when it was quoted."""
    place, verb = placed.cue_block or placed.block, placed.verb
    if re.fullmatch(r"in (?:[A-Z][a-z]+ )?(?:19|20)\d\d", frame.occasion):
        return msgspec.structs.replace(frame, occasion="", when=frame.occasion)
    known = re.search(r"\b(?:1[5-9]|20)\d\d\b", frame.occasion) is not None
    when = told_time(scene, place, verb) if verb is not None and not known else ""
    if when or known:
        return msgspec.structs.replace(frame, when=when)
    if frame.cue == "tell" and (not frame.to or frame.to.lower() in _ANYBODY):
        frame = msgspec.structs.replace(frame, to="", cue="say")
    used = sum(len(part.split()) for part in (frame.words, frame.to, frame.occasion))
    return frame if used > CARRIED else msgspec.structs.replace(frame, quoted=month_of(scene, place, verb))


def unsure(scene: Scene, placed: Placed, person: Person) -> str:
    """Return why it cannot be told that a person said a quotation, or an empty string."""
    if not person.full:
        return f"“{person.name}” is known by surname only"
    if is_bystander(scene, person):
        return f"{person.name} was only asked in passing"
    if placed.attribution.confidence < _LEAST:
        return f"it is not sure that {person.name} said it"
    if placed.verb is not None and _reported(placed.block, placed.verb):
        return "somebody else reports that it was said"
    if re.search(rf"\b{re.escape(person.surname)}\b", placed.block.text[placed.quote.inner_start : placed.quote.inner_end]):
        return f"{person.name} is spoken of in it"
    return f"{person.name} denies it" if _denied(scene, placed.block, placed.quote, person) else ""


def _unnamed(scene: Scene, placed: Placed, source: "Token") -> Iterator[Fact | Refusal]:
    block, quote, said = placed.block, placed.quote, placed.attribution
    where = block.span(quote.start, quote.end)
    place = placed.cue_block or block
    chosen = worth_asking(block, quote) if quote.form is Form.FULL else None
    found = as_answer(scene, place, source) if chosen is not None and source.i not in place.quoted else None
    if found is None or chosen is None:
        yield Refusal(reason=f"who said: “{source.text}” is no single named person", span=where)
        return
    by, value, sources = found
    start, end, words = chosen
    if any(word in words.lower() for word in value.text.lower().split() if len(word) > 4):
        yield Refusal(reason="who said: the speaker's name stands in the quotation", span=where)
        return
    cue = _cue(said.cue)
    yield Fact(
        sort=Sort.SAID,
        key=f"{Sort.SAID}|{normal(words)}",
        answer=value,
        frame=_dated(scene, placed, Saying(words=words, by=by, cue="say" if cue == "tell" else cue, whole=words[:1].isupper())),
        evidence=evidence_of(block.span(start, end), said.cue_at, place.span_of([source])),
        resolved_from=sources,
        confidence=0.9,
    )


def _cue(lemma: str) -> str:
    return lemma if lemma in CUE_KEPT else "say"


def evidence_of(words: Span, cue: Span | None, name: Span | None) -> tuple[Span, ...]:
    """Return the words with their speaker in one span where they stand close, else in two."""
    spans = [words]
    for part in (cue, name):
        if part is None:
            continue
        near = part.article == words.article and max(part.end, spans[0].end) - min(part.start, spans[0].start) <= CLOSE
        if near:
            spans[0] = Span(words.article, min(part.start, spans[0].start), max(part.end, spans[0].end))
    if name is not None and not (spans[0].article == name.article and spans[0].start <= name.start < spans[0].end):
        spans.append(name)
    return tuple(spans)


def _reported(block: Block, verb: "Token") -> bool:
    """Whether the saying is itself only what something shows or says: "an email shows that Smith told them"."""
    head = verb.head
    if verb.doc is not block.doc or verb.dep_ != "ccomp" or head.i in block.quoted or head.lemma_ not in SAY:
        return False
    return not any(child.dep_ == "neg" for child in head.children) and head.i < verb.i


def _denied(scene: Scene, block: Block, quote: Quote, person: Person) -> bool:
    """Whether the speaker rejects the words later in the paragraph, or at once in the next."""
    following = scene.document.blocks[block.index + 1 : block.index + 2]
    places = [(block, quote.end, len(block.text))]
    places += [(after, 0, next((sent.end_char for sent in after.doc.sents), 0)) for after in following]
    for place, start, end in places:
        for token in place.tokens:
            if token.lemma_ not in _DENIES or token.i in place.quoted or not start < token.idx < end:
                continue
            for child in token.children:
                mention = scene.phrases.person_at(place, child.i) if child.dep_ == "nsubj" else None
                if mention is not None and mention.person == person:
                    return True
    return False
