"""What a group heard in the last minute becomes the next place at which it may hear more."""

from collections.abc import Sequence
from datetime import datetime, timedelta

MOST, WITHIN = 18, timedelta(seconds=60)  # messages to a Telegram group in so long: it allows 20
FURTHEST = timedelta(minutes=10)  # nothing waits so long for its place: the clock has stepped back since


def next_place(
    heard: Sequence[datetime], *, gap: timedelta, now: datetime
) -> tuple[datetime, list[datetime]]:
    """Return when a group may hear the next message, and all that counts from then on, in order of time.

    `heard` is in order of time, and may lie ahead: places that were given already.
    """
    counted = [at for at in heard if now - WITHIN < at < now + FURTHEST]
    place = max(now, counted[-1] + gap) if counted else now
    if len(counted) >= MOST:
        place = max(place, counted[-MOST] + WITHIN)
    return place, [*counted, place]
