"""What is recorded comes back; what is not, leaves no trace."""

import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import ProgressError
from quizzer.core.model import COUNTED_MS, Act, Entry, Interval, MemoryState, Mode, Past, Phase, Rating, Tally, Verdict
from quizzer.store import MovedError, Place, Progress

SAME_ROW = "INSERT OR REPLACE INTO log SELECT * FROM log"
SAME_NUMBER = """
    INSERT OR REPLACE INTO log (n, id, learner, act, deck, card, at, day)
    SELECT n, hex(zeroblob(18)), 1, 'flag', 'd', 'd/q', 0, 1 FROM log
"""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
instants = st.integers(-10_000_000_000_000, 100_000_000_000_000).map(
    lambda number: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number)
)
days = st.integers(1, 3_652_059)
floats = st.floats(0, 36_500, width=32)
intervals = st.one_of(st.builds(Interval, days=st.integers(1, 36_500)), st.builds(Interval, seconds=st.integers(1, 86_399)))
learnt = st.sampled_from([Phase.LEARNING, Phase.REVIEW, Phase.RELEARNING])
cards = texts.map(lambda text: f"d/{text}")
ids = st.uuids().map(str)

reviews = st.builds(
    Entry,
    id=ids,
    act=st.just(Act.REVIEW),
    card=cards,
    at=instants,
    day=days,
    mode=st.sampled_from(Mode),
    response=st.none() | texts,
    verdict=st.none() | st.sampled_from(Verdict),
    rating=st.sampled_from(Rating),
    duration_ms=st.none() | st.integers(0, 10**12),
    granted=intervals,
    before=st.none() | st.sampled_from(Phase),
    phase=learnt,
    step=st.integers(0, 9),
    fingerprint=texts,
)
undos = st.builds(Entry, id=ids, act=st.just(Act.UNDO), card=cards, at=instants, day=days, voids=ids)
others = st.builds(
    Entry, id=ids, act=st.sampled_from([Act.SUSPEND, Act.BURY, Act.RESET, Act.KEEP, Act.FLAG]), card=cards, at=instants, day=days
)
states = st.builds(
    MemoryState,
    phase=learnt,
    stability=floats,
    difficulty=st.floats(1, 10, width=32),
    step=st.integers(0, 9),
    reps=st.integers(0, 10**6),
    lapses=st.integers(0, 10**6),
    due_day=st.just(None),
    due_at=instants,
    last_day=st.none() | days,
    last_at=st.none() | instants,
    suspended=st.booleans(),
    buried_until=st.none() | days,
    fingerprint=texts,
)


@given(st.lists(st.tuples(st.one_of(reviews, undos, others), states), max_size=8, unique_by=lambda pair: pair[0].id))
@settings(max_examples=25, deadline=None)
def test_entries_and_states_come_back_equal_after_reopening(pairs: list[tuple[Entry, MemoryState]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progress.db"
        progress = Progress.open(path, learner="me")
        for entry, state in pairs:
            progress.record(entry, state, scope="d", place=None)
        progress.close()
        progress = Progress.open(path, learner="me")
        assert list(progress.entries()) == sorted((entry for entry, _ in pairs), key=lambda entry: (entry.at, entry.id))
        assert progress.states("d") == {entry.card: state for entry, state in pairs}
        for entry, state in {entry.card: (entry, state) for entry, state in pairs}.values():
            assert progress.state(entry.card) == state
        progress.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE log SET day = day + 1", "DELETE FROM log", "INSERT OR REPLACE INTO log SELECT * FROM log", SAME_NUMBER]
)
def test_the_log_is_only_added_to(path, progress, review, statement):
    progress.record(*review(1), scope="d", place=None)
    before = list(progress.entries())
    with sqlite3.connect(path) as other, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        other.execute(statement)
    other.close()
    assert list(progress.entries()) == before


def test_an_answer_is_written_whole_or_not_at_all(progress, review):
    entry, state = review(1)
    place = Place(card="d/q", mode=Mode.TYPE, shown_at=entry.at)
    progress.record(entry, state, scope="d", place=place)
    _, later = review(2, before=state)
    with pytest.raises(sqlite3.IntegrityError):  # the same entry twice
        progress.record(entry, later, scope="d", place=None)
    assert list(progress.entries()) == [entry]
    assert progress.state("d/q") == state
    assert progress.place("d") == place


def test_the_place_and_a_new_card_again_are_written_with_the_answer(progress, review):
    entry, state = review(1)
    progress.record(entry, state, scope="d", place=Place(card="d/q", mode=Mode.TYPE, shown_at=entry.at))
    undo = Entry(id="f" * 36, act=Act.UNDO, card="d/q", at=entry.at, day=entry.day, voids=entry.id)
    progress.record(undo, None, scope="d", place=None)
    assert progress.state("d/q") is None
    assert progress.place("d") is None
    assert not progress.reviewed_on(entry.day)
    assert progress.tallies() == []


def test_learners_of_one_file_do_not_see_each_other(path, progress, review):
    names = ["you", "Zoë", "", " ", "'; DROP TABLE log; --", "a\x00b", "名前", "\ud800"]
    others = [Progress.open(path, learner=name) for name in names]
    for number, one in enumerate(others):
        entry, state = review(number, f"d/{number}")
        one.record(entry, state, scope="d", place=Place(card="d/q", mode=Mode.TYPE, shown_at=entry.at))
    assert (list(progress.entries()), progress.states("d"), progress.place("d")) == ([], {}, None)
    for number, one in enumerate(others):
        assert [entry.card for entry in one.entries()] == [f"d/{number}"]
        one.close()
    again = Progress.open(path, learner="Zoë")
    assert list(again.states("d")) == ["d/1"]
    assert len(again.learners()) == len(names)
    again.close()


def test_a_learner_who_writes_nothing_leaves_no_trace(path, progress):
    assert progress.learners() == []


def test_a_response_that_is_not_unicode_is_kept_readable(progress, review):
    entry, state = review(1, response="a\ud800b")
    progress.record(entry, state, scope="d", place=None)
    assert next(iter(progress.entries())).response == "a\\ud800b"


def test_writing_over_what_another_program_wrote_is_refused(path, progress, review):
    version = progress.version
    other = Progress.open(path, learner="me")
    other.record(*review(1), scope="d", place=None)
    other.close()
    with pytest.raises(MovedError):
        progress.record(*review(2), scope="d", place=None, version=version)
    assert len(list(progress.entries())) == 1
    progress.record(*review(2), scope="d", place=None, version=progress.version)
    assert len(list(progress.entries())) == 2


def test_a_full_disk_refuses_the_answer_keeps_the_rest_and_can_be_tried_again(progress, review):
    progress.record(*review(1), scope="d", place=None)
    pages = progress._connection.execute("PRAGMA page_count").fetchone()[0]
    progress._connection.execute(f"PRAGMA max_page_count = {pages}")
    entry, state = review(2, response="x" * 100_000)
    with pytest.raises(ProgressError, match="the disk is full"):
        progress.record(entry, state, scope="d", place=None)
    assert len(list(progress.entries())) == 1
    progress._connection.execute("PRAGMA max_page_count = 100000")
    progress.record(entry, state, scope="d", place=None)
    assert len(list(progress.entries())) == 2


def test_cards_are_found_by_what_they_wait_for(progress, review):
    first, learning = review(1, "d/learning", rating=Rating.AGAIN)
    day = first.day
    progress.record(first, learning, scope="d", place=None)
    for number, (card, flags) in enumerate(
        [("d/due", {}), ("d/suspended", {"suspended": True}), ("d/buried", {"buried_until": day + 31}), ("e/other", {})], start=2
    ):
        entry, state = review(number, card)
        progress.record(entry, msgspec.structs.replace(state, due_day=day + 3, **flags), scope="d", place=None)
    progress.record(
        Entry(id="e" * 36, act=Act.SUSPEND, card="d/new", at=first.at, day=day), MemoryState(suspended=True), scope="d", place=None
    )
    assert progress.due("d", day=day + 2) == []
    assert progress.due("d", day=day + 3) == [("d/due", day + 3)]
    assert sorted(progress.due("d", day=day + 31)) == [("d/buried", day + 3), ("d/due", day + 3)]
    assert [step.card for step in progress.steps("d", day=day)] == ["d/learning"]
    assert progress.seen("d").keys() == {"d/learning", "d/due", "d/suspended", "d/buried"}
    assert progress.new_set_aside("d", day=day) == {"d/new"}
    assert dict(progress.forecast("d")) == {"d/due": day + 3, "d/buried": day + 3}
    assert progress.newest_instant("d/learning") == first.at
    assert progress.newest_instant("d/none") is None
    assert progress.greatest_id() == "e" * 36


def test_tallies_count_reviews_by_deck_and_day_and_cap_the_time(progress, review):
    known = MemoryState(phase=Phase.REVIEW, stability=9.0, difficulty=5.0, due_day=1)
    for number, (card, rating, time, before) in enumerate(
        [
            ("d/a", Rating.GOOD, 1000, None),
            ("d/b", Rating.GOOD, 10**9, known),
            ("d/c", Rating.AGAIN, 5, known),
            ("e/a", Rating.GOOD, None, None),
        ]
    ):
        progress.record(*review(number, card, rating=rating, duration_ms=time, before=before), scope="d", place=None)
    day = next(iter(progress.entries())).day
    assert progress.tallies() == [
        Tally(deck="d", day=day, reviews=3, asked=2, kept=1, milliseconds=1000 + COUNTED_MS + 5),
        Tally(deck="e", day=day, reviews=1),
    ]


FATES = st.sampled_from([(0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (2, 2)])  # how often it was taken back, how many of those undone


def taken_back(entry, undos, redos):
    """That many undos of the entry, and undos of the first of those."""
    follow = {"act": Act.UNDO, "card": entry.card, "at": entry.at, "day": entry.day}
    undone = [Entry(id=f"{number + 1}{entry.id[1:]}", voids=entry.id, **follow) for number in range(undos)]
    return [*undone, *(Entry(id=f"{number + 5}{entry.id[1:]}", voids=undone[number].id, **follow) for number in range(redos))]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["d/a", "d/b", "e/a"]), st.sampled_from(Rating), FATES), max_size=12))
@settings(max_examples=25, deadline=None)
def test_tallies_leave_out_what_was_taken_back_once_or_twice_and_count_what_was_done_again(review, reviews):
    with tempfile.TemporaryDirectory() as folder:
        progress = Progress.open(Path(folder) / "progress.db", learner="me")
        kept = Counter()
        for number, (days, card, rating, fate) in enumerate(reviews):
            entry, state = review(number, card, rating=rating, days=days)
            progress.record(entry, state, scope="d", place=None)
            for undo in taken_back(entry, *fate):
                progress.record(undo, None, scope="d", place=None)
            kept[entry.day, card[0]] += fate[0] == fate[1]
        found = {(tally.day, tally.deck): tally.reviews for tally in progress.tallies()}
        assert found == +kept
        assert sum(tally.milliseconds for tally in progress.tallies()) == 1200 * kept.total()
        assert progress.review_days() == sorted({day for day, *_ in +kept})
        progress.close()


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["d/a", "e/a"]), st.sampled_from(Rating), FATES), max_size=12),
    st.integers(0, 41),
)
@settings(max_examples=25, deadline=None)
def test_what_is_summed_up_of_the_past_and_counted_since_is_all_there_is(review, reviews, since):
    with tempfile.TemporaryDirectory() as folder, closing(Progress.open(Path(folder) / "progress.db", learner="me")) as progress:
        for number, (days, card, rating, fate) in enumerate(reviews):
            before = MemoryState(phase=Phase.REVIEW, stability=9.0, difficulty=5.0, due_day=1) if number % 3 else None
            entry, state = review(number, card, rating=rating, days=days, before=before)
            progress.record(entry, state, scope="d", place=None)
            for undo in taken_back(entry, *fate):
                progress.record(undo, None, scope="d", place=None)
        first = review(0)[0].day + since
        everything, recent = progress.tallies(), progress.tallies(since_day=first)
        assert recent == [tally for tally in everything if tally.day >= first]
        summed = {}
        for tally in everything:
            if tally.day < first:
                was = summed.get(tally.deck, Past(deck=tally.deck))
                summed[tally.deck] = Past(
                    deck=tally.deck,
                    reviews=was.reviews + tally.reviews,
                    asked=was.asked + tally.asked,
                    kept=was.kept + tally.kept,
                    milliseconds=was.milliseconds + tally.milliseconds,
                )
        assert progress.past(before_day=first) == [summed[deck] for deck in sorted(summed)]


def test_what_a_sessions_start_asks_reads_only_the_covering_index(progress, review):
    progress.record(*review(1), scope="d", place=None)
    seen: list[str] = []
    progress._connection.set_trace_callback(seen.append)
    progress.due("d", day=739_700)
    progress.seen("d")
    progress.forecast("d")
    progress.new_set_aside("d", day=739_700)
    progress._connection.set_trace_callback(None)
    assert len(seen) == 4
    for statement in seen:
        plan = [row[3] for row in progress._connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert all("USING COVERING INDEX memory_due (learner=? AND deck=?" in line for line in plan), plan


@given(st.sets(st.sampled_from(["d", "d0", "d-", "d.", "D", "dd", "0", "dé", "d0é", "c"]), min_size=1))
@settings(max_examples=15, deadline=None)
def test_the_states_of_a_deck_are_of_its_cards_alone_however_alike_the_decks_are_called(review, decks):
    with tempfile.TemporaryDirectory() as folder, closing(Progress.open(Path(folder) / "progress.db", learner="me")) as progress:
        names = {deck: {f"{deck}/q", f"{deck}/0", f"{deck}/é#2"} for deck in decks}
        for number, card in enumerate(card for cards in names.values() for card in sorted(cards)):
            progress.record(*review(number, card), scope="s", place=None)
        assert {deck: set(progress.states(deck)) for deck in decks} == names
        assert not progress.states("nothing")


def test_a_checkpoint_comes_after_as_many_writes_as_asked_for(path, progress, review):
    progress.checkpoint()
    for number in range(1, 7):
        before = path.read_bytes()
        progress.record(*review(number), scope="d", place=None)
        progress.checkpoint(least=3)
        assert (path.read_bytes() != before) is (number % 3 == 0)


def test_a_checkpoint_moves_the_log_into_the_file_and_waits_for_no_one(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM log").fetchone()
    progress.record(*review(2), scope="d", place=None)
    progress.checkpoint()
    reader.close()
    progress.checkpoint()
    copy = sqlite3.connect(f"file:{path}?immutable=1", uri=True)  # the file alone, without what stands in -wal
    assert copy.execute("SELECT count(*) FROM log").fetchone() == (2,)
    copy.close()


def test_a_row_no_quizzer_wrote_is_named_with_the_way_to_the_doctor(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute("INSERT INTO log (id, learner, act, deck, card, at, day) VALUES ('x', 1, 'dance', 'd', 'd/q', 0, 1)")
    other.close()
    with pytest.raises(ProgressError, match=r"'x' cannot be read.*quizzer doctor"):
        list(progress.entries())
