"""How a text is written: as ``save`` writes it, less what its author's way of writing says beyond it.

Kept are blocks (``|``, ``>``), the line breaks of a text that runs over several lines, and quotes in which invisible characters
are spelled out. All else is as PyYAML's emitter would have it; what it need not be asked about is told by one pattern.
"""

import re

from quizzer.deckfile import writing
from quizzer.deckfile.annotated import BREAK, Knot

_SURELY_PLAIN = re.compile(r"[A-Za-z0-9(“‘„$£€](?:[\w .()/;$£€%+’“”‘„–—…!'\"&=*,?\[\]{}-]*[\w.()/;$£€%+’“”‘„–—…!'\"&=*,?\[\]{}-])?")
_FLOW_SIGNS = re.compile(r"[,?\[\]{}]")
_OTHER_BREAK = re.compile("[\r\x85\u2028\u2029]")
_KEY_BREAK = re.compile("[\n\x85\u2028\u2029]")
_LONGEST_KEY = 122  # characters; a longer one stands behind a question mark, which PyYAML's emitter decides with its tag counted


def inline(text: str, *, flow: bool = False) -> str:
    """Return ``text`` on one line, in quotes where it must be; ``flow``: between brackets."""
    if _SURELY_PLAIN.fullmatch(text) and not (flow and _FLOW_SIGNS.search(text)) and writing.is_plain(text):
        return text
    return writing.quoted_if_needed(text, flow=flow)


def is_long_key(text: str) -> bool:
    """Whether a key must be written in YAML's long form, with a question mark."""
    return len(text) > _LONGEST_KEY or not text or bool(_KEY_BREAK.search(text))


def written(knot: Knot) -> tuple[str, list[str]]:
    """Return a text as it stands below a key or dash: what follows on the line, and the lines further in below."""
    if knot.literally:
        return knot.value, []
    if keeps_block(knot):
        return _block(knot)
    if BREAK.search(knot.value):
        return _block_of(knot.value) if writing.is_literal(knot.value) else (_in_quotes(knot), [])
    lines = _wrapped(knot)
    if len(lines) > 1:
        whole = inline(knot.value)
        quote = whole[0] if whole != knot.value else ""
        if not quote:
            return lines[0], lines[1:]
        if quote == "'" or "\\" not in whole:
            lines = [line.replace("'", "''") if quote == "'" else line for line in lines]
            return quote + lines[0], [*lines[1:-1], lines[-1] + quote]
    return one_line(knot), []


def one_line(knot: Knot, *, flow: bool = False) -> str:
    """Return a text on one line."""
    if knot.literally or (not knot.value and not knot.style):
        return knot.value
    if BREAK.search(knot.value) or _spelled_out(knot):
        return _in_quotes(knot)
    return inline(knot.value, flow=flow)


def keeps_block(knot: Knot) -> bool:
    """Whether this is a block (``|`` or ``>``) that stays one."""
    value = knot.value
    return (
        knot.style in ("|", ">")
        and not knot.literally
        and bool(value.strip())
        and not value.endswith("\n\n")
        and not _OTHER_BREAK.search(value)
        and not (value.startswith("\n") and knot.style == ">")
    )


def _spelled_out(knot: Knot) -> bool:
    return knot.style == '"' and "\\" in knot.source and not knot.value.replace("\n", "").isprintable() and not BREAK.search(knot.source)


def _in_quotes(knot: Knot) -> str:
    return knot.source if _spelled_out(knot) else writing.quoted_if_needed(knot.value)


def _wrapped(knot: Knot) -> list[str]:
    """Return the lines of a text that was written over several; one line where its breaks cannot be kept."""
    if knot.style in ("|", ">") or not BREAK.search(knot.source) or ("\\" in knot.source and knot.style == '"'):
        return [knot.value]
    source = knot.source[1:-1] if knot.style else knot.source
    lines = BREAK.split(source.replace("''", "'") if knot.style == "'" else source)
    lines = [line.strip(" \t") if 0 < at < len(lines) - 1 else line for at, line in enumerate(lines)]
    lines = [lines[0].rstrip(" \t"), *lines[1:-1], lines[-1].lstrip(" \t")]
    return lines if all(lines) and " ".join(lines) == knot.value else [knot.value]


def _block(knot: Knot) -> tuple[str, list[str]]:
    """Return a block with its author's line breaks."""
    if knot.style == "|":
        return _block_of(knot.value)
    rows = BREAK.split(knot.source)[1:]
    first = next(row for row in rows if row.strip(" "))
    value_first = next(row for row in knot.value.split("\n") if row.strip(" "))
    inner = _lead(first) - _lead(value_first)
    lines = [row[inner:] if not row[:inner].strip(" ") else row.lstrip(" ") for row in rows]
    while not lines[-1].strip(" "):
        lines.pop()
    return ">" + _hints(knot.value), lines


def _block_of(value: str) -> tuple[str, list[str]]:
    return "|" + _hints(value), value.removesuffix("\n").split("\n")


def _hints(value: str) -> str:
    """Return what stands behind the sign of a block: that its first line is indented further, that no line end follows its last."""
    return ("2" if value.lstrip("\n").startswith(" ") else "") + ("" if value.endswith("\n") else "-")


def _lead(row: str) -> int:
    return len(row) - len(row.lstrip(" "))
