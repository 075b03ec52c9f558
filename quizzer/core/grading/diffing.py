"""How a response differs from the wording it was held against, for the eye."""

import unicodedata
from collections.abc import Iterator, Sequence

from quizzer.core.grading.folding import plain

LONGEST = 300  # characters of either text; longer ones are shown one after the other

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # would turn the text around them

Diff = tuple[tuple[str, str], ...]


def shown(response: str) -> str:
    """Return a response as it is displayed: on one line, single-spaced, without control characters, cut short with "…"."""
    line = " ".join(response[: 20 * LONGEST].split())
    if not line.isprintable():
        line = "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cs") and char not in _DIRECTIONS)
    return line if len(line) <= 2 * LONGEST else line[: 2 * LONGEST - 1] + "…"


def diff(response: str, matched: str) -> Diff:
    """Return the pieces of ``shown(response)`` and ``matched``: "=" in both, "-" only typed, "+" only in the key.

    "=" and "-" joined are ``shown(response)``; "=" and "+" joined are ``matched``. No piece is empty.
    """
    typed = shown(response)
    if typed == matched:
        return (("=", typed),) if typed else ()
    if max(len(typed), len(matched)) > LONGEST or not typed or not matched:
        return tuple(piece for piece in (("-", typed), ("+", matched)) if piece[1])
    return tuple(_merged(_by_words(_words(typed), _words(matched))))


def _words(text: str) -> list[str]:
    """Cut a text into words and the spaces between them."""
    cut: list[str] = []
    for char in text:
        if cut and char.isalnum() and cut[-1][-1].isalnum():
            cut[-1] += char
        else:
            cut.append(char)
    return cut


def _by_words(typed: Sequence[str], matched: Sequence[str]) -> Iterator[tuple[str, str]]:
    from rapidfuzz.distance import Indel  # loaded when first needed

    removed, added = "", ""
    for code in Indel.opcodes(typed, matched):
        if code.tag == "equal":
            yield from _by_letters(removed, added)
            removed, added = "", ""
            yield "=", "".join(typed[code.src_start : code.src_end])
        else:
            removed += "".join(typed[code.src_start : code.src_end])
            added += "".join(matched[code.dest_start : code.dest_end])
    yield from _by_letters(removed, added)


def _by_letters(removed: str, added: str) -> Iterator[tuple[str, str]]:
    from rapidfuzz.distance import Indel  # loaded when first needed

    if not removed or not added or Indel.normalized_similarity(plain(removed), plain(added)) < 0.6:
        yield "-", removed
        yield "+", added
        return
    for code in Indel.opcodes(removed, added):
        if code.tag == "equal":
            yield "=", removed[code.src_start : code.src_end]
        else:
            yield "-", removed[code.src_start : code.src_end]
            yield "+", added[code.dest_start : code.dest_end]


def _merged(pieces: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    last = ("", "")
    for op, text in pieces:
        if not text:
            continue
        if op == last[0]:
            last = (op, last[1] + text)
            continue
        if last[1]:
            yield last
        last = (op, text)
    if last[1]:
        yield last
