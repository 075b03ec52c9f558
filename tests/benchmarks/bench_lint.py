"""Print how often each rule on writing is right, on labelled questions. Every question has one flaw, or none.

``labelled`` are two hundred that the rules were written beside: its figures tell what the rules are meant to do. ``heldout`` are a hundred
and forty that were written and labelled without a look at any rule, to see how the rules do elsewhere.

Run: ``python tests/benchmarks/bench_lint.py [DECK.yaml]...``
"""

import re
import sys
from bisect import bisect_right
from collections import Counter
from pathlib import Path

from quizzer import deckfile
from quizzer.deckfile.choice import Choice
from quizzer.deckfile.truth import Articles

DATA = Path(__file__).parent.parent / "data" / "lint"
LABELLED, HELD_OUT = DATA / "labelled.yaml", DATA / "heldout.yaml"
_FLAW = re.compile(r"q(\d{3})-")


def tally(path: Path = LABELLED) -> dict[str, tuple[int, int, int]]:
    """Return for each rule that is on or off how many flaws it found, how many unfounded complaints it made, how many flaws it missed.

    What is told of the deck as a whole is not counted: no question has it. An article called as the deck lies beside it, or none does.
    """
    found = _found(path)
    right, unfounded, missed = Counter[str](), Counter[str](), Counter[str]()
    for name, codes in found.items():
        flaw = f"Q{label[1]}" if (label := _FLAW.match(name)) else ""
        for code in codes:
            (right if code == flaw else unfounded)[code] += 1
        missed[flaw] += bool(flaw) and flaw not in codes
    return {code: (right[code], unfounded[code], missed[code]) for code in sorted({*right, *unfounded, *missed} - {""})}


def _found(path: Path) -> dict[str, set[str]]:
    """Return the codes told of each question, by its id."""
    article = path.with_suffix(".txt")
    articles = Articles({path.stem: article.read_text("utf-8")}) if article.exists() else None
    starts = deckfile.lines(path)
    found: dict[str, set[str]] = {name: set() for name in starts}
    names, begins = list(starts), list(starts.values())  # in the order of the file
    for problem in deckfile.check(path, asked=Choice(("Q",)), articles=articles):
        if at := bisect_right(begins, problem.line):
            found[names[at - 1]].add(problem.code)
    return found


def main() -> None:
    """Print precision and recall a rule, and of all together, for each deck, and for the two together."""
    paths = [Path(word) for word in sys.argv[1:]] or [LABELLED, HELD_OUT]
    tallies = [tally(path) for path in paths]
    for path, rows in zip(paths, tallies, strict=True):
        _print_all(path.stem, rows)
    if len(paths) > 1:
        _print_all("together", together(*tallies))


def together(*tallies: dict[str, tuple[int, int, int]]) -> dict[str, tuple[int, int, int]]:
    """Return the sums of tallies."""
    codes = sorted({code for rows in tallies for code in rows})
    columns = {code: zip(*(rows.get(code, (0, 0, 0)) for rows in tallies), strict=True) for code in codes}
    return {code: tuple(map(sum, column)) for code, column in columns.items()}  # type: ignore[misc]


def _print_all(name: str, rows: dict[str, tuple[int, int, int]]) -> None:
    print(f"{name:11}{'right':>6}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}")
    for code, (right, wrong, missed) in rows.items():
        _print(code, "on" if deckfile.CODES[code].on else "off", right, wrong, missed)
    on = [row for code, row in rows.items() if deckfile.CODES[code].on]
    _print("all", "on", *(sum(column) for column in zip(*on, strict=True)))
    print()


def _print(code: str, state: str, right: int, wrong: int, missed: int) -> None:
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "–"
    recall = f"{right / (right + missed):.2f}" if right + missed else "–"
    print(f"{code:6}{state:5}{right:6}{wrong:7}{missed:8}{precision:>11}{recall:>8}")


if __name__ == "__main__":
    main()
