"""Search: every text is a query, and what it finds is what a plain look at the cards finds."""

import random
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Cloze, Deck, Plain
from quizzer.core.model import Act, Rating
from quizzer.settings import Settings
from quizzer.study import Catalogue, Shelf
from quizzer.study.searching import STATES, Query, parsed

WORDS = ("river", "Río", "Köln", "cologne", "bridge", "brig", "1917", "naïve")
A_WORD = st.sampled_from(WORDS)


class Room:
    """A shelf over decks that were put there, and its catalogue."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, datetime(2026, 3, 2, 9, tzinfo=UTC)
        (folder / "decks").mkdir()
        self.shelf = Shelf(
            decks=folder / "decks",
            progress=folder / "progress.db",
            learner="me",
            settings=Settings(zone="UTC"),
            clock=lambda: self.now,
            dice=random.Random(1).getrandbits,
            index=folder / "index.db",
        )

    def put(self, deck: Deck) -> None:
        deckfile.save(deck, self.folder / "decks" / f"{deck.id}.yaml")

    def search(self, text: str, **how: int) -> list[str]:
        return [row.card for row in self.shelf.catalogue().search(text, **how)]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.shelf.close()


RHINE = Plain(
    id="rhine",
    question="Which river flows through Köln?",
    answer="the Rhine",
    accept=("Rhein",),
    explanation="It rises in the Alps.",
    tags=("where", "water"),
)
GAPS = Cloze(id="gaps", cloze="The {{Elbe}} flows through {{Dresden|Drježdźany}}.")


@pytest.fixture
def rivers(room: Room) -> Room:
    room.put(Deck(id="rivers", title="Rivers of Europe", questions=(RHINE, GAPS)))
    room.put(Deck(id="zero", title="Policy", questions=(Plain(id="q", question="When was it?", answer="May 2018", tags=("when",)),)))
    return room


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("rhine", ["rivers/rhine"]),
        ("RHEIN", ["rivers/rhine"]),
        ("koln", ["rivers/rhine"]),
        ("Drjezdzany", ["rivers/gaps#2"]),
        ("alps", ["rivers/rhine"]),
        ("flow", ["rivers/rhine", "rivers/gaps#1", "rivers/gaps#2"]),
        ("flow deck:rivers", ["rivers/rhine", "rivers/gaps#1", "rivers/gaps#2"]),
        ('"flow"', []),
        ("flow river", []),
        ('"flows through"', ["rivers/rhine", "rivers/gaps#1", "rivers/gaps#2"]),
        ('"through flows"', []),
        ('"river flo', ["rivers/rhine"]),
        ("river alps", ["rivers/rhine"]),
        ("river policy", []),
        ("europe elbe", ["rivers/gaps#1", "rivers/gaps#2"]),
        ("deck:zero", ["zero/q"]),
        ('deck:"of europe" rhine', ["rivers/rhine"]),
        ("tag:when", ["zero/q"]),
        ("tag:rhine", []),
        ("tag:wat", ["rivers/rhine"]),
        ("is:new rhine", ["rivers/rhine"]),
        ("is:due", []),
        ("deck:nothing rhine", []),
        ("", []),
        ("   ", []),
        ("?!", []),
        ("rhine ?!", ["rivers/rhine"]),
    ],
)
def test_finds(rivers: Room, text: str, cards: list[str]) -> None:
    assert rivers.search(text) == cards


def plainly(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))


@pytest.fixture(scope="module")
def stems() -> list[str]:
    dice = random.Random(3)
    return [" ".join(dice.choices(WORDS, k=4)) for _ in range(60)]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, stems: list[str]) -> Iterator[Catalogue]:
    room = Room(tmp_path_factory.mktemp("room"))
    for name, some in (("a", stems[:30]), ("b", stems[30:])):
        questions = tuple(Plain(id=f"q{number}", question=f"{stem}?", answer="yes") for number, stem in enumerate(some))
        room.put(Deck(id=name, title="Zz", questions=questions))
    yield room.shelf.catalogue()
    room.shelf.close()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(A_WORD, min_size=1, max_size=3), last=A_WORD, cut=st.integers(1, 7))
def test_words_are_all_there_and_the_last_may_go_on(full: Catalogue, stems: list[str], words: list[str], last: str, cut: int) -> None:
    beginning = last[: max(1, min(cut, len(last)))]
    found = [row.stem for row in full.search(" ".join([*words, beginning]), limit=100)]
    held = [plainly(stem).split() for stem in stems]
    wanted = [
        f"{stem}?"
        for stem, has in zip(stems, held, strict=True)
        if all(plainly(word) in has for word in words) and any(word.startswith(plainly(beginning)) for word in has)
    ]
    assert found == wanted


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(A_WORD, min_size=1, max_size=3))
def test_a_phrase_stands_together(full: Catalogue, stems: list[str], words: list[str]) -> None:
    found = [row.stem for row in full.search(f'"{" ".join(words)}"', limit=100)]
    assert found == [f"{stem}?" for stem in stems if f" {plainly(' '.join(words))} " in f" {plainly(stem)} "]


SIGNS = list("ab\"'*:^-+(){}<>.,;\\/\0\n\ud800é字 ")
HARD = st.lists(st.sampled_from([*SIGNS, "AND", "OR", "NOT", "NEAR", "deck:", "tag:", "is:due", "stem:"])).map("".join)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text() | HARD)
def test_no_text_is_refused(full: Catalogue, text: str) -> None:
    assert len(full.search(text)) <= 50
    assert not full._seeker._index.lost


@given(st.text())
def test_parsing_a_query_knows_every_state(text: str) -> None:
    assert isinstance(parsed(text + " is:due"), Query)
    assert parsed("is:due is:LEECH").states == ("due", "leech")
    assert parsed("is:nonsense").states == ()


def test_a_card_is_found_by_how_it_stands(rivers: Room) -> None:
    session = rivers.shelf.session("rivers")
    name = session.prompt.card.id  # type: ignore[union-attr]
    session.check(None)
    session.answer(Rating.GOOD)
    assert rivers.search("is:learning") == [name]
    session.flag()
    session.suspend()
    session.close()
    (row,) = rivers.shelf.catalogue().search("is:suspended")
    assert (row.state, row.suspended) == ("suspended", True)
    assert rivers.search("is:flagged is:suspended") == [row.card]
    assert rivers.search("is:flagged is:due") == []
    assert name not in rivers.search("is:new")
    assert len(rivers.search("is:new")) == 3
    rivers.now += timedelta(days=1)
    assert rivers.search("is:due") == [name]


def test_buried_cards_and_leeches_are_found(rivers: Room) -> None:
    session = rivers.shelf.session("zero")
    session.bury()
    assert rivers.search("is:buried") == ["zero/q"]
    for day in range(1, 40):
        rivers.now = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=40 * day)
        while session.prompt:
            session.check(None)
            session.answer(Rating.AGAIN if session.prompt.phase == "review" else Rating.EASY)
    assert rivers.search("is:leech") == ["zero/q"]
    assert rivers.search("is:buried") == []
    session.close()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(["flag", "suspend", "bury", *Rating]), st.integers(0, 3)), max_size=30))
def test_states_are_the_same_of_one_card_and_of_a_whole_deck(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[object, int]]
) -> None:
    room = Room(tmp_path_factory.mktemp("room"))
    room.put(Deck(id="d", title="D", questions=tuple(Plain(id=f"q{n}", question=f"Word {n}?", answer="x") for n in range(6))))
    session = room.shelf.session()
    for act, days in acts:
        room.now += timedelta(days=days, seconds=40)
        if session.prompt is None:
            continue
        if isinstance(act, Rating):
            session.check(None)
            session.answer(act)
        else:
            getattr(session, str(act))()
    for state in STATES:
        assert room.search(f"is:{state} word") == room.search(f"is:{state}"), state
    room.shelf.close()


@pytest.mark.parametrize("act", ["flag", "suspend"])
def test_an_act_on_a_found_card_is_logged_and_taken_back_by_doing_it_again(rivers: Room, act: str) -> None:
    catalogue = rivers.shelf.catalogue()
    does: Callable[[str], object] = getattr(catalogue, act)
    does("rivers/rhine")
    looked = catalogue.look("rivers/rhine")
    assert (looked.found.flagged, looked.found.suspended) == (act == "flag", act == "suspend")
    does("rivers/rhine")
    looked = catalogue.look("rivers/rhine")
    assert (looked.found.flagged, looked.found.suspended) == (False, False)
    acts = [entry.act for entry in rivers.shelf._progress.entries(card="rivers/rhine")]
    assert acts == ([Act.FLAG, Act.UNFLAG] if act == "flag" else [Act.SUSPEND, Act.UNSUSPEND])
    assert len(catalogue.past("rivers/rhine").did) == 2


def test_a_card_that_is_gone_is_told_of(rivers: Room) -> None:
    with pytest.raises(DeckError, match="no deck has a card 'rivers/none'"):
        rivers.shelf.catalogue().look("rivers/none")


def test_a_limit_holds_and_decks_come_in_order(room: Room) -> None:
    for name in "cab":
        room.put(Deck(id=name, title=name, questions=tuple(Plain(id=f"q{n}", question=f"Word {n}?", answer="x") for n in range(30))))
    assert room.search("word", limit=31) == [f"a/q{n}" for n in range(30)] + ["b/q0"]
    room.put(Deck(id="ab", title="ab", questions=(Plain(id="q", question="Word?", answer="x"),)))
    assert room.search("word", limit=32)[30:] == ["ab/q", "b/q0"]


def test_a_broken_deck_and_a_doubled_one_hide_nothing_else(rivers: Room) -> None:
    (rivers.folder / "decks" / "broken.yaml").write_text("title: [")
    (rivers.folder / "decks" / "zz.yaml").write_text("id: rivers\ntitle: Again\nquestions: [{id: q, question: The rhine?, answer: x}]\n")
    assert rivers.search("rhine") == ["rivers/rhine"]


def test_an_index_that_turns_out_damaged_is_replaced_while_one_searches(rivers: Room) -> None:
    catalogue = rivers.shelf.catalogue()
    catalogue._index._give_up(damaged=True)
    assert [row.card for row in catalogue.search("rhine")] == ["rivers/rhine"]
    assert not catalogue._index.lost
    assert catalogue.look("rivers/rhine").card.answer.key == "the Rhine"
