"""Names typed short: initials for all or some of the words (P&G, NY Times, WW2), words cut to their usual abbreviation (Mt., N., Art.)."""

from collections.abc import Iterator, Sequence

from quizzer.core.grading.folding import tokens
from quizzer.core.grading.lexicon import ABBREVIATIONS, MORE_ABBREVIATIONS, SMALL_WORDS
from quizzer.core.grading.wording import canonical, numbered

LONGEST = 12  # words; a longer name is not typed so


def stands_for(typed: str, key: str) -> bool:
    """Whether ``typed`` is ``key`` with words abbreviated or two or more of them run into their initials, and nothing else changed."""
    words, wanted = numbered(_no_article(tokens(typed))), numbered(_no_article(tokens(key)))
    if not words or not 2 <= len(wanted) <= LONGEST or len(words) > LONGEST:
        return False
    if len(words) > 1 and all((len(word) == 1 and word.isalpha()) or word == "and" for word in words):  # P&G
        words = ["".join(word for word in words if word != "and")]
    if words == [wanted[0]] or (len(words) == 1 and len(words[0]) < 3 and not _is_number(wanted[-1]) and len(wanted) != 3):
        return False
    return _fits(words, wanted)


def _no_article(words: Sequence[str]) -> list[str]:
    return [word for word in words if word != "the"] or list(words)


def _is_number(word: str) -> bool:
    return canonical(word)[0].isdigit()


def _fits(words: Sequence[str], wanted: Sequence[str]) -> bool:
    if not words or not wanted:
        return not words and not wanted
    word, meant = words[0], wanted[0]
    if (canonical(word) == canonical(meant) or meant in (ABBREVIATIONS.get(word), MORE_ABBREVIATIONS.get(word))) and _fits(
        words[1:], wanted[1:]
    ):
        return True
    if word in SMALL_WORDS and word == meant:
        return False
    return any(
        word == short and _fits(words[1:], wanted[length:]) for length in range(2, len(wanted) + 1) for short in _initials(wanted[:length])
    )


def _initials(words: Sequence[str]) -> Iterator[str]:
    """Yield what the words come to in initials: numbers stand whole, in digits or as they are written; small words may be passed over."""
    if _is_number(words[0]):
        return
    for kept in (words, [word for word in words if word not in SMALL_WORDS]):
        if len(kept) > 1:
            yield "".join(canonical(word) if _is_number(word) else word[0] for word in kept)
            if _is_number(kept[-1]):
                yield "".join(word[0] for word in kept[:-1]) + _roman(canonical(kept[-1]))


def _roman(digits: str) -> str:
    if not digits.isdecimal() or not 0 < int(digits) < 90:
        return digits
    tens, ones = divmod(int(digits), 10)
    return ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")[tens] + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
