"""How many, how much, how long, what share: an amount in a statement, asked for with all that the statement says.

The amount is asked for where it stands ("led to the closing of how many schools"), in front where it is a subject, an object
or a preposition's. What somebody warned of or was told is asked as that; "according to X" in the present becomes the past.
"""

import dataclasses
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.clauses import PRESENT, according
from quizzer.news.constituents import Part
from quizzer.news.facts import Fact, Frame, Refusal, Scene, Sort
from quizzer.news.facts.amounts import Amount, find_amounts
from quizzer.news.facts.askable import loose, settled, unsafe
from quizzer.news.facts.frames import clause_key, clause_span, make_frame
from quizzer.news.facts.tense import grounded, is_plan
from quizzer.news.values import Span, Value, read_number
from quizzer.news.words import CLAIM, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.clauses import Clause

EVIDENCE = 400  # characters of a sentence that is evidence as a whole
_TOLD = CLAIM | word_set("warn predict project forecast notify inform calculate")
_PAST = {"are": "were", "is": "was", "has": "had", "have": "had"}
_MAY = "it may be"
_SAID = "it is only what"
_AGE = re.compile(r"(at (?:the )?age(?: of)?|aged) (\d{1,3}|[a-z]+(?:-[a-z]+)?)", re.IGNORECASE)
_OPENING = re.compile(r"(?:(?:for|in|after|over|across|within|during) )?(?:how|what|the \w+ of)\b", re.IGNORECASE)
_HARM = word_set("kill wound injure hurt arrest detain displace")
_PIED = word_set("for in after over across within during")
LONG = 28  # tokens of a sentence
LEAST = 9  # weight of a question whose amount stands inside a longer constituent


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the amounts that statements give."""
    for clause in scene.clauses:
        standing = _standing(scene, clause)
        if standing is None:
            continue
        if standing.reported:  # "that" may have been taken for a constituent
            clause = dataclasses.replace(clause, parts=tuple(part for part in clause.parts if part.head.lower_ != "that"))
        clause = _completed(scene, _uncompared(clause))
        for other in _second_objects(scene, clause):
            yield from _asked(scene, other, other.parts[-1], standing)
        for part in (clause.subject, *clause.parts):
            if part.role in (
                "subject",
                "object",
                "prep",
                "measure",
                "attribute",
                "chain",
                "complement",
                "agent",
                "dative",
                "adverb",
                "distance",
            ):
                yield from _asked(scene, clause, part, standing)


def _completed(scene: Scene, clause: "Clause") -> "Clause":
    """Return "A were killed in the attack on X" of "A were killed and B were wounded in the attack on X": it was one event."""
    if clause.verb.lemma_ not in _HARM or any(part.head.i > clause.verb.i for part in clause.parts):
        return clause
    joined = [child for child in clause.verb.children if child.dep_ == "conj" and child.lemma_ in _HARM]
    other = next((one for one in scene.clauses if len(joined) == 1 and one.verb == joined[0]), None)
    if other is None or (other.trouble and other.trouble != clause.trouble):
        return clause
    shared = tuple(part for part in other.parts if part.role in ("prep", "time", "lost") and part.head.i > other.verb.i)
    return dataclasses.replace(clause, parts=(*clause.parts, *shared))


def _uncompared(clause: "Clause") -> "Clause":
    """Return "fell to 20 percent" of "fell to 20 percent from 22 percent in 2012": what it was before tells of another time."""
    reached = any(part.head.lower_ == "to" and _figured(part) for part in clause.parts)
    kept = tuple(
        part
        for part in clause.parts
        if not (_figured(part) and ((part.head.lower_ == "from" and reached) or (part.role == "adverb" and _is_rise(part))))
    )
    return dataclasses.replace(clause, parts=kept) if len(kept) < len(clause.parts) else clause


def _is_rise(part: "Part") -> bool:
    return part.head.lower_ in ("up", "down") and any(token.lower_ == "from" for token in part.tokens)


def _figured(part: "Part") -> bool:
    return any(token.like_num and not re.fullmatch(r"(?:1[5-9]|20)\d\d", token.text) for token in part.tokens)


def _second_objects(scene: Scene, clause: "Clause") -> "Iterator[Clause]":
    """Yield "X caused B" of "X caused A, and B", where the parser hung B on the verb."""
    objects = [part for part in clause.parts if part.role == "object"]
    for child in clause.verb.children:
        if child.dep_ == "conj" and child.pos_ == "NOUN" and len(objects) == 1 and child.i > objects[0].head.i:
            part = Part("object", child, tuple(scene.phrases.subtree(clause.block, child)))
            yield dataclasses.replace(clause, parts=(*(other for other in clause.parts if other is not objects[0]), part))


class _Standing(msgspec.Struct, frozen=True):
    """How a clause is asserted: by whom, as what was said ("X warned that"), in the present of its source."""

    claimed_by: str = ""
    reported: str = ""
    present: bool = False
    weight: int = 0


def _standing(scene: Scene, clause: "Clause") -> _Standing | None:
    dated = scene.document.date is not None
    if not clause.trouble or (clause.trouble == PRESENT and dated and not is_plan(clause)):
        if not dated and any(token.lower_ in ("has", "have") for token in clause.auxiliaries):
            return None  # it may have changed since
        return _Standing(clause.claimed_by.text if clause.claimed_by else "")
    if clause.trouble == PRESENT and not dated and clause.verb.dep_ == "ROOT":
        _, source = according(clause.block, clause.sentence, scene.phrases)
        words = {token.lower_ for token in (*clause.auxiliaries, clause.verb)}
        if source is not None and len(words & set(_PAST)) == 1 and clause.verb.tag_ != "VBG":
            return _Standing(source.text, present=True)
    if clause.trouble.startswith(_MAY) and clause.verb.dep_ == "ROOT" and (told := _foretold(scene, clause)):
        return told
    if clause.trouble.startswith((_MAY, _SAID)):
        return _reported(scene, clause)
    return None


def _foretold(scene: Scene, clause: "Clause") -> _Standing | None:
    """ "The plan would raise $1 trillion, according to X": asked as X's words."""
    if [token.lower_ for token in clause.auxiliaries if token.tag_ == "MD"] not in (["would"], ["could"]):
        return None
    if any(child.dep_ == "neg" or child.lower_ == "if" for child in clause.verb.subtree) or clause.subject.head.tag_ == "PRP":
        return None
    _, source = according(clause.block, clause.sentence, scene.phrases)
    return _Standing(source.text) if source is not None else None


def _reported(scene: Scene, clause: "Clause") -> _Standing | None:
    """Return "X warned Y that" for what is no statement but the content of one."""
    verb = clause.verb
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    if verb.dep_ != "ccomp" or verb.head.lemma_ not in _TOLD or verb.i < verb.head.i or clause.subject.head.tag_ == "PRP":
        return None
    if any(child.dep_ == "mark" and child.lower_ != "that" for child in verb.children):
        return None
    matrix = next((other for other in scene.clauses if other.verb == verb.head), None)
    says = matrix is not None and matrix.trouble == PRESENT and verb.head.lower_ in ("says", "say") and not matrix.auxiliaries
    if (
        matrix is None
        or (matrix.trouble and not (says and scene.document.date is not None))
        or any(token.lower_ in ("has", "have") for token in matrix.auxiliaries)
    ):
        return None
    subject = scene.phrases.phrase(matrix.block, matrix.subject.tokens)
    to = [part for part in matrix.parts if part.role in ("object", "dative") and part.head.i < verb.i]
    phrases = [subject, *(scene.phrases.phrase(matrix.block, part.tokens) for part in to)]
    if any(phrase.trouble or phrase.possessive for phrase in phrases):
        return None
    words = [
        subject.text,
        *(token.lower_ for token in matrix.auxiliaries),
        "said" if says else matrix.verb.text,
        *(p.text for p in phrases[1:]),
        "that",
    ]
    source = matrix.claimed_by.text if matrix.claimed_by else ""
    return _Standing(source, " ".join(words), weight=sum(phrase.weight for phrase in phrases))


def _asked(scene: Scene, clause: "Clause", part: "Part", standing: _Standing) -> Iterator[Fact | Refusal]:
    is_subject = part is clause.subject
    if is_subject and clause.antecedent is not None:
        return
    tokens = [token for token in part.tokens if standing.reported or token.i not in clause.block.quoted]
    if match := _AGE.fullmatch(" ".join(token.text for token in part.tokens)):
        yield from _age(scene, clause, part, match, standing)
        return
    for amount in find_amounts(clause.block, tokens):
        yield from _fact(scene, clause, part, amount, standing)


def _fact(scene: Scene, clause: "Clause", part: "Part", amount: Amount, standing: _Standing) -> Iterator[Fact | Refusal]:
    block, noun = clause.block, clause.block.doc[amount.noun]
    span = _span(clause, part, amount)
    held = clause.trouble == PRESENT or any(token.lower_ in ("has", "have") for token in clause.auxiliaries)
    now = {"now", "currently", "still", "already", "so", "far", "to", "date"} if held else set()
    lost = [other for other in clause.parts if other.role == "lost" and not {token.lower_ for token in other.tokens} <= now]
    if lost and clause.day() is None:
        yield Refusal(reason=f"{Sort.COUNT}: it was counted at a time that leans on the day of the article", span=span)
        return
    if why := unsafe(clause, part, amount, noun):
        yield Refusal(reason=f"{Sort.COUNT}: {why}", span=span)
        return
    instead = dict.fromkeys(amount.tokens, "") | {min(amount.tokens): amount.asked}
    instead |= {token.i: "" for token in part.tokens if token.i in block.quoted and token.text in '"“”'}
    first = min(amount.tokens)
    if first and block.doc[first - 1].lower_ in ("only", "just", "fully", "even") and block.doc[first - 1] in part.tokens:
        instead[first - 1] = ""
    kept, dropped = _conjunct(part, noun)
    trimmed = [token for token in part.tokens if token.i in kept] if kept else list(part.tokens)
    omit = frozenset(token for token in part.tokens if token not in trimmed) | dropped
    # Who did it, inside what only describes, may go when the question would be long.
    if len(clause.sentence) > LONG:
        omit |= frozenset(
            token for agent in part.tokens if agent.dep_ == "agent" and agent.head.dep_ in ("relcl", "acl") for token in agent.subtree
            if token.i < (min((kid.i for kid in agent.head.children if kid.i > agent.i), default=agent.i + 99))
            and token.i not in amount.tokens
        )  # fmt: skip
    is_subject = part is clause.subject
    top = part.head.i == amount.noun or part.head.i in amount.tokens
    measured = amount.kind == "duration" and part.role in ("measure", "object")
    pied = (
        part.role == "prep" and part.head.lower_ in _PIED and any(child.i in amount.tokens | {amount.noun} for child in part.head.children)
    )
    if standing.reported:
        gap = "in place"
    elif is_subject and top:
        gap = "subject amount"
    elif (part.role == "object" and top) or measured or pied:
        gap = "fronted"
    else:
        gap = "in place"
    taken = part if gap in ("subject amount", "fronted") else None
    frame, why = make_frame(scene, clause, gap=gap, taken=taken, omit=omit, instead=instead, strict=True)
    if frame is None:
        yield Refusal(reason=f"{Sort.COUNT}: {why}", span=span)
        return
    counted = ""
    if taken is not None:
        phrase = scene.phrases.phrase(block, trimmed, instead=instead)
        if phrase.trouble or phrase.possessive or len(phrase.text.split()) > 14 or re.search("[:;]", phrase.text):
            yield Refusal(reason=f"{Sort.COUNT}: {phrase.trouble or phrase.possessive or 'what is counted is long'}", span=span)
            return
        counted = phrase.text
        if not _OPENING.match(counted):
            yield Refusal(reason=f"{Sort.COUNT}: its amount stands behind other words", span=span)
            return
        if amount.kind == "money" and part.role == "object":  # "how much did X pay France for Y"
            end = max(amount.tokens)
            tail = scene.phrases.phrase(block, [token for token in trimmed if token.i > end], instead=instead).text
            counted = scene.phrases.phrase(block, [token for token in trimmed if token.i <= end], instead=instead).text
            given = sum(other.role == "dative" for other in clause.parts)
            frame = msgspec.structs.replace(frame, rest=tuple(text for text in (*frame.rest[:given], tail, *frame.rest[given:]) if text))
        if measured or (pied and part.head.lower_ == "for" and amount.kind == "duration"):
            counted = re.sub(r"^(for )?how many \w+$", lambda match: f"{match[1] or ''}how long", counted)
        frame = msgspec.structs.replace(
            frame, weight=frame.weight + phrase.weight, terms=frame.terms | phrase.terms, names=frame.names | phrase.names,
            sources=(*frame.sources, *phrase.sources),
        )  # fmt: skip
    frame = msgspec.structs.replace(
        frame, counted=counted, reported=standing.reported, claimed_by=standing.claimed_by, weight=frame.weight + standing.weight
    )
    as_of = ""
    if standing.present:
        frame = _in_the_past(frame)
    elif not standing.reported:
        frame, as_of = grounded(scene, clause, frame)
    frame, why = settled(scene, clause, frame, amount)
    why = why or loose(clause, frame, amount, as_of=as_of)
    few = amount.kind == "count" and amount.value.high < 3
    if why or (gap == "in place" and (frame.weight < LEAST or few)):
        yield Refusal(reason=f"{Sort.COUNT}: {why or 'it tells too little to stand alone'}", span=span)
        return
    yield Fact(
        sort=Sort.COUNT, key=clause_key(Sort.COUNT, frame), answer=amount.value, frame=frame, evidence=(span,),
        resolved_from=frame.sources, confidence=0.92, as_of=as_of,
    )  # fmt: skip


def _conjunct(part: "Part", noun: "Token") -> "tuple[set[int], frozenset[Token]]":
    """Return the tokens of an object that stay when of "A and B" only the one with the amount is asked about."""
    if part.role != "object":
        return set(), frozenset()
    own = noun
    for _ in range(6):
        if own == part.head or own.dep_ == "conj":
            break
        own = own.head
    if own == part.head:
        others = [child for child in part.head.children if child.dep_ in ("conj", "cc") and child.i > noun.i]
        cut = {token.i for child in others for token in child.subtree}
        return ({token.i for token in part.tokens} - cut, frozenset()) if cut else (set(), frozenset())
    return set(), frozenset()


def _in_the_past(frame: Frame) -> Frame:
    first, *others = [*frame.auxiliaries, frame.verb]
    words = [_PAST.get(first, first), *others]
    return msgspec.structs.replace(frame, auxiliaries=tuple(words[:-1]), verb=words[-1])


def _span(clause: "Clause", part: "Part", amount: Amount) -> Span:
    """Return the sentence, with who says it; of a long one the statement and its amount."""
    sentence = [token for token in clause.sentence if not token.is_space]
    while len(sentence) > 1 and sentence[-1].is_punct:
        sentence = sentence[:-1]
    whole = clause.block.span_of(sentence)
    if whole.end - whole.start <= EVIDENCE:
        return whole
    near = clause_span(clause, part)
    own = clause.block.span_of([clause.block.doc[index] for index in amount.tokens])
    return Span(near.article, min(near.start, own.start), max(near.end, own.end))


def _age(scene: Scene, clause: "Clause", part: "Part", match: re.Match[str], standing: _Standing) -> Iterator[Fact | Refusal]:
    number = read_number(match[2])
    if number is None or standing.reported or standing.present:
        return
    frame, why = make_frame(scene, clause, gap="fronted", taken=part, strict=True)
    span = clause_span(clause, part)
    if frame is None:
        yield Refusal(reason=f"{Sort.COUNT}: {why}", span=span)
        return
    frame = msgspec.structs.replace(frame, counted="at what age", weight=frame.weight + 3)
    value = Value(text=match[2], type=AnswerType.NUMBER, same=f"{number:g} age", low=number, high=number, unit="age")
    yield Fact(sort=Sort.COUNT, key=clause_key(Sort.COUNT, frame), answer=value, frame=frame, evidence=(span,), confidence=0.93)
