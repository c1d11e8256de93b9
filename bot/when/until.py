"""A length or a day as people type it becomes the instant until which they want to hear nothing."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserMistake
from bot.when.typed import BEFORE_AN_END, day_number, meaning, month_number

LONGEST = timedelta(days=366)

_LENGTH = re.compile(r"(?:(?P<count>\d{1,4})|(?P<one>[^\W\d]+)\s)\s*(?P<unit>[^\W\d]+)")
_DAYS = {"day": 1, "week": 7, "month": 30}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?")  # 1.12.2026
_NAMED = re.compile(r"(\d{1,2})\.?\s*([^\W\d]{3,9}\.?)|([^\W\d]{3,9}\.?)\s+(\d{1,2})\.?")


def end_of(typed: str, *, now: datetime, clock: ZoneInfo) -> datetime:
    """Return when what was typed ends: "3 days" from now, or as the day begins that is named, by `clock`.

    Days are "tomorrow", "Monday" (the next one), "2026-12-01", "1 December" (the next one).

    Raises:
        UserMistake: it is no such thing, past, or more than a year away.
    """
    words = typed.strip()
    while leading := BEFORE_AN_END.match(words):
        words = words[leading.end() :]
    local = now.astimezone(clock)
    end = _after_length(words, local) or _as_day_begins(words, local)
    if end is None:
        raise UserMistake(_UNREAD, typed=typed.strip()[:60])
    if end <= now:
        raise UserMistake("“{typed}” is past. Name a day to come, like `/pause until Monday`.", typed=words)
    if end > now + LONGEST:
        raise UserMistake("That is more than a year away. `/pause` alone lasts until you type `/resume`.")
    return end


def _after_length(words: str, local: datetime) -> datetime | None:
    """Return the end of a length from now: of days at the same hour by the clock on the wall."""
    match = _LENGTH.fullmatch(words)
    unit = meaning(match["unit"]) if match else None
    if match is None or unit not in ("hour", *_DAYS) or (match["one"] and meaning(match["one"]) != "one"):
        return None
    count = int(match["count"] or 1)
    if unit == "hour":
        return local.astimezone(UTC) + timedelta(hours=count)
    return (local + timedelta(days=count * _DAYS[unit])).astimezone(UTC)


def _as_day_begins(words: str, local: datetime) -> datetime | None:
    today = local.date()
    day = _day(words, today)
    if day is None:
        return None
    near = min(max(day, today - LONGEST), today + 2 * LONGEST)  # no more than can be told of in any zone
    return datetime.combine(near, time(0), local.tzinfo).astimezone(UTC)


def _day(words: str, today: date) -> date | None:
    """Return the day that is named: a weekday or a date without a year is the next such, never today."""
    if meaning(words) == "tomorrow":
        return today + timedelta(days=1)
    if (weekday := day_number(words)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    try:
        if _ISO.fullmatch(words):
            return date.fromisoformat(words)
        return _dotted_date(words, today) or _named_date(words, today)
    except ValueError:
        return None


def _dotted_date(words: str, today: date) -> date | None:
    match = _DOTTED.fullmatch(words)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    return date(int(match[3]), month, day) if match[3] else _next_such(month, day, today)


def _named_date(words: str, today: date) -> date | None:
    match = _NAMED.fullmatch(words)
    month = month_number(match[2] or match[3]) if match else None
    if match is None or month is None:
        return None
    return _next_such(month, int(match[1] or match[4]), today)


def _next_such(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year > today else date(today.year + 1, month, day)


_UNREAD = (
    "I read no length or day in “{typed}”. Write `/pause 3 days`, `/pause until Monday` or "
    "`/pause until 2026-12-01`; `/pause` alone lasts until you type `/resume`."
)
