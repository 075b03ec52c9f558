"""A guard against keys that bounce or are held down.

The same digits choose an option and rate it; a press meant for one question must not fall on the next.
"""

from collections.abc import Callable


class Guard:
    """Lets a deciding press through when the learner can have seen what it decides.

    A press is held back within ``settle`` seconds after the screen turned to something new, and within ``repeat`` seconds
    after the last press, held back or not: a key held down repeats faster than that and so stays held back till it is let go.
    """

    def __init__(self, monotonic: Callable[[], float], *, settle: float = 0.2, repeat: float = 0.1) -> None:
        self._monotonic = monotonic
        self._settle = settle
        self._repeat = repeat
        self._turned = self._pressed = float("-inf")

    def turn(self) -> None:
        """Note that the screen now asks for something else."""
        self._turned = self._monotonic()

    def lets_through(self) -> bool:
        """Note a press; return whether it may decide."""
        now = self._monotonic()
        settled = now - self._turned >= self._settle
        apart = now - self._pressed >= self._repeat
        self._pressed = now
        return settled and apart
