"""Digests that are due at one moment become the window over which they are spread: one for all processes.

Each counts what is due, but those who come after the first has begun would count less, and give the places of
a shorter window. So the first says how long it is.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.subscriptions import SUBSCRIPTION
from bot.store.tables import SpreadRow
from bot.when.spread import window_of
from digests.store.engine import reading, writing
from digests.store.rows import insert_new, table_of

SPREAD = table_of(SpreadRow)

Moment = tuple[str, str, datetime]
Windows = Mapping[Moment, timedelta]
"""Over how long the digests of a bot (chat, tenant) are spread that are due at one moment."""


async def windows(engine: AsyncEngine, rates: Mapping[str, float], *, now: datetime) -> Windows:
    """Return the windows of the moments that have come; `rates` is messages a second by chat."""
    limited = [chat for chat, rate in rates.items() if rate]
    if not limited:
        return {}
    which = (SUBSCRIPTION.c.chat, SUBSCRIPTION.c.tenant, SUBSCRIPTION.c.next_due_at)
    due = (SUBSCRIPTION.c.next_due_at <= now, SUBSCRIPTION.c.chat.in_(limited))
    async with reading(engine) as connection:
        counted = (await connection.execute(select(*which, func.count()).where(*due).group_by(*which))).all()
        known = await _known(connection, [at for _, _, at, _ in counted])
    spread = {(chat, tenant, at): window_of(count, rate=rates[chat]) for chat, tenant, at, count in counted}
    fresh = {moment: window for moment, window in spread.items() if window and moment not in known}
    return {**known, **await _agreed(engine, fresh)} if fresh else known


async def _agreed(engine: AsyncEngine, fresh: Windows) -> Windows:
    """Say how long these windows are, where nobody has yet; return how long they are then."""
    rows = [
        {"chat": chat, "tenant": tenant, "due_at": at, "seconds": int(window.total_seconds())}
        for (chat, tenant, at), window in fresh.items()
    ]
    async with writing(engine) as connection:
        await connection.execute(insert_new(connection, SPREAD, unique=["chat", "tenant", "due_at"]), rows)
        return await _known(connection, [at for _, _, at in fresh])


async def _known(
    connection: AsyncConnection, moments: list[datetime]
) -> dict[tuple[str, str, datetime], timedelta]:
    if not moments:
        return {}
    some = select(SPREAD).where(SPREAD.c.due_at.between(min(moments), max(moments)))
    rows = (await connection.execute(some)).mappings()
    return {(row["chat"], row["tenant"], row["due_at"]): timedelta(seconds=row["seconds"]) for row in rows}
