"""Quantities: how many, how much, how long, for what price, and from what to what.

A quantity is read to an exact value; one text may be read in more ways than one.
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
from quizzer.core.grading.typos import slips
from quizzer.core.grading.units import CURRENCIES, LONGEST_NAME, UNITS, Unit

LONGEST = 200  # characters; a longer text is no quantity


class Reading(NamedTuple):
    """One way to take a quantity: ``value`` of a unit (None: none is named). ``doubtful``: not the English way."""

    value: Fraction
    unit: Unit | None = None
    doubtful: bool = False


class Quantity(NamedTuple):
    """How much of what.

    ``bound`` is "≈" (about), "≥" (at least, over), "≤" (at most, under) or "" (no such word); ``per`` is that of which it is a rate
    ("day", "person", "100000"), ``first`` the larger part of an amount in two units (3 days and 4 hours).
    """

    readings: tuple[Reading, ...]
    bound: str = ""
    nouns: tuple[str, ...] = ()
    scale: int = 1
    part: bool = False
    ordinal: bool = False
    per: str = ""
    first: Reading | None = None


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


def _in_small_change(match: re.Match[str]) -> str:
    """Say of what the last figure of 12 pounds 50 is."""
    return f"{match[1]} {match[2]} {match[3]} {'pence' if match[2][0] in 'pq' else 'cents'}"


_SHORTHAND = (
    (re.compile(r"(?<=\d)h(?=\d\d?\b)"), " h "),
    (re.compile(r"(?<= h )(\d\d?)\b(?!\s*m)"), r"\1 min"),
    (re.compile(r"(\d)\s?(?:'|ft\.?|feet|foot)\s?(\d\d?)\s?(?:''|\"|in\b\.?|inch(?:es)?)?$"), r"\1 feet \2 inches"),
    (re.compile(r"(?<=\d)\s?'$"), " feet"),
    (_GLUED, r"\1 \2"),
    (re.compile(r"(\d) (pounds?|dollars?|euros?|quid) (?:and )?(\d\d)$"), _in_small_change),
    (
        re.compile(
            r"^([a-z]+(?:[ -][a-z]+)?) (pounds?|dollars?|euros?|quid) "
            r"((?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -]\w+)?|ten|fifteen)$"
        ),
        _in_small_change,
    ),
    (re.compile(r"^([a-z]+) (?:foot|feet) ([a-z]+)$"), r"\1 feet \2 inches"),
    (re.compile(r"^(.+?)(?: degrees?)? below(?: zero)?$"), r"minus \1 degrees"),
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


_PERIOD = {name: name for name in ("second", "minute", "hour", "day", "night", "week", "month", "quarter", "year")}
_PERIOD |= {"annum": "year", "yr": "year", "wk": "week", "mo": "month", "hr": "hour", "min": "minute", "sec": "second", "h": "hour"}
_HEADS = dict.fromkeys(("person", "people", "capita", "head", "inhabitant", "resident"), "person")
_EACH = _PERIOD | _HEADS | {name: name for name in ("household", "family", "student", "barrel", "gallon", "ounce", "share", "vote")}
_RATE = re.compile(
    rf"(?:\s*/\s*|\s+(?:per|each|every)\s+)(?:({'|'.join(_EACH)})s?|(\d[\d,]*(?:\s?(?:k|thousand|million|hundred))?)(?:\s\w+)?)$"
    rf"|(?<!\bhalf)(?<!\bquarter)(?<!\bof)(?<!\bin)(?<!\band)(?<!\bthan)(?<!\bfor)(?<!\babout)(?<!\bnearly)\s+an?\s+({'|'.join(_EACH)})$"
    r"|\s+(hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually|apiece)$"
)
_SPEED = re.compile(r"\b(?:miles?|kilomet(?:re|er)s?|km)\s?(?:/|per|an)\s?h")
_AGED = re.compile(r"\bage[ds]?\s+(?=\S)")
_AGE = re.compile(r"(?<=\w)[\s-]years?[\s-]olds?\b|(?<=\d)\s?(?:yo|y/o|yrs? old|years? of age)\b")


def _rate(text: str) -> tuple[str, str]:
    """Split what is counted from that of which it is a rate: $25 a day, 12 per 100,000 people; "" where it is none."""
    text = text.strip(" ,;!?").rstrip(".")
    if _SPEED.search(text) or not (found := _RATE.search(text)) or not found.start():
        return text, ""
    if found[4]:
        adverbs = {"daily": "day", "annually": "year", "apiece": "person"}
        return text[: found.start()], adverbs.get(found[4], found[4].removesuffix("ly"))
    if found[2]:
        of = quantity(found[2])
        return (text[: found.start()], str(of.readings[0].value)) if of and found[0].lstrip()[:3] == "per" else (text, "")
    return text[: found.start()], _EACH[found[1] or found[3]]


def _scientific(digits: str, exponent: int) -> str:
    value = Fraction(digits) * 10**exponent
    return str(value) if value.denominator == 1 and exponent <= 30 else digits


def _lexemes(text: str) -> list[str]:
    return [lexeme.strip() for lexeme in _LEXEME.findall(_JOINT.sub(" ", text)) if lexeme not in ",.;:!?()[]\"'"]


@lru_cache(CACHE)
def quantity(text: str) -> Quantity | None:
    """Return the one quantity that ``text`` states, or None when it states none, or several."""
    text = plain(text) if len(text) <= LONGEST else ""
    text, per = _rate(text)
    text, aged = _AGED.subn(" ", text)
    text, old = _AGE.subn(" ", text)
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
    if best and (aged or old) and all(reading.unit is None for reading in best.readings):
        years = tuple(reading._replace(unit=("calendar", Fraction(12))) for reading in best.readings)
        best = best._replace(readings=best.readings + years if aged else years)  # who is aged 12 is 12
    return best._replace(per=per) if best else None


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
    for link in (["in"], ["out", "of"], ["of"]):  # one in ten, 9 out of 10
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
            first = Reading(amounts[0][0].value, (dimension, sizes[0]))
            total = sum((number.value * size for (number, _, _), size in zip(amounts, sizes, strict=True)), Fraction(0))
            return Quantity((Reading(total, (dimension, Fraction(1))),), nouns=tuple(nouns), first=first)
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
