"""How well recall is foretold on a real review log: by our scheduler, with weights fitted to the learner, by SM-2, and by fsrs-rs itself.

``python tests/benchmarks/bench_scheduling.py REVIEWS.csv``, with the columns ``card_id, review_rating`` (1 to 4) and ``review_time`` (ISO,
with its zone). A review counts where it came a study day or more after the one before. Weights are fitted to the first 80 % in time and
judged, with all others, by the rest. Prints log-loss, RMSE(bins) and AUC, then how far our states and predictions are from those
of fsrs-rs, and the time of a fit.

SM-2 grants intervals and foretells nothing: its interval after the review before is taken for the days until recall falls to
90 %, exponentially, as the open spaced repetition benchmark does: ``0.9 ** (days / interval)``.
"""

import argparse
import csv
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import fsrs_rs_python
import msgspec

from quizzer.core import fitting, fsrs
from quizzer.core.fitting import Past, Prediction
from quizzer.core.model import Act, Entry, Interval, MemoryState, Phase, Rating
from quizzer.core.scheduling import apply, retrievability, study_day


def read(path: Path) -> list[Entry]:
    """The log as quizzer would hold it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted((datetime.fromisoformat(row["review_time"]), row["card_id"], row["review_rating"]) for row in csv.DictReader(file))
    return [
        Entry(
            id=f"{number:036}",
            act=Act.REVIEW,
            card=f"deck/{card}",
            at=at,
            day=study_day(at, UTC),
            rating=Rating(int(rating)),
            granted=Interval(days=1),
            phase=Phase.REVIEW,
            step=0,
        )
        for number, (at, card, rating) in enumerate(rows)
    ]


def ours(log: Sequence[Entry], weights: tuple[float, ...] = ()) -> tuple[list[Prediction], dict[str, list[MemoryState]]]:
    """What the scheduler foretells of each review, and the states it goes through: review by review, as a session does."""
    states: dict[str, list[MemoryState]] = {}
    counts: dict[str, tuple[int, int]] = {}
    found = []
    for entry in log:
        before = states.setdefault(entry.card, [MemoryState()])[-1]
        if before.last_day is not None and entry.day > before.last_day:
            number, lapses = counts.get(entry.card, (0, 0))
            right = entry.rating is not Rating.AGAIN
            found.append(
                Prediction(
                    at=entry.at,
                    chance=retrievability(before, day=entry.day, weights=weights),
                    right=right,
                    days=entry.day - before.last_day,
                    number=number + 1,
                    lapses=lapses,
                )
            )
            counts[entry.card] = (number + 1, lapses + (not right))
        states[entry.card].append(apply(before, entry, weights=weights))
    return found, states


def sm2(past: Sequence[Sequence[Past]]) -> list[Prediction]:
    """What SM-2's intervals come to as predictions."""
    made = []
    for history in past:
        interval, ease, repetition = 0.0, 2.5, 0
        foretold = iter(fitting.predictions([history]))
        for review in history:
            if review.elapsed and interval:
                made.append(msgspec.structs.replace(next(foretold), chance=0.9 ** (review.elapsed / interval)))
            quality = int(review.rating) + 1
            repetition = repetition + 1 if quality >= 3 else 0
            interval = 1 if repetition <= 1 else 6 if repetition == 2 else interval * ease
            interval = min(max(1, round(interval + 0.01)), 36500)
            ease = max(1.3, ease + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02))
    return sorted(made, key=lambda one: one.at)


def items(past: Sequence[Sequence[Past]]) -> list[fsrs_rs_python.FSRSItem]:
    """The counted reviews as fsrs-rs wants them: each with all that came before, in order of time."""
    made = []
    for history in past:
        reviews = [fsrs_rs_python.FSRSReview(int(review.rating), review.elapsed) for review in history]
        made += [(one.at, reviews[: place + 1]) for place, one in enumerate(history) if place and one.elapsed]
    return [fsrs_rs_python.FSRSItem(reviews) for _, reviews in sorted(made, key=lambda one: one[0])]


def seconds(work, times: int = 5) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def line(name: str, made: Sequence[Prediction]) -> None:
    area = fitting.auc(made)
    print(f"{name:34}{fitting.log_loss(made):10.4f}{fitting.rmse_bins(made):12.4f}{area if area is not None else float('nan'):8.4f}")


def main() -> int:
    """Print the figures of the log named on the command line; 1 where ours are not those of fsrs-rs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=Path)
    log = read(parser.parse_args().reviews)
    past = fitting.histories(log)
    fit = fitting.fit(past)
    samples = sorted(
        ((which, place) for which, history in enumerate(past) for place, one in enumerate(history) if place and one.elapsed),
        key=lambda sample: past[sample[0]][sample[1]].at,
    )
    seen = len(samples) - fit.held_out
    plain = [[(one.rating, one.elapsed) for one in history] for history in past]
    tried = fsrs.fitted(plain, samples[:seen])
    by_default, states = ours(log)
    right = sum(one.right for one in by_default) / len(by_default)
    print(f"{len(log)} reviews of {len(past)} cards, {len(by_default)} a study day or more after the one before, {right:.1%} right")

    print(f"\nthe newest {fit.held_out}, unseen{'log-loss':>24}{'RMSE(bins)':>12}{'AUC':>8}")
    line("ours, weights fitted before them", ours(log, tried)[0][seen:])
    line("ours, default weights", by_default[seen:])
    line("SM-2", sm2(past)[seen:])
    share = sum(one.right for one in by_default[:seen]) / seen
    line("always the share right before them", [msgspec.structs.replace(one, chance=share) for one in by_default[seen:]])
    print(f"the fit is {fit.decision}")
    print(f"\nall {len(by_default)}{'log-loss':>34}{'RMSE(bins)':>12}{'AUC':>8}")
    line("ours, fitted to the same reviews", ours(log, fit.weights)[0])
    line("ours, default weights", by_default)
    line("SM-2", sm2(past))

    # fsrs-rs counts later reviews for more: 0.25 for the first to 1 for the last.
    all_items = items(past)
    last = len(all_items) - 1
    importance = [0.25 + 0.75 * (number / last) ** 3 for number in range(len(all_items))]
    print(f"\nall, later ones counting more{'log-loss':>15}{'RMSE(bins)':>12}")
    worst = 0.0
    for name, weights in (("default weights", ()), ("fitted weights", fit.weights)):
        engine = fsrs_rs_python.FSRS(list(fsrs.filled(weights)))
        theirs = engine.evaluate(all_items)
        mine = ours(log, weights)[0]
        loss, rmse = fitting.log_loss(mine, importance=importance), fitting.rmse_bins(mine, importance=importance)
        print(f"ours, {name:28}{loss:10.6f}{rmse:12.6f}")
        print(f"fsrs-rs, {name:25}{theirs.log_loss:10.6f}{theirs.rmse_bins:12.6f}")
        worst = max(worst, abs(loss - theirs.log_loss), abs(rmse - theirs.rmse_bins))
    engine = fsrs_rs_python.FSRS(list(fsrs.filled(())))
    unequal = compared = 0
    for history, mine in zip(past, states.values(), strict=True):
        item = fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(int(one.rating), one.elapsed) for one in history])
        for state, memory in zip(mine[1:], engine.historical_memory_states(item), strict=True):
            compared += 1
            unequal += (state.stability, state.difficulty) != (memory.stability, memory.difficulty)
    print(f"states after a review not exactly those of fsrs-rs: {unequal} of {compared}")
    print(f"greatest difference of a figure from fsrs-rs: {worst:.7f}")

    whole = seconds(lambda: fitting.fit(past))
    bare = seconds(lambda: engine.compute_parameters(all_items))
    reading = seconds(lambda: fitting.histories(log))
    print(f"\nfrom log to histories {reading:.3f} s; fit, trial and judgement {whole:.3f} s; one fit of fsrs-rs alone {bare:.3f} s")
    return int(unequal > 0 or worst > 1e-4)


if __name__ == "__main__":
    sys.exit(main())
