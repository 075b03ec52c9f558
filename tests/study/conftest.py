"""A learner at a desk: a real progress file, decks as values, a clock moved by hand."""

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizzer.core.kinds import Cloze, Deck, List, Match, Order, Plain, Statement, StudyOptions
from quizzer.core.model import MemoryState, Mode, Rating
from quizzer.core.scheduling import replay
from quizzer.settings import Settings, StudySettings
from quizzer.store import Place, Progress
from quizzer.study import Feedback, Session, agenda
from quizzer.study.agenda import Dealt


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


def mixed_deck(deck: str = "mixed", *, plain: int = 6, study: StudyOptions | None = None) -> Deck:
    """One deck with every kind of question."""
    return Deck(
        id=deck,
        title=deck.title(),
        study=study or StudyOptions(),
        questions=(
            *(
                Plain(id=f"p{n}", question=f"What is number {n}?", answer=f"answer {n}", distractors=("wrong", "worse"))
                for n in range(plain)
            ),
            Plain(id="typed", question="Which river flows through Cologne?", answer="the Rhine"),
            Cloze(id="gaps", cloze="The {{Rhine}} flows through {{Cologne}} and {{Bonn}}."),
            Statement(id="true", statement="The Rhine flows north.", answer=True),
            Order(id="order", order=("Basel", "Mainz", "Bonn", "Cologne")),
            Match(id="match", match=(("Rhine", "Cologne"), ("Elbe", "Dresden"), ("Oder", "Breslau")), distractors=("Rome",)),
            List(id="list", question="Name two rivers.", answers=("Rhine", "Elbe")),
        ),
    )


class Desk:
    """Sessions of one learner over the same file, opened and left as often as one likes."""

    def __init__(self, folder: Path, decks: tuple[Deck, ...], settings: Settings) -> None:
        self.path = folder / "progress.db"
        self.decks = [Dealt(deck) for deck in decks]
        self.settings = settings
        self.clock = Clock()
        self.progress = Progress.open(self.path, learner="me")

    def session(self, *, mode: Mode | None = None, progress: Progress | None = None, scope: str = "desk") -> Session:
        """Open a session; with another ``progress`` as a second terminal does."""
        return Session(
            progress=progress or self.progress,
            decks=self.decks,
            settings=self.settings,
            clock=self.clock,
            dice=random.Random(str(self.clock())).getrandbits,
            scope=scope,
            mode=mode,
        )

    def answer(self, session: Session, rating: Rating = Rating.GOOD, response: str | int | None = None) -> Feedback:
        self.clock.pass_(seconds=4)
        feedback = session.check(response)
        session.answer(rating)
        return feedback

    def finish(self, session: Session, rating: Rating = Rating.GOOD, *, most: int = 500) -> list[str]:
        """Answer until nothing is left for now; return the cards in the order they were asked."""
        asked: list[str] = []
        while (prompt := session.prompt) and len(asked) < most:
            asked.append(prompt.card.id)
            self.answer(session, rating)
        return asked

    def states(self) -> dict[str, MemoryState]:
        return {name: state for dealt in self.decks for name, state in self.progress.states(dealt.deck.id).items()}

    def place(self) -> Place | None:
        return self.progress.place("desk")

    def replayed(self) -> dict[str, MemoryState]:
        logs: dict[str, list] = {}
        for entry in self.progress.entries():
            logs.setdefault(entry.card, []).append(entry)
        weights = agenda.weights(self.progress)
        return {card: state for card, log in logs.items() if (state := replay(log, weights=weights)) != MemoryState()}


@pytest.fixture(scope="session")
def open_desk() -> Callable[..., object]:
    @contextmanager
    def opened(*decks: Deck, **study: object) -> Iterator[Desk]:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(zone="UTC", study=StudySettings(**{"new_per_day": 100, **study}))
            desk = Desk(Path(folder), decks or (mixed_deck(),), settings)
            try:
                yield desk
            finally:
                desk.progress.close()

    return opened


@pytest.fixture
def desk(open_desk: Callable[..., object]) -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


@pytest.fixture(scope="session")
def make_deck() -> Callable[..., Deck]:
    return mixed_deck
