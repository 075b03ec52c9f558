"""Bytes to text: UTF-8, UTF-16 with its mark, and Windows-1252 with a notice. What is no text is refused."""

import codecs

from quizzer.core.errors import FormatError
from quizzer.formats.values import Problem

MOST_BYTES = 64 * 1024 * 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file, its byte order mark left out, and a notice where its encoding was guessed.

    Raises:
        FormatError: it is too large, binary, or in no encoding that can be told; the text begins with the line: ``3: …``.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"1: this is larger than {MOST_BYTES // 1024**2} MB, and no deck. Split it.")
    if data[:2] in _UTF_16:
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise FormatError("1: begins like UTF-16 and is not. Save it as UTF-8 text.") from None
        return _without_nul(text), ()
    if b"\0" in data:
        line = lines_before(data[: data.index(b"\0")].decode("latin-1")) + 1
        raise FormatError(f"{line}: holds NUL characters: this is a binary file, or UTF-16 without its mark. Save it as UTF-8 text.")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = lines_before(data[: error.start].decode("utf-8", "replace")) + 1
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            byte = data[error.start]
            raise FormatError(f"{line}: byte 0x{byte:02x} is not UTF-8, and this is no other text. Save it as UTF-8.") from None
        notice = "this is not UTF-8 and was read as Windows-1252. If letters are wrong, save it as UTF-8 and import it again."
        return text, (Problem(line, notice, skipped=False),)


def lines_before(text: str) -> int:
    """Return how many lines end in ``text``, in whatever way they end."""
    return with_newlines(text).count("\n")


def with_newlines(text: str) -> str:
    """Return ``text`` with every line ended by a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_nul(text: str) -> str:
    if "\0" in text:
        line = lines_before(text[: text.index("\0")]) + 1
        raise FormatError(f"{line}: holds NUL characters: this is a binary file. Save it as UTF-8 text.")
    return text
