"""What is wished for on paper: which questions, in which form, on which paper."""

import enum

import msgspec

from quizzer.core.model import Mode


class Form(enum.StrEnum):
    """What a deck becomes on paper."""

    SHEET = "sheet"  # questions to be answered, and their key
    KEY = "key"  # the key alone
    CARDS = "cards"


class Paper(enum.StrEnum):
    """The paper it is printed on."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return (210.0, 297.0) if self is Paper.A4 else (215.9, 279.4)


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What is wished for.

    Without a ``seed``, one version has the questions in the order of the deck, and options in an order that stays the same.
    ``questions``: how many at the most, drawn by the seed. ``tags`` and ``ids``: those with one of these tags, or ids; empty: all.
    ``mode``: CHOOSE (options, where there are some) or TYPE (lines to write on); None: as the deck says. ``instructions``: None for those
    of the deck's language. ``versions``: 1 to 26. ``key``: the sheet is followed by its key. ``size`` is that of a sheet's text in points.
    """

    form: Form = Form.SHEET
    title: str = ""
    instructions: str | None = None
    questions: int | None = None
    tags: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    mode: Mode | None = None
    seed: str | None = None
    versions: int = 1
    points: bool = True
    key: bool = True
    paper: Paper = Paper.A4
    size: int = 11
    double_sided: bool = False
