"""What there is to ask today, put together from the decks, the progress and the day's limits."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from quizzer.core import planning, queues
from quizzer.core.model import Act, Card, Entry, Phase
from quizzer.core.scheduling import Schedule, voided
from quizzer.settings import Settings, StudySettings
from quizzer.store import Progress
from quizzer.study.dealt import Dealt, question_in

__all__ = ["Dealt", "Diary", "diary", "fresh", "met_today", "question_of", "queue", "streak", "study_of", "weights"]


_PIECE = 256  # cards that are looked up at once


class Diary(msgspec.Struct, frozen=True, kw_only=True):
    """What the learner did on a study day: everything in the log from then on, and the day's reviews that are not taken back."""

    day: int
    acts: tuple[Entry, ...]
    reviews: tuple[Entry, ...]


def diary(progress: Progress, day: int) -> Diary:
    """Return the learner's ``day`` as the log has it."""
    entries = tuple(progress.entries(since_day=day))
    void = voided(entries)
    reviews = tuple(entry for entry in entries if entry.act is Act.REVIEW and entry.day == day and entry.id not in void)
    return Diary(day=day, acts=entries, reviews=reviews)


def weights(progress: Progress) -> tuple[float, ...]:
    """Return the FSRS weights in use by the learner; none: FSRS's own."""
    used = progress.weights()
    return used.values if used else ()


def queue(progress: Progress, decks: Sequence[Dealt], *, settings: Settings, today: Diary, now: datetime, ahead: int = 0) -> queues.Queue:
    """Return what is to be asked of ``decks``, from where the day stands; reviews of so many days ``ahead`` too, within the limits."""
    days = [_deck_day(progress, dealt, study=study_of(dealt, settings), today=today, now=now, ahead=ahead) for dealt in decks]
    return queues.line_up(days, day=today.day, learner=progress.learner)


def study_of(dealt: Dealt, settings: Settings) -> StudySettings:
    """Return how the deck is studied."""
    return settings.for_deck(dealt.deck.id, dealt.deck.study, formerly=dealt.deck.formerly)


def schedule(study: StudySettings, weights: tuple[float, ...]) -> Schedule:
    """Return what the scheduler is asked to aim at, a test to come left aside."""
    return Schedule(
        retention=study.retention,
        learning_steps=study.learning_steps,
        relearning_steps=study.relearning_steps,
        maximum_days=study.maximum_days,
        weights=weights,
    )


def _deck_day(progress: Progress, dealt: Dealt, *, study: StudySettings, today: Diary, now: datetime, ahead: int) -> queues.DeckDay:
    deck, day = dealt.deck.id, today.day
    within = f"{deck}/"
    done = [entry for entry in today.reviews if entry.card.startswith(within)]
    met, per_day = met_today(dealt, today), study.new_per_day
    left = study.test_date.toordinal() - day if study.test_date else 0
    if left > 0:  # the test's plan goes before the limit
        per_day = planning.new_a_day(met + sum(1 for _ in fresh(progress, dealt, day)), left=left)
    new_left = max(0, per_day - met)
    reviews_left = max(0, study.reviews_per_day - sum(entry.before is Phase.REVIEW for entry in done))
    learning = []
    for step in progress.steps(deck, day=day):
        if step.card in dealt:
            due_at = step.due_at or queues.LONG_DUE
            if step.due_at and step.last_at and step.last_at > now:  # the clock was put back: the step begins anew
                due_at = now + (step.due_at - step.last_at)
            learning.append(queues.Learning(due_at, step.card, question_in(step.card)))
    places, topics = dealt.places, dealt.topics
    reviews = [
        queues.Review(name, question_in(name), due_day, topics(name))
        for name, due_day in progress.due(deck, day=day, ahead=ahead)
        if name in places
    ]
    return queues.DeckDay(
        learning=learning,
        reviews=reviews,
        fresh=fresh(progress, dealt, day, wanted=new_left) if new_left else (),
        asked={question_in(entry.card): entry.card for entry in done if entry.card in places},
        new_left=new_left,
        reviews_left=reviews_left,
        all_new=left > 0,
        all_due=0 < left <= planning.LAST_DAYS,
    )


def met_today(dealt: Dealt, today: Diary) -> int:
    """Return how many new cards of the deck were answered today."""
    return sum(entry.before is Phase.NEW and entry.card.startswith(f"{dealt.deck.id}/") for entry in today.reviews)


def fresh(progress: Progress, dealt: Dealt, day: int, *, wanted: int = _PIECE) -> Iterator[queues.Fresh]:
    """Yield the deck's cards that were never answered and may be asked on ``day``, in the order of the deck.

    Who wants a few says so: then no more of the deck is looked up than they need.
    """
    names = dealt.names
    first = 0
    while first < len(names):
        found = progress.unmet(names[first : first + _PIECE], day=day, most=wanted)
        for name in found:
            yield queues.Fresh(name, question_in(name), dealt.topics(name))
        first = dealt.places[found[-1]] + 1 if len(found) == wanted else first + _PIECE


def question_of(card: Card) -> str:
    """Return the question's name among those of all decks."""
    return f"{card.deck}/{card.question}"


def streak(progress: Progress, day: int) -> int:
    """Return how many study days in a row, up to ``day`` or the day before it, have a review."""
    first = day if progress.reviewed_on(day) else day - 1
    length = 0
    while progress.reviewed_on(first - length):
        length += 1
    return length
