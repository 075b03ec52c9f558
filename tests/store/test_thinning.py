"""Which backups stay: the newest always, and one for every stretch of time that was promised."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.store.thinning import ALL_OF, kept

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
made = st.lists(st.integers(-5 * 86_400, 3 * 366 * 86_400).map(lambda seconds: NOW - timedelta(seconds=seconds)), max_size=80)
dense = st.integers(1, 40).flatmap(
    lambda hours: st.integers(0, 400).map(lambda number: [NOW - timedelta(hours=hours) * step for step in range(number)])
)
instants = made | dense


def week(at: datetime) -> tuple[int, int]:
    return at.isocalendar()[:2]


def month(at: datetime) -> tuple[int, int]:
    return at.year, at.month


@given(instants)
def test_the_newest_and_all_of_two_days_stay_and_nothing_is_made_up(found):
    stay = kept(found, now=NOW)
    assert stay <= set(found)
    assert {at for at in found if at > NOW - ALL_OF} <= stay
    assert not found or max(found) in stay


@given(instants, st.randoms(use_true_random=False))
def test_thinning_again_removes_nothing_and_order_does_not_matter(found, dice):
    stay = kept(found, now=NOW)
    assert kept(stay, now=NOW) == stay
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert kept(shuffled, now=NOW) == stay


@given(instants)
def test_the_last_days_weeks_and_months_that_have_one_keep_one(found):
    stay = kept(found, now=NOW)
    days = sorted({at.date() for at in found}, reverse=True)
    assert set(days[:12]) <= {at.date() for at in stay}
    older = [at for at in found if at.date() < days[:12][-1]]
    weeks = sorted({week(at) for at in older}, reverse=True)[:10]
    assert set(weeks) <= {week(at) for at in stay}
    oldest = [at for at in older if weeks and week(at) < weeks[-1]]
    assert set(sorted({month(at) for at in oldest}, reverse=True)[:9]) <= {month(at) for at in stay}


@given(instants)
def test_no_more_stay_than_two_days_and_the_buckets_need(found):
    stay = kept(found, now=NOW)
    assert len([at for at in stay if at <= NOW - ALL_OF]) <= 1 + 12 + 10 + 9


@given(st.integers(1, 30))
@settings(max_examples=15, deadline=None)
def test_thinned_after_every_backup_the_past_never_gets_a_gap(hours):
    """As it is used: a backup every so many hours for a year and a half, thinned each time."""
    now, stay = NOW, set()
    for _ in range(550 * 24 // hours):
        now += timedelta(hours=hours)
        stay = kept({*stay, now}, now=now)
    gaps = [(later - earlier, now - later) for earlier, later in zip(sorted(stay), sorted(stay)[1:], strict=False)]
    for gap, age in gaps:
        longest = timedelta(hours=hours) if age < timedelta(days=1) else timedelta(days=2, hours=hours)
        if age > timedelta(days=12):
            longest = timedelta(days=14)
        if age > timedelta(days=75):
            longest = timedelta(days=62)
        assert gap <= longest, (gap, age)
    assert now - min(stay) > timedelta(days=270)
