"""A new deck: sound as it is, and with all that can be taken up taken up."""

import os
import re
import stat
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Source
from quizzer.deckfile import check, dumps, load, revise, start
from quizzer.deckfile.questions import KINDS
from quizzer.deckfile.samples import FIRST, SAMPLES
from quizzer.deckfile.starting import samples
from quizzer.deckfile.writing import HEAD

DECK = Deck(id="", title="Peru", language="en-GB")


def taken_up(text: str) -> str:
    """The text with the first `# ` taken away from every line of a sample, as an editor's key for comments does."""
    return re.sub(r"^( *)# (?=- |  |sources:)", r"\1", text, flags=re.MULTILINE)


def test_a_new_deck_begins_as_saved_ones_do_and_has_no_problem_but_that_nobody_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "peru.yaml"
    start(DECK, path)
    text = path.read_text("utf-8")
    assert text.startswith(HEAD + "format: 1\nid: peru\ntitle: Peru\nlanguage: en-GB\n")
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert [problem.code for problem in check(path)] == ["D317"]
    assert load(path) == msgspec.structs.replace(DECK, id="peru", questions=(FIRST,))
    assert sorted(one.name for one in tmp_path.iterdir()) == [".deck.schema.json", "peru.yaml"]


@pytest.mark.parametrize("sources", [(), (Source(id="post", title="Lima wins"),)], ids=["no source", "a source"])
def test_every_kind_can_be_taken_up_and_is_sound_then(tmp_path: Path, sources: tuple[Source, ...]) -> None:
    path = tmp_path / "peru.yaml"
    start(msgspec.structs.replace(DECK, sources=sources), path)
    path.write_text(taken_up(path.read_text("utf-8")), "utf-8")
    assert {problem.code for problem in check(path)} == {"D208", "D317"}  # ids are `quizzer fmt`'s to write
    deck = load(path)
    assert {type(question) for question in deck.questions} == set(KINDS)
    assert len(deck.questions) == 1 + len(SAMPLES)
    assert deck.questions[-1].evidence[0].source == deck.sources[0].id == ("post" if sources else "example-wire")


def test_the_first_question_and_its_answer_are_both_to_be_written(tmp_path: Path) -> None:
    path = tmp_path / "peru.yaml"
    start(DECK, path)
    text = path.read_text("utf-8")
    for left, told in (("answer: Write", "the question that a new deck"), ("question: What", "the answer that a new deck")):
        path.write_text(text.replace(left, f"{left.partition(' ')[0]} Really"), "utf-8")
        (problem,) = check(path)
        assert problem.code == "D317" and problem.message.startswith(told)
    path.write_text(text.replace("question: What", "question: Really").replace("answer: Write", "answer: Really"), "utf-8")
    assert check(path) == []


def test_samples_taken_up_are_laid_out_as_saved_ones(tmp_path: Path) -> None:
    path = tmp_path / "peru.yaml"
    start(DECK, path)
    deck = load(path)
    whole = msgspec.structs.replace(deck, sources=(Source(id="example-wire"),), questions=samples(SAMPLES))
    saved = dumps(whole).partition("\nquestions:\n")[2]
    without_ids = re.sub(r"- id: .*\n    ", "- ", saved)
    for block in without_ids.split("\n\n"):
        assert block.rstrip("\n") in taken_up(path.read_text("utf-8"))


def test_what_a_deck_has_already_is_not_there_as_a_comment_too(tmp_path: Path) -> None:
    start(msgspec.structs.replace(DECK, questions=samples(["cloze", "cloze", "order"])), tmp_path / "peru.yaml")
    text = (tmp_path / "peru.yaml").read_text("utf-8")
    assert text.count("cloze:") == text.count("order:") == 1
    assert "# - statement:" in text
    assert [str(problem) for problem in check(tmp_path / "peru.yaml")] == []


def test_a_question_added_by_the_program_leaves_the_comments_alone(tmp_path: Path) -> None:
    path = tmp_path / "peru.yaml"
    start(DECK, path)
    before = re.findall(r"^ *#.*$", path.read_text("utf-8"), re.MULTILINE)
    deck = load(path)
    more = Plain(id="capital", question="What is the capital of Peru?", answer="Lima")
    revise(path, msgspec.structs.replace(deck, questions=(more,)))
    assert re.findall(r"^ *#.*$", path.read_text("utf-8"), re.MULTILINE) == before
    assert load(path).questions == (more,)


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_there_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:

        def refuse(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "peru.yaml"
    start(DECK, path)
    mine = path.read_bytes()
    (tmp_path / "plain").touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)
    with pytest.raises(DeckError, match="is there already"):
        start(msgspec.structs.replace(DECK, title="Chile"), path)
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(DeckError, match="is there already"):
        start(DECK, tmp_path / "gone.yaml")
    assert path.read_bytes() == mine
    assert sorted(one.name for one in tmp_path.iterdir()) == [".deck.schema.json", "gone.yaml", "peru.yaml", "plain"]


def test_what_could_not_be_studied_or_written_is_not_begun(tmp_path: Path) -> None:
    bad = msgspec.structs.replace(DECK, sources=(Source(id="wire", date="yesterday"),))
    with pytest.raises(DeckError, match="D206"):
        start(bad, tmp_path / "peru.yaml")
    with pytest.raises(DeckError, match="Make its folder first"):
        start(DECK, tmp_path / "none" / "peru.yaml")
    assert list(tmp_path.iterdir()) == []


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXT, description=TEXT, question=TEXT, answer=TEXT)
def test_whatever_it_is_called_it_reads_back_and_its_samples_can_be_taken_up(
    tmp_path: Path, title: str, description: str, question: str, answer: str
) -> None:
    path = tmp_path / "deck.yaml"
    path.unlink(missing_ok=True)
    deck = Deck(id="d", title=title, description=description, questions=(Plain(id="q", question=question, answer=answer),))
    start(deck, path)
    assert load(path) == deck
    head, _, samples_ = path.read_text("utf-8").rpartition("\n  # Other kinds of question.")
    path.write_text(head + taken_up("\n  # Other kinds of question." + samples_), "utf-8")
    found = {problem.code for problem in check(path) if problem.severity == "error"}
    assert found <= {"D401"}  # the source of the last is a comment still
