"""``quizzer fit`` and ``quizzer simulate`` at the command line."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizzer import settings
from quizzer.cli import cli
from quizzer.store import Progress

DECK = "title: Words\nid: d\nquestions:\n" + "".join(
    f"  - {{id: p{number}, question: Word {number}?, answer: w{number}}}\n" for number in range(310)
)
README = Path(__file__).parents[2] / "README.md"
FORGETFUL = (0.05, 0.2, 0.6, 2.0, 7.5, 0.6, 3.2, 0.02, 1.2, 0.25, 0.6, 1.5, 0.08, 0.3, 1.6, 0.5, 1.9, 0.6, 0.1, 0.1, 0.3)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks/d.yaml").write_text(DECK, "utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def long_log(tmp_path_factory: pytest.TempPathFactory, learner_log: Callable[..., list]) -> Path:
    """A progress file of a hundred days; made once, as that takes a while."""
    path = tmp_path_factory.mktemp("log") / "progress.db"
    with closing(Progress.open(path, learner="me")) as progress:
        progress.record_all(learner_log(seed=1, cards=300, days=100, memory=FORGETFUL, year=2021))
    return path


@pytest.fixture
def learnt(workspace: Path, long_log: Path) -> Path:
    shutil.copyfile(long_log, workspace / "progress.db")
    return workspace


def run(workspace: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--workspace", str(workspace), *words], catch_exceptions=False, standalone_mode=False)


def test_a_fit_is_told_in_plain_words_and_a_second_one_says_what_it_waits_for(learnt: Path) -> None:
    dry = run(learnt, "fit", "--dry-run").output
    assert "would be taken" in dry
    said = run(learnt, "fit").output
    assert said.split("\n")[:-3] == dry.split("\n")[:-3]
    assert said.replace("2021-", "2026-") in README.read_text("utf-8")  # the example there
    assert "right 76 % of the time, wanted 90 %" in said
    assert "in use (FSRS's own)" in said
    assert "taken: fitted weights foretell your reviews better, and are in use from now on. No due day moved." in said
    assert " shorter, " in said
    again = run(learnt, "fit").output
    assert "not fitted: a fair test needs 80 reviews that the weights in use have not seen" in again
    assert "no problems" in run(learnt, "doctor").output
    assert "in use again" in run(learnt, "fit", "--forget").output
    assert "already" in run(learnt, "fit", "--forget").output


def test_the_retention_wanted_is_that_of_the_decks(learnt: Path) -> None:
    settings.change(settings.config_path(), "retention", "0.8", deck="d")
    assert "wanted 80 %" in run(learnt, "fit", "--dry-run").output


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_too_few_reviews_are_said_to_be_too_few_and_no_file_is_made(workspace: Path, words: tuple[str, ...]) -> None:
    said = run(workspace, "fit", *words).output
    assert said == "not fitted: a fit needs 400 reviews that came a day or more after the one before; there are 0. Nothing was changed.\n"
    assert not (workspace / "progress.db").exists()


def test_a_fit_as_json_has_its_weights_and_figures(learnt: Path) -> None:
    told = json.loads(run(learnt, "fit", "--json").output)
    assert told["written"] is True
    assert told["fit"]["decision"] == "taken"
    assert len(told["fit"]["weights"]) == 21
    assert told["fit"]["loss_after"] < told["fit"]["loss_before"]


def test_the_workload_is_shown_by_week_beside_that_of_another_retention(learnt: Path) -> None:
    said = run(learnt, "simulate", "--retention", "0.8", "--days", "21").output
    lines = said.splitlines()
    assert "1 deck, 310 cards, 10 not met yet" in lines[0]
    header = lines.index(next(line for line in lines if line.startswith("a day, week from")))
    assert "reviews at 90 %" in lines[header]
    assert "reviews at 80 %" in lines[header]
    assert all(len(line.split()) == 7 for line in lines[header + 1 : header + 4])
    assert sum("█" in line for line in lines) == sum("▒" in line for line in lines) == 4
    assert max(map(len, lines)) <= 100
    alone = run(learnt, "simulate", "--days", "5").output
    assert "▒" not in alone
    assert alone.count("█ at 90 %") == 1
    assert run(learnt, "simulate", "--days", "5").output == alone


def test_decks_are_named_and_those_that_differ_are_said_to_be_as_set(learnt: Path) -> None:
    shutil.copyfile(learnt / "decks/d.yaml", learnt / "decks/e.yaml")
    text = (learnt / "decks/e.yaml").read_text("utf-8").replace("id: d\n", "id: e\nstudy: {retention: 0.95}\n")
    (learnt / "decks/e.yaml").write_text(text, "utf-8")
    both = run(learnt, "simulate", "--days", "7").output
    assert "2 decks, 620 cards" in both
    assert "reviews as set" in both
    assert "1 deck, 310 cards, 310 not met yet" in run(learnt, "simulate", "--days", "7", "--deck", "e").output
    told = json.loads(run(learnt, "simulate", "--days", "7", "--deck", "e", "--json").output)
    assert (told["decks"], told["asked"], len(told["now"]["days"]), told["other"]) == (["e"], 0.95, 7, None)


def test_a_deck_that_is_not_there_is_named(learnt: Path) -> None:
    from quizzer.core.errors import DeckError

    with pytest.raises(DeckError, match="no deck there has the id 'nowhere'"):
        run(learnt, "simulate", "--deck", "nowhere")


def test_nothing_to_come_is_no_division_by_nothing(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks/d.yaml").write_text(
        "title: T\nid: d\nstudy: {new_per_day: 0}\nquestions:\n  - {id: q, question: Q?, answer: A}\n", "utf-8"
    )
    said = run(tmp_path, "simulate", "--days", "8").output
    assert "0 reviews, 0.0 hours; of 0 cards met by then, 0 recalled" in said


@pytest.mark.parametrize(
    "words",
    [("simulate", "--retention", "0.5"), ("simulate", "--days", "0"), ("fit", "--forget", "--dry-run"), ("fit", "--forget", "--json")],
)
def test_what_makes_no_sense_is_refused(workspace: Path, words: tuple[str, ...]) -> None:
    assert CliRunner().invoke(cli, ["--workspace", str(workspace), *words]).exit_code == 2
    assert not (workspace / "progress.db").exists()


def test_a_test_within_the_days_is_told_with_the_score_to_expect_and_one_after_them_as_such(learnt: Path) -> None:
    today = settings.now().date()
    for days, sign in ((20, "expected "), (200, "after these days. Look further with --days.")):
        day = today + timedelta(days=days)
        settings.change(settings.config_path(), "test_date", str(day), deck="d")
        said = run(learnt, "simulate", "--retention", "0.8", "--days", "21").output.splitlines()[-1]
        assert said.startswith(f"d: test on {day.day} {day:%B %Y}, ")
        assert sign in said
        told = json.loads(run(learnt, "simulate", "--retention", "0.8", "--days", "21", "--json").output)
        tests = [told["now"]["tests"], told["other"]["tests"]]
        assert told["day"] in (str(today), str(today - timedelta(days=1)))  # a study day begins at 04:00
        assert told["beyond"] == ({} if days == 20 else {"d": str(day)})
        if days == 20:
            assert tests[0][0]["test"] == str(day)
            assert "every card met by then" in said
            assert f"{tests[0][0]['expected'] * 100:.0f} % at 90 % and {tests[1][0]['expected'] * 100:.0f} % at 80 %" in said
        else:
            assert tests == [[], []]
