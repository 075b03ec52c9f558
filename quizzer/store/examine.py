"""A progress file laid open for `quizzer doctor`: is it whole, what does every row say, and putting memory right.

Knows no formulas: what a card's memory should be, the caller works out from the log it is handed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from quizzer.core.ids import deck_of
from quizzer.core.model import Entry, MemoryState
from quizzer.core.moving import homes
from quizzer.store import counting, journal, moving, opening, rows
from quizzer.store.backup import back_up, newest
from quizzer.store.failures import explained
from quizzer.store.progress import UPSERT_STATE

_FOUND = 20  # problems of a sort that SQLite is asked to name


class CardLog(msgspec.Struct, frozen=True, kw_only=True):
    """A learner's card: its entries in order of (instant, id), what is wrong with rows of it, and its stored state.

    ``unreadable`` names log rows; a stored state that cannot be read is named in ``bad_state`` (``state`` is then None).
    """

    learner: int
    name: str
    card: str
    entries: tuple[Entry, ...]
    unreadable: tuple[str, ...]
    state: MemoryState | None
    bad_state: str = ""


class Examined:
    """An open progress file under examination; a context manager."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path = path
        self._connection = opening.connect(path, create=False, readonly=readonly)
        # Text that is none is read all the same, in a way that finds its row again (``_bytes``).
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")

    def __enter__(self) -> "Examined":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def file_problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file and with references between its tables."""
        with explained(self.path):
            said = [row[0] for row in self._connection.execute(f"PRAGMA integrity_check({_FOUND})")]
            references = self._connection.execute("PRAGMA foreign_key_check").fetchmany(_FOUND)
            there = {row[0] for row in self._connection.execute("SELECT name FROM sqlite_schema")}
            names = self._connection.execute("SELECT id, name FROM learners").fetchall()
        # SQLite does not say which row: its reading names that.
        lines = [line.replace("CHECK constraint failed in", "a value that cannot be stands in") for line in said if line != "ok"]
        return (
            [f"the file is damaged: {line}" for line in lines]
            + [f"row {row[1] or '?'} of {row[0]} is of a learner that is not there" for row in references]
            + [f"{name} is not in the file" for name in opening.schema() if name not in there]
            + [f"the name of learner {id_} is no text: {name!r}" for id_, name in names if not _is_text(name)]
        )

    def log_problems(self) -> list[str]:
        """Return undos that take back an entry which is not there, or is another card's."""
        with explained(self.path):
            found = self._connection.execute(
                "SELECT undo.n, undo.id, undo.voids FROM log AS undo LEFT JOIN log AS act ON act.id = undo.voids "
                "AND act.learner = undo.learner AND act.card = undo.card WHERE undo.voids IS NOT NULL AND act.id IS NULL LIMIT ?",
                (_FOUND,),
            ).fetchall()
        return [f"log row {n}: undo {id_!r} takes back {voids!r}, which is no entry of its card" for n, id_, voids in found]

    def move_problems(self) -> list[str]:
        """Return that it is not kept as the journal has it which cards moved; nothing where there is no table of it."""
        with explained(self.path):
            if not self._has("homes"):
                return []
            kept = self._connection.execute("SELECT learner, origin, card, deck FROM homes").fetchall()
            wanted = {(learner, name, card, deck_of(card)) for (learner, name), card in self._homes().items()}
        return [] if set(kept) == wanted else ["which cards moved is not kept as the journal has it"]

    def tally_problems(self) -> list[str]:
        """Return which reviews are counted wrong; nothing where there is no table of tallies, which ``file_problems`` names."""
        with explained(self.path):
            if not (self._has("tallies") and self._has("homes")):
                return []
            wrong = counting.wrong(self._connection)
        if not wrong:
            return []
        _, deck, day = wrong[0]
        more = f", and on {len(wrong) - 1} more days of a deck" if len(wrong) > 1 else ""
        return [f"the reviews of {deck!r} on {_date(day)}{more} are not counted as the log has them"]

    def weights(self) -> tuple[dict[int, tuple[float, ...]], list[str]]:
        """Return the FSRS weights in use by learner (none: FSRS's own), and what is wrong with rows of them, which are passed over."""
        used: dict[int, tuple[float, ...]] = {}
        problems = []
        with explained(self.path):
            found = self._connection.execute(f"SELECT learner, {rows.WEIGHTS} FROM weights ORDER BY learner, at, id").fetchall()
        for learner, *row in found:
            try:
                used[learner] = rows.to_weights(row).values
            except rows.UnreadableRowError as error:
                problems.append(f"{error}. They are passed over.")
        return used, problems

    def cards(self) -> Iterator[CardLog]:
        """Yield every card of every learner that has a log row or a stored state."""
        with explained(self.path):
            names: dict[int, str] = dict(self._connection.execute("SELECT id, name FROM learners").fetchall())
            memory = self._connection.execute(f"SELECT learner, card, deck, {rows.STATE} FROM memory NOT INDEXED")
            states = {(row[0], row[1]): row[2:] for row in memory}
            log = self._connection.execute(f"SELECT learner, n, {rows.ENTRY} FROM log ORDER BY learner, card, at, id")
            home = self._homes()
            moved = {*home, *((learner, card) for (learner, _), card in home.items())}
            together: dict[tuple[int, str], list[tuple[object, ...]]] = {}
            for whose, group in groupby(log, key=lambda row: (row[0], row[4])):
                if whose in moved:
                    together.setdefault((whose[0], home.get(whose, whose[1])), []).extend(group)
                else:
                    yield _card_log(whose[0], names.get(whose[0], f"learner {whose[0]}"), whose[1], group, states.pop(whose, None))
        for (learner, card), found in together.items():
            found.sort(key=_at_and_id)
            yield _card_log(learner, names.get(learner, f"learner {learner}"), card, found, states.pop((learner, card), None))
        for (learner, card), stored in states.items():
            yield _card_log(learner, names.get(learner, f"learner {learner}"), card, (), stored)

    def _homes(self) -> dict[tuple[int, str], str]:
        """Return the cards as which the entries of others count, by learner and these others."""
        learners = self._connection.execute("SELECT DISTINCT learner FROM journal WHERE what = 'move'").fetchall()
        return {(one, name): card for (one,) in learners for name, card in homes(journal.moves(self._connection, one)).items()}

    def _has(self, table: str) -> bool:
        return bool(self._connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone())

    def store(self, states: Mapping[tuple[int, str], MemoryState | None]) -> Path:
        """Back the file up, then store ``states`` by (learner, card), None: no row, in one transaction; return the backup.

        Besides, learners that are gone but have log rows are made anew, places of no learner forgotten, missing indexes and triggers
        made, names that are no text written out, and reviews counted anew.
        """
        copy = back_up(self.path, reason="before-doctor")
        with explained(self.path):
            execute = self._connection.execute
            execute("BEGIN IMMEDIATE")
            try:
                for name, sql in opening.schema().items():
                    if not execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (name,)).fetchone():
                        execute(sql)
                execute(
                    "INSERT OR IGNORE INTO learners (id, name) SELECT learner, 'learner ' || learner FROM "
                    "(SELECT learner FROM log UNION SELECT learner FROM weights) WHERE learner NOT IN (SELECT id FROM learners)"
                )
                execute("DELETE FROM places WHERE learner NOT IN (SELECT id FROM learners)")
                for id_, name in execute("SELECT id, name FROM learners").fetchall():
                    if not _is_text(name):
                        execute("UPDATE learners SET name = ? WHERE id = ?", (rows.storable(name), id_))
                for (learner, card), state in states.items():
                    execute("DELETE FROM memory WHERE learner = ? AND card = CAST(? AS TEXT)", (learner, _bytes(card)))
                    if state is not None:
                        execute(UPSERT_STATE, (learner, card, deck_of(card), *rows.from_state(state)))
                for (learner,) in execute("SELECT id FROM learners").fetchall():
                    moving.rehouse(self._connection, learner, homes(journal.moves(self._connection, learner)))
                counting.recount(self._connection)
                execute("REINDEX")
                execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    execute("ROLLBACK")
                raise
        return copy


def _at_and_id(row: tuple[Any, ...]) -> tuple[int, str]:
    return row[5], row[2]


def _date(day: int) -> str:
    return date.fromordinal(day).isoformat() if 1 <= day <= date.max.toordinal() else f"day {day}"


def newest_backup(path: Path) -> Path | None:
    """Return the newest backup of the file at ``path``."""
    return newest(path)


def _card_log(learner: int, name: str, card: str, group: Iterable[tuple[object, ...]], stored: rows.Row | None) -> CardLog:
    entries, unreadable = [], []
    for row in group:
        try:
            entry = rows.to_entry(row[2:])
            if _is_text(card) and _is_text(entry.response or "") and _is_text(entry.fingerprint):
                entries.append(entry)
            else:
                unreadable.append(f"log row {row[1]}: text in it is none")
        except rows.UnreadableRowError as error:
            unreadable.append(f"log row {row[1]}: {error}")
    state, bad_state = None, ""
    if stored is not None:
        deck, *values = stored
        try:
            state = rows.to_state(values)
        except rows.UnreadableRowError as error:
            bad_state = str(error)
        if deck != deck_of(card):
            bad_state = f"its deck is {deck!r}"
    return CardLog(
        learner=learner, name=name, card=card, entries=tuple(entries), unreadable=tuple(unreadable), state=state, bad_state=bad_state
    )


def _is_text(read: str) -> bool:
    return read.isascii() or _bytes(read) == read.encode("utf-8", "replace")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
