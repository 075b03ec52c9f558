"""What somebody called something, in words of one's own: "Clinton called the deal “a disaster”" asks what she called it.

The name given is the quotation, whole; what it is given to is the one thing between the verb and the marks.
"""

import re
from collections.abc import Iterator

from quizzer.core.model import AnswerType
from quizzer.news.clauses import Clause
from quizzer.news.facts import Fact, Frame, Refusal, Scene, Sort
from quizzer.news.facts.deeds import Doer, doer_of
from quizzer.news.inflection import base
from quizzer.news.occasions import month_of
from quizzer.news.quotes import Quote
from quizzer.news.times import spoken_month
from quizzer.news.values import Value
from quizzer.news.words import word_set

_CALL = word_set("call label dub brand nickname")
_AS = word_set("describe characterize denounce dismiss label brand deride condemn praise blast")
FEWEST, MOST = 1, 10  # words of a name
LEAST = 6  # how much must tell who several are


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the names that the people and organisations of an article gave to things."""
    for clause in scene.clauses:
        if clause.trouble or clause.passive or clause.verb.lemma_ not in _CALL | _AS or clause.claimed_by is not None:
            continue
        quote = _name(clause)
        if quote is not None:
            yield from _call(scene, clause, quote)


def _name(clause: Clause) -> Quote | None:
    """Return the quotation close behind the verb and inside the sentence, when it is a name and no statement."""
    block = clause.block
    verb_end = clause.verb.idx + len(clause.verb.text)
    inside = [quote for quote in block.quotes if verb_end < quote.start < clause.sentence.end_char]
    if not inside or inside[0].start - verb_end > 90 or inside[0].end > clause.sentence.end_char + 1:
        return None
    words = block.text[inside[0].inner_start : inside[0].inner_end].strip(" ,.")
    if not FEWEST <= len(words.split()) <= MOST or re.search(r"[.!?;]|\b(?:I|is|are|was|were|will|would)\b", words):
        return None
    return inside[0]


def _group(scene: Scene, clause: Clause) -> Doer | None:
    """Return several who are named by what they are: "the Chairs of the Judiciary Committee"."""
    group = scene.phrases.phrase(clause.block, clause.subject.tokens)
    head = clause.subject.head
    if (
        not (head.tag_ in ("NNS", "NNPS") or (head.pos_ == "PROPN" and head.text.endswith("s")))
        or group.trouble
        or group.possessive
        or group.weight < LEAST
    ):
        return None
    return Doer(Value(text=group.text, type=AnswerType.TEXT, same=group.text.lower(), entity=group.text.lower()), "Who")


def _call(scene: Scene, clause: Clause, quote: Quote) -> Iterator[Fact | Refusal]:
    block, doc = clause.block, clause.block.doc
    between = [token for token in doc[clause.verb.i + 1 : clause.sentence.end] if token.idx < quote.start and not token.is_space]
    while between and (between[-1].is_punct or between[-1].lower_ in ("a", "an", "the")) and not between[-1].text.endswith("."):
        between.pop()
    as_ = bool(between) and between[-1].lower_ == "as"
    if as_:
        between.pop()
    if (clause.verb.lemma_ in _AS - _CALL and not as_) or not between or len(between) > 9:
        return
    if between[-1].pos_ == "ADP":
        return  # "the assertion of “...”": the words are its own
    if any((token.is_punct and token.text != "-") or token.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") for token in between):
        return
    doer = doer_of(scene, clause) or _group(scene, clause)
    thing = scene.phrases.phrase(block, between, speaker=doer.value.entity if doer else "")
    span = block.span(min(clause.subject.head.idx, clause.verb.idx), quote.end)
    if doer is None or thing.trouble or thing.possessive or doer.value.entity in thing.names or between[0].lower_ in ("for", "on", "to"):
        yield Refusal(reason=f"{Sort.WHAT}: {thing.trouble or 'who called what is not plain'}", span=span)
        return
    date = scene.document.date
    moments = [part.moment for part in clause.parts if part.role == "time" and part.moment is not None]
    has = any(token.lower_ in ("has", "have") for token in clause.auxiliaries)
    when = moments[0].wording if moments and moments[0] else f"by {spoken_month(date)}" if has and date else ""
    told = "" if when else month_of(scene, block, clause.verb)
    words = block.text[quote.inner_start : quote.inner_end].strip(" ,.")
    plain = re.sub(r"^(?:a|an|the) ", "", words)
    frame = Frame(
        gap="fronted", counted="What", subject=doer.value.text, verb=clause.verb.text,
        lemma=base(clause.verb.text, known=clause.verb.lemma_),
        tag="VBD", told=told, auxiliaries=("had",) if has and date else (),
        rest=tuple(filter(None, (thing.text, "as" if as_ else "", when))),
        weight=thing.weight + 6, terms=thing.terms | {clause.verb.lemma_}, names=thing.names | {doer.value.entity}, sources=thing.sources,
    )  # fmt: skip
    yield Fact(
        sort=Sort.WHAT, key=f"{Sort.WHAT}|called|{doer.value.entity}|{'|'.join(sorted(thing.terms))}",
        answer=Value(text=f"“{words}”", type=AnswerType.TEXT, same=plain.lower(), accept=tuple(dict.fromkeys((words, plain)))),
        frame=frame, evidence=(span,), resolved_from=(*((doer.source,) if doer.source else ()), *thing.sources), confidence=0.9,
    )  # fmt: skip
