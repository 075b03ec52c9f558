"""The words of the house as values: what a card, a review, a memory state, a source is.

Everything here is frozen. Instants are aware UTC datetimes; a study day is an integer, the proleptic Gregorian
ordinal (``date.toordinal``) of the date on which the day began at its cut-off.
"""

import enum
from datetime import datetime
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta


class Mode(enum.StrEnum):
    """How a card is answered."""

    REVEAL = "reveal"
    CHOOSE = "choose"
    TYPE = "type"
    TYPE_THEN_CHOOSE = "type-then-choose"  # options are shown only when what was typed is not right
    ORDER = "order"
    MATCH = "match"


class Markup(enum.StrEnum):
    """How stems and explanations are written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


IMAGE_FILES = (".png", ".jpg", ".jpeg", ".gif", ".webp")  # how the names of images end that can be shown


class Images(enum.StrEnum):
    """How images are shown in a terminal, where it can."""

    AUTO = "auto"  # as well as it can
    GRAPHICS = "graphics"  # the same, and the terminal is given more time to say that it can
    BLOCKS = "blocks"  # in coloured half blocks
    TEXT = "text"  # not at all: told in words


class Confidence(enum.StrEnum):
    """How sure a learner is of an answer, before they see whether it is right."""

    GUESS = "guess"
    THINK = "think"
    SURE = "sure"


class Verdict(enum.StrEnum):
    """What the grader makes of a response."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"


class Rating(enum.IntEnum):
    """How well the learner knew it, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(enum.StrEnum):
    """Where a card stands with its learner."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class AnswerType(enum.StrEnum):
    """What sort of thing an answer is; it decides how a typed response is graded."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DATE = "date"
    RANGE = "range"
    DURATION = "duration"
    MONEY = "money"
    TEXT = "text"


Offset = Annotated[int, Meta(ge=0)]


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the evidence of a deck stands; ``sha256`` is of the article's untouched text as UTF-8."""

    id: Annotated[str, Meta(description="A short name that evidence refers to.")]
    publisher: Annotated[str, Meta(description="Who published it.")] = ""
    title: Annotated[str, Meta(description="Its headline.")] = ""
    date: Annotated[str, Meta(description="When it was published: YYYY, YYYY-MM or YYYY-MM-DD.")] = ""
    url: Annotated[str, Meta(description="Where it can be read.")] = ""
    sha256: Annotated[str, Meta(description="Of the article's untouched text as UTF-8, in hexadecimal.")] = ""


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The exact span of an article that supports a key.

    ``quote`` is verbatim; ``start`` its offset in characters in the untouched text (None: unknown). ``passage`` is the
    text around it, verbatim, beginning at ``passage_start``; empty in decks made for sharing.
    """

    source: Annotated[str, Meta(description="The id of one of the deck's sources.")]
    quote: Annotated[str, Meta(description="The span that supports the key, word for word.")]
    start: Annotated[Offset | None, Meta(description="Where the quote begins in the article, in characters.")] = None
    passage: Annotated[str, Meta(description="The text around the quote, word for word.")] = ""
    passage_start: Annotated[Offset | None, Meta(description="Where the passage begins in the article, in characters.")] = None

    @property
    def mark(self) -> tuple[int, int] | None:
        """Where the quote lies within the passage, as (start, end), or None when there is no passage or it is not there."""
        if not self.passage:
            return None
        at = -1
        if self.start is not None and self.passage_start is not None:
            at = self.start - self.passage_start
            if at < 0 or not self.passage.startswith(self.quote, at):
                at = -1
        if at < 0:
            at = self.passage.find(self.quote)
        return None if at < 0 else (at, at + len(self.quote))


class Image(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An image that lies beside its deck file. A deck may write the ``alone`` key's value in place of the whole."""

    alone: ClassVar[str] = "file"

    file: Annotated[str, Meta(description="The file of the image (PNG, JPEG, GIF or WebP), as seen from the folder of the deck.")]
    alt: Annotated[str, Meta(description="What is to be seen, in words, for who cannot see it; without the answer.")] = ""
    credit: Annotated[str, Meta(description="Who made it, and under which licence.")] = ""

    @property
    def told(self) -> str:
        """What stands for the image where it cannot be seen, on one line. Never the name of its file: that may be the answer."""
        words = " ".join(self.alt.split())
        return f"[Image: {words}]" if words else "[Image, not described]"


class Part(msgspec.Struct, frozen=True):
    """One thing to be named: its key, other wordings that are as right, and its sort."""

    key: str
    accept: tuple[str, ...] = ()
    type: AnswerType = AnswerType.TEXT


class Answer(msgspec.Struct, frozen=True):
    """What a response is graded against: one part; or several, in any order or (``ordered``) in theirs."""

    parts: tuple[Part, ...]
    ordered: bool = False

    @property
    def key(self) -> str:
        """The right answer as it is shown."""
        return (" → " if self.ordered else ", ").join(part.key for part in self.parts)


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked and scheduled. A question deals one card, a cloze question one a gap.

    ``id`` is ``deck/question`` or ``deck/question#gap``; cards of one ``question`` are siblings. ``modes`` lists the modes
    it can be asked in, best first; ``pinned`` is the author's wish. ``fingerprint`` changes when its key changes. ``pairs`` are what
    is to be matched: the left of each, and the right that goes with it.
    """

    id: str
    deck: str
    question: str
    stem: str
    answer: Answer
    modes: tuple[Mode, ...]
    fingerprint: str
    distractors: tuple[str, ...] = ()
    pinned: Mode | None = None
    shuffle: bool = True
    evidence: tuple[Evidence, ...] = ()
    explanation: str = ""
    as_of: str = ""
    tags: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()
    markup: Markup = Markup.PLAIN  # of stem and explanation
    image: Image | None = None
    explanation_image: Image | None = None  # in its place, after the answer


class Interval(msgspec.Struct, frozen=True, order=True):
    """How long until a card comes back: whole study days, or (inside a day, ``days`` 0) seconds."""

    days: int = 0
    seconds: int = 0

    def __str__(self) -> str:
        if self.days == 0:
            minutes = max(1, round(self.seconds / 60))
            return f"{minutes}m" if minutes < 60 else f"{minutes / 60:.2g}h"
        if self.days < 31:
            return f"{self.days}d"
        if self.days < 365:
            return f"{self.days / 30.4375:.2g}mo"
        return f"{self.days / 365.25:.2g}y" if self.days < 3653 else f"{round(self.days / 365.25)}y"


class MemoryState(msgspec.Struct, frozen=True, kw_only=True):
    """What replaying a card's log gives.

    Stability in days, difficulty 1 to 10; both 0.0 while the card is new. A card in ``REVIEW`` is due on the study day
    ``due_day``; one in (re)learning at the instant ``due_at`` (UTC), ``step`` counting from 0. ``last_at`` and ``last_day`` are of
    its last review.
    """

    phase: Phase = Phase.NEW
    stability: float = 0.0
    difficulty: float = 0.0
    step: int = 0
    reps: int = 0
    lapses: int = 0
    due_day: int | None = None
    due_at: datetime | None = None
    last_day: int | None = None
    last_at: datetime | None = None
    suspended: bool = False
    buried_until: int | None = None  # study day on which it may be asked again
    fingerprint: str = ""


class Act(enum.StrEnum):
    """What a learner did; each is a row of the log."""

    REVIEW = "review"
    UNDO = "undo"
    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    BURY = "bury"
    FLAG = "flag"
    UNFLAG = "unflag"
    RESET = "reset"
    KEEP = "keep"  # the key changed; the learner keeps the progress
    RESCHEDULE = "reschedule"


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the log, never changed once written.

    ``id`` is a UUIDv7, ``at`` its instant (UTC, ms), ``day`` the study day as reckoned then. A review also has what follows;
    ``granted``, ``phase`` and ``step`` are what the scheduler granted then, so that replay needs nothing but the FSRS weights.
    """

    id: str
    act: Act
    card: str
    at: datetime
    day: int
    mode: Mode | None = None
    response: str | None = None
    verdict: Verdict | None = None
    rating: Rating | None = None
    duration_ms: int | None = None
    granted: Interval | None = None
    before: Phase | None = None  # where the card stood when it was asked; replay does without it, counts and statistics do not
    phase: Phase | None = None
    step: int | None = None
    fingerprint: str = ""
    voids: str | None = None  # the entry an undo takes back


WEIGHTS = 21  # how many FSRS-6 has


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """FSRS weights that a learner put to use at an instant: ``WEIGHTS`` numbers, or none for FSRS's own. The newest (at, id) count.

    ``reviews`` they were fitted to; on ``held_out`` of them that a trial fit had not seen, its log-loss and that of the weights before.
    """

    id: str
    at: datetime
    values: tuple[float, ...]
    reviews: int = 0
    held_out: int = 0
    loss_before: float | None = None
    loss_after: float | None = None


COUNTED_MS = 300_000  # of one answer's time, in sums: who walked away from the desk was not learning


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """A deck's reviews on a study day: how many; of those, how many of cards in review, and of these not rated Again.

    ``milliseconds`` is the time they took, of each answer ``COUNTED_MS`` at the most.
    """

    deck: str
    day: int
    reviews: int
    asked: int = 0
    kept: int = 0
    milliseconds: int = 0


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """A deck's reviews before some study day, summed up as in a ``Tally``."""

    deck: str = ""
    reviews: int = 0
    asked: int = 0
    kept: int = 0
    milliseconds: int = 0


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How cards with a state stand on a study day, in counts and sums.

    ``learning``, ``in_review`` and ``mature`` (of those in review) leave out the ``suspended``; ``known`` counts all with a memory, over
    which ``stability`` (days), ``difficulty`` and ``recall`` (the chance, 0 to 1, that it is recalled on the day) are summed up.
    ``coming`` counts reviews due on the day (with what is overdue) and on each after it.
    """

    learning: int = 0
    in_review: int = 0
    mature: int = 0
    suspended: int = 0
    known: int = 0
    stability: float = 0.0
    difficulty: float = 0.0
    recall: float = 0.0
    coming: tuple[int, ...] = ()
