"""The ids of decks and questions that were given none: made from their words, the same every time.

``load`` uses them and ``fmt`` writes them, so progress made before they are written stays.
"""

import re
from collections.abc import Iterable, Iterator

from quizzer.core.kinds import slug

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # no "/" and no "#": a card's id is deck/question#gap
LONGEST = 60


def is_id(text: str) -> bool:
    """Say whether ``text`` may be an id: letters a to z, digits, hyphen, dot, underscore."""
    return ID.fullmatch(text) is not None


def deck_id(stem: str) -> str:
    """Return the id of the deck whose file is called ``stem``; the stem itself where it may be an id."""
    if is_id(stem):
        return stem
    return _short(slug(stem.encode("utf-8", "replace").decode(), words=12))


def question_ids(texts: Iterable[str], *, taken: Iterable[str]) -> Iterator[str]:
    """Yield an id for each question text, none twice and none of ``taken``: the first words, then with -2, -3 …"""
    used = set(taken)
    last: dict[str, int] = {}
    for text in texts:
        base = _short(slug(text))
        count, name = last.get(base, 1), base
        while name in used:
            count += 1
            name = f"{base}-{count}"
        last[base] = count
        used.add(name)
        yield name


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[:LONGEST].rstrip("-")
