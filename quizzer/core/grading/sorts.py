"""What sort of answer a key looks like."""

import re

from quizzer.core.grading.dates import dates
from quizzer.core.grading.folding import plain
from quizzer.core.grading.lexicon import word_set
from quizzer.core.grading.quantities import Quantity, quantity
from quizzer.core.grading.ranges import span
from quizzer.core.grading.units import CURRENCIES, TIMES
from quizzer.core.model import AnswerType

LONGEST = 60

_HONORIFICS = word_set("""
Mr Mrs Ms Miss Dr Sen Rep Gov Prof Rev Sgt Lt Capt Col Gen Senator Congressman Congresswoman Governor President Judge Justice Chancellor
Secretary Professor
""")
_SURNAME_WORDS = re.compile(r"(?: (?:[A-Z][\w'’-]*\.?|van|von|de|der|di|da|bin|al)){1,4}")
_DOUBTFUL = re.compile(
    r"\d[a-z](?![a-z])|\d:\d|(?<![\d.,])0\d|\d\.\d*0(?!\d)"  # 3D, 12:30, 007, 1.10
    r"|\b(?:none|nil|zero)\b.*\w|^none$|(?<!\w)one\b(?! in \w+$).*\s\w"  # zero tolerance, one nation
    r"|\d\s?/\s?(?!(?:2|3|4|5|6|8|10|100)(?!\d))\d"  # 9/11
)
_PLAIN_START = re.compile(
    r"^\W*(?:(?:about|around|approximately|roughly|nearly|almost|some|over|more|than|at|least|most|up|to|fewer|less|under|an?|minus|us)\s+)*\W*"
)
_PLURALS = ("s", "children", "people", "men", "women")


def infer_type(key: str) -> AnswerType:
    """Return what sort of answer ``key`` looks like, TEXT when in doubt.

    A person is told from a place only by an honorific; a bare number from 1500 to 2100 is a year.
    """
    key = " ".join(key.split())
    if not key or len(key) > LONGEST:
        return AnswerType.TEXT
    honorific, _, _ = key.partition(" ")
    if honorific.rstrip(".") in _HONORIFICS and _SURNAME_WORDS.fullmatch(key, len(honorific)):
        return AnswerType.PERSON
    if _is_date(key):
        return AnswerType.DATE
    text = plain(key)
    money = re.search(r"[$€£¥₹₽₩]\s?\d", key) is not None
    if not money and _DOUBTFUL.search(text):
        return AnswerType.TEXT
    if _capitalised(key) and not re.search(r"\d", key):
        return AnswerType.TEXT
    if (found := span(key)) and not _capitalised(key, but_months=True):
        if (
            not isinstance(found.low, Quantity)
            or not isinstance(found.high, Quantity)
            or found.low.readings[0].value < found.high.readings[0].value
        ):
            return AnswerType.RANGE
        return AnswerType.TEXT
    one = quantity(key)
    if one is None or _capitalised(key) or not _is_count(text, one):
        return AnswerType.TEXT
    dimensions = {reading.unit[0] for reading in one.readings if reading.unit}
    if dimensions and dimensions <= CURRENCIES:
        return AnswerType.MONEY
    if dimensions == {"percent"} and not one.nouns:
        return AnswerType.PERCENTAGE
    return AnswerType.DURATION if dimensions and dimensions <= TIMES and not one.nouns else AnswerType.NUMBER


def _is_date(key: str) -> bool:
    if re.fullmatch(r"\d+", key):
        return len(key) == 4 and 1500 <= int(key) <= 2100
    if not re.search(r"\d", key):
        return False
    found = dates(key)
    if not found or found[0].note not in ("", "day or month first?"):
        return False
    date = found[0]
    if date.year is not None and len(date.fields) == 1:
        return date.year < 0 or 1000 <= date.year <= 2100
    return date.year is not None or date.decade is not None or date.century is not None or (date.month is not None and date.day is not None)


def _capitalised(key: str, *, but_months: bool = False) -> bool:
    """Whether a word after the first is capitalised, or the first where a number follows: then it is a name."""
    words = re.findall(r"[^\W\d_]+", key)
    if but_months:
        words = [word for word in words if not any(not date.note for date in dates(f"{word} 1999"))]
    upper = [word for word in words if word[0].isupper() and word not in ("US", "USD", "EUR", "GBP", "C", "F", "A")]
    if not upper:
        return False
    return upper != [words[0]] or not key.startswith(upper[0]) or not _number_word(upper[0])


def _number_word(word: str) -> bool:
    return quantity(word) is not None or plain(word) in (
        "about",
        "around",
        "more",
        "over",
        "at",
        "nearly",
        "almost",
        "some",
        "up",
        "between",
        "from",
        "a",
        "an",
    )


def _is_count(text: str, one: Quantity) -> bool:
    if one.ordinal and one.nouns:
        return False
    if len(one.nouns) > 3 or not one.nouns:
        return not one.nouns
    start = _PLAIN_START.sub("", text)
    if start[:1].isdigit() or re.match(r"[$€£¥₹]", text):
        return True
    return "-" not in text and text.endswith(_PLURALS) and quantity(start.split()[0]) is not None
