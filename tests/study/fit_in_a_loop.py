"""Fit weights and forget them, again and again, until killed: ``python fit_in_a_loop.py PROGRESS.DB``; a line after each."""

import itertools
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizzer.store import Progress
from quizzer.study.fitting import fit, forget


def main(path: str) -> None:
    progress = Progress.open(Path(path), learner="me")
    dice = random.SystemRandom().getrandbits
    for minute in itertools.count():
        now = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(minutes=minute)
        if not forget(progress, clock=lambda now=now: now, dice=dice):
            fit(progress, retention=lambda deck: 0.9, clock=lambda now=now: now, dice=dice)
        print(minute, flush=True)


main(sys.argv[1])
