"""Images beside deck files: what may be shown, what is refused, and how it is written."""

import os
import struct
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError, ImageError
from quizzer.core.model import Image
from quizzer.deckfile import check, image_folder, load, read_image
from quizzer.deckfile.images import MOST_BYTES, MOST_PIXELS, is_beside

IMAGES = Path(__file__).parent.parent / "data" / "kinds" / "images"


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with no pixels in it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IEND", b"")


def deck(folder: Path, image: str, *, more: str = "") -> Path:
    path = folder / "deck.yaml"
    path.write_text(
        f"id: d\ntitle: T\nquestions:\n  - {{id: q, question: Capital of Peru?, answer: Lima, image: {image}{more}}}\n", "utf-8"
    )
    return path


def codes(path: Path) -> list[str]:
    return [problem.code for problem in check(path)]


@pytest.mark.parametrize("name", ["shapes.png", "shapes.webp", "bars.gif", "bars.jpg"])
def test_png_jpeg_gif_and_webp_can_be_shown(name: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / name).write_bytes((IMAGES / name).read_bytes())
    assert codes(deck(tmp_path, f"{{file: sub/{name}, alt: A picture}}")) == []
    assert read_image(tmp_path, f"sub/{name}") == (IMAGES / name).read_bytes()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "D503"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "D503"),
        (b"BM" + bytes(60), "D503"),
        (b"\x89PNG\r\n\x1a\n", "D503"),
        (png(0, 5), "D503"),
        (png(MOST_PIXELS // 1000, 1001), "D504"),
        (png(65535, 65535), "D504"),
        (png(5, 5) + bytes(MOST_BYTES), "D504"),
    ],
    ids=["empty", "svg", "bmp", "cut", "no-width", "pixels", "bomb", "bytes"],
)
def test_what_cannot_be_shown_is_told_at_its_name_and_the_deck_can_be_studied(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(data)
    path = deck(tmp_path, "{file: a.png, alt: A picture}")
    (problem,) = check(path)
    assert (problem.code, problem.line, problem.column) == (code, 4, path.read_text().splitlines()[3].index("a.png") + 1)
    assert load(path).questions[0].image == Image(file="a.png", alt="A picture")
    with pytest.raises(ImageError) as caught:
        read_image(tmp_path, "a.png")
    assert caught.value.code == code
    assert "a.png" not in caught.value.brief


@pytest.mark.parametrize(
    "file",
    [
        "../a.png",
        "/a.png",
        "sub/../a.png",
        "./a.png",
        "C:/a.png",
        "..\\\\a.png",
        "https://example.org/a.png",
        "sub//a.png",
        "sub/.. /../a.png",
    ],
)
def test_an_image_from_elsewhere_is_an_error_that_keeps_the_deck_from_study(file: str, tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "a.png").write_bytes(png(5, 5))
    path = deck(tmp_path / "decks", f'{{file: "{file}", alt: A picture}}')
    assert codes(path) == ["D501"]
    with pytest.raises(DeckError, match="D501"):
        load(path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_may_lead_about_the_folder_but_not_out_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "a.png").write_bytes(png(5, 5))
    (folder / "sub" / "b.png").write_bytes(png(5, 5))
    (folder / "in.png").symlink_to(folder / "sub" / "b.png")
    (folder / "out.png").symlink_to(tmp_path / "a.png")
    (folder / "up").symlink_to(tmp_path)
    (folder / "ring.png").symlink_to(folder / "ring.png")
    assert codes(deck(folder, "{file: in.png, alt: A picture}")) == []
    assert codes(deck(folder, "{file: out.png, alt: A picture}")) == ["D501"]
    assert codes(deck(folder, "{file: up/a.png, alt: A picture}")) == ["D501"]
    assert codes(deck(folder, "{file: ring.png, alt: A picture}")) == ["D502"]
    linked = tmp_path / "linked.yaml"
    linked.symlink_to(deck(folder, "{file: in.png, alt: A picture}"))
    assert image_folder(linked) == folder.resolve()
    assert codes(linked) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders")
def test_a_pipe_or_a_folder_in_place_of_an_image_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    for name in ("pipe.png", "folder.png"):
        assert codes(deck(tmp_path, f"{{file: {name}, alt: A picture}}")) == ["D502"]


def test_alt_is_wanted_and_gives_nothing_away(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(5, 5))
    assert codes(deck(tmp_path, "a.png")) == ["D505"]
    assert codes(deck(tmp_path, "{file: a.png, alt: A church of Lima}")) == ["Q209"]
    assert codes(deck(tmp_path, "{file: a.png, alt: A church, credit: City of Lima}")) == ["Q209"]
    assert codes(deck(tmp_path, "{file: a.png, alt: A church}", more=", explanation_image: {file: a.png, alt: Lima}")) == []


def test_the_same_may_be_asked_of_two_images_but_not_twice_of_one(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(png(5, 5))
    asked = "- {{id: {}, question: What is this?, answer: a church, image: {{file: {}, alt: A building}}}}\n"
    path = tmp_path / "deck.yaml"
    for other, found in (("b.png", []), ("a.png", ["D211"])):
        path.write_text("id: d\ntitle: T\nquestions:\n" + asked.format("q", "a.png") + asked.format("r", other), "utf-8")
        assert codes(path) == found


def test_the_name_of_the_file_is_never_told_in_place_of_words() -> None:
    assert Image(file="lima.png").told == "[Image, not described]"
    assert Image(file="lima.png", alt=" A\n church ").told == "[Image: A church]"


@pytest.mark.parametrize("written", ["[a.png]", "{file: [a]}", "{alt: A church}", "{file: }", "{file: a.png, url: x}", "' '"])
def test_other_shapes_are_refused_with_their_place(written: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(5, 5))
    assert set(codes(deck(tmp_path, written))) & {"D102", "D103", "D108", "D109"}


@settings(deadline=None)
@given(st.text(st.sampled_from("a./\\:~ \0\n🖼") | st.characters(exclude_categories=["Cs"]), max_size=12))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    if is_beside(name):
        place = Path("/decks") / name
        assert ".." not in place.parts
        assert place.is_relative_to("/decks")


@settings(deadline=None)
@given(st.sampled_from(["shapes.png", "shapes.webp", "bars.gif", "bars.jpg"]), st.data())
def test_a_damaged_image_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject) -> None:
    folder = tmp_path_factory.getbasetemp()
    whole = bytearray((IMAGES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, min(60, len(whole) - 1)))] = data.draw(st.integers(0, 255))
    (folder / name).write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        assert read_image(folder, name)
    except ImageError as error:
        assert error.code in ("D503", "D504")
