"""Who said something in the reporter's words: "NAME warned that ...", "the agency estimated that ...", "..., NAME said".

What is said stays theirs, so it may be denied, wished or in the future; but every word of it must stand alone.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.news.bystanders import is_bystander
from quizzer.news.clauses import PRESENT, Clause
from quizzer.news.document import Block
from quizzer.news.facts import Fact, Frame, Refusal, Scene, Sort
from quizzer.news.facts.deeds import Doer, doer_of
from quizzer.news.inflection import past
from quizzer.news.occasions import month_of
from quizzer.news.phrases import Phrase
from quizzer.news.words import SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs kept in the question; for all others "said" is true and plain.
_KEPT = word_set(
    "argue warn promise predict deny acknowledge announce insist claim suggest contend admit vow pledge estimate testify complain "
    "conclude report find reveal confirm charge maintain assert declare"
)
_NOT_SAID = word_set("believe wonder hear know ask think show read see repeat recall remember feel call describe quote")
_HE = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_SPEAKER = word_set("i we me us my our you your this that these those here")
FEWEST, MOST = 5, 26  # words of what was said
# How much it must tell; of the speaker alone; with words of the speaker's own, or a verb that tells more than "say".
LEAST, LEAST_OWN, LEAST_TELLING = 9, 14, 7


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield what the people and organisations of an article said in words that are not their own."""
    for clause in scene.clauses:
        verb = clause.verb
        says = clause.trouble == PRESENT and verb.lemma_ == "say" and not clause.auxiliaries
        if (clause.trouble and not says) or clause.claimed_by is not None or verb.lemma_ not in SAY - _NOT_SAID or clause.passive:
            continue
        contents = [child for child in verb.children if child.dep_ == "ccomp"]
        if len(contents) != 1 or verb.dep_ not in ("ROOT", "conj"):
            continue
        doer = doer_of(scene, clause)
        person = scene.entities.people.find(doer.value.entity) if doer is not None else None
        if doer is not None and not (person is not None and is_bystander(scene, person)):
            yield from _claim(scene, clause, contents[0], doer)


def _claim(scene: Scene, clause: Clause, content: "Token", doer: Doer) -> Iterator[Fact | Refusal]:
    block = clause.block
    tokens = [token for token in content.subtree if not token.is_space]
    first = {token.i for token in tokens}
    marks = [child for child in content.children if child.dep_ == "mark" or (child.lower_ == "that" and child.i == tokens[0].i)]
    if any(mark.lower_ != "that" for mark in marks) or not _is_whole(block, tokens):
        return
    if not any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in content.children) or (
        content.tag_ in ("VB", "VBG") and not any(child.dep_ == "aux" and child.tag_ != "TO" for child in content.children)
    ):
        return
    subject = clause.subject.head
    if any(index in first for index in (clause.verb.i, subject.i)) or tokens[-1].i - tokens[0].i + 1 - len(tokens) > 1:
        return
    tokens = [token for token in tokens if token not in marks]
    closing = []
    while tokens and (tokens[-1].is_punct or [token.lower_ for token in tokens[-2:]] in (["for", "instance"], ["for", "example"])):
        closing += [token for token in tokens[-1:] if token.text == "”"]
        del tokens[-1 if tokens[-1].is_punct else -2 :]
    if closing and any(token.text == "“" for token in tokens):
        tokens.append(closing[-1])
    mention = scene.phrases.person_at(block, subject.i)
    span = block.span_of([*tokens, clause.verb, subject, *(block.doc[mention.first : mention.last + 1] if mention else ())])
    following = block.doc[tokens[-1].i + 1] if tokens and tokens[-1].i + 1 < len(block.doc) else None
    if following is not None and following.text == ":":
        return  # what it announces comes behind the colon
    if not tokens or any(token.text in "?!;:—–()" or (token.tag_ in ("WP", "WRB", "UH") and token.i == tokens[0].i) for token in tokens):
        return
    said = scene.phrases.phrase(block, tokens, speaker=doer.value.entity)
    if said.trouble or (said.possessive and said.owner != doer.value.entity):
        yield Refusal(reason=f"{Sort.CLAIM}: {said.trouble or said.possessive}", span=span)
        return
    if len(_HE.findall(said.text)) > 1 and said.names - {doer.value.entity}:
        return  # which "he" is who?
    telling = '"' in said.text or "“" in said.text or (clause.verb.lemma_ in _KEPT and not _HE.match(said.text))
    least = LEAST_TELLING if telling else LEAST_OWN if _HE.match(said.text) else LEAST
    if not FEWEST <= len(said.text.split()) <= MOST or said.weight < least or not _specific(said):
        yield Refusal(reason=f"{Sort.CLAIM}: it tells too little to be one person's claim", span=span)
        return
    addressed = [part for part in clause.parts if part.role in ("object", "dative") and part.tokens and part.tokens[0].i not in first]
    to_text = ""
    if addressed:
        phrase = scene.phrases.phrase(block, addressed[0].tokens)
        if phrase.trouble or phrase.possessive or len(addressed) > 1:
            return
        to_text = phrase.text
    moment = next((part for part in clause.parts if part.role == "time" and part.moment is not None), None)
    when = moment.moment.wording if moment is not None and moment.moment is not None else ""
    cue = past(clause.verb.lemma_) if clause.verb.lemma_ in _KEPT or to_text else "said"
    told = "" if when else month_of(scene, block, clause.verb)
    words = " ".join(word for word in (cue, to_text, when, "that") if word)
    frame = Frame(
        gap="subject", counted=doer.opening, verb=words, lemma=clause.verb.lemma_, tag="VBD", rest=(said.text,), told=told,
        weight=said.weight,
        terms=said.terms, names=said.names - {doer.value.entity}, sources=said.sources,
    )  # fmt: skip
    yield Fact(
        sort=Sort.CLAIM, key=f"{Sort.CLAIM}|{'|'.join(sorted(said.terms))}", answer=doer.value, frame=frame, evidence=(span,),
        resolved_from=(*((doer.source,) if doer.source else ()), *said.sources), confidence=0.88,
    )  # fmt: skip


def _is_whole(block: Block, tokens: "list[Token]") -> bool:
    """Whether what of a quotation stands in a statement is a piece of it from mark to mark, and names nobody by a pronoun."""
    own = [token for token in tokens if token.i in block.quoted]
    if not own:
        return True
    if any(token.lower_ in _SPEAKER or token.tag_ in ("PRP", "PRP$") for token in own) or tokens[0].i in block.quoted:
        return False
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
    quotes = [quote for quote in block.quotes if quote.start < end and quote.end > start]
    return len(quotes) == 1 and start < quotes[0].start and quotes[0].inner_end <= end + 2


def _specific(said: Phrase) -> bool:
    """Whether something named, dated or counted is in what was said."""
    return bool(re.search(r"(?<!^)\b[A-Z][a-z]|[\d“\"]", said.text))
