"""The schema says of a deck what the reader says, so that an editor and ``quizzer check`` agree."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import AnswerType, Evidence, Markup, Mode, Source
from quizzer.deckfile import CODES, check, guidance, load, refresh_schema, renew_schemas, revise, save, schema
from quizzer.deckfile.jsonschema import Words
from quizzer.deckfile.jsonschema import schema as schema_of
from quizzer.deckfile.questions import ALL_KEYS, KINDS, SHAPES

SCHEMA = schema()
ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
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


def test_every_deck_in_readme_is_good_to_the_schema() -> None:
    examples = re.findall(r"^```yaml\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    decks = [text for text in examples if re.search("^title:", text, re.MULTILINE)]
    assert len(decks) >= 5
    assert [complaints(text) for text in decks] == [[]] * len(decks)


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
    "{question: a, answer: b, evidence: [wire]}": False,
    "{question: a, answer: b, evidence: {source: '', quote: b}}": False,
    "{question: a, answer: b, tags: [1, true, c]}": True,
    "{question: a, answer: b, tags: ['']}": False,
    "{question: a, answer: b, tags: [{c: d}]}": False,
    "{question: a, answer: b, accept: [c: d]}": False,
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


def test_a_key_that_waits_for_its_value_is_underlined_though_the_reader_can_do_without(tmp_path: Path) -> None:
    text = "id: d\ntitle: T\nquestions:\n  - {id: q, question: a, answer: b, hints: }\n"
    (tmp_path / "d.yaml").write_text(text)
    assert check(tmp_path / "d.yaml") == []
    assert shown("{question: a, answer: b, hints: }") == {guidance.A_LIST}


def around(schema: Any) -> Any:
    """The schema as JetBrains may read it: of what is no table, it asks `if` of the table around, and goes by that answer."""
    if isinstance(schema, list):
        return [around(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    asked = {key: around(value) for key, value in schema.items()}
    if "if" in asked and schema is not SCHEMA["definitions"]["Question"] and "required" not in asked["if"]:
        then = asked.pop("then" if Draft7Validator(asked.pop("if")).is_valid({}) else "else")
        asked["allOf"] = [*asked.get("allOf", []), then]
    return asked


AROUND = Draft7Validator(around(SCHEMA))


@pytest.mark.parametrize("question", [question for question, good in QUESTIONS.items() if good])
def test_what_is_good_is_good_to_jetbrains_too(question: str) -> None:
    text = (
        f"title: T\nquestions: [{question}, {{question: a, answer: b, image: a.png, tags: [1, true], evidence: [{{source: a, quote: b}}]}}]"
    )
    assert [error.message for error in AROUND.iter_errors(yaml.load(text, CoreLoader))] == []


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


def meant(value: dict[str, Any]) -> dict[str, Any]:
    """What a key's schema refers to, or the schema itself."""
    return SCHEMA["definitions"][value["$ref"].rpartition("/")[2]] if "$ref" in value else value


def test_the_schema_has_every_key_of_the_structs_with_a_description() -> None:
    assert set(SCHEMA["properties"]) == {"format", *Deck.__struct_fields__}
    for kind in KINDS:
        properties = SCHEMA["definitions"][kind.__name__]["properties"]
        assert set(properties) == set(SHAPES[kind].readers)
        assert all(meant(value)["description"] for value in properties.values())
    for name in ("Source", "Evidence", "Image", "StudyOptions", "LintOptions", "Unasked", "Unanswered"):
        assert all(meant(value)["description"] for value in SCHEMA["definitions"][name]["properties"].values())
    assert all(value["description"] for value in SCHEMA["properties"].values())


def test_every_value_of_a_fixed_choice_is_explained() -> None:
    told = {Mode: "mode", AnswerType: "type", Markup: ""}
    for values, key in told.items():
        choice = SCHEMA["definitions"][key] if key else SCHEMA["properties"]["markup"]
        assert sorted(choice["enum"]) == sorted(value.value for value in values)
        assert len(choice["enumDescriptions"]) == len(choice["enum"]) == len(choice["x-intellij-enum-metadata"])
        assert choice["enumDescriptions"] == [guidance.CHOICES[values][value] for value in choice["enum"]]


def filled(body: Any) -> Any:
    """A snippet's body with its tab stops filled in, as data."""
    if isinstance(body, dict):
        return {filled(key): filled(value) for key, value in body.items()}
    if isinstance(body, list):
        return [filled(value) for value in body]
    if not isinstance(body, str):
        return body
    if body == "^${2|true,false|}":
        return True
    return re.sub(r"\$\{\d+:(\w+)\}|\$(\d)", lambda found: found[1] or f"word {found[2]}", body.strip('"'))


def test_every_kind_has_a_snippet_that_is_good_to_the_schema_and_to_the_reader(tmp_path: Path) -> None:
    told = set()
    for snippet in SCHEMA["definitions"]["Unasked"]["defaultSnippets"]:
        body = filled(snippet["body"])
        deck = {"id": "d", "title": "T", "questions": [{"id": "q", **body}]}
        (tmp_path / "d.yaml").write_text(yaml.safe_dump(deck))
        assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(deck)] == []
        assert [str(problem) for problem in check(tmp_path / "d.yaml") if problem.code != "Q207"] == []  # "word 1" is all there is
        told |= {kind for kind in KINDS if set(SHAPES[kind].required) <= set(body) <= set(SHAPES[kind].readers)}
    assert told == set(KINDS)
    assert filled(guidance.DECK[2])["questions"]
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(filled(guidance.DECK[2]))] == []


def test_no_snippet_is_called_like_a_key() -> None:
    labels = {label for label, _, _ in (*guidance.SNIPPETS, guidance.DECK, guidance.SOURCE)}
    assert len(labels) == len(guidance.SNIPPETS) + 2
    assert labels.isdisjoint({*ALL_KEYS, *Deck.__struct_fields__, *Source.__struct_fields__})


def shown(question: str, head: str = "title: T\nsources: [{id: wire}]") -> set[str]:
    """What an editor says of a question: the schema's own words where it has some, else a validator's."""
    validator = Draft7Validator(SCHEMA)
    data: Any = yaml.load(f"{head}\nquestions:\n  - {question}\n", CoreLoader)

    def told(error: ValidationError) -> str:
        if error.validator == "anyOf":
            return next(iter(told(one) for one in error.context or () if "errorMessage" in one.schema), error.message)
        schema: Any = error.schema
        own = schema.get("patternErrorMessage") if error.validator == "pattern" else None
        return str(
            own or (schema.get("errorMessage") if error.validator in ("type", "enum", "pattern", "required") else None) or error.message
        )

    return {told(error) for error in validator.iter_errors(data)}


SLIPS = {
    "{question: a, answer: b, colour: c}": "Additional properties are not allowed ('colour' was unexpected)",
    "{question: a, anwser: b}": "This question has no `answer`. Write it; or `order`, `match` or `answers`.",
    "{question: a}": "This question has no `answer`. Write it; or `order`, `match` or `answers`.",
    "{tags: [a]}": guidance.UNASKED.format(others="`cloze`, `statement`, `order`, `match` or `answers`"),
    "{statement: a}": "'answer' is a required property",
    "{question: a, answer: b, mode: chose}": "'chose' is not one of ['reveal', 'choose', 'type', 'type-then-choose', 'order', 'match']",
    "{statement: a, answer: maybe}": guidance.TRUE_OR_FALSE,
    "{question: a, answer: b, distractors: c}": guidance.A_LIST,
    "{question: a, answer: [b]}": guidance.A_TEXT,
    "{question: a, answer: }": guidance.A_TEXT,
    "{question: a, answer: ' '}": guidance.NOT_EMPTY,
    "{question: a, answer: b, tags: ['']}": guidance.NOT_EMPTY,
    "{question: a, answer: b, tags: [[c]]}": guidance.A_TEXT,
    "{cloze: '{{a}}', answer: b}": "Additional properties are not allowed ('answer' was unexpected)",
    "a question": guidance.A_QUESTION,
    "{match: [a, b]}": guidance.PAIRS,
    "{question: a, answer: b, evidence: wire}": guidance.SPANS,
    "{question: a, answer: b, as_of: yesterday}": guidance.NO_DATE,
    "{id: a/b, question: a, answer: b}": guidance.AN_ID,
    "{question: a, answer: b, image: a.svg}": guidance.AN_IMAGE,
}


@pytest.mark.parametrize("question", SLIPS)
def test_an_editor_says_of_a_common_slip_what_to_do(question: str) -> None:
    assert SLIPS[question] in shown(question)
    assert len(shown(question)) <= 2  # a key that is not known, and the one that is missing for it


WORD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@settings(max_examples=15)
@given(tags=st.lists(WORD, unique=True, max_size=3), sources=st.lists(WORD, unique=True, max_size=3), used=WORD)
def test_words_that_are_offered_change_nothing_about_what_is_good(tags: list[str], sources: list[str], used: str) -> None:
    offering = schema_of(Words(tuple(tags), tuple(sources)))
    for tag in (used, "", 7, True, None, [used], *tags):
        question = {"question": "a", "answer": "b", "tags": [tag], "evidence": {"source": tag, "quote": "b"}}
        deck = {"title": "T", "questions": [question]}
        assert Draft7Validator(offering).is_valid(deck) == Draft7Validator(SCHEMA).is_valid(deck)


def test_words_are_offered_to_the_language_server_and_to_jetbrains() -> None:
    offering = schema_of(Words(("space", "yes: no", "a$b"), ("wire",)))
    Draft7Validator.check_schema(offering)
    definitions = offering["definitions"]
    item = definitions["Tag"]
    assert {one["label"]: one["body"] for one in item["defaultSnippets"]} == {"space": "space", "yes: no": '"yes: no"', "a$b": '"a\\$b"'}
    assert item["else"]["anyOf"][1]["enum"] == ["space", "yes: no", "a$b"]
    assert definitions["SourceId"]["enum"] == ["wire"]
    assert {"$ref": "#/definitions/SourceId"} in definitions["Evidence"]["properties"]["source"]["anyOf"]


def of_tag(tag: str, source: str) -> Deck:
    question = Plain(id="q", question="a", answer="b", tags=(tag,), evidence=(Evidence(source=source, quote="b"),))
    return Deck(id=tag, title="T", questions=(question,), sources=(Source(id=source),))


def words_beside(folder: Path) -> tuple[list[str], list[str]]:
    found = json.loads((folder / ".deck.schema.json").read_text("utf-8"))["definitions"]
    return found["Tag"]["else"]["anyOf"][1]["enum"], found["SourceId"].get("enum", [])


def test_the_schema_beside_decks_learns_their_words_and_is_made_anew_from_them(tmp_path: Path) -> None:
    save(of_tag("when", "wire"), tmp_path / "one.yaml")
    save(of_tag("where", "post"), tmp_path / "two.yaml")
    assert words_beside(tmp_path) == (["when", "where"], ["post", "wire"])
    assert not refresh_schema(tmp_path)
    revise(tmp_path / "one.yaml", of_tag("why", "wire"))
    assert words_beside(tmp_path) == (["when", "where", "why"], ["post", "wire"])
    assert refresh_schema(tmp_path)
    assert words_beside(tmp_path) == (["where", "why"], ["post", "wire"])
    (tmp_path / "three.yaml").write_text("title: T\nquestions: [", "utf-8")  # what is broken has no words
    (tmp_path / "below").mkdir()
    save(of_tag("below", "below"), tmp_path / "below" / "d.yaml")
    assert not refresh_schema(tmp_path)
    (tmp_path / ".deck.schema.json").write_text("<<<<<<< ours\n", "utf-8")
    renew_schemas([tmp_path / "one.yaml"])
    assert words_beside(tmp_path) == (["where", "why"], ["post", "wire"])


def test_a_schema_that_cannot_be_written_keeps_no_deck_from_being_saved(tmp_path: Path) -> None:
    save(of_tag("when", "wire"), tmp_path / "one.yaml")
    (tmp_path / ".deck.schema.json").chmod(0o444)
    save(of_tag("where", "post"), tmp_path / "two.yaml")
    revise(tmp_path / "one.yaml", of_tag("why", "wire"))
    renew_schemas([tmp_path / "one.yaml"])
    assert words_beside(tmp_path) == (["when"], ["wire"])
    assert load(tmp_path / "one.yaml") == of_tag("why", "wire")
    with pytest.raises(DeckError, match="read-only"):
        refresh_schema(tmp_path)


def test_revising_a_deck_makes_no_schema_where_none_is_wanted(tmp_path: Path) -> None:
    save(of_tag("when", "wire"), tmp_path / "one.yaml")
    (tmp_path / ".deck.schema.json").unlink()
    revise(tmp_path / "one.yaml", of_tag("why", "wire"))
    renew_schemas([tmp_path / "one.yaml"])
    assert [path.name for path in tmp_path.iterdir()] == ["one.yaml"]
