"""Requests to one host become a queue: one at a time, with a gap between them, and none while it rests."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime

from digests.errors import Busy

SHORTEST_REST = 60.0  # seconds; a host that says "retry after 0" is not asked at once
LONGEST_REST = 86_400.0
USUAL_REST = 900.0  # after a 429 that does not say for how long
_REMEMBERED = 20_000  # hosts


class Hosts:
    """What we owe each host, by name and port. Lives as long as the process."""

    def __init__(self, *, gap: float) -> None:
        self._gap = gap  # seconds from the end of a request to the start of the next
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until it is our turn at `host`, and hold it.

        Raises:
            Busy: the host asked to be left alone for longer than the gap.
        """
        record = self._record(host)
        _raise_if_resting(record, host)
        async with record.one_at_a_time:
            _raise_if_resting(record, host)
            await asyncio.sleep(max(0.0, record.next_at - _now()))
            try:
                yield
            finally:
                record.next_at = _now() + self._gap

    def rest(self, host: str, seconds: float) -> None:
        """Let no request go to `host` for `seconds`."""
        record = self._record(host)
        record.rests_until = max(record.rests_until, _now() + seconds)

    def _record(self, host: str) -> "_Host":
        record = self._hosts.setdefault(host, _Host())
        self._hosts.move_to_end(host)
        if len(self._hosts) > _REMEMBERED:
            self._forget_one()
        return record

    def _forget_one(self) -> None:
        """Drop the longest unused host that owes us nothing."""
        for name, record in self._hosts.items():
            if record.is_idle():
                del self._hosts[name]
                return


def rest_asked(retry_after: str | None, date: str | None) -> float:
    """Return for how many seconds a `Retry-After` header asks us to wait, within what we grant.

    A date is taken relative to the response's own `Date`, so that a wrong clock on either side is harmless.
    """
    seconds = _seconds(retry_after or "", date or "")
    return USUAL_REST if seconds is None else min(max(seconds, SHORTEST_REST), LONGEST_REST)


class _Host:
    def __init__(self) -> None:
        self.one_at_a_time = asyncio.Lock()
        self.next_at = 0.0
        self.rests_until = 0.0

    def is_idle(self) -> bool:
        return not self.one_at_a_time.locked() and max(self.next_at, self.rests_until) < _now()


def _raise_if_resting(record: _Host, host: str) -> None:
    left = record.rests_until - _now()
    if left > 0:
        raise Busy(f"{host} asked to be left alone", retry_after=left)


def _seconds(retry_after: str, date: str) -> float | None:
    try:
        return float(int(retry_after.strip()))
    except ValueError:
        pass
    try:
        return (parsedate_to_datetime(retry_after) - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None


def _now() -> float:
    return asyncio.get_running_loop().time()
