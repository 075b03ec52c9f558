"""What every test stands on: no test reads or writes the developer's own configuration, progress or cache."""

import gc
import itertools
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from quizzer.core.ids import Ids
from quizzer.core.model import Act, Entry, MemoryState, Mode, Rating
from quizzer.core.scheduling import Schedule, apply, outcomes, retrievability
from quizzer.store import opening

_IN_MEMORY = Path("/dev/shm")
_ROOM = 2**30  # bytes
_STORE = Path(__file__).parent / "store"


def _keep_files_in_memory() -> None:
    """Put the files of the tests into memory where that can be: none is to outlive its test; what is killed loses no more than on a disk.

    A folder that was asked for (TMPDIR, ``--basetemp``) is kept to.
    """
    if any(os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")) or not os.access(_IN_MEMORY, os.W_OK | os.X_OK):
        return
    if not os.statvfs(_IN_MEMORY).f_flag & os.ST_NOEXEC and shutil.disk_usage(_IN_MEMORY).free >= _ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_IN_MEMORY)  # the first for the processes that tests begin


def _compile_once() -> None:
    """Let Python keep what it compiles, as an installed quizzer's is kept: not every worker and every process compiles it again."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def _hear_interrupts() -> None:
    """A run in the background of a shell is begun deaf to interrupts, and so would be all that tests begin and interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


_keep_files_in_memory()
_compile_once()
_hear_interrupts()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: much of a test's time is waiting, for terminals, processes and the disk."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Give workers neighbours: what a file makes once, or spaCy's model, is made by one of them. Who is done first takes from another."""
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "worksteal"


def pytest_configure(config: pytest.Config) -> None:
    """The short run draws few examples, the same every time; ``-m soak`` draws new ones, ``-m hypothesis`` those of all properties.

    A busy machine makes none of them fail.
    """
    settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=50)
    settings.register_profile("new", deadline=None, max_examples=1000)
    settings.load_profile("repeatable" if "not soak" in config.getoption("markexpr") else "new")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let long runs be long, on a slow machine too: the limit of the others would end them half-way."""
    long = "soak" if "not soak" in config.getoption("markexpr") else "hypothesis"
    for item in items:
        if (item.get_closest_marker("soak") or item.get_closest_marker(long)) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(3600))


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among the tests and what is loaded: it took a fifth of the processor."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


_migrate, _today = opening.migrate, opening.SCHEMA


@cache
def _tables() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(made)
    return made


def _migrate_once(connection: sqlite3.Connection) -> None:
    """Give a new progress file a copy of the tables that the first one was given: thousands are made, in a tenth of the time."""
    if _today != opening.SCHEMA or connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
        _migrate(connection)
    else:
        _tables().backup(connection)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Only the store's own tests give each new progress file its tables one by one."""
    opening.migrate = _migrate if item.path.is_relative_to(_STORE) else _migrate_once


@pytest.fixture(scope="session", autouse=True)
def _nothing_left_in_memory(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a killed process leaves goes the way of its test's files."""
    if os.environ.get("TMPDIR") == str(_IN_MEMORY):
        own = tmp_path_factory.getbasetemp() / "left"
        own.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(own)


_homes = itertools.count()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_homes))  # ``mktemp`` looks through all there are, at each of 4,000 tests
    home.mkdir(parents=True)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "QUIZZER_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUIZZER_CONFIG", str(home / "config.toml"))
    monkeypatch.setenv("QUIZZER_CACHE", str(home / "cache"))
    monkeypatch.setenv("QUIZZER_STATE", str(home / "state"))
    return home


Log = list[tuple[Entry, MemoryState]]


@pytest.fixture(scope="session")
def learner_log() -> Callable[..., Log]:
    """Return what a made-up learner did: every act as it would be stored, with the state after it."""

    @lru_cache(8)
    def made(
        *, seed: int = 1, cards: int = 60, days: int = 60, deck: str = "d", memory: tuple[float, ...] = (), year: int = 2026
    ) -> tuple[tuple[Entry, MemoryState], ...]:
        """The learner forgets by the weights ``memory`` and is scheduled by FSRS's own, studying every day from 2 March on."""
        dice = random.Random(seed)
        ids = Ids(dice.getrandbits)
        start = datetime(year, 3, 2, 9, tzinfo=UTC)
        states: dict[str, MemoryState] = {}
        truth: dict[str, MemoryState] = {}
        acts: Log = []
        for number in range(days):
            at = start + timedelta(days=number)
            day = at.date().toordinal()
            due = [card for card, state in states.items() if state.due_day is not None and state.due_day <= day]
            fresh = [f"{deck}/p{place}" for place in range(number * 10, min(cards, number * 10 + 10))]
            for card in due + fresh:
                while True:
                    at += timedelta(seconds=dice.randint(3, 30))
                    before, true = states.get(card, MemoryState()), truth.get(card, MemoryState())
                    chance = retrievability(true, day=day, weights=memory) if true.reps and true.last_day != day else 0.7
                    rating = dice.choice([Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.EASY]) if dice.random() < chance else Rating.AGAIN
                    outcome = outcomes(card, before, at=at, day=day, schedule=Schedule())[rating]
                    entry = Entry(
                        id=ids.new(at),
                        act=Act.REVIEW,
                        card=card,
                        at=at,
                        day=day,
                        mode=Mode.REVEAL,
                        rating=rating,
                        duration_ms=dice.randint(2000, 20000),
                        granted=outcome.granted,
                        before=before.phase,
                        phase=outcome.state.phase,
                        step=outcome.state.step,
                    )
                    states[card] = outcome.state
                    truth[card] = apply(true, entry, weights=memory)
                    acts.append((entry, outcome.state))
                    if outcome.granted.days:
                        break
        return tuple(acts)

    return lambda **learner: list(made(**learner))
