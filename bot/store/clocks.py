"""That some process sends wake-ups is written down, for those that wait for them."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.lanes import LEASE
from digests.store.engine import reading, writing
from digests.store.rows import insert_new

_NAME = "clock"


class SqlClocks:
    """Whether any clock runs; there may be several."""

    def __init__(self, engine: AsyncEngine, *, owner: str) -> None:
        self._engine = engine
        self._owner = owner

    async def tick(self, *, until: datetime) -> None:
        """Write down that wake-ups come until then."""
        row = {"name": _NAME, "owner": self._owner, "until": until}
        async with writing(self._engine) as connection:
            await connection.execute(insert_new(connection, LEASE, row, unique=["name"]))
            await connection.execute(update(LEASE).where(LEASE.c.name == _NAME).values(row))

    async def run(self, now: datetime) -> bool:
        """Say whether wake-ups come."""
        async with reading(self._engine) as connection:
            until = await connection.scalar(select(LEASE.c.until).where(LEASE.c.name == _NAME))
            return until is not None and until > now
