"""A card to look at, with its answer: no question is asked of it."""

from typing import NamedTuple

from textual.content import Content

from quizzer.tui.widgets.feedback import Outcome, feedback_lines
from quizzer.tui.widgets.lines import Lines
from quizzer.tui.widgets.markdown import markdown_lines
from quizzer.tui.widgets.text import hang, literal, one_line


class Preview(NamedTuple):
    """A card: where it is, its stem, what there is to say of how it stands, and its answer."""

    where: str
    stem: str
    standing: str
    answer: Outcome
    markdown: bool = False


class CardPreview(Lines):
    """Shows one card, or a text in place of one."""

    def __init__(self) -> None:
        super().__init__()
        self._preview: Preview | str = ""

    def show(self, preview: Preview | str) -> None:
        """Show this card, or this text."""
        self._preview = preview
        self.relay()

    def lay_out(self, width: int) -> list[Content]:  # noqa: D102 - Lines'
        preview, none = self._preview, Content("")
        if isinstance(preview, str):
            return [line for text in preview.split("\n") for line in hang(none, Content.styled(literal(text), "$quiet"), width=width)]
        dark = self.app.current_theme.dark
        head = Content.assemble((one_line(preview.where), "$quiet"), "\n", (one_line(preview.standing), "$accent"))
        lines = [*hang(none, head, width=width), none]
        if preview.markdown:
            lines += markdown_lines(preview.stem, width, dark=dark)
        else:
            lines += hang(none, Content.styled(literal(preview.stem), "bold"), width=width)
        return [*lines, none, *feedback_lines(preview.answer, width, evidence_open=True, dark=dark)]
