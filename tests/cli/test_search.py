"""``quizzer search`` prints cards and how they stand."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizzer.cli import cli

DECK = """\
id: rivers
title: Rivers
questions:
  - {id: rhine, question: Which river flows through Köln?, answer: the Rhine}
  - {id: elbe, question: Which river flows through Dresden?, answer: the Elbe}
"""


@pytest.fixture
def run(tmp_path: Path) -> object:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "rivers.yaml").write_text(DECK, "utf-8")
    return lambda *words: CliRunner().invoke(cli, ["--workspace", str(tmp_path), "search", *words], catch_exceptions=False)


def test_prints_deck_question_state_and_stem(run) -> None:
    done = run("koln")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].split() == ["rivers", "rhine", "new", "Which", "river", "flows", "through", "Köln?"]


def test_prints_json_and_as_many_as_asked_for(run) -> None:
    found = json.loads(run("river", "--json", "--limit", "1").stdout)
    assert [(row["card"], row["state"], row["due_day"]) for row in found] == [("rivers/rhine", "new", None)]


def test_a_phrase_for_the_shell_is_quoted_twice(run) -> None:
    assert "elbe" in run('"through dresden"').stdout
    assert "elbe" not in run('"dresden through"').stdout


@pytest.mark.parametrize("words", [("xyzzy",), ("-1",), ('"',), ("is:due",)])
def test_finding_nothing_says_so(run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "no card is found\n")


def test_a_filter_that_is_none_is_told(run) -> None:
    done = run("river", "is:foo", "is:new")
    assert done.stderr.splitlines() == [
        "quizzer: is:foo is no filter, and was looked for as a word. "
        "There are is:due, is:new, is:learning, is:suspended, is:flagged, is:leech, is:buried.",
        "no card is found",
    ]
    assert "is no filter" not in run("river", "is:new").stderr


def test_decks_that_cannot_be_searched_are_named(run, tmp_path: Path) -> None:
    (tmp_path / "decks" / "broken.yaml").write_text("title: [", "utf-8")
    done = run("koln")
    assert done.exit_code == 0
    assert "rhine" in done.stdout
    assert "broken.yaml:1:" in done.stderr
    assert len(done.stderr.splitlines()) == 1
