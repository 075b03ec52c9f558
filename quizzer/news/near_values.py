"""Dates and amounts near a given one: of the same grain, as round, of the same unit; wrong whatever "about" or "more than" says.

And which of them are offered, in what order.
"""

import calendar
import datetime as dt
import random
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from quizzer.core.grading.dates import dates
from quizzer.core.grading.quantities import quantity
from quizzer.news.values import Value
from quizzer.news.words import DURATION_NOUNS, NUMBERS

_OVERGROWN = re.compile(r"\b(?:\d{4,}|\d,\d{3})(?:\.\d+)? (?:thousand|million|billion)\b")  # nobody writes "1,760 million"
_SHRUNK = re.compile(r"(?<![\d.,])0(?:\.\d+)? (?:thousand|million|billion|trillion)\b")
# Of "more than 300" a smaller number would be true too; of "up to 300" a greater one.
_FLOOR = re.compile(r"\b(?:more than|greater than|over|at least|no fewer than|no less than|as many as|as much as)\b", re.IGNORECASE)
_CEILING = re.compile(r"\b(?:less than|fewer than|under|at most|up to|no more than|nearly|almost|close to)\b", re.IGNORECASE)
_SPELLED = "|".join(NUMBERS)
_NUMBER = re.compile(rf"\d[\d,]*(?:\.\d+)?|\b(?:{_SPELLED})(?:-(?:{_SPELLED}))?\b", re.IGNORECASE)


def near_dates(value: Value, told: Sequence[Value], *, latest: dt.date | None, dice: random.Random) -> Iterator[str]:
    """Yield dates of the grain of ``value``, one or two of those ``told`` first; none later than ``latest``."""
    low, high = dt.date.fromordinal(int(value.low)), dt.date.fromordinal(int(value.high))
    near = [
        other.text for other in told
        if other.unit == value.unit and other.same != value.same and abs(other.low - value.low) < (3700 if value.unit == "year" else 400)
        and not value.low <= other.low <= value.high
    ]  # fmt: skip
    near = sorted(set(near))
    dice.shuffle(near)
    if value.unit != "day":
        yield from near[:1] if value.unit == "month" else near[:2]
    end = (latest or dt.date(min(low.year + 10, 9990), 12, 31)).toordinal()
    made = list(_dates_around(value.unit, low, high, end))
    dice.shuffle(made)
    yield from made


def spread(key: str, texts: Sequence[str], count: int, *, dice: random.Random) -> tuple[str, ...]:
    """Return ``count`` of the texts, dates or amounts, the least first. The first are the best.

    How many of them are less than the key is diced, so that its place tells nothing; it is so as far as there are enough on
    either side. Texts that cannot be compared are returned as they come.
    """
    values = _values((key, *texts))
    if not values:
        return tuple(texts[:count])
    room = {True: (less := dice.randint(0, count)), False: count - less}
    order = []  # those for which there is room first
    for at, value in enumerate(values[1:]):
        room[value < values[0]] -= 1
        order.append((room[value < values[0]] < 0, at))
    chosen = sorted(at for _, at in sorted(order)[:count])
    return tuple(texts[at] for at in sorted(chosen, key=lambda at: values[at + 1]))


def _values(texts: Sequence[str]) -> list[tuple[int, int, int]] | list[tuple[Fraction]]:
    """Return what can be compared of each text; nothing where one of them is neither date nor amount."""
    days = [reading[0] for text in texts if (reading := dates(text))]
    if len(days) == len(texts):
        return [(day.year or 0, day.month or 0, day.day or 0) for day in days]
    amounts = [amount.readings[0].value for text in texts if (amount := quantity(text)) is not None]
    return [(amount,) for amount in amounts] if len(amounts) == len(texts) else []


def _dates_around(unit: str, low: dt.date, high: dt.date, end: int) -> Iterator[str]:
    if unit == "year":
        years = [low.year + step for step in (-3, -2, -1, 1, 2, 3)]
        yield from (str(year) for year in years if 0 < year < 9999 and dt.date(year, 1, 1).toordinal() <= end)
    elif unit == "month":
        for step in (-7, -5, -3, -2, -1, 1, 2, 3, 5):
            month = low.year * 12 + low.month - 1 + step
            if 12 <= month < 9999 * 12 and dt.date(month // 12, month % 12 + 1, 1).toordinal() <= end:
                yield f"{calendar.month_name[month % 12 + 1]} {month // 12}"
    else:
        for step in (-40, -24, -17, -11, -8, -5, 4, 6, 9, 13, 21, 33):
            if 0 < high.toordinal() + step <= min(end, dt.date.max.toordinal()):
                day = high + dt.timedelta(days=step)
                yield f"{calendar.month_name[day.month]} {day.day}, {day.year}"


def near_amounts(value: Value, dice: random.Random) -> Iterator[str]:
    """Yield amounts worded like ``value`` and as round: half as much to twice as much and more."""
    numbers = list(_NUMBER.finditer(value.text))
    if not numbers:
        return
    factors = [0.4, 0.5, 0.6, 0.75, 1.3, 1.5, 1.8, 2.2, 2.7]
    if value.unit in DURATION_NOUNS or value.unit == "year old":
        factors = [0.4, 0.5, 0.6, 0.75, 1.25, 1.5, 1.75, 2.0]
    if value.unit in ("percent", "%") and value.high > 0:
        factors = [factor for factor in factors if value.high * factor < 97]
    if _FLOOR.search(value.text):
        factors = [
            factor for factor in (*factors, 1.4, 1.6, 2.0, 3.0) if factor > 1 and (value.unit != "percent" or value.high * factor < 97)
        ]
    elif _CEILING.search(value.text):
        factors = [factor for factor in (*factors, 0.3, 0.45, 0.65) if factor < 1]
    dice.shuffle(factors)
    for factor in factors:
        text, changed = value.text, True
        for match in reversed(numbers):
            other = _scaled(match[0], factor)
            changed = changed and other != match[0]
            text = text[: match.start()] + other + text[match.end() :]
        if changed and _agrees(text) and not _OVERGROWN.search(text) and not _SHRUNK.search(text):
            yield text


def _agrees(text: str) -> bool:
    """Whether number and unit agree: no "one years"."""
    return not re.search(r"\b(?:1|one|0|zero) (?:" + "|".join(f"{noun}s" for noun in DURATION_NOUNS) + r")\b", text)


def _scaled(text: str, factor: float) -> str:
    words = {value: word for word, value in NUMBERS.items()}
    lower = text.lower()
    if lower[:1].isalpha():
        total = sum(NUMBERS[part] for part in lower.split("-"))
        scaled = max(1, round(total * factor))
        if scaled == total:
            scaled += 1 if factor > 1 else -1
        if scaled in words:
            return words[scaled]
        return f"{words[scaled // 10 * 10]}-{words[scaled % 10]}" if 20 < scaled < 100 else f"{scaled:,}"
    number = float(text.replace(",", ""))
    if "." in text:
        places = len(text.split(".")[1])
        scaled_text = f"{number * factor:,.{places}f}"
        if scaled_text.endswith("0") and not text.endswith("0"):
            scaled_text = scaled_text[:-1] + "2"  # as exact as the key looks
        return scaled_text
    digits = text.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    step = 10 ** min(zeros, len(digits) - 1)  # as round as the key
    if step == number and factor < 1 and step >= 10:
        step //= 10  # less than 100 may be 40
    scaled = max(step, round(number * factor / step) * step)
    if scaled == number:
        scaled += step if factor > 1 else -step
    scaled = max(scaled, 1)
    return f"{int(scaled):,}" if "," in text or (scaled > 999 and len(digits) != 4) else str(int(scaled))
