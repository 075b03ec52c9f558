"""The response to the card on show: graded, mended, overruled, added to the deck; and the question itself mended."""

import contextlib
from collections.abc import Callable

import msgspec

from quizzer.core.errors import ProgressError
from quizzer.core.kinds import Question
from quizzer.core.model import Card, Confidence, Mode, Verdict
from quizzer.store import Pending
from quizzer.study.checking import LONGEST_RESPONSE, check, overruled
from quizzer.study.course import VERDICTS, Checked, Show
from quizzer.study.editing import can_accept
from quizzer.study.mending import may_be_mended, to_mend
from quizzer.study.prompts import Feedback, Prompt
from quizzer.study.sitting import Sitting


class Responding(Sitting):
    """A sitting whose card on show is answered; nothing of this is a review yet."""

    def check(self, response: str | int | None, *, sure: Confidence | None = None) -> Feedback:
        """Grade: an option's index in choose mode, text in type mode, the digits of an order ("2 3 1") in order mode, a letter
        for each number ("1b 2a") in match mode, None to reveal. To type first and choose then: the text, and where the feedback
        says ``then``, an option's index.

        Total for any text and number; None where an answer was asked for, or an option that is not there, is wrong. ``sure``
        is how sure the learner is; it is not logged. Where the feedback says ``again``, the response may be mended once: checked again,
        it is final, and graded as if it had been the first.
        """
        checked = self._graded(response, sure=sure)
        prompt = self._course.prompt(self._on_show(), done=len(self._doings.reviews))
        if self._course.lets_mend(prompt.card) and may_be_mended(prompt, checked.feedback):
            self._show = msgspec.structs.replace(self._on_show(), second=True)
            self._checked = msgspec.structs.replace(checked, final=False)
            return to_mend(prompt, checked.feedback)
        self._forget_turns()
        self._checked = checked
        return checked.feedback

    @property
    def feedback(self) -> Feedback | None:
        """The feedback on the response to the card on show, once that is final; None before."""
        return self._checked.feedback if self._checked and self._checked.final else None

    def reopen(self) -> Prompt | None:
        """Take back the response to the card on show, which is not rated yet."""
        self._forget_turns()
        self._checked = None
        return self.prompt

    def hint(self) -> Prompt | None:
        """Reveal the next hint of the card on show, where one is left; return the prompt. A check is void with it."""
        show = self._show
        if show and show.hints < len(show.card.hints):
            self._forget_turns()
            self._show, self._checked = msgspec.structs.replace(show, hints=show.hints + 1), None
        return self.prompt

    def overrule(self, verdict: Verdict) -> Feedback:
        """Put the learner's verdict in place of the grader's, before rating; it is kept, and can be taken back."""
        checked = self._response()
        return self._turned(msgspec.structs.replace(checked, turns=(*checked.turns, verdict.value), undone=(), final=True))

    def accept(self) -> Feedback:
        """Add the response, which the learner made right, to what the deck accepts.

        Raises:
            DeckError: it cannot be added; nothing was written.
        """
        checked = self._response()
        change = self._edits.accept(self._on_show().card, checked.graded)
        self._edited(change)
        return self._turned(msgspec.structs.replace(checked, turns=(*checked.turns, change.id), undone=()))

    @property
    def question(self) -> Question:
        """The question of the card on show, as its deck has it."""
        return self._edits.question(self._on_show().card.deck, self._on_show().card.question)

    def rewrite(self, deck: str, question: Question, *, instead_of: Question | None = None) -> Prompt | None:
        """Put ``question`` in the place of the one of its id in the deck's file; what is on show stays, with its response.

        With ``instead_of``, the question as it was when its mending began, what else was changed in it since then stays.

        Raises:
            DeckError: it cannot be done; nothing was written.
        """
        change = self._edits.rewrite(deck, question, instead_of=instead_of)
        if change:
            self._edited(change)
            checked = self._checked
            if checked and checked.final:
                self._turned(msgspec.structs.replace(checked, turns=(*checked.turns, change.id), undone=()))
        return self.prompt

    def written(self, deck: str, write: Callable[[], object]) -> Prompt | None:
        """Let ``write`` change the deck's file, and go on with what it holds then; what was mended can be taken back.

        The card on show is asked as it is now. Its response stays where it answers the same: the key and the options are as they were.

        Raises:
            DeckError: as of ``Edits.written``.
        """
        changes = self._edits.written(deck, write)
        if changes:
            self._doings.add(*changes)
        self._changed = None
        show = self._show
        if show and show.card.deck == deck:
            card = self._course.card(show.card.id)
            if card is None:
                self._show = self._checked = None
            elif card != show.card:
                self._show_changed(show, card, [change.id for change in changes])
        self._load()
        return self.prompt

    @property
    def is_turned(self) -> bool:
        """Whether ``undo`` takes back what was done about the response to the card on show: an overruled verdict, an edit."""
        return bool(self._checked and self._checked.turns)

    @property
    def is_returned(self) -> bool:
        """Whether ``redo`` does again what was taken back of that."""
        return bool(self._checked and self._checked.undone)

    # inside

    def _show_changed(self, old: Show, card: Card, edits: list[str]) -> None:
        """Show what has become of the card on show, with the response to it where that still answers it."""
        show = self._course.show(card, old.shown_at, wishes=(self._wish, old.mode), state=old.state)
        same = card.fingerprint == old.card.fingerprint and (show.mode, show.options) == (old.mode, old.options)
        checked = self._checked if same and self._checked and self._checked.final and not self._checked.feedback.then else None
        self._show = msgspec.structs.replace(show, hints=min(old.hints, len(card.hints)), tried=old.tried if checked else "")
        self._checked = None
        if checked:
            again = self._graded(checked.given, sure=checked.feedback.sure)
            turns = (*checked.turns, *edits)
            self._turned(msgspec.structs.replace(again, turns=turns, undone=(), duration_ms=checked.duration_ms, day=checked.day))
        else:
            self._progress.set_place(self._scope, self._show.place)

    def _forget_turns(self) -> None:
        """Keep the response to the card on show no longer, where it was kept."""
        if self._checked and self._show and (self._checked.turns or self._checked.undone):
            self._progress.set_place(self._scope, self._show.place)

    def _graded(self, response: str | int | None, *, sure: Confidence | None) -> Checked:
        if isinstance(response, str) and self._on_show().mode is Mode.TYPE_THEN_CHOOSE:
            self._show = msgspec.structs.replace(self._on_show(), tried=response[:LONGEST_RESPONSE])
        show, now = self._on_show(), self._logbook.now()
        day = self._logbook.day(now)
        dealt = self._course.decks[show.card.deck]
        outcomes = self._course.outcomes(show, at=now, day=day)
        feedback = check(
            self._course.prompt(show, done=len(self._doings.reviews)),
            response,
            known=lambda: dealt.known,
            intervals={rating: outcome.granted for rating, outcome in outcomes.items()},
            sources=dealt.sources,
            sure=sure,
        )
        duration = max(0, round((now - show.shown_at).total_seconds() * 1000))
        given = response[:LONGEST_RESPONSE] if isinstance(response, str) else response
        return Checked(feedback=feedback, graded=feedback, given=given, outcomes=outcomes, day=day, duration_ms=duration)

    def _turned(self, checked: Checked) -> Feedback:
        """Let the last of the turns count, durably."""
        verdicts = [turn for turn in checked.turns if turn in VERDICTS]
        feedback = overruled(checked.graded, Verdict(verdicts[-1])) if verdicts else checked.graded
        if verdicts and feedback.verdict is Verdict.RIGHT is not checked.graded.verdict and set(checked.turns) <= VERDICTS:
            feedback = msgspec.structs.replace(feedback, acceptable=self._can_accept(checked.graded))
        checked = msgspec.structs.replace(checked, feedback=feedback)
        self._progress.set_place(self._scope, self._on_show().place_with(checked))
        self._checked = checked
        return feedback

    def _can_accept(self, graded: Feedback) -> bool:
        show = self._on_show()
        dealt = self._course.decks[show.card.deck]
        typed = show.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE) and dealt.path is not None
        question = dealt.question(show.card.question) if typed else None
        return question is not None and can_accept(show.card, question, graded)

    def _recall(self, pending: Pending) -> None:
        """Answer the card on show as it was answered, with what was done about the verdict."""
        self._show = msgspec.structs.replace(
            self._on_show(), tried=pending.tried, hints=min(pending.hints, len(self._on_show().card.hints)), second=pending.second
        )
        checked = self._graded(pending.response, sure=pending.sure)
        if pending.graded and checked.graded.verdict is not pending.graded:  # the deck has learnt since
            checked = msgspec.structs.replace(checked, graded=overruled(checked.graded, pending.graded, note=pending.note))
        checked = msgspec.structs.replace(
            checked,
            turns=pending.turns,
            undone=pending.undone,
            duration_ms=pending.duration_ms,
        )
        self._checked = checked
        with contextlib.suppress(ProgressError, ValueError):  # ValueError: a turn of a newer quizzer
            self._turned(checked)
