"""How large text may be to fit a card: reckoned, on the careful side, without knowing the font.

Widths are in em, heights and boxes in millimetres, sizes of type in points.
"""

import re
import unicodedata
from collections.abc import Iterator

POINT = 25.4 / 72  # millimetres
SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
LEADING = 1.3
_NARROW = frozenset("iljtfrI.,:;!|'’()[]{}- /\\\"`")
_WIDE = frozenset("mwMW@%—…")
_CARE = 1.1  # other fonts are as much wider


def height(text: str, *, size: float, wide: float) -> float:
    """Return how high ``text`` is at most, in a box so ``wide``."""
    room = wide / (size * POINT)
    return sum(_lines(line, room) for line in text.split("\n")) * size * POINT * LEADING


def em(text: str) -> float:
    """Return how wide ``text`` is at most in a sans-serif face."""
    return sum(map(_em, text)) * _CARE


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _WIDE or char.isupper():
        return 0.95 if char in _WIDE else 0.75
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0.0
    if char.isascii():
        return 0.57
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" or unicodedata.category(char)[0] in "SC" else 0.68


def _lines(line: str, room: float) -> int:
    """Return in how many lines, ``room`` em wide, the words of ``line`` stand; one that is too long begins a line, and is broken."""
    lines, used = 1, 0.0
    for word in _words(line):
        wide = em(word.rstrip())
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        if wide <= room:
            used += em(word)
            continue
        lines += not word.strip().isalnum()  # it may be broken after a sign that is none of a word as well
        for char in word:
            if used and used + em(char) > room:
                lines, used = lines + 1, 0.0
            used += em(char)
    return lines


def _words(line: str) -> Iterator[str]:
    """Yield what stands together on a line, with the spaces after it; of scripts without spaces each letter stands for itself."""
    for word in re.findall(r"\S+\s*|\s+", line):
        begin = 0
        for at, char in enumerate(word):
            if unicodedata.east_asian_width(char) in "WF":
                if at > begin:
                    yield word[begin:at]
                yield char
                begin = at + 1
        if begin < len(word):
            yield word[begin:]
