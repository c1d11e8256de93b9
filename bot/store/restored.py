"""A ledger out of a backup becomes one that can go on: what may have been sent since is marked or let go."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import UserMistake
from bot.model import DeliveryState
from bot.store.parts import PART
from bot.store.slots import SLOT
from bot.store.status import UNFINISHED
from bot.store.subscriptions import SUBSCRIPTION
from bot.when.plan import plan_of
from digests.store.engine import writing

LET_GO_AFTER = timedelta(days=1)  # nobody wants the digest of the day before yesterday twice


async def settle(engine: AsyncEngine, *, now: datetime) -> None:
    """Let go of what was due more than a day ago; mark the rest as a possible repeat. One transaction."""
    since = now - LET_GO_AFTER
    let_go = {"state": DeliveryState.FAILED, "error": "restored from a backup", "changed_at": now}
    async with writing(engine) as connection:
        unfinished = PART.c.state.in_(UNFINISHED)
        await connection.execute(update(PART).where(unfinished, PART.c.due_at < since).values(let_go))
        await connection.execute(
            update(PART).where(unfinished).values(state=DeliveryState.DUE, repeat=True, changed_at=now)
        )
        missed = (SLOT.c.frozen_at.is_(None), SLOT.c.due_at < since)
        await connection.execute(update(SLOT).where(*missed).values(frozen_at=now))
        await _skip_missed(connection, since)


async def _skip_missed(connection: AsyncConnection, since: datetime) -> None:
    """Let each schedule go on with the first hour after `since`."""
    missed = select(SUBSCRIPTION).where(SUBSCRIPTION.c.next_due_at < since)
    for row in (await connection.execute(missed)).mappings().all():
        try:
            plan = plan_of(timetable=row["timetable"], zone=row["zone"], quiet=row["quiet"])
        except UserMistake:
            continue  # paused once it is looked at
        following = plan.first(after=since)
        due_at = following.due_at if following else None
        mine = SUBSCRIPTION.c.id == row["id"]
        await connection.execute(update(SUBSCRIPTION).where(mine).values(next_due_at=due_at))
