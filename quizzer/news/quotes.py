"""Where quotations stand in a paragraph, whatever marks it uses, and what sort each is.

Marks may be straight, curly, doubled singles, backticks, guillemets, or turned the wrong way: what stands beside a mark decides
whether it opens or closes. An apostrophe is none. In a transcript what stands behind a name in capitals is a quotation without
marks. A quotation inside another belongs to the outer one. A quotation that a paragraph leaves open and the next paragraph
takes up again is closed at the paragraph's end.
"""

import enum
import re
from collections.abc import Sequence

import msgspec

from quizzer.news.prose import Paragraph

_MARK = re.compile(r"[\"“”„«»]|''|``|‘‘|’’|(?<!\w)`(?=\w)")
_SINGLE = re.compile(r"(?<=[,.!?…—])'(?!\w)|(?<=\w)'(?=[,.;:!?])")  # what closes a quotation that a single backtick opened
_ONLY_OPENS = ("“", "„", "«", "``", "`")
_OPENS_AFTER = " ([{—–-/‘'\"“"
_CLOSES_BEFORE = " .,;:!?)]}—–-/’'\"”"
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|could|should|must|may|might|'s|’s|'re|’re|'ll|’ll|"
    r"'ve|’ve|n't|n’t|need|needs|want|wants|know|think|believe|said|made|make|makes|go|get|gets|let|\w+ed)\b",
    re.IGNORECASE,
)
_SO_CALLED = re.compile(r"\b(?:so-called|called|known as|dubbed|named|nicknamed|termed)\s*,?\s*$", re.IGNORECASE)
_WORK = re.compile(
    r"\b(?:book|novel|memoir|film|movie|documentary|song|album|show|series|essay|article|column|play|poem|painting|speech|report|paper|"
    r"titled|entitled|headlined)\s*,?\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,30})(?: ?\([^)]{1,40}\))?: (?=\S)")
_TURNS = 4  # labelled paragraphs that make a transcript
SPEECH_WORDS = 5  # shorter quotations are scraps: nobody is asked who said them
_TITLE, _LONG_TITLE = 10, 16  # words a title has at most: anywhere, and behind "the book"


class Form(enum.StrEnum):
    """What a quotation is: whole sentences, a piece of one, a term ("zero waste"), a title."""

    FULL = "full"
    PARTIAL = "partial"
    TERM = "term"
    TITLE = "title"


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation of one paragraph: ``start:end`` with its marks, ``inner_start:inner_end`` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    form: Form
    sure: bool = True  # False: a mark is missing and the end was guessed
    continued: bool = False  # the next paragraph takes it up again
    resumed: bool = False  # it takes up a quotation of the paragraph before


class _Mark(msgspec.Struct, frozen=True):
    """A quotation mark: where, which, and what its neighbours allow it to be."""

    start: int
    end: int
    text: str
    opens: bool
    closes: bool
    spaced: bool  # white space on its left


def find_quotes(paragraphs: list[Paragraph]) -> list[list[Quote]]:
    """Return the quotations of each paragraph, in order, none inside another."""
    found: list[list[Quote]] = []
    open_before = False
    turns = _turns(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        if index in turns:
            start, end = turns[index], len(paragraph.text)
            found.append([Quote(start=start, end=end, inner_start=start, inner_end=end, form=Form.FULL)])
            open_before = False
            continue
        following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        quotes = _in_paragraph(paragraph.text, following=following, resumed=open_before)
        open_before = bool(quotes) and quotes[-1].continued
        found.append(quotes)
    return found


def _turns(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """Return where the speech begins in each paragraph of a transcript that opens with its speaker ("GLENN: We are ready")."""
    labels = {index: match for index, paragraph in enumerate(paragraphs) if (match := _LABEL.match(paragraph.text))}
    speech = {index: match for index, match in labels.items() if not _MARK.match(paragraphs[index].text, match.end())}
    if len(labels) < _TURNS or len({match[1] for match in labels.values()}) < 2:
        return {}
    return {index: match.end() for index, match in speech.items() if match.end() < len(paragraphs[index].text)}


def _marks(text: str) -> list[_Mark]:
    found = list(_MARK.finditer(text))
    if any(match[0] == "`" for match in found):
        found = sorted([*found, *_SINGLE.finditer(text)], key=lambda match: match.start())
    marks: list[_Mark] = []
    for match in found:
        if marks and match.start() < marks[-1].end:
            continue
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        opens = (before.isspace() or before in _OPENS_AFTER) and not after.isspace()
        closes = not before.isspace() and (after.isspace() or after in _CLOSES_BEFORE or not after.isalnum())
        marks.append(_Mark(match.start(), match.end(), match[0], opens, closes, before.isspace()))
    return marks


def _in_paragraph(text: str, *, following: str, resumed: bool) -> list[Quote]:
    quotes: list[Quote] = []
    marks = _marks(text)
    taken_up = bool(_MARK.match(following))
    opened: _Mark | None = None
    depth = 0  # of quotations inside the open one
    for index, mark in enumerate(marks):
        if mark.text in ('"', "''") and text[mark.start - 1 : mark.start].isdigit() and opened is None:
            continue  # inches, minutes of arc
        if opened is None:
            after = text[mark.end : mark.end + 1]
            stray = not mark.closes and bool(after) and not after.isspace()
            if mark.text != "'" and (mark.opens or (mark.text in _ONLY_OPENS and not mark.closes) or stray):
                opened, depth = mark, 0
        elif mark.text == "'" and opened.text != "`":
            continue
        elif mark.opens and not mark.closes:
            if _is_nested(marks[index:], depth + 1, taken_up=taken_up):
                depth += 1
            elif mark.text in _ONLY_OPENS or mark.spaced:
                # Opened twice, and only one is closed: trust neither.
                quotes.append(_quote(text, opened, text_end=mark.start, sure=False))
                opened, depth = mark, 0
        elif depth:
            depth -= 1
        else:
            quotes.append(_quote(text, opened, closing=mark))
            opened = None
    if opened is not None:
        quotes.append(_quote(text, opened, text_end=len(text), sure=taken_up, continued=taken_up))
    if resumed and quotes and quotes[0].start == 0:
        quotes[0] = msgspec.structs.replace(quotes[0], resumed=True)
    return [quote for quote in quotes if quote.inner_end > quote.inner_start]


def _is_nested(marks: Sequence[_Mark], depth: int, *, taken_up: bool) -> bool:
    """Whether ``marks``, the first of which opens inside an open quotation, close both: “… “…” …”."""
    for position, mark in enumerate(marks):
        if mark.text == "'":
            continue
        if mark.opens and not mark.closes:
            if position and depth == 1:
                return False  # the inner one closed, and another opens: they stand side by side
            depth += position > 0
        else:
            depth -= 1
        if depth < 0:
            return True
    return taken_up and depth == 0


def _quote(
    text: str,
    opened: _Mark,
    *,
    closing: _Mark | None = None,
    text_end: int = 0,
    sure: bool = True,
    continued: bool = False,
) -> Quote:
    inner_start = opened.end
    inner_end = closing.start if closing else text_end
    return Quote(
        start=opened.start,
        end=closing.end if closing else text_end,
        inner_start=inner_start,
        inner_end=inner_end,
        form=_form(text, opened.start, inner_start, inner_end, closing.end if closing else text_end),
        sure=sure,
        continued=continued,
    )


def _form(text: str, start: int, inner_start: int, inner_end: int, end: int) -> Form:
    inner = text[inner_start:inner_end].strip()
    words = inner.split()
    content = [word for word in words if len(word) > 3]
    lead = text[max(0, start - 40) : start]
    longest = _LONG_TITLE if _WORK.search(lead) else _TITLE
    capitals = bool(content) and all(word.lstrip("‘'([")[:1].isupper() for word in content)
    stopped = inner[-1:] in "!?" or (inner[-1:] == "." and longest == _TITLE and not re.search(r"\w\s$", lead))
    if capitals and 1 < len(words) <= longest and not stopped:
        return Form.TITLE
    if _SO_CALLED.search(lead):
        return Form.TERM if len(words) <= 5 else Form.PARTIAL
    if len(words) < SPEECH_WORDS and not (_FINITE.search(inner) and inner[-1:] in ".!?,"):
        return Form.TERM
    whole = inner[:1].isupper() or inner.startswith("[")
    if whole and (inner[-1:] in ".!?,…-—" or text[end : end + 1] in ",."):
        return Form.FULL
    return Form.PARTIAL
