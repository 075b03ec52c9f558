"""The running text of an article: lines unwrapped, headings and boilerplate apart, every character traced home.

Guarantees: ``Paragraph.text[i]`` is the character of the article at ``offsets[i]`` (or a space that stands for a run of
white space beginning there, or what the characters from there to ``ends[i]`` spell, as ``&amp;`` does an ampersand), and
offsets only grow. What Markdown, HTML and broken encodings put between the characters of a text is left out of it.
"""

import html
import itertools
import re
from collections.abc import Iterator

import msgspec

from quizzer.news.article import Format
from quizzer.news.boilerplate import HEADLINES, digest_byline, is_handle, opens_letters, why_skip_paragraph
from quizzer.news.header import dateline, glued_dateline, header_end, is_date_line
from quizzer.news.layout import Layout
from quizzer.news.markdown import read_pieces

OPENING = 6  # paragraphs within which readers' letters are announced
LONGEST = 6_000  # characters of a paragraph given to the parser at once
_PARTS = re.compile("([\\s\x1c-\x1f]+)|([\u200b-\u200d\u2060\ufeff\u00ad]+)|[^\\s\x1c-\x1f\u200b-\u200d\u2060\ufeff\u00ad]+")
_WIDTHLESS = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_ENDS = re.compile(r"[.!?:;…]['\"”’)\]]*\s*$|[”\"]\s*$|''\s*$")
_BEFORE_COMMA = re.compile(r" (?=[,;.](?:\s|$))")
_HEADLINE_HAS_NO = re.compile(
    r"\b(?:the|a|an|was|were|is|are|be|been|said|says|had|has|have|did|do|not|it|i|he|she|they|we|you|this|that|there)\b|[“”\"]",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"(?:\d+ |reader )?comments?(?: \(\d+\))?:?", re.IGNORECASE)
_CORRECTION = re.compile(r"\W*corrections?\s*:\W*", re.IGNORECASE)
_ENTITY = r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});"
_TAG = r"</?[a-zA-Z][a-zA-Z0-9-]{0,15}(?:\s[^<>]{0,300})?/?>"
# UTF-8 read as Windows-1252: "â€™" for an apostrophe, "Ã©" for é. The characters 0x80 to 0xBF have there:
_HIGH = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xC0))
_GARBLED = rf"Ã[{_HIGH}]|Â[{_HIGH} ]|â[{_HIGH}][{_HIGH}]"
_MENDABLE = re.compile(f"({_ENTITY})|({_TAG})|({_GARBLED})")
_BYTE_OF = {char: 0x80 + index for index, char in enumerate(_HIGH)} | {" ": 0xA0, "Â": 0xC2, "Ã": 0xC3, "â": 0xE2}


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of running text.

    ``offsets`` has one entry a character, its first in the article, and one more for the end. ``ends`` has the same for what
    follows the last character of each, and is empty where each stands for one. ``skip`` says why no fact is taken from it.
    """

    text: str
    offsets: tuple[int, ...]
    heading: bool = False
    skip: str = ""
    ends: tuple[int, ...] = ()

    def home(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the article that ``text[start:end]`` stands for; ``start < end``."""
        return self.offsets[start], self.ends[end - 1] if self.ends else self.offsets[end - 1] + 1


class _Run(msgspec.Struct):
    """Text on its way to a paragraph: for each character where it begins and ends in the article."""

    text: str
    starts: list[int]
    ends: list[int]
    heading: bool = False
    skip: str = ""

    def cut(self, start: int, end: int) -> "_Run":
        return _Run(self.text[start:end], self.starts[start:end], self.ends[start:end], self.heading, self.skip)


def paragraphs(text: str, format: Format = "text") -> list[Paragraph]:  # noqa: A002 - the word of Article
    """Return the paragraphs of an article's text, headings marked, header and dateline left out."""
    runs = [run for run in _markdown_runs(text) if run.text] if format == "markdown" else list(_text_runs(text, format))
    found: list[Paragraph] = []
    rest = ""  # why what follows is left out
    if any(is_handle(run.text) for run in runs):
        _mark_posts(runs)
    for index, run in enumerate(itertools.chain.from_iterable(_parted(run, index) for index, run in enumerate(runs))):
        place = dateline(run.text) if index < 8 and not run.heading else None
        if place:
            run = run.cut(place.end(), len(run.text))
        elif not run.heading and not run.skip:
            run.skip = why_skip_paragraph(run.text, from_end=len(runs) - 1 - index) or ("a date line" if is_date_line(run.text) else "")
            if run.skip == HEADLINES and not found:
                run.skip, run.heading = "", True
            run.skip = run.skip or rest
            run.heading = run.heading or (not run.skip and _is_heading(run.text, first=not found, last=index >= len(runs) - 1))
            if run.heading and found and _COMMENTS.fullmatch(run.text):
                rest = "a reader's comment"
            elif index < OPENING and opens_letters(run.text):
                rest = "letters"
            elif rest == "a correction" or _CORRECTION.fullmatch(run.text):
                rest = "a correction" if rest != "a correction" else ""
        for start, end in _pieces(run.text):
            piece = run.cut(start, end)
            ends = tuple(piece.ends) if piece.ends != [start + 1 for start in piece.starts] else ()
            found.append(Paragraph(piece.text, (*piece.starts, piece.ends[-1]), run.heading, run.skip, ends))
    return found


def _text_runs(text: str, format: Format) -> Iterator[_Run]:  # noqa: A002
    layout = Layout(text, header_end(text) if format == "text" else 0, printed=format == "pdf")
    for lines in layout.blocks():
        run = _mended(_joined(text, lines, layout))
        if run.text:
            yield run


def _markdown_runs(text: str) -> Iterator[_Run]:
    for piece in read_pieces(text):
        run = _spaced(_Run("".join(piece.chars), piece.starts, piece.ends, piece.heading > 0, piece.skip))
        yield _mended(run, entities=False)


def _joined(text: str, lines: list[tuple[int, int]], layout: Layout) -> _Run:
    """Return the lines as one run: white space as single spaces, hyphens at line ends gone where the word has none."""
    chars: list[str] = []
    starts: list[int] = []
    space = -1  # where white space began that has not been written
    for number, (begin, end) in enumerate(lines):
        line_start = number > 0
        if not (chars and chars[-1] in "-\u2010") and _is_even(line := text[begin:end]):
            if chars:
                chars.append(" ")
                starts.append(space)
            chars.extend(line)
            starts.extend(range(begin, end))
            space = end
            continue
        for match in _PARTS.finditer(text, begin, end):
            if match[1]:
                space = match.start() if space < 0 else space
                continue
            if match[2]:
                continue
            if line_start and chars and chars[-1] in "-\u2010" and match[0][0].islower():
                ruling = layout.hyphen("".join(chars[-40:]), match[0])
                if ruling == "solid":
                    chars.pop()
                    starts.pop()
                space = space if ruling == "apart" else -1
            if space >= 0 and chars:
                chars.append(" ")
                starts.append(space)
            space, line_start = -1, False
            chars.extend(match[0])
            starts.extend(range(match.start(), match.end()))
        space = end if space < 0 else space
    joined = "".join(chars)
    # A line that begins with its comma was cut before it: close the gap.
    if gaps := {match.start() for match in _BEFORE_COMMA.finditer(joined)}:
        joined = "".join(char for at, char in enumerate(joined) if at not in gaps)
        starts = [start for at, start in enumerate(starts) if at not in gaps]
    return _Run(joined, starts, [start + 1 for start in starts])


def _is_even(line: str) -> bool:
    """Whether a line holds no white space but single spaces between words, and nothing without width."""
    return " ".join(line.split()) == line and (line.isascii() or not _WIDTHLESS.search(line))


def _spaced(run: _Run) -> _Run:
    """Return a run with its white space as single spaces, none at its ends, and what has no width left out."""
    kept: list[int] = []
    text: list[str] = []
    for at, char in enumerate(run.text):
        if char.isspace() or char in "\x1c\x1d\x1e\x1f":
            if text and text[-1] != " ":
                text.append(" ")
                kept.append(at)
        elif char not in "\u200b\u200c\u200d\u2060\ufeff\u00ad":
            text.append(char)
            kept.append(at)
    if text and text[-1] == " ":
        text.pop()
        kept.pop()
    return _Run("".join(text), [run.starts[at] for at in kept], [run.ends[at] for at in kept], run.heading, run.skip)


def _mended(run: _Run, *, entities: bool = True) -> _Run:
    """Return a run with entities and garbled marks as the characters they stand for, tags left out."""
    if not _MENDABLE.search(run.text):
        return run
    mended = _Run("", [], [], run.heading, run.skip)
    parts: list[str] = []
    done = 0

    def copy(end: int) -> None:
        parts.append(run.text[done:end])
        mended.starts.extend(run.starts[done:end])
        mended.ends.extend(run.ends[done:end])

    for match in _MENDABLE.finditer(run.text):
        tag = bool(match[2])
        spelt = "" if tag else (html.unescape(match[1]) if entities else "") if match[1] else _ungarbled(match[0])
        if not tag and (len(spelt) != 1 or not (spelt.isprintable() or spelt.isspace())):
            continue
        copy(match.start())
        if spelt:
            parts.append(" " if spelt.isspace() else spelt)
            mended.starts.append(run.starts[match.start()])
            mended.ends.append(run.ends[match.end() - 1])
        done = match.end()
    copy(len(run.text))
    mended.text = "".join(parts)
    return _spaced(mended)


def _ungarbled(garbled: str) -> str:
    try:
        return bytes(_BYTE_OF[char] for char in garbled).decode()
    except UnicodeDecodeError:
        return ""


def _mark_posts(runs: list[_Run]) -> None:
    """Mark what stands above the line of an account as a post: it tells what its writer thinks, and no news."""
    for before, run in itertools.pairwise(runs):
        if is_handle(run.text) and not before.heading:
            before.skip = before.skip or "a post or its frame"


def _parted(run: _Run, index: int) -> list[_Run]:
    """Return a run in two where a caption or byline stands glued before the dateline, a digest's headline before its text."""
    if not run.heading and not run.skip and (behind := digest_byline(run.text)) and len(run.text) > behind:
        before = run.cut(0, behind - 1)
        before.skip = "a byline"
        return [before, run.cut(behind, len(run.text))]
    at = glued_dateline(run.text) if index < 4 and not run.heading and not run.skip and not dateline(run.text) else 0
    if not at:
        return [run]
    before = run.cut(0, len(run.text[:at].rstrip()))
    before.skip = "a caption or byline"
    return [before, run.cut(at, len(run.text))]


def _is_heading(text: str, *, first: bool, last: bool) -> bool:
    words = text.split()
    if len(words) > 16:
        return False
    long = [word for word in words if len(word) > 3]
    if first and not last:
        if len(long) > 2 and all(word[:1].isupper() or not word[:1].isalpha() for word in long):
            return True  # A Headline in Capitals, though it ends with a full stop
        if len(words) > 2 and not _HEADLINE_HAS_NO.search(text) and text.rstrip(".")[-1:].isalnum():
            return True  # Mayor opens bridge: no sentence of a story does without all of those words
    if first and not last and re.search(r"\w['\"’”]$", text) and not re.search(r"[.!?]", text):
        return True  # State calls 22 letters 'secret'
    if text.isupper() and not last and len([char for char in text if char.isalpha()]) > 3:
        return True
    return not _ENDS.search(text)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > LONGEST:
        cuts = [match.end() for match in re.finditer(r"[.!?][”\"']? ", text[start : start + LONGEST])]
        cut = cuts[-1] if cuts else max(text.rfind(" ", start, start + LONGEST) + 1 - start, 0) or LONGEST
        yield start, start + cut
        start += cut
    if start < len(text):
        yield start, len(text)
