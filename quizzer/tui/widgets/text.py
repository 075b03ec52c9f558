"""Text from decks, laid out by hand.

What an author wrote is shown as it stands: never as markup, and (``literal``) never as a command to the terminal.
"""

from collections.abc import Iterable

from textual.content import Content
from textual.style import Style

from quizzer.core.printable import literal, one_line

__all__ = ["Piece", "columns", "hang", "literal", "one_line"]

Piece = str | Content | tuple[str, str | Style]


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
