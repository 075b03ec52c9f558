"""Whatever bytes a file holds, ``check`` returns and ``load`` raises nothing but DeckError."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError
from quizzer.deckfile import check, fmt, load, render
from quizzer.deckfile.problems import parted

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "data" / "kinds").glob("*.yaml"))]
TOKENS = [
    *(
        b"\t",
        b"\n",
        b"\r",
        b" ",
        b"  ",
        b"- ",
        b"? ",
        b": ",
        b":",
        b"#",
        b"&a ",
        b"*a",
        b"!x ",
        b"<<: ",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b"|",
        b">",
    ),
    *(
        b'"',
        b"'",
        b"\\",
        b"%",
        b"@",
        b"`",
        b"---\n",
        b"...\n",
        b"~",
        b"\0",
        b"\x07",
        b"\x80",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xe2\x80\xa8",
    ),
    *(
        b"{{",
        b"}}",
        b"id: ",
        b"answer: ",
        b"cloze: ",
        b"order: ",
        b"answers: ",
        b"evidence: ",
        b"format: 2\n",
        b"-1",
        b"9" * 5000,
        b"\xf0\x9f\x98\x80",
    ),
]


def survives(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    problems = check(path)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in str(problem)
        what, remedy = parted(problem.message)
        shown = render(problem).split("\n")
        assert shown[0] == f"{problem.path}:{problem.line}:{problem.column}: {problem.code} {what}"
        assert not remedy or shown[-1].endswith(f"= help: {remedy}")
    images = {"D502", "D503", "D504"}  # a deck can be studied without its images
    errors = [problem for problem in problems if problem.severity == "error" and problem.code not in images]
    try:
        deck = load(path)
    except DeckError as error:
        assert errors
        assert str(error).startswith(str(errors[0]))
        assert "\n" not in str(error)
        return
    assert not errors
    try:
        fmt(path)
    except DeckError as error:
        assert "inserted safely" in str(error)
    assert load(path) == deck


def mutated(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(4):
            case 0:
                data = data[:at] + dice.choice(TOKENS) + data[at:]
            case 1:
                data = data[:at] + data[at + dice.randint(1, 12) :]
            case 2:
                to = dice.randrange(len(data) + 1)
                data = data[:at] + data[to : to + dice.randint(1, 60)] + data[at:]
            case _:
                data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
    return data


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=60) | st.lists(st.sampled_from(TOKENS), max_size=30).map(b"".join))
def test_any_bytes_are_read_or_refused(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    survives(tmp_path_factory.mktemp("fuzz") / "fuzz.yaml", data)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_deck_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    for _ in range(5):
        survives(tmp_path / "fuzz.yaml", mutated(dice.choice(SAMPLES), dice))


@pytest.mark.soak
def test_many_damaged_decks_are_read_or_refused(tmp_path: Path) -> None:
    dice = random.Random(2026)
    for _ in range(60_000):
        survives(tmp_path / "fuzz.yaml", mutated(dice.choice(SAMPLES), dice))


@pytest.mark.soak
@settings(max_examples=30_000, deadline=None)
@given(data=st.binary(max_size=200) | st.lists(st.sampled_from(TOKENS), max_size=80).map(b"".join))
def test_any_bytes_are_read_or_refused_many_times(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    survives(tmp_path_factory.getbasetemp() / "fuzz.yaml", data)
