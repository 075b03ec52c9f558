"""What is the first, the only or the largest of its kind: "NAME was the first woman to ...", "NAME, the world's largest maker of ...".

Only what is counted or measured; who is the best or the smartest is somebody's opinion, and is never taken.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.clauses import Clause
from quizzer.news.constituents import Part
from quizzer.news.facts import Fact, Frame, Refusal, Scene, Sort
from quizzer.news.facts.deeds import Doer, named
from quizzer.news.facts.frames import clause_key, clause_span, make_frame
from quizzer.news.facts.tense import grounded, told_clauses
from quizzer.news.times import spoken_month
from quizzer.news.values import Span
from quizzer.news.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_SINGLE = word_set("first second third fourth fifth last only sole top second-largest third-largest fourth-largest")
_MEASURED = word_set("largest biggest smallest oldest youngest longest shortest tallest highest lowest fastest richest earliest poorest")
_LOOSE = word_set("thing reason way time step issue problem choice person one hope part point question answer kind sort sign candidate")
_MARKED = re.compile(rf"\b(?:{'|'.join(sorted(_SINGLE | _MEASURED))})\b")
LEAST = 3  # how much the words must tell
ALONE = 6  # what it tells besides that there is but one
LONGEST = 18  # words of the description


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield what an article says is the only one of its kind."""
    for clause in told_clauses(scene):
        if clause.copula and clause.claimed_by is None and clause.meant is None:
            yield from _copula(scene, clause)
    date = scene.document.date
    if date is not None:
        first = {clause.block: clause for clause in reversed(scene.clauses)}
        for clause in first.values():
            yield from _beside(scene, clause, f"in {spoken_month(date)}")


def is_single(tokens: "Sequence[Token]", head: "Token") -> bool:
    """Whether a description fits one alone: "the first woman to fly", "the city's largest bank"."""
    before = [token for token in tokens if token.i < head.i]
    if not before or head.tag_ not in ("NN", "NNP") or head.lower_ in _LOOSE or len(tokens) > LONGEST:
        return False
    definite = before[0].lower_ == "the" or any(child.dep_ == "poss" and child.tag_ != "PRP$" for child in head.children)
    marked = any(token.lower_ in _SINGLE | _MEASURED for token in before)
    opinion = any(token.tag_ in ("JJS", "RBS") and token.lower_ not in _MEASURED for token in before)
    several = any(child.dep_ in ("conj", "cc") for child in head.children) or any(token.lower_ == "among" for token in tokens[:1])
    return definite and marked and not opinion and not several


def _copula(scene: Scene, clause: Clause) -> Iterator[Fact | Refusal]:
    attributes = [part for part in clause.parts if part.role == "attribute"]
    if len(attributes) != 1 or not is_single(attributes[0].tokens, attributes[0].head):
        return
    head = clause.antecedent or clause.subject.head
    if any(child.dep_ in ("conj", "cc") for child in head.children):
        return
    doer = named(scene, clause, head, clause.subject)
    if doer is None:
        return
    frame, why = make_frame(scene, clause, gap="subject", taken=None, speaker=doer.value.entity, strict=True)
    span = clause_span(clause, *attributes)
    if frame is None:
        yield Refusal(reason=f"{Sort.DID}: {why}", span=span)
        return
    frame, as_of = grounded(scene, clause, frame)
    yield from _made(frame, doer, span=span, as_of=as_of)


def _beside(scene: Scene, clause: Clause, when: str) -> Iterator[Fact | Refusal]:
    """ "NAME, the country's largest bank, ...", as of the article's day."""
    block = clause.block
    if not _MARKED.search(block.text):
        return
    for sentence in block.sentences:
        if re.search(r"\b(?:1[5-9]|20)\d\d\b", sentence.text):
            continue  # a story of that year
        for noun in block.tokens_of(sentence):
            head = noun.head
            if noun.dep_ != "appos" or noun.i < head.i or noun.i in block.quoted or head.pos_ != "PROPN":
                continue
            tokens = tuple(scene.phrases.subtree(block, noun))
            if not tokens or block.doc[tokens[0].i - 1].text != "," or not is_single(tokens, noun):
                continue
            own = tuple(scene.phrases.subtree(block, head, without=[noun]))
            doer = named(scene, clause, head, Part("subject", head, own))
            phrase = scene.phrases.phrase(block, tokens)
            if doer is None or phrase.trouble or phrase.possessive:
                continue
            frame = Frame(
                gap="subject", verb="was", lemma="be", tag="VBD", rest=(phrase.text, when), weight=phrase.weight + 3,
                terms=phrase.terms | {"be"}, names=phrase.names, sources=phrase.sources,
            )  # fmt: skip
            date = scene.document.date
            yield from _made(frame, doer, span=block.span_of([*own, *tokens]), as_of=date.isoformat() if date else "")


def _made(frame: Frame, doer: Doer, *, span: Span, as_of: str) -> Iterator[Fact | Refusal]:
    if frame.weight < LEAST or doer.value.entity in frame.names or len(frame.rest[0].split()) < 5:
        yield Refusal(reason=f"{Sort.DID}: it tells too little to be one alone", span=span)
        return
    frame = msgspec.structs.replace(frame, counted=doer.opening, subject_plural=False, weight=frame.weight + ALONE)
    yield Fact(
        sort=Sort.DID, key=clause_key(Sort.DID, frame), answer=doer.value, frame=frame, evidence=(span,),
        resolved_from=frame.sources, confidence=0.9, as_of=as_of,
    )  # fmt: skip
