"""How fast we may talk: per bot, per room, and not before a platform's Retry-After."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.model import Address

ROOM_GAP = 1.05  # seconds between two messages in one room: Telegram and Slack both allow one a second
_ROOMS_KEPT = 10_000


@dataclass(slots=True)
class _Lane:
    """One bot's way out."""

    gap: float  # seconds between two messages; 0: no limit of ours
    free_at: float = 0.0  # when the next message may leave
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
        delay = self.reserve(address, now=self._now())
        if delay > 0:
            await asyncio.sleep(delay)

    def reserve(self, address: Address, *, now: float) -> float:
        """Take the next free place for `address`; return how many seconds away it is."""
        lane = self._lane(address)
        at = max(now, lane.free_at, lane.rooms.get(address, 0.0))
        lane.free_at = max(now, lane.free_at) + lane.gap
        lane.rooms[address] = at + self._room_gap
        if len(lane.rooms) > _ROOMS_KEPT:
            lane.rooms = {room: free for room, free in lane.rooms.items() if free > now}
        return at - now

    def hold(self, address: Address, *, seconds: float) -> None:
        """See `Pacing`."""
        lane = self._lane(address)
        lane.free_at = max(lane.free_at, self._now() + seconds)

    def _lane(self, address: Address) -> _Lane:
        rate = self._rates.get(address.chat, 0.0)
        key = (address.chat, address.tenant)
        return self._lanes.setdefault(key, _Lane(gap=1 / rate if rate else 0.0))

    def _now(self) -> float:
        return self._clock() if self._clock else asyncio.get_running_loop().time()
