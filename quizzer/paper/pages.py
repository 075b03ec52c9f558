"""Pages as HTML: one document that any browser shows and prints, or one a part for the PDF.

The only module that imports ``jinja2``. Nothing is loaded from elsewhere: images are in the document, and a policy in its head forbids
all else.
"""

import re
from functools import cache
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from quizzer.paper.cards import FOOT, MARGIN, Row
from quizzer.paper.items import Item, Origin
from quizzer.paper.markup import is_rtl, told
from quizzer.paper.wishes import Wishes
from quizzer.paper.words import Words

FONTS = (
    '"Liberation Sans", Arial, Helvetica, "Noto Sans", "DejaVu Sans", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Emoji", sans-serif'
)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What is handed out as one: a sheet, a key, or cards; its pages are numbered by themselves."""

    form: str
    version: str = ""
    items: tuple[Item, ...] = ()
    origins: tuple[Origin, ...] = ()
    pages: tuple[tuple[Row, ...], ...] = ()

    @property
    def points(self) -> int:
        """All that can be got."""
        return sum(item.points for item in self.items)


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What all parts have: their title, language and words."""

    title: str
    language: str
    rtl: bool
    words: Words
    instructions: str
    wishes: Wishes


def html(parts: list[Part], look: Look) -> str:
    """Return one document of all ``parts``."""
    wide, high = look.wishes.paper.size
    return _template().render(
        parts=parts,
        look=look,
        words=look.words,
        wishes=look.wishes,
        start="right" if look.rtl else "left",
        end="left" if look.rtl else "right",
        fonts=Markup(FONTS),
        paper=f"{wide}mm {high}mm",
        half=(wide - 2 * MARGIN) / 2,
        margin=MARGIN,
        foot=FOOT,
    )


def _css_text(text: Any, more: str = "") -> Markup:
    """Return the declarations by which CSS shows ``text``, whatever it holds, and ``more`` after it, which is CSS."""
    quoted = re.sub(r"[^\w .,:;()–-]|[^\x00-\x7f]", lambda match: f"\\{ord(match[0]):x} ", str(text))
    direction = "rtl" if is_rtl(str(text), otherwise=False) else "ltr"
    return Markup(f'direction: {direction}; content: "{quoted}" {more};')


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("quizzer.paper"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css_text"] = _css_text
    environment.filters["say"] = told
    return environment.get_template("document.html")
