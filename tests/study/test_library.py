"""Decks from the index are those that reading the files gives, whatever became of either."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.core.kinds import Cloze, Deck, Plain
from quizzer.core.model import Evidence, Rating, Source
from quizzer.settings import Settings, StudySettings
from quizzer.store import Progress
from quizzer.study import Shelf, agenda
from quizzer.study.dealt import Dealt
from quizzer.study.library import KeptDeck, Library

LATER = datetime.now(UTC) + timedelta(days=1)  # when what was written a moment ago is settled
TAGS = st.lists(st.sampled_from(["when", "where", "Jürgen"]), max_size=2, unique=True)


def plain(number: int, tags: list[str], quote: str) -> Plain:
    evidence = (Evidence(source="s", quote=quote),) if quote else ()
    return Plain(id=f"p{number}", question=f"What is {number}?", answer=f"a{number}", tags=tuple(tags), evidence=evidence)


QUESTIONS = st.lists(st.tuples(TAGS, st.sampled_from(["", "one", "another"]), st.booleans()), min_size=1, max_size=12)


def deck(name: str, drawn: list[tuple[list[str], str, bool]]) -> Deck:
    questions = [
        Cloze(id=f"c{number}", cloze="The {{one}} and the {{other}} of " + str(number), tags=tuple(tags))
        if gaps
        else plain(number, tags, quote)
        for number, (tags, quote, gaps) in enumerate(drawn)
    ]
    return Deck(id=name, title=name.title(), questions=tuple(questions), sources=(Source(id="s", publisher="Wire"),))


def opened(folder: Path, clock: Callable[[], datetime], *, index: bool, **study: object) -> Shelf:
    return Shelf(
        decks=folder / "decks",
        progress=folder / "progress.db",
        learner="me",
        settings=Settings(zone="UTC", study=StudySettings(**study)),
        clock=clock,
        dice=random.Random(str(clock())).getrandbits,
        index=folder / "index.db" if index else None,
    )


@settings(max_examples=25, deadline=None)
@given(
    drawn=st.lists(QUESTIONS, min_size=1, max_size=3),
    ratings=st.lists(st.sampled_from(Rating), max_size=25),
    new=st.integers(0, 8),
    ahead=st.integers(0, 3),
    edit=st.booleans(),
)
def test_the_queue_is_the_same_with_the_index_and_without(
    drawn: list[list[tuple[list[str], str, bool]]], ratings: list[Rating], new: int, ahead: int, edit: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "decks").mkdir()
        for number, questions in enumerate(drawn):
            deckfile.save(deck(f"d{number}", questions), folder / "decks" / f"d{number}.yaml")
        at = [datetime(2026, 3, 2, 9, tzinfo=UTC)]
        shelf = opened(folder, lambda: at[0], index=True, new_per_day=new)
        session = shelf.session()
        for count, rating in enumerate(ratings):
            if session.prompt is None:
                break
            at[0] += timedelta(days=1) if count % 7 == 6 else timedelta(seconds=30)
            if session.prompt is not None:
                session.check(None)
                if count % 5 == 4:
                    session.bury()
                else:
                    session.answer(rating)
        shelf.close()
        if edit:
            deckfile.save(deck("d0", drawn[0][::-1]), folder / "decks" / "d0.yaml")
        told = []
        for index in (True, False):
            shelf = opened(folder, lambda: at[0], index=index, new_per_day=new)
            session = shelf.session(ahead=ahead)
            queue = session._course.queue
            told.append(
                (queue._line, queue._new, queue._learning, shelf.rows(), shelf.due(), shelf.stats(), session.changed, session.prompt)
            )
            decks = shelf._dealt()
            told[-1] += ([(one.deck.title, dict(one.places), dict(one.cards), one.sources) for one in decks],)
            told[-1] += ([[(one.fingerprint(card), one.topics(card), list(one.siblings(card))) for card in one.places] for one in decks],)
            shelf.close()
        assert told[0] == told[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    write(tmp_path, "a", "Which river?")
    return tmp_path


def write(folder: Path, name: str, stem: str) -> Path:
    path = folder / "decks" / f"{name}.yaml"
    path.write_text(f"id: {name}\ntitle: {name}\nquestions: [{{id: q, question: '{stem}', answer: yes}}]\n", "utf-8")
    return path


class Looks:
    """Libraries over one folder, each as a start of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.now, self.read = folder, LATER, list[Path]()
        load = deckfile.load

        def counted(path: Path) -> Deck:
            self.read.append(path)
            return load(path)

        monkeypatch.setattr(deckfile, "load", counted)

    def __call__(self) -> dict[str, object]:
        self.read.clear()
        library = Library(self.folder / "decks", index=self.folder / "index.db", clock=lambda: self.now)
        told = {path.stem: read if isinstance(read, str) else read.cards for path, read in library.decks().items()}
        library.close()
        return told


@pytest.fixture
def look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Looks:
    return Looks(folder, monkeypatch)


def stem(told: dict[str, object], name: str = "a") -> str:
    cards = told[name]
    assert isinstance(cards, dict)
    return str(cards[f"{name}/q"].stem)


def test_a_file_that_did_not_change_is_not_read_again(look: Looks) -> None:
    first = look()
    assert len(look.read) == 1
    assert look() == first
    assert look.read == []


def test_a_changed_file_is_read_again_and_a_touched_one_is_not(folder: Path, look: Looks) -> None:
    look()
    write(folder, "a", "Which lake is it?")
    assert stem(look()) == "Which lake is it?"
    os.utime(folder / "decks" / "a.yaml", (1_000_000_000, 1_000_000_000))
    assert stem(look()) == "Which lake is it?"
    assert look.read == []


def test_an_edit_of_the_same_size_at_the_same_time_is_seen(folder: Path, look: Looks) -> None:
    look.now = datetime.now(UTC)  # a moment after it was written, as the clock of the file system tells it
    look()
    path = folder / "decks" / "a.yaml"
    stat = path.stat()
    text = path.read_text("utf-8").replace("river", "ocean")
    with path.open("r+", encoding="utf-8") as file:
        file.write(text)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert stem(look()) == "Which ocean?"


def test_what_is_wrong_with_a_file_is_kept_too(folder: Path, look: Looks) -> None:
    (folder / "decks" / "b.yaml").write_text("title: [")
    first = look()
    assert "D004" in str(first["b"])
    assert look() == first
    assert look.read == []


def test_a_file_that_is_gone_is_forgotten_and_one_that_comes_is_read(folder: Path, look: Looks) -> None:
    write(folder, "b", "Which hill?")
    look()
    (folder / "decks" / "b.yaml").unlink()
    assert look().keys() == {"a"}
    write(folder, "b", "Which vale?")
    assert stem(look(), "b") == "Which vale?"


@pytest.mark.parametrize(
    "spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x" * 5000), lambda path: path.write_bytes(b"")]
)
def test_a_lost_index_is_made_anew(folder: Path, look: Looks, spoil: Callable[[Path], object]) -> None:
    first = look()
    spoil(folder / "index.db")
    assert look() == first
    assert look() == first
    assert look.read == []


def test_cards_are_read_from_the_file_when_the_index_breaks_in_the_middle(folder: Path, look: Looks) -> None:
    look()
    library = Library(folder / "decks", index=folder / "index.db", clock=lambda: LATER)
    (dealt,) = library.decks().values()
    assert isinstance(dealt, KeptDeck)
    assert library._index is not None
    library._index._give_up(damaged=True)
    assert list(dealt.places) == ["a/q"]
    card = dealt.card("a/q")
    assert card is not None
    assert card.stem == "Which river?"
    assert dealt.fingerprint("a/q") == card.fingerprint
    library.close()


def test_a_session_goes_on_with_the_deck_it_began_with(folder: Path, look: Looks) -> None:
    look()
    library = Library(folder / "decks", index=folder / "index.db", clock=lambda: LATER)
    (dealt,) = library.decks().values()
    write(folder, "a", "Which lake is it?")
    look()  # another program takes the change down
    assert isinstance(dealt, Dealt)
    card = dealt.card("a/q")
    assert card is not None
    assert card.stem == "Which river?"
    library.close()


def test_two_workspaces_moved_onto_each_other_are_told_apart(folder: Path, look: Looks) -> None:
    look()
    other = folder / "other"
    other.mkdir()
    write(folder, "a", "Which lake is it?").rename(other / "a.yaml")
    shutil.rmtree(folder / "decks")
    other.rename(folder / "decks")
    assert stem(look()) == "Which lake is it?"


def test_an_index_that_cannot_be_written_changes_nothing(folder: Path) -> None:
    (folder / "file").write_text("")
    shelf = Shelf(
        decks=folder / "decks",
        progress=folder / "progress.db",
        learner="me",
        settings=Settings(zone="UTC"),
        clock=lambda: LATER,
        dice=random.Random(1).getrandbits,
        index=folder / "file" / "index.db",
    )
    assert [row.total for row in shelf.rows()] == [1]  # type: ignore[union-attr]
    assert [row.card for row in shelf.catalogue().search("river")] == ["a/q"]
    shelf.close()


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    made = Progress.open(tmp_path / "p.db", learner="me")
    yield made
    made.close()


def test_new_cards_come_in_the_order_of_the_deck_however_many_are_known(progress: Progress) -> None:
    dealt = Dealt(Deck(id="d", title="D", questions=tuple(Plain(id=f"q{n}", question=f"{n}?", answer="x") for n in range(300))))
    assert [card.card for card in agenda.fresh(progress, dealt, 739_000)] == [f"d/q{n}" for n in range(300)]
