"""Answers as values: numbers, money, dates and spans of dates read from words, compared by what they mean."""

import calendar
import datetime as dt
import re

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.words import MONTH_OF, NUMBERS, SCALES

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_YEAR = r"(?:1[0-9]|20)\d{2}"
DATE = re.compile(
    rf"\b(?:(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>{_YEAR})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH}),? (?P<y2>{_YEAR})"
    rf"|(?P<m3>{_MONTH})(?: of|,)? (?P<y3>{_YEAR})"
    rf"|(?P<m4>{_MONTH}) (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,]*\d)"
    rf"|(?P<y5>{_YEAR}))(?![\w-]|[,.]\d)"
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


class Span(msgspec.Struct, frozen=True, order=True):
    """``text[start:end]`` of the article of that name; the only truth there is."""

    article: str
    start: int
    end: int


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. ``same`` is what it means, equal for equal meanings: a number with its unit, a span of days, an entity's key."""

    text: str
    type: AnswerType
    same: str
    accept: tuple[str, ...] = ()
    low: float = 0.0  # a number; or the first day as an ordinal
    high: float = 0.0  # the last day; for a number the same as ``low``
    unit: str = ""
    entity: str = ""


class Day(msgspec.Struct, frozen=True):
    """A year, a month of a year or a day, as written."""

    text: str
    year: int
    month: int = 0
    day: int = 0

    @property
    def grain(self) -> str:
        """ "year", "month" or "day"."""
        return "day" if self.day else "month" if self.month else "year"

    def bounds(self) -> tuple[int, int]:
        """Return the first and last day as proleptic ordinals."""
        first = dt.date(self.year, self.month or 1, self.day or 1)
        if self.day:
            last = first
        elif self.month:
            last = first.replace(day=calendar.monthrange(self.year, self.month)[1])
        else:
            last = first.replace(month=12, day=31)
        return first.toordinal(), last.toordinal()

    def spoken(self) -> str:
        """Return it in full words: "March 4, 2011", "May 2018", "2018"."""
        month = calendar.month_name[self.month]
        if self.day:
            return f"{month} {self.day}, {self.year}"
        return f"{month} {self.year}" if self.month else str(self.year)

    def value(self) -> Value:
        """Return it as an answer."""
        low, high = self.bounds()
        accept = [f"{self.year}-{self.month:02}-{self.day:02}"] if self.day else []
        return Value(
            text=self.spoken(), type=AnswerType.DATE, same=f"{low}-{high}", accept=tuple(accept), low=low, high=high, unit=self.grain
        )


def read_date(text: str) -> Day | None:
    """Return the one absolute date ``text`` holds (with its year), or None when there is none or several."""
    found = [day for match in DATE.finditer(text) if (day := day_of(match))]
    return found[0] if len(found) == 1 else None


def day_of(match: re.Match[str]) -> Day | None:
    """Return the date a match of ``DATE`` stands for; None for a day without a year, or one that never was."""
    year = match["y1"] or match["y2"] or match["y3"] or match["y5"]
    if not year:
        return None
    name = match["m1"] or match["m2"] or match["m3"] or ""
    day = Day(match[0], int(year), MONTH_OF.get(name.lower().rstrip("."), 0), int(match["d1"] or match["d2"] or 0))
    try:
        day.bounds()
    except ValueError:
        return None
    return day


def read_number(text: str) -> float | None:
    """Return the number ``text`` spells in digits or words, or None ("two dozen", "several", "1,2")."""
    words = text.lower().replace("-", " ").replace("$", " ").replace("£", " ").replace("€", " ").replace("%", " ").split()
    total, current, seen = 0.0, 0.0, False
    for word in words:
        word = word.strip(",")
        if _NUMBER.fullmatch(word):
            current += float(word.replace(",", ""))
            seen = True
        elif word in NUMBERS:
            current += NUMBERS[word]
            seen = True
        elif word in SCALES:
            if word == "hundred":
                current = (current or 1) * 100
            else:
                total, current = total + (current or 1) * SCALES[word], 0.0
            seen = True
        elif word in ("a", "and", "some", "us", "u.s."):
            continue
        else:
            return None
    return total + current if seen else None


def plain(number: float) -> str:
    """Return a number in digits, thousands parted by commas."""
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,.10g}"
