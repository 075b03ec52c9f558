"""Where an author is among the questions: which are looked at, and which is before them.

Pure. A walk changes nothing of what was decided; it goes round at both ends.
"""

from quizzer.authoring.sifting import Sifting


class Walk:
    """Goes from question to question, through all or only some of them."""

    def __init__(self, sifting: Sifting) -> None:
        """Begin at the first question that is not decided."""
        self._sifting = sifting
        self.sort = self.search = ""
        self.ids = sifting.ids
        self.at = sifting.next_open("", self.ids) or next(iter(self.ids), "")

    @property
    def is_anywhere(self) -> bool:
        """Whether there is a question before the author."""
        return self.at in self.ids

    @property
    def only(self) -> str:
        """What is looked at, in words; empty when it is everything."""
        return " · ".join(filter(None, (self.sort, f"“{self.search}”" if self.search else "")))

    @property
    def open(self) -> tuple[str, ...]:
        """The ids looked at that are not decided on."""
        return self._sifting.open_among(self.ids)

    def narrow(self, *, sort: str | None = None, search: str | None = None) -> None:
        """Look only at one sort, or at what holds these words; empty: at all again. What is left out here stays as it was."""
        self.sort = self.sort if sort is None else sort
        self.search = self.search if search is None else search
        self.ids = self._sifting.among(sort=self.sort, search=self.search)
        if not self.is_anywhere:
            self.at = next(iter(self.ids), "")

    def next_sort(self) -> str:
        """Return the sort after the one looked at; after the last comes none."""
        sorts = ["", *self._sifting.sorts]
        return sorts[(sorts.index(self.sort) + 1) % len(sorts)]

    def to(self, name: str) -> None:
        """Go to a question; where it is not among those looked at, look at all."""
        if name not in self.ids:
            self.narrow(sort="", search="")
        self.at = name

    def step(self, by: int) -> None:
        """Go on by so many, or back."""
        if self.ids:
            at = self.ids.index(self.at) if self.is_anywhere else 0
            self.at = self.ids[(at + by) % len(self.ids)]

    def on(self) -> bool:
        """Go to the next that is not decided; return whether there is one."""
        following = self._sifting.next_open(self.at, self.ids)
        self.at = following or self.at
        return following is not None
