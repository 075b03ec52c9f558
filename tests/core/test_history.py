"""Taking back and doing again, as rows of a log in any order; leeches by number."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.history import moments, redoing, stacks, together
from quizzer.core.leeches import is_leech, strikes
from quizzer.core.model import Act, Entry, Interval, MemoryState, Phase, Rating
from quizzer.core.scheduling import replay, voided

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = START.date().toordinal()


def entry(number: int, act: Act, **details: object) -> Entry:
    made = Entry(id=f"{number:036}", act=act, card="d/q", at=START + timedelta(minutes=number), day=DAY)
    if act is Act.REVIEW:
        details |= {"rating": Rating.GOOD, "granted": Interval(days=1 + number % 5), "phase": Phase.REVIEW, "step": 0}
    return msgspec.structs.replace(made, **details)


def played(presses: list[str]) -> tuple[list[Entry], list[list[Entry]]]:
    """Press keys as a learner does; return the log, and the acts that stand after each press."""
    log: list[Entry] = []
    done: list[Entry] = []
    gone: list[Entry] = []
    standing = []
    for press in presses:
        number = len(log)
        if press == "undo" and done:
            gone.append(done.pop())
            log.append(entry(number, Act.UNDO, voids=gone[-1].id))
        elif press == "redo" and gone:
            done.append(gone.pop())
            log += [entry(number + extra, Act.UNDO, voids=undo.id) for extra, undo in enumerate(redoing(done[-1], log))]
        elif press not in ("undo", "redo"):
            done.append(entry(number, Act(press)))
            log.append(done[-1])
            gone.clear()
        standing.append(list(done))
    return log, standing


presses = st.lists(st.sampled_from(["review", "suspend", "bury", "flag", "unflag", "undo", "undo", "redo", "redo"]), max_size=30)


@given(presses, st.randoms(use_true_random=False))
def test_what_stands_is_what_was_done_less_what_was_taken_back_in_whatever_order_the_rows_come(
    keys: list[str], dice: random.Random
) -> None:
    log, standing = played(keys)
    done = standing[-1] if standing else []
    rows = [*log, *log[:3]]
    dice.shuffle(rows)
    past, future = stacks(rows)
    assert past == done
    assert {act.id for act in future} <= voided(log)
    assert replay(rows) == replay(done)
    assert [act for act in log if act.act is not Act.UNDO and act.id not in voided(rows)] == done


@given(presses)
def test_the_last_moment_is_what_replay_gives_and_each_begins_where_the_one_before_ended(keys: list[str]) -> None:
    log, _ = played(keys)
    told = moments(reversed(log))
    assert [moment.entry for moment in told] == log
    assert (told[-1].after if told else MemoryState()) == replay(log)
    for before, after in pairwise(told):
        assert after.before == before.after
    assert all(moment.before == moment.after for moment in told if moment.taken_back or moment.entry.act is Act.UNDO)


def test_a_review_and_the_suspension_it_brought_are_one_act() -> None:
    review = entry(1, Act.REVIEW)
    suspended = entry(2, Act.SUSPEND, at=review.at)
    assert together([entry(0, Act.BURY), review, suspended]) == [review, suspended]
    assert together([suspended, review]) == [suspended, review]
    assert together([entry(0, Act.FLAG, at=review.at), review]) == [review]
    assert together([review, entry(2, Act.SUSPEND)]) == [entry(2, Act.SUSPEND)]
    assert together([suspended, entry(3, Act.BURY)]) == [entry(3, Act.BURY)]
    assert together([review]) == [review]
    assert together([]) == []


@given(st.integers(1, 40), st.integers(0, 200))
def test_a_leech_speaks_up_at_the_threshold_first_and_never_below(threshold: int, lapses: int) -> None:
    assert strikes(threshold, threshold=threshold)
    assert not strikes(lapses, threshold=0)
    assert is_leech(lapses, threshold=threshold) == (lapses >= threshold)
    assert not strikes(lapses, threshold=threshold) or is_leech(lapses, threshold=threshold)


def test_leeches_of_anki_speak_up_at_eight_and_every_four_after() -> None:
    assert [lapses for lapses in range(30) if strikes(lapses, threshold=8)] == [8, 12, 16, 20, 24, 28]


def test_what_was_done_again_after_something_else_was_done_can_be_taken_back_again() -> None:
    """A session does again what it took back, though another program did something in between."""
    review = entry(1, Act.REVIEW, rating=Rating.GOOD, granted=Interval(days=1), phase=Phase.REVIEW)
    undo = entry(2, Act.UNDO, voids=review.id)
    other = entry(3, Act.FLAG)
    redo = entry(4, Act.UNDO, voids=undo.id)
    assert stacks([review, undo, other]) == ([other], [])
    assert stacks([review, undo, other, redo]) == ([other, review], [])
    assert stacks([review, undo, other, redo, entry(5, Act.UNDO, voids=review.id)]) == ([other], [review])
