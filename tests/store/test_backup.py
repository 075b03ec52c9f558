"""Backups made as time goes by: whole, named by their instant, no more often than needed, and never in the way of study."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from quizzer.core.errors import ProgressError
from quizzer.store import Progress
from quizzer.store.backup import APART, back_up, back_up_if_due, back_up_now, backups, dated, folder, listing, newest, reviews_in

NOW = datetime(2026, 3, 2, 9, 30, 5, tzinfo=UTC)


def damage(path):
    """Overwrite the pages of the log's index, and leave the header."""
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    path.write_bytes(content)


def test_a_backup_made_while_the_file_is_open_holds_every_answer_and_is_named_by_its_instant(path, progress, review):
    for number in range(1, 4):
        progress.record(*review(number, f"d/{number}"), scope="d", place=None)
    copy = back_up_now(path, now=NOW)
    assert copy.name == "progress-at-2026-03-02T09-30-05Z.db"
    assert {file.name for file in folder(path).iterdir()} == {copy.name}
    with closing(Progress.open(copy, learner="me", readonly=True)) as opened:
        assert list(opened.entries()) == list(progress.entries())
        assert opened.states("d") == progress.states("d")


def test_names_sort_by_time_and_the_numbered_are_another_sort(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    before = back_up(path, reason="before-doctor")
    made = [back_up_now(path, now=NOW + timedelta(hours=hours)) for hours in (0, 5, 30)]
    assert sorted(file.name for file in made) == [file.name for file in dated(path).values()]
    assert backups(path) == [before]
    assert newest(path) == made[-1]
    for number in range(12):
        back_up(path, reason=f"before-{'abcdefghijkl'[number]}")
    assert list(dated(path).values()) == made
    back_up_now(path, now=NOW + timedelta(days=900))
    assert len(backups(path)) == 10


def test_one_is_due_when_the_log_changed_and_the_last_is_hours_old(path, progress, review):
    assert back_up_if_due(path, now=NOW) is None  # nothing was answered yet
    progress.record(*review(1), scope="d", place=None)
    assert back_up_if_due(path, now=NOW) is not None
    assert back_up_if_due(path, now=NOW + APART) is None  # nothing new
    progress.record(*review(2, "d/2"), scope="d", place=None)
    assert back_up_if_due(path, now=NOW + APART - timedelta(seconds=1)) is None
    copy = back_up_if_due(path, now=NOW + APART)
    assert copy is not None
    assert reviews_in(copy) == 2


def test_a_clock_that_was_ahead_does_not_keep_backups_from_being_made(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    back_up_now(path, now=NOW + timedelta(days=900))
    progress.record(*review(2, "d/2"), scope="d", place=None)
    assert back_up_if_due(path, now=NOW) in dated(path).values()


def test_no_file_is_not_backed_up_and_none_is_made(path):
    assert back_up_if_due(path, now=NOW) is None
    with pytest.raises(ProgressError, match="no progress yet"):
        back_up_now(path, now=NOW)
    assert list(path.parent.iterdir()) == []


def test_a_damaged_file_is_not_backed_up_and_pushes_no_older_backup_out(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    for days in range(40):
        back_up_now(path, now=NOW + timedelta(hours=days))
    before = set(dated(path).values())
    progress.close()
    damage(path)
    with pytest.raises(ProgressError, match=r"progress\.db: the file is damaged .* Run `quizzer doctor`"):
        back_up_now(path, now=NOW + timedelta(days=400))
    assert set(dated(path).values()) == before
    assert all(reviews_in(copy) == 1 for copy in before)


def test_thinning_follows_a_backup(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    for day in range(20):
        back_up_now(path, now=NOW + timedelta(days=day))
        back_up_now(path, now=NOW + timedelta(days=day, hours=3))
    made = list(dated(path))
    assert made[-4:] == [NOW + timedelta(days=day, hours=hours) for day in (18, 19) for hours in (0, 3)]
    assert made[:-4] == [NOW + timedelta(days=day, hours=3) for day in range(6, 18)]


def test_the_list_tells_age_size_and_reviews_and_a_damaged_backup_as_such(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    one = back_up_now(path, now=NOW)
    progress.record(*review(2, "d/2"), scope="d", place=None)
    back_up_now(path, now=NOW + timedelta(hours=1))
    assert [(row.at, row.reviews) for row in listing(path)] == [(NOW, 1), (NOW + timedelta(hours=1), 2)]
    assert all(row.bytes == folder(path).joinpath(row.name).stat().st_size for row in listing(path))
    one.write_bytes(b"no database")
    assert listing(path)[0].reviews is None


FILL = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from quizzer.core.errors import ProgressError
from quizzer.store.backup import back_up_now
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    back_up_now(Path(sys.argv[1]), now=datetime(2026, 3, 9, tzinfo=UTC))
except ProgressError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [0, 1, 4096, 30_000, 50_000])
def test_a_backup_there_is_no_room_for_is_told_in_a_line_and_leaves_all_as_it_was(path, progress, review, room):
    progress.record(*review(1), scope="d", place=None)
    progress.checkpoint()
    old = back_up_now(path, now=NOW)
    done = subprocess.run([sys.executable, "-c", FILL, str(path), str(room)], capture_output=True, text=True, timeout=60, check=True)
    assert "progress-at-2026-03-09T00-00-00Z.db: " in done.stdout
    assert done.stdout.count("\n") == 1
    assert [file.name for file in folder(path).iterdir()] == [old.name]
    progress.record(*review(2, "d/2"), scope="d", place=None)
    assert len(list(progress.entries())) == 2


def test_what_a_killed_backup_left_is_no_backup_and_is_cleared_away_in_time(path, progress, review):
    progress.record(*review(1), scope="d", place=None)
    copy = back_up_now(path, now=NOW)
    left = copy.with_name(copy.name + ".part4711")
    left.write_bytes(copy.read_bytes()[:5000])
    assert list(dated(path).values()) == [copy]
    back_up_now(path, now=datetime.now(UTC) + timedelta(hours=1))
    assert left.exists()  # it may be another's who is at it
    back_up_now(path, now=datetime.now(UTC) + timedelta(days=2))
    assert not left.exists()


def test_a_backup_is_of_one_moment_whatever_is_written_meanwhile(path, progress, review):
    """What the copy's log says and what its memory says belong together, and the copy is one file."""
    progress.record(*review(1), scope="d", place=None)
    with closing(Progress.open(path, learner="me")) as other:
        for number in range(2, 12):
            other.record(*review(number, f"d/{number}"), scope="d", place=None)
            copy = back_up_now(path, now=NOW + timedelta(seconds=number))
            with closing(sqlite3.connect(copy)) as opened:
                assert opened.execute("SELECT count(*) FROM memory").fetchone() == (number,)
                assert opened.execute("PRAGMA journal_mode").fetchone() == ("delete",)
