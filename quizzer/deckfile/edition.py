"""A deck file as it was read at one moment, and what it would be with another deck in it."""

from pathlib import Path

import msgspec

from quizzer.core.errors import DeckError, StaleError
from quizzer.core.kinds import Deck
from quizzer.deckfile import files, revising
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.problems import Unreadable
from quizzer.deckfile.reading import parse, sound


class Edition(msgspec.Struct, frozen=True):
    """What a file held: its bytes, its text, its deck."""

    path: Path
    data: bytes
    file: DeckText
    deck: Deck

    @classmethod
    def read(cls, path: Path) -> "Edition":
        """Return the file at ``path`` as it is now.

        Raises:
            DeckError: it cannot be read, or is not sound; the line says where.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise DeckError(f"{path}: cannot be read ({error.strerror}). Check its name and permissions.") from None
        return cls.of(path, data)

    @classmethod
    def of(cls, path: Path, data: bytes) -> "Edition":
        """Return what a file at ``path`` that holds ``data`` is; raises DeckError as ``read``."""
        try:
            file = files.decode(data)
        except Unreadable as error:
            raise DeckError(f"{path}:{error.line}:{error.column}: {error.code} {error.message}") from None
        return cls(path, data, file, sound(parse(file, path)))

    @property
    def text(self) -> str:
        """The file's text."""
        return self.file.text

    def with_deck(self, deck: Deck) -> str:
        """Return the text with the difference between its deck and ``deck`` written into it.

        Raises:
            DeckError: ``deck`` could not be studied, or the file is written in a way that cannot be edited safely.
        """
        return revising.planned_in(self.file, self.path, deck)

    def write(self, deck: Deck) -> "Edition":
        """Write the difference between this file's deck and ``deck`` into the file; return what it is then.

        Raises:
            DeckError: as ``with_deck``; or the file cannot be written. A StaleError where it was changed since it was read.
        """
        try:
            data = self.path.read_bytes()
        except OSError:
            data = b""
        if data != self.data:
            raise StaleError(f"{self.path}: was changed meanwhile by another program. Nothing was written: read it anew, then save.")
        new = self.with_deck(deck)
        if new != self.text:
            revising.put(self.path, self.file.encode(new), instead_of=self.data)
        return type(self).of(self.path, self.file.encode(new))
