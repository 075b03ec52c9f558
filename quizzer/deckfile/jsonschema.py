"""The JSON Schema of a deck file, for editors: made from the structs, so that it knows every key the reader knows.

Draft-07, which yaml-language-server and JetBrains understand. Kinds are told apart by if/then/else on their keys, not by anyOf:
so an editor says what is wrong with this kind instead of "matches no schema", and offers what goes with the keys that are there.
What may be a text or a list or keys and values is told side by side, without an if: JetBrains asks that of the table around a value.
A text may also be written as a number or as true: the reader takes every scalar as the text it looks like.

What editors know beyond draft-07 is used too, and passed over by others: ``errorMessage``, ``patternErrorMessage``,
``enumDescriptions`` and ``defaultSnippets`` (VS Code and the language server), ``x-intellij-enum-metadata`` (JetBrains).
"""

import enum
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import count
from typing import Any, get_type_hints

import msgspec

from quizzer.core.kinds import MOST_LEFTS, Deck, LintOptions, StudyOptions
from quizzer.core.model import Evidence, Image, Source
from quizzer.deckfile import guidance
from quizzer.deckfile.codes import CODES
from quizzer.deckfile.images import KEYS as IMAGE_KEYS
from quizzer.deckfile.naming import ID
from quizzer.deckfile.questions import KINDS, PLAIN, SHAPES, TELLS
from quizzer.deckfile.reading import FORMAT

Schema = dict[str, Any]


class Words(msgspec.Struct, frozen=True):
    """What the decks of a folder call things, for an editor to offer: tags, and ids of sources."""

    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


# A boolean, told by what it is not: by its type, editors would offer true and false wherever a text is wanted.
_BOOLEAN: Schema = {"title": "true or false", "not": {"type": ["string", "number", "array", "object", "null"]}}
_NO_TEXT: Schema = {"type": ["array", "object", "null"]}
_PATTERNS = {
    "date": (r"^(\d{4}(-\d\d(-\d\d)?)?)?$", guidance.NO_DATE),
    "as_of": (r"^(\d{4}(-\d\d(-\d\d)?)?)?$", guidance.NO_DATE),
    "sha256": ("^([0-9a-fA-F]{64})?$", guidance.NO_HASH),
}
_SUFFIX = r"\.([pP][nN][gG]|[jJ][pP][eE]?[gG]|[gG][iI][fF]|[wW][eE][bB][pP])$"
_IMAGE: Schema = {"type": "string", "pattern": r"^(?!\.{1,2}/)(?!.*/\.{0,2}/)[^/\\:][^\\:]*" + _SUFFIX, "errorMessage": guidance.AN_IMAGE}


def schema(words: Words = Words()) -> Schema:  # noqa: B008  # frozen
    """Return the schema; ``words`` are offered where tags and sources are named, and nothing else is refused for them."""
    without_questions = msgspec.defstruct(
        "Deck",
        [_field(field) for field in msgspec.structs.fields(Deck) if field.name != "questions"],
        kw_only=True,
    )
    structs = (without_questions, *KINDS, StudyOptions, LintOptions, Source, Evidence, Image)
    _, made = msgspec.json.schema_components(structs, ref_template="#/definitions/{name}")
    made = {name: _described(definition) for name, definition in made.items()}
    definitions = {name: _mended(made[name], name, made) for name in made if "properties" in made[name]}
    definitions["Source"]["defaultSnippets"] = [_snippet(guidance.SOURCE)]
    for kind in KINDS:
        definitions[kind.__name__]["title"] = f"{kind.kind} question"  # type: ignore[attr-defined]
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
            "errorMessage": guidance.QUESTIONS,
        },
    }
    definitions |= _questions(definitions) | _offered(words)
    definitions |= _shared(definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "quizzer deck",
        "defaultSnippets": [_snippet(guidance.DECK)],
        **{key: value for key, value in deck.items() if key != "title"},
        "definitions": dict(sorted(definitions.items())),
    }


def _field(field: Any) -> tuple[str, Any, Any]:
    return (field.name, field.type) if field.required else (field.name, field.type, field.default)  # type: ignore[return-value]


def _snippet(told: tuple[str, str, Any]) -> Schema:
    label, description, body = told
    return {"label": label, "description": description, "body": body}


def _offered(words: Words) -> dict[str, Schema]:
    """Return the words to be offered, and one of a list of such words."""
    titles = [code.title for code in CODES.values()]
    return {
        "SourceId": _enumeration("A source of the decks in this folder.", words.sources),
        "Tag": _item(_enumeration("A tag of the decks in this folder.", words.tags)),
        "Code": _item({**_enumeration("What `quizzer check` finds.", CODES), "enumDescriptions": titles}),
    }


def _enumeration(description: str, values: Collection[str]) -> Schema:
    offered: Schema = {"enum": list(values)} if values else {"not": {}}  # draft-07 wants one at the least
    return {"description": description, "type": "string", **offered, "errorMessage": guidance.NOT_EMPTY}


def _item(offered: Schema | None = None) -> Schema:
    """Return the schema of a text in a list: with anyOf at its head, the language server would offer another dash."""
    filled: Schema = {"pattern": r"\S", "errorMessage": guidance.NOT_EMPTY}
    text: Schema = {"type": ["string", "number", "boolean"], "errorMessage": guidance.A_TEXT}  # JetBrains may ask `if` of the question
    item: Schema = {"if": _NO_TEXT, "then": text, "else": filled}
    if offered is None:
        return item
    words = offered.get("enum", [])
    told = offered.get("enumDescriptions") or [offered["description"]] * len(words)
    snippets = [{"label": word, "description": prose, "body": _body(word)} for word, prose in zip(words, told, strict=True)]
    if snippets:  # which the language server offers; JetBrains offers the enumeration
        item |= {"else": {"anyOf": [filled, offered]}, "defaultSnippets": snippets}
    return item


def _body(word: str) -> str:
    """Return a text as a snippet that inserts it, in quotes where YAML may want them."""
    plain = word if re.fullmatch(r"\w[\w .+-]*", word) else json.dumps(word, ensure_ascii=False)
    return re.sub(r"[\\$}]", r"\\\g<0>", plain)


def _shared(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """Take what several kinds say of a key out of them; return it as definitions that they refer to."""
    uses = Counter(_written(key, value) for one in definitions.values() for key, value in one.get("properties", {}).items())
    found: dict[str, Schema] = {}
    names: dict[str, str] = {}
    for one in definitions.values():
        for key, value in one.get("properties", {}).items():
            text = _written(key, value)
            if uses[text] > 1:
                if text not in names:
                    names[text] = next(name for number in count(1) if (name := key if number == 1 else f"{key}-{number}") not in found)
                    found[names[text]] = value
                one["properties"][key] = {"$ref": f"#/definitions/{names[text]}"}
    return found


def _written(key: str, value: Schema) -> str:
    return json.dumps([key, value])


def _questions(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """Return the schema of any question (which kind it is, its keys say), and of one that does not say it yet."""
    tells = {tell: definitions[kind.__name__]["properties"][tell] for tell, kind in TELLS.items()}
    plain = definitions[PLAIN.__name__]
    with_stem = {tell: keys for tell, keys in tells.items() if "question" in SHAPES[TELLS[tell]].readers}

    def open_(offered: dict[str, Schema], required: list[str], message: str) -> Schema:
        return {
            "type": "object",
            "properties": {**plain["properties"], **offered},
            "allOf": [{"required": [key], "errorMessage": message} for key in required],
            "additionalProperties": False,
        }

    unanswered = open_(with_stem, ["answer"], guidance.UNANSWERED.format(others=_listed(with_stem)))
    unasked = open_(tells, ["question"], guidance.UNASKED.format(others=_listed(tells)))
    unasked["defaultSnippets"] = [_snippet(told) for told in guidance.SNIPPETS]
    chain: Schema = {"$ref": "#/definitions/Unasked"}
    for key, name in (("question", "Unanswered"), ("answer", PLAIN.__name__)):
        chain = {"if": _has(key), "then": {"$ref": f"#/definitions/{name}"}, "else": chain}
    for tell, kind in TELLS.items():
        chain = {"if": _has(tell), "then": {"$ref": f"#/definitions/{kind.__name__}"}, "else": chain}
    question = {
        "title": "question",
        "description": f"A question; its keys say of which kind: {', '.join(TELLS)}, or question and answer.",
        "type": "object",
        "errorMessage": guidance.A_QUESTION,
        "if": {"type": "object"},
        "then": chain,
        "else": {"$ref": "#/definitions/Unasked"},  # of what is not written yet, an editor asks what may be
    }
    del unasked["type"]
    return {"Question": question, "Unanswered": unanswered, "Unasked": unasked}


def _has(key: str) -> Schema:
    return {"type": "object", "required": [key]}


def _listed(keys: Iterable[str]) -> str:
    *first, last = (f"`{key}`" for key in keys)
    return f"{', '.join(first)} or {last}"


def _described(definition: Schema) -> Schema:
    if "description" not in definition:
        return definition
    return {**definition, "description": definition["description"].split("\n\n")[0].replace("``", "`").replace("\n", " ")}


def _mended(definition: Schema, name: str, made: dict[str, Schema]) -> Schema:
    """Return a definition as decks are written: no null, texts that look like numbers, no other keys."""
    definition = {**definition}
    required = definition.get("required", [])
    definition["properties"] = {
        key: _value(value, key, filled=key in required, of=name, made=made) for key, value in definition["properties"].items()
    }
    definition["additionalProperties"] = False
    return definition


def _value(value: Schema, key: str, *, filled: bool, of: str, made: dict[str, Schema]) -> Schema:
    """Return what may stand behind a key."""
    prose: Schema = {"description": value["description"]}
    if key in guidance.EXAMPLES:
        prose["examples"] = guidance.EXAMPLES[key]
    if value.get("default"):
        prose["default"] = value["default"]
    if "anyOf" in value:
        (value,) = (one for one in value["anyOf"] if one != {"type": "null"})
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        if key in IMAGE_KEYS:  # its file alone will do
            whole = _mended(made[name], name, made)
            alone = {"pattern": _IMAGE["pattern"], "patternErrorMessage": guidance.AN_IMAGE}
            return {**prose, "type": ["string", "object"], **alone, **_keys(whole)}
        if "enum" in made[name]:
            return {**prose, "type": "string", **_choices(made[name]["enum"])}
        return {**_mended(made[name], name, made), **prose}  # an editor inserts a colon only where it sees what comes
    if key == "match":
        return {**prose, **_pairs()}
    if value.get("type") == "array":
        return {**prose, **_list(value, key, made)}
    if of == "Image" and key == Image.alone:
        return {**prose, **_IMAGE}
    if value.get("type") == "boolean":
        forms = {"type": "string", "pattern": "^([yY]es|YES|[nN]o|NO)$", "errorMessage": guidance.TRUE_OR_FALSE}
        return {**prose, "anyOf": [{"enum": [True, False], "errorMessage": guidance.TRUE_OR_FALSE}, forms]}
    if value.get("type") == "string":
        if key == "id" and of != "Source":
            return {**prose, "type": ["string", "number"], "pattern": f"^{ID.pattern}$", "errorMessage": guidance.AN_ID}
        if key in _PATTERNS:
            pattern, message = _PATTERNS[key]
            return {**prose, "type": ["string", "number"], "pattern": pattern, "errorMessage": message}
        return {**prose, **_text(filled=filled, offered="SourceId" if (of, key) == ("Evidence", "source") else "")}
    return {**value, **prose}


def _text(*, filled: bool, offered: str = "") -> Schema:
    """Return the schema of a text, ``filled`` or perhaps empty; words of the definition ``offered`` are."""
    text: Schema = {"title": "text", "type": ["string", "number"], "errorMessage": guidance.A_TEXT}
    if filled:
        text |= {"pattern": r"\S", "patternErrorMessage": guidance.NOT_EMPTY}
    return {"anyOf": [text, *([{"$ref": f"#/definitions/{offered}"}] if offered else []), _BOOLEAN]}


def _choices(values: list[str]) -> Schema:
    """Return one of the enumerations of the house, each of its values explained."""
    told = next(told for kind, told in guidance.CHOICES.items() if set(told) == set(values))
    values = [value for value in told if isinstance(value, str)]  # in the order in which they are told
    plain = [str(value.value if isinstance(value, enum.Enum) else value) for value in values]
    metadata = {value: {"description": told[value]} for value in plain}
    return {"enum": plain, "enumDescriptions": list(told.values()), "x-intellij-enum-metadata": metadata}


def _pairs() -> Schema:
    return {
        "type": "object",
        "errorMessage": guidance.PAIRS,
        "propertyNames": {"pattern": r"\S"},
        "additionalProperties": _text(filled=True),
        "minProperties": 2,
        "maxProperties": MOST_LEFTS,
    }


def _list(value: Schema, key: str, made: dict[str, Schema]) -> Schema:
    value = {part: value[part] for part in ("type", "items", "minItems") if part in value}
    if value["items"].get("type") == "string":
        offered = {"tags": "Tag", "select": "Code", "ignore": "Code"}.get(key)
        value["items"] = {"$ref": f"#/definitions/{offered}"} if offered else _item()
        value["errorMessage"] = guidance.A_LIST
        if key in ("distractors", "order", "answers"):
            value["uniqueItems"] = True
    if key == "evidence":  # one alone needs no dash
        either = {"type": ["object", "array"], "errorMessage": guidance.SPANS}
        return {"allOf": [either], "items": value["items"], **_keys(_mended(made["Evidence"], "Evidence", made))}
    return value


def _keys(definition: Schema) -> Schema:
    """Return what a definition says of keys and values, which holds for nothing else: a text or a list may stand in their place."""
    return {part: definition[part] for part in ("properties", "required", "additionalProperties")}


def _questions_description() -> str:
    meta: msgspec.Meta = get_type_hints(Deck, include_extras=True)["questions"].__metadata__[0]
    return meta.description or ""
