"""A page on which an author writes a deck: acts on its questions, undo and redo, saving, leaving. What is shown is the subclass's."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import work

from quizzer.authoring import blank
from quizzer.core.errors import QuizzerError, StaleError
from quizzer.tui.messages import DifferenceRequested
from quizzer.tui.page import Page
from quizzer.tui.widgets.text import literal
from quizzer.tui.written import KINDS

if TYPE_CHECKING:
    from quizzer.authoring import Conflict, Manuscript

Through = Callable[[Callable[[], object]], Awaitable[None]]
LOOK_EVERY = 2.0  # seconds between two looks at whether another program changed the file
_GONE = "{name} is not there any more. Put it back; or leave: what is not saved is there when you open the deck where it went."
_GONE_AND_UNKEPT = "{name} is not there any more. Put it back, and save then: what is not saved is kept nowhere."
_ELSEWHERE = "{name} was changed by another program. {key} reads it anew and puts your changes on top."


class WritingPage(Page[bool]):
    """Keeps a manuscript, and the entry the author is at (an id; "" is the deck). Dismissed with whether anything was saved."""

    def __init__(self, manuscript: "Manuscript", *, at: str = "", save: "Through | None" = None) -> None:
        super().__init__()
        self._manuscript = manuscript
        self._at = at if any(one.id == at for one in manuscript.deck.questions) else ""
        self._through = save  # who lets the manuscript save: one that must know what is written to decks
        self._saved = self._is_stale = False
        self._is_saving = False  # on another thread: nothing is done to the manuscript meanwhile

    # What subclasses show

    def show(self, *, top: bool = False) -> None:
        """Show the deck as it stands, and the entry the author is at; ``top``: another one than before."""
        raise NotImplementedError

    def take_form(self) -> bool:
        """Take what stands in the form by now; return whether all of it can be taken."""
        raise NotImplementedError

    def ask(self, text: str, options: Sequence[str], then: Callable[[int], object]) -> None:
        """Ask something; ``then`` is told which option was picked."""
        raise NotImplementedError

    def tell(self, text: str, *, wrong: bool = False, timeout: float = 4) -> None:
        """Show a notice for a moment."""
        self.notify(literal(text), severity="error" if wrong else "information", markup=False, timeout=8 if wrong else timeout)

    # Acts

    @property
    def _ids(self) -> list[str]:
        return [question.id for question in self._manuscript.deck.questions]

    def arrive(self) -> None:
        """Be where the cursor is: what is pressed right behind an arrow key comes before the word that it moved."""
        raise NotImplementedError

    def go_to(self, name: str) -> None:
        """Go to an entry."""
        self._manuscript.part()
        self._at = name
        self.show(top=True)

    def action_add(self) -> None:
        """Write a new question, of a kind that is asked for, behind the one the author is at."""
        self.arrive()
        kinds = list(KINDS)
        told = "What kind of question?"
        self.ask(told, [literal(does) for _, does in KINDS.values()], lambda index: self._added(self._manuscript_add(kinds[index].kind)))

    def _manuscript_add(self, kind: str) -> str:
        return self._manuscript.add(blank(kind), after=self._at)

    def _added(self, name: str) -> None:
        self.go_to(name)
        self.action_edit()

    def action_edit(self) -> None:
        """Write in the entry the author is at."""
        raise NotImplementedError

    def action_copy(self) -> None:
        """Copy the question, and go to the copy."""
        self.arrive()
        if self._at:
            self.go_to(self._manuscript.duplicate(self._at))
            self.tell("Copied. This is the copy.")

    def action_delete(self) -> None:
        """Take the question out."""
        self.arrive()
        if self._at:
            ids, gone = self._ids, self._at
            place = ids.index(gone)
            self._manuscript.delete(gone)
            self.go_to((ids[place + 1 : place + 2] or ids[:place][-1:] or [""])[0])
            self.tell("Deleted. Undo brings it back.")

    def action_move(self, by: int) -> None:
        """Move the question down, or up."""
        self.arrive()
        if self._at:
            self._manuscript.move(self._at, by)
            self.show()

    def action_undo(self) -> None:
        """Take back what was done last."""
        self._turn(self._manuscript.undo, "Taken back", back=True)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(self._manuscript.redo, "Done again", back=False)

    def _turn(self, act: Callable[[], str | None], said: str, *, back: bool) -> None:
        self.take_form()
        ids, at = self._ids, self._at
        before = {question.id: question for question in self._manuscript.deck.questions}
        words = act()
        if words is None:
            return
        touched = self._manuscript.touched
        if not touched and at in self._ids and self._manuscript.question(at) != before.get(at):  # the deck, and this with it
            touched = at
        if touched not in self._ids and touched:  # it is gone with this: to the one it was put behind, or that was behind it
            place = max(0, (ids.index(touched) if touched in ids else 0) - back)
            touched = (self._ids[place : place + 1] or self._ids[-1:] or [""])[0]
        self._at = touched
        self.show(top=touched != at)
        self.tell(f"{said}: {words}.", timeout=3)

    # The file

    def action_save(self) -> None:
        """Write what was changed into the file."""
        self._save(then=lambda: None)

    @work(group="save")
    async def _save(self, then: Callable[[], object]) -> None:
        if self._is_saving:
            return
        if not self._manuscript.changed:
            self.tell(f"{self._manuscript.path.name} holds all this already.", timeout=2)
            then()
            return
        written: list[Mapping[str, str]] = []
        wrong: QuizzerError | None = None

        def save() -> None:
            written.append(self._manuscript.save())

        self._is_saving = True
        try:
            await (asyncio.to_thread(save) if self._through is None else self._through(save))
        except QuizzerError as error:
            wrong = error
        finally:
            self._is_saving = False
        if written:  # whatever became of what goes along with it
            self._saved, self._is_stale = True, False
            self.named(written[0])
            self.tell(f"Saved to {self._manuscript.path.name}.{f' But: {wrong}' if wrong else ''}", wrong=wrong is not None, timeout=2)
            then()
        elif isinstance(wrong, StaleError):
            self._is_stale = True
            self.tell(self._elsewhere, wrong=True)
        elif wrong:
            self.tell(str(wrong), wrong=True)
            self.action_problem()

    def named(self, names: Mapping[str, str]) -> None:
        """Go on with the ids that new questions were saved with."""
        self._at = names.get(self._at, self._at)
        self.show()

    def action_problem(self) -> None:
        """Go to the next problem."""
        raise NotImplementedError

    @property
    def _elsewhere(self) -> str:
        gone = _GONE_AND_UNKEPT if self._manuscript.unkept else _GONE
        return (gone if self._is_gone else _ELSEWHERE).format(name=self._manuscript.path.name, key=self.key_of("reread"))

    @property
    def _is_gone(self) -> bool:
        return not self._manuscript.path.exists()

    def key_of(self, action: str) -> str:
        """Return the key that does ``action`` now, as it is written for people."""
        found = [one.binding for one in self.active_bindings.values() if one.binding.action == action]
        return self.app.get_key_display(found[0]) if found else action

    @work(group="look", exclusive=True)
    async def look_at_file(self) -> None:
        """Tell when another program changed the file, once."""
        stale = await asyncio.to_thread(lambda: self._manuscript.is_stale)
        if stale and not (self._is_stale or self._is_saving) and self._manuscript.is_stale:  # again: it may have been saved just then
            self._is_stale = True
            self.refresh_bindings()
            self.tell(self._elsewhere, wrong=True)

    def action_reread(self) -> None:
        """Read the file anew, what was changed here on top."""
        self.take_form()
        try:
            conflicts = self._manuscript.reread()
        except QuizzerError as error:
            self.tell(self._elsewhere if self._is_gone else str(error), wrong=True)
            return
        self._is_stale = False
        if self._at not in self._ids:
            self._at = ""
        self.show(top=True)
        self.tell(_of(conflicts) or "Read anew; your changes are on top.", wrong=bool(conflicts))

    def action_difference(self) -> None:
        """Show what saving would change."""
        try:
            self.post_message(DifferenceRequested(self._manuscript.diff()))
        except QuizzerError as error:
            self.tell(str(error), wrong=True)

    def lets_go(self, then: Callable[[], object]) -> bool:
        """Return whether the app may leave; where something is not saved, ask first, and do ``then`` when it may."""
        self.take_form()
        if not self._manuscript.changed:
            self._manuscript.close()
            return True
        name = self._manuscript.path.name
        gone = self._is_gone
        told = f"{name} {'is not there any more, and ' if gone else ''}has changes that are not saved."

        def closed() -> None:
            self._manuscript.close()
            then()

        def discarded() -> None:
            self._manuscript.discard()
            then()

        ways: list[tuple[str, Callable[[], object]]] = [("Discard them", discarded), ("Stay here", lambda: None)]
        if not gone:
            ways.insert(0, ("Save them", lambda: self._save(then=closed)))
        elif not self._manuscript.unkept:
            ways.insert(0, ("Keep them for later", closed))
        self.ask(told, [way for way, _ in ways], lambda index: ways[index][1]())
        return False

    def leave(self) -> None:
        """Leave the deck, asking first where something is not saved."""
        if self.lets_go(self._go):
            self._go()

    def _go(self) -> None:
        self.dismiss(self._saved)


def _of(conflicts: "Sequence[Conflict]") -> str:
    more = f" And {len(conflicts) - 3} more." if len(conflicts) > 3 else ""
    return " ".join(one.told for one in conflicts[:3]) + more
