"""What a session shows: a prompt, the feedback on an answer, the summary at the end."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from quizzer import deckfile
from quizzer.core.errors import ImageError
from quizzer.core.grading import Grade
from quizzer.core.model import Card, Confidence, Evidence, Image, Interval, Mode, Phase, Rating, Source, Verdict


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """One card on show.

    ``options`` are shuffled by (card, reps): the same at every look. In order mode they are the things to put in order, in match mode
    what may stand on the right, lettered from a. Where one types first and chooses then, ``tried`` is what was typed.
    ``confidence``: the learner wants to be asked how sure they are.
    ``second``: the response was near, and may be mended this once.
    ``hints`` are those taken so far, in their order; the card has them all.
    ``new``, ``learning`` and ``due`` count what is left of the session, this card among them; ``done`` the reviews given in it.
    ``leech`` is how often it was forgotten, where that makes it a leech, else 0. In ``folder`` are the images of its deck.
    """

    card: Card
    mode: Mode
    options: tuple[str, ...]
    hints: tuple[str, ...] = ()
    tried: str = ""
    second: bool = False
    confidence: bool = False
    is_new: bool
    phase: Phase = Phase.NEW  # of the card before this answer: it says which of the three counts the card is among
    deck_title: str
    new: int
    learning: int
    due: int
    done: int
    flagged: bool = False
    leech: int = 0
    folder: Path | None = None

    def read_image(self, image: Image) -> bytes:
        """Return the bytes of one of the card's images.

        Raises:
            ImageError: it cannot be shown.
        """
        if self.folder is None:
            raise ImageError("D502", f"the image {image.file!r} is in no folder.", brief="it is missing")
        return deckfile.read_image(self.folder, image.file)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence with the source it comes from (None when the deck does not list it)."""

    evidence: Evidence
    source: Source | None


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One of several things that were to be named, or one that was named besides.

    ``key`` is what was to be named ("" for what is none of them), ``given`` how it was named ("" where it was not).
    """

    key: str
    given: str
    verdict: Verdict


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown after an answer. ``grade`` is None in reveal mode; ``chosen`` is the index of the option picked.

    ``members`` tells, where several things were to be typed, what became of each; those named besides stand last. ``hints`` were
    taken before the answer; each makes the rating that is suggested one lower. ``then`` are
    the options to choose from before this is final, where what was typed first was not right.
    ``sure`` is how sure the learner was, where they said so. ``again``: it is near, and may be mended once without penalty by checking
    another response (or the same one, which leaves it near); until then nothing of the key is told.
    ``acceptable``: the learner made it right, and it may be added to what the deck accepts.
    """

    verdict: Verdict | None
    grade: Grade | None
    response: str | None
    chosen: int | None
    key: str
    suggested: Rating
    intervals: Mapping[Rating, Interval | str]  # words where no interval is granted
    evidence: tuple[Shown, ...]
    members: tuple[Member, ...] = ()
    hints: int = 0
    then: tuple[str, ...] = ()
    sure: Confidence | None = None
    again: bool = False
    acceptable: bool = False


class Leech(msgspec.Struct, frozen=True, kw_only=True):
    """A card forgotten so often that its question is better written anew; ``suspended``: it is not asked any more."""

    card: Card
    lapses: int
    suspended: bool


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a session came to.

    ``right`` counts reviews not rated Again, ``new`` those of cards never answered before; ``missed`` are the cards rated Again,
    each once, in order; ``leeches`` those forgotten once too often in it; ``next_due`` says in words what comes next ("3 cards tomorrow"),
    "" when nothing is scheduled.
    """

    reviews: int
    right: int
    new: int
    again: int
    seconds: float
    by_rating: Mapping[Rating, int]
    missed: tuple[Card, ...]
    next_due: str
    streak: int
    leeches: tuple[Leech, ...] = ()
