"""What a learner did, told in words: one line for what is taken back at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

import msgspec

from quizzer.core import history
from quizzer.core.changes import Change, What
from quizzer.core.history import Deed
from quizzer.core.ids import deck_of
from quizzer.core.model import Act, Entry
from quizzer.study.dealt import Dealt

_ACTS = {
    Act.SUSPEND: "suspended",
    Act.UNSUSPEND: "brought back",
    Act.BURY: "buried",
    Act.FLAG: "flagged",
    Act.UNFLAG: "flag taken off",
    Act.RESET: "started over, its answer being another",
    Act.KEEP: "kept, though its answer is another",
}
_CHANGES = {What.ACCEPT: "another answer accepted", What.REWRITE: "question rewritten", What.MERGE: "merged", What.MOVE: "progress moved"}


_LONGEST = 120  # characters of a question that are told: it is recognised by them


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """One act as the learner did it: when (in their time of day), what in words, and which card, question or file.

    ``stem`` is the question, "" where there is none or the deck is gone; ``taken_back``: it can be done again.
    """

    when: datetime
    what: str
    on: str
    stem: str = ""
    taken_back: bool = False

    @property
    def told(self) -> str:
        """It in a line."""
        return in_a_line(self.what, self.stem or self.on)


def in_a_line(what: str, on: str) -> str:
    """Return what was done on a question, which is cut short where it is long."""
    flat = " ".join(on.split())
    return f"{what}: {flat if len(flat) <= _LONGEST else f'{flat[: _LONGEST - 1].rstrip()}…'}"


def as_one(deeds: Sequence[Deed], decks: Mapping[str, Dealt], *, zone: tzinfo, taken_back: bool = False) -> Done:
    """Return what ``deeds`` were, which are one act to the learner, on these decks (by their ids); ``taken_back``: it was by now."""
    deed = deeds[0]
    when = deed.at.astimezone(zone)
    if isinstance(deed, Change):
        if deed.what is What.MOVE:
            cards = f"{len(deed.pairs)} {'card' if len(deed.pairs) == 1 else 'cards'}"
            return Done(when=when, what=_CHANGES[deed.what], on=f"{cards} to {deed.deck!r}", taken_back=taken_back)
        on = deed.after if deed.what is What.MERGE else f"{deed.deck}/{deed.question}"
        stem = "" if deed.what is What.MERGE else _text(decks, deed.deck, deed.question)
        return Done(when=when, what=_CHANGES.get(deed.what, deed.what.value), on=on, stem=stem, taken_back=taken_back)
    what = _of(deed)
    if deed.act in history.AT_ONCE and len(deeds) > 1:
        return Done(when=when, what=what, on=f"{len(deeds)} cards", taken_back=taken_back)
    dealt = decks.get(deck_of(deed.card))
    card = dealt.card(deed.card) if dealt else None
    return Done(when=when, what=what, on=deed.card, stem=card.stem if card else "", taken_back=taken_back)


def _text(decks: Mapping[str, Dealt], deck: str, question: str) -> str:
    dealt = decks.get(deck)
    found = dealt.question(question) if dealt else None
    return found.text if found else ""


def _of(entry: Entry) -> str:
    if entry.act is Act.REVIEW:
        return f"answered {entry.rating.name.capitalize()}" if entry.rating else "answered"
    return _ACTS.get(entry.act, entry.act.value)
