"""FSRS weights in the progress file: the newest count, and none are lost."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.model import WEIGHTS, Weights
from quizzer.store import MovedError, Progress
from quizzer.store.backup import backups

from ..older import quizzer_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOME = tuple(0.1 + number for number in range(WEIGHTS))


def weights(number: int = 1, *, values: tuple[float, ...] = SOME, minutes: int = 0) -> Weights:
    return Weights(
        id=f"{number:036}",
        at=NOW + timedelta(minutes=minutes),
        values=values,
        reviews=500,
        held_out=100,
        loss_before=0.4,
        loss_after=0.3,
    )


def test_there_are_none_before_any_were_put_to_use(progress: Progress) -> None:
    assert progress.weights() is None


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=WEIGHTS, max_size=WEIGHTS), st.integers(0, 10**6))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_weights_come_back_to_the_last_digit(progress: Progress, numbers: list[float], reviews: int) -> None:
    newest = progress.weights()
    minutes = int((newest.at - NOW) / timedelta(minutes=1)) + 1 if newest else 1
    put = msgspec.structs.replace(weights(minutes, values=tuple(numbers), minutes=minutes), reviews=reviews)
    progress.put_to_use(put, {})
    assert progress.weights() == put


def test_the_newest_count_whatever_the_order_they_came_in(progress: Progress) -> None:
    for number, minutes in ((1, 5), (2, 9), (3, 7), (4, 9)):
        progress.put_to_use(weights(number, minutes=minutes), {})
    newest = progress.weights()
    assert newest is not None
    assert newest.id == f"{4:036}"


def test_each_learner_has_their_own(path: Path, progress: Progress) -> None:
    progress.put_to_use(weights(), {})
    with closing(Progress.open(path, learner="ada")) as other:
        assert other.weights() is None
        other.put_to_use(weights(2, values=()), {})
        assert other.weights() == weights(2, values=())
    assert progress.weights() == weights()


def test_weights_and_the_memory_they_give_are_written_together_or_not_at_all(progress: Progress, path: Path, review) -> None:
    entry, state = review(1)
    progress.record(entry, state, scope="d", place=None)
    later = msgspec.structs.replace(state, stability=99.0)
    version = progress.version
    with closing(Progress.open(path, learner="me")) as other:
        other.record(*review(2, "d/other"), scope="d", place=None)
    with pytest.raises(MovedError):
        progress.put_to_use(weights(), {entry.card: later}, version=version)
    assert (progress.weights(), progress.state(entry.card)) == (None, state)
    progress.put_to_use(weights(), {entry.card: later, "d/other": None}, version=progress.version)
    assert (progress.weights(), progress.state(entry.card), progress.state("d/other")) == (weights(), later, None)


@pytest.mark.parametrize("numbers", ["", "[1, 2]", "[NaN]", "{}", "7", "[" + ", ".join(["1e999"] * WEIGHTS) + "]", "[[]]"])
def test_weights_that_cannot_be_read_are_passed_over(progress: Progress, path: Path, numbers: str) -> None:
    progress.put_to_use(weights(), {})
    progress.put_to_use(weights(2, minutes=1), {})
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE weights SET numbers = ? WHERE id = ?", (numbers, f"{2:036}"))
    assert progress.weights() == weights()


def test_a_file_of_the_second_schema_keeps_its_rows_and_takes_weights_from_now_on(path: Path, review) -> None:
    with quizzer_of(2), closing(Progress.open(path, learner="me")) as progress:
        for number in range(3):
            progress.record(*review(number, f"d/{number}"), scope="d", place=None)
        before = list(progress.entries()), progress.states("d")
    with closing(Progress.open(path, learner="me")) as progress:
        assert (list(progress.entries()), progress.states("d")) == before
        assert progress.weights() is None
        progress.put_to_use(weights(), {})
        assert progress.weights() == weights()
    assert len(backups(path)) == 1
