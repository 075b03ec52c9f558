"""Everything a learner can do, in any order, over days and restarts, with and without the index: all can be taken back and done again."""

import random
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError, ProgressError, StaleError, StaleMergeError
from quizzer.core.model import MemoryState, Mode, Rating, Verdict
from quizzer.settings import Settings, StudySettings
from quizzer.store import Progress, counting
from quizzer.study import Shelf
from quizzer.study.doctor import doctor
from quizzer.study.keeping import Merger, merge

DECK = """\
format: 1
id: rivers
title: Rivers   # with a comment
study: {mode: type, new_per_day: 3}
questions:
  - id: cologne
    question: Which river flows through Cologne?
    answer: the Rhine   # not the Main
  - {id: gaps, cloze: "The {{Danube}} flows through {{Vienna|Wien}}."}
  - {id: hill, question: From which hill?, answer: Oskjuhlid, distractors: [Esja, Hekla]}
  - {id: three, question: Name three rivers., answers: [Weser, Ems, Saale]}
"""
IN_SESSION = ["answer"] * 5 + ["accept", "rewrite", "suspend", "bury", "flag", "undo", "undo", "redo"]
OUTSIDE = ["undo outside", "redo outside", "unsuspend", "restart", "day", "other answers", "merge"]
STEP = st.tuples(st.sampled_from(IN_SESSION + OUTSIDE), st.sampled_from(Rating), st.integers(0, 3))


class Machine:
    """A computer with the deck and a progress file; programs on it come and go."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.dice = folder, random.Random(seed)
        self.now = datetime.now(UTC) + timedelta(days=1)  # what was written a moment ago is settled
        self.file, self.path = folder / "decks" / "rivers.yaml", folder / "progress.db"
        self.file.parent.mkdir(parents=True)
        self.file.write_text(DECK, "utf-8")
        self.shelf = self.opened()
        self.session = None
        self.stale = False  # whether an edit could not be taken back, having been done again out of order

    def opened(self) -> Shelf:
        return Shelf(
            decks=self.file.parent,
            progress=self.path,
            learner="me",
            settings=Settings(zone="UTC", study=StudySettings(near_again=False, leech_threshold=2, learning_steps=(60,))),
            clock=lambda: self.now,
            dice=self.dice.getrandbits,
            index=self.dice.choice([self.folder / "index.db", None]),
        )

    def sit(self):
        if self.session is None:
            self.session = self.shelf.session("rivers", mode=Mode.TYPE)
        return self.session

    def leave(self) -> None:
        if self.session is not None:
            self.session.close()
        self.session = None
        self.shelf.close()
        self.shelf = self.opened()

    def outside(self, act: str) -> bool:
        """Take the last act back in another program, or do it again; return whether there was one."""
        other = self.opened()
        try:
            while True:
                try:
                    getattr(other, act)()
                    return True
                except StaleMergeError:
                    continue  # said once; what was done before it is next
                except StaleError:
                    self.stale = True
        except ProgressError as error:
            assert "nothing" in str(error), error
            return False
        finally:
            other.close()

    def do(self, what: str, rating: Rating, number: int) -> None:
        self.now += timedelta(seconds=7)
        session = self.sit()
        prompt = session.prompt
        match what:
            case "undo" if session.can_undo:
                session.undo()
            case "redo" if session.can_redo:
                session.redo()
            case "answer" if prompt:
                session.check(("the Rhine", "Wien", "?", "Ems, Weser")[number])
                session.answer(rating)
            case "accept" if prompt and session.feedback is None:
                session.check(f"Father {number}")
                if session.overrule(Verdict.RIGHT).acceptable:
                    with suppress(DeckError):  # a list of which it cannot be told what it stands for, or what is accepted already
                        session.accept()
            case "rewrite" if prompt:
                begun = session.question
                session.rewrite("rivers", msgspec.structs.replace(begun, explanation=f"It is {number}."), instead_of=begun)
            case "suspend" | "bury" | "flag" if prompt:
                getattr(session, what)()

    def whole(self) -> None:
        report = doctor(self.path)
        assert report.healthy, report.problems
        with closing(sqlite3.connect(self.path)) as opened:
            assert counting.wrong(opened) == []

    def standing(self) -> tuple:
        with closing(Progress.open(self.path, learner="me")) as progress:
            deck = b"" if self.stale else self.file.read_bytes()
            return dict(progress.states("rivers")), progress.tallies(), progress.flagged(), deck


def live(folder: Path, history: list) -> None:
    here, there = Machine(folder / "here", 1), Machine(folder / "there", 2)
    there.sit()
    for what, rating, number in history:
        try:
            match what:
                case "undo outside" | "redo outside":
                    here.outside(what.split()[0])
                case "unsuspend":
                    here.shelf.unsuspend(*(row.card for row in here.shelf.suspended()))
                case "restart":
                    here.leave()
                case "day":
                    here.now += timedelta(days=number)
                case "other answers":
                    there.now = here.now
                    there.do("answer", rating, number)
                case "merge":
                    there.leave()
                    here.now += timedelta(seconds=1)
                    copy = shutil.copyfile(there.path, folder / "there.db")
                    at = here.now
                    merge(here.path, copy, merger=Merger(learner="me", at=at, day=at.toordinal(), dice=here.dice.getrandbits))
                    here.leave()  # as who merges by hand does
                case _:
                    here.do(what, rating, number)
        except DeckError as error:
            assert "changed since" in str(error)  # an edit was taken back in another program meanwhile
        if here.path.exists():
            here.whole()
    here.leave()
    here.now += timedelta(seconds=5)
    while here.outside("redo"):
        pass
    then = here.standing()
    for _ in range(2):
        while here.outside("undo"):
            here.whole()
        states, tallies, flagged, deck = here.standing()
        assert {card: state for card, state in states.items() if state != MemoryState()} == {}
        assert (tallies, flagged) == ([], set())
        assert here.stale or deck == DECK.encode()
        while here.outside("redo"):
            pass
        here.whole()
        assert here.standing()[:3] == then[:3]
        assert here.stale or here.standing()[3] == then[3]
    for machine in (here, there):
        machine.leave()
        machine.shelf.close()


@given(st.lists(STEP, max_size=30))
@settings(max_examples=5, deadline=None)
def test_whatever_was_done_can_be_taken_back_and_done_again(history):
    with tempfile.TemporaryDirectory() as folder:
        live(Path(folder), history)


@pytest.mark.soak
@given(st.lists(STEP, min_size=20, max_size=60))
@settings(max_examples=150, deadline=None)
def test_whatever_was_done_at_length_can_be_taken_back_and_done_again(history):
    with tempfile.TemporaryDirectory() as folder:
        live(Path(folder), history)
