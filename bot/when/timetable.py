"""A schedule as people type it, and the instants at which it owes a digest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserMistake
from bot.when.places import zone_of
from bot.when.typed import BEFORE_A_DAY, EVERY, GROUPS, day_number, meaning

EXAMPLES = "08:00, 08:00 18:30, weekdays 07:30, weekends 10:00, mon,thu 09:00, every 2 days 08:00, off"

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY_DAY = GROUPS["daily"]
TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|uhr)?(?![\w:.])", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s*,\s*")  # "mon, thu" is "mon,thu"
_EPOCH = date(2026, 1, 1)  # "every 2 days" counts from here, so that a restart changes nothing
MOST_TIMES = 12  # a day
MOST_DAYS_APART = 60
HORIZON = timedelta(days=7 * MOST_DAYS_APART + 7)  # no timetable is silent for longer


@dataclass(frozen=True, slots=True)
class Timetable:
    """Wall-clock times on certain days. No times: never."""

    times: tuple[time, ...] = ()
    days: frozenset[int] = _EVERY_DAY  # 0 is Monday
    every: int = 1  # days apart

    def __str__(self) -> str:
        """Return it in the grammar that `timetable_of` reads."""
        if not self.times:
            return "off"
        times = " ".join(at.strftime("%H:%M") for at in self.times)
        return f"{self._days_in_words()} {times}".strip()

    def _days_in_words(self) -> str:
        if self.every > 1:
            return f"every {self.every} days"
        named = {days: name for name, days in GROUPS.items()}
        name = named.get(self.days) or ",".join(_DAYS[day] for day in sorted(self.days))
        return "" if name == "daily" else name

    def falls_on(self, day: date) -> bool:
        return day.weekday() in self.days and (day - _EPOCH).days % self.every == 0


@dataclass(frozen=True, slots=True)
class Moment:
    """One digest that a timetable owes."""

    at: str  # "08:00"
    local_date: date
    due_at: datetime  # UTC


def timetable_of(typed: str) -> tuple[Timetable, str | None]:
    """Return the timetable that a person typed, and the zone if one followed.

    Raises:
        UserMistake: what was not understood, and examples.
    """
    words = _LIST_GAP.sub(",", typed.strip())
    if meaning(words) == "off":
        return Timetable(), None
    table, words = _days_of(words)
    times, rest = _times_of(words)
    if table == Timetable():  # the days may also stand behind the times
        table, rest = _days_of(rest)
    if not times:
        raise UserMistake(
            "I read no time in “{typed}”. Try one of: {examples}.",
            typed=typed.strip()[:60],
            examples=EXAMPLES,
        )
    return replace(table, times=times), zone_of(rest) if rest else None


def time_of(match: re.Match[str]) -> time:
    """Return the time of day that `TIME` matched.

    Raises:
        UserMistake: there is no such time.
    """
    hour, minute, half = int(match.group(1)), int(match.group(2) or 0), (match.group(3) or "").lower()
    if half in ("am", "pm") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise UserMistake(
            f"{match.group().strip()} is no time of day. Write it like 08:00 or 18:30."
        ) from error


def moments(table: Timetable, *, clock: ZoneInfo, after: datetime, until: datetime) -> Iterator[Moment]:
    """Yield what `table` owes by `clock` in `after < due_at <= until`, in order of time.

    A local date has each of its times exactly once: a time that the clock skips is met after the gap, one
    that it passes twice is met the first time.
    """
    day = after.astimezone(clock).date() - timedelta(days=1)
    last = until.astimezone(clock).date()
    while day <= last:
        owed = _moments_of(table, day, clock) if table.falls_on(day) else []
        yield from (moment for moment in owed if after < moment.due_at <= until)
        day += timedelta(days=1)


def _moments_of(table: Timetable, day: date, clock: ZoneInfo) -> list[Moment]:
    """Return a day's moments in order of time: one that the clock skips comes after the ones just behind."""
    owed = [
        Moment(at.strftime("%H:%M"), day, datetime.combine(day, at, clock).astimezone(UTC))
        for at in table.times
    ]
    return sorted(owed, key=lambda moment: moment.due_at)


def _days_of(words: str) -> tuple[Timetable, str]:
    if match := EVERY.match(words):
        every = int(match.group(1))
        if not 1 <= every <= MOST_DAYS_APART:
            raise UserMistake(
                "Every how many days? From 1 to {most}: `/schedule every 2 days 08:00`.", most=MOST_DAYS_APART
            )
        return Timetable(every=every), words[match.end() :]
    lead = BEFORE_A_DAY.match(words)
    head, _, rest = words[lead.end() if lead else 0 :].partition(" ")
    group = head.removesuffix(",")
    days = GROUPS.get(meaning(group) or "") or _named_days(group)
    return (Timetable(days=days), rest) if days else (Timetable(), words)


def _named_days(listed: str) -> frozenset[int]:
    numbers = [day_number(name) for name in listed.split(",") if name]
    known = [number for number in numbers if number is not None]
    return frozenset(known) if len(known) == len(numbers) else frozenset()


def _times_of(words: str) -> tuple[tuple[time, ...], str]:
    times: set[time] = set()
    rest = words.strip()
    while match := TIME.match(rest):
        times.add(time_of(match))
        rest = rest[match.end() :].lstrip(" ,")
    if len(times) > MOST_TIMES:
        raise UserMistake("That is more than {most} digests a day. Name fewer times.", most=MOST_TIMES)
    return tuple(sorted(times)), rest
