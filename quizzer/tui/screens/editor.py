"""The editor: the questions of a deck, a form for each, what is wrong beside the field, and how learners will meet it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from quizzer.tui.drafting import DraftPage
from quizzer.tui.page import Offers
from quizzer.tui.widgets.asking import Asking
from quizzer.tui.widgets.edit_form import FieldText
from quizzer.tui.widgets.question_list import QuestionList
from quizzer.tui.writing import LOOK_EVERY, Through

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.events import DescendantFocus, Resize

    from quizzer.authoring import Manuscript

_AGAIN = "What was not saved the last time is here again. Undo leaves it out."
Part = Literal["list", "form", "previews"]
_NARROW, _WIDE = 72, 110  # cells: from there on two parts side by side, and all three


class EditorScreen(DraftPage):
    """One deck file being written."""

    CSS_PATH = "editor.tcss"
    AUTO_FOCUS = ""
    BINDING_GROUP_TITLE = "Editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", id="editor.save"),
        Binding("f3", "look", "Preview", id="editor.preview"),
        Binding("f8", "problem", "Next problem", id="editor.problem"),
        Binding("f9", "difference", "Changes", id="editor.difference"),
        Binding("ctrl+z", "undo", "Undo", id="editor.undo", priority=True),
        Binding("ctrl+y", "redo", "Redo", id="editor.redo", priority=True),
        Binding("f5", "reread", "Read the file anew", id="editor.reread"),
        Binding("ctrl+n", "add", "New question", id="editor.new", show=False),
        Binding("ctrl+down", "step(1)", "Next question", id="editor.next", show=False),
        Binding("ctrl+up", "step(-1)", "Question before", id="editor.previous", show=False),
        Binding("tab", "edit", "To the form", id="editor.form", show=False),
        Binding("f1", "app.help", "Help", id="editor.help"),
        Binding("escape", "leave", "Leave", id="editor.leave"),
        Binding("down", "scroll(1)", "Scroll the preview", id="editor.down", show=False),
        Binding("up", "scroll(-1)", "Scroll the preview back", id="editor.up", show=False),
        Binding("pagedown", "scroll(8)", "Scroll the preview down", id="editor.page_down", show=False),
        Binding("pageup", "scroll(-8)", "Scroll the preview up", id="editor.page_up", show=False),
    ]

    def __init__(self, manuscript: "Manuscript", *, at: str = "", write: bool = False, save: Through | None = None) -> None:
        super().__init__(manuscript, at=at, save=save)
        self._asking = Asking()
        self._writes_at_once = write
        self._part: Part = "list"
        self._wrote = ""  # the field that was left for the previews
        self._asked_from: object = None  # what had the keyboard before something was asked

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        yield Static("", id="head")
        with Horizontal(id="desk"):
            yield self._entries
            yield self._form
            with VerticalScroll(id="views", can_focus=False):
                yield self._views
        yield self._asking
        yield self._line

    def on_mount(self) -> None:
        """Show the deck, and look after its file."""
        self.show(top=True)
        self.set_interval(LOOK_EVERY, self.look_at_file)
        if self._manuscript.recovered:
            self.tell(" ".join([_AGAIN, *(conflict.told for conflict in self._manuscript.conflicts[:3])]), timeout=8)
        if self._writes_at_once:
            self.call_after_refresh(self.action_edit)
        else:
            self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to what is asked; else to the list, unless one writes."""
        if self._asking.display:
            self._asking.focus()
        elif self.focused is None and not self.is_tiny:
            self._entries.focus()

    @on(QuestionList.Opened)
    def action_edit(self) -> None:
        """Write in the entry the author is at."""
        self.arrive()
        self.write_in("")

    def write_in(self, field: str) -> None:  # noqa: D102 - DraftPage's
        self._place("form")
        super().write_in(field)

    def _place(self, part: "Part") -> None:
        """Show the part the author is in, and of the others those for which there is room. Not by classes: they cost a restyling of all."""
        self._part = part
        width = self.size.width
        self._entries.display = part == "list" or width >= _NARROW
        self._form.display = part == "form" or width >= _WIDE or (part == "list" and width >= _NARROW)
        self.query_one("#views").display = part == "previews" or width >= _WIDE

    def on_resize(self, event: "Resize") -> None:
        """Show what there is room for."""
        super().on_resize(event)
        self._place(self._part)

    def on_descendant_focus(self, event: "DescendantFocus") -> None:
        """Note that the author writes, however they came there."""
        if isinstance(event.widget, FieldText) and self._part != "form":
            self._place("form")

    def ask(self, text: str, options: Sequence[str], then: Callable[[int], object]) -> None:  # noqa: D102 - WritingPage's
        self._asked_from = self.focused

        def picked(index: int) -> None:
            self._stop_asking()
            then(index)

        self.query_one("#desk").display = False
        self._asking.put(text, options, picked)
        self.refresh_bindings()

    def _stop_asking(self) -> None:
        self._asking.call_off()
        self.query_one("#desk").display = True
        if isinstance(self._asked_from, FieldText):
            self._asked_from.focus()
        else:
            self._back_to_list()
        self.refresh_bindings()

    def action_look(self) -> None:
        """Show the previews in place of the form, and the form again."""
        self._wrote = self._form.field or self._wrote
        if self._part != "previews":
            self.set_focus(None)
            self._place("previews")
        elif self._wrote:
            self.write_in(self._wrote)
        else:
            self._back_to_list()
        self.refresh_bindings()

    def _back_to_list(self) -> None:
        self._wrote = ""
        self._place("list")
        self._entries.focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll the previews."""
        self.query_one("#views").scroll_relative(y=lines, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which actions make sense now."""
        if self._asking.display or self._is_saving:
            return action in {"leave", "app.help"} and super().check_action(action, parameters)
        sensible = {
            "copy": bool(self._at),
            "delete": bool(self._at),
            "move": bool(self._at),
            "undo": bool(self._manuscript.can_undo),
            "redo": bool(self._manuscript.can_redo),
            "difference": self._manuscript.changed,
            "reread": self._is_stale,
            "problem": bool(self._found),
            "look": self.size.width < _WIDE,
        }
        return sensible.get(action, True) and super().check_action(action, parameters)

    def word_for(self, action: str) -> str | None:
        """Say where Esc leads."""
        inside = self._asking.display or self._line.has_focus or self._words or self._part != "list"
        return ("Back" if inside else None) if action == "leave" else None

    def offers(self) -> Offers:
        """Offer what is done to the question and to the file."""
        acts: list[tuple[str, str, str, Callable[[], object]]] = [
            ("add", "New question", "Behind this one, of a kind that is asked for", self.action_add),
            ("copy", "Copy the question", "And go to the copy", self.action_copy),
            ("delete", "Delete the question", "Undo brings it back", self.action_delete),
            ("move", "Move the question down", "Behind the next one", partial(self.action_move, 1)),
            ("move", "Move the question up", "Before the one above", partial(self.action_move, -1)),
            ("problem", "Next problem", "Of this question, then of those behind it", self.action_problem),
            ("difference", "Changes", "What saving would change in the file", self.action_difference),
            ("reread", "Read the file anew", "What was changed here stays on top", self.action_reread),
            ("save", "Save", "Write what was changed into the file", self.action_save),
        ]
        return [(name, does, act) for action, name, does, act in acts if self.check_action(action, ())]

    @property
    def in_use(self) -> "Sequence[DOMNode]":
        """What is asked, the field one writes in, or the list."""
        if self._asking.display:
            return (self._asking,)
        return (self.focused,) if isinstance(self.focused, FieldText) else (self._entries,)

    def action_leave(self) -> None:
        """Back from what is asked, looked at or written to the list; from there, leave."""
        if self._asking.display:
            self._stop_asking()
        elif self._line.has_focus or (self._words and not self._form.field):
            self.show_all()
        elif self._part == "previews":
            self.action_look()
        elif self._form.field:
            self._back_to_list()
        elif not self._is_saving:
            self.leave()
