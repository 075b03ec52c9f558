"""Reading progress where nothing can be written: what was answered is told all the same, and nothing is made."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from quizzer.core.errors import ProgressError
from quizzer.store import Progress

from ..older import make_older


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def reading(path: Path) -> Progress:
    return Progress.open(path, learner="me", readonly=True)


def test_no_file_reads_as_an_empty_history_and_none_is_made(path):
    with closing(reading(path)) as progress:
        assert list(progress.entries()) == []
        assert progress.learners() == []
    assert contents(path.parent) == {}


def test_what_was_answered_is_read_and_nothing_can_be_written(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    with closing(reading(path)) as reader:
        assert [entry.id for entry in reader.entries()] == [review(1)[0].id]
        progress.record(*review(2), scope="d", place=None)
        assert len(list(reader.entries())) == 2
        with pytest.raises(ProgressError, match="cannot be written"):
            reader.record(*review(3), scope="d", place=None)
    assert len(list(progress.entries())) == 2


@pytest.mark.parametrize("out_of_reach", ["-shm", "-wal"])
def test_a_file_beside_which_sqlite_can_make_none_is_read_all_the_same(path, review, out_of_reach):
    with closing(Progress.open(path, learner="me")) as progress:
        progress.record(*review(1), scope="d", place=None)
    path.with_name(path.name + out_of_reach).mkdir()  # nobody, root neither, can make it now
    with pytest.raises(ProgressError):
        Progress.open(path, learner="me")
    before = contents(path.parent)
    with closing(reading(path)) as reader:
        assert [entry.id for entry in reader.entries()] == [review(1)[0].id]
        with pytest.raises(ProgressError, match="cannot be written"):
            reader.record(*review(2), scope="d", place=None)
    assert contents(path.parent) == before


def test_answers_in_a_log_left_beside_a_file_out_of_reach_are_read(path, progress, review, tmp_path):
    progress.record(*review(1), scope="d", place=None)
    left = tmp_path / "left" / path.name
    left.parent.mkdir()
    for name in (path.name, path.name + "-wal"):
        shutil.copyfile(path.with_name(name), left.with_name(name))
    left.with_name(path.name + "-shm").mkdir()
    with closing(reading(left)) as reader:
        assert [entry.id for entry in reader.entries()] == [review(1)[0].id]


def test_an_older_file_is_read_without_being_migrated(path, review):
    with closing(Progress.open(path, learner="me")) as progress:
        progress.record(*review(1), scope="d", place=None)
    make_older(path, schema=3)
    before = path.read_bytes()
    with closing(reading(path)) as reader:
        assert len(reader.tallies()) == 1
    assert path.read_bytes() == before
    assert list(contents(path.parent)) == [path.name]
