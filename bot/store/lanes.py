"""See `bot.ports.Lanes` and `bot.ports.Leases`: what the processes of one bot share, in SQL."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model import Address
from bot.store.tables import LaneRow, LeaseRow
from digests.store.engine import reading, writing
from digests.store.rows import insert_new, table_of

LANE, LEASE = table_of(LaneRow), table_of(LeaseRow)
FURTHEST = timedelta(minutes=1)  # no place is given so far ahead: the clock has stepped back since


class SqlLanes:
    """See `Lanes`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

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


def _of(address: Address) -> list[Any]:
    return [LANE.c.chat == address.chat, LANE.c.tenant == address.tenant]


async def _made(connection: AsyncConnection, address: Address) -> None:
    row = {"chat": address.chat, "tenant": address.tenant}
    await connection.execute(insert_new(connection, LANE, row, unique=["chat", "tenant"]))
