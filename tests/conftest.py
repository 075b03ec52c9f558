"""What every test stands on: no test reads or writes the developer's own configuration or progress."""

from pathlib import Path

import pytest
from hypothesis import settings


def pytest_configure(config: pytest.Config) -> None:
    """The short run draws the same examples every time; the soak run draws new ones."""
    settings.register_profile("repeatable", derandomize=True)
    if "not soak" in config.getoption("markexpr"):
        settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "QUIZZER_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUIZZER_CONFIG", str(home / "config.toml"))
    return home
