"""Study: ask, reveal, rate."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizzer.core.model import Mode, Verdict
from quizzer.tui.album import Album
from quizzer.tui.desk import Desk, Errands
from quizzer.tui.graphics import BLOCKS, Drawing
from quizzer.tui.guard import Guard
from quizzer.tui.messages import ImageRequested, LinkRequested
from quizzer.tui.page import Offers, Page
from quizzer.tui.reading import (
    MODE_PHRASES,
    MODE_WORDS,
    answered_of,
    asked_of,
    is_surprise,
    left_of,
    mend_of,
    next_mode,
    outcome_of,
    said_of,
    urls_of,
    waiting,
    word_for,
)
from quizzer.tui.requests import EditRequested, HistoryRequested, RewriteRequested
from quizzer.tui.standing import Looking, Standing, View
from quizzer.tui.widgets.image_box import ImageBox
from quizzer.tui.widgets.question import Question, Ratings
from quizzer.tui.widgets.rating_bar import RatingBar
from quizzer.tui.widgets.study_header import StudyHeader

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from quizzer import study
    from quizzer.study import AnySession, Prompt

Ending = Literal["finished", "left"]


class StudyScreen(Page[Ending]):
    """One session: dismissed with "finished" when nothing is left or the learner ends it, with "left" when they go away."""

    CSS_PATH = "study.tcss"
    BINDING_GROUP_TITLE = "Any card"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", "End the session", id="study.finish"),
        Binding("o", "overrule", "Overrule the grader", id="study.overrule"),
        Binding("a", "accept", "Accept it always", id="study.accept"),
        Binding("w", "rewrite", "Mend the question", id="study.rewrite"),
        Binding("p", "evidence", "Passage", id="study.evidence"),
        Binding("h,ctrl+n", "hint", "Hint", id="study.hint"),
        Binding("v,f8", "image", "Image", id="study.image"),
        Binding("u,ctrl+z", "undo", "Undo", id="study.undo"),
        Binding("r,ctrl+y", "redo", "Redo", id="study.redo"),
        Binding("m,ctrl+t", "mode", "Mode", id="study.mode"),
        Binding("e,f4", "edit", "Edit", id="study.edit"),
        Binding("minus,ctrl+b", "bury", "Bury", id="study.bury"),
        Binding("exclamation_mark,ctrl+s", "suspend", "Suspend", id="study.suspend"),
        Binding("question_mark,f1", "app.help", "Help", id="study.help"),
        Binding("escape,q", "leave", "Leave", id="study.leave"),
        Binding("f,f6", "flag", "Flag, or take the flag away", id="study.flag", show=False),
        Binding("i,f7", "history", "The card's history", id="study.history", show=False),
        Binding("l", "link", "Open the source in the browser", id="study.link", show=False),
        Binding("down,j", "scroll(1)", "Scroll down", id="study.down", show=False),
        Binding("up,k", "scroll(-1)", "Scroll up", id="study.up", show=False),
        Binding("pagedown", "scroll(8)", "Page down", id="study.page_down", show=False),
        Binding("pageup", "scroll(-8)", "Page up", id="study.page_up", show=False),
    ]

    def __init__(
        self,
        session: "AnySession",
        desk: Desk,
        *,
        title: str,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        drawing: Drawing = BLOCKS,
    ) -> None:
        super().__init__()
        self._session, self._looking, self._clock = session, Looking(session), clock
        self._guard = Guard(monotonic)
        self._header, self._question = StudyHeader(title), Question(self._guard, ImageBox(drawing))
        self._album = Album(self._question, self._guard)
        self._errands = Errands(self, desk)
        self._now = Standing()
        self._pinned: Mode | None = None
        self._evidence_open = True

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        yield self._header
        yield self._question

    def on_mount(self) -> None:
        """Ask the first question."""
        self.set_interval(1, self._tick)
        self._errands.run(self._looking.look, self._show, failed=lambda: self.dismiss("left"))

    @property
    def _unrated(self) -> bool:
        """Whether there is an answer to the card on show, which can be taken back before it is rated."""
        return self._now.is_answered or self._question.is_asking_how_sure

    # Between the learner and the session

    def _act(self, act: Callable[[], object], *, told: str = "", guarded: bool = True) -> None:
        """Let the session do something that brings on another card; ``guarded``: not by a key that bounced.

        In ``told``, ``{}`` stands for what was taken back or done again.
        """

        def then(view: View) -> None:
            self._show(view)
            if told:
                self.notify(told.format(view.turned), markup=False, timeout=3)

        if not guarded or self._guard.lets_through():
            self._errands.run(lambda: self._looking.after(act), then)

    # What the learner sees

    def _show(self, view: View) -> None:
        if self._now.view != View():  # what was told at the start is told until the next card
            self.app.clear_notifications()
        self._now = Standing(view=view)
        prompt = view.prompt
        if prompt is None and view.wait_until is None:
            self.dismiss("finished")
            return
        with self.app.batch_update():
            if prompt is not None:
                self._show_header(prompt)
                self._ask(prompt, answered=view.feedback is not None)
            else:
                self._album.turn(None)
        if view.feedback is not None:
            self._reveal(view.feedback)
        self._guard.turn()
        self._tick()
        self.refresh_bindings()

    def _show_header(self, prompt: "Prompt") -> None:
        mode = MODE_WORDS[prompt.mode] + ("  ⚑" if prompt.flagged else "")
        self._header.show(left_of(prompt), title=prompt.deck_title, mode=mode)

    def _ask(self, prompt: "Prompt", *, typed: str = "", answered: bool = False) -> None:
        self._question.ask(asked_of(prompt, typed=typed), answered=answered)
        self._album.turn(prompt)

    def _reopen(self, prompt: "Prompt", view: View) -> None:
        """Ask the card on show again: its answer was graded, but not rated, so that nothing is to be voided."""
        before = self._now
        feedback = before.feedback or before.tried or before.mending
        typed = feedback.response if feedback and prompt.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE) else None
        self._now = Standing(view=msgspec.structs.replace(view, prompt=prompt))
        self.app.clear_notifications()
        with self.app.batch_update():
            self._ask(prompt, typed=typed or "")
        self._guard.turn()
        self.refresh_bindings()

    def _reveal(self, feedback: "study.Feedback") -> None:
        prompt = self._now.view.prompt
        if prompt is None:
            return
        if feedback.again:
            self._mend(prompt, feedback)
            return
        if feedback.then:
            self._offer(prompt, feedback)
            return
        self._now = Standing(view=self._now.view, feedback=feedback, tried=self._now.tried)
        with self.app.batch_update():
            outcome, answered = outcome_of(prompt, feedback), answered_of(prompt, feedback)
            ratings = Ratings(feedback.intervals, feedback.suggested)
            opened = self._evidence_open or bool(prompt.leech) or is_surprise(feedback)
            self._question.reveal(outcome, answered, ratings, evidence_open=opened)
            self._album.turn(prompt, answered=True)
        self._guard.turn()
        self._errands.run_later(self._session.rest, seconds=0.5)  # while the learner reads
        self.refresh_bindings()

    def _mend(self, prompt: "Prompt", feedback: "study.Feedback") -> None:
        """What was typed is near: let the learner mend it, once."""
        self._now = Standing(view=self._now.view, mending=feedback)
        with self.app.batch_update():
            self._question.ask(asked_of(prompt, typed=feedback.response or "", said=mend_of(feedback))._replace(confidence=False))
        self._guard.turn()
        self.refresh_bindings()

    def _offer(self, prompt: "Prompt", feedback: "study.Feedback") -> None:
        """What was typed first is not right: let the learner choose."""
        self._now = Standing(view=self._now.view, tried=feedback)
        with self.app.batch_update():
            self._question.offer(asked_of(prompt, said=said_of(feedback)))
        self._guard.turn()
        self.refresh_bindings()

    def _see(self, **changed: object) -> None:
        """Take these parts of the view as changed."""
        self._now = msgspec.structs.replace(self._now, view=msgspec.structs.replace(self._now.view, **changed))

    def _tick(self) -> None:
        """Say how long until the next learning card, and ask it when its time has come."""
        until = self._now.view.wait_until
        if self._now.view.prompt is not None or until is None:
            return
        seconds = (until - self._clock()).total_seconds()
        if seconds <= 0:
            self._errands.run(self._looking.look, self._show)
            return
        self._question.say(waiting(seconds))

    def take_focus(self) -> None:
        """Give the keyboard to what answers or rates."""
        if self._now.view.prompt is not None:
            self._question.take_focus()

    # What the learner does

    @on(Question.Responded)
    def _check(self, event: Question.Responded) -> None:
        if self._now.feedback is None:
            sure = self._now.mending.sure if self._now.mending else event.sure  # asked with the first answer
            self._errands.run(lambda: self._session.check(event.response, sure=sure), self._reveal)

    @on(RatingBar.Rated)
    def _rate(self, event: RatingBar.Rated) -> None:
        if self._now.feedback is not None:
            self._act(lambda: self._session.answer(event.rating))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which actions make sense now."""
        allowed = self._now.allows(
            action,
            unrated=self._unrated,
            is_asking_how_sure=self._question.is_asking_how_sure,
            has_image=self._album.is_open,
            writes=self._session.writes,
        )
        return allowed and super().check_action(action, parameters)

    def word_for(self, action: str) -> str | None:
        """Say which hint is next, and what overruling and undoing would do."""
        return (
            "Leave it near"
            if action == "leave" and self._now.mending
            else word_for(action, self._now.view.prompt, self._now.feedback, unrated=self._unrated)
        )

    @property
    def in_use(self) -> "Sequence[DOMNode]":
        """The means of answering while a card is asked, and rating afterwards."""
        part = self._question.in_use
        return () if part is None else (part,)

    def offers(self) -> Offers:
        """Offer the ways of asking, the flag and the card's history."""
        return [
            ("Flag this card", "Or take its flag away", self.action_flag),
            ("History of this card", "Every answer, and what was known then", self.action_history),
            ("Edit this question", "In the editor, with its whole deck", self.action_edit),
            *self._ways(),
        ]

    def _ways(self) -> Offers:
        return [(f"Ask by {MODE_PHRASES[mode]}", "From here on", partial(self.set_mode, mode)) for mode in MODE_PHRASES]

    def action_finish(self) -> None:
        """End the session though a card is still being learnt."""
        self.dismiss("finished")

    def action_leave(self) -> None:
        """Go back; the place is kept. Who is asked to mend an answer leaves it as it was instead."""
        if near := self._now.mending:
            self._errands.run(lambda: self._session.check(near.response, sure=near.sure), self._reveal)
        else:
            self.dismiss("left")

    def action_overrule(self) -> None:
        """Count the answer as right when it was not, and as wrong when it was."""
        if self._now.feedback is not None:
            verdict = Verdict.WRONG if self._now.feedback.verdict is Verdict.RIGHT else Verdict.RIGHT
            self._turn(lambda: self._session.overrule(verdict))

    def action_accept(self) -> None:
        """Add the answer to what the deck accepts."""
        if self._now.feedback is not None and self._now.feedback.acceptable:
            self._turn(self._session.accept, told="Added to the deck: from now on it is right. Undo takes it out.")

    def action_rewrite(self) -> None:
        """Mend the question of a card that is forgotten again and again."""
        if self._now.view.prompt is not None:
            self.post_message(RewriteRequested(self._now.view.prompt.card))

    def action_edit(self) -> None:
        """Open the editor at the question of the card on show."""
        if self._now.view.prompt is not None:
            card = self._now.view.prompt.card
            self.post_message(EditRequested(card.deck, card.question))

    def edited(self) -> None:
        """Go on with the deck as the editor left it: the card on show is as it is now, or another where it is gone."""
        self._errands.run(self._looking.look, self._show)

    def look_again(self) -> None:
        """Look at what is on show once more: its question was mended. A response to it stays."""
        if self._now.feedback is not None:
            self._turn(lambda: None)
        else:
            self._errands.run(self._looking.look, self._show)

    def _turn(self, act: Callable[[], object], *, told: str = "") -> None:
        """Let the session do something about the verdict of the answer on show, which stays."""

        def work() -> View:
            act()
            return self._looking.look()

        def then(view: View) -> None:
            before = self._now.view.prompt
            self._now = msgspec.structs.replace(self._now, view=view)
            if before is not None and view.prompt is not None and before.card != view.prompt.card:  # it reads otherwise now
                self._show(view)
            elif view.feedback is not None:
                self._reveal(view.feedback)
            if told:
                self.notify(told.format(view.turned), markup=False, timeout=4)

        self._errands.run(work, then)

    def action_hint(self) -> None:
        """Show the next hint."""
        self._errands.run(self._session.hint, self._hinted)

    def _hinted(self, prompt: "Prompt | None") -> None:
        if prompt is not None and self._now.feedback is None and self._now.view.prompt is not None:
            self._see(prompt=prompt)
            self._question.show_hints(prompt.hints, of=len(prompt.card.hints))
            self.refresh_bindings()

    def action_undo(self) -> None:
        """Take back what was done last: an answer not yet rated, else the last rating, whose card is on show again.

        Every press counts, however quick: each is done in its turn.
        """
        self._errands.in_turn(self._undo)

    def _undo(self) -> None:
        if self._question.take_back():
            self.refresh_bindings()
            return
        prompt = self._now.view.prompt

        def reopen() -> View:
            self._session.reopen()
            return self._looking.look()

        match self._now.undoing(unrated=self._unrated):
            case "turn":
                self._turn(self._session.undo, told="Taken back: {}")
            case "reopen" if prompt is not None:
                self._errands.run(reopen, lambda view: self._reopen(prompt, view))
            case "last":
                self._act(self._session.undo, told="Taken back: {}", guarded=False)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._errands.in_turn(self._redo)

    def _redo(self) -> None:
        match self._now.redoing(unrated=self._unrated):
            case "turn":
                self._turn(self._session.redo, told="Done again: {}")
            case "last":
                self._act(self._session.redo, told="Done again: {}", guarded=False)

    def action_flag(self) -> None:
        """Flag the card, or take its flag away; it stays on show."""
        self._errands.run(self._session.flag, self._flagged)

    def _flagged(self, prompt: "Prompt | None") -> None:
        if prompt is not None:
            self._see(prompt=prompt, can_undo=True, can_redo=False)
            self._show_header(prompt)
            self.refresh_bindings()
            told = "Flagged: `quizzer flagged` lists it." if prompt.flagged else "The flag is taken off."
            self.notify(told, markup=False, timeout=3)

    def action_history(self) -> None:
        """Show all that was done to the card."""
        answered = self._now.feedback is not None
        self._errands.run(self._session.card_past, lambda past: self.post_message(HistoryRequested(past, answered)))

    def action_bury(self) -> None:
        """Not again before the next study day."""
        self._act(self._session.bury, told="Buried until tomorrow. Undo takes that back.")

    def action_suspend(self) -> None:
        """Never ask the card again."""
        self._act(self._session.suspend, told="Suspended: it will not be asked again. Undo takes that back.")

    def action_mode(self) -> None:
        """Ask the card in the next of its modes; after the last, as the deck and what you know suggest."""
        prompt = self._now.view.prompt
        if prompt is not None:
            self.set_mode(next_mode(prompt.card.modes, asked=prompt.mode, pinned=self._pinned))

    def set_mode(self, mode: Mode | None) -> None:
        """Ask in ``mode`` where a card can be from now on; None: as the deck and what you know suggest."""

        def change() -> None:
            self._session.set_mode(mode)
            self._pinned = mode

        self._act(change, told=f"From here on: {MODE_PHRASES.get(mode, 'as they can be')}.")

    def action_evidence(self) -> None:
        """Open or close the evidence, here and from now on."""
        self._evidence_open = not self._evidence_open
        if self._now.feedback is not None:
            self._question.open_evidence(self._evidence_open)

    def action_image(self) -> None:
        """Show the image on the whole screen."""
        self.post_message(ImageRequested(self._album.sights))

    def action_link(self) -> None:
        """Open the first source's address."""
        self.post_message(LinkRequested(urls_of(self._now.feedback)[0]))

    def action_scroll(self, lines: int) -> None:
        """Scroll a long question."""
        self._question.sheet.scroll_lines(lines)
