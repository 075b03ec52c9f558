"""Events of a deck in their order in time: one question of what the dated facts, merged, say for certain.

Two events are in order only where their times do not overlap: May 2018 is not before May 30, 2018. An event is worded without
its date and without a word ("after", "later") that gives its place away; fewer than three such events make no question.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.facts import Course, Fact, Frame, Gapped, Happening, Sort
from quizzer.news.inflection import past
from quizzer.news.values import Span, Value
from quizzer.news.words import MONTHS, WEEKDAYS, word_set

FEWEST, MOST = 3, 5  # events of one question
MONTH = 31  # days
SURE = 0.85  # confidence below which an event is left out
_LONGEST = 16  # words of an event
_ALIKE = 0.6  # share of words in common from which two events may be one
_TELLTALE = re.compile(
    rf"\b(?:after|before|since|until|later|earlier|following|previous(?:ly)?|next|again|already|still|then|former(?:ly)?|new|last|same|"
    rf"(?:1[5-9]|20)\d\d|\d{{2}}s|{'|'.join(MONTHS[:4] + MONTHS[5:])}|{'|'.join(WEEKDAYS)}|years?|months?|days?|weeks?|anniversary)\b",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"\b(?:he|she|it|they|him|them|this|that|these|those|such|his|her|its|their"
    r"|(?:the|all|both) (?:two|three|four|five|six|seven|eight|nine|ten|others?))\b",
    re.IGNORECASE,
)
_SMALL = word_set("the a an of in on at to for and or by with from his her its their was were be been as")


class Event(msgspec.Struct, frozen=True):
    """Something that happened: in words without its date, from the first day it may have been to the last."""

    text: str
    low: float
    high: float
    weight: int
    names: frozenset[str]
    fact: Fact

    @property
    def words(self) -> frozenset[str]:
        """The words that tell it from others."""
        return frozenset(re.findall(r"[a-z0-9]+", self.text.lower())) - _SMALL


def courses(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield facts that ask for the order of events, made of dated facts of the deck: of one article, or of one person."""
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in filter(None, map(event_of, facts)):
        groups[event.fact.evidence[0].article].append(event)
    if all(len(events) < FEWEST for events in groups.values()):
        groups = _by_person(groups)
    for _, events in sorted(groups.items()):
        chosen = _chosen(events)
        if len(chosen) >= FEWEST:
            yield _course(chosen)


def event_of(fact: Fact) -> Event | None:
    """Return the event a dated fact tells, or None when it does not stand alone or its time is not certain."""
    frame, value = fact.frame, fact.answer
    if value.type is not AnswerType.DATE or fact.confidence < SURE or fact.as_of or not value.high:
        return None
    if isinstance(frame, Happening):
        text, weight, names = frame.event, frame.weight, frozenset[str]()
        text = re.sub(r"^(?:the|an?) ", "", text)
        text = f"The {text}"
    elif isinstance(frame, Frame) and frame.gap == "time":
        text, weight, names = _told(frame), frame.weight, frame.names
    elif isinstance(frame, Gapped):
        text, weight, names = _ungapped(frame), frame.weight, frame.names
    else:
        return None
    text = re.sub(r"''(.+?)''|\"(.+?)\"", lambda match: f"“{match[1] or match[2]}”", text[:1].upper() + text[1:])
    if not text or not 3 <= len(text.split()) <= _LONGEST or _TELLTALE.search(text) or _LEANING.search(text):
        return None
    if re.search(r"[\"()\[\]:;—]", re.sub(r"“[^“”]{3,40}”", "", text)) or not re.search(r"\w [A-Z]|^[A-Z]\w+ [A-Z]|[A-Z]{2}", text):
        return None
    return Event(text, value.low, value.high, weight, names, fact)


def _told(frame: Frame) -> str:
    """Return a clause as it was, in the simple past, or an empty string for what is no event of its own."""
    auxiliaries, verb, lemma = list(frame.auxiliaries), frame.verb, frame.lemma
    if frame.claimed_by or frame.reported or frame.opening or not frame.subject or lemma.split()[0] in ("be", "have", "say", "tell"):
        return ""
    if auxiliaries and not frame.passive:
        if auxiliaries not in (["had"], ["has"], ["have"]):
            return ""
        head, _, particle = lemma.partition(" ")
        auxiliaries, verb = [], f"{past(head)} {particle}".strip()
    elif frame.passive:
        auxiliaries = ["were" if frame.subject_plural else "was"]
    return re.sub(r"\s+", " ", " ".join([frame.subject, *auxiliaries, frame.adverb, verb, *frame.rest])).strip(" ,.")


def _ungapped(frame: Gapped) -> str:
    """Return a sentence without the date it was asked for, or an empty string where more hangs on it than "in" or "on"."""
    if frame.before.lower() in ("in ", "on "):
        return frame.after.lstrip(" ,").strip(" .")
    match = re.search(r",? (?:in|on) $", frame.before)
    if match is None or not re.match(r"[.,]", frame.after) or frame.before.startswith("According to"):
        return ""
    return (frame.before[: match.start()] + frame.after).strip(" .")


def _by_person(groups: dict[str, list[Event]]) -> dict[str, list[Event]]:
    """Return the events of all articles by the person they name."""
    found: dict[str, list[Event]] = defaultdict(list)
    for events in groups.values():
        for event in events:
            for name in event.names:
                found[name].append(event)
    best = max(sorted(found), key=lambda name: len(found[name]), default="")
    return {best: found[best]} if best else {}


def _chosen(events: Sequence[Event]) -> list[Event]:
    """Return the events that tell most, at most five, none at the time of another and no two alike, the earliest first.

    What is dated to the month or the day comes first: one event of a year would shut out all others of that year.
    """
    chosen: list[Event] = []
    for event in sorted(events, key=lambda one: (one.high - one.low > MONTH, -one.fact.confidence, -one.weight, one.text)):
        apart = all(event.high < other.low or other.high < event.low for other in chosen)
        if apart and not any(_alike(event, other) for other in chosen) and len(chosen) < MOST:
            chosen.append(event)
    return sorted(chosen, key=lambda one: one.low)


def _alike(one: Event, other: Event) -> bool:
    return len(one.words & other.words) >= _ALIKE * min(len(one.words), len(other.words))


def _course(events: Sequence[Event]) -> Fact:
    texts = tuple(event.text for event in events)
    spans: dict[Span, None] = {}
    for event in events:
        spans.update(dict.fromkeys((*event.fact.evidence, *getattr(event.fact.frame, "sources", ()))))
    key = "|".join((Sort.ORDER, *sorted(texts)))
    return Fact(
        sort=Sort.ORDER,
        key=key,
        answer=Value(text=" · ".join(texts), type=AnswerType.TEXT, same=key),
        frame=Course(events=texts, topic=_topic(events)),
        evidence=tuple(spans),
        confidence=min(event.fact.confidence for event in events),
    )


def _topic(events: Sequence[Event]) -> str:
    """Return "around X" for the longest name that all the events hold, or an empty string."""
    names = [
        set(re.findall(r"\b[A-Z][\w’'.-]+(?: (?:of |the )?[A-Z][\w’'.-]+)+", event.text[0].lower() + event.text[1:])) for event in events
    ]
    shared = set.intersection(*names) if names else set[str]()
    best = max(sorted(shared), key=len, default="")
    return f"around {best}" if best else ""
