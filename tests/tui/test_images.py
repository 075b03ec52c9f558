"""Images in questions, at the app: drawn where there is room and colour, told in words elsewhere, and never in the way of an answer."""

import io
import re
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as PillowImage

from quizzer.core.errors import ImageError
from quizzer.tui import album
from quizzer.tui.graphics import BLOCKS, Drawing, Way
from quizzer.tui.pictures import Picture, decode, draw, fit
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.image_box import LEAST, ImageBox, share
from quizzer.tui.widgets.question import Question
from quizzer.tui.widgets.sheet import Sheet

from .conftest import Learner, Workspace

KINDS = Path(__file__).parents[1] / "data" / "kinds"
ALT = "[Image: Three shapes.]"
DECK = """\
format: 1
id: shapes
title: Shapes
markup: markdown
questions:
  - id: blue
    question: Which shape is **blue**?
    answer: the square
    distractors: [the disc, the triangle, none at all]
    mode: choose
    image: {file: images/shapes.png, alt: Three shapes., credit: "Drawn [b]here[/b]"}
    explanation_image: {file: images/bars.gif, alt: Three bars.}
  - id: name
    question: Name the shape on the left.
    answer: disc
    mode: type
    image: {file: images/shapes.webp, alt: Three shapes.}
  - {id: think, question: What are these?, answer: shapes, mode: reveal, image: {file: images/shapes.png, alt: Three shapes.}}
  - id: heights
    question: The lowest first.
    order: [red, green, blue]
    image: {file: images/bars.jpg, alt: Three shapes.}
  - id: colours
    match: {disc: red, square: blue, triangle: green}
    image: {file: images/shapes.png, alt: Three shapes.}
  - {id: bare, question: Is there an image?, answer: no, distractors: [yes], mode: choose}
"""


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def shapes(empty_workspace: Workspace) -> Workspace:
    empty_workspace.add("shapes.yaml", DECK)
    shutil.copytree(KINDS / "images", empty_workspace.folder / "decks" / "images")
    return empty_workspace


def drawn(learner: Learner) -> Callable[[], bool]:
    return lambda: learner.find(ImageBox).is_drawn and "▀" in learner.text()


def sheet(learner: Learner) -> Sheet:
    return learner.find(Question).sheet


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_image_is_drawn_above_the_question_and_every_mode_can_be_answered(shapes: Workspace, size: tuple[int, int]) -> None:
    async with shapes.open(size=size, decks=("shapes",)) as learner:
        for response, stem in (
            ("1", "Which shape is blue?"),
            ("disc", "Name the shape on the left."),
            ("space", "What are these?"),
            ("1 2 enter", "The lowest first."),
            ("a b c enter", "Match these."),
        ):
            await learner.until(lambda stem=stem: stem in learner.text() and drawn(learner)() and not sheet(learner).can_scroll)
            lines = learner.text().split("\n")
            assert max(number for number, line in enumerate(lines) if "▀" in line) < next(n for n, line in enumerate(lines) if stem in line)
            assert ALT not in learner.text()
            if response == "disc":
                await learner.type(response)
            else:
                await learner.press(*response.split())
            await learner.press("3")
        assert "Is there an image?" in learner.text()
        assert not learner.find(ImageBox).display
        assert len(learner.reviews()) == 5


async def test_after_the_answer_the_explanations_image_takes_its_place_and_undo_brings_the_first_back(shapes: Workspace) -> None:
    async with shapes.open(size=(100, 32), decks=("shapes",)) as learner:
        box = learner.find(ImageBox)
        await learner.until(drawn(learner))
        assert box.sight.told == ALT
        assert "Drawn [b]here[/b]" in learner.text()
        await learner.press(str(learner.find(Choices).options.index("the square") + 1))
        await learner.until(lambda: box.sight.told == "[Image: Three bars.]" and drawn(learner)())
        assert "✓ Right" in learner.text()
        await learner.press("u")
        assert box.sight.told == ALT
        assert learner.reviews() == []


async def test_where_there_is_no_room_the_words_are_shown_and_the_key_shows_the_image(shapes: Workspace) -> None:
    async with shapes.open(size=(60, 13), decks=("shapes",)) as learner:
        await learner.until(lambda: learner.find(ImageBox).sight.picture is not None)
        assert ALT in learner.text()
        assert "none at all" in learner.text()
        assert "▀" not in learner.text()
        await learner.press("v")
        await learner.until(lambda: learner.screen_name == "ImageScreen" and drawn(learner)())
        await learner.press("escape")
        assert "Which shape is blue?" in learner.text()
        await learner.pilot.resize_terminal(90, 30)
        await learner.until(drawn(learner))


async def test_on_the_whole_screen_it_is_larger_and_both_images_can_be_seen(shapes: Workspace) -> None:
    async with shapes.open(decks=("shapes",)) as learner:
        await learner.until(drawn(learner))
        before = learner.text().count("▀")
        await learner.press("1", "v")
        await learner.until(lambda: learner.screen_name == "ImageScreen" and drawn(learner)())
        bars = learner.text()
        await learner.press("right")
        await learner.until(lambda: learner.text() != bars and drawn(learner)())
        assert learner.text().count("▀") > before
        await learner.press("v")
        assert learner.screen_name == "StudyScreen"
        await learner.press("3")
        assert len(learner.reviews()) == 1


async def test_an_image_that_is_still_being_read_comes_to_the_whole_screen_too(shapes: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(album, "decode", lambda data: go_on.wait(10) and decode(data))
    async with shapes.open(decks=("shapes",)) as learner:
        await learner.press("v")
        assert ALT in learner.text()
        go_on.set()
        await learner.until(lambda: learner.screen_name == "ImageScreen" and drawn(learner)())


async def test_an_image_that_is_still_being_read_keeps_nobody_from_answering(shapes: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(album, "decode", lambda data: go_on.wait(10) and decode(data))
    async with shapes.open(decks=("shapes",)) as learner:
        await learner.press("1", "3")
        assert len(learner.reviews()) == 1
        go_on.set()
        await learner.until(lambda: learner.find(ImageBox).sight.picture is not None)
        assert "Name the shape" in learner.text()


async def test_the_image_is_drawn_anew_on_the_other_theme(shapes: Workspace) -> None:
    async with shapes.open(decks=("shapes",)) as learner:
        await learner.until(drawn(learner))
        box = learner.find(ImageBox)
        dark = box.render_line(0)
        learner.app.action_toggle_theme()
        await learner.until(lambda: drawn(learner)() and box.render_line(0) != dark)


@pytest.mark.parametrize(
    ("break_it", "note"),
    [
        (lambda path: path.unlink(), "(it is missing)"),
        (lambda path: path.write_bytes(path.read_bytes()[:200]), "(it cannot be shown here)"),
    ],
    ids=["missing", "cut"],
)
async def test_an_image_that_cannot_be_shown_is_told_in_words_and_the_answer_counts(
    shapes: Workspace, break_it: Callable[[Path], object], note: str
) -> None:
    break_it(shapes.folder / "decks" / "images" / "shapes.png")
    async with shapes.open(decks=("shapes",)) as learner:
        await learner.until(lambda: note in learner.text())
        assert ALT in learner.text()
        await learner.press("v", "escape", "1", "3")
        assert len(learner.reviews()) == 1


@pytest.mark.parametrize("name", ["NO_COLOR", "app.images"])
async def test_without_colours_or_by_wish_images_are_words_and_not_even_read(
    shapes: Workspace, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name != "app.images":
        monkeypatch.setenv(name, "1")
    async with shapes.open(decks=("shapes",), drawing=Drawing(Way.TEXT) if name == "app.images" else BLOCKS) as learner:
        assert ALT in learner.text()
        assert learner.find(ImageBox).sight.picture is None
        await learner.press("1", "3")
        assert len(learner.reviews()) == 1


async def test_without_the_extra_images_are_told_in_words_with_what_to_install(shapes: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    async with shapes.open(decks=("shapes",)) as learner:
        await learner.until(lambda: "install quizzer[images]" in learner.text())
        assert ALT in learner.text()
        await learner.press("1", "3")
        assert len(learner.reviews()) == 1


# Drawing


@pytest.mark.parametrize("way", [Way.SIXEL, Way.KITTY])
def test_without_its_library_an_image_is_drawn_in_blocks(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("textual_image.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "textual_image", None)
    picture = Picture(PillowImage.new("RGB", (9, 9)))
    made, plain = (draw(picture, Drawing(one), columns=4, rows=2, ground=(0, 0, 0)) for one in (way, Way.BLOCKS))
    assert made == plain


@given(st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_an_image_leaves_the_question_its_lines(room: int, need: int, answered: bool) -> None:
    lines = share(room, need, answered=answered)
    assert lines == 0 or LEAST <= lines <= room
    assert answered or lines == 0 or room - lines >= need
    assert share(room, need, answered=True) >= share(room, need, answered=False)


@given(
    st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.integers(1, 300),
    st.integers(1, 90),
)
def test_an_image_fits_its_room_and_keeps_its_shape(size: tuple[int, int], cell: tuple[int, int], columns: int, rows: int) -> None:
    wide, high = fit(size, cell, columns=columns, rows=rows)
    assert 1 <= wide <= columns
    assert 1 <= high <= rows
    if wide > 1 and high > 1:  # to half a cell
        assert (wide - 0.51) * cell[0] * size[1] <= (high + 0.51) * cell[1] * size[0]
        assert (wide + 0.51) * cell[0] * size[1] >= (high - 0.51) * cell[1] * size[0]


@settings(deadline=None)
@given(
    st.sampled_from(["RGB", "RGBA", "L", "P", "LA", "1", "CMYK"]),
    st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]),
    st.sampled_from([Way.BLOCKS, Way.SIXEL, Way.KITTY]),
    st.integers(1, 30),
    st.integers(1, 12),
)
def test_any_image_is_drawn_on_exactly_the_cells_it_is_given(mode: str, form: str, way: Way, columns: int, rows: int) -> None:
    held = io.BytesIO()
    image = PillowImage.new(mode, (7, 5))
    try:
        image.save(held, format=form)
    except (OSError, ValueError):  # a format without such pixels
        image.convert("RGB").save(held, format=form)
    picture = decode(held.getvalue())
    made = draw(picture, Drawing(way), columns=columns, rows=rows, ground=(20, 20, 20))
    assert [line.cell_length for line in made.lines] == [columns] * rows
    assert bool(made.over) == (way is Way.SIXEL)
    assert bool(made.sent) == bool(made.id) == (way is Way.KITTY)


def test_every_colour_of_sixel_is_defined_before_any_is_used() -> None:
    picture = decode((KINDS / "images" / "shapes.png").read_bytes())
    over = draw(picture, Drawing(Way.SIXEL, (8, 16), 12), columns=30, rows=8, ground=(20, 20, 20)).over
    found = re.fullmatch(r'\x1bP[\d;]*q"1;1;240;128((?:#\d+;2;\d+;\d+;\d+)+)(#\d+[^;].*)\x1b\\', over, re.DOTALL)
    assert found
    palette, pixels = found.groups()
    defined = re.findall(r"#(\d+);", palette)
    assert len(defined) == len(set(defined)) <= 12
    assert set(re.findall(r"#(\d+)", pixels)) == set(defined)
    assert ";" not in pixels


def test_black_lines_on_nothing_are_seen_on_a_dark_screen() -> None:
    image = PillowImage.new("RGBA", (20, 20), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 8, 20, 12))
    dark, light = (draw(Picture(image), BLOCKS, columns=10, rows=5, ground=ground).lines for ground in ((10, 10, 10), (250, 250, 250)))
    (top,) = {segment.style.color.triplet for segment in dark[0]}  # type: ignore[union-attr]
    assert top == (255, 255, 255)
    (top,) = {segment.style.color.triplet for segment in light[0]}  # type: ignore[union-attr]
    assert top == (250, 250, 250)


def test_a_frame_larger_than_its_image_says_is_too_large() -> None:
    gif = bytearray((KINDS / "images" / "bars.gif").read_bytes())
    frame = gif.index(b"\x2c\0\0\0\0") + 5
    gif[frame : frame + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(ImageError) as caught:
        decode(bytes(gif))
    assert caught.value.code == "D504"


def test_a_photograph_is_turned_as_the_camera_noted() -> None:
    image = PillowImage.new("RGB", (40, 20))
    turned = image.getexif()
    turned[0x0112] = 6
    held = io.BytesIO()
    image.save(held, format="JPEG", exif=turned)
    assert decode(held.getvalue()).size == (20, 40)


@settings(deadline=None)
@given(st.sampled_from(["shapes.png", "shapes.webp", "bars.gif", "bars.jpg"]), st.data())
def test_a_damaged_image_is_decoded_or_refused(name: str, data: st.DataObject) -> None:
    whole = bytearray((KINDS / "images" / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert decode(bytes(whole[: data.draw(st.integers(0, len(whole)))])).size > (0, 0)
    except ImageError as error:
        assert error.brief
