"""How fast we may talk: per bot, per room, and not before a platform's Retry-After."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.model import Address
from bot.ports import Lanes

ROOM_GAP = 1.05  # seconds between two messages in one room: Telegram and Slack both allow one a second
_ROOMS_KEPT = 10_000
_AHEAD = 0.25  # seconds of places that a process takes at a time: one who asks something waits for no more
_LEAD = timedelta(milliseconds=150)  # to write down that a message is about to leave: it leaves in time
_LEAD_PLACES = 4  # at most: what is written down and has not left is in doubt if we die
_LEAD_LONGEST = 3  # times as much, while the machine is too busy to write it down in time
_LEAD_GROWS, _LEAD_SHRINKS = 1.5, 0.98  # with each place that was missed, or was not
_LATE = timedelta(milliseconds=20)  # a place that is missed by as much is given up: thirty places, at 28 a
# second, are 71 ms longer than a second; 50 are left for a way that is slower for one than for another
_FURTHEST = 60.0  # seconds: no place is given further ahead
_PLACES = 5  # so many are tried: on a machine that is always late, some must leave

Lane = tuple[str, str]  # chat and tenant: one bot's way out
Room = tuple[str, str, str]  # with all its topics: a platform counts them together


class Limits:
    """See `Pacing`. Smooth: no bursts, which the platforms answer with 429.

    A lane's places, and those of a group, are shared with all processes that talk through the same bot. When
    a conversation of two heard last is known here alone: no two processes send digests to one room at a time.
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
        self._heard: dict[Room, float] = {}  # when each room heard from us last, or will
        self._rooms_kept = _ROOMS_KEPT
        self._held: dict[Lane, float] = {}  # until when
        self._lines: dict[Lane, _Line] = {}

    async def wait(self, address: Address) -> datetime | None:
        """See `Pacing`."""
        return await self._wait(address, first=False)

    async def leave(self, address: Address, place: datetime | None) -> None:
        """See `Pacing`."""
        for _ in range(_PLACES):
            if place is None:
                return
            await _until(place, self._clock)
            is_missed = self._clock() - place >= _LATE
            self._line(address).adapt(is_missed=is_missed)
            if not is_missed:
                return
            # The machine was busy, and all who missed their place would leave at once.
            place = await self._line(address).place(first=True)

    async def answer(self, address: Address) -> None:
        """See `Pacing`."""
        place = await self._wait(address, first=True)
        await _sleep(self._held.get((address.chat, address.tenant), 0.0) - self._now())
        await self.leave(address, place)

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
        room = (address.chat, address.tenant, address.room)
        at = max(now, self._heard.get(room, now - self._room_gap) + self._room_gap)
        self._heard[room] = at
        if len(self._heard) > self._rooms_kept:
            self._forget(now)
        return at - now

    async def _wait(self, address: Address, *, first: bool) -> datetime | None:
        await _sleep(await self._until_heard(address))
        return await self._line(address).place(first=first) if address.chat in self._gaps else None

    async def _until_heard(self, address: Address) -> float:
        """Take the next place of a room, or of a group with all its topics; return how far away it is."""
        if not _is_group(address):
            return self.reserve(address, now=self._now())
        gap = timedelta(seconds=self._room_gap)
        place = await self._lanes.take_in_group(address, gap=gap, now=self._clock())
        return (place - self._clock()).total_seconds()

    def _forget(self, now: float) -> None:
        """Forget rooms that have long been free again."""
        self._heard = {room: at for room, at in self._heard.items() if at + self._room_gap > now}
        self._rooms_kept = max(_ROOMS_KEPT, 2 * len(self._heard))

    def _line(self, address: Address) -> "_Line":
        lane = (address.chat, address.tenant)
        if lane not in self._lines:
            gap = self._gaps[address.chat]
            take = partial(self._take, address, gap=gap)
            self._lines[lane] = _Line(take, gap=gap, clock=self._clock)
        return self._lines[lane]

    async def _take(self, address: Address, count: int, *, gap: timedelta) -> datetime:
        return await self._lanes.take(address, count=count, gap=gap, now=self._clock())

    def _now(self) -> float:
        return self._monotonic() if self._monotonic else asyncio.get_running_loop().time()


class _Line:
    """Those of this process who wait for a place in one lane. Who asked something goes before digests.

    Places are taken a few at a time: the other processes' answers must find one soon.
    """

    def __init__(self, take: Callable[[int], Awaitable[datetime]], *, gap: timedelta, clock: Clock) -> None:
        self._take = take
        self._gap = gap
        self._clock = clock
        self._few = max(1, int(_AHEAD / gap.total_seconds()))
        self._least = self._lead = min(_LEAD, _LEAD_PLACES * gap)
        self._first: deque[asyncio.Future[datetime]] = deque()
        self._others: deque[asyncio.Future[datetime]] = deque()
        self._giving: asyncio.Task[None] | None = None

    async def place(self, *, first: bool) -> datetime:
        """Return a place shortly before it is there."""
        mine: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()
        (self._first if first else self._others).append(mine)
        if self._giving is None:
            self._giving = asyncio.create_task(self._give())
        return await mine

    def adapt(self, *, is_missed: bool) -> None:
        """Tell places earlier while some are missed."""
        lead = self._lead * (_LEAD_GROWS if is_missed else _LEAD_SHRINKS)
        self._lead = min(max(lead, self._least), _LEAD_LONGEST * self._least)

    async def _give(self) -> None:
        try:
            while waiting := len(self._first) + len(self._others):
                await self._give_some(min(waiting, self._few))
        except Exception as error:
            self._fail(error)
        finally:
            self._giving = None

    async def _give_some(self, count: int) -> None:
        place = await self._take(count)
        for _ in range(count):
            await _until(place - self._lead, self._clock)
            self._give_one(place)
            place += self._gap

    def _give_one(self, place: datetime) -> None:
        for waiting in (self._first, self._others):
            while waiting:
                one = waiting.popleft()
                if not one.done():  # else who waited has given up
                    one.set_result(place)
                    return

    def _fail(self, error: Exception) -> None:
        """Tell all who wait that no place can be had now."""
        for waiting in (self._first, self._others):
            while waiting:
                one = waiting.popleft()
                if not one.done():
                    one.set_exception(error)


def _is_group(address: Address) -> bool:
    """Say whether Telegram has a limit of its own for a room: groups and channels, whose ids are negative."""
    return address.chat == "telegram" and address.room.startswith("-")


async def _until(place: datetime, clock: Clock) -> None:
    """Return when `clock` shows a place; not hours later, if it was set back since the place was given."""
    await _sleep(min((place - clock()).total_seconds(), _FURTHEST))


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
