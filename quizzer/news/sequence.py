"""Events of a deck in their order in time: one question of what the dated facts, merged, say for certain.

An event is dated by the key of a fact ("In what year ...") or by a time its statement gives beside what it is asked for; the
events of one question hang together by the words they share. Two events are in order only where their times do not overlap:
May 2018 is not before May 30, 2018. An event is worded without its date and without a word ("after", "later") that gives its
place away; fewer than three such events make no question.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.facts import Course, Fact, Frame, Gapped, Happening, Sort
from quizzer.news.inflection import past
from quizzer.news.values import DATE, Span, Value, day_of
from quizzer.news.words import FUNCTION_WORDS, MONTHS, WEEKDAYS, word_set

FEWEST, MOST = 3, 5  # events of one question
MONTH = 31  # days
SURE = 0.85  # confidence below which an event is left out
_LONGEST = 20  # words of an event
_ALIKE = 0.6  # share of words in common from which two events may be one
_TELLTALE = re.compile(
    rf"\b(?:after|before|since|until|later|earlier|following|previous(?:ly)?|next|again|already|still|then|former(?:ly)?|new|last|same|"
    rf"(?:1[5-9]|20)\d\d|\d{{2}}s|{'|'.join(MONTHS[:4] + MONTHS[5:])}|{'|'.join(WEEKDAYS)}|years?|months?|days?|weeks?|anniversary)\b",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"\b(?:he|she|it|they|him|them|this|that|these|those|such"
    r"|(?:the|all|both) (?:two|three|four|five|six|seven|eight|nine|ten|others?))\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)
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

    @property
    def telling(self) -> frozenset[str]:
        """The words that two events of one matter may share."""
        return frozenset(word for word in self.words if len(word) > 2 and word not in FUNCTION_WORDS)


def courses(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield facts that ask for the order of events, made of dated facts of the deck: of one article, or of one person."""
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in filter(None, map(event_of, facts)):
        groups[event.fact.evidence[0].article].append(event)
    if all(len(events) < FEWEST for events in groups.values()):
        groups = _by_person(groups)
    for _, events in sorted(groups.items()):
        chosen = _chosen(_of_one_matter(events))
        if len(chosen) >= FEWEST:
            yield _course(chosen)


def event_of(fact: Fact) -> Event | None:
    """Return the event a dated fact tells, or None when it does not stand alone or its time is not certain."""
    if fact.confidence < SURE or fact.as_of or not isinstance(fact.frame, Frame | Gapped | Happening):
        return None
    found = _asked_for(fact, fact.frame) if fact.answer.type is AnswerType.DATE else _beside(fact, fact.frame)
    if found is None:
        return None
    text, low, high = found
    weight, names = fact.frame.weight, frozenset[str]() if isinstance(fact.frame, Happening) else fact.frame.names
    text = re.sub(r"''(.+?)''|\"(.+?)\"", lambda match: f"“{match[1] or match[2]}”", text[:1].upper() + text[1:])
    if not text or not 3 <= len(text.split()) <= _LONGEST or _TELLTALE.search(text) or _leans(text):
        return None
    if re.search(r"[\"()\[\]:;—]", re.sub(r"“[^“”]{3,40}”", "", text)) or not re.search(r"\w [A-Z]|^[A-Z]\w+ [A-Z]|[A-Z]{2}", text):
        return None
    return Event(text, low, high, weight, names, fact)


def _leans(text: str) -> bool:
    """Whether an event points elsewhere; "her" may be the one whose full name opens it."""
    return bool(_LEANING.search(text) or (_OWN.search(text) and not re.match(r"[A-Z][\w.’'-]+ [A-Z]", text)))


def _asked_for(fact: Fact, frame: Frame | Gapped | Happening) -> tuple[str, float, float] | None:
    """Return the event whose date a fact asks for, with its first and its last day."""
    if isinstance(frame, Happening):
        text = re.sub(r"^(?:the|an?) ", "", frame.event)
        text = f"The {text}"
    elif isinstance(frame, Gapped):
        text = _ungapped(frame.before, frame.after)
    else:
        text = _told(frame, frame.subject) if frame.gap == "time" else ""
    return (text, fact.answer.low, fact.answer.high) if text and fact.answer.low and fact.answer.high else None


def _beside(fact: Fact, frame: Frame | Gapped | Happening) -> tuple[str, float, float] | None:
    """Return the event of a fact that asks for something else, where its statement gives one date."""
    if isinstance(frame, Gapped):
        text = "" if frame.said else f"{frame.before}{fact.answer.text}{frame.after}"
    elif isinstance(frame, Frame) and frame.gap == "subject" and not frame.told:
        text = _told(msgspec.structs.replace(frame, opening=""), fact.answer.text)
        text = f"{frame.opening}, {text}" if frame.opening and text else text
    else:
        return None
    dates = list(DATE.finditer(text))
    day = day_of(dates[0]) if len(dates) == 1 else None
    if day is None or "reported" in text[: dates[0].start()]:
        return None
    low, high = day.bounds()
    text = _ungapped(text[: dates[0].start()], text[dates[0].end() :])
    return (text, low, high) if text else None


def _told(frame: Frame, subject: str) -> str:
    """Return a clause as it was, in the simple past, or an empty string for what is no event of its own."""
    auxiliaries, verb, lemma = list(frame.auxiliaries), frame.verb, frame.lemma
    if frame.claimed_by or frame.reported or frame.opening or not subject or lemma.split()[0] in ("be", "have", "say", "tell"):
        return ""
    if auxiliaries and not frame.passive:
        if auxiliaries not in (["had"], ["has"], ["have"]):
            return ""
        head, _, particle = lemma.partition(" ")
        auxiliaries, verb = [], f"{past(head)} {particle}".strip()
    elif frame.passive:
        auxiliaries = ["were" if frame.subject_plural else "was"]
    return re.sub(r"\s+", " ", " ".join([subject, *auxiliaries, frame.adverb, verb, *frame.rest])).strip(" ,.")


def _ungapped(before: str, after: str) -> str:
    """Return a sentence without the date that stood between, or an empty string where more hangs on it than "in" or "on"."""
    if before.lower() in ("in ", "on "):
        return after.lstrip(" ,").strip(" .")
    match = re.search(r",? (?:in|on) $", before)
    if match is None or not re.match(r"[.,]|$", after) or before.startswith("According to") or " " not in before[: match.start()]:
        return ""
    return (before[: match.start()] + after).strip(" .")


def _by_person(groups: dict[str, list[Event]]) -> dict[str, list[Event]]:
    """Return the events of all articles by the person they name."""
    found: dict[str, list[Event]] = defaultdict(list)
    for events in groups.values():
        for event in events:
            for name in event.names:
                found[name].append(event)
    best = max(sorted(found), key=lambda name: len(found[name]), default="")
    return {best: found[best]} if best else {}


def _of_one_matter(events: Sequence[Event]) -> list[Event]:
    """Return the most events that hang together by words they share; the rest is another matter that the article touches."""
    left = sorted(events, key=lambda one: one.text)
    best: list[Event] = []
    while left:
        bound, words = [left[0]], set(left[0].telling)
        left = left[1:]
        grows = True
        while grows:
            near = [event for event in left if event.telling & words]
            grows = bool(near)
            left = [event for event in left if not event.telling & words]
            bound += near
            words.update(*(event.telling for event in near))
        best = bound if len(bound) > len(best) else best
    return best


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
