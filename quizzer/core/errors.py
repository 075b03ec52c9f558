"""What can go wrong and be mended by the person at the keyboard.

A ``QuizzerError``'s text is shown as it stands, in one line: where, what is wrong (quoted), what to do.
Everything else that goes wrong is a bug and keeps its traceback.
"""


class QuizzerError(Exception):
    """An expected failure; its text is for the user."""


class DeckError(QuizzerError):
    """A deck file cannot be read or written, or breaks a rule that study depends on."""


class ProgressError(QuizzerError):
    """progress.db cannot be opened, is not ours, is newer than we are, is locked or damaged."""


class ArticleError(QuizzerError):
    """An article cannot be read, or is not something questions can be made from."""


class SettingsError(QuizzerError):
    """A setting, or the workspace, is not usable."""


class FormatError(QuizzerError):
    """A file of another program cannot be read, or a deck cannot be written in its form."""
