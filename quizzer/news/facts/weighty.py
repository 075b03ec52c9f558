"""Whose post, state or party an article gives reason to ask for: of people it tells of, not of those it names in passing.

Of somebody who does nothing in the article but be named in one sentence, or who only comments on it for a newspaper or a
university, what that person is was never the article's matter. ``weighty`` turns such facts into refusals.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizzer.news.facts import Fact, Holding, Refusal, Scene
from quizzer.news.words import OFFICES, SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

LEAD = 3  # paragraphs that tell what an article is about, or a fifth of a long one
FEW = 3  # sentences from which on somebody's party is worth asking for
OFTEN = 4  # sentences from which on somebody is one of an article's people
# Work that many do for one employer; who does it is asked for only of an article's own people.
_HANDS = word_set(
    "reporter journalist columnist correspondent anchor host editor blogger critic writer analyst scientist professor lecturer expert "
    "economist historian strategist consultant pollster lawyer attorney counsel fellow scholar researcher spokesman spokeswoman "
    "spokesperson aide adviser advisor activist organizer veteran contributor commentator donor"
)
# For whom a spokesman speaks when it is a government.
_PUBLIC = word_set("ministry department house government police state kremlin pentagon fbi cia military army navy")
_PROSECUTING = frozenset(("u.s.", "us", "district", "county", "city", "state's", "state’s", "prosecuting", "commonwealth's"))  # attorneys
_SPOKEN = word_set("spokesman spokeswoman spokesperson aide adviser advisor strategist lawyer attorney")
_KIN = word_set("husband wife father mother son daughter brother sister uncle aunt widow")
_AFTER = word_set("successor predecessor boss")
_SEATS = word_set("senator governor representative congressman congresswoman")
_SUBJECTS = ("nsubj", "nsubjpass")
AFTER = 9  # words from a name within which "who" goes on about it
_LONG = {"sen.": "senator", "gov.": "governor", "rep.": "representative"}


@dataclass
class Told:
    """How much an article tells of somebody: in how many sentences, doing or saying something, in its lead, with which titles."""

    sentences: int = 0
    acts: int = 0
    says: int = 0
    leads: bool = False
    titles: set[str] = field(default_factory=set)

    @property
    def in_passing(self) -> bool:
        """Whether one sentence only names somebody who does nothing in it."""
        return self.sentences < 2 and not (self.acts or self.says or self.leads)


def told_of(scene: Scene) -> Mapping[str, Told]:
    """Return by a person's key how much the article tells of that person."""
    found: dict[str, Told] = {}
    last: dict[str, int] = {}
    lead = max(LEAD, len(scene.document.blocks) // 5)
    for block in scene.document.blocks:
        done: set[int] = set()
        for mention in scene.entities.people.mentions(block).values():
            if mention.first in done:
                continue
            done.add(mention.first)
            told = found.setdefault(mention.person.key, Told())
            head = block.doc[mention.last]
            sentence = block.span(head.idx, head.idx).start - (head.idx - head.sent.start_char)
            told.sentences += last.get(mention.person.key) != sentence
            last[mention.person.key] = sentence
            told.leads = told.leads or block.index < lead
            if mention.first:
                title = block.doc[mention.first - 1].lower_
                told.titles.add(_LONG.get(title, title))
            if verb := _verb(head):
                told.says += verb.lemma_ in SAY
                told.acts += verb.lemma_ not in SAY
    return found


def _verb(head: "Token") -> "Token | None":
    """Return the verb whose subject a name is: by itself, with others, by its campaign, as "by NAME" or as "NAME, who"."""
    for after in head.doc[head.i + 1 : head.i + AFTER]:
        if after.lower_ == "who" and after.dep_ in _SUBJECTS:
            return after.head
        if after.tag_.startswith("V"):
            break
    while head.dep_ == "conj" and head.head.pos_ in ("PROPN", "NOUN"):
        head = head.head
    if head.dep_ == "appos" and head.head.i < head.i:
        head = head.head  # "her lawyer, NAME, wrote"
    if head.dep_ == "poss" or (head.dep_ == "pobj" and head.head.dep_ == "agent"):
        head = head.head
    return head.head if head.dep_ in (*_SUBJECTS, "agent") else None


def weighty(scene: Scene, found: Iterator[Fact | Refusal]) -> Iterator[Fact | Refusal]:
    """Yield what was found, each fact about somebody the article names in passing as a refusal."""
    told: Mapping[str, Told] | None = None
    for one in found:
        if isinstance(one, Fact) and isinstance(one.frame, Holding):
            told = told_of(scene) if told is None else told
            if why := _why_not(one, one.frame, told):
                yield Refusal(reason=f"{one.sort}: {why}", span=one.evidence[0])
                continue
        yield one


def _why_not(fact: Fact, frame: Holding, told: Mapping[str, Told]) -> str:
    key = fact.answer.entity if frame.gap == "person" else next(iter(frame.names), "")
    own = told.get(key or "", Told())
    if frame.gap == "party":
        return "named in passing" if own.sentences < FEW else ""
    if frame.gap == "state":
        return "named in passing" if own.in_passing else ""
    if frame.gap == "organisation":
        hand = bool(_HANDS & set(frame.role.lower().split())) or frame.role == "associated"
        enough = own.sentences > 1 and own.acts + own.says
        return "" if (enough if hand else not own.in_passing) else "named in passing"
    if frame.gap == "role":
        return _of_role(frame, own)
    return _of_person(frame, own, told) if frame.gap == "person" else ""


def _of_role(frame: Holding, own: Told) -> str:
    words = frame.role.lower().split()
    noun = _noun(frame.role)
    speaks = noun in _SPOKEN and bool(_PUBLIC & set(words))  # a state's university is no government
    if noun in _HANDS and not speaks and not (own.leads or own.sentences >= OFTEN or (noun in _SPOKEN and (own.acts or own.sentences > 1))):
        return "a comment of somebody named in passing"
    if frame.time == "once":
        return "named in passing" if own.in_passing else ""
    if frame.time not in ("former", "then"):
        return "named in passing" if noun in _SEATS and own.in_passing else ""
    if (own.titles & OFFICES) - set(words):
        return "the article gives another post too"
    return "named in passing" if own.in_passing else ""


def _of_person(frame: Holding, own: Told, told: Mapping[str, Told]) -> str:
    words = {re.sub(r"\W+$", "", word) for word in frame.role.lower().split()}
    if words & _AFTER and not words & OFFICES:
        return "it does not say in which post"
    if _noun(frame.role) in _HANDS and not (own.leads or own.acts or own.says or own.sentences > 1):
        return "named in passing"
    owners = [told.get(name, Told()).sentences for name in frame.names]
    if words & _KIN and (own.sentences < 2 or max(owners, default=0) < OFTEN):
        return "a relation of somebody named in passing"
    return ""


def _noun(role: str) -> str:
    """Return what a post is at its heart: the "editor" of "politics editor at a newspaper"; a public attorney is a "prosecutor"."""
    words = re.split(r" (?:of|to|for|in|on|at|with) ", role.lower())[0].split()
    if words[-1:] == ["attorney"] and _PROSECUTING & set(words):
        return "prosecutor"
    return words[-1] if words else ""
