"""Every zone of the world over years of days: each local date has each hour exactly once."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

from bot.when.plan import Plan, plan_of

FIRST = datetime(2025, 1, 1, tzinfo=UTC)
_TICK = timedelta(days=7, hours=5)  # what one owes, the next must not owe again


def wrong_dates(at: time, *, days: int, quiet: str = "") -> tuple[int, int]:
    """Return how many zones were asked, and how many of their dates have no slot at `at`, or several."""
    zones = sorted(available_timezones() - {"localtime"})
    plans = (plan_of(timetable=f"{at:%H:%M}", zone=zone, quiet=quiet) for zone in zones)
    return len(zones), sum(_wrong(plan, days) for plan in plans)


def _wrong(plan: Plan, days: int) -> int:
    since, until, found = FIRST, FIRST + timedelta(days=days), Counter[date]()
    while since < until:
        then = min(until, since + _TICK)
        found.update(moment.local_date for moment in plan.moments(after=since, until=then))
        since = then
    dates = [min(found) + timedelta(days=number) for number in range(days - 2)]
    return sum(found[date] != 1 for date in dates) + (sum(found.values()) > days + 1)
