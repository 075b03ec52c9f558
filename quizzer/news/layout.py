"""Which lines of a text make a paragraph: hard-wrapped, indented, double-spaced, broken by pages, or one line each."""

import functools
import re
from collections.abc import Iterator
from typing import Literal

from quizzer.news.words import word_set

WIDEST = 110  # characters; longer lines are nobody's hard-wrapped lines
_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\x1c-\x1e\x85\u2028\u2029]")
_ENDS = re.compile(r"[.!?:;…]['\"”’)\]]*\s*$|[”\"]\s*$|''\s*$")
_CONTINUES = re.compile(r"\s*(?:[a-z,;.)\]…&]|-\w)")
_HANGS = re.compile(r"(?:[,;&(–—-]|,[\"”’']+|\b(?:the|a|an|of|to|in|on|for|and|or|by|with|at|from|that|so-called))\s*$", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[•▪◦‣■*+–-]|\d{1,2}[.)])\s+\S")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?\s*$|\s*page\s+\d{1,4}\s+of\s+\d{1,4}\s*$", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"[^\W_]+[-\u2010][ \t]*(?:\r\n|[\r\n\f])\s*[^\W_]+")
_BEFORE_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010]$")
_KEEPS_HYPHEN = word_set(
    "self non ex well so long short high low half all anti post pre mid vice cross left right one two three four five six seven "
    "eight nine ten twenty thirty forty fifty sixty seventy eighty ninety"
)


class Layout:
    """The lines of ``text`` from ``start`` on; ``printed`` when each is a line of print and blank lines part paragraphs."""

    def __init__(self, text: str, start: int = 0, *, printed: bool = False) -> None:
        self._text = text
        self._printed = printed
        self._lines = [(match.start(), match.end()) for match in _LINE.finditer(text, start) if match[0].strip()]
        gaps = [self._gap(index) for index in range(1, len(self._lines))]
        lengths = sorted(end - begin for begin, end in self._lines)
        self._width = lengths[int(0.95 * (len(lengths) - 1))] if lengths else 0
        open_lines = sum(
            end - begin > 0.6 * self._width and (not _ENDS.search(text[begin:end]) or _HANGS.search(text, begin, end) is not None)
            for begin, end in self._lines[:-1]
        )
        indents = {min(_indent(text[begin:end]), 2) for begin, end in self._lines}
        # Of few lines nothing can be told, unless some are set in.
        unfinished = open_lines >= 0.4 * len(gaps) and (len(gaps) >= 8 or {0, 2} <= indents)
        self._wrapped = printed or (self._width <= WIDEST and (unfinished or any(gap > 1 for gap in gaps)))
        alone = sum(gap > 1 for gap in gaps) > 0.9 * len(gaps)  # every line stands by itself
        two_gaps = alone and max(gaps, default=0) > min(gaps, default=0) > 1 and open_lines >= 0.25 * len(gaps)
        self._double = not printed and self._wrapped and alone and (unfinished or two_gaps)

    def blocks(self) -> Iterator[list[tuple[int, int]]]:
        """Yield the lines of each paragraph, as spans of the text, in order."""
        block: list[tuple[int, int]] = []
        turned = False
        for index, line in enumerate(self._lines):
            if self._is_page_number(index):
                turned = True
                continue
            gap = 1 if turned else self._gap(index)  # a page number stands between a paragraph's lines as a line end does
            turned = False
            if block and not self._goes_on(block[-1], line, gap):
                yield block
                block = []
            block.append(line)
        if block:
            yield block

    def hyphen(self, before: str, after: str) -> Literal["solid", "kept", "apart"]:
        """Return what becomes of the hyphen that ends ``before``, the end of a line, when ``after`` begins the next one."""
        first = _BEFORE_HYPHEN.search(before)
        second = re.match(r"[^\W\d_]+", after)
        if not second or second[0] in ("and", "or", "to") or not (first or before[-2:-1].isdigit()):
            return "apart"
        if not first:
            return "kept"
        one, other = first[1].lower(), second[0].lower()
        words, compounds = self._vocabulary
        if one + other in words:
            return "solid"
        if f"{one}-{other}" in compounds or one in _KEEPS_HYPHEN or (one in words and other in words):
            return "kept"
        return "solid" if self._wrapped else "kept"

    @functools.cached_property
    def _vocabulary(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words and the hyphened compounds of the text, those broken at a line's end left out."""
        whole = _BROKEN_WORD.sub(" ", self._text).lower()
        return frozenset(re.findall(r"[^\W\d_]+", whole)), frozenset(re.findall(r"[^\W\d_]+-[^\W\d_]+", whole))

    def _gap(self, index: int) -> int:
        """Return how many line breaks part a line from the one before; a page break is one."""
        between = self._text[self._lines[index - 1][1] : self._lines[index][0]]
        return 1 if "\f" in between else len(_BREAK.findall(between))

    def _is_page_number(self, index: int) -> bool:
        begin, end = self._lines[index]
        if not _PAGE_NUMBER.match(self._text, begin, end):
            return False
        before = self._text[self._lines[index - 1][1] : begin] if index else ""
        after = self._text[end : self._lines[index + 1][0]] if index + 1 < len(self._lines) else ""
        return "\f" in before + after or "page" in self._text[begin:end].lower()

    def _goes_on(self, last: tuple[int, int], line: tuple[int, int], gap: int) -> bool:
        before, after = self._text[slice(*last)], self._text[slice(*line)]
        if gap > (2 if self._double else 1) or _BULLET.match(after):
            return False
        if self._printed:
            return True
        if self._wrapped and _indent(after) > _indent(before) + 1 and _ENDS.search(before):
            return False
        if _CONTINUES.match(after) or _HANGS.search(before):
            return True
        if not self._wrapped or len(before) <= 0.6 * self._width:
            return False
        return not (len(before) < 0.75 * self._width and _ENDS.search(before))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
