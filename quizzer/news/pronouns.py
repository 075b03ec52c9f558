"""Pronouns of a sentence that is to stand alone: each stays, where the sentence says whom it means, or gives way to a name.

A pronoun that may mean one of several is never guessed.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.phrases import is_empty_it
from quizzer.news.statements import subject_of
from quizzer.news.values import Span
from quizzer.news.words import FEMALE_WORDS, MALE_WORDS, ROLE_NOUNS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.phrases import Phrases

_SOMEBODY = (
    ROLE_NOUNS | FEMALE_WORDS | MALE_WORDS | word_set("man woman boy girl person student voter teacher doctor nurse clerk worker friend")
)
_SOMEBODY |= word_set("official neighbor resident mother father gunman victim suspect")
_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_SUBJECTS = ("nsubj", "nsubjpass")
_OWNERS = (*_SUBJECTS, "dobj", "poss", "conj", "appos", "attr")
_SHARES = word_set("percent majority half third quarter number plurality % dozen")  # of many, who are "they"
_BELOW = ("relcl", "ccomp", "advcl", "acl", "xcomp", "pcomp")  # clauses below another
_IT = word_set("it its itself")
_THEY = word_set("they them their themselves theirs")


class Pronouns:
    """Words the pronouns of one article."""

    def __init__(self, phrases: "Phrases") -> None:
        self._phrases = phrases

    def worded(self, block: Block, token: "Token", kept: "list[Token]") -> tuple[str, Span | None]:
        """Return what to write for a pronoun: itself, where the statement says what it means, a name, or nothing."""
        lower = token.lower_
        if lower in _HE:
            return self._he_or_she(block, token, kept)
        if lower not in _IT | _THEY:
            return "", None
        if is_empty_it(token):
            return token.text, None
        before = [other for other in kept if other.i < token.i and other.dep_ in _OWNERS and other.pos_ in ("NOUN", "PROPN")]
        before = [noun for noun in before if noun.dep_ in _SUBJECTS or (token.tag_ == "PRP$" and noun.head.i < token.i)]
        fits = [noun for noun in before if self._may_be(block, noun, plural=lower in _THEY, owns=token)]
        empty = lower == "it" and token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ == "be"
        if empty or not fits:
            return "", None
        below = token.tag_ == "PRP$" or any(node.dep_ in _BELOW for node in (token.head, *token.head.ancestors))
        return (token.text, None) if below or (len(fits) == 1 and fits[0].i == before[-1].i) else ("", None)

    def _may_be(self, block: Block, noun: "Token", *, plural: bool, owns: "Token") -> bool:
        """Whether "they", or "it", may mean a noun before it; in "a party and its voters" the noun is one."""
        joined = any(child.dep_ == "conj" and owns not in child.subtree for child in noun.children)
        if self._phrases.person_at(block, noun.i):
            return plural and joined
        several = noun.tag_ in ("NNS", "NNPS") or joined
        several = several or (noun.lower_ in _SHARES and any(part.tag_ in ("NNS", "NNPS") for part in noun.subtree))
        return plural == several or (noun.ent_type_ == "ORG" and not plural)

    def _he_or_she(self, block: Block, token: "Token", kept: "list[Token]") -> tuple[str, Span | None]:
        lower = token.lower_
        gender = _HE[lower]
        people: dict[str, int] = {}
        for other in kept:
            at = self._phrases.person_at(block, other.i)
            fits = at is not None and (at.person.gender == gender or (not at.person.gender and _acts(other)))
            if at is not None and token.dep_ in ("dobj", "dative") and _subject_of_same(block.doc[at.last], token):
                continue  # "Smith beat her" is no Smith
            if at is not None and fits and other.i not in block.quoted:
                people.setdefault(at.person.key, other.i)
        before = [key for key, index in people.items() if index < token.i]
        nobody = not any(is_unnamed(other) for other in kept if other.i < token.i)
        if len(before) == 1 and nobody:
            return token.text, None
        meaning = self._phrases.meaning(block, token)
        person = meaning.person if meaning else None
        if len(people) == 1 and not before and token.tag_ == "PRP$" and (person is None or person.key in people):
            verb = next((other.head for other in kept if other.i in people.values()), None)
            first = kept[0].head
            if (
                verb is not None
                and verb.i > token.i
                and any(c.i in people.values() and c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
            ):
                return (token.text, None) if first.i == verb.i or first.head.i == verb.i else ("", None)  # "In his book, Smith wrote"
        if nobody and before and meaning is None:  # whoever of them it is, he is named
            likely = self._phrases.references.meaning(block, token).person
            if likely is not None and likely.key in before:
                return token.text, None
        if len(people) == 1 and not before and nobody and self._leads_to(block, token, people):
            return token.text, None
        if meaning is None or person is None or not person.full or person.gender not in ("", gender):
            return "", None
        if person.key in people:
            return (token.text, None) if people[person.key] < token.i else ("", None)
        if any(_HE.get(other.lower_) == gender and other.i < token.i and other.i not in block.quoted for other in kept):
            return token.text, None  # "he" before it was given its name
        if lower in ("he", "she", "him") or (lower == "her" and token.tag_ == "PRP"):
            return person.name, meaning.source
        if token.tag_ == "PRP$":
            return person.name + ("’" if person.name.endswith("s") else "’s"), meaning.source
        return "", None

    def _leads_to(self, block: Block, token: "Token", people: Mapping[str, int]) -> bool:
        """Whether a pronoun of a clause that opens a statement means its subject: "As she left, Smith said"."""
        opening = next((node for node in (token.head, *token.head.ancestors) if node.dep_ == "advcl"), None)
        if opening is None or opening.i > opening.head.i:
            return False
        subject = subject_of(opening.head)
        mention = self._phrases.person_at(block, subject.i) if subject is not None else None
        meant = self._phrases.meaning(block, token)
        known = meant is None or meant.person is None or (mention is not None and meant.person.key == mention.person.key)
        return mention is not None and mention.person.key in people and token.i < mention.first and known


def _subject_of_same(name: "Token", pronoun: "Token") -> bool:
    return name.dep_ in ("nsubj", "nsubjpass") and name.head.i == pronoun.head.i


def _acts(token: "Token") -> bool:
    """Whether a name is a subject: of whose sex nothing is known, only such a one is thought to be "he" or "she"."""
    return token.dep_ in ("nsubj", "nsubjpass", "compound")


def is_unnamed(token: "Token") -> bool:
    """Whether a noun stands for somebody without a name, whom "he" or "she" might mean: "a clerk"."""
    if token.tag_ != "NN" or token.lemma_.lower() not in _SOMEBODY or token.dep_ in ("compound", "amod", "nmod", "appos"):
        return False
    return not any(child.pos_ == "PROPN" and child.dep_ in ("appos", "compound") for child in token.children)
