"""One learner's view of a progress file: the statements of every day, on the plain connection."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from quizzer.core.errors import ProgressError
from quizzer.core.ids import deck_of
from quizzer.core.model import Entry, MemoryState, Weights
from quizzer.store import counting, opening, rows
from quizzer.store.counting import Counted
from quizzer.store.failures import MovedError, explained
from quizzer.store.housing import Housed
from quizzer.store.lookups import Lookups, Step
from quizzer.store.places import Pending, Place, Places

__all__ = ["NEWEST_WEIGHTS", "UPSERT_STATE", "Pending", "Place", "Progress", "Step"]

_LOG_COLUMNS = f"learner, deck, {rows.ENTRY}"
_INSERT_ENTRY = f"INSERT INTO log ({_LOG_COLUMNS}) VALUES ({', '.join('?' * (_LOG_COLUMNS.count(',') + 1))})"
_MEMORY_COLUMNS = f"learner, card, deck, {rows.STATE}"
UPSERT_STATE = (
    f"INSERT INTO memory ({_MEMORY_COLUMNS}) VALUES ({', '.join('?' * (_MEMORY_COLUMNS.count(',') + 1))}) "
    f"ON CONFLICT (learner, card) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in rows.STATE.split(', '))}"
)
_FOLLOWED = 50  # states stored at once: the loads of more of them are quicker counted anew than followed
_INSERT_WEIGHTS = f"INSERT INTO weights (learner, {rows.WEIGHTS}) VALUES ({', '.join('?' * (rows.WEIGHTS.count(',') + 2))})"
NEWEST_WEIGHTS = f"SELECT {rows.WEIGHTS} FROM weights WHERE learner = ? ORDER BY at DESC, id DESC"


class Progress(Housed, Counted, Lookups, Places):
    """One learner's view of a progress file. Open with ``Progress.open``; close when done.

    Every method raises ProgressError when the file is locked for longer than three seconds, damaged, or cannot be read or
    written; nothing is then changed, and the call can be repeated.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, learner: str) -> None:
        self._connection = opening.with_powers(connection)
        self.path = path
        self.learner = rows.storable(learner)
        self._number: int | None = None  # their row, made with the first thing there is to write of them
        self._file = opening.file_at(path)
        self._unmoved = 0  # transactions since the last checkpoint
        self._stored: Counter[str] = Counter()  # states written here, by deck
        self._loads = counting.Loads(connection)

    @classmethod
    def open(cls, path: Path, *, learner: str, create: bool = True, readonly: bool = False) -> "Progress":
        """Open (and make or migrate) the file; with ``readonly``, nothing is made, changed or can be written, nor need it be allowed.

        Raises:
            ProgressError: it is of another program, newer than we are, locked, damaged, or cannot be written; or there is
                none and ``create`` is not set.
        """
        connection = opening.connect(path, create=create, readonly=readonly)
        try:
            progress = cls(connection, path, learner=learner)
            progress.learners()  # a file too damaged to be read is told of now
            return progress
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Let go of the file; what was recorded is kept."""
        with explained(self.path):
            if self._moved:
                opening.let_be(self._connection)
            self._connection.close()

    # writing

    def record(
        self,
        entry: Entry,
        state: MemoryState | None,
        *,
        scope: str,
        place: Place | None,
        version: int | None = None,
        also: Iterable[Entry] = (),
    ) -> None:
        """Append ``entry``, store ``state`` (None: the card is new again) and the place in the session ``scope``: one durable transaction.

        ``also`` are further acts on the card that belong to this one; ``state`` is the one after them all.

        Raises:
            MovedError: ``version`` is given, and another program wrote to the file since ``self.version`` gave it.
            ProgressError: nothing was written; it can be tried again.
        """
        with self._transaction(version):
            for one in (entry, *also):
                self._append(one)
            self._store(entry.card, state)
            self._set_place(scope, place)

    def record_all(
        self,
        acts: Iterable[tuple[Entry, MemoryState | None]],
        *,
        version: int | None = None,
        scope: str | None = None,
        place: Place | None = None,
    ) -> None:
        """Append entries and store the states after them, all in one durable transaction; errors are as of ``record``.

        With ``scope``, the place in that session is stored too.
        """
        written = list(acts)
        if len(written) > _FOLLOWED:
            self._loads.forget()
        with self._transaction(version):
            for entry, state in written:
                self._append(entry)
                self._store(entry.card, state)
            if scope is not None:
                self._set_place(scope, place)

    def put_to_use(self, weights: Weights, states: Mapping[str, MemoryState | None], *, version: int | None = None) -> None:
        """Add ``weights``, and store the states (by card) that replay gives with them: one durable transaction; errors as of ``record``."""
        self._loads.forget()
        with self._transaction(version) as execute:
            execute(_INSERT_WEIGHTS, (self._learner, *rows.from_weights(weights)))
            for card, state in states.items():
                self._store(card, state)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs from writing until the next thing is written here, or the block ends: what is read in it stands till then.

        For who was told MovedError: programs that write without a pause would else always be quicker.
        """
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            if self._connection.in_transaction:  # nothing was written
                self._connection.execute("ROLLBACK")

    def checkpoint(self, *, least: int = 0) -> None:
        """Move what the write-ahead log holds into the file, without waiting for anyone: to be called while the learner reads.

        Nothing is done before ``least`` transactions were written here since the last time. The first write after it waits twice for the
        disk, since the log begins anew: that write is made here, so that no answer pays for it.
        """
        if self._unmoved < least:
            return
        execute = self._connection.execute
        with explained(self.path):
            execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            self._unmoved = 0
            execute("PRAGMA busy_timeout = 0")
            try:
                execute("UPDATE places SET shown_at = shown_at WHERE learner = ?", (self._learner,))
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:  # another program is writing: the log begins anew with that
                    raise
            finally:
                execute(f"PRAGMA busy_timeout = {int(opening.BUSY_SECONDS * 1000)}")

    # reading

    @property
    def version(self) -> int:
        """A number that changes when another program writes to the file."""
        return int(self._one("PRAGMA data_version")[0])

    def changes(self, deck: str) -> tuple[int, int]:
        """Return what is another one after every change to the deck's states, by this program or another."""
        return self.version, self._stored[deck] + self._rehoused

    def states(self, deck: str) -> Mapping[str, MemoryState]:
        """Return the stored state of every card of the deck that has one."""
        found = self._all(f"SELECT card, {rows.STATE} FROM memory WHERE {counting.WITHIN}", self._learner, deck)
        with self._readable():
            return {row[0]: rows.to_state(row[1:]) for row in found}

    def state(self, card: str) -> MemoryState | None:
        """Return the stored state of the card; None: it is new."""
        row = self._one(f"SELECT {rows.STATE} FROM memory WHERE learner = ? AND card = ?", self._learner, self.home(card))
        with self._readable():
            return rows.to_state(row) if row else None

    def entries(self, *, card: str | None = None, deck: str | None = None, since_day: int | None = None) -> Iterator[Entry]:
        """Yield log entries in order of (instant, id), each of the card as which it counts."""
        where = ["learner = ?"]
        values: list[object] = [self._learner]
        homes = self.homes
        conditions = [self._of_card(card)] if card is not None else []
        if deck is not None:
            conditions.append(self._of_decks([deck]) if homes else ("deck = ?", [deck]))
        if since_day is not None:
            conditions.append(("day >= ?", [since_day]))
        for condition, wanted in conditions:
            where.append(condition)
            values += wanted
        found = self._all(f"SELECT {rows.ENTRY} FROM log WHERE {' AND '.join(where)} ORDER BY at, id", *values)
        with self._readable():
            for row in found:
                entry = rows.to_entry(row)
                if homes:
                    entry = rows.housed(entry, homes)
                    if deck is not None and deck_of(entry.card) != deck:
                        continue
                yield entry

    def weights(self) -> Weights | None:
        """Return the FSRS weights in use: the newest ones that can be read; None where none were ever put to use."""
        for row in self._all(NEWEST_WEIGHTS, self._learner):
            with contextlib.suppress(rows.UnreadableRowError):  # the doctor names it
                return rows.to_weights(row)
        return None

    def flagged(self, card: str | None = None) -> set[str]:
        """Return the cards that are flagged; with ``card``, that one at the most."""
        one, values = self._of_card(card) if card is not None else ("true", [])
        found = self._all(
            f"SELECT card, act FROM log WHERE learner = ? AND {one} AND act IN ('flag', 'unflag') AND {counting.NOT_VOID} ORDER BY at, id",
            self._learner,
            *values,
        )
        homes = self.homes
        if homes:
            found = [(homes.get(name, name), act) for name, act in found]
        return {name for name, act in dict(found).items() if act == "flag"}

    def newest_instant(self, card: str) -> datetime | None:
        """Return the instant of the card's latest entry."""
        condition, values = self._of_card(card)
        return rows.to_instant(self._one(f"SELECT max(at) FROM log WHERE learner = ? AND {condition}", self._learner, *values)[0])

    def greatest_id(self) -> str:
        """Return the greatest id of log and journal, all learners'; empty when there is none."""
        return max(self._one("SELECT (SELECT max(id) FROM log), (SELECT max(id) FROM journal)"), key=lambda id_: id_ or "") or ""

    def learners(self) -> list[str]:
        """Return the names of all learners of the file, sorted."""
        return [row[0] for row in self._all("SELECT name FROM learners ORDER BY name")]

    def decks(self) -> list[str]:
        """Return the ids of all decks of which the learner has a stored state, sorted."""
        return [row[0] for row in self._all("SELECT DISTINCT deck FROM memory WHERE learner = ? ORDER BY deck", self._learner)]

    # for the other rooms of the store

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection to the file."""
        return self._connection

    @property
    def number(self) -> int:
        """The number of the learner's row, 0 (no one's) while there is none."""
        return self._learner

    def transaction(self, version: int | None = None) -> contextlib.AbstractContextManager[Any]:
        """Return a durable transaction that gives ``execute``; errors are as of ``record``."""
        self._loads.forget()  # who writes by themselves may move what is due
        return self._transaction(version)

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Return the rows of a SELECT."""
        return self._all(statement, *values)

    # inside

    @property
    def _learner(self) -> int:
        """The number of the learner's row, 0 (no one's) while there is none."""
        if self._number is None:
            found = self._one("SELECT id FROM learners WHERE name = ?", self.learner)
            self._number = found[0] if found else None
        return self._number or 0

    @property
    def _moved(self) -> bool:
        """Whether what stands at the path is no longer the file that is open: nobody would find again what is written to that."""
        return opening.file_at(self.path) != self._file

    @contextlib.contextmanager
    def _transaction(self, version: int | None) -> Iterator[Any]:
        execute = self._connection.execute
        known = self._number
        with explained(self.path):
            if not self._connection.in_transaction:  # else it is the one of ``alone``
                execute("BEGIN IMMEDIATE")
            try:
                if version is not None and execute("PRAGMA data_version").fetchone()[0] != version:
                    raise MovedError(f"{self.path}: another program wrote to it meanwhile. Try again.")
                if known is None:
                    execute("INSERT INTO learners (name) VALUES (?) ON CONFLICT DO NOTHING", (self.learner,))
                yield execute
                if self._moved:
                    raise ProgressError(
                        f"{self.path}: was removed or replaced while it was open. Nothing was written; put it back if you have it, "
                        "and restart quizzer."
                    )
                execute("COMMIT")
                self._unmoved += 1
            except BaseException:
                self._number = known
                self._loads.forget()
                if self._connection.in_transaction:
                    execute("ROLLBACK")
                raise

    def _append(self, entry: Entry) -> None:
        """Append to the log; what takes an entry back is logged of the same card as that, wherever this is by now."""
        if entry.voids and self.homes:
            found = self._connection.execute("SELECT card FROM log WHERE id = ?", (entry.voids,)).fetchone()
            entry = msgspec.structs.replace(entry, card=found[0]) if found else entry
        self._connection.execute(_INSERT_ENTRY, (self._learner, deck_of(entry.card), *rows.from_entry(entry)))

    def _store(self, card: str, state: MemoryState | None) -> None:
        card = self.home(card)
        deck = deck_of(card)
        self._stored[deck] += 1
        self._loads.change(self._learner, card, state)
        if state is None:
            self._connection.execute("DELETE FROM memory WHERE learner = ? AND card = ?", (self._learner, card))
        else:
            self._connection.execute(UPSERT_STATE, (self._learner, card, deck, *rows.from_state(state)))

    def _one(self, statement: str, *values: object) -> Any:
        with explained(self.path):
            return self._connection.execute(statement, values).fetchone()

    def _all(self, statement: str, *values: object) -> list[Any]:
        with explained(self.path):
            return self._connection.execute(statement, values).fetchall()

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except rows.UnreadableRowError as error:
            raise ProgressError(f"{self.path}: {error}. Run `quizzer doctor`, which says what can be saved.") from error
