"""A tick that does nothing but tell that ticks come."""

import time
from collections.abc import Callable


class Pulse:
    """Knows how long ago the last tick was. Seconds of a clock that nobody can set."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._last: float | None = None

    async def beat(self) -> None:
        """Be told of a tick."""
        self._last = self._seconds()

    def age(self) -> float | None:
        """Return the seconds since the last tick; None before the first."""
        return None if self._last is None else self._seconds() - self._last
