"""What person a word means at its place: a name, a bare surname, "he", "the senator".

Pure reading of one article; the people are those of ``People``. Every answer comes with a margin, 0 to 1: how far the
person stands before the next who could be meant, unnamed people ("a clerk") among them. At a margin of ``PLAIN`` or more
a pronoun's answer holds in 95 of 100 cases; below it, take none.
"""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.document import Block, Document
from quizzer.news.people import Mention, People, Person
from quizzer.news.values import Span
from quizzer.news.words import FEMALE_WORDS, MALE_WORDS, ROLE_NOUNS, SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

PLAIN = 0.4  # the margin from which on a pronoun means its person
BACK = 3  # paragraphs that a pronoun looks back over
_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_FADE = 0.72  # what a mention is worth one sentence further back
_FEMALE = FEMALE_WORDS | word_set("woman girl mother wife daughter actress widow aunt heiress waitress businesswoman")
_MALE = MALE_WORDS | word_set("man boy father husband son actor widower uncle businessman priest")
_HUMAN = ROLE_NOUNS | _FEMALE | _MALE | word_set("person student voter teacher doctor nurse clerk worker friend official neighbor resident")


@dataclass(frozen=True)
class Meaning:
    """Whom a word means: nobody, with margin 0, or a person; ``source`` is where that person is named."""

    person: Person | None = None
    margin: float = 0.0
    source: Span | None = None


@dataclass(frozen=True)
class _Candidate:
    """Somebody a pronoun may mean: ``key`` is a person's, or tells one unnamed person from others."""

    key: str
    person: Person | None
    weight: float
    source: Span


NOBODY = Meaning()


class References:
    """The people of one article as its words point to them."""

    def __init__(self, document: Document, people: People) -> None:
        self._blocks = document.blocks
        self._people = people

    def resolve(self, block: Block, token: "Token") -> tuple[Person | None, float]:
        """Return the person ``token`` of ``block`` means, and by what margin, 0 to 1 (None, 0.0: nobody, or several)."""
        found = self.meaning(block, token)
        return found.person, found.margin

    def meaning(self, block: Block, token: "Token", *, speaker: Person | None = None) -> Meaning:
        """Return whom ``token`` means; ``speaker`` is who spoke last before it, which a pronoun leans to."""
        mention = self._people.mentions(block).get(token.i)
        if mention is not None:
            return Meaning(mention.person, 1.0, block.span_of(block.doc[mention.first : mention.last + 1]))
        gender = _GENDERS.get(token.lower_)
        if gender and token.tag_ in ("PRP", "PRP$"):
            return self._pronoun(block, token, gender, speaker)
        return NOBODY

    def _pronoun(self, block: Block, pronoun: "Token", gender: str, speaker: Person | None) -> Meaning:
        best: dict[str, _Candidate] = {}
        distance = 0
        barred = _same_clause_subject(pronoun)
        sentence = pronoun.sent
        for place in self._before(block):
            found = self._named(place)
            starts = [sent.start for sent in place.doc.sents]
            for candidate, index in reversed(found):
                if place is block and (index >= pronoun.i or index == barred):
                    continue
                if candidate.person is not None and candidate.person.gender not in ("", gender):
                    continue
                back = sum(1 for start in starts if index < start <= (sentence.start if place is block else len(place.doc)))
                weight = candidate.weight * _FADE ** (distance + back)
                if candidate.person is not None and not candidate.person.gender:
                    weight *= 0.8
                if speaker is not None and candidate.key == speaker.key:
                    weight *= 1.4
                known = best.get(candidate.key)
                if known is None or weight > known.weight:
                    best[candidate.key] = _Candidate(candidate.key, candidate.person, weight, candidate.source)
            distance += len(starts) if place is not block else sum(1 for start in starts if start <= sentence.start) - 1
            distance = min(distance + 1, 12)
        ranked = sorted(best.values(), key=lambda one: -one.weight)
        if not ranked or ranked[0].person is None:
            return NOBODY
        first = ranked[0]
        second = ranked[1].weight if len(ranked) > 1 else 0.0
        margin = (first.weight - second) / first.weight
        return Meaning(first.person, min(1.0, margin * min(1.0, first.weight / 0.25)), first.source)

    def _before(self, block: Block) -> list[Block]:
        at = block.index
        return [place for place in reversed(self._blocks[max(0, at - BACK) : at + 1]) if not place.paragraph.heading or place is block]

    @functools.cached_property
    def _cache(self) -> "dict[int, list[tuple[_Candidate, int]]]":
        return {}

    def _named(self, block: Block) -> "list[tuple[_Candidate, int]]":
        """Return the named and unnamed people of a block in order, each with the token that stands for it."""
        if block.index not in self._cache:
            found: list[tuple[_Candidate, int]] = []
            mentions = self._people.mentions(block)
            seen: set[int] = set()
            for index, mention in sorted(mentions.items()):
                if mention.first in seen:
                    continue
                seen.add(mention.first)
                head = block.doc[mention.last]
                weight = _standing(head) * (0.5 if index in block.quoted else 1.0)
                where = block.span_of(block.doc[mention.first : mention.last + 1])
                found.append((_Candidate(mention.person.key, mention.person, weight, where), mention.last))
            for token in block.doc:
                if token.i not in mentions and token.i not in block.quoted and _is_unnamed(token, mentions):
                    found.append((_Candidate(f"?{token.lower_}", None, _standing(token) * 0.9, block.span_of([token])), token.i))
            found.sort(key=lambda pair: pair[1])
            self._cache[block.index] = found
        return self._cache[block.index]


def _standing(head: "Token") -> float:
    """Return how much a mention stands out by its place in the sentence."""
    token = head
    while token.dep_ in ("compound", "appos", "flat") and token.head.i != token.i:
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "ROOT"):
        return 1.0 if token.dep_ != "nsubj" or token.head.lemma_ not in SAY else 1.1
    if token.dep_ in ("poss",):
        return 0.5
    if token.dep_ in ("dobj", "dative", "attr"):
        return 0.6
    return 0.5


def _is_unnamed(token: "Token", mentions: dict[int, Mention]) -> bool:
    """Whether a noun is an unnamed person: "a clerk", not "clerk Ann Lee"."""
    if token.tag_ != "NN" or token.lemma_.lower() not in _HUMAN or token.dep_ in ("compound", "amod", "appos", "attr", "oprd", "nmod"):
        return False
    return not any(child.i in mentions and child.dep_ in ("appos", "compound", "flat") for child in token.children)


def _same_clause_subject(pronoun: "Token") -> int:
    """Return the index of the subject of the verb whose object the pronoun is (it is somebody else), or -1."""
    if pronoun.dep_ in ("dobj", "dative") or (pronoun.dep_ == "pobj" and pronoun.lower_ in ("him", "her")):
        verb = pronoun.head
        while verb.dep_ in ("prep", "dative") and verb.head.i != verb.i:
            verb = verb.head
        return next((child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), -1)
    return -1
