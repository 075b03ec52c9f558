"""What is saved is read back equal, whatever text it holds; and it is text that other YAML readers understand alike."""

import math
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Cloze, Deck, LintOptions, List, Match, Order, Plain, Question, Statement, StudyOptions
from quizzer.core.model import AnswerType, Evidence, Image, Markup, Mode, Source
from quizzer.deckfile import dumps, load, save
from quizzer.deckfile.images import is_beside
from quizzer.deckfile.options import doubles_among, rights_among
from quizzer.deckfile.rules import folded, is_no_day

UGLY = [
    *(
        "No",
        "~",
        "null",
        "true",
        "12:30",
        "1.10",
        "1_000",
        "0o7",
        "2021-01-14",
        "1e3",
        "=",
        "<<",
        ".inf",
        "-",
        "?",
        ":",
        "#",
        "!",
        "&a",
        "*a",
    ),
    *("a: b", "a #b", "#", "[a, b]", "{a}", "'", '"', "''", 'it\'s "so"', " lead", "trail ", "a\tb", "\t", "%x", "@x", "`x`", "---", "..."),
    *(
        "a\nb",
        "a\n",
        "\na",
        "a\n\n\nb",
        " a\n  b\n",
        "a \nb",
        "a\r\nb",
        "a\rb",
        "x\x85y",
        "x\u2028y",
        "x\u2029y",
        "\ufeffx",
        "x\x00\x07\x1b",
    ),
    *("😀👩‍👩‍👧", "e\u0301", "\u202eabc", "\xa0x\xa0", "日本語、テキスト", "\U0010ffff", "\\n", "a\\", "|", ">", "- a", "? a", ", a", "- "),
    *("word " * 60, "long" * 300, "key: value\n- item\n# no comment\n", "a\n---\nb", "a\n...\n"),
]
chars = st.characters(exclude_categories=["Cs"])
texts = st.one_of(st.sampled_from(UGLY), st.text(chars, max_size=30), st.lists(st.sampled_from(UGLY), min_size=2, max_size=3).map("".join))
filled = texts.filter(lambda text: text.strip() != "")
wordings = filled.map(lambda text: text.replace("|", "/")).filter(lambda text: text.strip() != "")
gaps = wordings.map(lambda text: text.replace("{", "(").replace("}", ")"))
ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True)
hashes = st.sampled_from(["", "ab" * 32, "0" * 64, "1" * 64, "1e" + "0" * 62])
dates = st.sampled_from(["", "2021", "2021-01", "2021-01-14", "0001-12-31"])

image_files = st.one_of(
    st.sampled_from(["church.png", "images/church.png", "1.10", "No", "a #b.gif", "-.jpg", "日本.webp"]), filled.filter(is_beside)
)
images = st.builds(Image, file=image_files, alt=st.just("") | texts, credit=st.just("") | texts)


@st.composite
def evidences(draw: st.DrawFn, sources: list[str]) -> Evidence:
    quote = draw(filled)
    source = draw(st.sampled_from(sources))
    start = draw(st.none() | st.integers(0, 10**6))
    if not draw(st.booleans()):
        return Evidence(source=source, quote=quote, start=start)
    before = draw(texts)
    if start is None or start < len(before):
        return Evidence(source=source, quote=quote, start=start, passage=before + quote + draw(texts))
    return Evidence(source=source, quote=quote, start=start, passage=before + quote + draw(texts), passage_start=start - len(before))


def studiable(question: Plain) -> Plain:
    """The question; asked by its signs, and of no type, where no learner could type its key."""
    if rights_among(question) or doubles_among(question) or (question.type is AnswerType.DATE and is_no_day(question.answer)):
        return msgspec.structs.replace(question, mode=Mode.CHOOSE, type=None)
    return question


@st.composite
def questions(draw: st.DrawFn, name: str, sources: list[str]) -> Question:
    shared: dict[str, Any] = {
        "id": name,
        "mode": draw(st.none() | st.sampled_from(Mode)),
        "evidence": tuple(draw(st.lists(evidences(sources), max_size=2))) if sources else (),
        "hints": tuple(draw(st.lists(filled, max_size=3))),
        "explanation": draw(texts),
        "tags": tuple(draw(st.lists(filled, max_size=3))),
        "as_of": draw(dates),
        "image": draw(st.none() | images),
        "explanation_image": draw(st.none() | images),
    }
    several = st.lists(wordings, min_size=2, max_size=4, unique_by=folded).map(tuple)
    match draw(st.integers(0, 5)):
        case 0:
            options = draw(st.lists(filled, min_size=1, max_size=5, unique_by=folded))
            accept = tuple(text for text in draw(st.lists(filled, max_size=3)) if folded(text) not in map(folded, options))
            kind = draw(st.none() | st.sampled_from(AnswerType))
            key, *distractors = options
            return studiable(Plain(question=draw(filled), answer=key, accept=accept, distractors=tuple(distractors), type=kind, **shared))
        case 1:
            around = texts.map(lambda text: text.replace("{", "(").replace("}", ")"))
            made = "".join(
                f"{draw(around)}{{{{{'|'.join(gap)}}}}}" for gap in draw(st.lists(st.lists(gaps, min_size=1), min_size=1, max_size=3))
            )
            return Cloze(cloze=made + draw(around), **shared)
        case 2:
            return Statement(statement=draw(filled), answer=draw(st.booleans()), **shared)
        case 3:
            stem = draw(st.sampled_from(["Put these in order."]) | filled)
            return Order(order=draw(several), question=stem, **shared)
        case 4:
            lefts = draw(st.lists(filled, min_size=2, max_size=9, unique_by=folded))
            rights = draw(st.lists(filled, min_size=2, max_size=9, unique_by=folded))
            wrong = draw(st.lists(filled, max_size=3, unique_by=folded))
            pairs = tuple((left, rights[at % len(rights)]) for at, left in enumerate(lefts))
            taken = {folded(right) for right in rights}
            return Match(
                match=pairs,
                question=draw(st.sampled_from(["Match these."]) | filled),
                distractors=tuple(text for text in wrong if folded(text) not in taken),
                **shared,
            )
        case _:
            return List(question=draw(filled), answers=draw(several), **shared)


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    names = draw(st.lists(ids, max_size=2, unique=True))
    sources = tuple(
        Source(id=name, publisher=draw(texts), title=draw(texts), url=draw(texts), date=draw(dates), sha256=draw(hashes)) for name in names
    )
    retention = draw(st.none() | st.floats(0.7, 0.99))
    return Deck(
        id=draw(ids),
        title=draw(filled),
        description=draw(texts),
        language=draw(st.sampled_from(["en", "de", "no", "zh-Hant"])),
        markup=draw(st.sampled_from(Markup)),
        study=StudyOptions(
            mode=draw(st.none() | st.sampled_from(Mode)), retention=retention, new_per_day=draw(st.none() | st.integers(0, 10**9))
        ),
        lint=LintOptions(select=tuple(draw(st.lists(filled, max_size=2))), ignore=tuple(draw(st.lists(filled, max_size=2)))),
        sources=sources,
        declined=tuple(draw(st.lists(ids, max_size=3))),
        questions=tuple(draw(questions(name, names)) for name in draw(st.lists(ids, min_size=1, max_size=4, unique=True))),
    )


def there_and_back(deck: Deck) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "deck.yaml"
        save(deck, path)
        assert load(path) == deck


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(decks())
def test_what_is_saved_is_read_back_equal(deck: Deck) -> None:
    there_and_back(deck)


@pytest.mark.soak
@settings(max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(decks())
def test_what_is_saved_is_read_back_equal_many_times(deck: Deck) -> None:
    there_and_back(deck)


@pytest.mark.parametrize("text", [text for text in UGLY if text.strip()])
def test_ugly_text_comes_back_and_other_readers_see_it_too(text: str, tmp_path: Path) -> None:
    question = Plain(id="q", question=text, answer=text, tags=(text, "x"), evidence=(Evidence(source="w", quote=text),))
    deck = Deck(id="d", title=text, questions=(question,), sources=(Source(id="w", title=text),))
    save(deck, tmp_path / "d.yaml")
    assert load(tmp_path / "d.yaml") == deck
    seen = yaml.load((tmp_path / "d.yaml").read_bytes(), yaml.SafeLoader)
    assert [str(seen["title"]), str(seen["questions"][0]["answer"]), str(seen["questions"][0]["tags"][0])] == [text] * 3


def test_a_saved_deck_is_one_that_people_would_write(tmp_path: Path) -> None:
    deck = Deck(
        id="zero-tolerance",
        title="A title: with a colon",
        sources=(Source(id="wire", publisher="Example Wire", date="2021-01-14"),),
        questions=(
            Plain(
                id="pilot-city",
                question="In which city did the 2017 pilot take place?",
                answer="El Paso",
                type=AnswerType.PLACE,
                accept=("El Paso, Texas",),
                distractors=("Laredo", "Brownsville"),
                evidence=(Evidence(source="wire", quote="in El Paso", start=5120),),
                explanation="It ran for five months.\nThen came the policy.\n",
            ),
            Statement(id="true", statement="It's so.", answer=True),
            Plain(id="many", question="How many?", answer="93", accept=("1.10", "No")),
        ),
    )
    path = tmp_path / "zero-tolerance.yaml"
    save(deck, path)
    written = path.read_text(encoding="utf-8")
    assert written == dumps(deck)
    assert (
        written
        == """\
# yaml-language-server: $schema=./.deck.schema.json
# $schema: ./.deck.schema.json
format: 1
id: zero-tolerance
title: "A title: with a colon"
sources:
  - id: wire
    publisher: Example Wire
    date: 2021-01-14
questions:
  - id: pilot-city
    question: In which city did the 2017 pilot take place?
    answer: El Paso
    type: place
    accept: ["El Paso, Texas"]
    distractors: [Laredo, Brownsville]
    evidence: {source: wire, quote: in El Paso, start: 5120}
    explanation: |
      It ran for five months.
      Then came the policy.

  - id: "true"
    statement: It's so.
    answer: true

  - id: many
    question: How many?
    answer: 93
    accept: ["1.10", "No"]
"""
    )


def test_questions_without_an_id_are_saved_with_theirs(tmp_path: Path) -> None:
    plain = Plain(question="Capital of Peru?", answer="Lima")
    save(
        Deck(id="", title="Peru", questions=(plain, plain, Plain(id="capital-of-peru-2", question="b", answer="c"))),
        tmp_path / "Peru 1.yaml",
    )
    deck = load(tmp_path / "Peru 1.yaml")
    assert deck.id == "peru-1"
    assert [question.id for question in deck.questions] == ["capital-of-peru", "capital-of-peru-3", "capital-of-peru-2"]
    assert "capital-of-peru-3" in (tmp_path / "Peru 1.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("deck", "message"),
    [
        (Deck(id="d", title="half \ud83d", questions=(Plain(question="a", answer="b"),)), r"`title` 'half \\ud83d' holds U\+D83D, half of"),
        (Deck(id="d", title="t", questions=(Plain(question="a", answer="\udcff"),)), r"`answer` .* holds U\+DCFF"),
        (Deck(id="d", title="t"), "not saved, for it could not be studied: D201"),
        (Deck(id="a/b", title="t", questions=(Plain(question="a", answer="b"),)), "not saved, .* D202"),
        (Deck(id="d", title="t", questions=(Plain(question="a", answer=" "),)), "not saved, .* D108"),
        (Deck(id="d", title="t", questions=(Plain(question="a", answer="b", distractors=("B",)),)), "not saved, .* D303"),
        (
            Deck(id="d", title="t", study=StudyOptions(retention=math.inf), questions=(Plain(question="a", answer="b"),)),
            "not saved, .* D111",
        ),
    ],
)
def test_a_deck_that_could_not_be_read_again_is_not_saved(deck: Deck, message: str, tmp_path: Path) -> None:
    with pytest.raises(DeckError, match=message) as caught:
        save(deck, tmp_path / "d.yaml")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
