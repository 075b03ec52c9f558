"""Deck files as bytes: decoded on the way in, replaced whole on the way out.

A write happens altogether or not at all: the new text goes to a file beside the old one, is flushed to disk and then
takes its place. Line endings, byte order mark and encoding stay as they were found.
"""

import codecs
import contextlib
import errno
import os
import re
import stat
import uuid
from pathlib import Path

import msgspec

from quizzer.core.errors import DeckError
from quizzer.deckfile.problems import Unreadable

SUFFIXES = (".yaml", ".yml")
_KILLED = 3600  # seconds after which what was being written was given up
_STDIN = Path("/dev/stdin")
_HANDED_OVER = (Path("/dev/fd"), Path("/proc/self/fd"))
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class DeckText(msgspec.Struct, frozen=True):
    """The text of a file, and what is needed to turn it into the same bytes again."""

    text: str
    encoding: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Return ``text`` as bytes in this file's manner."""
        return self.mark + text.encode(self.encoding)


def read(path: Path) -> DeckText:
    """Return the text of the file.

    Raises:
        Unreadable: it is missing, a folder, not to be read, or not text.
    """
    return decode(contents(path))


def contents(path: Path) -> bytes:
    """Return the bytes of the file; the errors are those of ``read``."""
    try:
        if _is_endless(path):
            raise Unreadable("D001", "this is a pipe or device, not a deck file.")
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("D001", "there is no such file. Is the name spelled right?") from None
    except IsADirectoryError:
        raise Unreadable("D001", "this is a folder, not a deck file.") from None
    except (OSError, ValueError) as error:
        raise Unreadable("D001", f"this file cannot be read: {_reason(error)}.") from None


def _is_endless(path: Path) -> bool:
    """Whether reading may never end: a named pipe, a device. What the shell hands over as /dev/fd or /dev/stdin has an end."""
    mode = path.stat().st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and path != _STDIN and path.parent not in _HANDED_OVER


def decode(data: bytes) -> DeckText:
    """Return the text that ``data`` holds: UTF-8, or UTF-16 with its byte order mark.

    Raises:
        Unreadable: it is in neither, or holds NUL characters.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":  # whoever opens it sees other lines than these
            message = "the file begins with the mark of UTF-16, and is not UTF-16. Save it as UTF-8 text."
            raise Unreadable("D002", message, line=1, column=1) from None
        line, column = _end(body[: error.start].decode(encoding, "replace"))
        if b"\0" in body:
            raise Unreadable("D002", "this is not text. A deck is a YAML file in UTF-8.", line=line, column=column) from None
        guess = body[error.start : error.start + 1].decode("latin-1")
        shown = f" (in Latin-1 it would be {guess!r})" if guess.isprintable() else ""
        message = f"byte 0x{body[error.start]:02x}{shown} is not UTF-8. Save the file as UTF-8."
        raise Unreadable("D002", message, line=line, column=column) from None
    if "\0" in text:
        line, column = _end(text[: text.index("\0")])
        message = "NUL characters: a binary file, or UTF-16 without its mark. Save the file as UTF-8 text."
        raise Unreadable("D002", message, line=line, column=column)
    return DeckText(text, encoding, mark)


def taken(path: Path) -> tuple[bytes, DeckText]:
    """Return what the file holds, as bytes and as text.

    Raises:
        DeckError: it cannot be read, or is not text; the line says where.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DeckError(f"{path}: there is no such file. Is the name spelled right?") from None
    except OSError as error:
        raise DeckError(f"{path}: cannot be read ({error.strerror}). Check its name and permissions.") from None
    return data, text_in(data, path)


def text_in(data: bytes, path: Path) -> DeckText:
    """Return the text that a file at ``path`` with these bytes holds; raises DeckError as ``taken``."""
    try:
        return decode(data)
    except Unreadable as error:
        raise DeckError(f"{path}:{error.line}:{error.column}: {error.code} {error.message}") from None


def replace(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of the file at ``path``, which keeps its permissions; symbolic links are followed.

    Raises:
        DeckError: it cannot be written, or is read-only; then the old file is untouched and nothing is left beside it.
    """
    try:
        target = path.resolve()
        if target.is_symlink():  # from Python 3.13 on a ring of links comes back as it was
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        if mode is not None and not mode & 0o222:  # the folder would let it be replaced all the same
            raise PermissionError(errno.EACCES, "it is read-only")
        beside = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:12]}.tmp")
        try:
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                beside.chmod(mode)
            beside.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        _sync_folder(target.parent)
        with contextlib.suppress(OSError):
            _sweep(target)
    except (OSError, ValueError, RuntimeError) as error:  # ValueError: a NUL in the name; RuntimeError: a ring of links
        raise unwritable(path, error) from None


def put(path: Path, data: bytes, *, instead_of: bytes) -> None:
    """Put ``data`` in the place of the file; raises DeckError where it holds something else than ``instead_of`` by now."""
    try:
        changed = path.read_bytes() != instead_of
    except OSError:
        changed = True
    if changed:
        raise DeckError(f"{path}: was changed meanwhile by another program. Nothing was written: do this once more.")
    replace(path, data)


def _sweep(target: Path) -> None:
    """Take away what writes of this file left beside it that were killed, an hour ago or more: a later one may be under way."""
    left = re.compile(re.escape(f".{target.name[:100]}.") + r"[0-9a-f]{12}\.tmp")
    now = target.stat().st_mtime
    for file in os.scandir(target.parent):
        if left.fullmatch(file.name) and now - file.stat().st_mtime >= _KILLED:
            Path(file).unlink()


def refuse_to_write(path: Path) -> None:
    """Raise DeckError, as ``replace`` would, where the file or its folder is read-only."""
    try:
        target = path.resolve()
        if not target.stat().st_mode & 0o222 or not os.access(target.parent, os.W_OK):
            raise PermissionError(errno.EACCES, "it is read-only")
    except (OSError, ValueError, RuntimeError) as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: Exception) -> DeckError:
    """Return the error that the file at ``path`` cannot be written."""
    return DeckError(f"{path}: cannot be written: {_reason(error)}. {_remedy(error)}")


def find(folder: Path) -> list[Path]:
    """Return the deck files below ``folder``, sorted; hidden files and folders are left out.

    Raises:
        DeckError: there is no such folder, or one below it cannot be read.
    """
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "there is no such folder"
        raise DeckError(f"{folder}: {what}. Name a folder that holds decks.")

    def refuse(error: OSError) -> None:
        raise DeckError(f"{error.filename or folder}: this folder cannot be read: {_reason(error)}.") from None

    found: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(at)
        found += [here / name for name in names if not name.startswith(".") and name.lower().endswith(SUFFIXES) and (here / name).is_file()]
    return sorted(found)


def listed(folder: Path) -> list[Path]:
    """Return the deck files in ``folder`` itself, sorted; hidden ones are left out.

    Raises:
        DeckError: there is no such folder, or it cannot be read.
    """
    try:
        names = [path for path in folder.iterdir() if path.name.lower().endswith(SUFFIXES) and not path.name.startswith(".")]
        return sorted(path for path in names if path.is_file())
    except OSError as error:
        raise DeckError(f"{folder}: this folder cannot be read: {_reason(error)}. Name a folder that holds decks.") from None


def _end(text: str) -> tuple[int, int]:
    """Return line and column of what follows ``text``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _remedy(error: Exception) -> str:
    match getattr(error, "errno", None):
        case errno.ENOENT | errno.ENOTDIR:
            return "Make its folder first."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "Write to a folder that is yours, or change its permissions."
        case errno.ENOSPC | errno.EDQUOT:
            return "Make room on the disk."
        case _:
            return "Choose another name or folder."


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where folders can be opened and synced (not on Windows)."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder that may be written to, but not listed
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
