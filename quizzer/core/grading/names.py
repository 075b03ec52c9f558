"""Names of persons: titles, given names, surnames, and who else may be meant."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizzer.core.grading.folding import CACHE, plain
from quizzer.core.grading.lexicon import (
    FAMILY_FIRST,
    FIRST_NAMES,
    GIVEN_SPELLINGS,
    NEGATORS,
    NICKNAMES,
    NO_OFFICES,
    PARTICLES,
    RANKS,
    SUFFIXES,
    SURELY_FAMILY_FIRST,
    TITLES,
    TITLES_IN_FULL,
    listed,
)
from quizzer.core.grading.numerals import ROMAN
from quizzer.core.grading.typos import slips
from quizzer.core.grading.wording import RIGHT, WRONG, Finding
from quizzer.core.model import Verdict

INITIALS = "initials alone"
LONGEST = 150  # characters; a longer text is no name

_GENERATIONS = {"junior": "jr", "senior": "sr"}
_ROMAN = tuple(ROMAN)
_ORDINAL = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
)
_REIGN = {numeral: numeral for numeral in _ROMAN[1:]} | {word: _ROMAN[at] for at, word in enumerate(_ORDINAL)}
_REIGN |= {f"{at}{end}": numeral for at, numeral in enumerate(_ROMAN, start=1) for end in ("", "st", "nd", "rd", "th")}


class Name(NamedTuple):
    """A person's name: the words of the given names and of the surname (particles with it), and what follows them (jr, viii)."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    rank: str = ""

    @property
    def core(self) -> tuple[str, ...]:
        """The surname without its particles: Gogh of van Gogh."""
        at = 0
        while at < len(self.family) - 1 and self.family[at] in PARTICLES:
            at += 1
        return self.family[at:]

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the name, given names first."""
        return self.given + self.family


def _words(text: str) -> list[str]:
    text = plain(text).replace("'", "").replace(".", " ")
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)


def _pieces(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(piece for word in words for piece in word.split("-"))


@lru_cache(CACHE)
def names(text: str) -> tuple[Name, ...]:
    """Return the ways to read ``text`` as a person's name, the likeliest first."""
    if len(text) > LONGEST:
        return ()
    head, comma, tail = text.partition(",")
    if not comma:
        return _readings(_words(text))
    words = _words(tail)
    if not words:
        return _readings(_words(head))
    if all(word in SUFFIXES or word in _REIGN for word in words):
        return _readings(_words(head) + words)
    if "," in tail:
        head_of_tail, _, rank = tail.partition(",")
        if all(word in SUFFIXES for word in _words(rank)):
            return _readings(_words(head_of_tail) + _words(head) + _words(rank))
    if words[0] in TITLES and len(words) > 1:
        return _readings(_words(head))
    family = _words(head)
    if len(family) > 1 and all(word in TITLES for word in family):  # the inspector general, Michael Horowitz
        return _readings(words)
    given = _pieces(words)
    while len(given) > 1 and given[0] in TITLES:
        given = given[1:]
    return (Name(given, _pieces(family)),) if family else ()


def _readings(words: list[str]) -> tuple[Name, ...]:
    while len(words) > 1 and words[0] in TITLES and not (len(words) == 2 and words[0] in FIRST_NAMES):
        words = words[1:]
    rank = last = ""
    if "of" in words[2:] and words[words.index("of", 2) - 1] in _REIGN:  # Henry VIII of England
        words = words[: words.index("of", 2)]
    while len(words) > 1 and (words[-1] in SUFFIXES or words[-1] in _REIGN):
        last = words.pop()
        rank = _GENERATIONS.get(last, _REIGN.get(last, last)) if last in _REIGN or last in ("jr", "sr", *_GENERATIONS) else rank
        if len(words) > 1 and words[-1] == "the":
            words.pop()
    if not words:
        return ()
    at = len(words) - 1
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    if at == 1 and words[0] in PARTICLES and len(words) > 1:
        at = 0
    readings = [Name(_pieces(words[:at]), _pieces(words[at:]), rank)]
    if words[0] in FAMILY_FIRST and (len(words) == 3 or (len(words) == 2 and ("-" in words[1] or words[0] in SURELY_FAMILY_FIRST))):
        readings.append(Name(_pieces(words[1:]), (words[0],), rank))
    if len(words) == 1 and rank and last in SURELY_FAMILY_FIRST:  # Jinping Xi is not the eleventh
        readings.append(Name((words[0],), (last,)))
    return tuple(readings)


def _given_fits(one: str, other: str) -> bool:
    """Whether two given names can be one person's: the same, an initial, short for the other."""
    if one == other or ((len(one) == 1 or len(other) == 1) and one[0] == other[0]):
        return True
    short, long = sorted((one, other), key=len)
    return (len(short) >= 3 and long.startswith(short)) or any(one in group and other in group for group in NICKNAMES)


def _givens_fit(one: Sequence[str], other: Sequence[str]) -> bool:
    if not one or not other:
        return True
    one, other = _initials_apart(one, other), _initials_apart(other, one)
    if not _given_fits(one[0], other[0]):
        return len(one) == 1 and len(one[0]) > 1 and one[0] in other[1:]  # called by the middle name
    middle, other_middle = one[1:], other[1:]
    if not middle or not other_middle:
        return True
    return len(middle) == len(other_middle) and all(map(_given_fits, middle, other_middle))


def _initials_apart(one: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    """Take JF apart where the other name is John F."""
    return tuple(one[0]) if len(one) == 1 and 1 < len(one[0]) < 4 and one[0] == "".join(word[0] for word in other) else one


def may_be_one(one: Name, other: Name) -> bool:
    """Whether two names can be the same person's."""
    if one.core != other.core or (one.rank and other.rank and one.rank != other.rank):
        return False
    return _givens_fit(one.given, other.given)


Rivals = Callable[[Name], Iterable[Name]]  # the known persons with the surname of a name


def compare(typed: str, key: str, *, rivals: Rivals, taken: Callable[[str], bool]) -> Finding:
    """Return what ``typed`` is worth as the name ``key``; a surname is enough where no other known person bears it."""
    found = WRONG
    for mine in names(typed):
        for theirs in names(key):
            one = _compare(mine, theirs, rivals=rivals, taken=taken)
            if one.verdict is Verdict.RIGHT and not one.note:
                return _titled(typed, key)
            if found.verdict is Verdict.WRONG or one.verdict is Verdict.RIGHT:
                found = one
    return found


def lacks_given(typed: str, key: str) -> bool:
    """Whether a name is a surname alone, with no given name, initial or office before it, and the key's is more."""
    mine, theirs = names(typed), names(key)
    return bool(mine and theirs and theirs[0].given) and not mine[0].given and not _offices(typed)


def _offices(text: str) -> frozenset[str]:
    """Return the offices that the titles before a name tell of, in full; none where it bears none."""
    words = _words(text.partition(",")[0])
    at = 0
    while at < len(words) - 1 and words[at] in TITLES:
        at += 1
    return frozenset(TITLES_IN_FULL.get(word, word) for word in words[:at] if word not in NO_OFFICES)


def _titled(typed: str, key: str) -> Finding:
    """Return what a name that is right is worth with its title."""
    mine, theirs = _offices(typed), _offices(key)
    if not mine or mine == theirs:
        return RIGHT
    if not theirs:
        return Finding(Verdict.RIGHT, "the answer names no title")
    if (mine <= theirs or mine >= theirs) and RANKS.isdisjoint(mine ^ theirs):
        return RIGHT
    return Finding(Verdict.NEAR, "another title")


def _compare(mine: Name, key: Name, *, rivals: Rivals, taken: Callable[[str], bool]) -> Finding:
    if mine.rank and key.rank and mine.rank != key.rank:
        return Finding(Verdict.WRONG, f"{_ranked(key.rank)}, not {_ranked(mine.rank)}" if mine.family == key.family else "")
    if not NEGATORS.isdisjoint(mine.words) and NEGATORS.isdisjoint(key.words):
        return Finding(Verdict.WRONG, "a “not” too many or too few")
    words = mine.words
    if key.rank and not mine.rank and not key.given:
        return Finding(Verdict.NEAR, f"which {_title(words)}?") if words == key.words else WRONG
    if "".join(words) in ("".join(key.words), "".join(key.family), "".join(key.core)):  # degaulle
        words = key.words if "".join(words) == "".join(key.words) else key.family
    for family in dict.fromkeys((key.family, key.core)):
        cut = len(words) - len(family)
        if cut < 0:
            continue
        count = _slips(words[cut:], family, taken=taken)
        if count is None:
            continue
        return _with_surname(words[:cut], count, mine, key, rivals)
    if words == key.given[: len(words)]:
        return Finding(Verdict.NEAR, "a first name alone" if len(words) == 1 else "the surname is missing", guessed=True)
    if len(key.core) > 1 and words in ((key.core[0],), (key.core[-1],)):
        return Finding(Verdict.NEAR, "half the surname", guessed=True)
    if len(words) == 1 and len(words[0]) > 1 and words[0] == "".join(word[0] for word in key.words):  # FDR
        return Finding(Verdict.RIGHT if len(words[0]) > 2 else Verdict.NEAR, INITIALS, guessed=True)
    if len(words) < 4 and words == key.family + key.given:
        return Finding(Verdict.RIGHT, "surname first", guessed=True)
    if sorted(words) == sorted(key.words):
        return Finding(Verdict.NEAR, "another word order")
    return WRONG


def _with_surname(given: tuple[str, ...], count: int, mine: Name, key: Name, rivals: Rivals) -> Finding:
    if given and key.given and given == key.given[-len(given) :]:
        given = () if len(given) < len(key.given) and len(given[0]) > 1 else given  # García Márquez
    if not _givens_fit(given, key.given):
        slip = slips(given[0], key.given[0]) if given and len(given) <= len(key.given) else None
        if slip and not any(other.given[:1] == given[:1] for other in rivals(key)):
            count += slip
        elif key.given and given[-len(key.given) :] == key.given:
            return Finding(Verdict.NEAR, "more names than the answer", guessed=True)
        elif set(given[1:]) & set(key.given[1:]) and _given_fits(given[0], key.given[0]):
            return Finding(Verdict.NEAR, "another middle name", guessed=True)
        else:
            return Finding(Verdict.WRONG, "right surname, another first name" if len(given) <= 3 else "")
    elif any(not may_be_one(other, key) and may_be_one(Name(given, other.family, mine.rank), other) for other in rivals(key)):
        return Finding(Verdict.NEAR, f"which {_title([word for word in key.family if len(word) > 1])}?")
    if count == 0:
        if given and key.given and any(given[0] != key.given[0] and {given[0], key.given[0]} <= group for group in GIVEN_SPELLINGS):
            return Finding(Verdict.RIGHT, f"spelt {_title(key.given[:1])}", guessed=True)
        return RIGHT
    return Finding(Verdict.RIGHT, "typo", guessed=True) if count == 1 else Finding(Verdict.NEAR, "check the spelling", guessed=True)


def _ranked(rank: str) -> str:
    return rank.upper() if rank in _ROMAN else rank.capitalize()


def _title(words: Sequence[str]) -> str:
    return " ".join(word if word in PARTICLES else word.capitalize() for word in words)


def _slips(mine: Sequence[str], theirs: Sequence[str], *, taken: Callable[[str], bool]) -> int | None:
    total = 0
    for typed, meant in zip(mine, theirs, strict=True):
        count = slips(typed, meant, more=1)
        if count is None or (count and taken(typed)):
            return None
        total += count
    return total if total <= 2 else None
