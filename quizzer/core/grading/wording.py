"""Wording against wording: what two texts in words have in common, and how much of the rest is forgiven."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizzer.core.grading import lexicon, numerals
from quizzer.core.grading.folding import CACHE, plain, tokens
from quizzer.core.grading.typos import slips
from quizzer.core.model import Verdict

LONGEST_OFFICE = 8  # words; a longer text is no office, it speaks of one
MOST_TOKENS = 400  # a longer response is compared whole or not at all


class Finding(NamedTuple):
    """What one wording comes to. ``guessed`` marks a leniency that another known answer would forbid."""

    verdict: Verdict
    note: str = ""
    guessed: bool = False


RIGHT = Finding(Verdict.RIGHT)
WRONG = Finding(Verdict.WRONG)
PART = Finding(Verdict.NEAR, "part of the answer is missing", guessed=True)
RANK = {Verdict.RIGHT: 2, Verdict.NEAR: 1, Verdict.WRONG: 0}
Taken = Callable[[str], bool]  # whether a misspelling happens to be another known answer

_INFLECTIONS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
_SPELLINGS = (
    (re.compile(r"is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)"), "iz"),
    (re.compile(r"(?<=\w{3})our(?=$|s$|ed$|ing$|er$|able$|ite$|ful$)"), "or"),
    (re.compile(r"(?<=\w\w)tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=\w\w)ence$"), "ense"),
)
_DIGITS = {word: str(value) for word, value in numerals.SMALL.items() if word not in ("none", "nil")}
_DIGITS |= {word: f"{value}th" for word, value in numerals.ORDINALS.items()}
_DIGITS |= {word: str(value) for word, value in numerals.ROMAN.items() if len(word) > 1 and word not in ("xi", "vi", "xx")}
_TENS = {word: value for word, value in numerals.SMALL.items() if value in range(20, 100)}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd)")
_TIMES = {"one time": "once", "1 time": "once", "two times": "twice", "2 times": "twice", "2x": "twice"}
_TIMES_OVER = re.compile(rf"\b(?:({'|'.join(_TIMES)}))\b(?! \w*\d)")
_NTH = re.compile(r"(\d+)th")
_ROMAN = re.compile(r"(x{0,3}|xl|lx{0,3})(ix|iv|v?i{0,3})")


@lru_cache(CACHE)
def canonical(token: str) -> str:
    """Return the spelling that stands for all spellings of a word: American, numbers in digits."""
    if token in _DIGITS:
        return _DIGITS[token]
    if token in lexicon.SINGULAR or token in lexicon.AMERICAN:
        return lexicon.SINGULAR.get(token) or lexicon.AMERICAN[token]
    if ordinal := _ORDINAL.fullmatch(token):
        return ordinal[1] + "th"
    if len(token) > 5:
        for pattern, spelling in _SPELLINGS:
            token = pattern.sub(spelling, token)
    return token


def without_articles(words: Sequence[str]) -> list[str]:
    """Return ``words`` without a, an and the where they are articles ("Vitamin A" keeps its A)."""
    kept = [
        word
        for at, word in enumerate(words)
        if not (word == "the" or (word in ("a", "an") and at < len(words) - 1 and (at == 0 or words[at - 1] in lexicon.BEFORE_ARTICLE)))
    ]
    return kept or list(words)


@lru_cache(CACHE)
def forms(text: str) -> tuple[str, ...]:
    """Return the forms by which ``text`` is the same as another: they share one. At least one, "" for a blank text."""
    first = _form(tokens(text))
    if text.isascii():
        return (first,)
    other = _form(tokens(text, digraphs=True))
    return (first,) if other == first else (first, other)


def _form(words: Sequence[str]) -> str:
    if len(words) == 1 and words[0] in lexicon.ASSENT:
        return lexicon.ASSENT[words[0]]
    return squash(_number_last([canonical(word) for word in without_articles(numbered(_rated(words)))]))


def _number_last(words: list[str]) -> list[str]:
    """Turn the Second World War into World War 2; the ordinal of another word stays where it is."""
    if len(words) < 2 or not (found := _NTH.fullmatch(words[0])) or any(word[0].isdigit() for word in words[1:]):
        return words
    rest = words[2:] if words[1] == "of" else words[1:]
    return [*rest, found[1]] if rest else words


def _rated(words: Sequence[str]) -> list[str]:
    """Write once a week, every week and weekly in one way."""
    kept: list[str] = []
    for word in words:
        if word in lexicon.OFTEN:
            if not kept or (kept[-1] not in lexicon.TIMES_OVER and kept[-2:] != ["1", "time"]):
                kept.append("once")
            kept += ["per", lexicon.OFTEN[word]]
        elif word in lexicon.PERIODS and kept and kept[-1] in ("a", "an", "each", "every", "per"):
            if kept[-1] in ("every", "each") and len(kept) == 1:
                kept.insert(0, "once")
            kept[-1:] = ["per", word]
        else:
            kept.append(word)
    return _TIMES_OVER.sub(lambda match: _TIMES[match[1]], " ".join(kept)).split()


def numbered(words: Sequence[str]) -> list[str]:
    """Return ``words`` with the IV of Article IV as a 4 and fifty-one as one number."""
    kept: list[str] = []
    end = 0
    for at, word in enumerate(words):
        if at < end:
            continue
        if word in numerals.SMALL and at + 1 < len(words) and words[at + 1] in ("hundred", "thousand"):
            found = numerals.read(words, at, letters=False)
            if found and not found.ordinal and found.value.denominator == 1:
                kept.append(str(found.value))
                end = found.end
                continue
        if kept and kept[-1] in _TENS and numerals.SMALL.get(word) in range(1, 10):
            kept[-1] = str(_TENS[kept[-1]] + numerals.SMALL[word])
        else:
            kept.append(word)
    if len(kept) > 1 and set(kept[-1]) <= {"i", "v", "x", "l"} and (value := roman(kept[-1])):
        kept[-1] = str(value)
    return kept


def roman(word: str) -> int:
    """Return the value of a Roman numeral below 90, in lower case; 0 where ``word`` is none."""
    if not word or not (found := _ROMAN.fullmatch(word)):
        return 0
    tens = {"xl": 4, "l": 5}.get(found[1]) or (len(found[1]) + (4 if "l" in found[1] else 0))
    ones = {"iv": 4, "ix": 9}.get(found[2]) or (len(found[2]) + (4 if "v" in found[2] else 0))
    return 10 * tens + ones


def squash(words: Sequence[str]) -> str:
    """Return ``words`` run together, with a space left only between digits."""
    out = ""
    parts: list[str] = []
    for word in words:
        if out and out[-1].isdigit() and (word[0].isdigit() or word[0] == "−"):
            parts.append(" ")
        parts.append(word)
        out = word
    return "".join(parts)


def negations(words: Sequence[str]) -> int:
    """Return how many of ``words`` deny something."""
    return sum(word in lexicon.NEGATORS for word in words)


def contradicts(typed: Sequence[str], key: Sequence[str]) -> bool:
    """Whether one text denies what the other says, or says the opposite."""
    if negations(typed) % 2 != negations(key) % 2:
        return True
    return _opposed(typed, key)


def _opposed(typed: Sequence[str], key: Sequence[str]) -> bool:
    only_typed, only_key = set(typed) - set(key), set(key) - set(typed)
    return any(lexicon.OPPOSITES.get(word, frozenset()) & only_key for word in only_typed)


def _another_rank(typed: Sequence[str], key: Sequence[str]) -> bool:
    """Whether two texts name one office but for a deputy, vice or former in one of them."""
    ranks = [{word for word in words if word in lexicon.RANKS} for words in (typed, key)]
    if ranks[0] == ranks[1] or max(len(typed), len(key)) > LONGEST_OFFICE:
        return False
    one, other = ([canonical(word) for word in words if word not in lexicon.RANKS] for words in (typed, key))
    return not lexicon.OFFICES.isdisjoint({*one} & {*other}) and (find(one, other) is not None or find(other, one) is not None)


_ALTERNATIVE = re.compile(r"\s+or\s+|\s*[/|]\s*|\s+and/or\s+")


def alternatives(text: str) -> list[str]:
    """Return the answers a text offers to choose from ("Paris or London"); one, when it offers no choice."""
    return [piece for piece in _ALTERNATIVE.split(plain(text)[:1000]) if piece.strip()]


def better(one: Finding, other: Finding) -> Finding:
    """Return the better of two findings, the first where they are as good."""
    return other if RANK[other.verdict] > RANK[one.verdict] else one


def same(typed: str, key: str) -> bool:
    """Whether two texts say the same but for case, accents, punctuation, spacing, articles and spelling variants."""
    if set(forms(typed)).isdisjoint(forms(key)):
        return False
    return negations(tokens(typed)) == negations(tokens(key)) or forms(key)[0] in ("yes", "no")


def _article_apart(typed: str, key: str) -> bool:
    """Whether two texts differ by the article that Arabic and Hebrew write together with the word."""
    if typed.isascii() or key.isascii():
        return False
    short, long = sorted((squash(tokens(typed)), squash(tokens(key))), key=len)
    return len(short) > 2 and long in ("ال" + short, "ה" + short)


def compare(typed: str, key: str, *, taken: Taken) -> Finding:
    """Return what ``typed`` is worth as ``key``; ``taken`` says of a misspelt word or text whether it is another answer."""
    if same(typed, key) or _article_apart(typed, key):
        return RIGHT
    best = WRONG
    for digraphs in (False, True):
        if digraphs and typed.isascii() and key.isascii():
            break
        mine, theirs = tokens(typed, digraphs=digraphs), tokens(key, digraphs=digraphs)
        if len(mine) > MOST_TOKENS or len(theirs) > MOST_TOKENS or not mine or not theirs:
            break
        one, other = without_articles(numbered(mine)), without_articles(numbered(theirs))
        if contradicts(one, other):
            return Finding(Verdict.WRONG, "the opposite" if _opposed(one, other) else "a “not” too many or too few")
        if _another_rank(one, other):
            return Finding(Verdict.WRONG, "another rank or office")
        best = better(best, _compare(one, other, taken=taken))
        if best.verdict is not Verdict.RIGHT and (turned := (_head_last(one), _head_last(other))) != (one, other):
            best = better(best, _compare(*turned, taken=taken))
    return best


def _compare(mine: list[str], theirs: list[str], *, taken: Taken) -> Finding:
    major, key_major = _major(mine), _major(theirs)
    in_order = [[canonical(word) for word in words] for words in (major, key_major)]
    if in_order[0] == in_order[1] and _nested(mine, theirs):
        return RIGHT
    slip = _slips(major, key_major, taken=taken)
    if slip is not None:
        return slip
    ours, keys = [canonical(word) for word in mine], [canonical(word) for word in theirs]
    if (
        Counter(in_order[0]) == Counter(in_order[1])
        and _nested(mine, theirs)
        and not any(word[0].isdigit() or word[0] == "−" for word in ours)
    ):
        if _of_turned(mine) == [_stem(word) for word in theirs] or [_stem(word) for word in mine] == _of_turned(theirs):
            return RIGHT._replace(guessed=True)
        return Finding(Verdict.NEAR, "another word order", guessed=True)
    if len(keys) > 1 and 0 < len(ours) - len(keys) <= 2 and _in_order(keys, ours) and not any(word[-1].isdigit() for word in keys):
        return Finding(Verdict.NEAR, "more than the answer", guessed=True)
    if (at := find(keys, ours)) is not None:
        extra = ours[:at] + ours[at + len(keys) :]
        if any(word[-1].isdigit() for word in extra) and any(word[-1].isdigit() for word in keys):
            return Finding(Verdict.WRONG, "another number")
        if len(extra) <= len(keys) + 4 and not {"or", "and"} & set(extra):
            return Finding(Verdict.NEAR, "more than the answer", guessed=True)
        return WRONG
    numbers = [word for word in keys if word[0].isdigit()]
    if numbers and [word.removesuffix("th") for word in ours] == [word.removesuffix("th") for word in numbers]:  # 230 of Section 230
        return PART
    if Counter(map(_stem, major)) == Counter(map(_stem, key_major)) and not any(word[0].isdigit() for word in ours):
        if _of_turned(mine) == [_stem(word) for word in theirs] or [_stem(word) for word in mine] == _of_turned(theirs):
            return RIGHT._replace(guessed=True)  # separation of families, family separation
        reordered = [_stem(word) for word in major] != [_stem(word) for word in key_major]
        return Finding(Verdict.NEAR, "another word order" if reordered else "another form of the words", guessed=True)
    if len(mine) > 1 and not numbers and find(_like_words(mine, theirs, taken=taken), keys) is not None:
        return PART
    if _cut_short(ours, keys):
        return Finding(Verdict.NEAR, "cut short", guessed=True)
    half = len(key_major) == 2 and len(major) == 1 and len(major[0]) > 2  # of a name in two parts
    if half and major[0] in lexicon.GENERIC:
        return Finding(Verdict.WRONG, "that could be any")
    if find(ours, keys) is not None and (half or 5 * sum(map(len, major)) >= 2 * sum(map(len, key_major))):
        return PART
    return WRONG


def _of_turned(words: Sequence[str]) -> list[str]:
    """Return the stems of "separation of families" as "family separation" has them; none where there is no "of" between."""
    if words.count("of") != 1 or not 0 < (at := words.index("of")) < len(words) - 1:
        return []
    return [_stem(word) for word in (*words[at + 1 :], *words[:at])]


def _stem(word: str) -> str:
    """Return what the forms of a word have in common: family of families, protest of protesting."""
    word = canonical(word)
    for ending, instead in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)] + instead
    return word


def _in_order(needle: Sequence[str], hay: Sequence[str]) -> bool:
    """Whether all of ``needle`` stands in ``hay`` in its order, with other words between, but for "or" and "and"."""
    rest = iter(hay)
    return all(word in rest for word in needle) and not {"or", "and"} & (set(hay) - set(needle))


def _cut_short(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a text of several words was typed with some of them cut short: Man United, bodycam."""
    if len(theirs) < 2 or any(word[-1].isdigit() for word in theirs):
        return False
    if len(mine) == len(theirs):
        pairs = list(zip(mine, theirs, strict=True))
        whole = any(typed == meant and len(typed) > 2 for typed, meant in pairs)
        return whole and all(typed == meant or (len(typed) > 2 and meant.startswith(typed)) for typed, meant in pairs)
    typed, meant = squash(mine), squash(theirs)
    return len(mine) == 1 and meant.startswith(typed) and len(typed) > len(theirs[0]) and 5 * len(typed) >= 3 * len(meant)


def _like_words(mine: Sequence[str], theirs: Sequence[str], *, taken: Taken) -> list[str]:
    """Return what was typed with each word that is a slip away from one of the key as it stands there."""
    return [
        canonical(next((meant for meant in theirs if word == meant or (slips(word, meant) == 1 and not taken(word))), word))
        for word in mine
    ]


def _head_last(words: list[str]) -> list[str]:
    """Turn the Department of Justice into the Justice Department."""
    return [*words[2:], words[0]] if len(words) > 2 and words[1] == "of" and words[0] in lexicon.HEADS else words


def _major(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in lexicon.MINOR] or list(words)


def _nested(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the minor words of one are among those of the other: missing, not exchanged."""
    one = Counter(word for word in mine if word in lexicon.MINOR)
    other = Counter(word for word in theirs if word in lexicon.MINOR)
    return one <= other or other <= one


def _slips(mine: Sequence[str], theirs: Sequence[str], *, taken: Taken) -> Finding | None:
    if len(mine) != len(theirs):
        return None
    total = 0
    for typed, meant in zip(mine, theirs, strict=True):
        count = 0 if canonical(typed) == canonical(meant) else slips(typed, meant, more=1)
        if count is None or (count and taken(typed)):
            return None
        total += count
    if total > max(2, len(theirs)):
        return None
    return Finding(Verdict.RIGHT, "typo", guessed=True) if total == 1 else Finding(Verdict.NEAR, "check the spelling", guessed=True)


def find(needle: Sequence[str], hay: Sequence[str]) -> int | None:
    """Return where the words of ``needle`` stand in ``hay`` one after the other, or None."""
    if not needle:
        return None
    for at in range(len(hay) - len(needle) + 1):
        if list(hay[at : at + len(needle)]) == list(needle):
            return at
    return None
