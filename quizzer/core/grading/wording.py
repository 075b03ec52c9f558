"""Wording against wording: what two texts in words have in common, and how much of the rest is forgiven."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizzer.core.grading import lexicon, numerals
from quizzer.core.grading.folding import CACHE, plain, tokens
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


@lru_cache(CACHE)
def canonical(token: str) -> str:
    """Return the spelling that stands for all spellings of a word: American, numbers in digits."""
    if token in _DIGITS:
        return _DIGITS[token]
    if token in lexicon.AMERICAN:
        return lexicon.AMERICAN[token]
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
    return squash([canonical(word) for word in without_articles(numbered(words))])


def numbered(words: Sequence[str]) -> list[str]:
    """Return ``words`` with the I of World War I as a 1 and fifty-one as one number."""
    kept: list[str] = []
    for word in words:
        if kept and kept[-1] in _TENS and numerals.SMALL.get(word) in range(1, 10):
            kept[-1] = str(_TENS[kept[-1]] + numerals.SMALL[word])
        else:
            kept.append(word)
    if len(kept) > 1 and kept[-1] == "i":
        kept[-1] = "1"
    return kept


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


def slips(typed: str, meant: str, *, more: int = 0) -> int | None:
    """Return how many letters two words differ by, where that is forgiven; None where it is not.

    Words of 4 letters may differ by one, of 8 by two; those longer than 5 by ``more`` besides.
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
    if not budget or len(long) - len(short) > budget or _another_word(short, long):
        return None
    if typed[0] != meant[0] and not (typed[:2] == meant[1::-1] and len(short) > 4) and not _begin_alike(typed, meant):
        return None
    from rapidfuzz.distance import OSA  # loaded when first needed

    distance = OSA.distance(typed, meant, score_cutoff=budget)
    if distance > budget:
        return None
    if distance == 1 and len(typed) == len(meant) <= 5 and sorted(typed) != sorted(meant) and (len(meant) < 5 or not _vowels(typed, meant)):
        return 2  # another letter in so short a word: likelier another word
    return distance


def _begin_alike(one: str, other: str) -> bool:
    """Whether two words begin with letters that can sound the same: Kamala and Camala, fotograph and photograph."""
    heads = {"f" if word.startswith("ph") else word[0] for word in (one, other)}
    return len(heads) == 1 or any(heads <= group for group in lexicon.SAME_SOUND)


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
    return not set(forms(typed)).isdisjoint(forms(key)) and negations(tokens(typed)) == negations(tokens(key))


def compare(typed: str, key: str, *, taken: Taken) -> Finding:
    """Return what ``typed`` is worth as ``key``; ``taken`` says of a misspelt word or text whether it is another answer."""
    if same(typed, key):
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
        return Finding(Verdict.NEAR, "another word order", guessed=True)
    if (at := find(keys, ours)) is not None:
        extra = ours[:at] + ours[at + len(keys) :]
        if any(word[-1].isdigit() for word in extra) and any(word[-1].isdigit() for word in keys):
            return Finding(Verdict.WRONG, "another number")
        if len(extra) <= len(keys) + 4 and not {"or", "and"} & set(extra):
            return Finding(Verdict.NEAR, "more than the answer", guessed=True)
        return WRONG
    numbers = [word for word in keys if word[0].isdigit()]
    if numbers and ours == numbers:  # 230 of Section 230
        return Finding(Verdict.NEAR, "part of the answer is missing", guessed=True)
    if Counter(map(_stem, major)) == Counter(map(_stem, key_major)) and not any(word[0].isdigit() for word in ours):
        reordered = [_stem(word) for word in major] != [_stem(word) for word in key_major]
        return Finding(Verdict.NEAR, "another word order" if reordered else "another form of the words", guessed=True)
    if len(mine) > 1 and not numbers and find(_like_words(mine, theirs, taken=taken), keys) is not None:
        return Finding(Verdict.NEAR, "part of the answer is missing", guessed=True)
    if _cut_short(ours, keys):
        return Finding(Verdict.NEAR, "cut short", guessed=True)
    if find(ours, keys) is not None and 5 * sum(map(len, major)) >= 2 * sum(map(len, key_major)):
        return Finding(Verdict.NEAR, "part of the answer is missing", guessed=True)
    return WRONG


def _stem(word: str) -> str:
    """Return what the forms of a word have in common: family of families, protest of protesting."""
    word = canonical(word)
    for ending, instead in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)] + instead
    return word


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
        count = 0 if canonical(typed) == canonical(meant) else slips(typed, meant)
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
