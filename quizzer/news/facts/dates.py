"""When something happened: a date, month or year that a statement, or a noun for an event, gives itself.

A time that leans on the article's day ("on Thursday") counts only in an article with its date.
"""

import dataclasses
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.document import Block
from quizzer.news.facts import Fact, Happening, Refusal, Scene, Sort
from quizzer.news.facts.frames import asked_clauses, clause_key, clause_span, make_frame
from quizzer.news.facts.telling import worth_a_date
from quizzer.news.facts.tense import grounded
from quizzer.news.values import DATE, Day, Span, day_of
from quizzer.news.words import EVENT_NOUNS, SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.clauses import Clause
    from quizzer.news.constituents import Part

_OFTEN = word_set("speak appear campaign visit arrive travel rally meet stop talk return work live stay run")  # on many a day
_POINTS = word_set("in on during")


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the dated statements and events of an article."""
    for clause in asked_clauses(scene):
        yield from _dated(scene, clause)
        yield from _when(scene, clause)
    for block in scene.document.blocks:
        for sentence in block.sentences:
            for token in block.tokens_of(sentence):
                if token.lemma_.lower() in EVENT_NOUNS and token.pos_ in ("NOUN", "PROPN") and token.i not in block.quoted:
                    yield from _event(scene, block, token)


def _dated(scene: Scene, clause: "Clause") -> Iterator[Fact | Refusal]:
    times = [part for part in clause.parts if part.role == "time" and part.day]
    if len(times) != 1 or clause.copula:
        return
    part = times[0]
    preposition = part.tokens[0].lower_ if part.head.dep_ == "prep" else ""
    if part.day is None or (part.moment is None and preposition and preposition not in _POINTS):
        return
    if part.moment is not None:
        yield from _relative(scene, clause, part)
    else:
        yield from _fact(scene, clause, part.day, part, clause_span(clause, part, *_objects(clause)))


def _relative(scene: Scene, clause: "Clause", part: "Part") -> Iterator[Fact | Refusal]:
    """ "on Thursday" in an article with its date: only of a plain deed in the past, with the date line as evidence."""
    date = scene.document.date
    if clause.claimed_by or clause.verb.lemma_ in SAY or part.day is None or date is None:
        return
    done = clause.verb.tag_ == "VBD" and not clause.auxiliaries
    done = done or (clause.passive and [token.lower_ for token in clause.auxiliaries] in (["was"], ["were"]))
    done = done or (clause.verb.tag_ == "VBN" and [token.lower_ for token in clause.auxiliaries] in (["has"], ["have"]))
    told = any(part.role == "prep" and any(token.pos_ == "PROPN" for token in part.tokens) for part in clause.parts)
    if not done or not (clause.passive or _objects(clause) or (told and clause.verb.lemma_ not in _OFTEN)):
        return
    header = re.search(rf"{date.isoformat()}|{date:%B} {date.day}, {date.year}", scene.document.article.text[:1000])
    line = (Span(scene.document.article.name, header.start(), header.end()),) if header else ()
    for fact in _fact(scene, clause, part.day, part, clause_span(clause, part, *_objects(clause))):
        if isinstance(fact, Fact):
            fact = msgspec.structs.replace(
                fact, evidence=(*fact.evidence, *line), resolved_from=(*fact.resolved_from, *line), confidence=0.88
            )
        yield fact


def _when(scene: Scene, clause: "Clause") -> Iterator[Fact | Refusal]:
    """ "2007, when a pilot began": the statement happened in the year before "when"."""
    when = next((child for child in clause.verb.children if child.lower_ == "when" and child.dep_ == "advmod"), None)
    if when is None or when.i == 0 or clause.day():
        return
    text = clause.block.text[: when.idx].rstrip(" ,")
    matches = [match for match in DATE.finditer(text) if match.end() == len(text)]
    if matches and (day := day_of(matches[0])):
        block = clause.block
        end = max(token.idx + len(token.text) for token in (clause.verb, *(t for p in _objects(clause) for t in p.tokens)))
        # "according to" in the main clause does not reach into this one.
        own = dataclasses.replace(clause, claimed_by=None) if clause.verb.dep_ == "relcl" else clause
        yield from _fact(scene, own, day, None, block.span(matches[0].start(), end))


def _objects(clause: "Clause") -> "list[Part]":
    return [part for part in clause.parts if part.role in ("object", "chain", "attribute", "agent", "particle")]


def _fact(scene: Scene, clause: "Clause", day: Day, part: "Part | None", span: Span) -> Iterator[Fact | Refusal]:
    frame, why = make_frame(scene, clause, gap="time", taken=part)
    where = clause_span(clause, part)
    partial = any(token.lower_ in ("only", "just") for token in clause.subject.tokens)
    if clause.verb.lemma_ in ("have", "spend", "prompt", "cause") or partial:
        return
    if frame is None:
        yield Refusal(reason=f"when: {why}", span=where)
        return
    frame, _ = grounded(scene, clause, frame)
    if not worth_a_date(scene, clause, frame, day):
        yield Refusal(reason="when: its day is not worth asking for", span=where)
        return
    yield Fact(sort=Sort.WHEN, key=clause_key(Sort.WHEN, frame), answer=day.value(), frame=frame, evidence=(span,), confidence=0.95)


def _event(scene: Scene, block: Block, noun: "Token") -> Iterator[Fact | Refusal]:
    """ "the 2007 pilot program in southern Ohio", "a White House meeting on May 3, 2018"."""
    tokens = scene.phrases.subtree(block, noun)
    if not tokens or noun.tag_ not in ("NN", "NNP"):
        return
    start = tokens[0].idx
    text = block.text[start : tokens[-1].idx + len(tokens[-1].text)]
    dates = [(match, day) for match in DATE.finditer(text) if (day := day_of(match))]
    if len(dates) != 1:
        return
    match, day = dates[0]
    begin, end = start + match.start(), start + match.end()
    dated = [token for token in tokens if begin <= token.idx < end]
    if not dated:
        return  # the date begins inside a token
    before = dated[0].i < noun.i and all(token.i < noun.i for token in dated)
    if not before:
        preposition = dated[0].head if dated[0].dep_ == "pobj" else dated[0].head.head
        if preposition.head is not noun or preposition.lower_ not in ("on", "in"):
            return
        dated.append(preposition)
    if any(token.dep_ == "poss" and token.head is noun for token in tokens):
        return
    rest = [token for token in tokens if token not in dated]
    while rest and rest[0].lower_ in ("a", "an", "the"):
        rest = rest[1:]
    if not rest:
        return
    phrase = scene.phrases.phrase(block, rest)
    where = block.span_of(tokens)
    if phrase.trouble or phrase.possessive:
        yield Refusal(reason=f"when: {phrase.trouble or phrase.possessive}", span=where)
        return
    premods = [token for token in rest if token.i < noun.i]
    common = sum(token.pos_ == "NOUN" for token in premods)
    told = phrase.weight >= 9 and noun.i < rest[-1].i and noun.text.islower()  # "the attack on the embassy in Nairobi"
    if phrase.weight < 6 or (not told and (not premods or (not common and noun.i == rest[-1].i))):
        yield Refusal(reason="when: the event is not told apart from others", span=where)
        return
    terms = phrase.terms - {str(day.year)}
    yield Fact(
        sort=Sort.WHEN,
        key="|".join((Sort.WHEN, "event", *sorted(terms))),
        answer=day.value(),
        frame=Happening(event=phrase.text, weight=phrase.weight, terms=terms),
        evidence=(where,),
        confidence=0.9,
    )
