"""The file in which proposals wait for their author: what was offered, and every decision since, a line of JSON each.

It stands hidden beside the deck. What is on disk is always a whole number of decisions; read again, they give the same state.
"""

from pathlib import Path
from typing import Any

import msgspec

from quizzer.authoring.sifting import Decision
from quizzer.authoring.wire import question_of, wired
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Question
from quizzer.core.model import Evidence, Source
from quizzer.core.proposals import Proposal
from quizzer.deckfile.journal import Journal

FORMAT = 1


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What is offered for one deck file, and what becomes of it when it is accepted.

    ``id`` and ``title`` are of a deck that is to be made; a title for one that is there already is empty when it is to stay.
    ``over``: a file that is there is written over. ``sources`` are the articles given, under the deck's ids. ``moved`` is, by
    question id, the evidence that a question of the deck had and is to have. ``passages``: whether kept questions carry theirs.
    """

    id: str
    title: str
    proposals: tuple[Proposal, ...]
    sources: tuple[Source, ...]
    moved: dict[str, tuple[tuple[Evidence, ...], tuple[Evidence, ...]]] = {}
    stale: tuple[Question, ...] = ()
    elsewhere: tuple[Source, ...] = ()
    over: bool = False
    passages: bool = True


def place(deck: Path) -> Path:
    """Return where proposals for the deck file at ``deck`` wait."""
    return deck.with_name(f".{deck.name}.proposals.jsonl")


def begin(deck: Path, offer: Offer, decisions: tuple[Decision, ...] = ()) -> Journal:
    """Let ``offer`` wait beside ``deck``, with decisions made already; one that waited there is replaced. Raises DeckError."""
    return Journal.begin(place(deck), [_offer_line(offer), *(decision_line(decision) for decision in decisions)])


def reopen(deck: Path) -> tuple[Journal, Offer, list[Decision]]:
    """Return what waits beside ``deck``, and the decisions made on it.

    Raises:
        DeckError: nothing waits there; or it cannot be read, is damaged, or was written by a newer quizzer.
    """
    path = place(deck)
    if not path.exists():
        raise DeckError(f"{deck}: no proposals wait for it. `quizzer generate ARTICLE… -o {deck}` makes some.")
    journal, lines = Journal.reopen(path)
    try:
        head = msgspec.json.decode(lines[0]) if lines else {}
        if head.get("format") != FORMAT:
            raise DeckError(f"{path}: was not written by this version of quizzer. Remove it, and generate again.")
        return journal, _offer(head["offer"]), [_act(msgspec.json.decode(line)) for line in lines[1:]]
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(deck, error) from None


def damaged(deck: Path, error: Exception) -> DeckError:
    """Return what is to be raised when what waits beside ``deck`` says what cannot be."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return DeckError(f"{place(deck)}: is damaged ({what}). Remove it, and generate again.")


def discard(deck: Path) -> None:
    """Take away what waits beside ``deck``, if anything does. Raises DeckError."""
    Journal(place(deck), 0).remove()


def decision_line(decision: Decision) -> bytes:
    """Return a decision as a line of the file."""
    written: dict[str, Any] = {"does": decision.does}
    if decision.ids:
        written["ids"] = decision.ids
    if decision.question is not None:
        written["question"] = wired(decision.question)
    return msgspec.json.encode(written)


def _act(written: dict[str, Any]) -> Decision:
    question = written.pop("question", None)
    decision = msgspec.convert(written, _Plain)
    return Decision(does=decision.does, ids=decision.ids, question=question_of(question) if question else None)


class _Plain(msgspec.Struct):
    """A decision but for its question: kinds of question carry no tag, so that their union cannot be read as it is."""

    does: Any
    ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.does not in ("keep", "drop", "open", "edit", "merge", "undo", "redo"):
            raise ValueError(f"no decision is called {self.does!r}")


def _offer_line(offer: Offer) -> bytes:
    written = {field: getattr(offer, field) for field in offer.__struct_fields__ if field not in ("proposals", "stale")}
    written["stale"] = [wired(question) for question in offer.stale]
    written["proposals"] = [
        {field: wired(proposal.question) if field == "question" else getattr(proposal, field) for field in proposal.__struct_fields__}
        for proposal in offer.proposals
    ]
    return msgspec.json.encode({"format": FORMAT, "offer": written})


def _offer(written: dict[str, Any]) -> Offer:
    moved = msgspec.convert(written["moved"], dict[str, tuple[tuple[Evidence, ...], tuple[Evidence, ...]]])
    return Offer(
        id=msgspec.convert(written["id"], str),
        title=msgspec.convert(written["title"], str),
        proposals=tuple(_proposal(one) for one in written["proposals"]),
        sources=msgspec.convert(written["sources"], tuple[Source, ...]),
        moved=moved,
        stale=tuple(question_of(one) for one in written["stale"]),
        elsewhere=msgspec.convert(written["elsewhere"], tuple[Source, ...]),
        over=bool(written["over"]),
        passages=bool(written["passages"]),
    )


def _proposal(written: dict[str, Any]) -> Proposal:
    return Proposal(
        question=question_of(written["question"]),
        sort=str(written["sort"]),
        confidence=float(written["confidence"]),
        why=tuple(map(str, written["why"])),
        alike=tuple(map(str, written["alike"])),
        resolved=msgspec.convert(written["resolved"], tuple[Evidence, ...]),
    )
