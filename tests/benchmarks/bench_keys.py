"""From key press to the next question painted, in a real pseudo-terminal: quizzer's study screen and a minimal Textual one.

Run: ``python tests/benchmarks/bench_keys.py [--cards 60]``. In quizzer the key is a rating: the answer is written to disk, durably,
before the next question shows. Goals: the median at most 1.3 of the minimal screen's, the 99th percentile at most 16.7 ms.
"""

import argparse
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

MINIMAL = """
from textual.app import App
from textual.widgets import Footer, Header, OptionList, Static

class Minimal(App):
    at = 0
    BINDINGS = [("3", "next", "Next")]
    def compose(self):
        yield Header()
        yield Static(id="stem")
        yield OptionList()
        yield Footer()
    def on_mount(self):
        self.ask()
        self.query_one(OptionList).focus()
    def action_next(self):
        self.at += 1
        self.ask()
    def ask(self):
        self.query_one("#stem", Static).update(f"What is asked in question stem{self.at:04}x of this long deck of questions?")
        self.query_one(OptionList).set_options([f"option {self.at} {letter}" for letter in "abcd"])
        self.query_one(OptionList).highlighted = 0

Minimal().run()
"""
PAUSE = 0.3  # seconds between keys, above what the app takes for a bounce


class Terminal:
    """A program in a pseudo-terminal of 80x24."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", QUIZZER_CONFIG=str(folder / "none.toml"))
            os.execv(command[0], command)
        ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read_until(self, sign: bytes) -> float:
        """Return the instant at which ``sign`` was read."""
        seen = b""
        while sign not in seen:
            if not select.select([self.file], [], [], 20)[0]:
                raise TimeoutError(f"{sign!r} never came, but {seen[-600:]!r}")
            seen += os.read(self.file, 65536)
        return time.perf_counter()

    def drain(self, seconds: float) -> None:
        """Read away what comes within ``seconds``."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.file], [], [], left)[0]:
                os.read(self.file, 65536)

    def press(self, key: str) -> float:
        """Press ``key``; return when."""
        pressed = time.perf_counter()
        os.write(self.file, key.encode())
        return pressed

    def end(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.close(self.file)
        os.waitpid(self.process, 0)


def workspace(folder: Path, cards: int) -> None:
    """Make a workspace with one deck of multiple-choice questions in a known order."""
    (folder / "decks").mkdir()
    lines = ["format: 1", "id: deck", "title: A deck", f"study: {{mode: choose, new_per_day: {cards}}}", "questions:"]
    for n in range(cards):
        lines += [f"  - id: q{n}", f"    question: What is asked in question stem{n:04}x of this long deck of questions?"]
        lines += [f"    answer: right{n}", f"    distractors: [wrong{n}a, wrong{n}b, wrong{n}c]"]
    (folder / "decks" / "deck.yaml").write_text("\n".join(lines))


def main() -> None:
    """Print medians, 99th percentiles and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=60)
    cards = parser.parse_args().cards
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace(folder, cards)
        minimal = Terminal([sys.executable, "-c", MINIMAL], folder)
        quizzer = Terminal([sys.executable, "-m", "quizzer", "--workspace", str(folder), "study", "deck"], folder)
        times: dict[str, list[float]] = {"minimal Textual": [], "quizzer, rating to question": [], "quizzer, choice to verdict": []}
        try:
            for terminal in (minimal, quizzer):
                terminal.read_until(b"stem0000x")
            for number in range(1, cards):
                sign = f"stem{number:04}x".encode()
                minimal.drain(PAUSE / 2)
                times["minimal Textual"].append(-minimal.press("3") + minimal.read_until(sign))
                quizzer.drain(PAUSE)
                times["quizzer, choice to verdict"].append(-quizzer.press("2") + quizzer.read_until(b"Again"))
                quizzer.drain(PAUSE)
                times["quizzer, rating to question"].append(-quizzer.press("4") + quizzer.read_until(sign))
        finally:
            minimal.end()
            quizzer.end()
    floor = statistics.median(times["minimal Textual"])
    for contender, taken in times.items():
        middle, most = statistics.median(taken), sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.99))]
        print(f"{contender:28} p50 {middle * 1000:6.1f} ms   p99 {most * 1000:6.1f} ms   ratio {middle / floor:.2f}")


if __name__ == "__main__":
    main()
