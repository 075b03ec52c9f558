"""What is counted as it is logged is what the log gives, and what SQLite sums up is what core.stats does."""

import math
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core import scheduling, stats
from quizzer.core.model import Act, Entry, MemoryState, Phase, Rating
from quizzer.store import Progress, counting, opening

from ..older import quizzer_of

DAY = 739_700
CARDS = st.sampled_from(["d/a", "d/b", "e/a"])


@st.composite
def histories(draw):
    """Entries of two learners in any order: undos may come before what they take back, or take back nothing that is there."""
    count = draw(st.integers(0, 14))
    made = []
    for number in range(count):
        learner, card, days = draw(st.sampled_from("ab")), draw(CARDS), draw(st.integers(0, 3))
        voids = draw(st.none() | st.integers(0, count))
        rating, before, time = (
            draw(st.sampled_from(Rating)),
            draw(st.none() | st.sampled_from(Phase)),
            draw(st.none() | st.integers(0, 10**6)),
        )
        made.append((number, learner, card, days, voids, rating, before, time))
    return draw(st.permutations(made))


def entry_of(review, number, card, days, voids, rating, before, time):
    entry = review(number, card, rating=rating, days=days)[0]
    if voids is not None:
        return Entry(id=entry.id, act=Act.UNDO, card=card, at=entry.at, day=entry.day, voids=f"{voids:036x}")
    return msgspec.structs.replace(entry, before=before, duration_ms=time)


def counted(progress: Progress) -> set[tuple]:
    return set(
        progress._connection.execute("SELECT learner, deck, day, reviews, asked, kept, milliseconds FROM tallies WHERE reviews <> 0")
    )


def write(path: Path, review, history) -> None:
    writers = {name: Progress.open(path, learner=name) for name in "ab"}
    for number, learner, *of in history:
        writers[learner].record_all([(entry_of(review, number, *of), None)])
    for writer in writers.values():
        writer.close()


@given(history=histories())
@settings(max_examples=25, deadline=None)
def test_tallies_are_what_the_log_gives_after_any_acts_undos_and_redos_in_any_order(review, history):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progress.db"
        write(path, review, history)
        with closing(Progress.open(path, learner="a")) as progress:
            assert counting.wrong(progress._connection) == []
            everyones = [entry_of(review, number, *of) for number, _, *of in history]
            void = scheduling.voided(everyones)
            stand = [one for one in everyones if one.act is Act.REVIEW and one.id not in void]
            assert sum(row[3] for row in counted(progress)) == len(stand)
            assert sum(row[4] for row in counted(progress)) == sum(one.before is Phase.REVIEW for one in stand)
            before = counted(progress)
            counting.recount(progress._connection)
            assert counted(progress) == before


@given(history=histories())
@settings(max_examples=8, deadline=None)
def test_a_file_of_the_third_schema_has_its_reviews_counted_when_it_is_opened(review, history):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progress.db"
        with quizzer_of(3):
            write(path, review, history)
        with closing(sqlite3.connect(path)) as there:
            assert not there.execute("SELECT 1 FROM sqlite_schema WHERE name = 'tallies'").fetchone()
            log = there.execute("SELECT * FROM log ORDER BY n").fetchall()
        with closing(Progress.open(path, learner="a")) as progress:
            assert counting.wrong(progress._connection) == []
            assert progress._connection.execute("SELECT * FROM log ORDER BY n").fetchall() == log


@pytest.mark.parametrize("schema", [3, 4, 5, opening.SCHEMA])
def test_a_review_done_again_is_counted_on_a_day_that_was_counted_anew_without_it(path, review, schema):
    """Its day had no other: where reviews are counted anew, as a migration and the doctor do, there is no tally of it."""
    made = [entry_of(review, 1, "d/a", 0, None, Rating.GOOD, None, 600), entry_of(review, 2, "d/a", 1, 1, Rating.GOOD, None, None)]
    with quizzer_of(schema), closing(Progress.open(path, learner="me")) as progress:
        progress.record_all([(entry, None) for entry in made])
        if schema > 3:
            progress._connection.execute("BEGIN")
            counting.recount(progress._connection)
            progress._connection.execute("COMMIT")
    with closing(Progress.open(path, learner="me")) as progress:
        for number, stand in ((3, 1), (4, 0), (5, 1)):
            undo = entry_of(review, number, "d/a", 2, number - 1 if number != 4 else 1, Rating.GOOD, None, None)
            progress.record_all([(undo, None)])
            assert counting.wrong(progress._connection) == []
            assert [tally.reviews for tally in progress.tallies()] == [1] * stand


states = st.builds(
    lambda phase, stability, difficulty, due, last, lapses, suspended: MemoryState(
        phase=phase,
        stability=0.0 if phase is Phase.NEW else stability,
        difficulty=0.0 if phase is Phase.NEW else difficulty,
        reps=1,
        lapses=lapses,
        due_day=None if phase is Phase.NEW else DAY + due,
        last_day=None if phase is Phase.NEW else DAY + last,
        suspended=suspended,
    ),
    st.sampled_from(Phase),
    st.floats(0.01, 5000),
    st.floats(1, 10),
    st.integers(-40, 60),
    st.integers(-60, 2),
    st.integers(0, 9),
    st.booleans(),
)


@pytest.mark.parametrize("own_mathematics", [False, True])
@given(drawn=st.lists(states, max_size=12))
@settings(max_examples=12, deadline=None)
def test_how_a_deck_stands_is_the_same_by_sql_as_by_its_states(review, own_mathematics, drawn):
    with tempfile.TemporaryDirectory() as folder, closing(Progress.open(Path(folder) / "p.db", learner="me")) as progress:
        if own_mathematics:
            progress._connection.create_function("pow", 2, opening._power, deterministic=True)
        progress.record_all((review(number, f"d/{number}")[0], state) for number, state in enumerate(drawn))
        progress.record_all([(review(99, "d2/other")[0], MemoryState(phase=Phase.LEARNING, stability=1.0, difficulty=5.0, due_day=DAY))])
        found, names = progress.standing("d", day=DAY, days=stats.FORECAST_DAYS, mature=stats.MATURE_DAYS, curve=scheduling.forgetting(()))
        wanted = stats.standing(drawn, day=DAY)
        assert names == {f"d/{number}" for number in range(len(drawn))}
        for name in ("learning", "in_review", "mature", "suspended", "known", "coming"):
            assert getattr(found, name) == getattr(wanted, name), name
        for name in ("stability", "difficulty", "recall"):
            assert math.isclose(getattr(found, name), getattr(wanted, name), abs_tol=1e-9), name
        for least in (1, 3, counting.OFTEN_FORGOTTEN, 8):
            often = {(f"d/{number}", one.lapses, one.suspended) for number, one in enumerate(drawn) if one.lapses >= least}
            assert set(progress.often_forgotten(least=least)) == often


def test_a_tally_that_is_wrong_or_gone_refuses_no_review_and_no_undo(progress, review):
    entry, state = review(1)
    progress.record(entry, state, scope="s", place=None)
    progress._connection.execute("DELETE FROM tallies")
    undo = Entry(id="f" * 36, act=Act.UNDO, card=entry.card, at=entry.at, day=entry.day, voids=entry.id)
    progress.record(undo, None, scope="s", place=None)
    assert progress.tallies() == []
    progress.record(*review(2), scope="s", place=None)
    assert [tally.reviews for tally in progress.tallies()] == [1]


def test_the_tallies_of_a_day_are_read_without_the_log(progress, review):
    progress.record(*review(1), scope="s", place=None)
    seen: list[str] = []
    progress._connection.set_trace_callback(seen.append)
    day = review(1)[0].day
    progress.tallies(since_day=1)
    progress.past(before_day=day + 1)
    progress.review_days()
    progress.reviewed_on(day)
    progress._connection.set_trace_callback(None)
    plans = [row[3] for sql in seen for row in progress._connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert plans
    assert not [step for step in plans if " log" in step]


def test_flags_are_found_without_reading_a_cards_reviews(progress, review):
    progress.record(*review(1), scope="s", place=None)
    seen: list[str] = []
    progress._connection.set_trace_callback(seen.append)
    progress.flagged("d/q")
    progress.flagged()
    progress._connection.set_trace_callback(None)
    for sql in (one for one in seen if " FROM log " in one):
        plan = [row[3] for row in progress._connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert any("log_flags" in step for step in plan), plan
