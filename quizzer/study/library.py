"""The deck files of a folder, each read once until it changes."""

from pathlib import Path

from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.study.agenda import Dealt

_Stamp = tuple[int, int]  # when the file was last changed, in nanoseconds, and its size


class Library:
    """The decks of a folder, in order of their paths."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, tuple[_Stamp, Dealt | str]] = {}

    def decks(self) -> dict[Path, Dealt | str]:
        """Return the deck of each file, or the line that says why it cannot be studied; read anew where a file changed."""
        found: dict[Path, Dealt | str] = {}
        first: dict[str, Path] = {}
        for path in deckfile.find(self._folder):
            read = self._deck(path)
            if isinstance(read, Dealt):
                other = first.setdefault(read.deck.id, path)
                if other is not path:
                    read = f"{path}: has the deck id {read.deck.id!r} that {other} has too. Give one of them another `id:`."
            found[path] = read
        self._read = {path: kept for path, kept in self._read.items() if path in found}
        return found

    def _deck(self, path: Path) -> Dealt | str:
        try:
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            kept = self._read.get(path)
            if kept is None or kept[0] != stamp:
                kept = (stamp, Dealt(deckfile.load(path), folder=deckfile.image_folder(path)))
        except DeckError as error:
            kept = (stamp, str(error))
        except OSError as error:  # gone, or hidden, since the folder was listed
            return f"{path}: cannot be read ({error.strerror}). Check that it is there and may be read."
        self._read[path] = kept
        return kept[1]
