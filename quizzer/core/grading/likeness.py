"""What a text without a sort of its own may also be: a person's name, several things, the country's own of what the key names.

An author need not say of what sort an answer is; what is forgiven here is what would be forgiven had it been said.
"""

import re
from functools import lru_cache

from quizzer.core.grading import lexicon, sorts, wording
from quizzer.core.grading.folding import CACHE, tokens
from quizzer.core.grading.typos import slips
from quizzer.core.grading.wording import RIGHT, Finding, Taken
from quizzer.core.model import AnswerType, Verdict

LONGEST = 120  # characters; a longer text is looked at as text alone

infer_type = lru_cache(CACHE)(sorts.infer_type)
_LINK = re.compile(r"\s*(?:[,;+&/]|(?<!\w)(?:and|plus)(?!\w)|\n)\s*(?:(?:and|plus)\s)?", re.IGNORECASE)
_AND = re.compile(r"&|\+|\band\b", re.IGNORECASE)
_SUFFIXES = lexicon.SUFFIXES | {"ii", "iii", "iv"}
_NAMED_SO = lexicon.word_set("us usa american united british uk")
_OURS = lexicon.word_set("us usa american federal national united states of america british uk english")


@lru_cache(CACHE)
def sort_of(text: str) -> AnswerType:
    """Return what sort of answer a text shows itself to be."""
    return infer_type(text) if len(text) <= LONGEST else AnswerType.TEXT


@lru_cache(CACHE)
def may_be_person(text: str) -> bool:
    """Whether a text is two or three capitalised words that can be a person's name."""
    words = text.split()
    if not 1 <= len(words) <= 3 or not all(word[0].isupper() and not any(char.isdigit() for char in word) for word in words):
        return False
    folded = tokens(text)
    return bool(folded) and folded[0] not in lexicon.TITLES | lexicon.PARTICLES and lexicon.SMALL_WORDS.isdisjoint(folded)


def is_given_name(word: str) -> bool:
    """Whether a folded word is a first name that has a short form."""
    return any(word in group for group in lexicon.NICKNAMES)


def same_name(typed: str, key: str) -> bool:
    """Whether two texts have the words of one name between them, initials, titles and suffixes aside."""
    wanted = [word for word in tokens(key) if word not in _SUFFIXES]
    words = [word for word in tokens(typed) if word not in _SUFFIXES]
    while len(words) > 1 and words[0] in lexicon.TITLES and words[0] not in wanted:
        words = words[1:]
    if (
        not words
        or not wanted
        or (len(wanted) == 1 and len(tokens(typed)) == 1)
        or ("," not in typed and not _one_slip(words[-1], wanted[-1]))
    ):
        return False
    if is_given_name(wanted[0]) or (len(words) == 1 and len(wanted) == 2):
        return True
    if "," not in typed:
        words[-1] = wanted[-1]
    loose = [word for word in words if word not in wanted]
    missing = [word for word in wanted if word not in words]
    return all(len(word) == 1 for word in loose) and all(any(word[0] == one for one in loose) for word in missing)


def _one_slip(typed: str, meant: str) -> bool:
    return wording.canonical(typed) == wording.canonical(meant) or slips(typed, meant) == 1


def as_list(typed: str, key: str, *, taken: Taken) -> Finding | None:
    """Return what ``typed`` is worth where the key names several things ("ICE and CBP"): all in any order, or some of them."""
    if len(key) > LONGEST or len(typed) > LONGEST or not _AND.search(key):
        return None
    things = [thing for thing in _LINK.split(key) if thing.strip()]
    if not 2 <= len(things) <= 6 or any(len(thing.split()) > 4 or thing[0].isdigit() for thing in things):
        return None
    pieces = [piece for piece in _LINK.split(typed) if piece.strip()]
    left = list(things)
    for piece in pieces:
        found = next((thing for thing in left if wording.compare(piece, thing, taken=taken).verdict is Verdict.RIGHT), None)
        if found is None:
            return None
        left.remove(found)
    if not left:
        return RIGHT._replace(guessed=True)
    return Finding(Verdict.NEAR, f"{len(things) - len(left)} of {len(things)}: missing {', '.join(left)}", guessed=True) if pieces else None


def with_kind(typed: str, key: str) -> bool:
    """Whether ``typed`` is the key and says besides only of what kind it is: the zero tolerance policy, the F-35 fighter jet."""
    if len(typed) > LONGEST:
        return False
    words, wanted = ([word for word in tokens(text) if word != "the"] for text in (typed, key))
    told = words[len(wanted) :]
    if not 1 <= len(told) <= 2 or words[: len(wanted)] != wanted or (len(wanted) < 2 and not any(map(str.isdigit, key))):
        return False
    return lexicon.KINDS.issuperset(told)


def with_country(typed: str, key: str) -> bool:
    """Whether ``typed`` is the key and says besides only whose it is: the US president, the Supreme Court of the United States."""
    if len(typed) > LONGEST:
        return False
    words, wanted = ([word for word in tokens(text) if word != "the"] for text in (typed, key))
    if len(words) <= len(wanted) or not wanted or wanted[0] in _NAMED_SO or (at := wording.find(wanted, words)) is None:
        return False
    before, after = words[:at], words[at + len(wanted) :]
    if lexicon.REGIONS.intersection((" ".join(wanted),)):
        return False
    told = set(before) <= _OURS - {"of"} and (not after or (after[0] in ("of", "in") and " ".join(after[1:]) in lexicon.REGIONS))
    return told and not (before and before[-1] == "united")
