"""Load a deck of 10,000 questions, beside PyYAML's C loader and composer on the same file. Ratios only mean anything within one run.

Run: ``python tests/benchmarks/bench_deckfile.py [QUESTIONS]``
"""

import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from quizzer import deckfile
from quizzer.deckfile.nodes import compose

WORDS = [
    "the",
    "inspector",
    "general",
    "report",
    "pages",
    "policy",
    "pilot",
    "agency",
    "border",
    "county",
    "minister",
    "in",
    "of",
    "and",
    "was",
    "Texas",
    "river",
    "treaty",
]
GOAL = 0.6
GOAL_OF_CHECK = 2.0  # times PyYAML's composer in C, which takes a quarter of a second for 2,000 questions: half a second for a check
GOAL_OF_FMT = 6.0  # times the composer: 1.5 s for 2,000 questions that all change
OF_THE_GOAL = 2_000  # questions
GOAL_OF_COMMAND = 2.5  # times the composer as a process, the start of both counted
ROUNDS = 5


def deck_text(questions: int) -> str:
    """Return a deck of that many plain questions with distractors, evidence and an explanation; the same every time."""
    dice = random.Random(1)

    def words(count: int) -> str:
        return " ".join(dice.choices(WORDS, k=count))

    lines = ["format: 1", "id: bench", "title: Bench", "sources:", "  - {id: wire, publisher: Wire, date: 2021-01-14}", "questions:"]
    for number in range(questions):
        answer = f"{words(2)} {number}"
        lines += [
            f"  - id: question-{number}",
            f"    question: {words(12)}?",
            f"    answer: {answer}",
            "    type: place",
            f"    distractors: [a {words(2)}, b {words(2)}, c {words(2)}]",
            f'    evidence: {{source: wire, quote: "{words(7)} {answer}", start: {number}}}',
            f"    explanation: {words(15)}.",
            "    tags: [where, pilot]",
        ]
    return "\n".join(lines) + "\n"


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes."""
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Print the medians of interleaved runs, and the ratios."""
    questions = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    text = deck_text(questions)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.yaml"
        path.write_text(text, encoding="utf-8")
        works: dict[str, Callable[[], object]] = {
            "PyYAML C loader": lambda: yaml.load(text, yaml.CSafeLoader),
            "PyYAML C composer": lambda: yaml.compose(text, yaml.CSafeLoader),
            "load": lambda: deckfile.load(path),
            "check": lambda: deckfile.check(path),
            "fmt (all changes)": lambda: deckfile.fmt(path, write=False),
            "nodes with positions alone": lambda: compose(text, lambda *_: None),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name, work in works.items():
                times[name].append(seconds(work))
        medians = {name: sorted(values)[ROUNDS // 2] for name, values in times.items()}
        deck = deckfile.load(path)  # only now: a live deck would slow the peer's garbage collector
        save = seconds(lambda: deckfile.save(deck, path))
    peer = medians["PyYAML C loader"]
    print(f"{questions} questions, {len(text) / 1e6:.1f} MB; libyaml {yaml.__with_libyaml__}")
    for name, median in medians.items():
        print(f"{name:28} {median:7.3f} s   {median / peer:5.2f} x")
    print(f"{'save (checked)':28} {save:7.3f} s   {save / peer:5.2f} x")
    print(f"goal for load: {GOAL} x — {'met' if medians['load'] <= GOAL * peer else 'MISSED'}")
    ratio = medians["check"] / medians["PyYAML C composer"]
    print(f"check: {ratio:.2f} x the composer; goal {GOAL_OF_CHECK} x — {'met' if ratio <= GOAL_OF_CHECK else 'MISSED'}")
    ratio = medians["fmt (all changes)"] / medians["PyYAML C composer"]
    print(f"fmt: {ratio:.2f} x the composer; goal {GOAL_OF_FMT} x — {'met' if ratio <= GOAL_OF_FMT else 'MISSED'}")
    print_command()


def print_command() -> None:
    """Print what `quizzer check` takes as a process, start and all, on 2,000 questions; beside it the composer as a process."""
    composer = "import sys, yaml; yaml.compose(open(sys.argv[1]), yaml.CSafeLoader)"
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.yaml")
        Path(path).write_text(deck_text(OF_THE_GOAL), encoding="utf-8")
        commands = {"check": ["-m", "quizzer", "check", path], "composer": ["-c", composer, path]}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for words in commands.values():
            _process(words)  # which compiles what is new
        for _ in range(ROUNDS):
            for name, words in commands.items():
                times[name].append(_process(words))
    for name, both in times.items():
        wall, processor = (sorted(column)[ROUNDS // 2] for column in zip(*both, strict=True))
        print(f"{f'{name}, a process':28} {wall:7.3f} s   {processor:.3f} s of a processor")
    ratio = min(processor for _, processor in times["check"]) / min(processor for _, processor in times["composer"])
    print(f"the command: {ratio:.2f} x the composer's; goal {GOAL_OF_COMMAND} x — {'met' if ratio <= GOAL_OF_COMMAND else 'MISSED'}")


def _process(words: list[str]) -> tuple[float, float]:
    """Return how many seconds a Python with these arguments takes: on the clock, and of a processor."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as where it is installed
    before, begin = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *words], env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - begin, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
