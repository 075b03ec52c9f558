"""Files of other programs brought into decks: ids stay, hand edits stay, and what cannot be taken is told."""

import random
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.authoring.exchange import Given, Imported, give, take
from quizzer.core.errors import DeckError, FormatError
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Markup
from quizzer.formats import FORMATS, Options

DECK = """\
# Written by hand, with care.
title: Peru
questions:
  # the capital
  - id: capital
    question: What is the capital of Peru?   # of today
    answer: Lima
    accept: [ Lima, "the city of Lima" ]
    distractors: [Cusco,   Arequipa]

  - id: lake
    question: "Which lake lies on the border with Bolivia?"
    answer: Lake Titicaca
    hints: [It lies high.]
  - {id: independence, question: In which year did San Martín declare independence?, answer: '1821'}
  - id: snow
    statement: It never snows in Peru.
    answer: false
# the end
"""
PASTE = (
    "What is the capital of Peru?\tLima\n"
    "Which lake lies on the border with Bolivia?\tLake Titicaca\n"
    "In which year did San Martín declare independence?\t1821\n"
    "True or false? It never snows in Peru.\tFalse\n"
)


def bring(folder: Path, text: str | bytes, name: str = "peru.tsv", to: str | None = "peru.yaml", **how: object) -> Imported:
    data = text if isinstance(text, bytes) else text.encode()
    return take([Given(name, data)], folder / to if to else None, folder=folder, **how)  # type: ignore[arg-type]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "peru.yaml"
    path.write_text(DECK, "utf-8")
    return path


def test_a_file_that_says_what_the_deck_says_changes_no_byte(deck: Path, tmp_path: Path) -> None:
    done = bring(tmp_path, PASTE)
    assert (done.new, done.changed, done.absent, done.told) == (0, (), (), ())
    assert deck.read_text("utf-8") == DECK


def test_what_was_changed_in_the_file_is_changed_in_the_deck_and_nothing_else(deck: Path, tmp_path: Path) -> None:
    lines = PASTE.splitlines(keepends=True)
    lines[0] = "What is the capital of the Republic of Peru?\tLima\n"  # the same answer to like words
    lines[2] = "In which year did San Martín declare independence?\t28 July 1821\n"  # the same words
    done = bring(tmp_path, "".join(["Who built Machu Picchu?\tthe Inca\n", *reversed(lines)]))
    assert (done.new, set(done.changed), done.absent) == (1, {"capital", "independence"}, ())
    expected = DECK.replace("What is the capital of Peru?   # of today", "What is the capital of the Republic of Peru?   # of today")
    expected = expected.replace("'1821'", "'28 July 1821'")
    new = "\n\n  - id: who-built-machu-picchu\n    question: Who built Machu Picchu?\n    answer: the Inca\n# the end"
    assert deck.read_text("utf-8") == expected.replace("\n# the end", new)


def test_what_is_not_in_the_file_is_told_and_kept(deck: Path, tmp_path: Path) -> None:
    done = bring(tmp_path, PASTE.splitlines()[0])
    assert done.absent == ("lake", "independence", "snow")
    assert deck.read_text("utf-8") == DECK


def test_an_id_in_the_file_goes_before_its_words(deck: Path, tmp_path: Path) -> None:
    done = bring(tmp_path, "id,question,answer\nlake,What is the capital of Peru?,Lima\n", "peru.csv")
    assert done.changed == ("lake",)
    assert [one.text for one in deckfile.load(deck).questions[:2]] == ["What is the capital of Peru?"] * 2


def test_another_answer_to_a_question_of_another_kind_is_told_and_not_taken(deck: Path, tmp_path: Path) -> None:
    deck.write_text("title: T\nquestions:\n  - {id: o, question: First?, order: [a, b, c]}\n", "utf-8")
    done = bring(tmp_path, "First?\tb → a → c\n")
    assert (done.changed, [str(one) for one in done.told]) == (
        (),
        ["peru.tsv:1: the answer of 'o' was changed, which is of another kind in the deck: kept as it is there. Change it by hand."],
    )


def test_a_new_deck_has_the_files_id_and_title_or_its_name(tmp_path: Path) -> None:
    done = bring(tmp_path, '---\nname = "Peru: a land"\n---\nQ: Capital?\nA: Lima\n', "My notes.md", to=None)
    assert done.path == tmp_path / "my-notes.yaml"
    made = deckfile.load(done.path)
    assert (made.id, made.title, made.questions[0].id) == ("my-notes", "Peru: a land", "capital")
    bring(tmp_path, PASTE, "south_america.tsv", to=None)
    assert deckfile.load(tmp_path / "south-america.yaml").title == "South america"
    assert bring(tmp_path, PASTE, to="x.yaml", title="Mine").made
    assert deckfile.load(tmp_path / "x.yaml").title == "Mine"


def test_a_deck_of_the_same_id_elsewhere_is_told_and_nothing_written(tmp_path: Path) -> None:
    bring(tmp_path, PASTE, to="peru.yaml")
    before = sorted(tmp_path.iterdir())
    text = give(deckfile.load(tmp_path / "peru.yaml"), "hashcards").data
    with pytest.raises(DeckError, match=r"other\.yaml: .*peru\.yaml has the id 'peru' already"):
        bring(tmp_path, text, "peru.md", to="other.yaml")
    assert sorted(tmp_path.iterdir()) == before


def test_several_files_make_one_deck(tmp_path: Path) -> None:
    files = [Given("a.tsv", PASTE.encode()), Given("b.md", b"Q: Capital of Chile?\nA: Santiago\n\nC: The [Andes].\n")]
    done = take(files, tmp_path / "both.yaml", folder=tmp_path)
    assert (done.new, len(deckfile.load(done.path).questions)) == (6, 6)
    again = take(files, tmp_path / "both.yaml", folder=tmp_path)
    assert (again.new, again.changed, again.absent) == (0, (), ())


def test_what_no_deck_may_have_is_left_out_with_its_line(tmp_path: Path) -> None:
    rows = [
        "id,question,answer,option1,option2,option3,as_of,source_title,source_quote,source_date",
        "a/b,Capital of Peru?,Lima,Lima,LIMA,Cusco,,,,",
        "x,Capital of Chile?,Santiago,,,,last year,Example,so it is,14 January 2020",
        "x,Capital of Bolivia?,Sucre,,,,,,,",
        "q,Which gap?,{{Lima,,,,,,,",
        ",,,,,,,,,",
        "c,The capital is {{.,,,,,,,,",
    ]
    rows[-1] = "kind," + rows[-1]
    done = bring(tmp_path, "\n".join(rows[:-1]), "peru.csv")
    assert [re.sub(": [A-Z][0-9]{3} .*", ": …", str(one)) for one in done.told] == [
        "peru.csv:2: the id 'a/b' is none that decks take: the question got one from its words. Change it, or leave it out.",
        "peru.csv:2: distractors left out of 'Capital of Peru?': …",
        "peru.csv:3: source_date '14 January 2020' is none that decks take, and was left out. A date is written 2021-01-14.",
        "peru.csv:3: as_of left out of 'Capital of Chile?': …",
        "peru.csv:4: the id 'x' stands here twice: the question got one from its words. Change it, or leave it out.",
    ]
    made = deckfile.load(tmp_path / "peru.yaml")
    assert [one.id for one in made.questions] == ["capital-of-peru", "x", "capital-of-bolivia", "q"]
    assert isinstance(made.questions[0], Plain)
    assert made.questions[0].distractors == ("Cusco",)


def test_a_question_that_cannot_be_mended_is_left_out(tmp_path: Path) -> None:
    done = bring(tmp_path, "kind,question,answer,option1,option2\ncloze,No gap,,,\norder,Which?,,a,A\n,Capital?,Lima,,\n", "peru.csv")
    assert (done.new, done.skipped) == (1, 2)
    assert [str(one).split(":")[1] for one in done.told] == ["2", "3"]


@pytest.mark.parametrize(
    ("name", "text"), [("a.md", "just text"), ("a.tsv", "\tx"), ("a.txt", "1. Why?\n___\n"), ("a.csv", "question,answer\n,b")]
)
def test_nothing_is_written_when_nothing_could_be_read(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(FormatError, match=r"^a\.\w+: no question could be read, so nothing was written\.") as caught:
        bring(tmp_path, text, name)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_markdown_of_a_file_makes_a_deck_of_markdown(tmp_path: Path) -> None:
    bring(tmp_path, "Q: What does `len` do?\nA: counts\n", "code.md", to="code.yaml")
    assert deckfile.load(tmp_path / "code.yaml").markup is Markup.MARKDOWN
    bring(tmp_path, "Q: Capital?\nA: Lima\n", "peru.md")
    done = bring(tmp_path, "Q: What does `len` do?\nA: counts\n", "peru.md")
    assert [str(one) for one in done.told] == [
        "peru.md:1: has marks of Markdown, which this deck shows as they are. With `markup: markdown` it obeys them."
    ]


def test_a_dry_run_writes_nothing(deck: Path, tmp_path: Path) -> None:
    assert bring(tmp_path, PASTE + "New?\tyes\n", write=False).new == 1
    assert bring(tmp_path, PASTE, to="other.yaml", write=False).made
    assert deck.read_text("utf-8") == DECK
    assert not (tmp_path / "other.yaml").exists()


def test_sides_can_be_swapped(deck: Path, tmp_path: Path) -> None:
    turned = "".join("\t".join(reversed(line.split("\t"))) + "\n" for line in PASTE.splitlines())
    done = bring(tmp_path, turned, options=Options(swap=True))
    assert (done.new, done.changed) == (0, ())


SOURCED = """\
id: d
title: T
sources:
  - {id: cnn, publisher: CNN, title: The report, date: 2021-01}
  - {id: herald, publisher: Miami Herald, title: The report, date: 2021-01-14}
questions:
  - id: one
    question: When was it announced?
    answer: '2018'
    evidence: {source: herald, quote: in 2018, start: 40, passage: It was announced in 2018., passage_start: 23}
  - id: two
    cloze: The {{report|account}} ran to {{93}} pages.
    evidence:
      - {source: cnn, quote: 93 pages, start: 7}
      - {source: herald, quote: all 93 pages, start: 9}
"""


@pytest.mark.parametrize("form", ["hashcards", "obsidian"])
def test_what_the_form_does_not_carry_of_evidence_and_gaps_stays_where_something_else_was_changed(form: str, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(SOURCED, "utf-8")
    deck = deckfile.load(path)
    turned = give(msgspec.structs.replace(deck, questions=deck.questions[::-1]), form).data.decode()  # the sources come in another order
    assert bring(tmp_path, turned, "d.md", to="d.yaml", form=form).changed == ()
    changed = turned.replace("ran to", "came to").replace("announced?", "made known?")
    assert bring(tmp_path, changed, "d.md", to="d.yaml", form=form).changed == ("one", "two")
    assert path.read_text("utf-8") == SOURCED.replace("ran to", "came to").replace("announced?", "made known?")


def test_a_file_of_another_deck_is_told(deck: Path, tmp_path: Path) -> None:
    done = bring(tmp_path, "id,kind,question,answer\nchile,deck,Chile,\n,,Capital of Chile?,Santiago\n", "chile.csv")
    assert [str(one) for one in done.told] == [
        "chile.csv:1: this is of the deck 'chile', and was brought into 'peru'. If that is wrong, take another file with -o."
    ]


texts = st.sampled_from(
    ["Lima", "a: b # c", "2*3", "- x", "Q: x", "x::y", "==x==", "=1+1", "x\ty", "No", "it's “so”", "[a](b)", "{", "ä\nö", "'", "1. a"]
)
plains = st.builds(
    lambda stem, key, explanation, tags: Plain(question=stem, answer=key, explanation=explanation, tags=tags),
    st.lists(texts, min_size=1, max_size=3).map(" ".join),
    texts,
    st.just("") | texts,
    st.lists(st.sampled_from(["when", "where"]), max_size=2, unique=True).map(tuple),
)
decks = st.lists(plains, min_size=1, max_size=5, unique_by=lambda one: " ".join(one.question.split())).map(
    lambda questions: Deck(id="d", title="T", questions=tuple(questions))
)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(deck=decks, seed=st.integers(0, 9))
def test_twice_is_once_and_another_order_keeps_the_ids(form: str, deck: Deck, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("exchange")
    path = folder / "d.yaml"
    deckfile.save(deck, path)
    stored, before = deckfile.load(path), path.read_bytes()
    name = f"d{FORMATS[form].endings[0] if FORMATS[form].endings else '.md'}"

    data = give(stored, form).data
    same = bring(folder, data, name, to="d.yaml", form=form)
    assert (same.new, same.changed, same.told) == (0, (), ())
    assert path.read_bytes() == before

    shuffled = list(stored.questions)
    random.Random(seed).shuffle(shuffled)
    edited = msgspec.structs.replace(shuffled[0], answer="another key")
    data = give(msgspec.structs.replace(stored, questions=(edited, *shuffled[1:])), form).data
    done = bring(folder, data, name, to="d.yaml", form=form)
    after = deckfile.load(path)
    assert [question.id for question in after.questions] == [question.id for question in stored.questions]
    assert done.changed == (edited.id,)
    wanted = {question.id: "another key" if question.id == edited.id else question.answer for question in deck_of(stored)}
    assert {question.id: question.answer for question in deck_of(after)} == wanted

    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert bring(elsewhere, data, name, to="d.yaml", form=form).made
    made = (elsewhere / "d.yaml").read_bytes()
    again = bring(elsewhere, data, name, to="d.yaml", form=form)
    assert (again.new, again.changed, (elsewhere / "d.yaml").read_bytes()) == (0, (), made)


def deck_of(deck: Deck) -> list[Plain]:
    return [question for question in deck.questions if isinstance(question, Plain)]
