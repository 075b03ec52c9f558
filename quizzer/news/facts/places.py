"""Where something happened: a named place in a statement's "in" or "at" phrase."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.core.model import AnswerType
from quizzer.news.entities import clean_name
from quizzer.news.facts import Fact, Refusal, Scene, Sort, asked_clauses, clause_key, clause_span, make_frame
from quizzer.news.values import Value
from quizzer.news.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.clauses import Clause

_AT = word_set("in at near")
_STATIVE = word_set("be have do say tell believe think want know seem become")


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the places where the statements of an article happened."""
    for clause in asked_clauses(scene):
        if clause.copula or any(part.role == "chain" for part in clause.parts) or clause.verb.lemma_ in _STATIVE:
            continue
        candidates = list(_places(scene, clause))
        if len(candidates) == 1:
            yield from _fact(scene, clause, *candidates[0])


def _places(scene: Scene, clause: "Clause") -> "Iterator[tuple[Token, Token]]":
    for part in clause.parts:
        if part.role == "prep" and part.head.lower_ in _AT:
            heads = [part.head]
        elif part.role == "object":
            heads = [token for token in part.head.children if token.dep_ == "prep" and token.lower_ in _AT and token in part.tokens]
        else:
            continue
        for head in heads:
            for child in head.children:
                if child.dep_ == "pobj" and child.ent_type_ in ("GPE", "LOC", "FAC") and child.i not in clause.block.quoted:
                    yield head, child


def _fact(scene: Scene, clause: "Clause", preposition: "Token", place: "Token") -> Iterator[Fact | Refusal]:
    block = clause.block
    if any(child.dep_ == "conj" for child in place.children):
        return
    tokens = scene.phrases.subtree(block, place)
    name = scene.phrases.phrase(block, tokens)
    text = clean_name(name.text)
    if name.trouble or not 1 <= len(text.split()) <= 6 or not text[:1].isupper():
        return
    named = scene.entities.find(text)
    if named is not None and named.kind != "place":
        return
    after = list(place.doc[tokens[-1].i + 1 : tokens[-1].i + 3])
    if (
        len(after) == 2
        and after[0].text == ","
        and after[1].ent_type_ == "GPE"
        and after[1].is_title
        and after[1].dep_ in ("appos", "conj", "npadvmod")
    ):
        text = f"{text}, {after[1].text}"
    taken = frozenset((preposition, *preposition.subtree))
    part = next((part for part in clause.parts if part.head is preposition), None)
    frame, why = make_frame(scene, clause, gap="place", taken=part, omit=taken, strict=True)
    span = clause_span(clause, *(p for p in clause.parts if p.role == "object"))
    span = type(span)(span.article, min(span.start, block.span_of(tokens).start), max(span.end, block.span_of(tokens).end))
    if frame is None:
        yield Refusal(reason=f"{Sort.WHERE}: {why}", span=span)
        return
    accept = (text.split(",")[0],) if "," in text else ()
    value = Value(text=text, type=AnswerType.PLACE, same=text.split(",")[0].lower(), accept=accept, entity=text.split(",")[0].lower())
    yield Fact(sort=Sort.WHERE, key=clause_key(Sort.WHERE, frame), answer=value, frame=frame, evidence=(span,), confidence=0.9)
