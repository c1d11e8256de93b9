"""See `bot.ports.Lanes` and `bot.ports.Leases`: what the processes of one bot share, in SQL."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.minute import WITHIN, next_place
from bot.model import Address
from bot.store.tables import HeardRow, LaneRow, LeaseRow
from digests.store.engine import reading, writing
from digests.store.rows import insert_new, table_of
from digests.together import Together

LANE, LEASE, HEARD = table_of(LaneRow), table_of(LeaseRow), table_of(HeardRow)
FURTHEST = timedelta(minutes=1)  # no place is given so far ahead: the clock has stepped back since


@dataclass(frozen=True, slots=True)
class _Asked:
    room: str
    gap: timedelta
    now: datetime


class SqlLanes:
    """See `Lanes`. Those who ask for groups at one time share a commit."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._in_groups = Together(self._take_in_groups)

    async def take(self, address: Address, *, count: int, gap: timedelta, now: datetime) -> datetime:
        """See `Lanes`."""
        async with writing(self._engine) as connection:
            await _made(connection, address)
            mine = select(LANE.c.next_at).where(*_of(address)).with_for_update()
            free: datetime | None = await connection.scalar(mine)
            first = max(now, free) if free is not None and free < now + FURTHEST else now
            await connection.execute(update(LANE).where(*_of(address)).values(next_at=first + count * gap))
            return first

    async def hold(self, address: Address, *, until: datetime) -> None:
        """See `Lanes`."""
        async with writing(self._engine) as connection:
            await _made(connection, address)
            shorter = or_(LANE.c.held_until.is_(None), LANE.c.held_until < until)
            await connection.execute(update(LANE).where(*_of(address), shorter).values(held_until=until))

    async def take_in_group(self, address: Address, *, gap: timedelta, now: datetime) -> datetime:
        """See `Lanes`."""
        return await self._in_groups(_Asked(room_name(address), gap, now))

    async def forget(self, now: datetime) -> None:
        """Forget the groups that have heard nothing for a minute."""
        async with reading(self._engine) as connection:
            first = await connection.scalar(select(func.min(HEARD.c.until)))
        if first is not None and first <= now:
            async with writing(self._engine) as connection:
                await connection.execute(delete(HEARD).where(HEARD.c.until <= now))

    async def _take_in_groups(self, some: Sequence[_Asked]) -> Sequence[datetime]:
        async with writing(self._engine) as connection:
            heard = await _heard(connection, some)
            places: list[datetime] = []
            for one in some:
                place, heard[one.room] = next_place(heard[one.room], gap=one.gap, now=one.now)
                places.append(place)
            await connection.execute(_NOTED, [_noted(room, at) for room, at in heard.items()])
        return places


class SqlLeases:
    """See `Leases`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def take(self, name: str, *, owner: str, until: datetime, now: datetime) -> bool:
        """See `Leases`."""
        row = {"name": name, "owner": owner, "until": until}
        free = or_(LEASE.c.owner == owner, LEASE.c.until < now)
        async with writing(self._engine) as connection:
            await connection.execute(insert_new(connection, LEASE, row, unique=["name"]))
            taken = await connection.execute(update(LEASE).where(LEASE.c.name == name, free).values(row))
            return taken.rowcount == 1

    async def drop(self, name: str, *, owner: str) -> None:
        """See `Leases`."""
        async with writing(self._engine) as connection:
            await connection.execute(delete(LEASE).where(LEASE.c.name == name, LEASE.c.owner == owner))

    async def owner(self, name: str) -> str | None:
        """See `Leases`."""
        async with reading(self._engine) as connection:
            found: str | None = await connection.scalar(select(LEASE.c.owner).where(LEASE.c.name == name))
            return found


def room_name(address: Address) -> str:
    """Return what a room and all its topics are counted by."""
    return str(replace(address, thread=None))


_NOTED = update(HEARD).where(HEARD.c.room == bindparam("here"))
_NOTED = _NOTED.values(places=bindparam("given"), until=bindparam("ends"))


async def _heard(connection: AsyncConnection, some: Sequence[_Asked]) -> dict[str, list[datetime]]:
    """Return what groups have heard, for this transaction alone; always in one order, so that none waits
    for another that waits for it."""
    names = sorted({one.room for one in some})
    fresh = [{"room": name, "places": "[]", "until": some[0].now} for name in names]
    await connection.execute(insert_new(connection, HEARD, unique=["room"]), fresh)
    mine = select(HEARD.c.room, HEARD.c.places).where(HEARD.c.room.in_(names)).order_by(HEARD.c.room)
    rows = await connection.execute(mine.with_for_update())
    return {room: [datetime.fromtimestamp(at, UTC) for at in json.loads(places)] for room, places in rows}


def _noted(room: str, heard: Sequence[datetime]) -> Mapping[str, Any]:
    given = json.dumps([at.timestamp() for at in heard])
    return {"here": room, "given": given, "ends": heard[-1] + WITHIN}


def _of(address: Address) -> list[Any]:
    return [LANE.c.chat == address.chat, LANE.c.tenant == address.tenant]


async def _made(connection: AsyncConnection, address: Address) -> None:
    row = {"chat": address.chat, "tenant": address.tenant}
    await connection.execute(insert_new(connection, LANE, row, unique=["chat", "tenant"]))
