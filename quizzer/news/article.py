"""An article as read: its untouched text, and what is known of where it came from.

The text is the file decoded as UTF-8 (a byte-order mark, which is no character of the text, left out; line ends kept as
they are); for HTML it is the article's text as trafilatura extracts it. Every offset anywhere in this room points into it.
"""

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Literal

import msgspec

from quizzer.core.errors import ArticleError
from quizzer.core.kinds import slug
from quizzer.core.model import Source
from quizzer.news.words import FUNCTION_WORDS, MONTH_OF

LARGEST = 1_000_000  # characters; ten times the longest magazine piece
LONGEST_HEADLINE = 20  # words
ENGLISH_SHARE = 0.2  # English prose has 0.35 to 0.55 of these words; German or Spanish prose under 0.12

Format = Literal["text", "markdown", "page", "pdf"]
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")

_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_BYLINE = re.compile(r"(?:by|photo|source|https?:|www\.|©|\() ?\S|[\W\d_]+$", re.IGNORECASE)
_ISO_HEADER = re.compile(r"\s*(?:date|published|updated)\s*:?\s*(\d{4}-\d{2}-\d{2})(?:T[\d:.+Z-]*)?(?=\s|$)", re.IGNORECASE)
_FIELD = re.compile(r"\s*(title|headline|date|published|publisher|source|url|link|author|by)\s*:\s*(\S.*)", re.IGNORECASE)
_DATE_LINE = re.compile(r"(?:[A-Z][a-z]+day,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? \d{4}")
_LONG_DATE = re.compile(r"([A-Z][a-z]{2,8})\.? (\d{1,2}), (\d{4})$")
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){0,3}(?:, (?:[A-Z][a-z]+\.?|[A-Z]\.[A-Z]\.)(?: [A-Z][a-z]+)?)?)"
    r"(?:,? (?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?)?"
    r"(?: ?\((?P<publisher>[A-Z][\w .&'’-]{1,40})\))? ?(?:—|–|--|-) ?"
)


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article as read: ``text`` is untouched, and every offset anywhere points into it."""

    name: str
    text: str
    title: str = ""
    publisher: str = ""
    date: str = ""  # ISO, the day of publication
    url: str = ""
    format: Format = "text"

    def source(self) -> Source:
        """Return what a deck says of the article; its id is a slug of the publisher and title, or of the file's name."""
        words = " ".join(filter(None, (self.publisher, self.title))) or re.sub(r"\.\w{1,5}$", "", self.name)
        return Source(
            id=slug(words, words=8),
            publisher=self.publisher,
            title=self.title,
            date=self.date,
            url=self.url,
            sha256=hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest(),
        )


def find_articles(folder: Path) -> list[Path]:
    """Return the article files (by suffix, see ``SUFFIXES``) in ``folder`` and the folders in it, sorted.

    Hidden files and folders are left out. To keep names apart, give ``read`` the path within the folder as ``name``.

    Raises:
        ArticleError: there is no such folder, it cannot be read, or it holds no article.
    """
    found: list[Path] = []
    try:
        waiting = [folder]
        while waiting:
            for path in waiting.pop().iterdir():
                if path.name.startswith("."):
                    continue
                if path.is_dir():
                    if not path.is_symlink():
                        waiting.append(path)
                elif path.suffix.lower() in SUFFIXES and path.is_file():
                    found.append(path)
    except OSError as error:
        raise ArticleError(f"{folder}: cannot be listed ({error.strerror}). Check its name and permissions.") from None
    if not found:
        raise ArticleError(f"{folder}: no article in this folder. Articles are files that end in {', '.join(SUFFIXES)}.")
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


def read(path: Path, *, name: str = "", title: str = "", publisher: str = "", date: str = "", url: str = "") -> Article:
    """Return the article in a text, Markdown, HTML or PDF file.

    Args:
        path: The file.
        name: What the article is called; left out, the file's name.
        title: Wins over what the file says, as do ``publisher``, ``date`` and ``url``.
        publisher: Who published it.
        date: The day, month or year of publication: YYYY-MM-DD, YYYY-MM or YYYY.
        url: Where it was published.

    Raises:
        ArticleError: there is no such file, it is a folder or cannot be read, is binary or in an unknown encoding, is empty,
            is longer than a million characters, holds no article (HTML, PDF), does not look English, or ``date`` is no date.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ArticleError(f"{path}: there is no such file. Check the name.") from None
    except IsADirectoryError:
        raise ArticleError(f"{path}: is a folder. Name the article files in it, as in {path / '*.txt'}.") from None
    except PermissionError as error:
        if path.is_dir():  # what Windows says of a folder
            raise ArticleError(f"{path}: is a folder. Name the article files in it, as in {path / '*.txt'}.") from None
        raise ArticleError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from None
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror}).") from None
    except ValueError as error:  # a NUL in the name
        raise ArticleError(f"{str(path)!r}: is no file name ({error}).") from None
    return read_bytes(data, name=name or path.name, where=str(path), title=title, publisher=publisher, date=date, url=url)


def read_bytes(data: bytes, *, name: str, where: str = "", title: str = "", publisher: str = "", date: str = "", url: str = "") -> Article:
    """Return the article in ``data``, a file's content; ``where`` names it in errors. Raises ArticleError as ``read``."""
    where = where or name
    if len(data) > 8 * LARGEST:
        raise ArticleError(f"{where}: {len(data):,} bytes; an article may have up to {LARGEST:,} characters. Split it.")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{where}: is not text in UTF-8 (byte 0x{data[error.start]:02x} at {error.start:,}). Save it as UTF-8 text."
        ) from None
    return read_text(text, name=name, where=where, title=title, publisher=publisher, date=date, url=url)


def read_text(text: str, *, name: str, where: str = "", title: str = "", publisher: str = "", date: str = "", url: str = "") -> Article:
    """Return the article whose file (text or HTML) holds ``text``; for standard input. Raises ArticleError as ``read``."""
    where = where or name
    if "\0" in text:
        raise ArticleError(f"{where}: is not text (it holds a NUL byte). Give a text or HTML file.")
    if not text.strip():
        raise ArticleError(f"{where}: is empty. Give a file with an article in it.")
    if name.lower().endswith((".html", ".htm", ".xhtml")) or _HTML.match(text[:2000]):
        article = _from_html(text, name, where)
    else:
        article = _from_text(text, name)
    if len(article.text) > LARGEST:
        raise ArticleError(f"{where}: {len(article.text):,} characters; an article may have up to {LARGEST:,}. Split it into its articles.")
    _demand_english(article.text, where)
    return msgspec.structs.replace(
        article,
        title=_line(title) or article.title,
        publisher=_line(publisher) or article.publisher,
        date=_given_date(date) or article.date,
        url=_line(url) or article.url,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _given_date(date: str) -> str:
    """Return a date an author gave, checked; an empty one as it is."""
    date = date.strip()
    if not date:
        return ""
    try:
        if not _ISO.fullmatch(date):
            raise ValueError
        dt.date.fromisoformat((date + "-01-01")[:10])
    except ValueError:
        raise ArticleError(f"--date {date!r}: is no date. Write YYYY-MM-DD, YYYY-MM or YYYY, as in 2021-01-14.") from None
    return date


def dateline(line: str) -> re.Match[str] | None:
    """Return the dateline that opens ``line`` ("SANTIAGO, Chile, Oct. 13 (Agency) -- "), or None."""
    return _DATELINE.match(line)


def header_end(text: str) -> int:
    """Return where the article proper begins: behind a header of fields ("Title: …") or a leading "date 2021-01-14"."""
    end = 0
    while match := _FIELD.match(text, end):
        if "\n\n" in text[end : match.start(1)].replace("\r", "") and end:
            break
        line_end = text.find("\n", match.start(2))
        end = len(text) if line_end < 0 else line_end + 1
    if not end and (match := _ISO_HEADER.match(text)):
        end = match.end()
    return end


def headline(text: str) -> str:
    """Return the heading that opens ``text``: one short line without a full stop, parted by a blank line from what follows."""
    match = re.match(r"\s*(?P<line>\S[^\r\n]*)(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*\S", text)
    line = " ".join(match["line"].split()) if match else ""
    ends = re.sub(r"[\"'”’)\]]+$", "", line)[-1:]
    if not line or ends in ".,;:…-–—" or len(line.split()) > LONGEST_HEADLINE or _BYLINE.match(line) or _DATE_LINE.fullmatch(line):
        return ""
    place = dateline(line)
    return "" if place and place.end() == len(line) else line


def _from_text(text: str, name: str) -> Article:
    header = text[: header_end(text)]
    known: dict[str, str] = {}
    for line in header.splitlines():
        if match := _FIELD.match(line):
            known.setdefault(match[1].lower(), match[2].strip())
        elif match := _ISO_HEADER.match(line):
            known.setdefault("date", match[1])
    title = known.get("title") or known.get("headline") or headline(text[len(header) :])
    publisher = known.get("publisher") or known.get("source") or ""
    date = _iso(known.get("date") or known.get("published") or "")
    for line in text[len(header) :].splitlines()[:12]:
        if match := dateline(line.strip()):
            publisher = publisher or match["publisher"] or ""
            if not date and match["year"] and match["month"].lower() in MONTH_OF:
                date = _iso(f"{match['month']} {match['day']}, {match['year']}")
            break
    return Article(name=name, text=text, title=title, publisher=publisher, date=date, url=known.get("url") or known.get("link") or "")


def _from_html(text: str, name: str, where: str) -> Article:
    try:
        import trafilatura
    except ImportError:
        raise ArticleError(f'{where}: to read HTML, first run: pip install "quizzer[news]"') from None
    found = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    body = getattr(found, "text", None) or ""
    if not body.strip():
        raise ArticleError(f"{where}: no article found in this page. Save its text in a .txt file and give that.")
    return Article(
        name=name,
        text=body,
        title=getattr(found, "title", None) or "",
        publisher=getattr(found, "sitename", None) or "",
        date=_iso(getattr(found, "date", None) or ""),
        url=getattr(found, "url", None) or "",
    )


def _iso(date: str) -> str:
    if re.match(r"\d{4}-\d{2}-\d{2}", date):
        return date[:10]
    if (match := _LONG_DATE.match(date)) and (month := MONTH_OF.get(match[1].lower())):
        return f"{match[3]}-{month:02}-{int(match[2]):02}"
    return ""


def english_share(text: str) -> float:
    """Return the share of words of ``text``, 0 to 1, that are common English function words."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in FUNCTION_WORDS for word in words) / len(words) if words else 0.0


def _demand_english(text: str, where: str) -> None:
    sample = text[:20_000]
    share = english_share(sample)
    if share < ENGLISH_SHARE:
        begin = " ".join(sample.split())[:40]
        raise ArticleError(
            f"{where}: does not look English ({share:.0%} common English words; it begins “{begin}”). "
            "Questions are made from English articles only."
        )
