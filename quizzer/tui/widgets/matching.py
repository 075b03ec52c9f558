"""Pairs to be put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from quizzer.tui.widgets.sheet import COLUMN, Answered, Sheet
from quizzer.tui.widgets.text import hang, literal

_LETTERS = "abcdefghijkl"
_GAP = 2  # cells between the two columns


class Matching(Sheet):
    """Numbered lefts beside lettered rights.

    A letter gives the left under the cursor its right, and the cursor goes on to one without; the arrows to the sides step
    through the rights that are free instead, digits and the other arrows move the cursor, and the mouse does all of it.
    Where there is a right for each left, none goes with two, and of as many rights as lefts the last pair makes itself.
    """

    BINDING_GROUP_TITLE = "Matching"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"go({number - 1})", f"To left {number}", id=f"match.{number}", show=False) for number in range(1, 10)),
        *(Binding(letter, f"take({at})", f"It goes with {letter}", id=f"match.{letter}", show=False) for at, letter in enumerate(_LETTERS)),
        Binding("enter", "submit", "Answer", id="match.submit"),
        Binding("backspace,delete", "take_back", "Take back", id="match.take_back"),
        Binding("right", "step(1)", "Next match", id="match.next"),
        Binding("left", "step(-1)", "Match before", id="match.previous", show=False),
        Binding("up", "move(-1)", "Left above", id="match.up", show=False),
        Binding("down", "move(1)", "Left below", id="match.down", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """The learner's pairs, as "1b 2a"; empty when they gave none."""

        response: str

    def __init__(self) -> None:
        super().__init__()
        self._rights: tuple[str, ...] = ()
        self._wanted: tuple[str, ...] = ()
        self._given: dict[int, int] = {}
        self._current = 0
        self._answered = False
        self._left_rows: list[int] = []
        self._right_rows: list[int] = []
        self._right_from = 0

    @property
    def rights(self) -> tuple[str, ...]:
        """What may stand on the right, in the order of its letters."""
        return self._rights

    def lay_out_means(self, options: Sequence[str]) -> None:  # noqa: D102 - Sheet's
        self._rights = tuple(literal(option) for option in options)
        self._given, self._current, self._answered, self._wanted = {}, 0, False, ()

    def show_answered(self, answered: Answered) -> None:  # noqa: D102 - Sheet's
        self._wanted, self._answered = tuple(literal(right) for right in answered.order), True

    @property
    def _once(self) -> bool:
        """Whether no right goes with two lefts: there is one for each, at the least."""
        return len(self._rights) >= len(self._lefts)

    def means(self, width: int) -> list[Content]:  # noqa: D102 - Sheet's
        if self._answered:
            return self._pairs(width)
        half = max(4, (width - _GAP) // 2)
        lefts, rights = self._left_lines(half), self._right_lines(max(4, width - half - _GAP))
        self._right_from = half + _GAP
        blank = Content(" " * half)
        return [Content.assemble(left or blank, " " * _GAP, right or "") for left, right in zip_longest(lefts, rights, fillvalue=None)]

    def _left_lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        self._left_rows = []
        for index, left in enumerate(self._lefts):
            here = index == self._current
            row = "bold $block-cursor-foreground on $block-cursor-background" if here else ""
            given = self._given.get(index)
            badge = "·" if given is None else _LETTERS[given]
            lead = Content.assemble(("› " if here else "  "), (str(index + 1), "bold $primary"), " ", (badge, "bold $accent"), "  ")
            own = hang(lead, Content(left, strip_control_codes=False), width=width)
            self._left_rows += [index] * len(own)
            lines += [line.pad_right(width - line.cell_length).stylize_before(row) for line in own]
        return lines

    def _right_lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        self._right_rows = []
        taken = set(self._given.values()) if self._once else set()
        for index, right in enumerate(self._rights):
            style = "$quiet" if index in taken else ""
            lead = Content.assemble((_LETTERS[index], style if style else "bold $accent"), "  ")
            own = hang(lead, Content(right, strip_control_codes=False).stylize(style), width=width)
            self._right_rows += [index] * len(own)
            lines += own
        return lines

    def _pairs(self, width: int) -> list[Content]:
        """Return the right pairs, each with what the learner gave where it was another."""
        lines: list[Content] = []
        for index, (left, wanted) in enumerate(zip(self._lefts, self._wanted, strict=False)):
            given = self._rights[self._given[index]] if index in self._given else None
            good = given == wanted
            mark = (" ✓ ", "bold $verdict-right") if good else (" ✗ ", "bold $verdict-wrong")
            lead = Content.assemble(mark, (f"{index + 1}", "bold"), " ")
            pair = Content.assemble(literal(left), (" – ", "$quiet"), (wanted, "bold $verdict-right"))
            if not good and self._given:  # who gave nothing is told only the key
                pair = Content.assemble(pair, ("  you: ", "$quiet"), (given, "$verdict-wrong") if given else ("–", "$quiet"))
            lines += hang(lead, pair, width=width)
        return lines

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing moves once it is answered; only what is there has a number or a letter."""
        if action in {"go", "take", "take_back", "step", "move", "submit"} and self._answered:
            return False
        most = {"go": len(self._lefts), "take": len(self._rights)}.get(action)
        return most is None or not parameters or int(str(parameters[0])) < most

    def action_go(self, index: int) -> None:
        """Move the cursor to this left."""
        if not self._answered and index < len(self._lefts):
            self._current = index
            self._moved()

    def action_move(self, by: int) -> None:
        """Move the cursor, round at the ends."""
        if self._lefts:
            self.action_go((self._current + by) % len(self._lefts))

    def action_take(self, right: int) -> None:
        """Let the left under the cursor go with this right, and go to the next left that has none."""
        if self._answered or right >= len(self._rights):
            return
        self._give(right)
        if self._once and len(self._rights) == len(self._lefts) == len(self._given) + 1:
            (left,) = set(range(len(self._lefts))) - set(self._given)
            (only,) = set(range(len(self._rights))) - set(self._given.values())
            self._given[left] = only
        after = [*range(self._current + 1, len(self._lefts)), *range(self._current)]
        self._current = next((index for index in after if index not in self._given), after[0] if after else self._current)
        self._moved()

    def action_step(self, by: int) -> None:
        """Let the left under the cursor go with the next right that no other has, or the one before; the cursor stays."""
        others = {right for left, right in self._given.items() if left != self._current} if self._once else set()
        free = [right for right in range(len(self._rights)) if right not in others]
        if self._answered or not free:
            return
        now = self._given.get(self._current)
        self._give(free[(free.index(now) + by) % len(free)] if now is not None else free[0 if by > 0 else -1])
        self._moved()

    def action_take_back(self) -> None:
        """Take the right from the left under the cursor; where it has none, from the left given one last."""
        if self._current in self._given:
            del self._given[self._current]
        elif self._given:
            self._current = list(self._given)[-1]
            del self._given[self._current]
        self._moved()

    def action_submit(self) -> None:
        """Give the pairs: all of them, or none to see the key."""
        if self._given and len(self._given) < len(self._lefts):
            self.notify("Match every left first, or take all back and press Enter to see the answer.", markup=False)
            return
        self.post_message(self.Submitted(" ".join(f"{left + 1}{_LETTERS[right]}" for left, right in sorted(self._given.items()))))

    def _give(self, right: int) -> None:
        if self._once:
            self._given = {left: other for left, other in self._given.items() if other != right}
        self._given.pop(self._current, None)
        self._given[self._current] = right

    def _moved(self) -> None:
        self.relay()
        rows = [row for row, index in enumerate(self._left_rows) if index == self._current]
        if rows:  # none while there is no room for any
            self.bring_means(rows[0], len(rows))

    def on_click(self, event: events.Click) -> None:
        """Go to the left under the mouse, or give the left under the cursor the right under the mouse."""
        line, offset = self.means_line_at(event), event.get_content_offset(self)
        if line is None or offset is None or self._answered:
            return
        width = self.content_size.width
        x = offset.x - (width - min(COLUMN, width - 1)) // 2
        if x >= self._right_from:
            if line < len(self._right_rows):
                self.action_take(self._right_rows[line])
        elif line < len(self._left_rows):
            self.action_go(self._left_rows[line])
