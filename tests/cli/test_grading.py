"""``quizzer grade`` as people run it: a real process, its output, its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ..program import run as quizzer

TABLE = Path(__file__).parent.parent / "data" / "grading.jsonl"


def run(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    told = quizzer(["grade", *words], folder=Path.cwd(), stdin=stdin)
    assert "Traceback" not in told.stderr, told.stderr
    return told


SINGLE = [
    (["--key", "May 11, 2018", "June 11, 2018"], "wrong: right year and day, wrong month\n[-June-]{+May+} 11, 2018\n"),
    (["--key", "Jeff Sessions", "--type", "person", "Sesions"], "right: typo\n{+Jeff +}Se{+s+}sions\n"),
    (["--key", "El Paso", "el paso"], "right: the same answer\n[-e-]{+E+}l [-p-]{+P+}aso\n"),
    (["--key", "-5", "-5"], "right: the same answer\n"),
    (["--key", "$5", "--type", "money", "5"], "near: the unit is missing\n{+$+}5\n"),
    (["--key", "World War I", "--accept", "the Great War", "great war"], "right: the same answer\n"),
    (["--key", "Austria", "--other", "Australia", "Australia"], "wrong: another of the answers to choose from\n"),
    (["--key", "11 May 2018", "--language", "en-GB", "11/5/2018"], "right: the same answer\n"),
    (["--key", "11 May 2018", "--language", "en-US", "11/5/2018"], "near: day and month are the other way round\n"),
    (["--key", "France", "--key", "Germany", "germany, france"], "right: the same answer\n"),
    (["--key", "France; Germany", "--type", "list", "France"], "near: 1 of 2: missing Germany\n"),
    (["--key", "France", "--key", "Germany", "--type", "list", "Spain"], "wrong: none of them\n"),
    (["--key", "Paris", ""], "wrong: nothing typed\n{+Paris+}\n"),
]


@pytest.mark.parametrize(("words", "printed"), SINGLE, ids=[" ".join(words) for words, _ in SINGLE])
def test_a_key_is_tried_on_a_response(words: list[str], printed: str) -> None:
    done = run(*words)
    assert done.stdout.startswith(printed)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--key", "El Paso"], "give a key and a response"),
        (["El Paso"], "give a key and a response"),
        (["--key", "x", "--type", "plaice", "x"], "there is no type 'plaice'; it is one of person, place"),
        (["--key", " ", "x"], "the key is empty"),
        (["--batch", "-", "--key", "x"], "leave the others out"),
        (["--batch", "-", "x"], "leave the others out"),
        (["--kye", "x", "y"], "unexpected extra argument"),
    ],
)
def test_a_wrong_command_line_is_told_and_exits_with_two(words: list[str], told: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert told in done.stderr


def test_the_table_of_record_is_graded_from_a_file_line_by_line() -> None:
    rows = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
    done = run("--batch", str(TABLE))
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line) for line in done.stdout.splitlines()] == rows


def test_bad_lines_are_told_with_their_numbers_and_the_others_are_graded_in_order() -> None:
    lines = [
        b'{"key": "A", "response": "A", "extra": [1]}',
        b"not json",
        b"",
        b'{"key": ["A", "B"], "response": "A"}',
        b'{"key": "A"}',
        b'{"key": {"a": 5}, "response": "A"}',
        b'{"key": "A", "type": "plaice", "response": "A"}',
        b'{"key": "", "response": "A"}',
        b'{"key": "A", "response": [5]}',
        b'{"key": "A", "accept": [5], "response": "B"}',
        b"[]",
        b"\xff\xfe",
        b'{"key": "A", "key": "B", "response": "A"}',
        b'{"key": "A", "response": "\\ud800"}',
        b'{"key": "A", "response": ' + b"[" * 100_000,
        '{"key": "Москва", "response": "Moskva", "verdict": "?"}'.encode(),
    ]
    done = run("--batch", "-", stdin=b"\n".join(lines))
    assert done.returncode == 2
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"key": "A", "response": "A", "extra": [1], "verdict": "right", "reason": "the same answer"},
        {"key": ["A", "B"], "response": "A", "verdict": "near", "reason": "1 of 2: missing B"},
        {"key": "Москва", "response": "Moskva", "verdict": "right", "reason": "in another alphabet"},
    ]
    told = done.stderr.splitlines()
    assert [line.split(":")[2] for line in told] == ["2", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"]
    assert all(line.startswith("quizzer: standard input:") for line in told)


LENIENT = [
    (b'\xef\xbb\xbf{"key": "A", "response": "a"}\r', "right"),
    (b'{"key": 281, "response": 281}', "right"),
    (b'{"key": "A", "accept": "B", "response": "B"}', "right"),
    (b'{"key": "A", "others": "B", "response": "B"}', "wrong"),
    (b'{"key": "A", "type": null, "accept": null, "others": null, "response": "A"}', "right"),
    (b'{"key": "DHS", "type": "Organization", "response": "D.H.S."}', "right"),
    (b'{"key": "5 km", "type": "number with unit", "response": "5"}', "near"),
    (b'{"key": "A; B", "type": "list", "response": "b; a"}', "right"),
    (b'{"key": ["A", "B"], "type": "list", "response": "b, a"}', "right"),
    (b'{"key": "A", "response": "\\u0000\\u001b[31m"}', "wrong"),
    (b'{"key": "A", "response": "' + b"x" * 2_000_000 + b'"}', "wrong"),
]


def test_what_is_meant_is_read_however_it_is_put() -> None:
    done = run("--batch", "-", stdin=b"\n".join(line for line, _ in LENIENT))
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == [verdict for _, verdict in LENIENT]


def test_an_empty_file_is_graded_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").touch()
    done = run("--batch", str(tmp_path / "none.jsonl"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_each_line_is_answered_before_the_next_one_comes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "quizzer", "grade", "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin
        assert process.stdout
        for response, verdict in (("1969", "right"), ("1968", "wrong"), ("the sixties", "near")):
            process.stdin.write(json.dumps({"key": "1969", "response": response}).encode() + b"\n")
            assert json.loads(process.stdout.readline())["verdict"] == verdict
        process.stdin.close()
        assert process.wait(60) == 0


def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    done = run("--batch", str(tmp_path / "none.jsonl"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"quizzer: {tmp_path / 'none.jsonl'}: cannot be read")
    assert done.stderr.count("\n") == 1
