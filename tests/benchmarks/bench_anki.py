"""quizzer beside Anki's own backend on the same 100,000 cards and 1,000,000 reviews, in one process, turn and turn about.

Run: ``python tests/benchmarks/bench_anki.py [--cards 100000] [--reviews 1000000] [--folder DIR]``; with ``--folder`` both files are
made there once and used again on the same day. It needs ``pip install anki``. Only the ratios (quizzer / Anki, of medians) mean
anything.

Both write an answer to a write-ahead log with synchronous=FULL and wait until it is on the disk, once an answer (counted with
strace). Neither compares a typed answer. Anki's deck is in its database, quizzer's questions in deck files: the first opening reads
all of those. quizzer has no search over a learner's cards, so none is timed.
"""

import argparse
import contextlib
import random
import shutil
import statistics
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
    return Shelf(decks=folder / "decks", progress=folder / "progress.db", learner="me", settings=SETTINGS, clock=now, dice=dice)


def collection(folder: Path, deck: str) -> Any:
    from anki.collection import Collection

    opened = Collection(str(folder / "collection.anki2"))
    opened.decks.select(opened.decks.id_for_name(deck))
    return opened


def openings(timed: Timed, folder: Path, *, times: int) -> None:
    """Open both over all decks, up to the first card with what each rating would grant; then again where the decks are read already."""
    for _ in range(times):
        kept: Shelf | None = None
        for what in ("open, first card", "open, first card, deck files read before"):
            opened = kept or shelf(folder)
            with timed.by("quizzer", what):
                session = opened.session()
                assert session.prompt
                session.check(None)
            opened.close()  # of the progress file: the decks it read it keeps
            kept = opened
            with timed.by("Anki", what):
                other = collection(folder, PARENT)
                assert other.sched.get_queued_cards().cards
            other.close()


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
        fresh.close()


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
    parser.add_argument("--openings", type=int, default=3, help="How often each is opened; quizzer reads all deck files each time.")
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
        opened, col = shelf(folder), collection(folder, PARENT)
        session = opened.session()
        _same(session, col)
        answers(timed, session, col, times=given.answers)
        figures(timed, folder, opened, session, col, times=7)
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
