"""The workspace: which folder holds the decks and the progress of this run, and the first one of all, made and seeded."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from quizzer.core.errors import SettingsError


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """Where the decks and the progress of this run are."""

    folder: Path

    @property
    def decks(self) -> Path:
        """The folder of deck files."""
        return self.folder / "decks"

    @property
    def progress(self) -> Path:
        """The progress file."""
        return self.folder / "progress.db"


def index_path(decks: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the index of a folder of decks is kept: in ``QUIZZER_CACHE``, else in the user's cache folder."""
    if named := environment.get("QUIZZER_CACHE"):
        folder = Path(named).expanduser()
    else:
        import platformdirs

        folder = platformdirs.user_cache_path("quizzer", appauthor=False)
    told = f"{Path(os.path.realpath(decks))}\0{decks}"  # as it is named too: what is kept names the files so
    return folder / f"decks-{hashlib.blake2b(told.encode('utf-8', 'surrogateescape'), digest_size=8).hexdigest()}.db"


def unsaved_path(deck: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return where unsaved changes to a deck file are kept: in ``QUIZZER_STATE``, else in the user's folder for the state of programs."""
    if named := environment.get("QUIZZER_STATE"):
        folder = Path(named).expanduser()
    else:
        import platformdirs

        folder = platformdirs.user_state_path("quizzer", appauthor=False)
    real = os.path.realpath(deck)
    told = hashlib.blake2b(real.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return folder / "unsaved" / f"{Path(real).stem[:60].lstrip('.')}-{told}.jsonl"


def shipped_decks() -> Path:
    """Return the folder of the decks that come with quizzer: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "decks"
    return inside if inside.is_dir() else package.parent / "decks"


def find(named: str | None = None, *, environment: Mapping[str, str] = os.environ, here: Path | None = None) -> Workspace:
    """Return the workspace: the one named, ``QUIZZER_WORKSPACE``, this folder if it has decks/ or progress.db, else the user's data folder.

    The user's data folder is made at first use and seeded, once, with the shipped decks.

    Raises:
        SettingsError: the folder named does not exist, or the data folder cannot be made.
    """
    if chosen := named or environment.get("QUIZZER_WORKSPACE"):
        folder = Path(chosen).expanduser()
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "there is no such folder"
            raise SettingsError(f"workspace {str(folder)!r}: {what}. Make it, or name another with --workspace.")
        return Workspace(folder=folder)
    here = here or Path.cwd()
    if (here / "decks").is_dir() or (here / "progress.db").is_file():
        return Workspace(folder=here)
    import platformdirs

    home = platformdirs.user_data_path("quizzer", appauthor=False)
    _seed(home)
    return Workspace(folder=home)


def _seed(home: Path) -> None:
    """Copy the shipped decks into a data folder that has no decks folder yet: all of them or none, so that a break leaves no half."""
    if (home / "decks").is_dir():
        return
    try:
        home.mkdir(parents=True, exist_ok=True)
        unready = Path(tempfile.mkdtemp(dir=home, prefix=".decks-"))
        # the decks, the schema their first line names, and the images beside them; not the permissions, which may be to read alone
        shutil.copytree(shipped_decks(), unready, dirs_exist_ok=True, copy_function=shutil.copyfile)
        unready.chmod(0o755)
        unready.rename(home / "decks")
    except OSError as error:
        why = error.strerror.lower() if error.strerror else str(error)
        raise SettingsError(f"{home}: the workspace cannot be made there ({why}). Name another folder with --workspace.") from None
