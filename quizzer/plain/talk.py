"""Lines to and from the learner: the only place of the plain form that reads and writes."""

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
    """

    def __init__(
        self,
        source: Source,
        out: IO[str],
        *,
        alive: bool,
        encoding: str = "utf-8",
        awaits: Callable[[float], bool] | None = None,
    ) -> None:
        self._source, self._out, self._encoding = source, out, encoding
        self.alive = alive
        self._awaits = awaits or self._a_line_comes

    def say(self, *lines: str) -> None:
        """Say these lines; a line break within one makes two of it."""
        for line in lines:
            self._out.write(f"{line}\n")

    def ask(self, question: str) -> str:
        """Return the line that is given to ``question``, without its end; bytes that are no text are read as signs for such.

        Raises:
            LeftError: there is none any more.
        """
        self._out.write(f"{question} ")
        self._out.flush()
        return self._read()

    def ask_for(self, question: str, seconds: float) -> str | None:
        """Return the line given to ``question`` within ``seconds``, None when there was none; LeftError as ``ask``."""
        self._out.write(f"{question} ")
        self._out.flush()
        if self._awaits(seconds):
            return self._read()
        self.say("")
        return None

    def flush(self) -> None:
        """See that all that was said is heard."""
        self._out.flush()

    def _read(self) -> str:
        data = self._source.readline(LONGEST_LINE)
        if not data:
            self.say("")
            raise LeftError
        rest = data
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = self._source.readline(LONGEST_LINE)
        line = data.decode(self._encoding, "replace").rstrip("\r\n")
        if not self.alive:
            echo = one_line(line)
            self.say(echo if len(echo) <= _ECHOED else echo[: _ECHOED - 1] + "…")
        return line

    def _a_line_comes(self, seconds: float) -> bool:
        """Return whether a line comes within ``seconds``. Where that cannot be told (Windows), one is waited for."""
        if sys.platform == "win32":
            return True
        return bool(select.select([sys.stdin], [], [], seconds)[0])
