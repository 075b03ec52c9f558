"""A program that runs quizzer's command line in children of its own and kills each at a step. Run by test_kill.

A line in: JSON of the folder, the words of the command, and the step before which to die: how many files were opened for writing,
renamed, removed or locked, or a progress file opened, from 1; or after so many seconds where it is no whole number. A line out: the
exit code, negative for the signal.
"""

import json
import os
import signal
import sqlite3  # as quizzer below: loaded once for all children
import sys
import threading
import time

import quizzer.authoring.regrouping
import quizzer.cli
import quizzer.cli.given
import quizzer.deckfile
import quizzer.settings
import quizzer.store
import quizzer.study

STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.chmod", "fcntl.flock", "sqlite3.connect"}


def die_at(step: int) -> None:
    left = step

    def watch(event: str, told: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS or (event == "open" and isinstance(told[2], int) and told[2] & (os.O_WRONLY | os.O_RDWR)):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def die_after(seconds: float) -> None:
    def wait() -> None:
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    for line in sys.stdin:
        folder, words, step = json.loads(line)
        child = os.fork()
        if child == 0:
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1):
                os.dup2(null, stream)
            os.chdir(folder)
            os.environ["QUIZZER_WORKSPACE"] = folder
            sys.argv = ["quizzer", *words]
            if isinstance(step, int):
                die_at(step)
            else:
                die_after(step)
            quizzer.cli.main()
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    assert sqlite3
    main()
