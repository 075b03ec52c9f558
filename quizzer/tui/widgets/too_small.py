"""What is shown where there is no room for anything."""

from textual.content import Content
from textual.widget import Widget


class TooSmall(Widget):
    """A notice that the terminal is too small; its screen shows it in place of everything else."""

    DEFAULT_CSS = """
    TooSmall { display: none; width: 100%; height: 100%; content-align: center middle; text-align: center; color: $text; }
    """

    def render(self) -> Content:  # noqa: D102 - Textual's
        return Content("Too small for quizzer.\nMake the window larger.")
