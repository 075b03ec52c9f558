"""Text from decks, learners and files, made safe to print: never a command to the terminal.

Pure. What an author wrote is shown as it stands; what a terminal would obey, or cannot be sent, is shown by a sign.
"""

from typing import Final

_CONTROLS: Final = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x09: "    ",
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0x2028: "\n",
    0x2029: "\n",
}


def literal(text: str) -> str:
    """Return ``text`` with every character a terminal would obey, or cannot be sent, replaced by one that shows it."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_CONTROLS)


def one_line(text: str) -> str:
    """Return ``literal(text)`` on a single line."""
    return " ".join(literal(text).split())
