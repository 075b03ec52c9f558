"""A deck changed under a session by its learner, as an author: the session goes on with it, and what was mended can be taken back."""

import re

import msgspec
import pytest

from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.core.model import Mode, Rating, Verdict

from .test_edits import DECK, House, house

NAMED = DECK.replace("- {question: Without", "- {id: bare, question: Without")


def rewriting(home: House, old: str, new: str):
    def write() -> None:
        text = home.bytes.decode()
        assert old in text
        home.file.write_bytes(text.replace(old, new).encode())

    return write


def test_the_card_on_show_is_asked_in_its_new_words_and_its_answer_stays():
    with house(NAMED) as home:
        session = home.session("cologne")
        session.check("Rhine")
        session.written("rivers", rewriting(home, "Which river flows through Cologne?", "Which river does Cologne lie on?"))
        assert session.prompt.card.stem == "Which river does Cologne lie on?"
        assert session.feedback.verdict is Verdict.RIGHT
        session.answer(Rating.GOOD)
        assert session.prompt.card.question != "cologne"


def test_what_was_mended_is_taken_back_to_the_letter_and_done_again():
    with house(NAMED) as home:
        session, before = home.session("cologne"), home.bytes
        session.written("rivers", rewriting(home, "Cologne?", "Bonn?"))
        after = home.bytes
        session.undo()
        assert home.bytes == before
        assert session.prompt.card.stem.endswith("Cologne?")
        session.redo()
        assert home.bytes == after
        assert home.shelf.undo().told.startswith("question rewritten")
        assert home.bytes == before


def test_several_questions_mended_at_once_are_taken_back_one_by_one_and_new_ones_stay():
    with house(NAMED) as home:
        session = home.session("cologne")

        def write() -> None:
            rewriting(home, "Cologne?", "Bonn?")()
            rewriting(home, "Name three", "Name any three")()
            rewriting(home, "  - {id: bare", "  - {id: new, question: New?, answer: new}\n  - {id: bare")()

        session.written("rivers", write)
        session.undo()
        session.undo()
        text = home.bytes.decode()
        assert "Cologne?" in text
        assert "Name three" in text
        assert "id: new" in text


def test_another_key_or_other_options_ask_the_card_anew():
    with house(NAMED) as home:
        session = home.session("cologne")
        session.check("the Elbe")
        session.written("rivers", rewriting(home, "answer: the Rhine", "answer: the Main"))
        assert session.feedback is None
        assert session.prompt.card.answer.key == "the Main"
        session.set_mode(Mode.CHOOSE)
        session.check(0)
        session.written("rivers", rewriting(home, "the Oder]", "the Oder, the Spree]"))
        assert session.feedback is None
        assert "the Spree" in session.prompt.options


def test_a_changed_key_of_a_card_that_was_answered_is_asked_about():
    with house(NAMED) as home:
        session = home.session("cologne")
        session.check("Rhine")
        session.answer(Rating.AGAIN)
        assert not session.changed
        session.written("rivers", rewriting(home, "answer: the Rhine", "answer: the Main"))
        assert [card.question for card in session.changed] == ["cologne"]


def test_a_question_taken_out_is_not_asked_any_more_and_new_ones_are():
    with house(NAMED) as home:
        session = home.session("cologne")

        def write() -> None:
            text = re.sub(r"  - id: cologne.*?\n\n", "  - {id: new, question: New?, answer: new}\n", home.bytes.decode(), flags=re.DOTALL)
            home.file.write_bytes(text.encode())

        session.written("rivers", write)
        asked = []
        while session.prompt and len(asked) < 20:
            asked.append(session.prompt.card.question)
            session.check("?")
            session.answer(Rating.EASY)
        assert "new" in asked
        assert "cologne" not in asked


def test_what_cannot_be_written_changes_nothing():
    with house(NAMED) as home:
        session, before = home.session("cologne"), home.bytes

        def write() -> None:
            raise DeckError("the disk is full")

        with pytest.raises(DeckError, match="disk is full"):
            session.written("rivers", write)
        assert home.bytes == before
        assert not session.can_undo


def test_in_a_file_without_ids_nothing_is_taken_back_that_would_take_its_ids_away():
    with house() as home:
        session = home.session("cologne")

        def write() -> None:
            deck = deckfile.load(home.file)
            first = msgspec.structs.replace(deck.questions[0], question="Which?")
            deckfile.revise(home.file, msgspec.structs.replace(deck, questions=(first, *deck.questions[1:])))

        session.written("rivers", write)
        assert session.prompt.card.stem == "Which?"
        assert not session.can_undo


def test_without_a_session_it_is_the_shelf_that_writes():
    with house(NAMED) as home:
        before = home.bytes
        home.shelf.written("rivers", rewriting(home, "Cologne?", "Bonn?"))
        assert "Bonn?" in home.bytes.decode()
        home.shelf.undo()
        assert home.bytes == before
        assert home.shelf.file_of("rivers") == home.file
        with pytest.raises(DeckError, match="no deck there has the id 'lakes'"):
            home.shelf.file_of("lakes")


def test_cramming_goes_on_with_the_cards_as_they_are():
    with house(NAMED) as home:
        cram = home.shelf.cram("rivers", mode=Mode.TYPE)
        while cram.prompt.card.question != "cologne":
            cram.check("?")
            cram.answer(Rating.GOOD)
        home.shelf.written("rivers", rewriting(home, "Cologne?", "Bonn?"))
        cram.reread("rivers")
        assert cram.prompt.card.stem.endswith("Bonn?")
        cram.check("Rhine")
        cram.answer(Rating.GOOD)


def test_all_questions_of_a_file_stand_as_each_of_them_does(tmp_path):
    path = tmp_path / "rivers.yaml"
    path.write_text(NAMED, "utf-8")
    texts = deckfile.texts_of(path)
    assert list(texts) == ["cologne", "gaps", "three", "bare"]
    assert texts == {name: deckfile.text_of(path, name) for name in texts}
    assert deckfile.texts_of(tmp_path / "none.yaml") == {}
