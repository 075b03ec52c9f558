"""Waiting until files of decks change. The only module that imports ``watchfiles``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quizzer.core.errors import QuizzerError

DEBOUNCE = 100  # milliseconds for which what changes together is told together


def changes(paths: Sequence[Path], suffixes: Sequence[str]) -> Iterator[None]:
    """Yield whenever files of these suffixes have changed, among ``paths`` or in the folders there, until one presses Ctrl+C.

    Raises:
        QuizzerError: the extra is not installed, or a path is not there.
    """
    try:
        from watchfiles import Change, watch
    except ImportError:
        raise QuizzerError("--watch needs the extra `watch`: pip install 'quizzer[watch]'") from None
    for path in paths:
        if not path.exists():
            raise QuizzerError(f"{path}: there is no such file or folder to watch. Is the name spelled right?")
    folders = [path.resolve() for path in paths if path.is_dir()]
    files = {str(path.resolve()) for path in paths if not path.is_dir()}

    def wanted(change: Change, name: str) -> bool:
        if name in files:
            return True
        place = Path(name)
        return place.suffix.lower() in suffixes and any(place.is_relative_to(folder) for folder in folders)

    # A file that is saved is often replaced, so it is its folder that is watched.
    places = {*folders, *(Path(file).parent for file in files)}
    for _ in watch(*sorted(places), watch_filter=wanted, debounce=DEBOUNCE, step=20, raise_interrupt=False, recursive=bool(folders)):
        yield
