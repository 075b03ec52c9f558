"""The decks that come with quizzer."""

import json
from pathlib import Path

import pytest

from quizzer import deckfile
from quizzer.core.grading import KnownAnswers, grade
from quizzer.core.kinds import Plain
from quizzer.core.model import AnswerType, Mode, Verdict

DECKS = Path(__file__).parent.parent / "decks"


@pytest.mark.parametrize("path", deckfile.find(DECKS), ids=lambda path: path.stem)
def test_a_shipped_deck_has_no_problem_not_even_a_warning(path: Path) -> None:
    assert [str(problem) for problem in deckfile.check(path)] == []


def test_the_schema_beside_the_decks_is_the_one_the_program_makes_of_them() -> None:
    assert json.loads((DECKS / ".deck.schema.json").read_text("utf-8")) == deckfile.schema(DECKS)


@pytest.mark.parametrize("path", deckfile.find(DECKS), ids=lambda path: path.stem)
def test_every_key_is_right_and_no_distractor_is(path: Path) -> None:
    cards = deckfile.load(path).cards()
    known = KnownAnswers([card.answer for card in cards])
    for card in cards:
        if Mode.TYPE in card.modes:
            assert grade(card.answer.key, card.answer, known=known).verdict is Verdict.RIGHT, card.id
        for distractor in () if card.pinned is Mode.CHOOSE else card.distractors:  # what differs in its signs alone is only chosen
            assert grade(distractor, card.answer, known=known).verdict is not Verdict.RIGHT, (card.id, distractor)


def test_the_zero_tolerance_deck_is_fit_to_share_and_carries_the_facts_it_promises() -> None:
    deck = deckfile.load(DECKS / "zero-tolerance.yaml")
    assert len(deck.questions) >= 40
    assert all(not evidence.passage for question in deck.questions for evidence in question.evidence)
    assert all(question.evidence for question in deck.questions)
    plain = {question.question: question.answer for question in deck.questions if isinstance(question, Plain)}
    assert next(key for stem, key in plain.items() if "we need to take away children" in stem) == "Jeff Sessions"
    years = {"pilot" in stem: key for stem, key in plain.items() if stem.startswith("In which year") and stem.endswith("begin?")}
    assert years == {False: "2018", True: "2017"}


def test_in_the_zero_tolerance_deck_a_surname_is_enough() -> None:
    cards = deckfile.load(DECKS / "zero-tolerance.yaml").cards()
    known = KnownAnswers([card.answer for card in cards])
    people = [card for card in cards if card.answer.parts[0].type is AnswerType.PERSON]
    assert len(people) >= 8
    for card in people:
        assert grade(card.answer.key.split()[-1], card.answer, known=known).verdict is Verdict.RIGHT, card.id
