"""Who said a quotation: a speaker found by sieves, surest first, and the words that are worth asking about.

Sieves: a name beside a verb of saying that touches the quotation; the verb's grammatical subject; a pronoun that can mean one
person only; a quotation in the paragraph of an attributed one that its speaker plainly goes on with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.core.model import AnswerType
from quizzer.news.clauses import antecedent
from quizzer.news.document import Block
from quizzer.news.entities import canonical
from quizzer.news.excerpts import normal, worth_asking
from quizzer.news.facts import Fact, Refusal, Saying, Scene, Sort, person_value
from quizzer.news.people import Mention, Person
from quizzer.news.quotes import Form, Quote
from quizzer.news.values import Span, Value
from quizzer.news.words import CUE_KEPT, DOCUMENTS, OFFICES, SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

CLOSE = 300  # characters within which quotation and speaker are one span of evidence
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOBODY = Person("", "", "", full=False)
_NO_POSITION = word_set("candidate nominee leader lawmaker coach head senator representative congressman congresswoman analyst")
_DENIES = word_set("deny reject dispute refute")


@dataclass(frozen=True)
class _Found:
    """A speaker: who, with which verb, to whom, on what occasion; ``name`` is where the name stands, ``at`` where the cue is."""

    person: Person
    cue: str
    name: Span
    at: Span
    to: str = ""
    occasion: str = ""
    confidence: float = 0.95


@dataclass(frozen=True)
class _Unnamed:
    """What says a quotation when it is nobody by name: an organisation, a document, an official."""

    noun: "Token"
    cue: str
    at: Span


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the quotations of an article whose speaker is one named person."""
    last: _Found | None = None
    for block in scene.document.blocks:
        usable = [(sentence.start_char, sentence.end_char) for sentence in block.sentences]
        own: dict[Quote, _Found] = {}
        current: _Found | None = None
        for quote in block.quotes:
            if not any(start <= quote.start < end for start, end in usable) or quote.form in (Form.TERM, Form.TITLE):
                continue
            found = _speaker(scene, block, quote, last)
            if isinstance(found, _Unnamed):
                current = None
                yield from _unnamed(scene, block, quote, found)
            elif not isinstance(found, str):
                own[quote] = current = found
            elif current is not None and quote.form is Form.FULL and _goes_on(block, quote):
                own[quote] = _Found(current.person, "say", current.name, current.at)
            else:
                current = None
                yield Refusal(reason=f"who said: {found}", span=block.span(quote.start, quote.end))
        for quote, found in own.items():
            yield from _facts(scene, block, quote, found)
        if block.quotes:
            last = current
        elif scene.entities.people.mentions(block):
            last = None


def _speaker(scene: Scene, block: Block, quote: Quote, last: _Found | None) -> "_Found | _Unnamed | str":
    """Return who says a quotation, or why nobody can be named."""
    cues = [cue for cue in (_cue_after(block, quote), _cue_before(block, quote)) if cue is not None]
    if not cues:
        return "no verb of saying beside it"
    verb, adjacent = cues[0]
    if any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.children):
        return f"it is not said: “{verb.sent.text[:40]}…”"
    if verb.dep_ == "ccomp" and verb.head.i not in block.quoted and verb.head.lemma_ in SAY:
        return "somebody else reports that it was said"
    if verb.dep_ in ("relcl", "acl", "pcomp") and adjacent is None:
        return "its verb of saying stands in a side clause"
    if verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP") and not (verb.tag_ == "VBG" and verb.dep_ == "advcl"):
        return "it is not said in so many words"
    subject = adjacent or _subject(block, verb)
    if subject is None:
        return "nobody is named beside it"
    to = _addressee(scene, block, verb)
    occasion = "" if to else _occasion(scene, block, quote, verb)
    at = block.span_of([subject, verb])
    if subject.tag_ == "PRP":
        named = _pronoun(scene, block, subject, last)
        if named is None:
            return f"“{subject.text}” may be one of several"
        person, name = named
        return _Found(person, verb.lemma_, name, at, to, occasion, 0.93)
    mention = scene.phrases.person_at(block, subject.i)
    if mention is None and subject.pos_ in ("NOUN", "PROPN") and not any(child.dep_ == "conj" for child in subject.children):
        return _Unnamed(subject, verb.lemma_, at)
    if mention is None or any(child.dep_ == "conj" for child in subject.children):
        return f"“{subject.text}” is no single named person"
    return _Found(mention.person, verb.lemma_, _name_span(block, mention), at, to, occasion, 0.98)


def _name_span(block: Block, mention: Mention) -> Span:
    return block.span_of(block.doc[mention.first : mention.last + 1])


def _cue_after(block: Block, quote: Quote) -> "tuple[Token, Token | None] | None":
    """Return a verb of saying behind the quotation, and the name beside it if one touches it."""
    doc = block.doc
    end = next((other.start for other in block.quotes if other.start >= quote.end), len(doc.text))
    tokens = [token for token in doc if quote.end <= token.idx < end and not token.is_space]
    inner = doc.text[quote.inner_start : quote.inner_end].rstrip()
    if not tokens or (inner[-1:] in ".…" and doc.text[quote.end : quote.end + 1] != ","):
        return None
    if inner[-1:] not in ",?!—-" and tokens[0].text not in (",", "—", "–"):
        return None
    while tokens and tokens[0].is_punct:
        tokens = tokens[1:]
    stop = next((i for i, token in enumerate(tokens) if token.text in (".", ";", "!", "?")), len(tokens))
    tokens = tokens[:stop]
    for index, token in enumerate(tokens[:20]):
        if token.lower_ in ("according", "as", "when", "after", "which", "who"):
            return None
        if token.lemma_ in SAY and token.pos_ in ("VERB", "AUX", "NOUN") and token.text.islower() and token.dep_ not in ("amod", "acl"):
            before = tokens[index - 1] if index else None
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            if before is not None and (before.pos_ == "PROPN" or before.tag_ == "PRP") and index <= 4:
                return token, before
            if index == 0 and after is not None:
                subject = _subject(block, token)
                return token, subject if subject is not None and subject.i > token.i else _first_name(tokens[1:])
            return token, None
        if token.text == "," and index > 14:
            break
    return None


def _first_name(tokens: "list[Token]") -> "Token | None":
    for token in tokens[:8]:
        if token.text == "," or token.pos_ in ("VERB", "ADP"):
            return None
        if token.pos_ == "PROPN" and token.dep_ != "compound":
            return token
        if token.tag_ == "PRP":
            return token
    return None


def _cue_before(block: Block, quote: Quote) -> "tuple[Token, Token | None] | None":
    """Return the nearest verb of saying before the quotation in its sentence."""
    doc = block.doc
    begin = max((other.end for other in block.quotes if other.end <= quote.start), default=0)
    tokens = [token for token in doc if begin <= token.idx < quote.start and not token.is_space]
    cut = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].text in (".", "!", "?", ";")), -1)
    tokens = tokens[cut + 1 :]
    for token in reversed(tokens[-16:]):
        if token.lemma_ in SAY and token.pos_ == "VERB" and token.i not in block.quoted:
            between = [other for other in tokens if other.i > token.i]
            if any(other.pos_ == "VERB" and other.tag_ in _FINITE for other in between):
                return None
            return token, None
        if token.pos_ == "VERB" and token.tag_ in _FINITE and token.i not in block.quoted and token.lemma_ not in SAY:
            return None
    return None


def _subject(block: Block, verb: "Token") -> "Token | None":
    holder = verb
    for _ in range(3):
        subjects = [child for child in holder.children if child.dep_ in ("nsubj", "nsubjpass") and child.i not in block.quoted]
        if subjects:
            return subjects[0] if len(subjects) == 1 and subjects[0].dep_ == "nsubj" else None
        if holder.dep_ not in ("conj", "advcl", "xcomp") or holder.head.i in block.quoted:
            return None
        holder = holder.head
    return None


def _pronoun(scene: Scene, block: Block, pronoun: "Token", last: _Found | None) -> tuple[Person, Span] | None:
    head = antecedent(block, pronoun, scene.phrases, start=0)
    if head is not None:
        mention = scene.phrases.person_at(block, head.i)
        return (mention.person, _name_span(block, mention)) if mention else None
    gender = {"he": "m", "she": "f"}.get(pronoun.lower_)
    before = [token for token in block.doc if token.i < pronoun.i and token.i not in block.quoted]
    named = any(scene.phrases.person_at(block, token.i) for token in before)
    unnamed = any(token.dep_ in ("nsubj", "nsubjpass") and token.tag_ == "NN" for token in before)
    if gender and not named and not unnamed and last is not None and last.person.gender in ("", gender):
        return last.person, last.name
    return None


def _addressee(scene: Scene, block: Block, verb: "Token") -> str:
    if verb.lemma_ != "tell":
        return ""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and child.i > verb.i and child.i not in block.quoted:
            phrase = scene.phrases.phrase(block, scene.phrases.subtree(block, child))
            if (
                not phrase.trouble
                and not phrase.possessive
                and len(phrase.text.split()) <= 6
                and phrase.text[:1].isalnum()
                and not phrase.text.endswith(("'s", "’s"))
            ):
                return phrase.text
    return ""


def _occasion(scene: Scene, block: Block, quote: Quote, verb: "Token") -> str:
    """Return where or when it was said: "in a statement to ...", "during a March 4, 2011 call"."""
    candidates = [
        child for child in verb.children if child.dep_ == "prep" and child.i > verb.i and child.lower_ in ("in", "at", "during", "on")
    ]
    lead = block.doc.text[: quote.start].rstrip()
    if lead.endswith(":"):
        candidates += [
            token for token in block.doc
            if token.idx < quote.start and token.dep_ == "prep" and token.lower_ in ("during", "in", "at") and token.head.pos_ == "VERB"
            and token.sent.start_char >= max((sent.start_char for sent in block.doc.sents if sent.start_char < quote.start), default=0)
        ]  # fmt: skip
    for head in candidates:
        tokens = [token for token in scene.phrases.subtree(block, head) if token.i not in block.quoted]
        phrase = scene.phrases.phrase(block, tokens)
        if not phrase.trouble and not phrase.possessive and phrase.weight >= 3 and 3 <= len(phrase.text.split()) <= 8:
            return phrase.text
    return ""


def _goes_on(block: Block, quote: Quote) -> bool:
    """Whether a quotation follows an attributed one with at most a full stop between."""
    before = [other for other in block.quotes if other.end <= quote.start]
    if not before:
        return False
    between = block.doc.text[before[-1].end : quote.start]
    if between.strip() == "":
        return True
    if re.search(r"[.!?]\s+\S", between) or re.search(r"[:]\s*$", between):
        return False
    return bool(between.rstrip().endswith("."))


def _facts(scene: Scene, block: Block, quote: Quote, found: _Found) -> Iterator[Fact | Refusal]:
    where = block.span(quote.start, quote.end)
    person = found.person
    value = person_value(scene, person.key)
    if value is None or not person.full:
        yield Refusal(reason=f"who said: “{person.name}” is known by surname only", span=where)
        return
    if _denied(block, quote, scene, person):
        yield Refusal(reason=f"who said: {person.name} denies it", span=where)
        return
    chosen = worth_asking(block, quote)
    weak = False
    if chosen is None:
        chosen, weak = worth_asking(block, quote, modest=True), not (found.to or found.occasion)
    if chosen is None:
        yield Refusal(reason="who said: no sentence of it can be asked about by itself", span=where)
        return
    start, end, words = chosen
    if person.surname.lower() in words.lower():
        yield Refusal(reason="who said: the speaker's name stands in the quotation", span=where)
        return
    yield Fact(
        sort=Sort.SAID,
        key=f"{Sort.SAID}|{normal(words)}",
        answer=value,
        frame=Saying(
            words=words,
            cue=found.cue if found.cue in CUE_KEPT else "say",
            to=found.to,
            occasion=found.occasion,
            whole=words[:1].isupper(),
        ),
        evidence=_evidence(block.span(start, end), found),
        resolved_from=(found.name,),
        # A bare sentence with little in it is asked only when another article tells to whom it was said.
        confidence=0.75 if weak else found.confidence,
    )


def _unnamed(scene: Scene, block: Block, quote: Quote, found: _Unnamed) -> Iterator[Fact | Refusal]:
    where = block.span(quote.start, quote.end)
    said = _source(scene, block, found.noun)
    chosen = worth_asking(block, quote) if quote.form is Form.FULL else None
    if said is None or chosen is None or found.noun.i in block.quoted:
        yield Refusal(reason=f"who said: “{found.noun.text}” is no single named person", span=where)
        return
    by, value, sources = said
    start, end, words = chosen
    if any(word in words.lower() for word in value.text.lower().split() if len(word) > 4):
        yield Refusal(reason="who said: the speaker's name stands in the quotation", span=where)
        return
    name = Span(where.article, *block.paragraph.home(found.noun.idx, found.noun.idx + len(found.noun.text)))
    yield Fact(
        sort=Sort.SAID,
        key=f"{Sort.SAID}|{normal(words)}",
        answer=value,
        frame=Saying(words=words, by=by, cue=found.cue if found.cue in CUE_KEPT - {"tell"} else "say", whole=words[:1].isupper()),
        evidence=_evidence(block.span(start, end), _Found(_NOBODY, "", name, found.at)),
        resolved_from=sources,
        confidence=0.9,
    )


def _source(scene: Scene, block: Block, noun: "Token") -> tuple[str, Value, tuple[Span, ...]] | None:
    """Return what an organisation, a document or the one holder of a position is called."""
    tokens = scene.phrases.subtree(block, noun)
    if (name := scene.phrases.organisation(block, tokens)) and noun.tag_ != "NNPS":
        named = scene.entities.find(name)
        short = named.acronym if named else ""
        if len(name.split()) < 2 and not short:
            return None
        shown = f"the {name}" if tokens[0].lower_ == "the" else name
        return (
            "organisation",
            Value(text=shown, type=AnswerType.ORGANISATION, same=canonical(name), accept=(short,) if short else (), entity=canonical(name)),
            (),
        )
    lower = noun.lower_
    if noun.tag_ != "NN" or (tokens[0].lower_ != "the" and lower not in DOCUMENTS):
        return None
    phrase = scene.phrases.phrase(block, tokens)
    if lower in DOCUMENTS:
        if phrase.trouble or phrase.possessive or phrase.weight < 4 or scene.phrases.is_garden(noun):
            described = scene.phrases.described(block, noun)
            if described is None:
                return None
            phrase = described
        if phrase.possessive or phrase.weight < 4 or len(phrase.text.split()) > 16:
            return None
        return "document", Value(text=phrase.text, type=AnswerType.TEXT, same=phrase.text.lower()), phrase.sources
    others = {
        tuple(child.lower_ for child in token.children if child.dep_ in ("compound", "amod")) for other in scene.document.blocks
        for token in other.doc if token.lower_ == lower and token.i not in other.quoted
    }  # fmt: skip
    before = tuple(child.lower_ for child in noun.children if child.dep_ in ("compound", "amod"))
    text = re.sub(r"^the ", "", phrase.text)
    if (
        lower not in (OFFICES | {"general", "prosecutor"}) - _NO_POSITION
        or "former" in before
        or not before
        or phrase.possessive
        or phrase.names
    ):
        return None
    plain = " ".join(token.text for token in tokens[1:])
    text = plain if phrase.trouble else text
    if any(form and form != before for form in others) or re.search(r"\d|[,;:\"“]", text) or not 2 <= len(text.split()) <= 6:
        return None
    return "position", Value(text=text, type=AnswerType.TEXT, same=text.lower()), phrase.sources


def _evidence(words: Span, found: _Found) -> tuple[Span, ...]:
    """Return the words with their speaker in one span where they stand close, else in two."""
    spans = [words]
    for part in (found.at, found.name):
        near = part.article == words.article and max(part.end, spans[0].end) - min(part.start, spans[0].start) <= CLOSE
        if near:
            spans[0] = Span(words.article, min(part.start, spans[0].start), max(part.end, spans[0].end))
    if not (spans[0].article == found.name.article and spans[0].start <= found.name.start < spans[0].end):
        spans.append(found.name)
    return tuple(spans)


def _denied(block: Block, quote: Quote, scene: Scene, person: Person) -> bool:
    for token in block.doc:
        if token.lemma_ in _DENIES and token.i not in block.quoted and token.idx > quote.end:
            subject = _subject(block, token)
            if subject is not None and (mention := scene.phrases.person_at(block, subject.i)) and mention.person == person:
                return True
    return False
