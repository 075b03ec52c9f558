"""Progress files as an older quizzer left them."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quizzer.store import Progress, counting, migrations, opening


@contextlib.contextmanager
def quizzer_of(schema: int) -> Iterator[None]:
    """While this lasts, progress files are made by a quizzer that knows the first ``schema`` migrations alone."""
    known = type(migrations.migrations)("quizzer")
    known._migrations = migrations.migrations._migrations[:schema]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(migrations, "migrations", known)
        patched.setattr(opening, "SCHEMA", schema)
        if schema < 7:  # nothing ever moved
            patched.setattr(Progress, "homes", {})
            joined = "LEFT JOIN homes ON homes.learner = log.learner AND homes.origin = log.card"
            plain = counting._RECOUNTED.replace(joined, "").replace("coalesce(homes.deck, log.deck)", "deck")
            patched.setattr(counting, "_RECOUNTED", plain)
        yield


def make_older(path: Path, *, schema: int) -> None:
    """Make the progress file at ``path`` one of that schema, with its rows as far as that knows of them; nothing is left beside it."""
    new = path.with_name("older.db")
    with quizzer_of(schema), closing(sqlite3.connect(new, isolation_level=None)) as older:
        opening.migrate(older)
        older.execute("ATTACH ? AS newer", (str(path),))
        named = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%' AND name <> 'tallies'"
        for (table,) in older.execute(named).fetchall():  # tallies come of themselves, with the log
            columns = ", ".join(row[1] for row in older.execute(f"PRAGMA main.table_info({table})"))
            older.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    new.replace(path)
