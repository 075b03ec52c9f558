"""Who agrees with the table of record: quizzer's grader, Anki's type-in comparison, one threshold of similarity; and at what cost.

Run: ``python tests/benchmarks/bench_grading.py``. Anki's comparison is its own code where ``pip install anki`` has put it; elsewhere it is
the rule of that code, written out here: the typed text is right when it is, character for character after NFC, the one answer of the
field; told to ignore accents, combining marks are dropped on both sides. It knows one answer, no verdict but right and wrong, so near
counts for it as not right.

The threshold is chosen on the very table it is held against and may take any of the accepted wordings: once the one with the most
verdicts agreed, once the one that does equally well by what is right and what is not (balanced). That quizzer agrees with every row of
the first table is what that table is for: a row it got wrong was mended in the grader, or the row was. The other two had their verdicts
set down from the grader's description alone; what they say that the grader does not is left as it is.
"""

import argparse
import json
import statistics
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from tabulate import tabulate

from quizzer.core.grading import KnownAnswers, Trial, grade, try_out
from quizzer.core.model import Answer, Part

DATA = Path(__file__).parent.parent / "data"
TABLES = ("grading.jsonl", "grading_held_out.jsonl", "grading_unseen.jsonl")
RIGHT, NEAR, WRONG = "right", "near", "wrong"
Row = dict[str, Any]


def key_of(row: Row) -> str:
    """The key as a card would show it."""
    return row["key"] if isinstance(row["key"], str) else ", ".join(row["key"])


def wordings(row: Row) -> list[str]:
    return [key_of(row), *row.get("accept", ())]


def ours(row: Row) -> str:
    key = row["key"]
    trial = Trial(
        key=key if isinstance(key, str) else tuple(key),
        type=row.get("type"),
        accept=tuple(row.get("accept", ())),
        others=tuple(row.get("others", ())),
        language=row.get("language", ""),
    )
    return try_out(row["response"], trial).verdict.value


def anki_text(text: str, *, marks: bool) -> str:
    """A text as Anki compares it."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if marks:
        return line
    return unicodedata.normalize("NFC", "".join(char for char in unicodedata.normalize("NFD", line) if not unicodedata.combining(char)))


def anki_rule(expected: str, typed: str, marks: bool) -> bool:
    """Whether Anki's rule, as written here, takes ``typed`` for ``expected``."""
    return anki_text(typed, marks=marks) == anki_text(expected, marks=marks)


def anki_itself(folder: str) -> Callable[[str, str, bool], bool] | None:
    """Anki's own comparison, or None where Anki is not installed."""
    try:
        from anki.collection import Collection
    except ImportError:
        return None
    collection = Collection(str(Path(folder) / "collection.anki2"))

    def takes(expected: str, typed: str, marks: bool) -> bool:
        shown = collection.compare_answer(expected, typed, marks)
        return "typeGood" in shown and not any(sign in shown for sign in ("typeBad", "typeMissed", "typearrow"))

    return takes


def anki(row: Row, takes: Callable[[str, str, bool], bool], *, marks: bool) -> str:
    return RIGHT if takes(key_of(row), row["response"], marks) else WRONG


def likeness(row: Row) -> float:
    """The best ratio of the response with a wording of the key, 0 to 100, in lower case."""
    return max(fuzz.ratio(row["response"].casefold(), text.casefold()) for text in wordings(row))


def best_threshold(rows: list[Row], likenesses: list[float], *, balanced: bool) -> int:
    """The threshold that agrees best with the table; ``balanced`` counts a share of the right ones as much as one of the others."""
    rights = [like for row, like in zip(rows, likenesses, strict=True) if row["verdict"] == RIGHT]
    others = [like for row, like in zip(rows, likenesses, strict=True) if row["verdict"] != RIGHT]

    def agreed(bound: int) -> float:
        taken, refused = sum(like >= bound for like in rights), sum(like < bound for like in others)
        return taken / len(rights) + refused / len(others) if balanced else taken + refused

    return max(range(102), key=agreed)


def by_threshold(like: float, bound: int) -> str:
    return RIGHT if like >= bound else WRONG


def line(name: str, rows: list[Row], verdicts: Iterable[str]) -> list[str]:
    """The shares of the table that a grader agrees with, takes for right though it is not, and takes for wrong though it is right."""
    pairs = [(row["verdict"], verdict) for row, verdict in zip(rows, verdicts, strict=True)]
    counts = (
        sum(told == found for told, found in pairs),
        sum((told == RIGHT) == (found == RIGHT) for told, found in pairs),
        sum(told == WRONG and found == RIGHT for told, found in pairs),
        sum(told == NEAR and found == RIGHT for told, found in pairs),
        sum(told == RIGHT and found == WRONG for told, found in pairs),
    )
    return [name, *(f"{count / len(pairs):.1%}" for count in counts)]


def seconds(call: Callable[[], object], times: int = 5) -> float:
    """The median time of the processor, so that what else the machine does is not counted."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        call()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def compare(rows: list[Row], name: str, takes: Callable[[str, str, bool], bool]) -> None:
    """Print who agrees with one table."""
    likenesses = [likeness(row) for row in rows]
    most, balanced = (best_threshold(rows, likenesses, balanced=fair) for fair in (False, True))
    print(f"{len(rows)} rows of {name}")
    print(
        tabulate(
            [
                line("quizzer", rows, map(ours, rows)),
                line("Anki, type in the answer", rows, (anki(row, takes, marks=True) for row in rows)),
                line("Anki, accents ignored", rows, (anki(row, takes, marks=False) for row in rows)),
                line(f"similarity of {most} or more", rows, (by_threshold(like, most) for like in likenesses)),
                line(f"similarity of {balanced} or more (balanced)", rows, (by_threshold(like, balanced) for like in likenesses)),
            ],
            headers=["", "verdict agreed", "right or not agreed", "wrong taken as right", "near taken as right", "right taken as wrong"],
            tablefmt="plain",
            disable_numparse=True,
            colalign=["left", *["right"] * 5],
        )
    )
    print()


def main() -> None:
    """Print the tables of agreement and the cost of a call."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    tables = {name: [json.loads(text) for text in (DATA / name).read_text("utf-8").splitlines()] for name in TABLES}
    with tempfile.TemporaryDirectory() as folder:
        itself = anki_itself(folder)
        print(f"Anki's comparison: {'its own code' if itself else 'its rule as written here (pip install anki for its own code)'}")
        for name, table in tables.items():
            compare(table, name, itself or anki_rule)
    rows = tables[TABLES[0]]
    single = [(row["response"], Trial(key=row["key"], type=row.get("type")).answers()[0]) for row in rows if isinstance(row["key"], str)]
    pairs = [(response, answer.key) for response, answer in single]
    known = KnownAnswers(answer for _, answer in single)
    ratio = seconds(lambda: [fuzz.ratio(response, key) for response, key in pairs], times=50)
    fresh = iter(range(10**9))  # a number that makes each text one never seen, so that nothing is remembered of it

    def unseen() -> list[tuple[str, Answer]]:
        return [
            (f"{response} {next(fresh)}", Answer(tuple(Part(part.key, part.accept, part.type) for part in answer.parts)))
            for response, answer in single
        ]

    graded = seconds(lambda: [grade(response, answer, known=known) for response, answer in single])
    batches = [unseen() for _ in range(5)]
    first = seconds(lambda: [grade(response, answer, known=known) for response, answer in batches.pop()])
    for name, taken in (("rapidfuzz.fuzz.ratio", ratio), ("grade, texts seen before", graded), ("grade, responses never seen", first)):
        print(f"{name:28} {taken / len(single) * 1e6:8.2f} µs a call   ratio {taken / ratio:8.1f}")


if __name__ == "__main__":
    main()
