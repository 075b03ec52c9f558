"""Decisions over proposals: every one can be undone, and the file of decisions is the whole of a sitting."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.authoring import Decision, Sifting, Sitting, Standing, filled, form, merged, offer, place, wrong_with
from quizzer.authoring.merging import candidates
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Plain
from quizzer.core.model import AnswerType

from .conftest import ARTICLE, made, proposals, reading

IDS = [proposal.question.id for proposal in proposals()]
names = st.sampled_from(IDS)


@st.composite
def acts(draw: st.DrawFn) -> Decision:
    does = draw(st.sampled_from(["keep", "keep", "drop", "open", "edit", "merge", "undo", "redo"]))
    if does in ("undo", "redo"):
        return Decision(does=does)
    if does == "edit":
        name = draw(names)
        question = next(one.question for one in proposals() if one.question.id == name)
        return Decision(
            does="edit",
            ids=(name,),
            question=msgspec.structs.replace(question, explanation=draw(st.sampled_from(["", "Why.", "So: it\nis"]))),
        )
    if does == "merge":
        pair = draw(st.lists(names, min_size=2, max_size=2, unique=True))
        by_id = {one.question.id: one.question for one in proposals()}
        return Decision(does="merge", ids=tuple(pair), question=merged(by_id[pair[0]], by_id[pair[1]]))
    return Decision(does=does, ids=tuple(draw(st.lists(names, min_size=1, max_size=4, unique=True))))


def state(sifting: Sifting) -> list[object]:
    return [sifting.entry(name) for name in sifting.ids]


def sifted(given: list[Decision]) -> Sifting:
    sifting = Sifting(proposals())
    for act in given:
        sifting.apply(act)
    return sifting


@settings(max_examples=100, deadline=None)
@given(given=st.lists(acts(), max_size=12), one=acts())
def test_undo_puts_everything_back_and_redo_does_it_again(given: list[Decision], one: Decision) -> None:
    sifting = sifted(given)
    before = state(sifting)
    if one.does in ("undo", "redo") or not sifting.apply(one):
        return
    after = state(sifting)
    sifting.apply(Decision(does="undo"))
    assert state(sifting) == before
    sifting.apply(Decision(does="redo"))
    assert state(sifting) == after


@settings(max_examples=60, deadline=None)
@given(given=st.lists(acts(), max_size=15))
def test_as_many_undos_as_decisions_lead_back_to_the_start(given: list[Decision]) -> None:
    sifting = sifted(given)
    while sifting.can_undo:
        sifting.apply(Decision(does="undo"))
    assert state(sifting) == state(Sifting(proposals()))
    while sifting.can_redo:
        sifting.apply(Decision(does="redo"))
    assert state(sifting) != [] and not sifting.can_redo


@settings(max_examples=50, deadline=None)
@given(given=st.lists(acts(), max_size=12), torn=st.binary(max_size=20))
def test_what_waits_on_disk_gives_the_same_state_after_a_crash(
    given: list[Decision], torn: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    deck = tmp_path_factory.mktemp("sitting") / "deck.yaml"
    sitting = Sitting.begin(deck, offer(deck, made(), proposals(), [reading()]))
    for act in given:
        sitting.decide(act)
    with place(deck).open("ab") as file:
        file.write(torn.replace(b"\n", b" "))  # a line that was cut short
    again = Sitting.reopen(deck)
    assert state(again.sifting) == state(sitting.sifting)
    assert (again.sifting.can_undo, again.sifting.can_redo) == (sitting.sifting.can_undo, sitting.sifting.can_redo)
    assert again.offered == sitting.offered
    again.decide(Decision(does="keep", ids=(IDS[0],)))
    assert Sitting.reopen(deck).sifting.standing(IDS[0]) is Standing.KEPT
    assert [path.name for path in deck.parent.iterdir()] == [".deck.yaml.proposals.jsonl"]


@settings(max_examples=50, deadline=None)
@given(given=st.lists(acts(), max_size=12), passages=st.booleans())
def test_accepting_writes_exactly_what_was_kept(given: list[Decision], passages: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    deck = tmp_path_factory.mktemp("sitting") / "deck.yaml"
    sitting = Sitting.begin(deck, offer(deck, made(), proposals(), [reading()], passages=passages))
    for act in given:
        sitting.decide(act)
    entries = [sitting.sifting.entry(name) for name in IDS]
    kept = [entry.question for entry in entries if entry.standing is Standing.KEPT]
    if not kept:
        with pytest.raises(DeckError, match="no question is kept"):
            sitting.accept()
        assert place(deck).exists()
        return
    account = sitting.accept()
    written = deckfile.load(deck)
    assert account.new == len(kept)
    assert [question.id for question in written.questions] == [question.id for question in kept]
    if passages:
        assert list(written.questions) == kept
    else:
        assert all(not one.passage for question in written.questions for one in question.evidence)
    assert set(written.declined) == {entry.id for entry in entries if entry.standing in (Standing.DROPPED, Standing.MERGED)}
    assert not place(deck).exists()


def test_nothing_is_written_to_the_deck_before_it_is_accepted(tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    sitting = Sitting.begin(deck, offer(deck, made(), proposals(), [reading()]))
    sitting.decide(Decision(does="keep", ids=tuple(IDS)))
    assert not deck.exists()


def test_two_windows_do_not_write_over_each_other(tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    Sitting.begin(deck, offer(deck, made(), proposals(), [reading()]))
    one, other = Sitting.reopen(deck), Sitting.reopen(deck)
    one.decide(Decision(does="keep", ids=("q0",)))
    with pytest.raises(DeckError, match="changed by another window"):
        other.decide(Decision(does="drop", ids=("q0",)))
    assert other.sifting.standing("q0") is Standing.OPEN
    assert Sitting.reopen(deck).sifting.standing("q0") is Standing.KEPT


def test_a_window_that_has_not_seen_what_another_decided_does_not_write(tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    Sitting.begin(deck, offer(deck, made(), proposals(), [reading()]))
    one, other = Sitting.reopen(deck), Sitting.reopen(deck)
    other.decide(Decision(does="keep", ids=("q0",)))
    one = Sitting.reopen(deck)
    other.decide(Decision(does="keep", ids=("q1",)))
    with pytest.raises(DeckError, match="changed by another window"):
        one.accept()
    assert not deck.exists()
    assert other.accept().new == 2
    with pytest.raises(DeckError, match="another window"):
        one.accept()
    assert [question.id for question in deckfile.load(deck).questions] == ["q0", "q1"]


WAITING = [
    b'{"format":1,"offer":{}}', b'{"format":2}', b'{"format":1,"offer":7}', b"[]", b"", b"\xff", b"null", b"[" * 5000,
    b'{"does":"keep","ids":["nowhere"]}', b'{"does":"merge","ids":["q0"],"question":{"kind":"plain","id":"q0","question":"?"}}',
    b'{"does":"edit","ids":[],"question":{"kind":"plain","id":"q0","answer":"!"}}', b'{"does":"edit","question":{"kind":[]}}',
    b'{"does":"keep","ids":7}', b'{"does":"fly"}', b'{"does":"keep","ids":["q\xe9"]}',
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(at=st.integers(0, 3), line=st.sampled_from(WAITING), holes=st.lists(st.tuples(st.integers(0), st.binary(max_size=3)), max_size=3))
def test_a_waiting_file_that_was_spoilt_is_refused_in_one_line_or_read(
    at: int, line: bytes, holes: list[tuple[int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    deck = tmp_path_factory.mktemp("spoilt") / "deck.yaml"
    sitting = Sitting.begin(deck, offer(deck, made(), proposals(), [reading()]))
    for act in (Decision(does="keep", ids=("q0",)), Decision(does="edit", ids=("q1",), question=proposals()[0].question)):
        sitting.decide(act)
    lines = place(deck).read_bytes().split(b"\n")
    if not holes:
        lines.insert(at, line)
    data = b"\n".join(lines)
    for where, bytes_ in holes:
        where %= len(data)
        data = data[:where] + bytes_ + data[where + len(bytes_) :]
    place(deck).write_bytes(data)
    try:
        again = Sitting.reopen(deck)
    except DeckError as error:
        assert "\n" not in str(error)
        assert "generate again" in str(error)
    else:
        assert [again.sifting.entry(name).question.id for name in again.sifting.ids]


def test_generating_again_before_accepting_keeps_the_decisions(tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    sitting = Sitting.begin(deck, offer(deck, made(), proposals(), [reading()]))
    edited = msgspec.structs.replace(proposals()[0].question, explanation="Mine.")
    sitting.decide(Decision(does="edit", ids=("q0",), question=edited))
    sitting.decide(Decision(does="keep", ids=("q0", "q1")))
    sitting.decide(Decision(does="drop", ids=("q4",)))
    sitting.decide(Decision(does="merge", ids=("q2", "q3"), question=merged(proposals()[2].question, proposals()[3].question)))
    shorter = ARTICLE.replace("Work had begun in 1913", "It was begun early")
    again = Sitting.begin(deck, offer(deck, made(shorter), proposals(shorter), [reading(shorter)]))
    assert {
        name: again.sifting.standing(name).value for name in again.sifting.ids if again.sifting.standing(name) is not Standing.OPEN
    } == {
        "q0": "kept",
        "q4": "dropped",
        "q2": "kept",
        "q3": "merged",
    }
    assert again.sifting.entry("q0").question.explanation == "Mine."


def test_proposals_come_in_the_order_of_the_deck_the_best_first() -> None:
    sifting = Sifting(proposals())
    assert list(sifting.ids) == [proposal.question.id for proposal in proposals()]
    assert sifting.sorts[0] == "when"
    assert sifting.among(sort="where") == ("q4",)
    assert sifting.among(search="monberg nothing") == ("q5",)


def test_merging_joins_evidence_and_answers_and_offers_no_right_answer_as_wrong() -> None:
    stays = msgspec.structs.replace(proposals()[2].question, distractors=("monberg", "Jon Thorlaksson"))
    assert isinstance(stays, Plain)
    joined = merged(stays, proposals()[3].question)
    assert isinstance(joined, Plain)
    assert (joined.answer, joined.accept) == ("Niels Monberg", ("Monberg",))
    assert joined.distractors == ("Jon Thorlaksson",)
    assert [one.quote for one in joined.evidence] == ["under the engineer Niels Monberg"]  # the other's lies in it
    assert joined.question == stays.question


def test_what_may_ask_the_same_is_found() -> None:
    sifting = Sifting(proposals())
    assert sifting.mergeable("q2")[0] == "q3"
    assert sifting.mergeable("q3")[0] == "q2"
    assert "order" not in sifting.mergeable("q0")


@pytest.mark.parametrize("name", IDS)
def test_a_form_that_is_not_touched_changes_nothing(name: str) -> None:
    question = next(one.question for one in proposals() if one.question.id == name)
    assert filled(question, {field.name: field.text for field in form(question)}) == question


def test_what_a_terminal_would_obey_is_shown_in_a_form_and_kept_where_it_is_not_touched() -> None:
    question = Plain(id="q", question="What\x1b[2J?", answer="a\x07", accept=("b\x9b",))
    assert [field.text for field in form(question)][:3] == ["What\ufffd[2J?", "a\ufffd", "b\ufffd"]
    edited = filled(question, {field.name: field.text for field in form(question)} | {"tags": "new"})
    assert edited == msgspec.structs.replace(question, tags=("new",))


def test_what_is_wrong_with_a_question_is_told_while_it_is_edited() -> None:
    question = filled(proposals()[0].question, {"distractors": "1911"})
    assert wrong_with(question) == ()
    told = {
        "": filled(question, {"answer": " "}),
        "stands in the question": filled(question, {"question": "What happened in 1917?"}),
        "says the same as the key": filled(question, {"answer": "June 4, 1917", "distractors": "4 June 1917\n1918"}),
        "stands among the distractors": filled(question, {"distractors": "1917"}),
    }
    for words, edited in told.items():
        assert any(words in text for _, text in wrong_with(edited)), (words, wrong_with(edited))


def test_questions_of_two_answers_are_not_offered_as_one() -> None:
    chile = Plain(id="chile", question="Who was the president of Chile in 2010?", answer="Sebastián Piñera", type=AnswerType.PERSON)
    bolivia = Plain(id="bolivia", question="Who was the president of Bolivia in 2010?", answer="Evo Morales", type=AnswerType.PERSON)
    assert candidates(chile, [bolivia], told=("bolivia",)) == ()
    assert candidates(chile, [msgspec.structs.replace(bolivia, answer="Piñera")], told=("bolivia",)) == ("bolivia",)
