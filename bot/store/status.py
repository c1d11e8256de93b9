"""The ledger becomes what an operator wants to know of it: what is owed, in doubt, at rest."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model import Backlog, Delivery, DeliveryState, Subscription
from bot.store.notices import IS_NOTICE
from bot.store.parts import OPEN, PART, delivery_from, is_in
from bot.store.slots import SLOT
from bot.store.subscriptions import SUBSCRIPTION, subscription_from
from digests.store.engine import reading, writing

OVERDUE_AFTER = timedelta(minutes=15)  # a digest sent later than this says that it is late
LEFT_AFTER = timedelta(minutes=2)  # no request takes so long: its process ended in the middle of it
_SETTLED = (DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.FAILED)
UNFINISHED = tuple(state for state in DeliveryState if state not in _SETTLED)
_RETRIED_FOR = timedelta(days=1)  # a digest sent today was composed this long before the day at most
_SHOWN = 300  # characters of a database's complaint


class SqlStatus:
    """Each method is one look at the database, along its indices."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def backlog(self, now: datetime) -> Backlog:
        """Return what is owed: hours that have come without a slot, slots not composed, parts not sent."""
        async with reading(self._engine) as connection:
            waiting = [await _waiting(connection, query, now) for query in _OWED]
        oldest = min((first for _, _, first in waiting if first is not None), default=now)
        overdue = sum(late for _, late, _ in waiting)
        age = int((now - oldest).total_seconds()) if overdue else 0
        return Backlog(due=sum(due for due, _, _ in waiting), overdue=overdue, oldest_overdue=age)

    async def sent_since(self, midnight: datetime) -> int:
        """Return how many digests have been sent, in part at least, since then; notices are none."""
        mine = PART.c.slot_id == SLOT.c.id
        # By its message, not its state: SQLite would go through all parts of that state for each slot.
        sent = exists().where(mine, PART.c.message_id.is_not(None), PART.c.changed_at >= midnight)
        composed = SLOT.c.frozen_at >= midnight - _RETRIED_FOR
        counted = select(func.count()).select_from(SLOT).where(composed, sent, ~IS_NOTICE)
        async with reading(self._engine) as connection:
            return int(await connection.scalar(counted) or 0)

    async def in_doubt(self, now: datetime) -> Sequence[Delivery]:
        """Return the parts that may have arrived: held, or left by a process that died while sending."""
        async with reading(self._engine) as connection:
            rows = await connection.execute(select(PART).where(_doubtful(now)).order_by(PART.c.id))
            return [delivery_from(row) for row in rows.mappings()]

    async def count_in_doubt(self, now: datetime) -> int:
        """Return how many those are."""
        counted = select(func.count()).select_from(PART).where(_doubtful(now))
        async with reading(self._engine) as connection:
            return int(await connection.scalar(counted) or 0)

    async def paused(self) -> Sequence[Subscription]:
        """Return the rooms that get nothing for now, each with its reason."""
        resting = select(SUBSCRIPTION).where(
            SUBSCRIPTION.c.next_due_at.is_(None), SUBSCRIPTION.c.paused.is_not(None)
        )
        async with reading(self._engine) as connection:
            rows = await connection.execute(resting.order_by(SUBSCRIPTION.c.id))
            return [subscription_from(row) for row in rows.mappings()]

    async def newest_change(self) -> datetime | None:
        """Return when the newest part was last changed: no clock that is right is behind it."""
        newest = select(PART.c.changed_at).order_by(PART.c.id.desc()).limit(1)
        async with reading(self._engine) as connection:
            found: datetime | None = await connection.scalar(newest)
            return found


async def fault(engine: AsyncEngine) -> str | None:
    """Return why the database takes no write now, or None: a small one was committed."""
    try:
        async with writing(engine) as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        return complaint(error)
    return None


def complaint(error: BaseException) -> str:
    """Return in one line what a database said; its URL, which may hold a password, is never part of it."""
    cause = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split()) or type(cause).__name__
    return said.rpartition(">: ")[2][:_SHOWN]


_Owed = tuple[Any, ColumnElement[datetime]]  # a query of what is owed, and when each was


def _owed() -> Iterable[_Owed]:
    """Give the places where a digest may wait. Each slot is in one of them."""
    hours = select(SUBSCRIPTION.c.next_due_at.label("due_at")).where(SUBSCRIPTION.c.next_due_at.is_not(None))
    yield hours, SUBSCRIPTION.c.next_due_at
    listening = and_(SUBSCRIPTION.c.id == SLOT.c.subscription_id, SUBSCRIPTION.c.paused.is_(None))
    slots = select(SLOT.c.due_at).join(SUBSCRIPTION, listening).where(SLOT.c.frozen_at.is_(None))
    yield slots, SLOT.c.due_at
    yield (
        select(PART.c.due_at).where(is_in(*OPEN)).group_by(PART.c.slot_id, PART.c.due_at),
        PART.c.due_at,
    )


_OWED = tuple(_owed())


async def _waiting(
    connection: AsyncConnection, owed: _Owed, now: datetime
) -> tuple[int, int, datetime | None]:
    """Return how many are due, how many of them overdue, and when the oldest was."""
    query, due_at = owed
    come = query.where(due_at <= now).subquery()
    late = func.count().filter(come.c.due_at < now - OVERDUE_AFTER)
    row = (await connection.execute(select(func.count(), late, func.min(come.c.due_at)))).one()
    return row[0], row[1], row[2]


def _doubtful(now: datetime) -> ColumnElement[bool]:
    left = and_(is_in(DeliveryState.SENDING), PART.c.changed_at < now - LEFT_AFTER)
    return or_(is_in(DeliveryState.UNCERTAIN), left)
