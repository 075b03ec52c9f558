"""How often the rules on writing are right: on the questions that they were written beside, and on those held out."""

import importlib.util
import re
from pathlib import Path

import pytest

from quizzer.deckfile import CODES, load

ROOT = Path(__file__).parent.parent
BENCH = ROOT / "benchmarks" / "bench_lint.py"
Tally = dict[str, tuple[int, int, int]]


def tallies() -> list[Tally]:
    """Of the labelled questions, of those held out, and of both together."""
    spec = importlib.util.spec_from_file_location("bench_lint", BENCH)
    assert spec and spec.loader
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    found: list[Tally] = [bench.tally(bench.LABELLED), bench.tally(bench.HELD_OUT)]
    return [*found, bench.together(*found)]


@pytest.mark.parametrize(("name", "count"), [("labelled", 200), ("heldout", 140)])
def test_half_of_the_labelled_questions_are_flawed_and_twenty_only_look_so(name: str, count: int) -> None:
    ids = [question.id for question in load(ROOT / "data" / "lint" / f"{name}.yaml").questions]
    assert len(ids) == count
    assert sum(bool(re.match(r"q\d{3}-", name)) for name in ids) == count / 2
    assert sum(name.startswith("trap-") for name in ids) == 20


def test_a_rule_that_is_on_is_right_in_four_of_five_complaints_and_none_is_blind() -> None:
    labelled, held_out, together = tallies()
    assert len(labelled) >= 20
    of_questions = {code for code in CODES if code.startswith("Q")} - {"Q105", "Q106", "Q210"}  # these are of the deck as a whole
    assert set(held_out) == of_questions
    assert all(sum(held_out[code][::2]) >= 2 for code in of_questions), "each has its flaw twice"
    for code, (right, unfounded, missed) in together.items():
        if CODES[code].on:
            assert right >= 0.8 * (right + unfounded), (code, right, unfounded)
        assert right >= 0.5 * (right + missed), (code, right, missed)
