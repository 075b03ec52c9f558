"""A file that is only ever added to, a line at a time, beside a deck: what must outlive a crash while it is being worked on.

Made altogether or not at all; each line is on disk before ``append`` returns; a line that a crash cut short is as if it had never
been written. The file is hidden, so that no deck is looked for in it.
"""

import contextlib
import os
from pathlib import Path

from quizzer.core.errors import DeckError
from quizzer.deckfile import files


class Journal:
    """The lines of one file."""

    def __init__(self, path: Path, size: int) -> None:
        """Use ``begin`` or ``reopen``."""
        self.path = path
        self._size = size

    @classmethod
    def begin(cls, path: Path, lines: list[bytes]) -> "Journal":
        """Make the file, in the place of one that is there, with these lines, none of which holds a line end.

        Raises:
            DeckError: it cannot be written.
        """
        data = b"".join(line + b"\n" for line in lines)
        files.replace(path, data)
        return cls(path, len(data))

    @classmethod
    def reopen(cls, path: Path) -> "tuple[Journal, list[bytes]]":
        """Return the file and its lines; what a crash cut short is taken off.

        Raises:
            DeckError: it is missing, or cannot be read or mended.
        """
        try:
            data = path.read_bytes()
            whole = data.rfind(b"\n") + 1
            if whole < len(data):
                os.truncate(path, whole)
        except FileNotFoundError:
            raise DeckError(f"{path}: there is no such file.") from None
        except OSError as error:
            raise DeckError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from None
        return cls(path, whole), data[:whole].split(b"\n")[:-1]

    def append(self, line: bytes, *, soon: bool = False) -> None:
        """Add a line, and wait until it is on disk; with ``soon`` only until the system has it: it outlives us, but no loss of power.

        Raises:
            DeckError: it cannot be written, or another program changed the file meanwhile; then nothing was added.
        """
        try:
            with self.path.open("r+b") as file:
                if file.seek(0, os.SEEK_END) != self._size:
                    raise self._changed()
                file.write(line + b"\n")
                file.flush()
                if not soon:
                    os.fsync(file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                os.truncate(self.path, self._size)  # half a line would stand in the way of the next
            raise DeckError(f"{self.path}: cannot be written ({error.strerror}). What was decided before is kept.") from None
        self._size += len(line) + 1

    def refuse_changed(self) -> None:
        """Raise DeckError when another program added to the file, or took it away."""
        try:
            same = self.path.stat().st_size == self._size
        except FileNotFoundError:
            same = False
        except OSError as error:
            raise DeckError(f"{self.path}: cannot be read ({error.strerror}). Check its permissions.") from None
        if not same:
            raise self._changed()

    def _changed(self) -> DeckError:
        return DeckError(f"{self.path}: was changed by another window of quizzer. Close one of the two.")

    def remove(self) -> None:
        """Take the file away; that it is gone already is no matter."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise DeckError(f"{self.path}: cannot be removed ({error.strerror}). Remove it by hand.") from None
