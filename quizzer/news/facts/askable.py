"""Which amounts can be asked for: those that a statement ties to something, somewhere, some time.

What counts children or an article's own list, what a rule only sets as its limit, a share of people with no poll, a contest
with no place or year, a change with no time: none of these can be told weeks later, so none is asked.
"""

import re
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.facts import Frame, Scene
from quizzer.news.facts.amounts import Amount
from quizzer.news.facts.polls import is_opinion, poll_near, told
from quizzer.news.times import spoken_month
from quizzer.news.words import PUNCTUAL, SAY, STATES, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.clauses import Clause
    from quizzer.news.constituents import Part
DATED = 2  # what a time of its own adds to the weight of a statement about something named
FAMILY = 15  # children that somebody may have
_KIN = word_set("child kid son daughter sibling brother sister grandchild grandson granddaughter wife husband dog cat")
_KEEPING = word_set("have raise father leave share bear adopt")
_CROWD = word_set("follower fan friend subscriber listener reader viewer member supporter")
_PERCEIVED = word_set("watch see hear feel let make help have notice")
_CHANGE = word_set(
    "balloon grow rise fall drop swell climb soar shrink decline double triple dwindle jump plunge increase decrease reach surge "
    "slip tumble"
)
_CONTEST = word_set("primary primaries caucus caucuses election runoff")
_RACE = word_set("delegate delegates vote votes turnout precinct precincts ballot ballots superdelegate superdelegates")
_AHEAD = word_set("lead trail beat win lose defeat edge top")
_TERMS = word_set("sentence condemn suspend extend limit cut reduce commute shorten lengthen")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_AGAINST = re.compile(r"\b(?:from|since|than(?: in)?|over|above|below) ((?:1[5-9]|20)\d\d)\b")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:from|in|to|for|with) an? [a-z]+(?: [a-z]+)?$")


def unsafe(clause: "Clause", part: "Part", amount: Amount, noun: "Token") -> str:
    """Return why an amount cannot be asked for where it stands, or an empty string."""
    doc = clause.block.doc
    if doc[min(amount.tokens)].lower_ == "between":
        return ""
    if why := _trivial(clause, part, amount, noun):
        return why
    if noun.pos_ == "PROPN" and doc[min(amount.tokens)].text[:1].isupper():
        return "a number in a name"
    if any(token.lower_ == "including" and token.i < noun.i for token in part.tokens):
        return "an amount among others"
    if clause.verb.lemma_ in SAY and any(token.i in clause.block.quoted for token in doc[clause.sentence.start : clause.verb.i]):
        return "beside a quotation"
    if amount.kind == "share" and part is clause.subject and not any(t.lower_ == "of" and t.i == noun.i + 1 for t in part.tokens):
        return "a share of nothing named"
    if amount.kind == "money" and part.role == "object" and noun.i + 1 < len(doc) and doc[noun.i + 1].lower_ == "of":
        return "an amount of something"
    if part.role == "distance":
        return "a length of time that tells how far off another event was"
    bare = part.role in ("measure", "object") and not any(child.dep_ == "prep" for child in noun.children)  # not "three days of mourning"
    if amount.kind == "duration" and clause.verb.lemma_ in PUNCTUAL and (bare or part.head.lower_ == "for"):
        return f"a length of time beside “{clause.verb.text}”, which takes none"
    if amount.kind == "duration" and part.role not in ("measure", "prep", "attribute", "object"):
        return "a length of time deep inside its statement"
    term = part.head.lower_ == "to" and clause.verb.lemma_ in _TERMS  # "sentenced to two years"
    if amount.kind == "duration" and part.role == "prep" and not term and part.head.lower_ not in ("for", "within", "over", "after"):
        return "a length of time that leans on another time"
    shared = clause.verb.dep_ == "conj" and not any(child.dep_ in ("nsubj", "nsubjpass") for child in clause.verb.children)
    if shared and part.role != "object" and not any(other.role == "object" for other in clause.parts):
        return "its verb may be no past tense"
    if any(
        child.dep_ in ("conj", "appos") and child.i > noun.i and child.pos_ in ("NOUN", "NUM") and _numbered(child)
        for child in noun.children
    ):
        return "one of several amounts"
    index = min(amount.tokens)
    before = doc[index - 1] if index else None
    if before is not None and (
        before.lower_ in ("of", "than", "no", "every", "another", "other", "first", "last", "next", "top", "all", "between", "from", "to")
        or before.tag_ in ("CD", "JJS")
        or (before.lower_ == "and" and any(token.lower_ == "between" for token in doc[max(before.i - 7, 0) : before.i]))
    ):
        whole = before.lower_ in ("of", "from", "to") and not (
            before.i
            and (
                (doc[before.i - 1].tag_ == "CD" and not _YEAR.fullmatch(doc[before.i - 1].text))
                or doc[before.i - 1].lower_ in ("all", "one", "out", "most", "some", "any", "each")
            )
        )
        if not whole:
            return "a part of a longer count"
    return ""


def _numbered(token: "Token") -> bool:
    return any(child.dep_ == "nummod" for child in token.children) or token.like_num


def _trivial(clause: "Clause", part: "Part", amount: Amount, noun: "Token") -> str:
    """Return why an amount is nobody's concern, or no amount of the statement's own."""
    doc, lemma = clause.block.doc, noun.lemma_.lower()
    first = min(amount.tokens)
    if amount.kind == "count":
        few = amount.value.low is None or amount.value.low <= FAMILY
        if lemma in _KIN and few and (clause.verb.lemma_ in _KEEPING or part.role == "prep" or part.head.i != noun.i):
            return "somebody’s children"
        if (
            lemma in _CROWD
            and clause.verb.lemma_ == "have"
            and not any(child.dep_ in ("prep", "amod", "compound") for child in noun.children)
        ):
            return f"“{noun.text}” of what, or where"
        if any(token.tag_ in ("RBS", "JJS") and max(amount.tokens) < token.i < noun.i for token in noun.subtree):
            return "the length of a list, which its name tells"
        if part.role == "object" and clause.verb.lemma_ in _PERCEIVED and _goes_on(clause, noun):
            return "what they did is cut off"
    if any(child.lower_ in ("here", "there") and child.i < clause.verb.i for child in clause.verb.children):
        return "a list of the article’s own"
    fond = any(other.role == "attribute" and other.head.lemma_ in ("friend", "neighbor") for other in clause.parts)
    if amount.kind == "duration" and (fond or clause.verb.lemma_ in ("marry", "date")):
        return "how long two people knew each other"
    bounded = doc[first].lower_ in ("less", "more", "fewer", "at", "up", "over", "under")
    for node in (noun, *noun.ancestors):
        if node not in part.tokens or not bounded:
            break
        bare = node.head.tag_ == "NNS" and not any(child.dep_ in ("det", "poss", "nummod") for child in node.head.children)
        if node.dep_ in ("acl", "relcl") and bare:
            return "a limit that a rule sets"
    return ""


def _goes_on(clause: "Clause", noun: "Token") -> bool:
    """Whether a bare verb follows what was watched or heard: "watched 400 groups parade"."""
    after = [token for token in clause.sentence if token.i > noun.i]
    for token in after:
        if token.is_punct:
            return False
        if token.tag_ in ("VB", "VBP") and not any(child.dep_ == "aux" for child in token.children):
            return True
    return False


def settled(scene: Scene, clause: "Clause", frame: Frame, amount: Amount) -> tuple[Frame, str]:
    """Return a statement with the poll and the time that its amount needs, or why it cannot have them."""
    exact = _to_the_day(clause, frame)
    if exact is None:
        return frame, "it was counted on a day that is not plain"
    frame, words = exact, _words(exact)
    if amount.kind == "share" and is_opinion(clause, words) and not told(frame):
        poll = poll_near(scene, clause.block)
        before = clause.verb.dep_ == "advcl" or any(part.role in ("lost", "time") for part in clause.parts)  # "in December, when ..."
        before = before or any(child.tag_ == "WRB" for child in clause.verb.children)
        if not poll or before:
            return frame, "a share of people in no poll that is named"
        month = f"in {spoken_month(scene.document.date)}" if scene.document.date else ""
        return msgspec.structs.replace(frame, rest=(*(text for text in frame.rest if text != month), poll), weight=frame.weight + 3), ""
    if clause.day() is not None and re.search(
        r"\b[A-Z]", " ".join((frame.subject, *(text for text in frame.rest if not _YEAR.search(text))))
    ):
        frame = msgspec.structs.replace(frame, weight=frame.weight + DATED)  # a name and its own time tell enough
    return _in_its_year(scene, clause, frame)


def _words(frame: Frame) -> str:
    return " ".join((frame.opening, frame.claimed_by, frame.reported, frame.counted, frame.subject, *frame.rest))


def _to_the_day(clause: "Clause", frame: Frame) -> Frame | None:
    """Return a statement with the day or the week of its amount, which is not that of the whole month; None where it is not plain."""
    for part in clause.parts:
        if part.role != "time" or part.moment is None or part.day is None:
            continue
        month = part.moment.wording
        if part.day.grain == "month" and _WEEKDAY.search(part.day.text):
            return None  # this week's, or the one before
        if part.day.grain == "day":
            exact = f"on {part.day.spoken()}"
        elif "week" in part.day.text and "weekend" not in part.day.text:
            exact = month.replace("in ", "in one week of ", 1)
        else:
            continue
        frame = msgspec.structs.replace(
            frame, rest=tuple(exact if text == month else text for text in frame.rest),
            opening=exact[:1].upper() + exact[1:] if frame.opening.lower() == month.lower() else frame.opening,
        )  # fmt: skip
    return frame


def _in_its_year(scene: Scene, clause: "Clause", frame: Frame) -> tuple[Frame, str]:
    """Return a statement about a vote with the year of the vote."""
    words = _words(frame)
    spoken = {word.strip(",.").lower() for word in words.split()}
    if not spoken & (_CONTEST | _RACE):
        return frame, ""
    compared = _AGAINST.findall(words)
    if set(_YEAR.findall(words)) - set(compared):
        return frame, ""
    date = scene.document.date
    years = {int(year) for year in _YEAR.findall(clause.sentence.text)} - {int(year) for year in compared}
    years |= set(scene.phrases.years_around(clause.block)) - {int(year) for year in compared}
    if date is None or date.month == 1 or years - {date.year} or any(part.role == "lost" for part in clause.parts):
        return frame, "a vote without its year"
    parts = [*frame.rest, frame.subject, frame.counted]
    named = rf"\bthe ((?:[A-Z][\w.]+ )+(?:Democratic |Republican )?(?:{'|'.join(sorted(_CONTEST))})\b)"
    if any(re.search(named, text) for text in parts):

        def dated(text: str) -> str:
            return re.sub(named, rf"the {date.year} \1", text, count=1)

        return msgspec.structs.replace(
            frame, rest=tuple(dated(text) for text in frame.rest), subject=dated(frame.subject), counted=dated(frame.counted)
        ), ""
    return msgspec.structs.replace(frame, rest=(*frame.rest, f"in {date.year}"), weight=frame.weight + 1), ""


def loose(clause: "Clause", frame: Frame, amount: Amount, *, as_of: str) -> str:
    """Return why a statement tells too little for its amount to be known by, or an empty string."""
    words, kind = _words(frame), amount.kind
    day = clause.day() is not None
    vague = "it tells too little to stand alone"
    if re.search(r" (?:—|–|--|-) ", words):
        return "words stand between dashes"
    if re.search(r", [a-z\d][^,]*$", frame.subject):
        return "its subject is cut off"
    dated = day or bool(as_of) or bool(_YEAR.search(words))
    changed = {clause.verb.lemma_, *(token.lemma_ for part in clause.parts for token in part.tokens)} & _CHANGE
    if changed and not dated and kind != "count":  # "climb 354 steps"
        return "a change without its time"
    if kind == "share" and not (frame.claimed_by or frame.reported or dated):
        return vague
    ahead = bool({clause.verb.lemma_, *(part.head.lemma_ for part in clause.parts if part.role == "chain")} & _AHEAD)
    if kind == "share" and ahead and "“" in words:
        return vague
    if ahead and amount.value.unit in ("vote", "delegate", "point", "percent") and not _somewhere(words) and not told(frame):
        return "a contest without its place"
    if ahead and amount.value.unit == "delegate" and "pledged" not in words:
        return "a count of delegates that depends on who counts"
    if kind == "money" and _VAGUE.search(" ".join(frame.rest)) and not re.search(r"\b[A-Z]|\d", " ".join(frame.rest)):
        return vague
    if (
        kind == "duration"
        and frame.gap == "fronted"
        and not re.search(r"\b[A-Z]|\d", " ".join((*frame.rest, frame.opening, frame.reported)))
    ):
        return vague
    if kind == "duration" and not day and clause.verb.lemma_ in ("meet", "talk", "speak"):
        return vague
    if kind == "size" and not day and len(frame.counted.split()) < 5 and len(" ".join(frame.rest).split()) < 5:
        return vague  # in what?
    return ""


def _somewhere(words: str) -> bool:
    return (
        any(state in words for state in STATES)
        or re.search(
            r"\b(?:in|of|at) (?:the )?(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z]",
            words,
        )
        is not None
    )
