"""The editor in a real terminal on the deck that is shipped: the file's difference holds what was changed, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 20  # seconds

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")


class Window:
    """A program in a window of 80x24."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.server = f"quizzer-editor-{os.getpid()}"
        environment = ("env", "-u", "TMUX", f"QUIZZER_WORKSPACE={folder}")
        self._do("-f", os.devnull, "new-session", "-d", "-x", "80", "-y", "24", *environment, *command)

    def _do(self, *words: str) -> str:
        return subprocess.run(["tmux", "-L", self.server, *words], capture_output=True, encoding="utf-8", check=False).stdout

    def press(self, *keys: str) -> None:
        self._do("send-keys", *keys)

    def write(self, text: str) -> None:
        self._do("send-keys", "-l", text)

    def until(self, sign: str, *, without: str = "") -> str:
        end = time.monotonic() + PATIENCE
        while True:
            shown = self._do("capture-pane", "-p")
            if re.search(sign, shown) and not (without and re.search(without, shown)):
                return shown
            assert time.monotonic() < end, shown
            time.sleep(0.02)

    def close(self) -> None:
        self._do("kill-server")


def test_add_change_delete_undo_and_save_touch_only_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    deck = tmp_path / "decks" / "zero-tolerance.yaml"
    shutil.copyfile(ROOT / "decks" / "zero-tolerance.yaml", deck)
    before = deck.read_text("utf-8")
    window = Window(tmp_path, sys.executable, "-m", "quizzer", "edit", f"{deck}#in-what-year-did-the-pilot-initiative-in")
    try:
        window.until("Next field")  # one writes in the form
        window.write("Just tell: ")
        window.until("Just tell: In which", without="! ")
        window.press("Escape")
        window.until("n New")
        window.press("n")
        window.until("What kind of question")
        window.press("2")
        window.until("Next field", without="n New")
        window.write("The pilot began in {{2017}}.")
        window.until(r"pilot began in \{\{")
        window.press("Escape")
        window.until("n New")
        window.press("Down")
        window.press("d")
        window.until("Undo brings it back")
        window.press("d")
        window.until("Undo brings it back")
        window.press("u")
        window.until("Taken back: the deletion")
        window.press("C-s")
        window.until("Saved to zero-tolerance.yaml")
        window.press("Escape")
        window.until("^$")  # nothing was left to ask
    finally:
        window.close()
    after, stem = deck.read_text("utf-8"), "In which year did the pilot that came before the “zero tolerance” policy begin?"
    gone = before[before.index("  - id: who-told-us-attorneys") : before.index("  - id: on-what-date-did-jeff")]
    expected = before.replace(f"question: {stem}", f'question: "Just tell: {stem}"')
    assert after == expected.replace(gone, "  - id: the-pilot-began-in-2017\n    cloze: The pilot began in {{2017}}.\n\n")
