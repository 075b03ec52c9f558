"""Whatever bytes a file holds, reading returns or refuses in one line, and every line that is told is in the file."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import FormatError
from quizzer.formats import FORMATS, Options, read

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "data" / "formats").iterdir())]
TOKENS = [
    *(
        b"\t",
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b" ",
        b"    ",
        b",",
        b";",
        b'"',
        b"'",
        b"=",
        b"==",
        b"::",
        b":::",
        b"?\n",
        b"??\n",
        b"- ",
        b"1. ",
    ),
    *(
        b"Q: ",
        b"A: ",
        b"C: ",
        b"---\n",
        b"```\n",
        b"~~~\n",
        b"[x]",
        b"[",
        b"]",
        b"![",
        b"](",
        b"*a) ",
        b"b) ",
        b"[*] ",
        b"[ ] ",
        b"* ",
        b"... ",
    ),
    *(
        b"= 5",
        b"= [1, 2]",
        b"= 1 +- 2",
        b"___\n",
        b"% id: x\n",
        b"<!-- id: x -->",
        b"<!--",
        b"-->",
        b"%%",
        b"#tag ",
        b"# H\n",
        b"## H\n",
        b"^id",
    ),
    *(
        b"question,answer\n",
        b"kind",
        b"deck,",
        b"evidence,",
        b"> Source: A: \xe2\x80\x9cb\xe2\x80\x9d\n",
        b"> x\n",
        b"\\",
        b"{{",
        b"}}",
        b"|",
    ),
    *(
        b"\0",
        b"\x80",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xe2\x80\xa8",
        b"\xf0\x9f\x98\x80",
        b"9" * 5000,
        b"$",
        b"COMMENT\n",
        b"GROUP\n",
    ),
]


def survives(data: bytes, form: str) -> None:
    lines = data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        lines = data.decode("utf-16", "replace").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    try:
        found = read(data, form=form, options=Options())[1]
    except FormatError as error:
        line, _, message = str(error).partition(": ")
        assert 1 <= int(line) <= lines
        assert message
        assert "\n" not in str(error)
        return
    assert len(found.lines) == len(found.deck.questions)
    for line in (*found.lines, *(one.line for one in found.problems)):
        assert 1 <= line <= lines
    assert all("\n" not in one.message and one.message for one in found.problems)
    for question in found.deck.questions:
        assert question.text.strip()


def mutated(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(4):
            case 0:
                data = data[:at] + dice.choice(TOKENS) + data[at:]
            case 1:
                data = data[:at] + data[at + dice.randint(1, 12) :]
            case 2:
                to = dice.randrange(len(data) + 1)
                data = data[:at] + data[to : to + dice.randint(1, 80)] + data[at:]
            case _:
                data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
    return data


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=60) | st.lists(st.sampled_from(TOKENS), max_size=30).map(b"".join), form=st.sampled_from(["", *FORMATS]))
def test_any_bytes_are_read_or_refused(data: bytes, form: str) -> None:
    survives(data, form)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(15):
        survives(mutated(dice.choice(SAMPLES), dice), dice.choice(["", *FORMATS]))


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_many_damaged_files_are_read_or_refused() -> None:
    dice = random.Random(2026)
    for _ in range(100_000):
        survives(mutated(dice.choice(SAMPLES), dice), dice.choice(["", *FORMATS]))
