"""What it costs to look for questions that moved, beside what a start reads anyway.

Run: ``python tests/benchmarks/bench_moves.py [--decks 50] [--cards 100000]``. Told are ratios to reading what waits in all decks
(``Shelf.rows``): when nothing changed since it was looked for last (the goal is 0.25), when one deck changed, and when half of the decks
were given another id.
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from quizzer.core.ids import Ids
from quizzer.core.kinds import Plain
from quizzer.core.model import Act, Entry, MemoryState, Phase
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import Shelf

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def write(folder: Path, number: int, name: str, each: int) -> None:
    questions = "".join(f"  - {{id: deck-{number}-q{n}, question: 'What is {n}?', answer: '{n}'}}\n" for n in range(each))
    (folder / f"{number}.yaml").write_text(f"format: 1\nid: {name}\ntitle: A deck\nquestions:\n{questions}")


def timed(folder: Path) -> tuple[float, float, str]:
    """Return the seconds that looking for moves and that reading what waits takes a new shelf, and what was told."""
    shelf = Shelf(
        decks=folder / "decks",
        progress=folder / "progress.db",
        learner="me",
        settings=Settings(zone="UTC"),
        clock=lambda: NOW,
        dice=random.getrandbits,
        index=folder / "index.db",
    )
    try:
        shelf._library.decks()
        begun = time.perf_counter()
        told = shelf.follow()
        looked = time.perf_counter()
        shelf.rows()
        return looked - begun, time.perf_counter() - looked, told
    finally:
        shelf.close()


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decks", type=int, default=50)
    parser.add_argument("--cards", type=int, default=100_000)
    given = parser.parse_args()
    each = given.cards // given.decks
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "decks").mkdir()
        for number in range(given.decks):
            write(folder / "decks", number, f"d{number}", each)
        ids = Ids(random.getrandbits)
        day = NOW.toordinal()
        progress = Progress.open(folder / "progress.db", learner="me")
        acts = []
        for number in range(given.decks):
            for place in range(each):
                question = Plain(id=f"deck-{number}-q{place}", question="?", answer=str(place))
                (card,) = question.deal(f"d{number}")
                state = MemoryState(
                    phase=Phase.REVIEW,
                    stability=30.0,
                    difficulty=5.0,
                    reps=3,
                    due_day=day + 9,
                    last_day=day - 21,
                    last_at=NOW,
                    fingerprint=card.fingerprint,
                )
                acts.append((Entry(id=ids.new(NOW), act=Act.KEEP, card=card.id, at=NOW, day=day, fingerprint=card.fingerprint), state))
        progress.record_all(acts)
        progress.close()
        timed(folder)
        unchanged = sorted(timed(folder)[:2] for _ in range(7))
        looking, reading = (sorted(times)[3] for times in zip(*unchanged, strict=True))
        print(f"reading what waits in {given.decks} decks of {each} cards: {reading * 1000:.1f} ms")
        print(f"nothing changed:       ratio {looking / reading:.3f}")
        write(folder / "decks", 0, "d0", each - 1)
        looking, _, told = timed(folder)
        print(f"one deck changed:      ratio {looking / reading:.3f}   {told!r}")
        for number in range(given.decks // 2):
            write(folder / "decks", number, f"new{number}", each - (number == 0))
        looking, _, told = timed(folder)
        print(f"half of them renamed:  ratio {looking / reading:.3f}   {told[:60]!r}…")
        print(f"and after that:        ratio {timed(folder)[0] / reading:.3f}")


if __name__ == "__main__":
    main()
