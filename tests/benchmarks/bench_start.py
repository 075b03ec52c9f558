"""From process start to the first paint, in a real pseudo-terminal, of quizzer and of a bare Textual app.

Run: ``python tests/benchmarks/bench_start.py [--rounds 15] [--cards 100000]``. The runs are interleaved; only their ratio means
anything. The goal is 1.25. quizzer runs over a workspace whose progress file knows so many cards.
"""

import argparse
import fcntl
import os
import pty
import random
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

BARE = """
from textual.app import App
from textual.widgets import Footer, Header, OptionList

class Bare(App):
    def compose(self):
        yield Header()
        yield OptionList("one deck", "another deck")
        yield Footer()

Bare().run()
"""
SIZE = (24, 80)


def first_paint(command: list[str], *, sign: bytes, folder: Path) -> float:
    """Return the seconds until ``sign`` is on the terminal, and end the program."""
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.environ.update(
            TERM="xterm-256color", COLORTERM="truecolor", QUIZZER_CONFIG=str(folder / "none.toml"), QUIZZER_CACHE=str(folder / "cache")
        )
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, not at every start
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
    seen = b""
    try:
        while sign not in seen:
            if not select.select([terminal], [], [], 30)[0]:
                raise TimeoutError(f"{command} painted nothing; it wrote {seen[-400:]!r}")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - started
    finally:
        os.kill(process, signal.SIGKILL)
        os.close(terminal)
        os.waitpid(process, 0)


def workspace(folder: Path, cards: int) -> None:
    """Make a workspace with decks of a few questions and a progress file that knows ``cards`` cards."""
    from datetime import UTC, datetime

    from quizzer.core.ids import Ids
    from quizzer.core.model import Act, Entry, MemoryState, Phase
    from quizzer.store import Progress

    (folder / "decks").mkdir()
    questions = "".join(f"  - {{id: q{n}, question: 'What is {n}?', answer: '{n}'}}\n" for n in range(50))
    (folder / "decks" / "deck.yaml").write_text(f"format: 1\nid: deck\ntitle: A deck\nquestions:\n{questions}")
    now = datetime(2026, 3, 2, tzinfo=UTC)
    day = now.toordinal()
    ids = Ids(random.getrandbits)
    progress = Progress.open(folder / "progress.db", learner="me")
    state = MemoryState(phase=Phase.REVIEW, stability=30.0, difficulty=5.0, reps=3, due_day=day + 9, last_day=day - 21, last_at=now)
    progress.record_all((Entry(id=ids.new(now), act=Act.BURY, card=f"other/q{n}", at=now, day=day), state) for n in range(cards))
    progress.close()


def main() -> None:
    """Print both medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--cards", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace(folder, given.cards)
        contenders = {
            "bare Textual": ([sys.executable, "-c", BARE], b"another deck"),
            "quizzer": ([sys.executable, "-m", "quizzer", "--workspace", str(folder)], b"Opening"),
            "quizzer, decks shown": ([sys.executable, "-m", "quizzer", "--workspace", str(folder)], b"A deck"),
        }
        times: dict[str, list[float]] = {contender: [] for contender in contenders}
        for number in range(given.rounds + 1):
            for contender, (command, sign) in contenders.items():
                taken = first_paint(command, sign=sign, folder=folder)
                if number:  # the first round fills the caches
                    times[contender].append(taken)
    floor = statistics.median(times["bare Textual"])
    for contender, taken in times.items():
        middle = statistics.median(taken)
        print(f"{contender:22} {middle * 1000:7.1f} ms   ratio {middle / floor:.2f}   (fastest {min(taken) * 1000:.1f} ms)")


if __name__ == "__main__":
    main()
