"""Decks on paper: sheets with their keys, and cards, as HTML and PDF.

Values in, text or bytes out; the only files that are read are the images beside a deck. Knows no learners, no SQL and no YAML.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from quizzer.core.errors import QuizzerError
from quizzer.core.kinds import Deck
from quizzer.core.printable import one_line
from quizzer.paper.wishes import Form, Paper, Wishes

__all__ = ["Form", "Paper", "Printed", "Wishes", "print_html", "print_pdf"]


class Printed(msgspec.Struct, frozen=True):
    """What was made: its bytes, how many questions it asks, and what is to be told of it."""

    data: bytes
    questions: int
    told: tuple[str, ...] = ()


# what makes pages is imported by the functions below: the command line opens without it


def print_html(decks: Sequence[tuple[Deck, Path]], wishes: Wishes) -> Printed:
    """Return decks, each with the folder of its images, as one HTML document that needs nothing else.

    Raises:
        QuizzerError: there is no question to print.
    """
    from quizzer.paper import pages
    from quizzer.paper.parts import parts_of

    made = parts_of(decks, wishes)
    return Printed(pages.html(made.parts, made.look).encode(), made.questions, made.told)


def print_pdf(decks: Sequence[tuple[Deck, Path]], wishes: Wishes) -> Printed:
    """Return decks, each with the folder of its images, as PDF; characters that no font has are told.

    Raises:
        QuizzerError: there is no question to print; PDF cannot be made here.
    """
    from quizzer.paper import pages, pdf
    from quizzer.paper.parts import parts_of

    made = parts_of(decks, wishes)
    documents = [pages.html([part], made.look) for part in made.parts]
    missing = pdf.missing("".join(documents), fonts=pages.FONTS)
    if "a" in missing:
        raise QuizzerError("this machine has no fonts, so no PDF can be made. Install some, DejaVu or Noto, or write .html instead.")
    data = pdf.pdf(documents, title=one_line(made.look.title))
    return Printed(data, made.questions, (*made.told, *(_boxes(missing) if missing else ())))


def _boxes(missing: Sequence[str]) -> list[str]:
    shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
    return [f"no font of this machine has {shown}: printed as boxes. Install one that has, such as Noto, or write .html instead."]
