"""Pages as PDF: the same HTML, set by PlutoBook.

The only module that imports ``plutoprint`` (the extra ``print``). It is given no way to files or the web. The same pages give the same
bytes on a machine: the date in the file is always the same.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from quizzer import __version__
from quizzer.core.errors import QuizzerError

MADE = "1980-01-01T00:00:00Z"
_CELL, _ACROSS = 40, 32  # pixels of a square that one letter is drawn in, and how many stand in a row
_LETTERS_AT_ONCE = 4096
_NONE = "\U0010ffff"  # that no font has


def pdf(documents: Sequence[str], *, title: str) -> bytes:
    """Return one PDF of all ``documents`` (HTML), each with its pages numbered by itself.

    Raises:
        QuizzerError: what makes PDF is not installed, or cannot set these pages.
    """
    pluto = _engine()
    stream = io.BytesIO()
    try:
        with pluto.PDFCanvas.create_for_stream(stream, pluto.PAGE_SIZE_A4) as canvas:
            canvas.set_metadata(pluto.PDF_METADATA_TITLE, title)
            canvas.set_metadata(pluto.PDF_METADATA_CREATOR, f"quizzer {__version__}")
            canvas.set_metadata(pluto.PDF_METADATA_CREATION_DATE, MADE)
            for document in documents:
                book = _book(document, pluto.MEDIA_TYPE_PRINT)
                for number in range(book.get_page_count()):
                    canvas.set_size(book.get_page_size_at(number))
                    canvas.save_state()
                    canvas.scale(pluto.UNITS_PX, pluto.UNITS_PX)
                    book.render_page(canvas, number)
                    canvas.restore_state()
                    canvas.show_page()
    except pluto.Error as error:
        raise QuizzerError(f"the PDF could not be made: {error}. Write .html instead, and print it from a browser.") from None
    return stream.getvalue()


def missing(text: str, *, fonts: str) -> list[str]:
    """Return the characters of ``text`` that no font of this machine has, sorted: they would be boxes."""
    seen = sorted(char for char in set(text) if unicodedata.category(char) not in ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"))
    return [char for at in range(0, len(seen), _LETTERS_AT_ONCE) for char in _not_drawn(seen[at : at + _LETTERS_AT_ONCE], fonts)]


def _not_drawn(letters: Sequence[str], fonts: str) -> Iterable[str]:
    """Draw each letter in a square of its own; those that look like one that is in no font are in none."""
    import html

    pluto = _engine()
    drawn = [_NONE, *letters]
    squares = "".join(
        f'<i style="left:{at % _ACROSS * _CELL}px;top:{at // _ACROSS * _CELL}px">{html.escape(letter)}</i>'
        for at, letter in enumerate(drawn)
    )
    style = f"i{{position:absolute;width:{_CELL}px;height:{_CELL}px;overflow:hidden;font:16px/{_CELL}px {fonts}}}"
    page = f'<!DOCTYPE html><meta charset="utf-8"><style>{style}</style><body style="margin:0;width:{_ACROSS * _CELL}px">{squares}</body>'
    wide, high = _ACROSS * _CELL, -(-len(drawn) // _ACROSS) * _CELL
    canvas = pluto.ImageCanvas(wide, high)
    canvas.clear_surface(1, 1, 1)
    _book(page, pluto.MEDIA_TYPE_SCREEN).render_document(canvas)
    data, stride = bytes(canvas.get_data()), canvas.get_stride()

    def square(at: int) -> bytes:
        left, top = at % _ACROSS * _CELL * 4, at // _ACROSS * _CELL
        return b"".join(data[row * stride + left : row * stride + left + _CELL * 4] for row in range(top, top + _CELL))

    none = square(0)
    return [letter for at, letter in enumerate(letters, start=1) if square(at) == none]


def _book(document: str, media: Any) -> Any:
    pluto = _engine()
    book = pluto.Book(pluto.PAGE_SIZE_A4, pluto.PAGE_MARGINS_NONE, media)
    book.load_html(document, base_url="about:blank")
    return book


def _engine() -> Any:
    try:
        import plutoprint
    except ImportError as error:
        why = f"{error.name or error} cannot be loaded"
        remedy = "Install it with `pip install 'quizzer[print]'`, or write .html and print that from a browser."
        raise QuizzerError(f"PDF needs the extra print: {why}. {remedy}") from None
    return plutoprint
