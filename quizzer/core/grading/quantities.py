"""Quantities: how many, how much, how long, for what price, and from what to what.

A quantity is compared by value, exactly: a digit that differs is never forgiven. What may be left out is the unit; what
may be added is "about".
"""

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from quizzer.core.grading import numerals
from quizzer.core.grading.folding import CACHE, plain
from quizzer.core.grading.lexicon import word_set
from quizzer.core.grading.units import CURRENCIES, LONGEST_NAME, TIMES, UNITS, Unit, agree
from quizzer.core.grading.wording import RIGHT, WRONG, Finding, canonical, slips
from quizzer.core.model import Verdict

LONGEST = 200  # characters; a longer text is no quantity


class Reading(NamedTuple):
    """One way to take a quantity: ``value`` of a unit (None: none is named). ``doubtful``: not the English way."""

    value: Fraction
    unit: Unit | None = None
    doubtful: bool = False


class Quantity(NamedTuple):
    """How much of what. ``bound`` is "≈" (about), "≥" (at least, over), "≤" (at most, under) or "" (no such word)."""

    readings: tuple[Reading, ...]
    bound: str = ""
    nouns: tuple[str, ...] = ()
    scale: int = 1
    part: bool = False
    ordinal: bool = False


_BOUNDS = {
    "≥": r"not? (?:fewer|less) than|more than|at least|upwards of|greater than|in excess of|exceeding|over|above",
    "≤": r"not? more than|less than|fewer than|at most|as many as|as much as|up to|under|below",
    "≈": r"an estimated|estimated|approximately|approx|about|around|roughly|nearly|almost|close to|circa|some|ca?(?=\.? ?\d)",
}
_SIGNS = {">": "≥", "≥": "≥", "<": "≤", "≤": "≤", "~": "≈", "≈": "≈"}
_BOUND = re.compile("|".join(rf"\b({phrases})(?!\w)\.?" for phrases in _BOUNDS.values()) + "|([<>≤≥~≈])=?")
_AFTER = {
    "≥": re.compile(r"\bor (?:more|over|above|greater)\b|(?<=\d)\+"),
    "≤": re.compile(r"\bor (?:less|fewer|under|below)\b"),
    "≈": re.compile(r"\bor so\b"),
}
_JOINT = re.compile(r"(?<=[^\W\d])-(?=\w)|(?<=\d)-(?=[^\W\d])")
_LEXEME = re.compile(rf"{numerals.NUMERAL.pattern}|[^\W\d_]+|[^\w\s]\s?(?=[cf]\b)|[^\w\s]|\^")
_NOISE = word_set("the of a an it was were is are there that in all total exactly only just precisely old long ago for at by to on and")
_WORD = re.compile(r"[^\W\d_]+|\d")
_MAY_BEGIN = numerals.NUMBER_WORDS | {"a", "an", "twice"}
_GLUED = re.compile(r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty)(one|two|three|four|five|six|seven|eight|nine)\b")
_SHORTHAND = (
    (re.compile(r"(?<=\d)h(?=\d\d?\b)"), " h "),
    (re.compile(r"(?<= h )(\d\d?)\b(?!\s*m)"), r"\1 min"),
    (re.compile(r"(\d)\s?(?:'|ft\.?|feet|foot)\s?(\d\d?)\s?(?:''|\"|in\b\.?|inch(?:es)?)?$"), r"\1 feet \2 inches"),
    (re.compile(r"(?<=\d)\s?'$"), " feet"),
    (_GLUED, r"\1 \2"),
    (re.compile(r"(?<=\d)\s?grand\b"), " thousand"),
    (re.compile(r"\btwice\b"), "2 times"),
    (re.compile(r"\b(k?m)\^?2\b"), r"sq \1"),
    (re.compile(r"\bm\^?3\b"), "cubic metres"),
    (re.compile(r"\b(\d{1,9}(?:\.\d{1,9})?)(?:\s*[x×*]\s*10\^|e)([1-9]\d?)\b"), lambda match: _scientific(match[1], int(match[2]))),
    (re.compile(r"\b10\^([1-9]\d?)\b"), lambda match: _scientific("1", int(match[1]))),
)
_NO_QUANTITY = re.compile(r"\d:\d|\d/\d+/|[^\W\d]\d|\^|\d\s?[ap]\.?\s?m\b")  # 12:30, 1/2/3, B52, 3 p.m.
_MONEY_SIGN = re.compile(r"[$€£¥₹]")
_DENIALS = word_set("not no never isnt wasnt arent werent neither nor without")


def _scientific(digits: str, exponent: int) -> str:
    value = Fraction(digits) * 10**exponent
    return str(value) if value.denominator == 1 and exponent <= 30 else digits


def _lexemes(text: str) -> list[str]:
    return [lexeme.strip() for lexeme in _LEXEME.findall(_JOINT.sub(" ", text)) if lexeme not in ",.;:!?()[]\"'"]


@lru_cache(CACHE)
def quantity(text: str) -> Quantity | None:
    """Return the one quantity that ``text`` states, or None when it states none, or several."""
    text = plain(text) if len(text) <= LONGEST else ""
    if not any(word in _MAY_BEGIN or word.isdigit() for word in _WORD.findall(text)) and not _GLUED.search(text):
        return None
    for pattern, instead in _SHORTHAND:
        text = pattern.sub(instead, text)
    if _NO_QUANTITY.search(text):
        return None
    bound = ""
    for sign, pattern in _AFTER.items():
        text, count = pattern.subn(" ", text)
        bound = sign if count else bound
    found = [_SIGNS.get(match[4] or "") or list(_BOUNDS)[(match.lastindex or 1) - 1] for match in _BOUND.finditer(text)]
    text = _BOUND.sub(" ", text)
    exact = [sign for sign in found if sign != "≈"]
    bound = exact[0] if exact else found[0] if found else bound
    words = _lexemes(text)
    european = any(numerals.is_ambiguous(word) or numerals.numeral(word) is None for word in words if word[-1].isdigit())
    best: Quantity | None = None
    for doubtful in (False, True) if european else (False,):
        for letters in (True,) if _MONEY_SIGN.search(text) else (True, False):
            one = _read(words, european=doubtful, letters=letters)
            if one is None:
                continue
            if best is None:
                best = one._replace(bound=bound)
            else:
                new = (reading._replace(doubtful=doubtful) for reading in one.readings if _is_new(reading, best.readings))
                best = best._replace(readings=best.readings + tuple(new))
    return best


def _is_new(reading: Reading, others: Sequence[Reading]) -> bool:
    """Whether a second way to read a text is worth keeping; nobody writes 5,000 for 5."""
    return all(
        (reading.value, reading.unit) != (other.value, other.unit)
        and not (reading.value.denominator == 1 and other.value == 1000 * reading.value)
        for other in others
    )


def _read(words: Sequence[str], *, european: bool, letters: bool) -> Quantity | None:
    amounts: list[tuple[numerals.Number, int, tuple[Unit, ...]]] = []
    nouns: list[str] = []
    currency: tuple[Unit, ...] = ()
    sign, at = 1, 0
    while at < len(words):
        word = words[at]
        if word in ("-", "minus", "negative", "−") and not amounts:
            sign, at = -1, at + 1
        elif word == "+":
            at += 1
        elif number := _number(words, at, european=european, letters=letters):
            at, units = _unit(words, number.end)
            if units and words[at : at + 2] == ["and", "a"] and words[at + 2 : at + 3] in (["half"], ["quarter"]):
                number = number._replace(value=number.value + numerals.HALVES[words[at + 2]])
                at += 3
            amounts.append((number, sign, units))
            sign = 1
        elif at + 1 < len(words) and words[at + 1][-1].isdigit() and _is_currency(word):
            at, currency = at + 1, UNITS[word]
        elif not word[0].isalnum() and (found := _unit(words, at))[1]:
            at, currency = found
        elif word in ("us", "c", "a", "ca", "au") and words[at + 1 : at + 2] == ["$"]:
            at, currency = _unit(words, at)
        elif word[-1].isdigit():
            return None
        else:
            if word[0].isalpha() and word not in _NOISE:
                nouns.append(word)
            at += 1
    if not amounts or sum(noun in _DENIALS for noun in nouns) % 2:
        return None
    if len(amounts) == 1:
        number, sign, units = amounts[0]
        units = currency or units
        readings = tuple(Reading(sign * number.value, unit) for unit in units or (None,))
        return Quantity(readings, nouns=tuple(nouns), scale=number.scale, part=number.part, ordinal=number.ordinal)
    return _compound(amounts, nouns)


def _number(words: Sequence[str], at: int, *, european: bool, letters: bool) -> numerals.Number | None:
    if words[at] in ("in", "out"):
        return None
    number = numerals.read(words, at, european=european, letters=letters)
    if number is None:
        if words[at] in ("a", "an") and _unit(words, at + 1)[1]:
            return numerals.Number(Fraction(1), at + 1)
        return None
    for link in (["in"], ["out", "of"]):  # one in ten, 9 out of 10
        end = number.end + len(link)
        if (
            list(words[number.end : end]) == link
            and end < len(words)
            and (of := numerals.read(words, end, european=european))
            and of.value > number.value > 0
        ):
            return numerals.Number(number.value / of.value, of.end, part=True)
    if number.part and words[number.end : number.end + 1] and words[number.end] in ("of", "a", "an"):
        end = number.end
        while end < len(words) and words[end] in ("of", "a", "an"):
            end += 1
        if _unit(words, end)[1]:
            return number._replace(end=end)
    return number


def _is_currency(word: str) -> bool:
    """Whether a word that stands before a number is a currency: USD 5."""
    return all(dimension in CURRENCIES for dimension, _ in UNITS.get(word, (("", Fraction(0)),)))


def _unit(words: Sequence[str], at: int) -> tuple[int, tuple[Unit, ...]]:
    for length in range(LONGEST_NAME, 0, -1):
        if len(words) >= at + length and (units := UNITS.get(" ".join(words[at : at + length]))):
            return at + length, units
    return at, ()


def _compound(amounts: Sequence[tuple[numerals.Number, int, tuple[Unit, ...]]], nouns: Sequence[str]) -> Quantity | None:
    """1 hour 30 minutes, 5 dollars and 20 cents: amounts of one dimension, each unit smaller than the one before."""
    common = set.intersection(*({dimension for dimension, _ in units} for _, _, units in amounts))
    for dimension in sorted(common):
        sizes = [next(size for name, size in units if name == dimension) for _, _, units in amounts]
        if all(one > other for one, other in itertools.pairwise(sizes)):
            total = sum((number.value * size for (number, _, _), size in zip(amounts, sizes, strict=True)), Fraction(0))
            return Quantity((Reading(total, (dimension, Fraction(1))),), nouns=tuple(nouns))
    return None


def mended(text: str) -> str:
    """Return ``text`` with each misspelt number word (five thosand) put right, where only one can be meant."""

    return re.sub(r"[^\W\d_]+", lambda match: _mended(match[0]), plain(text)) if len(text) <= LONGEST else text


@lru_cache(CACHE)
def _mended(word: str) -> str:
    if len(word) < 4 or word in numerals.NUMBER_WORDS or word in UNITS:
        return word
    close = [number for number in numerals.NUMBER_WORDS if slips(word, number) == 1]
    return close[0] if len(close) == 1 else word


_COMMAS = r"\d+(?:,\d+)+"  # compiled when first needed


def misplaced(text: str, key: Quantity) -> str:
    """Return what went wrong in ``text`` whose commas group no thousands (3,0000), where that can be told; "" elsewhere."""
    if key.readings[0].value < 1000 or not any(numerals.numeral(found) is None for found in re.findall(_COMMAS, plain(text[:LONGEST]))):
        return ""
    typed = quantity(re.sub(_COMMAS, lambda match: match[0].replace(",", ""), plain(text)))
    for times, note in ((Fraction(1), "a misplaced comma"), (Fraction(10), "a digit too many"), (Fraction(1, 10), "a digit too few")):
        aim = key._replace(readings=tuple(one._replace(value=one.value * times) for one in key.readings))
        if typed and any(_equal(mine, theirs, typed, aim) for mine in typed.readings for theirs in aim.readings):
            return note
    return ""


def compare(typed: Quantity, key: Quantity) -> Finding:
    """Return what one quantity is worth as the other."""
    found = WRONG
    for mine in typed.readings:
        for theirs in key.readings:
            if _equal(mine, theirs, typed, key):
                if mine.doubtful or theirs.doubtful:
                    found = Finding(Verdict.NEAR, "comma or point?")
                elif mine.unit is None and theirs.unit is not None and mine.value == theirs.value:
                    found = Finding(Verdict.NEAR, "the unit is missing")
                else:
                    return _nouns(typed, key)
    if found.note == "the unit is missing":
        nouns = _nouns(typed, key)
        return found if nouns.verdict is Verdict.RIGHT else nouns
    if found is not WRONG:
        return found
    return ROUNDED if _rounds_to(typed, key) else _why_wrong(typed, key)


ROUNDED = Finding(Verdict.NEAR, "close: the answer is a round figure")
_ROUNDING = Fraction(1, 20)  # how far from a round figure what it stands for may lie


def _rounds_to(typed: Quantity, key: Quantity) -> bool:
    """Whether the key is hedged ("about 280", "more than 5,000") and the typed figure is one that it may be the round of."""
    mine, theirs = typed.readings[0], key.readings[0]
    if not key.bound or theirs.value <= 0 or (mine.unit and not theirs.unit):
        return False
    if mine.unit and theirs.unit and not agree(mine.unit[0], theirs.unit[0]):
        return False
    value = mine.value * mine.unit[1] / theirs.unit[1] if mine.unit and theirs.unit else mine.value
    if (key.bound == "≥" and value < theirs.value) or (key.bound == "≤" and value > theirs.value):
        return False
    step = Fraction(1)
    while theirs.value % (10 * step) == 0:
        step *= 10
    while theirs.value % step:
        step /= 10
    near_enough = abs(value - theirs.value) <= theirs.value * _ROUNDING
    return near_enough and (key.bound != "≈" or 2 * abs(value - theirs.value) <= step)


def _equal(mine: Reading, theirs: Reading, typed: Quantity, key: Quantity) -> bool:
    if mine.unit is None or theirs.unit is None:
        if mine.value == theirs.value:
            return True
        percent = mine if mine.unit and mine.unit[0] == "percent" else theirs if theirs.unit and theirs.unit[0] == "percent" else None
        other = theirs if percent is mine else mine
        whose = typed if percent is theirs else key
        shared = whose.part or (percent is theirs and 0 < other.value < 1 and percent.value > 1)  # half; 0.42
        return percent is not None and shared and percent.value == 100 * other.value
    return agree(mine.unit[0], theirs.unit[0]) and mine.value * mine.unit[1] == theirs.value * theirs.unit[1]


def _nouns(typed: Quantity, key: Quantity) -> Finding:
    if {typed.bound, key.bound} == {"≥", "≤"}:
        return Finding(Verdict.WRONG, "the other way round")
    if typed.bound in ("≥", "≤") and typed.bound != key.bound:
        return Finding(Verdict.NEAR, f"the answer does not say “{'more' if typed.bound == '≥' else 'less'} than”")
    if _another_sort(typed, key) or _another_sort(key, typed):
        return Finding(Verdict.WRONG, "right number, another unit")
    mine, theirs = ({_singular(canonical(noun)) for noun in one.nouns} for one in (typed, key))
    if mine <= theirs or mine >= theirs:
        return RIGHT if len(mine) <= len(theirs) + 6 else Finding(Verdict.NEAR, "more than the answer")
    return Finding(Verdict.NEAR, f"the answer counts {' '.join(key.nouns)}, not {' '.join(typed.nouns)}")


def _another_sort(measured: Quantity, counted: Quantity) -> bool:
    """Whether one is measured in a unit (minutes) and the other counts things (pages)."""
    return bool(counted.nouns and not measured.nouns and counted.readings[0].unit is None and measured.readings[0].unit is not None)


def _singular(noun: str) -> str:
    return noun[:-1] if len(noun) > 3 and noun.endswith("s") else noun


def _why_wrong(typed: Quantity, key: Quantity) -> Finding:
    mine, theirs = next(
        ((one, other) for one in typed.readings for other in key.readings if one.unit and other.unit and agree(one.unit[0], other.unit[0])),
        (typed.readings[0], key.readings[0]),
    )
    if mine.unit and theirs.unit:
        if not any(agree(one.unit[0], other.unit[0]) for one in typed.readings for other in key.readings if one.unit and other.unit):
            if _about_as_long(mine, theirs):
                return Finding(Verdict.NEAR, "about as long")
            return Finding(Verdict.WRONG, "right number, another unit" if mine.value == theirs.value else "another number and another unit")
        ratio = (mine.value * mine.unit[1]) / (theirs.value * theirs.unit[1]) if theirs.value else Fraction(0)
    else:
        ratio = mine.value / theirs.value if theirs.value else Fraction(0)
    percent = mine if mine.unit and mine.unit[0] == "percent" else theirs if theirs.unit and theirs.unit[0] == "percent" else None
    other, whose = (theirs, key) if percent is mine else (mine, typed)
    if percent and other.unit is None and whose.part:
        return Finding(Verdict.NEAR, "about as much") if abs(100 * other.value - percent.value) < 1 else WRONG
    for steps in range(1, 13):
        if ratio == 10**steps:
            return Finding(Verdict.WRONG, f"{10**steps:,} times too large")
        if ratio * 10**steps == 1:
            return Finding(Verdict.WRONG, f"{10**steps:,} times too small")
    return Finding(Verdict.WRONG, "minus instead of plus, or the other way round") if ratio == -1 else WRONG


def _about_as_long(mine: Reading, theirs: Reading) -> bool:
    """Whether one counts days and the other months or years, and they can be the same while."""
    if not mine.unit or not theirs.unit or {mine.unit[0], theirs.unit[0]} != TIMES:
        return False
    days, months = sorted((mine, theirs), key=lambda reading: reading.unit[0] != "time" if reading.unit else True)
    assert days.unit is not None and months.unit is not None
    length, count = days.value * days.unit[1] / 86400, months.value * months.unit[1]
    return 28 * count <= length <= 31 * count if count < 12 else 364 * count <= 12 * length <= 366 * count
