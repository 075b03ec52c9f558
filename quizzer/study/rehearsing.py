"""A question as its learners will meet it, played through without a learner: for who writes it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.kinds import MOST_LEFTS, MOST_RIGHTS, Deck, Question
from quizzer.core.model import Card, Markup, MemoryState, Mode, Phase, Rating
from quizzer.study.asking import RECALL_REPS, RECALL_STABILITY, mode_of, options_of
from quizzer.study.checking import check
from quizzer.study.prompts import Feedback, Prompt

if TYPE_CHECKING:
    from quizzer.core.grading import KnownAnswers

_KNOWN = MemoryState(phase=Phase.REVIEW, reps=RECALL_REPS, stability=RECALL_STABILITY)


class Rehearsed(msgspec.Struct, frozen=True, kw_only=True):
    """A card: ``prompts`` are how it can be asked, each with when it is asked so, in words; the first one first met.

    ``answer`` is what is told when it was looked up, as the feedback on a response in ``reveal`` mode.
    """

    card: Card
    prompts: tuple[tuple[Prompt, str], ...]
    reveal: Prompt
    answer: Feedback


def rehearse(deck: Deck, question: Question) -> tuple[Rehearsed, ...]:
    """Return the cards of ``question`` of ``deck``, in which it need not be; total, whatever is half written."""
    cards = question.deal(deck.id)
    if deck.markup is not Markup.PLAIN:
        cards = (msgspec.structs.replace(card, markup=deck.markup) for card in cards)
    return tuple(_rehearsed(deck, card) for card in cards)


def _rehearsed(deck: Deck, card: Card) -> Rehearsed:
    wishes = (card.pinned, deck.study.mode)
    first, later = mode_of(card, MemoryState(), wishes=wishes), mode_of(card, _KNOWN, wishes=wishes)
    modes = dict.fromkeys((first, later, *card.modes))
    prompts = tuple((_prompt(deck, card, mode), _when(mode, first, later)) for mode in modes if _is_askable(card, mode))
    reveal = _prompt(deck, card, Mode.REVEAL)
    sources = {source.id: source for source in deck.sources}
    answer = check(reveal, None, known=_unknown, intervals=_NO_INTERVALS, sources=sources)
    return Rehearsed(card=card, prompts=prompts, reveal=reveal, answer=answer)


def _is_askable(card: Card, mode: Mode) -> bool:
    """Whether it can be asked so as it stands: what can be matched or put in order is limited, and an author may be half way."""
    return mode is not Mode.MATCH or (len(card.pairs) <= MOST_LEFTS and len({right for _, right in card.pairs}) <= MOST_RIGHTS)


def _prompt(deck: Deck, card: Card, mode: Mode) -> Prompt:
    options: Sequence[str] = options_of(card, mode, reps=0) if mode is not Mode.ORDER or card.answer.parts else ()
    return Prompt(
        card=card,
        mode=mode,
        options=tuple(options)[: MOST_RIGHTS if mode is Mode.MATCH else None],
        hints=card.hints,
        is_new=True,
        deck_title=deck.title,
        new=1,
        learning=0,
        due=0,
        done=0,
    )


def _when(mode: Mode, first: Mode, later: Mode) -> str:
    if mode is first is later:
        return "as a rule"
    return "while it is new" if mode is first else "once it is known" if mode is later else "on demand"


def _unknown() -> "KnownAnswers":
    raise AssertionError("what is revealed is not graded")


_NO_INTERVALS = dict.fromkeys(Rating, "")
