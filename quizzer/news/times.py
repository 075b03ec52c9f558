"""Times that lean on the day of the article ("Tuesday", "last month", "in March"), resolved by it.

Guarantees: without the article's day nothing is resolved, nor inside a quotation, nor under a verb that is not plainly in the
past (but where the words alone are sure: "last month's", "this year"), nor where two readings would fall into different months.
What is resolved is a day, a month or a year that was over or under way when the article appeared; only a day of a month before a
noun ("the March 1 contests") may be yet to come.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.values import DATE, Day
from quizzer.news.words import MONTH_OF, NUMBERS, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.document import Block

_TOLD = word_set(
    "report statement interview attack shooting ruling decision filing announcement speech remark comment hearing letter address "
    "briefing editorial memo bombing explosion crash killing massacre verdict resignation post tweet appearance"
)  # what has been when a weekday is its owner: "Thursday's report"; "Tuesday's primary" may be to come
_AMID = word_set("during at in after following")  # what somebody did "during Saturday's debate" was done when that had come
_PLANNED = word_set("schedule expect plan set slate loom approach near promise threaten offer remain seem appear matter pose begin be")
_DONE = word_set("release publish post issue file sign conduct kill announce reach")  # "a survey released on Thursday" is out
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}
_NEAR = 120  # days within which "the March 1 contests", gone or to come, are of the nearest March 1
_ROUND = frozenset((5, 10, 15, 20, 25, 30, 40, 50))  # "ten years ago" is said of nine, too
_PARTS = word_set("morning afternoon evening night")
_HALVES = word_set("early late mid")
_NOT_LAST = word_set("next every each this coming or and through super black good ash")
_DAY_WORDS = {"today": 0, "yesterday": 1, "tonight": 0}


class Moment(msgspec.Struct, frozen=True):
    """A resolved time: the tokens ``first`` to ``last`` (both included), what they mean, and how a question says it.

    ``owner`` says that it stands before a noun ("Thursday's report"), where ``wording`` is "June 2016", or "June 16, 2016,"
    where a month has many of a kind ("Thursday's debate"); else it is a phrase of its own ("on Thursday"), ``wording`` "in June
    2016".
    """

    first: int
    last: int
    day: Day
    wording: str
    owner: bool = False


def spoken_month(day: dt.date) -> str:
    """Return the month and year of a day: "June 2016"."""
    return f"{day:%B} {day.year}"


def moments(block: "Block", date: dt.date | None, *, years: frozenset[int] = frozenset()) -> dict[int, Moment]:
    """Return the resolved times of a block by the index of each of their tokens; none without ``date``.

    ``years`` are those that the paragraphs before it speak of: where one is not the article's, a month without its year may
    belong to a story of that year, and is left alone.
    """
    found: dict[int, Moment] = {}
    if date is None or block.paragraph.heading:
        return found
    for moment in _find(block, date, years):
        if not any(index in found or index in block.quoted for index in range(moment.first, moment.last + 1)):
            found.update(dict.fromkeys(range(moment.first, moment.last + 1), moment))
    return found


def years_of(block: "Block", *, until: int = -1) -> frozenset[int]:
    """Return the years a block names outside its quotations, up to the token ``until``."""
    if not re.search(r"\d{4}", block.text):
        return frozenset()
    return frozenset(
        int(token.text)
        for token in block.tokens[: until if until >= 0 else None]
        if re.fullmatch(r"(?:1[6-9]|20)\d\d", token.text) and token.i not in block.quoted
    )


def _find(block: "Block", date: dt.date, years: frozenset[int]) -> Iterator[Moment]:
    for token in block.tokens:
        lower = token.lower_
        if lower in WEEKDAYS:
            yield from _weekday(token, date)
        elif lower in _DAY_WORDS and (token.text == lower or token.is_sent_start) and _past(token):
            yield from _made(token, token.i, date - dt.timedelta(days=_DAY_WORDS[lower]), "day")
        elif lower in ("week", "month", "year", "weekend", "night", "morning", "afternoon", "evening"):
            yield from _unit(token, date)
        elif lower in _SEASONS:
            yield from _season(token, date)
        elif lower == "ago":
            yield from _ago(token, date)
        elif lower.rstrip(".") in MONTH_OF and token.text[:1].isupper():
            yield from _month(block, token, date, years)


def _made(token: "Token", first: int, day: dt.date, grain: str, *, last: int = -1, season: str = "") -> Iterator[Moment]:
    """Yield the moment of ``token``, with a preposition before and a possessive mark behind it taken in."""
    doc = token.doc
    last = max(last, token.i)
    owner = last + 1 < len(doc) and doc[last + 1].text in ("'s", "’s")
    if owner:
        last += 1
    elif first and doc[first - 1].lower_ in ("on", "in", "during", "earlier", "late", "early", "over"):
        first -= 1
        if doc[first].lower_ in ("early", "late", "earlier") and first and doc[first - 1].lower_ in ("on", "in"):
            first -= 1
    elif grain == "day" and first > 1 and [doc[first - 2].lower_, doc[first - 1].lower_] == ["as", "of"]:
        yield Moment(first, last, Day(doc[first : last + 1].text, day.year, day.month, day.day), f"{day:%B} {day.day}, {day.year}")
        return
    elif first and doc[first - 1].lower_ in ("for", "by", "until", "since", "from", "through", "before", "after", "to", "than", "of", "as"):
        return
    parts = (day.year, day.month if grain != "year" else 0, day.day if grain == "day" else 0)
    text = doc[first : last + 1].text
    shown = str(day.year) if grain == "year" else spoken_month(day)
    if season:
        shown = f"{season} {day.year}" if owner else f"the {season} of {day.year}"
    elif owner and grain == "day" and token.lower_ in WEEKDAYS and doc[last - 1].head.lemma_.lower() not in _TOLD:
        shown = f"{day:%B} {day.day}, {day.year},"
    yield Moment(first, last, Day(text, *parts), shown if owner else f"in {shown}", owner)


def _weekday(token: "Token", date: dt.date) -> Iterator[Moment]:
    doc = token.doc
    back = (date.weekday() - WEEKDAYS.index(token.lower_)) % 7
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    first, last = token.i, token.i
    day = date - dt.timedelta(days=back)
    if before is not None and before.lower_ in (
        "next",
        "every",
        "each",
        "this",
        "coming",
        "or",
        "and",
        "through",
        "and/or",
        "super",
        "black",
    ):
        return
    if after is not None and after.lower_ in ("and", "or", "through"):
        return
    if after is not None and (after.text in ("-", ",") and token.i + 2 < len(doc) and doc[token.i + 2].lower_.rstrip(".") in MONTH_OF):
        return  # its date follows
    grain = "day"
    if before is not None and before.lower_ in ("last", "past"):
        first -= 1
        week = day - dt.timedelta(days=7)
        if back == 0:
            day = week
        elif back > date.weekday():
            pass  # of the week before, whichever way one counts
        elif week.month != day.month:
            return
        else:
            grain = "month"  # this week's, or the one before
    if after is not None and after.lower_ in _PARTS:
        last += 1
        after = doc[last + 1] if last + 1 < len(doc) else None
    if after is not None and after.text in ("'s", "’s"):
        noun = doc[last].head
        known = noun.lemma_.lower() in _TOLD or _amid(noun) or _came(noun)
        if first < token.i or (known and _past(noun) and not _ahead(noun)):
            yield from _made(token, first, day, grain, last=last)
        return
    if token.dep_ == "pobj" and token.head.lower_ == "on" and _was_told(token.head.head):
        yield from _made(token, first, day, grain, last=last)
        return
    if token.dep_ in ("compound", "nmod", "amod", "nsubj", "nsubjpass", "dobj"):
        if token.dep_ == "compound" and token.head.i > last and token.head.lemma_.lower() in _TOLD and _past(token.head):
            shown = spoken_month(day)
            yield Moment(first, last, Day(token.text, day.year, day.month, day.day), shown, True)
        return
    if _past(token):
        yield from _made(token, first, day, grain, last=last)


def _unit(token: "Token", date: dt.date) -> Iterator[Moment]:
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    if token.text[0].isupper() and not token.doc[0].is_upper:
        return  # "CBS This Morning"
    if before is None or before.lower_ not in ("this", "last") or (token.i > 1 and doc[token.i - 2].lower_ in ("the", "later", "until")):
        return
    this = before.lower_ == "this"
    first = before.i
    if (token.i + 1 < len(doc) and doc[token.i + 1].lower_ in ("and", "or")) or (this and first and doc[first - 1].lower_ == "far"):
        return  # "so far this year" is no year
    lower = token.lower_
    past = _past(token if doc[min(token.i + 1, len(doc) - 1)].text not in ("'s", "’s") else token.head)
    if not past and lower in (*_PARTS, "weekend"):
        return
    if lower in _PARTS:
        if this or lower == "night":
            day = date - dt.timedelta(days=0 if this else 1)
            if day.month == date.month:
                yield from _made(token, first, day, "day" if not (this and lower == "night") else "month")
    elif lower == "year":
        yield from _made(token, first, date.replace(year=date.year - (not this), day=1), "year")
    elif lower == "month":
        yield from _made(token, first, date if this else date.replace(day=1) - dt.timedelta(days=1), "month")
    else:
        monday = date - dt.timedelta(days=date.weekday() + (0 if this else 7))
        sunday = monday + dt.timedelta(days=6)
        days = (monday, min(sunday, date) if past else date + dt.timedelta(days=7) if this else sunday)
        if lower == "weekend":
            saturday = date - dt.timedelta(days=(date.weekday() - 5) % 7)
            days = (saturday - dt.timedelta(days=7 * (not this)), min(saturday + dt.timedelta(days=1), date))
        if days[0].month == days[1].month:
            yield from _made(token, first, days[0], "month")


def _season(token: "Token", date: dt.date) -> Iterator[Moment]:
    """ "last fall": the one before, where no second one may be meant."""
    doc = token.doc
    if not token.i or doc[token.i - 1].lower_ != "last" or (token.i > 1 and doc[token.i - 2].lower_ in ("the", "later", "until")):
        return
    opens, ends = _SEASONS[token.lower_]
    if date.month < opens:
        year = date.year - 1
    elif date.month - ends > 3:
        year = date.year
    else:
        return
    yield from _made(token, token.i - 1, dt.date(year, opens, 1), "year", season=token.lower_)


def _ago(token: "Token", date: dt.date) -> Iterator[Moment]:
    """ "three days ago": that day; "three weeks ago", "eight years ago": the month or year, where it is no other if rounded."""
    doc = token.doc
    if token.i < 2 or not _past(token):
        return
    unit, word = doc[token.i - 1].lemma_, doc[token.i - 2].lower_
    count = int(word) if word.isdigit() else int(NUMBERS.get(word, 0))
    if count <= 0 or (token.i > 2 and doc[token.i - 3].lower_ in ("about", "than", "some", "least", "or", "to", "nearly", "almost")):
        return
    first, behind = token.i - 2, [part.lower_ for part in doc[token.i + 1 : token.i + 3]]
    back = dt.timedelta(days=7 * count)
    if unit == "day" and count < 15:
        yield from _made(token, first, date - dt.timedelta(days=count), "day")
    elif unit == "week" and count < 9 and len({(date - back + dt.timedelta(days=off)).month for off in (-4, 4)}) == 1:
        yield from _made(token, first, date - back, "month")
    elif unit == "month" and count < 12 and 10 <= date.day <= 20:
        months = date.year * 12 + date.month - 1 - count
        yield from _made(token, first, dt.date(months // 12, months % 12 + 1, 1), "month")
    elif unit == "year" and 1 < count < 60 and len(behind) == 2 and behind[0] == "this" and behind[1] == "month":
        yield from _made(token, first, date.replace(year=date.year - count, day=1), "month", last=token.i + 2)
    elif unit == "year" and 1 < count < 60 and count not in _ROUND and 3 <= date.month <= 10:
        yield from _made(token, first, dt.date(date.year - count, 1, 1), "year")


def _month(block: "Block", token: "Token", date: dt.date, years: frozenset[int]) -> Iterator[Moment]:
    """ "in March", "on March 4": the latest one before the article, unless a story of another year is told around it."""
    doc, text = token.doc, token.doc.text
    before = doc[token.i - 1] if token.i else None
    match = DATE.match(text, token.idx)
    if match and (match["y1"] or match["y2"] or match["y3"]):
        return
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    number = int(after.text) if after is not None and re.fullmatch(r"[0-3]?\d", after.text) else 0
    last = token.i + (1 if number else 0)
    behind = doc[last + 1] if last + 1 < len(doc) else None
    spread = number and behind is not None and behind.text in ("-", "–") and last + 2 < len(doc) and doc[last + 2].text.isdigit()
    if spread:  # "Feb. 11-15"
        last, number = last + 2, 0
        behind = doc[last + 1] if last + 1 < len(doc) else None
    if before is None or (behind is not None and behind.text in ("-", "–", "to", "through", "and", "'s", "’s")):
        return
    if before.lower_ not in ("in", "on", "early", "late", "since") and before.text != "," and not number and not spread:
        return
    noun = token.head
    if token.dep_ in ("compound", "nmod") and noun.i > last and noun.pos_ in ("NOUN", "PROPN") and noun.lower_.rstrip(".") not in MONTH_OF:
        yield from _of_noun(token, number, date, years | years_of(block, until=token.i))
        return
    if before.lower_ == "since" or (before.lower_ in _HALVES and before.i and doc[before.i - 1].lower_ not in ("in", "on", ",")):
        return
    if (
        any(year not in (date.year, date.year - 1) for year in years | years_of(block, until=token.i))
        or not _past(token)
        or _perfect(token)
    ):
        return
    month = MONTH_OF[token.lower_.rstrip(".")]
    try:
        day = dt.date(date.year, month, number or 1)
        if day > date:
            day = dt.date(date.year - 1, month, number or 1)
    except ValueError:
        return
    first = token.i
    if before.text == "," and first > 1 and doc[first - 2].lower_ in WEEKDAYS:
        if not number or day.weekday() != WEEKDAYS.index(doc[first - 2].lower_):
            return
        first -= 2
    yield from _made(token, first, day, "day" if number else "month", last=last)


def _of_noun(token: "Token", number: int, date: dt.date, years: frozenset[int]) -> Iterator[Moment]:
    """ "the March 1 contests": of the nearest year, whether gone or to come."""
    if not number or years - {date.year}:
        return
    month = MONTH_OF[token.lower_.rstrip(".")]
    try:
        days = [dt.date(date.year + off, month, number) for off in (-1, 0, 1)]
    except ValueError:
        return
    day = min(days, key=lambda day: abs((day - date).days))
    if abs((day - date).days) <= _NEAR:
        text = token.doc[token.i : token.i + 2].text
        yield Moment(token.i, token.i + 1, Day(text, day.year, day.month, day.day), f"{day:%B} {day.day}, {day.year},", True)


def _verb(token: "Token") -> "Token | None":
    node = token
    for _ in range(8):
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("amod",):
            return node
        if node.head is node:
            return None
        node = node.head
    return None


def _past(token: "Token") -> bool:
    """Whether the verb a time belongs to is plainly in the past."""
    verb = _verb(token)
    if verb is None:
        return False
    words = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if any(child.tag_ == "MD" or child.lower_ == "to" for child in verb.children if child.dep_ == "aux"):
        return False
    if verb.tag_ == "VBD":
        return True
    if verb.tag_ == "VBN":
        if words:
            return bool(words & {"was", "were", "had", "has", "have"})
        if verb.dep_ == "acl":
            own = token.head if token.head.dep_ == "prep" else token
            return _past(verb.head) or (own.head.i == verb.i and verb.lemma_ in _DONE)
        return verb.dep_ == "conj" and _past(verb.head)
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl", "pcomp", "xcomp"):
        return verb.dep_ == "advcl" and verb.head is not verb and _past(verb.head)
    return False


def _perfect(token: "Token") -> bool:
    """Whether its verb is in the past perfect, which may tell of any year."""
    verb = _verb(token)
    return verb is not None and any(child.lower_ == "had" for child in verb.children if child.dep_ == "aux")


def _amid(noun: "Token") -> bool:
    """Whether something was done while a thing went on: "during Saturday's debate"."""
    if noun.dep_ != "pobj" or noun.pos_ != "NOUN":
        return False
    return noun.head.lower_ in _AMID or _in_wake(noun.head)


def _in_wake(preposition: "Token") -> bool:
    return preposition.lower_ == "of" and preposition.head.lower_ in ("wake", "aftermath", "because")


def _came(noun: "Token") -> bool:
    """Whether a thing is said to have done something, as only what has been has: "Wednesday's debate settled little"."""
    return noun.dep_ == "nsubj" and noun.head.tag_ == "VBD" and noun.head.lemma_ not in _PLANNED


def _was_told(noun: "Token") -> bool:
    """Whether a noun is something that has happened and is known: "the attack on Sunday"."""
    return (
        noun.pos_ == "NOUN"
        and noun.lemma_.lower() in _TOLD
        and any(child.lower_ in ("the", "their", "his", "her") for child in noun.children)
    )


def _ahead(noun: "Token") -> bool:
    """Whether a phrase looks ahead to a noun: "ahead of", "before", "until"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in ("of", "before", "until", "for", "to", "since") and not _in_wake(noun.head)
