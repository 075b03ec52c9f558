"""The shelf: deck files, what waits in them, and the figures."""

import random
import time
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Mode, Rating
from quizzer.settings import Settings, StudySettings
from quizzer.study import BrokenDeck, DeckRow, Shelf


def deck(name, count=5, **options):
    questions = tuple(
        Plain(id=f"q{n}", question=f"What is {n} of {name}?", answer=f"answer {n}", distractors=("no", "never")) for n in range(count)
    )
    return Deck(id=name, title=name.title(), questions=questions, **options)


class Room:
    """A workspace with decks, and shelves opened in it."""

    def __init__(self, folder):
        self.folder = folder / "decks"
        self.folder.mkdir()
        self.path = folder / "progress.db"
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.opened = []

    def shelf(self, learner="me", **study):
        shelf = Shelf(
            decks=self.folder,
            progress=self.path,
            learner=learner,
            settings=Settings(zone="UTC", study=StudySettings(**study)),
            clock=lambda: self.now,
            dice=random.Random(str(self.now) + learner).getrandbits,
        )
        self.opened.append(shelf)
        return shelf

    def put(self, one, name=None):
        path = self.folder / f"{name or one.id}.yaml"
        deckfile.save(one, path)
        return path

    def pass_(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def room(tmp_path):
    made = Room(tmp_path)
    yield made
    for shelf in made.opened:
        shelf.close()


def answer_all(session, rating=Rating.EASY):
    count = 0
    while session.prompt:
        session.check(None)
        session.answer(rating)
        count += 1
    return count


def test_making_a_shelf_touches_no_file(room):
    room.shelf()
    assert not room.path.exists()


def test_rows_count_what_a_session_will_ask(room):
    room.put(deck("a", 30))
    room.put(deck("b", 4))
    shelf = room.shelf(new_per_day=10)
    assert [(row.id, row.new, row.learning, row.due, row.total) for row in shelf.rows()] == [("a", 10, 0, 0, 30), ("b", 4, 0, 0, 4)]
    session = shelf.session("a")
    for rating in (Rating.AGAIN, Rating.EASY, Rating.GOOD):
        session.check(0)
        session.answer(rating)
    row = shelf.rows()[0]
    assert (row.new, row.learning, row.due) == (7, 2, 0)
    prompt = room.shelf(new_per_day=10).session("a").prompt
    assert (prompt.new, prompt.learning, prompt.due) == (7, 2, 0)


def test_a_broken_deck_is_shown_with_its_line_and_the_others_can_be_studied(room):
    room.put(deck("good"))
    (room.folder / "bad.yaml").write_text("title: Bad\nquestions:\n\t- question: tab\n")
    broken, good = room.shelf().rows()
    assert isinstance(broken, BrokenDeck)
    assert isinstance(good, DeckRow)
    assert "bad.yaml" in broken.message
    assert "\n" not in broken.message
    assert room.shelf().session().prompt.card.deck == "good"


def test_two_files_with_one_deck_id_are_told_apart_by_name(room):
    room.put(deck("a"))
    room.put(deck("a"), "b")
    first, second = room.shelf().rows()
    assert isinstance(first, DeckRow)
    assert "deck id 'a'" in second.message
    assert "a.yaml" in second.message


def test_a_file_is_read_anew_only_when_it_changed(room, monkeypatch):
    path = room.put(deck("a", 3))
    shelf = room.shelf()
    reads = []
    load = deckfile.load
    monkeypatch.setattr(deckfile, "load", lambda path: reads.append(path) or load(path))
    assert [shelf.rows()[0].total for _ in range(3)] == [3, 3, 3]
    time.sleep(0.01)
    room.put(deck("a", 5))
    assert shelf.rows()[0].total == 5
    assert reads == [path, path]
    path.unlink()
    assert shelf.rows() == []


def test_a_question_that_left_its_deck_is_not_counted_and_keeps_its_history(room):
    room.put(deck("a", 5))
    answer_all(room.shelf().session("a"))
    room.pass_(days=60)
    assert room.shelf().rows()[0].due == 5
    room.put(deck("a", 3))
    row = room.shelf().rows()[0]
    assert (row.due, row.total) == (3, 3)
    assert room.shelf().due().decks[0].due == 3
    assert room.shelf().stats().overall.reviews == 5
    room.put(deck("a", 5))
    assert room.shelf().rows()[0].due == 5


def test_decks_that_are_not_there_are_refused_by_name(room):
    with pytest.raises(DeckError, match="no deck to study"):
        room.shelf().session()
    room.put(deck("a"))
    with pytest.raises(DeckError, match=r"'b'.*There are: a"):
        room.shelf().session("a", "b")


def test_a_session_over_all_decks_mixes_them_and_keeps_a_place_of_its_own(room):
    room.put(deck("a"))
    room.put(deck("b"))
    shelf = room.shelf()
    session = shelf.session()
    assert session.title == "2 decks"
    seen = {session.prompt.card.deck}
    for _ in range(4):
        session.check(0)
        session.answer(Rating.EASY)
        seen.add(session.prompt.card.deck)
    assert seen == {"a", "b"}
    place = session.prompt.card
    shelf.session("b")
    assert room.shelf().session().prompt.card == place


def test_limits_are_each_decks_own(room):
    room.put(deck("a", 9))
    room.put(deck("b", 9))
    shelf = room.shelf(new_per_day=4)
    assert shelf.session().prompt.new == 8
    answer_all(shelf.session("a"))
    assert [row.new for row in shelf.rows()] == [0, 4]
    assert room.shelf(new_per_day=4).session().prompt.new == 4


def test_the_mode_asked_for_is_the_mode_of_the_session(room):
    room.put(deck("a"))
    assert room.shelf().session("a", mode=Mode.TYPE).prompt.mode is Mode.TYPE


def test_today_counts_reviews_of_all_decks_and_the_streak(room):
    room.put(deck("a", 3))
    shelf = room.shelf(new_per_day=1)
    assert (shelf.today().reviews, shelf.today().streak) == (0, 0)
    for day in range(3):
        session = shelf.session("a")
        session.check(0)
        session.answer(Rating.EASY)
        assert shelf.today().streak == day + 1
        room.pass_(days=1)
    today = shelf.today()
    assert (today.reviews, today.streak) == (0, 3)  # today's is still to come
    room.pass_(days=1)
    assert shelf.today().streak == 0
    assert shelf.stats().longest_streak == 3


def test_an_undone_review_is_in_no_figure(room):
    room.put(deck("a", 3))
    shelf = room.shelf()
    session = shelf.session("a")
    session.check(0)
    session.answer(Rating.AGAIN)
    session.undo()
    assert (shelf.today().reviews, shelf.today().streak) == (0, 0)
    figures = shelf.stats()
    assert (figures.overall.reviews, figures.overall.new, figures.streak) == (0, 3, 0)


def test_learners_of_one_workspace_have_their_own_figures(room):
    room.put(deck("a", 3))
    answer_all(room.shelf("me").session("a"))
    assert room.shelf("me").rows()[0].new == 0
    assert room.shelf("you").rows()[0].new == 3


def test_due_says_what_waits_today_and_this_week(room):
    room.put(deck("a", 3))
    shelf = room.shelf()
    answer_all(shelf.session("a"))
    days = [state.due_day - room.now.date().toordinal() for state in shelf._progress.states("a").values()]
    row = shelf.due().decks[0]
    assert (row.new, row.learning, row.due) == (0, 0, 0)
    assert row.next_7_days == sum(1 <= day <= 7 for day in days)
    room.pass_(days=min(days) - 1)
    assert shelf.due().decks[0].tomorrow == days.count(min(days))


def test_stats_are_json_and_add_up_over_decks(room):
    room.put(deck("a", 3))
    room.put(deck("b", 4))
    shelf = room.shelf()
    answer_all(shelf.session("a"))
    figures = shelf.stats()
    assert [row.id for row in figures.decks] == ["a", "b"]
    for name in ("total", "new", "young", "reviews", "seconds", "due", "next_30_days"):
        assert getattr(figures.overall, name) == sum(getattr(row, name) for row in figures.decks)
    assert figures.overall.recall == 1.0
    assert figures.overall.retention is None
    plain = msgspec.to_builtins(figures)
    assert msgspec.json.decode(msgspec.json.encode(plain)) == msgspec.json.decode(msgspec.json.encode(figures))


def test_statistics_follow_every_answer_undo_and_edit_wherever_they_are_made(room):
    path = room.put(deck("capitals", 4))
    room.put(deck("rivers", 2))
    kept, other = room.shelf(), room.shelf()  # two programs, one learner

    def same_as_afresh():
        found = kept.stats()
        assert found == room.shelf().stats()
        return found.overall

    assert same_as_afresh().new == 6
    session = kept.session("capitals")
    session.check("answer 0")
    session.answer(Rating.EASY)
    assert same_as_afresh().young == 1
    elsewhere = other.session("rivers")
    elsewhere.check("no")
    elsewhere.answer(Rating.AGAIN)
    assert (same_as_afresh().learning, same_as_afresh().reviews) == (1, 2)
    session.undo()
    assert (same_as_afresh().young, same_as_afresh().reviews) == (0, 1)
    session.check("answer 0")
    session.answer(Rating.EASY)
    asked = [name for name in ("q0", "q1", "q2", "q3") if kept._progress.state(f"capitals/{name}")]
    path.unlink()
    room.put(Deck(id="capitals", title="C", questions=tuple(q for q in deck("capitals", 4).questions if q.id not in asked)))
    assert same_as_afresh().young == 0
    room.pass_(days=1)
    assert same_as_afresh().reviews == 2
