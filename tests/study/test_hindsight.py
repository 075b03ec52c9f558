"""Taking back and doing again from outside a session, merges of other logs among it."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizzer.core.errors import DeckError, ProgressError, QuizzerError
from quizzer.core.fsrs import filled
from quizzer.core.ids import Ids
from quizzer.core.model import Act, Entry, MemoryState, Rating, Weights
from quizzer.core.scheduling import replay
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import Shelf
from quizzer.study.deeds import Done
from quizzer.study.doctor import doctor
from quizzer.study.keeping import Merger, merge

from .conftest import Clock

DECK = """\
format: 1
id: d
title: D
questions:
  - {id: one, question: First?, answer: A, distractors: [B, C]}
  - {id: two, question: Second?, answer: D, distractors: [E, F]}
  - {id: three, question: Third?, answer: G, distractors: [H, I]}
  - {id: four, question: Fourth?, answer: J, distractors: [K, L]}
  - {id: five, question: Fifth?, answer: M, distractors: [N, O]}
"""


@pytest.fixture
def clock() -> Clock:
    return Clock()


def shelf_at(folder: Path, clock: Clock, seed: int = 1) -> Shelf:
    (folder / "decks").mkdir(parents=True, exist_ok=True)
    (folder / "decks" / "d.yaml").write_text(DECK, "utf-8")
    dice = random.Random(seed).getrandbits
    settings = Settings(zone="UTC")
    return Shelf(decks=folder / "decks", progress=folder / "progress.db", learner="me", settings=settings, clock=clock, dice=dice)


def answer(shelf: Shelf, clock: Clock, rating: Rating = Rating.GOOD) -> None:
    session = shelf.session("d")
    clock.pass_(seconds=5)
    session.check(0)
    session.answer(rating)
    session.close()


def standing(path: Path) -> tuple[list[Entry], dict[str, MemoryState], object]:
    with closing(Progress.open(path, learner="me")) as progress:
        entries = list(progress.entries())
        states = dict(progress.states("d"))
        weights = progress.weights()
    used = weights.values if weights else ()
    for card in {entry.card for entry in entries}:
        replayed = replay([entry for entry in entries if entry.card == card], weights=used)
        assert states.get(card, MemoryState()) == replayed
    return entries, states, weights


def merger(clock: Clock) -> Merger:
    return Merger(learner="me", at=clock(), day=clock().date().toordinal(), dice=random.Random(9).getrandbits)


def test_every_act_is_told_and_taken_back_newest_first_and_done_again(tmp_path, clock):
    shelf = shelf_at(tmp_path, clock)
    answer(shelf, clock)
    session = shelf.session("d")
    clock.pass_(days=1)
    session.flag()
    clock.pass_(seconds=5)
    card = session.prompt.card.id
    session.suspend()
    shelf.unsuspend(card)
    told = [(row.what, row.on, row.taken_back) for row in shelf.done()]
    first = told[-1][1]
    assert told == [("brought back", card, False), ("suspended", card, False), ("flagged", card, False), ("answered Good", first, False)]
    for number in range(4):
        assert shelf.undo().what == told[number][0]
    assert standing(tmp_path / "progress.db")[1] == {}
    with pytest.raises(ProgressError, match="nothing to take back"):
        shelf.undo()
    assert [shelf.redo().what for _ in range(4)] == [what for what, _, _ in reversed(told)]
    with pytest.raises(ProgressError, match="nothing was taken back"):
        shelf.redo()
    shelf.close()


def test_what_was_done_is_told_in_a_line_of_a_long_question_too(clock):
    done = Done(when=clock(), what="answered Good", on="d/q", stem="Who said\nit? " * 50)
    assert done.told == f"answered Good: {'Who said it? ' * 9}Wh…"
    assert msgspec.structs.replace(done, stem="Who  said it?").told == "answered Good: Who said it?"


def test_a_merge_is_taken_back_and_brought_again_and_memory_is_replay_throughout(tmp_path, clock):
    here, there = shelf_at(tmp_path / "here", clock, 1), shelf_at(tmp_path / "there", clock, 2)
    answer(here, clock)
    for _ in range(3):
        answer(there, clock, Rating.EASY)
    there._progress.put_to_use(Weights(id="w" * 36, at=clock(), values=tuple(number * 1.2 for number in filled(()))), {})
    here.close()
    there.close()
    path, other = tmp_path / "here" / "progress.db", tmp_path / "there" / "progress.db"
    before = standing(path)
    clock.pass_(seconds=60)
    assert merge(path, other, merger=merger(clock)).reviews == 3
    merged = standing(path)
    assert len(merged[0]) == 4
    clock.pass_(seconds=60)
    here = shelf_at(tmp_path / "here", clock)
    answer(here, clock)  # built upon since
    assert here.undo().what == "answered Good"
    assert here.undo().told == f"merged: {other}"
    undone = standing(path)
    assert [entry for entry in undone[0] if entry.id in {one.id for one in before[0]}] == before[0]
    assert {entry.id for entry in undone[0]}.isdisjoint({one.id for one in merged[0]} - {one.id for one in before[0]})
    assert (undone[1], undone[2]) == before[1:]
    assert doctor(path).healthy
    assert here.redo().what == "merged"
    assert standing(path)[1:] == merged[1:]
    assert doctor(path).healthy
    here.undo()
    here.close()
    assert merge(path, other, merger=merger(clock)).reviews == 3  # merged once more, they are back
    assert standing(path)[1:] == merged[1:]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM withdrawn").fetchone() == (0,)
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            connection.execute("DELETE FROM log")
    here = shelf_at(tmp_path / "here", clock)
    assert here.undo().what == "merged"
    assert standing(path)[1:] == before[1:]
    here.close()


def test_what_was_answered_after_a_merge_stays_when_the_merge_goes(tmp_path, clock):
    here, there = shelf_at(tmp_path / "here", clock, 1), shelf_at(tmp_path / "there", clock, 2)
    answer(there, clock)
    there.close()
    path = tmp_path / "here" / "progress.db"
    clock.pass_(seconds=60)
    merge(path, tmp_path / "there" / "progress.db", merger=merger(clock))
    (brought,) = standing(path)[0]
    with closing(Progress.open(path, learner="me")) as progress:
        at = clock() - timedelta(seconds=1)
        own = Entry(
            id=Ids(lambda bits: 0).new(datetime(2026, 1, 1, tzinfo=UTC)), act=Act.SUSPEND, card=brought.card, at=at, day=brought.day
        )
        progress.record(own, replay([brought, own]), scope="d", place=None)
    assert here.undo().what == "merged"
    assert standing(path)[0] == [own]
    here.close()


def test_a_merge_of_which_an_act_was_taken_back_since_is_not_taken_out(tmp_path, clock):
    here, there = shelf_at(tmp_path / "here", clock, 1), shelf_at(tmp_path / "there", clock, 2)
    answer(there, clock)
    there.close()
    path = tmp_path / "here" / "progress.db"
    clock.pass_(seconds=60)
    merge(path, tmp_path / "there" / "progress.db", merger=merger(clock))
    (brought,) = standing(path)[0]
    clock.pass_(seconds=60)
    with closing(Progress.open(path, learner="me")) as progress:
        undo = Entry(id=Ids(lambda bits: 5).new(clock()), act=Act.UNDO, card=brought.card, at=clock(), day=brought.day, voids=brought.id)
        progress.record(undo, None, scope="d", place=None)
    before = standing(path)
    with pytest.raises(ProgressError, match="taken back since"):
        here.undo()
    assert standing(path) == before
    here.close()


def test_an_edit_is_taken_back_from_outside_and_refused_where_the_file_was_changed(tmp_path, clock):
    import msgspec

    shelf = shelf_at(tmp_path, clock)
    file = tmp_path / "decks" / "d.yaml"
    before = file.read_bytes()
    session = shelf.session("d")
    session.rewrite("d", msgspec.structs.replace(session.question, explanation="Because."))
    after = file.read_bytes()
    assert after != before
    assert shelf.undo().what == "question rewritten"
    assert file.read_bytes() == before
    shelf.redo()
    assert file.read_bytes() == after
    file.write_bytes(after.replace(b"Because", b"Why not"))
    with pytest.raises(DeckError, match="changed since"):
        shelf.undo()
    shelf.close()


def test_two_programs_that_take_back_at_once_take_each_act_back_once(tmp_path, clock):
    one, two = shelf_at(tmp_path, clock, 1), shelf_at(tmp_path, clock, 2)
    for _ in range(2):
        answer(one, clock)
    clock.pass_(seconds=5)
    one.undo()
    two.undo()
    entries, states, _ = standing(tmp_path / "progress.db")
    assert [entry.act for entry in entries] == [Act.REVIEW, Act.REVIEW, Act.UNDO, Act.UNDO]
    assert {entry.voids for entry in entries if entry.voids} == {entry.id for entry in entries[:2]}
    assert states == {}
    one.close()
    two.close()


def test_what_cannot_be_taken_back_any_more_is_said_once_and_bars_nothing_before_it(tmp_path, clock):
    import msgspec

    here, there = shelf_at(tmp_path / "here", clock, 1), shelf_at(tmp_path / "there", clock, 2)
    answer(here, clock)
    answer(there, clock)
    answer(there, clock)
    here.close()
    there.close()
    path, file = tmp_path / "here" / "progress.db", tmp_path / "here" / "decks" / "d.yaml"
    clock.pass_(seconds=60)
    merge(path, tmp_path / "there" / "progress.db", merger=merger(clock))
    session = here.session("d")
    session.undo()  # a session knows no merges: it takes back an answer that came with this one
    clock.pass_(seconds=5)
    session.rewrite("d", msgspec.structs.replace(session.question, explanation="Because."))
    session.close()
    file.write_bytes(file.read_bytes().replace(b"Because", b"Why not"))
    text = file.read_bytes()
    for match in ("changed since", "taken back since"):
        with pytest.raises(QuizzerError, match=match):
            here.undo()
    assert {here.undo().what for _ in range(2)} == {"answered Good"}
    with pytest.raises(ProgressError, match="nothing to take back"):
        here.undo()
    assert standing(path)[1] == {}
    assert doctor(path).healthy
    assert {here.redo().what for _ in range(2)} == {"answered Good"}
    assert [state.reps for state in standing(path)[1].values()] == [2]
    assert file.read_bytes() == text
    here.close()
