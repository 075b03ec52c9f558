"""Entries and states to store."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizzer.core.model import Act, Entry, MemoryState, Mode, Rating, Verdict
from quizzer.core.scheduling import Schedule, outcomes
from quizzer.store import Progress

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def review() -> Callable[..., tuple[Entry, MemoryState]]:
    """Return a review of a card as a session would write it, and the state after it."""

    def made(
        number: int, card: str = "d/q", *, rating: Rating = Rating.EASY, days: int = 0, before: MemoryState | None = None, **details: object
    ) -> tuple[Entry, MemoryState]:
        before = before or MemoryState()
        at = START + timedelta(days=days, milliseconds=number)
        day = at.date().toordinal()
        outcome = outcomes(card, before, at=at, day=day, schedule=Schedule())[rating]
        known: dict[str, object] = {
            "mode": Mode.TYPE,
            "response": "El Paso",
            "verdict": Verdict.RIGHT,
            "rating": rating,
            "duration_ms": 1200,
            "granted": outcome.granted,
            "before": before.phase,
            "phase": outcome.state.phase,
            "step": outcome.state.step,
        }
        entry = Entry(id=f"{number:036x}", act=Act.REVIEW, card=card, at=at, day=day, **{**known, **details})
        return entry, outcome.state

    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


@pytest.fixture
def progress(path: Path) -> Iterator[Progress]:
    opened = Progress.open(path, learner="me")
    yield opened
    opened.close()
