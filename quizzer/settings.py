"""Settings and the workspace: the only place that reads the environment, config.toml and the user's folders."""

from datetime import datetime, tzinfo
from pathlib import Path

import msgspec

from quizzer.core.kinds import StudyOptions
from quizzer.core.model import Mode


class StudySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a deck is studied. Steps are in seconds here and like "1m", "10m" in config.toml."""

    retention: float = 0.9
    new_per_day: int = 20
    reviews_per_day: int = 200
    mode: Mode | None = None
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_days: int = 36500


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a user can set. ``decks`` holds, by deck id, the names and values that differ there; ``keys`` remaps bindings by id."""

    learner: str = "me"
    zone: str = ""
    cutoff_hour: int = 4
    theme: str = ""
    study: StudySettings = StudySettings()
    decks: dict[str, dict[str, object]] = {}
    keys: dict[str, str] = {}

    def for_deck(self, deck: str, wishes: StudyOptions) -> StudySettings:
        """Return how ``deck`` is studied: the learner's word for this deck, else the author's wish, else the learner's for all."""
        raise NotImplementedError

    def tzinfo(self) -> tzinfo:
        """Return the learner's zone, the system's when none is set."""
        raise NotImplementedError


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """Where decks and progress are."""

    folder: Path

    @property
    def decks(self) -> Path:
        return self.folder / "decks"

    @property
    def progress(self) -> Path:
        return self.folder / "progress.db"


def now() -> datetime:
    """The clock: the present instant, aware UTC. Handed to whoever needs it."""
    raise NotImplementedError
