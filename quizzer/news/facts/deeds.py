"""Who did something: a person or an organisation that a statement names as its subject."""

from collections.abc import Iterator

from quizzer.core.model import AnswerType
from quizzer.news.clauses import Clause
from quizzer.news.entities import canonical
from quizzer.news.facts import Fact, Refusal, Scene, Sort, asked_clauses, clause_key, clause_span, make_frame, person_value
from quizzer.news.values import Span, Value
from quizzer.news.words import SAY, word_set

# Verbs that tell nothing by themselves, or that everybody in the news does.
_TELLING = 9  # weight of a deed's words that needs no day
_DULL = SAY | word_set(
    "be have do make take get go come see think know want try seem become keep look use give face appear attend support speak "
    "arrive welcome live travel visit back oppose endorse"
)

_CONTESTS = word_set("win lose finish lead trail beat defeat place rank poll score play")  # anybody's, without their day


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the deeds of the people and organisations of an article."""
    for clause in asked_clauses(scene):
        contest = clause.verb.lemma_ in _CONTESTS and clause.day() is None
        if clause.copula or contest or clause.verb.lemma_ in _DULL or not _told(clause):
            continue
        value = _doer(scene, clause)
        if value is None:
            continue
        frame, why = make_frame(scene, clause, gap="subject", taken=None)
        span = clause_span(clause, *(part for part in clause.parts if part.role in ("object", "time", "agent", "chain")))
        if frame is None:
            yield Refusal(reason=f"{Sort.DID}: {why}", span=span)
            continue
        # A deed without its day is anybody's unless much is told of it.
        if "did" in frame.auxiliaries or (clause.day() is None and frame.weight < _TELLING):
            yield Refusal(reason=f"{Sort.DID}: it tells too little to be one person's deed", span=span)
            continue
        own = any(word in ("his", "her") for text in frame.rest for word in text.split())
        if own and clause.day() is None and not frame.names:
            yield Refusal(reason=f"{Sort.DID}: it tells too little to be one person's deed", span=span)
            continue
        if value.entity in frame.names:
            continue
        resolved: tuple[Span, ...] = ()
        if clause.antecedent is not None:
            resolved = (clause.block.span_of([clause.antecedent]),)
        elif clause.meant is not None and clause.meant.source is not None:
            resolved = (clause.meant.source,)
        yield Fact(
            sort=Sort.DID,
            key=clause_key(Sort.DID, frame),
            answer=value,
            frame=frame,
            evidence=(span,),
            resolved_from=resolved,
            confidence=0.9,
        )


def _told(clause: Clause) -> bool:
    return clause.passive or any(part.role in ("object", "chain", "prep", "time") for part in clause.parts)


def _doer(scene: Scene, clause: Clause) -> Value | None:
    head = clause.antecedent or clause.subject.head
    if any(child.dep_ in ("conj", "cc") for child in head.children):
        return None
    person = clause.meant.person if clause.meant else scene.phrases.subject_person(clause.block, head)
    if person is not None:
        return person_value(scene, person.key) if person.full else None
    if clause.antecedent is not None:
        return None
    name = scene.phrases.organisation(clause.block, clause.subject.tokens)
    if not name or len(name.split()) < 2 or "’s " in name or "'s " in name:
        return None
    named = scene.entities.find(name)
    accept = (named.acronym,) if named and named.acronym else ()
    shown = f"the {name}" if clause.subject.tokens[0].lower_ == "the" else name
    return Value(text=shown, type=AnswerType.ORGANISATION, same=canonical(name), accept=accept, entity=canonical(name))
