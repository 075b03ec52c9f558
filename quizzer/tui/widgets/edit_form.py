"""A form to write in: a text a field, what is wrong with it right below, what is meant by it at the foot.

The same few widgets serve every question: going from one to the next mounts nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static, TextArea

from quizzer.tui.widgets.proposal_form import Row, Text
from quizzer.tui.widgets.text import Piece, literal

_STYLES = {"error": "$verdict-wrong", "warning": "$verdict-near"}
_MOST_CHOICES = 12  # told at the foot
LABEL_WIDTH = 16  # cells


class FieldSpec(NamedTuple):
    """A field: its name, what stands before it, its text; ``many``: one thing a line; ``long``: a text that may hold line ends.

    ``choices`` complete what is typed; ``fixed``: nothing else will do.
    """

    name: str
    label: str
    text: str
    many: bool = False
    long: bool = False
    help: str = ""
    choices: Sequence[str] = ()
    fixed: bool = False


class Note(NamedTuple):
    """Something found: how bad ("error", "warning" or advice), its code, and what it is."""

    severity: str
    code: str
    text: str


class FieldText(Text):
    """The text of a field; completes what its choices begin with, or goes through them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,alt+enter", "line", "New line", id="edit.line", show=False),
        Binding("pagedown", "choose(1)", "Next of its words", id="edit.word", show=False),
        Binding("pageup", "choose(-1)", "Word before", id="edit.word_before", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(Row("", "", ""))
        self.choices: Sequence[str] = ()
        self.is_list = False
        self.before = ""  # as it was last set or told

    def put(self, field: FieldSpec) -> None:
        """Take another field's text; the cursor stays where it was, where it is the same field."""
        same, place = self.row.name == field.name, self.cursor_location
        self.row, self.choices = Row(field.name, field.label, field.text, field.many or field.long), field.choices
        self.is_list = field.many
        self.before = field.text
        if self.text != field.text:
            self.text = field.text
            if same:
                self.move_cursor(place)
        elif not same:
            self.move_cursor((0, 0))

    def update_suggestion(self) -> None:
        """Suggest the first choice that begins as the line does."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        typed = line.lstrip()
        found = ""
        if typed and column == len(line):
            found = next((one for one in self.choices if one.casefold().startswith(typed.casefold()) and one != typed), "")
        self.suggestion = found[len(typed) :]

    def _steps(self) -> bool:
        return bool(self.choices) and not self.is_list and (not self.text.strip() or self.text.strip() in self.choices)

    def action_choose(self, by: int) -> None:
        """Put in the next of the words there are, or the one before."""
        now = self.text.strip()
        at = (list(self.choices).index(now) + by) % len(self.choices) if now else (0 if by > 0 else -1)
        self.take(self.choices[at])

    def take(self, choice: str) -> None:
        """Put a choice in: in place of the text, or where there may be many, of the line the cursor is on."""
        row, _ = self.cursor_location
        if self.is_list:
            line = self.document.get_line(row)
            self.replace(choice, (row, 0), (row, len(line)))
        else:
            self.replace(choice, (0, 0), self.document.end)
        self.move_cursor(self.document.end if not self.is_list else (row, len(choice)))

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.is_list:  # done with this one
            event.stop()
            event.prevent_default()
            self.action_move(1)
            return
        await super()._on_key(event)

    def action_line(self) -> None:
        """Begin a new line, where there may be several."""
        if self.row.many:
            self.insert("\n")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One text that is short has no lines; where any text will do, there are no words to choose among."""
        if action == "choose":
            return self._steps()
        return (action != "line" or self.row.many) and super().check_action(action, parameters)

    def action_cursor_up(self, select: bool = False) -> None:
        """Go up a line; from the first one to the field before."""
        if self.cursor_at_first_line and not select:
            self.screen.focus_previous(FieldText)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down a line; from the last one to the next field."""
        if self.cursor_at_last_line and not select:
            self.screen.focus_next(FieldText)
        else:
            super().action_cursor_down(select)


class FieldRow(Vertical):
    """A field with its label, which it draws itself, and what was found in it."""

    DEFAULT_CSS = """
    FieldRow { height: auto; color: $quiet; }
    FieldRow FieldText { margin-left: 17; }
    FieldRow .notes { height: auto; margin-left: 18; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.area, self._notes = FieldText(), Static("", classes="notes")
        self._label = ""
        self._told: Sequence[Note] = ()

    def compose(self) -> ComposeResult:
        """Compose text and notes."""
        yield self.area
        yield self._notes

    def render(self) -> Content:  # noqa: D102 - Textual's
        return Content(self._label).truncate(LABEL_WIDTH, ellipsis=True)

    def put(self, field: FieldSpec) -> None:
        """Show another field."""
        if self._label != field.label:
            self._label = field.label
            self.refresh()
        self.area.put(field)
        self.display = True

    def tell(self, notes: Sequence[Note]) -> None:
        """Show what was found."""
        if tuple(notes) != self._told:
            self._told = tuple(notes)
            self._notes.update(told(notes))
            self._notes.display = bool(notes)


def told(notes: Sequence[Note]) -> Content:
    """Return the notes, a line each."""
    lines = []
    for note in notes:
        style = _STYLES.get(note.severity, "$quiet")
        lines.append(
            Content.assemble(("! ", f"bold {style}"), (literal(note.text), style), (f"  {note.code}" if note.code else "", "$quiet"))
        )
    return Content("\n").join(lines)


def _renew(shown: Static, content: Content) -> None:
    """Update what is shown where it is another: laying out takes time."""
    before = shown.content
    if not isinstance(before, Content) or not before.is_same(content):
        shown.update(content)


class EditForm(Vertical):
    """The fields of one entry."""

    DEFAULT_CSS = """
    EditForm #fields { height: 1fr; scrollbar-size-vertical: 1; }
    EditForm #found { height: auto; margin-top: 1; }
    EditForm #hint { height: auto; max-height: 4; color: $quiet; border-top: solid $faint; padding: 0 1; }
    """

    @dataclass
    class Changed(Message):
        """The author changed a field of the entry ``of``; these are all its texts by name."""

        of: str
        texts: Mapping[str, str]

    @dataclass
    class Left(Message):
        """The author left a field."""

    def __init__(self) -> None:
        super().__init__()
        self.of = ""  # the entry whose fields these are
        self._fields: tuple[FieldSpec, ...] = ()
        self._rows: list[FieldRow] = []
        self._column = VerticalScroll(id="fields", can_focus=False)
        self._found, self._hint = Static("", id="found"), Static("", id="hint")

    def compose(self) -> ComposeResult:
        """Compose what there is before a field is."""
        with self._column:
            yield self._found
        yield self._hint

    async def show(self, fields: Sequence[FieldSpec], *, of: str, top: bool = False) -> None:
        """Show these fields of the entry ``of``; ``top``: from the first one."""
        if not self.is_attached:  # its screen was left meanwhile
            return
        new = [FieldRow() for _ in range(len(fields) - len(self._rows))]
        if new:
            self._rows += new
            await self._column.mount_all(new, before=self._found)
        self.of, self._fields = of, tuple(fields)
        with self.prevent(TextArea.Changed):
            for row, field in zip(self._rows, fields, strict=False):
                row.put(field)
        for row in self._rows[len(fields) :]:
            row.display = False
        if top:
            self._column.scroll_home(animate=False)
        self._tell_hint()

    @property
    def texts(self) -> dict[str, str]:
        """The texts as they stand, by the names of their fields."""
        return {row.area.row.name: row.area.text for row in self._shown}

    @property
    def _shown(self) -> list[FieldRow]:
        return self._rows[: len(self._fields)]

    @property
    def field(self) -> str:
        """The name of the field one writes in; "" where that is none."""
        return next((row.area.row.name for row in self._shown if row.area.has_focus), "")

    def tell(self, notes: Mapping[str, Sequence[Note]], *, rest: str = "") -> None:
        """Show what was found, by field; under "" what is of no field. ``rest`` is said where nothing was."""
        names = [field.name for field in self._fields]
        for row in self._shown:
            row.tell(notes.get(row.area.row.name, ()))
        other = [note for name, found in notes.items() if name not in names for note in found]
        _renew(self._found, told(other) if other else Content.styled("" if any(notes.values()) else rest, "$verdict-right"))

    def go_to(self, field: str) -> None:
        """Give the keyboard to a field; where there is none of that name, to the first in which anything may be written."""
        rows = [row for row in self._shown if row.area.row.name == field]
        rows = rows or [row for row, one in zip(self._shown, self._fields, strict=False) if not one.fixed] or self._shown
        if rows:
            rows[0].area.focus()
            rows[0].scroll_visible(animate=False)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        area = event.text_area
        if isinstance(area, FieldText) and area.before != area.text:
            area.before = area.text
            self.post_message(self.Changed(self.of, self.texts))

    @property
    def pieces(self) -> int:
        """How many pieces of evidence, or sources, there are fields for, beside those of a new one."""
        numbers = [int(part) for field in self._fields for part in field.name.split(".")[1:2] if part.isdigit()]
        return max(numbers, default=0)

    def on_descendant_blur(self) -> None:
        """Tell it."""
        self.post_message(self.Left())

    def on_descendant_focus(self) -> None:
        """Say what is meant by the field."""
        self._tell_hint()

    def _tell_hint(self) -> None:
        field = next((one for one in self._fields if one.name == self.field), None)
        parts: list[Piece] = []
        if field is not None:
            many = " One a line." if field.many else ""
            parts.append((literal(field.help + many), "$quiet"))
            for choice in field.choices[:_MOST_CHOICES]:
                parts += [
                    "\n" if len(parts) == 1 else "  ",
                    (literal(choice), Style.parse("underline") + Style.from_meta({"choice": choice})),
                ]
            if len(field.choices) > _MOST_CHOICES:
                parts.append(("  …", "$quiet"))
        _renew(self._hint, Content.assemble(*parts))
        self._hint.display = bool(parts)

    def on_click(self, event: events.Click) -> None:
        """Take the choice under the mouse."""
        choice = event.style.meta.get("choice")
        row = next((row for row in self._shown if row.area.has_focus), None)
        if choice and row is not None:
            row.area.take(choice)


def is_in_form(widget: Widget | None) -> bool:
    """Whether one writes in a form."""
    return isinstance(widget, FieldText)
