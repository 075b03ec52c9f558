"""``revise`` writes what changed into a deck file and leaves every other byte as its author wrote it."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Cloze, Deck, LintOptions, Order, Plain, Question, Statement
from quizzer.core.model import AnswerType, Evidence, Mode, Source
from quizzer.deckfile import check, fmt, laid_out, load, revise, save

from .test_ids import STYLES, put
from .test_round_trip import decks, studiable

HAND = """\
# yaml-language-server: $schema=./.deck.schema.json
# Written by hand, with care.
id: harbour
title:   "The harbour"   # of Reykjavik
sources:
  # the only one
  - id: gazette
    publisher: 'Harbour Gazette'   # weekly
    sha256: 0000000000000000000000000000000000000000000000000000000000000000

questions:

  # --- years ---
  - id: year
    question: In which year was the old harbour finished?   # sic
    answer: '1917'
    accept: [ "in 1917",  the year 1917 ]  # both heard
    distractors:
      - "1905"   # too early
      - '1930'
      # - 1931, too near
      - '1944'
    evidence: {source: gazette, quote: finished in 1917, start: 12}

  - {id: hill, question: "From which hill?", answer: Oskjuhlid, tags: [ where ]} # short

  # --- reasons ---
  - id: why
    question: >-
      Why was a railway
      built?
    evidence:
      # found by Anna
      source: gazette   # p. 2
      quote: to carry the rock
    answer: |
      To carry the rock
      to the sea.

# the end
"""
words = st.sampled_from(
    ["Lima", "Cusco", 'it\'s "so"', "a: b # c", "No", "two\nlines", "x, y", "日本", " lead", "'q'", "[a]", "{b}", "- d", "1.10"]
)
lists = st.lists(words, max_size=4, unique=True).map(tuple)
spans = st.builds(Evidence, source=st.just("gazette"), quote=words, start=st.none() | st.integers(0, 99))


def changed(draw: st.DrawFn, question: Question) -> Question:
    """The question with some of its fields other than they were."""
    fields: dict[str, object] = {}
    if draw(st.booleans()):
        fields["explanation"] = draw(words | st.just(""))
    if draw(st.booleans()):
        fields["tags"] = draw(lists)
    if draw(st.booleans()):
        fields["mode"] = draw(st.sampled_from([None, Mode.REVEAL]))
    if draw(st.booleans()):
        fields["evidence"] = draw(st.lists(spans, max_size=3).map(tuple))
    if draw(st.booleans()):
        fields["evidence"] = (*question.evidence, *draw(st.lists(spans, max_size=1)))
    if isinstance(question, Plain):
        if draw(st.booleans()):
            fields["answer"] = draw(st.sampled_from(["the key", "key: # it", "the\nkey", "key 'it'"]))
        if draw(st.booleans()):
            fields["accept"] = (*question.accept[draw(st.integers(0, 1)) :], *draw(lists))
        if draw(st.booleans()):
            wrong = [f"wrong {text}" for text in draw(lists)]
            fields["distractors"] = tuple(dict.fromkeys((*wrong[:2], *question.distractors[draw(st.integers(0, 2)) :], *wrong[2:])))
        if draw(st.booleans()):
            fields["type"] = draw(st.sampled_from([None, AnswerType.TEXT]))
        if draw(st.integers(0, 9)) == 0:
            return Statement(id=question.id, statement="It lies inland.", answer=draw(st.booleans()))
    made = msgspec.structs.replace(question, **fields)
    return studiable(made) if isinstance(made, Plain) else made


def revised(draw: st.DrawFn, deck: Deck) -> Deck:
    """The deck as its author might want it: questions gone, changed and new; its own texts changed."""
    questions = [question for question in deck.questions if draw(st.integers(0, 4))]
    questions = [changed(draw, question) if draw(st.integers(0, 2)) == 0 else question for question in questions]
    made = st.sampled_from(
        [
            Plain(
                id="new-1", question="New?", answer="yes: # sir", accept=("a, b", "c"), evidence=(Evidence(source="gazette", quote="new"),)
            ),
            Cloze(id="new-2", cloze="A {{gap}}."),
            Order(id="new-3", order=("first", "second"), explanation="two\nlines"),
        ]
    )
    for question in draw(st.lists(made, min_size=0 if questions else 1, max_size=3, unique_by=lambda one: one.id)):
        if question.id not in {one.id for one in questions}:
            questions.insert(draw(st.integers(0, len(questions))), question)
    sources = [
        source if draw(st.booleans()) else msgspec.structs.replace(source, sha256="ab" * 32, title="x: y") for source in deck.sources
    ]
    if "gazette" not in {source.id for source in sources}:
        sources.append(Source(id="gazette", url="https://example.org/a#b"))
    return msgspec.structs.replace(
        deck,
        questions=tuple(questions),
        sources=tuple(sources),
        lint=draw(st.sampled_from([LintOptions(), LintOptions(ignore=("Q119",)), LintOptions(select=("default", "Q1")), deck.lint])),
        declined=draw(st.sampled_from([(), ("gone",), ("gone", "also-gone"), deck.declined])),
        title=draw(st.sampled_from([deck.title, "Another: title"])),
        description=draw(st.sampled_from([deck.description, "", "Two\nlines"])),
    )


LAID_OUT = laid_out(HAND.encode(), Path("deck.yaml")).after


def check_layout(data: st.DataObject, folder: Path) -> None:
    """What was in the layout of ``fmt`` is in it still, with the comments of what stayed."""
    path = put(folder, LAID_OUT)
    wanted = data.draw(st.composite(revised)(load(path)))
    revise(path, wanted)
    assert load(path) == wanted
    assert not fmt(path, write=False).changed
    for mark in ("# Written by hand, with care.", "# --- years ---", "# --- reasons ---", "# the end", "# of Reykjavik", "# the only one"):
        assert mark in path.read_text("utf-8")


@given(st.data())
@settings(max_examples=10)
def test_what_was_laid_out_stays_so(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    check_layout(data, tmp_path_factory.mktemp("d"))


@pytest.mark.soak
@given(st.data())
@settings(max_examples=600, deadline=None)
def test_what_was_laid_out_stays_so_at_length(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    check_layout(data, tmp_path_factory.mktemp("d"))


def check_one(data: st.DataObject, line_end: str, folder: Path) -> None:
    """What was asked for is read back, and what was not touched is there."""
    path = put(folder, HAND.replace("\n", line_end))
    before = load(path)
    wanted = data.draw(st.composite(revised)(before))
    revise(path, wanted)
    assert load(path) == wanted
    text = path.read_bytes().decode()
    for mark in (
        "# Written by hand, with care.",
        "# --- years ---",
        "# --- reasons ---",
        "# the end",
        "# of Reykjavik",
        "# the only one",
        "# weekly",
    ):
        assert mark in text
    for question in before.questions:
        if question in wanted.questions:
            assert lines_of(question.id, HAND).replace("\n", line_end) in text
    if line_end != "\n":
        assert "\n" not in text.replace(line_end, "")


def lines_of(name: str, text: str) -> str:
    """The lines of a question in ``HAND``."""
    found = next(block for block in text.split("\n\n") if f"id: {name}" in block)
    return found[found.index("  - ") :].rstrip("\n")


line_ends = st.sampled_from(["\n", "\r\n", "\r"])


@settings(max_examples=40, deadline=None)
@given(data=st.data(), line_end=line_ends)
def test_what_was_asked_for_is_read_back_and_what_was_not_touched_is_there(
    data: st.DataObject, line_end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_one(data, line_end, tmp_path_factory.mktemp("revise"))


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=4000, deadline=None)
@given(data=st.data(), line_end=line_ends)
def test_what_was_not_touched_is_there_many_times(data: st.DataObject, line_end: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    check_one(data, line_end, tmp_path_factory.mktemp("revise"))


@settings(max_examples=30, deadline=None)
@given(data=st.data(), deck=decks())
def test_any_deck_can_be_made_into_any_other_of_its_id(data: st.DataObject, deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("revise") / "deck.yaml"
    save(deck, path)
    stored = load(path)
    wanted = data.draw(st.composite(revised)(stored))
    revise(path, wanted)
    assert load(path) == wanted
    revise(path, stored)
    assert load(path) == stored


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_style_of_writing_can_be_revised(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = put(tmp_path_factory.mktemp("revise"), STYLES.replace("wire", "gazette"))
    before = load(path)
    wanted = data.draw(st.composite(revised)(before))
    try:
        revise(path, wanted)
    except DeckError as error:
        assert "cannot be changed safely" in str(error)
        assert load(path) == before
    else:
        assert load(path) == wanted


def test_the_same_deck_is_not_written(tmp_path: Path) -> None:
    path = put(tmp_path, HAND)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    revise(path, load(path))
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def edit(path: Path, name: str, **fields: object) -> None:
    deck = load(path)
    questions = tuple(msgspec.structs.replace(one, **fields) if one.id == name else one for one in deck.questions)
    revise(path, msgspec.structs.replace(deck, questions=questions))


def test_a_changed_value_stands_where_the_old_one_did_in_its_manner(tmp_path: Path) -> None:
    path = put(tmp_path, HAND)
    edit(path, "year", answer="1918", accept=("in 1917", "nineteen seventeen"), distractors=("1905", "1931", "1944"))
    edit(path, "hill", tags=("where", "hill"), accept=("Öskjuhlíð",))
    edit(path, "why", evidence=(*load(path).questions[2].evidence, Evidence(source="gazette", quote="a railway")), explanation="By rail.")
    expected = (
        HAND.replace("answer: '1917'", "answer: '1918'")
        .replace('"in 1917",  the year 1917 ]', '"in 1917",  nineteen seventeen ]')
        .replace("- '1930'", "- '1931'")
        .replace("Oskjuhlid, tags: [ where ]}", "Oskjuhlid, accept: [Öskjuhlíð], tags: [ where, hill ]}")
        .replace(
            "      # found by Anna\n      source: gazette   # p. 2\n      quote: to carry the rock\n",
            "      # found by Anna\n      - source: gazette   # p. 2\n        quote: to carry the rock\n"
            "      - {source: gazette, quote: a railway}\n    explanation: By rail.\n",
        )
    )
    assert path.read_text("utf-8") == expected


QUOTED = """\
title: T
study: {"retention": '0.9', mode: "type"}
sources: [{'id': 'a'}]
questions:
- id: 's'
  statement: 'So.'
  answer: 'true'
  mode: 'type'
  evidence: {'source': 'a', "quote": 'words', 'start': '12', "passage": 'some words', "passage_start": "7"}
"""


def test_a_value_before_a_comment_is_written_as_fmt_would(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    question = "  - id: q\n    question: Who led it?  # ask again\n    answer: Ana\n    tags: [a]  # one\n"
    path.write_text(f"id: d\ntitle: D\nquestions:\n{question}")
    edit(path, "q", question="Who led it, all in all?", tags=("a, b", "c"))
    assert "    question: Who led it, all in all?  # ask again\n" in path.read_text()
    assert '    tags: ["a, b", c]  # one\n' in path.read_text()
    edit(path, "q", question="Who led it: #1?")
    assert '    question: "Who led it: #1?"  # ask again\n' in path.read_text()
    edit(path, "q", question="Two\nlines?")
    assert "# ask again" in path.read_text()


def test_numbers_and_truths_in_quotes_stay_in_quotes(tmp_path: Path) -> None:
    path = put(tmp_path, QUOTED)
    deck = load(path)
    (question,) = deck.questions
    assert isinstance(question, Statement)
    (span,) = question.evidence
    moved = msgspec.structs.replace(span, start=15, passage_start=10)
    changed = msgspec.structs.replace(question, answer=False, evidence=(moved,), mode=Mode.REVEAL)
    study = msgspec.structs.replace(deck.study, retention=0.95)
    revise(path, msgspec.structs.replace(deck, study=study, questions=(changed,)))
    expected = QUOTED.replace("'true'", "'false'").replace("'12'", "'15'").replace('"7"', '"10"').replace("'0.9'", "'0.95'")
    assert path.read_text("utf-8") == expected.replace("mode: 'type'", "mode: 'reveal'")


def test_questions_go_and_come_between_their_neighbours(tmp_path: Path) -> None:
    path = put(tmp_path, HAND)
    deck = load(path)
    new = Plain(id="new", question="New?", answer="yes")
    revise(path, msgspec.structs.replace(deck, questions=(deck.questions[0], deck.questions[2], new), declined=("hill",)))
    expected = HAND.replace('  - {id: hill, question: "From which hill?", answer: Oskjuhlid, tags: [ where ]} # short\n\n', "")
    expected = expected.replace("      to the sea.\n", '      to the sea.\n\n  - id: new\n    question: New?\n    answer: "yes"\n')
    expected = expected.replace("0000\n\nquestions", "0000\ndeclined: [hill]\n\nquestions")
    assert path.read_text("utf-8") == expected


IGNORING = """\
title: t
questions:
  # about Peru
  # quizzer: ignore Q107 -- so it was asked
  # a heading
  - id: a
    question: Which of these is not in Peru?
    answer: Quito
    distractors: [Cusco, Puno]

  # quizzer: ignore Q107 -- so it was asked
  - id: b
    question: Which of these is not in Chile?
    answer: Lima
    distractors: [Cusco, Puno]

  # the last one
  - id: c
    question: Which of these is not in Brazil?
    answer: Oslo
    distractors: [Cusco, Puno]
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("instead", [False, True], ids=["out", "replaced"])
def test_what_was_ignored_in_a_question_goes_with_it(line_end: str, instead: bool, tmp_path: Path) -> None:
    path = put(tmp_path, IGNORING.replace("\n", line_end))
    deck = load(path)
    new = Plain(id="new", question="Which is not here?", answer="x", distractors=("y",))
    revise(path, msgspec.structs.replace(deck, questions=(*([new] if instead else []), deck.questions[2])))
    item = "  - id: new\n    question: Which is not here?\n    answer: x\n    distractors: [y]\n\n" if instead else "\n"
    begin, _, _ = IGNORING.partition("  # quizzer")
    _, *last = IGNORING.partition("  # the last one")
    assert path.read_bytes().decode() == "".join([begin, "  # a heading\n", item, *last]).replace("\n", line_end)
    codes = [problem.code for problem in check(path) if problem.code in ("Q107", "D012")]
    assert codes == ["Q107"] * (1 + instead)


def test_text_that_looks_like_what_is_ignored_is_no_comment_of_the_next_question(tmp_path: Path) -> None:
    text = "title: t\nquestions:\n  - id: a\n    question: a\n    answer: b\n    explanation: |\n      # quizzer: ignore Q107\n"
    path = put(tmp_path, text + "\n  # quizzer: ignore D304\n  - id: b\n    question: b\n    answer: c\n")
    deck = load(path)
    revise(path, msgspec.structs.replace(deck, questions=deck.questions[:1]))
    assert path.read_bytes().decode() == text


@pytest.mark.parametrize("written", ["id: a # its name\n    ", ""], ids=["written", "of its words"])
def test_a_question_that_is_called_otherwise_keeps_its_comments(written: str, tmp_path: Path) -> None:
    text = f"""title: t
questions:
  # quizzer: ignore Q107 -- so it was asked
  - {written}question: Which of these is not in Peru?
    # a city
    answer: Quito
  - id: b
    question: b
    answer: c
"""
    path, id_ = put(tmp_path, text), "id: new\n    "
    deck = load(path)
    revise(path, msgspec.structs.replace(deck, questions=(msgspec.structs.replace(deck.questions[0], id="new"), deck.questions[1])))
    assert path.read_bytes().decode() == text.replace(f"  - {written}", f"  - {written.replace('a', 'new', 1) or id_}", 1)


def test_names_that_hang_on_other_questions_are_written_when_those_go(tmp_path: Path) -> None:
    path = put(tmp_path, "title: T\nquestions:\n- {question: Who?, answer: a}\n- {question: Who?, answer: b} # the other\n")
    deck = load(path)
    assert [question.id for question in deck.questions] == ["who", "who-2"]
    revise(path, msgspec.structs.replace(deck, questions=deck.questions[1:]))
    assert [question.id for question in load(path).questions] == ["who-2"]
    assert "answer: b} # the other\n" in path.read_text("utf-8")


def test_a_deck_that_could_not_be_studied_is_refused_and_nothing_written(tmp_path: Path) -> None:
    path = put(tmp_path, HAND)
    with pytest.raises(DeckError, match=r"not changed, for it could not be studied then: D303"):
        edit(path, "year", distractors=("1917",))
    assert path.read_bytes() == HAND.encode()
