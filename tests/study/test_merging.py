"""Two machines' logs made one: whichever merges which, in whatever order and however often, the same comes of it."""

import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import ProgressError
from quizzer.core.fsrs import filled
from quizzer.core.ids import Ids
from quizzer.core.model import Act, Entry, MemoryState, Mode, Rating, Weights
from quizzer.core.scheduling import Schedule, outcomes, replay, voided
from quizzer.settings import Settings
from quizzer.store import Place, Progress
from quizzer.store.backup import backups, dated
from quizzer.study.doctor import doctor
from quizzer.study.hindsight import Hindsight
from quizzer.study.keeping import Merger, merge
from quizzer.study.logbook import Logbook

from ..older import make_older

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CARDS = ("d/1", "d/2", "e/1")
LEARNERS = ("ada", "ben")


class Machine:
    """One computer's progress file, and a learner at it: every act is written as a session writes it."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.ids = Ids(random.Random(seed).getrandbits)

    def act(self, kind: str, learner: str, card: str, rating: Rating, at: datetime) -> None:
        with closing(Progress.open(self.path, learner=learner)) as progress:
            log = list(progress.entries())
            void = voided(log)
            own = [entry for entry in log if entry.card == card]
            fitted = progress.weights()
            weights = fitted.values if fitted else ()
            state = replay(own, weights=weights)
            details: dict[str, object] = {}
            if kind == "fit":  # weights of a machine's own, with every memory replayed by them
                weights = tuple(number * (1 + rating / 100) for number in filled(weights))
                cards = {entry.card for entry in log}
                states = {one: replay([entry for entry in log if entry.card == one], weights=weights) for one in cards}
                known = {one: None if state == MemoryState() else state for one, state in states.items()}
                progress.put_to_use(Weights(id=self.ids.new(at), at=at, values=weights), known)
                return
            if kind == "undo":
                undoable = [entry for entry in log if entry.act is not Act.UNDO and entry.id not in void]
                if not undoable:
                    return
                card, details = undoable[-1].card, {"voids": undoable[-1].id}
                own = [entry for entry in log if entry.card == card]
            elif kind == "redo":
                undone = {entry.voids for entry in log}
                undos = [entry for entry in log if entry.act is Act.UNDO and entry.id not in undone]
                if not undos:
                    return
                kind, card, details = "undo", undos[-1].card, {"voids": undos[-1].id}
                own = [entry for entry in log if entry.card == card]
            elif kind == "review":
                outcome = outcomes(card, state, at=at, day=at.toordinal(), schedule=Schedule(weights=weights))[rating]
                details = {"rating": rating, "granted": outcome.granted, "phase": outcome.state.phase, "step": outcome.state.step}
                details |= {"mode": Mode.TYPE, "response": f"{learner} says {rating}", "before": state.phase}
            self.ids.follow(progress.greatest_id())
            at = max([at, *(entry.at for entry in own)])
            entry = Entry(id=self.ids.new(at), act=Act(kind), card=card, at=at, day=at.toordinal(), **details)
            state = replay([*own, entry], weights=weights)
            place = Place(card=card, mode=Mode.TYPE, shown_at=at)
            progress.record(entry, None if state == MemoryState() else state, scope=str(self.path.stem), place=place)


acts = st.tuples(
    st.sampled_from([0, 1, 2]),
    st.sampled_from(["review", "review", "review", "undo", "undo", "redo", "suspend", "unsuspend", "bury", "reset", "fit"]),
    st.sampled_from(LEARNERS),
    st.sampled_from(CARDS),
    st.sampled_from(Rating),
    st.sampled_from([0, 0, 1, 60, 4 * 86_400]),
)


def histories(folder: Path, before: list, after: list) -> list[Path]:
    """Three machines that begin with copies of one history and then go their own ways."""
    first = Machine(folder / "a.db", 0)
    Progress.open(first.path, learner="").close()
    at = START
    for _, kind, learner, card, rating, seconds in before:
        at += timedelta(seconds=seconds)
        first.act(kind, learner, card, rating, at)
    machines = [first]
    for number, name in enumerate(("b.db", "c.db"), 1):
        shutil.copyfile(first.path, folder / name)
        machines.append(Machine(folder / name, number))
    for machine, kind, learner, card, rating, seconds in after:
        at += timedelta(seconds=seconds)
        machines[machine].act(kind, learner, card, rating, at)
    return [machine.path for machine in machines]


def contents(path: Path) -> tuple[set, set, set]:
    """The log as a set, the memory table and the weights; learners by their names."""
    with closing(sqlite3.connect(path)) as opened:
        tables = []
        for table, left_out in (("log", {"n", "learner"}), ("memory", {"learner"}), ("weights", {"learner"})):
            columns = [f"{table}.{row[1]}" for row in opened.execute(f"PRAGMA table_info({table})") if row[1] not in left_out]
            read = opened.execute(f"SELECT name, {', '.join(columns)} FROM {table} JOIN learners ON learners.id = learner")
            tables.append(set(read.fetchall()))
    return tables[0], tables[1], tables[2]


def united(folder: Path, *order: Path) -> Path:
    """A copy of the first file, with the others merged into it one after the other."""
    into = folder / f"{random.getrandbits(64):x}" / "progress.db"
    into.parent.mkdir()
    shutil.copyfile(order[0], into)
    for other in order[1:]:
        merge(into, other)
    return into


def check_merges(before: list, after: list) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        a, b, c = histories(folder, before, after)
        given_ = [path.read_bytes() for path in (a, b, c)]
        ab = united(folder, a, b)
        assert contents(ab) == contents(united(folder, b, a))
        whole = contents(united(folder, ab, c))
        assert whole == contents(united(folder, a, united(folder, b, c)))
        assert whole == contents(united(folder, c, b, a, b, c, ab))
        for table in (0, 2):
            assert whole[table] == contents(a)[table] | contents(b)[table] | contents(c)[table]
        assert contents(united(folder, a, a)) == contents(a)
        again = merge(ab, b)
        assert (again.entries, again.cards, again.backup) == (0, 0, "")
        assert doctor(united(folder, a, b, c)).healthy  # replay of the log gives the memory that is stored
        assert [path.read_bytes() for path in (a, b, c)] == given_


@given(st.lists(acts, max_size=6), st.lists(acts, min_size=3, max_size=14))
@settings(max_examples=8, deadline=None)
def test_a_merge_taken_back_leaves_what_was_there_and_done_again_what_it_brought(before, after):
    with tempfile.TemporaryDirectory() as name:
        a, b, c = histories(Path(name), before, after)
        at = START + timedelta(days=90)
        ours = contents(a)
        steps = []
        for other in (b, c):
            at += timedelta(minutes=1)
            who = Merger(learner="ada", at=at, day=at.toordinal(), dice=random.Random(str(at)).getrandbits)
            merge(a, other, merger=who)
            if contents(a) != (steps[-1] if steps else ours):
                steps.append(contents(a))
        with closing(Progress.open(a, learner="ada")) as progress:
            logbook = Logbook(progress, settings=Settings(zone="UTC"), clock=lambda: at, dice=random.Random(7).getrandbits)
            hindsight = Hindsight(progress, logbook, {})
            for then in [*steps[-2::-1], ours] if steps else []:
                assert hindsight.undo().what == "merged"
                assert contents(a) == then
                assert doctor(a).healthy
            for then in steps:
                assert hindsight.redo().what == "merged"
                assert contents(a) == then
                assert doctor(a).healthy
            if steps:
                hindsight.undo()
        if steps:
            merge(a, b)
            merge(a, c)
            assert contents(a) == steps[-1]


@given(st.lists(acts, max_size=6), st.lists(acts, min_size=3, max_size=14))
@settings(max_examples=8, deadline=None)
def test_merging_is_commutative_associative_and_idempotent_and_memory_is_replayed_from_the_union(before, after):
    check_merges(before, after)


@pytest.mark.soak
@given(st.lists(acts, max_size=12), st.lists(acts, max_size=30))
@settings(max_examples=200, deadline=None)
def test_merging_long_histories_is_commutative_associative_and_idempotent(before, after):
    check_merges(before, after)


def review(machine: Machine, card: str = "d/1", *, learner: str = "ada", seconds: int = 0, rating: Rating = Rating.EASY) -> None:
    machine.act("review", learner, card, rating, START + timedelta(seconds=seconds))


def log_of(path: Path, learner: str = "ada") -> list[Act]:
    with closing(Progress.open(path, learner=learner)) as progress:
        return [entry.act for entry in progress.entries()]


@pytest.fixture
def pair(tmp_path):
    """Two machines that share one review."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = Machine(tmp_path / "one" / "progress.db", 1)
    review(one)
    shutil.copyfile(one.path, tmp_path / "two" / "progress.db")
    return one, Machine(tmp_path / "two" / "progress.db", 2)


def test_an_undo_of_what_only_the_other_has_takes_it_back_there_too(pair):
    one, two = pair
    review(two, seconds=60)
    shutil.copyfile(two.path, two.path.with_name("before.db"))
    two.act("undo", "ada", "d/1", Rating.GOOD, START + timedelta(seconds=90))
    done = merge(one.path, two.path)
    assert (done.reviews, done.entries, done.cards) == (1, 2, 1)
    with closing(Progress.open(one.path, learner="ada")) as progress:
        assert progress.state("d/1").reps == 1
    merge(two.path.with_name("before.db"), one.path)
    assert contents(two.path.with_name("before.db")) == contents(two.path)


def test_what_was_taken_back_here_and_done_again_there_stands(pair):
    one, two = pair
    one.act("undo", "ada", "d/1", Rating.GOOD, START + timedelta(seconds=60))
    merge(two.path, one.path)
    two.act("redo", "ada", "d/1", Rating.GOOD, START + timedelta(seconds=90))
    merge(one.path, two.path)
    with closing(Progress.open(one.path, learner="ada")) as progress:
        assert progress.state("d/1").reps == 1
        assert [tally.reviews for tally in progress.tallies()] == [1]
        assert progress.review_days() == [START.date().toordinal()]


def test_the_undo_comes_before_the_review_it_takes_back_where_only_it_is_known(pair, tmp_path):
    """Of three machines, the one that undid something is merged before the one where that was done."""
    one, two = pair
    review(two, seconds=60)
    third = Machine(tmp_path / "third.db", 3)
    merge(third.path, two.path)
    third.act("undo", "ada", "d/1", Rating.GOOD, START + timedelta(seconds=90))
    for path in (third.path, two.path):
        merge(one.path, path)
    assert contents(one.path) == contents(third.path)


def test_places_stay_ours_and_other_learners_come_along(pair):
    one, two = pair
    review(two, "e/1", learner="ben", seconds=60)
    review(two, "d/2", seconds=70)
    with closing(Progress.open(one.path, learner="ada")) as progress:
        place = progress.place("progress")
    done = merge(one.path, two.path)
    assert done.learners == ("ben",)
    with closing(Progress.open(one.path, learner="ada")) as progress:
        assert progress.place("progress") == place
        assert progress.learners() == ["ada", "ben"]
    with closing(Progress.open(one.path, learner="ben")) as progress:
        assert progress.place("progress") is None
        assert progress.state("e/1").reps == 1


def test_a_merge_backs_up_before_and_one_that_brings_nothing_does_not(pair):
    one, two = pair
    assert merge(one.path, two.path).backup == ""
    review(two, seconds=60)
    before = contents(one.path)
    done = merge(one.path, two.path)
    assert contents(Path(done.backup)) == before
    assert len(backups(one.path)) == 1
    assert not dated(one.path)


def test_the_other_file_is_read_with_what_waits_in_its_write_ahead_log_and_nothing_near_it_changes(pair):
    one, two = pair
    with closing(Progress.open(two.path, learner="ada")) as held:
        review(two, seconds=60)
        files = {file.name: file.read_bytes() for file in two.path.parent.iterdir() if not file.name.endswith("-shm")}
        assert merge(one.path, two.path).reviews == 1
        assert {file.name: file.read_bytes() for file in two.path.parent.iterdir() if not file.name.endswith("-shm")} == files
        review(two, seconds=70)
        assert held.state("d/1").reps == 3
        left = two.path.parent.parent / "left"
        left.mkdir()
        for name in ("progress.db", "progress.db-wal"):  # as a process that was killed leaves them
            shutil.copyfile(two.path.with_name(name), left / name)
    before = {file.name: file.read_bytes() for file in left.iterdir()}
    assert merge(one.path, left / "progress.db").reviews == 1
    assert {file.name: file.read_bytes() for file in left.iterdir()} == before


def test_a_file_of_an_older_quizzer_is_merged_and_left_as_it_is(pair):
    one, two = pair
    review(two, seconds=60)
    make_older(two.path, schema=3)
    before = two.path.read_bytes()
    assert merge(one.path, two.path).reviews == 1
    assert two.path.read_bytes() == before
    assert doctor(one.path).healthy  # its reviews are counted


def refused(one: Path, other: Path, *, match: str) -> None:
    before = contents(one)
    with pytest.raises(ProgressError, match=match):
        merge(one, other)
    assert contents(one) == before
    assert not backups(one)


def test_what_is_no_whole_progress_file_is_not_merged(pair, tmp_path):
    one, two = pair
    review(two, seconds=60)
    refused(one.path, tmp_path / "nothing.db", match="no such progress file")
    (tmp_path / "letter.db").write_text("Dear Ada,")
    refused(one.path, tmp_path / "letter.db", match="not a progress file")
    with closing(sqlite3.connect(two.path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    refused(one.path, two.path, match="newer quizzer")
    wreck = bytearray(two.path.read_bytes())
    wreck[4096 * 4 :] = bytes(len(wreck) - 4096 * 4)
    wreck[60:64] = (2).to_bytes(4, "big")
    (tmp_path / "wreck.db").write_bytes(wreck)
    refused(one.path, tmp_path / "wreck.db", match="damaged")


def test_an_entry_that_was_altered_is_not_merged_from_either_side(pair):
    one, two = pair
    with closing(sqlite3.connect(two.path, isolation_level=None)) as altered:
        altered.execute("DROP TRIGGER log_is_not_changed")
        altered.execute("UPDATE log SET rating = 1")
    refused(one.path, two.path, match="is another one in .* one of the files was altered")
    refused(two.path, one.path, match="is another one in")


def test_a_merge_into_no_file_makes_one_like_the_other(pair, tmp_path):
    _, two = pair
    review(two, seconds=60)
    merge(tmp_path / "fresh.db", two.path)
    assert contents(tmp_path / "fresh.db") == contents(two.path)


def test_a_session_that_is_open_meanwhile_goes_on_with_what_was_merged(pair):
    one, two = pair
    review(two, "d/2", seconds=60)
    with closing(Progress.open(one.path, learner="ada")) as open_here:
        version = open_here.version
        merge(one.path, two.path)
        assert open_here.version != version
        assert open_here.state("d/2").reps == 1
        review(one, "d/2", seconds=80)
    assert log_of(one.path) == [Act.REVIEW] * 3
    assert doctor(one.path).healthy
