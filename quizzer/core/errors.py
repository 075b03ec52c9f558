"""What can go wrong and be mended by the person at the keyboard.

A ``QuizzerError``'s text is shown as it stands, in one line: where, what is wrong (quoted), what to do.
Everything else that goes wrong is a bug and keeps its traceback.
"""


class QuizzerError(Exception):
    """An expected failure; its text is for the user."""


class DeckError(QuizzerError):
    """A deck file cannot be read or written, or breaks a rule that study depends on."""


class StaleError(DeckError):
    """A question is not what an edit left any more: that edit cannot be taken back."""


class ImageError(DeckError):
    """An image of a deck cannot be shown. ``code`` is that of ``quizzer check``; ``brief`` says why without naming the file."""

    def __init__(self, code: str, message: str, *, brief: str) -> None:
        super().__init__(message)
        self.code, self.brief = code, brief


class ProgressError(QuizzerError):
    """progress.db cannot be opened, is not ours, is newer than we are, is locked or damaged."""


class StaleMergeError(ProgressError):
    """Something that a merge brought was taken back since: that merge cannot be taken out any more."""


class ArticleError(QuizzerError):
    """An article cannot be read, or is not something questions can be made from."""


class SettingsError(QuizzerError):
    """A setting, or the workspace, is not usable."""


class FormatError(QuizzerError):
    """A file of another program cannot be read, or a deck cannot be written in its form."""
