"""Print how often each rule on writing is right, on two hundred labelled questions. Every question has one flaw, or none.

The rules were written beside these questions, so the figures tell what the rules are meant to do, not how they do elsewhere.

Run: ``python tests/benchmarks/bench_lint.py [DECK.yaml]``
"""

import re
import sys
from collections import Counter
from pathlib import Path

from quizzer import deckfile
from quizzer.deckfile.choice import Choice

LABELLED = Path(__file__).parent.parent / "data" / "lint" / "labelled.yaml"
_FLAW = re.compile(r"q(\d{3})-")


def tally(path: Path = LABELLED) -> dict[str, tuple[int, int, int]]:
    """Return for each rule that is on or off how many flaws it found, how many unfounded complaints it made, how many flaws it missed.

    What is told of the deck as a whole is not counted: no question has it.
    """
    starts = deckfile.lines(path)
    names = {line: name for name, line in starts.items()}
    found: dict[str, set[str]] = {name: set() for name in starts}
    for problem in deckfile.check(path, asked=Choice(("Q",))):
        if problem.line in names:
            found[names[problem.line]].add(problem.code)
    right, unfounded, missed = Counter[str](), Counter[str](), Counter[str]()
    for name, codes in found.items():
        flaw = f"Q{label[1]}" if (label := _FLAW.match(name)) else ""
        for code in codes:
            (right if code == flaw else unfounded)[code] += 1
        missed[flaw] += bool(flaw) and flaw not in codes
    return {code: (right[code], unfounded[code], missed[code]) for code in sorted({*right, *unfounded, *missed} - {""})}


def main() -> None:
    """Print precision and recall a rule, and of all together."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else LABELLED
    rows = tally(path)
    print(f"{'rule':6}{'':5}{'right':>6}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}")
    for code, (right, wrong, missed) in rows.items():
        _print(code, "on" if deckfile.CODES[code].on else "off", right, wrong, missed)
    on = [row for code, row in rows.items() if deckfile.CODES[code].on]
    _print("all", "on", *(sum(column) for column in zip(*on, strict=True)))


def _print(code: str, state: str, right: int, wrong: int, missed: int) -> None:
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "–"
    recall = f"{right / (right + missed):.2f}" if right + missed else "–"
    print(f"{code:6}{state:5}{right:6}{wrong:7}{missed:8}{precision:>11}{recall:>8}")


if __name__ == "__main__":
    main()
