"""Which codes are looked for: those on by default, those a deck chooses, those asked for on the command line."""

from collections.abc import Iterable

import msgspec

from quizzer.core.kinds import LintOptions
from quizzer.deckfile.codes import CODES

DEFAULT = "default"


class Choice(msgspec.Struct, frozen=True):
    """Codes to look for and codes to leave out, each by its whole name or its beginning; what is left out wins.

    ``select`` may hold "default" for those on by default; left empty, it holds that alone.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def wants(self, code: str) -> bool:
        """Whether ``code`` is looked for."""
        if code.startswith(self.ignore):
            return False
        selected = self.select or (DEFAULT,)
        return (DEFAULT in selected and CODES[code].on) or code.startswith(selected)


def of_deck(options: LintOptions, asked: Choice | None) -> Choice:
    """Return the choice for a deck: what is asked for wins over what the deck selects; what either leaves out is left out."""
    asked = asked or Choice()
    return Choice(asked.select or codes(options.select), (*asked.ignore, *codes(options.ignore)))


def codes(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names as codes are written, those that are none left out."""
    return tuple(code for name in names if (code := written(name)) and not is_unknown(name))


def written(name: str) -> str:
    """Return a code in capitals, and "default" in small letters."""
    return DEFAULT if name.strip().lower() == DEFAULT else name.strip().upper()


def is_unknown(name: str) -> bool:
    """Whether no code is called so, nor begins so."""
    code = written(name)
    return not code or (code != DEFAULT and not any(known.startswith(code) for known in CODES))
