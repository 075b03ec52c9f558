"""What an author sees in VS Code, Neovim, Helix and others: asked of the very language server that they run.

These are soak tests, for they need node, and fetch the server from npm. What the schema itself must hold for them is tested in
``test_schema``, always.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Evidence, Mode, Source
from quizzer.deckfile import CODES, check, guidance, save
from quizzer.deckfile.questions import ALL_KEYS, KINDS, SHAPES, TELLS
from quizzer.deckfile.writing import HEAD

from ..language_server import CURSOR, Editor, editor, install

pytestmark = pytest.mark.soak

TOP = HEAD + "title: T\nsources:\n  - id: wire\nquestions:\n"
SNIPPETS = {label for label, _, _ in guidance.SNIPPETS}
DECK = Deck(
    id="old",
    title="T",
    questions=(
        Plain(id="q", question="a", answer="b", tags=("space", "yes: no", "50 $"), evidence=(Evidence(source="wire", quote="b"),)),
        Plain(id="r", question="c", answer="d", tags=("when",)),
    ),
    sources=(Source(id="wire"), Source(id="post")),
)


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    try:
        return install(tmp_path_factory.mktemp("server"))
    except FileNotFoundError as error:
        pytest.skip(f"{error} is not installed, and the language server runs on it: what editors show was not looked at")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of decks: one in it, so that there are tags and sources to be offered."""
    found = tmp_path_factory.mktemp("decks")
    save(DECK, found / "old.yaml")
    return found


@pytest.fixture(scope="module")
def ed(command: list[str], folder: Path) -> Iterator[Editor]:
    with editor(command, folder) as found:
        yield found


def offered(ed: Editor, text: str) -> dict[str, str]:
    return ed.completions("new.yaml", text)


def test_an_empty_file_is_offered_a_whole_deck_and_every_key(ed: Editor) -> None:
    labels = offered(ed, HEAD + CURSOR)
    assert {"a whole deck", "format", *Deck.__struct_fields__} <= labels.keys()
    assert labels["a whole deck"] == "format: 1\ntitle: $1\nquestions:\n  - question: $2\n    answer: $3"


@pytest.mark.parametrize("before", ["", "  - question: a\n    answer: b\n"], ids=["first", "second"])
def test_a_dash_is_offered_every_kind_of_question_and_every_key(ed: Editor, before: str) -> None:
    labels = offered(ed, TOP + before + "  - " + CURSOR)
    assert labels.keys() == SNIPPETS | ALL_KEYS


@pytest.mark.parametrize("label", sorted(SNIPPETS))
def test_what_a_snippet_inserts_is_a_sound_question(ed: Editor, folder: Path, label: str) -> None:
    inserted = offered(ed, TOP + "  - " + CURSOR)[label]
    inserted = re.sub(r"\$\{\d+\|(\w+)[^}]*\}|\$\{\d+:(\w+)\}|\$(\d)", lambda found: found[1] or found[2] or f"word{found[3]}", inserted)
    lines = ("  - " + inserted).replace("\n", "\n  ")  # an editor indents what it inserts as the line is
    path = folder.parent / "snippet.yaml"
    path.write_text(f"id: d\ntitle: T\nquestions:\n{lines}\n", "utf-8")
    assert {problem.code for problem in check(path)} <= {"D208", "Q207"}  # no id yet; "word1" in both


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_once_told_is_offered_its_own_keys_alone(ed: Editor, kind: type) -> None:
    tell = next((tell for tell, one in TELLS.items() if one is kind), None)
    begun = {"match": "match: {a: b, c: d}", "order": "order: [a, b]", "answers": "answers: [a]"}.get(str(tell), f"{tell}: a")
    begun = begun if tell else "question: a\n    answer: b"
    keys = offered(ed, TOP + f"  - {begun}\n    {CURSOR}").keys() & ALL_KEYS
    assert keys == set(SHAPES[kind].readers) - ({tell} if tell else {"question", "answer"})


def test_a_question_without_an_answer_is_offered_what_may_answer_it(ed: Editor) -> None:
    labels = offered(ed, TOP + f"  - question: a\n    {CURSOR}")
    assert {"answer", "answers", "order", "match"} <= labels.keys()
    assert labels.keys().isdisjoint({"cloze", "statement", "question"})
    assert not SNIPPETS & labels.keys()


VALUES = {
    "mode: ": {"reveal", "choose", "type", "type-then-choose", "order", "match"},
    "type: ": {"person", "place", "organisation", "number", "percentage", "date", "range", "duration", "money", "text"},
    "tags: [": {"space", "when", '"yes: no"', '"50 \\$"'},
    "tags: [x, ": {"space", "when", '"yes: no"', '"50 \\$"'},
    "tags:\n      - ": {"space", "when", '"yes: no"', '"50 \\$"'},
    "evidence: {source: ": {"wire", "post"},
    "evidence:\n      source: ": {"wire", "post"},
    "evidence:\n      - source: ": {"wire", "post"},
    "explanation: ": set(),
    "accept: [": set(),
}


@pytest.mark.parametrize("key", VALUES)
def test_a_value_is_offered_what_can_stand_there_and_nothing_else(ed: Editor, key: str) -> None:
    closing = {"[": "]", "{": "}"}.get(next((sign for sign in key if sign in "[{"), ""), "")
    assert set(offered(ed, TOP + f"  - question: a\n    answer: b\n    {key}{CURSOR}{closing}").values()) == VALUES[key]


def test_the_linter_s_codes_are_offered_and_true_and_false_are_to_a_statement(ed: Editor) -> None:
    assert offered(ed, HEAD + f"title: T\nlint:\n  ignore: [{CURSOR}]").keys() == CODES.keys()
    assert offered(ed, TOP + f"  - statement: a\n    answer: {CURSOR}").keys() == {"true", "false"}
    assert offered(ed, TOP + f"  - question: a\n    answer: {CURSOR}") == {}


GOOD = (
    TOP + "  - question: a\n    answer: b\n    tags: [new]\n    evidence: {source: elsewhere, quote: b}\n  - {statement: a, answer: yes}\n"
)
QUESTION_SLIPS = {
    "{question: a, anwser: b}": [
        (8, 5, guidance.UNANSWERED.format(others="`order`, `match` or `answers`")),
        (8, 19, "Property anwser is not allowed."),
    ],
    "{question: a, answer: b, options: [c]}": [(8, 30, "Property options is not allowed.")],
    "{question: a}": [(8, 5, guidance.UNANSWERED.format(others="`order`, `match` or `answers`"))],
    "{statement: a}": [(8, 5, 'Missing property "answer".')],
    "{question: a, answer: b, mode: chose}": [
        (8, 36, 'Value is not accepted. Valid values: "reveal", "choose", "type", "type-then-choose", "order", "match".')
    ],
    "{question: a, answer: b, distractors: c}": [(8, 43, guidance.A_LIST)],
    "{question: a, answer: [b]}": [(8, 27, guidance.A_TEXT)],
    "{question: a, answer: ' '}": [(8, 27, guidance.NOT_EMPTY)],
    "{question: a, answer: b, tags: ['']}": [(8, 37, guidance.NOT_EMPTY)],
    "{cloze: '{{a}}', answer: b}": [(8, 22, "Property answer is not allowed.")],
    "{statement: a, answer: maybe}": [(8, 28, guidance.TRUE_OR_FALSE)],
    "{question: a, answer: b, as_of: soon}": [(8, 37, guidance.NO_DATE)],
    "{question: a, answer: b, evidence: wire}": [(8, 40, guidance.SPANS)],
    "{question: a, answer: b, evidence: {source: wire, quote: b, start: -1}}": [(8, 72, "Value is below the minimum of 0.")],
    "{match: [a, b]}": [(8, 13, guidance.PAIRS)],
    "{order: [a]}": [(8, 13, "Array has too few items. Expected 2 or more.")],
    "what": [(8, 5, guidance.A_QUESTION)],
}


@pytest.mark.parametrize("question", QUESTION_SLIPS)
def test_a_slip_is_underlined_where_it_is_and_told_in_words(ed: Editor, question: str) -> None:
    assert (
        sorted(ed.complaints("new.yaml", HEAD + f"title: T\nsources:\n  - id: wire\n\nquestions:\n  - {question}\n"))
        == QUESTION_SLIPS[question]
    )


def test_a_sound_deck_is_underlined_nowhere(ed: Editor) -> None:
    assert ed.complaints("new.yaml", GOOD) == []


EXPLAINED = {
    "  - ques▮tion: a\n    answer: b\n": "The stem: what is asked.",
    "  - question: a\n    answer: b\n    dis▮tractors: [c]\n": "Wrong options, of the same sort as the key.",
    "  - question: a\n    answer: b\n    mode: cho▮ose\n": guidance.CHOICES[Mode]["choose"],
    "  - question: a\n    answer: b\n    evidence: {source: wire, quo▮te: b}\n": "The span that supports the key, word for word.",
}


@pytest.mark.parametrize("text", EXPLAINED)
def test_what_one_points_at_is_explained(ed: Editor, text: str) -> None:
    assert EXPLAINED[text] in ed.hover("new.yaml", TOP + text)
