"""A question as its learners will meet it: every card, every mode, before and after the answer; nothing can be pressed."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from quizzer.core.model import Mode
from quizzer.tui.widgets.arrange import Arrange
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.entry import SEVERAL, TYPE_IT, Curtain
from quizzer.tui.widgets.feedback import Outcome, feedback_lines
from quizzer.tui.widgets.lines import Lines
from quizzer.tui.widgets.markdown import markdown_lines
from quizzer.tui.widgets.matching import Matching
from quizzer.tui.widgets.question import Asked
from quizzer.tui.widgets.sheet import Sheet
from quizzer.tui.widgets.text import hang, literal, one_line

_WIDTH = 48  # cells, before there is room for any


class Face(NamedTuple):
    """A card as it is asked in one mode: the mode in words, when that is, and what is asked."""

    mode: str
    when: str
    asked: Asked


class CardView(NamedTuple):
    """A card: what it is called among others, how it can be asked, what all hints and the image say, and what follows the answer."""

    name: str
    faces: Sequence[Face]
    answer: Outcome
    above: str = ""  # what the image is told as


class CardViews(Lines):
    """Shows cards, or a text in place of them."""

    def __init__(self) -> None:
        super().__init__()
        self._views: Sequence[CardView] | str = ""
        self._means: dict[Mode, Sheet] = {}

    def show(self, views: Sequence[CardView] | str) -> None:
        """Show these cards, or this text."""
        if views != self._views:
            self._views = views
            self.relay()

    def lay_out(self, width: int) -> list[Content]:  # noqa: D102 - Lines'
        if isinstance(self._views, str):
            return hang(Content(""), Content.styled(literal(self._views), "$quiet"), width=width)
        lines: list[Content] = []
        for view in self._views:
            for face in view.faces:
                lines += [_rule(" · ".join(filter(None, (view.name, face.mode))), face.when, width), Content("")]
                lines += [*self._stem(view, face.asked, width), Content(""), *self._means_of(face.asked, width), Content("")]
            lines += [_rule(" · ".join(filter(None, (view.name, "after the answer"))), "", width), Content("")]
            lines += feedback_lines(view.answer, width, evidence_open=True, dark=self.app.current_theme.dark)
            lines.append(Content(""))
        return lines[:-1]

    def _stem(self, view: CardView, asked: Asked, width: int) -> list[Content]:
        paper = asked.paper
        lines = [*hang(Content(""), Content.styled(literal(view.above), "$quiet"), width=width), Content("")] if view.above else []
        if paper.markdown:
            lines += markdown_lines(asked.stem, width, dark=self.app.current_theme.dark)
        else:
            lines += hang(Content(""), Content.styled(literal(asked.stem), "bold"), width=width)
        for number, hint in enumerate(paper.hints, start=1):
            lines += hang(Content.styled(f"Hint {number}  ", "$accent"), Content(literal(hint)), width=width)
        return lines

    def _means_of(self, asked: Asked, width: int) -> list[Content]:
        """Return the lines of the means of answering, as the study screen draws them."""
        if asked.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE):
            inner = max(2, width - 4)
            words = Content.styled(SEVERAL if asked.several else TYPE_IT, "$quiet").truncate(inner, ellipsis=True)
            lines = [
                Content.styled("╭" + "─" * (inner + 2) + "╮", "$border"),
                Content.assemble(("│ ", "$border"), words.pad_right(inner - words.cell_length), (" │", "$border")),
                Content.styled("╰" + "─" * (inner + 2) + "╯", "$border"),
            ]
            if asked.mode is Mode.TYPE_THEN_CHOOSE:
                then = Content.styled("and where that is not right:", "$quiet")
                return [*lines, *hang(Content(""), then, width=width), *self._means_of(asked._replace(mode=Mode.CHOOSE), width)]
            return lines
        if asked.mode not in self._means:
            kinds = {Mode.CHOOSE: Choices, Mode.ORDER: Arrange, Mode.MATCH: Matching, Mode.REVEAL: Curtain}
            self._means[asked.mode] = kinds[asked.mode]()
        return self._means[asked.mode].means_of(asked.options, asked.paper, width)

    @property
    def text(self) -> str:
        """What stands there, without colours."""
        return "\n".join(line.plain for line in self._lines(self.content_size.width or _WIDTH))


def _rule(name: str, when: str, width: int) -> Content:
    head = Content.assemble((one_line(name), "bold $primary"), (f"  {one_line(when)}" if when else "", "$quiet")).truncate(
        width, ellipsis=True
    )
    return Content.assemble(head, " ", ("─" * max(0, width - head.cell_length - 1), "$faint"))
