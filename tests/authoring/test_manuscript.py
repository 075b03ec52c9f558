"""A deck file being edited: all can be taken back, what is saved is what was meant, and nothing of either side is lost."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.authoring import KINDS, Manuscript, blank
from quizzer.authoring.faults import AMONG_OTHERS
from quizzer.core.errors import DeckError, StaleError
from quizzer.core.kinds import Deck, Plain
from quizzer.deckfile import check, load, revise
from quizzer.deckfile.problems import parted

from ..deckfile.test_ids import STYLES, put
from ..deckfile.test_revise import HAND, revised

FLOW = '{"title": "t", "questions": [{"question": "One?", "answer": "a"}, {"question": "Two?", "answer": "b", "tags": ["x"]}]}\n'
IGNORED = """\
title: t
questions:
  # quizzer: ignore Q107 -- on purpose
  - id: not
    question: Which of these is not in Peru?
    answer: Quito
    distractors: [Lima, Cusco, Puno]
  - id: all
    question: Which town is the oldest of these?
    answer: Lima  # quizzer: ignore Q104 -- nothing to ignore
    distractors:
      - All of the above # quizzer: ignore Q101 -- so it was asked
      - Cusco
      - None of the above
"""
TEXTS = {
    "hand": HAND,
    "crlf": HAND.replace("\n", "\r\n"),
    "styles": STYLES.replace("wire", "gazette"),
    "flow": FLOW,
    "none": "title: t\n",
    "ignored": IGNORED,
}
texts = st.sampled_from(sorted(TEXTS))
WORDS = st.sampled_from(["a\x85b\u2028c", "Lima", "a: b # c", "two\nlines", "日本", "", " x ", "1.10", "No"])


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("decks")


def new(folder: Path, text: str) -> Path:
    """A deck file in a folder of its own, with this text."""
    at = folder / f"{len(list(folder.iterdir()))}"
    at.mkdir()
    return put(at, TEXTS.get(text, text))


def act(manuscript: Manuscript, data: st.DataObject) -> None:
    """Do any one thing that an author may do."""
    names = [question.id for question in manuscript.deck.questions]
    acts = ["add", "deck", "fill", "fill", "fill", "delete", "copy", "move", "cast", "part"]
    does = data.draw(st.sampled_from(acts if names else acts[:2]))
    if does == "add":
        kind = data.draw(st.sampled_from(["filled", *KINDS]))
        question = Plain(question="Who?", answer="Ann") if kind == "filled" else blank(kind)
        manuscript.add(question, after=data.draw(st.sampled_from(["", *names])))
        return
    if does == "deck":
        field = data.draw(st.sampled_from([field.name for field in manuscript.form()]))
        manuscript.fill("", {field: data.draw(WORDS)})
        return
    name = data.draw(st.sampled_from(names))
    match does:
        case "fill":
            field = data.draw(st.sampled_from([field.name for field in manuscript.form(name)]))
            manuscript.fill(name, {field: data.draw(WORDS)})
        case "delete":
            manuscript.delete(name)
        case "copy":
            manuscript.duplicate(name)
        case "move":
            manuscript.move(name, data.draw(st.integers(-3, 3)))
        case "cast":
            manuscript.cast(name, data.draw(st.sampled_from(sorted(KINDS))))
        case "part":
            manuscript.part()


@settings(max_examples=16, deadline=None)
@given(text=texts, data=st.data())
def test_all_that_was_done_can_be_taken_back_and_done_again(text: str, data: st.DataObject, folders: Path) -> None:
    path = new(folders, text)
    manuscript = Manuscript.open(path)
    opened, before = manuscript.deck, path.read_bytes()
    decks = [opened]
    for _ in range(data.draw(st.integers(1, 12))):
        act(manuscript, data)
        if manuscript.deck != decks[-1]:
            decks.append(manuscript.deck)
    end = manuscript.deck
    back = [manuscript.deck]
    while manuscript.undo() is not None:
        back.append(manuscript.deck)
    assert manuscript.deck == opened == back[-1] and not manuscript.changed and not manuscript.changed_ids
    assert path.read_bytes() == before
    assert all(deck in decks for deck in back)
    while (words := manuscript.can_redo) and (done := manuscript.redo()):
        assert words == done == manuscript.can_undo
    assert manuscript.deck == end
    assert manuscript.changed == (end != opened)
    changed = {one.id for one in end.questions if one not in opened.questions}
    assert manuscript.changed_ids == (changed | {""} if own(end) != own(opened) else changed)
    manuscript.discard()


def own(deck: Deck) -> Deck:
    """What a deck has of its own."""
    return msgspec.structs.replace(deck, questions=())


def ids(deck: Deck) -> list[str]:
    return [question.id for question in deck.questions]


@settings(max_examples=20, deadline=None)
@given(text=texts, data=st.data())
def test_what_is_saved_is_what_was_meant_and_check_says_what_was_told(text: str, data: st.DataObject, folders: Path) -> None:
    path = new(folders, text)
    manuscript = Manuscript.open(path)
    before = path.read_bytes()
    for _ in range(data.draw(st.integers(1, 5))):
        act(manuscript, data)
    meant, told = manuscript.deck, manuscript.problems
    for question in meant.questions:  # a look at one question sees what a look at all sees of it
        if question.id not in ("who", "neighbour-in-the-east"):  # by an alias they have one answer, which is told of where it stands
            alone, among = (
                sorted(repr(one) for one in found if one.question == question.id and one.code not in AMONG_OTHERS)
                for found in (manuscript.problems_of(question.id), told)
            )
            assert alone == among
    try:
        names = manuscript.save()
    except DeckError as error:
        assert "cannot be changed safely" in str(error) or any(problem.severity == "error" for problem in told), error
        assert path.read_bytes() == before and manuscript.deck == meant
        manuscript.discard()
        return
    if not meant.questions:  # nothing was changed in it: else it would have been refused
        assert path.read_bytes() == before and not manuscript.changed
        manuscript.discard()
        return
    assert not any(name.startswith("~") for name in ids(manuscript.deck))
    assert [names.get(name, name) for name in ids(meant)] == ids(manuscript.deck)
    assert load(path) == manuscript.deck and not manuscript.changed
    said = [(problem.code, problem.severity, *parted(problem.message)) for problem in check(path)]
    assert [(one.code, one.severity, one.message.casefold(), one.help) for one in told] == [
        (code, severity, what.casefold(), remedy) for code, severity, what, remedy in said
    ]
    manuscript.discard()
    assert Manuscript.open(path).deck == load(path)


def test_what_is_told_is_of_the_ids_that_are_saved_where_one_is_not_used_again(folders: Path) -> None:
    path = new(folders, "flow")
    manuscript = Manuscript.open(path)
    manuscript.duplicate("one")
    manuscript.delete("one")  # the copy is "one-2": undoing could bring "one" back
    told = [(one.code, one.message.casefold()) for one in manuscript.problems]
    manuscript.save()
    assert told == [(problem.code, parted(problem.message)[0].casefold()) for problem in check(path)]
    manuscript.discard()


@settings(max_examples=12, deadline=None)
@given(data=st.data(), line_end=st.sampled_from(["\n", "\r\n"]))
def test_only_the_lines_of_what_was_changed_are_touched(data: st.DataObject, line_end: str, folders: Path) -> None:
    path = new(folders, HAND.replace("\n", line_end))
    manuscript = Manuscript.open(path)
    opened = manuscript.deck
    for _ in range(data.draw(st.integers(1, 4))):
        act(manuscript, data)
    kept = manuscript.deck.questions
    try:
        diff = manuscript.diff()
        manuscript.save()
    except DeckError:
        return
    finally:
        manuscript.discard()
    after = path.read_bytes().decode()
    for question in opened.questions:
        if question in kept:
            name = question.id
            block = next(block for block in HAND.split("\n\n") if f"id: {name}" in block)
            assert block[block.index("  - ") :].rstrip("\n").replace("\n", line_end) in after
    for mark in ("# Written by hand, with care.", "# --- years ---", "# --- reasons ---", "# the end"):
        assert after.count(mark) == 1
    assert line_end == "\n" or "\n" not in after.replace(line_end, "")
    assert bool(diff) == (after != HAND.replace("\n", line_end))


@settings(max_examples=16, deadline=None)
@given(data=st.data())
def test_what_another_program_writes_meanwhile_and_what_is_changed_here_are_both_kept(data: st.DataObject, folders: Path) -> None:
    path = new(folders, "hand")
    manuscript = Manuscript.open(path)
    base = manuscript.deck
    for _ in range(data.draw(st.integers(1, 5))):
        act(manuscript, data)
    mine = manuscript.deck
    theirs = data.draw(st.composite(revised)(base))
    before = path.read_bytes()
    revise(path, theirs)
    if path.read_bytes() == before:
        assert not manuscript.is_stale
        return
    assert manuscript.is_stale
    with pytest.raises(StaleError):
        manuscript.save()
    assert load(path) == theirs
    conflicts = manuscript.reread()
    assert conflicts == manuscript.conflicts and not manuscript.is_stale
    was, ours, others, both = ({question.id: question for question in deck.questions} for deck in (base, mine, theirs, manuscript.deck))
    in_conflict = {conflict.question for conflict in conflicts}
    for name in {*ours, *others}:
        if name in ours and name in others:
            if name not in in_conflict and type(ours[name]) is type(others[name]):
                for field in ours[name].__struct_fields__:
                    values = [getattr(deck[name], field, None) for deck in (was, ours, others, both) if name in deck]
                    if name in was and type(was[name]) is type(ours[name]) and not isinstance(values[0], tuple):
                        assert values[3] == (values[2] if values[1] == values[0] else values[1])
        elif was.get(name) != ours.get(name, others.get(name)):  # new, or changed on one side where the other deleted it
            assert name in both
    undone = 0
    while manuscript.undo() is not None:
        undone += 1
    assert manuscript.deck == theirs and not manuscript.changed
    for _ in range(undone):
        manuscript.redo()
    assert {question.id: question for question in manuscript.deck.questions} == both
    manuscript.discard()


@settings(max_examples=12, deadline=None)
@given(text=texts, data=st.data())
def test_what_is_not_saved_is_there_again_after_a_kill(text: str, data: st.DataObject, folders: Path) -> None:
    path = new(folders, text)
    manuscript = Manuscript.open(path)
    for _ in range(data.draw(st.integers(1, 8))):
        act(manuscript, data)
        if data.draw(st.integers(0, 3)) == 0:
            manuscript.undo()
        if data.draw(st.integers(0, 3)) == 0:  # killed: nobody closes anything
            meant, changed = manuscript.deck, manuscript.changed
            manuscript._unsaved._lock.close()  # type: ignore[union-attr]
            manuscript = Manuscript.open(path)
            assert (manuscript.deck, manuscript.recovered) == (meant, changed)
            assert manuscript.can_undo == ("the changes that were not saved" if changed else "")
    while manuscript.undo() is not None:
        pass
    assert manuscript.deck == Manuscript.open(put(folders, path.read_bytes(), path.name)).deck
    manuscript.close()
    assert not Manuscript.open(path).recovered


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("claim", "draws"),
    [
        (test_all_that_was_done_can_be_taken_back_and_done_again, {"text": texts}),
        (test_what_is_saved_is_what_was_meant_and_check_says_what_was_told, {"text": texts}),
        (test_only_the_lines_of_what_was_changed_are_touched, {"line_end": st.sampled_from(["\n", "\r\n"])}),
        (test_what_another_program_writes_meanwhile_and_what_is_changed_here_are_both_kept, {}),
        (test_what_is_not_saved_is_there_again_after_a_kill, {"text": texts}),
    ],
)
def test_it_holds_many_times(claim: Any, draws: dict[str, Any], folders: Path) -> None:
    @settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data(), **draws)
    def held(**drawn: Any) -> None:
        claim.hypothesis.inner_test(**drawn, folders=folders)

    held()
