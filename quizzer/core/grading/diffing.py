"""How a response differs from the wording it was held against, for the eye."""

import unicodedata
from collections.abc import Iterator, Sequence

from quizzer.core.grading.folding import plain

LONGEST = 300  # characters of either text; longer ones are shown one after the other

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # would turn the text around them

_JOINER = "\u200d"  # joins pictures to one

Diff = tuple[tuple[str, str], ...]


def shown(response: str) -> str:
    """Return a response as it is displayed: on one line, single-spaced, without control characters, cut short with "…"."""
    line = " ".join(unicodedata.normalize("NFC", response[: 20 * LONGEST]).split())
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


def _letters(text: str) -> list[str]:
    """Cut a text into letters, each with the marks and joined pictures that belong to it."""
    cut: list[str] = []
    for char in text:
        if cut and (_belongs(char) or cut[-1][-1] == _JOINER):
            cut[-1] += char
        else:
            cut.append(char)
    return cut


def _belongs(char: str) -> bool:
    return char >= "\u0300" and (
        unicodedata.category(char) in ("Mn", "Me", "Mc") or char == _JOINER or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _words(text: str) -> list[str]:
    """Cut a text into words and the spaces between them."""
    cut: list[str] = []
    word = False
    for letter in _letters(text):
        if word and letter[0].isalnum():
            cut[-1] += letter
        else:
            cut.append(letter)
        word = letter[0].isalnum()
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
    typed, meant = _letters(removed), _letters(added)
    for code in Indel.opcodes(typed, meant):
        if code.tag == "equal":
            yield "=", "".join(typed[code.src_start : code.src_end])
        else:
            yield "-", "".join(typed[code.src_start : code.src_end])
            yield "+", "".join(meant[code.dest_start : code.dest_end])


def _merged(pieces: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join what stands side by side: what was typed comes before what should have been."""
    same, typed, meant = "", "", ""
    for op, text in pieces:
        if op == "=":
            if typed or meant:
                yield from (piece for piece in (("=", same), ("-", typed), ("+", meant)) if piece[1])
                same, typed, meant = "", "", ""
            same += text
        elif op == "-":
            typed += text
        else:
            meant += text
    yield from (piece for piece in (("=", same), ("-", typed), ("+", meant)) if piece[1])
