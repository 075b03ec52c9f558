"""Times of day: 3 p.m., 15:00, three in the afternoon and noon, as minutes since midnight.

Only a text that can be nothing else is a time when it is a key ("3 p.m.", "15:00", "noon"); what is typed may be looser ("at three").
"""

import re
from functools import lru_cache
from typing import NamedTuple

from quizzer.core.grading import numerals
from quizzer.core.grading.folding import CACHE, plain
from quizzer.core.grading.wording import RIGHT, WRONG, Finding
from quizzer.core.model import Verdict

LONGEST = 40  # characters; a longer text is no time
HALF_DAY = 720  # minutes


class Time(NamedTuple):
    """A time of day in ``minutes``; ``sure`` where the text tells morning from afternoon, ``plain`` where it can be nothing but a time."""

    minutes: int
    sure: bool
    plain: bool


_NAMED = {"noon": 720, "midday": 720, "12 noon": 720, "twelve noon": 720, "midnight": 0, "12 midnight": 0, "twelve midnight": 0, "24:00": 0}
_OPENING = re.compile(r"^(?:at|by|about|around|approximately|roughly|circa|exactly|precisely|just)\s+|^the\s+")
_ZONE = re.compile(
    r"(?<=[\dm.])\s+"
    r"(?:utc|gmt|cet|cest|bst|ist|jst|[ecmp][sd]?t|(?:eastern|central|mountain|pacific|local|daylight|standard)(?:\s(?:standard|daylight))?(?:\stime)?)$"
)
_HALF = re.compile(r"\s*(?:(?<![a-z])(a|p)\.?\s?m\b\.?|\bin the (morning|afternoon|evening)|\bat (night))$")
_HALVES = {"a": "a", "p": "p", "morning": "a", "afternoon": "p", "evening": "p", "night": "p"}
_SHARP = re.compile(r"\s*(?:\bo'? ?clock|\bsharp|\bhours|\bhrs|(?<=\d)h)$")
_DIGITS = re.compile(r"(\d{1,2})(?:\s?[:.h]\s?([0-5]\d))?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_PAST = re.compile(r"(half|quarter|a quarter|[a-z]+(?:[ -][a-z]+)?|\d{1,2})(?: minutes?)? (past|after|to|before|till) (.+)")
_WORDS = re.compile(r"[a-z]+|\d+")


@lru_cache(CACHE)
def time_of_day(text: str) -> Time | None:
    """Return the time of day that ``text`` names, or None."""
    if len(text) > LONGEST:
        return None
    text = _ZONE.sub("", plain(text).strip(" .,;!?"))
    while opening := _OPENING.match(text):
        text = text[opening.end() :]
    if text in _NAMED:
        return Time(_NAMED[text], sure=True, plain=True)
    half = ""
    if found := _HALF.search(text):
        half = _HALVES[found[1] or found[2] or found[3]]
        text = text[: found.start()]
    sharp = _SHARP.search(text)
    if sharp:
        text = text[: sharp.start()]
    return _read(text.strip(), half, sharp[0].strip() if sharp else "")


def _read(text: str, half: str, sharp: str) -> Time | None:
    if sharp in ("hours", "hrs") and (match := _MILITARY.fullmatch(text)):
        return Time(60 * int(match[1]) + int(match[2]), sure=True, plain=True)
    if sharp in ("hours", "hrs"):
        return None  # 15 hours are a duration
    if match := _DIGITS.fullmatch(text):
        hour, minute = int(match[1]), int(match[2] or 0)
        told = bool(half or sharp) or (match[2] is not None and "." not in text)
        return _on_the_dial(hour, minute, half, plain=told and not (sharp == "h" and match[2] is None and hour < 13))
    if match := _PAST.fullmatch(text):
        return _past(match[1], match[2], match[3], half)
    words = _WORDS.findall(text)
    first = numerals.read(words, 0) if words else None
    if first is None or first.ordinal or first.value.denominator != 1 or "".join(words) != re.sub(r"[ -]", "", text):
        return None
    if first.end == len(words):
        return _on_the_dial(int(first.value), 0, half, plain=bool(half or sharp))
    second = numerals.read(words, first.end)
    if second is None or second.end != len(words) or second.ordinal or not 1 <= second.value < 60:
        return None
    return _on_the_dial(int(first.value), int(second.value), half, plain=bool(half))


def _past(count: str, side: str, hour_text: str, half: str) -> Time | None:
    """Read half past three, a quarter to four, ten past nine."""
    hour = _read(hour_text, half, "")
    words = _WORDS.findall(count)
    found = numerals.read(words, 0)
    minutes = {"half": 30, "quarter": 15, "a quarter": 15}.get(count) or (int(found.value) if found and found.end == len(words) else 0)
    if hour is None or hour.minutes % 60 or not 0 < minutes < 60:
        return None
    turn = -minutes if side in ("to", "before", "till") else minutes
    return Time((hour.minutes + turn) % (2 * HALF_DAY), sure=hour.sure, plain=True)


def _on_the_dial(hour: int, minute: int, half: str, *, plain: bool) -> Time | None:
    if half and not 1 <= hour <= 12:
        return Time(60 * hour + minute, sure=True, plain=plain) if half == "p" and 12 < hour < 24 else None
    if half:
        return Time(60 * (hour % 12 + (12 if half == "p" else 0)) + minute, sure=True, plain=plain)
    if hour > 23:
        return None
    return Time(60 * hour + minute, sure=hour > 12 or hour == 0, plain=plain)


def _digits_alone(text: str) -> Time | None:
    """Read 1530, which is a time only where one is asked for."""
    digits = text.strip(" .,;!?")
    if not (found := _MILITARY.fullmatch(digits)):
        return None
    return Time(60 * int(found[1]) + int(found[2]), sure=int(found[1]) > 12 or found[1][0] == "0", plain=False)


def compare(typed: str, key: str) -> Finding | None:
    """Return what ``typed`` is worth as the time ``key``; None where the key is no time, or nothing like one was typed."""
    wanted = time_of_day(key)
    if wanted is None or not wanted.plain or (mine := time_of_day(typed) or _digits_alone(typed)) is None:
        return None
    if mine.minutes == wanted.minutes == HALF_DAY and ":" in typed:  # 12:00 is noon, on either clock
        return RIGHT
    if mine.minutes == wanted.minutes and (mine.sure or not wanted.sure):
        return RIGHT
    if mine.minutes % HALF_DAY == wanted.minutes % HALF_DAY:
        if not mine.sure:
            return Finding(Verdict.NEAR, "a.m. or p.m.?")
        if wanted.sure:
            return Finding(Verdict.WRONG, "right hour, wrong half of the day")
        return Finding(Verdict.NEAR, "the answer leaves a.m. or p.m. open")
    if mine.minutes // 60 % 12 == wanted.minutes // 60 % 12 and mine.sure == wanted.sure:
        return Finding(Verdict.WRONG, "right hour, wrong minutes")
    return WRONG
