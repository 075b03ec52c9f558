"""Facts: what an article says that can be asked. One module a sort, each with ``extract``.

An extractor knows no question wording and no other extractor. Unsure, it yields nothing, or a ``Refusal`` that says why.
To add a sort: a module here with ``extract``, its name in the pipeline, its wording in ``wording``.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.clauses import Clause, Part
from quizzer.news.document import Block, Document
from quizzer.news.phrases import Phrase, Phrases
from quizzer.news.values import Span, Value

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.entities import Entities


_ASIDES = frozenset(
    ("by contrast", "in contrast", "for example", "for instance", "in fact", "in addition", "of course", "in part", "in turn")
)
_AFTERTHOUGHTS = frozenset(("compared", "including", "following", "based", "depending", "given", "despite", "regardless"))
LONG_SPAN = 280  # characters beyond which a statement's evidence is cut to what the question is about


class Sort(enum.StrEnum):
    """The sorts of facts; also the tag of their questions."""

    SAID = "who said"
    WHEN = "when"
    COUNT = "how many"
    ROLE = "role"
    WHERE = "where"
    DID = "who did"
    TERM = "term"
    CLOZE = "cloze"
    ORDER = "order"


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A statement with a gap, in words that stand alone.

    ``gap`` names the constituent asked for: subject, object, time, place, subject amount, fronted (an amount put first), in
    place (asked for where it stands), pages. ``counted`` is the constituent that holds the amount. ``reported`` opens what was
    only said ("X warned Y that"); ``opening`` is a time that would attach to the wrong verb at the end. ``sources`` are the
    spans that fuller names were taken from.
    """

    gap: str
    subject: str = ""
    subject_plural: bool = False
    verb: str = ""
    lemma: str = ""
    tag: str = ""
    auxiliaries: tuple[str, ...] = ()
    passive: bool = False
    rest: tuple[str, ...] = ()
    counted: str = ""
    opening: str = ""
    reported: str = ""
    adverb: str = ""
    claimed_by: str = ""
    weight: int = 0
    terms: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sources: tuple[Span, ...] = ()


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation: its words (whole sentences or a piece), the verb it is said with, to whom, on what occasion.

    ``by`` is what said it: person, organisation, position (an unnamed official's) or document.
    """

    words: str
    by: str = "person"
    cue: str = "say"
    to: str = ""
    occasion: str = ""
    whole: bool = True
    names: frozenset[str] = frozenset()


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody and a role. ``gap`` is "person" or "role"; ``time`` is "former", "then", "acting" or empty.

    ``by`` is the day, in ISO form, by which the role was held: that of the article, where it gives one.
    """

    gap: str
    person: str
    role: str
    time: str = ""
    by: str = ""
    office: bool = False
    names: frozenset[str] = frozenset()


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An event named by a noun ("the 2007 pilot program in ..."), asked for its time."""

    event: str
    plural: bool = False
    weight: int = 0
    terms: frozenset[str] = frozenset()


class Gapped(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the article in words that stand alone, parted where its answer stood.

    ``terms`` are the lemmas that tell what it is about, ``names`` the people in it, ``sources`` the spans that fuller names
    and dates were taken from.
    """

    before: str
    after: str
    weight: int = 0
    terms: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sources: tuple[Span, ...] = ()


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Events of one matter, the earliest first, each in words without its date; ``topic`` names the matter, or is empty."""

    events: tuple[str, ...]
    topic: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something an article says that can be asked.

    ``evidence`` holds the exact spans that support the answer, the first the chief one; ``resolved_from`` the spans a name
    or term was taken from. ``confidence`` is 0 to 1. ``key`` is equal for the same question, whatever its answer.
    """

    sort: Sort
    key: str
    answer: Value
    frame: Frame | Saying | Holding | Happening | Gapped | Course
    evidence: tuple[Span, ...]
    resolved_from: tuple[Span, ...] = ()
    confidence: float = 0.9
    as_of: str = ""


def support(fact: Fact) -> tuple[Span, ...]:
    """Return the spans that support a question: its evidence, then where a fuller name in its stem was taken from."""
    spans = list(fact.evidence)
    for span in fact.frame.sources if isinstance(fact.frame, Frame | Gapped) else ():
        if not any(span.article == one.article and one.start < span.end and span.start < one.end for one in spans):
            spans.append(span)
    return tuple(spans)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Something that looked like a fact and was not taken: why, and where."""

    reason: str
    span: Span


@dataclass(frozen=True, eq=False)
class Scene:
    """What an extractor sees of one article: its blocks, its statements, the names of the whole deck."""

    document: Document
    entities: "Entities"
    phrases: Phrases
    clauses: tuple[Clause, ...] = field(default=())


def person_value(scene: Scene, key: str) -> Value | None:
    """Return the person of that key as an answer."""
    person = scene.entities.people.find(key)
    if person is None:
        return None
    accept = (person.surname,) if person.full else ()
    return Value(text=person.name, type=AnswerType.PERSON, same=person.key, accept=accept, entity=person.key)


def make_frame(
    scene: Scene,
    clause: Clause,
    *,
    gap: str,
    taken: Part | None,
    omit: "frozenset[Token]" = frozenset(),
    strict: bool = False,
    instead: Mapping[int, str] | None = None,
) -> tuple[Frame | None, str]:
    """Return the clause with a gap for ``taken`` (None: the subject), or None and why it cannot stand alone.

    Tokens in ``omit`` are left out of what remains, those in ``instead`` replaced.
    With ``strict`` no constituent may be lost but a time that leans on the
    article's day: what is counted would change.
    """
    phrases, block = scene.phrases, clause.block
    subject = phrases.phrase(block, [token for token in clause.subject.tokens if token not in omit], instead=instead)
    if not gap.startswith("subject") and (subject.trouble or subject.possessive):
        return None, subject.trouble or f"“{subject.possessive}” points elsewhere"
    if _parted(clause):
        return None, "its words are parted by others"
    rest: list[Phrase] = []
    times: list[Phrase] = []
    nested = False
    particle = adverb = ""
    # What stood before the subject ("In Texas, ...") goes behind the verb in a question.
    for part in sorted(clause.parts, key=lambda part: part.head.i < clause.verb.i):
        if part is taken or part.role in ("lost", "distance"):
            continue
        if gap == "time" and part.role == "time":
            continue
        if part.role == "particle":
            particle = part.head.text
            continue
        if part.role == "adverb" and part.head.i < clause.verb.i and len(part.tokens) == 1:
            adverb = part.head.lower_
            continue
        first = part.tokens[0].i if part.tokens else 0
        if part.role in ("object", "measure", "attribute") and first > clause.verb.i and block.doc[first - 1].text == ",":
            return None, "a noun behind a comma may be an aside"
        if part.role == "chain" and any(token.dep_ == "neg" for token in part.tokens):
            return None, "it is denied"
        phrase = phrases.phrase(block, [token for token in part.tokens if token not in omit], instead=instead)
        bound = part.role == "prep" and part.head.i == clause.verb.i + 1 and not any(other.role == "object" for other in clause.parts)
        if part.role == "prep" and part.head.lower_ in _AFTERTHOUGHTS:
            if strict:
                return None, f"“{part.head.text}” may belong to another verb"
            continue
        essential = bound or part.role in ("object", "dative", "attribute", "complement", "chain", "clause", "measure") or strict
        purpose = part.tokens and part.tokens[0].lower_ == "to"  # "pushed the mayor to ...": without it half is said
        if part.role == "clause" and part.head.dep_ == "advcl" and not purpose:
            continue
        if not phrase.text or phrase.text.lower() in _ASIDES:
            continue
        if phrase.possessive and (phrase.names or not _owns(clause, phrase.possessive, subject) or _foreign(phrase, subject)):
            phrase = _named_owner(scene, clause, part, phrase, subject, omit, instead or {})
        if phrase.trouble:
            if essential or (subject.weight < 3 and part.head.i < clause.verb.i):
                return None, phrase.trouble  # "At X, fees fell": whose fees?
            continue
        if part.role == "time" and len(phrase.text.split()) > 1:
            times.append(phrase)
            continue
        nested = nested or (
            part.role != "chain" and any(token.pos_ == "VERB" and token.lower_ != "called" for token in part.tokens if token not in omit)
        )
        rest.append(phrase)
    # "... in 2018" behind a clause of its own would tell the time of that clause.
    opening = times[0].text if nested and len(times) == 1 else ""
    words = tuple(phrase.text for phrase in (rest if opening else [*rest, *times]))
    rest += times
    chosen = [subject, *rest] if gap not in ("subject", "subject amount") else rest
    auxiliaries = tuple(token.lower_ for token in clause.auxiliaries)
    frame = Frame(
        gap=gap,
        subject=subject.text if gap not in ("subject", "subject amount") else "",
        subject_plural=clause.subject.head.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in clause.subject.head.children),
        verb=clause.verb.text + (f" {particle}" if particle else ""),
        lemma=clause.verb.lemma_ + (f" {particle}" if particle else ""),
        tag=clause.verb.tag_,
        auxiliaries=auxiliaries,
        adverb=adverb,
        passive=clause.passive,
        rest=words,
        claimed_by=clause.claimed_by.text if clause.claimed_by else "",
        weight=sum(phrase.weight for phrase in chosen),
        terms=frozenset[str]().union({clause.verb.lemma_}, *(phrase.terms for phrase in chosen)),
        names=frozenset[str]().union(*(phrase.names for phrase in chosen)),
        opening=opening,
        sources=tuple(dict.fromkeys(span for phrase in chosen for span in phrase.sources)),
    )
    return frame, ""


def _parted(clause: Clause) -> bool:
    """Whether a constituent stands on both sides of another one: it was parsed wrongly."""
    place = {token.i: number for number, part in enumerate(clause.parts) for token in part.tokens if part.role != "chain"}
    for number, part in enumerate(clause.parts):
        inside = range(min((token.i for token in part.tokens), default=0), max((token.i for token in part.tokens), default=0))
        if part.role != "chain" and any(place.get(index, number) != number for index in inside):
            return True
    return False


def _foreign(phrase: Phrase, subject: Phrase) -> bool:
    """Whether "his" plainly means somebody else than the subject."""
    return bool(phrase.owner) and phrase.owner not in subject.names


def _named_owner(
    scene: Scene, clause: Clause, part: Part, phrase: Phrase, subject: Phrase, omit: "frozenset[Token]", instead: Mapping[int, str]
) -> Phrase:
    """Return the phrase with "his" as "NAME's", or with the trouble that it points elsewhere."""
    person = next((person for person in scene.entities.people.all if person.key == phrase.owner), None)
    if phrase.owner in subject.names and phrase.possessive in ("his", "her"):
        return phrase  # "Lee and his brother": the owner is the subject
    if person is None or not person.full:
        return msgspec.structs.replace(phrase, trouble=f"“{phrase.possessive}” points elsewhere")
    own = [token for token in part.tokens if token.lower_ == phrase.possessive and token.tag_ == "PRP$"]
    named = scene.phrases.phrase(
        clause.block,
        [token for token in part.tokens if token not in omit],
        instead={**instead, **{token.i: f"{person.name}’s" for token in own}},
    )
    return msgspec.structs.replace(named, names=named.names | {person.key}, weight=named.weight + 3)


def _owns(clause: Clause, possessive: str, subject: Phrase) -> bool:
    plural = clause.subject.head.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in clause.subject.head.children)
    if possessive in ("his", "her"):
        if clause.gender and clause.gender != {"his": "m", "her": "f"}[possessive]:
            return False
        return len(subject.names) == 1 and not plural
    if possessive == "its":
        return not subject.names and not plural
    return plural


def clause_key(sort: Sort, frame: Frame) -> str:
    """Return a key equal for the same question asked in the same terms."""
    return "|".join((sort, frame.gap, frame.lemma, frame.counted.lower(), *sorted(frame.terms)))


def clause_span(clause: Clause, *parts: Part | None) -> Span:
    """Return the span of the statement: subject, verb and what belongs to them; of a long one only the parts named."""
    tokens = [clause.verb, *clause.auxiliaries]
    if clause.subject.head.sent == clause.sentence:
        tokens += clause.subject.tokens
    for part in parts:
        if part is not None:
            tokens += part.tokens
    whole = clause.block.span_of([*tokens, *(token for part in clause.parts if part.role != "distance" for token in part.tokens)])
    return whole if whole.end - whole.start <= LONG_SPAN else clause.block.span_of(tokens)


def asked_clauses(scene: Scene) -> Iterator[Clause]:
    """Yield the statements that may be asked about."""
    for clause in scene.clauses:
        if not clause.trouble:
            yield clause


__all__ = [
    "Block", "Clause", "Course", "Fact", "Frame", "Gapped", "Happening", "Holding", "Part", "Refusal", "Saying", "Scene", "Sort",
    "asked_clauses", "clause_key", "clause_span", "make_frame", "person_value", "support",
]  # fmt: skip
