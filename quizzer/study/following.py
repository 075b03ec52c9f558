"""Progress follows questions that moved: to another deck, to a deck of another id, to another id of their own.

Looked for once after decks or progress changed, never where a deck cannot be read whose cards may only seem to be gone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from quizzer.core import tracing
from quizzer.core.changes import Change, What
from quizzer.core.errors import ProgressError
from quizzer.core.ids import deck_of
from quizzer.store import Progress, moving
from quizzer.study.dealt import Dealt, question_in
from quizzer.study.keeping import remembering
from quizzer.study.logbook import Logbook

_WAYS = 3  # that are told one by one


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """Cards that took over the history of others: from which to which."""

    pairs: tuple[tuple[str, str], ...]

    @property
    def told(self) -> str:
        """It in a sentence or two: how many questions went where."""
        questions = dict.fromkeys((question_in(one), question_in(two)) for one, two in self.pairs)
        ways = Counter((deck_of(one), deck_of(two), one == two) for one, two in questions)
        told = [_way(*way, count) for way, count in ways.most_common(_WAYS)]
        if rest := sum(ways.values()) - sum(count for _, count in ways.most_common(_WAYS)):
            told.append(f"So did {rest:,} more {'question' if rest == 1 else 'questions'} of other decks.")
        return " ".join(told)


def _way(one: str, two: str, at_home: bool, count: int) -> str:
    what = f"{count:,} {'question' if count == 1 else 'questions'}"
    if at_home:
        return f"{what} of {one!r} {'is' if count == 1 else 'are'} there again, with the progress made there."
    if one == two:
        return f"{what} of {one!r} {'is' if count == 1 else 'are'} worded anew; progress was kept."
    return f"{what} moved from {one!r} to {two!r} with {'its' if count == 1 else 'their'} progress."


def follow(progress: Progress, logbook: Logbook, decks: Sequence[Dealt], *, stamp: bytes, unread: bool) -> Followed | None:
    """Let progress follow what moved, in one transaction; None where nothing did, or was looked for before.

    Args:
        progress: The learner's.
        logbook: Makes the row of the journal.
        decks: All decks that can be read.
        stamp: Another one for other decks, or a deck that changed.
        unread: Whether a deck cannot be read: what is of no known deck may then be of that.
    """
    version = progress.version
    if not progress.number or moving.looked(progress) == stamp:  # nothing was ever answered, or nothing changed
        return None
    pairs = _pairs(progress, {dealt.deck.id: dealt for dealt in decks}, unread=unread)
    changes = [move(logbook, pairs)] if pairs else []
    try:
        moving.add(progress, changes, remember=remembering, looked=stamp, version=version)
    except ProgressError:  # another program is at it, or the disk is full: looked for again next time
        return None
    return Followed(pairs=tuple(pairs.items())) if pairs else None


def lead(progress: Progress, logbook: Logbook, cards: Mapping[str, str], *, decks: Sequence[Dealt]) -> int:
    """Let progress follow cards of which it is known where they went, to cards that ``decks`` deal; return how many had any."""
    by_id = {dealt.deck.id: dealt for dealt in decks}
    pairs = {
        one: two
        for one, two in cards.items()
        if one != two
        and _is_dealt(two, by_id)
        and not _is_dealt(one, by_id)
        and progress.home(one) == one
        and next(progress.entries(card=one), None)
    }
    if pairs:
        moving.add(progress, [move(logbook, pairs)], remember=remembering)
    return len(pairs)


def move(logbook: Logbook, pairs: Mapping[str, str]) -> Change:
    """Return the row of the journal that lets cards take over the history of others: by these, those."""
    return logbook.change(What.MOVE, deck=deck_of(next(iter(pairs.values()))), before="\n".join(pairs), after="\n".join(pairs.values()))


def _pairs(progress: Progress, decks: Mapping[str, Dealt], *, unread: bool) -> dict[str, str]:
    """Return the cards whose history is another's by now, and which."""
    homes, known, refused = progress.homes, moving.known(progress), _taken_back(moving.moves(progress))
    back = {name: name for name, home in homes.items() if _is_dealt(name, decks) and _is_dealt(home, decks)}
    left = {
        card: key
        for deck, cards in known.items()
        if deck in decks or not unread
        for card, key in cards.items()
        if not _is_dealt(card, decks)
    }
    pairs = {name: home for name, home in back.items() if (name, home) not in refused}
    if not left:
        return pairs
    met = {card for cards in known.values() for card in cards}
    new = {
        name: dealt.fingerprint(name)
        for dealt in decks.values()
        for name in dealt.names
        if name not in met and not any(sibling in met for sibling in dealt.siblings(name))
    }
    formerly = {dealt.deck.id: dealt.deck.formerly for dealt in decks.values()}
    for one, two in tracing.moved(tracing.traces(left), tracing.traces(new), homes=homes, formerly=formerly):
        ways = {card: to for card, to in tracing.cards(one, two).items() if to in new and to not in pairs}
        if not refused & set(ways.items()):
            pairs |= ways
    return pairs


def _is_dealt(card: str, decks: Mapping[str, Dealt]) -> bool:
    dealt = decks.get(deck_of(card))
    return dealt is not None and card in dealt


def _taken_back(moves: Sequence[Change]) -> set[tuple[str, str]]:
    """Return what the learner took back: it is not done again by itself."""
    undone = {row.voids for row in moves if row.voids}
    void = {row.voids for row in moves if row.voids and row.id not in undone}
    return {pair for row in moves if row.id in void for pair in row.pairs}
