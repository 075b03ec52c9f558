"""How much of a log is read to know what can be taken back."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.history import redoing, stacks
from quizzer.core.model import Act, Entry
from quizzer.study.takeback import tells_all

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
presses = st.lists(st.sampled_from(["bury", "flag", "flag", "undo", "undo", "redo"]), max_size=40)


def played(keys: list[str]) -> list[Entry]:
    log: list[Entry] = []
    done: list[Entry] = []
    gone: list[Entry] = []

    def add(act: Act, voids: str | None = None) -> Entry:
        log.append(Entry(id=f"{len(log):036}", act=act, card="d/q", at=AT, day=AT.toordinal(), voids=voids))
        return log[-1]

    for key in keys:
        if key == "undo" and done:
            gone.append(done.pop())
            add(Act.UNDO, gone[-1].id)
        elif key == "redo" and gone:
            done.append(gone.pop())
            for undo in redoing(done[-1], log):
                add(Act.UNDO, undo.id)
        elif key not in ("undo", "redo"):
            done.append(add(Act(key)))
            gone.clear()
    return log


@given(presses, st.integers(1, 20), st.integers(1, 5))
def test_where_the_newest_rows_tell_all_older_ones_change_neither_stack(keys: list[str], newest: int, reach: int) -> None:
    log = played(keys)
    past, future = stacks(log[-newest:])
    if tells_all(log[-newest:], past, reach=reach):
        all_past, all_future = stacks(log)
        assert (past[-reach:], future[-reach:]) == (all_past[-reach:], all_future[-reach:])


def test_the_newest_rows_tell_all_of_a_plain_log_and_not_where_an_older_act_was_taken_back() -> None:
    log = played(["flag"] * 10)
    assert tells_all(log[-5:], stacks(log[-5:])[0], reach=5)
    assert not tells_all(log[-5:], stacks(log[-5:])[0], reach=6)
    log = played(["flag"] * 10 + ["undo"] * 3 + ["bury"] * 4)
    assert not tells_all(log[-6:], stacks(log[-6:])[0], reach=2)
    assert tells_all(log[-12:], stacks(log[-12:])[0], reach=2)
