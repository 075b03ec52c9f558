"""Who did something: a person, an organisation, a state or country that a statement names as its subject or its agent."""

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.census import first_names
from quizzer.news.clauses import Clause
from quizzer.news.constituents import Part
from quizzer.news.entities import canonical, clean_name
from quizzer.news.facts import Fact, Frame, Refusal, Scene, Sort, person_value
from quizzer.news.facts.frames import clause_key, clause_span, make_frame
from quizzer.news.facts.telling import too_little
from quizzer.news.facts.tense import grounded, reported, told_clauses
from quizzer.news.inflection import past
from quizzer.news.nouns import noun_for
from quizzer.news.values import Span, Value
from quizzer.news.words import SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWN = 10  # of what somebody does to what is his own
# Verbs that tell nothing by themselves, or that everybody in the news does.
_EMPTY = word_set("be have do get go come see think know want try seem keep look appear feel like need hope hop happen")
_FULL = word_set("get come try hope hop")  # but these do where much is told: "tried to oust X with ..."
_AT_LENGTH = 14
_ACTS = word_set("announce deny order promise pledge vow urge advise confirm reveal declare cite dispute propose instruct")
_URGED = {"call": ("for",), "warn": ("of", "against", "about"), "ask": (), "agree": ("to",)}  # "called for a ban", "asked X to ..."
_BODIES = word_set(
    "company firm bank network agency newspaper university court union magazine airline school museum administration campaign"
)
_BESIDE = ("compound", "nmod", "amod")
_OF_ONE = word_set("campaign administration foundation presidency candidacy")  # "the NAME campaign"
# One of several, or what was told before.
_WORDS = 4  # of what somebody owns
_ONE_PLACE = frozenset(("country", "state"))


class Doer(msgspec.Struct, frozen=True):
    """Who did it: as an answer, and what the question opens with."""

    value: Value
    opening: str
    source: Span | None = None


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the deeds of the people and organisations of an article."""
    for clause in told_clauses(scene):
        if clause.copula or clause.verb.lemma_ in _EMPTY - _FULL or (clause.verb.lemma_ in SAY and not _acts(clause)):
            continue
        doer = doer_of(scene, clause) or _whose(scene, clause)
        if doer is not None and _told(clause):
            yield from _deed(scene, clause, doer)
        if clause.passive:
            yield from _agent(scene, clause)


def _acts(clause: Clause) -> bool:
    """Whether a verb of saying does something: "announced a plan", "vowed to resign"."""
    roles = {part.role for part in clause.parts}
    speech = any(token.i in clause.block.quoted for token in clause.sentence)
    if "clause" in roles or speech:
        return False
    if clause.verb.lemma_ in _URGED:
        return any(part.role == "prep" and part.head.lower_ in _URGED[clause.verb.lemma_] for part in clause.parts) or "chain" in roles
    return clause.verb.lemma_ in _ACTS and bool(roles & {"object", "chain"})


def _deed(scene: Scene, clause: Clause, doer: Doer) -> Iterator[Fact | Refusal]:
    frame, why = make_frame(scene, clause, gap="subject", taken=None, speaker=doer.value.entity)
    span = clause_span(clause, *(part for part in clause.parts if part.role in ("object", "time", "agent", "chain")))
    if frame is None:
        yield Refusal(reason=f"{Sort.DID}: {why}", span=span)
        return
    frame, as_of = grounded(scene, clause, frame)
    frame = reported(scene, clause, frame)
    frame = msgspec.structs.replace(frame, counted=doer.opening, subject_plural=False)
    if why := _too_little(scene, clause, frame, doer):
        yield Refusal(reason=f"{Sort.DID}: {why}", span=span)
        return
    source = (doer.source,) if doer.source is not None else ()
    yield Fact(
        sort=Sort.DID, key=clause_key(Sort.DID, frame), answer=doer.value, frame=frame, evidence=(span,),
        resolved_from=(*source, *frame.sources), confidence=0.9, as_of=as_of,
    )  # fmt: skip


def _too_little(scene: Scene, clause: Clause, frame: Frame, doer: Doer) -> str:
    """Return why a deed is anybody's, or an empty string."""
    if why := too_little(scene, clause, frame):
        return why
    own = {word for text in frame.rest for word in text.lower().split()}
    if clause.verb.lemma_ in _EMPTY and frame.own < _AT_LENGTH:
        return f"“{clause.verb.text}” tells little"
    if own & {"his", "her"} and clause.day() is None and not frame.names and frame.own < _OWN:
        return "it tells too little to be one person's deed"
    if own & {"he", "she", "him"} and frame.names:
        return "“he” may be one of several in it"
    if doer.value.entity in frame.names:
        return "its doer stands in it twice"
    return ""


def _told(clause: Clause) -> bool:
    return clause.passive or any(part.role in ("object", "chain", "prep", "time") for part in clause.parts)


def doer_of(scene: Scene, clause: Clause) -> Doer | None:
    """Return the one person, organisation, state or country that is a statement's subject, or None."""
    head = clause.antecedent or clause.subject.head
    if any(child.dep_ in ("conj", "cc") for child in head.children):
        return None
    if clause.meant is not None and clause.meant.person is not None:
        value = person_value(scene, clause.meant.person.key) if clause.meant.person.full else None
        return Doer(value, "Who", clause.meant.source) if value else None
    source = clause.block.span_of([clause.antecedent]) if clause.antecedent is not None else None
    return named(scene, clause, head, clause.subject, source)


def _whose(scene: Scene, clause: Clause) -> Doer | None:
    """ "NAME's campaign", "the NAME administration": whose, where nothing else describes it."""
    head, tokens = clause.subject.head, clause.subject.tokens
    if clause.antecedent is not None or (clause.meant is not None and clause.meant.person is not None):
        return None
    owners = [
        child for child in head.children if child.i < head.i and (child.dep_ == "poss" or (child.pos_ == "PROPN" and child.dep_ in _BESIDE))
    ]
    if head.tag_ not in ("NN", "NNP") or len(owners) != 1 or head.lower_ not in _OF_ONE:
        return None
    if any(part.role == "lost" for part in clause.parts):
        return None
    owner = owners[0]
    person = scene.phrases.subject_person(clause.block, owner)
    value = person_value(scene, person.key) if person is not None and person.full else None
    inside = {token.i for token in owner.subtree}
    rest = [token for token in tokens if token.i not in inside and token.lower_ not in ("the", "'s", "’s", "'", "’")]
    if value is None or not rest or len(rest) > _WORDS or any(token.i > head.i or token.tag_ in ("PRP$", "CD") for token in rest):
        return None
    phrase = scene.phrases.phrase(clause.block, rest)
    if phrase.trouble or phrase.possessive or phrase.names:
        return None
    return Doer(value, f"Whose {phrase.text}")


def named(scene: Scene, clause: Clause, head: "Token", part: Part, source: Span | None = None) -> Doer | None:
    """Return the person, organisation, state or country that a constituent names, or None when it is none or several."""
    person = scene.phrases.subject_person(clause.block, head)
    if person is not None:
        value = person_value(scene, person.key) if person.full else None
        return Doer(value, "Who", source) if value else None
    if head.pos_ != "PROPN" and "the " not in " ".join(token.lower_ for token in part.tokens[:2]) + " ":
        return None
    tokens = part.tokens
    name = scene.phrases.organisation(clause.block, tokens) or _place(scene, clause, tokens)
    if not name and head.tag_ == "NN" and tokens[0].lower_ == "the" and len(tokens) == 2 and head.lower_ in _BODIES:
        full = scene.phrases.phrase(clause.block, tokens)  # "the company": as the article names it just before
        plain = clean_name(full.text)
        found = scene.entities.find(plain) if not full.trouble and full.sources else None
        if found is not None and found.kind == "organisation":
            name, source = found.name, full.sources[0]
    if not name or "’s " in name or "'s " in name or any(token.tag_ in ("PRP", "PRP$") for token in tokens):
        return None
    kind = noun_for(name)
    if kind == "" and len(name.split()) in (2, 3) and name.split()[0].lower() in first_names():
        return None  # a person whom the model takes for a body
    if len(name.split()) < 2 and scene.entities.people.is_surname(name):
        return None
    if len(name.split()) < 2 and kind not in _ONE_PLACE and not is_body(name, scene.document.article.text):
        return None  # the model's guess at a lone word
    found = scene.entities.find(name)
    accept = (found.acronym,) if found and found.acronym else ()
    place = kind in _ONE_PLACE
    lone = source is not None and len(name.split()) < 2  # "the network" is ESPN
    shown = f"the {name}" if (tokens[0].lower_ == "the" and not lone) or name in ("United States", "U.S.") else name
    return Doer(
        Value(
            text=shown, type=AnswerType.PLACE if place else AnswerType.ORGANISATION, same=canonical(name), accept=accept,
            entity=canonical(name),
        ),
        f"Which {kind or 'organisation'}",
        source,
    )  # fmt: skip


@functools.lru_cache(maxsize=512)
def is_body(name: str, text: str) -> bool:
    """Whether an article shows that a lone name is an organisation's: its executives are spoken of, it is called a company."""
    own = re.escape(name)
    body = "executives?|officials?|employees|workers|shares|stock|spokesm[ae]n|spokeswoman|chief|board|directors?|headquarters|CEO|founder"
    kind = "company|firm|network|giant|maker|boutique|bank|agency|brand|start-?up|conglomerate|insurer|retailer"
    return bool(
        (name.isupper() and 2 < len(name) < 7 and noun_for(name) == "")
        or re.search(rf"\b{own}(?:['’]s)? (?:[\w-]+ )?(?:{body})\b", text)
        or re.search(rf"\b(?:{kind}) {own}\b|\b{own}, (?:a|an|the|which) (?:[\w-]+ ){{0,3}}(?:{kind})\b", text)
    )


def _place(scene: Scene, clause: Clause, tokens: "tuple[Token, ...]") -> str:
    name = "".join(token.text_with_ws for token in tokens if token.lower_ != "the").strip()
    return name if noun_for(name) in _ONE_PLACE else ""


def _agent(scene: Scene, clause: Clause) -> Iterator[Fact | Refusal]:
    """ "Y was investigated by X": which X investigated Y."""
    agents = [part for part in clause.parts if part.role == "agent"]
    if len(agents) != 1:
        return
    heads = [child for child in agents[0].head.children if child.dep_ == "pobj"]
    if len(heads) != 1 or any(child.dep_ in ("conj", "appos", "relcl", "acl") for child in heads[0].children):
        return
    inner = Part("object", heads[0], tuple(token for token in agents[0].tokens if token.i > agents[0].head.i))
    doer = named(scene, clause, heads[0], inner) if inner.tokens else None
    words = [token.lower_ for token in clause.auxiliaries]
    if doer is None or words not in (["was"], ["were"], ["has", "been"], ["have", "been"]):
        return
    frame, why = make_frame(scene, clause, gap="agent", taken=agents[0], strict=True)
    span = clause_span(clause, *(part for part in clause.parts if part.role in ("object", "time", "agent", "chain")))
    if frame is None:
        yield Refusal(reason=f"{Sort.DID}: {why}", span=span)
        return
    particle = frame.verb.partition(" ")[2]
    frame = msgspec.structs.replace(
        frame, gap="subject", auxiliaries=(), verb=f"{past(clause.verb.lemma_)} {particle}".strip(), passive=False, tag="VBD",
        rest=(frame.subject, *frame.rest), subject="", counted=doer.opening, own=frame.weight,
    )  # fmt: skip
    frame = reported(scene, clause, frame)
    if why := _too_little(scene, clause, frame, doer):
        yield Refusal(reason=f"{Sort.DID}: {why}", span=span)
        return
    yield Fact(
        sort=Sort.DID, key=clause_key(Sort.DID, frame), answer=doer.value, frame=frame, evidence=(span,),
        resolved_from=frame.sources, confidence=0.9,
    )  # fmt: skip
