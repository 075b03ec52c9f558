"""How a card is asked: in which mode, and with its options in which order."""

import random
from collections.abc import Iterable

from quizzer.core.model import Card, MemoryState, Mode, Phase

RECALL_REPS = 2  # from here on, and from this stability (days), a card is to be recalled, not only recognised
RECALL_STABILITY = 3.0


def mode_of(card: Card, state: MemoryState, *, wishes: Iterable[Mode | None] = ()) -> Mode:
    """Return the mode to ask ``card`` in: the first wish it allows, else recognition and later recall.

    With options it is chosen from while new, in its steps or weak; typed once it is known. Without, it is typed; where it
    cannot be typed, revealed. Things to put in order are put in order, pairs matched.
    A wish to type first and choose then is one to type where there is nothing to choose from.
    """
    for wish in wishes:
        if wish is not None and wish in card.modes:
            return wish
        if wish is Mode.TYPE_THEN_CHOOSE and Mode.TYPE in card.modes:
            return Mode.TYPE
    known = state.phase is Phase.REVIEW and state.reps >= RECALL_REPS and state.stability >= RECALL_STABILITY
    for mode in (Mode.ORDER, Mode.MATCH, *((Mode.TYPE, Mode.CHOOSE) if known else (Mode.CHOOSE, Mode.TYPE))):
        if mode in card.modes:
            return mode
    return Mode.REVEAL


def options_of(card: Card, mode: Mode, *, reps: int) -> tuple[str, ...]:
    """Return what is offered in ``mode``: options with the key among them, or things in an order that is not the right one, or what
    may stand on the right of the pairs.

    Shuffled by dice seeded with (card, reps): the same at every look, another at the next review.
    """
    dice = random.Random(f"{card.id}\x1f{reps}")
    match mode:
        case Mode.CHOOSE | Mode.TYPE_THEN_CHOOSE:
            options = [card.answer.key, *dict.fromkeys(text for text in card.distractors if text != card.answer.key)]
            if card.shuffle:
                dice.shuffle(options)
            else:  # as true and false: always in the same order, whichever is right
                options.sort(reverse=True)
            return tuple(options)
        case Mode.ORDER:
            right = [part.key for part in card.answer.parts]
            things = right.copy()
            dice.shuffle(things)
            if things == right:
                things = [*right[1:], right[0]]
            return tuple(things)
        case Mode.MATCH:
            rights = list(dict.fromkeys([*(right for _, right in card.pairs), *card.distractors]))
            dice.shuffle(rights)
            return tuple(rights)
        case Mode.REVEAL | Mode.TYPE:
            return ()
