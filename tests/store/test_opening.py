"""Files that are ours, not ours, newer, older, damaged, locked or out of reach."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quizzer.core.errors import ProgressError
from quizzer.store import Progress, opening
from quizzer.store.backup import KEPT, back_up, backups

from ..older import quizzer_of


def refused(path: Path, **options: object) -> str:
    """Return the line with which the file is refused; it must be one line, and name the file."""
    with pytest.raises(ProgressError) as caught:
        Progress.open(path, learner="me", **options)
    line = str(caught.value)
    assert line.startswith(str(path))
    assert "\n" not in line
    return line


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_database_of_another_program_is_refused_and_left_as_it_was(path):
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE flashcards (front TEXT)")
    other.close()
    before = contents(path.parent)
    assert "of another program" in refused(path)
    assert contents(path.parent) == before


@pytest.mark.parametrize(
    "content", [b"my progress: fine", b"\0" * 4096, b"SQLite format 2", "żółw".encode()], ids=["text", "nothing", "another", "letters"]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(path, content):
    path.write_bytes(content)
    assert "not a progress file" in refused(path)
    assert contents(path.parent) == {path.name: content}


def test_an_empty_file_is_made_a_progress_file(path, review):
    path.touch()
    progress = Progress.open(path, learner="me")
    progress.record(*review(1), scope="d", place=None)
    progress.close()
    assert opening.is_ours(path)


def test_a_folder_in_its_place_and_a_missing_folder_are_named(path):
    path.mkdir()
    assert "is a folder" in refused(path)
    assert "Check that its folder exists" in refused(path.parent / "nowhere" / "progress.db")
    (path.parent / "file").touch()
    assert "Check that its folder exists" in refused(path.parent / "file" / "progress.db")


def test_no_file_is_made_when_none_is_wanted(path):
    assert "no progress yet" in refused(path, create=False)
    assert not path.exists()


def test_a_newer_file_is_refused_by_the_name_of_what_is_unknown_and_left_as_it_was(path):
    Progress.open(path, learner="me").close()
    with sqlite3.connect(path) as newer:
        newer.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('quizzer', 'm099_dreams', '2031')")
        newer.execute(f"PRAGMA user_version = {opening.SCHEMA + 1}")
    newer.close()
    before = path.read_bytes()
    line = refused(path)
    assert "written by a newer quizzer" in line
    assert "'m099_dreams'" in line
    assert path.read_bytes() == before
    assert not backups(path)


def test_a_python_with_an_old_sqlite_is_told_so(path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    assert "needs 3.37 or later" in refused(path)
    assert not path.exists()


def test_the_schema_counts_every_migration():
    from quizzer.store.migrations import migrations

    assert [migration.name[:4] for migration in migrations._migrations] == [f"m{n:03}" for n in range(1, opening.SCHEMA + 1)]


def test_an_older_file_is_backed_up_then_migrated(path, monkeypatch, review):
    progress = Progress.open(path, learner="me")
    progress.record(*review(1), scope="d", place=None)
    progress.close()
    from quizzer.store import migrations

    newer = type(migrations.migrations)("quizzer")
    newer._migrations = [*migrations.migrations._migrations]

    @newer()
    def m099_moods(db):
        """A table of moods. Changes no row that exists."""
        db.execute("CREATE TABLE moods (day INTEGER) STRICT")

    monkeypatch.setattr(migrations, "migrations", newer)
    known = opening.SCHEMA
    monkeypatch.setattr(opening, "SCHEMA", known + 1)
    progress = Progress.open(path, learner="me")
    assert len(list(progress.entries())) == 1
    assert progress._connection.execute("SELECT count(*) FROM moods").fetchone() == (0,)
    progress.close()
    (copy,) = backups(path)
    assert copy.name == f"progress-0001-before-m{known + 1:03}.db"
    monkeypatch.setattr(opening, "SCHEMA", known)
    before = Progress.open(copy, learner="me")
    assert len(list(before.entries())) == 1
    before.close()


def test_a_file_of_the_first_schema_keeps_its_rows_and_refuses_replacement_from_now_on(path, review):
    with quizzer_of(1):
        progress = Progress.open(path, learner="me")
        for number in range(3):
            progress.record(*review(number, f"d/{number}"), scope="d", place=None)
        entries, states = list(progress.entries()), progress.states("d")
        progress.close()
    progress = Progress.open(path, learner="me")
    assert (list(progress.entries()), progress.states("d")) == (entries, states)
    assert [tally.reviews for tally in progress.tallies()] == [3]
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        progress._connection.execute("INSERT OR REPLACE INTO log SELECT * FROM log")
    progress.close()


def test_a_migration_that_fails_changes_nothing(path, monkeypatch):
    Progress.open(path, learner="me").close()
    from quizzer.store import migrations

    newer = type(migrations.migrations)("quizzer")
    newer._migrations = [*migrations.migrations._migrations]

    @newer()
    def m099_half(db):
        """Half a change."""
        db.execute("CREATE TABLE half (day INTEGER) STRICT")
        raise sqlite3.OperationalError("near half: syntax error")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "migrations", newer)
        patched.setattr(opening, "SCHEMA", opening.SCHEMA + 1)
        with pytest.raises(sqlite3.OperationalError):
            Progress.open(path, learner="me")
    progress = Progress.open(path, learner="me")
    tables = [row[0] for row in progress._connection.execute("SELECT name FROM sqlite_schema")]
    assert "half" not in tables
    progress.close()


def test_pages_written_over_are_a_damaged_file_and_the_line_points_to_the_doctor(path, review):
    progress = Progress.open(path, learner="me")
    for number in range(200):
        progress.record(*review(number, f"d/{number}"), scope="d", place=None)
    progress.close()
    content = bytearray(path.read_bytes())
    content[100:] = os.urandom(len(content) - 100)
    path.write_bytes(content)
    assert "quizzer doctor" in refused(path)


def test_a_file_cut_short_is_a_damaged_file(path, review):
    progress = Progress.open(path, learner="me")
    for number in range(200):
        progress.record(*review(number, f"d/{number}"), scope="d", place=None)
    progress.close()
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(ProgressError, match=r"damaged.*quizzer doctor"):
        list(Progress.open(path, learner="me").entries())


def test_a_file_others_write_to_can_be_opened_and_a_locked_one_is_named(path, review):
    Progress.open(path, learner="me").close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    progress = Progress.open(path, learner="me")
    assert list(progress.entries()) == []
    progress._connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(ProgressError, match="another program is writing"):
        progress.record(*review(1), scope="d", place=None)
    other.execute("ROLLBACK")
    other.close()
    progress.record(*review(1), scope="d", place=None)
    progress.close()


AS_NOBODY = """
import os
from pathlib import Path
from quizzer.core.errors import ProgressError
from quizzer.store import Progress
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
try:
    Progress.open(Path({file!r}), learner="me")
except ProgressError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
@pytest.mark.parametrize("exists", [True, False])
def test_a_file_or_folder_that_cannot_be_written_is_told_at_once(tmp_path_factory, exists):
    folder = Path("/tmp") / f"quizzer-read-only-{os.getpid()}"
    folder.mkdir()
    path = folder / "progress.db"
    try:
        if exists:
            Progress.open(path, learner="me").close()
            path.chmod(0o444)
        folder.chmod(0o555)
        script = AS_NOBODY.format(file=str(path))
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    finally:
        folder.chmod(0o755)
        path.unlink(missing_ok=True)
        folder.rmdir()
    assert run.stdout.startswith(str(path))
    assert "written" in run.stdout or "cannot be made" in run.stdout
    assert run.stdout.count("\n") == 1


GIVEN_BACK = """
import os, sys
from pathlib import Path
from quizzer.core.errors import ProgressError
from quizzer.store import Progress
path = Path({file!r})
Progress.open(path, learner="me").close()
if os.geteuid() == 0:  # root may write anywhere
    for one in (path, path.parent):
        os.chown(one, 65534, -1)
    os.setuid(65534)
path.chmod(0o444)
for readonly in (False, True):  # the second reads, and leaves what SQLite makes beside a file that cannot be written
    try:
        Progress.open(path, learner="me", readonly=readonly)
    except ProgressError:
        print("refused")
path.chmod(0o644)
Progress.open(path, learner="me").close()
print("opened")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
def test_a_file_that_was_read_only_can_be_written_again_once_it_may_be():
    folder = Path("/tmp") / f"quizzer-given-back-{os.getpid()}"
    folder.mkdir()
    try:
        script = GIVEN_BACK.format(file=str(folder / "progress.db"))
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(folder)
    assert (run.stdout, run.stderr) == ("refused\nopened\n", "")


def test_a_file_of_today_is_opened_without_sqlite_utils_or_fsrs(path):
    Progress.open(path, learner="me").close()
    script = (
        "import sys; from pathlib import Path; from quizzer.store import Progress; import quizzer.study;"
        f"Progress.open(Path({str(path)!r}), learner='me').close();"
        "print([name for name in ('sqlite_utils', 'fsrs_rs_python', 'yaml', 'ruamel', 'spacy', 'textual') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_five_processes_that_begin_at_once_share_one_file(path):
    script = (
        "import sys; from pathlib import Path; from quizzer.store import Progress;"
        f"p = Progress.open(Path({str(path)!r}), learner=sys.argv[1]);"
        "from datetime import datetime, UTC; from quizzer.core.model import Act, Entry;"
        "p.record(Entry(id=sys.argv[1] * 36, act=Act.FLAG, card='d/q', at=datetime.now(UTC), day=700000), None, scope='d', place=None)"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(n)]) for n in range(5)]
    assert [process.wait(60) for process in running] == [0] * 5
    progress = Progress.open(path, learner="0")
    assert progress.learners() == [str(n) for n in range(5)]
    assert {file.name for file in path.parent.iterdir()} <= {"progress.db", "progress.db-wal", "progress.db-shm"}
    progress.close()


def test_backups_are_whole_while_the_file_is_written_to_and_the_newest_stay(path, review):
    progress = Progress.open(path, learner="me")
    for number in range(KEPT + 3):
        progress.record(*review(number, f"d/{number}"), scope="d", place=None)
        copy = back_up(path, reason="before-test")
        opened = sqlite3.connect(f"file:{copy}?mode=ro", uri=True)
        assert opened.execute("SELECT count(*) FROM log").fetchone() == (number + 1,)
        opened.close()
    kept = backups(path)
    assert len(kept) == KEPT
    assert kept[-1] == copy
    assert [int(name.name.split("-")[1]) for name in kept] == list(range(4, KEPT + 4))
    assert {file.name for file in path.parent.iterdir() if not file.name.startswith("progress.db")} == {".progress-backups"}
    progress.close()


def test_a_backup_that_cannot_be_written_is_told_and_changes_nothing(path):
    Progress.open(path, learner="me").close()
    (path.parent / ".progress-backups").write_text("in the way")
    with pytest.raises(ProgressError, match="backup cannot be written"):
        back_up(path, reason="before-test")
