"""A statement as a frame: its words made to stand alone, with a gap for what is asked.

What cannot stand alone gives no frame but the reason why.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.clauses import Clause
from quizzer.news.constituents import Part
from quizzer.news.facts import Frame, Scene, Sort
from quizzer.news.inflection import base
from quizzer.news.phrases import Phrase
from quizzer.news.values import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASIDES = frozenset(
    (
        *("by contrast", "in contrast", "for example", "for instance", "in fact", "in addition", "of course", "in part", "in turn"),
        *("for his part", "for her part", "for its part", "to be fair", "to be sure", "to be clear", "to be honest", "by default"),
    )
)
_AFTERTHOUGHTS = frozenset(("compared", "including", "following", "based", "depending", "given", "despite", "regardless"))
_WITHIN = re.compile(r"^[^,]+, (?:and|at|of|in|from|then|as) ")  # "Lee, at UBS, and Kim, at Dresdner"
_SIDE = 20  # words of a side clause that a question can bear
LONG_SPAN = 280  # characters beyond which a statement's evidence is cut to what the question is about


def make_frame(
    scene: Scene,
    clause: Clause,
    *,
    gap: str,
    taken: Part | None,
    omit: "frozenset[Token]" = frozenset(),
    strict: bool = False,
    instead: Mapping[int, str] | None = None,
    speaker: str = "",
) -> tuple[Frame | None, str]:
    """Return the clause with a gap for ``taken`` (None: the subject), or None and why it cannot stand alone.

    What means the person of the key ``speaker`` stays "he" or "she".
    Tokens in ``omit`` are left out of what remains, those in ``instead`` replaced.
    With ``strict`` no constituent may be lost but a time that leans on the
    article's day: what is counted would change.
    """
    phrases, block = scene.phrases, clause.block
    subject = phrases.phrase(block, [token for token in clause.subject.tokens if token not in omit], instead=instead)
    if not gap.startswith("subject") and (subject.trouble or subject.possessive):
        return None, subject.trouble or f"“{subject.possessive}” points elsewhere"
    if any(part.head.lower_ == "barring" for part in clause.parts):
        return None, "“barring” may be a verb"
    if _WITHIN.search(subject.text):
        return None, "its subject is parted by commas"
    if _parted(clause):
        return None, "its words are parted by others"
    rest: list[Phrase] = []
    times: list[Phrase] = []
    nested = bare = False
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
            aside = block.doc[part.head.i + 1].text == ","  # "first, he praised X"
            adverb = part.head.lower_ if part.head.lower_ != "since" and not aside else ""
            continue
        first = part.tokens[0].i if part.tokens else 0
        if part.role in ("object", "measure", "attribute") and first > clause.verb.i and block.doc[first - 1].text == ",":
            if any(other.role == "object" and other.head.i < first for other in clause.parts):
                continue  # "earned $600 million, a huge sum"
            return None, "a noun behind a comma may be an aside"
        if part.role == "chain" and any(token.dep_ == "neg" for token in part.tokens):
            return None, "it is denied"
        phrase = phrases.phrase(block, [token for token in part.tokens if token not in omit], instead=instead, speaker=speaker)
        bound = part.role == "prep" and part.head.i == clause.verb.i + 1 and not any(other.role == "object" for other in clause.parts)
        if part.role == "prep" and part.head.lower_ in _AFTERTHOUGHTS:
            if strict:
                return None, f"“{part.head.text}” may belong to another verb"
            continue
        essential = bound or part.role in ("object", "dative", "attribute", "complement", "chain", "clause", "measure") or strict
        purpose = part.tokens and part.tokens[0].lower_ == "to"  # "pushed the mayor to ...": without it half is said
        side = part.role == "clause" and part.head.dep_ == "advcl" and not purpose
        if side and (gap != "subject" or strict or not _tells(part, clause)):
            if strict and any(child.lower_ in ("when", "if", "once", "until") for child in part.head.children):
                return None, "it holds only of a time that its side clause tells"
            continue
        if not phrase.text or phrase.text.lower() in _ASIDES:
            continue
        if phrase.possessive and (phrase.names or not _owns(clause, phrase.possessive, subject) or _foreign(phrase, subject)):
            phrase = _named_owner(scene, clause, part, phrase, subject, omit, instead or {})
        if side and phrase.possessive and not phrase.trouble and phrase.possessive not in ("his", "her"):
            continue
        if phrase.trouble:
            if side:
                continue
            if essential or (subject.weight < 3 and part.head.i < clause.verb.i):
                return None, phrase.trouble  # "At X, fees fell": whose fees?
            continue
        if part.role == "prep" and part.head.lower_ in ("in", "at") and len(phrase.text.split()) < 2:
            return None, "a part of it was cut off"
        if part.role == "time" and len(phrase.text.split()) > 1:
            times.append(phrase)
            continue
        bare = bare or part.role == "time"
        nested = nested or (
            part.role != "chain" and any(token.pos_ == "VERB" and token.lower_ != "called" for token in part.tokens if token not in omit)
        )
        if side and block.doc[first - 1].text == ",":
            phrase = msgspec.structs.replace(phrase, text=f", {phrase.text}")
        rest.append(phrase)
    own = sum(phrase.weight for phrase in rest)
    if len(times) > 1 or (times and bare):
        return None, "it tells of two times"
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
        lemma=base(clause.verb.text, known=clause.verb.lemma_) + (f" {particle}" if particle else ""),
        tag=clause.verb.tag_,
        auxiliaries=auxiliaries,
        adverb=adverb,
        passive=clause.passive,
        rest=words,
        claimed_by=clause.claimed_by.text if clause.claimed_by else "",
        weight=sum(phrase.weight for phrase in chosen),
        own=own,
        terms=frozenset[str]().union({clause.verb.lemma_}, *(phrase.terms for phrase in chosen)),
        names=frozenset[str]().union(*(phrase.names for phrase in chosen)) - ({speaker} if speaker else set()),
        opening=opening,
        sources=tuple(dict.fromkeys(span for phrase in chosen for span in phrase.sources)),
    )
    return frame, ""


def _tells(part: Part, clause: Clause) -> bool:
    """Whether a side clause tells what its subject did with it, or when: ", pointing to X", "after winning Y", "when he said Z"."""
    head = part.head
    if head.i < clause.verb.i or any(token.i in clause.block.quoted for token in part.tokens) or len(part.tokens) > _SIDE:
        return False
    marks = {child.lower_ for child in head.children if child.dep_ in ("mark", "advmod") and child.i < head.i}
    subjects = [child for child in head.children if child.dep_ in ("nsubj", "nsubjpass")]
    if head.tag_ == "VBG" and not subjects:
        return marks <= {"while", "when", "after"} and not any(child.dep_ == "aux" for child in head.children)
    return head.tag_ == "VBD" and bool(marks & {"after", "when", "because"}) and bool(subjects)


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
