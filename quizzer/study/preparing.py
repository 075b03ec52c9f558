"""What a deck's test asks of today, in numbers and in plain words."""

from datetime import date

import msgspec

from quizzer.core import planning
from quizzer.core.planning import Plan
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study import agenda
from quizzer.study.agenda import Dealt, Diary

_NEXT_YEAR = 300  # days: a test so far away is told with its year


class DeckTest(msgspec.Struct, frozen=True, kw_only=True):
    """A deck with a test to come: its plan, and the line that tells it."""

    deck: str
    title: str
    date: date
    plan: Plan
    told: str


def prepared(progress: Progress, dealt: Dealt, *, settings: Settings, today: Diary) -> DeckTest | None:
    """Return what the deck's test asks of today; None where it has none to come."""
    test = agenda.study_of(dealt, settings).test_date
    if test is None or test.toordinal() <= today.day:
        return None
    states = [state for name, state in progress.states(dealt.deck.id).items() if name in dealt.places]
    plan = planning.plan(
        states,
        total=len(dealt.places),
        unseen=sum(1 for _ in agenda.fresh(progress, dealt, today.day)),
        met_today=agenda.met_today(dealt, today),
        day=today.day,
        test=test.toordinal(),
        weights=agenda.weights(progress),
    )
    return None if plan is None else DeckTest(deck=dealt.deck.id, title=dealt.deck.title, date=test, plan=plan, told=told(plan))


def told(plan: Plan) -> str:
    """Return the plan as a line: "test on 12 March: 14 days left, 6 new a day, expected 41 % as of now"."""
    day = date.fromordinal(plan.test)
    when = f"{day.day} {day:%B}" + (f" {day.year}" if plan.days_left >= _NEXT_YEAR else "")
    left = "1 day left" if plan.days_left == 1 else f"{plan.days_left} days left"
    new = f"{plan.new_a_day} new a day" if plan.unseen or plan.new_a_day else "every card met"
    return f"test on {when}: {left}, {new}, expected {plan.expected:.0%} as of now".replace("%", " %")
