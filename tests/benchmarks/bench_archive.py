"""Memory and time by the size of the archive: ``python tests/benchmarks/bench_archive.py [SIZE...] [--jobs N] [--facts] [--json]``.

Writes folders of short articles made under a seed (invented people and events in sentences of this file), runs ``quizzer generate``
(``--facts``: ``quizzer facts --json``) over each, and prints seconds, the peak of resident memory of the process and all its
workers together, and how both grew. Sizes: 100, 1,000 and 10,000 articles unless named. Needs ``psutil``, which
comes with the development extra.
"""

import argparse
import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

FIRST, BEGIN, MIDDLE, END, TOWNS = (
    parts.split()
    for parts in (
        "Ann Boris Carla David Elena Frank Grace Henry Irene James Karen Louis Maria Nathan Olivia Peter Ruth Samuel Teresa Victor",
        "Al Bar Cor Dan El Fen Gar Hol In Jar Kel Lor Mar Nor Or Pel Quin Ros Sel Tor Ul Ver Wil Yar Zan",
        "a e i o ar en il or",
        "bach by dale dorn field gard ham lett man mere nick rick sby son stad ton vale well wick worth",
        "Boston Denver Austin Chicago Portland Seattle Houston Atlanta Phoenix Dallas Nashville Baltimore Cleveland Omaha",
    )
)
BODIES = (
    "City Council", "Water Board", "Housing Agency", "School Board", "Transit Authority", "Port Authority", "Health Department",
    "Police Department", "Parks Commission", "Library Trust",
)  # fmt: skip
ROLES = ("mayor", "director", "president", "chairman", "treasurer", "architect")
OPENERS = (
    "The {body} of {town} closed the {place} bridge on {day}, {year}.",
    "The {body} opened a new {place} library in {town} on {day}, {year}.",
    "{person} founded the {place} museum in {town} in {past}.",
    "A fire destroyed the {place} warehouse in {town} on {day}, {year}.",
)
MIDDLES = (
    "The work cost ${money} million and took {months} months.",
    "More than {people} people signed a petition against the {place} plan in {month} {year}.",
    "“{quote},” said {person}, the {role} of the {body}.",
    "{surname} said that the {body} had hired {people} workers since {past}.",
    "In {month} {past}, the {body} bought {small} buses from a firm in {other}.",
    "“{quote},” {surname} told reporters in {town}.",
    "{other_person}, the {other_role} of the {place} museum, resigned in {month} {year}.",
)
QUOTES = (
    "The old {place} bridge will be open to every walker again before the winter",
    "Our engineers have found {small} cracks in the {place} tunnel this spring",
    "No family in {town} should have to wait {months} months for clean water",
    "We counted {people} visitors at the {place} museum in a single summer",
)


def invented(dice: random.Random) -> str:
    return dice.choice(BEGIN) + dice.choice(MIDDLE) + dice.choice(END)


def article(dice: random.Random) -> str:
    """Return a short article about things that never were."""
    day = dt.date(2000, 1, 1) + dt.timedelta(days=dice.randrange(9000))
    surname = invented(dice)
    words = {
        "body": dice.choice(BODIES), "town": dice.choice(TOWNS), "other": dice.choice(TOWNS), "place": invented(dice),
        "person": f"{dice.choice(FIRST)} {surname}", "surname": surname, "other_person": f"{dice.choice(FIRST)} {invented(dice)}",
        "role": dice.choice(ROLES), "other_role": dice.choice(ROLES), "day": f"{day:%B} {day.day}", "month": f"{day:%B}",
        "year": day.year, "past": day.year - dice.randrange(2, 30), "money": dice.randrange(2, 900), "months": dice.randrange(3, 40),
        "people": f"{dice.randrange(12, 990) * 100:,}", "small": dice.randrange(3, 60),
    }  # fmt: skip
    paragraphs = [dice.choice(OPENERS), *(" ".join(dice.sample(MIDDLES, 2)) for _ in range(3))]
    words["quote"] = dice.choice(QUOTES).format(**words)
    return "\n\n".join(paragraph.format(**words) for paragraph in paragraphs) + "\n"


class Run(NamedTuple):
    articles: int
    seconds: float
    megabytes: float
    given: int  # questions or facts


def resident(process: psutil.Process) -> int:
    try:
        return sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))
    except psutil.NoSuchProcess:  # it ended between being listed and being asked
        return 0


def measure(folder: Path, size: int, jobs: int, *, facts: bool) -> Run:
    output = folder / "deck.yaml"
    command = [sys.executable, "-m", "quizzer", *(["facts", "--json"] if facts else ["generate", "-o", str(output)])]
    with (folder / "out.txt").open("w", encoding="utf-8") as out, (folder / "told.txt").open("w+", encoding="utf-8") as told:
        began = time.perf_counter()
        process = subprocess.Popen([*command, str(folder / "articles"), "--jobs", str(jobs)], stdout=out, stderr=told)
        watched = psutil.Process(process.pid)
        peak = 0
        while process.poll() is None:
            peak = max(peak, resident(watched))
            time.sleep(0.1)
        seconds = time.perf_counter() - began
        if process.returncode:
            told.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {told.read()[-500:]}")
    lines = (folder / "out.txt" if facts else output).read_text("utf-8").splitlines()
    return Run(size, seconds, peak / 2**20, len(lines) if facts else sum(line.startswith("  - id: ") for line in lines) - size)


def runs(sizes: list[int], jobs: int, *, facts: bool) -> Iterator[Run]:
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "articles").mkdir()
            dice = random.Random(size)
            for number in range(size):
                (folder / "articles" / f"{number:06}.txt").write_text(article(dice), "utf-8")
            yield measure(folder, size, jobs, facts=facts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, metavar="SIZE")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--facts", action="store_true")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead")
    given = parser.parse_args()
    before: Run | None = None
    for run in runs(given.sizes or [100, 1000, 10_000], given.jobs, facts=given.facts):
        if given.json:
            print(json.dumps(run._asdict()), flush=True)
            continue
        grew = ""
        if before:
            times = (run.articles / before.articles, run.seconds / before.seconds, run.megabytes / before.megabytes)
            grew = "; articles × {:.0f}: time × {:.1f}, memory × {:.2f}".format(*times)
        what = "facts" if given.facts else "questions"
        print(
            f"{run.articles:>6,} articles: {run.seconds:7.1f} s ({1000 * run.seconds / run.articles:.0f} ms an article), "
            f"{run.megabytes:,.0f} MB at most, {run.given:,} {what}{grew}",
            flush=True,
        )
        before = run
    return 0


if __name__ == "__main__":
    sys.exit(main())
