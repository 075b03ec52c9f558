"""`quizzer simulate`: the workload to come, as the decks are set and for another retention."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from quizzer.core import simulation
from quizzer.core.model import Phase
from quizzer.core.scheduling import Schedule
from quizzer.core.simulation import DeckPlan, Workload
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import agenda
from quizzer.study.agenda import Dealt


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """The days from ``day`` (date ordinal) on, as things are set (``now``) and with ``retention`` for every deck (None: not asked for).

    ``asked`` is what the decks ask for now, None where they differ; ``fresh`` counts cards not met yet, and ``cards`` all
    that are not suspended.
    """

    day: int
    decks: tuple[str, ...]
    cards: int
    fresh: int
    asked: float | None
    now: Workload
    retention: float | None
    other: Workload | None


def coming(
    progress: Progress, decks: Sequence[Dealt], *, settings: Settings, now: datetime, day: int, days: int, retention: float | None = None
) -> Coming:
    """Play ``days`` study days of ``decks`` from ``day`` on, for a learner like the one of ``progress``."""
    today = agenda.diary(progress, day)
    weights = agenda.weights(progress)
    habits = simulation.habits(progress.entries())
    plans = [_plan(progress, dealt, settings=settings, today=today, weights=weights) for dealt in decks]
    asked = {plan.schedule.retention for plan in plans}
    other = None
    if retention is not None:
        others = [msgspec.structs.replace(plan, schedule=msgspec.structs.replace(plan.schedule, retention=retention)) for plan in plans]
        other = simulation.simulate(others, now=now, day=day, days=days, habits=habits)
    return Coming(
        day=day,
        decks=tuple(dealt.deck.id for dealt in decks),
        cards=sum(len(plan.states) + len(plan.fresh) for plan in plans),
        fresh=sum(len(plan.fresh) for plan in plans),
        asked=asked.pop() if len(asked) == 1 else None,
        now=simulation.simulate(plans, now=now, day=day, days=days, habits=habits),
        retention=retention,
        other=other,
    )


def _plan(progress: Progress, dealt: Dealt, *, settings: Settings, today: agenda.Diary, weights: tuple[float, ...]) -> DeckPlan:
    study = settings.for_deck(dealt.deck.id, dealt.deck.study)
    stored = progress.states(dealt.deck.id)
    states = {
        card: state for card, state in stored.items() if card in dealt.places and not state.suspended and state.phase is not Phase.NEW
    }
    aside = {card for card, state in stored.items() if state.suspended}
    done = [entry for entry in today.reviews if entry.card in dealt.places]
    return DeckPlan(
        states=states,
        fresh=tuple(card for card in dealt.places if card not in states and card not in aside),
        schedule=Schedule(
            retention=study.retention,
            learning_steps=study.learning_steps,
            relearning_steps=study.relearning_steps,
            maximum_days=study.maximum_days,
            weights=weights,
        ),
        new_per_day=study.new_per_day,
        reviews_per_day=study.reviews_per_day,
        new_today=sum(entry.before is Phase.NEW for entry in done),
        reviews_today=sum(entry.before is Phase.REVIEW for entry in done),
    )
