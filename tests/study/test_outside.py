"""A session is open, and what it shows is changed from outside: by an undo in another program, or by the deck's author."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizzer import deckfile
from quizzer.core.errors import DeckError, StaleError
from quizzer.core.kinds import Cloze
from quizzer.core.model import Card, Mode, Rating, Verdict
from quizzer.settings import Settings, StudySettings
from quizzer.study import Shelf
from quizzer.study.dealt import Dealt
from quizzer.study.doctor import doctor
from quizzer.study.library import KeptDeck

from .conftest import Clock

DECK = """\
format: 1
id: rivers
title: Rivers   # with a comment
study: {mode: type, new_per_day: 50}
questions:
  - id: cologne
    question: Which river flows through Cologne?
    answer: the Rhine   # not the Main
    explanation: It comes from the Alps.
  - {id: gaps, cloze: "The {{Danube}} flows through {{Vienna|Wien}}."}
"""
DATA = Path(__file__).parents[1] / "data" / "kinds"


class House:
    """A folder with decks, and any number of programs at work in it, each with its own shelf."""

    def __init__(self, folder: Path, *, index: bool) -> None:
        self.folder, self.clock, self.index = folder, Clock(), index
        self.clock.now = datetime.now(UTC) + timedelta(days=1)  # what was written a moment ago is settled
        self.file = folder / "decks" / "rivers.yaml"
        self.file.parent.mkdir()
        self.file.write_text(DECK, "utf-8")
        self.open: list[Shelf] = []

    def shelf(self) -> Shelf:
        made = Shelf(
            decks=self.file.parent,
            progress=self.folder / "progress.db",
            learner="me",
            settings=Settings(zone="UTC", study=StudySettings(near_again=False)),
            clock=self.clock,
            dice=random.Random(len(self.open)).getrandbits,
            index=self.folder / "index.db" if self.index else None,
        )
        self.open.append(made)
        return made

    def kept(self) -> Shelf:
        """A shelf that has its decks from the index, where there is one."""
        self.shelf().session("rivers").close()
        self.close()
        shelf = self.shelf()
        shelf.rows()
        read = shelf._library.decks()[self.file]
        assert isinstance(read, KeptDeck if self.index else Dealt)
        return shelf

    def close(self) -> None:
        for shelf in self.open:
            shelf.close()

    @property
    def text(self) -> str:
        return self.file.read_text("utf-8")


@pytest.fixture(params=[False, True], ids=["read", "index"])
def house(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    made = House(tmp_path, index=request.param)
    yield made
    made.close()


def accepted(house: House, shelf: Shelf, response: str = "Father Rhine"):
    session = shelf.session("rivers", mode=Mode.TYPE)
    house.clock.pass_(seconds=1)
    session.check(response)
    session.overrule(Verdict.RIGHT)
    session.accept()
    return session


def test_an_answer_accepted_is_found_by_search_and_is_not_once_it_is_taken_back(house):
    shelf = house.kept()
    accepted(house, shelf)
    assert "accept: [Father Rhine]" in house.text
    house.clock.pass_(seconds=1)
    assert [row.card for row in shelf.catalogue().search("father")] == ["rivers/cologne"]
    assert shelf.undo().what == "another answer accepted"
    assert house.text == DECK
    assert shelf.catalogue().search("father") == []
    shelf.redo()
    shelf.close()
    assert [row.card for row in house.shelf().catalogue().search("father")] == ["rivers/cologne"]


def test_what_was_taken_back_outside_is_not_put_back_by_the_next_edit(house):
    shelf = house.kept()
    session = accepted(house, shelf)
    house.clock.pass_(seconds=1)
    other = house.shelf()
    other.undo()
    assert house.text == DECK
    session.rewrite("rivers", msgspec.structs.replace(session.question, hints=("R…",)))
    question = deckfile.load(house.file).questions[0]
    assert (question.accept, question.hints) == ((), ("R…",))


def test_what_the_author_wrote_meanwhile_stays_when_an_answer_is_accepted(house):
    shelf = house.kept()
    session = accepted(house, shelf)
    house.file.write_text(house.text.replace("from the Alps", "from the Swiss Alps").replace("[Father Rhine]", "[Old Rhine]"), "utf-8")
    session.answer(Rating.GOOD)
    house.clock.pass_(days=40)
    session.close()
    session = shelf.session("rivers", mode=Mode.TYPE)
    while session.prompt.card.question != "cologne":
        session.check("?")
        session.answer(Rating.EASY)
    house.file.write_text(house.text.replace("Swiss Alps", "high Swiss Alps"), "utf-8")
    session.check("Mother Rhine")
    session.overrule(Verdict.RIGHT)
    session.accept()
    question = deckfile.load(house.file).questions[0]
    assert (question.accept, question.explanation) == (("Old Rhine", "Mother Rhine"), "It comes from the high Swiss Alps.")


def test_an_answer_taken_back_outside_while_its_card_is_on_show_is_said_once_and_all_goes_on(house):
    shelf = house.kept()
    session = shelf.session("rivers", mode=Mode.TYPE)
    session.check("Rhine")
    session.answer(Rating.GOOD)
    house.clock.pass_(seconds=1)
    session.check("?")
    other = house.shelf()
    assert other.undo().what == "answered Good"
    session.answer(Rating.HARD)
    assert doctor(house.folder / "progress.db").healthy
    reviews = [entry.rating for entry in session._progress.entries() if entry.rating]
    assert reviews == [Rating.GOOD, Rating.HARD]
    session.undo()
    session.undo()
    assert doctor(house.folder / "progress.db").healthy


def test_a_leech_that_is_a_gap_is_mended_and_its_card_keeps_what_is_known_of_it(house):
    shelf = house.kept()
    session = shelf.session("rivers", mode=Mode.TYPE)
    while session.prompt.card.question != "gaps":
        session.check("Rhine")
        session.answer(Rating.GOOD)
    card = session.prompt.card
    session.check("Inn")
    session.answer(Rating.AGAIN)
    known = session._progress.state(card.id)
    question, ways = shelf.rewrites(card)
    assert isinstance(question, Cloze)
    first = next(way for way in ways if "first letter" in way.does)
    house.clock.pass_(seconds=1)
    session.rewrite("rivers", first.question)
    assert f"hints: [It begins with {card.answer.key[0]}…]" in house.text
    assert house.text.replace(f", hints: [It begins with {card.answer.key[0]}…]", "") == DECK
    assert session._progress.state(card.id) == known
    session.close()
    later = house.shelf()
    session = later.session("rivers", mode=Mode.TYPE)
    assert session.changed == ()
    assert _card(later, card.id).hints == (f"It begins with {card.answer.key[0]}…",)
    session.close()
    assert later.undo().what == "question rewritten"
    assert house.text == DECK
    assert later._progress.state(card.id) == known


def _card(shelf: Shelf, name: str) -> Card:
    read = next(one for one in shelf._library.decks().values() if isinstance(one, Dealt) and name in one)
    card = read.card(name)
    assert card is not None
    return card


def test_a_deck_with_images_is_the_same_from_the_index(tmp_path):
    house = House(tmp_path, index=True)
    shutil.copytree(DATA / "images", house.file.parent / "images")
    text = (DATA / "plain.yaml").read_text("utf-8")
    house.file.write_text(text, "utf-8")
    house.shelf().rows()
    house.close()
    shelf = house.shelf()
    kept = shelf._library.decks()[house.file]
    assert isinstance(kept, KeptDeck)
    read = Dealt(deckfile.load(house.file), house.file)
    assert dict(kept.cards) == dict(read.cards)
    assert any(card.image for card in kept.cards.values())
    assert kept.folder == read.folder
    assert [(kept.fingerprint(name), kept.topics(name)) for name in kept.names] == [
        (read.fingerprint(name), read.topics(name)) for name in read.cards
    ]
    house.close()


def test_a_deck_that_is_gone_says_so_when_an_answer_is_to_be_accepted(house):
    shelf = house.kept()
    session = shelf.session("rivers", mode=Mode.TYPE)
    house.file.unlink()
    session.check("Father Rhine")
    session.overrule(Verdict.RIGHT)
    with pytest.raises(DeckError, match="rivers"):
        session.accept()
    session.answer(Rating.GOOD)
    assert [entry.response for entry in session._progress.entries()] == ["Father Rhine"]


@pytest.mark.parametrize(
    ("question", "old", "new", "said"),
    [
        ("cologne", "answer: the Rhine ", "answer: the Main ", "the answer of 'cologne' was changed"),
        ("gaps", '"The {{Danube}} flows', '"The {{Inn}} flows', "the answer of 'gaps' was changed"),
        (
            "gaps",
            "The {{Danube}} flows through {{Vienna|Wien}}.",
            "The Danube flows through {{Vienna}}.",
            "the answer of 'gaps' was changed",
        ),
    ],
)
def test_nothing_is_accepted_for_an_answer_that_was_changed_meanwhile(house, question, old, new, said):
    shelf = house.kept()
    session = shelf.session("rivers", mode=Mode.TYPE)
    while session.prompt.card.question != question:
        session.check("?")
        session.answer(Rating.GOOD)
    changed = house.text.replace(old, new)
    session.check("Old Father")
    house.file.write_text(changed, "utf-8")
    session.overrule(Verdict.RIGHT)
    with pytest.raises(DeckError, match=said):
        session.accept()
    assert house.text == changed
    assert session.feedback.verdict is Verdict.RIGHT
    session.answer(Rating.GOOD)


def test_a_gap_that_is_gone_is_not_accepted_for_and_breaks_nothing(house):
    shelf = house.kept()
    session = shelf.session("rivers", mode=Mode.TYPE)
    while session.prompt.card.id != "rivers/gaps#2":
        session.check("?")
        session.answer(Rating.GOOD)
        house.clock.pass_(days=2)
    house.file.write_text(house.text.replace("{{Vienna|Wien}}", "Vienna"), "utf-8")
    session.check("Linz")
    session.overrule(Verdict.RIGHT)
    with pytest.raises(DeckError, match="was changed"):
        session.accept()
    session.answer(Rating.GOOD)


@pytest.mark.parametrize("by", ["session", "shelf"])
def test_a_mending_keeps_what_was_changed_elsewhere_in_the_question_and_refuses_where_the_same_was(house, by):
    shelf = house.kept()
    session = shelf.session("rivers", mode=Mode.TYPE)
    begun = session.question
    rewrite = session.rewrite if by == "session" else shelf.rewrite
    house.file.write_text(house.text.replace("from the Alps", "from the Swiss Alps"), "utf-8")
    rewrite("rivers", msgspec.structs.replace(begun, hints=("R…",)), instead_of=begun)
    question = deckfile.load(house.file).questions[0]
    assert (question.explanation, question.hints) == ("It comes from the Swiss Alps.", ("R…",))
    stands = house.text
    for other in (msgspec.structs.replace(begun, explanation="It is long."), Cloze(id="cologne", cloze="{{The Rhine}} flows there.")):
        with pytest.raises(StaleError, match="changed meanwhile"):
            rewrite("rivers", other, instead_of=begun)
        assert house.text == stands
    house.clock.pass_(seconds=1)
    shelf.undo()
    assert house.text == DECK.replace("from the Alps", "from the Swiss Alps")
