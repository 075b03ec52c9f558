"""What is sent to a terminal of images: a made-up one answers as Kitty, as one with Sixel, as one with neither, or not at all."""

import base64
import io
import re
import shutil
import termios
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as PillowImage

from quizzer.core.model import Images
from quizzer.tui import graphics
from quizzer.tui.graphics import BLOCKS, Drawing, Way, ask, drawing_of, in_colours
from quizzer.tui.pictures import _marks

from .conftest import Workspace
from .test_terminal import running

IMAGES = Path(__file__).parents[1] / "data" / "kinds" / "images"
DECK = """\
format: 1
id: shapes
title: Shapes
questions:
  - id: blue
    question: Which shape is blue?
    answer: the square
    distractors: [the disc, the triangle]
    mode: choose
    image: {file: shapes.png, alt: Three shapes.}
  - {id: plain, question: Which is plain?, answer: this, distractors: [that], mode: choose}
"""
XTERM = b"\x1b[6;20;10t\x1b[?62;4;22c"
KITTY = b"\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;c"
TMUX = b"\x1b[?1;2c"
ESCAPES = re.compile(rb"\x1bP0?;?[\d;]*q.*?\x1b\\|\x1b_G[^\x1b]*\x1b\\", re.DOTALL)


@pytest.fixture
def shapes(empty_workspace: Workspace) -> Workspace:
    empty_workspace.add("shapes.yaml", DECK)
    shutil.copyfile(IMAGES / "shapes.png", empty_workspace.folder / "decks" / "shapes.png")
    return empty_workspace


def kitty_images(seen: bytes) -> dict[int, PillowImage.Image]:
    """The images sent, by id, put together from their pieces as the protocol says."""
    images: dict[int, PillowImage.Image] = {}
    number, held = 0, b""
    for keys, payload in re.findall(rb"\x1b_G([^;\x1b]*);([^\x1b]+)\x1b\\", seen):
        given = dict(pair.split(b"=") for pair in keys.split(b","))
        if given.get(b"a") == b"q":
            continue
        number = int(given.get(b"i", number))
        held += payload
        if given[b"m"] == b"0":
            images[number] = PillowImage.open(io.BytesIO(base64.standard_b64decode(held)))
            held = b""
    return images


def test_kitty_gets_the_image_once_and_cells_that_name_it(shapes: Workspace) -> None:
    with running(shapes.folder, "shapes", answers=KITTY, IMAGES="auto", COLORTERM="truecolor") as terminal:
        terminal.until("\U0010eeee".encode())
        terminal.until(b"the triangle")
        marks = _marks()
        terminal.until(f"{marks[11]}{marks[61]}".encode())  # on the last cell
        first = terminal.seen
        ((number, image),) = kitty_images(first).items()
        assert image.format == "PNG"
        assert image.size == (360, 140)
        ((columns, rows),) = re.findall(rb"\x1b_Ga=p,U=1,i=%d,c=(\d+),r=(\d+),q=2\x1b\\" % number, first)
        assert abs(int(columns) * 10 / (int(rows) * 20) - 360 / 140) < 0.3
        colour = b"38;2;%d;%d;%dm" % (number >> 16, number >> 8 & 255, number & 255)
        assert colour + "\U0010eeee\u0305\u0305\U0010eeee\u0305\u030d".encode() in first
        assert (int(columns), int(rows)) == (62, 12)
        cells = set(re.findall("\U0010eeee(.)(.)", first.decode(errors="ignore")))  # a slow terminal is painted more than once
        assert cells == {(marks[row], marks[column]) for row in range(int(rows)) for column in range(int(columns))}
        terminal.press("1", after=0.4)
        terminal.until(b"Again")
        terminal.press("3", after=0.4)
        terminal.until(b"Which is plain")
        terminal.until(b"\x1b_Ga=d,d=I,i=")  # every image sent is taken back, when another takes its place or none
        terminal.press("\x11")
        assert terminal.leave() == 0


def test_sixel_is_painted_in_its_place_and_the_cursor_put_back(shapes: Workspace) -> None:
    with running(shapes.folder, "shapes", answers=XTERM, IMAGES="auto", COLORTERM="truecolor") as terminal:
        terminal.until(b"the triangle")
        terminal.until(b"\x1b\\\x1b8")
        ((row, column, data),) = re.findall(rb"\x1b7\x1b\[(\d+);(\d+)H\x1bP[\d;]*q(.*?)\x1b\\\x1b8", terminal.seen, re.DOTALL)
        wide, high = (int(size) for size in re.match(rb'"1;1;(\d+);(\d+)', data).groups())  # type: ignore[union-attr]
        assert int(row) == 3
        assert int(column) - 1 == (80 - wide // 10) // 2
        assert abs(wide / high - 360 / 140) < 0.3
        assert high // 20 <= 24 - int(row)
        terminal.press("v", after=0.4)
        terminal.until(b"\x1b\\\x1b8")
        (larger,) = re.findall(rb'\x1bP[\d;]*q"1;1;(\d+);\d+', terminal.seen)
        assert int(larger) > wide
        terminal.press("v")
        terminal.until(b"\x1b\\\x1b8")  # painted again where it was
        assert re.findall(rb'\x1bP[\d;]*q"1;1;(\d+);\d+', terminal.seen)[-1] == str(wide).encode()
        terminal.press("\x11")
        assert terminal.leave() == 0


def test_a_terminal_that_does_not_answer_gets_half_blocks_and_nothing_else(shapes: Workspace) -> None:
    with running(shapes.folder, "shapes", IMAGES="auto", COLORTERM="truecolor") as terminal:
        terminal.until("▀".encode())
        terminal.until(b"the triangle")
        assert b"\x1b[c" not in terminal.seen  # what would come late would be taken for keys
        assert not ESCAPES.search(terminal.seen)
        terminal.press("\x11")
        assert terminal.leave() == 0
        assert termios.tcgetattr(terminal.other)[3] == terminal.before[3]


@pytest.mark.parametrize("wish", [{"TERM": "linux"}, {"TERM": "dumb"}, {"TERM": "screen"}, {"NO_COLOR": "1"}], ids=str)
def test_where_images_could_not_be_told_apart_the_terminal_is_not_asked(wish: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    monkeypatch.setattr(graphics, "_answer", lambda patience: asked.append(patience) or KITTY)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    assert ask(Images.AUTO).way is Way.KITTY
    assert ask(Images.GRAPHICS).way is Way.KITTY
    assert asked[0] < asked[1]
    assert ask(Images.BLOCKS).way is Way.BLOCKS
    assert ask(Images.TEXT).way is Way.TEXT
    for name, value in wish.items():
        monkeypatch.setenv(name, value)
    assert ask(Images.AUTO) == BLOCKS
    assert len(asked) == 2


def test_who_wants_no_images_gets_words(shapes: Workspace) -> None:
    with running(shapes.folder, "shapes", answers=KITTY, IMAGES="text", COLORTERM="truecolor") as terminal:
        terminal.until(b"[Image: Three shapes.]")
        terminal.until(b"the triangle")
        assert b"\x1b[c" not in terminal.seen
        assert not ESCAPES.search(terminal.seen)
        assert "▀".encode() not in terminal.seen
        terminal.press("\x11")
        assert terminal.leave() == 0


ANSWERS = st.sampled_from([KITTY, XTERM, TMUX, b"\x1b[?4c", b"\x1b[6;0;0t", b"\x1b[?1;0;0S", b"q"])


@given(st.binary(max_size=60) | st.lists(ANSWERS, max_size=4).map(b"".join))
def test_whatever_a_terminal_answers_there_is_a_way_to_draw(answer: bytes) -> None:
    drawing = drawing_of(answer)
    assert drawing.way in (Way.KITTY, Way.SIXEL, Way.BLOCKS)
    assert min(drawing.cell) > 0
    assert 2 <= drawing.colours <= 256


@pytest.mark.parametrize(
    ("answer", "drawing"),
    [
        (KITTY, Drawing(Way.KITTY, (10, 20))),
        (XTERM, Drawing(Way.SIXEL, (10, 20))),
        (TMUX, BLOCKS),
        (b"", BLOCKS),
        (b"\x1b_Gi=31;EINVAL:no\x1b\\\x1b[?64;1;14c", BLOCKS),
        (b"\x1b_Gi=31;OK\x1b\\\x1b[6;16;8t\x1b[?64;1;4c", Drawing(Way.SIXEL, (8, 16))),
        (b"\x1b[?1;0;16S\x1b[?63;1;4c", Drawing(Way.SIXEL, (10, 20), 16)),
        (b"\x1b[?1;0;1024S\x1b[?63;1;4c", Drawing(Way.SIXEL, (10, 20), 256)),
        (b"\x1b[?1;3;0S\x1b[?63;1;4c", Drawing(Way.SIXEL, (10, 20), 256)),
    ],
)
def test_the_answer_tells_the_best_way(answer: bytes, drawing: Drawing) -> None:
    assert drawing_of(answer) == drawing


@pytest.mark.parametrize(
    ("way", "colours", "plain", "then"),
    [
        (Way.KITTY, "truecolor", False, Way.KITTY),
        (Way.KITTY, "256", False, Way.BLOCKS),
        (Way.BLOCKS, "256", False, Way.BLOCKS),
        (Way.BLOCKS, "standard", False, Way.TEXT),
        (Way.SIXEL, "standard", False, Way.SIXEL),
        (Way.SIXEL, "truecolor", True, Way.TEXT),
        (Way.BLOCKS, None, False, Way.TEXT),
    ],
)
def test_the_colours_of_the_terminal_decide_too(way: Way, colours: str | None, plain: bool, then: Way) -> None:
    assert in_colours(Drawing(way), colours, plain=plain).way is then


def test_without_a_terminal_nothing_is_asked() -> None:
    assert ask(Images.AUTO) == BLOCKS
