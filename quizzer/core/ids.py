"""Ids: what a card's says of its deck, and those of log rows: UUIDv7 (RFC 9562), which sort by the instant they were made.

Pure: clock and dice are arguments. Ids of one ``Ids`` always ascend, also inside a millisecond and when the clock goes back.
"""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Dice = Callable[[int], int]  # a number of that many random bits, as ``random.Random(seed).getrandbits``

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RANDOM_BITS = 74  # what version 7 leaves beside 48 bits of Unix milliseconds, 4 of version and 2 of variant


def milliseconds(at: datetime) -> int:
    """Return the whole milliseconds since 1970 of an aware instant, rounded down."""
    return (at - _EPOCH) // _MILLISECOND


def instant(millisecond: int) -> datetime:
    """Return the aware UTC instant of whole milliseconds since 1970.

    Raises:
        OverflowError: it lies outside the years 1 to 9999.
    """
    return _EPOCH + timedelta(milliseconds=millisecond)


def deck_of(card: str) -> str:
    """Return the deck's id: what stands before the first slash of a card's id."""
    return card.partition("/")[0]


class Ids:
    """Makes ids, each greater than the one before and than every id it was told to ``follow``."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._millisecond, self._random = -1, 0

    def follow(self, known: str) -> None:
        """Make ids greater than ``known`` from here on; what is no UUIDv7 is passed over."""
        self._millisecond, self._random = max((self._millisecond, self._random), _parts(known))

    def new(self, at: datetime) -> str:
        """Return a fresh id for the instant ``at``, as 36 characters of lower-case text."""
        millisecond = milliseconds(at)
        if millisecond > self._millisecond:
            self._millisecond, self._random = millisecond, self._dice(_RANDOM_BITS)
        else:
            self._random += 1 + self._dice(32)
            if self._random >> _RANDOM_BITS:
                self._millisecond, self._random = self._millisecond + 1, self._dice(_RANDOM_BITS)
        high, low = self._random >> 62, self._random & ((1 << 62) - 1)
        return str(uuid.UUID(int=self._millisecond << 80 | 7 << 76 | high << 64 | 0b10 << 62 | low))


def _parts(known: str) -> tuple[int, int]:
    try:
        number = uuid.UUID(known)
    except ValueError:
        return -1, 0
    if number.version != 7:
        return -1, 0
    return number.int >> 80, ((number.int >> 64) & 0xFFF) << 62 | number.int & ((1 << 62) - 1)
