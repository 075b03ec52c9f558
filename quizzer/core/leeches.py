"""Leeches: cards that are forgotten again and again, mostly because they ask badly.

Pure. A card is one from so many lapses on; the learner is told then, and again after every half of that, as in Anki.
"""

import enum


class Leeches(enum.StrEnum):
    """What is done about a leech: only say so, or suspend it too."""

    TAG = "tag"
    SUSPEND = "suspend"


def is_leech(lapses: int, *, threshold: int) -> bool:
    """Return whether a card of so many lapses is one; a ``threshold`` of 0: none ever is."""
    return 0 < threshold <= lapses


def strikes(lapses: int, *, threshold: int) -> bool:
    """Return whether the lapse that made it ``lapses`` is one to speak up at: at the threshold, and after every half of it (rounded up)."""
    return is_leech(lapses, threshold=threshold) and (lapses - threshold) % max(1, -(-threshold // 2)) == 0
