"""The app with a clock that a test moves: ``python app_on_a_day.py FOLDER``.

The clock stands in ``FOLDER/clock`` and is read whenever the app asks for the time; the day of the test, if there is one, in
``FOLDER/test``. The stopwatch that keeps bouncing keys away runs ten times as fast, for fingers that are as quick.
"""

import sys
import time
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from secrets import randbits

from quizzer.settings import Settings, StudySettings
from quizzer.study import Shelf
from quizzer.tui.app import run_app

folder = Path(sys.argv[1])


def clock() -> datetime:
    return datetime.fromisoformat((folder / "clock").read_text())


def shelf() -> Shelf:
    test = None
    with suppress(OSError):
        test = date.fromisoformat((folder / "test").read_text())
    settings = Settings(zone="Europe/Berlin", study=StudySettings(test_date=test))
    progress = folder / "progress.db"
    return Shelf(decks=folder / "decks", progress=progress, learner="me", settings=settings, clock=clock, dice=randbits)


sys.exit(run_app(shelf, decks=("deck",), clock=clock, monotonic=lambda: time.monotonic() * 10))
