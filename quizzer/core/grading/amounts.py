"""One quantity against another: the same value in other units, a rounder figure, a unit or a rate left out.

A digit that differs is never forgiven. What may be left out is the unit; what may be added is "about".
"""

import re
from fractions import Fraction

from quizzer.core.grading import numerals
from quizzer.core.grading.folding import plain
from quizzer.core.grading.lexicon import COUNTED_ALIKE
from quizzer.core.grading.quantities import LONGEST, Quantity, Reading, quantity
from quizzer.core.grading.units import CURRENCIES, TIMES, UNITS, agree, degrees
from quizzer.core.grading.wording import RIGHT, WRONG, Finding, canonical
from quizzer.core.model import Verdict

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
    told = any(one.unit for one in key.readings)
    for mine in typed.readings:
        for theirs in key.readings:
            if mine.unit and not theirs.unit and told:  # who is aged 12 is 12, but not 12 months
                continue
            if _equal(mine, theirs, typed, key):
                if theirs.doubtful and not mine.doubtful and theirs.value.denominator > 1:  # 5.46 is not 5,460
                    continue
                if mine.doubtful or theirs.doubtful:
                    found = found if found is not WRONG else Finding(Verdict.NEAR, COMMA_OR_POINT)
                elif mine.unit is None and theirs.unit is not None and mine.value == theirs.value:
                    found = Finding(Verdict.NEAR, "the unit is missing")
                else:
                    return _nouns(typed, key)
    if found.note == "the unit is missing":
        nouns = _nouns(typed, key)
        return found if nouns.verdict is Verdict.RIGHT else nouns
    if found is not WRONG:
        return found
    if key.first and any(_equal(mine, key.first, typed, key) and mine.unit for mine in typed.readings):
        return Finding(Verdict.NEAR, "part of the answer is missing")
    if converted := _converted(typed, key):
        return Finding(
            converted, "the same, in another unit" if converted is Verdict.RIGHT else "about the same, in another unit", guessed=True
        )
    if note := _roughly(typed, key):
        return Finding(Verdict.NEAR, note)
    return ROUNDED if _rounds_to(typed, key) else _why_wrong(typed, key)


COMMA_OR_POINT = "comma or point?"


def _step(value: Fraction) -> Fraction:
    """Return what the last digit of a figure counts that is not 0: 100 of 2,300, a tenth of 46.1."""
    step = Fraction(1)
    while value and value % (10 * step) == 0:
        step *= 10
    for _ in range(numerals.LONGEST):
        if value % step == 0:
            break
        step /= 10
    return step


def _digits_of(value: Fraction) -> int:
    return len(str(abs(value / _step(value)).numerator))


def _converted(typed: Quantity, key: Quantity) -> Verdict | None:
    """Return right where one is the other in units of another system (37 °C, 98.6 °F), near where it is so rounded (97 km, 60 miles)."""
    if typed.per != key.per or typed.nouns or key.nouns:
        return None
    for mine in typed.readings:
        for theirs in key.readings:
            if mine.unit is None or theirs.unit is None or mine.doubtful or theirs.doubtful or mine.unit == theirs.unit:
                continue
            one, other = degrees(mine.value, mine.unit[0]), degrees(theirs.value, theirs.unit[0])
            if one is not None and other is not None:
                if mine.unit[0] != theirs.unit[0] and (one == other or 2 * abs(one - other) <= _step(mine.value)):
                    return Verdict.RIGHT if one == other else Verdict.NEAR
            elif mine.unit[0] == theirs.unit[0] and mine.unit[0] not in TIMES | CURRENCIES and not _decimal(mine.unit[1] / theirs.unit[1]):
                for rounded, value in (
                    (mine, theirs.value * theirs.unit[1] / mine.unit[1]),
                    (theirs, mine.value * mine.unit[1] / theirs.unit[1]),
                ):
                    apart = abs(value - rounded.value)
                    if _digits_of(rounded.value) > 1 and 2 * apart <= _step(rounded.value) and 20 * apart <= abs(rounded.value):
                        return Verdict.NEAR
    return None


def _decimal(ratio: Fraction) -> bool:
    while ratio >= 10 and ratio % 10 == 0:
        ratio /= 10
    return ratio == 1 or (ratio < 1 and _decimal(1 / ratio))


def _roughly(typed: Quantity, key: Quantity) -> str:
    """Return how the typed figure is another grain of the key's: rounded and said so ("about 280" for 281), or a decimal more or less."""
    mine, theirs = typed.readings[0], key.readings[0]
    if typed.per != key.per or mine.doubtful or (mine.unit and theirs.unit and mine.unit != theirs.unit) or (mine.unit and not theirs.unit):
        return ""
    one, other = mine.value, theirs.value
    if 20 * abs(one - other) > abs(other) or one == other:
        return ""
    if 2 * abs(one - other) < _step(one) and (typed.bound == "≈" or (other / key.scale).denominator > 1):
        return "close: the answer is more exact"
    if 2 * abs(one - other) < _step(other) and (one / typed.scale).denominator > 1 and (other / key.scale).denominator > 1:
        return "close, but more exact than the answer"
    return ""


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
    step = _step(theirs.value)
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
    if _another_sort(typed, key) or _another_sort(key, typed) or any(noun in UNITS and noun not in key.nouns for noun in typed.nouns):
        return Finding(Verdict.WRONG, "right number, another unit")
    if typed.per != key.per and key.per:
        told = f"per {key.per}" if not key.per.isdigit() else f"per {int(key.per):,}"
        return Finding(Verdict.WRONG, f"the answer is {told}") if typed.per else Finding(Verdict.NEAR, f"“{told}” is missing")
    mine, theirs = ({_singular(canonical(noun)) for noun in one.nouns} for one in (typed, key))
    if mine <= theirs or mine >= theirs:
        return RIGHT if len(mine) <= len(theirs) + 6 else Finding(Verdict.NEAR, "more than the answer")
    note = f"the answer counts {' '.join(key.nouns)}, not {' '.join(typed.nouns)}"
    if mine.isdisjoint(theirs) and _many(typed) and _many(key):
        return Finding(Verdict.WRONG, note)
    return Finding(Verdict.NEAR, note)


def _another_sort(measured: Quantity, counted: Quantity) -> bool:
    """Whether one is measured in a unit (minutes) and the other counts things (pages)."""
    return bool(counted.nouns and not measured.nouns and counted.readings[0].unit is None and measured.readings[0].unit is not None)


def _many(counted: Quantity) -> bool:
    """Whether what is counted is named by one word or two that end like several things: pages, young women."""
    return 0 < len(counted.nouns) < 3 and (counted.nouns[-1].endswith("s") or counted.nouns[-1] in _PLURALS)


_PLURALS = frozenset({"people", "children", "men", "women"})


def _singular(noun: str) -> str:
    noun = noun[:-3] + "y" if noun.endswith("ies") else noun[:-1] if len(noun) > 3 and noun.endswith("s") else noun
    return COUNTED_ALIKE.get(noun, noun)


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
        if mine.value == theirs.value and mine.unit[1] != theirs.unit[1]:
            return Finding(Verdict.WRONG, "right number, another unit")
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
