"""Text of decks that say `markup: markdown`, as lines: Rich's Markdown, in the colours of the house.

The only module that imports ``rich.markdown``, and only when it is needed: it takes a quarter of a second. HTML is shown as it
stands, links are told with their address, and no text is ever markup or a command to the terminal.
"""

import io
from typing import TYPE_CHECKING, Final

from textual.content import Content

from quizzer.tui.widgets.text import Piece, literal

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.style import Style

_MOST = 20_000  # characters that are read as Markdown; a longer text is cut
_CODE_THEMES: Final = {True: "github-dark", False: "xcode"}
_COLOURS: Final = {  # of what Rich names, in the house's; what is not named has the colour of text
    "markdown.code": "$accent",
    "markdown.item.bullet": "$accent",
    "markdown.item.number": "$accent",
    "markdown.block_quote": "$quiet",
    "markdown.hr": "$quiet",
    "markdown.link_url": "$quiet",
    "markdown.table.border": "$quiet",
}
_WEIGHTS: Final = ("bold", "italic", "underline", "strike")


def markdown_lines(text: str, width: int, *, dark: bool) -> list[Content]:
    """Return ``text`` as lines of at most ``width`` cells; ``dark`` says which colours code is told apart in."""
    from markdown_it import MarkdownIt
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.style import Style
    from rich.theme import Theme

    own = {name: Style(meta={"colour": colour}) for name, colour in _COLOURS.items()}
    own |= {"markdown.h1.border": Style(), "markdown.table.header": Style(bold=True)}
    own |= {f"markdown.h{level}": Style(bold=True, underline=level == 1) for level in range(1, 8)}
    console = Console(width=max(2, width), file=io.StringIO(), force_terminal=True, color_system="truecolor", theme=Theme(own))
    shown = Markdown("", code_theme=_CODE_THEMES[dark], hyperlinks=False)
    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").enable("table")
    shown.parsed = parser.parse(literal(text)[:_MOST])
    lines = [_content(line) for line in console.render_lines(shown, pad=False)]
    while lines and not lines[-1]:
        lines.pop()
    return [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]  # one blank line between blocks is enough


def _content(line: "list[Segment]") -> Content:
    pieces: list[Piece] = [(segment.text, _style(segment.style)) for segment in line if not segment.control]
    code = any(segment.style is not None and segment.style.bgcolor is not None for segment in line)
    return Content.assemble(*pieces) if code else Content.assemble(*pieces).rstrip()  # the ground of code reaches to the right edge


def _style(style: "Style | None") -> str:
    """Return a style of Rich's as one of Textual's: its weight, and the house's colour, or of code its own on a quiet ground."""
    if style is None:
        return ""
    words = [weight for weight in _WEIGHTS if getattr(style, weight)]
    if colour := style.meta.get("colour"):
        words.append(colour)
    elif style.bgcolor is not None and style.bgcolor.triplet:  # a block of code
        words += [style.color.triplet.hex] if style.color and style.color.triplet else []
        words.append("on $panel")
    return " ".join(words)
