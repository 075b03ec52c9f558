"""What stands before every command, and what it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.errors import QuizzerError

if TYPE_CHECKING:
    from quizzer.settings import Settings
    from quizzer.study import Shelf
    from quizzer.study.keeping import Merger
    from quizzer.workspace import Workspace


class Given(msgspec.Struct):
    """What stands before the command: which workspace, which learner. Read when a command asks for it."""

    workspace_named: str | None
    learner_named: str | None

    def workspace(self) -> Workspace:
        """Return the workspace; raises SettingsError."""
        from quizzer import workspace

        return workspace.find(self.workspace_named)

    def settings(self) -> Settings:
        """Return the settings, the learner named on the command line among them; raises SettingsError."""
        from quizzer import settings

        found = settings.load(settings.config_path())
        return msgspec.structs.replace(found, learner=self.learner_named) if self.learner_named else found

    def shelf(self, *, readonly: bool = False) -> Shelf:
        """Open the learner's shelf; whoever asks closes it."""
        import secrets

        from quizzer.settings import now
        from quizzer.study import Shelf
        from quizzer.workspace import index_path

        place, settings = self.workspace(), self.settings()
        return Shelf(
            decks=place.decks,
            progress=place.progress,
            learner=settings.learner,
            settings=settings,
            clock=now,
            dice=secrets.randbits,
            readonly=readonly,
            index=index_path(place.decks),
        )

    def merger(self) -> Merger:
        """Return who merges, now."""
        import secrets

        from quizzer.core.scheduling import study_day
        from quizzer.settings import now
        from quizzer.study.keeping import Merger

        at, settings = now(), self.settings()
        day = study_day(at, settings.tzinfo(), cutoff_hour=settings.cutoff_hour)
        return Merger(learner=settings.learner, at=at, day=day, dice=secrets.randbits)


@contextmanager
def opened_shelf(given: Given, *, readonly: bool = False) -> Iterator[Shelf]:
    """Open the learner's shelf, and close it."""
    shelf = given.shelf(readonly=readonly)
    try:
        yield shelf
    finally:
        shelf.close()


def deck_ids(given: Given, names: Iterable[str]) -> list[str]:
    """Return the ids of decks of the workspace, named by their ids or files.

    Raises:
        QuizzerError: a file is not among the decks of the workspace.
    """
    return [_in_workspace(given, name) for name in names]


def _in_workspace(given: Given, name: str) -> str:
    path, folder = Path(name), given.workspace().decks
    if path.suffix in (".yaml", ".yml") and path.is_file() and not lies_in(folder, path):
        raise QuizzerError(f"{path}: is not among the decks of the workspace. Copy it to {folder}, or name its workspace with --workspace.")
    return deck_id(name)


def lies_in(folder: Path, file: Path) -> bool:
    """Whether a file is in a folder, or below it; a link is in both, where it stands and where it leads."""
    return any(folder.resolve() in one.parents for one in (file.resolve(), file.parent.resolve() / file.name))


def deck_id(name: str) -> str:
    """Return the id of a deck named by its id, or by its file, which the shell completes."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        from quizzer import deckfile

        return deckfile.load(path).id
    return path.stem if path.suffix in (".yaml", ".yml") else name
