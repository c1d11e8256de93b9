"""Every zone of the world over years of days: each local date has each hour exactly once."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.timetable import Timetable, moments

FIRST = datetime(2025, 1, 1, tzinfo=UTC)


def wrong_dates(at: time, *, days: int) -> tuple[int, int]:
    """Return how many zones were asked, and how many of their dates have no slot at `at`, or several."""
    zones = sorted(available_timezones() - {"localtime"})
    return len(zones), sum(_wrong(zone, at, days) for zone in zones)


def _wrong(zone: str, at: time, days: int) -> int:
    """Ask day by day, as ticks do: what one tick owes, the next must not owe again."""
    table, clock, until = Timetable(times=(at,)), ZoneInfo(zone), FIRST + timedelta(days=days)
    found: Counter[date] = Counter()
    since = FIRST
    while since < until:
        then = min(until, since + timedelta(days=7, hours=5))
        found.update(moment.local_date for moment in moments(table, clock=clock, after=since, until=then))
        since = then
    dates = [min(found) + timedelta(days=number) for number in range(days - 2)]
    return sum(found[date] != 1 for date in dates) + (sum(found.values()) > days + 1)
