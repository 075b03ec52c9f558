"""How a card stands on the study screen, and what may be done about it now."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from quizzer.tui.reading import urls_of

if TYPE_CHECKING:
    from quizzer.study import AnySession, Feedback, Prompt

Undoing = Literal["turn", "reopen", "last"]


class View(msgspec.Struct, frozen=True):
    """What the session asks now; all empty before it was looked at."""

    prompt: "Prompt | None" = None
    wait_until: datetime | None = None
    can_undo: bool = False
    can_redo: bool = False
    feedback: "Feedback | None" = None  # on an answer that is there already
    is_turned: bool = False  # what was done about its verdict can be taken back
    is_returned: bool = False  # or done again
    turned: str = ""  # what was taken back or done again last, in a line


class Looking:
    """Looks at a session. All of it is for the session's own thread."""

    def __init__(self, session: "AnySession") -> None:
        self._session = session
        self._unseen = False

    def look(self) -> View:
        """Return what the session asks now."""
        session = self._session
        prompt = session.prompt
        turns = session.feedback, session.is_turned, session.is_returned
        view = View(prompt, session.wait_until, session.can_undo, session.can_redo, *turns, session.turned)
        self._unseen = False
        return view

    def after(self, act: Callable[[], object]) -> View:
        """Return what the session asks after ``act``, which is not done twice where it succeeded and looking failed."""
        if not self._unseen:
            act()
            self._unseen = True
        return self.look()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A view, and what came of the card on show since: one of three sorts of feedback at the most."""

    view: View = View()
    feedback: "Feedback | None" = None  # on an answer that is to be rated
    tried: "Feedback | None" = None  # on what was typed first, while the options are on show
    mending: "Feedback | None" = None  # on a near answer that may be mended once

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer to the card, of whatever sort."""
        return bool(self.feedback or self.tried or self.mending)

    def undoing(self, *, unrated: bool) -> Undoing | None:
        """Return what undoing does: turns the verdict back, asks the unrated card again, or takes back what was done last."""
        view = self.view
        if self.feedback is not None and view.is_turned:
            return "turn"
        if unrated and view.prompt is not None:
            return "reopen"
        return "last" if view.can_undo and (view.prompt or view.wait_until) else None  # else it is over

    def redoing(self, *, unrated: bool) -> Undoing | None:
        """Return what redoing does: turns the verdict again, or does again what was taken back last."""
        if self.feedback is not None and self.view.is_returned:
            return "turn"
        return "last" if not unrated and self.view.can_redo else None

    def allows(self, action: str, *, unrated: bool, is_asking_how_sure: bool, has_image: bool, writes: bool) -> bool:
        """Say whether ``action`` makes sense now; ``unrated``: an answer can be taken back before it is rated."""
        view, feedback = self.view, self.feedback
        prompt = view.prompt
        asked = prompt is not None and feedback is None
        sensible = {
            "finish": prompt is None and view.wait_until is not None,
            "overrule": feedback is not None and feedback.verdict is not None,
            "evidence": feedback is not None and bool(feedback.evidence),
            "link": feedback is not None and bool(urls_of(feedback)),
            "hint": prompt is not None and asked and not is_asking_how_sure and len(prompt.hints) < len(prompt.card.hints),
            "undo": unrated or view.can_undo,
            "redo": view.can_redo and (not unrated or (feedback is not None and view.is_returned)),
            "rewrite": feedback is not None and prompt is not None and prompt.leech > 0 and writes,
            "accept": feedback is not None and feedback.acceptable,
            "flag": prompt is not None and writes,
            "history": prompt is not None,
            "edit": prompt is not None,
            "image": has_image,
            "mode": prompt is not None and asked and len(prompt.card.modes) > 1,
            "bury": prompt is not None and writes,
            "suspend": prompt is not None and writes,
        }
        return sensible.get(action, True)
