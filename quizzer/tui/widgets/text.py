"""Text from decks, made safe to print and laid out by hand.

What an author wrote is shown as it stands: never as markup, and never as a command to the terminal.
"""

from collections.abc import Iterable
from typing import Final

from textual.content import Content
from textual.style import Style

_CONTROLS: Final = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x09: "    ",
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0x2028: "\n",
    0x2029: "\n",
}
Piece = str | Content | tuple[str, str | Style]


def literal(text: str) -> str:
    """Return ``text`` with every character a terminal would obey, or cannot be sent, replaced by one that shows it."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_CONTROLS)


def one_line(text: str) -> str:
    """Return ``literal(text)`` on a single line."""
    return " ".join(literal(text).split())


def hang(lead: Content, body: Content, *, width: int, rest: Content | None = None) -> list[Content]:
    """Return ``body`` wrapped into lines of at most ``width`` cells; the first begins with ``lead``, others with ``rest`` (blanks)."""
    blank = Content(" " * lead.cell_length) if rest is None else rest
    lines = body.wrap(max(2, width - lead.cell_length))
    return [Content.assemble(lead if number == 0 else blank, line) for number, line in enumerate(lines or [body])]


def columns(cells: Iterable[tuple[Content, int, bool]], *, gap: int = 2) -> Content:
    """Return cells of (content, width, right-aligned) side by side, cut or filled to their widths."""
    parts: list[Piece] = []
    for content, width, right in cells:
        cut = content.truncate(width, ellipsis=True)
        space = " " * (width - cut.cell_length)
        parts += [" " * gap if parts else "", space if right else "", cut, "" if right else space]
    return Content.assemble(*parts)
