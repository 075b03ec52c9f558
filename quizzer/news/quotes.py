"""Where quotations stand in a paragraph, whatever marks it uses, and what sort each is.

Marks may be straight, curly, doubled singles or turned the wrong way: what stands beside a mark decides whether it opens
or closes. A quotation that a paragraph leaves open and the next paragraph takes up again is closed at the paragraph's end.
"""

import enum
import re

import msgspec

from quizzer.news.prose import Paragraph

_MARK = re.compile(r"[\"“”„«»]|''|``|‘‘|’’")
_ONLY_OPENS = "“„«"
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|could|should|must|may|might|'s|’s|'re|’re|'ll|’ll|"
    r"'ve|’ve|n't|n’t|need|needs|want|wants|know|think|believe|said|made|make|makes|go|get|gets|let|\w+ed)\b",
    re.IGNORECASE,
)
_SO_CALLED = re.compile(r"\b(?:so-called|called|known as|dubbed|named|titled|entitled|nicknamed|termed)\s*,?\s*$", re.IGNORECASE)
SPEECH_WORDS = 5  # shorter quotations are scraps: nobody is asked who said them


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


def find_quotes(paragraphs: list[Paragraph]) -> list[list[Quote]]:
    """Return the quotations of each paragraph, in order, none inside another."""
    found: list[list[Quote]] = []
    open_before = False
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        quotes = _in_paragraph(paragraph.text, following=following, resumed=open_before)
        open_before = bool(quotes) and quotes[-1].continued
        found.append(quotes)
    return found


def _in_paragraph(text: str, *, following: str, resumed: bool) -> list[Quote]:
    quotes: list[Quote] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        before = text[mark.start() - 1] if mark.start() else " "
        after = text[mark.end()] if mark.end() < len(text) else " "
        if mark[0] in ('"', "''") and before.isdigit() and opened is None:
            continue  # inches, minutes of arc
        opens = before in " ([{—–-/‘'" and not after.isspace()
        closes = not before.isspace() and (after in " .,;:!?)]}—–-/’'" or not after.isalnum())
        if opened is None:
            if opens or (mark[0] in _ONLY_OPENS and not closes) or (not closes and not after.isspace()):
                opened = mark
        elif opens and not closes:
            if mark[0] in _ONLY_OPENS or before == " ":
                # Opened twice: the first was never closed, or this one is nested; trust neither.
                quotes.append(_quote(text, opened, text_end=mark.start(), sure=False))
                opened = mark
        else:
            quotes.append(_quote(text, opened, closing=mark))
            opened = None
    if opened is not None:
        taken_up = bool(_MARK.match(following))
        quotes.append(_quote(text, opened, text_end=len(text), sure=taken_up, continued=taken_up))
    if resumed and quotes and quotes[0].start == 0:
        quotes[0] = msgspec.structs.replace(quotes[0], resumed=True)
    return [quote for quote in quotes if quote.inner_end > quote.inner_start]


def _quote(
    text: str,
    opened: re.Match[str],
    *,
    closing: re.Match[str] | None = None,
    text_end: int = 0,
    sure: bool = True,
    continued: bool = False,
) -> Quote:
    inner_start = opened.end()
    inner_end = closing.start() if closing else text_end
    return Quote(
        start=opened.start(),
        end=closing.end() if closing else text_end,
        inner_start=inner_start,
        inner_end=inner_end,
        form=_form(text, opened.start(), inner_start, inner_end, closing.end() if closing else text_end),
        sure=sure,
        continued=continued,
    )


def _form(text: str, start: int, inner_start: int, inner_end: int, end: int) -> Form:
    inner = text[inner_start:inner_end].strip()
    words = inner.split()
    content = [word for word in words if len(word) > 3]
    if _SO_CALLED.search(text[:start]):
        return Form.TERM if len(words) <= 5 else Form.PARTIAL
    if 1 < len(words) <= 10 and content and all(word.lstrip("‘'([")[:1].isupper() for word in content) and inner[-1:] not in ".!?":
        return Form.TITLE
    if len(words) < SPEECH_WORDS and not (_FINITE.search(inner) and inner[-1:] in ".!?,"):
        return Form.TERM
    whole = inner[:1].isupper() or inner.startswith("[")
    if whole and (inner[-1:] in ".!?,…-—" or text[end : end + 1] in ",."):
        return Form.FULL
    return Form.PARTIAL
