"""The same name in another alphabet: Путин is Putin, Αθήνα is Athina, 서울 is Seoul.

The only module that imports ``anyascii``. What Latin letters cannot settle (which vowels an Arabic name has, how many letters
a Russian ending is given) is left out of the comparison; so it is tried only where the two texts are in two alphabets.
"""

import re
from functools import lru_cache

from quizzer.core.grading.folding import CACHE, plain
from quizzer.core.model import Verdict

NOTE = "in another alphabet"
VOWELS = "in another alphabet, which leaves the vowels open"
LONGEST = 200  # characters; a longer text is not transliterated

_SAME_SOUND = (
    (re.compile(r"shch|sch|sh|ch|tch|tsch"), "s"),
    (re.compile(r"kh|x|ch|h"), "h"),
    (re.compile(r"zh|j(?=[aeou])"), "z"),
    (re.compile(r"ts|tz|cz|c(?=[ei])"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ck|c|q"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"oo|ou|yu|ju|iu"), "u"),
    (re.compile(r"i?ya|i?ja|ia"), "a"),
    (re.compile(r"i?ye|i?je|ie|yo|jo|io|ee"), "e"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"i+(?=$|\s)|(?<=[a-z])y(?=$|\s)"), "i"),
)
_UNWRITTEN = (re.compile(r"[aeiou]"), re.compile(r"[aeiouvh]"))  # v and h may stand for vowels


def in_latin(text: str) -> str:
    """Return the text in ASCII, letters of other alphabets as they sound; what goes beyond ``LONGEST`` is left out."""
    from anyascii import anyascii

    return anyascii(text[:LONGEST])


def differ(one: str, other: str) -> bool:
    """Whether exactly one of two texts has letters of another alphabet than Latin."""
    if (one.isascii() and other.isascii()) or max(len(one), len(other)) > LONGEST:
        return False
    return _foreign(one) != _foreign(other)


def _foreign(text: str) -> bool:
    return any(char > "\u0370" and char.isalpha() and not "\u1e00" <= char <= "\u1eff" for char in plain(text))


def without_vowels(text: str) -> bool:
    """Whether ``text`` is in an alphabet that mostly writes no vowels: Hebrew, Arabic and their kin."""
    return any("\u0590" <= char <= "\u08ff" and char.isalpha() for char in text)


@lru_cache(CACHE)
def romanised(text: str) -> str:
    """Return ``text`` in ASCII letters."""
    from anyascii import anyascii  # loaded when first needed

    return anyascii(text)


def sounds(text: str) -> str:
    """Return how ``text`` sounds, roughly: spellings that transliterators use for one letter become one."""
    words = " ".join(re.findall(r"[a-z0-9]+", plain(romanised(text)).replace("'", "")))
    for pattern, instead in _SAME_SOUND:
        words = pattern.sub(instead, words)
    return words


def alike(one: str, other: str) -> Verdict:
    """Return RIGHT where two texts in two alphabets sound the same, NEAR where but for unwritten vowels they may, else WRONG."""
    first, second = (sounds(text).replace(" ", "") for text in (one, other))
    if first == second and first:
        return Verdict.RIGHT
    if without_vowels(one) or without_vowels(other):
        for vowels in _UNWRITTEN:
            bare, other_bare = (re.sub(r"(.)\1+", r"\1", vowels.sub("", text)) for text in (first, second))
            if bare == other_bare and bare:
                return Verdict.NEAR  # Muhammad, or Mahmud
    return Verdict.WRONG
