"""The journal beside the log: rows come back as they were put in, and an older file gets it without losing anything."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.changes import Change, What
from quizzer.core.model import Mode
from quizzer.store import Pending, Place, Progress, journal, opening
from quizzer.store.backup import backups

from ..older import quizzer_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def change(number: int, **details: object) -> Change:
    return Change(**{"id": f"{number:036}", "what": What.ACCEPT, "at": NOW, "day": 700_000, "deck": "d", "question": "q", **details})


def test_changes_come_back_as_they_were_in_the_order_of_their_ids(progress: Progress) -> None:
    rows = [
        change(2, before="a: 1\n", after="ä: [2]\r\n"),
        change(1),
        change(3, what=What.UNDO, voids=change(2).id),
        change(4, deck="e", what=What.REWRITE),
    ]
    journal.add(progress, rows)
    assert journal.changes(progress, newest=10) == [rows[1], rows[0], rows[2], rows[3]]
    assert journal.changes(progress, decks=["e"], newest=10) == [rows[3]]
    assert journal.changes(progress, newest=1) == [rows[3]]
    assert progress.greatest_id() == rows[3].id


def test_the_journal_is_only_added_to_and_each_learner_has_their_own(path: Path, progress: Progress) -> None:
    journal.add(progress, [change(1)])
    with closing(Progress.open(path, learner="ada")) as other:
        assert journal.changes(other, newest=10) == []
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("DELETE FROM journal", "UPDATE journal SET after = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)


@given(st.one_of(st.none(), st.text(), st.integers(0, 20)), st.lists(st.sampled_from(["right", "wrong", "edit"])), st.text())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_response_that_waits_for_its_rating_comes_back_with_its_place(
    progress: Progress, response: str | int | None, turns: list[str], tried: str
) -> None:
    pending = Pending(response=response, turns=tuple(turns), tried=tried, hints=2)
    place = Place(card="d/q", mode=Mode.TYPE, shown_at=NOW, pending=pending)
    progress.set_place("d", place)
    assert progress.place("d") == place


def test_a_file_of_the_third_schema_keeps_its_rows_and_its_places(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, quizzer_of(3):
        opening.migrate(connection)
        connection.execute("INSERT INTO learners (name) VALUES ('me')")
        connection.execute("INSERT INTO places VALUES (1, 'd', 'd/q', 'type', 1000)")
        connection.execute(
            "INSERT INTO log (id, learner, act, deck, card, at, day) VALUES (?, 1, 'flag', 'd', 'd/q', 1000, 700000)", (f"{1:036}",)
        )
    with closing(Progress.open(path, learner="me")) as progress:
        assert [entry.card for entry in progress.entries()] == ["d/q"]
        place = progress.place("d")
        assert place is not None
        assert (place.card, place.mode, place.pending) == ("d/q", Mode.TYPE, None)
        journal.add(progress, [change(2)])
        assert journal.changes(progress, newest=10) == [change(2)]
    assert len(backups(path)) == 1
