"""A page with a deck's questions, the form of one of them, and how its learners will meet it: what is shown, and what is written in it."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import Static

from quizzer.tui.widgets.card_views import CardViews
from quizzer.tui.widgets.edit_form import EditForm
from quizzer.tui.widgets.proposal_form import Text
from quizzer.tui.widgets.question_list import QuestionList
from quizzer.tui.widgets.search_line import SearchLine
from quizzer.tui.writing import Through, WritingPage
from quizzer.tui.written import KIND, NO_CARD, entry_lines, fits, head_of, notes_of, specs_of, views_of, wanted_kind

if TYPE_CHECKING:
    from textual.timer import Timer

    from quizzer.authoring import FieldProblem, Manuscript
    from quizzer.core.kinds import Question

SOON, LATER = 0.1, 0.4  # seconds after the last key: previews and the question's own problems; those of the deck
_ABOUT = "Here a question is shown as your learners will meet it, in every way it can be asked."


class DraftPage(WritingPage):
    """Fills list, form and previews, and takes what is written. Subclasses put them on the page, with a line ``#head``, and bind keys."""

    def __init__(self, manuscript: "Manuscript", *, at: str = "", save: Through | None = None) -> None:
        super().__init__(manuscript, at=at, save=save)
        self._entries, self._form, self._views, self._line = QuestionList(), EditForm(), CardViews(), SearchLine()
        self._words = ""  # that are looked for
        self._found: Sequence[FieldProblem] = ()
        self._unfit: Sequence[FieldProblem] = ()  # texts of the form that cannot be values
        self._later: Timer | None = None
        self._told_unkept = False
        self._goal: str | None = None  # the field to go to once the form is filled
        self._is_filling = False  # what stands in the form is not what is to stand there

    # What the author sees

    def show(self, *, top: bool = False) -> None:  # noqa: D102 - WritingPage's
        self._unfit = ()
        self._list()
        self._is_filling = True
        self._fill(top)
        self._look()
        self._check(0)
        self.refresh_bindings()

    @work(group="fill", exclusive=True)
    async def _fill(self, top: bool) -> None:
        question = self._question(self._at)
        await self._form.show(specs_of(self._manuscript.form(self._at), question.kind if question else ""), of=self._at, top=top)
        self._is_filling = False
        if not self._stands:
            return
        self._tell()
        if self._goal is not None:
            self.write_in(self._goal)

    @property
    def _stands(self) -> bool:
        """Whether the page is there, and what is on it: as it is left, its parts go before it does."""
        return self.is_attached and self._form.is_attached and self._entries.is_attached and bool(self.query("#head"))

    def _question(self, name: str) -> "Question | None":
        return self._manuscript.question(name) if name else None

    def _list(self) -> None:
        """Draw the list, and the head."""
        deck, manuscript = self._manuscript.deck, self._manuscript
        wanted = {one.id for one in deck.questions if fits(one, self._words)} | {self._at}
        lines = entry_lines(deck, self._found, manuscript.changed_ids)
        self._entries.show([line for line in lines if line.id in wanted or not (line.id or self._words)], at=self._at)
        self._head()

    def _head(self) -> None:
        manuscript = self._manuscript
        head = head_of(manuscript.path.name, manuscript.deck, self._found, changed=manuscript.changed, words=self._words)
        self.query_one("#head", Static).update(head, layout=False)

    def _look(self) -> None:
        """Draw the previews."""
        question = self._question(self._at)
        self._views.show(_ABOUT if question is None else views_of(self._manuscript.deck, question) or NO_CARD)

    def _tell(self) -> None:
        """Tell what was found in the entry, beside its fields."""
        self._form.tell(notes_of([*self._unfit, *self._found], self._at), rest="✓ nothing wrong with it")

    @work(group="check", exclusive=True)
    async def _check(self, wait: float) -> None:
        """Find what is wrong with the deck, once the author pauses."""
        await asyncio.sleep(wait)
        found = await asyncio.to_thread(lambda: self._manuscript.problems)
        if self._stands:
            if self._manuscript.unkept and not self._told_unkept:
                self._told_unkept = True
                self.tell(f"{self._manuscript.unkept} Save often.", wrong=True)
            self._found = found
            self._list()
            self._tell()
            self.refresh_bindings()

    # What the author writes

    @on(EditForm.Changed)
    def _written(self, event: EditForm.Changed) -> None:
        if self._is_saving or (self._is_filling and event.of == self._at):  # it is taken then; it is about to be written over
            return
        self._take(event.of, event.texts)
        self._head()
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(SOON, self._look_again)
        self._check(LATER)

    def take_form(self) -> bool:  # noqa: D102 - WritingPage's
        if self._form.of == self._at and not (self._is_filling or self._is_saving):
            self._take(self._at, self._form.texts)
        return not self._unfit

    def named(self, names: Mapping[str, str]) -> None:  # noqa: D102 - WritingPage's
        self._form.of = names.get(self._form.of, self._form.of)
        self._at = names.get(self._at, self._at)
        self._is_saving = False
        self.take_form()  # what was written while it was saved
        super().named({})

    @on(EditForm.Left)
    def _left(self) -> None:
        self._manuscript.part()

    def _take(self, name: str, texts: Mapping[str, str]) -> None:
        if name and name not in self._ids:  # deleted meanwhile
            return
        before = self._question(name)
        kind, unfit = wanted_kind(before, texts)
        if kind:
            self._manuscript.cast(name, kind)
        else:
            unfit = [*unfit, *self._manuscript.fill(name, {field: text for field, text in texts.items() if field != KIND})]
        if name == self._at:
            self._unfit = unfit
            after, deck = self._question(name), self._manuscript.deck
            if kind or (len(after.evidence) if after else len(deck.sources)) != self._form.pieces:
                self._is_filling = True
                self._fill(False)

    def _look_again(self) -> None:
        own = self._manuscript.problems_of(self._at)
        self._found = [*own, *(one for one in self._found if one.question != self._at)]
        self._list()
        self._tell()
        self._look()
        self.refresh_bindings()

    def go_to(self, name: str) -> None:  # noqa: D102 - WritingPage's
        if not self.take_form():
            self.tell(f"Not kept: {self._unfit[0].message}", wrong=True)
        super().go_to(name)

    @on(Text.Saved)
    def action_save(self) -> None:  # noqa: D102 - WritingPage's
        if self.take_form():
            super().action_save()
        else:
            self.tell(f"Not saved: {self._unfit[0].message}", wrong=True)
            self._form.go_to(self._unfit[0].field)

    # Going about

    @on(QuestionList.Moved)
    def arrive(self) -> None:  # noqa: D102 - WritingPage's
        at = self._entries.at
        if at is not None and at != self._at and any(line.id == self._at for line in self._entries.shown):
            self.go_to(at)

    def action_step(self, by: int) -> None:
        """Go to the next entry of the list, or the one before, and write on there."""
        names = [line.id for line in self._entries.shown]
        if self._at in names and 0 <= (place := names.index(self._at) + by) < len(names):
            writing = bool(self._form.field)
            self.go_to(names[place])
            if writing:
                self.write_in("")

    def write_in(self, field: str) -> None:
        """Give the keyboard to a field (none of that name: the first), once the form is filled."""
        self._goal = field if self._is_filling else None
        if not self._is_filling:
            self._form.call_after_refresh(self._form.go_to, field)

    def action_problem(self) -> None:
        """Go to the next problem: of this entry, then of those behind it, then from the first again."""
        order = {name: place for place, name in enumerate(["", *self._ids])}
        spots = list(dict.fromkeys((one.question, one.field) for one in self._found if one.severity in ("error", "warning")))
        spots.sort(key=lambda spot: order.get(spot[0], 0))
        if not spots:
            self.tell("Nothing is wrong.", timeout=2)
            return
        here = (self._at, self._form.field)
        if here in spots:
            spot = spots[(spots.index(here) + 1) % len(spots)]
        else:
            spot = next((one for one in spots if order.get(one[0], 0) >= order[self._at]), spots[0])
        if spot[0] != self._at:
            self.go_to(spot[0])
        self.write_in(spot[1])

    # Looking for words

    def action_search(self) -> None:
        """Look for words."""
        self._line.open(self._words)

    @on(SearchLine.Typed)
    def _typed(self, event: SearchLine.Typed) -> None:
        self._words = event.words
        self._list()

    @on(SearchLine.Done)
    def _searched(self) -> None:
        self._line.close()
        self._entries.focus()
        found = [one.id for one in self._manuscript.deck.questions if fits(one, self._words)]
        if found and self._at not in found:
            self.go_to(found[0])

    def show_all(self) -> None:
        """Look at all questions again."""
        self._words = ""
        self._line.close(clear=True)
        self._list()
        self._entries.focus()
