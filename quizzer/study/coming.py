"""`quizzer simulate`: the workload to come, as the decks are set and for another retention."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from quizzer.core import simulation
from quizzer.core.model import Phase
from quizzer.core.simulation import DeckPlan, Workload
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import agenda
from quizzer.study.dealt import Dealt, question_in


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """The days from ``day`` (date ordinal) on, as things are set (``now``) and with ``retention`` for every deck (None: not asked for).

    ``asked`` is what the decks ask for now, None where they differ; ``fresh`` counts cards not met yet, and ``cards`` all
    that are not suspended. ``beyond`` names decks whose test is after these days, with its day.
    """

    day: int
    decks: tuple[str, ...]
    cards: int
    fresh: int
    asked: float | None
    now: Workload
    retention: float | None
    other: Workload | None
    beyond: Mapping[str, int] = {}


def coming(
    progress: Progress, decks: Sequence[Dealt], *, settings: Settings, now: datetime, day: int, days: int, retention: float | None = None
) -> Coming:
    """Play ``days`` study days of ``decks`` from ``day`` on, for a learner like the one of ``progress``."""
    today = agenda.diary(progress, day)
    weights = agenda.weights(progress)
    habits = simulation.habits(progress.entries())
    plans = [_plan(progress, dealt, settings=settings, today=today, weights=weights) for dealt in decks]
    asked = {plan.schedule.retention for plan in plans}
    own = Counter(state.due_day for plan in plans for state in plan.states.values() if state.phase is Phase.REVIEW)
    others = {due: count - own[due] for due, count in progress.loads(day, date.max.toordinal()).items()}

    def played(plans: Sequence[DeckPlan]) -> Workload:
        return simulation.simulate(plans, now=now, day=day, days=days, habits=habits, learner=progress.learner, others=others)

    other = None
    if retention is not None:
        other = played(
            [msgspec.structs.replace(plan, schedule=msgspec.structs.replace(plan.schedule, retention=retention)) for plan in plans]
        )
    return Coming(
        day=day,
        decks=tuple(dealt.deck.id for dealt in decks),
        cards=sum(len(plan.states) + len(plan.fresh) for plan in plans),
        fresh=sum(len(plan.fresh) for plan in plans),
        asked=asked.pop() if len(asked) == 1 else None,
        now=played(plans),
        retention=retention,
        other=other,
        beyond={plan.deck: plan.test for plan in plans if plan.test is not None and plan.test > day + days},
    )


def _plan(progress: Progress, dealt: Dealt, *, settings: Settings, today: agenda.Diary, weights: tuple[float, ...]) -> DeckPlan:
    deck, study = dealt.deck.id, agenda.study_of(dealt, settings)
    stored = {card: state for card, state in progress.states(deck).items() if card in dealt.places}
    states = {card: state for card, state in stored.items() if not state.suspended and state.phase is not Phase.NEW}
    aside = {card: state for card, state in stored.items() if state.suspended}
    done = [entry for entry in today.reviews if entry.card in dealt.places]
    return DeckPlan(
        deck=deck,
        states=states,
        fresh=tuple(card for card in dealt.places if card not in states and card not in aside),
        schedule=agenda.schedule(study, weights),
        new_per_day=study.new_per_day,
        reviews_per_day=study.reviews_per_day,
        new_today=agenda.met_today(dealt, today),
        reviews_today=sum(entry.before is Phase.REVIEW for entry in done),
        asked={question_in(entry.card): entry.card for entry in done},
        questions={name: question_in(name) for name in dealt.places},
        buried={card: state.buried_until for card, state in stored.items() if state.buried_until and state.phase is Phase.NEW},
        aside=tuple(aside.values()),
        test=study.test_date.toordinal() if study.test_date and study.test_date.toordinal() > today.day else None,
        easy=study.easy_days,
        balance=study.load_balance,
    )
