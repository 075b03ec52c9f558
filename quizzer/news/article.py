"""An article as read: its untouched text, and what is known of where it came from.

The text is the file decoded (a byte-order mark, which is no character of the text, left out; line ends kept as they are), for
Markdown with all its marks; for HTML and PDF it is the article's text as extracted, the same for the same file. Every offset
anywhere in this room points into it.

What the article says of itself comes from, in this order: its author's options; a header of fields, front matter or a page's
metadata; its heading and dateline, or a line with nothing but a date; and, of the date, the file's own name, as blogs and
archives write it ("2016-05-03-title.txt"), where the article itself is silent.
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
from quizzer.news.encoding import decoded
from quizzer.news.header import LOOKED_AT, date_in_name, dated, fields, header_end, headline, iso
from quizzer.news.headings import Heading, heading_of
from quizzer.news.markdown import front_matter, read_pieces
from quizzer.news.pdf import read_pdf
from quizzer.news.webpage import read_page
from quizzer.news.words import FUNCTION_WORDS

LARGEST = 1_000_000  # characters; ten times the longest magazine piece
LARGEST_PDF = 100_000_000  # bytes; pictures and fonts take most of them
ENGLISH_SHARE = 0.2  # English prose has 0.35 to 0.55 of these words; German or Spanish prose under 0.12

Format = Literal["text", "markdown", "page", "pdf"]
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")

_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article as read: ``text`` is untouched, and every offset anywhere points into it."""

    name: str
    text: str
    title: str = ""
    publisher: str = ""
    date: str = ""  # ISO, the day of publication
    url: str = ""
    format: Format = "text"

    @property
    def heading(self) -> Heading:
        """What the article is called, as a question may tell it."""
        return heading_of(self.title, self.date)

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
    waiting, place = [folder], folder
    try:
        while waiting:
            place = waiting.pop()
            for path in place.iterdir():
                if path.name.startswith("."):
                    continue
                if path.is_dir():
                    if not path.is_symlink():
                        waiting.append(path)
                elif path.suffix.lower() in SUFFIXES and path.is_file():
                    found.append(path)
    except OSError as error:
        raise ArticleError(f"{place}: cannot be listed ({error.strerror}). Check its name and permissions.") from None
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
        with path.open("rb") as file:
            data = file.read(LARGEST_PDF + 1)  # of what is larger, enough to refuse it
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
    """Return the article in ``data``, a file's content; ``where`` names it in errors. Otherwise as ``read``."""
    where = where or name
    given = {"title": _line(title), "publisher": _line(publisher), "date": _checked_date(date), "url": _line(url)}
    if b"%PDF-" in data[:1024] or name.lower().endswith(".pdf"):
        if len(data) > LARGEST_PDF:
            raise ArticleError(f"{where}: {len(data):,} bytes; a PDF may have up to {LARGEST_PDF:,}. Split it into its articles.")
        if not data:
            raise ArticleError(f"{where}: is empty. Give a file with an article in it.")
        text, known = read_pdf(data, where)
        return _complete(_extracted(text, known, name, "pdf"), where, given)
    if len(data) > 8 * LARGEST:
        raise ArticleError(f"{where}: {len(data):,} bytes; an article may have up to {LARGEST:,} characters. Split it.")
    return _from_characters(decoded(data, where, name), name, where, given)


def read_text(text: str, *, name: str, where: str = "", title: str = "", publisher: str = "", date: str = "", url: str = "") -> Article:
    """Return the article whose file (text, Markdown or HTML) holds ``text``; for standard input. Otherwise as ``read``."""
    given = {"title": _line(title), "publisher": _line(publisher), "date": _checked_date(date), "url": _line(url)}
    return _from_characters(text, name, where or name, given)


def _from_characters(text: str, name: str, where: str, given: dict[str, str]) -> Article:
    if "\0" in text:
        raise ArticleError(f"{where}: is not text (it holds a NUL byte). Give a text, Markdown, HTML or PDF file.")
    if not text.strip():
        raise ArticleError(f"{where}: is empty. Give a file with an article in it.")
    if len(text) > 8 * LARGEST:
        raise ArticleError(f"{where}: {len(text):,} characters; an article may have up to {LARGEST:,}. Split it into its articles.")
    if name.lower().endswith((".md", ".markdown")):
        article = _from_markdown(text, name, where)
    elif name.lower().endswith((".html", ".htm", ".xhtml")) or _HTML.match(text[:2000]):
        article = _extracted(*read_page(text, where), name, "page")
    else:
        article = _from_text(text, name)
    return _complete(article, where, given)


def _complete(article: Article, where: str, given: dict[str, str]) -> Article:
    """Return the article with what its author gave in place of what it says, checked."""
    if len(article.text) > LARGEST:
        raise ArticleError(f"{where}: {len(article.text):,} characters; an article may have up to {LARGEST:,}. Split it into its articles.")
    _demand_english(article.text, where)
    known = {"date": article.date or date_in_name(article.name)} | {field: value for field, value in given.items() if value}
    return msgspec.structs.replace(article, **known)


def _line(text: str) -> str:
    return " ".join(text.split())


def _checked_date(date: str) -> str:
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


def _from_text(text: str, name: str) -> Article:
    end = header_end(text)
    known = fields(text[:end])
    body = text[end:]
    publisher, date = dated(body)
    return Article(
        name=name,
        text=text,
        title=known.get("title") or known.get("headline") or headline(body),
        publisher=known.get("publisher") or known.get("source") or publisher,
        date=iso(known.get("date") or known.get("published") or "") or date,
        url=known.get("url") or known.get("link") or "",
    )


def _from_markdown(text: str, name: str, where: str) -> Article:
    known = front_matter(text)
    blocks = [piece for piece in read_pieces(text, where) if not piece.skip]
    pieces = ["".join(piece.chars) for piece in blocks]
    title = next((words for piece, words in zip(blocks, pieces, strict=True) if piece.heading == 1), "") or headline(
        "\n\n".join(pieces[:3])
    )
    publisher, date = dated("\n".join(pieces[:LOOKED_AT]))
    return Article(
        name=name,
        text=text,
        title=known.get("title") or " ".join(title.split()),
        publisher=known.get("publisher") or publisher,
        date=iso(known.get("date", "")) or date,
        url=known.get("url", ""),
        format="markdown",
    )


def _extracted(text: str, known: dict[str, str], name: str, format: Format) -> Article:  # noqa: A002 - the word of Article
    publisher, date = dated(text)
    return Article(
        name=name,
        text=text,
        title=known.get("title") or headline(text),
        publisher=known.get("publisher") or publisher,
        date=iso(known.get("date", "")) or date,
        url=known.get("url", ""),
        format=format,
    )


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
