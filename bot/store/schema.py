"""A database of any age becomes one with today's tables: ours, and on PostgreSQL procrastinate's too."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import SubscriptionRow
from bot.store.wakeups import migrate_wakeups, wakeups_are_current
from digests.store.migrate import is_current, migrate


async def bring_up_to_date(engine: AsyncEngine) -> None:
    """Bring the tables up to date; nothing happens where they are."""
    await migrate(engine, SubscriptionRow.metadata)
    if _is_server(engine):
        await migrate_wakeups(engine)


async def is_up_to_date(engine: AsyncEngine) -> bool:
    """Say whether the tables are those that this release was written for."""
    return await is_current(engine) and (not _is_server(engine) or await wakeups_are_current(engine))


def _is_server(engine: AsyncEngine) -> bool:
    return engine.dialect.name == "postgresql"
