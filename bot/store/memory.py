"""See `bot.ports.Memory`: what is too old to be kept is forgotten, in SQL."""

from collections.abc import Mapping

from sqlalchemy import delete, exists, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model import Keeping
from bot.store.editions import EDITION
from bot.store.parts import OPEN, PART, is_in
from bot.store.slots import SLOT
from bot.store.spreading import SPREAD
from bot.store.subscriptions import FOLLOW, SHOWN
from digests.store.engine import writing
from digests.store.prune import forget_articles, forget_hosts, forget_keys, forget_rows, forget_texts
from digests.store.rows import FEED


class SqlMemory:
    """See `Memory`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def forget(self, since: Keeping) -> Mapping[str, int]:
        """See `Memory`. Many small transactions."""
        return {
            "texts": await forget_texts(self._engine, before=since.texts),
            "articles": await forget_articles(self._engine, before=since.facts),
            "keys": await forget_keys(self._engine, before=since.keys),
            "hosts": await forget_hosts(self._engine, before=since.texts),
            "editions": await forget_rows(self._engine, EDITION, EDITION.c.composed_at < since.texts),
            "slots": await self._forget_slots(since),
            "asleep": await self._put_to_sleep(),
        }

    async def _forget_slots(self, since: Keeping) -> int:
        """Drop what was sent, and which stories were shown; what is still to arrive stays."""
        on_its_way = exists().where(PART.c.slot_id == SLOT.c.id, is_in(*OPEN))
        total = await forget_rows(self._engine, SLOT, SLOT.c.frozen_at < since.deliveries, ~on_its_way)
        async with writing(self._engine) as connection:
            await connection.execute(delete(SHOWN).where(SHOWN.c.shown_at < since.deliveries))
            await connection.execute(delete(SPREAD).where(SPREAD.c.due_at < since.deliveries))
        return total

    async def _put_to_sleep(self) -> int:
        """Read no more of feeds that were found for somebody who did not follow them in the end."""
        followed = exists().where(FOLLOW.c.feed_id == FEED.c.id)
        lonely = (FEED.c.next_poll_at.is_not(None), FEED.c.listed_at.is_(None), ~followed)
        async with writing(self._engine) as connection:
            return (await connection.execute(update(FEED).where(*lonely).values(next_poll_at=None))).rowcount
