"""A learner who writes lines and is told lines: a real deck file, a real progress.db, a clock moved by hand."""

import io
import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizzer import plain
from quizzer.core.model import Act, Entry, MemoryState
from quizzer.core.scheduling import replay, voided
from quizzer.settings import Settings, StudySettings
from quizzer.store import Progress
from quizzer.study import Shelf, agenda

HARBOUR = """\
format: 1
id: harbour
title: The harbour of Reykjavik
sources:
  - {id: gazette, publisher: Harbour Gazette, title: How the port grew, date: 2019-05-04, url: "https://example.org/port"}
questions:
  - id: year
    question: In which year was the old harbour finished?
    answer: "1917"
    distractors: ["1905", "1930", "1944"]
    mode: choose
    hints: [After 1913., Before 1920.]
    evidence:
      source: gazette
      quote: finished in 1917
      passage: Work began in 1913, and the old harbour was finished in 1917 after four years.
    explanation: Before that, goods were rowed ashore.
  - {id: hill, question: From which hill was the rock taken?, answer: Oskjuhlid, type: place, mode: type}
  - {id: landing, question: When did Apollo 11 land?, answer: "July 20, 1969", type: date, mode: type, as_of: "1970"}
  - id: river
    question: Which river flows through Cologne?
    answer: Rhine
    mode: type-then-choose
    distractors: [Elbe, Oder]
  - {id: why, question: Why was a railway built?, answer: To carry the rock to the sea., mode: reveal}
  - {id: steps, question: Put these in order., order: [Work begins, The harbour is finished, The railway closes]}
  - {id: cities, question: Which city stands on which river?, match: {Paris: Seine, Rome: Tiber, Vienna: Danube}}
  - {id: benelux, question: Name the three countries of the Benelux Union., answers: [Belgium, Netherlands|Holland, Luxembourg]}
  - {id: north, statement: The Rhine flows north., answer: true}
  - {id: krakatoa, cloze: "Krakatoa erupted in {{1883}}, in the {{Dutch East Indies}}."}
"""
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


class Lines:
    """The learner's lines, each four seconds after the last; what stands between them and can be called is done on the way."""

    def __init__(self, lines: list[Any], clock: Clock) -> None:
        self._lines, self._clock = iter(lines), clock
        self._rest = b""

    def readline(self, most: int = -1, /) -> bytes:
        if not self._rest:
            self._clock.pass_(seconds=4)
            for line in self._lines:
                if callable(line):
                    line()
                    continue
                self._rest = (line if isinstance(line, bytes) else line.encode()) + b"\n"
                break
        data, self._rest = self._rest[:most], self._rest[most:]
        return data


class Workspace:
    """A folder with decks; sessions are held in it line by line."""

    def __init__(self, folder: Path, **study: Any) -> None:
        self.folder, self.clock = folder, Clock()
        self.settings = Settings(zone="UTC", study=StudySettings(**{"new_per_day": 100, **study}))
        (folder / "decks").mkdir(exist_ok=True)
        self.opened: Shelf | None = None
        self.waited: list[float] = []
        self.code = 0

    def add(self, name: str, text: str) -> None:
        (self.folder / "decks" / name).write_text(text, encoding="utf-8")

    def shelf(self) -> Shelf:
        self.opened = self.another()
        return self.opened

    def another(self) -> Shelf:
        """A shelf as another program opens it."""
        return Shelf(
            decks=self.folder / "decks",
            progress=self.folder / "progress.db",
            learner="me",
            settings=self.settings,
            clock=self.clock,
            dice=random.Random(1).getrandbits,
        )

    def hold(self, *lines: Any, alive: bool = False, home: bool = False, patient: bool = True, **given: Any) -> str:
        """Hold a session with these lines and return all that was said. ``patient``: nothing is written while one waits."""

        def awaits(seconds: float) -> bool:
            self.waited.append(seconds)
            if not patient:
                return True
            self.clock.pass_(seconds=seconds)
            return False

        out = io.StringIO()
        talk = plain.Talk(Lines(list(lines), self.clock), out, alive=alive, awaits=awaits)
        try:
            self.code = plain.run(self.shelf, talk, clock=self.clock, everything=not home, **given)
        finally:
            self.said = out.getvalue()
        return self.said

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        with closing(Progress.open(self.folder / "progress.db", learner="me")) as progress:
            yield progress

    def log(self) -> list[Entry]:
        with self.progress() as progress:
            return list(progress.entries())

    def reviews(self) -> list[Entry]:
        log = self.log()
        void = voided(log)
        return [entry for entry in log if entry.act is Act.REVIEW and entry.id not in void]

    def is_whole(self) -> bool:
        """Whether replaying the log gives what is stored."""
        with self.progress() as progress:
            entries = list(progress.entries())
            weights = agenda.weights(progress)
            stored = {
                name: state for deck in {entry.card.split("/")[0] for entry in entries} for name, state in progress.states(deck).items()
            }
        logs: dict[str, list[Entry]] = {}
        for entry in entries:
            logs.setdefault(entry.card, []).append(entry)
        replayed = {card: replay(log, weights=weights) for card, log in logs.items()}
        return {card: state for card, state in replayed.items() if state != MemoryState()} == stored


def told(log: list[Entry]) -> list[Entry]:
    """A log without its ids; what an undo voids is told by its place."""
    place = {entry.id: str(number) for number, entry in enumerate(log)}
    return [msgspec.structs.replace(entry, id="", voids=place.get(entry.voids or "")) for entry in log]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one deck, of every kind of question and every mode."""
    made = Workspace(tmp_path)
    made.add("harbour.yaml", HARBOUR)
    return made


@pytest.fixture
def make_workspace(tmp_path: Path) -> Callable[..., Workspace]:
    def make(text: str, **study: Any) -> Workspace:
        made = Workspace(tmp_path, **study)
        made.add("deck.yaml", text)
        return made

    return make
