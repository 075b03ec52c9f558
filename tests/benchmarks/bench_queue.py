"""The queue of a 100,000-card file beside that of a 1,000-card one: opening a session, and the next card.

Run it: ``python tests/benchmarks/bench_queue.py``. Both files are worked on turn and turn about in one process: only the
ratios mean anything; flat in size is 1.0. The small file is one deck of 1,000 cards; the large one has the same deck
and 99 more; the last line is one deck of 100,000 cards, of which 1 in 10 is due.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizzer.core.ids import Ids
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Act, Entry, Interval, MemoryState, Phase, Rating
from quizzer.settings import Settings, StudySettings
from quizzer.store import Progress
from quizzer.study import Session
from quizzer.study.agenda import Dealt

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = NOW.date().toordinal()
OPENS, ANSWERS = 30, 600


def deck(name: str, cards: int) -> Deck:
    questions = tuple(Plain(id=f"q{n}", question=f"Q{n}?", answer=f"an answer {n}", distractors=("b", "c")) for n in range(cards))
    return Deck(id=name, title=name, questions=questions)


def build(path: Path, decks: dict[str, int]) -> Progress:
    """Make a file in which four of five cards of each deck are known, and one of ten is due."""
    ids, acts = Ids(random.Random(1).getrandbits), []
    for name, cards in decks.items():
        for number in range(cards * 4 // 5):
            at = NOW - timedelta(days=10)
            due = DAY - number % 5 if number % 8 == 0 else DAY + 1 + number % 90
            state = MemoryState(
                phase=Phase.REVIEW, stability=10.0, difficulty=5.0, reps=2, due_day=due, last_day=DAY - 10, last_at=at, fingerprint="0"
            )
            entry = Entry(
                id=ids.new(at),
                act=Act.REVIEW,
                card=f"{name}/q{number}",
                at=at,
                day=DAY - 10,
                rating=Rating.GOOD,
                granted=Interval(days=10),
                phase=Phase.REVIEW,
                before=Phase.REVIEW,
            )
            acts.append((entry, state))
    progress = Progress.open(path, learner="me")
    progress.record_all(acts)
    progress.checkpoint()
    return progress


def opener(progress: Progress, dealt: Dealt) -> Callable[[], Session]:
    now = [NOW]

    def clock() -> datetime:
        now[0] += timedelta(seconds=1)
        return now[0]

    settings = Settings(zone="UTC", study=StudySettings(new_per_day=1000, reviews_per_day=1000))
    return lambda: Session(
        progress=progress, decks=[dealt], settings=settings, clock=clock, dice=random.Random(5).getrandbits, scope=dealt.deck.id
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small = build(Path(folder) / "small.db", {"deck0": 1000})
        large = build(Path(folder) / "large.db", {f"deck{n}": 1000 for n in range(100)})
        whole = build(Path(folder) / "whole.db", {"deck0": 100_000})
        one, huge = Dealt(deck("deck0", 1000)), Dealt(deck("deck0", 100_000))
        for dealt in (one, huge):
            began = time.perf_counter()
            cards = len(dealt.cards)
            print(f"dealing {cards:,} cards: {(time.perf_counter() - began) * 1000:.0f} ms (once a deck; not in what follows)")
        ways = {"1,000-card file": (small, one), "100,000-card file": (large, one), "100,000-card deck": (whole, huge)}
        opens: dict[str, list[float]] = {name: [] for name in ways}
        queries: dict[str, list[float]] = {name: [] for name in ways}
        answers: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(OPENS):
            for name, (progress, dealt) in ways.items():
                began = time.perf_counter()
                opener(progress, dealt)()
                opens[name].append(time.perf_counter() - began)
        sessions = {name: opener(progress, dealt)() for name, (progress, dealt) in ways.items()}
        for number in range(ANSWERS):
            for name, session in sessions.items():
                session.check(number % 3)
                card, queue = session.prompt.card.id, session._course.queue
                began = time.perf_counter()
                queue.after(card, NOW)
                queries[name].append(time.perf_counter() - began)
                began = time.perf_counter()
                session.answer(Rating.EASY if card[-1] in "02468" else Rating.AGAIN)
                answers[name].append(time.perf_counter() - began)
        for title, times in (("open a session", opens), ("look up the next card", queries), ("answer, next card shown", answers)):
            base = statistics.median(times["1,000-card file"])
            for name, taken in times.items():
                p50, p99 = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
                print(f"{title:24} {name:18} p50 {p50 * 1000:8.4f} ms (×{p50 / base:.2f})  p99 {p99 * 1000:8.4f} ms")
        for progress in (small, large, whole):
            progress.close()


if __name__ == "__main__":
    sys.exit(main())
