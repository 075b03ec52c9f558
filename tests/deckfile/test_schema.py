"""The schema says of a deck what the reader says, so that an editor and ``quizzer check`` agree."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from quizzer.core.kinds import Deck
from quizzer.deckfile import CODES, check, schema
from quizzer.deckfile.questions import KINDS, SHAPES

SCHEMA = schema()
ROOT = Path(__file__).parent.parent.parent
DECKS = sorted([*(ROOT / "tests" / "data" / "kinds").glob("*.yaml"), *(ROOT / "decks").glob("*.yaml")])

# What needs more than one value at a time to be seen, or is not to be seen in JSON, the schema cannot say.
ONLY_THE_READER_KNOWS = {
    *("D003", "D004", "D005", "D006", "D007", "D008", "D009", "D013", "D101", "D104", "D105", "D106", "D107", "D109"),
    *("D203", "D204", "D303", "D304", "D305", "D306", "D307", "D308", "D309", "D313", "D315", "D401", "D402", "D502"),
}


class CoreLoader(yaml.CSafeLoader):
    """YAML as editors read it: 1.2, where only true, false, null and numbers are not text."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, form in {
    "bool": r"true|True|TRUE|false|False|FALSE",
    "null": r"~|null|Null|NULL|",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), None)


def complaints(text: str, loader: type[yaml.CSafeLoader] = CoreLoader) -> list[str]:
    data: Any = yaml.load(text, loader)
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(data)]


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_decks_without_errors_are_good_to_the_schema(path: Path) -> None:
    assert [problem for problem in check(path) if problem.severity == "error"] == []
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("code", sorted(code for code, entry in CODES.items() if entry.example and code not in ONLY_THE_READER_KNOWS))
def test_examples_of_errors_are_bad_to_the_schema_and_of_warnings_good(code: str) -> None:
    assert bool(complaints(CODES[code].deck)) == (CODES[code].severity == "error")


QUESTIONS = {
    "{question: a, answer: 1.10}": True,
    "{question: 1984, answer: true}": True,
    "{question: a, answer: }": False,
    "{question: a, answer: ' '}": False,
    "{question: a, answer: [b]}": False,
    "{question: a, answers: [b, 2]}": True,
    "{question: a, answers: []}": False,
    "{question: a, answers: b}": False,
    "{question: a}": False,
    "{answer: a}": False,
    "{}": False,
    "text": False,
    "{cloze: '{{a}}', type: place}": False,
    "{cloze: '{{a}}', answer: a}": False,
    "{cloze: '{{a}}', statement: b, answer: true}": False,
    "{statement: a, answer: False}": True,
    "{statement: a, answer: yes}": True,  # a boolean to YAML 1.1, a text to YAML 1.2
    "{statement: a, answer: No}": True,
    "{statement: a, answer: maybe}": False,
    "{statement: a, answer: 1}": False,
    "{order: [a], question: b}": False,
    "{order: [a, 2]}": True,
    "{order: [a, b], answer: c}": False,
    "{match: {a: b, c: 2}}": True,
    "{match: {a: b, c: d}, question: e, distractors: [f]}": True,
    "{match: {a: b}}": False,
    "{match: {a: b, c: }}": False,
    "{match: {a: b, ' ': d}}": False,
    "{match: {a: b, c: [d]}}": False,
    "{match: [a, b]}": False,
    "{match: a}": False,
    "{match: {a: b, c: d}, answers: [e, f]}": False,
    "{match: {1: q, 2: q, 3: q, 4: q, 5: q, 6: q, 7: q, 8: q, 9: q, 10: r}}": False,
    "{question: a, answer: b, type: place, mode: type, as_of: 2021-01-14}": True,
    "{question: a, answer: b, as_of: yesterday}": False,
    "{question: a, answer: b, type: town}": False,
    "{question: a, answer: b, mode: [type]}": False,
    "{question: a, answer: b, evidence: {source: wire, quote: b}}": True,
    "{question: a, answer: b, evidence: [{source: wire, quote: b, start: 0, passage: a b}]}": True,
    "{question: a, answer: b, evidence: {source: wire}}": False,
    "{question: a, answer: b, evidence: [{source: wire, quote: b, start: -1}]}": False,
    "{question: a, answer: b, evidence: {source: wire, quote: b, page: 1}}": False,
    "{question: a, answer: b, evidence: wire}": False,
    "{id: a/b, question: a, answer: b}": False,
    "{id: 2018, question: a, answer: b}": True,
    "{id: '', question: a, answer: b}": False,
    "{question: a, answer: b, options: [c]}": False,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_schema_and_reader_agree_on_questions(question: str, tmp_path: Path) -> None:
    text = f"format: 1\nid: d\ntitle: T\nsources: [{{id: wire}}]\nquestions:\n  - {question}\n"
    (tmp_path / "d.yaml").write_text(text)
    errors = [problem for problem in check(tmp_path / "d.yaml") if problem.severity == "error"]
    assert (errors == [], complaints(text) == []) == (QUESTIONS[question], QUESTIONS[question])


@pytest.mark.parametrize("word", ["yes", "No", "true", "FALSE", "maybe", "1"])
def test_the_answer_of_a_statement_is_read_alike_by_old_and_new_yaml(word: str, tmp_path: Path) -> None:
    text = f"id: d\ntitle: T\nquestions:\n  - {{id: q, statement: a, answer: {word}}}\n"
    (tmp_path / "d.yaml").write_text(text)
    good = check(tmp_path / "d.yaml") == []
    assert (complaints(text) == [], complaints(text, yaml.CSafeLoader) == []) == (good, good)


HEADS = {
    "title: T": True,
    "title: 1984": True,
    "id: d": False,
    "format: 2\ntitle: T": False,
    "title: T\nstudy: {retention: 0.9, mode: reveal, new_per_day: 0}": True,
    "title: T\nstudy: {retention: 0.5}": False,
    "title: T\nstudy: {new_per_day: -1}": False,
    "title: T\nstudy: {pace: 1}": False,
    "title: T\nauthor: A": False,
    "title: T\nmarkup: markdown": True,
    "title: T\nmarkup: html": False,
    "title: T\nsources: [{id: a, date: 2021-01, sha256: ''}]": True,
    "title: T\nsources: [{id: a, date: yesterday}]": False,
    "title: T\nsources: [{publisher: a}]": False,
    "title: T\nlanguage: de\ndescription: ''": True,
}


@pytest.mark.parametrize("head", HEADS)
def test_schema_and_reader_agree_on_decks(head: str, tmp_path: Path) -> None:
    text = f"{head}\nquestions:\n  - {{question: a, answer: b}}\n"
    (tmp_path / "d.yaml").write_text(text)
    errors = [problem for problem in check(tmp_path / "d.yaml") if problem.severity == "error"]
    assert (errors == [], complaints(text) == []) == (HEADS[head], HEADS[head])


def test_a_complaint_names_the_key_not_the_kinds() -> None:
    text = "title: T\nquestions:\n  - {cloze: '{{a}}', anwser: b}\n"
    assert complaints(text) == ["Additional properties are not allowed ('anwser' was unexpected)"]


def test_the_schema_has_every_key_of_the_structs_with_a_description() -> None:
    assert set(SCHEMA["properties"]) == {"format", *Deck.__struct_fields__}
    for kind in KINDS:
        properties = SCHEMA["definitions"][kind.__name__]["properties"]
        assert set(properties) == set(SHAPES[kind].readers)
        assert all(value["description"] for value in properties.values())
    for name in ("Source", "Evidence", "StudyOptions", "LintOptions"):
        assert all(value["description"] for value in SCHEMA["definitions"][name]["properties"].values())
    assert all(value["description"] for value in SCHEMA["properties"].values())


def test_every_kind_has_a_snippet_that_is_good_to_the_schema() -> None:
    snippets = SCHEMA["definitions"]["Question"]["defaultSnippets"]
    told = set()
    for snippet in snippets:
        body = {key: True if "true,false" in value else value for key, value in snippet["body"].items()}
        deck = {"title": "T", "questions": [body]}
        assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(deck)] == []
        told |= {kind for kind in KINDS if set(SHAPES[kind].required) <= set(body) <= set(SHAPES[kind].readers)}
    assert told == set(KINDS)
