"""What a key press costs in the editor, beside a check of the whole deck on the same file. Ratios only mean anything within one run.

Run: ``python tests/benchmarks/bench_editing.py [QUESTIONS]``
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench_deckfile import deck_text, seconds

from quizzer import deckfile
from quizzer.authoring import Manuscript

GOAL = 0.1  # of a check of 200 questions: what is told at each key, with the change itself and its line on the disk
ROUNDS = 15


def main() -> None:
    """Print the medians of interleaved runs, and the ratios."""
    questions = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QUIZZER_STATE"] = str(Path(folder) / "state")
        path = Path(folder) / "bench.yaml"
        path.write_text(deck_text(questions), encoding="utf-8")
        manuscript = Manuscript.open(path)
        name = manuscript.deck.questions[questions // 2].id
        manuscript.form(name)
        typed = iter(range(1_000_000))

        def key() -> None:
            manuscript.fill(name, {"question": f"In which town was the treaty of number {next(typed)} signed?"})

        def key_and_question() -> None:
            key()
            manuscript.problems_of(name)

        def key_and_deck() -> None:
            key()
            assert manuscript.problems is not None

        works: dict[str, Callable[[], object]] = {
            "check of the file": lambda: deckfile.check(path),
            "a key": key,
            "a key, and what is wrong with the question": key_and_question,
            "a key, and what is wrong with the deck": key_and_deck,
            "the diff": manuscript.diff,
            "an undo": manuscript.undo,
        }
        runs = {what: [] for what in works}  # type: dict[str, list[float]]
        for _ in range(ROUNDS):
            for what, work in works.items():
                runs[what].append(seconds(work))
        medians = {what: statistics.median(times) for what, times in runs.items()}
        manuscript.discard()
    whole = medians["check of the file"]
    for what, median in medians.items():
        print(f"{what:45} {median * 1000:8.2f} ms   {median / whole:6.3f} of a check")
    ratio = medians["a key, and what is wrong with the question"] / whole
    print(f"goal: {GOAL} of a check at each key: {'met' if ratio <= GOAL else 'missed'} ({ratio:.3f})")


if __name__ == "__main__":
    main()
