"""``python -m quizzer`` as a process of its own, begun in a fraction of the time: forked from one that has loaded what it needs.

The process has its own streams, folder, environment and exit code, like any other; only its imports (and spaCy's model, for those who
read articles) are made once for all runs of a test worker. Where there is no fork, every run begins from nothing.

``run_here`` is faster still, for commands that need no process of their own: theirs is the test's.
"""

import atexit
import contextlib
import gc
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import quizzer
from quizzer.cli import main

TIMEOUT = 120  # seconds
_ENDS_WITHIN = 10
_ARTICLE = Path(__file__).parent / "data" / "articles" / "mine-rescue.txt"
_DECK = Path(__file__).parent.parent / "decks" / "zero-tolerance.yaml"
_SERVER = """
import atexit, contextlib, gc, io, json, os, pkgutil, signal, socket, sys, tempfile, threading
door = socket.socket(fileno=int(sys.argv[1]))
import quizzer.cli, sqlite_utils, sqlite_utils.migrations, tabulate, tomlkit, tzlocal, yaml
for room in ("core", "deckfile", "store", "study", "authoring", "formats", "settings", "workspace", "cli", "plain", "paper"):
    __import__(f"quizzer.{room}")
    for module in pkgutil.walk_packages(getattr(sys.modules[f"quizzer.{room}"], "__path__", ()), f"quizzer.{room}."):
        with contextlib.suppress(ImportError):  # an extra that is not installed
            __import__(module.name)
with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    quizzer.cli.cli.main(["check", sys.argv[4]], standalone_mode=False)
    if sys.argv[2] == "news":
        import quizzer.news
        quizzer.cli.cli.main(["generate", "--yes", "-o", folder + "/deck.yaml", sys.argv[3]], standalone_mode=False)
gc.collect()
gc.freeze()  # else each run looks for garbage among what it was given, and copies all of it

def program():
    # end as a process ends, but for taking apart what was given: half of the time of a short run
    try:
        quizzer.cli.main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = 120
    os._exit(code)

while True:
    asked, streams, _, _ = socket.recv_fds(door, 1 << 20, 3)
    if not asked:
        break
    words, folder, environment = json.loads(asked)
    child = os.fork()
    if child == 0:
        door.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["quizzer", *words]
        program()
    for stream in streams:
        os.close(stream)
    door.sendall(json.dumps(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode() + b"\\n")
"""


@cache
def _server(what: str) -> socket.socket:
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(theirs.fileno()), what, str(_ARTICLE), str(_DECK)],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(Path(quizzer.__file__).parents[1])},
    )
    theirs.close()
    ours.settimeout(TIMEOUT)

    def end() -> None:
        ours.close()
        process.wait(_ENDS_WITHIN)

    atexit.register(end)
    return ours


def run(
    words: Sequence[str | Path], *, folder: Path, stdin: bytes = b"", news: bool = False, environment: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    """Run ``quizzer WORDS`` in ``folder`` and return what it printed; ``news``: it will read an article."""
    given = [os.fspath(word) for word in words]
    env = {**os.environ, "PYTHONUTF8": "1", **environment}
    if not hasattr(os, "fork") or any(name.startswith(("PYTHON", "LC_", "LANG")) for name in environment):
        done = subprocess.run(
            [sys.executable, "-m", "quizzer", *given], cwd=folder, input=stdin, capture_output=True, env=env, timeout=TIMEOUT
        )
        return subprocess.CompletedProcess(given, done.returncode, done.stdout.decode(), done.stderr.decode())
    with tempfile.TemporaryFile() as into, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        into.write(stdin)
        into.seek(0)
        server = _server("news" if news else "")
        socket.send_fds(server, [json.dumps([given, os.fspath(folder), env]).encode()], [stream.fileno() for stream in (into, out, errors)])
        told = b""
        while not told.endswith(b"\n"):
            piece = server.recv(64)
            assert piece, "the process that others are forked from is gone"
            told += piece
        printed = []
        for stream in (out, errors):
            stream.seek(0)
            printed.append(stream.read().decode())
    return subprocess.CompletedProcess(given, json.loads(told), *printed)


def run_here(words: Sequence[str], *, folder: Path, stdin: bytes = b"") -> tuple[str, int]:
    """Run ``quizzer WORDS`` in the process of the test, and return what it printed, on either stream, and its exit code."""
    printed = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    before, threshold = (sys.argv, sys.stdin), gc.get_threshold()
    with (
        tempfile.TemporaryFile() as file,
        contextlib.chdir(folder),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        file.write(stdin)
        file.seek(0)
        sys.argv, sys.stdin = ["quizzer", *words], io.TextIOWrapper(file, "utf-8")
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        finally:
            sys.argv, sys.stdin = before
            gc.set_threshold(*threshold)
    return printed.buffer.getvalue().decode(), int(code or 0)
