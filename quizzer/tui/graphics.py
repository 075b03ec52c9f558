"""What the terminal can show of images: asked once, before Textual takes the terminal over.

Two questions and answers, of a few milliseconds. First where the cursor is: a terminal that does not say so soon is not asked more, and
should it say so late, Textual knows that for no key. Then three things together, last what every terminal answers (its attributes):
so nothing is waited for that will not come, and all that is answered is read here; Textual would take it for keys.
"""

import enum
import os
import re
import struct
import sys
import time
from typing import NamedTuple

from quizzer.core.model import Images

PATIENCE, MORE_PATIENCE = 0.5, 2.0  # seconds for the first answer
_SURELY = 5.0  # seconds for the second, of a terminal that gave the first

_HELLO, _THERE = b"\x1b[6n", re.compile(rb"\x1b\[\d+;\d+R")

_LONGEST = 4096  # bytes that are taken for an answer

# A query of Kitty's graphics (a picture of one pixel, not to be kept), the size of a cell in pixels, how many colours Sixel has,
# the primary attributes.
_QUESTION = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t\x1b[?1;1;0S\x1b[c"
_KITTY = re.compile(rb"\x1b_Gi=31;OK\x1b\\")
_CELL = re.compile(rb"\x1b\[6;(\d{1,4});(\d{1,4})t")
_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]*)c")
_REGISTERS = re.compile(rb"\x1b\[\?1;0;(\d{1,6})S")
_SIXEL = b"4"  # among the attributes


class Way(enum.Enum):
    """How an image is drawn."""

    KITTY = "kitty"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    TEXT = "text"


class Drawing(NamedTuple):
    """How images are drawn in this terminal, how large a cell of it is, in pixels (width, height), and with how many colours at once."""

    way: Way = Way.BLOCKS
    cell: tuple[int, int] = (10, 20)
    colours: int = 256


BLOCKS = Drawing()


def drawing_of(answer: bytes, *, cell: tuple[int, int] = BLOCKS.cell) -> Drawing:
    """Return what a terminal's ``answer`` to the question says; ``cell`` is the size of a cell where it does not tell.

    Sixel goes first: some terminals that have both know only a part of Kitty's protocol, and Kitty itself has no Sixel.
    """
    told = _CELL.search(answer)
    if told and int(told[1]) and int(told[2]):
        cell = int(told[2]), int(told[1])
    attributes = _ATTRIBUTES.search(answer)
    if attributes and _SIXEL in attributes[1].split(b";"):
        registers = _REGISTERS.search(answer)
        return Drawing(Way.SIXEL, cell, min(256, int(registers[1])) if registers and int(registers[1]) > 1 else 256)
    return Drawing(Way.KITTY if _KITTY.search(answer) else Way.BLOCKS, cell)


def in_colours(drawing: Drawing, colours: str | None, *, plain: bool) -> Drawing:
    """Return how to draw with the ``colours`` Rich found (truecolor, 256, standard …), or none (``plain``): in 16, blocks show nothing."""
    if plain or (drawing.way is not Way.SIXEL and colours not in ("truecolor", "256")):
        return drawing._replace(way=Way.TEXT)
    if drawing.way is Way.KITTY and colours != "truecolor":  # its marks are told apart by their exact colour
        return drawing._replace(way=Way.BLOCKS)
    return drawing


def ask(images: Images) -> Drawing:
    """Return how to draw in the terminal, as the setting ``images`` has it; half blocks where it does not answer or is none.

    The terminal is left as it was found. What somebody typed in these milliseconds is lost.
    """
    if images is Images.TEXT:
        return Drawing(Way.TEXT)
    terminal = os.environ.get("TERM", "")
    screen = terminal.startswith("screen") and not os.environ.get("TMUX")  # GNU Screen has none, and prints the question
    if images is Images.BLOCKS or terminal in ("", "dumb", "linux") or screen or os.environ.get("NO_COLOR"):
        return BLOCKS
    return drawing_of(_answer(MORE_PATIENCE if images is Images.GRAPHICS else PATIENCE), cell=_cell())


def _cell() -> tuple[int, int]:
    """Return the size of a cell as the system knows it, or a common one."""
    try:
        import fcntl
        import termios

        size = fcntl.ioctl(sys.__stderr__.fileno(), termios.TIOCGWINSZ, bytes(8)) if sys.__stderr__ else bytes(8)
    except (ImportError, OSError, ValueError):
        return BLOCKS.cell
    rows, columns, width, height = struct.unpack("HHHH", size)
    return (width // columns, height // rows) if rows and columns and width >= columns and height >= rows else BLOCKS.cell


def _answer(patience: float) -> bytes:
    if sys.platform == "win32" or sys.__stdin__ is None or sys.__stderr__ is None:
        return b""
    import termios
    import tty

    try:
        reads, writes = sys.__stdin__.fileno(), sys.__stderr__.fileno()  # where Textual reads and writes
        if not (os.isatty(reads) and os.isatty(writes)):
            return b""
        before = termios.tcgetattr(reads)
    except (OSError, ValueError, termios.error):
        return b""
    try:
        tty.setcbreak(reads, termios.TCSANOW)
        if _THERE.search(_exchange(reads, writes, _HELLO, _THERE, patience)):
            return _exchange(reads, writes, _QUESTION, _ATTRIBUTES, _SURELY)
    except (OSError, termios.error):
        pass
    finally:
        termios.tcsetattr(reads, termios.TCSANOW, before)
    return b""


def _exchange(reads: int, writes: int, question: bytes, last: re.Pattern[bytes], patience: float) -> bytes:
    """Return what comes back for ``question`` until ``last``, or until ``patience`` (seconds) is at its end."""
    import select

    os.write(writes, question)
    answer = b""
    end = time.monotonic() + patience
    while not last.search(answer) and len(answer) < _LONGEST:
        if not select.select([reads], [], [], max(0.0, end - time.monotonic()))[0]:
            break
        piece = os.read(reads, 1024)
        if not piece:
            break
        answer += piece
    return answer
