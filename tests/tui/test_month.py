"""A learner at the real app in a real terminal, day after day, on a clock that the test moves, with a test at the end.

They know a card as likely as the scheduler thinks, press real keys, take some answers back, overrule, bury, suspend and flag, miss a
weekend, sit up past midnight, live through a change of the clocks, and once the program is killed under their hands.
"""

import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quizzer.core.model import Act, Entry, MemoryState, Phase
from quizzer.core.planning import LAST_DAYS, expected
from quizzer.core.scheduling import retrievability, voided
from quizzer.store import Progress
from quizzer.study.doctor import doctor

HERE = Path(__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
STEM = re.compile(r"stem(\d{4})x")
RIGHT = re.compile(r"(\d)  right\b")
PATIENCE = 60  # seconds
_NUMBERS = itertools.count()

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")


class Tmux:
    """The app in a window of 80x24."""

    def __init__(self, folder: Path) -> None:
        self.server = f"quizzer-{os.getpid()}-{next(_NUMBERS)}"  # one that ends may not be gone yet
        self._do("-f", os.devnull, "new-session", "-d", "-x", "80", "-y", "24", sys.executable, str(HERE / "app_on_a_day.py"), str(folder))

    def _do(self, *words: str) -> str:
        return subprocess.run(["tmux", "-L", self.server, *words], capture_output=True, encoding="utf-8", check=False).stdout

    @property
    def screen(self) -> str:
        return self._do("capture-pane", "-p")

    @property
    def pid(self) -> int:
        return int(self._do("list-panes", "-F", "#{pane_pid}"))

    def press(self, key: str) -> None:
        self._do("send-keys", key)

    def until(self, *signs: str, without: str = "") -> str:
        """Return the screen once it shows one of ``signs`` (regular expressions), and not ``without``."""
        end = time.monotonic() + PATIENCE
        while True:
            shown = self.screen
            found = [sign for sign in signs if re.search(sign, shown)]
            if OVER in found or (found and not (without and without in shown)):  # what was forgotten is listed at the end
                return shown
            assert time.monotonic() < end, shown
            time.sleep(0.01)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        self._do("kill-server")


ASKED, RATED, OVER = r"stem\d{4}x", r"Again +", r"Done for now|Nothing is due"


class Learner:
    """Studies the deck, and remembers what the app took from them."""

    def __init__(self, folder: Path, *, cards: int, seed: int, wild: bool) -> None:
        self.folder, self.dice, self.wild = folder, random.Random(seed), wild
        (folder / "decks").mkdir(parents=True)
        lines = ["format: 1", "id: deck", "title: A deck", "study: {mode: choose}", "questions:"]
        lines += [
            f"  - {{id: q{n}, question: 'What does stem{n:04}x ask?', answer: right, distractors: [left, up, down]}}" for n in range(cards)
        ]
        (folder / "decks" / "deck.yaml").write_text("\n".join(lines), "utf-8")
        self.now = datetime(2026, 3, 9, 8, tzinfo=UTC)
        self.taken: list[tuple[str, int]] = []
        self.aside: set[str] = set()  # suspended
        self.did: Counter[str] = Counter()
        self.days: set[int] = set()
        self.screens: dict[int, str] = {}

    def move(self, to: datetime) -> None:
        self.now = to
        beside = self.folder / "clock.new"
        beside.write_text(to.isoformat())
        beside.replace(self.folder / "clock")  # the app may be reading it

    @property
    def day(self) -> int:
        """The study day: it begins at four on the clock on the wall."""
        local = self.now.astimezone(BERLIN)
        return local.date().toordinal() - (local.hour < 4)

    def states(self) -> dict[str, MemoryState]:
        with closing(Progress.open(self.folder / "progress.db", learner="me")) as progress:
            return progress.states("deck")

    def log(self) -> list[Entry]:
        with closing(Progress.open(self.folder / "progress.db", learner="me")) as progress:
            return list(progress.entries())

    def chance(self, card: str) -> float:
        state = self.states().get(card, MemoryState())
        if state.phase is Phase.NEW:
            return 0.5
        return 0.85 if state.last_day == self.day else retrievability(state, day=self.day)

    def study(self, at: datetime, *, killed: bool = False) -> None:
        """Open the app at that instant, and go on until nothing is left."""
        self.move(at)
        self.days.add(self.day)
        window, answers = Tmux(self.folder), 0
        try:
            shown = window.until(ASKED, OVER)
            while not re.search(OVER, shown) and (found := STEM.search(shown)):
                shown = self.answer(window, f"deck/q{int(found[1])}", found[0], shown)
                answers += 1
                if killed and answers == 4:
                    self.did["killed"] += 1
                    window.kill()
                    killed, window = False, Tmux(self.folder)
                    shown = window.until(ASKED, OVER)
            self.screens[self.day] = shown
        finally:
            window.close()

    def answer(self, window: Tmux, card: str, stem: str, shown: str) -> str:
        """Answer what is on show, and perhaps do something else; return the next screen."""
        self.move(self.now + timedelta(seconds=self.dice.randint(3, 20)))
        what = self.dice.random() if self.wild else 1.0
        if what < 0.02 and self.day not in self.last_days:
            return self.set_aside(window, card, stem, "-", "buried")
        if 0.02 <= what < 0.03 and len(self.aside) < 2:
            self.aside.add(card)
            return self.set_aside(window, card, stem, "!", "suspended")
        if 0.03 <= what < 0.06:
            window.press("f")
            self.did["flagged"] += 1
        knows = self.dice.random() < self.chance(card)
        place = int(RIGHT.search(shown)[1])
        self.press_until(window, str(place if knows else place % 4 + 1), RATED)
        if not knows and 0.06 <= what < 0.12:
            window.press("o")
            window.until(r"▸ 3 Good")
            self.did["overruled"] += 1
            knows = True
        rating = self.dice.choice([3, 3, 3, 2, 4]) if knows else 1
        time.sleep(0.05)
        self.move(self.now + timedelta(seconds=self.dice.randint(1, 5)))
        shown = self.press_until(window, str(rating), ASKED, OVER, without="1 Again")
        self.taken.append((card, rating))
        if 0.12 <= what < 0.17 and stem not in shown:
            again = self.press_until(window, "u", stem)
            self.taken.pop()
            self.did["undone"] += 1
            return again
        return shown

    def press_until(self, window: Tmux, key: str, *signs: str, without: str = "") -> str:
        time.sleep(0.04)  # the guard's stopwatch: a press at once is taken for a bounce
        window.press(key)
        return window.until(*signs, without=without)

    def set_aside(self, window: Tmux, card: str, stem: str, key: str, name: str) -> str:
        self.did[name] += 1
        return self.press_until(window, key, ASKED, OVER, without=stem)

    last_days: range = range(0)


def check(learner: Learner, test: date) -> None:
    """Hold the file against what the learner remembers and what README promises."""
    log = learner.log()
    void = voided(log)
    reviews = [entry for entry in log if entry.act is Act.REVIEW and entry.id not in void]
    assert [(entry.card, int(entry.rating)) for entry in reviews] == learner.taken  # each acknowledged answer once, in order
    assert {entry.day for entry in log} == learner.days  # no day lost or doubled
    report = doctor(learner.folder / "progress.db")
    assert report.healthy, report.problems  # the log replayed gives the memory stored
    before = [entry for entry in reviews if entry.day < test.toordinal()]
    assert all(entry.day + entry.granted.days <= test.toordinal() for entry in before)
    met = {entry.card: entry.day for entry in reversed(before)}
    states = learner.states()
    asked = {f"deck/q{n}" for n in range(len((learner.folder / "decks" / "deck.yaml").read_text().splitlines()) - 5)} - learner.aside
    assert set(met) >= asked
    assert all(day < test.toordinal() - LAST_DAYS for card, day in met.items() if card in asked)
    seen = {entry.card for entry in before if entry.day >= test.toordinal() - LAST_DAYS}
    assert seen >= asked
    assert all(states[card].due_day == test.toordinal() for card in asked)


def live(learner: Learner, test: date, *, missed: set[date], late: set[date], killed: set[date]) -> None:
    """Study every day up to the test but those ``missed``; on those ``late``, past midnight."""
    (learner.folder / "test").write_text(str(test))
    learner.last_days = range(test.toordinal() - LAST_DAYS, test.toordinal())
    day = learner.now.date()
    while day < test:
        if day not in missed:
            hour = 26 if day in late else learner.dice.randint(7, 22)
            local = datetime(day.year, day.month, day.day, tzinfo=BERLIN) + timedelta(hours=hour, minutes=learner.dice.randint(0, 50))
            learner.study(local.astimezone(UTC), killed=day in killed)
        day += timedelta(days=1)


def test_a_few_days_to_a_test_keep_every_answer_and_every_promise(tmp_path: Path) -> None:
    learner = Learner(tmp_path / "few", cards=4, seed=1, wild=False)
    test = date(2026, 3, 15)
    live(learner, test, missed={date(2026, 3, 10)}, late={date(2026, 3, 11)}, killed={date(2026, 3, 9)})
    check(learner, test)
    assert learner.did["killed"] == 1


@pytest.mark.soak
def test_a_month_to_a_test_keeps_every_answer_and_every_promise_and_all_is_as_ever_after_it(tmp_path: Path) -> None:
    learner = Learner(tmp_path / "month", cards=60, seed=30, wild=True)
    test = date(2026, 4, 8)  # the clocks are put forward on 29 March
    missed = {date(2026, 3, 14), date(2026, 3, 15)}
    late = {date(2026, 3, 20), date(2026, 3, 28), date(2026, 3, 29)}
    live(learner, test, missed=missed, late=late, killed={date(2026, 3, 12), date(2026, 3, 30)})
    check(learner, test)
    states = [state for card, state in learner.states().items() if card not in learner.aside]
    score = expected(states, total=len(states), test=test.toordinal())
    recalled = sum(learner.dice.random() < retrievability(state, day=test.toordinal()) for state in states)
    print(dict(learner.did), len(learner.taken), f"expected {score:.3f}, recalled {recalled / len(states):.3f}")
    assert abs(recalled / len(states) - score) < 4 * (score * (1 - score) / len(states)) ** 0.5
    for number in range(2):  # the day of the test, and the one after
        learner.study(datetime(2026, 4, 8 + number, 9, tzinfo=BERLIN).astimezone(UTC))
    after = [entry for entry in learner.log() if entry.act is Act.REVIEW and entry.day >= test.toordinal()]
    assert len({entry.card for entry in after}) == len(states)
    assert max(entry.granted.days for entry in after) > 14  # no test shortens it
    for day, shown in learner.screens.items():
        print(date.fromordinal(day), "\n" + shown)
