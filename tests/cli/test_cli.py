"""The command line as people run it: a real process, its output, its exit code."""

import errno
import json
import os
import pty
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizzer.cli import COMMANDS, cannot_be_looked_at, cli
from quizzer.cli.learning import _holds_images
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import Shelf

from ..program import run as quizzer

DATA = Path(__file__).parent.parent / "data"
DECK = "title: Peru\nquestions:\n  - question: What is the capital of Peru?\n    answer: Lima\n    distractors: [Cusco, Arequipa]\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "peru.yaml").write_text(DECK, "utf-8")
    return tmp_path


@pytest.fixture
def run(workspace: Path) -> Run:
    def call(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        news = bool(words) and words[0] in ("generate", "facts")
        done = quizzer(words, folder=workspace, stdin=stdin.encode(), environment=environment, news=news)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return call


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What an expected failure prints: one line, and nothing else."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("quizzer: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_every_command_has_the_name_that_it_is_found_by() -> None:
    assert {name: command.name for name, command in cli.commands.items()} == {name: name for name in COMMANDS}


@pytest.mark.parametrize("words", [("study", "chile", "--plain"), ("print", "chile", "-o", "x.html"), ("export", "chile", "-o", "x.csv")])
def test_a_deck_that_cannot_be_read_is_known_by_its_name_and_told_what_is_wrong(run: Run, workspace: Path, words: tuple[str, ...]) -> None:
    (workspace / "decks" / "chile.yaml").write_text("title: Chile\nquestions:\n  - {question: Capital?, anwser: Santiago}\n", "utf-8")
    assert "chile.yaml:3:26: D102 unknown key 'anwser': did you mean `answer`?" in one_line(run(*words))


NAME = "x" * 300


@pytest.mark.parametrize(
    "words",
    [
        ("check", NAME),
        ("fmt", f"{NAME}.yaml"),
        ("edit", NAME),
        ("new", "t", "-o", f"{NAME}.yaml"),
        ("deck", "rename", "peru", NAME),
        ("deck", "split", "peru", f"{NAME}.yaml", "what-is-the-capital-of-peru"),
        ("deck", "merge", "peru", NAME),
        ("restore", NAME),
        ("--workspace", NAME, "due"),
    ],
)
def test_a_name_that_no_file_can_have_is_said_in_one_line(run: Run, workspace: Path, words: tuple[str, ...]) -> None:
    assert "xxx…: cannot be looked for (File name too long). Choose a shorter one." in one_line(run(*words))
    assert (workspace / "decks" / "peru.yaml").read_text("utf-8") == DECK


def test_what_may_not_be_looked_at_is_said_in_one_line_and_other_failures_are_not_hidden() -> None:
    told = cannot_be_looked_at(PermissionError(errno.EACCES, "Permission denied", "away/peru.yaml"))
    assert told == (
        "quizzer: away/peru.yaml: cannot be looked for (Permission denied). Change the permissions of its folder, or choose another."
    )
    assert cannot_be_looked_at(OSError(errno.EIO, "Input/output error", "away/peru.yaml")) == ""
    assert cannot_be_looked_at(OSError(errno.EACCES, "Permission denied")) == ""


def a_progress_file(workspace: Path) -> Path:
    Progress.open(workspace / "progress.db", learner="me").close()
    return workspace / "progress.db"


# Decks


def test_check_tells_every_problem_with_its_place_and_exits_with_one(run: Run, workspace: Path) -> None:
    (workspace / "decks" / "bad.yaml").write_text(
        "title: Bad\nquestions:\n  - question: Who?\n  - qestion: What?\n    answer: x\n", "utf-8"
    )
    done = run("check", "decks")
    places = [line.split(": ")[0] for line in done.stdout.splitlines()]
    assert "decks/bad.yaml:3:5" in places
    assert "decks/bad.yaml:4:5" in places
    assert "question" in done.stdout
    assert done.returncode == 1
    assert "errors" in done.stderr


def test_check_exits_with_nought_when_nothing_is_wrong(run: Run) -> None:
    run("fmt")
    done = run("check", "decks/peru.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 deck: no problems\n")


def test_check_prints_json_for_programs(run: Run) -> None:
    problems = json.loads(run("check", "--json").stdout)
    assert [problem["code"] for problem in problems] == ["D208"]
    assert problems[0]["severity"] == "warning"


def test_check_of_what_is_not_there_is_an_error(run: Run) -> None:
    assert run("check", "nowhere").returncode == 1


def test_fmt_writes_ids_once_and_its_check_only_looks(run: Run, workspace: Path) -> None:
    deck = workspace / "decks" / "peru.yaml"
    assert run("fmt", "--check").returncode == 1
    assert deck.read_text("utf-8") == DECK
    assert run("fmt").returncode == 0
    assert "id: what-is-the-capital-of-peru" in deck.read_text("utf-8")
    assert run("fmt", "--check").returncode == 0


def test_a_broken_deck_does_not_keep_fmt_from_the_others(run: Run, workspace: Path) -> None:
    (workspace / "decks" / "a.yaml").write_text("title: [", "utf-8")
    done = run("fmt")
    assert done.returncode == 1
    assert "a.yaml" in done.stderr
    assert "peru.yaml" in done.stdout


def test_schema_is_json_and_goes_to_a_file_when_told(run: Run, workspace: Path) -> None:
    printed = json.loads(run("schema").stdout)
    run("schema", "-o", "s.json")
    assert json.loads((workspace / "s.json").read_text("utf-8")) == printed
    assert printed["$schema"].startswith("http://json-schema.org/draft-07")
    assert "cannot be written" in one_line(run("schema", "-o", "nowhere/s.json"))
    assert "there is no such folder" in one_line(run("schema", "nowhere"))
    assert run("schema", "decks", "-o", "s.json").returncode == 2
    told = [run("schema", "decks").stderr for _ in range(2)]
    assert told == ["decks/.deck.schema.json: written\n", "decks/.deck.schema.json: up to date\n"]
    assert sorted(path.name for path in workspace.iterdir()) == ["decks", "s.json"]


# Progress


def test_due_and_stats_tell_of_every_deck_in_tables_and_json(run: Run) -> None:
    assert "peru" in run("due").stdout
    due = json.loads(run("due", "--json").stdout)
    assert [(row["id"], row["new"]) for row in due["decks"]] == [("peru", 1)]
    assert "peru" in run("stats").stdout
    assert json.loads(run("stats", "--json").stdout)["overall"]["total"] == 1
    assert "'chile'" in one_line(run("stats", "chile"))


def test_stats_of_a_deck_are_of_it_alone_in_json_too(run: Run, workspace: Path) -> None:
    (workspace / "decks" / "chile.yaml").write_text(DECK.replace("Peru", "Chile"), "utf-8")
    assert [row["id"] for row in json.loads(run("stats", "peru", "--json").stdout)["decks"]] == ["peru"]
    assert [row["id"] for row in json.loads(run("stats", "--json").stdout)["decks"]] == ["chile", "peru"]


def test_a_broken_deck_is_told_beside_the_others(run: Run, workspace: Path) -> None:
    (workspace / "decks" / "bad.yaml").write_text("title: [", "utf-8")
    done = run("due")
    assert done.returncode == 0
    assert "peru" in done.stdout
    assert "bad.yaml:1:9: D004 the file ends inside a bracket" in done.stderr


@pytest.mark.parametrize("words", [["study", "--plain"], ["stats"], ["simulate", "--deck"], ["test"]])
def test_a_deck_that_lies_elsewhere_is_told_to_be_copied(run: Run, workspace: Path, words: list[str]) -> None:
    (workspace / "downloads").mkdir()
    (workspace / "downloads" / "chile.yaml").write_text(DECK.replace("Peru", "Chile"), "utf-8")
    told = one_line(run(*words, "downloads/chile.yaml"))
    assert f"Copy it to {workspace / 'decks'}, " in told
    shutil.copyfile(workspace / "downloads" / "chile.yaml", workspace / "decks" / "chile.yaml")
    assert run(*words, "decks/chile.yaml").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_deck_that_is_linked_to_from_the_workspace_is_in_it(run: Run, workspace: Path) -> None:
    (workspace / "sources").mkdir()
    (workspace / "sources" / "chile.yaml").write_text(DECK.replace("Peru", "Chile"), "utf-8")
    (workspace / "decks" / "chile.yaml").symlink_to(workspace / "sources" / "chile.yaml")
    for named in ("decks/chile.yaml", str(workspace / "decks" / "chile.yaml")):
        assert run("stats", named).returncode == 0, named
    assert run("deck", "rename", "decks/chile.yaml", "andes").stderr.endswith("and the file is decks/andes.yaml.\n")
    assert "is not among the decks" in one_line(run("stats", "decks/../sources/chile.yaml"))


def test_learners_share_a_file(run: Run, workspace: Path) -> None:
    a_progress_file(workspace)
    for name in ("ada", "grace"):
        assert run("--learner", name, "due").returncode == 0
    assert run("--learner", " ", "due").returncode == 2
    assert [file.name for file in workspace.iterdir() if file.suffix == ".db"] == ["progress.db"]


def test_a_progress_file_of_another_program_is_refused_by_name_and_left_alone(run: Run, workspace: Path) -> None:
    path = workspace / "progress.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (a)")
    database.close()
    before = path.read_bytes()
    for command in ("due", "stats", "doctor"):
        assert "another program" in one_line(run(command))
    assert path.read_bytes() == before


def test_a_newer_progress_file_is_refused_by_name(run: Run, workspace: Path) -> None:
    a_progress_file(workspace)
    database = sqlite3.connect(workspace / "progress.db")
    database.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('quizzer', 'm999_from_the_future', '2040-01-01')"
    )
    database.execute("PRAGMA user_version = 999")
    database.commit()
    database.close()
    assert "newer quizzer (this one does not know 'm999_from_the_future')" in one_line(run("due"))


def test_a_locked_progress_file_is_one_line(run: Run, workspace: Path) -> None:
    a_progress_file(workspace)
    database = sqlite3.connect(workspace / "progress.db", isolation_level=None)
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    database.execute("BEGIN EXCLUSIVE")
    try:
        done = run("due")
    finally:
        database.close()
    assert "progress.db" in one_line(done)
    assert run("due").returncode == 0


def test_doctor_says_that_all_is_well_or_that_there_is_nothing_yet(run: Run, workspace: Path) -> None:
    assert "not there yet" in run("doctor").stdout
    a_progress_file(workspace)
    assert run("doctor").stdout.endswith("no problems\n")


# Settings and the workspace


def test_settings_are_printed_and_changed(run: Run) -> None:
    assert run("settings", "study.retention", "0.95").returncode == 0
    assert json.loads(run("settings", "--json").stdout)["study.retention"] == "0.95"
    assert run("settings", "study.retention", "--unset").returncode == 0
    assert json.loads(run("settings", "--json").stdout)["study.retention"] == "0.9"
    assert "will not do" in one_line(run("settings", "study.retention", "2"))
    assert "no setting" in one_line(run("settings", "nonsense"))
    assert "Write 0 or more" in one_line(run("settings", "study.new_per_day", "-1"))


def test_a_zone_that_would_stop_every_command_is_never_written(run: Run) -> None:
    assert "'Europe/Berln'" in one_line(run("settings", "zone", "Europe/Berln"))
    assert run("due").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="shell redirections of POSIX")
@pytest.mark.parametrize(("line", "code"), [("generate - <&-", 1), ("due >/dev/full", 1), ("due >&-", 0), ("due | head -c 1", 0)])
def test_closed_and_full_streams_end_without_a_traceback(workspace: Path, line: str, code: int) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        line = line.replace("/dev/full", "/dev/null")
        code = 0
    done = subprocess.run(
        f'"{sys.executable}" -m quizzer {line}', shell=True, cwd=workspace, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1
    assert done.returncode == code


def test_a_workspace_that_is_not_there_is_refused_by_name(run: Run) -> None:
    assert "'nowhere'" in one_line(run("--workspace", "nowhere", "due"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("test peru --on soon", "quizzer: --on: 'soon' is no day. Write it like 2027-03-12."),
        ("test peru --on 2027-02-30", "quizzer: --on: '2027-02-30' is no day. Write it like 2027-03-12."),
        ("simulate --retention 2", "quizzer: --retention: '2' is no number from 0.70 to 0.99."),
        ("simulate --days x", "quizzer: --days: 'x' is no whole number from 1 to 730."),
        ("study --mode x", "quizzer: --mode: 'x' is not one of "),
        ("study --bogus", "quizzer: no such option '--bogus'. `quizzer study --help` tells what goes here."),
        ("nosuch", "quizzer: no such command 'nosuch'. `quizzer --help` tells what goes here."),
        ("merge", "quizzer: missing argument 'OTHER'. `quizzer merge --help` tells what goes here."),
        ("test --on 2027-03-12", "quizzer: say which deck the test is on. `quizzer test --help` tells what goes here."),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(run: Run, words: str, said: str) -> None:
    done = run(*words.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


# The app's door


def test_without_a_terminal_the_app_says_so_in_one_line(run: Run) -> None:
    for words in ((), ("study",), ("study", "peru")):
        assert "needs a terminal" in one_line(run(*words))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty on Windows")
@pytest.mark.parametrize("words", [(), ("study", "peru")])
def test_an_interrupt_leaves_the_app_without_a_traceback_and_the_file_whole(workspace: Path, words: tuple[str, ...]) -> None:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "quizzer", *words],
        cwd=workspace,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
    )
    os.close(slave)
    shown = b""
    os.set_blocking(master, False)
    interrupted = False
    ends = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < ends:
        try:
            shown += os.read(master, 65536)
        except (BlockingIOError, OSError):
            time.sleep(0.02)
        if not interrupted and b"Peru" in shown:
            process.send_signal(signal.SIGINT)
            interrupted = True
    os.close(master)
    assert interrupted
    assert process.poll() in (0, 130)
    assert b"Traceback" not in shown
    checked = subprocess.run(
        [sys.executable, "-m", "quizzer", "doctor"], cwd=workspace, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert checked.returncode == 0, checked.stdout


# Articles


def test_generate_writes_a_sound_deck_and_its_account(run: Run) -> None:
    done = run("generate", str(DATA / "articles" / "mine-rescue.txt"), "-o", "decks/mine.yaml", "--no-passages")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "questions" in done.stderr
    assert "wrote decks/mine.yaml" in done.stderr
    assert run("check", "decks/mine.yaml").returncode == 0


def test_generate_reads_standard_input_and_writes_standard_output(run: Run, workspace: Path) -> None:
    text = (DATA / "articles" / "mine-rescue.txt").read_text("utf-8")
    done = run("generate", "-", stdin=text)
    assert done.returncode == 0
    (workspace / "decks" / "out.yaml").write_text(done.stdout, "utf-8")
    assert run("check", "decks/out.yaml").returncode == 0


def test_explain_gives_every_refusal_with_its_place(run: Run) -> None:
    plain = run("generate", str(DATA / "articles" / "mine-rescue.txt"))
    told = run("generate", str(DATA / "articles" / "mine-rescue.txt"), "--explain")
    assert told.stdout == plain.stdout
    assert len(told.stderr.splitlines()) > len(plain.stderr.splitlines())
    assert "refused: " in told.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "text"),
        ("Der Minister sprach am Montag in Berlin mit den Abgeordneten über den Haushalt und die Schulen.".encode(), "English"),
        (b"It rained on the town, and the people in it were glad that it did. " * 160_000, "Split"),
    ],
    ids=["empty", "blank", "binary", "German", "10 MB"],
)
def test_what_is_no_usable_article_is_refused_in_one_line_and_nothing_written(run: Run, workspace: Path, content: bytes, told: str) -> None:
    (workspace / "article.txt").write_bytes(content)
    message = one_line(run("generate", "article.txt", "-o", "decks/new.yaml"))
    assert told in message
    assert "article.txt" in message
    assert sorted(file.name for file in (workspace / "decks").iterdir()) == ["peru.yaml"]


@pytest.mark.parametrize(("output", "told"), [("nowhere/x.yaml", "no folder"), ("decks/x.txt", ".yaml")])
def test_where_a_deck_cannot_go_is_said_before_the_work(run: Run, workspace: Path, output: str, told: str) -> None:
    (workspace / "article.txt").write_text("not even read", "utf-8")
    assert told in one_line(run("generate", "article.txt", "-o", output))
    assert (workspace / "decks" / "peru.yaml").read_text("utf-8") == DECK


@pytest.mark.parametrize("command", [["due", "--json"], ["stats", "--json"], ["doctor"]])
def test_what_only_prints_needs_no_right_to_write(run: Run, workspace: Path, command: list[str]) -> None:
    run("fmt")
    shm = workspace / "progress.db-shm"
    shm.mkdir()  # nobody, root neither, can open progress.db for writing now
    fresh = run(*command)
    assert (fresh.returncode, fresh.stderr) == (0, "")
    assert not (workspace / "progress.db").exists()
    shm.rmdir()
    a_progress_file(workspace)
    shm.mkdir()
    told = run(*command)
    assert (told.returncode, told.stderr) == (0, "")
    assert command == ["doctor"] or told.stdout == fresh.stdout


def test_suspended_cards_are_listed_and_brought_back(run: Run, workspace: Path) -> None:
    run("fmt")
    assert run("suspended").stderr == "no card is suspended\n"
    shelf = Shelf(
        decks=workspace / "decks",
        progress=workspace / "progress.db",
        learner="me",
        settings=Settings(),
        clock=lambda: datetime.now(UTC),
        dice=random.Random(1).getrandbits,
    )
    session = shelf.session("peru")
    card = session.prompt.card.id
    session.suspend()
    shelf.close()
    assert run("--learner", "me", "suspended").stdout.splitlines()[1].split("  ") == [card, "What is the capital of Peru?"]
    listed = json.loads(run("--learner", "me", "suspended", "--json").stdout)
    assert listed == [{"card": card, "deck": "peru", "stem": "What is the capital of Peru?"}]
    assert "no card 'peru/lima' is suspended" in one_line(run("--learner", "me", "suspended", "--restore", "peru/lima", "--restore", card))
    assert run("--learner", "me", "suspended", "--restore", card).stderr == "1 card brought back\n"
    assert json.loads(run("--learner", "me", "suspended", "--json").stdout) == []
    assert "is suspended" in one_line(run("--learner", "me", "suspended", "--restore", card))
    assert run("--learner", "me", "suspended", "--restore", "all").stderr == "0 cards brought back\n"
    assert json.loads(run("--learner", "me", "due", "--json").stdout)["decks"][0]["new"] == 1
    assert run("doctor").stdout.endswith("2 log rows: no problems\n")


# A test to study for


def test_a_test_is_set_told_everywhere_and_taken_back(run: Run, tmp_path: Path) -> None:
    config = {"QUIZZER_CONFIG": str(tmp_path / "config.toml")}
    done = run("test", "peru", "--on", "2099-03-12", **config)
    assert done.returncode == 0
    told = done.stdout.strip()
    assert told.startswith("peru: test on 12 March 2099: ")
    assert "1 new a day, expected 0 % as of now" in told
    assert told in run("due", **config).stdout
    assert told in run("stats", **config).stdout
    assert json.loads(run("stats", "--json", **config).stdout)["tests"][0]["plan"]["test"] == "2099-03-12"
    (test,) = json.loads(run("test", "--json", **config).stdout)
    assert (test["deck"], test["date"], test["plan"]["test"], test["plan"]["unseen"]) == ("peru", "2099-03-12", "2099-03-12", 1)
    assert json.loads(run("due", "--json", **config).stdout)["tests"] == [test]
    done = run("test", "peru", "--off", **config)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "peru: no test is to come\n")
    assert "test on" not in run("due", **config).stdout


def test_flags_and_leeches_are_listed_and_cramming_is_not_studying_ahead(run: Run, workspace: Path) -> None:
    assert run("flagged").stderr == "no card is flagged\n"
    assert run("leeches").stderr == "no card is forgotten again and again\n"
    shelf = Shelf(
        decks=workspace / "decks",
        progress=workspace / "progress.db",
        learner="me",
        settings=Settings(zone="UTC"),
        clock=lambda: datetime(2026, 3, 2, 9, tzinfo=UTC),
        dice=random.Random(1).getrandbits,
    )
    shelf.session().flag()
    shelf.close()
    (row,) = json.loads(run("flagged", "--json").stdout)
    assert (row["card"], row["lapses"]) == ("peru/what-is-the-capital-of-peru", 0)
    assert "What is the capital of Peru?" in run("flagged").stdout
    assert json.loads(run("leeches", "--json").stdout) == []
    assert run("study", "--cram", "--ahead", "3").returncode == 2
    assert run("study", "--ahead", "-1").returncode == 2


def test_a_test_of_no_deck_or_on_no_day_is_refused(run: Run, tmp_path: Path) -> None:
    config = {"QUIZZER_CONFIG": str(tmp_path / "config.toml")}
    assert "'chile'" in one_line(run("test", "chile", "--on", "2099-03-12", **config))
    assert run("test", "peru", "--on", "soon", **config).returncode == 2
    assert run("test", "--on", "2099-03-12", **config).returncode == 2
    assert run("test", "peru", "--off", "--on", "2099-03-12", **config).returncode == 2
    assert not (tmp_path / "config.toml").exists()
    assert "2099-03-12" not in run("test", "peru", "--on", "2099-03-12", **config).stderr
    assert "2020-03-12 is not after today" in one_line(run("test", "peru", "--on", "2020-03-12", **config))
    assert "12 March 2099" in run("test", "peru", **config).stdout  # the test that was to come stands


@pytest.mark.parametrize(("name", "holds"), [("a.png", True), ("sub/B.JPEG", True), ("a.svg", False), ("png", False)])
def test_the_terminal_is_asked_for_graphics_only_where_decks_have_images(workspace: Path, name: str, holds: bool) -> None:
    path = workspace / "decks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    assert _holds_images(workspace / "decks") is holds


def test_check_tells_of_a_missing_image_and_the_deck_can_be_studied(run: Run, workspace: Path) -> None:
    path = workspace / "decks" / "peru.yaml"
    path.write_text(DECK + "    id: q\n    image: {file: church.png, alt: A church.}\nid: peru\n", "utf-8")
    done = run("check")
    assert done.returncode == 1
    assert "decks/peru.yaml:7:19: D502 there is no image 'church.png' beside this deck" in done.stdout
    assert run("due").stdout.split()[-5:] == ["1", "0", "0", "0", "0"]
