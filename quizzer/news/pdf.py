"""The article in a PDF. The only module that knows pypdfium2.

The text is what PDFium extracts, in the order of the file's own content, or column by column where that goes row by row: a line of
text for a line of print, a blank line between paragraphs, running heads, page numbers and what a browser prints in the margins
left out. Bounded: a file of too many pages or characters is refused before it is read through.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.errors import ArticleError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MOST_PAGES = 400
MOST_CHARACTERS = 2_000_000  # of all pages; twice the longest article, running heads included
WIDE = 0.8  # of a line's height: more than a word space, as little as the space between columns
MOST_SPACES = 5_000  # on a page; one with more is a table, whose columns nobody reads downwards
FEWEST_ROWS = 6  # rows that one space between columns crosses
MARGIN = 0.12  # share of the page's height at its top and foot in which a line may be a running head
_HYPHENS = "\x02\ufffe\u00ad"  # what PDFium gives for a hyphen at a line's end
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_FURNITURE = re.compile(
    r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?|[-–—] ?\d{1,4} ?[-–—]|(?:https?|file)://\S+(?: \d+/\d+)?|"
    r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}(?: [AP]M)?(?: .*)?",
    re.IGNORECASE,
)
_FILE_TITLE = re.compile(
    r"(?:untitled|microsoft word|about:|https?:|file:).*|.*\.(?:docx?|indd|qxd|pages|html?|pdf|tex|odt|pmd)$", re.IGNORECASE
)


class _Line(msgspec.Struct):
    """A printed line: its words, and where they stand in points from the page's left and foot."""

    text: str
    left: float
    right: float
    base: float
    size: float  # height of its tallest character box
    page: int
    edge: bool = False  # it stands where running heads do
    codes: list[int] = []  # its characters as they came
    gaps: list[tuple[float, float, int]] = []  # wide spaces in it: where they begin and end, and the character after


def read_pdf(data: bytes, where: str) -> tuple[str, dict[str, str]]:
    """Return the text of the article in a PDF, and its title and publisher where the file's metadata names them.

    The day a PDF was made is not the day its article was published, and is not given.

    Raises:
        ArticleError: the file is locked by a password, broken, has no text (a scan) or too much, or pypdfium2 is missing.
    """
    try:
        import pypdfium2
    except ImportError:
        raise ArticleError(f'{where}: to read PDF, first run: pip install "quizzer[news]"') from None
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            pages = len(document)
            if pages > MOST_PAGES:
                raise ArticleError(f"{where}: {pages:,} pages; an article may have up to {MOST_PAGES}. Split it into its articles.")
            lines = list(_lines(document, where))
            title = _metadata_title(document)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise ArticleError(f"{where}: is locked by a password. Save it without one and give that.") from None
        raise ArticleError(f"{where}: is no PDF that can be read ({error}). Save it anew, or give its text in a .txt file.") from None
    text = _laid_out([line for line in lines if line.text])
    if not text:
        raise ArticleError(
            f"{where}: holds no text, perhaps only pictures ({pages} page{'s' * (pages != 1)}). Recognise its text first, or copy it out."
        )
    opening = text[:2000].split("\n\n")
    for heading in (" ".join(part.split()) for part in opening[:4]):
        if heading and title.startswith(heading) and (rest := re.fullmatch(r" (?:[|·–—-]) (\S.{1,60})", title[len(heading) :])):
            return text, {"title": heading, "publisher": rest[1]}
    return text, {"title": title}


def _metadata_title(document: "PdfDocument") -> str:
    title = " ".join(str(document.get_metadata_value("Title")).split())
    return "" if _FILE_TITLE.match(title) or not re.search(r"[A-Za-z]{2}.* ", title) or len(title) > 300 else title


def _lines(document: "PdfDocument", where: str) -> Iterator[_Line]:
    characters = 0
    for number in range(len(document)):
        page = document[number]
        try:
            for line in _by_columns(list(_lines_of(page, number))):
                characters += len(line.text)
                yield line
                if characters > MOST_CHARACTERS:
                    raise ArticleError(f"{where}: more than {MOST_CHARACTERS:,} characters. Split it into its articles.")
        finally:
            page.close()


def _lines_of(page: "PdfPage", number: int) -> Iterator[_Line]:
    """Yield the page's lines in the order of its content; a line ends where the next character stands lower or further left."""
    import ctypes

    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        box = raw.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        height = page.get_height()
        foot = page.get_bbox()[1]
        codes: list[int] = []
        line = _Line("", 0, 0, 0, 0, number)
        for index in range(textpage.count_chars()):
            code = raw.FPDFText_GetUnicode(textpage, index)
            if code in (9, 10, 13, 32, 160, 0):
                if code in (10, 13):
                    if codes:
                        yield _finished(line, codes, foot, height)
                    codes = []
                elif codes and codes[-1] != 32:
                    codes.append(32)
                continue
            if not raw.FPDFText_GetLooseCharBox(textpage, index, box) or not raw.FPDFText_GetCharOrigin(textpage, index, x, y):
                continue
            size = max(box.top - box.bottom, 0.1)
            if codes and (abs(y.value - line.base) > 0.6 * max(size, line.size) or box.left < line.right - 3 * size):
                yield _finished(line, codes, foot, height)
                codes = []
            if not codes:
                line = _Line("", box.left, box.right, y.value, size, number)
            elif box.left - line.right > WIDE * size:
                line.gaps.append((line.right, box.left, len(codes)))
            codes.append(ord("-") if chr(code) in _HYPHENS else code)
            line.right, line.size = max(line.right, box.right), max(line.size, size)
        if codes:
            yield _finished(line, codes, foot, height)
    finally:
        textpage.close()


def _by_columns(lines: list[_Line]) -> list[_Line]:
    """Return a page's lines column by column where the file gives them row by row, across the space between the columns."""
    spaces = [gap[:2] for line in lines for gap in line.gaps]
    spaces += [(one.right, other.left) for one, other in itertools.pairwise(lines) if one.base == other.base and one.right < other.left]
    if len(spaces) > MOST_SPACES:
        return lines
    middles = {round((left + right) / 2, 1) for left, right in spaces[:400]}
    crossed = {middle: sum(left < middle < right for left, right in spaces) for middle in middles}
    gutter = max(sorted(crossed), key=crossed.__getitem__, default=0.0)
    if not crossed or crossed[gutter] < max(FEWEST_ROWS, len(lines) / 3):
        return lines
    ordered: list[_Line] = []
    columns: tuple[list[_Line], list[_Line]] = ([], [])
    for line in itertools.chain.from_iterable(_split(line, gutter) for line in lines):
        if line.left < gutter < line.right:  # it goes over both
            ordered += [*_by_columns(columns[0]), *_by_columns(columns[1]), line]
            columns = ([], [])
        else:
            columns[line.left >= gutter].append(line)
    return [*ordered, *_by_columns(columns[0]), *_by_columns(columns[1])]


def _split(line: _Line, gutter: float) -> list[_Line]:
    gap = next(((left, right, at) for left, right, at in line.gaps if left < gutter < right), None)
    if gap is None:
        return [line]
    left, right, at = gap
    one, other = line.codes[:at], line.codes[at:]
    before = msgspec.structs.replace(line, text=_text(one), right=left, codes=one, gaps=[gap for gap in line.gaps if gap[2] < at])
    behind = [(begin, end, where - at) for begin, end, where in line.gaps if where > at]
    return [before, msgspec.structs.replace(line, text=_text(other), left=right, codes=other, gaps=behind)]


def _text(codes: Sequence[int]) -> str:
    text = "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(char for char in text if char.isprintable()).strip()


def _finished(line: _Line, codes: list[int], foot: float, height: float) -> _Line:
    line.codes = codes
    line.text = _text(codes)
    line.edge = not MARGIN < (line.base - foot) / max(height, 1) < 1 - MARGIN
    return line


def _furniture(lines: Sequence[_Line], body: int) -> set[int]:
    """Return the indexes of lines at the page's edge that are page numbers, browsers' margins, small print, or on several pages."""
    edges = [(index, re.sub(r"\d+", "#", line.text.lower())) for index, line in enumerate(lines) if line.edge]
    pages: dict[str, set[int]] = {}
    for index, words in edges:
        pages.setdefault(words, set()).add(lines[index].page)
    return {
        index
        for index, words in edges
        if len(pages[words]) > 1 or lines[index].size < 0.93 * body or _FURNITURE.fullmatch(lines[index].text)
    }


def _laid_out(lines: Sequence[_Line]) -> str:
    if not lines:
        return ""
    body = Counter({size: sum(len(line.text) for line in group) for size, group in _by_size(lines).items()}).most_common(1)[0][0]
    furniture = _furniture(lines, body)
    kept = [line for index, line in enumerate(lines) if index not in furniture]
    if not kept:
        return ""
    gaps = sorted(down for one, other in itertools.pairwise(kept) if 0.8 * body < (down := one.base - other.base) < 3 * body)
    pitch = gaps[len(gaps) // 8] if gaps else 1.2 * body  # lines of one paragraph stand closest, and are many
    parts = [kept[0].text]
    for before, line in itertools.pairwise(kept):
        parts += ["\n\n" if _parted(before, line, pitch) else "\n", line.text]
    return "".join(parts) + "\n"


def _by_size(lines: Sequence[_Line]) -> dict[int, list[_Line]]:
    found: dict[int, list[_Line]] = {}
    for line in lines:
        found.setdefault(round(line.size), []).append(line)
    return found


def _parted(before: _Line, line: _Line, pitch: float) -> bool:
    """Whether a new paragraph begins at ``line``: more space above it, other type, or a first line set in."""
    if not 0.87 < line.size / before.size < 1.15:
        return True
    down = before.base - line.base
    ended = before.text.rstrip("\"'”’)]")[-1:] in ".!?:"
    if line.page != before.page or down < -0.5 * pitch or down > 6 * pitch:  # the next page or column
        return ended and line.text[:1].isupper() and before.right < line.right - 2 * line.size
    if down > 1.3 * max(pitch, line.size):
        return True
    return ended and down > 0.5 * pitch and 0.7 * line.size < line.left - before.left < 5 * line.size
