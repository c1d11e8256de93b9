"""Many digests due at one moment become a window, in which each has a place of its own.

A bot may say so many messages a second: who is last would otherwise be so by chance, and another each day.
"""

import math
from datetime import timedelta

LONGEST = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
AT_ONCE = timedelta(0)
TURNS = 2**32
TURN = 2654435769  # of TURNS, the golden section: multiples of it lie evenly, however many there are


def window_of(count: int, *, rate: float) -> timedelta:
    """Return over how long `count` digests are spread at `rate` messages a second, in whole minutes.

    None at all where a minute is enough, or where nothing limits the rate (0).
    """
    if rate <= 0 or count <= rate * MINUTE.total_seconds():
        return AT_ONCE
    return min(LONGEST, math.ceil(count / rate / MINUTE.total_seconds()) * MINUTE)


def most_that_matter(rate: float) -> int:
    """Return how many digests fill the longest window: to count more changes nothing."""
    return math.ceil(rate * LONGEST.total_seconds())


def place_of(subscription_id: int, window: timedelta) -> timedelta:
    """Return how far into the window a subscription's digests are due: the same each day, whole seconds."""
    share = subscription_id * TURN % TURNS
    return timedelta(seconds=share * int(window.total_seconds()) // TURNS)
