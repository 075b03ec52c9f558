"""Bytes to text: UTF-8, UTF-16 with its mark, and Windows-1252 where nothing else is likely."""

import re

from quizzer.core.errors import ArticleError

_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]|[\x00-\x08\x0e-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
# What Windows-1252 has above ASCII in English prose: quotation marks, dashes, dots, signs; letters with accents inside words.
_MARK = rb"[\x80\x82\x84\x85\x91-\x97\x99\xa0\xa3\xa7\xa9\xab\xad\xae\xb0\xb7\xbb\xbc-\xbe]"
_PRINT = re.compile(rb"(?P<before>[\xc0-\xff]{0,2})(?:" + _MARK + rb")*(?P<after>[\xc0-\xff]{0,2})")  # é, ’, é’, “É
_LETTER = re.compile(rb"[A-Za-z]")
MOST_HIGH = 0.1  # share of all bytes; English prose has 0.03 at most, other scripts' encodings 0.4


def decoded(data: bytes, where: str, name: str = "") -> str:
    """Return the text of a file's bytes, its byte-order mark left out; ``where`` names it in errors.

    Raises:
        ArticleError: the bytes are in no encoding that can be told for sure.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig" and _is_windows_1252(data):
            return data.decode("cp1252")
        wrong = data[error.start] if error.start < len(data) else 0
        raise ArticleError(f"{where}: is not text in UTF-8 (byte 0x{wrong:02x} at {error.start:,}). Save it as UTF-8 text.") from None


def _is_windows_1252(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 read as English in Windows-1252 (of which Latin-1's text is a part), and as nothing else.

    Every run of bytes above ASCII is marks of print, or one or two letters beside a letter of the same word, or both.
    """
    runs = list(_HIGH.finditer(data))
    if _UNDEFINED.search(data) or sum(len(run[0]) for run in runs) > MOST_HIGH * len(data):
        return False
    for run in runs:
        found = _PRINT.fullmatch(run[0])
        if found is None:
            return False
        before, after = data[max(run.start() - 1, 0) : run.start()], data[run.end() : run.end() + 1]
        if found["before"] and not _LETTER.search(before + (after if found["before"] == run[0] else b"")):
            return False
        if found["after"] and not _LETTER.search(after):
            return False
    return True
