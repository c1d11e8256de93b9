"""How fast we may talk: per bot, per room, and not before a platform's Retry-After."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.model import Address
from bot.ports import Lanes
from digests.together import Together

ROOM_GAP = 1.05  # seconds between two messages in one room: Telegram and Slack both allow one a second
_ROOMS_KEPT = 10_000
_LATE = timedelta(milliseconds=50)  # a place that is missed by as much is given up
_PLACES = 5  # so many are tried: on a machine that is always late, some must leave

Lane = tuple[str, str]  # chat and tenant: one bot's way out


class Limits:
    """See `Pacing`. Smooth: no bursts, which the platforms answer with 429.

    A lane's places are shared with all processes that talk through the same bot; what a room may hear is
    known here alone, since no two processes send to one room at the same time.
    """

    def __init__(
        self,
        lanes: Lanes,
        rates: Mapping[str, float],
        *,
        clock: Clock,
        room_gap: float = ROOM_GAP,
        monotonic: Callable[[], float] | None = None,
    ) -> None:
        """`rates` is messages a second by chat; a chat that is not named has no limit but its rooms'."""
        self._lanes = lanes
        self._gaps = {chat: timedelta(seconds=1 / rate) for chat, rate in rates.items() if rate}
        self._clock = clock
        self._room_gap = room_gap
        self._monotonic = monotonic
        self._rooms: dict[Address, float] = {}  # when each room may hear again
        self._held: dict[Lane, float] = {}  # until when
        self._places: dict[Lane, Together[Address, datetime]] = {}

    async def wait(self, address: Address) -> None:
        """See `Pacing`."""
        await _sleep(self.reserve(address, now=self._now()))
        if address.chat in self._gaps:
            for _ in range(_PLACES):
                place = await self._lane(address)(address)
                await _sleep((place - self._clock()).total_seconds())
                if self._clock() - place < _LATE:
                    break  # else the machine was busy, and all who missed their place would leave at once

    async def hold(self, address: Address, *, seconds: float) -> None:
        """See `Pacing`."""
        lane, until = (address.chat, address.tenant), self._now() + seconds
        self._held[lane] = max(self._held.get(lane, 0.0), until)
        await self._lanes.hold(address, until=self._clock() + timedelta(seconds=seconds))

    def is_held(self, address: Address) -> bool:
        """See `Pacing`."""
        return self._held.get((address.chat, address.tenant), 0.0) > self._now()

    def reserve(self, address: Address, *, now: float) -> float:
        """Take the next free place of a room; return how many seconds away it is."""
        at = max(now, self._rooms.get(address, 0.0))
        self._rooms[address] = at + self._room_gap
        if len(self._rooms) > _ROOMS_KEPT:
            self._rooms = {room: free for room, free in self._rooms.items() if free > now}
        return at - now

    def _lane(self, address: Address) -> Together[Address, datetime]:
        lane = (address.chat, address.tenant)
        if lane not in self._places:
            self._places[lane] = Together(partial(self._take, gap=self._gaps[address.chat]))
        return self._places[lane]

    async def _take(self, some: Sequence[Address], *, gap: timedelta) -> Sequence[datetime]:
        """Return a place in a lane for each of those who want one now."""
        first = await self._lanes.take(some[0], count=len(some), gap=gap, now=self._clock())
        return [first + number * gap for number in range(len(some))]

    def _now(self) -> float:
        return self._monotonic() if self._monotonic else asyncio.get_running_loop().time()


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
