"""The options of a multiple-choice question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from quizzer.tui.widgets.sheet import Answered, Sheet
from quizzer.tui.widgets.text import hang, literal


class Choices(Sheet):
    """Numbered options; a digit, the arrows with Enter, or the mouse picks one. Afterwards it shows which was right."""

    BINDING_GROUP_TITLE = "Choosing"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number % 10), f"pick({number - 1})", f"Choose option {number}", id=f"choose.{number}", show=False)
            for number in range(1, 11)
        ),
        Binding("enter,space", "pick_current", "Choose", id="choose.pick"),
        Binding("up,k", "move(-1)", "Option above", id="choose.up", show=False),
        Binding("down,j", "move(1)", "Option below", id="choose.down", show=False),
    ]

    @dataclass
    class Picked(Message):
        """The learner picked the option of this index."""

        index: int

    def __init__(self) -> None:
        super().__init__()
        self._options: tuple[str, ...] = ()
        self._current = 0
        self._hover: int | None = None
        self._right: int | None = None
        self._chosen: int | None = None
        self._answered = False
        self._rows: list[int] = []

    @property
    def options(self) -> tuple[str, ...]:
        """The options, in the order they are shown."""
        return self._options

    @property
    def current(self) -> int:
        """The index of the option that Enter would pick."""
        return self._current

    def lay_out_means(self, options: Sequence[str]) -> None:  # noqa: D102 - Sheet's
        self._options = tuple(literal(option) for option in options)
        self._current, self._hover, self._right, self._chosen, self._answered = 0, None, None, None, False

    def show_answered(self, answered: Answered) -> None:  # noqa: D102 - Sheet's
        self._right, self._chosen, self._answered, self._hover = answered.right, answered.chosen, True, None

    def means(self, width: int) -> list[Content]:  # noqa: D102 - Sheet's
        lines: list[Content] = []
        self._rows = []
        for index, option in enumerate(self._options):
            mark, style, row = self._look(index)
            number = str((index + 1) % 10) if index < 10 else " "
            lead = Content.assemble((f" {mark} ", f"bold {style}" if style else "bold"), (number, "bold $primary"), "  ")
            option_lines = hang(lead, Content(option, strip_control_codes=False).stylize(style), width=width)
            self._rows += [index] * len(option_lines)
            lines += [line.pad_right(width - line.cell_length).stylize_before(row) for line in option_lines]
        return lines

    def _look(self, index: int) -> tuple[str, str, str]:
        """Return the mark, the text's style and the row's style of an option."""
        if self._answered:
            if index == self._right:
                return "✓", "bold $verdict-right", ""
            if index == self._chosen:
                return "✗", "$verdict-wrong", ""
            return " ", "$quiet", ""
        if index == self._current:
            return "›", "", "bold $block-cursor-foreground on $block-cursor-background"
        return " ", "", "on $block-hover-background" if index == self._hover else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only options that exist can be picked, and only once."""
        if self._answered and action in {"pick", "pick_current", "move"}:
            return False
        return not (action == "pick" and parameters and int(str(parameters[0])) >= len(self._options))

    def action_pick(self, index: int) -> None:
        """Pick the option of this index."""
        if not self._answered and 0 <= index < len(self._options):
            self._current = index
            self.post_message(self.Picked(index))

    def action_pick_current(self) -> None:
        """Pick the option the cursor is on."""
        self.action_pick(self._current)

    def action_move(self, by: int) -> None:
        """Move the cursor, round at the ends."""
        if self._options:
            self._current = (self._current + by) % len(self._options)
            self.relay()
            rows = [row for row, index in enumerate(self._rows) if index == self._current]
            if rows:  # none while there is no room for any
                self.bring_means(rows[0], len(rows))

    def on_click(self, event: events.Click) -> None:
        """Pick the option under the mouse."""
        index = self._option_at(event)
        if index is not None:
            self.action_pick(index)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which option a click would pick."""
        self._hover_over(self._option_at(event))

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._hover_over(None)

    def _hover_over(self, index: int | None) -> None:
        if index != self._hover and not self._answered:
            self._hover = index
            self.relay()

    def _option_at(self, event: events.MouseEvent) -> int | None:
        line = self.means_line_at(event)
        return self._rows[line] if line is not None and line < len(self._rows) else None
