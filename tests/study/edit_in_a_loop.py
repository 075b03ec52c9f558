"""A program that edits a deck, takes edits back and does them again, until it is killed. Run by test_edits.

Usage: python edit_in_a_loop.py FOLDER SEED
"""

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from quizzer.settings import Settings
from quizzer.study import Shelf


def main(folder: Path, seed: int) -> None:
    dice = random.Random(seed)
    shelf = Shelf(
        decks=folder / "decks",
        progress=folder / "progress.db",
        learner="me",
        settings=Settings(zone="UTC"),
        clock=lambda: datetime.now(UTC),
        dice=dice.getrandbits,
    )
    session = shelf.session("rivers")
    print("ready", flush=True)
    for number in range(10_000):
        match dice.choice(["edit", "edit", "undo", "redo"]):
            case "undo" if session.can_undo:
                session.undo()
            case "redo" if session.can_redo:
                session.redo()
            case _:
                session.rewrite("rivers", msgspec.structs.replace(session.question, explanation=f"Explained {seed}-{number} times."))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
