"""What ``quizzer check`` prints for programs: SARIF for code scanning, and commands of GitHub Actions that nothing breaks out of."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.cli.reports import github, print_problems, sarif
from quizzer.deckfile import CODES, Problem, check

LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=30)
COMMAND = re.compile(r"::(error|warning) ((?:[a-zA-Z]+=[^,:\r\n]*,?)+)::([^\r\n]*)")
DECK = """\
id: peru
title: Peru
questions:
  - {id: q, question: Who is now president?, answer: Ana}
  - {id: r, question: Who is now president?, answer: Eva}
  - id: s
    question: "Who is now   pope? "
    answer: Leo
"""


def unescaped(text: str) -> str:
    """As the runner of GitHub Actions reads it: the percent sign last."""
    for sign in "\r\n:,%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


@settings(max_examples=40, deadline=None)
@given(path=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip("./")),
       message=st.text(), line=st.integers(1, 9), column=st.integers(1, 9))  # fmt: skip
def test_github_reads_back_what_was_told_whatever_signs_are_in_it(path: str, message: str, line: int, column: int) -> None:
    problem = Problem(path=path, line=line, column=column, code="Q104", message=message, severity="warning", width=3)
    found = COMMAND.fullmatch(github(problem))
    assert found
    fields = dict(field.split("=", 1) for field in found[2].split(","))
    assert {name: unescaped(value) for name, value in fields.items()} == {
        "file": str(Path(path)),
        "line": str(line),
        "col": str(column),
        "endColumn": str(column + 3),
        "title": "quizzer Q104",
    }
    assert unescaped(found[3]) == message


@pytest.mark.parametrize("sign", ["%", "\r", "\n", ":", ","])
def test_each_sign_that_means_something_is_escaped(sign: str) -> None:
    problem = Problem(path=f"a{sign}b.yaml", line=1, column=1, code="D004", message=f"x{sign}y%0A")
    told = github(problem)
    assert f"file=a%{ord(sign):02X}b.yaml," in told
    shown = sign if sign in ":," else f"%{ord(sign):02X}"
    assert told.endswith(f"::x{shown}y%250A")


def in_file(folder: Path, text: str) -> list[dict[str, object]]:
    path = folder / "peru.yaml"
    path.write_text(text, "utf-8")
    results: list[dict[str, object]] = sarif(check(path))["runs"][0]["results"]
    return results


def marks(results: list[dict[str, object]]) -> list[object]:
    return [result["partialFingerprints"] for result in results]


def test_a_fingerprint_stays_when_lines_move_and_no_two_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = in_file(tmp_path, DECK)
    after = in_file(tmp_path, DECK.replace("questions:\n", "\n# more to come\n\nquestions:\n"))
    assert len(before) == 4
    assert marks(before) == marks(after)
    assert len({str(mark) for mark in marks(before)}) == 4
    assert {result["ruleId"]: len(marks(before)) for result in before}.keys() == {"Q205", "D316"}
    changed = in_file(tmp_path, DECK.replace("Leo", "Pius"))  # another line
    assert marks(changed) == marks(before)
    assert marks(in_file(tmp_path, DECK.replace("pope", "abbot")))[:2] == marks(before)[:2]
    assert marks(in_file(tmp_path, DECK.replace("pope", "abbot")))[2:] != marks(before)[2:]


@settings(max_examples=40, deadline=None)
@given(lines=st.lists(LINES, min_size=1, max_size=4), data=st.data())
def test_a_region_of_sarif_is_within_its_line(lines: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes("\n".join(lines).encode())
    number = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, len(lines[number - 1]) + 1))
    problem = Problem(path=str(path), line=number, column=column, code="D004", message="x", width=data.draw(st.integers(1, 99)))
    (result,) = sarif([problem])["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (number, column)
    assert column <= region["endColumn"] <= len(lines[number - 1]) + 1


def test_sarif_has_what_code_scanning_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my decks").mkdir()
    path = tmp_path / "my decks" / "ä#1.yaml"
    path.write_text(DECK, "utf-8")
    log = sarif(check(path))
    assert log["version"] == "2.1.0"
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["name"] == "quizzer"
    for rule in driver["rules"]:
        assert rule["id"] in CODES
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note", "none")
    for result in log["runs"][0]["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].endswith(".")
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote(uri) == "my decks/ä#1.yaml"
        assert uri.isascii()
        assert not re.search(r"[\s#\\]", uri)


@pytest.mark.parametrize("output", ["json", "sarif"])
def test_a_file_name_that_is_no_text_is_printed_all_the_same(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem(path="b\udcffd.yaml", line=1, column=1, code="D001", message="x")
    print_problems([problem], output)
    assert "d.yaml" in capsys.readouterr().out
