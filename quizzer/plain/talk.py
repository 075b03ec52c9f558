"""Lines to and from the learner: the only place of the plain form that reads and writes."""

import re
import select
import sys
from collections.abc import Callable
from typing import IO, Protocol

from quizzer.core.printable import one_line

LONGEST_LINE = 65_536  # bytes of a line that are read; the rest of it is let go
_ECHOED = 200  # characters of a line that are shown again


class LeftError(Exception):
    """The learner left, or their lines came to an end."""


class Source(Protocol):
    """Where the learner's lines come from, as bytes."""

    def readline(self, most: int, /) -> bytes:
        """Return the next line, or as much of it; nothing at the end."""
        ...


class Talk:
    """Says lines and asks for them.

    Nothing that was written is ever changed: no cursor is moved, no colour set. ``alive``: somebody sits at a terminal, who can be waited
    for; else the lines come from a file or a pipe, and each is shown where it is read, so that what was said can be followed.
    ``awaits`` waits for so many seconds, or until a line comes, and returns whether one does. ``width`` is that of a terminal, in cells:
    lines are broken between words there, which it would break within them.
    """

    def __init__(
        self,
        source: Source,
        out: IO[str],
        *,
        alive: bool,
        encoding: str = "utf-8",
        awaits: Callable[[float], bool] = lambda _: True,
        width: Callable[[], int] | None = None,
    ) -> None:
        self._source, self._out, self._encoding = source, out, encoding
        self.alive = alive
        self._awaits, self._width = awaits, width

    def say(self, *lines: str) -> None:
        """Say these lines; a line break within one makes two of it."""
        for line in lines:
            self._out.write(f"{self._broken(line)}\n")

    def ask(self, question: str) -> str:
        """Return the line that is given to ``question``, without its end; bytes that are no text are read as signs for such.

        Raises:
            LeftError: there is none any more.
        """
        self._out.write(self._broken(f"{question} "))
        self._out.flush()
        return self._read()

    def ask_for(self, question: str, seconds: float) -> str | None:
        """Return the line given to ``question`` within ``seconds``, None when there was none; LeftError as ``ask``."""
        self._out.write(self._broken(f"{question} "))
        self._out.flush()
        if self._awaits(seconds):
            return self._read()
        self.say("")
        return None

    def flush(self) -> None:
        """See that all that was said is heard."""
        self._out.flush()

    def _broken(self, line: str) -> str:
        return line if self._width is None else "\n".join(rows(line, max(1, self._width())))

    def _read(self) -> str:
        data = self._source.readline(LONGEST_LINE)
        if not data:
            self.say("")
            raise LeftError
        rest = data
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = self._source.readline(LONGEST_LINE)
        line = data.decode(self._encoding, "replace").rstrip("\r\n").removeprefix("\ufeff")  # which some programs begin a file with
        if not self.alive:
            echo = one_line(line)
            self.say(echo if len(echo) <= _ECHOED else echo[: _ECHOED - 1] + "…")
        return line


def rows(line: str, width: int) -> list[str]:
    """Return ``line`` broken between words into rows of at most ``width`` cells, where no single word is wider."""
    if len(line) <= width and line.isascii():
        return [line]
    from rich.cells import cell_len

    found, row, cells = [], "", 0
    for piece in re.findall(r" *[^ ]+| +", line):
        more = cell_len(piece)
        if row.strip() and cells + more > width and piece.strip():
            found.append(row)
            piece = piece.lstrip(" ")
            row, cells = "", 0
            more = cell_len(piece)
        row, cells = row + piece, cells + more
    return [*found, row]


if sys.platform == "win32":

    def line_comes(seconds: float) -> bool:
        """Return whether the learner at the terminal begins a line within ``seconds``."""
        import msvcrt
        import time

        end = time.monotonic() + seconds
        while not msvcrt.kbhit() and time.monotonic() < end:
            time.sleep(0.1)
        return msvcrt.kbhit()

else:

    def line_comes(seconds: float) -> bool:
        """Return whether the learner at the terminal ends a line within ``seconds``."""
        return bool(select.select([sys.stdin], [], [], seconds)[0])
