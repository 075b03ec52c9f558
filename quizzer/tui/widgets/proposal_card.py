"""A proposed question as its author judges it: stem, key, options, what else is right, what is doubtful, why it was made."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from quizzer.tui.widgets.lines import Lines
from quizzer.tui.widgets.text import hang, literal, one_line

_LEAD = 13  # cells before the text of a labelled line
_STANDINGS = {
    "open": ("·", "not decided", "$quiet"),
    "kept": ("✓", "Kept", "bold $verdict-right"),
    "dropped": ("✗", "Dropped", "bold $verdict-wrong"),
    "merged": ("≈", "Merged", "bold $accent"),
}


class Card(NamedTuple):
    """What stands on a card. ``keys`` are the right answer (several in their order), ``wrong`` the options beside it."""

    stem: str
    keys: Sequence[str] = ()
    wrong: Sequence[str] = ()
    labelled: Sequence[tuple[str, str]] = ()  # "also right", "explanation", "tags"
    sort: str = ""
    sure: float | None = None
    standing: str = "open"
    note: str = ""  # behind the standing: "edited", into what it was merged
    doubts: Sequence[tuple[str, str]] = ()  # severity, and what is wrong
    alike: Sequence[tuple[str, str]] = ()  # in what, and the stem of the other
    why: Sequence[str] = ()
    ordered: bool = False


class ProposalCard(Lines):
    """One card; the reasons can be opened and folded."""

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self._says = ""
        self._why_open = False
        self._last = 0  # lines of the reasons, which stand at the end

    def show(self, card: Card, *, why_open: bool) -> None:
        """Show a card."""
        self._card, self._why_open = card, why_open
        self.relay()

    def say(self, text: str) -> None:
        """Show a text in place of a card."""
        self._card, self._says = None, text
        self.relay()

    def bring_reasons(self) -> None:
        """Bring the reasons into sight, as far as there is room."""
        if self.is_attached:
            self.show_lines(max(0, len(self._lines(self.content_size.width)) - self._last), self._last)

    def lay_out(self, width: int) -> list[Content]:  # noqa: D102 - Lines'
        if self._card is None:
            return hang(Content(""), Content(literal(self._says)), width=width)
        card, blank = self._card, Content("")
        blocks = [_head(card, width), _plain(card.stem, width, "bold"), _answers(card, width)]
        labelled = [line for label, text in card.labelled for line in _labelled(label, text, width)]
        doubts = [line for severity, text in card.doubts for line in _doubt(severity, text, width)]
        blocks += [labelled, doubts, [line for how, stem in card.alike for line in _alike(how, stem, width)], self._reasons(card, width)]
        lines: list[Content] = []
        for block in filter(None, blocks):
            lines += [*([blank] if lines else []), *block]
        self._last = len(blocks[-1])
        return lines

    def _reasons(self, card: Card, width: int) -> list[Content]:
        if not card.why or not self._why_open:
            return []
        lines = [Content.styled("Why", "bold $primary")]
        for reason in card.why:
            lines += hang(Content.styled("· ", "$quiet"), Content.styled(literal(reason), "$text"), width=width)
        return lines


def _head(card: Card, width: int) -> list[Content]:
    mark, word, style = _STANDINGS[card.standing]
    standing = Content.assemble((f"{mark} {word}", style), (f"  {one_line(card.note)}", "$quiet") if card.note else "")
    sure = f"  {card.sure:.0%} sure" if card.sure is not None else ""
    sort = Content.assemble((one_line(card.sort), "$accent"), (sure, "$quiet"))
    if sort.cell_length + standing.cell_length + 2 > width:
        return [sort.truncate(width, ellipsis=True), standing.truncate(width, ellipsis=True)]
    return [Content.assemble(sort, " " * (width - sort.cell_length - standing.cell_length), standing)]


def _plain(text: str, width: int, style: str = "") -> list[Content]:
    return hang(Content(""), Content(literal(text), strip_control_codes=False).stylize(style), width=width)


def _answers(card: Card, width: int) -> list[Content]:
    lines: list[Content] = []
    for number, key in enumerate(card.keys, 1):
        lead = Content.styled(f"  {number}. " if card.ordered else "  ✓ ", "bold $verdict-right")
        lines += hang(lead, Content.styled(literal(key), "bold $verdict-right"), width=width)
    for option in card.wrong:
        lines += hang(Content.styled("  ✗ ", "$quiet"), Content(literal(option), strip_control_codes=False), width=width)
    return lines


def _labelled(label: str, text: str, width: int) -> list[Content]:
    return hang(Content.styled(label.ljust(_LEAD), "$quiet"), Content(literal(text), strip_control_codes=False), width=width)


def _doubt(severity: str, text: str, width: int) -> list[Content]:
    style = "$verdict-wrong" if severity == "error" else "$verdict-near"
    return hang(Content.styled("! ", f"bold {style}"), Content.styled(literal(text), style), width=width)


def _alike(how: str, stem: str, width: int) -> list[Content]:
    return hang(Content.styled("≈ ", "bold $accent"), Content.assemble((f"{how}: ", "$quiet"), one_line(stem)), width=width)
