"""Facts: what an article says that can be asked. One module a sort, each with ``extract``.

An extractor knows no question wording and no other extractor. Unsure, it yields nothing, or a ``Refusal`` that says why.
To add a sort: a module here with ``extract``, its name in the pipeline, its wording in ``wording``.
"""

import enum
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.clauses import Clause
from quizzer.news.constituents import Part
from quizzer.news.document import Block, Document
from quizzer.news.phrases import Phrases
from quizzer.news.values import Span, Value

if TYPE_CHECKING:
    from quizzer.news.entities import Entities
    from quizzer.news.people import Mention


class Sort(enum.StrEnum):
    """The sorts of facts; also the tag of their questions."""

    SAID = "who said"
    WHEN = "when"
    COUNT = "how many"
    ROLE = "role"
    WHERE = "where"
    DID = "who did"
    TERM = "term"
    WHAT = "what"
    CLAIM = "who claimed"
    CLOZE = "cloze"
    ORDER = "order"


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A statement with a gap, in words that stand alone.

    ``gap`` names the constituent asked for: subject, object, time, place, subject amount, fronted (put first: an amount, or
    what ``counted`` asks for), in place (asked for where it stands), pages, spelled (an acronym). ``counted`` is the constituent
    that holds the amount, or of another gap what the question opens with ("which company"). ``reported`` opens what was only
    said ("X warned Y that"); ``opening`` is a time that would attach to the wrong verb at the end. ``told`` is the month of the
    article that reports a statement without a time of its own, ``own`` its weight but for times and subject. ``sources`` are
    the spans that fuller names were taken from.
    """

    gap: str
    subject: str = ""
    subject_plural: bool = False
    verb: str = ""
    lemma: str = ""
    tag: str = ""
    auxiliaries: tuple[str, ...] = ()
    passive: bool = False
    rest: tuple[str, ...] = ()
    counted: str = ""
    opening: str = ""
    reported: str = ""
    adverb: str = ""
    claimed_by: str = ""
    told: str = ""
    weight: int = 0
    own: int = 0
    terms: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sources: tuple[Span, ...] = ()


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation: its words (whole sentences or a piece), the verb it is said with, to whom, on what occasion.

    ``by`` is what said it: person, organisation, position (an unnamed official's) or document. ``when`` is the time it was
    said, as a question tells it ("in June 2016"); ``quoted`` the month of the article that quotes it, where nothing else tells
    one time from others.
    """

    words: str
    by: str = "person"
    cue: str = "say"
    to: str = ""
    occasion: str = ""
    when: str = ""
    quoted: str = ""
    whole: bool = True
    names: frozenset[str] = frozenset()


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody and a role.

    ``gap`` is person, role, organisation (where it is held: ``at`` is the preposition, ``noun`` what a question calls it), age,
    state or party (``role`` is then the chamber, or governor). ``time`` is former, then, acting, once (held at some time,
    perhaps no longer) or empty. ``by`` is the day, in ISO form, by which the role was held: that of the article, where it gives
    one.
    """

    gap: str
    person: str
    role: str
    time: str = ""
    by: str = ""
    at: str = ""
    noun: str = ""
    office: bool = False
    names: frozenset[str] = frozenset()


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An event named by a noun ("the 2007 pilot program in ..."), asked for its time."""

    event: str
    plural: bool = False
    weight: int = 0
    terms: frozenset[str] = frozenset()


class Gapped(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the article in words that stand alone, parted where its answer stood.

    ``terms`` are the lemmas that tell what it is about, ``names`` the people in it, ``sources`` the spans that fuller names
    and dates were taken from. ``said`` are the words of a quotation, its gap filled. One that ``leans`` tells too little without
    its article's heading.
    """

    before: str
    after: str
    weight: int = 0
    terms: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sources: tuple[Span, ...] = ()
    said: str = ""
    leans: bool = False


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Events of one matter, the earliest first, each in words without its date; ``topic`` names the matter, or is empty."""

    events: tuple[str, ...]
    topic: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something an article says that can be asked.

    ``evidence`` holds the exact spans that support the answer, the first the chief one; ``resolved_from`` the spans a name
    or term was taken from. ``confidence`` is 0 to 1. ``key`` is equal for the same question, whatever its answer. One that
    ``leans`` is asked under its article's heading only.
    """

    sort: Sort
    key: str
    answer: Value
    frame: Frame | Saying | Holding | Happening | Gapped | Course
    evidence: tuple[Span, ...]
    resolved_from: tuple[Span, ...] = ()
    confidence: float = 0.9
    as_of: str = ""
    leans: bool = False


def support(fact: Fact) -> tuple[Span, ...]:
    """Return the spans that support a question: its evidence, then where a fuller name in its stem was taken from."""
    spans = list(fact.evidence)
    for span in fact.frame.sources if isinstance(fact.frame, Frame | Gapped) else ():
        if not any(span.article == one.article and one.start < span.end and span.start < one.end for one in spans):
            spans.append(span)
    return tuple(spans)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Something that looked like a fact and was not taken: why, and where."""

    reason: str
    span: Span


@dataclass(frozen=True, eq=False)
class Scene:
    """What an extractor sees of one article: its blocks, its statements, the names of the whole deck."""

    document: Document
    entities: "Entities"
    phrases: Phrases
    clauses: tuple[Clause, ...] = field(default=())

    @functools.cached_property
    def has_heading(self) -> bool:
        """Whether questions may be asked under the article's heading."""
        return bool(self.document.article.heading.words)


def people_named(scene: Scene) -> Iterator[tuple[Block, "Mention"]]:
    """Yield whom an article names in full, each mention once, in sentences facts may be taken from and outside quotations."""
    for block in scene.document.blocks:
        usable = {index for sentence in block.sentences for index in range(sentence.start, sentence.end)}
        seen: set[int] = set()
        for mention in scene.entities.people.mentions(block).values():
            if mention.first in seen or not {mention.first, mention.last} <= usable or mention.first in block.quoted:
                continue
            seen.add(mention.first)
            if mention.person.full:
                yield block, mention


def person_value(scene: Scene, key: str) -> Value | None:
    """Return the person of that key as an answer."""
    person = scene.entities.people.find(key)
    if person is None:
        return None
    accept = (person.family,) if person.full else ()
    return Value(text=person.name, type=AnswerType.PERSON, same=person.key, accept=accept, entity=person.key)


__all__ = [
    "Block", "Clause", "Course", "Fact", "Frame", "Gapped", "Happening", "Holding", "Part", "Refusal", "Saying", "Scene", "Sort",
    "people_named", "person_value", "support",
]  # fmt: skip
