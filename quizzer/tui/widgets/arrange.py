"""Things to be put in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from quizzer.tui.widgets.sheet import Answered, Sheet
from quizzer.tui.widgets.text import hang, literal


class Arrange(Sheet):
    """Numbered things; the learner calls them up in order: by digit, by cursor and space, or by mouse.

    Each shows the place it was given; the last one takes the last place by itself. Backspace takes a place back.
    """

    BINDING_GROUP_TITLE = "Putting in order"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number % 10), f"place({number - 1})", f"Item {number} comes next", id=f"order.{number}", show=False)
            for number in range(1, 11)
        ),
        Binding("enter", "submit", "Answer", id="order.submit"),
        Binding("space", "place_current", "This one comes next", id="order.place"),
        Binding("backspace,delete", "take_back", "Take back", id="order.take_back"),
        Binding("up,k", "move(-1)", "Item above", id="order.up", show=False),
        Binding("down,j", "move(1)", "Item below", id="order.down", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """The learner's order, as numbers from 1 with blanks between; empty when they gave none."""

        response: str

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[str, ...] = ()
        self._right: tuple[int, ...] = ()
        self._order: list[int] = []
        self._current = 0
        self._answered = False
        self._rows: list[int] = []

    def lay_out_means(self, options: Sequence[str]) -> None:  # noqa: D102 - Sheet's
        self._items = tuple(literal(option) for option in options)
        self._order, self._current, self._answered, self._right = [], 0, False, ()

    def show_answered(self, answered: Answered) -> None:  # noqa: D102 - Sheet's
        wanted = [literal(item) for item in answered.order]
        places: list[int] = []
        for item in wanted:  # two items may read alike: each is used once
            places += [next((i for i, own in enumerate(self._items) if own == item and i not in places), 0)]
        self._right, self._answered = tuple(places), True

    def means(self, width: int) -> list[Content]:  # noqa: D102 - Sheet's
        lines: list[Content] = []
        self._rows = []
        for place, index in enumerate(self._right if self._answered else range(len(self._items))):
            given = self._order.index(index) + 1 if index in self._order else None
            row = text = ""
            yours = Content("")
            if self._answered:
                good = given is not None and self._items[self._order[place]] == self._items[index]
                text = "$verdict-right" if good else ""
                if not good and self._order:  # who gave nothing is told only the key
                    yours = Content.assemble(("  you: ", "$quiet"), (str(given), "$verdict-wrong") if given else ("–", "$quiet"))
                mark = (" ✓ ", "bold $verdict-right") if good else (" ✗ ", "bold $verdict-wrong")
                lead = Content.assemble(mark, (f"{place + 1}.", "bold"), " ")
            else:
                here = index == self._current
                row = "bold $block-cursor-foreground on $block-cursor-background" if here else ""
                badge = f"{given}." if given else "· "
                number = str((index + 1) % 10) if index < 10 else " "
                lead = Content.assemble(("› " if here else "  "), (number, "bold $primary"), "  ", (badge, "bold $accent"), " ")
            body = Content(self._items[index], strip_control_codes=False).stylize(text)
            item_lines = hang(lead, Content.assemble(body, yours), width=width)
            self._rows += [index] * len(item_lines)
            lines += [line.pad_right(width - line.cell_length).stylize_before(row) for line in item_lines]
        return lines

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing moves once it is answered; only items that exist have a number."""
        if action in {"place", "place_current", "take_back", "move", "submit"} and self._answered:
            return False
        return not (action == "place" and parameters and int(str(parameters[0])) >= len(self._items))

    def action_place(self, index: int) -> None:
        """Let this item come next; one that has a place already loses it and all after it."""
        if self._answered or index >= len(self._items):
            return
        self._current = index
        if index in self._order:
            del self._order[self._order.index(index) :]
        else:
            self._order.append(index)
            left = [other for other in range(len(self._items)) if other not in self._order]
            if len(left) == 1:
                self._order += left
        self.relay()

    def action_place_current(self) -> None:
        """Let the item under the cursor come next."""
        self.action_place(self._current)

    def action_take_back(self) -> None:
        """Take back the last place given; the one that filled itself goes with the one before."""
        if len(self._order) == len(self._items):
            self._order = self._order[:-1]
        self._order = self._order[:-1]
        self.relay()

    def action_move(self, by: int) -> None:
        """Move the cursor, round at the ends."""
        if self._items:
            self._current = (self._current + by) % len(self._items)
            self.relay()
            rows = [row for row, index in enumerate(self._rows) if index == self._current]
            if rows:  # none while there is no room for any
                self.bring_means(rows[0], len(rows))

    def action_submit(self) -> None:
        """Give the order: all of it, or none to see the key."""
        if self._order and len(self._order) < len(self._items):
            self.notify("Give every item its place first, or take all back and press Enter to see the answer.", markup=False)
            return
        self.post_message(self.Submitted(" ".join(str(index + 1) for index in self._order)))

    def on_click(self, event: events.Click) -> None:
        """Let the item under the mouse come next."""
        line = self.means_line_at(event)
        if line is not None and line < len(self._rows):
            self.action_place(self._rows[line])
