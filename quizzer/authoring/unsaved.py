"""The changes to a deck file that are not saved yet, on disk: they outlive a kill, and are gone once they are saved.

They are kept away from the decks, in the user's folder for the state of programs, a line for each change; and one window at a time
has a deck's: a lock, which the system takes off however a program ends.
"""

import base64
import contextlib
import itertools
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from quizzer import workspace
from quizzer.authoring.wire import difference, patched
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck
from quizzer.deckfile.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quizzer.deckfile.edition import Edition

FORMAT = 1
_ASIDE = ".aside.jsonl"


class Unsaved:
    """The unsaved changes to one deck file."""

    def __init__(self, deck: Path) -> None:
        """Use ``open``."""
        self.why = ""
        self._deck = deck
        self._path = workspace.unsaved_path(deck)
        self._lock: IO[bytes] | None = None
        self._journal: Journal | None = None

    @classmethod
    def open(cls, deck: Path) -> "Unsaved":
        """Return what is unsaved of the file at ``deck``, for this window alone; where it cannot be kept on disk, ``why`` says so.

        Raises:
            DeckError: another window has it.
        """
        made = cls(deck)
        try:
            made._path.parent.mkdir(parents=True, exist_ok=True)
            made._lock = _locked(made._path.with_suffix(".lock"))
        except OSError as error:
            made.why = f"{made._path.parent}: cannot be written ({error.strerror}). What is not saved is lost if quizzer is killed."
            return made
        if made._lock is None:
            raise DeckError(f"{deck}: is being edited in another window of quizzer. Close it there first.")
        return made

    def found(self, now: "Edition") -> "tuple[Edition, Deck] | None":
        """Return the file as it was when the changes were begun, and the deck they had come to; None where nothing is unsaved.

        Changes to a file that was renamed to this one, and is ``now`` what it was, are found as well, and those to a deck that was given
        another id, or put together with others. Those of another deck, which had this name before, are put aside for when that is
        opened. What cannot be read is put aside, under its name with ``.damaged`` behind it.
        """
        from quizzer.deckfile.edition import Edition

        if self._lock is None or not (self._path.exists() or self._taken_over(now)):
            return None
        try:
            self._journal, lines = Journal.reopen(self._path)
            head = msgspec.json.decode(lines[0]) if lines else {}
            if head.get("format") != FORMAT:
                raise ValueError(head)
            edition = Edition.of(self._deck, base64.b64decode(head["base"]))
            deck = edition.deck
            for line in lines[1:]:
                deck = patched(deck, msgspec.json.decode(line))
        except (DeckError, msgspec.MsgspecError, ValueError, LookupError, TypeError, AttributeError):
            self._journal = None
            with contextlib.suppress(OSError):
                self._path.replace(self._path.with_suffix(".damaged"))
            return None
        if _is_another(edition.deck, now.deck):
            self._journal = None
            with contextlib.suppress(OSError):
                self._path.replace(next(filter(lambda path: not path.exists(), map(self._aside, itertools.count(1)))))
            return None
        return edition, deck

    def _aside(self, number: int) -> Path:
        return self._path.with_suffix(f".{number}{_ASIDE}")

    def _taken_over(self, now: "Edition") -> bool:
        """Take over what is unsaved of a file that is not there any more, or was another's since, and held what this one holds.

        Where there is none, that of a deck which this one says it was, and whose questions it has all.
        """
        found = sorted(self._path.parent.glob(f"*{self._path.suffix}"))
        return any(self._takes(path, now, _holds_the_same) for path in found) or (
            bool(now.deck.formerly) and any(self._takes(path, now, _was) for path in found)
        )

    def _takes(self, path: Path, now: "Edition", is_its: "Callable[[Path, bytes, Edition], bool]") -> bool:
        with contextlib.suppress(DeckError, OSError, msgspec.MsgspecError, ValueError, LookupError, TypeError, AttributeError):
            with path.open("rb") as file:
                head = msgspec.json.decode(file.readline())
            was = Path(head["deck"])
            gone = path.name.endswith(_ASIDE) or (was.is_absolute() and not was.exists())
            if not gone or not is_its(was, base64.b64decode(head["base"]), now) or (lock := _locked(path.with_suffix(".lock"))) is None:
                return False
            with lock:
                _, lines = Journal.reopen(path)
                Journal.begin(self._path, [_line({**head, "deck": os.path.realpath(self._deck)}), *lines[1:]])
                path.unlink()
                path.with_suffix(".lock").unlink(missing_ok=True)
            return True
        return False

    def note(self, edition: "Edition", before: Deck, after: Deck, *, soon: bool = False) -> None:
        """Keep what was changed from one deck to another, both made of the file ``edition``.

        ``soon``: it outlives a kill of this program at once, and of the machine a little later.
        """
        if self._lock is None:
            return
        try:
            if after == edition.deck:
                self.forget()
            elif self._journal is None:
                head = {"format": FORMAT, "deck": os.path.realpath(self._deck), "base": base64.b64encode(edition.data).decode()}
                self._journal = Journal.begin(self._path, [_line(head), _line(difference(edition.deck, after))])
            else:
                self._journal.append(_line(difference(before, after)), soon=soon)
        except DeckError as error:
            self._journal = None  # it is begun anew with the next change: there may be room by then
            self.why = f"{error} What is not saved is lost if quizzer is killed."
        else:
            self.why = ""

    def begin_anew(self) -> None:
        """Let the next ``note`` take the place of all that is kept, which stays until then: a kill in between loses nothing."""
        self._journal = None

    def forget(self) -> None:
        """Take the changes off the disk: they are saved, or not wanted."""
        self._journal = None
        if self._lock is not None:
            with contextlib.suppress(DeckError):
                Journal(self._path, 0).remove()

    def close(self) -> None:
        """Let another window have them."""
        if self._lock is not None:
            with contextlib.suppress(OSError):  # Windows keeps a file that is open
                self._path.with_suffix(".lock").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None


@contextlib.contextmanager
def held(decks: "Iterable[Path]") -> "Iterator[None]":
    """See to it that no window edits these files meanwhile.

    Raises:
        DeckError: one does already.
    """
    with contextlib.ExitStack() as stack:
        for deck in decks:
            stack.callback(Unsaved.open(deck).close)
        yield


def _holds_the_same(was: Path, base: bytes, now: "Edition") -> bool:
    return base == now.data


def _was(path: Path, base: bytes, now: "Edition") -> bool:
    """Whether the deck ``now`` was the one of that file, by what it says, and has all its questions."""
    from quizzer.deckfile.edition import Edition

    was = Edition.of(path, base).deck
    return was.id in now.deck.formerly and {question.id for question in was.questions} <= {question.id for question in now.deck.questions}


def _is_another(was: Deck, now: Deck) -> bool:
    """Whether two decks, read from one file at different times, have nothing in common."""
    if was.id == now.id and was.title == now.title:
        return False
    ids = {question.id for question in was.questions}
    return bool(ids) and was.id not in now.formerly and ids.isdisjoint(question.id for question in now.questions)


def _line(written: dict[str, Any]) -> bytes:
    return msgspec.json.encode(written)


def _locked(path: Path) -> IO[bytes] | None:
    """Return the file at ``path``, open and locked; None where another program has it."""
    while True:
        file = path.open("a+b")
        try:
            _lock(file)
        except OSError:
            file.close()
            return None
        try:
            if os.fstat(file.fileno()).st_ino == path.stat().st_ino:
                return file
        except FileNotFoundError:  # who had it took it away meanwhile: once more
            pass
        file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
