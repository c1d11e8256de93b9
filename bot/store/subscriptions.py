"""See `bot.ports.Subscriptions`: who follows what, in SQL."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import UserMistake
from bot.model import Address, Subscription
from bot.store.moves import former_ids
from bot.store.resting import rest_anew, rest_column
from bot.store.tables import AddedRow, FollowRow, ShownRow, SlotRow, SubscriptionRow
from bot.when.spread import AT_ONCE, most_that_matter, window_of
from bot.when.timetable import Moment
from digests.model import Feed
from digests.store.engine import reading, writing
from digests.store.rows import FEED, feed_from, insert_new, table_of

FEEDS_OF_A_ROOM = 200
FEEDS_AN_HOUR = 20  # added
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
_AFTER = timedelta(microseconds=1)  # keeps the order in which several were named

# What people set of a subscription, and when that makes the next digest due.
_SET = (
    *("zone", "timetable", "language", "paused", "paused_until", "skipped_until", "quiet"),
    *("most", "words", "quiet_when_empty", "next_due_at"),
)

SUBSCRIPTION, FOLLOW, SHOWN = table_of(SubscriptionRow), table_of(FollowRow), table_of(ShownRow)
ADDED = table_of(AddedRow)
_SLOT = table_of(SlotRow)  # owned by `bot.store.slots`


class SqlSubscriptions:
    """See `Subscriptions`. `rates` is messages a second by chat, over which many digests are spread."""

    def __init__(self, engine: AsyncEngine, *, rates: Mapping[str, float] | None = None) -> None:
        self._engine = engine
        self._rates = rates or {}

    async def at(self, address: Address) -> Subscription | None:
        """See `Subscriptions`."""
        return await self._first(*is_at(address))

    async def by_id(self, subscription_id: int) -> Subscription | None:
        """See `Subscriptions`."""
        return await self._first(SUBSCRIPTION.c.id == subscription_id)

    async def add(
        self,
        address: Address,
        *,
        zone: str,
        timetable: str,
        shown_until: datetime,
        next_due_at: datetime | None,
        now: datetime,
    ) -> Subscription:
        """See `Subscriptions`."""
        settings = {"zone": zone, "timetable": timetable, "language": "en", "created_at": now}
        row = {**room_columns(address), **settings, "shown_until": shown_until, "next_due_at": next_due_at}
        row["owed_from"] = next_due_at
        async with writing(self._engine) as connection:
            unique = ["chat", "tenant", "room", "thread"]
            await connection.execute(insert_new(connection, SUBSCRIPTION, row, unique=unique))
            found = await connection.execute(select(SUBSCRIPTION).where(*is_at(address)))
            return subscription_from(found.mappings().one())

    async def former(self, address: Address) -> Sequence[str]:
        """See `Subscriptions`."""
        async with reading(self._engine) as connection:
            return await former_ids(connection, address)

    async def save(self, subscription: Subscription, *, told: Sequence[Moment] = ()) -> None:
        """See `Subscriptions`."""
        changed = {name: getattr(subscription, name) for name in _SET}
        changed["owed_from"] = subscription.next_due_at
        async with writing(self._engine) as connection:
            mine = SUBSCRIPTION.c.id == subscription.id
            rested = await connection.scalar(select(SUBSCRIPTION.c.paused).where(mine))
            if subscription.paused is not None or rested is not None:
                await _let_go(connection, subscription)
            await connection.execute(update(SUBSCRIPTION).where(mine).values(changed))
            rest = rest_column(quiet=subscription.quiet, zone=subscription.zone)
            await rest_anew(connection, room_columns(subscription.address), rest=rest)
            rows = [_told_row(subscription, moment) for moment in told]
            if rows:
                unique = ["subscription_id", "local_date", "at"]
                await connection.execute(insert_new(connection, _SLOT, unique=unique), rows)

    async def told(self, subscription: Subscription, *, since: date) -> frozenset[tuple[date, str]]:
        """See `Subscriptions`."""
        mine = (_SLOT.c.subscription_id == subscription.id, _SLOT.c.local_date >= since)
        async with reading(self._engine) as connection:
            rows = await connection.execute(select(_SLOT.c.local_date, _SLOT.c.at).where(*mine))
            return frozenset((row[0], row[1]) for row in rows)

    async def waiting(self, subscription: Subscription) -> datetime | None:
        """See `Subscriptions`."""
        mine = (_SLOT.c.subscription_id == subscription.id, _SLOT.c.frozen_at.is_(None))
        async with reading(self._engine) as connection:
            due_at: datetime | None = await connection.scalar(select(func.max(_SLOT.c.due_at)).where(*mine))
        return due_at

    async def window(self, subscription: Subscription) -> timedelta:
        """See `Subscriptions`."""
        address, rate = subscription.address, self._rates.get(subscription.address.chat, 0)
        if subscription.next_due_at is None or not rate:
            return AT_ONCE
        bot = (SUBSCRIPTION.c.chat == address.chat, SUBSCRIPTION.c.tenant == address.tenant)
        due = (*bot, SUBSCRIPTION.c.next_due_at == subscription.next_due_at)
        some = select(SUBSCRIPTION.c.id).where(*due).limit(most_that_matter(rate)).subquery()
        async with reading(self._engine) as connection:
            count = await connection.scalar(select(func.count()).select_from(some))
        return window_of(count or 0, rate=rate)

    async def follow(
        self, subscription: Subscription, feeds: Sequence[Feed], *, now: datetime, inherited: bool = False
    ) -> int:
        """See `Subscriptions`."""
        ids = [feed.id for feed in feeds]
        async with writing(self._engine) as connection:
            await _lock_feeds(connection, ids)
            mine = (FOLLOW.c.subscription_id == subscription.id, FOLLOW.c.feed_id.in_(ids))
            known = set(await connection.scalars(select(FOLLOW.c.feed_id).where(*mine)))
            fresh = [feed_id for feed_id in dict.fromkeys(ids) if feed_id not in known]
            rows = [
                {"subscription_id": subscription.id, "feed_id": new, "added_at": now + place * _AFTER}
                for place, new in enumerate(fresh)
            ]
            if rows:
                if not inherited:
                    await _check_quota(connection, subscription.id, len(rows), now=now)
                    await _note_added(connection, subscription.id, len(rows), now=now)
                await connection.execute(insert(FOLLOW), rows)
            asleep = (FEED.c.id.in_(ids), FEED.c.next_poll_at.is_(None), FEED.c.state != "gone")
            await connection.execute(update(FEED).where(*asleep).values(next_poll_at=now))
            return len(fresh)

    async def may_follow(self, address: Address, count: int, *, now: datetime) -> None:
        """See `Subscriptions`."""
        async with reading(self._engine) as connection:
            known = await connection.scalar(select(SUBSCRIPTION.c.id).where(*is_at(address)))
            await _check_quota(connection, known, count, now=now)

    async def unfollow(self, subscription: Subscription, feed: Feed) -> None:
        """See `Subscriptions`."""
        async with writing(self._engine) as connection:
            await _lock_feeds(connection, [feed.id])
            mine = (FOLLOW.c.subscription_id == subscription.id, FOLLOW.c.feed_id == feed.id)
            await connection.execute(delete(FOLLOW).where(*mine))
            followed = exists().where(FOLLOW.c.feed_id == feed.id)
            lonely = (FEED.c.id == feed.id, ~followed, FEED.c.listed_at.is_(None))
            await connection.execute(update(FEED).where(*lonely).values(next_poll_at=None))

    async def feeds(self, subscription: Subscription) -> Sequence[Feed]:
        """See `Subscriptions`."""
        mine = select(FEED).join(FOLLOW, FOLLOW.c.feed_id == FEED.c.id)
        mine = mine.where(FOLLOW.c.subscription_id == subscription.id).order_by(FOLLOW.c.added_at, FEED.c.id)
        async with reading(self._engine) as connection:
            return [feed_from(row) for row in (await connection.execute(mine)).mappings()]

    async def shown(self, subscription: Subscription, *, since: datetime) -> frozenset[int]:
        """See `Subscriptions`."""
        mine = (SHOWN.c.subscription_id == subscription.id, SHOWN.c.shown_at > since)
        async with reading(self._engine) as connection:
            return frozenset(await connection.scalars(select(SHOWN.c.story_id).where(*mine)))

    async def _first(self, *where: Any) -> Subscription | None:
        async with reading(self._engine) as connection:
            row = (await connection.execute(select(SUBSCRIPTION).where(*where))).mappings().first()
        return None if row is None else subscription_from(row)


async def _check_quota(
    connection: AsyncConnection, subscription_id: int | None, count: int, *, now: datetime
) -> None:
    """Count what the room follows, and what it added in the last hour: no restart forgets it.

    Raises:
        UserMistake: it may not follow `count` more.
    """
    follows = select(func.count()).where(FOLLOW.c.subscription_id == subscription_id)
    fresh = (ADDED.c.subscription_id == subscription_id, ADDED.c.added_at > now - HOUR)
    added = select(func.coalesce(func.sum(ADDED.c.count), 0), func.min(ADDED.c.added_at)).where(*fresh)
    followed = await connection.scalar(follows) or 0
    recent, since = (await connection.execute(added)).one()
    if followed + count > FEEDS_OF_A_ROOM:
        raise UserMistake(_TOO_MANY, followed=followed, most=FEEDS_OF_A_ROOM)
    if count > FEEDS_AN_HOUR:
        raise UserMistake(_AT_ONCE, most=FEEDS_AN_HOUR)
    if recent + count > FEEDS_AN_HOUR:
        wait = HOUR if since is None else since + HOUR - now
        raise UserMistake(_TOO_SOON, most=FEEDS_AN_HOUR, minutes=max(1, math.ceil(wait / MINUTE)))


async def _note_added(
    connection: AsyncConnection, subscription_id: int, count: int, *, now: datetime
) -> None:
    """Write down what a room added, and let go of what counts no more."""
    old = (ADDED.c.subscription_id == subscription_id, ADDED.c.added_at <= now - HOUR)
    await connection.execute(delete(ADDED).where(*old))
    row = {"subscription_id": subscription_id, "count": count, "added_at": now}
    await connection.execute(insert(ADDED), row)


_TOO_MANY = "You follow {followed} sources, and {most} is the most for a room. Make room first: `/sources`"
_AT_ONCE = "A room can add {most} sources an hour. Name fewer at once."
_TOO_SOON = "A room can add {most} sources an hour. Try again in {minutes} min."


async def _lock_feeds(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Let nobody else follow or leave these feeds meanwhile: one followed would be put to sleep."""
    mine = select(FEED.c.id).where(FEED.c.id.in_(ids)).order_by(FEED.c.id)
    await connection.execute(mine.with_for_update())


async def _let_go(connection: AsyncConnection, subscription: Subscription) -> None:
    """Have nothing composed any more that was due before a pause: it would come the moment the pause ends."""
    waiting = (_SLOT.c.subscription_id == subscription.id, _SLOT.c.frozen_at.is_(None))
    await connection.execute(update(_SLOT).where(*waiting).values(frozen_at=_SLOT.c.due_at))


def _told_row(subscription: Subscription, moment: Moment) -> dict[str, Any]:
    """Return the slot of a moment that counts as told: done, and of no parts."""
    when = {"at": moment.at, "local_date": moment.local_date, "due_at": moment.due_at}
    done = {"frozen_at": subscription.shown_until}
    return {"subscription_id": subscription.id, "chat": subscription.address.chat, **when, **done}


def room_columns(address: Address) -> dict[str, str]:
    """Return an address as the columns of a row: no thread is the empty string, so that rows are unique."""
    return {
        "chat": address.chat,
        "tenant": address.tenant,
        "room": address.room,
        "thread": address.thread or "",
    }


def address_from(row: RowMapping) -> Address:
    return Address(chat=row["chat"], tenant=row["tenant"], room=row["room"], thread=row["thread"] or None)


def is_at(address: Address) -> list[Any]:
    """Return the conditions that find the subscription of a room."""
    return [SUBSCRIPTION.c[name] == value for name, value in room_columns(address).items()]


def subscription_from(row: RowMapping) -> Subscription:
    return Subscription(
        address=address_from(row), **{name: row[name] for name in ("id", "shown_until", *_SET)}
    )
