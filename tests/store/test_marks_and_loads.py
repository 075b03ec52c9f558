"""What the store says of flags, of days to come, and of acts that belong together."""

import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.model import Act, Entry, MemoryState, Mode, Phase, Rating
from quizzer.core.scheduling import apply
from quizzer.store import MovedError, Place, Progress

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def follow(entry, act, number, **details):
    return Entry(id=f"f{number:035x}", act=act, card=entry.card, at=entry.at, day=entry.day, **details)


def test_loads_count_the_reviews_of_all_the_learners_decks_and_no_one_elses(path, progress, review):
    due = []
    for number, card in enumerate(("a/1", "a/2", "b/1", "c/1", "c/2")):
        entry, state = review(number, card)
        progress.record(entry, state, scope="*", place=None)
        due.append(state.due_day)
    entry, state = review(9, "b/2")
    suspended = follow(entry, Act.SUSPEND, 1)
    progress.record(entry, apply(state, suspended), scope="*", place=None, also=[suspended])
    learning, state = review(10, "b/3", rating=Rating.AGAIN)
    progress.record(learning, state, scope="*", place=None)
    other = Progress.open(path, learner="other")
    other.record(*review(11, "a/1"), scope="*", place=None)
    other.close()
    loads = progress.loads(1, 3_000_000)
    assert loads == {day: due.count(day) for day in due}
    assert progress.loads(max(due) + 1, max(due) + 50) == {}
    assert sum(progress.loads(min(due), min(due)).values()) == due.count(min(due))


def test_loads_of_nothing_are_none(progress):
    assert progress.loads(1, 3_000_000) == {}


def test_loads_read_only_the_covering_index(progress, review):
    progress.record(*review(1), scope="d", place=None)
    seen = []
    progress._connection.set_trace_callback(seen.append)
    progress.loads(739_700, 739_720)
    progress.loads(739_700, 739_720)
    progress._connection.set_trace_callback(None)
    (statement,) = [sql for sql in seen if "PRAGMA" not in sql]  # asked for again, they are known
    plan = [row[3] for row in progress._connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    searches = [line for line in plan if "memory" in line]
    assert searches
    assert all("COVERING INDEX memory_due (learner=?" in line for line in searches), plan
    assert any("phase=? AND due_day>? AND due_day<?" in line for line in searches), plan


def test_acts_that_belong_together_are_written_all_or_none(progress, review):
    entry, state = review(1)
    twice = follow(entry, Act.SUSPEND, 1)
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        progress.record(entry, state, scope="d", place=None, also=[twice, twice])
    assert list(progress.entries()) == []
    assert progress.state(entry.card) is None
    progress.record(entry, apply(state, twice), scope="d", place=None, also=[twice])
    assert [one.act for one in progress.entries()] == [Act.REVIEW, Act.SUSPEND]
    assert progress.state(entry.card).suspended


def test_the_last_flag_that_is_not_taken_back_counts(progress, review):
    entry, state = review(1)
    progress.record(entry, state, scope="d", place=None)
    rows = [follow(entry, Act.FLAG, 1)]
    rows.append(follow(entry, Act.UNDO, 2, voids=rows[0].id))
    rows.append(follow(entry, Act.UNDO, 3, voids=rows[1].id))
    rows.append(follow(entry, Act.UNFLAG, 4))
    rows.append(follow(entry, Act.UNDO, 5, voids=rows[3].id))
    told = []
    for row in rows:
        progress.record(row, state, scope="d", place=None)
        told.append(progress.flagged())
        assert progress.flagged(entry.card) == told[-1]
        assert progress.flagged("d/other") == set()
    flagged = {entry.card}
    assert told == [flagged, set(), flagged, set(), flagged]


DUE = st.none() | st.builds(
    lambda phase, due, suspended: MemoryState(
        phase=phase, stability=1.0, difficulty=5.0, due_day=739_700 + due, last_day=739_699, suspended=suspended
    ),
    st.sampled_from([Phase.REVIEW, Phase.REVIEW, Phase.RELEARNING]),
    st.integers(0, 9),
    st.booleans(),
)
STORING = st.tuples(st.sampled_from(["one", "bulk", "other", "refused"]), st.sampled_from(["d/a", "d/b", "e/a"]), DUE)


@given(st.lists(st.tuples(STORING, st.integers(0, 9), st.integers(0, 9)), max_size=14))
@settings(max_examples=25, deadline=None)
def test_loads_are_those_of_the_file_after_whatever_is_stored_by_whomever(review, steps):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progress.db"
        progress, other = Progress.open(path, learner="me"), Progress.open(path, learner="me")
        for number, ((how, card, state), one, two) in enumerate(steps):
            entry = review(number, card)[0]
            match how:
                case "one":
                    progress.record(entry, state, scope="s", place=None)
                case "bulk":
                    progress.record_all([(entry, state)])
                case "other":
                    other.record(entry, state, scope="s", place=None)
                case "refused":
                    with pytest.raises(MovedError):
                        progress.record(entry, state, scope="s", place=None, version=-1)
                    with pytest.raises(sqlite3.IntegrityError):
                        progress.record(entry, state, scope="s", place=None, also=[entry])
            first, last = 739_700 + min(one, two), 739_700 + max(one, two)
            with closing(Progress.open(path, learner="me")) as fresh:
                assert progress.loads(first, last) == fresh.loads(first, last) == fresh.loads(first, last)
        progress.close()
        other.close()


def test_a_checkpoint_waits_for_nobody_and_the_next_answer_finds_the_log_begun(path, progress, review):
    progress.record(*review(1), scope="s", place=Place(card="d/q", mode=Mode.TYPE, shown_at=START))
    with closing(sqlite3.connect(path, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        progress.checkpoint()
        writing.execute("ROLLBACK")
    progress.checkpoint()
    assert progress.place("s") == Place(card="d/q", mode=Mode.TYPE, shown_at=START)
    progress.record(*review(2), scope="s", place=None)
    assert len(list(progress.entries())) == 2
