"""Numbers as people write them: digits with their marks, words, ordinals, fractions, and mixtures of these.

Values are exact fractions. Numerals of more than ``LONGEST`` characters are no numbers here: they are compared as text.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from quizzer.core.grading.lexicon import listed

LONGEST = 40

SMALL = {
    word: number
    for number, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten "
            "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        )
    )
}
SMALL |= {word: 10 * number for number, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)}
SMALL |= {"nil": 0, "none": 0, "nought": 0, "naught": 0, "fourty": 40, "ninty": 90, "fiveteen": 15}  # zeros; common misspellings
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "dozen": 12,
}
SCALES |= {f"{word}s": value for word, value in SCALES.items() if value > 10**5}
LETTER_SCALES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bil": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
            "seventeenth eighteenth nineteenth"
        ),
        start=1,
    )
}
ORDINALS |= {word[:-1] + "ieth": value for word, value in SMALL.items() if value >= 20 and word not in ("fourty", "ninty")}
ORDINALS |= {"eigth": 8, "twelth": 12, "nineth": 9}
_ORDINAL_SCALES = {f"{word}th": value for word, value in SCALES.items() if not word.endswith("s") and word != "dozen"}
ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        listed("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii"), start=1
    )
}
HALVES = {"half": Fraction(1, 2), "halves": Fraction(1, 2), "quarter": Fraction(1, 4), "quarters": Fraction(1, 4)}
_SINGLE_PARTS = HALVES | {word: Fraction(1, value) for word, value in (ORDINALS | _ORDINAL_SCALES).items() if value > 2}
_PARTS = _SINGLE_PARTS | {f"{word}s": value for word, value in _SINGLE_PARTS.items()}
NUMBER_WORDS = frozenset({*SMALL, *SCALES, *ORDINALS, *_ORDINAL_SCALES, *HALVES})

_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d{1,3}(?:'\d{3})+(?:\.\d+)?|\d*\.?\d+")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:'\d{3})+(?:,\d+)?|\d*,?\d+")
NUMERAL = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\.?\d(?:[\d.,']*\d)?")


def numeral(text: str, *, european: bool = False) -> Fraction | None:
    """Return what digits and their marks come to, or None when they are no number ("1.2.3").

    The English reading has 1,000 for a thousand and 1.5 for one and a half; the ``european`` one 1.000 and 1,5.
    """
    text = text.replace(" ", "")
    if len(text) > LONGEST:
        return None
    if european:
        if not _EUROPEAN.fullmatch(text):
            return None
        text = text.replace(".", "").replace(",", ".")
    elif not _ENGLISH.fullmatch(text):
        return None
    return Fraction(text.replace(",", "").replace("'", ""))


def is_ambiguous(text: str) -> bool:
    """Whether a numeral means one number in English and another on the continent ("1.000")."""
    english, continental = numeral(text), numeral(text, european=True)
    return english is not None and continental is not None and english != continental


class Number(NamedTuple):
    """A number read from words: its value, where the words go on, and what of its shape counts later."""

    value: Fraction
    end: int
    scale: int = 1  # the last of thousand, million … in it
    ordinal: bool = False
    part: bool = False  # a half, two thirds, one in ten


def _part(words: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    """Read "a half", "half", "three quarters" at ``at``."""
    if at >= len(words):
        return None
    if words[at] in ("half", "quarter"):
        return HALVES[words[at]], at + 1
    if at + 1 < len(words):
        count, what = words[at], words[at + 1]
        if count in ("a", "an", "one") and what in _SINGLE_PARTS:
            return _SINGLE_PARTS[what], at + 2
        if (
            (top := SMALL.get(count) or (int(count) if count.isdecimal() and len(count) < 4 else 0))
            and what in _PARTS
            and what.endswith("s")
        ):
            return top * _PARTS[what], at + 2
    return None


def _slash(words: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    """Read "3 / 4" at ``at``."""
    if at + 2 < len(words) and words[at + 1] == "/" and all(words[place].isdecimal() and len(words[place]) < 10 for place in (at, at + 2)):
        bottom = int(words[at + 2])
        return (Fraction(int(words[at]), bottom), at + 3) if bottom else None
    return None


def read(words: Sequence[str], at: int, *, european: bool = False, letters: bool = True) -> Number | None:
    """Return the number that begins at ``words[at]``, or None. ``letters``: k, m, bn after digits are scales, not units."""
    if found := _part(words, at) or _slash(words, at):
        return _scaled_part(*found, words)
    total, scale, started, ordinal, part = Fraction(0), 1, at, False, False
    current: Fraction | None = None
    limit: int | None = None
    while at < len(words):
        word = words[at]
        if current is None and word[-1].isdigit():
            if total and (found := _slash(words, at)):
                break
            current = numeral(word, european=european)
            if current is None:
                return None
            at += 1
            if found := _slash(words, at):  # 1 1/2
                current, at, part = current + found[0], found[1], True
            elif at < len(words) and (words[at] in LETTER_SCALES and letters):
                scale = LETTER_SCALES[words[at]]
                return Number(total + current * scale, at + 1, scale)
            elif at < len(words) and words[at] in ("st", "nd", "rd", "th"):
                return Number(total + current, at + 1, ordinal=True)
            continue
        if (value := SMALL.get(word)) is not None or (value := ORDINALS.get(word)) is not None:
            if current is not None and not _joins(current, value):
                break
            if current is None and limit is not None and value >= limit:
                break
            ordinal = word in ORDINALS
            current = (current or Fraction(0)) + value
            at += 1
            if ordinal:
                break
        elif word in SCALES or word in _ORDINAL_SCALES:
            ordinal = word in _ORDINAL_SCALES
            factor = _ORDINAL_SCALES[word] if ordinal else SCALES[word]
            if factor == 100 and (current < 100 if current is not None else limit is None):
                current = 100 * (current if current is not None else Fraction(1))
                scale = 100
            elif limit is None or factor < limit:
                total += (1 if current is None else current) * factor
                current, scale, limit = None, factor, factor
            else:
                break
            at += 1
            if ordinal:
                break
        elif word == "a" and at == started and at + 1 < len(words) and words[at + 1] in SCALES:
            at += 1
        elif word == "and" and at > started and (found := _part(words, at + 1)) and found[0] < 1:
            if current is not None:
                current += found[0]
            else:
                total += found[0] * scale
            at, part = found[1], True
        elif word == "and" and at > started and _goes_on(words, at + 1, current, limit):
            at += 1
        elif word == "point" and at > started and current is not None and current.denominator == 1 and (digits := _digits(words, at + 1)):
            current += Fraction(int(digits), 10 ** len(digits))
            at += 1 + len(digits)
        else:
            break
    if at == started or (current is None and not total):
        return None
    return Number(total + (current or 0), at, scale, ordinal, part)


def _scaled_part(value: Fraction, at: int, words: Sequence[str]) -> Number:
    """Read on after a part: half a million, a quarter of a million, one in ten."""
    end = at
    while end < len(words) and words[end] in ("a", "an", "of"):
        end += 1
    if end < len(words) and words[end] in SCALES:
        return Number(value * SCALES[words[end]], end + 1, SCALES[words[end]])
    return Number(value, at, part=True)


def _joins(current: Fraction, value: int) -> bool:
    if current.denominator != 1:
        return False
    if current and current % 100 == 0:
        return value < 100
    return 20 <= current % 100 <= 90 and current % 10 == 0 and 0 < value < 10


def _goes_on(words: Sequence[str], at: int, current: Fraction | None, limit: int | None) -> bool:
    """Whether what follows "and" belongs to the number: two hundred and five, a thousand and one."""
    if at >= len(words) or (words[at] not in SMALL and words[at] not in ORDINALS):
        return False
    return current % 100 == 0 and current != 0 if current is not None else limit is not None


def _digits(words: Sequence[str], at: int) -> str:
    digits = ""
    while at < len(words) and len(digits) < LONGEST and SMALL.get(words[at], 10) < 10:
        digits += str(SMALL[words[at]])
        at += 1
    return digits
