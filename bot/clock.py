"""The one place that reads wall time."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Return the time now, aware, in UTC."""


class WallClock:
    """The machine's clock, read anew at each call, so that a step or a suspend shows at once."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  # the one place


class DrivenClock:
    """A clock that runs with the wall's, but can be moved: for the demo."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead  # noqa: TID251  # the one place

    def move_to(self, instant: datetime) -> None:
        self._ahead += instant - self()
