"""README is the manual: its examples run, and nothing the program has is missing from it."""

import importlib
import json
import pkgutil
import re
import shutil
import tomllib
import typing
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from quizzer import deckfile, news, settings, tui
from quizzer.core.kinds import Question
from quizzer.news.facts import Sort
from quizzer.plain.commands import COMMANDS
from quizzer.tui.keys import key_name

from . import sessions

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = [(match[1], match[2]) for match in FENCE.finditer(README)]
BLOCKS_OF_ANY = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
SECTIONS = re.split(r"^(?=##+ )", re.sub(r"^(?=#[^\n]*\n)", "", README), flags=re.MULTILINE)
SESSIONS = {
    section.splitlines()[0].lstrip("# "): "".join(text for language, text in FENCE.findall(section) if language == "console")
    for section in SECTIONS
    if "```console\n" in section
}  # those of a section go on from each other
DECKS = [text for language, text in BLOCKS if language == "yaml"]
TOML = [text for language, text in BLOCKS if language == "toml"]
GROUPS = {"quizzer data", "quizzer deck"}  # commands of commands
RUN_ELSEWHERE = {
    "quizzer edit": "tests/tui/test_editor_terminal.py::test_add_change_delete_undo_and_save_touch_only_what_they_say",
    "quizzer edit DECK[#QUESTION]": "tests/tui/test_editor_terminal.py::test_add_change_delete_undo_and_save_touch_only_what_they_say",
    "quizzer study --no-plain": "tests/plain/test_streams.py::test_settings_choose_the_plain_form_and_words_in_place_of_signs",
    "quizzer check --watch": "tests/cli/test_checking.py::test_watch_checks_again_when_a_file_is_saved_and_ends_with_an_interrupt",
    "quizzer facts --dask": "tests/news/test_scale.py::test_a_deck_is_the_same_from_a_cluster",
    "quizzer generate --dask": "tests/news/test_scale.py::test_a_deck_is_the_same_from_a_cluster",
}  # they need a terminal, wait for files, or a cluster


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as README's examples suppose it: the shipped decks and an article."""
    shutil.copytree(ROOT / "decks", tmp_path / "decks")
    shutil.copyfile(ROOT / "tests/data/articles/mine-rescue.txt", tmp_path / "article.txt")
    return tmp_path


@pytest.mark.parametrize("section", SESSIONS)
def test_every_example_session_runs_and_prints_what_it_shows(workspace: Path, section: str) -> None:
    for command, shown in sessions.commands(SESSIONS[section]):
        told, code = sessions.run(command, folder=workspace)
        assert [line for line in shown if not sessions.shows(line, told.splitlines())] == [], f"{command}\n{told}"
        assert code == 0, f"{command}\n{told}"


def test_the_folder_of_the_guide_keeps_out_of_git_what_is_the_learners_own(tmp_path: Path) -> None:
    (steps,) = re.findall(r"^```sh\n(mkdir.*?)^```$", README, re.DOTALL | re.MULTILINE)
    own = ["progress.db", "progress.db-wal", ".progress-backups/progress-at-2026.db", "decks/.rescue.yaml.proposals.jsonl"]
    told, _ = sessions.run(f"{steps}git check-ignore {' '.join(own)} decks/rescue.yaml decks/.deck.schema.json", folder=tmp_path)
    assert told.splitlines()[-len(own) :] == own


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


def test_every_setting_stands_in_an_example(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(max(TOML, key=len), "utf-8")
    assert [name for name, _, default in settings.listing(settings.load(path)) if default] == []


def of_schema(name: str, part: object) -> Iterator[str]:
    """What stands under ``name`` anywhere in the schema of decks: the keys, or the words that a value may be."""
    if isinstance(part, dict):
        yield from (one for one in part.get(name, ()) if isinstance(one, str))
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from of_schema(name, one)


def test_every_key_of_a_deck_stands_in_an_example_deck_and_every_word_in_the_manual() -> None:
    keys = set(re.findall(r"(?:^|[ {])([a-z_0-9]+):", "\n".join(DECKS), re.MULTILINE))
    assert set(of_schema("properties", deckfile.schema())) - keys == set()
    words = set(of_schema("enum", deckfile.schema())) - deckfile.CODES.keys()
    assert [word for word in words if not re.search(rf"[` ]{word}`", README)] == []


def test_every_kind_stands_in_an_example_deck(tmp_path: Path) -> None:
    (example,) = (text for text in DECKS if "One question of each kind" in text)
    (tmp_path / "deck.yaml").write_text(example, "utf-8")
    shown = {type(question) for question in deckfile.load(tmp_path / "deck.yaml").questions}
    assert shown == set(typing.get_args(Question))


def test_every_key_of_a_learners_data_is_told(workspace: Path) -> None:
    sessions.run(r"printf '1\n\n:flag\n:suspend\n1\n:overrule\n:leave\n' | quizzer study quizzer --plain", folder=workspace)
    sessions.run("quizzer undo", folder=workspace)
    data = json.loads(sessions.run("quizzer data export", folder=workspace)[0])
    (told,) = (section for section in SECTIONS if section.startswith("### Two machines, several learners"))
    entries = [entry for part in data.values() if isinstance(part, list) for entry in part]
    assert len({entry.get("act") for entry in entries}) > 3
    assert [key for one in (data, *entries) for key in one if f"`{key}`" not in told] == []


def test_every_sort_of_generated_question_is_told() -> None:
    assert [sort for sort in Sort if not re.search(rf"^\| .*`{sort.replace(' ', '-')}`.* \|", README, re.MULTILINE)] == []


def test_every_variable_of_the_environment_is_told() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "quizzer").rglob("*.py"))
    assert [name for name in set(re.findall(r"QUIZZER_[A-Z]+", source)) if f"`{name}`" not in README] == []


def test_every_setting_is_told() -> None:
    assert [name for name, _, _ in settings.listing(settings.Settings()) if f"`{name}`" not in README] == []


def test_every_command_option_and_word_stands_in_an_example_that_runs() -> None:
    """What cannot is named with the test that runs it; what can by now is not named any more."""
    used = {one for session in SESSIONS.values() for command, _ in sessions.commands(session) for one in sessions.uses(command)}
    assert sorted(sessions.KNOWN.keys() - used) == sorted(RUN_ELSEWHERE)


@pytest.mark.parametrize("what", RUN_ELSEWHERE)
def test_what_no_example_can_run_is_run_by_the_test_named_for_it(what: str) -> None:
    path, _, name = RUN_ELSEWHERE[what].partition("::")
    (body,) = re.findall(rf"^(?:async )?def {name}\(.*?(?=^\S|\Z)", (ROOT / path).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    words = [word for word in what.split()[1:] if word[0].islower() or word[0] == "-"]
    assert [word for word in words if f'"{word}"' not in body] == []


@cache
def reference(words: str) -> str:
    """What README says of a command: its rows in the table of commands, and the sections whose examples run it."""
    rows = re.findall(rf"^\| .*?`{words}\b[^`]*`.*$", README, re.MULTILINE)
    return "\n".join(rows + [re.sub(FENCE, "", one) for one in SECTIONS if re.search(rf"^(\$ |.*\| ){words}\b", one, re.MULTILINE)])


def test_every_command_and_option_stands_in_the_reference() -> None:
    missing = []
    for name, written in sessions.KNOWN.items():
        command, dash, _ = name.partition(" -")
        if written and not (dash and " " in name[len(command) + 1 :]) and command not in ("quizzer", *GROUPS):
            told = reference(command)
            missing += [name] if not told or not any(re.search(rf"{one}(?![\w-])", told) for one in written) else []
    assert missing == []


def code_table() -> str:
    """README's table of codes, made from the registry."""
    rows = []
    for name, code in deckfile.CODES.items():
        example = code.example.rstrip().replace("|", "\\|").replace("\x07", "␇").replace("\n", "⏎").replace("\t", "⇥")
        state = code.severity if code.on else f"{code.severity}, off"
        rows.append(f"| `{name}` | {state} | {code.title}: {code.prose} | {f'`` {example} ``' if 0 < len(example) < 110 else ''} |")
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
