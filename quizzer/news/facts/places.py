"""Where something happened: a named place in a statement's "in" or "at" phrase."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.entities import clean_name
from quizzer.news.facts import Block, Fact, Happening, Refusal, Scene, Sort
from quizzer.news.facts.frames import asked_clauses, clause_key, clause_span, make_frame
from quizzer.news.facts.telling import SMALL, staged
from quizzer.news.facts.tense import grounded, reported, told_clauses
from quizzer.news.nouns import noun_for
from quizzer.news.values import Value, read_date
from quizzer.news.words import EVENT_NOUNS, SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.clauses import Clause

_AT = word_set("in at near")
_BEFORE = _AT | {"during"}  # an event that tells where: "during a stop in Iowa"
_PASSING = word_set("arrive land stop speak appear travel gather stay live campaign rally")  # in many places, but for the day
_GATHERINGS = word_set(
    "rally speech event interview appearance dinner fund-raiser fundraiser briefing tour visit service talk lecture stop"
)
_WITHIN = ("object", "prep", "dative", "complement", "agent", "clause")
_INTO = word_set("in from to near into with over")
_DEEP = 12  # what a statement must tell with a place deep in it
_BESIDE = 8  # and what that is without its subject and time
_STATIVE = word_set("be have do say tell believe think want know seem become")


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the places where the statements and events of an article happened."""
    for clause in asked_clauses(scene):
        if clause.copula or any(part.role == "chain" for part in clause.parts) or clause.verb.lemma_ in _STATIVE:
            continue
        if clause.verb.lemma_ in _PASSING and clause.day() is None:
            continue
        candidates = list(_places(scene, clause))
        if len(candidates) == 1:
            yield from _fact(scene, clause, *candidates[0])
    for clause in told_clauses(scene):
        yield from _within(scene, clause)
    for block in scene.document.blocks:
        yield from _events(scene, block)


def _within(scene: Scene, clause: "Clause") -> Iterator[Fact | Refusal]:
    """ "a plant in Mexico", deep in a statement: asked where it stands, as "a plant in which country"."""
    block = clause.block
    if clause.copula or clause.claimed_by is not None or clause.verb.lemma_ in _STATIVE | SAY:
        return
    inside = [token for part in clause.parts for token in part.tokens if part.role in _WITHIN and token.i not in block.quoted]
    found = [token for token in inside if token.ent_type_ in ("GPE", "NORP", "LOC") and token.dep_ == "pobj"]
    kinds = [(token, _kind(token)) for token in found]
    if len([kind for _, kind in kinds if kind]) != 1 or any(_kind(token) for token in clause.subject.tokens):
        return
    place, kind = next((token, kind) for token, kind in kinds if kind)
    into = place.head
    straight = into.head == clause.verb and into.lower_ in _AT
    if (
        straight
        or into.lower_ not in _INTO
        or into.head.pos_ not in ("NOUN", "VERB")
        or any(c.dep_ in ("conj", "appos") for c in place.children)
    ):
        return
    name = [token for token in place.subtree if token in inside]
    plain = " ".join(token.text for token in name if token.lower_ != "the")
    if any(token.pos_ not in ("PROPN", "DET") for token in name) or noun_for(plain) != kind or len(name) != name[-1].i - name[0].i + 1:
        return
    after = block.doc[name[-1].i + 1] if name[-1].i + 1 < len(block.doc) else None
    before = block.doc[into.i - 1] if into.i else None
    if (after is not None and after.text in ("'s", "’s", "-")) or (before is not None and before.text == ","):
        return
    frame, why = make_frame(
        scene, clause, gap="in place", taken=None, strict=True,
        instead=dict.fromkeys((token.i for token in name), "") | {name[0].i: f"which {kind}"},
    )  # fmt: skip
    span = clause_span(clause, *(part for part in clause.parts if place in part.tokens))
    if frame is None:
        yield Refusal(reason=f"{Sort.WHERE}: {why}", span=span)
        return
    frame, as_of = grounded(scene, clause, frame)
    frame = reported(scene, clause, frame)
    frame = msgspec.structs.replace(frame, counted=f"which {kind}")
    if not any(f"which {kind}" in text for text in frame.rest):
        return  # it stood in a side clause that was left out
    if frame.auxiliaries[:1] == ("had",) or frame.own < _BESIDE or frame.weight < (_DEEP if clause.day() is None else _DEEP - 3):
        yield Refusal(reason=f"{Sort.WHERE}: it tells too little to stand alone", span=span)
        return
    value = _value(plain)
    if name[0].lower_ == "the":
        value = msgspec.structs.replace(value, text=f"the {plain}", accept=(plain,))
    yield Fact(
        sort=Sort.WHERE, key=clause_key(Sort.WHERE, frame), answer=value, frame=frame, evidence=(span,), resolved_from=frame.sources,
        confidence=0.88, as_of=as_of,
    )  # fmt: skip


def _kind(place: "Token") -> str:
    """Return "country" or "state" where a word ends the name of one, else an empty string."""
    run = [place]
    while run[0].i and run[0].nbor(-1).dep_ == "compound" and run[0].nbor(-1).head == place:
        run.insert(0, run[0].nbor(-1))
    for start in range(len(run)):
        kind = noun_for(" ".join(token.text for token in run[start:]))
        if kind in ("country", "state"):
            return kind if start == 0 else ""
    inner = [token for token in place.subtree if token.i <= place.i and token.pos_ == "PROPN"]
    return noun_for(" ".join(token.text for token in inner)) if noun_for(" ".join(token.text for token in inner)) == "country" else ""


def _events(scene: Scene, block: Block) -> Iterator[Fact | Refusal]:
    """Yield the places of events named by a noun with a year: "the 2007 pilot program in southern Ohio"."""
    for sentence in block.sentences:
        for noun in block.tokens_of(sentence):
            if noun.lemma_.lower() not in EVENT_NOUNS or noun.tag_ not in ("NN", "NNP") or noun.i in block.quoted:
                continue
            found = [(head, child) for head in noun.children if head.dep_ == "prep" and head.lower_ in _AT for child in _named(block, head)]
            if len(found) != 1 or any(child.dep_ == "poss" for child in noun.children):
                continue
            head, place = found[0]
            tokens = scene.phrases.subtree(block, noun, without=[child for child in noun.children if child.i > noun.i])
            while tokens and tokens[0].lower_ in ("a", "an", "the"):
                tokens = tokens[1:]
            phrase = scene.phrases.phrase(block, tokens)
            years = [token.text for token in tokens if read_date(token.text)]
            opening = re.match(r"(?:In|On) ", sentence.text)
            day = read_date(sentence.text[opening.end() :].split(", during")[0]) if opening and noun.head.lower_ == "during" else None
            if phrase.trouble or phrase.possessive or len(tokens) < 2 or not (years or day):
                continue
            event = phrase.text if years or day is None else f"{day.year} {phrase.text}"
            answer = _whole_place(scene, block, place)
            if not answer:
                continue
            value = _value(answer)
            terms = phrase.terms - set(years)
            yield Fact(
                sort=Sort.WHERE,
                key="|".join((Sort.WHERE, "event", *sorted(terms))),
                answer=value,
                frame=Happening(event=event, weight=phrase.weight, terms=terms),
                evidence=(block.span_of([*tokens, head, *scene.phrases.subtree(block, place), *([] if years else [sentence[0]])]),),
                confidence=0.88,
            )


def _named(block: Block, preposition: "Token") -> "list[Token]":
    return [
        child
        for child in preposition.children
        if child.dep_ == "pobj" and child.ent_type_ in ("GPE", "LOC", "FAC") and child.i not in block.quoted
    ]


def _whole_place(scene: Scene, block: Block, place: "Token") -> str:
    """Return a place's name with the state or country behind its comma, or nothing when it is no plain place."""
    if any(child.dep_ == "conj" for child in place.children):
        return ""
    tokens = scene.phrases.subtree(block, place)
    name = scene.phrases.phrase(block, tokens)
    text = clean_name(name.text)
    if name.trouble or not 1 <= len(text.split()) <= 6 or not any(word[:1].isupper() for word in text.split()):
        return ""
    named = scene.entities.find(text)
    if named is not None and named.kind != "place":
        return ""
    after = list(place.doc[tokens[-1].i + 1 : tokens[-1].i + 3])
    wider = len(after) == 2 and after[0].text == "," and after[1].ent_type_ == "GPE" and after[1].is_title
    if wider and after[1].dep_ in ("appos", "conj", "npadvmod"):
        text = f"{text}, {after[1].text}"
    return text


def _value(text: str) -> Value:
    place = text.split(",")[0]
    accept = (place,) if "," in text else ()
    return Value(text=text, type=AnswerType.PLACE, same=place.lower(), accept=accept, entity=place.lower())


def _places(scene: Scene, clause: "Clause") -> "Iterator[tuple[Token, Token]]":
    for part in clause.parts:
        if part.role == "prep" and part.head.lower_ in _BEFORE:
            heads = [part.head]
        elif part.role == "object":
            heads = [token for token in part.head.children if token.dep_ == "prep" and token.lower_ in _AT and token in part.tokens]
        else:
            continue
        if part.role == "prep":  # "at a rally in Ohio"
            nested = [token for token in part.tokens if token.dep_ == "prep" and token.lower_ in ("in", "near") and token != part.head]
            events = _GATHERINGS if part.head.lower_ == "during" else EVENT_NOUNS | _GATHERINGS
            heads += [token for token in nested if token.head.lemma_.lower() in events and token.i > token.head.i]
        for head in heads:
            for child in _named(clause.block, head):
                yield head, child


def _fact(scene: Scene, clause: "Clause", preposition: "Token", place: "Token") -> Iterator[Fact | Refusal]:
    block = clause.block
    text = _whole_place(scene, block, place)
    if not text:
        return
    tokens = scene.phrases.subtree(block, place)
    taken = frozenset((preposition, *preposition.subtree))
    part = next((part for part in clause.parts if part.head is preposition), None)
    frame, why = make_frame(scene, clause, gap="place", taken=part, omit=taken, strict=True)
    span = clause_span(clause, *(p for p in clause.parts if p.role == "object"))
    span = type(span)(span.article, min(span.start, block.span_of(tokens).start), max(span.end, block.span_of(tokens).end))
    if frame is None:
        yield Refusal(reason=f"{Sort.WHERE}: {why}", span=span)
        return
    frame, as_of = grounded(scene, clause, frame)
    frame = reported(scene, clause, frame)
    if staged(clause) or (clause.verb.lemma_ in SMALL and frame.own < _DEEP):
        yield Refusal(reason=f"{Sort.WHERE}: it may have happened in many places", span=span)
        return
    born = clause.verb.lemma_ == "bear" and clause.passive and len(frame.subject.split()) > 1 and frame.names
    if clause.day() is None and frame.weight < 9 and not born:
        yield Refusal(reason=f"{Sort.WHERE}: it tells too little to stand alone", span=span)
        return
    value = _value(text)
    key = clause_key(Sort.WHERE, frame)
    yield Fact(sort=Sort.WHERE, key=key, answer=value, frame=frame, evidence=(span,), confidence=0.9, as_of=as_of)
