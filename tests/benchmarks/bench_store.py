"""Answers a second, durable, beside raw sqlite3 doing the same statements. Run it: ``python tests/benchmarks/bench_store.py [CARDS]``.

Both work on a copy of one file of 100,000 cards, fsync'd before, turn and turn about in one process: only the ratios mean
anything. An answer is: read the card's state, then append to the log and store memory and place in one transaction with
WAL and synchronous=FULL. Checkpoints are made between answers, while the learner would read, and are not timed.
"""

import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizzer.core.ids import Ids
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Act, Entry, MemoryState, Mode, Phase, Rating, Verdict
from quizzer.core.scheduling import Schedule, apply, outcomes
from quizzer.settings import Settings, StudySettings
from quizzer.store import Place, Progress
from quizzer.study import Session
from quizzer.study.agenda import Dealt

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = NOW.date().toordinal()
ANSWERS = 3000
DECKS = 100


def build(path: Path, cards: int) -> None:
    """Make a file of ``cards`` cards in 100 decks, each with a review in the log."""
    ids, dice = Ids(random.Random(1).getrandbits), random.Random(2)
    acts = []
    for number in range(cards):
        card = f"deck{number % DECKS}/q{number // DECKS}"
        at = NOW - timedelta(days=dice.randrange(1, 40), seconds=number % 1000)
        outcome = outcomes(card, MemoryState(), at=at, day=at.date().toordinal(), schedule=Schedule())[Rating.EASY]
        entry = Entry(
            id=ids.new(at),
            act=Act.REVIEW,
            card=card,
            at=at,
            day=at.date().toordinal(),
            mode=Mode.TYPE,
            response="an answer",
            verdict=Verdict.RIGHT,
            rating=Rating.EASY,
            duration_ms=3000,
            granted=outcome.granted,
            before=Phase.NEW,
            phase=outcome.state.phase,
            step=0,
            fingerprint="0123456789ab",
        )
        acts.append((entry, apply(MemoryState(), entry)))
    progress = Progress.open(path, learner="me")
    progress.record_all(acts)
    progress.close()


def copy(path: Path, to: Path) -> Path:
    shutil.copyfile(path, to)
    for one in (to, to.parent):
        handle = os.open(one, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    return to


def through_progress(path: Path, cards: int) -> tuple[Callable[[], None], Callable[[], None]]:
    progress = Progress.open(path, learner="me")
    ids, dice = Ids(random.Random(3).getrandbits), random.Random(4)
    ids.follow(progress.greatest_id())
    now = [NOW]

    def answer() -> None:
        now[0] += timedelta(seconds=1)
        number = dice.randrange(cards)
        card = f"deck{number % DECKS}/q{number // DECKS}"
        state = progress.state(card) or MemoryState()
        outcome = outcomes(card, state, at=now[0], day=DAY, schedule=Schedule())[Rating.GOOD]
        entry = Entry(
            id=ids.new(now[0]),
            act=Act.REVIEW,
            card=card,
            at=now[0],
            day=DAY,
            mode=Mode.TYPE,
            response="an answer",
            verdict=Verdict.RIGHT,
            rating=Rating.GOOD,
            duration_ms=3000,
            granted=outcome.granted,
            before=state.phase,
            phase=outcome.state.phase,
            step=0,
            fingerprint="0123456789ab",
        )
        progress.record(entry, outcome.state, scope="s", place=Place(card=card, mode=Mode.TYPE, shown_at=now[0]), version=progress.version)

    return answer, progress.checkpoint


def through_sqlite3(path: Path, cards: int) -> tuple[Callable[[], None], Callable[[], None]]:
    connection = sqlite3.connect(path, isolation_level=None)
    execute = connection.execute
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "wal_autocheckpoint = 4000"):
        execute(f"PRAGMA {pragma}")
    dice, count = random.Random(4), [0]
    entry = (
        "learner, deck, id, act, card, at, day, mode, response, verdict, rating, duration_ms, granted_days, granted_seconds, "
        "before, phase, step, fingerprint, voids"
    )
    insert = f"INSERT INTO log ({entry}) VALUES ({', '.join('?' * 19)})"
    names = "phase, stability, difficulty, step, reps, lapses, due_day, due_at, last_day, last_at, suspended, buried_until, fingerprint"
    upsert = (
        f"INSERT INTO memory (learner, card, deck, {names}) VALUES ({', '.join('?' * 16)}) ON CONFLICT (learner, card) "
        f"DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names.split(', '))}"
    )
    place = (
        "INSERT INTO places VALUES (1, 's', ?, 'type', ?) ON CONFLICT (learner, scope) "
        "DO UPDATE SET card = excluded.card, mode = excluded.mode, shown_at = excluded.shown_at"
    )

    def answer() -> None:
        count[0] += 1
        at = 1_772_442_000_000 + count[0] * 1000
        number = dice.randrange(cards)
        deck = f"deck{number % DECKS}"
        card = f"{deck}/q{number // DECKS}"
        row = execute(f"SELECT {names} FROM memory WHERE learner = 1 AND card = ?", (card,)).fetchone()
        execute("BEGIN IMMEDIATE")
        id_ = f"{at:012x}-{count[0]:023x}"
        execute(
            insert,
            (
                1,
                deck,
                id_,
                "review",
                card,
                at,
                DAY,
                "type",
                "an answer",
                "right",
                3,
                3000,
                9,
                0,
                "review",
                "review",
                0,
                "0123456789ab",
                None,
            ),
        )
        execute(upsert, (1, card, deck, "review", row[1] * 1.5, row[2], 0, row[4] + 1, 0, DAY + 9, None, DAY, at, 0, None, "0123456789ab"))
        execute(place, (card, at))
        execute("COMMIT")

    def checkpoint() -> None:
        execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    return answer, checkpoint


def through_session(path: Path, cards: int) -> tuple[Callable[[], None], Callable[[], None]]:
    questions = tuple(Plain(id=f"q{n}", question=f"Q{n}?", answer=f"an answer {n}", distractors=("b", "c")) for n in range(cards // DECKS))
    now = [NOW + timedelta(days=60)]
    progress = Progress.open(path, learner="me")
    sessions: list[Session] = []

    def answer() -> None:
        now[0] += timedelta(seconds=5)
        if not sessions or sessions[0].prompt is None:
            raise RuntimeError("ran out of cards")
        sessions[0].check(1)
        sessions[0].answer(Rating.EASY)

    decks = [Dealt(Deck(id=f"deck{n}", title="D", questions=questions)) for n in range(DECKS)]
    sessions.append(
        Session(
            progress=progress,
            decks=decks[:20],
            settings=Settings(zone="UTC", study=StudySettings(reviews_per_day=100_000)),
            clock=lambda: now[0],
            dice=random.Random(5).getrandbits,
            scope="s",
        )
    )
    return answer, progress.checkpoint


def main(cards: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.db"
        build(source, cards)
        ways = {
            "sqlite3, same statements": through_sqlite3,
            "Progress: state, outcomes, record": through_progress,
            "Session: check, answer, next prompt": through_session,
        }
        done = {name: way(copy(source, Path(folder) / f"{n}.db"), cards) for n, (name, way) in enumerate(ways.items())}
        times: dict[str, list[float]] = {name: [] for name in done}
        order, dice = list(done), random.Random(7)
        for number in range(ANSWERS):
            dice.shuffle(order)
            for name in order:
                answer, checkpoint = done[name]
                began = time.perf_counter()
                answer()
                times[name].append(time.perf_counter() - began)
                if number % 20 == 19:
                    checkpoint()
        print(f"{cards:,} cards, {ANSWERS:,} answers each, in milliseconds; × is beside sqlite3")
        base = None
        for name, taken in times.items():
            p50, p99, top = statistics.median(taken), statistics.quantiles(taken, n=100)[98], max(taken)
            base = base or (p50, p99, top)
            figures = "  ".join(
                f"{label} {value * 1000:.3f} (×{value / floor:.2f})"
                for label, value, floor in zip(("p50", "p99", "max"), (p50, p99, top), base, strict=True)
            )
            print(f"{name:38} {figures}  {len(taken) / sum(taken):,.0f} a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
