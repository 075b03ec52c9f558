"""A page on which an author decides on questions: keeps and drops them, one or all that are shown, takes that back, does it again."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from quizzer.authoring import Decision, Standing
from quizzer.core.errors import QuizzerError
from quizzer.tui.finding import FindingPage
from quizzer.tui.widgets.text import literal

if TYPE_CHECKING:
    from quizzer.authoring import Sitting

_ACTS = {"keep": "kept", "drop": "dropped"}


class DecidingPage(FindingPage):
    """Keeps a sitting, and goes on after each decision. Subclasses say what comes when all is decided in ``action_accept``."""

    def __init__(self, sitting: "Sitting", *, monotonic: Callable[[], float]) -> None:
        super().__init__(sitting.sifting, monotonic=monotonic)
        self._sitting = sitting

    def action_accept(self) -> None:
        """Ask whether what was decided is to be written."""
        raise NotImplementedError

    def _do(self, act: Decision) -> tuple[str, ...]:
        """Let the sitting do ``act``; a failure is told, and then nothing was done."""
        try:
            return self._sitting.decide(act)
        except QuizzerError as error:
            self.notify(literal(str(error)), severity="error", markup=False)
            return ()

    def action_decide(self, does: str) -> None:
        """Keep or drop the question on show, and go on to the next that is not decided."""
        if not self._guard.lets_through():
            return
        wrong = next((text for severity, text in self._sitting.doubts(self._at) if severity == "error"), "")
        if does == "keep" and wrong:
            self.notify(literal(f"It cannot be kept as it is. {wrong}"), severity="error", markup=False)
            return
        self.app.clear_notifications()
        if (
            self._do(Decision(does="keep" if does == "keep" else "drop", ids=(self._at,)))
            or self._sifting.standing(self._at) is not Standing.OPEN
        ):
            self._go_on()

    def _go_on(self) -> None:
        """Go to the next that is not decided; when all are, ask whether to write."""
        found = self._walk.on()
        self.turn()
        if not self._sifting.counts.open:
            self.action_accept()
        elif not found:
            self.notify("All that is shown is decided. Esc shows the others.", markup=False, timeout=4)

    def action_decide_all(self, does: str) -> None:
        """Keep or drop all that are shown and not decided."""
        ids = self._walk.open
        sound = self._sitting.sound(ids) if does == "keep" else ids
        if sound and self._do(Decision(does="keep" if does == "keep" else "drop", ids=sound)):
            left = f" {len(ids) - len(sound)} cannot be kept as they are." if len(sound) < len(ids) else ""
            self._go_on()
            self.notify(f"{len(sound)} {_ACTS[does]}.{left} Undo takes that back.", markup=False, timeout=4)

    def action_undo(self) -> None:
        """Take back the decision made last."""
        self._go_to(self._do(Decision(does="undo")))

    def action_redo(self) -> None:
        """Make the decision again that was taken back last."""
        self._go_to(self._do(Decision(does="redo")))

    def _go_to(self, touched: Sequence[str]) -> None:
        """Show what was touched, whatever the filter."""
        if touched:
            if len(touched) < 3:
                self._walk.to(touched[0])
            self.turn()
