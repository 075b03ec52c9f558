"""Files are replaced whole or not at all, and found where decks are kept."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Plain
from quizzer.deckfile import beside, find, load, save, schema
from quizzer.deckfile.files import replace

DECK = Deck(id="d", title="T", questions=(Plain(id="q", question="a", answer="b"),))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_saving_leaves_the_deck_and_the_schema_beside_it_and_nothing_else(tmp_path: Path) -> None:
    save(DECK, tmp_path / "d.yaml")
    assert names(tmp_path) == [".deck.schema.json", "d.yaml"]
    assert (tmp_path / ".deck.schema.json").read_text(encoding="utf-8") == beside.text()
    assert str(schema()["$schema"]) in beside.text()


def test_what_killed_writes_left_is_taken_away_by_a_later_one_and_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    save(DECK, path)
    left = {".d.yaml.0123456789ab.tmp": 4000, ".d.yaml.0123456789ac.tmp": 60, ".e.yaml.0123456789ab.tmp": 4000, ".d.yaml.mine.tmp": 4000}
    for name, age in left.items():
        (tmp_path / name).write_text("half", "utf-8")
        at = path.stat().st_mtime - age
        os.utime(tmp_path / name, (at, at))
    path.write_text("", "utf-8")
    save(DECK, path)
    assert names(tmp_path) == [".d.yaml.0123456789ac.tmp", ".d.yaml.mine.tmp", ".deck.schema.json", ".e.yaml.0123456789ab.tmp", "d.yaml"]


def test_an_outdated_schema_is_renewed_and_a_current_one_left_alone(tmp_path: Path) -> None:
    path = tmp_path / ".deck.schema.json"
    path.write_text("{}")
    save(DECK, tmp_path / "d.yaml")
    stamp = path.stat()
    save(DECK, tmp_path / "e.yaml")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (stamp.st_mtime_ns, stamp.st_ino)
    assert path.read_text(encoding="utf-8") == beside.text()


def test_saving_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    save(DECK, tmp_path / "d.yaml")
    first = (tmp_path / "d.yaml").read_bytes()
    save(load(tmp_path / "d.yaml"), tmp_path / "d.yaml")
    assert (tmp_path / "d.yaml").read_bytes() == first


def test_a_new_file_has_the_permissions_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    save(DECK, tmp_path / "d.yaml")
    assert stat.S_IMODE((tmp_path / "d.yaml").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_where_nothing_can_be_written_one_line_says_so_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    for path in (
        tmp_path / "none" / "d.yaml",
        tmp_path / "folder.yaml",
        tmp_path / "file" / "d.yaml",
        tmp_path / "ring",
        tmp_path / "a\0b",
    ):
        with pytest.raises(DeckError, match="cannot be written: ") as caught:
            save(DECK, path)
        assert str(caught.value).startswith(f"{path}: ")
        assert "\n" not in str(caught.value)
    assert names(tmp_path) == ["file", "folder.yaml", "ring"]


def test_a_full_disk_is_reported_and_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(b"old")

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DeckError) as caught:
        replace(path, b"new")
    assert str(caught.value) == f"{path}: cannot be written: No space left on device. Make room on the disk."
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["d.yaml"]


def test_a_write_that_is_interrupted_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(b"old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["d.yaml"]


def test_decks_are_found_below_a_folder_sorted_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "sub/deep/c.YAML", ".hidden.yaml", ".git/d.yaml", "sub/.x/e.yaml", "notes.txt", "yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "sub" / "ring").symlink_to(tmp_path)
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    assert [str(path.relative_to(tmp_path)) for path in find(tmp_path)] == ["a.yml", "b.yaml", "sub/deep/c.YAML"]


def test_a_folder_that_is_hidden_itself_may_be_named(tmp_path: Path) -> None:
    (tmp_path / ".decks").mkdir()
    (tmp_path / ".decks" / "a.yaml").touch()
    assert find(tmp_path / ".decks") == [tmp_path / ".decks" / "a.yaml"]


def test_a_missing_folder_and_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match="there is no such folder"):
        find(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(DeckError, match="is a file, not a folder"):
        find(tmp_path / "file")


def test_importing_the_room_does_not_import_yaml() -> None:
    code = "import sys, quizzer.deckfile; print([name for name in sys.modules if name.split('.')[0] in ('yaml', '_yaml', 'ruamel')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
