"""Whatever bytes a file holds, ``check`` returns and ``load`` raises nothing but DeckError; ``fix`` leaves it sound, at once."""

import contextlib
import copy
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.cli.reports import OUTPUTS, print_problems
from quizzer.core.errors import DeckError
from quizzer.deckfile import CODES, Problem, check, files, fix, fmt, load, render
from quizzer.deckfile.choice import Choice
from quizzer.deckfile.problems import Unreadable, parted
from quizzer.deckfile.truth import Articles

VALUES: list[Any] = ["", " ", "x", "true", "-1", "9" * 30, [], {}, [[]], {"a": "b"}, "{{x}}", "{{", "a|", "2021-02-30", "1–5", "a "]
EVERYTHING = Choice(("D", "Q"))
ARTICLES = Articles({"notes": "They met in Paris and signed at Versailles in 1919.", "wire": "Lima is the capital of Peru."})

DATA = Path(__file__).parent.parent / "data"
LABELLED = (DATA / "lint" / "labelled.yaml").read_text("utf-8").splitlines()
HEAD = "\n".join(line for line in LABELLED[:10] if not line.startswith("#"))
SAMPLES = [
    *(path.read_bytes() for path in sorted((DATA / "kinds").glob("*.yaml"))),
    *(
        "\n".join([HEAD, *(f"{line}  # quizzer: ignore Q{101 + at} -- a riddle" for line in LABELLED[at::19] if "id: q" in line)]).encode()
        for at in range(19)
    ),
]
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
    lines = lines_of(path)
    everything = check(path, asked=EVERYTHING, articles=ARTICLES)
    printed(everything)
    for problem in everything:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.code in CODES
    for problem in problems:
        assert "\n" not in str(problem)
        what, remedy = parted(problem.message)
        shown = render(problem).split("\n")
        assert shown[0] == f"{problem.path}:{problem.line}:{problem.column}: {problem.code} {what}"
        assert not remedy or shown[-1].endswith(f"= help: {remedy}")
    images = {"D502", "D503", "D504"}  # a deck can be studied without its images
    errors = [problem for problem in problems if problem.severity == "error" and problem.code not in images]
    fixed_once(path, Choice(("D", "Q")) if len(data) % 2 else None)
    path.write_bytes(data)
    try:
        deck = load(path)
    except DeckError as error:
        assert errors
        assert str(error).startswith(str(errors[0]))
        assert "\n" not in str(error)
        return
    assert not errors
    try:
        laid_out = fmt(path)
    except DeckError as error:
        assert "It is left as it is." in str(error)
    else:
        assert laid_out.changed == (path.read_bytes() != data)
        assert not fmt(path).changed
        assert not any(problem.code == "D208" for problem in check(path))
    assert load(path) == deck
    try:
        fix(path)
    except DeckError as error:
        assert "inserted safely" in str(error)
    after = load(path)
    assert [card.id for card in after.cards()] == [card.id for card in deck.cards()]
    assert [card.fingerprint for card in after.cards()] == [card.fingerprint for card in deck.cards()]


def fixed_once(path: Path, asked: Choice | None) -> None:
    """Mending again changes nothing, and what could be studied before can be studied still."""
    errors = [problem.code for problem in check(path) if problem.severity == "error"]
    try:
        fix(path, asked=asked)
    except DeckError as error:
        assert "inserted safely" in str(error)
    after = path.read_bytes()
    assert [problem.code for problem in check(path) if problem.severity == "error" and problem.code != "D304"] == [
        code for code in errors if code != "D304"
    ]
    with contextlib.suppress(DeckError):
        assert fix(path, asked=asked) == []
    assert path.read_bytes() == after


def printed(problems: list[Problem]) -> None:
    """Every output can be printed, and those for programs be read."""
    for output in OUTPUTS:
        with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out:
            print_problems(problems, output)
            out.flush()
            text = out.buffer.getvalue().decode()
        if output == "github":
            assert len(text.split("\n")) == len(problems) + 1
        if output == "json":
            assert len(json.loads(text)) == len(problems)
        if output == "sarif":
            assert len(json.loads(text)["runs"][0]["results"]) == len(problems)


def lines_of(path: Path) -> list[str]:
    """The lines of the file, as an editor counts them; of one that is no text, as many as could be meant."""
    try:
        text = files.read(path).text
    except Unreadable:
        text = path.read_bytes().decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


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


def moved(data: bytes, dice: random.Random) -> bytes:
    """The deck with lines swapped, doubled, left out, or further in."""
    lines = data.split(b"\n")
    for _ in range(dice.randint(1, 4)):
        at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                lines[at], lines[to] = lines[to], lines[at]
            case 1:
                lines.insert(to, lines[at])
            case 2 if len(lines) > 1:
                del lines[at]
            case 3:
                lines[at] = b"  " + lines[at]
            case _:
                lines[at] = lines[at].removeprefix(b"  ")
    return b"\n".join(lines)


def bent(data: bytes, dice: random.Random) -> bytes:
    """The deck with its structure changed, and written anew: what was a text is a list, what was in one place is in another."""
    root = yaml.load(data, yaml.CBaseLoader)
    places = list(_places(root))
    for _ in range(dice.randint(1, 4)):
        (holder, key), (other, name) = dice.choice(places), dice.choice(places)
        value = other[name] if name in other or (isinstance(other, list) and name < len(other)) else ""
        if isinstance(holder, list) and key >= len(holder):
            continue
        match dice.randrange(6):
            case 0:
                holder[key] = dice.choice(
                    ["", " ", "x", "true", "-1", "9" * 30, [], {}, [[]], {"a": "b"}, "{{x}}", "{{", "a|", "2021-02-30"]
                )
            case 1 if holder is not root and str(value) not in ("", "[]", "{}") and len(str(value)) < 2000:
                holder[key] = copy.deepcopy(value)
            case 2 if isinstance(holder, dict):
                holder[f"{name}"] = copy.deepcopy(holder.get(key, ""))
            case 3 if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            case 4 if isinstance(holder, dict):
                holder.pop(key, None)
            case _:
                holder[key] = [holder[key]] if isinstance(holder, list) or key in holder else ""
    flow = dice.choice([None, True, False])
    return str(yaml.dump(root, allow_unicode=True, default_flow_style=flow, width=dice.choice([20, 80, 10_000]), sort_keys=False)).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


def damaged(dice: random.Random) -> bytes:
    return dice.choice([mutated, moved, bent])(dice.choice(SAMPLES), dice)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=60) | st.lists(st.sampled_from(TOKENS), max_size=30).map(b"".join))
def test_any_bytes_are_read_or_refused(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    survives(tmp_path_factory.mktemp("fuzz") / "fuzz.yaml", data)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_deck_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    for _ in range(5):
        survives(tmp_path / "fuzz.yaml", damaged(dice))


@pytest.mark.soak
def test_a_hundred_thousand_damaged_decks_are_read_or_refused(tmp_path: Path) -> None:
    dice = random.Random(2026)
    for number in range(100_000):
        data = damaged(dice)
        try:
            survives(tmp_path / "fuzz.yaml", data)
        except BaseException:
            (tmp_path / f"failed-{number}.yaml").write_bytes(data)
            raise


@pytest.mark.soak
@settings(max_examples=30_000, deadline=None)
@given(data=st.binary(max_size=200) | st.lists(st.sampled_from(TOKENS), max_size=80).map(b"".join))
def test_any_bytes_are_read_or_refused_many_times(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    survives(tmp_path_factory.getbasetemp() / "fuzz.yaml", data)
