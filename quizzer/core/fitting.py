"""FSRS weights fitted to a learner's own reviews, and how well weights foretell reviews.

Pure. A review counts where it came a day or more after the one before: only then was there something to forget. Weights are taken
only where they foretell reviews better than the weights in use, reviews that neither has seen.
"""

import enum
import math
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from quizzer.core import fsrs
from quizzer.core.model import Act, Entry, Rating
from quizzer.core.scheduling import voided

FEWEST = 400  # reviews that count, below which nothing is fitted: a fifth of fewer tells nothing apart from luck
HELD_OUT = 0.2  # the share of reviews, the newest, by which weights are judged that were fitted to the others
FEWEST_HELD_OUT = round(FEWEST * HELD_OUT)

_SURE = 1e-6  # chances closer than this to 0 or 1 count as this far: one surprise must not outweigh all else


class Past(msgspec.Struct, frozen=True):
    """One review of a card: its instant, the days since the one before (0 on the same day and for the first), and its rating."""

    at: datetime
    elapsed: int
    rating: Rating


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """The chance of recall foretold for a review that counts, and what came of it.

    ``days`` since the review before; ``number`` of reviews of the card that count, this one included; ``lapses`` among those before.
    """

    at: datetime
    chance: float
    right: bool
    days: int
    number: int
    lapses: int


class Decision(enum.StrEnum):
    """What became of a fit."""

    TAKEN = "taken"
    NO_BETTER = "no better"
    TOO_FEW = "too few"
    TOO_SOON = "too soon"  # after the last fit


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """What a fit came to.

    ``weights`` are those to use from now on: fitted to all reviews where they are taken, else those in use before. ``reviews`` count,
    of ``cards`` cards, ``first`` to ``last``; ``unseen`` of them were given since the weights in use were fitted, and the share ``right``
    was not rated Again. Of the newest ``held_out``, which neither had seen: the share that was right, and for the weights in use
    (``before``) and the fitted ones (``after``) the log-loss and the mean chance foretold; None where nothing was tried.
    """

    decision: Decision
    weights: tuple[float, ...]
    reviews: int
    cards: int
    first: datetime | None
    last: datetime | None
    unseen: int
    right: float | None
    held_out: int
    held_out_right: float | None
    loss_before: float | None
    loss_after: float | None
    foretold_before: float | None
    foretold_after: float | None


def histories(entries: Iterable[Entry]) -> list[tuple[Past, ...]]:
    """Return the reviews of each card that no undo took back, in order; a card that was reset begins another history."""
    log = {entry.id: entry for entry in entries}
    void = voided(log.values())
    open_: dict[str, list[Past]] = {}
    days: dict[str, int] = {}
    closed: list[tuple[Past, ...]] = []
    for entry in sorted(log.values(), key=lambda entry: (entry.at, entry.id)):
        if entry.id in void:
            continue
        if entry.act is Act.REVIEW and entry.rating is not None:
            elapsed = max(0, entry.day - days.get(entry.card, entry.day))
            open_.setdefault(entry.card, []).append(Past(entry.at, elapsed, entry.rating))
            days[entry.card] = entry.day
        elif entry.act is Act.RESET and entry.card in open_:
            closed.append(tuple(open_.pop(entry.card)))
            del days[entry.card]
    return closed + [tuple(one) for one in open_.values()]


def predictions(past: Sequence[Sequence[Past]], *, weights: tuple[float, ...] = (), since: datetime | None = None) -> list[Prediction]:
    """Return what the weights foretell of every review that counts (given ``since`` then), from what came before it, in their order."""
    found = []
    memories = fsrs.memories([_plain(history) for history in past], weights=weights) if past else []
    for history, states in zip(past, memories, strict=True):
        number = lapses = 0
        for before, review in zip(states, history[1:], strict=False):
            if review.elapsed == 0:
                continue
            number += 1
            right = review.rating is not Rating.AGAIN
            if since is None or review.at >= since:
                chance = fsrs.recall(before[0], days=review.elapsed, weights=weights)
                found.append(Prediction(at=review.at, chance=chance, right=right, days=review.elapsed, number=number, lapses=lapses))
            lapses += not right
    return sorted(found, key=lambda one: one.at)


def fit(past: Sequence[Sequence[Past]], *, weights: tuple[float, ...] = (), fitted_at: datetime | None = None) -> Fit:
    """Fit weights to the reviews, and take them if they foretell the newest ones, not seen by the fit, better than ``weights`` in use.

    The newest ``HELD_OUT`` are kept back (fewer, where the weights in use were fitted at ``fitted_at`` and have seen some of them), and
    the weights fitted to the rest are judged by them; if those are taken, all reviews are fitted to once more. A pure
    function of its arguments.
    """
    samples = sorted(
        ((which, place) for which, history in enumerate(past) for place, one in enumerate(history) if place and one.elapsed),
        key=lambda sample: (past[sample[0]][sample[1]].at, sample),
    )
    counted = [past[which][place] for which, place in samples]
    known = Fit(
        decision=Decision.TOO_FEW,
        weights=weights,
        reviews=len(samples),
        cards=len({which for which, _ in samples}),
        first=counted[0].at if counted else None,
        last=counted[-1].at if counted else None,
        unseen=sum(fitted_at is None or one.at > fitted_at for one in counted),
        right=_mean([one.rating is not Rating.AGAIN for one in counted]),
        held_out=0,
        held_out_right=None,
        loss_before=None,
        loss_after=None,
        foretold_before=None,
        foretold_after=None,
    )
    if len(samples) < FEWEST:
        return known
    held_out = min(round(HELD_OUT * len(samples)), known.unseen)
    if held_out < FEWEST_HELD_OUT:
        return msgspec.structs.replace(known, decision=Decision.TOO_SOON)
    plain = [_plain(history) for history in past]
    seen = len(samples) - held_out
    tried = fsrs.fitted(plain, samples[:seen])
    since = counted[seen].at

    def foretold(by: tuple[float, ...]) -> list[Prediction]:
        return predictions(past, weights=by, since=since)[-held_out:]  # they come in the order of the samples

    unseen_before, unseen_after = foretold(weights), foretold(tried)
    judged = msgspec.structs.replace(
        known,
        decision=Decision.NO_BETTER,
        held_out=held_out,
        held_out_right=_mean([one.right for one in unseen_before]),
        loss_before=log_loss(unseen_before),
        loss_after=log_loss(unseen_after),
        foretold_before=_mean([one.chance for one in unseen_before]),
        foretold_after=_mean([one.chance for one in unseen_after]),
    )
    if not _better(unseen_after, than=unseen_before):
        return judged
    final = fsrs.fitted(plain, samples)
    # Of what the first fit was judged by, the second has seen all: it must not have become worse by it.
    if not _better(foretold(final), than=unseen_before):
        return judged
    return msgspec.structs.replace(judged, decision=Decision.TAKEN, weights=final)


# how well


def log_loss(made: Sequence[Prediction], *, importance: Sequence[float] | None = None) -> float:
    """Return the mean of -ln(the chance given to what happened): 0 for a prophet, 0.693 for a coin; lower is better.

    ``importance`` weighs the predictions; left out, all are worth the same.

    Raises:
        ValueError: there is no prediction.
    """
    if not made:
        raise ValueError("no prediction to judge")
    worth = importance or [1.0] * len(made)
    losses = (-math.log(max(_SURE, one.chance if one.right else 1 - one.chance)) for one in made)
    return sum(each * loss for each, loss in zip(worth, losses, strict=True)) / sum(worth)


def rmse_bins(made: Sequence[Prediction], *, importance: Sequence[float] | None = None) -> float:
    """Return how far, 0 to 1, chances foretold lie from the shares that were right, over bins of like reviews (root mean square).

    Reviews are alike by the days since the one before, by how many came before and by how many of them were wrong. ``importance`` weighs
    the bins, by the sum of their reviews'.

    Raises:
        ValueError: there is no prediction.

    Source: the measure and the bins of the open spaced repetition benchmark (srs-benchmark).
    """
    if not made:
        raise ValueError("no prediction to judge")
    worth = importance or [1.0] * len(made)
    bins: dict[tuple[int, int, int], list[float]] = {}  # how many, how far off in sum, what they are worth
    for each, one in zip(worth, made, strict=True):
        name = (_bin(one.days, 3.62), _bin(one.number + 1, 1.89), _bin(one.lapses, 1.73) if one.lapses else -1)
        alike = bins.setdefault(name, [0.0, 0.0, 0.0])
        alike[0] += 1
        alike[1] += one.chance - one.right
        alike[2] += each
    return math.sqrt(sum((off / many) ** 2 * each for many, off, each in bins.values()) / sum(worth))


def auc(made: Sequence[Prediction]) -> float | None:
    """Return the chance that of a review that was right and one that was wrong, the right one had the higher chance (ties: half).

    0.5 is guessing, 1 perfect order; None where all were right or all wrong.
    """
    right = sum(one.right for one in made)
    wrong = len(made) - right
    if not right or not wrong:
        return None
    like: dict[float, list[int]] = {}  # by the chance: how many were right, how many were given it
    for one in made:
        counts = like.setdefault(one.chance, [0, 0])
        counts[0] += one.right
        counts[1] += 1
    below, ranks = 0, 0.0
    for _, (right_here, here) in sorted(like.items()):
        ranks += (below + (here + 1) / 2) * right_here
        below += here
    return (ranks - right * (right + 1) / 2) / (right * wrong)


def _better(made: Sequence[Prediction], *, than: Sequence[Prediction]) -> bool:
    return log_loss(made) < log_loss(than)  # also False where a fit went wrong and gave no numbers


def _bin(number: int, base: float) -> int:
    return math.floor(math.log(number) / math.log(base))


def _plain(history: Sequence[Past]) -> list[tuple[Rating, int]]:
    return [(one.rating, one.elapsed) for one in history]


def _mean(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None
