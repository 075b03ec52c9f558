"""Does one thing with a progress file when told to: ``PATH WHAT [OTHER]``. Says "ready", waits for a line, says "done"."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils  # noqa: F401  imported now, so that a kill falls into the work

from quizzer.store import migrations  # noqa: F401
from quizzer.store.backup import back_up_now
from quizzer.store.erasing import erase
from quizzer.store.restoring import restore
from quizzer.study.keeping import merge

path, what, *other = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
match what:
    case "backup":
        back_up_now(Path(path), now=datetime.now(UTC))
    case "restore":
        restore(Path(path), Path(*other))
    case "merge":
        merge(Path(path), Path(*other))
    case "erase":
        erase(Path(path), *other)
print("done", flush=True)
