"""quizzer beside Anki's own backend on the same 100,000 cards and 1,000,000 reviews, in one process, turn and turn about.

Run: ``python tests/benchmarks/bench_anki.py [--cards 100000] [--reviews 1000000] [--folder DIR]``; with ``--folder`` both files are
made there once and used again on the same day. It needs ``pip install anki``. Only the ratios (quizzer / Anki, of medians) mean
anything.

Both write an answer to a write-ahead log with synchronous=FULL and wait until it is on the disk, once an answer (counted with
strace). Neither compares a typed answer. Anki's deck is in its database, quizzer's questions in deck files: the very first opening reads
all of those and keeps what they hold in its index, which every other opening, the search and each new process start from.
"""

import argparse
import contextlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from twin_files import PARENT, History, settle, write_anki, write_quizzer

from quizzer.core.model import Rating
from quizzer.settings import Settings, StudySettings
from quizzer.study import Session, Shelf

NEW_PER_DAY, REVIEWS_PER_DAY = 20, 9999
SETTINGS = Settings(zone="UTC", study=StudySettings(new_per_day=NEW_PER_DAY, reviews_per_day=REVIEWS_PER_DAY))
Times = dict[str, dict[str, list[float]]]


def now() -> datetime:
    return datetime.now(UTC)


class Timed:
    """Seconds by what was done and by whom."""

    def __init__(self) -> None:
        self.times: Times = {}

    @contextlib.contextmanager
    def by(self, who: str, what: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.times.setdefault(what, {}).setdefault(who, []).append(time.perf_counter() - began)

    def show(self) -> None:
        print(f"{'':46} {'quizzer':>26} {'Anki':>26}   ratio (p99)   times each")
        for what, sides in self.times.items():
            ours, theirs = (sorted(sides[who]) for who in ("quizzer", "Anki"))
            cells = [f"{statistics.median(taken) * 1000:10.3f} ms, p99 {_p99(taken) * 1000:8.2f}" for taken in (ours, theirs)]
            ratio, tail = statistics.median(ours) / statistics.median(theirs), _p99(ours) / _p99(theirs)
            print(f"{what:46} {cells[0]:>26} {cells[1]:>26}   {ratio:5.2f} ({tail:5.2f})   {len(ours)}, {len(theirs)}")


def _p99(taken: list[float]) -> float:
    return taken[min(len(taken) - 1, int(len(taken) * 0.99))]


def shelf(folder: Path) -> Shelf:
    dice = random.Random(5).getrandbits
    return Shelf(
        decks=folder / "decks",
        progress=folder / "progress.db",
        learner="me",
        settings=SETTINGS,
        clock=now,
        dice=dice,
        index=folder / "index.db",
    )


def collection(folder: Path, deck: str) -> Any:
    from anki.collection import Collection

    opened = Collection(str(folder / "collection.anki2"))
    opened.decks.select(opened.decks.id_for_name(deck))
    return opened


def openings(timed: Timed, folder: Path, *, times: int) -> None:
    """Open both over all decks, up to the first card with what each rating would grant: at first without an index."""
    for number in range(times):
        opened = shelf(folder)
        who = "open, first card" if number else "open, first card, all deck files read"
        with timed.by("quizzer", who):
            session = opened.session()
            assert session.prompt
            session.check(None)
        opened.close()
        with timed.by("Anki", who):
            other = collection(folder, PARENT)
            assert other.sched.get_queued_cards().cards
        other.close()


QUIZZER = """
import random, sys
from datetime import UTC, datetime
from pathlib import Path
from quizzer.settings import Settings, StudySettings
from quizzer.study import Shelf
folder = Path(sys.argv[1])
opened = Shelf(
    decks=folder / "decks", progress=folder / "progress.db", learner="me", clock=lambda: datetime.now(UTC), dice=random.getrandbits,
    settings=Settings(zone="UTC", study=StudySettings(new_per_day=20, reviews_per_day=9999)), index=folder / "index.db",
)
assert opened.session(*sys.argv[2:]).prompt
"""
ANKI = """
import sys
from anki.collection import Collection
opened = Collection(sys.argv[1] + "/collection.anki2")
opened.decks.select(opened.decks.id_for_name(sys.argv[2]))
assert opened.sched.get_queued_cards().cards
"""


def starts(timed: Timed, folder: Path, *, times: int) -> None:
    """Start a process that goes as far as the first due card: over all decks, and in one of them."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")  # an installed program is compiled once
    for number in range(times + 1):
        for what, ours, theirs in (("all decks", (), PARENT), ("one deck", ("deck7",), f"{PARENT}::deck7")):
            for who, code, arguments in (("quizzer", QUIZZER, ours), ("Anki", ANKI, (theirs,))):
                command = [sys.executable, "-c", code, str(folder), *arguments]
                with timed.by(who, f"process start, first card, {what}") if number else contextlib.nullcontext():
                    subprocess.run(command, env=environment, check=True)


WORDS = (
    ("a word", "{a}", "{a}"),
    ("the beginning of a word", "{a3}", "{a3}*"),
    ("a phrase", '"{a} {b}"', '"{a} {b}"'),
    ("an accented word", "{accented}", "nc:{accented}"),
    ("a word and what is due", "{a} is:due", "{a} is:due"),
    ("nothing that is there", "qqxyzzy", "qqxyzzy"),
)


def searches(timed: Timed, opened: Shelf, col: Any, *, times: int) -> None:
    """Search all cards and show the first fifty, as quizzer's search screen and Anki's browser do."""
    from anki.collection import BrowserColumns  # noqa: F401 - loads what browser rows are made of

    col._backend.set_active_browser_columns(vals=["noteFld", "deck", "cardDue"])
    catalogue = opened.catalogue()
    dice = random.Random(9)
    stems = [card.stem.split() for dealt in opened._dealt()[:3] for card in list(dealt.cards.values())[:200]]
    for _ in range(times):
        words = dice.choice(stems)
        parts = {
            "a": words[2],
            "b": words[3],
            "a3": words[2][:3],
            "accented": words[2][0] + words[2][1:].replace("a", "\u00e1").replace("o", "\u00f6"),
        }
        for what, ours, theirs in WORDS:
            with timed.by("quizzer", f"search, {what}"):
                rows = catalogue.search(ours.format(**parts), limit=50)
            with timed.by("Anki", f"search, {what}"):
                found = col.find_cards(theirs.format(**parts))
                shown = [col.browser_row_for_id(one) for one in found[:50]]
            assert len(rows) <= 50
            assert len(shown) <= 50


def answers(timed: Timed, session: Session, col: Any, *, times: int) -> None:
    """Answer, undo now and then, and look at the next card by itself."""
    for number in range(times):
        for turn in (True, False) if number % 2 else (False, True):
            (_quizzer_answers if turn else _anki_answers)(timed, session, col, undo=number % 10 == 9)
        time.sleep(0.002)


def _quizzer_answers(timed: Timed, session: Session, col: Any, *, undo: bool) -> None:
    prompt = session.prompt
    assert prompt
    with timed.by("quizzer", "next card with its four intervals"):
        course, at = session._course, now()
        card = course.card(course.queue.next(at) or "")
        assert card
        show = course.show(card, at, wishes=())
        course.prompt(show, done=0)
        course.outcomes(show, at=at, day=course.today.day)
    with timed.by("quizzer", "answer, durable, next card on show"):
        session.check(None)
        session.answer(Rating.GOOD)
        session.check(None)
    if undo:
        with timed.by("quizzer", "undo, its card on show again"):
            session.undo()
            session.check(None)
        session.answer(Rating.GOOD)
    session.rest()


def _anki_answers(timed: Timed, session: Session, col: Any, *, undo: bool) -> None:
    from anki.scheduler.v3 import CardAnswer

    sched = col.sched

    def answer() -> None:
        queued = sched.get_queued_cards().cards[0]
        card = col.get_card(queued.card.id)
        card.start_timer()
        sched.answer_card(sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD))

    with timed.by("Anki", "next card with its four intervals"):
        assert sched.get_queued_cards().cards
    with timed.by("Anki", "answer, durable, next card on show"):
        answer()
        assert sched.get_queued_cards().cards
    if undo:
        with timed.by("Anki", "undo, its card on show again"):
            col.undo()
            assert sched.get_queued_cards().cards
        answer()


def figures(timed: Timed, folder: Path, opened: Shelf, session: Session, col: Any, *, times: int) -> None:
    """Ask for all statistics of all time: of a progress file just opened, and again after an answer."""
    opened.stats()
    for _ in range(times):
        fresh = shelf(folder)
        fresh._library = opened._library  # the decks it has read
        for what, asked in (("statistics of everything, first asked for", fresh), ("statistics again, after an answer", opened)):
            with timed.by("quizzer", what):
                told = asked.stats()
            with timed.by("Anki", what):
                graphs = col._backend.graphs(search="", days=0)
            assert told.overall.reviews > 0
            assert graphs.card_counts
            _quizzer_answers(Timed(), session, col, undo=False)
            _anki_answers(Timed(), session, col, undo=False)
        fresh._progress.close()  # and not the library, which is the other's


def prepare(folder: Path, *, cards: int, reviews: int) -> None:
    """Make both files, unless they are there."""
    if (folder / "made").exists():
        return
    today = now().date().toordinal()
    began = time.perf_counter()
    history = History(cards=cards, reviews=reviews, today=today)
    said = write_anki(folder / "collection.anki2", history, today=today, new_per_day=NEW_PER_DAY, reviews_per_day=REVIEWS_PER_DAY)
    print(f"Anki's check of its database: {said.strip()}")
    write_quizzer(folder, history)
    (folder / "made").touch()
    settle(folder)
    sizes = [f"{(folder / name).stat().st_size / 1e6:.0f} MB" for name in ("progress.db", "collection.anki2")]
    print(f"made in {time.perf_counter() - began:.0f} s; progress.db {sizes[0]}, collection.anki2 {sizes[1]}")


def main() -> int | str:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--openings", type=int, default=9, help="How often each is opened; the first time quizzer reads all deck files.")
    parser.add_argument("--answers", type=int, default=400)
    given = parser.parse_args()
    try:
        import anki.collection  # noqa: F401
    except ImportError:
        return "bench_anki: Anki's backend is missing. Install it with `pip install anki`."
    timed = Timed()
    with tempfile.TemporaryDirectory() as temporary:
        source = given.folder or Path(temporary, "source")
        source.mkdir(parents=True, exist_ok=True)
        prepare(source, cards=given.cards, reviews=given.reviews)
        folder = Path(shutil.copytree(source, Path(temporary, "work")))
        settle(folder)
        openings(timed, folder, times=given.openings)
        starts(timed, folder, times=given.openings)
        opened, col = shelf(folder), collection(folder, PARENT)
        session = opened.session()
        _same(session, col)
        answers(timed, session, col, times=given.answers)
        figures(timed, folder, opened, session, col, times=7)
        searches(timed, opened, col, times=40)
        opened.close()
        col.close()
    print(f"{given.cards:,} cards, {given.reviews:,} reviews; medians")
    timed.show()
    return 0


def _same(session: Session, col: Any) -> None:
    """Print how many reviews each finds due, which is to be the same."""
    queued = col.sched.get_queued_cards()
    prompt = session.prompt
    assert prompt
    print(f"due now: quizzer {prompt.due:,} and {prompt.new:,} new; Anki {queued.review_count:,} and {queued.new_count:,} new")


if __name__ == "__main__":
    sys.exit(main())
