"""What the words beside a name tell of it: a town by its state, a journalist by the trade or the house that is named there."""

import itertools
from typing import TYPE_CHECKING

from quizzer.news.words import STATES, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc

PRESS = word_set(
    "reporter correspondent anchor host cohost co-host moderator columnist journalist interviewer blogger broadcaster commentator"
)
_NEWS = word_set(
    "cnn msnbc nbc abc cbs fox c-span cnbc npr pbs bbc reuters ap bloomberg politico times post journal news today press radio"
)
_WHERE = word_set("in from near at outside")


def is_place(doc: "Doc", first: int, last: int) -> bool:
    """Whether a state behind it makes a name a town's: "from Hilton Head, South Carolina"."""
    if not first or doc[first - 1].lower_ not in _WHERE or last + 2 >= len(doc) or doc[last + 1].text != ",":
        return False
    after = doc[last + 2 : last + 4].text
    return after in STATES or doc[last + 2].text in STATES


def is_press(doc: "Doc", first: int, last: int) -> bool:
    """Whether what stands beside a name makes it a journalist's: "reporter Ann Lee", "CNN's Ann Lee", "Ann Lee, host of"."""
    if first and doc[first - 1].lower_ in PRESS:
        return True
    if first > 1 and doc[first - 1].text in ("'s", "’s") and doc[first - 2].lower_ in _NEWS:
        return True
    if last + 2 >= len(doc) or doc[last + 1].text != ",":
        return False
    behind = itertools.takewhile(lambda token: not token.is_punct, doc[last + 2 : last + 9])
    return any(token.lower_ in PRESS for token in behind)
