"""Dates: days, months, years, decades, centuries, as people write them.

A date is the span of days it names; so "May 2018" holds "May 11, 2018", and neither is simply the other.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizzer.core.grading import numerals
from quizzer.core.grading.folding import CACHE, plain
from quizzer.core.grading.lexicon import ANSWERS_THEMSELVES, MONTHS, WEEKDAYS, word_set
from quizzer.core.grading.wording import RIGHT, WRONG, Finding, roman
from quizzer.core.model import Verdict

LONGEST = 100  # characters; a longer text is no date
TWO_DIGITS = "year in two digits"
DAY_OR_YEAR = "day or year?"
DAY_OR_MONTH = "day or month first?"
SWAPPED = "day and month are the other way round"
MORE_EXACT = "more exact than the answer"
_MONTH_FIRST = frozenset({"us", "ph"})  # countries that write the month before the day


def order_of(language: str) -> str:
    """Return which comes first in 5/11/2018 where ``language`` (a BCP 47 tag) is read: "month", "day", or "" for either.

    English that names no country leaves it open, as does no language at all.
    """
    subtags = language.lower().replace("_", "-").split("-")
    if not _MONTH_FIRST.isdisjoint(subtags[1:]):
        return "month"
    return "" if subtags in ([""], ["en"]) else "day"


class Date(NamedTuple):
    """What a text names of a date. ``year`` counts 44 BC as -44; ``century`` counts from 1; ``decade`` is its first year.

    ``limit`` is "before", "after" or ""; ``phase`` "early", "mid", "late" or a season, or "".
    ``note`` tells what had to be guessed to read it so, ``era`` that BC or AD was said.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: int | None = None
    century: int | None = None
    limit: str = ""
    phase: str = ""
    weekday: int | None = None
    note: str = ""
    era: bool = False

    @property
    def fields(self) -> dict[str, int | str]:
        """What it names, by name, the coarsest first."""
        named: dict[str, int | str | None] = {
            "century": self.century,
            "decade": self.decade,
            "year": self.year,
            "weekday": self.weekday if not (self.day or self.month or self.year) else None,
            "part of the year": self.phase or None,
            "month": self.month,
            "day": self.day,
        }
        return {name: value for name, value in named.items() if value is not None}


_MONTH = {name: number for number, name in enumerate(MONTHS, start=1)}
_MONTH |= {name[:3]: number for name, number in list(_MONTH.items())} | {"sept": 9}
_WEEKDAY = {name: number for number, name in enumerate(WEEKDAYS)}
_WEEKDAY |= {name[:3]: number for name, number in list(_WEEKDAY.items())} | {"tues": 1, "thur": 3, "thurs": 3}
_LIMITS = {"before": "before", "until": "before", "till": "before", "by": "before", "after": "after"}
_PHASES = {word: word for word in ("early", "mid", "late", "spring", "summer", "autumn", "winter")}
_PHASES |= {"fall": "autumn", "beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_PARTS = {"first quarter": "q1", "second quarter": "q2", "third quarter": "q3", "fourth quarter": "q4", "last quarter": "q4"}
_PARTS |= {"first half": "h1", "second half": "h2", "fiscal year": "fiscal", "financial year": "fiscal", "fy": "fiscal", "fiscal": "fiscal"}
_PARTS |= {f"{number}{ending} quarter": f"q{number}" for number, ending in enumerate(("st", "nd", "rd", "th"), start=1)}
_PARTS |= {"1st half": "h1", "2nd half": "h2"} | {f"{number}q": f"q{number}" for number in range(1, 5)} | {"1h": "h1", "2h": "h2"}
_PHASES |= {f"q{number}": f"q{number}" for number in range(1, 5)} | {"h1": "h1", "h2": "h2", "fiscal": "fiscal"}
_PART = re.compile(rf"\b({'|'.join(sorted(_PARTS, key=len, reverse=True))})(?=\b|\d)")
_PHASE_MONTHS = {
    **{f"q{number}": (3 * number - 2, 3 * number - 1, 3 * number) for number in range(1, 5)},
    "h1": (1, 2, 3, 4, 5, 6),
    "h2": (7, 8, 9, 10, 11, 12),
    "fiscal": (),
    "early": (1, 2, 3, 4),
    "mid": (5, 6, 7, 8),
    "late": (9, 10, 11, 12),
    "spring": (3, 4, 5, 6),
    "summer": (6, 7, 8, 9),
    "autumn": (9, 10, 11, 12),
    "winter": (1, 2, 3, 12),
}
_FILLERS = word_set("on in the of at a year month day date during it was is since from back around about circa c ca approximately")
_ERAS = {"bc": -1, "bce": -1, "ad": 1, "ce": 1}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_NUMERIC = re.compile(r"(\d{1,4})([-/.])\s?(\d{1,2})\2\s?'?(\d{1,4})")
_DAY_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](0\d|1[0-2])|(0?\d|1[0-2])/(\d{4})")
_CENTURY = re.compile(r"\b([ivx]+)(?:th|st)? century\b")
_C = re.compile(r"\b(\d{1,2}(?:st|nd|rd|th)) c(?:ent)?\b\.?$")
_LEXEME = re.compile(r"[qh]\d(?![^\W_])|'?\d+(?:st|nd|rd|th|s|'s)?(?![^\W_])|[^\W\d_]+")


@lru_cache(CACHE)
def dates(text: str, *, order: str = "", short: bool = False) -> tuple[Date, ...]:
    """Return the ways to read ``text`` as a date, the likeliest first; none when it is no date, or more than one.

    ``order`` is what comes first in 5/11/2018 (see ``order_of``); with ``short``, 5/11 is a date too.
    """
    if len(text) > LONGEST:
        return ()
    text = re.sub(r"\b([ab])\.\s?([dc])\.(?:\s?(e)\.)?", r"\1\2\3", plain(text)).strip(' .,;!?()"')
    text = _PART.sub(lambda match: _PARTS[match[1]] + " ", text)
    text = re.sub(r"(?<=fiscal)\s+(\d\d)$", r" '\1", re.sub(r"\b(?=q[1-4]\d{2,4}\b)(q[1-4])", r"\1 ", text))
    text = _CENTURY.sub(lambda match: f"{roman(match[1])}th century" if roman(match[1]) else match[0], _C.sub(r"\1 century", text))
    text = re.sub(r"\bnineteen[ -](?=(?:twen|thir|for|fif|six|seven|eigh|nine)ties\b)", "", text)
    numeric = [date for date in _numeric(text, order, short) if _exists(date)]
    if numeric or re.search(r"\d[./]\d", text):
        return tuple(numeric)
    words = _LEXEME.findall(text)
    if "".join(words) != re.sub(r"[\s,.()\"-]", "", text) or len(words) > 12:
        return ()
    date = _read(words)
    return tuple(one for one in _centuries(date) if _exists(one)) if date else ()


def _centuries(date: Date) -> Iterator[Date]:
    """Read a year in two digits as of either century, as it stands at last; and the 21 of "Jan 21" as a year too."""
    yield date
    if date.note == TWO_DIGITS and date.year:
        yield date._replace(year=date.year + (100 if date.year < 2000 else -100))
        yield date._replace(year=date.year % 100 or None, note="")
    elif date.fields.keys() == {"month", "day"} and date.day and date.day > 9 and not date.note:
        yield date._replace(day=None, year=2000 + date.day, note=DAY_OR_YEAR)


def _in_full(two_digits: int) -> int:
    return (2000 if two_digits < 50 else 1900) + two_digits


def _numeric(text: str, order: str, short: bool) -> Iterator[Date]:
    text = re.sub(r"^(?:on|in)\s+", "", text)
    if match := _YEAR_MONTH.fullmatch(text):
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        yield Date(int(year), int(month))
    if short and (match := re.fullmatch(r"(0?\d|1[0-2])-(\d{4})", text)):
        yield Date(int(match[2]), int(match[1]))
    if short and re.fullmatch(r"'?\d\d", text):
        yield from _centuries(Date(_in_full(int(text[-2:])), note=TWO_DIGITS))
    if short and (match := _DAY_MONTH.fullmatch(text)):
        yield from _either_order(int(match[1]), int(match[2]), Date(), order)
    if not (match := _NUMERIC.fullmatch(text)):
        return
    first, sign, middle, last = match.groups()
    one, two, three = int(first), int(middle), int(last)
    if len(first) == 4:
        yield Date(one, two, three)
        return
    if len(last) not in (2, 4) or len(first) > 2:
        return
    years = (three,) if len(last) == 4 else (_in_full(three), 3900 + 2 * three - _in_full(three))
    for year in years:
        note = "" if len(last) == 4 else TWO_DIGITS
        if sign == ".":
            yield Date(year, two, one, note=note)
            continue
        yield from _either_order(one, two, Date(year, note=note), order)


def _either_order(one: int, two: int, date: Date, order: str) -> Iterator[Date]:
    """Read two numbers as month and day; where both can be either, ``order`` tells, and the other way is noted as swapped."""
    if one == two:
        yield date._replace(month=one, day=two)
        return
    open_to_both = max(one, two) <= 12
    first = DAY_OR_MONTH if open_to_both and not order else ""
    second = first or (SWAPPED if open_to_both else "")
    month, day = (two, one) if order == "day" else (one, two)
    yield date._replace(month=month, day=day, note=first or date.note)
    yield date._replace(month=day, day=month, note=second or date.note)


def _exists(date: Date) -> bool:
    if date.year == 0 or (date.month is not None and not 1 <= date.month <= 12):
        return False
    if date.day is None:
        return True
    year = date.year if date.year and 0 < date.year < 9999 else 2000
    try:
        datetime.date(year, date.month or 1, date.day)
    except ValueError:
        return False
    return True


def _month(word: str) -> tuple[int, str] | None:
    if word in _MONTH:
        return _MONTH[word], ""
    if len(word) < 3 or word in numerals.NUMBER_WORDS or word in ANSWERS_THEMSELVES:
        return None
    close = {(number, name) for name, number in _MONTH.items() if _one_slip(word, name)}
    if len({number for number, _ in close}) != 1:
        return None
    # Of three letters one is too many to guess, but for two that changed places or one struck twice; nor is the first ever guessed.
    meant = [name for _, name in close if word[0] == name[0] or word[:2] == name[1::-1]]
    sure = [name for name in meant if len(name) > 3 or sorted(name) == sorted(word) or re.sub(r"(.)\1", r"\1", word) == name]
    return (_MONTH[sure[0]], "typo") if sure else None


def _one_slip(typed: str, meant: str) -> bool:
    """Whether two different words differ by one letter, or by two that changed places."""
    at = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), min(len(typed), len(meant)))
    one, other = typed[at:], meant[at:]
    return one[1:] == other or one == other[1:] or one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])


def _read(words: Sequence[str]) -> Date | None:
    date, at, era = Date(), 0, 0
    while at < len(words):
        word = words[at]
        new: Date | None = None
        step = 1
        if word in _ERAS:
            era = _ERAS[word]
            new = date
        elif word in _LIMITS and not date.limit:
            new = date._replace(limit=_LIMITS[word])
        elif word in _PHASES and not date.phase:
            new = date._replace(phase=_PHASES[word])
        elif word in _FILLERS:
            new = date
        elif word in _WEEKDAY and date.weekday is None and not (word in ("sun", "sat") and len(words) == 1):
            new = date._replace(weekday=_WEEKDAY[word])
        elif date.month is None and (month := _month(word)):
            new = date._replace(month=month[0], note=date.note or month[1])
        elif word[-1].isdigit() or word[0].isdigit() or word[0] == "'":
            new = _digits(date, word, words[at + 1 : at + 2])
            step = 2 if words[at + 1 : at + 2] in (["century"], ["centuries"]) else 1
        else:
            new, step = _words(date, words, at)
        if new is None:
            return None
        date, at = new, at + step
    date = date._replace(era=bool(era))
    if era and date.note == TWO_DIGITS and date.year:
        date = date._replace(year=date.year % 100, note="")
    if era == -1 and date.year:
        date = date._replace(year=-date.year)
    if date.day and not date.month:
        return None
    named = any((date.year, date.month, date.decade, date.century)) or date.weekday is not None or date.phase in ("q1", "q2", "q3", "q4")
    return date if named else None


def _digits(date: Date, word: str, after: Sequence[str]) -> Date | None:
    digits = word.strip("'").rstrip("sthndr'")
    if len(digits) > 4 or not digits.isdecimal():
        return None
    number = int(digits)
    ordinal = word.endswith(("st", "nd", "rd", "th"))
    if list(after) == ["century"]:
        return date._replace(century=number) if ordinal and date.century is None and number else None
    if not ordinal and word.endswith("s"):
        if date.decade is not None or number % 10 or len(digits) not in (2, 4):
            return None
        return date._replace(decade=number if len(digits) == 4 else 1900 + number, note=date.note if len(digits) == 4 else "which century?")
    if word[0] == "'":
        return date._replace(year=_in_full(number), note=TWO_DIGITS) if len(digits) == 2 and date.year is None else None
    if ordinal or (len(digits) <= 2 and date.day is None and number <= 31 and (date.month or date.year is None)):
        return date._replace(day=number) if date.day is None and number else None
    if len(digits) == 2 and date.month and date.year is None:
        return date._replace(year=_in_full(number), note=TWO_DIGITS)
    return date._replace(year=number) if date.year is None and number else None


def _words(date: Date, words: Sequence[str], at: int) -> tuple[Date | None, int]:
    """Read a day or a year in words: the eleventh, twenty eighteen, nineteen eighty-four, two thousand and eight."""
    if words[at] in _DECADES and date.decade is None:
        return date._replace(decade=1900 + _DECADES[words[at]], note="which century?"), 1
    first = numerals.read(words, at)
    if first is None or first.value.denominator != 1:
        return None, 1
    value, end = int(first.value), first.end
    if first.ordinal:
        if words[end : end + 1] == ["century"]:
            return (date._replace(century=value) if value else None), end + 1 - at
        return (date._replace(day=value) if date.day is None and value <= 31 else None), end - at
    if 10 <= value < 100 and end < len(words) and (second := numerals.read(words, end)) and not second.ordinal and 10 <= second.value < 100:
        value, end = 100 * value + int(second.value), second.end
    if date.year is not None or not 100 <= value <= 9999:
        return None, 1
    return date._replace(year=value), end - at


def compare(typed: Sequence[Date], key: Date) -> Finding:
    """Return what the likeliest fitting of several readings is worth as the key."""
    found = sorted((_compare(date, key) for date in typed), key=lambda one: one.note != DAY_OR_YEAR)  # rather than a missing year
    return next(
        (one for one in found if one.verdict is Verdict.RIGHT), next((one for one in found if one.verdict is Verdict.NEAR), found[0])
    )


def _compare(typed: Date, key: Date) -> Finding:
    if typed.limit != key.limit:
        note = f"it was not “{typed.limit}”" if typed.limit else f"“{key.limit}” is missing"
        return Finding(Verdict.WRONG, note) if typed.fields == key.fields else WRONG
    mine, theirs = typed.fields, key.fields
    if key.year and key.year < 0 and typed.year == -key.year and not typed.note and {**mine, "year": key.year} == theirs and not typed.era:
        return Finding(Verdict.NEAR, "BC is missing")
    if typed.note == DAY_OR_YEAR:
        return Finding(Verdict.NEAR, DAY_OR_YEAR) if mine == theirs else WRONG
    if typed.note == SWAPPED:
        return Finding(Verdict.NEAR, SWAPPED) if mine.items() <= theirs.items() else WRONG
    if mine == theirs:
        if _wrong_weekday(typed, key):
            return Finding(Verdict.NEAR, "right date, but that day is another weekday")
        return Finding(Verdict.RIGHT, typed.note, guessed=bool(typed.note)) if typed.note else RIGHT
    if typed.phase and key.month and not typed.month and not key.phase and typed.year == key.year:
        return Finding(Verdict.NEAR, "the month is missing") if key.month in _PHASE_MONTHS[typed.phase] else WRONG
    if "fiscal" in (typed.phase, key.phase) and typed.phase != key.phase:
        return Finding(Verdict.NEAR, "a fiscal year or not?") if typed.year == key.year and not typed.month else WRONG
    if key.phase and typed.month and not key.month and not typed.phase and typed.year == key.year:
        return (
            Finding(Verdict.RIGHT, MORE_EXACT)
            if typed.month in _PHASE_MONTHS[key.phase]
            else Finding(Verdict.WRONG, "another part of the year")
        )
    for name in mine.keys() & theirs.keys():
        if mine[name] != theirs[name]:
            return Finding(Verdict.WRONG, _wrong_part(mine, theirs))
    if mine.keys() < theirs.keys():
        return Finding(Verdict.NEAR, _missing(mine, theirs))
    if mine.keys() > theirs.keys() or _holds(key, typed):
        return Finding(Verdict.RIGHT, MORE_EXACT)
    if mine.keys() & theirs.keys():  # each names a part of a date that the other leaves out
        return Finding(Verdict.NEAR, _missing(mine, theirs))
    return Finding(Verdict.NEAR, f"the {'decade' if typed.decade is not None else 'century'} alone") if _holds(typed, key) else WRONG


def _wrong_part(mine: dict[str, int | str], theirs: dict[str, int | str]) -> str:
    right = [name for name in mine if theirs.get(name) == mine[name]]
    wrong = [name for name in mine if name in theirs and theirs[name] != mine[name]]
    return f"right {' and '.join(right)}, wrong {' and '.join(wrong)}" if right else ""


def _missing(mine: dict[str, int | str], theirs: dict[str, int | str]) -> str:
    if set(mine) == {"year"}:
        return "a year alone"
    if set(mine) == {"year", "month"}:
        return "the day is missing"
    missing = [name for name in theirs if name not in mine]
    return f"the {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"


def _holds(key: Date, typed: Date) -> bool:
    """Whether the key is a decade or century that the typed year or decade lies in."""
    year = typed.year if typed.year is not None else typed.decade
    if year is None or key.year is not None:
        return False
    if key.decade is not None:
        return typed.year is not None and key.decade <= year < key.decade + 10
    if key.century is not None and typed.year is None:
        return year // 100 + 1 == key.century  # the 1800s are the 19th century
    return key.century is not None and (key.century - 1) * 100 < year <= key.century * 100


def _wrong_weekday(typed: Date, key: Date) -> bool:
    if typed.weekday is None:
        return False
    if key.year and key.month and key.day and 0 < key.year <= 9999:
        return datetime.date(key.year, key.month, key.day).weekday() != typed.weekday
    return key.weekday is not None and key.weekday != typed.weekday
