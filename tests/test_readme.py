"""README is the manual: its examples run, and nothing the program has is missing from it."""

import importlib
import pkgutil
import re
import shlex
import shutil
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import click
import pytest

from quizzer import deckfile, news, settings, tui
from quizzer.cli import cli
from quizzer.plain.commands import COMMANDS
from quizzer.tui.keys import key_name

from .program import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = [(match[1], match[2]) for match in FENCE.finditer(README)]
BLOCKS_OF_ANY = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
SESSIONS = [text for language, text in BLOCKS if language == "console"]
DECKS = [text for language, text in BLOCKS if language == "yaml"]
TOML = [text for language, text in BLOCKS if language == "toml"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as README's examples suppose it: the shipped decks and an article."""
    shutil.copytree(ROOT / "decks", tmp_path / "decks")
    shutil.copyfile(ROOT / "tests/data/articles/mine-rescue.txt", tmp_path / "article.txt")
    return tmp_path


def commands(session: str) -> list[tuple[str, list[str]]]:
    """A console block as (command, lines it prints)."""
    found: list[tuple[str, list[str]]] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


@pytest.mark.parametrize("session", SESSIONS, ids=[text.splitlines()[0][2:60] for text in SESSIONS])
def test_every_example_session_runs_and_prints_what_it_shows(workspace: Path, session: str) -> None:
    for command, shown in commands(session):
        words = shlex.split(command)
        given = b""
        if words[0] == "printf" and words[2] == "|":
            given, words = words[1].encode().decode("unicode_escape").encode(), words[3:]
        assert words[0] == "quizzer", command
        done = run(words[1:], folder=workspace, stdin=given, news=words[1:2] in (["generate"], ["facts"]))
        printed = (done.stdout + done.stderr).splitlines()
        assert "Traceback" not in done.stderr
        for line in shown:
            pattern = ".*".join(re.escape(piece) for piece in line.split("…"))
            assert any(re.fullmatch(pattern, one.rstrip()) for one in printed), f"{command}: {line!r} is not in\n" + "\n".join(printed)
        assert done.returncode == 0, (command, printed)


@pytest.mark.parametrize("text", DECKS, ids=[f"deck-{number}" for number in range(1, len(DECKS) + 1)])
def test_every_example_deck_is_sound(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(text if re.search("^title:", text, re.MULTILINE) else f"title: Example\nquestions:\n{text}", "utf-8")
    no_image = "D502"  # nor are the images of the examples there
    assert [str(problem) for problem in deckfile.check(path) if problem.severity == "error" and problem.code != no_image] == []


@pytest.mark.parametrize("text", DECKS, ids=[f"deck-{number}" for number in range(1, len(DECKS) + 1)])
def test_every_example_deck_is_laid_out_as_the_manual_says(text: str) -> None:
    whole = text if re.search("^title:", text, re.MULTILINE) else f"title: Example\nquestions:\n{text}"
    made = deckfile.laid_out(whole.encode(), Path("deck.yaml"))
    assert made.only_ids or not made.changed


@pytest.mark.parametrize("text", TOML)
def test_every_example_of_settings_is_usable(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    assert settings.load(path) != settings.Settings()


def test_evidence_of_the_example_in_markdown_is_the_files_own_text(tmp_path: Path) -> None:
    (example,) = [text for language, text in BLOCKS if language == "markdown"]
    path = tmp_path / "bridge.md"
    path.write_text(example, "utf-8")
    quotes = [one.quote for question in news.generate([news.read(path)], deck_id="bridge").deck.questions for one in question.evidence]
    told = re.search(r"included: here\s+`(.+?)`\.", README)
    assert told is not None
    assert told[1] in quotes
    assert all(quote in example for quote in quotes)


def test_every_setting_is_told() -> None:
    assert [name for name, _, _ in settings.listing(settings.Settings()) if f"`{name}`" not in README] == []


def test_every_command_and_option_is_told() -> None:
    missing = []
    for name, command in cli.commands.items():
        if f"`quizzer {name}" not in README:
            missing.append(name)
        missing += [
            f"{name} {option}"
            for parameter in command.params
            if isinstance(parameter, click.Option)
            for option in parameter.opts
            if option.startswith("--") and option not in README
        ]
    assert missing == []


def code_table() -> str:
    """README's table of codes, made from the registry."""
    rows = []
    for name, code in deckfile.CODES.items():
        example = code.example.rstrip().replace("|", "\\|").replace("\x07", "␇").replace("\n", "⏎").replace("\t", "⇥")
        state = code.severity if code.on else f"{code.severity}, off"
        rows.append(f"| `{name}` | {state} | {code.title}: {code.prose} | {f'`` {example} ``' if len(example) < 110 else ''} |")
    return "\n".join(["| code | | | for example |", "|---|---|---|---|", *rows])


def test_every_code_is_told_with_its_example() -> None:
    assert code_table() in README


def key_table() -> str:
    """README's table of keys, made from the bindings of the app's screens and widgets."""
    rows: dict[str, str] = {}
    for found in pkgutil.walk_packages(tui.__path__, "quizzer.tui."):
        for kind in vars(importlib.import_module(found.name)).values():
            if not (isinstance(kind, type) and kind.__module__ == found.name and "BINDINGS" in vars(kind)):
                continue
            where = vars(kind).get("BINDING_GROUP_TITLE") or "Anywhere"
            for binding in vars(kind)["BINDINGS"]:
                keys = " or ".join(f"`{key_name(key.strip())}`" for key in binding.key.split(","))
                rows.setdefault(binding.id, f"| {where} | {keys} | {binding.description} | `{binding.id}` |")
    return "\n".join(["| where | key | does | name |", "|---|---|---|---|", *(rows[name] for name in sorted(rows))])


def test_every_key_is_told_with_the_name_under_which_it_is_remapped() -> None:
    assert key_table() in README


def test_every_command_of_the_plain_form_is_told() -> None:
    rows = [f"| `:{one.name}`{f' or `:{one.short}`' if one.short else ''} | {one.does} |" for one in COMMANDS]
    assert "\n".join(["| command | to |", "|---|---|", *rows]) in README


def test_the_floors_of_the_house_are_those_that_lint_imports_holds() -> None:
    (told,) = [text for _, text in BLOCKS_OF_ANY if "__main__" in text]
    floors = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]["layers"]
    rows = [row for row in told.splitlines() if re.match(r" \d ", row)]
    assert len(rows) == len(floors)
    for row, floor in zip(rows, floors, strict=True):
        rooms = [room.strip() for room in floor.split("|")]
        assert row.split()[1 : len(rooms) + 1] == rooms


def test_every_link_within_the_manual_leads_to_a_heading() -> None:
    titles = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", README, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    assert {link for link in re.findall(r"\]\(#([^)]+)\)", README) if link not in anchors} == set()


def test_nothing_is_told_twice_where_two_branches_met() -> None:
    lines = re.sub(r"^```.*?^```$", "", README, flags=re.DOTALL | re.MULTILINE).splitlines()
    long = [line.split(" | ")[0] if line.startswith("| `quizzer") else line for line in lines if len(line) > 40]
    assert [line for line, number in Counter(long).items() if number > 1] == []
    assert [line for before, line in pairwise(lines) if line.startswith("#") and before] == []
