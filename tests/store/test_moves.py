"""A card's history follows its question: replay, counts, merges and undo see it as one, and the log stays as it was written."""

import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core import moving as rules
from quizzer.core.changes import Change, What
from quizzer.core.model import Act, Entry, MemoryState, Mode, Rating
from quizzer.core.scheduling import Schedule, outcomes, replay
from quizzer.store import Place, Progress, counting, erasing, merging, moving, withdrawing
from quizzer.study.doctor import doctor
from quizzer.study.keeping import remembering

from ..older import make_older

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CARDS = ["a/1", "a/2", "b/1", "b/2"]
cards = st.sampled_from(CARDS)
acts = st.one_of(
    st.tuples(st.just("review"), cards, st.sampled_from(Rating)),
    st.tuples(st.just("suspend"), cards, st.just(None)),
    st.tuples(st.just("flag"), cards, st.just(None)),
    st.tuples(st.just("undo"), st.integers(0, 9), st.just(None)),
    st.tuples(st.just("move"), cards, cards),
    st.tuples(st.just("unmove"), st.integers(0, 3), st.just(None)),
)


class Machine:
    """A learner's progress file on one machine; two of them never make the same id."""

    def __init__(self, path: Path, number: int) -> None:
        self.progress = Progress.open(path, learner="me")
        self.number, self.at = number, number

    def id(self) -> tuple[str, datetime]:
        self.at += 3  # of three machines no two have the same
        return f"{self.at:036x}", START + timedelta(hours=self.at)

    def do(self, what: str, one: object, two: object) -> None:
        progress = self.progress
        id_, at = self.id()
        day = at.date().toordinal()
        if what == "move":
            row = Change(id=id_, what=What.MOVE, at=at, day=day, deck="b", before=str(one), after=str(two))
            moving.add(progress, [row], remember=remembering)
        elif what == "unmove":
            rows = sorted(moving.moves(progress), key=lambda row: row.id)
            if rows:
                row = Change(id=id_, what=What.UNDO, at=at, day=day, voids=rows[-1 - int(str(one)) % len(rows)].id)
                moving.add(progress, [row], remember=remembering)
        elif what == "undo":
            done = list(progress.entries())
            if done:
                target = done[-1 - int(str(one)) % len(done)]
                entry = Entry(id=id_, act=Act.UNDO, card=target.card, at=at, day=day, voids=target.id)
                self.write(entry)
        elif what == "review":
            before = progress.state(str(one)) or MemoryState()
            outcome = outcomes(str(one), before, at=at, day=day, schedule=Schedule())[Rating(two)]
            self.write(
                Entry(
                    id=id_,
                    act=Act.REVIEW,
                    card=str(one),
                    at=at,
                    day=day,
                    mode=Mode.TYPE,
                    rating=Rating(two),
                    duration_ms=1000,
                    granted=outcome.granted,
                    before=before.phase,
                    phase=outcome.state.phase,
                    step=outcome.state.step,
                )
            )
        else:
            self.write(Entry(id=id_, act=Act(what), card=str(one), at=at, day=day))

    def write(self, entry: Entry) -> None:
        state = replay([*self.progress.entries(card=entry.card), entry])
        self.progress.record(entry, state if state != MemoryState() else None, scope="s", place=None)


@contextmanager
def machines(count: int = 1) -> Iterator[list[Machine]]:
    with tempfile.TemporaryDirectory() as folder:
        made = [Machine(Path(folder, f"{number}.db"), number) for number in range(count)]
        try:
            yield made
        finally:
            for one in made:
                one.progress.close()


def holds(progress: Progress) -> dict[str, MemoryState]:
    """All the file says of itself agrees; return what is remembered."""
    logged: dict[str, list[Entry]] = {}
    for entry in progress.entries():
        logged.setdefault(entry.card, []).append(entry)
    wanted = {card: state for card, log in logged.items() if (state := replay(log)) != MemoryState()}
    stored = {card: state for deck in progress.decks() for card, state in progress.states(deck).items()}
    assert stored == wanted
    for card in CARDS:
        home = progress.home(card)
        assert list(progress.entries(card=card)) == logged.get(home, [])
        assert progress.state(card) == wanted.get(home)
    for deck in ("a", "b"):
        assert [entry for card in logged if card.startswith(deck) for entry in logged[card]] == sorted(
            progress.entries(deck=deck), key=lambda entry: (list(logged).index(entry.card), entry.at, entry.id)
        )
    assert counting.wrong(progress.connection) == []
    assert progress.homes == rules.homes(moving.moves(progress))
    return stored


def reviews(progress: Progress) -> int:
    return sum(tally.reviews for tally in progress.tallies())


@given(st.lists(acts, max_size=14))
@settings(max_examples=12)
def test_replay_of_all_that_counts_as_a_card_is_what_is_remembered_of_it(done: list[tuple[str, object, object]]) -> None:
    with machines() as (machine,):
        before = 0
        for act in done:
            machine.do(*act)
            holds(machine.progress)
            if act[0] in ("move", "unmove"):
                assert reviews(machine.progress) == before  # none counted twice, none lost
            before = reviews(machine.progress)
        assert doctor(machine.progress.path).healthy


@given(st.lists(acts, max_size=8), st.lists(acts, max_size=8), st.lists(acts, max_size=4))
@settings(max_examples=8)
def test_merges_of_moves_and_reviews_commute(common: list, here: list, there: list) -> None:
    with machines(2) as (one, two):
        for act in common:
            one.do(*act)
        merging.merge(two.progress.path, one.progress.path, remember=remembering)
        two.at = one.at + 4
        for machine, done in ((one, here), (two, there)):
            for act in done:
                machine.do(*act)
        before = holds(one.progress)
        note = ("me", lambda known: Change(id="f" * 36, what=What.MERGE, at=START, day=1, after="other"))
        merging.merge(one.progress.path, two.progress.path, remember=remembering, note=note)
        merging.merge(two.progress.path, one.progress.path, remember=remembering)
        assert holds(one.progress) == holds(two.progress)
        assert list(one.progress.entries()) == list(two.progress.entries())
        assert one.progress.tallies() == two.progress.tallies()
        after = holds(one.progress)
        batch = Change(id="f" * 36, what=What.MERGE, at=START, day=1, after="other")
        if one.progress.rows("SELECT 1 FROM journal WHERE id = ?", batch.id):  # else there was nothing to bring
            undo = Change(id="e" * 36, what=What.UNDO, at=START, day=1, voids=batch.id)
            withdrawing.withdraw(one.progress, batch, [undo], remember=remembering)
            assert holds(one.progress) == before
            redo = Change(id="d" * 36, what=What.UNDO, at=START, day=1, voids=undo.id)
            withdrawing.bring_back(one.progress, batch, [redo], remember=remembering)
            assert holds(one.progress) == after


@given(st.lists(acts, max_size=8), cards, cards)
@settings(max_examples=5)
def test_a_move_taken_back_leaves_everything_as_it_was(done: list[tuple[str, object, object]], card: str, to: str) -> None:
    with machines() as (machine,):
        for act in done:
            machine.do(*act)
        before, entries, tallies = holds(machine.progress), list(machine.progress.entries()), machine.progress.tallies()
        machine.do("move", card, to)
        machine.do("unmove", 0, None)
        assert (holds(machine.progress), list(machine.progress.entries()), machine.progress.tallies()) == (before, entries, tallies)


def test_all_of_a_card_goes_with_it() -> None:
    with machines() as (machine,):
        progress = machine.progress
        for act in (("review", "a/1", Rating.GOOD), ("flag", "a/1", None), ("suspend", "a/1", None), ("review", "a/2", Rating.EASY)):
            machine.do(*act)
        state, day = progress.state("a/1"), progress.tallies()[0].day
        progress.set_place("s", Place(card="a/1", mode=Mode.TYPE, shown_at=START))
        machine.do("move", "a/1", "b/9")
        assert progress.states("b") == {"b/9": state}
        assert list(progress.states("a")) == ["a/2"]
        assert progress.flagged() == progress.flagged("b/9") == {"b/9"}
        assert progress.suspended("b") == {"b/9"} and not progress.suspended("a")
        assert Counter({tally.deck: tally.reviews for tally in progress.tallies()}) == {"a": 1, "b": 1}
        assert progress.place("s") == Place(card="b/9", mode=Mode.TYPE, shown_at=START)
        assert progress.unmet(["a/1", "b/9", "b/8"], day=day, most=9) == ["b/8"]
        logged = progress.rows("SELECT DISTINCT card FROM log ORDER BY card")
        assert logged == [("a/1",), ("a/2",)]  # to the letter as it was written


def test_what_another_machine_logged_of_the_old_card_counts_as_the_new_one_whenever_it_comes() -> None:
    with machines(2) as (one, two):
        two.do("review", "a/1", Rating.GOOD)
        one.at = 99
        one.do("review", "a/1", Rating.GOOD)
        one.do("move", "a/1", "b/1")
        two.at = 202
        two.do("review", "a/1", Rating.HARD)
        merging.merge(one.progress.path, two.progress.path, remember=remembering)
        assert holds(one.progress).keys() == {"b/1"}
        assert one.progress.states("b")["b/1"].reps == 3
        assert {tally.deck for tally in one.progress.tallies()} == {"b"}


def test_a_merge_that_brings_nothing_but_a_move_says_so() -> None:
    with machines(2) as (one, two):
        one.do("review", "a/1", Rating.GOOD)
        merging.merge(two.progress.path, one.progress.path, remember=remembering)
        one.do("move", "a/1", "b/1")
        here = merging.merge(one.progress.path, two.progress.path, remember=remembering)
        assert (here.entries, here.ahead) == (0, 1)
        there = merging.merge(two.progress.path, one.progress.path, remember=remembering)
        assert (there.reviews, there.entries, there.ahead, bool(there.backup)) == (0, 1, 0, True)
        assert holds(two.progress).keys() == {"b/1"}
        assert merging.merge(two.progress.path, one.progress.path, remember=remembering).entries == 0


def test_a_review_taken_back_after_its_move_is_taken_back_wherever_the_card_goes() -> None:
    with machines() as (machine,):
        machine.do("review", "a/1", Rating.GOOD)
        machine.do("move", "a/1", "b/1")
        machine.do("undo", 0, None)
        assert holds(machine.progress) == {}
        machine.do("move", "a/1", "a/1")
        assert holds(machine.progress) == {}
        assert reviews(machine.progress) == 0


def test_the_doctor_mends_what_is_kept_of_moves(tmp_path: Path) -> None:
    with machines() as (machine,):
        machine.do("review", "a/1", Rating.GOOD)
        machine.do("move", "a/1", "b/1")
        path = machine.progress.path
        before = holds(machine.progress)
        for damage in ("DELETE FROM homes", "UPDATE homes SET card = 'b/2'", "DROP TABLE homes"):
            with closing(sqlite3.connect(path)) as connection:
                connection.execute(damage)
                connection.commit()
            assert not doctor(path).healthy
            assert doctor(path, fix=True).healthy
            assert holds(machine.progress) == before


def test_a_learner_erased_leaves_the_moves_of_others_as_they_are() -> None:
    with machines() as (machine,):
        machine.do("review", "a/1", Rating.GOOD)
        machine.do("move", "a/1", "b/1")
        with closing(Progress.open(machine.progress.path, learner="bob")) as bob:
            bob.record(Entry(id="b" * 36, act=Act.FLAG, card="a/1", at=START, day=1), None, scope="s", place=None)
            assert bob.flagged() == {"a/1"}  # nothing moved for bob
        before, tallies = holds(machine.progress), machine.progress.tallies()
        machine.progress.close()
        erasing.erase(machine.progress.path, "bob")
        machine.progress = Progress.open(machine.progress.path, learner="me")
        assert (holds(machine.progress), machine.progress.tallies()) == (before, tallies)
        assert machine.progress.learners() == ["me"]


@pytest.mark.parametrize("schema", [5, 6])
def test_a_file_from_before_moves_keeps_its_rows_and_can_move(schema: int, review: Callable, tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with closing(Progress.open(path, learner="me")) as progress:
        progress.record(*review(1, "a/1"), scope="s", place=None)
        before = (list(progress.entries()), progress.states("a"), progress.tallies())
    make_older(path, schema=schema)
    with closing(Progress.open(path, learner="me")) as progress:
        assert (list(progress.entries()), progress.states("a"), progress.tallies()) == before
        row = Change(id=f"{9:036}", what=What.MOVE, at=START, day=1, deck="b", before="a/1", after="b/1")
        moving.add(progress, [row], remember=remembering)
        assert progress.states("b") == {"b/1": before[1]["a/1"]}


@pytest.mark.soak
def test_merges_of_many_machines_commute() -> None:
    dice = random.Random(5)
    for _ in range(150):
        with machines(3) as found:
            for machine in found:
                for _ in range(dice.randint(0, 25)):
                    what = dice.choice(["review"] * 6 + ["suspend", "flag", "undo", "move", "move", "unmove"])
                    one = dice.randint(0, 9) if what in ("undo", "unmove") else dice.choice(CARDS)
                    two = dice.choice(list(Rating)) if what == "review" else dice.choice(CARDS)
                    machine.at += dice.randint(0, 5) * 3
                    machine.do(what, one, two)
            paths = [machine.progress.path for machine in found]
            for path in (*paths, *paths):
                for other in dice.sample(paths, 3):
                    if other != path:
                        merging.merge(path, other, remember=remembering)
            states = [holds(machine.progress) for machine in found]
            assert states[0] == states[1] == states[2]
