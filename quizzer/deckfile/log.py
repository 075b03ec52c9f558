"""The problems of one file as they are found, each at its node; sorted and given line and column at the end."""

from quizzer.deckfile.codes import CODES
from quizzer.deckfile.nodes import Node, Text
from quizzer.deckfile.problems import Lines, Problem, Unreadable

CROWD = 200


class Log:
    """What was found wrong with the file of this path and text."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._found: list[tuple[str, int, int, str]] = []
        self._stopped: Unreadable | None = None
        self._lines: Lines | None = None

    def add(self, code: str, node: Node, message: str) -> None:
        """Note that ``message`` is wrong at ``node``."""
        self._found.append((code, node.start, self._width(node), message))

    def at(self, code: str, index: int, message: str) -> None:
        """Note that ``message`` is wrong at the character ``index``."""
        self._found.append((code, index, 1, message))

    @property
    def crowded(self) -> bool:
        """Whether so much was found that finding out what was meant is no longer worth its time."""
        return len(self._found) > CROWD

    def stop(self, error: Unreadable) -> None:
        """Note that there was no reading on."""
        self._stopped = error

    def place(self, node: Node) -> str:
        """Return "line:column" of the node."""
        return "{}:{}".format(*self._position(node.start))

    def problems(self) -> list[Problem]:
        """Return all that was noted, in the order of the file."""
        found = [
            self._problem(code, *self._position(index), message, width)
            for code, index, width, message in dict.fromkeys(self._found)  # an aliased node is complained of once
        ]
        if self._stopped is not None:
            found.append(self._problem(self._stopped.code, self._stopped.line, self._stopped.column, self._stopped.message, 1))
        return sorted(found)

    def _problem(self, code: str, line: int, column: int, message: str, width: int) -> Problem:
        return Problem(path=self._path, line=line, column=column, code=code, message=message, severity=CODES[code].severity, width=width)

    def _position(self, index: int) -> tuple[int, int]:
        if self._lines is None:
            self._lines = Lines(self._text)
        return self._lines.at(index)

    def _width(self, node: Node) -> int:
        if not isinstance(node, Text) or not node.value:
            return 1
        if self._text.startswith(node.value, node.start):
            return len(node.value)
        return len(node.value) + 2 if self._text.startswith(node.value, node.start + 1) else 1
