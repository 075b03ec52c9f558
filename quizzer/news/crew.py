"""Who does the work: this process, several of this machine, or a Dask cluster; always in order, never too far ahead.

The only module that knows processes and ``distributed``. What it runs are functions of a module, on values.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from quizzer.core.errors import ArticleError

Item = TypeVar("Item")
Result = TypeVar("Result")
AHEAD = 3  # tasks a worker has waiting: enough never to idle, few enough to hold in memory
MOST = 61  # processes; Windows can wait for no more
PATIENCE = 15  # seconds to wait for a cluster's scheduler


class Crew:
    """Runs a function over many values; results come in the order of the values."""

    def __init__(self, executor: Executor | None = None, *, ahead: int = 1, far: bool = False) -> None:
        self._executor = executor
        self._ahead = ahead
        self.far = far  # whether it may not see this machine's files
        self.alone = executor is None

    def each(self, function: Callable[[Item], Result], values: Iterable[Item]) -> Iterator[Result]:
        """Yield the function's result for each value, in order; values are taken as they are needed.

        Raises:
            ArticleError: a worker died, or a cluster's worker lacks what it needs.
        """
        if self._executor is None:
            yield from map(function, values)
            return
        waiting: deque[Future[Result]] = deque()
        try:
            for value in values:
                waiting.append(self._executor.submit(function, value))
                if len(waiting) >= self._ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise ArticleError("--jobs: a worker process died, perhaps for want of memory. Try again with fewer.") from None
        except ModuleNotFoundError as error:
            if not self.far:
                raise
            raise ArticleError(
                f"--dask: a worker lacks {error.name!r}. Install there what is installed here: quizzer[news,dask]."
            ) from None
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def crew(*, jobs: int = 1, dask: str = "") -> Iterator[Crew]:
    """Give the crew that ``jobs`` (0: as many as there are cores) or the Dask scheduler at ``dask`` makes; gone afterwards.

    Raises:
        ArticleError: ``jobs`` is negative, the cluster cannot be reached, or ``distributed`` is not installed.
    """
    if jobs < 0:
        raise ArticleError(f"--jobs {jobs}: give a number of processes, or 0 for one a core.")
    if dask:
        with _cluster(dask) as cluster:
            yield cluster
        return
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        yield Crew()
        return
    jobs = min(jobs, MOST)
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_settle)
    try:
        yield Crew(pool, ahead=AHEAD * jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _settle() -> None:
    """Make a worker leave Ctrl-C to its parent, and end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Crew]:
    try:
        from distributed import Client
        from distributed.comm.addressing import parse_address, parse_host_port
    except ImportError:
        raise ArticleError('--dask needs the package distributed. Run: pip install "quizzer[dask]"') from None
    try:
        scheme, place = parse_address(address)
        if scheme in ("tcp", "tls"):  # a client that is refused its address complains once more when it is let go
            parse_host_port(place, default_port=0)
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ArticleError(f"--dask {address!r}: no Dask scheduler answers ({reason}). Give its address, as tcp://host:8786.") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ArticleError(f"--dask {address!r}: the cluster has no workers. Start some: dask worker {address}")
        yield Crew(client.get_executor(), ahead=AHEAD * threads, far=True)
