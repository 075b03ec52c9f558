"""A learner at the app: a real deck file, a real progress.db, a clock and a stopwatch moved by hand."""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.worker import WorkerState

from quizzer.core.model import Act, Entry
from quizzer.core.scheduling import voided
from quizzer.settings import Settings
from quizzer.store import Place, Progress
from quizzer.study import Shelf
from quizzer.tui.app import QuizzerApp
from quizzer.tui.screens.study import StudyScreen
from quizzer.tui.standing import View

PSEUDO_TERMINALS = ["test_graphics.py", "test_kill.py", "test_terminal.py"]
collect_ignore = PSEUDO_TERMINALS if sys.platform == "win32" else []  # there are none

RIVERS = """\
format: 1
id: rivers
title: Rivers
questions:
  - id: cities
    question: Which city stands on which river?
    match: {Paris: Seine, Rome: Tiber, Vienna: Danube, Cairo: Nile}
  - id: continents
    question: Which country lies on which continent?
    match: {Peru: South America, Chile: South America, Kenya: Africa}
"""
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
    evidence:
      source: gazette
      quote: finished in 1917
      passage: Work began in 1913, and the old harbour was finished in 1917 after four years.
    explanation: Before that, goods were rowed ashore.
  - id: hill
    question: From which hill was the rock taken?
    answer: Oskjuhlid
    type: place
    mode: type
  - id: why
    question: Why was a railway built?
    answer: To carry the rock to the sea.
    mode: reveal
  - id: steps
    question: Put these in order.
    order: [Work begins, The harbour is finished, The railway closes]
"""


HINTED = """\
format: 1
id: hinted
title: Hinted
questions:
  - id: river
    question: Which river flows through Cologne?
    answer: the Rhine
    hints: [It rises in the Alps., "Its [b]name[/b] begins with R."]
  - {id: hill, question: Which?, answer: Oskjuhlid, distractors: [Esja, Hekla], hints: [Rock was taken from it.]}
"""


SOON = 0.02  # seconds; what is put off, painting above all, is put off by less
PATIENCE = 60  # seconds
TICK, BUSY = 0.001, 0.0003  # seconds; who works less than the second in the first does not work


async def idle(min_sleep: float = 0.02, max_sleep: float = 1) -> None:
    """Wait until the event loop has nothing to do and no thread works; Textual's own looks at the processor every 20 ms only.

    ``max_sleep`` is the processor's time: where others have the machine, what is to be done takes longer and is waited for all the same.
    """
    loop: Any = asyncio.get_running_loop()
    begun = last = loop.time()
    worked_before = time.process_time()
    while (now := loop.time()) < begun + max_sleep or time.process_time() < worked_before + max_sleep:
        await asyncio.sleep(0)
        if loop._ready:
            last = loop.time()
            continue
        if now < begun + min_sleep or any(timer.when() < max(last + SOON, now) and not timer.cancelled() for timer in loop._scheduled):
            await asyncio.sleep(TICK)
            continue
        worked = time.process_time()
        await asyncio.sleep(TICK)
        if not loop._ready and time.process_time() - worked < BUSY:
            return


textual.app.wait_for_idle = textual.pilot.wait_for_idle = idle

_parse, _parsed = Stylesheet._parse_rules, dict[Any, list[RuleSet]]()


def parse_once(self: Stylesheet, css: str, read_from: Any, is_default_rules: bool = False, tie_breaker: int = 0, scope: str = "") -> Any:
    """Share among the apps of a worker what each would parse for itself: a tenth of the tests' time. The rules are never changed."""
    key = (css, read_from, is_default_rules, tie_breaker, scope, *self._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(self, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]


Stylesheet._parse_rules = parse_once  # type: ignore[method-assign]


class Clock:
    """The time of day; stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Stopwatch:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Learner:
    """Presses keys in the app, a second apart, and looks at what came of it."""

    def __init__(self, app: QuizzerApp, pilot: Pilot[int], clock: Clock, stopwatch: Stopwatch, folder: Path) -> None:
        self.app, self.pilot, self.clock, self.stopwatch, self.folder = app, pilot, clock, stopwatch, folder

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.wait(1)
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))
        await self.press("enter")

    async def click(self, selector: Any, offset: tuple[int, int]) -> None:
        self.wait(1)
        await self.pilot.click(selector, offset=offset)
        await self.settle()

    async def click_on(self, text: str) -> None:
        """Click where ``text`` stands on the screen."""
        rows = self.text().split("\n")
        y = next(y for y, row in enumerate(rows) if text in row)
        await self.click(None, (rows[y].index(text), y))

    def wait(self, seconds: float) -> None:
        self.stopwatch.seconds += seconds
        self.clock.now += timedelta(seconds=seconds)

    async def settle(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        for _ in range(600):
            at_rest = self.at_rest()
            await self.pilot.pause()
            if at_rest and self.at_rest():
                return
        raise AssertionError("the app does not come to rest")

    def at_rest(self) -> bool:
        app, screen = self.app, self.app.screen
        if app.desk.busy or app.return_value is not None:
            return app.return_value is not None
        if isinstance(screen, StudyScreen) and (screen._errands._busy or screen._now.view == View()):
            return False
        flows = {worker.group for worker in app.workers if worker.is_running or worker.state is WorkerState.PENDING}
        return not (
            flows & {"open", "refresh", "stats", "theme", "index", "fill", "save"}
            or ("search" in flows and len(app.screen_stack) == 1)
            or ("study" in flows and len(app.screen_stack) == 1)
        )

    async def until(self, condition: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "what was waited for did not come"
            await self.pilot.pause(0.01)

    def find(self, kind: Any) -> Any:
        return self.app.screen.query_one(kind)

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    @property
    def screen_name(self) -> str:
        return type(self.app.screen).__name__

    def text(self) -> str:
        """What stands on the screen, as a terminal would show it without colours."""
        lines = self.app.screen._compositor.render_strips(self.app.screen.size)
        return "\n".join(strip.text.rstrip() for strip in lines)

    def log(self) -> list[Entry]:
        progress = Progress.open(self.folder / "progress.db", learner="me")
        try:
            return list(progress.entries())
        finally:
            progress.close()

    def reviews(self) -> list[Entry]:
        log = self.log()
        void = voided(log)
        return [entry for entry in log if entry.act is Act.REVIEW and entry.id not in void]

    def place(self, scope: str = "harbour") -> Place | None:
        progress = Progress.open(self.folder / "progress.db", learner="me")
        try:
            return progress.place(scope)
        finally:
            progress.close()


class Workspace:
    """A folder with decks; the app can be opened on it as often as one likes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock, self.stopwatch = Clock(), Stopwatch()
        self.settings = Settings(zone="UTC")
        (folder / "decks").mkdir()

    def add(self, name: str, text: str) -> None:
        (self.folder / "decks" / name).write_text(text, encoding="utf-8")

    def shelf(self) -> Shelf:
        return Shelf(
            decks=self.folder / "decks",
            progress=self.folder / "progress.db",
            learner="me",
            settings=self.settings,
            clock=self.clock,
            dice=random.Random(1).getrandbits,
            index=self.folder / "index.db",
        )

    @asynccontextmanager
    async def open(self, *, size: tuple[int, int] = (80, 24), **given: Any) -> AsyncIterator[Learner]:
        app = QuizzerApp(self.shelf, clock=self.clock, monotonic=self.stopwatch, **given)
        try:
            async with app.run_test(size=size) as pilot:
                learner = Learner(app, pilot, self.clock, self.stopwatch, self.folder)
                await learner.until(lambda: app.opened or app.failure)
                await learner.settle()
                yield learner
        finally:
            app.desk.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one deck, of a card for each mode."""
    made = Workspace(tmp_path)
    made.add("harbour.yaml", HARBOUR)
    return made


@pytest.fixture
def empty_workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)
