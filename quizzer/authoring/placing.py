"""Evidence moved to a changed article: the same words, where they stand now.

Pure. A quote is the same when its words are, whatever the line breaks between them, and from four words on whatever the commas and
quotation marks; of several places the one whose surroundings are most alike is taken. What is nowhere is not guessed at.
"""

import re

import msgspec

from quizzer.core.model import Evidence

AROUND = 200  # characters on either side by which places are told apart
LONGEST = 900  # characters of a passage; of a longer paragraph only the sentences around the quote are shown
FEWEST = 4  # words that tell a quote though its signs have changed
_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:(?:\r\n|\n|\r)[ \t]*)+")
_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+")


def placed(evidence: Evidence, text: str, *, before: str = "") -> Evidence | None:
    """Return the evidence as it stands in ``text``, an article's new text; None when its words are not in it.

    Args:
        evidence: With its ``start``, and perhaps a passage, in the article as it was.
        text: The article as it is now.
        before: The article as it was, where that is known; it tells places apart better than the passage does.
    """
    spots = _places(evidence.quote, text)
    if not spots:
        return None
    start, end = spots[0] if len(spots) == 1 else max(spots, key=lambda spot: _likeness(evidence, text, spot, before))
    if (start, text[start:end]) == (evidence.start, evidence.quote) and _is_whole(evidence, text):
        return evidence
    passage, passage_start = _passage(evidence, text, start, end) if evidence.passage else ("", None)
    return msgspec.structs.replace(evidence, quote=text[start:end], start=start, passage=passage, passage_start=passage_start)


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    words = quote.split()
    if not words:
        return []
    exact = [(found.start(), found.end()) for found in re.finditer(re.escape(quote), text)]
    exact = exact or [found.span() for found in re.finditer(r"\s+".join(re.escape(word) for word in words), text)]
    return exact or ([found.span() for found in _but_for_signs(quote).finditer(text)] if len(_WORD.findall(quote)) >= FEWEST else [])


def _but_for_signs(quote: str) -> re.Pattern[str]:
    """Return what finds the words of ``quote`` whatever the signs between them; between digits the signs are part of the number."""
    pattern, before = "", ""
    for piece in re.findall(r"\w+|\W+", quote.strip()):
        if not piece[0].isalnum() and piece[0] != "_":
            before = piece
        elif pattern:
            digits = pattern[-1].isdigit() and piece[0].isdigit()
            pattern += (re.escape(before) if digits else r"\W{1,8}?") + re.escape(piece)
        else:
            pattern = re.escape(piece)
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def _likeness(evidence: Evidence, text: str, spot: tuple[int, int], before: str) -> tuple[int, int]:
    """Return how alike the surroundings are (in characters), and how near the old place is (negative)."""
    lead, tail = "", ""
    if before and evidence.start is not None:
        lead, tail = before[: evidence.start], before[evidence.start + len(evidence.quote) :]
    elif evidence.mark is not None:
        lead, tail = evidence.passage[: evidence.mark[0]], evidence.passage[evidence.mark[1] :]
    alike = _common(lead[-AROUND:][::-1], text[max(0, spot[0] - AROUND) : spot[0]][::-1])
    alike += _common(tail[:AROUND], text[spot[1] : spot[1] + AROUND])
    return alike, -abs(spot[0] - (evidence.start or 0))


def _common(one: str, other: str) -> int:
    return next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_whole(evidence: Evidence, text: str) -> bool:
    """Whether the passage, where there is one, stands in the text as it is."""
    return not evidence.passage or evidence.passage_start is None or text.startswith(evidence.passage, evidence.passage_start)


def _passage(evidence: Evidence, text: str, start: int, end: int) -> tuple[str, int]:
    """Return the passage around ``text[start:end]`` and where it begins: the old one where it still stands, else the paragraph."""
    if evidence.mark is not None:
        begin = start - evidence.mark[0]
        if begin >= 0 and text.startswith(evidence.passage, begin):
            return evidence.passage, begin
    first = max((found.end() for found in _PARAGRAPH.finditer(text, 0, start)), default=0)
    after = _PARAGRAPH.search(text, end)
    last = after.start() if after else len(text.rstrip())
    if last - first > LONGEST:
        room = (LONGEST - (end - start)) // 2
        window = text[max(first, start - room) : start]
        lead = _SENTENCE.search(window)
        first = max(first, start - room) + (lead.end() if lead and start - room > first else 0)
        tail = list(_SENTENCE.finditer(text, end, min(last, end + room)))
        last = len(text[: tail[-1].end()].rstrip()) if tail else min(last, end + room)
    first, last = min(first, start), max(last, end)
    last -= len(text[end:last]) - len(text[end:last].rstrip())
    return text[first:last], first
