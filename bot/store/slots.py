"""See `bot.ports.Ledger`: what is owed becomes slots, and slots become parts to send, in SQL."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    RowMapping,
    Select,
    any_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model import Address, Part, Slot
from bot.store.parts import PART, part_row
from bot.store.subscriptions import SHOWN, SUBSCRIPTION
from bot.store.tables import SlotRow
from bot.timetable import Moment, moments, next_moment, timetable_of
from digests.store.engine import reading, writing
from digests.store.rows import table_of

SLOT = table_of(SlotRow)
AT_ONCE = 5000  # subscriptions in one transaction
COMPOSED_WITHIN = timedelta(minutes=3)  # a process that took slots and is silent for longer is gone
_EDGE = timedelta(microseconds=1)  # a moment that is due now counts


class SqlSlots:
    """The slots of `Ledger`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def materialise(self, now: datetime) -> int:
        """See `Ledger`."""
        total = 0
        while count := await self._materialise_some(now):
            total += count
        return total

    async def _materialise_some(self, now: datetime) -> int:
        names = ("id", "chat", "timetable", "zone", "next_due_at")
        due = select(*(SUBSCRIPTION.c[name] for name in names)).where(SUBSCRIPTION.c.next_due_at <= now)
        some = due.order_by(SUBSCRIPTION.c.next_due_at).limit(AT_ONCE)
        async with reading(self._engine) as connection:
            if not await connection.scalar(select(due.exists())):
                return 0
        async with writing(self._engine) as connection:
            rows = (await connection.execute(some.with_for_update(skip_locked=True))).mappings().all()
            await _owe(connection, rows, now=now)
        return len(rows)

    async def take_slots(self, chat: str, *, now: datetime, limit: int) -> Sequence[Slot]:
        """See `Ledger`."""
        mine = (SLOT.c.chat == chat, SLOT.c.frozen_at.is_(None), SUBSCRIPTION.c.paused.is_(None))
        free = or_(SLOT.c.taken_until.is_(None), SLOT.c.taken_until <= now)
        due = select(SLOT).join(SUBSCRIPTION, SUBSCRIPTION.c.id == SLOT.c.subscription_id)
        some = due.where(*mine, free).order_by(SLOT.c.due_at, SLOT.c.id).limit(limit)
        async with reading(self._engine) as connection:
            if not await connection.scalar(select(due.where(*mine, free).exists())):
                return ()
        async with writing(self._engine) as connection:
            locked = some.with_for_update(skip_locked=True, of=SLOT)
            rows = (await connection.execute(locked)).mappings().all()
            taken = SLOT.c.id.in_([row["id"] for row in rows])
            await connection.execute(update(SLOT).where(taken).values(taken_until=now + COMPOSED_WITHIN))
        return [Slot(**{name: row[name] for name in Slot.__slots__}) for row in rows]

    async def postpone(self, slot: Slot, *, until: datetime) -> None:
        """See `Ledger`."""
        async with writing(self._engine) as connection:
            await connection.execute(update(SLOT).where(SLOT.c.id == slot.id).values(taken_until=until))

    async def freeze(
        self, slot: Slot, address: Address, parts: Sequence[Part], *, stories: Sequence[int], now: datetime
    ) -> None:
        """See `Ledger`."""
        rows = [part_row(slot, address, part, number=number, now=now) for number, part in enumerate(parts)]
        async with writing(self._engine) as connection:
            mine = (SLOT.c.id == slot.id, SLOT.c.frozen_at.is_(None))
            frozen = await connection.execute(update(SLOT).where(*mine).values(frozen_at=now))
            if not frozen.rowcount:
                return  # another process was first: its parts stand
            if rows:
                await connection.execute(insert(PART), rows)
            await _mark_shown(connection, slot.subscription_id, stories, now=now)
            subscription = SUBSCRIPTION.c.id == slot.subscription_id
            await connection.execute(update(SUBSCRIPTION).where(subscription).values(shown_until=now))


async def _owe(connection: AsyncConnection, rows: Sequence[RowMapping], *, now: datetime) -> None:
    """Write down the newest moment of each subscription that has come, and when the next one will.

    A statement for all who share a moment, not one for each: a morning has few moments and many readers.
    """
    plans = _Plans(now)
    owed, next_at = defaultdict(list), defaultdict(list)
    for row in rows:
        newest, following = plans.of(row["timetable"], row["zone"], row["next_due_at"])
        next_at[following].append(row["id"])
        if newest is not None:
            owed[newest].append(row["id"])
    for moment, ids in owed.items():
        await _add_slots(connection, ids, moment)
    await _drop_older(connection, [one for ids in owed.values() for one in ids], now=now)
    for due_at, ids in next_at.items():
        mine = _among(connection, SUBSCRIPTION.c.id, ids)
        await connection.execute(update(SUBSCRIPTION).where(mine).values(next_due_at=due_at))


class _Plans:
    """What timetables owe at a moment; readers with the same one in the same zone share the computing."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[tuple[str, str, datetime], tuple[Moment | None, datetime | None]] = {}

    def of(self, timetable: str, zone: str, since: datetime) -> tuple[Moment | None, datetime | None]:
        """Return the newest moment that has come since then, and when the next one will."""
        key = (timetable, zone, since)
        if key not in self._known:
            table, _ = timetable_of(timetable)
            owed = list(moments(table, zone=zone, after=since - _EDGE, until=self._now))
            following = next_moment(table, zone=zone, after=self._now)
            self._known[key] = (owed[-1] if owed else None, following.due_at if following else None)
        return self._known[key]


async def _add_slots(connection: AsyncConnection, subscriptions: Sequence[int], moment: Moment) -> None:
    when = [literal(value, SLOT.c[name].type) for name, value in asdict(moment).items()]
    among = _among(connection, SUBSCRIPTION.c.id, subscriptions)
    mine = select(SUBSCRIPTION.c.id, SUBSCRIPTION.c.chat, *when).where(among)
    names = ["subscription_id", "chat", *asdict(moment)]
    unique = ["subscription_id", "local_date", "at"]
    await connection.execute(_insert_new(connection, mine, names=names, unique=unique))


def _insert_new(
    connection: AsyncConnection, rows: Select[Any], *, names: Sequence[str], unique: Sequence[str]
) -> Any:
    """Return an insert of selected slots that leaves alone those that are there already."""
    dialect = postgres_insert if connection.dialect.name == "postgresql" else sqlite_insert
    return dialect(SLOT).from_select(names, rows).on_conflict_do_nothing(index_elements=unique)


async def _drop_older(connection: AsyncConnection, subscriptions: Sequence[int], *, now: datetime) -> None:
    """Leave of the slots that nobody composed only the newest of each: it tells the others' news too."""
    newer = SLOT.alias("newer")
    later = exists().where(newer.c.subscription_id == SLOT.c.subscription_id, newer.c.due_at > SLOT.c.due_at)
    missed = (_among(connection, SLOT.c.subscription_id, subscriptions), SLOT.c.frozen_at.is_(None), later)
    await connection.execute(update(SLOT).where(*missed).values(frozen_at=now))


def _among(connection: AsyncConnection, column: ColumnElement[int], ids: Sequence[int]) -> Any:
    """Return the condition that `column` is one of many: one parameter, so that the statement is known."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(ids), ARRAY(Integer)))
    return column.in_(select(func.json_each(json.dumps(ids)).table_valued("value").c.value))


async def _mark_shown(
    connection: AsyncConnection, subscription_id: int, stories: Sequence[int], *, now: datetime
) -> None:
    """Write down the stories, those shown before anew: else one that goes on for a week would come daily."""
    if not stories:
        return
    before = (SHOWN.c.subscription_id == subscription_id, SHOWN.c.story_id.in_(stories))
    await connection.execute(delete(SHOWN).where(*before))
    rows = [{"subscription_id": subscription_id, "story_id": story, "shown_at": now} for story in stories]
    await connection.execute(insert(SHOWN), rows)
