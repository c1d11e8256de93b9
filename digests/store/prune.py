"""What is older than it is to be kept is forgotten, a little in each transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from digests.store.engine import reading, writing
from digests.store.rows import ARTICLE, ENTRY, HOST, KEY, STORY

AT_ONCE = 500  # rows in one transaction: others want to write too
_KEYS_AT_ONCE = 20  # feeds: each may have thousands of keys


async def forget_texts(engine: AsyncEngine, *, before: datetime) -> int:
    """Empty the texts of articles collected before then, and drop their entries; return how many."""
    await forget_rows(engine, ENTRY, ENTRY.c.first_seen < before)
    mine, total = (ARTICLE.c.collected_at < before, ARTICLE.c.text != ""), 0
    while ids := await _some(engine, ARTICLE, *mine):
        async with writing(engine) as connection:
            await connection.execute(update(ARTICLE).where(ARTICLE.c.id.in_(ids)).values(text=""))
        total += len(ids)
    return total


async def forget_articles(engine: AsyncEngine, *, before: datetime) -> int:
    """Drop articles collected before then with their facts, and the stories of which nothing is left."""
    total = await forget_rows(engine, ARTICLE, ARTICLE.c.collected_at < before)
    told, part = exists().where(ARTICLE.c.story_id == STORY.c.id), STORY.alias("part")
    stands_for = exists().where(part.c.absorbed_by == STORY.c.id)  # goes once its parts are gone
    await forget_rows(engine, STORY, STORY.c.updated_at < before, ~told, ~stands_for)
    return total


async def forget_keys(engine: AsyncEngine, *, before: datetime) -> int:
    """Drop keys of entries that their feeds have not shown since then; return how many.

    A feed that shows the same for years is not read anew, so that its keys are not seen again: they stay.
    """
    newer = KEY.alias("newer")
    goes_on = exists().where(newer.c.feed_id == KEY.c.feed_id, newer.c.seen_at >= before)
    old = (KEY.c.seen_at < before, goes_on)
    async with reading(engine) as connection:
        feeds = list(await connection.scalars(select(KEY.c.feed_id).where(KEY.c.seen_at < before).distinct()))
    total = 0
    for start in range(0, len(feeds), _KEYS_AT_ONCE):
        some = KEY.c.feed_id.in_(feeds[start : start + _KEYS_AT_ONCE])
        async with writing(engine) as connection:
            total += (await connection.execute(delete(KEY).where(some, *old))).rowcount
    return total


async def forget_hosts(engine: AsyncEngine, *, before: datetime) -> int:
    """Drop hosts that nobody has held since then; return how many."""
    async with writing(engine) as connection:
        return (await connection.execute(delete(HOST).where(HOST.c.until < before))).rowcount


async def forget_rows(engine: AsyncEngine, table: Table, *where: ColumnElement[bool]) -> int:
    """Delete the rows of `table` that meet all of `where`; return how many. It has an `id`."""
    total = 0
    while ids := await _some(engine, table, *where):
        async with writing(engine) as connection:  # asked again: one may have changed meanwhile
            await connection.execute(delete(table).where(table.c.id.in_(ids), *where))
        total += len(ids)
    return total


async def _some(engine: AsyncEngine, table: Table, *where: Any) -> Sequence[int]:
    """Return ids of rows to forget: looked for without the lock that writers wait for."""
    async with reading(engine) as connection:
        found = await connection.scalars(select(table.c.id).where(*where).order_by(table.c.id).limit(AT_ONCE))
        return list(found)
