"""The deck files of a folder, each read once until it changes: what reading gave is kept in an index from one start to the next."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec

import quizzer
from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.core.ids import milliseconds
from quizzer.core.kinds import Deck, Question
from quizzer.core.model import Card
from quizzer.store import DeckIndex, Reading
from quizzer.study.dealt import Dealt, topics_of

_Stamp = tuple[int, ...]  # when the file was last changed, in nanoseconds, its size, and what else tells it from another
_GRAIN = 2_000_000_000  # nanoseconds: a file changed so shortly before it was read may change again without another stamp


class Library:
    """The decks of a folder, in order of their paths. Without an ``index`` file, each program reads every deck file anew."""

    def __init__(self, folder: Path, *, index: Path | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder = folder
        self._path = index
        self._clock = clock
        self._read: dict[Path, tuple[_Stamp, Dealt | str]] = {}
        self._unkept: dict[Path, tuple[_Stamp, bytes, Dealt | str]] = {}  # read, and not in the index yet
        self._gone: set[str] = set()

    def missing(self, deck: str) -> DeckError:
        """Return the error that no deck has that id: what is wrong with the file called so, or which decks there are."""
        decks = self.decks()
        if wrong := next((read for path, read in decks.items() if isinstance(read, str) and path.stem == deck), ""):
            return DeckError(wrong)
        ids = sorted(read.deck.id for read in decks.values() if isinstance(read, Dealt))
        known = f"There are: {', '.join(ids)}." if ids else "It holds no deck that can be studied."
        return DeckError(f"{self._folder}: no deck there has the id {deck!r}. {known}")

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
        self._unkept = {path: unkept for path, unkept in self._unkept.items() if path in found}
        self._gone = self._readings.keys() - {str(path) for path in found}
        return found

    def keep(self, *, most: int | None = None) -> bool:
        """Put what was read into the index, ``most`` files of it; return whether there is more to put there.

        Takes a while for every file: to be called when nobody waits.
        """
        if self._index is None or self._index.lost:
            self._unkept.clear()
        if self._index is not None and self._gone:
            self._index.forget(sorted(self._gone), now=self._now)
            for gone in self._gone:
                self._readings.pop(gone, None)
            self._gone = set()
        for path in list(self._unkept)[:most]:
            self._keep(path, *self._unkept.pop(path))
        return bool(self._unkept)

    def searchable(self) -> tuple[DeckIndex, dict[int, Dealt]]:
        """Return an index that all decks are in, and the decks by the numbers they have there.

        Where there is no lasting index to be had, it is one in memory.

        Raises:
            DeckError: this Python's SQLite cannot search.
        """
        self.decks()
        self.keep()
        decks = {path: read for path, read in self.decks().items() if isinstance(read, Dealt)}
        if self._index is not None and not self._index.lost:
            kept = {read.number: read for read in decks.values() if isinstance(read, KeptDeck)}
            if len(kept) == len(decks):
                return self._index, {**kept}
        index = DeckIndex.open(None)
        if index.lost:
            raise DeckError("search needs an SQLite with FTS5, and this Python comes with none. Use another Python.")
        found: dict[int, Dealt] = {}
        for place, dealt in enumerate(decks.values()):
            reading = Reading(stamp="", settled=True, digest=b"")
            cards = [(b"", texts_of(card, dealt.deck.title)) for card in dealt.cards.values()]
            found[index.keep(f"{place:09}", reading, cards, roll=b"", now=self._now)] = dealt
        return index, found

    def close(self) -> None:
        """Keep what was read, and let go of the index."""
        if "_index" in self.__dict__:
            self.keep()
            index = self.__dict__.pop("_index")
            self.__dict__.pop("_readings", None)
            if index is not None:
                index.close()
            self._read = {path: kept for path, kept in self._read.items() if not isinstance(kept[1], KeptDeck)}

    def stamp(self, decks: Mapping[Path, Dealt | str]) -> bytes:
        """Return what is another one for other ``decks``, as ``decks`` gave them, or where one of them changed or could not be read."""
        seen = hashlib.blake2b(b"" if all(isinstance(read, Dealt) for read in decks.values()) else b"unread", digest_size=16)
        for path, read in decks.items():
            if isinstance(read, Dealt):
                seen.update(f"{read.deck.id}\0".encode() + self._digest_of(path) + b"\0")
        return seen.digest()

    # inside

    def _digest_of(self, path: Path) -> bytes:
        if path in self._unkept:
            return self._unkept[path][1]
        reading = self._readings.get(str(path))
        return reading.digest if reading is not None and isinstance(self._read[path][1], KeptDeck) else self._digest(path)

    def _deck(self, path: Path) -> Dealt | str:
        try:
            stamp = _stamp(path)
            kept = self._read.get(path)
            if kept is None or kept[0] != stamp:
                read = self._kept(path, stamp)
                kept = (stamp, self._parsed(path, stamp) if read is None else read)
        except OSError as error:  # gone, or hidden, since the folder was listed
            return f"{path}: cannot be read ({error.strerror}). Check that it is there and may be read."
        self._read[path] = kept
        return kept[1]

    def _parsed(self, path: Path, stamp: _Stamp) -> Dealt | str:
        digest = self._digest(path) if self._index is not None else b""
        try:
            read: Dealt | str = Dealt(deckfile.load(path), path)
        except DeckError as error:
            read = str(error)
        if digest and _stamp(path) == stamp:  # else it changed while it was read
            self._unkept[path] = (stamp, digest, read)
        return read

    def _kept(self, path: Path, stamp: _Stamp) -> Dealt | str | None:
        """Return what the index has of the file; None where that is nothing, or of another text."""
        reading = self._readings.get(str(path))
        if reading is None or self._index is None:
            return None
        told = _told(stamp)
        if reading.stamp != told or not reading.settled:
            if self._digest(path) != reading.digest or _stamp(path) != stamp:
                return None
            reading = msgspec.structs.replace(reading, stamp=told, settled=self._is_settled(stamp))
            if reading != self._readings[str(path)]:
                self._index.settle(str(path), reading)
                self._readings[str(path)] = reading
        if reading.problem:
            return reading.problem
        try:
            head = _HEAD.decode(reading.head)
            return KeptDeck(Deck(**msgspec.structs.asdict(head)), self._index, reading.number, path)
        except msgspec.DecodeError:
            return None

    def _keep(self, path: Path, stamp: _Stamp, digest: bytes, read: Dealt | str) -> None:
        reading = Reading(stamp=_told(stamp), settled=self._is_settled(stamp), digest=digest)
        cards: list[tuple[bytes, tuple[str, ...]]] = []
        roll = b""
        if isinstance(read, str):
            reading = msgspec.structs.replace(reading, problem=read)
        else:
            head = _ENCODER.encode([getattr(read.deck, field.name) for field in _OF_DECK])
            reading = msgspec.structs.replace(reading, head=head)
            cards = [(_ENCODER.encode(card), texts_of(card, read.deck.title)) for card in read.cards.values()]
            roll = _roll(read)
        if self._index is not None and _is_text(str(path)):
            number = self._index.keep(str(path), reading, cards, roll=roll, now=self._now)
            if number:
                self._readings[str(path)] = msgspec.structs.replace(reading, number=number)
            if number and isinstance(read, Dealt):  # from now on its cards need not be held in memory
                self._read[path] = (
                    stamp,
                    KeptDeck(msgspec.structs.replace(read.deck, questions=(), declined=()), self._index, number, path),
                )

    @cached_property
    def _index(self) -> DeckIndex | None:
        return DeckIndex.open(self._path, made_by=_maker()) if self._path is not None else None

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return self._index.readings() if self._index is not None else {}

    @property
    def _now(self) -> int:
        return milliseconds(self._clock())

    def _is_settled(self, stamp: _Stamp) -> bool:
        return max(stamp[0], stamp[2]) < self._now * 1_000_000 - _GRAIN

    def _digest(self, path: Path) -> bytes:
        """Return what tells the file's bytes from others; b"" where they cannot be read, which reading the deck will tell."""
        try:
            return hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
        except OSError:
            return b""


class KeptDeck(Dealt):
    """A deck whose cards are in the index, and are fetched when they are asked for."""

    def __init__(self, deck: Deck, index: DeckIndex, number: int, path: Path) -> None:
        super().__init__(deck, path)
        self.number = number
        self._index = index
        self._file = path
        self._fetched: dict[str, Card] = {}
        self._taken_apart: dict[int, Sequence[str]] = {}

    @cached_property
    def cards(self) -> Mapping[str, Card]:  # noqa: D102 - Dealt's
        try:
            cards = [_CARD.decode(body) for body in self._index.bodies(self.number)]
        except msgspec.DecodeError:
            cards = []
        if len(cards) == len(self.places):
            return {card.id: card for card in cards}
        return self._read_anew

    @property
    def names(self) -> Sequence[str]:
        """The ids of the cards, in the order of the deck."""
        return self._lines(0)

    @cached_property
    def places(self) -> Mapping[str, int]:  # noqa: D102 - Dealt's
        return dict(zip(self.names, range(len(self.names)), strict=True))

    def card(self, name: str) -> Card | None:  # noqa: D102 - Dealt's
        if name not in self._fetched:
            place = self.places.get(name)
            if place is None:
                return None
            body = None if "_read_anew" in self.__dict__ else self._index.body(self.number, place)
            try:
                card = _CARD.decode(body) if body is not None else self._read_anew.get(name)
            except msgspec.DecodeError:
                card = self._read_anew.get(name)
            if card is None:
                return None
            self._fetched[name] = card
        return self._fetched[name]

    def question(self, id_: str) -> Question | None:  # noqa: D102 - Dealt's
        try:  # the index keeps cards alone
            return next((one for one in deckfile.load(self._file).questions if one.id == id_), None)
        except DeckError:
            return None

    def fingerprint(self, name: str) -> str:  # noqa: D102 - Dealt's
        return self._lines(1)[self.places[name]]

    def topics(self, name: str) -> frozenset[str]:  # noqa: D102 - Dealt's
        if not self._has_topics:
            return _NONE
        topics = self._lines(2)[self.places[name]]
        return frozenset(topics.split()) if topics else _NONE

    @cached_property
    def _roll(self) -> Sequence[str]:
        """Ids, fingerprints and topics of the cards: a column of lines each, in the order of the deck; none where there is no card."""
        roll = self._index.roll(self.number)
        if roll is None:
            cards = self._read_anew
            columns = (list(cards), [card.fingerprint for card in cards.values()], [" ".join(topics_of(card)) for card in cards.values()])
            return ["\n".join(column) for column in columns] if cards else []
        return roll.decode().split(_COLUMN) if roll else []

    def _lines(self, column: int) -> Sequence[str]:
        if column not in self._taken_apart:
            self._taken_apart[column] = self._roll[column].split("\n") if self._roll else []
        return self._taken_apart[column]

    @cached_property
    def _has_topics(self) -> bool:
        return bool(self._roll) and not self._roll[2].isspace() and self._roll[2] != ""

    @cached_property
    def _read_anew(self) -> Mapping[str, Card]:
        """The cards, from the file: what the index had of them is gone."""
        deck = deckfile.load(self._file)
        return {card.id: card for card in deck.cards()} if deck.id == self.deck.id else {}


_NONE: frozenset[str] = frozenset()
_COLUMN = "\x1e"
_ENCODER = msgspec.msgpack.Encoder()
_CARD = msgspec.msgpack.Decoder(Card)
# What a deck says of itself: every field but those that grow with it.
_OF_DECK = [field for field in msgspec.structs.fields(Deck) if field.name not in ("questions", "declined")]
_HEAD = msgspec.msgpack.Decoder(msgspec.defstruct("_Head", [(field.name, field.type) for field in _OF_DECK], array_like=True))


def _roll(read: Dealt) -> bytes:
    """Return ids, fingerprints and topics of the deck's cards as columns of lines, which are taken apart in no time."""
    if not read.cards:
        return b""
    names, fingerprints = list(read.cards), [card.fingerprint for card in read.cards.values()]
    topics = [" ".join(sorted(read.topics(name))) for name in names]
    return _COLUMN.join("\n".join(column) for column in (names, fingerprints, topics)).encode()


def texts_of(card: Card, title: str) -> tuple[str, ...]:
    """Return the texts of the card that search looks in, in the order of the index's columns."""
    answers = [wording for part in card.answer.parts for wording in (part.key, *part.accept)]
    return card.stem, "\n".join(answers), card.explanation, "\n".join(card.tags), title


def _stamp(path: Path) -> _Stamp:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ctime_ns, stat.st_ino, stat.st_dev


def _told(stamp: _Stamp) -> str:
    return " ".join(str(number) for number in stamp)


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:  # a name that is not UTF-8 on the disk
        return False
    return True


def _maker() -> str:
    """Return what stands for the code that reads decks and deals cards: another quizzer does not trust what this one kept."""
    here = Path(quizzer.__file__).parent
    files = [path for folder in ("core", "deckfile") for path in sorted((here / folder).rglob("*.py"))]
    files += [here / "study" / name for name in ("dealt.py", "library.py")]
    told = "".join(f"{path.relative_to(here)} {stat.st_size} {stat.st_mtime_ns}\n" for path in files for stat in [path.stat()])
    return hashlib.blake2b(f"{quizzer.__version__}\n{told}".encode(), digest_size=16).hexdigest()
