"""Ranges: from one quantity or date to another."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from quizzer.core.grading import amounts
from quizzer.core.grading.dates import Date, dates
from quizzer.core.grading.dates import compare as dates_compare
from quizzer.core.grading.folding import CACHE, plain
from quizzer.core.grading.quantities import Quantity, Reading, quantity
from quizzer.core.grading.wording import RIGHT, WRONG, Finding
from quizzer.core.model import Verdict

LONGEST = 120  # characters; a longer text is no range
MOST_DASHES = 6


class Range(NamedTuple):
    """Two ends, both of quantities or both of dates."""

    low: Quantity | Date
    high: Quantity | Date


_OPENING = re.compile(r"^\W*(between|from|in|of)\s+")
_LINK = re.compile(r"\s*-to-\s*|\s+(?:to|through|thru|until|till)\s+|\s*-\s*")
_YEARS = re.compile(r"^(\d{4})\s?/\s?(\d{4}|\d\d)$")
_AND = re.compile(r"\s+and\s+")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


@lru_cache(CACHE)
def span(text: str) -> Range | None:
    """Return the range that ``text`` states, or None."""
    if len(text) > LONGEST:
        return None
    text = _YEARS.sub(r"\1-\2", plain(text).strip(" ."))
    if (one := quantity(text)) and not one.nouns:  # twenty-five
        return None
    opening = _OPENING.match(text)
    rest = text[opening.end() :] if opening else text
    link = _AND if opening and opening[1] == "between" else _LINK
    cuts = list(link.finditer(rest))[:MOST_DASHES]
    for cut in sorted(cuts, key=lambda cut: "-" in cut[0].strip()):
        low, high = rest[: cut.start()], rest[cut.end() :]
        if low and high and (found := next(_ends(low, high), None)):
            return found
    return None


def _ends(low: str, high: str) -> Iterator[Range]:
    if re.fullmatch(r"[12]\d{3}", low) and re.fullmatch(r"\d\d", high):  # 2017-18
        high = low[:2] + high
    first, last = dates(low), dates(high)
    if first and last and {*first[0].fields, *last[0].fields} != {"year"}:
        yield Range(_fill(first[0], last[0]), last[0])
    one, other = quantity(low), quantity(high)
    if one and other:
        yield _carry(one, other)
    elif first and (day := re.match(_DAY.pattern + r"(?!\d)", high)) and first[0].month:  # May 5-9, 2018
        year = re.search(r"\d{4}$", high)
        if year or day.end() == len(high):
            end = first[0]._replace(day=int(day[1]), year=int(year[0]) if year else first[0].year)
            yield Range(_fill(first[0], end), end)
    elif last and last[0].month and (day := _DAY.fullmatch(low)):  # 5-9 May 2018
        yield Range(last[0]._replace(day=int(day[1])), last[0])


def _carry(low: Quantity, high: Quantity) -> Range:
    """Give the lower end the million that only the upper one names, and each end the unit that only the other names."""
    readings = low.readings
    if high.scale >= 1000 and low.scale == 1 and low.readings[0].value * high.scale < high.readings[0].value:
        readings = tuple(reading._replace(value=reading.value * high.scale) for reading in readings)
    if all(reading.unit is None for reading in readings):
        units = {reading.unit for reading in high.readings}
        readings = tuple(Reading(reading.value, unit, reading.doubtful) for reading in readings for unit in units)
    elif all(reading.unit is None for reading in high.readings):
        units = {reading.unit for reading in low.readings}
        high = high._replace(readings=tuple(reading._replace(unit=unit) for reading in high.readings for unit in units))
    return Range(low._replace(readings=readings, nouns=low.nouns or high.nouns, scale=high.scale), high)


def _fill(low: Date, high: Date) -> Date:
    return low._replace(year=low.year if low.year is not None else high.year)


def compare(typed: Range, key: Range) -> Finding:
    """Return what one range is worth as the other."""
    ends = _same(typed.low, key.low), _same(typed.high, key.high)
    if ends == (RIGHT, RIGHT):
        return RIGHT
    if (coarser := _coarser(typed, key)) is not None:
        return coarser
    if Verdict.WRONG not in (ends[0].verdict, ends[1].verdict):
        return next(end for end in ends if end is not RIGHT)
    if _same(typed.low, key.high) == RIGHT == _same(typed.high, key.low):
        return Finding(Verdict.NEAR, "the ends are the other way round")
    if RIGHT in ends:
        return Finding(Verdict.WRONG, f"right {'start' if ends[0] == RIGHT else 'end'}, wrong {'end' if ends[0] == RIGHT else 'start'}")
    return WRONG


def _coarser(typed: Range, key: Range) -> Finding | None:
    """Return near where both ends are the key's dates but for a part left out in both (July to November, of 2017)."""
    if not all(isinstance(end, Date) for end in (*typed, *key)):
        return None
    found = [dates_compare([mine], theirs) for mine, theirs in zip(typed, key, strict=True)]  # type: ignore[list-item,arg-type]
    if any(one.verdict is Verdict.WRONG for one in found) or all(one.verdict is Verdict.RIGHT for one in found):
        return None
    return next(one for one in found if one.verdict is Verdict.NEAR)


def one_end(typed: str, key: Range) -> Finding:
    """Return what a text that is no range is worth: one end alone is near."""
    mine: Quantity | Date | None = quantity(typed) if isinstance(key.low, Quantity) else next(iter(dates(typed)), None)
    if mine is not None and RIGHT in (_same(mine, key.low), _same(mine, key.high)):
        return Finding(Verdict.NEAR, "one end of the range")
    if isinstance(mine, Date) and mine.fields and all(isinstance(end, Date) and mine.fields.items() <= end.fields.items() for end in key):
        return Finding(Verdict.NEAR, "right, but less exact than the answer")
    return WRONG


def _same(one: Quantity | Date, other: Quantity | Date) -> Finding:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        found = amounts.compare(one, other)
        return found if found.verdict is not Verdict.RIGHT else RIGHT
    return RIGHT if isinstance(one, Date) and isinstance(other, Date) and one.fields == other.fields else WRONG
