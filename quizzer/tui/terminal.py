"""The terminal the app stands in: what is done when it goes away, and when the app comes back to it.

Textual reads on and on from a terminal that is gone, and blocks at the first things it cannot paint there; continued after a plain
SIGSTOP, it reads with two threads, and one of them keeps the process from ending.
"""

import asyncio
import os
import select
import time
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App

GRACE = 1.0  # seconds in which the app ends by itself once its terminal is gone; every answer is on the disk before and after
LOOK = 1.0  # seconds between looks at a terminal whose end does not announce itself
INTERRUPTED = 130


class Terminal(LinuxDriver):
    """Paints and reads while there is a terminal; ends the app when there is none any more."""

    def __init__(self, app: "App[Any]", **given: Any) -> None:
        super().__init__(app, **given)
        self._gone = False
        self._watched = False

    def start_application_mode(self) -> None:
        """Take the terminal; where the app was stopped without being told beforehand, it has it still: take it anew."""
        if self._key_thread is not None and self._key_thread.is_alive():
            self.suspend_application_mode()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if not self._watched:
            self._watched = True
            Thread(target=self._watch, args=(asyncio.get_running_loop(),), name="terminal-watch", daemon=True).start()

    def write(self, data: str) -> None:
        """Write, while there is something to write to."""
        if not self._gone:
            super().write(data)

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        poll = select.poll()
        poll.register(self.fileno, 0)  # nothing is asked for: hang-ups are always told
        while os.isatty(self.fileno):
            told = poll.poll(LOOK * 1000)
            if told and not told[0][1] & (select.POLLHUP | select.POLLERR):
                time.sleep(LOOK)  # it cannot be waited for on this system: look now and then
        self._gone = True
        with suppress(RuntimeError):  # the app was left already
            loop.call_soon_threadsafe(self._app.exit, INTERRUPTED)
            time.sleep(GRACE)
        if not loop.is_closed():
            os._exit(INTERRUPTED)  # it waits for the terminal: nobody would ever end it
