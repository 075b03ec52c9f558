"""A backup put back: found whole first, all at once, never under somebody's hands, and what was there is kept."""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from quizzer.core.errors import ProgressError
from quizzer.store import Progress
from quizzer.store.backup import back_up_now, backups, folder, reviews_in
from quizzer.store.restoring import chosen, difference, restore

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def old(path, progress, review):
    """A backup of two reviews, and a file that since has lost none and got two more; nobody has it open."""
    progress.record(*review(1), scope="d", place=None)
    progress.record(*review(2, "d/2"), scope="d", place=None)
    copy = back_up_now(path, now=NOW)
    progress.record(*review(3, "d/3"), scope="d", place=None)
    progress.record(*review(4, "d/4"), scope="d", place=None)
    progress.close()
    return copy


def log_of(path):
    with closing(Progress.open(path, learner="me")) as opened:
        return [entry.id[-1] for entry in opened.entries()]


def test_a_backup_is_put_back_and_what_was_there_is_kept(path, old):
    change = difference(path, old)
    assert (change.reviews, change.lost, change.gained) == (2, 2, 0)
    kept = restore(path, old)
    assert log_of(path) == ["1", "2"]
    assert kept == backups(path)[-1]
    assert kept.name.endswith("before-restore.db")
    back = difference(path, kept)
    assert (back.lost, back.gained) == (0, 2)
    restore(path, kept)
    assert log_of(path) == ["1", "2", "3", "4"]
    assert old.exists()


def test_a_backup_is_named_by_its_name_a_path_or_as_the_latest(path, old, tmp_path):
    assert chosen(path, "latest") == chosen(path, old.name) == chosen(path, old.stem) == old
    elsewhere = tmp_path / "copy.db"
    elsewhere.write_bytes(old.read_bytes())
    assert chosen(path, str(elsewhere)) == elsewhere
    with pytest.raises(ProgressError, match="no backup of that name"):
        chosen(path, "progress-0099-before-tea.db")


def test_without_any_backup_the_latest_is_told_to_be_none(path):
    with pytest.raises(ProgressError, match="no backup yet"):
        chosen(path, "latest")


def test_a_file_that_is_gone_is_put_back_and_what_lay_beside_it_is_not_read_into_it(path, old):
    path.unlink()
    path.with_name("progress.db-wal").write_bytes(os.urandom(9000))
    assert difference(path, old).lost == 0
    assert restore(path, old) is None
    assert log_of(path) == ["1", "2"]


@pytest.mark.parametrize("pages", [1, 3])
def test_in_the_place_of_a_damaged_file_a_backup_is_put_and_the_wreck_is_kept_byte_for_byte(path, old, pages):
    wreck = bytearray(path.read_bytes())
    wreck[100 if pages == 1 else 4096 * pages :] = os.urandom(len(wreck) - (100 if pages == 1 else 4096 * pages))
    path.write_bytes(wreck)
    assert difference(path, old).gained == 2
    kept = restore(path, old)
    assert kept.read_bytes()[100:] == bytes(wreck)[100:]
    assert log_of(path) == ["1", "2"]


def test_a_damaged_backup_is_not_put_back(path, old):
    content = bytearray(old.read_bytes())
    content[4096 * 3 :] = bytes(len(content) - 4096 * 3)
    old.write_bytes(content)
    before = path.read_bytes()
    for act in (difference, restore):
        with pytest.raises(ProgressError, match="is damaged"):
            act(path, old)
    assert path.read_bytes() == before
    assert log_of(path) == ["1", "2", "3", "4"]


def test_what_is_no_backup_is_not_put_back(path, old, tmp_path):
    (tmp_path / "letter.db").write_text("Dear Ada,")
    with pytest.raises(ProgressError, match="not a progress file"):
        restore(path, tmp_path / "letter.db")
    assert log_of(path) == ["1", "2", "3", "4"]


def test_while_another_has_the_file_open_nothing_is_put_back(path, old, review):
    with closing(Progress.open(path, learner="me")) as other:
        with pytest.raises(ProgressError, match="another quizzer has it open"):
            restore(path, old)
        other.record(*review(5, "d/5"), scope="d", place=None)
    assert log_of(path) == ["1", "2", "3", "4", "5"]
    assert not backups(path)
    restore(path, old)
    assert log_of(path) == ["1", "2"]


def test_restoring_changes_neither_the_backup_nor_what_lies_beside_it(path, old):
    before = {file.name: file.read_bytes() for file in folder(path).iterdir()}
    restore(path, old)
    assert {name: folder(path).joinpath(name).read_bytes() for name in before} == before
    assert {file.name for file in path.parent.iterdir()} <= {path.name, ".progress-backups"}


def test_the_latest_is_one_made_as_time_went_by_not_what_a_restore_kept(path, old):
    restore(path, old)
    assert chosen(path, "latest") == old
    assert reviews_in(back_up_now(path, now=NOW + timedelta(hours=1))) == 2
