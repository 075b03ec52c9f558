"""The doctor finds what is wrong with a progress file, and rebuilds memory from the log."""

import contextlib
import os
import sqlite3
from contextlib import closing

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from quizzer.core.errors import ProgressError
from quizzer.core.model import Rating
from quizzer.store import Progress, rows
from quizzer.store.backup import back_up, backups
from quizzer.study.doctor import doctor

LOST_REVIEW = (
    "(id, learner, act, deck, card, at, day, rating, granted_days, granted_seconds, phase) "
    "VALUES (lower(hex(randomblob(18))), 99, 'review', 'mixed', 'mixed/p1', 0, 1, 3, 2, 0, 'review')"
)


def tamper(path, *statements):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            other.execute(statement)


@pytest.fixture
def studied(desk):
    session = desk.session()
    for rating in (Rating.GOOD, Rating.EASY, Rating.AGAIN, Rating.EASY, Rating.HARD):
        desk.answer(session, rating)
    session.undo()
    session.suspend()
    return desk


def test_a_file_nobody_harmed_is_healthy_and_left_alone(studied):
    report = doctor(studied.path, fix=True)
    assert report.healthy
    assert (report.problems, report.mended, report.backup) == ((), 0, "")
    assert (report.learners, report.cards, report.entries) == (1, 5, 7)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE memory SET stability = stability * 2",
        "UPDATE memory SET due_day = due_day + 1 WHERE due_day IS NOT NULL",
        "UPDATE memory SET reps = 0, suspended = 1",
        "UPDATE memory SET phase = 'dancing'",
        "DELETE FROM memory",
        "UPDATE memory SET deck = 'other'",
        "UPDATE memory SET fingerprint = CAST(x'ff41' AS TEXT)",
        "UPDATE memory SET card = 'mixed/' || CAST(x'ff41' AS TEXT) WHERE card = 'mixed/p1'",
        "INSERT INTO memory SELECT learner, 'mixed/ghost', deck, phase, stability, difficulty, step, reps, lapses, due_day, due_at, "
        "last_day, last_at, suspended, buried_until, fingerprint FROM memory LIMIT 1",
    ],
)
def test_memory_that_is_not_what_the_log_gives_is_named_and_rebuilt(studied, harm):
    before = studied.states()
    tamper(studied.path, harm)
    found = doctor(studied.path)
    assert not found.healthy
    assert found.problems
    named = [line for line in found.problems if "a value that cannot be" not in line]
    assert all("'mixed/" in line and "doctor --fix" in line for line in named)
    assert not backups(studied.path)
    mended = doctor(studied.path, fix=True)
    assert mended.healthy
    assert mended.mended == len(named)
    assert studied.states() == before
    assert doctor(studied.path).problems == ()
    assert str(backups(studied.path)[-1]) == mended.backup


COLUMNS = [name.strip() for name in f"deck, {rows.STATE}".split(",")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(COLUMNS),
            st.sampled_from(["-1", "0", "1", "7", "9223372036854775807", "9e999", "NULL", "'new'", "'review'", "'dancing'", "''"]),
            st.sampled_from(["0", "1", "2", "3", "4", "5"]),
        ),
        min_size=1,
        max_size=8,
    )
)
@hypothesis_settings(max_examples=20, deadline=None)
def test_memory_is_mended_whatever_became_of_it(open_desk, harms):
    with open_desk() as desk:
        session = desk.session()
        for rating in (Rating.GOOD, Rating.EASY, Rating.AGAIN, Rating.EASY, Rating.HARD):
            desk.answer(session, rating)
        before = desk.states()
        for column, value, row in harms:
            with contextlib.suppress(sqlite3.IntegrityError):  # of the wrong type: refused by the table
                tamper(desk.path, f"UPDATE memory SET {column} = {value} WHERE card = 'mixed/p{row}'")
        doctor(desk.path, fix=True)
        assert doctor(desk.path).problems == ()
        assert desk.states() == before


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        ("DROP INDEX memory_due", "memory_due is not in the file"),
        ("DROP TRIGGER log_is_not_changed", "log_is_not_changed is not in the file"),
        ("INSERT INTO places VALUES (99, 'desk', 'mixed/p1', 'type', 0, NULL)", "of a learner that is not there"),
        ("UPDATE learners SET name = CAST(x'ff41' AS TEXT) WHERE name = 'you'", "the name of learner 2 is no text"),
        (f"INSERT INTO log {LOST_REVIEW}", "of a learner that is not there"),
    ],
)
def test_what_else_is_lost_is_named_and_mended(studied, harm, named):
    tamper(studied.path, "INSERT INTO learners VALUES (2, 'you')", harm)
    assert any(named in line for line in doctor(studied.path).problems)
    assert doctor(studied.path, fix=True).healthy
    assert doctor(studied.path).problems == ()
    assert studied.session().prompt is not None


@pytest.mark.parametrize(
    ("columns", "values", "named"),
    [("granted_seconds", "1000000000000000", "beyond all calendars"), ("granted_seconds, response", "5, CAST(x'ff41' AS TEXT)", "is none")],
)
def test_what_the_log_cannot_mean_is_named_and_left(studied, columns, values, named):
    tamper(
        studied.path,
        f"INSERT INTO log (id, learner, act, deck, card, at, day, rating, granted_days, phase, {columns}) "
        f"VALUES (lower(hex(randomblob(18))), 1, 'review', 'mixed', 'mixed/p1', 1, 1, 3, 0, 'review', {values})",
    )
    report = doctor(studied.path, fix=True)
    assert not report.healthy
    assert any(named in line and "'mixed/p1'" in line for line in report.problems)


def test_a_log_row_that_cannot_be_read_is_named_and_left_with_its_card(studied):
    tamper(
        studied.path,
        "INSERT INTO log (id, learner, act, deck, card, at, day) VALUES ('bad', 1, 'dance', 'mixed', 'mixed/p1', 0, 1)",
        "UPDATE memory SET reps = 77 WHERE card = 'mixed/p1'",
        "UPDATE memory SET reps = 77 WHERE card = 'mixed/p3'",
    )
    report = doctor(studied.path, fix=True)
    assert not report.healthy
    assert report.mended == 1
    assert len(report.problems) == 3
    assert any("a value that cannot be stands in log" in line for line in report.problems)
    assert any("'bad' cannot be read" in line and "'mixed/p1'" in line for line in report.problems)
    assert studied.progress.state("mixed/p1").reps == 77
    assert studied.progress.state("mixed/p3").reps == 1


def test_an_undo_of_nothing_and_a_row_of_no_learner_are_named(studied):
    tamper(
        studied.path,
        "INSERT INTO log (id, learner, act, deck, card, at, day, voids) "
        "VALUES (hex(zeroblob(18)), 1, 'undo', 'mixed', 'mixed/p1', 0, 1, 'gone')",
        "INSERT INTO log (id, learner, act, deck, card, at, day) VALUES (hex(randomblob(18)), 99, 'flag', 'mixed', 'mixed/p1', 0, 1)",
    )
    problems = "\n".join(doctor(studied.path).problems)
    assert "takes back 'gone'" in problems
    assert "a learner that is not there" in problems


def test_every_learner_of_the_file_is_checked(studied):
    other = Progress.open(studied.path, learner="you")
    entry, state = next((entry, studied.progress.state(entry.card)) for entry in studied.progress.entries())
    other.record(msgspec.structs.replace(entry, id="0" * 36), msgspec.structs.replace(state, lapses=9), scope="d", place=None)
    other.close()
    (problem,) = doctor(studied.path).problems
    assert "of 'you'" in problem


def test_an_index_that_lies_is_found_and_rebuilt(studied):
    with closing(sqlite3.connect(studied.path)) as other, other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("UPDATE sqlite_schema SET sql = replace(sql, 'deck, phase', 'phase, deck') WHERE name = 'memory_due'")
    studied.progress.close()
    assert any("damaged" in line for line in doctor(studied.path).problems)
    assert doctor(studied.path, fix=True).healthy
    studied.progress = Progress.open(studied.path, learner="me")


def test_a_file_too_damaged_to_read_points_to_its_newest_backup(studied):
    studied.progress.close()
    copy = back_up(studied.path, reason="before-test")
    content = bytearray(studied.path.read_bytes())
    content[100:] = os.urandom(len(content) - 100)
    studied.path.write_bytes(content)
    with pytest.raises(ProgressError, match="too damaged") as caught:
        doctor(studied.path, fix=True)
    assert str(copy) in str(caught.value)
    studied.path.write_bytes(copy.read_bytes())
    assert doctor(studied.path).healthy
    studied.progress = Progress.open(studied.path, learner="me")


def test_no_file_is_not_made_by_the_doctor(tmp_path):
    with pytest.raises(ProgressError, match="no progress yet"):
        doctor(tmp_path / "progress.db")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE tallies SET reviews = reviews + 1",
        "DELETE FROM tallies",
        "INSERT INTO tallies VALUES (1, 'gone', 739700, 3, 0, 0, 0)",
        "DROP TABLE tallies",
        "DROP TRIGGER log_undos_are_counted",
    ],
)
def test_reviews_that_are_counted_wrong_are_named_and_counted_anew(studied, harm):
    right = studied.progress.tallies()
    tamper(studied.path, harm)
    report = doctor(studied.path)
    assert not report.healthy
    assert len(report.problems) == (2 if "DROP TABLE" in harm else 1)  # its index goes with it
    assert doctor(studied.path, fix=True).healthy
    assert studied.progress.tallies() == right
    studied.answer(studied.session(), Rating.GOOD)
    assert doctor(studied.path).healthy
