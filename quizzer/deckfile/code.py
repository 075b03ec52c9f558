"""What one code of ``quizzer check`` means."""

import msgspec

GOOD = "- {id: q, question: Capital of Peru?, answer: Lima"


class Code(msgspec.Struct, frozen=True):
    """What a code means.

    ``example`` is a whole deck file, or (when it begins with a dash) its questions; empty where one text cannot show it. ``on``: it
    is looked for unless a deck or a command asks for other codes.
    """

    title: str
    prose: str
    example: str = ""
    severity: str = "error"
    on: bool = True

    @property
    def deck(self) -> str:
        """The example as a whole deck file."""
        if not self.example.startswith("- "):
            return self.example
        questions = self.example.replace("\n", "\n  ").rstrip()
        return f"id: example\ntitle: Example\nsources: [{{id: wire}}]\nquestions:\n  {questions}\n"
