"""Slips of the finger: how many letters two words differ by, and which differences are never slips; words written as they sound."""

import re
from functools import lru_cache

from quizzer.core.grading import lexicon, numerals
from quizzer.core.grading.folding import CACHE

_SOUNDS = tuple(
    (re.compile(written), sound)
    for written, sound in (
        (r"ph", "f"),
        (r"sch|sh|ch(?=[eiy])", "s"),
        (r"qu|ck|q|ch", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"th|dt", "t"),
        (r"tz|z", "s"),
        (r"w", "v"),
        (r"(?<=.)(?:[aeiouyh]|j(?=[aeiou]))", ""),
        (r"(.)\1+", r"\1"),
    )
)  # of a folded word, one after another; what is left is its first letter and its consonants
_HEARD = 5  # consonants at the least, where sound alone is to tell that a word is meant


def slips(typed: str, meant: str, *, more: int = 0) -> int | None:
    """Return how many letters two words differ by, where that is forgiven; None where it is not.

    Words of 4 letters may differ by one, of 8 by two; those longer than 5 by ``more`` besides. With ``more``, a long word written
    as it sounds (albuquerk) counts as two letters off.
    """
    if typed == meant:
        return 0
    if not _spellable(typed) or not _spellable(meant) or typed in lexicon.ANSWERS_THEMSELVES or typed in numerals.NUMBER_WORDS:
        return None
    short, long = sorted((typed, meant), key=len)
    if len(short) < 3 or len(long) > 60:
        return None
    if long == short + "s" or (short.endswith("y") and long == short[:-1] + "ies"):
        return 1
    budget = (0 if len(short) < 4 else 1 if len(short) < 8 else 2) + (more if len(short) > 5 else 0)
    if not budget or _another_word(short, long):
        return None
    if typed[0] != meant[0] and not (typed[:2] == meant[1::-1] and len(short) > 4) and not _begin_alike(typed, meant):
        return None
    from rapidfuzz.distance import OSA  # loaded when first needed

    distance = OSA.distance(typed.replace("ph", "f"), meant.replace("ph", "f"), score_cutoff=budget) or 1
    if distance > 2 and more and _sound_alike(short, long):
        return 2
    if distance > budget:
        return None
    if distance == 1 and len(typed) == len(meant) <= 5 and sorted(typed) != sorted(meant) and (len(meant) < 5 or not _vowels(typed, meant)):
        return 2  # another letter in so short a word: likelier another word
    return distance


def _begin_alike(one: str, other: str) -> bool:
    """Whether two words begin with letters that can sound the same: Kamala and Camala, fotograph and photograph."""
    heads = {"f" if word.startswith("ph") else word[0] for word in (one, other)}
    return len(heads) == 1 or any(heads <= group for group in lexicon.SAME_SOUND)


def _sound_alike(short: str, long: str) -> bool:
    from rapidfuzz.distance import OSA

    one, other = _sound(short), _sound(long)
    heard = min(len(one), len(other))
    return heard >= _HEARD and 2 * len(short) > len(long) and OSA.distance(one, other) <= (heard > _HEARD)


@lru_cache(CACHE)
def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = written.sub(sound, word)
    return word


def _spellable(word: str) -> bool:
    return word.isalpha() and word[0] < "\u0780"  # scripts with letters; a changed character of Chinese is another word


def _vowels(one: str, other: str) -> bool:
    return all(a == b or (a in "aeiouy" and b in "aeiouy") for a, b in zip(one, other, strict=True))


def _another_word(short: str, long: str) -> bool:
    if any(long == prefix + short for prefix in lexicon.NEGATIVE_PREFIXES):
        return True
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    for group in lexicon.SWAPS:
        heads = {head for head in group if short.startswith(head)}, {head for head in group if long.startswith(head)}
        if heads[0] and heads[1] and heads[0] != heads[1] and at < 5:
            return True
    for group in lexicon.ENDINGS:
        for ending in group:
            if short.endswith(ending) and any(long == short[: -len(ending)] + other for other in group):
                return True
    return False
