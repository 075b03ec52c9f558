"""README tells what each form carries, from what it does carry, and its example of each form is read."""

import re
from pathlib import Path

import msgspec
import pytest

from quizzer.cli import exchanging
from quizzer.core.kinds import Cloze, Deck, List, Match, Order, Plain, Question, Statement, StudyOptions
from quizzer.core.model import AnswerType, Evidence, Markup, Mode, Source
from quizzer.formats import FORMATS, read, write

README = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
SOURCE = Source(
    id="two-men-on-the-moon", publisher="Example Wire", title="Two men on the Moon", date="1969-07-21", url="https://example.org/moon"
)
QUOTED = Evidence(source=SOURCE.id, quote="Armstrong climbed down first")
PLACED = msgspec.structs.replace(QUOTED, start=30, passage="The hatch opened. Armstrong climbed down first.", passage_start=12)
PLAIN = Plain(id="first", question="Who was first on the Moon?", answer="Neil Armstrong")
CHOSEN = msgspec.structs.replace(PLAIN, distractors=("Buzz Aldrin", "John Glenn"))
ROWS: dict[str, Question] = {
    "plain": PLAIN,
    "plain with `distractors`": CHOSEN,
    "cloze": Cloze(id="eagle", cloze="The lunar module was called {{Eagle}}."),
    "true/false": Statement(id="collins", statement="Collins walked on the Moon.", answer=False),
    "order": Order(id="flights", question="Put these in order of their flights.", order=("Apollo 8", "Apollo 11")),
    "match": Match(id="craft", question="Which craft went where?", match=(("Cassini", "Saturn"), ("Juno", "Jupiter"))),
    "list": List(id="crew", question="Who flew on Apollo 11?", answers=("Armstrong", "Aldrin", "Collins")),
    "`id`": PLAIN,
    "`explanation`": msgspec.structs.replace(PLAIN, explanation="On 20 July 1969."),
    "`evidence`: source and quote": msgspec.structs.replace(PLAIN, evidence=(QUOTED,)),
    "`evidence`: place and passage": msgspec.structs.replace(PLAIN, evidence=(PLACED,)),
    "`tags`": msgspec.structs.replace(PLAIN, tags=("space", "who")),
    "`accept`, without distractors": msgspec.structs.replace(PLAIN, accept=("Armstrong",)),
    "`accept`, with distractors": msgspec.structs.replace(CHOSEN, accept=("Armstrong",)),
    "other wordings of a gap": Cloze(id="eagle", cloze="The lunar module was called {{Eagle|the Eagle}}."),
    "`as_of`": msgspec.structs.replace(PLAIN, as_of="2026-01"),
    "`type`": msgspec.structs.replace(PLAIN, type=AnswerType.TEXT),
    "`hints`": msgspec.structs.replace(PLAIN, hints=("He was an Eagle Scout.",)),
    "`mode`": msgspec.structs.replace(PLAIN, mode=Mode.TYPE),
}
DECKS = {
    "the deck's `id`, `title`, `language`, `markup`": {"id": "moon", "title": "The Moon", "language": "de", "markup": Markup.MARKDOWN},
    "its `description`": {"description": "What happened in July 1969."},
    "its `study`, `formerly` and `declined`": {"study": StudyOptions(new_per_day=5), "declined": ("gone",), "formerly": ("luna",)},
}


def cell(deck: Deck, form: str) -> str:
    lost = {(loss.question != "", loss.field) for loss in write(deck, form).losses}
    question = {field for of_question, field in lost if of_question}
    if "kind" in question:
        return "as plain"
    return "–" if question else "yes"


def table() -> str:
    """README's table of what is carried, made from what is."""
    rows = ["| | " + " | ".join(form.title for form in FORMATS.values()) + " |", "|---|" + "---|" * len(FORMATS)]
    for name, question in ROWS.items():
        deck = Deck(id="moon", title="The Moon", sources=(SOURCE,) if question.evidence else (), questions=(question,))
        cells = [cell(deck, form) for form in FORMATS]
        if name == "`id`":
            cells = ["–" if any(loss.field == "ids" for loss in write(deck, form).losses) else "yes" for form in FORMATS]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    for name, fields in DECKS.items():
        deck = Deck(**{"id": "moon", "title": "The Moon", "questions": (PLAIN,), **fields})  # type: ignore[arg-type]
        lost = [{loss.field for loss in write(deck, form).losses} & fields.keys() for form in FORMATS]
        rows.append(f"| {name} | " + " | ".join("–" if gone else "yes" for gone in lost) + " |")
    return "\n".join(rows)


def test_what_each_form_carries_is_told() -> None:
    assert table() in README


@pytest.mark.parametrize(("form", "kinds"), [
    ("csv", ["plain", "true/false", "order", "list"]),
    ("quizlet", ["plain", "plain"]),
    ("hashcards", ["plain", "cloze", "list"]),
    ("obsidian", ["plain"] * 6 + ["cloze"]),
    ("text2qti", ["plain", "true/false", "list", "plain"]),
])  # fmt: skip
def test_the_example_of_each_form_is_read_without_a_word(form: str, kinds: list[str]) -> None:
    (example,) = re.findall(rf"^```{form}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    found = read(example.encode(), form=form)[1]
    assert found.problems == ()
    assert [question.kind for question in found.deck.questions] == kinds


def test_the_command_line_names_every_form_without_loading_them() -> None:
    assert tuple(FORMATS) == exchanging.FORMATS
