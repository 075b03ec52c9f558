"""Progress follows questions that moved: to another deck, to a deck of another id, to another id of their own.

Looked for once after decks or progress changed, never where a deck cannot be read whose cards may only seem to be gone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set

import msgspec

from quizzer.core import tracing
from quizzer.core.changes import Change, What
from quizzer.core.errors import ProgressError
from quizzer.core.ids import deck_of
from quizzer.core.tracing import Trace
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


def follow(
    progress: Progress, logbook: Logbook, decks: Sequence[Dealt], *, stamp: bytes, unread: bool, write: bool = True
) -> Followed | None:
    """Let progress follow what moved, in one transaction; None where nothing did, or was looked for before.

    Args:
        progress: The learner's.
        logbook: Makes the row of the journal.
        decks: All decks that can be read.
        stamp: Another one for other decks, or a deck that changed.
        unread: Whether a deck cannot be read: what is of no known deck may then be of that.
        write: Else only what would follow is returned.
    """
    version = progress.version
    if not progress.number or moving.looked(progress) == stamp:  # nothing was ever answered, or nothing changed
        return None
    pairs = _pairs(progress, {dealt.deck.id: dealt for dealt in decks}, unread=unread)
    if not write:
        return Followed(pairs=tuple(pairs.items())) if pairs else None
    changes = [move(logbook, pairs)] if pairs else []
    try:
        moving.add(progress, changes, remember=remembering, looked=stamp, version=version)
    except ProgressError:  # another program is at it, or the disk is full: looked for again next time
        return None
    return Followed(pairs=tuple(pairs.items())) if pairs else None


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A question with progress that no deck has, how many cards of it have any, and which questions without progress it may be."""

    question: str
    cards: int
    may_be: tuple[str, ...] = ()


def left(progress: Progress, decks: Sequence[Dealt], *, unread: bool = False) -> list[Left]:
    """Return the questions with progress that are in no deck, less those that ``follow`` would find there.

    ``unread``: a deck cannot be read; then what is of no known deck may be in that.
    """
    by_id = {dealt.deck.id: dealt for dealt in decks}
    known = {card for cards in moving.known(progress).values() for card in cards}
    found = _pairs(progress, by_id, unread=unread)
    gone = Counter(
        question_in(card)
        for card in sorted(known)
        if card not in found and not _is_dealt(card, by_id) and not (unread and deck_of(card) not in by_id)
    )
    new: dict[str, dict[str, None]] = {}
    for dealt in decks if gone else ():
        for name in dealt.names:
            if not any(sibling in known for sibling in dealt.siblings(name)):
                id_ = _id(name)
                new.setdefault(id_, {})[question_in(name)] = None
                stem, _, number = id_.rpartition("-")
                for deck in dealt.deck.formerly if number.isdigit() else ():  # the id was taken where it went
                    new.setdefault(f"{deck}/{stem}", {})[question_in(name)] = None
    return [Left(question=name, cards=count, may_be=(*new.get(_id(name), ()), *new.get(name, ()))) for name, count in gone.items()]


def led(progress: Progress, old: str, new: str, decks: Sequence[Dealt]) -> dict[str, str]:
    """Return the cards of the question ``old`` that have progress, each with the card of ``new`` that is to take it over.

    Raises:
        ProgressError: ``old`` has no progress or is in a deck, or no deck has ``new``, or that has fewer cards.
    """
    by_id = {dealt.deck.id: dealt for dealt in decks}
    cards = [card for card in moving.known(progress).get(deck_of(old), ()) if question_in(card) == old]
    if not cards:
        raise ProgressError(f"no question {old!r} has progress. `quizzer follow` lists those that are in no deck any more.")
    if any(_is_dealt(card, by_id) for card in cards):
        raise ProgressError(f"the question {old!r} is in a deck: its progress is its own.")
    pairs = {card: new + card[len(old) :] for card in cards}
    if wrong := [card for card in pairs.values() if not _is_dealt(card, by_id)]:
        raise ProgressError(f"no deck has the card {wrong[0]!r}. Name a question as DECK/QUESTION, by their ids.")
    return pairs


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
    refused = _taken_back(moving.moves(progress))
    return heirs(moving.known(progress), progress.homes, decks, refused=refused, unread=unread)


def heirs(
    known: Mapping[str, Mapping[str, str]],
    homes: Mapping[str, str],
    decks: Mapping[str, Dealt],
    *,
    refused: Set[tuple[str, str]] = frozenset(),
    unread: bool = False,
) -> dict[str, str]:
    """Return the cards whose history is another's by now, and which.

    Args:
        known: The cards of which there is a state, by deck, with the fingerprints of their keys.
        homes: As which card the entries of others count.
        decks: All decks that can be read, by their ids.
        refused: What the learner took back.
        unread: Whether a deck cannot be read.
    """
    back = {name: name for name, home in homes.items() if _is_dealt(name, decks) and _is_dealt(home, decks)}
    pairs = {name: home for name, home in back.items() if (name, home) not in refused}
    left: dict[str, str] = {}
    for deck, cards in known.items():
        if deck in decks or not unread:
            there = decks[deck].places if deck in decks else {}
            if not cards.keys() <= there.keys():  # asked of all at once: of most decks none left
                left |= {card: key for card, key in cards.items() if card not in there}
    if not left:
        return pairs
    gone = tracing.traces(left)
    new, met = _bearing(gone, known, decks)
    formerly = {dealt.deck.id: dealt.deck.formerly for dealt in decks.values()}
    for one, two in tracing.moved(gone, tracing.traces(new), homes=homes, formerly=formerly, met=tracing.traces(met)):
        ways = {card: to for card, to in tracing.cards(one, two).items() if _is_dealt(to, decks) and to not in pairs}
        if not refused & set(ways.items()):
            pairs |= ways
    return pairs


def _bearing(
    left: Sequence[Trace], known: Mapping[str, Mapping[str, str]], decks: Mapping[str, Dealt]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the cards without progress, and those with it, that can have to do with where ``left`` questions went; with their keys."""
    bearing = tracing.Bearing(left)
    new: dict[str, str] = {}
    met: dict[str, str] = {}
    for dealt in decks.values():
        of_deck, there = known.get(dealt.deck.id, {}), dealt.places
        fresh = [] if there.keys() <= of_deck.keys() else [name for name in there if name not in of_deck]
        fresh = [name for name in fresh if not any(sibling in of_deck for sibling in dealt.siblings(name))]
        if fresh or not bearing.decks.isdisjoint(dealt.deck.formerly):
            questions = dict.fromkeys(question_in(name) for name in there if bearing.touches(_id(name), dealt.fingerprint(name)))
        elif len(bearing.ids) < len(there):  # a deck of which all was met long ago: mostly there are many of them, and few that left
            questions = dict.fromkeys(f"{dealt.deck.id}/{id_}" for id_ in bearing.ids)
        else:
            questions = dict.fromkeys(question_in(name) for name in there if _id(name) in bearing.ids)
        without = set(fresh)
        for question in questions:
            for name in dealt.siblings(question):
                (new if name in without else met)[name] = dealt.fingerprint(name)
    return new, met


def _id(card: str) -> str:
    return question_in(card).partition("/")[2]


def _is_dealt(card: str, decks: Mapping[str, Dealt]) -> bool:
    dealt = decks.get(deck_of(card))
    return dealt is not None and card in dealt


def _taken_back(moves: Sequence[Change]) -> set[tuple[str, str]]:
    """Return what the learner took back: it is not done again by itself."""
    undone = {row.voids for row in moves if row.voids}
    void = {row.voids for row in moves if row.voids and row.id not in undone}
    return {pair for row in moves if row.id in void for pair in row.pairs}
