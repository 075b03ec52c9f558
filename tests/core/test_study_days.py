"""Through changes of the clocks, and flights across zones, no study day is lost and none is doubled."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzer.core.model import Act, Entry, MemoryState, Rating
from quizzer.core.scheduling import Schedule, outcomes, replay, study_day

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",  # changes at midnight
    "Asia/Beirut",  # at midnight too
    "Australia/Lord_Howe",  # by half an hour
    "Africa/Casablanca",  # twice around Ramadan
    "Asia/Kathmandu",
    "Pacific/Apia",  # left a date out in 2011
    "Pacific/Kiritimati",
    "America/St_Johns",  # once changed at one minute past midnight
)
LEFT_A_DATE_OUT = {"Pacific/Apia": "2011-12-30", "Pacific/Kiritimati": "1994-12-31"}
zones = st.sampled_from(ZONES)
cutoffs = st.integers(0, 23)
starts = st.dates(date(1990, 1, 1), date(2034, 12, 31))
STEP = timedelta(minutes=15)


@given(zones, starts, cutoffs)
@example("Pacific/Apia", date(2011, 12, 28), 4)
@example("Europe/Berlin", date(2026, 3, 27), 2)
@example("Europe/Berlin", date(2026, 10, 23), 3)
@example("America/Santiago", date(2024, 9, 6), 0)
@settings(max_examples=60, deadline=None)
def test_each_study_day_is_one_stretch_and_none_is_left_out_that_the_calendar_has(name, start, cutoff):
    zone = ZoneInfo(name)
    begin = datetime.combine(start, time(), UTC)
    instants = [begin + STEP * step for step in range(5 * 96)]
    days = [(day, list(found)) for day, found in groupby(instants, key=lambda at: study_day(at, zone, cutoff_hour=cutoff))]
    assert len({day for day, _ in days}) == len(days)  # none comes back once it is over
    on_the_wall = {at.astimezone(zone).date().toordinal() for at in instants}
    for (day, _), (following, _) in pairwise(days):
        assert not set(range(day + 1, following)) & on_the_wall
    for _, found in days[1:-1] if name not in LEFT_A_DATE_OUT else ():
        assert timedelta(hours=20) <= STEP * len(found) <= timedelta(hours=28)


@given(st.sampled_from([name for name in ZONES if name not in LEFT_A_DATE_OUT]), starts, cutoffs, st.times())
@example("Europe/Berlin", date(2026, 3, 20), 2, time(2, 30))  # on the 29th there is no such time
@example("Europe/Berlin", date(2026, 10, 20), 2, time(2, 30))  # on the 25th there are two
@settings(max_examples=200, deadline=None)
def test_who_studies_every_day_at_the_same_time_has_a_review_on_every_study_day(name, start, cutoff, wall):
    zone = ZoneInfo(name)
    days = []
    for number in range(40):
        at = datetime.combine(start + timedelta(days=number), wall, zone).astimezone(UTC)
        days.append(study_day(at, zone, cutoff_hour=cutoff))
    assert days == list(range(days[0], days[0] + 40))


@given(
    st.lists(st.tuples(zones, st.integers(0, 60 * 72), st.sampled_from(Rating)), min_size=1, max_size=25),
    starts,
)
@settings(max_examples=50, deadline=None)
def test_a_traveller_across_any_zones_keeps_a_memory_that_replays_and_forgets_nothing_by_flying(legs, start):
    """A flight west shows a date again: the answer counts on the date on the wall, and time that did not pass is never negative."""
    at, state, log = datetime.combine(start, time(), UTC), MemoryState(), []
    for number, (name, minutes, rating) in enumerate(legs):
        at += timedelta(minutes=minutes)
        day = study_day(at, ZoneInfo(name))
        assert abs(day - at.toordinal()) <= 1
        outcome = outcomes("d/q", state, at=at, day=day, schedule=Schedule())[rating]
        granted = outcome.granted
        log.append(
            Entry(
                id=f"{number:036x}",
                act=Act.REVIEW,
                card="d/q",
                at=at,
                day=day,
                rating=rating,
                granted=granted,
                phase=outcome.state.phase,
                step=outcome.state.step,
            )
        )
        state = outcome.state
        assert state.last_day == day
        assert state.stability > 0
        assert state.due_day is None or state.due_day == day + granted.days
    assert replay(log) == state
