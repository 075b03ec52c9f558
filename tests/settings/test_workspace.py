"""Which folder is the workspace."""

from pathlib import Path

import pytest

from quizzer import workspace
from quizzer.core.errors import SettingsError


@pytest.mark.parametrize("has", ["decks", "progress.db"])
def test_a_folder_with_decks_or_progress_is_the_workspace(tmp_path: Path, has: str) -> None:
    (tmp_path / has).mkdir() if has == "decks" else (tmp_path / has).touch()
    assert workspace.find(here=tmp_path, environment={}).folder == tmp_path


def test_anywhere_else_the_data_folder_is_seeded_once_with_the_shipped_decks(tmp_path: Path) -> None:
    place = workspace.find(here=tmp_path, environment={})
    shipped = {deck.name for deck in workspace.shipped_decks().iterdir()}
    assert {deck.name for deck in place.decks.iterdir()} == shipped
    assert not list(tmp_path.iterdir())
    removed = place.decks / "quizzer.yaml"
    removed.unlink()
    assert workspace.find(here=tmp_path, environment={}) == place
    assert not removed.exists()


def test_a_named_workspace_wins_over_the_environment_and_this_folder(tmp_path: Path) -> None:
    for name in ("named", "environment", "here/decks"):
        (tmp_path / name).mkdir(parents=True)
    variables = {"QUIZZER_WORKSPACE": str(tmp_path / "environment")}
    assert workspace.find(str(tmp_path / "named"), environment=variables).folder == tmp_path / "named"
    assert workspace.find(here=tmp_path / "here", environment=variables).folder == tmp_path / "environment"


def test_a_workspace_that_is_not_a_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such folder"):
        workspace.find(str(tmp_path / "nowhere"))
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="is not a folder"):
        workspace.find(str(tmp_path / "file"))


def test_images_beside_shipped_decks_are_seeded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "shipped"
    (shipped / "images").mkdir(parents=True)
    (shipped / "deck.yaml").write_text("title: Flags", "utf-8")
    (shipped / "images" / "flag.png").write_bytes(b"png")
    monkeypatch.setattr(workspace, "shipped_decks", lambda: shipped)
    (tmp_path / "elsewhere").mkdir()
    place = workspace.find(here=tmp_path / "elsewhere", environment={})
    assert (place.decks / "images" / "flag.png").read_bytes() == b"png"
