"""See `bot.ports.Erasing`: a chat's rows are gone at once, from the database's file too."""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model import Address
from bot.store.editions import EDITION
from bot.store.lanes import HEARD, room_name
from bot.store.moves import forget_moves, former_ids
from bot.store.slots import SLOT
from bot.store.subscriptions import FOLLOW, SUBSCRIPTION, room_columns
from digests.store.engine import BUSY_MILLISECONDS, reading, writing
from digests.store.rows import ARTICLE, CARRIES, FEED

TRIES, AGAIN_AFTER = 50, 0.1  # seconds: somebody who reads just now keeps the journal from being emptied

log = structlog.get_logger()


class SqlErasing:
    """See `Erasing`. Deleted rows are overwritten with zeros: see `digests.store.engine`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def erase(self, address: Address) -> bool:
        """See `Erasing`."""
        async with writing(self._engine) as connection:
            rooms = list(await connection.scalars(select(SUBSCRIPTION.c.id).where(*_at(address))))
            if rooms:
                await _erase(connection, rooms)
            was_known = address.thread is None and await _erase_ids(connection, address)
        if (rooms or was_known) and self._engine.dialect.name == "sqlite":
            await self._empty_journal()
        return bool(rooms) or was_known

    async def knows(self, address: Address) -> bool:
        """See `Erasing`."""
        async with reading(self._engine) as connection:
            mine = select(SUBSCRIPTION.c.id).where(*_at(address)).limit(1)
            if await connection.scalar(mine) is not None:
                return True
            return address.thread is None and bool(await former_ids(connection, address))

    async def _empty_journal(self) -> None:
        """Empty the write-ahead log, which still holds the pages as they were."""
        for _ in range(TRIES):
            if await self._emptied_journal():
                return
            await asyncio.sleep(AGAIN_AFTER)
        log.warning("journal not emptied yet", tries=TRIES)  # SQLite does it at one of the next commits

    async def _emptied_journal(self) -> bool:
        """Say whether it could be; the try itself waits for nobody, or it would hold up all who write."""
        async with self._engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None  # it is open
            await driver.execute("PRAGMA busy_timeout=0")
            try:
                cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                is_busy, *_ = await cursor.fetchone()
                await cursor.close()
            finally:
                await driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        return not is_busy


def _at(address: Address) -> list[Any]:
    """Return the conditions that find a room's subscriptions, with its topics' if it is no topic itself."""
    where = {name: value for name, value in room_columns(address).items() if value or name != "thread"}
    return [SUBSCRIPTION.c[name] == value for name, value in where.items()]


async def _erase_ids(connection: AsyncConnection, address: Address) -> bool:
    """Drop what is noted by a room's id alone; False: nothing was that stays for longer than a minute."""
    await connection.execute(delete(HEARD).where(HEARD.c.room == room_name(address)))
    return await forget_moves(connection, address)


async def _erase(connection: AsyncConnection, rooms: Sequence[int]) -> None:
    """Drop subscriptions, all that hangs on them, and what nobody else has of what they had."""
    follows, had = FOLLOW.c.subscription_id.in_(rooms), SLOT.c.subscription_id.in_(rooms)
    followed = set(await connection.scalars(select(FOLLOW.c.feed_id).where(follows)))
    editions = set(await connection.scalars(select(SLOT.c.edition_id).where(had)))
    await connection.execute(delete(SUBSCRIPTION).where(SUBSCRIPTION.c.id.in_(rooms)))
    shared = exists().where(SLOT.c.edition_id == EDITION.c.id)
    await connection.execute(delete(EDITION).where(EDITION.c.id.in_(editions - {None}), ~shared))
    await _erase_feeds(connection, followed)


async def _erase_feeds(connection: AsyncConnection, feeds: set[int]) -> None:
    """Drop the feeds that nobody else follows: an address may hold a reader's own key."""
    others = exists().where(FOLLOW.c.feed_id == FEED.c.id)
    lonely = select(FEED.c.id).where(FEED.c.id.in_(feeds), FEED.c.listed_at.is_(None), ~others)
    ids = list(await connection.scalars(lonely.with_for_update()))
    elsewhere = (CARRIES.c.article_id == ARTICLE.c.id, CARRIES.c.feed_id.not_in(ids))
    heir = select(func.min(CARRIES.c.feed_id)).where(*elsewhere).scalar_subquery()
    kept = (ARTICLE.c.feed_id.in_(ids), exists().where(*elsewhere))
    await connection.execute(update(ARTICLE).where(*kept).values(feed_id=heir))
    await connection.execute(delete(FEED).where(FEED.c.id.in_(ids)))
