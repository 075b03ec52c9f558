"""Files that are removed or replaced under an open session: no answer vanishes unseen."""

from pathlib import Path

import pytest

from quizzer.core.errors import ProgressError
from quizzer.store import Progress


def log_of(path: Path) -> list[str]:
    progress = Progress.open(path, learner="me")
    try:
        return [entry.id for entry in progress.entries()]
    finally:
        progress.close()


def test_an_answer_to_a_removed_file_is_refused_and_not_lost_unseen(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    path.unlink()
    for number in (2, 3):
        with pytest.raises(ProgressError, match=r"progress\.db: was removed or replaced .* restart quizzer"):
            progress.record(*review(number), scope="d", place=None)
    assert [entry.id for entry in progress.entries()] == [review(1)[0].id]


def test_an_answer_to_a_replaced_file_is_refused_and_the_new_file_left_as_it_is(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    path.rename(path.with_name("old.db"))
    newer = Progress.open(path, learner="me")
    newer.record(*review(2), scope="d", place=None)
    with pytest.raises(ProgressError, match="removed or replaced"):
        progress.record(*review(3), scope="d", place=None)
    progress.close()
    newer.record(*review(4), scope="d", place=None)
    newer.close()
    assert log_of(path) == [review(2)[0].id, review(4)[0].id]


def test_a_file_put_back_takes_answers_again(path, progress, review):
    path.rename(path.with_name("away.db"))
    with pytest.raises(ProgressError, match="removed or replaced"):
        progress.record(*review(1), scope="d", place=None)
    path.with_name("away.db").rename(path)
    progress.record(*review(1), scope="d", place=None)
    assert len(list(progress.entries())) == 1


def test_what_a_removed_file_left_beside_it_is_not_read_into_a_new_one(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    left = path.with_name(path.name + "-wal")
    assert left.stat().st_size > 0
    path.unlink()
    assert log_of(path) == []
