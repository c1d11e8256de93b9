"""Hours of rest as people type them, and the instant at which what falls into them is sent."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserMistake
from bot.when.timetable import TIME, time_of
from bot.when.typed import meaning

_FROM = re.compile(r"(?:from|von)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:-|–|—|to|till|until|bis)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of day to another, past midnight if `until` is the earlier one. Never all day."""

    since: time
    until: time

    def __str__(self) -> str:
        """Return them in the grammar that `quiet_of` reads."""
        return f"{self.since:%H:%M}-{self.until:%H:%M}"

    def held(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """Return when what is due at `instant` is sent: then, or when these hours have ended."""
        local = instant.astimezone(zone)
        if not self._has(local.time()):
            return instant
        past_midnight = local.time() >= self.since and self.until <= self.since
        day = local.date() + timedelta(days=past_midnight)
        # Where the clock goes back the hours may end twice: the second time, if the first has passed.
        ends = (datetime.combine(day, self.until.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
        return next((end for end in ends if end > instant), instant)

    def begins(self, after: datetime, zone: ZoneInfo) -> datetime:
        """Return when these hours begin next."""
        day = after.astimezone(zone).date()
        days = (day + timedelta(days=ahead) for ahead in range(3))
        begins = (datetime.combine(one, self.since, zone).astimezone(UTC) for one in days)
        return next(begin for begin in begins if begin > after)

    def _has(self, at: time) -> bool:
        if self.since < self.until:
            return self.since <= at < self.until
        return at >= self.since or at < self.until


def quiet_of(typed: str) -> QuietHours | None:
    """Return the hours that a person typed, "22:00-07:00" or "10pm to 7am"; None: "off", or nothing.

    Raises:
        UserMistake: what was not understood, and an example.
    """
    words = typed.strip()
    if not words or meaning(words) == "off":
        return None
    lead = _FROM.match(words)
    if (begin := TIME.match(words, lead.end() if lead else 0)) is None:
        raise UserMistake(_UNREAD, typed=words[:60])
    rest = words[begin.end() :]
    gap = _BETWEEN.match(rest)
    end = TIME.fullmatch(rest[gap.end() if gap else 0 :])
    if end is None:
        raise UserMistake(_UNREAD, typed=words[:60])
    since, until = time_of(begin), time_of(end)
    if since == until:
        raise UserMistake(
            "From {at} to {at} is no time at all. To get nothing for a while: `/pause`", at=f"{since:%H:%M}"
        )
    return QuietHours(since, until)


_UNREAD = "I read no hours in “{typed}”. Write from when to when, like `/quiet 22:00-07:00`, or `/quiet off`."
