"""Lists in brackets that were split inside a date or a number: [May 4, 2018] holds two things, and so does [4,000].

Tells from what stands around the comma, so that a list of days and a list of numbers of three digits are left in peace.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from quizzer.core.grading.lexicon import MONTHS
from quizzer.deckfile.nodes import Items, Node, Text

_MONTH = f"(?:{'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS)}|sept)\\.?"
_DAY = re.compile(rf"(?:.*\W)?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH})", re.IGNORECASE)
_YEAR = re.compile(r"[12]\d{3}(?:\W.*)?")
_THOUSANDS = re.compile(r"(?:.*[^\d.,:])?[1-9]\d{0,2}")
_REST = re.compile(r"\d{3}(?:[^\d.:].*|\.\d.*)?")


def halves(items: Items, text: str) -> Iterator[tuple[Text, Text]]:
    """Yield neighbours that were probably one date or number, neither in quotes; ``text`` is the whole file."""
    if not any(isinstance(node, Text) and node.value[:1].isdigit() for node in items.nodes[1:]):
        return  # a year or three digits would begin so
    commas = [_between(one, other, text) for one, other in pairwise(items.nodes)]
    all_tight = all(comma == "," for comma in commas)
    end: Node | None = None  # the second half of the pair before
    for (one, other), comma in zip(pairwise(items.nodes), commas, strict=True):
        if not isinstance(one, Text) or not isinstance(other, Text) or comma is None:
            continue
        if _DAY.fullmatch(one.value) and _YEAR.fullmatch(other.value):
            yield one, other
        # [100,200,300] is a list written tightly; nobody writes numbers that begin with zeros in one
        elif (
            comma == ","
            and end is not one
            and _THOUSANDS.fullmatch(one.value)
            and _REST.fullmatch(other.value)
            and (not all_tight or (other.value.startswith("0") and len(one.value) != len(other.value)))
        ):
            yield one, other
            end = other


def _between(one: Node, other: Node, text: str) -> str | None:
    """Return the comma between two plain texts with its spaces; None when one is in quotes, an alias, or no text."""
    if not isinstance(one, Text) or not isinstance(other, Text):
        return None
    begin = one.start + len(one.value)
    if other.start <= begin or not text.startswith(one.value, one.start) or not text.startswith(other.value, other.start):
        return None
    comma = text[begin : other.start]
    return "," if comma == "," else ", " if comma.strip() == "," else None
