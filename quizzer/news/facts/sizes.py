"""How old somebody is whom a statement does not name ("her 7-year-old daughter"), and how many pages a document has."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.facts import Fact, Frame, Refusal, Scene, Sort
from quizzer.news.facts.frames import asked_clauses, clause_key, clause_span, make_frame
from quizzer.news.values import Value, read_number
from quizzer.news.words import DOCUMENTS, word_set

if TYPE_CHECKING:
    from quizzer.news.clauses import Clause

_YOUNG = word_set("daughter son girl boy man woman child student brother sister mother father teenager grandson granddaughter wife husband")
LEAST = 9  # weight of a statement that may be asked with an age in it


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the ages in an article's statements, and the lengths of its documents."""
    for clause in asked_clauses(scene):
        yield from _aged(scene, clause)
    yield from _pages(scene)


def _aged(scene: Scene, clause: "Clause") -> Iterator[Fact | Refusal]:
    """ "her 7-year-old daughter": asked where it stands, as "her daughter of what age"."""
    for part in (clause.subject, *clause.parts):
        tokens = [token for token in part.tokens if token.i not in clause.block.quoted]
        found = [token for token in tokens if token.pos_ == "NOUN" and token.tag_ == "NN" and token.lower_ in _YOUNG]
        if (
            part.role == "clause"
            or (part.role == "prep" and part.head.lower_ == "with")
            or (part is clause.subject and clause.antecedent is not None)
        ):
            continue
        for noun in found:
            match = re.search(r"\b(\d{1,3})-year-old (?:[a-z]+ )?$", clause.block.text[: noun.idx])
            number = read_number(match[1]) if match else None
            if match is None or number is None:
                continue
            age = [token for token in clause.block.doc[max(noun.i - 7, 0) : noun.i] if match.start() <= token.idx < match.end(1) + 9]
            before = clause.block.doc[age[0].i - 1]
            instead = dict.fromkeys((token.i for token in age), "") | {noun.i: f"{noun.text} of what age"}
            if before.lower_ == "an" and not noun.text.startswith(tuple("aeiou")):
                instead[before.i] = "a"
            frame, why = make_frame(scene, clause, gap="in place", taken=None, strict=True, instead=instead)
            span = clause_span(clause, part)
            if frame is None:
                yield Refusal(reason=f"{Sort.COUNT}: {why}", span=span)
                continue
            if frame.weight < LEAST:
                continue
            frame = msgspec.structs.replace(frame, counted=f"age {noun.lower_}")
            value = Value(
                text=match[1], type=AnswerType.NUMBER, same=f"{number:g} age", low=number, high=number, unit="age",
                accept=(f"{match[1]} years", f"{match[1]} years old"),
            )  # fmt: skip
            yield Fact(
                sort=Sort.COUNT, key=clause_key(Sort.COUNT, frame), answer=value, frame=frame, evidence=(span,),
                resolved_from=frame.sources, confidence=0.9,
            )  # fmt: skip


def _pages(scene: Scene) -> Iterator[Fact | Refusal]:
    """ "the 60-page ruling": how many pages a document has that the article names."""
    for block in scene.document.blocks:
        for sentence in block.sentences:
            for noun in block.tokens_of(sentence):
                if noun.lower_ not in DOCUMENTS or noun.i < 3 or noun.i in block.quoted:
                    continue
                match = re.search(r"(\d[\d,]*)-page (?:[a-z]+ )?$", block.text[max(noun.idx - 30, 0) : noun.idx])
                number = read_number(match[1]) if match else None
                if match is None or number is None:
                    continue
                phrase = scene.phrases.described(block, noun)
                span = block.span(noun.idx - len(match[0]), noun.idx + len(noun.text))
                if phrase is None:
                    yield Refusal(reason=f"{Sort.COUNT}: “the {noun.text}” needs its sentence", span=span)
                    continue
                frame = Frame(gap="pages", counted=phrase.text, weight=phrase.weight, terms=phrase.terms | {"page"}, names=phrase.names)
                value = Value(
                    text=match[1], type=AnswerType.NUMBER, same=f"{number:g} page", accept=(f"{match[1]} pages",), low=number, high=number,
                    unit="page",
                )  # fmt: skip
                yield Fact(
                    sort=Sort.COUNT, key=clause_key(Sort.COUNT, frame), answer=value, frame=frame, evidence=(span,),
                    resolved_from=phrase.sources, confidence=0.93,
                )  # fmt: skip
