"""The JSON Schema of a deck file, for editors: made from the structs, so that it knows every key the reader knows.

Draft-07, which yaml-language-server and JetBrains understand. Kinds are told apart by if/then/else on their keys, not by anyOf:
so an editor says what is wrong with this kind instead of "matches no schema". A text may also be written as a number or
as true: the reader takes every scalar as the text it looks like.
"""

from typing import Any, get_type_hints

import msgspec

from quizzer.core.kinds import MOST_LEFTS, Deck, LintOptions, StudyOptions
from quizzer.core.model import Evidence, Image, Source
from quizzer.deckfile.images import KEYS as IMAGE_KEYS
from quizzer.deckfile.naming import ID
from quizzer.deckfile.questions import KINDS, PLAIN, TELLS
from quizzer.deckfile.reading import FORMAT
from quizzer.deckfile.shapes import BOOLEANS

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_FILLED: Schema = {**_TEXT, "pattern": r"\S"}
_ID: Schema = {"type": ["string", "number"], "pattern": f"^{ID.pattern}$"}
_PATTERNS = {
    "date": r"^(\d{4}(-\d\d(-\d\d)?)?)?$",
    "as_of": r"^(\d{4}(-\d\d(-\d\d)?)?)?$",
    "sha256": "^([0-9a-fA-F]{64})?$",
}
_ONE_OR_MANY = {"evidence"}  # one alone needs no dash
_SUFFIX = r"\.([pP][nN][gG]|[jJ][pP][eE]?[gG]|[gG][iI][fF]|[wW][eE][bB][pP])$"
_IMAGE: Schema = {**_TEXT, "pattern": r"^(?!\.{1,2}/)(?!.*/\.{0,2}/)[^/\\:][^\\:]*" + _SUFFIX}

_SNIPPETS = [
    ("question", "A question and its answer", {"question": "$1", "answer": "$2"}),
    ("choice", "A question with distractors", {"question": "$1", "answer": "$2", "distractors": ["$3", "$4", "$5"]}),
    ("cloze", "A sentence with a gap", {"cloze": "$1 {{$2}} $3"}),
    ("true/false", "A statement that is true or false", {"statement": "$1", "answer": "${2|true,false|}"}),
    ("order", "Things to be put in order", {"order": ["$1", "$2", "$3"], "question": "Put these events in order."}),
    ("match", "Pairs to be put together", {"match": {"$1": "$2", "$3": "$4"}, "question": "Match these."}),
    ("list", "Several things to be named", {"question": "$1", "answers": ["$2", "$3"]}),
]
_DECK_SNIPPET = {"format": FORMAT, "title": "$1", "questions": [{"question": "$2", "answer": "$3"}]}


def schema() -> Schema:
    """See ``quizzer.deckfile.schema``."""
    without_questions = msgspec.defstruct(
        "Deck",
        [_field(field) for field in msgspec.structs.fields(Deck) if field.name != "questions"],
        kw_only=True,
    )
    structs = (without_questions, *KINDS, StudyOptions, LintOptions, Source, Evidence, Image)
    _, made = msgspec.json.schema_components(structs, ref_template="#/definitions/{name}")
    definitions = {name: _mended(definition, name) for name, definition in made.items()}
    deck = definitions.pop("Deck")
    deck["required"] = ["title", "questions"]
    deck["properties"] = {
        "format": {"description": "The deck format.", "enum": [FORMAT]},
        **deck["properties"],
        "questions": {
            "description": _questions_description(),
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "#/definitions/Question"},
        },
    }
    definitions["Question"] = _question(definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "quizzer deck",
        "defaultSnippets": [{"label": "deck", "description": "A deck of one question", "body": _DECK_SNIPPET}],
        **{key: value for key, value in deck.items() if key != "title"},
        "definitions": dict(sorted(definitions.items())),
    }


def _field(field: Any) -> tuple[str, Any, Any]:
    return (field.name, field.type) if field.required else (field.name, field.type, field.default)  # type: ignore[return-value]


def _question(definitions: dict[str, Schema]) -> Schema:
    """Return the schema of any question: which kind it is, its keys say."""
    keys: Schema = {}
    for kind in KINDS:
        for key, value in definitions[kind.__name__]["properties"].items():
            keys.setdefault(key, {"description": value["description"]} if "description" in value else {})
    chain: Schema = {"$ref": f"#/definitions/{PLAIN.__name__}"}
    for tell, kind in TELLS.items():
        chain = {"if": {"required": [tell]}, "then": {"$ref": f"#/definitions/{kind.__name__}"}, "else": chain}
    return {
        "description": f"A question; its keys say of which kind: {', '.join(TELLS)}, or question and answer.",
        "type": "object",
        "defaultSnippets": [{"label": label, "description": text, "body": body} for label, text, body in _SNIPPETS],
        "properties": keys,
        **chain,
    }


def _mended(definition: Schema, name: str) -> Schema:
    """Return a definition as decks are written: no null, texts that look like numbers, no other keys."""
    definition = {**definition}
    if "description" in definition:
        definition["description"] = definition["description"].split("\n\n")[0].replace("``", "`")
    if "properties" not in definition:
        return definition
    required = definition.get("required", [])
    definition["properties"] = {key: _value(value, key, filled=key in required, of=name) for key, value in definition["properties"].items()}
    definition["additionalProperties"] = False
    return definition


def _value(value: Schema, key: str, *, filled: bool, of: str) -> Schema:
    value = {part: content for part, content in value.items() if part != "default" or content}
    if "anyOf" in value:
        (kept,) = (one for one in value.pop("anyOf") if one != {"type": "null"})
        value = {**value, **kept}
    if "$ref" in value:  # in draft-07, what stands beside a reference is not read
        value = {"allOf": [{"$ref": value.pop("$ref")}], **value}
    if value.get("type") == "string":
        value |= _ID if key == "id" and of != "Source" else _FILLED if filled else _TEXT
        if key in _PATTERNS:
            value["pattern"] = _PATTERNS[key]
    if of == "Image" and key == Image.alone:
        value = {"description": value["description"], **_IMAGE}
    if key in IMAGE_KEYS:  # its file alone will do
        reference = value.pop("allOf")[0]
        value |= {"if": {"type": "object"}, "then": reference, "else": dict(_IMAGE)}
    if value.get("type") == "boolean":
        del value["type"]
        value["enum"] = [True, False, *(word for word in BOOLEANS if word.lower() in ("yes", "no"))]
    if key == "match":
        lefts = {"pattern": r"\S"}
        value = {"description": value["description"], "type": "object", "propertyNames": lefts, "additionalProperties": dict(_FILLED)}
        value |= {"minProperties": 2, "maxProperties": MOST_LEFTS}
    if value.get("type") == "array" and value["items"].get("type") == "string":
        value["items"] = dict(_FILLED)
        if key in ("distractors", "order", "answers"):
            value["uniqueItems"] = True
    if key in _ONE_OR_MANY:
        prose = value.pop("description")
        value = {"description": prose, "if": {"type": "array"}, "then": value, "else": value["items"]}
    return value


def _questions_description() -> str:
    meta: msgspec.Meta = get_type_hints(Deck, include_extras=True)["questions"].__metadata__[0]
    return meta.description or ""
