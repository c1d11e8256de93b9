"""See `bot.ports.Closings`: readers of feeds that are gone, in SQL."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserMistake
from bot.model import Part, Slot, Subscription
from bot.plan import wishes_of
from bot.store.parts import PART, part_row
from bot.store.resting import rest_column
from bot.store.slots import SLOT
from bot.store.subscriptions import FOLLOW, SUBSCRIPTION, subscription_from
from digests.model import Feed, FeedState
from digests.store.engine import reading, writing
from digests.store.rows import FEED, feed_from

_AT = "gone"  # what a notice has in place of its hour, with the feeds
IS_NOTICE = SLOT.c.at.startswith(f"{_AT} ")


class SqlClosings:
    """See `Closings`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def untold(self, chat: str) -> Sequence[tuple[Subscription, Sequence[Feed]]]:
        """See `Closings`. Rooms that rest are told once they go on."""
        gone = select(FOLLOW.c.subscription_id, FEED).join(FEED, FEED.c.id == FOLLOW.c.feed_id)
        gone = gone.where(FEED.c.state == FeedState.GONE).order_by(FOLLOW.c.subscription_id, FEED.c.id)
        rooms = select(SUBSCRIPTION).where(SUBSCRIPTION.c.chat == chat, SUBSCRIPTION.c.paused.is_(None))
        feeds: dict[int, list[Feed]] = defaultdict(list)
        async with reading(self._engine) as connection:
            for row in (await connection.execute(gone)).mappings():
                feeds[row["subscription_id"]].append(feed_from(row))
            if not feeds:
                return ()
            listening = (await connection.execute(rooms.where(SUBSCRIPTION.c.id.in_(list(feeds))))).mappings()
            return [(subscription_from(row), feeds[row["id"]]) for row in listening]

    async def tell(
        self, subscription: Subscription, feeds: Sequence[Feed], parts: Sequence[Part], *, now: datetime
    ) -> bool:
        """See `Closings`."""
        ids = [feed.id for feed in feeds]
        mine = (FOLLOW.c.subscription_id == subscription.id, FOLLOW.c.feed_id.in_(ids))
        async with writing(self._engine) as connection:
            left = await connection.execute(delete(FOLLOW).where(*mine))
            if not left.rowcount:
                return False
            row = _slot_row(subscription, ids, now)
            slot_id = await connection.scalar(insert(SLOT).values(row).returning(SLOT.c.id))
            slot = Slot(slot_id, subscription.id, row["at"], row["local_date"], now)
            sent_from = {"not_before": _sent_from(subscription, now)}
            rest = rest_column(quiet=subscription.quiet, zone=subscription.zone)
            rows = [
                part_row(slot, subscription.address, part, number=number, now=now, rest=rest) | sent_from
                for number, part in enumerate(parts)
            ]
            await connection.execute(insert(PART), rows)
        return True


def _sent_from(subscription: Subscription, now: datetime) -> datetime:
    """Return when a notice may be sent: now, or at the end of quiet hours."""
    try:
        return wishes_of(subscription).held(now)
    except UserMistake:
        return now


def _slot_row(subscription: Subscription, feed_ids: Sequence[int], now: datetime) -> dict[str, Any]:
    """Return a slot whose parts are there already: a notice goes out like a digest."""
    return {
        "subscription_id": subscription.id,
        "chat": subscription.address.chat,
        "at": f"{_AT} {','.join(map(str, feed_ids))} {now.isoformat()}",
        "local_date": now.date(),
        "due_at": subscription.shown_until,  # not later than a digest that is owed: the later one would stand
        "frozen_at": now,
    }
