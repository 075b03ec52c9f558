"""An author's decisions over what is proposed: keep, drop, edit, merge; each can be undone and done again.

Pure: decisions in, state out. The same decisions always give the same state, so a file of them is the whole of a sitting.
"""

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from quizzer.authoring.merging import candidates
from quizzer.core.kinds import Question
from quizzer.core.model import Evidence, Source
from quizzer.core.proposals import Proposal

STALE = "stale"  # the sort under which questions are listed whose evidence is gone


class Standing(enum.StrEnum):
    """What an author decided on a question."""

    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"
    MERGED = "merged"  # into another, which asks the same


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision: what was done to the questions of these ids.

    ``open`` takes a decision back without undoing. ``edit`` gives one question as it is to be; ``merge`` the question that stays
    (the first id) as it is to be, and takes the second in. ``undo`` and ``redo`` name none.
    """

    does: Literal["keep", "drop", "open", "edit", "merge", "undo", "redo"]
    ids: tuple[str, ...] = ()
    question: Question | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it stands before its author: proposed (``proposal``), or stale and in the deck (None).

    ``question`` is as the author edited or merged it; ``edited`` says whether they did; ``into`` is the id of what it was merged into.
    """

    question: Question
    sort: str
    standing: Standing
    proposal: Proposal | None
    edited: bool = False
    into: str = ""

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How far the author is. ``merged`` are those that were merged into others."""

    total: int
    open: int
    kept: int
    dropped: int
    merged: int

    @property
    def decided(self) -> int:
        """How many are decided on."""
        return self.total - self.open


class _Was(msgspec.Struct, frozen=True):
    """What a decision changed, as it was before, by id: standing, question when it was edited, and what it was merged into."""

    decision: Decision
    before: tuple[tuple[str, Standing, Question | None, str], ...]


class Sifting:
    """Proposals and stale questions, best first, and what was decided on each."""

    def __init__(self, proposals: Sequence[Proposal], stale: Sequence[Question] = (), sources: Sequence[Source] = ()) -> None:
        """Take the proposals in the deck's order, best first, its questions that are stale, and the articles of all evidence."""
        self._proposals = {proposal.question.id: proposal for proposal in proposals}
        self._stale = {question.id: question for question in stale}
        self.sources: Mapping[str, Source] = {source.id: source for source in sources}
        self.ids: tuple[str, ...] = (*self._proposals, *self._stale)
        self._standing = dict.fromkeys(self.ids, Standing.OPEN)
        self._edited: dict[str, Question] = {}
        self._into: dict[str, str] = {}
        self._done: list[_Was] = []
        self._undone: list[Decision] = []

    # What there is

    def entry(self, name: str) -> Entry:
        """Return the question of this id as it stands."""
        proposal = self._proposals.get(name)
        return Entry(
            question=self._edited.get(name) or (proposal.question if proposal else self._stale[name]),
            sort=proposal.sort if proposal else STALE,
            standing=self._standing[name],
            proposal=proposal,
            edited=name in self._edited,
            into=self._into.get(name, ""),
        )

    @property
    def sorts(self) -> tuple[str, ...]:
        """The sorts there are, the most frequent first; stale questions last."""
        found: dict[str, int] = {}
        for proposal in self._proposals.values():
            found[proposal.sort] = found.get(proposal.sort, 0) + 1
        return (*sorted(found, key=lambda sort: -found[sort]), *((STALE,) if self._stale else ()))

    @property
    def counts(self) -> Counts:
        """How far the author is."""
        standings = list(self._standing.values())
        return Counts(
            total=len(standings),
            open=standings.count(Standing.OPEN),
            kept=standings.count(Standing.KEPT),
            dropped=standings.count(Standing.DROPPED),
            merged=standings.count(Standing.MERGED),
        )

    def standing(self, name: str) -> Standing:
        """Return what was decided on the question of this id."""
        return self._standing[name]

    def among(self, *, sort: str = "", search: str = "") -> tuple[str, ...]:
        """Return the ids of one sort (empty: of all) that hold every word of ``search`` in their question, answers or evidence."""
        words = search.casefold().split()
        return tuple(name for name in self.ids if self._is_of(name, sort) and all(word in self._words(name) for word in words))

    def next_open(self, after: str, ids: Sequence[str]) -> str | None:
        """Return the first of ``ids`` that is not decided on, from behind ``after`` on and round; None when all are."""
        at = ids.index(after) + 1 if after in ids else 0
        return next((name for name in (*ids[at:], *ids[:at]) if self._standing[name] is Standing.OPEN), None)

    def open_among(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``ids`` that are not decided on."""
        return tuple(name for name in ids if self._standing[name] is Standing.OPEN)

    def mergeable(self, name: str) -> tuple[str, ...]:
        """Return the proposals that may ask the same as this one, the likeliest first."""
        if name not in self._proposals or self._standing[name] is Standing.MERGED:
            return ()
        others = [other for other in self._proposals if other != name and self._standing[other] not in (Standing.MERGED, Standing.DROPPED)]
        told = {other for other in others if name in self._proposals[other].alike} | set(self._proposals[name].alike)
        return candidates(self.entry(name).question, [self.entry(other).question for other in others], told=told)

    def akin(self, name: str) -> tuple[str, ...]:
        """Return the other proposals that the generator told of as near to this one, and that are not gone."""
        told = [*self._proposals[name].alike] if name in self._proposals else []
        told += [other for other, proposal in self._proposals.items() if name in proposal.alike]
        gone = (Standing.DROPPED, Standing.MERGED)
        return tuple(other for other in dict.fromkeys(told) if other in self._proposals and self._standing[other] not in gone)

    # Decisions

    @property
    def can_undo(self) -> bool:
        """Whether there is a decision to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is one that was taken back."""
        return bool(self._undone)

    def apply(self, decision: Decision) -> tuple[str, ...]:
        """Do ``decision`` and return the ids it touched; none when there was nothing to do.

        Raises:
            KeyError: there is no question of that id.
        """
        if decision.does == "undo":
            return self._undo()
        if decision.does == "redo":
            if not self._undone:
                return ()
            return self._do(self._undone.pop())
        touched = self._do(decision)
        if touched:
            self._undone.clear()
        return touched

    def _do(self, decision: Decision) -> tuple[str, ...]:
        before = [(name, self._standing[name], self._edited.get(name), self._into.get(name, "")) for name in decision.ids]
        for name, standing, question, into in self._after(decision):
            self._set(name, standing, question, into)
        after = [(name, self._standing[name], self._edited.get(name), self._into.get(name, "")) for name in decision.ids]
        if before == after:
            return ()
        self._done.append(_Was(decision, tuple(before)))
        return decision.ids

    def _after(self, decision: Decision) -> Iterator[tuple[str, Standing, Question | None, str]]:
        """Yield how each question of the decision stands after it."""
        standing = {"keep": Standing.KEPT, "drop": Standing.DROPPED, "open": Standing.OPEN}
        if decision.does in standing:
            for name in decision.ids:
                yield name, standing[decision.does], self._edited.get(name), ""
        elif decision.does == "edit" and decision.question is not None:
            (name,) = decision.ids
            yield name, self._standing[name], None if decision.question == self._own(name) else decision.question, self._into.get(name, "")
        elif decision.does == "merge" and decision.question is not None:
            stays, goes = decision.ids
            yield stays, Standing.KEPT, decision.question, ""
            yield goes, Standing.MERGED, self._edited.get(goes), stays

    def _undo(self) -> tuple[str, ...]:
        if not self._done:
            return ()
        was = self._done.pop()
        for name, standing, question, into in was.before:
            self._set(name, standing, question, into)
        self._undone.append(was.decision)
        return was.decision.ids

    def _set(self, name: str, standing: Standing, question: Question | None, into: str) -> None:
        self._standing[name] = standing
        if question is None:
            self._edited.pop(name, None)
        else:
            self._edited[name] = question
        if into:
            self._into[name] = into
        else:
            self._into.pop(name, None)

    def _own(self, name: str) -> Question:
        proposal = self._proposals.get(name)
        return proposal.question if proposal else self._stale[name]

    def _is_of(self, name: str, sort: str) -> bool:
        return not sort or sort == (self._proposals[name].sort if name in self._proposals else STALE)

    def _words(self, name: str) -> str:
        return " ".join(_texts(self.entry(name).question)).casefold()


def _texts(question: Question) -> Iterator[str]:
    """Yield every text of a question that an author might look for."""
    for value in (getattr(question, field) for field in question.__struct_fields__):
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, Evidence):
                yield text.quote
            elif isinstance(text, str):
                yield text
