"""An author's sitting over what was proposed for one deck file, from the offer to the written deck.

Every decision is on disk before it counts; nothing is written to the deck until it is accepted, and then all of it at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from quizzer import deckfile
from quizzer.authoring import waiting
from quizzer.authoring.forms import wrong_among, wrong_with
from quizzer.authoring.renewal import renew, wordings
from quizzer.authoring.sifting import Decision, Sifting, Standing
from quizzer.authoring.waiting import Offer
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Question
from quizzer.core.proposals import Proposal, Reading, without_passages
from quizzer.deckfile.journal import Journal


class Stale(msgspec.Struct, frozen=True):
    """A question whose evidence is no longer in its article, and the line it stands in."""

    id: str
    line: int


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, or would be: ``made``: the file was not there before, or was written over."""

    path: Path
    made: bool
    new: int = 0
    moved: int = 0
    dropped: int = 0
    merged: int = 0
    removed: int = 0
    edited: int = 0
    open: int = 0
    stale: tuple[Stale, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all that was offered was written."""
        return not (self.dropped or self.merged or self.open or self.edited)

    def __str__(self) -> str:
        parts = [f"{self.new} new", f"{self.moved} moved", f"{len(self.stale)} stale"] if not self.made else [f"{self.new} kept"]
        parts += [f"{self.removed} removed"] if self.removed else []
        parts += [f"{self.dropped} dropped"] if self.dropped else []
        parts += [f"{self.open} left undecided"] if self.open else []
        return ", ".join(parts)


def offer(
    path: Path,
    made: Deck,
    proposals: Sequence[Proposal],
    readings: Sequence[Reading],
    *,
    over: bool = False,
    passages: bool = True,
    title: str = "",
) -> Offer:
    """Return what is to be offered for the deck file at ``path``.

    Args:
        path: The deck file; where it is there (and ``over`` is not given), it is brought up to date.
        made: The deck as generated: its id, title and sources are a new deck's.
        proposals: In the order in which a deck has them.
        readings: The articles that were read, at least those the deck has evidence of.
        over: Write over a file that is there.
        passages: Whether kept questions carry the passages around their evidence; never where none in the deck does.
        title: For a deck that is there: its title from now on; empty: as it is.

    Raises:
        DeckError: the file is there and cannot be read or is not sound.
    """
    if over or not path.exists():
        return Offer(id=made.id, title=made.title, proposals=tuple(proposals), sources=made.sources, over=over, passages=passages)
    deck = deckfile.load(path)
    found = renew(deck, proposals, readings)
    by_id = {question.id: question for question in deck.questions}
    given = {source.id for source in found.sources}
    return Offer(
        id=deck.id,
        title=title,
        proposals=found.new,
        sources=found.sources,
        moved={name: (by_id[name].evidence, evidence) for name, evidence in found.moved.items()},
        stale=tuple(by_id[name] for name in found.stale),
        elsewhere=tuple(source for source in deck.sources if source.id not in given),
        passages=passages and any(one.passage for question in deck.questions for one in question.evidence),
    )


def refuse_waiting(path: Path) -> None:
    """Raise DeckError when decisions wait for the deck file at ``path``, which writing all would pass over."""
    if waiting.place(path).exists() and (decided := Sitting.reopen(path).sifting.counts.decided):
        raise DeckError(f"{path}: {decided} decisions wait for it. Open them with --review, or write all the same with --yes.")


def discard(path: Path) -> None:
    """Take away what waits for the deck file at ``path``, if anything does. Raises DeckError."""
    waiting.discard(path)


def write(path: Path, offered: Offer, sifting: Sifting | None = None) -> Account:
    """Write what was accepted into the deck file: what ``sifting`` keeps, or without one all that is offered.

    The file is read anew: what its author changed in it since the offer was made stays.

    Raises:
        DeckError: the deck is not sound, has no question, or cannot be written; then nothing was.
    """
    sifting = sifting or everything(offered)
    if offered.over or not path.exists():
        deck = Deck(
            id=offered.id,
            title=offered.title or offered.id,
            sources=offered.sources,
            questions=_kept(offered, sifting),
            declined=_declined(offered, sifting),
        )
        if not deck.questions:
            raise DeckError(f"{path}: no question is kept, so there is no deck to write. Keep one, or leave.")
        deckfile.save(deck, path)
        return _account(path, offered, sifting, made=True)
    before = deckfile.load(path)
    after = _revised(before, offered, sifting)
    if not after.questions:
        raise DeckError(f"{path}: no question would be left in it. Keep one, or remove the file.")
    deckfile.revise(path, after)
    return _account(path, offered, sifting, made=False)


def everything(offered: Offer) -> Sifting:
    """Return a sifting of the offer in which every proposal is kept."""
    sifting = Sifting(offered.proposals, offered.stale, (*offered.sources, *offered.elsewhere))
    sifting.apply(Decision(does="keep", ids=tuple(proposal.question.id for proposal in offered.proposals)))
    return sifting


def _kept(offered: Offer, sifting: Sifting, *, here: Mapping[str, Question] = {}) -> tuple[Question, ...]:
    """Return the kept questions in the order of the offer; what came to be ``here`` meanwhile is left out, or its id is."""
    kept = []
    for proposal in offered.proposals:
        entry = sifting.entry(proposal.question.id)
        if entry.standing is Standing.KEPT:
            question = entry.question if offered.passages else without_passages(entry.question)
            twin = here.get(question.id)
            if twin is not None and twin.text == question.text and not wordings(twin).keys().isdisjoint(wordings(question)):
                continue
            number = 2
            while question.id in here:
                question = msgspec.structs.replace(question, id=f"{entry.id}-{number}")
                number += 1
            kept.append(question)
    return tuple(kept)


def _declined(offered: Offer, sifting: Sifting) -> tuple[str, ...]:
    """Return the ids that are not to be proposed again: what was dropped, and what was merged into another."""
    gone = (Standing.DROPPED, Standing.MERGED)
    return tuple(
        name
        for name in (*(one.question.id for one in offered.proposals), *(one.id for one in offered.stale))
        if sifting.standing(name) in gone
    )


def _revised(before: Deck, offered: Offer, sifting: Sifting) -> Deck:
    questions: list[Question] = []
    stale = {question.id: question for question in offered.stale}
    for question in before.questions:
        if question.id in stale:
            entry = sifting.entry(question.id)
            if entry.standing is Standing.DROPPED:
                continue
            if entry.edited and question == stale[question.id]:
                question = entry.question
        was, now = offered.moved.get(question.id, ((), ()))
        if now and question.evidence == was:
            question = msgspec.structs.replace(question, evidence=now)
        questions.append(question)
    questions += _kept(offered, sifting, here={question.id: question for question in before.questions})
    hashes = {source.id: source.sha256 for source in offered.sources}
    here = {source.id for source in before.sources}
    used = {one.source for question in questions for one in question.evidence}
    declined = dict.fromkeys((*before.declined, *_declined(offered, sifting)))
    present = {question.id for question in questions}
    return msgspec.structs.replace(
        before,
        title=offered.title or before.title,
        questions=tuple(questions),
        sources=(
            *(msgspec.structs.replace(source, sha256=hashes.get(source.id, source.sha256)) for source in before.sources),
            *(source for source in offered.sources if source.id not in here and source.id in used),
        ),
        declined=tuple(name for name in declined if name not in present or name in before.declined),
    )


def _account(path: Path, offered: Offer, sifting: Sifting, *, made: bool) -> Account:
    entries = [sifting.entry(proposal.question.id) for proposal in offered.proposals]
    removed = {one.id for one in offered.stale if sifting.standing(one.id) is Standing.DROPPED}
    lines = deckfile.lines(path) if offered.stale and path.exists() else {}
    return Account(
        path=path,
        made=made,
        new=sum(entry.standing is Standing.KEPT for entry in entries),
        moved=len(offered.moved),
        dropped=sum(entry.standing is Standing.DROPPED for entry in entries),
        merged=sum(entry.standing is Standing.MERGED for entry in entries),
        removed=len(removed),
        edited=sum(entry.edited for entry in entries),
        open=sum(entry.standing is Standing.OPEN for entry in entries),
        stale=tuple(Stale(one.id, lines.get(one.id, 1)) for one in offered.stale if one.id not in removed),
    )


class Sitting:
    """An offer, the decisions on it, and the file in which both wait."""

    def __init__(self, path: Path, offered: Offer, journal: Journal, decisions: Sequence[Decision] = ()) -> None:
        """Use ``begin`` or ``reopen``."""
        self.path = path
        self.offered = offered
        self.sifting = Sifting(offered.proposals, offered.stale, (*offered.sources, *offered.elsewhere))
        self._journal = journal
        self._judged: dict[str, tuple[Question, tuple[tuple[str, str], ...]]] = {}
        for decision in decisions:
            self.sifting.apply(decision)

    @classmethod
    def begin(cls, path: Path, offered: Offer) -> "Sitting":
        """Let the offer wait for its author; decisions on an offer that waited there before are carried over, question by question.

        Raises:
            DeckError: the waiting file cannot be read or written.
        """
        decisions: tuple[Decision, ...] = ()
        if waiting.place(path).exists():
            decisions = _carried_over(cls.reopen(path).sifting, Sifting(offered.proposals, offered.stale))
        return cls(path, offered, waiting.begin(path, offered, decisions), decisions)

    @classmethod
    def reopen(cls, path: Path) -> "Sitting":
        """Return what waits for the deck file at ``path``. Raises DeckError when nothing does, or it cannot be read."""
        journal, offered, decisions = waiting.reopen(path)
        try:
            return cls(path, offered, journal, decisions)
        except (KeyError, ValueError) as error:  # a decision on what was not offered
            raise waiting.damaged(path, error) from None

    def decide(self, decision: Decision) -> tuple[str, ...]:
        """Do ``decision``, on disk first; return the ids it touched, none when there was nothing to do.

        Raises:
            DeckError: it cannot be kept on disk; then it is not done either.
        """
        self._journal.append(waiting.decision_line(decision))
        return self.sifting.apply(decision)

    @property
    def account(self) -> Account:
        """What accepting now would write."""
        return _account(self.path, self.offered, self.sifting, made=self.offered.over or not self.path.exists())

    def doubts(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return what is wrong with the question of this id, as (severity, what), errors first."""
        question = self.sifting.entry(name).question
        if name not in self._judged or self._judged[name][0] != question:
            self._judged[name] = (question, wrong_with(question))
        return self._judged[name][1]

    def sound(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``ids`` that a deck could take: with an error among its questions it could not be studied."""
        ids = tuple(ids)
        if not wrong_among([self.sifting.entry(name).question for name in ids]):  # one look at all is much quicker
            return ids
        return tuple(name for name in ids if not any(severity == "error" for severity, _ in self.doubts(name)))

    def accept(self) -> Account:
        """Write what is kept into the deck; then nothing waits any more.

        Raises:
            DeckError: it cannot be written, or another window decided or wrote meanwhile; then all waits as before.
        """
        self._journal.refuse_changed()
        account = write(self.path, self.offered, self.sifting)
        self._journal.remove()
        return account


def _carried_over(old: Sifting, new: Sifting) -> tuple[Decision, ...]:
    """Return the decisions that decide on ``new`` what was decided on the same questions of ``old``."""
    decisions: list[Decision] = []
    here = set(new.ids)
    for does, standing in (("keep", Standing.KEPT), ("drop", Standing.DROPPED)):
        ids = tuple(name for name in old.ids if name in here and old.standing(name) is standing)
        if ids:
            decisions.append(Decision(does="keep" if does == "keep" else "drop", ids=ids))
    for name in old.ids:
        entry = old.entry(name)
        if name not in here or entry.proposal is None or new.entry(name).proposal is None:
            continue
        if entry.into in here:
            decisions.append(Decision(does="merge", ids=(entry.into, name), question=old.entry(entry.into).question))
        elif entry.edited:
            decisions.append(Decision(does="edit", ids=(name,), question=entry.question))
    return tuple(decisions)
