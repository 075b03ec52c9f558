"""What README gives to paste into editors and into git works on the shipped decks: the problem matcher, the hooks, the workflow."""

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from quizzer.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PASTED = [yaml.safe_load(text) for text in re.findall(r"^```yml\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)]
(CONFIG,) = (one for one in PASTED if "repos" in one)
(WORKFLOW,) = (one for one in PASTED if "jobs" in one)
HOOKS: dict[str, Any] = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
BAD = "id: peru\ntitle: Peru\nquestions:\n  - {id: q, question: 'Who won, today?', answer: Lima, distractors: [Lima, 100%]}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "decks", tmp_path / "decks")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """Run quizzer in the folder."""
    return CliRunner().invoke(cli, words)


def matcher() -> dict[str, Any]:
    (tasks,) = (text for text in re.findall(r"^```json\n(.*?)^```$", README, re.DOTALL | re.MULTILINE) if "problemMatcher" in text)
    (task,) = json.loads(tasks)["tasks"]
    return {**task["problemMatcher"], "command": task["command"]}


def test_the_problem_matcher_of_vs_code_reads_every_problem_as_json_tells_it(folder: Path) -> None:
    (folder / "decks" / "bad.yaml").write_text(BAD, "utf-8")
    words = [word for word in shlex.split(matcher()["command"])[1:] if word != "--watch"]
    printed = run(*words).stdout.splitlines()
    told = json.loads(run("check", "decks", "--json").stdout)
    assert {one["code"] for one in told} == {"D303", "Q205"}
    pattern = matcher()["pattern"]
    assert len(printed) == len(told)
    for line, problem in zip(printed, told, strict=True):
        found = re.fullmatch(pattern["regexp"].removeprefix("^").removesuffix("$"), line)
        assert found is not None, line
        read = {name: found[group] for name, group in pattern.items() if name != "regexp"}
        assert read["message"].replace("%25", "%") == problem["message"]
        assert {name: read[name] for name in ("severity", "file", "code")} == {
            "severity": problem["severity"],
            "file": problem["path"],
            "code": problem["code"],
        }
        places = (problem["line"], problem["column"], problem["column"] + problem["width"])
        assert (int(read["line"]), int(read["column"]), int(read["endColumn"])) == places


def test_it_knows_by_what_watch_says_when_a_check_begins_and_ends() -> None:
    said = ["checking", "waiting for changes; Ctrl+C ends it"]  # as the test of --watch hears it
    background = matcher()["background"]
    assert [line for line in said if re.search(background["beginsPattern"], line)] == said[:1]
    assert [line for line in said if re.search(background["endsPattern"], line)] == said[1:]


def test_the_hooks_readme_names_are_there_and_run(folder: Path) -> None:
    (repository,) = CONFIG["repos"]
    assert {hook["id"] for hook in repository["hooks"]} == HOOKS.keys()
    wanted = {hook["id"]: hook.get("args") for hook in repository["hooks"]}
    decks = sorted(str(path.relative_to(folder)) for path in (folder / "decks").glob("*.yaml"))
    for name, hook in HOOKS.items():
        assert all(re.search(hook["files"], deck) for deck in decks)
        words = [*shlex.split(hook["entry"])[1:], *(wanted[name] or hook.get("args", []))]
        done = run(*words, *(decks if hook.get("pass_filenames", True) else []))
        assert done.exit_code == 0, done.stderr
    (folder / "decks" / "bad.yaml").write_text(BAD, "utf-8")
    assert run("check", *HOOKS["quizzer-check"]["args"]).exit_code == 1


def test_the_steps_of_the_workflow_run_on_sound_decks(folder: Path) -> None:
    steps = [step["run"].partition(" > ")[0] for step in WORKFLOW["jobs"]["check"]["steps"] if "run" in step]
    ours = [step for step in steps if step.startswith("quizzer ")]
    assert len(ours) == 3
    for step in ours:
        assert run(*shlex.split(step)[1:]).exit_code == 0, step


def test_fmt_keeps_what_editors_read_up_to_date_and_only_looking_changes_nothing(folder: Path) -> None:
    path = folder / "decks" / ".deck.schema.json"
    fresh = path.read_text("utf-8")
    path.write_text("{}\n", "utf-8")
    for words in (["check", "decks"], ["fmt", "--check", "decks"]):
        run(*words)
        assert path.read_text("utf-8") == "{}\n"
    run("fmt", "decks")
    assert path.read_text("utf-8") == fresh
    path.unlink()
    run("fmt", "decks")
    assert not path.exists()  # who wants none gets none
    run("schema", "decks")
    assert path.read_text("utf-8") == fresh
