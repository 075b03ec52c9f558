"""The running text of a Markdown article, every character traced to the file. The only module that knows pyromark.

pyromark (the CommonMark parser pulldown-cmark) tells the bytes of the file each piece of text stands at; what it reads out of
two or more characters (``\\*``, ``&amp;``) is traced to all of them.
"""

import itertools
import re
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.errors import ArticleError

if TYPE_CHECKING:
    from pyromark import Options

_FENCE = re.compile(r"(?:---|\+\+\+)[ \t]*\r?\n")
_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*[:=][ \t]*(\S.*)")
_NAMES = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "site", "site_name", "sitename", "publication", "outlet"),
    "date": ("date", "published", "pubdate", "publishdate", "date_published", "publication_date"),
    "url": ("url", "link", "source_url", "canonical_url", "canonical", "permalink"),
}
_FRONT = "front matter"
_WHY = {"CodeBlock": "code", "HtmlBlock": "raw HTML", "Table": "a table", "FootnoteDefinition": "a footnote", "MetadataBlock": _FRONT}
_BLOCKS = ("Paragraph", "Heading", "Item", "BlockQuote", "List", "DefinitionListTitle", "DefinitionListDefinition", *_WHY)


class Piece(msgspec.Struct):
    """A block of a Markdown file: its words, and for each character where it begins and ends in the file."""

    chars: list[str]
    starts: list[int]
    ends: list[int]
    heading: int = 0  # its level, 1 to 6
    skip: str = ""


def front_matter(text: str) -> dict[str, str]:
    """Return title, publisher, date and url of the front matter, lines of ``key: value`` between two lines ``---``.

    A reader of such lines, not of YAML: what spans several lines, or is nested, is passed over.
    """
    opening = _FENCE.match(text)
    closing = re.compile(r"^(?:---|\.\.\.|\+\+\+)[ \t]*$", re.MULTILINE).search(text.replace("\r", " "), opening.end()) if opening else None
    known: dict[str, str] = {}
    if opening and closing:
        for line in text[opening.end() : closing.start()].splitlines():
            if match := _KEY.match(line):
                value = re.sub(r"\s+#.*", "", match[2]) if match[2][0] not in "\"'" else match[2]
                value = value.strip()
                if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
                    value = value[1:-1].replace('\\"', '"') if value[0] == '"' else value[1:-1].replace("''", "'")
                known.setdefault(match[1].lower(), value)
    found = {name: next((known[key] for key in keys if known.get(key)), "") for name, keys in _NAMES.items()}
    if re.match(r"https?://", found["publisher"]):
        found["url"] = found["url"] or found["publisher"]
        found["publisher"] = ""
    return {name: value for name, value in found.items() if value and value not in ("|", ">", "[", "{", "null", "~")}


def read_pieces(text: str, where: str = "") -> list[Piece]:
    """Return the blocks of a Markdown file in order; code, tables and footnotes carry why they are left out.

    Front matter, raw HTML and what an image says of itself are no blocks. ``where`` names the file in errors.

    Raises:
        ArticleError: pyromark is not installed.
    """
    try:
        import pyromark
    except ImportError:
        raise ArticleError(f'{where}: to read Markdown, first run: pip install "quizzer[news]"') from None
    at = _positions(text)
    source = text.encode("utf-8", "replace")  # a lone surrogate is no Markdown; "?" is as long as it
    pieces: list[Piece] = []
    reasons = [""]  # of each block that is open
    piece = Piece([], [], [])
    images = 0
    text = source.decode()
    for event, place in pyromark.events_with_range(text, options=_options(pyromark.Options)):
        begin, end = at[place["start"]], at[place["end"]]
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        if kind in ("Start", "End"):
            name = next(iter(value)) if isinstance(value, dict) else str(value)
            if name == "Image":
                images += 1 if kind == "Start" else -1
            if name == "TableCell" and piece.chars:
                _put(piece, " ", piece.ends[-1], piece.ends[-1])
            elif name in _BLOCKS:
                pieces.append(piece)
                piece = Piece([], [], [])
                if kind == "Start":
                    reasons.append(_WHY.get(name, reasons[-1]))
                    if name == "Heading" and isinstance(value, dict):
                        piece.heading = int(str(value["Heading"]["level"])[1:])
                elif len(reasons) > 1:
                    reasons.pop()
                piece.skip = reasons[-1]
        elif images or kind in ("FootnoteReference", "InlineHtml", "Html", "TaskListMarker", "Rule"):
            if kind == "Rule" or (kind == "InlineHtml" and re.match(r"<br\b", str(value), re.IGNORECASE)):
                _put(piece, " ", begin, end)
        elif kind in ("SoftBreak", "HardBreak"):
            _put(piece, " ", begin, end)
        elif kind in ("Text", "Code", "InlineMath", "DisplayMath"):
            _put_text(piece, str(value), text, begin, end)
    pieces.append(piece)
    return [piece for piece in pieces if piece.skip != _FRONT and any(not char.isspace() for char in piece.chars)]


def _options(known: "type[Options]") -> "Options":
    front = known.ENABLE_YAML_STYLE_METADATA_BLOCKS | known.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    return front | known.ENABLE_FOOTNOTES | known.ENABLE_TABLES


def _positions(text: str) -> list[int]:
    """Return for each byte of the text in UTF-8, and for its end, which character of the text it belongs to."""
    if text.isascii():
        return list(range(len(text) + 1))
    lengths = (1 if char <= "\x7f" or "\ud800" <= char <= "\udfff" else len(char.encode()) for char in text)
    return [*itertools.chain.from_iterable([index] * length for index, length in enumerate(lengths)), len(text)]


def _put(piece: Piece, char: str, begin: int, end: int) -> None:
    piece.chars.append(char)
    piece.starts.append(begin)
    piece.ends.append(end)


def _put_text(piece: Piece, value: str, text: str, begin: int, end: int) -> None:
    """Add a run of text that the file holds at ``begin:end``, perhaps between marks, over lines, or written as an entity."""
    written = text[begin:end]
    entity = written[:1] == "&" and written[-1:] == ";" and written != value
    inside = -1 if entity else written.find(value)
    if inside >= 0:
        piece.chars.extend(value)
        piece.starts.extend(range(begin + inside, begin + inside + len(value)))
        piece.ends.extend(range(begin + inside + 1, begin + inside + len(value) + 1))
    elif not entity and (places := _aligned(value, written)):
        for char, place in zip(value, places, strict=True):
            _put(piece, char, begin + place, begin + place + 1)
    else:  # each character stands for the whole
        for char in value:
            _put(piece, char, begin, max(end, begin + 1))


def _aligned(value: str, written: str) -> list[int]:
    """Return where in ``written`` each character of ``value`` stands, a space where a line ends; empty where one does not."""
    places: list[int] = []
    at = 0
    for char in value:
        while at < len(written) and not (written[at] == char or (char == " " and written[at].isspace())):
            at += 1
        if at == len(written):
            return []
        places.append(at)
        at += 1
    return places
