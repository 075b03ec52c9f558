"""Overruling kept and taken back; responses added to what a deck accepts; edits of decks taken back to the byte, after kills too."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.core.errors import DeckError
from quizzer.core.model import Mode, Rating, Verdict
from quizzer.settings import Settings, StudySettings
from quizzer.store import Progress, journal
from quizzer.study import Shelf, takeback
from quizzer.study.editing import Edits

from .conftest import Clock

DECK = """\
# Rivers, by hand.
format: 1
id: rivers
title: Rivers   # with a comment
study: {mode: type, new_per_day: 50}
questions:
  - id: cologne
    question: Which river flows through Cologne?
    answer: the Rhine   # not the Main
    distractors: [the Elbe, the Oder]

  # A sentence with gaps.
  - {id: gaps, cloze: "The {{Danube}} flows through {{Vienna|Wien}}."}
  - id: three
    question: Name three rivers of Germany.
    answers:
      - Weser
      - Ems  # a short one
      - Saale
  - {question: Without an id?, answer: yes}
"""


class House:
    """A folder with one deck file, and sessions over it that can be left and opened again."""

    def __init__(self, folder: Path, text: str = DECK) -> None:
        self.folder, self.clock = folder, Clock()
        (folder / "decks").mkdir()
        self.file = folder / "decks" / "rivers.yaml"
        self.file.write_bytes(text.encode())
        self.shelf = self.opened()

    def opened(self) -> Shelf:
        return Shelf(
            decks=self.folder / "decks",
            progress=self.folder / "progress.db",
            learner="me",
            settings=Settings(zone="UTC", study=StudySettings(near_again=False)),
            clock=self.clock,
            dice=random.Random(str(self.clock())).getrandbits,
        )

    def session(self, question: str | None = None):
        """A session; with a ``question``, cards before it are answered."""
        self.clock.pass_(seconds=1)
        session = self.shelf.session("rivers", mode=Mode.TYPE)
        while question and session.prompt.card.question != question:
            session.check("?")
            session.answer(Rating.GOOD)
        return session

    @property
    def bytes(self) -> bytes:
        return self.file.read_bytes()

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        with closing(Progress.open(self.folder / "progress.db", learner="me")) as progress:
            yield progress


@contextmanager
def house(text: str = DECK) -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        made = House(Path(folder), text)
        try:
            yield made
        finally:
            made.shelf.close()


# The verdict


def test_an_overruled_verdict_is_given_back_and_taken_again_and_outlives_a_restart():
    with house() as home:
        session = home.session("cologne")
        assert session.check("Father of German rivers").verdict is Verdict.WRONG
        assert session.overrule(Verdict.RIGHT).verdict is Verdict.RIGHT
        for _ in range(2):
            home.shelf.close()  # as a kill would: nothing is said to the session
            session = home.session()
            assert (session.feedback.verdict, session.feedback.response) == (Verdict.RIGHT, "Father of German rivers")
            session.undo()
            assert session.feedback.verdict is Verdict.WRONG
            home.shelf.close()
            session = home.session()
            assert session.feedback.verdict is Verdict.WRONG
            assert session.can_redo
            session.redo()
        assert session.feedback.verdict is Verdict.RIGHT
        session.answer(Rating.GOOD)
        assert session.feedback is None
        with home.progress() as progress:
            *_, review = progress.entries()
            assert (review.response, review.verdict, review.rating) == ("Father of German rivers", Verdict.RIGHT, Rating.GOOD)
            place = progress.place("rivers")
            assert place is None or place.pending is None


def test_a_response_that_was_not_overruled_is_not_kept():
    with house() as home:
        home.session("cologne").check("the Main")
        home.shelf.close()
        assert home.session().feedback is None


@pytest.mark.parametrize("then", ["reopen", "hint", "check", "set_mode"])
def test_opening_the_answer_again_forgets_the_verdict(then):
    with house(DECK.replace("answer: the Rhine ", "hints: [From the Alps.]\n    answer: the Rhine ")) as home:
        session = home.session("cologne")
        session.check("the Main")
        session.overrule(Verdict.RIGHT)
        match then:
            case "reopen":
                session.reopen()
            case "hint":
                session.hint()
            case "check":
                session.check("the Oder")
            case "set_mode":
                session.set_mode(None)
        home.shelf.close()
        session = home.session()
        assert session.feedback is None
        assert not session.is_turned


# What the deck accepts


@pytest.mark.parametrize(
    ("question", "response", "line", "becomes"),
    [
        (
            "cologne",
            "Father Rhine",
            "    distractors: [the Elbe, the Oder]",
            "    accept: [Father Rhine]\n    distractors: [the Elbe, the Oder]",
        ),
        ("gaps", "Donau", "The {{Danube}} flows", "The {{Danube|Donau}} flows"),
        ("three", "Weser, Ems, Thuringian Saale river", "      - Saale", "      - Saale|Thuringian Saale river"),
    ],
)
def test_what_the_learner_made_right_is_added_to_the_deck_and_no_other_byte_is_touched(question, response, line, becomes):
    with house() as home:
        session = home.session(question)
        before = home.bytes
        assert session.check(response).verdict is not Verdict.RIGHT
        assert session.overrule(Verdict.RIGHT).acceptable
        feedback = session.accept()
        assert feedback.verdict is Verdict.RIGHT
        assert not feedback.acceptable
        assert home.bytes == before.replace(line.encode(), becomes.encode(), 1)
        assert [problem.code for problem in deckfile.check(home.file)] == ["D208"]
        session.answer(Rating.GOOD)
        home.shelf.close()
        session = home.session()
        assert session.changed == ()  # the key is what it was: progress is kept
        home.clock.pass_(days=30)
        session = home.session(question)
        assert session.check(response).verdict is Verdict.RIGHT


def test_the_known_answers_of_the_session_follow_and_undo_takes_the_edit_then_the_verdict_back():
    with house() as home:
        session = home.session("cologne")
        before = home.bytes
        session.check("Father Rhine")
        session.overrule(Verdict.RIGHT)
        session.accept()
        after = home.bytes
        assert session.prompt.card.answer.parts[0].accept == ("Father Rhine",)
        home.shelf.close()
        session = home.session()
        assert session.feedback.verdict is Verdict.RIGHT
        session.undo()
        assert home.bytes == before
        assert session.feedback.verdict is Verdict.RIGHT
        session.undo()
        assert session.feedback.verdict is not Verdict.RIGHT
        session.redo()
        session.redo()
        assert home.bytes == after
        session.answer(Rating.GOOD)
        session.undo()
        session.undo()
        assert home.bytes == before
        home.shelf.close()
        home.clock.pass_(days=3)
        session = home.session()
        session.redo()
        assert home.bytes == after


def test_nothing_is_offered_the_other_way_nor_for_what_is_not_typed():
    with house() as home:
        session = home.session("cologne")
        session.check("the Rhine")
        assert not session.overrule(Verdict.WRONG).acceptable
        session.check("")
        assert not session.overrule(Verdict.RIGHT).acceptable
        session.set_mode(Mode.CHOOSE)
        session.check(next(n for n, option in enumerate(session.prompt.options) if option != "the Rhine"))
        assert not session.overrule(Verdict.RIGHT).acceptable


@pytest.mark.parametrize(
    ("question", "response", "said"),
    [("cologne", "the Elbe", "D303"), ("gaps", "Donau|Danube", "bar"), ("three", "Weser", "which of them")],
)
def test_what_check_would_complain_of_is_refused_and_nothing_is_written(question, response, said):
    with house() as home:
        session = home.session(question)
        before = home.bytes
        session.check(response)
        session.overrule(Verdict.RIGHT)
        with pytest.raises(DeckError, match=said):
            session.accept()
        assert home.bytes == before
        with home.progress() as progress:
            assert journal.changes(progress, newest=10) == []


def test_a_read_only_deck_is_said_to_be_and_leaves_nothing_to_redo():
    with house() as home:
        session = home.session("cologne")
        session.check("Father Rhine")
        session.overrule(Verdict.RIGHT)
        home.file.chmod(0o444)
        with pytest.raises(DeckError, match="read-only"):
            session.accept()
        assert session.feedback.verdict is Verdict.RIGHT
        with home.progress() as progress:
            assert journal.changes(progress, newest=10) == []


def test_undo_refuses_in_one_line_where_the_question_was_changed_since_and_touches_nothing():
    with house() as home:
        session = home.session("cologne")
        session.check("Father Rhine")
        session.overrule(Verdict.RIGHT)
        session.accept()
        home.file.write_bytes(home.bytes.replace(b"flows through Cologne", b"passes Cologne"))
        changed = home.bytes
        with pytest.raises(DeckError, match="changed since"):
            session.undo()
        assert home.bytes == changed
        session.undo()  # and what was done before it can be taken back
        assert session.feedback.verdict is Verdict.RIGHT
        session.undo()
        assert session.feedback.verdict is not Verdict.RIGHT
        home.shelf.close()
        session = home.session()
        elsewhere = changed.replace(b"passes Cologne", b"flows through Cologne").replace(b"# Rivers, by hand.", b"# Rivers.\n# By hand.")
        home.file.write_bytes(elsewhere)
        session.undo()
        assert home.bytes == elsewhere.replace(b"    accept: [Father Rhine]\n", b"")


# Mending a question


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(lambda text: text.strip() == text and text)
rewrites = st.fixed_dictionaries(
    {}, optional={"question": texts, "explanation": texts, "hints": st.lists(texts, max_size=2, unique=True).map(tuple)}
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["rewrite", "accept", "answer", "undo", "redo", "restart", "day", "suspend"]), rewrites),
        min_size=1,
        max_size=14,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undo_puts_back_the_decks_bytes_and_all_states_step_by_step_and_redo_does_it_again(history):
    with house() as home:
        session = home.session()
        states: list[tuple[bytes, object]] = []

        def standing() -> tuple[bytes, object]:
            return home.bytes, home.shelf._progress.states("rivers")

        for act, texts in history:
            home.clock.pass_(seconds=1)
            prompt, before = session.prompt, standing()
            if act == "restart" or (act == "day" and not home.clock.pass_(days=1)):
                home.shelf.close()
                session = home.session()
            elif act in ("undo", "redo") or prompt is None:
                continue
            elif act == "suspend":
                session.suspend()
                states.append(before)
            elif act == "answer":
                session.check("?")
                session.answer(Rating.GOOD)
                states.append(before)
            else:
                plain = next(one for one in deckfile.load(home.file).questions if one.id == "cologne")
                texts = texts if act == "rewrite" else {"accept": (*plain.accept, f"river {len(states)}")}
                try:
                    session.rewrite("rivers", msgspec.structs.replace(plain, **texts))
                except DeckError:
                    assert standing() == before
                else:
                    states += [before] if home.bytes != before[0] else []
        after = [*states[1:], standing()]
        for before in reversed(states):
            home.clock.pass_(seconds=1)
            session = home.session() if len(states) % 2 else session
            session.undo()
            assert standing() == before
        for then in after if states else []:
            home.clock.pass_(seconds=1)
            session = home.session() if len(states) % 2 else session
            session.redo()
            assert standing() == then
        assert not session.can_redo


def test_a_question_without_an_id_gets_one_that_stays_when_its_mending_is_taken_back():
    with house() as home:
        session = home.session()
        named = next(one for one in deckfile.load(home.file).questions if one.text == "Without an id?")
        session.rewrite("rivers", msgspec.structs.replace(named, question="With one?"))
        assert b"With one?" in home.bytes
        assert named.id.encode() in home.bytes
        session.undo()
        assert b"With one?" not in home.bytes
        assert deckfile.load(home.file) == deckfile.load(home.file)
        assert named in deckfile.load(home.file).questions


# Kills between the journal and the file


@pytest.mark.parametrize("step", ["do", "undo", "redo"])
def test_a_kill_between_journal_and_file_leaves_what_the_file_says(step, monkeypatch):
    class KilledError(BaseException):
        pass

    with house() as home:
        session = home.session("cologne")
        question = session.question
        before = home.bytes
        mended = msgspec.structs.replace(question, explanation="It rises in the Alps.")
        session.rewrite("rivers", mended)
        after = home.bytes
        if step in ("do", "redo"):
            session.undo()
        at = home.bytes

        def killed(self) -> None:
            raise KilledError

        with monkeypatch.context() as patched:
            patched.setattr("quizzer.deckfile.single.Mending.write", killed)
            with pytest.raises(KilledError):
                {"do": lambda: session.rewrite("rivers", mended), "undo": session.undo, "redo": session.redo}[step]()
        assert home.bytes == at
        home.shelf.close()
        session = home.session()
        with home.progress() as progress:
            rows = len(journal.changes(progress, newest=99))
        home.shelf.close()
        session = home.session()
        with home.progress() as progress:
            assert len(journal.changes(progress, newest=99)) == rows  # settled once
        if step == "undo":
            assert at == after
            session.undo()
            assert home.bytes == before
        else:
            assert at == before
            session.redo()
            assert home.bytes == after
            session.undo()
            assert home.bytes == before


def test_settling_leaves_alone_what_an_author_changed_by_hand(desk):
    with house() as home:
        session = home.session("cologne")
        session.rewrite("rivers", msgspec.structs.replace(session.question, explanation="It rises in the Alps."))
        home.file.write_bytes(home.bytes.replace(b"Cologne?", b"Bonn?"))
        with home.progress() as progress:
            rows = journal.changes(progress, newest=99)
        home.shelf.close()
        session = home.session()
        assert isinstance(session._edits, Edits)
        with home.progress() as progress:
            assert journal.changes(progress, newest=99) == rows
        with pytest.raises(DeckError, match="changed since"):
            session.undo()


def killed_at_work(home: House, seed: int) -> None:
    """Let another program edit, and kill it at some moment."""
    program = [sys.executable, str(Path(__file__).with_name("edit_in_a_loop.py")), str(home.folder), str(seed)]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        time.sleep(random.Random(seed).random() * 0.4)
        running.kill()


def check_kills(rounds: int) -> None:
    with house() as home:
        first = home.bytes
        for seed in range(rounds):
            killed_at_work(home, seed)
            at = home.bytes
            deckfile.load(home.file)
            session = home.session()
            assert home.bytes == at
            with home.progress() as progress:  # the newest edit that stands is what the file holds
                past, _ = takeback.stacks(progress, ["rivers"])
            text = deckfile.text_of(home.file, "cologne")
            assert text == (past[-1].after if past else deckfile.text_of(home.file, "cologne"))
            while len(past) < takeback.REACH and session.can_undo:
                session.undo()
            if len(past) < takeback.REACH:
                assert home.bytes == first
            home.shelf.close()


def test_an_editor_that_is_killed_leaves_journal_and_file_in_step():
    check_kills(2)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_an_editor_that_is_killed_often_leaves_journal_and_file_in_step():
    check_kills(60)
