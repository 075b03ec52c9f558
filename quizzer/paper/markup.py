"""Texts of decks as HTML: shown as they stand, never obeyed.

What comes out holds no tag that the text itself asked for, but those of Markdown where the deck says so; links go to the web alone, images
of the text are told in words. A text that begins in a script written from right to left runs that way.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from quizzer.core.printable import literal, one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MOST = 20_000  # characters that are read as Markdown; a longer text is shown as it was written
_BREAK = Markup("<br>")


def told(text: str, *, rtl: bool = False) -> Markup:
    """Return plain text as HTML, its lines kept. ``rtl``: how text runs that has no letters."""
    return read(text, markdown=False, rtl=rtl)


def read(text: str, *, markdown: bool, rtl: bool = False, like: str = "") -> Markup:
    """Return a stem or an explanation as HTML; it runs the way ``like`` does, where that is given."""
    lines = _BREAK.join(escape(line) for line in literal(text).strip().split("\n"))
    if not markdown or len(text) > _MOST:
        return _turned("span", lines, like or text, rtl)
    return _turned("div", Markup(_parser().render(literal(text)).strip()), like or text, rtl)


def with_gaps(pieces: Sequence[str], gaps: Sequence[Markup], *, markdown: bool, rtl: bool = False) -> Markup:
    """Return the text made of ``pieces`` with a gap between each two, as HTML."""
    whole = "".join(pieces)
    sign = "gap"
    while sign in whole.lower():  # what stands for a gap until all is HTML may not stand in the text
        sign += "q"
    signs = [f"{sign}{number}z" for number in range(len(gaps))]
    text = pieces[0] + "".join(sign + piece for sign, piece in zip(signs, pieces[1:], strict=True))
    html = str(read(text, markdown=markdown, rtl=rtl, like=whole))
    for one, gap in zip(signs, gaps, strict=True):
        html = html.replace(one, str(gap))
    return Markup(html)


def link(url: str) -> str:
    """Return the address where it is one of the web, else an empty text: nothing else is to be followed."""
    return one_line(url) if re.match(r"https?://[^\s]+$", url) else ""


def is_rtl(text: str, *, otherwise: bool) -> bool:
    """Whether the text runs from right to left, by its first letter that says so (as the Unicode bidirectional algorithm has it)."""
    for char in text:
        match unicodedata.bidirectional(char):
            case "L":
                return False
            case "R" | "AL":
                return True
    return otherwise


def _turned(tag: str, html: Markup, text: str, rtl: bool) -> Markup:
    direction = "rtl" if is_rtl(text, otherwise=rtl) else "ltr"
    return Markup('<{} class="t" dir="{}">{}</{}>').format(tag, direction, html, tag)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    def told_in_words(self: Any, tokens: Sequence[Any], at: int, options: Any, env: Any) -> str:
        words = " ".join(tokens[at].content.split())
        return str(escape(f"[{words}]" if words else "[…]"))

    def to_the_web(self: Any, tokens: Sequence[Any], at: int, options: Any, env: Any) -> str:
        address = link(str(tokens[at].attrs.get("href", "")))
        return str(Markup('<a href="{}">').format(address)) if address else "<a>"

    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").enable("table")
    parser.add_render_rule("image", told_in_words)
    parser.add_render_rule("link_open", to_the_web)
    return parser
