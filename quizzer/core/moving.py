"""Whose history a card has: what is logged of a question's cards follows the question to another deck or another id.

Pure. The log is not rewritten: moves say as which card the entries of each card count. Like the log they are only added to, and what
they come to depends on nothing but the moves themselves, in order of (instant, id).
"""

from collections.abc import Iterable

from quizzer.core.changes import Change, What


def homes(changes: Iterable[Change]) -> dict[str, str]:
    """Return the card as which the entries of each card count; cards whose entries count as their own are left out.

    A move takes along all that counts as the card by then, whatever it was logged as, and all that will be logged of it. Where a card
    was moved twice, the last move wins. What was logged of the card it goes to comes home there, had that been moved away; so a move of a
    card to itself brings home what was logged of it, and nothing else. Moves that are taken back never were. Rows that are no moves are
    passed over, a row twice counts once. No card is both a key and a value.
    """
    rows = {change.id: change for change in changes}
    undone = {row.voids for row in rows.values() if row.voids}
    void = {row.voids for row in rows.values() if row.voids and row.id not in undone}
    home: dict[str, str] = {}
    there: dict[str, set[str]] = {}  # the other way round
    for move in sorted(rows.values(), key=lambda row: (row.at, row.id)):
        if move.what is not What.MOVE or move.id in void:
            continue
        moved: dict[str, str] = {}
        for origin, card in move.pairs:
            moved |= dict.fromkeys({origin} if origin == card else {*there.get(origin, ()), origin}, card)
        moved |= {card: card for card in moved.values()}
        for name, card in moved.items():
            there.get(home.get(name, name), set()).discard(name)
            home[name] = card
            there.setdefault(card, set()).add(name)
    return {name: card for name, card in home.items() if name != card}
