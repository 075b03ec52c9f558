"""``quizzer check`` as it is run: what it prints for people and programs, its exit codes, --fix and --watch."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quizzer.deckfile import CODES

from ..program import run as program

DECK = """\
id: peru
title: Peru
questions:
  - {id: q, question: Who is now president?, answer: Ana}
  - id: r
    question: "When, in which year,\twas 日本 built? "
    answer: 1901
    distractors: [1950, 1900, 1910]
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "peru.yaml").write_text(DECK, "utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def check(*words: str) -> subprocess.CompletedProcess[str]:
        return program(["check", *words], folder=folder)  # the decks of the folder one is in

    return check


def test_decks_of_the_folder_one_is_in_are_named_as_one_would_type_them(run: Run, folder: Path) -> None:
    assert run().stdout == run("decks").stdout
    assert program(["fmt", "--check"], folder=folder).stdout.startswith("decks/peru.yaml: ")
    assert program(["deck", "rename", "peru", "inca"], folder=folder).stderr == (
        "decks/peru.yaml: is called 'inca' now, and the file is decks/inca.yaml.\n"
    )


def test_text_shows_the_line_with_carets_and_the_remedy(run: Run) -> None:
    done = run("decks")
    assert done.stdout.splitlines() == [
        "decks/peru.yaml:4:23: Q205 'now' will mean another time when this is asked",
        " 4 |   - {id: q, question: Who is now president?, answer: Ana}",
        "   |                       ^^^^^^^^^^^^^^^^^^^^^",
        "   = help: Write the date, or add `as_of`.",
        "decks/peru.yaml:6:15: D316 there is space around 'When, in which year,\\twas 日本 built? '",
        ' 6 |     question: "When, in which year,    was 日本 built? "',
        "   |               " + "^" * 42,
        "   = help: Remove it, or run `quizzer check --fix`.",
        "decks/peru.yaml:8:18: Q113 the numbers are not in order",
        " 8 |     distractors: [1950, 1900, 1910]",
        "   |                  ^",
        "   = help: Write [1900, 1910, 1950], or run `quizzer check --fix`.",
    ]
    assert done.stderr == "1 deck: 0 errors, 3 warnings; --fix mends up to 2\n"
    assert "\x1b" not in done.stdout


def test_exit_codes_are_nought_one_and_two(run: Run, folder: Path) -> None:
    assert run().returncode == 0
    assert run("--strict").returncode == 1
    assert run("--strict", "--select", "Q104").returncode == 0
    assert run("--select", "Q104,Q9").returncode == 2
    assert run("--ignore", "default").returncode == 2
    assert run("--explain", "Q999").returncode == 2
    assert run("--explain", "").returncode == 2
    assert run("--output", "xml").returncode == 2
    assert run("--json", "--output", "sarif").returncode == 2
    (folder / "decks" / "bad.yaml").write_text("title: [", "utf-8")
    assert run().returncode == 1
    assert run("--select", "Q104").returncode == 1  # a file that cannot be read is always told


def test_what_is_looked_for_is_chosen(run: Run) -> None:
    def codes(*words: str) -> list[str]:
        return [problem["code"] for problem in json.loads(run("--json", *words).stdout)]

    assert codes() == ["Q205", "D316", "Q113"]
    assert codes("--select", "q2") == ["Q205"]
    assert codes("--select", "Q2", "--select", "D") == ["Q205", "D316"]
    assert codes("--ignore", "Q1,D316") == ["Q205"]


def test_output_json_is_what_json_always_was(run: Run) -> None:
    assert run("--output", "json").stdout == run("--json").stdout
    assert json.loads(run("--json", "decks").stdout)[0] == {
        "path": "decks/peru.yaml",
        "line": 4,
        "column": 23,
        "code": "Q205",
        "message": "'now' will mean another time when this is asked. Write the date, or add `as_of`.",
        "severity": "warning",
        "width": 21,
    }


def test_sarif_names_rules_and_places(run: Run) -> None:
    log = json.loads(run("--output", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (ran,) = log["runs"]
    rules = [rule["id"] for rule in ran["tool"]["driver"]["rules"]]
    assert rules == ["D316", "Q113", "Q205"]
    first = ran["results"][0]
    assert rules[first["ruleIndex"]] == first["ruleId"] == "Q205"
    assert first["level"] == "warning"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "decks/peru.yaml"
    assert place["region"] == {"startLine": 4, "startColumn": 23, "endColumn": 44}


def test_github_gets_commands_in_which_nothing_is_taken_for_a_field(run: Run, folder: Path) -> None:
    (folder / "decks" / "peru.yaml").rename(folder / "decks" / "a,b.yaml")
    lines = run("--output", "github").stdout.splitlines()
    assert lines[0].startswith("::warning file=decks/a%2Cb.yaml,line=4,col=23,endColumn=44,title=quizzer Q205::'now' will mean")
    assert len(lines) == 3


def test_explain_tells_of_codes_that_are_off(run: Run) -> None:
    assert run("--explain", "q109").stdout.startswith("Q109 (warning, off unless asked for): vague words\n\n")


def test_explain_shows_an_example_whole_or_as_much_of_it_as_can_be_read(run: Run) -> None:
    assert CODES["Q118"].example.rstrip() in run("--explain", "Q118").stdout
    assert max(map(len, run("--explain", "D007").stdout.splitlines())) == 320


def test_fix_mends_and_then_checks(run: Run, folder: Path) -> None:
    done = run("--fix", "decks")
    text = (folder / "decks" / "peru.yaml").read_text("utf-8")
    assert text == DECK.replace('built? "', 'built?"').replace("[1950, 1900, 1910]", "[1900, 1910, 1950]")
    assert "decks/peru.yaml: 2 problems mended (D316, Q113)\n" in done.stderr
    assert "Q205" in done.stdout
    assert "D316" not in done.stdout
    again = run("--fix")
    assert "mended" not in again.stderr


def test_fix_waits_for_errors_that_it_cannot_mend(run: Run, folder: Path) -> None:
    path = folder / "decks" / "peru.yaml"
    path.write_text(DECK + "  - {id: s, question: Where?}\n", "utf-8")
    before = path.read_bytes()
    assert run().stderr == "1 deck: 1 error, 3 warnings\n"
    assert run("--fix").stderr == "1 deck: 1 error, 3 warnings; --fix waits for the errors that it cannot mend\n"
    assert path.read_bytes() == before


def test_fix_of_a_file_that_cannot_be_written_is_told_in_a_line(run: Run, folder: Path) -> None:
    done = run("--fix", "decks/nowhere.yaml")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_sources_are_looked_up(run: Run, folder: Path) -> None:
    (folder / "news").mkdir()
    (folder / "news" / "wire.txt").write_text(
        "The tower was built in the year 1901, and it is the pride of the town to this day.\n", "utf-8"
    )
    head = "id: peru\ntitle: Peru\nsources: [{id: wire}]\nquestions:\n"
    row = "  - {id: q, question: When was the tower built?, answer: 1901, evidence: {source: wire, quote: built in 1901}}\n"
    (folder / "decks" / "peru.yaml").write_text(head + row, "utf-8")
    assert run().stdout == ""
    done = run("--sources", "news")
    assert done.returncode == 1
    assert "Q201 this quote is not in its article" in done.stdout
    assert run("--sources", "nowhere").returncode == 2


def on_a_terminal(folder: Path, *words: str, **environment: str) -> bytes:
    parent, child = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color", **environment}
    command = [sys.executable, "-m", "quizzer", "check", *words]
    with subprocess.Popen(command, cwd=folder, env=env, stdout=child, stderr=subprocess.DEVNULL, close_fds=True) as process:
        os.close(child)
        shown = b""
        while True:
            try:
                piece = os.read(parent, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        process.wait(30)
    os.close(parent)
    return shown


def test_a_terminal_has_colours_unless_they_are_not_wanted(folder: Path) -> None:
    coloured = on_a_terminal(folder).decode()
    assert "\x1b[" in coloured
    plain = on_a_terminal(folder, NO_COLOR="1").decode()
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_watch_checks_again_when_a_file_is_saved_and_ends_with_an_interrupt(folder: Path) -> None:
    command = [sys.executable, "-u", "-m", "quizzer", "check", "--watch", "--json", "decks"]
    path = folder / "decks" / "peru.yaml"
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err)
        try:
            _until(lambda: (folder / "err").read_text().count("waiting") == 1)
            for text, times in ((DECK.replace("now ", ""), 2), (DECK, 3)):
                _until(lambda text=text, times=times: _saved(path, text) or (folder / "err").read_text().count("waiting") >= times)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
    checks = [json.loads(text) for text in re.split(r"(?m)(?<=^\])$\n?", (folder / "out").read_text()) if text.strip()]
    assert [problem["code"] for problem in checks[0]] == ["Q205", "D316", "Q113"]
    assert [problem["code"] for problem in checks[1]] == ["D316", "Q113"]
    assert [problem["code"] for problem in checks[-1]] == ["Q205", "D316", "Q113"]
    told = (folder / "err").read_text().splitlines()
    assert told[0] == "checking"
    assert told.count("checking") == told.count("waiting for changes; Ctrl+C ends it") == len(checks)


def _saved(path: Path, text: str) -> bool:
    """Save as editors do, by replacing the file; again, for the watcher may not have begun yet."""
    beside = path.with_suffix(".tmp")
    beside.write_text(text, "utf-8")
    beside.replace(path)
    time.sleep(0.3)
    return False


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
