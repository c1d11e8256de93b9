"""How fast we may talk: per bot, per room, and not before a platform's Retry-After."""

import asyncio
from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.model import Address

ROOM_GAP = 1.05  # seconds between two messages in one room: Telegram and Slack both allow one a second
_ROOMS_KEPT = 10_000


@dataclass(slots=True)
class _Lane:
    """One bot's way out."""

    gap: float  # seconds between two messages; 0: no limit of ours
    held_until: float = 0.0  # the platform asked us to wait
    taken: list[float] = field(default_factory=list)  # places given away, in order; the past is forgotten
    rooms: dict[Address, float] = field(default_factory=dict)  # when each room may hear again


class Limits:
    """See `Pacing`. Smooth: no bursts, which the platforms answer with 429."""

    def __init__(
        self,
        rates: Mapping[str, float],
        *,
        room_gap: float = ROOM_GAP,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """`rates` is messages a second by chat; a chat that is not named has no limit but its rooms'."""
        self._rates = rates
        self._room_gap = room_gap
        self._clock = clock
        self._lanes: dict[tuple[str, str], _Lane] = {}

    async def wait(self, address: Address) -> None:
        """See `Pacing`."""
        while (delay := self.reserve(address, now=self._now())) > 0:
            await asyncio.sleep(delay)
            if self._lane(address).held_until <= self._now():
                return  # else it was held while we slept: queue again

    def reserve(self, address: Address, *, now: float) -> float:
        """Take the next free place for `address`; return how many seconds away it is."""
        lane = self._lane(address)
        at = _first_free(lane, max(now, lane.held_until, lane.rooms.get(address, 0.0)), now=now)
        lane.rooms[address] = at + self._room_gap
        if len(lane.rooms) > _ROOMS_KEPT:
            lane.rooms = {room: free for room, free in lane.rooms.items() if free > now}
        return at - now

    def hold(self, address: Address, *, seconds: float) -> None:
        """See `Pacing`."""
        lane = self._lane(address)
        lane.held_until = max(lane.held_until, self._now() + seconds)

    def _lane(self, address: Address) -> _Lane:
        rate = self._rates.get(address.chat, 0.0)
        key = (address.chat, address.tenant)
        return self._lanes.setdefault(key, _Lane(gap=1 / rate if rate else 0.0))

    def _now(self) -> float:
        return self._clock() if self._clock else asyncio.get_running_loop().time()


def _first_free(lane: _Lane, at: float, *, now: float) -> float:
    """Take and return the first place not before `at` that keeps the lane's gap to all places taken."""
    if not lane.gap:
        return at
    lane.taken = [place for place in lane.taken if place > now - lane.gap]
    for place in lane.taken:
        if place - at >= lane.gap:
            break
        at = max(at, place + lane.gap)
    insort(lane.taken, at)
    return at
