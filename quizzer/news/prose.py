"""The running text of an article: lines unwrapped, headings and boilerplate apart, every character traced home.

Guarantees: ``Paragraph.text[i]`` is the character of the article at ``offsets[i]`` (or a space that stands for a run of
white space beginning there), and offsets only grow.
"""

import re
from collections.abc import Iterator

import msgspec

from quizzer.news.article import Format, dateline, english_share, header_end

LONGEST = 6_000  # characters of a paragraph given to the parser at once
_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_ENDS = re.compile(r"[.!?:;…]['\"”’)\]]*\s*$|[”\"]\s*$|''\s*$")
_CONTINUES = re.compile(r"\s*[a-z,;.)\]…&-]")
_HANGS = re.compile(r"(?:[,;&(–—-]|,[\"”’']+|\b(?:the|a|an|of|to|in|on|for|and|or|by|with|at|from|that|so-called))\s*$", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"(?:did|could|would) not (?:immediately )?(?:respond|hear back|return|be reached|comment)|declined? to comment|"
    r"(?:sign up|subscribe|click (?:here|the)|follow (?:us|\w+ on)|read more|all rights reserved|contributed to this|"
    r"reporting by|editing by|(?:this|the) (?:story|article) (?:has been|was) (?:updated|corrected)|photo(?:graph)? by|"
    r"getty images|newsletter|advertisement|correction:|copyright)",
    re.IGNORECASE,
)


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of running text.

    ``offsets`` has one entry a character, its first in the article, and one more for the end. ``ends`` has the same for the
    last character of each and is empty where each stands for one. ``skip`` says why no fact is taken from the paragraph.
    """

    text: str
    offsets: tuple[int, ...]
    heading: bool = False
    skip: str = ""
    ends: tuple[int, ...] = ()

    def home(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the article that ``text[start:end]`` stands for; ``start < end``."""
        return self.offsets[start], self.ends[end - 1] if self.ends else self.offsets[end - 1] + 1


def paragraphs(text: str, format: Format = "text") -> list[Paragraph]:  # noqa: A002 - the word of Article
    """Return the paragraphs of an article's text, headings marked, header and dateline left out."""
    blocks = list(_blocks(text, header_end(text)))
    found: list[Paragraph] = []
    for index, lines in enumerate(blocks):
        chars, offsets = _join(text, lines)
        if not chars:
            continue
        place = dateline(chars) if len(found) < 6 else None
        cut = place.end() if place else 0
        chars, offsets = chars[cut:], offsets[cut:]
        heading = not cut and _is_heading(chars, first=not found, last=index == len(blocks) - 1)
        for start, end in _pieces(chars):
            found.append(Paragraph(chars[start:end], (*offsets[start:end], offsets[end - 1] + 1), heading))
    return found


def why_skip(sentence: str) -> str:
    """Return why no fact is taken from ``sentence`` (another language, a newsroom line), or an empty string."""
    words = sentence.split()
    if len(words) >= 5 and english_share(sentence) < 0.1:
        return "not an English sentence (a caption?)"
    if _BOILERPLATE.search(sentence):
        return "a newsroom line"
    return ""


def _blocks(text: str, start: int) -> Iterator[list[tuple[int, int]]]:
    lines = [(match.start(), match.end()) for match in _LINE.finditer(text, start)]
    block: list[tuple[int, int]] = []
    parted = bool(re.search(r"\n[ \t\r]*\n", text[start:].strip()))  # hard-wrapped text parts its paragraphs by blank lines
    width = max((end - begin for begin, end in lines), default=0)
    for begin, end in lines:
        line = text[begin:end]
        if not line.strip():
            if block:
                yield block
            block = []
            continue
        if block:
            gap = text[block[-1][1] : begin]
            blank = gap.replace("\r\n", "\n").count("\n") > 1 or "\r\r" in gap
            before = text[slice(*block[-1])]
            wrapped = parted and width <= 110 and len(before) > 0.6 * width
            joined = not blank and (_CONTINUES.match(line) or _HANGS.search(before) or (wrapped and not _is_end(before, width)))
            if not joined:
                yield block
                block = []
        block.append((begin, end))
    if block:
        yield block


def _is_end(line: str, width: int) -> bool:
    return len(line) < 0.75 * width and bool(_ENDS.search(line))


def _join(text: str, lines: list[tuple[int, int]]) -> tuple[str, list[int]]:
    chars: list[str] = []
    offsets: list[int] = []
    for begin, end in lines:
        for position in range(begin, end + 1):
            char = text[position] if position < end else " "
            if char.isspace() or char in "\u200b\ufeff\u00ad":
                if chars and chars[-1] != " ":
                    chars.append(" ")
                    offsets.append(position)
            else:
                chars.append(char)
                offsets.append(position)
    while chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    joined = "".join(chars)
    # A line that begins with its comma was cut before it: close the gap.
    for match in reversed(list(re.finditer(r" (?=[,;.](?:\s|$))", joined))):
        at = match.start()
        joined = joined[:at] + joined[at + 1 :]
        del offsets[at]
    return joined, offsets


def _is_heading(text: str, *, first: bool, last: bool) -> bool:
    words = text.split()
    long = [word for word in words if len(word) > 3]
    if first and not last and len(words) <= 16 and len(long) > 2 and all(word[:1].isupper() or not word[:1].isalpha() for word in long):
        return True  # A Headline in Capitals, though it ends with a full stop
    return len(words) <= 16 and not _ENDS.search(text)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > LONGEST:
        cuts = [match.end() for match in re.finditer(r"[.!?][”\"']? ", text[start : start + LONGEST])]
        cut = cuts[-1] if cuts else max(text.rfind(" ", start, start + LONGEST) + 1 - start, 0) or LONGEST
        yield start, start + cut
        start += cut
    if start < len(text):
        yield start, len(text)
