"""What somebody did something to: a person, organisation, law or place that a statement names as its object, or behind the
preposition that its verb asks for.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.clauses import Clause
from quizzer.news.constituents import Part
from quizzer.news.entities import clean_name
from quizzer.news.facts import Fact, Refusal, Scene, Sort, person_value
from quizzer.news.facts.deeds import Doer, named
from quizzer.news.facts.frames import clause_key, clause_span, make_frame
from quizzer.news.facts.telling import staged, untold
from quizzer.news.facts.tense import grounded, reported, told_clauses
from quizzer.news.nouns import noun_for
from quizzer.news.values import DATE, Value
from quizzer.news.words import EVENT_NOUNS, SAY, word_set

if TYPE_CHECKING:
    pass

_EMPTY = word_set(
    "be have do get go come see think know want try seem become keep look face appear feel like need hope make take give "
    "hold prompt cause put set bring leave start continue lead trail"
)
_POINTED = word_set("for from with against to by")  # prepositions that lead to somebody
_MANY = word_set("campaign appear travel speak work rally run live")  # with many, for many
_TELLING = 9
_FIRST = word_set("found co-found invent discover write compose paint build design create assassinate acquire marry defeat publish")
_WHAT = 4  # what is told beside subject, time and thing
_CHOSEN = word_set("endorse hire choose nominate marry defeat sue replace succeed fire appoint pick select name join acquire buy beat")
_LONGEST = 5  # words of a thing that may be an answer


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield what the people and organisations of an article acted on."""
    for clause in told_clauses(scene):
        if clause.copula or (clause.verb.lemma_ in SAY | _EMPTY and not _pledge(clause) and not _held(clause)):
            continue
        chains = [part for part in clause.parts if part.role == "chain"]
        if chains and (len(chains) > 1 or any(part.role == "complement" for part in clause.parts) or chains[0].head.lemma_ in SAY | _EMPTY):
            continue
        objects = [part for part in clause.parts if part.role == "object"]
        if len(objects) == 1:
            yield from _object(scene, clause, objects[0])
        for part in clause.parts:
            if part.role == "prep" and part.head.lower_ in _POINTED and part.head.i > clause.verb.i:
                yield from _pointed(scene, clause, part)


def _pledge(clause: Clause) -> bool:
    """Whether a verb of saying is followed by what somebody means to do: "vowed to repeal X"."""
    return clause.verb.lemma_ in ("vow", "pledge", "promise", "threaten") and any(part.role == "chain" for part in clause.parts)


def _held(clause: Clause) -> bool:
    """Whether a dated event was held, which "what" asks for: "held a conference call with X on ..."."""
    held = [part.head for part in clause.parts if part.role == "object"]
    return clause.verb.lemma_ == "hold" and clause.day() is not None and len(held) == 1 and held[0].lemma_.lower() in EVENT_NOUNS


def _object(scene: Scene, clause: Clause, part: Part) -> Iterator[Fact | Refusal]:
    head = part.head
    if any(child.dep_ in ("conj", "cc", "relcl", "acl") for child in head.children) or head.i < clause.verb.i or len(part.tokens) > 8:
        return
    tail = any(other.role in ("clause", "chain") and other.head.i > head.i for other in clause.parts)
    chained = any(other.role == "chain" for other in clause.parts)
    if not tail and (owner := _owner(scene, clause, part)):
        yield from _fact(scene, clause, part, owner)
    elif whom := named(scene, clause, head, part):
        yield from _fact(scene, clause, part, Doer(whom.value, "Whom" if whom.opening == "Who" else whom.opening))
    elif not chained and (thing := _thing(scene, clause, part)):
        yield from _fact(scene, clause, part, thing)


def _pointed(scene: Scene, clause: Clause, part: Part) -> Iterator[Fact | Refusal]:
    if clause.verb.lemma_ in _MANY:
        return
    heads = [child for child in part.head.children if child.dep_ == "pobj"]
    if len(heads) != 1 or any(child.dep_ in ("conj", "cc", "relcl", "acl", "prep") for child in heads[0].children):
        return
    if any(other is not part and other.role == "prep" and other.head.lower_ == part.head.lower_ for other in clause.parts):
        return  # "met with A and with B"
    tokens = tuple(token for token in part.tokens if token.i > part.head.i)
    whom = named(scene, clause, heads[0], Part("object", heads[0], tokens)) if tokens else None
    if whom is None:
        return
    asked = "whom" if whom.opening == "Who" else whom.opening.lower()
    yield from _fact(scene, clause, part, Doer(whom.value, f"{part.head.lower_.capitalize()} {asked}"))


def _owner(scene: Scene, clause: Clause, part: Part) -> Doer | None:
    """ "received NAME's endorsement", "the endorsement of NAME": whose."""
    head = part.head
    owners = [child for child in head.children if child.dep_ == "poss"]
    of = [child for child in head.children if child.dep_ == "prep" and child.lower_ == "of"]
    if len(owners) + len(of) != 1 or head.tag_ != "NN":
        return None  # "praised NAME's actions" does not tell which
    if of:
        owners = [child for child in of[0].children if child.dep_ == "pobj"]
        if len(owners) != 1 or any(child.dep_ == "amod" for child in head.children):
            return None
    person = scene.phrases.subject_person(clause.block, owners[0])
    value = person_value(scene, person.key) if person is not None and person.full else None
    inside = {token.i for token in (of[0] if of else owners[0]).subtree}
    rest = [token for token in part.tokens if token.i not in inside and token.lower_ not in ("the", "'s", "’s")]
    phrase = scene.phrases.phrase(clause.block, rest)
    if value is None or phrase.trouble or phrase.possessive or len(rest) > 5:
        return None
    return Doer(value, f"Whose {phrase.text}")


def _thing(scene: Scene, clause: Clause, part: Part) -> Doer | None:
    """ "What did the council approve?": a thing of its own name, or told apart by what describes it."""
    head = part.head
    phrase = scene.phrases.phrase(clause.block, part.tokens)
    text = clean_name(phrase.text)
    words = text.split()
    if phrase.trouble or phrase.possessive or not 2 <= len(words) <= _LONGEST or head.tag_ not in ("NN", "NNS", "NNP", "NNPS"):
        return None
    if any(token.like_num or token.tag_ in ("PRP$", "CD", "JJR", "JJS", "POS") or token.i in clause.block.quoted for token in part.tokens):
        return None
    known = clause.day() is not None or scene.document.date is not None
    if DATE.search(text) or (not any(word[:1].isupper() for word in words) and (len(words) < 3 or not known or phrase.weight < 3)):
        return None
    kind = noun_for(text) if head.pos_ == "PROPN" else ""
    if head.ent_type_ in ("GPE", "LOC", "FAC", "PERSON", "NORP", "DATE", "TIME") and not kind:
        return None
    value = Value(text=phrase.text, type=AnswerType.TEXT, same=text.lower(), accept=(text,) if text != phrase.text else ())
    return Doer(value, f"Which {kind}" if kind else "What")


def _fact(scene: Scene, clause: Clause, part: Part, asked: Doer) -> Iterator[Fact | Refusal]:
    frame, why = make_frame(scene, clause, gap="fronted", taken=part)
    span = clause_span(clause, part, *(other for other in clause.parts if other.role in ("object", "time")))
    if frame is None:
        yield Refusal(reason=f"{Sort.WHAT}: {why}", span=span)
        return
    bare = not frame.rest
    frame, as_of = grounded(scene, clause, frame)
    frame = reported(scene, clause, frame)
    frame = msgspec.structs.replace(frame, counted=asked.opening)
    least = _TELLING + (clause.day() is None) * (3 if asked.opening == "What" else 1)
    dated = bool(frame.told or clause.day())
    lone = clause.verb.lemma_ in _FIRST or (dated and clause.verb.lemma_ in _CHOSEN and asked.opening != "What")
    if lone:
        least = 6
    if bare and asked.opening.split()[0] in ("Whom", "What", "Which") and not lone:
        yield Refusal(reason=f"{Sort.WHAT}: nothing but its verb tells it apart", span=span)
        return
    if frame.weight < least or asked.value.entity in frame.names:
        yield Refusal(reason=f"{Sort.WHAT}: it tells too little to stand alone", span=span)
        return
    if staged(clause) or untold(clause) or (asked.opening == "What" and frame.own < _WHAT):
        yield Refusal(reason=f"{Sort.WHAT}: what it was about is not told", span=span)
        return
    if clause.claimed_by is not None and clause.trouble:
        return
    yield Fact(
        sort=Sort.WHAT, key=clause_key(Sort.WHAT, frame), answer=asked.value, frame=frame, evidence=(span,),
        resolved_from=frame.sources, confidence=0.88, as_of=as_of,
    )  # fmt: skip
