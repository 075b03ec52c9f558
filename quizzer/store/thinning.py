"""Which of the backups made by themselves stay. Pure.

All of the last two days; of the days before that, the newest of each of the last 12 that have one; before those, of 10 weeks;
before those, of 9 months. Days, weeks (from Monday) and months are those of UTC.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

ALL_OF = timedelta(days=2)
RULES: tuple[tuple[Callable[[datetime], object], int], ...] = (
    (lambda at: at.date(), 12),
    (lambda at: at.isocalendar()[:2], 10),
    (lambda at: (at.year, at.month), 9),
)


def kept(instants: Iterable[datetime], *, now: datetime) -> set[datetime]:
    """Return which of the backups made at these aware UTC instants stay at ``now``; the newest always does.

    Thinning what stayed removes nothing more, and the order of ``instants`` does not matter.
    """
    newest_first = sorted(set(instants), reverse=True)
    stay = set(newest_first[:1]) | {at for at in newest_first if at > now - ALL_OF}
    last = min(stay, default=None)
    older = [at for at in newest_first if at not in stay]
    for period, most in RULES:
        room = most
        while older and (room or (last is not None and period(older[0]) == period(last))):
            at = older.pop(0)
            if last is None or period(at) != period(last):
                stay.add(at)
                last, room = at, room - 1
    return stay
