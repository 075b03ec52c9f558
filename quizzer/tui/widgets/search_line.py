"""A line at the foot to look for words."""

from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widgets import Input


class SearchLine(Input):
    """Hidden until it is opened; tells its words as they are typed, and when they are done with."""

    DEFAULT_CSS = """
    SearchLine, SearchLine:focus { display: none; height: 1; border: none; background: $surface; }
    SearchLine.-open { display: block; }
    """

    @dataclass
    class Typed(Message):
        """These are the words now."""

        words: str

    @dataclass
    class Done(Message):
        """The author looks at what was found."""

    def __init__(self) -> None:
        super().__init__(placeholder="Words to look for; Enter shows what was found, Esc all", compact=True)

    def open(self, words: str) -> None:
        """Begin, with these words."""
        self.add_class("-open")
        self.value = words
        self.focus()

    def close(self, *, clear: bool = False) -> None:
        """Hide; ``clear``: forget the words."""
        if clear:
            with self.prevent(Input.Changed):
                self.value = ""
        self.remove_class("-open")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value.strip()))

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Done())
