"""The app of an author over proposals: one screen, in the house's themes and keys."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual import work

from quizzer.tui.house import INTERRUPTED, House
from quizzer.tui.screens.proposals import ProposalsScreen

if TYPE_CHECKING:
    from quizzer.authoring import Account, Sitting


class ProposalsApp(House):
    """Opens on the proposals; leaves when they are accepted or the author goes."""

    def __init__(
        self,
        sitting: "Sitting",
        *,
        theme: str = "",
        keys: Mapping[str, str] = {},
        remember_theme: Callable[[str], None] = lambda _: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(theme=theme, keys=keys, remember_theme=remember_theme)
        self._sitting, self._monotonic = sitting, monotonic
        self.account: Account | None = None

    def on_mount(self) -> None:
        """Open the sitting."""
        self._sit()
        self.say_what_is_odd()

    @work(group="sit")
    async def _sit(self) -> None:
        self.account = await self.push_screen_wait(ProposalsScreen(self._sitting, monotonic=self._monotonic))
        self.exit(0)


def run_proposals(sitting: "Sitting", **given: object) -> "tuple[int, Account | None]":
    """Run the app; return the exit code, and what was written (None: the author left before). See ``quizzer.tui.propose``."""
    app = ProposalsApp(sitting, **given)  # type: ignore[arg-type]
    try:
        code = app.run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    return ((app.return_code or 0) if code is None else code), app.account
