"""What person a word means at its place: a name, a bare surname, "he", "the senator".

Reads one article from its start; the people are those of ``People``. Every answer comes with a margin, 0 to 1: how far the
person stands before the next who could be meant, unnamed people ("a clerk") among them. At a margin of ``PLAIN`` or more
a pronoun's answer holds in 95 of 100 cases; below it, take none.
"""

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.document import Block, Document
from quizzer.news.naming import CROWNED, LONG, acts, is_modifier
from quizzer.news.people import Mention, People, Person
from quizzer.news.values import Span
from quizzer.news.words import FEMALE_WORDS, MALE_WORDS, ROLE_NOUNS, SAY, TITLES, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

PLAIN = 0.55  # the margin from which on a pronoun means its person
BACK = 3  # paragraphs that a pronoun looks back over
_SENTENCE, _PARAGRAPH = 0.6, 0.7  # what a mention keeps of its weight one sentence, and one paragraph, further back
_ASIDE = 0.6  # what is told in brackets weighs less
_ROLE_BACK = 6  # paragraphs within which "the senator" is the senator named before
_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_FEMALE = FEMALE_WORDS | word_set("woman girl mother wife daughter actress widow aunt businesswoman")
_MALE = MALE_WORDS | word_set("man boy father husband son actor widower uncle businessman priest")
_HUMAN = (
    ROLE_NOUNS | CROWNED | _FEMALE | _MALE | word_set("person student voter teacher doctor nurse clerk worker friend neighbor resident")
)
_EPITHET = word_set(
    "republican democrat neurosurgeon billionaire mogul businessman businesswoman author actor actress comedian star graduate "
    "veteran native libertarian socialist physician surgeon academic novelist playwright photographer filmmaker musician rapper "
    "celebrity politician contender frontrunner front-runner hopeful incumbent challenger tycoon magnate prince princess "
    "californian texan vermonter"
)
_NEW = word_set("a an one another some any every each no")


@dataclass(frozen=True)
class Meaning:
    """Whom a word means: nobody, with margin 0, or a person; ``source`` is where that person is named."""

    person: Person | None = None
    margin: float = 0.0
    source: Span | None = None


@dataclass(frozen=True)
class _Seen:
    """Somebody at a place: ``key`` is a person's, or tells one unnamed person from others; ``gender`` is f, m or empty."""

    key: str
    person: Person | None
    gender: str
    weight: float
    token: int
    sentence: int
    source: Span


NOBODY = Meaning()


class References:
    """The people of one article as its words point to them."""

    def __init__(self, document: Document, people: People) -> None:
        self._blocks = document.blocks
        self._people = people
        self._seen: list[list[_Seen]] = []  # of each block read so far
        self._sentences: list[list[int]] = []  # where the sentences of each of them begin
        self._meanings: dict[tuple[int, int], Meaning] = {}  # found already, by block and token
        self._roles: Mapping[str, set[str]] | None = None
        self._owned: Mapping[str, Counter[str]] | None = None

    def resolve(self, block: Block, token: "Token") -> tuple[Person | None, float]:
        """Return the person ``token`` of ``block`` means, and by what margin, 0 to 1 (None, 0.0: nobody, or several)."""
        found = self.meaning(block, token)
        return found.person, found.margin

    def meaning(self, block: Block, token: "Token", *, speaker: Person | None = None) -> Meaning:
        """Return whom ``token`` means; ``speaker`` is who spoke last before it, which a pronoun leans to."""
        if speaker is not None:
            return self._meaning(block, token, speaker)
        place = (block.index, token.i)
        if place not in self._meanings:
            self._meanings[place] = self._meaning(block, token, None)
        return self._meanings[place]

    def _meaning(self, block: Block, token: "Token", speaker: Person | None) -> Meaning:
        mention = self._people.mentions(block).get(token.i)
        if mention is not None:
            return Meaning(mention.person, 1.0, block.span_of(block.doc[mention.first : mention.last + 1]))
        self._read(block.index)
        gender = _GENDERS.get(token.lower_)
        if gender and token.tag_ in ("PRP", "PRP$"):
            return self._nearest(block.index, token, self._seen[block.index], gender, speaker)
        if token.tag_ in ("NN", "NNP"):
            return self._role(block, token, speaker)
        return NOBODY

    def _read(self, upto: int) -> None:
        while len(self._seen) <= upto:
            block = self._blocks[len(self._seen)]
            self._sentences.append([sent.start for sent in block.doc.sents])
            self._seen.append([])
            self._seen[-1] = self._people_of(block)

    def _people_of(self, block: Block) -> list[_Seen]:
        """Return the named and unnamed people of a block in order, pronouns among them where they are plain."""
        found: list[_Seen] = []
        mentions = self._people.mentions(block)
        sentence, depth = -1, 0
        for token in block.tokens:
            depth = max(0, depth + (token.text == "(") - (token.text == ")"))
            if token.is_sent_start:
                sentence += 1
            quoted = token.i in block.quoted
            mention = mentions.get(token.i)
            if mention is not None:
                if mention.last == token.i:
                    person = mention.person
                    where = block.span_of(block.doc[mention.first : mention.last + 1])
                    weight = _standing(token) * (0.4 if quoted else _ASIDE if depth else 1.0) * (0.9 if person.full else 0.8)
                    found.append(_Seen(person.key, person, self._gender(person), weight, token.i, max(sentence, 0), where))
            elif quoted:
                continue
            elif (gender := _GENDERS.get(token.lower_)) and token.tag_ == "PRP" and token.dep_ in ("nsubj", "nsubjpass"):
                meaning = self._nearest(block.index, token, found, gender, None)
                if meaning.person is not None and meaning.margin >= 0.2 and meaning.source is not None:
                    person = meaning.person
                    weight = _standing(token) * (0.6 + 0.4 * meaning.margin)
                    found.append(_Seen(person.key, person, gender, weight, token.i, max(sentence, 0), meaning.source))
            elif self._is_unresolved(token):
                weight = _standing(token) * 0.8
                found.append(_Seen(f"?{token.lower_}", None, "", weight, token.i, max(sentence, 0), block.span_of([token])))
            elif _is_unnamed(token, mentions):
                gender = "f" if token.lower_ in _FEMALE else "m" if token.lower_ in _MALE else ""
                new = token.doc[token.left_edge.i].lower_ in _NEW
                weight = _standing(token) * (0.7 if new else 0.4)
                key = f"?a {token.lower_}" if new else f"?{token.lower_}"
                found.append(_Seen(key, None, gender, weight, token.i, max(sentence, 0), block.span_of([token])))
        return found

    def _gender(self, person: Person) -> str:
        """Return a person's gender: by the first name, and by whose "his" or "her" the article makes plain."""
        if self._owned is None:
            owned: dict[str, Counter[str]] = defaultdict(Counter)
            for block in self._blocks:
                for key, gender in _owners(block, self._people.mentions(block)):
                    owned[key][gender] += 1
            self._owned = owned
        told = self._owned.get(person.key, Counter[str]())
        if told["f"] == told["m"]:
            return person.gender
        most = "f" if told["f"] > told["m"] else "m"
        return most if person.gender in ("", most) or told[most] - told[person.gender] > 1 else ""

    def _is_unresolved(self, token: "Token") -> bool:
        """Whether a word is somebody's name, and it is not known whose."""
        if not token.text[:1].isupper() or token.pos_ != "PROPN" or is_modifier(token):
            return False
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if token.ent_type_ == "PERSON":
            return following is None or following.ent_type_ != "PERSON" or following.ent_iob_ == "B"
        if token.ent_type_ in ("GPE", "LOC", "ORG", "NORP"):
            return False
        return self._people.is_surname(token.text) or acts(token)

    def _nearest(self, at: int, pronoun: "Token", here: list[_Seen], gender: str, speaker: Person | None) -> Meaning:
        best: dict[str, tuple[float, _Seen]] = {}
        other = _other_argument(pronoun)
        barred = next((one.key for one in here if one.token == other), "")
        sentence = bisect.bisect_right(self._sentences[at], pronoun.i) - 1
        back = 0
        for index in range(at, max(-1, at - BACK - 1), -1):
            if index < at and self._blocks[index].paragraph.heading:
                continue
            for one in here if index == at else self._seen[index]:
                if (index == at and one.token >= pronoun.i) or one.key == barred or one.gender not in ("", gender):
                    continue
                steps = sentence - one.sentence if index == at else back + len(self._sentences[index]) - 1 - one.sentence
                weight = one.weight * _SENTENCE ** min(steps, 9) * _PARAGRAPH ** (at - index)
                if not one.gender:
                    weight *= 0.75
                if speaker is not None and one.key == speaker.key:
                    weight *= 1.25
                if one.key not in best or weight > best[one.key][0]:
                    best[one.key] = (weight, one)
            back += sentence + 1 if index == at else len(self._sentences[index])
        ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].key))
        if not ranked or ranked[0][1].person is None:
            return NOBODY
        weight, first = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        margin = (weight - second) / weight * min(1.0, weight / 0.2)
        return Meaning(first.person, margin, first.source)

    def _role(self, block: Block, noun: "Token", speaker: Person | None) -> Meaning:
        """Return whom "the senator" means: its one holder in the article, or whom all speaks of where it is an epithet."""
        lower = noun.lower_
        first = noun.doc[noun.left_edge.i]
        if first.lower_ != "the" or any(child.dep_ in ("prep", "conj", "relcl", "poss") for child in noun.children if child.i > noun.i):
            return NOBODY
        if lower not in _HUMAN and lower not in _EPITHET and not lower.endswith("-old"):
            return NOBODY
        holders = self._holders().get(lower, set())
        near = {one.key: one for index in range(max(0, block.index - _ROLE_BACK), block.index + 1) for one in self._seen[index]
                if one.person is not None and (index < block.index or one.token < noun.i)}  # fmt: skip
        if any(one.key == f"?a {lower}" for seen in self._seen for one in seen):
            return NOBODY  # there is a senator without a name, too
        gender = "f" if lower in _FEMALE else "m" if lower in _MALE else ""
        close = [key for key in holders if key in near]
        just = [key for key in close if near[key].source.start >= block.span_of([block.doc[0]]).start]
        chosen = close if len(holders) == 1 else just if len(just) == 1 else []
        if len(chosen) == 1:
            return Meaning(near[chosen[0]].person, 0.8 if len(holders) == 1 else 0.6, near[chosen[0]].source)
        if holders or (lower not in _EPITHET | {"candidate"} and not lower.endswith("-old")):
            return NOBODY
        found = [self._nearest(block.index, noun, self._seen[block.index], each, speaker) for each in ([gender] if gender else ["m", "f"])]
        found.sort(key=lambda meaning: -meaning.margin)
        if len(found) > 1 and found[1].person not in (None, found[0].person):
            return NOBODY
        return Meaning(found[0].person, found[0].margin * 0.95, found[0].source)

    def _holders(self) -> Mapping[str, set[str]]:
        """Return the people of the article by the role it gives them: "Sen. Lee", "Lee, a lawyer", "manager Ann Lee"."""
        if self._roles is None:
            held: dict[str, set[str]] = defaultdict(set)
            for block in self._blocks:
                for mention in set(self._people.mentions(block).values()):
                    for role in _roles_beside(block, mention):
                        held[role].add(mention.person.key)
            self._roles = held
        return self._roles


def _owners(block: Block, mentions: dict[int, Mention]) -> Iterator[tuple[str, str]]:
    """Yield people with the gender of a "his" or "her" that can only be theirs: nobody else is named before it in its sentence."""
    for sentence in block.doc.sents:
        before: set[str] = set()
        subject = -1
        for token in block.tokens_of(sentence):
            if token.i in block.quoted:
                continue
            if (mention := mentions.get(token.i)) is not None:
                before.add(mention.person.key)
                subject = token.i if token.dep_ in ("nsubj", "nsubjpass") else subject
            elif token.tag_ == "PRP" or (token.pos_ == "PROPN" and token.ent_type_ == "PERSON"):
                before.add("?")
            elif (
                token.tag_ == "PRP$" and (gender := _GENDERS.get(token.lower_)) and len(before) == 1 and subject >= 0 and "?" not in before
            ):
                yield next(iter(before)), gender


def _roles_beside(block: Block, mention: Mention) -> "set[str]":
    doc = block.doc
    found: set[str] = set()
    before = doc[mention.first - 1] if mention.first else None
    if (first := mention.person.name.split()[0].lower()) in CROWNED:
        found.add(first)
    if before is not None:
        title = before.lower_.rstrip(".")
        if title in TITLES or before.lower_ in ROLE_NOUNS:
            found.add(LONG.get(title, title))
    after = mention.last + 1
    if after + 1 < len(doc) and doc[after].text == ",":
        for token in doc[after + 1 : after + 14]:
            if token.text in (",", ".", ";", "—") or token.tag_ in ("WP", "WDT", "VBD", "VBZ"):
                break
            if (
                token.dep_ in ("appos", "attr", "conj")
                and token.tag_ in ("NN", "NNP")
                and (token.lower_ in _HUMAN or token.lower_ in _EPITHET)
            ):
                found.add(token.lower_)
    return found


def _standing(head: "Token") -> float:
    """Return how much somebody stands out by the place in the sentence: the subject of the main clause most."""
    token = head
    while token.dep_ in ("compound", "appos", "flat", "conj") and token.head.pos_ in ("NOUN", "PROPN") and token.head.i != token.i:
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "ROOT"):
        verb = token.head
        if verb.dep_ in ("ROOT", "conj", "parataxis") or verb.i == token.i or (verb.dep_ == "ccomp" and verb.i < verb.head.i):
            return 1.1 if verb.lemma_ in SAY else 1.0
        return 0.65
    if token.dep_ == "attr" and any(child.dep_ == "expl" for child in token.head.children):
        return 1.0  # there was a man
    if token.dep_ in ("dobj", "dative", "attr", "agent"):
        return 0.5
    return 0.4


def _is_unnamed(token: "Token", mentions: dict[int, Mention]) -> bool:
    """Whether a noun is an unnamed person: "a clerk", not "clerk Ann Lee"."""
    if token.tag_ != "NN" or token.lemma_.lower() not in _HUMAN or token.dep_ in ("compound", "amod", "appos", "attr", "oprd", "nmod"):
        return False
    if token.i + 1 < len(token.doc) and (token.i + 1 in mentions or token.doc[token.i + 1].text == "-"):
        return False
    return not any(child.i in mentions and child.dep_ in ("appos", "compound", "flat") for child in token.children)


def _other_argument(pronoun: "Token") -> int:
    """Return the index of the subject of the verb whose object the pronoun is (it is somebody else), or -1."""
    if pronoun.dep_ in ("dobj", "dative") or (pronoun.dep_ == "pobj" and pronoun.lower_ in ("him", "her")):
        verb = pronoun.head
        while verb.dep_ in ("prep", "dative") and verb.head.i != verb.i:
            verb = verb.head
        return next((child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), -1)
    return -1
