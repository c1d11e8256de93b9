"""See `bot.ports.Ledger`: what is owed and what was sent, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model import Address, Delivery, DeliveryState, Part, Slot, Subscription
from bot.store.subscriptions import SHOWN, SUBSCRIPTION, address_from, room_columns, subscription_from
from bot.store.tables import PartRow, SlotRow
from bot.timetable import Moment, moments, next_moment, timetable_of
from digests.store.core import insert_new, table_of
from digests.store.engine import reading, writing

SLOT, PART = table_of(SlotRow), table_of(PartRow)
AT_ONCE = 1000  # subscriptions in one transaction
_OPEN = (DeliveryState.DUE, DeliveryState.SENDING)


class SqlLedger:
    """See `Ledger`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def materialise(self, now: datetime) -> int:
        """See `Ledger`."""
        total = 0
        while count := await self._materialise_some(now):
            total += count
        return total

    async def _materialise_some(self, now: datetime) -> int:
        due = select(SUBSCRIPTION).where(SUBSCRIPTION.c.next_due_at <= now).limit(AT_ONCE)
        async with writing(self._engine) as connection:
            rows = (await connection.execute(due.with_for_update(skip_locked=True))).mappings().all()
            for subscription in map(subscription_from, rows):
                await _owe(connection, subscription, now=now)
        return len(rows)

    async def slots_due(self, chats: Collection[str], *, limit: int) -> Sequence[Slot]:
        """See `Ledger`."""
        open_slots = select(SLOT).join(SUBSCRIPTION, SUBSCRIPTION.c.id == SLOT.c.subscription_id)
        awake = (SUBSCRIPTION.c.chat.in_(chats), SUBSCRIPTION.c.paused.is_(None))
        mine = (SLOT.c.frozen_at.is_(None), *awake)
        due = open_slots.where(*mine).order_by(SLOT.c.due_at, SLOT.c.id).limit(limit)
        async with reading(self._engine) as connection:
            rows = (await connection.execute(due)).mappings().all()
        return [Slot(**{name: row[name] for name in Slot.__slots__}) for row in rows]

    async def freeze(
        self, slot: Slot, address: Address, parts: Sequence[Part], *, stories: Sequence[int], now: datetime
    ) -> None:
        """See `Ledger`."""
        rows = [_part_row(slot, address, part, number=number, now=now) for number, part in enumerate(parts)]
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

    async def parts_due(self, chats: Collection[str], *, now: datetime, limit: int) -> Sequence[Delivery]:
        """See `Ledger`."""
        due = _first_of_each_room(now).where(PART.c.chat.in_(chats)).limit(limit)
        async with reading(self._engine) as connection:
            rows = await connection.execute(due)
            return [delivery_from(row) for row in rows.mappings()]

    async def is_busy(self) -> bool:
        """Say whether a part is still to be sent, or on its way."""
        async with reading(self._engine) as connection:
            return bool(
                await connection.scalar(select(select(PART.c.id).where(PART.c.state.in_(_OPEN)).exists()))
            )

    async def in_doubt(self) -> Sequence[Delivery]:
        """See `Ledger`."""
        left = select(PART).where(PART.c.state == DeliveryState.SENDING).order_by(PART.c.id)
        async with reading(self._engine) as connection:
            return [delivery_from(row) for row in (await connection.execute(left)).mappings()]

    async def sending(self, delivery: Delivery, *, now: datetime) -> bool:
        """See `Ledger`."""
        changed = {"state": DeliveryState.SENDING, "attempts": PART.c.attempts + 1, "changed_at": now}
        async with writing(self._engine) as connection:
            mine = (PART.c.id == delivery.id, PART.c.state == DeliveryState.DUE)
            claimed = await connection.execute(update(PART).where(*mine).values(changed))
            return claimed.rowcount == 1

    async def sent(self, delivery: Delivery, *, message_id: str, now: datetime) -> None:
        """See `Ledger`."""
        changed = {"state": DeliveryState.SENT, "message_id": message_id, "error": None}
        await self._change(delivery, changed, now=now)

    async def again(self, delivery: Delivery, *, at: datetime, error: str, now: datetime) -> None:
        """See `Ledger`."""
        changed = {"state": DeliveryState.DUE, "not_before": at, "error": error}
        await self._change(delivery, changed, now=now)

    async def uncertain(self, delivery: Delivery, *, resend_at: datetime | None, now: datetime) -> None:
        """See `Ledger`."""
        held = {"state": DeliveryState.UNCERTAIN, "error": "it may have arrived"}
        marked = {"state": DeliveryState.DUE, "repeat": True, "not_before": resend_at}
        await self._change(delivery, held if resend_at is None else marked, now=now)

    async def as_plain(self, delivery: Delivery, part: Part, *, now: datetime) -> None:
        """See `Ledger`."""
        changed = {"state": DeliveryState.DUE, "body": part.body, "text": part.text, "not_before": now}
        await self._change(delivery, changed, now=now)

    async def failed(self, delivery: Delivery, *, error: str, now: datetime) -> None:
        """See `Ledger`."""
        rest = (PART.c.slot_id == delivery.slot_id, PART.c.state.in_(_OPEN))
        changed = {"state": DeliveryState.FAILED, "error": error, "changed_at": now}
        async with writing(self._engine) as connection:
            await connection.execute(update(PART).where(*rest).values(changed))

    async def pause(self, address: Address, *, reason: str, now: datetime) -> None:
        """See `Ledger`."""
        where = _meant_by(address)
        rooms = [SUBSCRIPTION.c[name] == value for name, value in where.items()]
        parts = [PART.c[name] == value for name, value in where.items()]
        failed = {"state": DeliveryState.FAILED, "error": reason, "changed_at": now}
        async with writing(self._engine) as connection:
            paused = {"paused": reason, "next_due_at": None}
            await connection.execute(update(SUBSCRIPTION).where(*rooms).values(paused))
            await connection.execute(update(PART).where(*parts, PART.c.state.in_(_OPEN)).values(failed))

    async def move(self, address: Address, *, room: str) -> None:
        """See `Ledger`."""
        here = {"chat": address.chat, "tenant": address.tenant, "room": address.room}
        async with writing(self._engine) as connection:
            mine = [SUBSCRIPTION.c[name] == value for name, value in here.items()]
            taken = {"paused": f"moved to {room}, which has a digest of its own", "next_due_at": None}
            await connection.execute(update(SUBSCRIPTION).where(*mine, _is_taken(room)).values(taken))
            await connection.execute(update(SUBSCRIPTION).where(*mine, ~_is_taken(room)).values(room=room))
            parts = [PART.c[name] == value for name, value in here.items()]
            await connection.execute(update(PART).where(*parts).values(room=room))

    async def _change(self, delivery: Delivery, changed: dict[str, Any], *, now: datetime) -> None:
        async with writing(self._engine) as connection:
            mine = PART.c.id == delivery.id
            await connection.execute(update(PART).where(mine).values(**changed, changed_at=now))


def _meant_by(address: Address) -> dict[str, str]:
    """Return the columns that find what closes with `address`: a room's topics too; without a room, all."""
    return {name: value for name, value in room_columns(address).items() if value or name == "tenant"}


async def _owe(connection: AsyncConnection, subscription: Subscription, *, now: datetime) -> None:
    """Write down the newest moment that has come, and when the next one will."""
    table, _ = timetable_of(subscription.timetable)
    since = (subscription.next_due_at or now) - timedelta(microseconds=1)
    owed = list(moments(table, zone=subscription.zone, after=since, until=now))
    if owed:
        row = _slot_row(subscription, owed[-1])
        unique = ["subscription_id", "local_date", "at"]
        await connection.execute(insert_new(connection, SLOT, row, unique=unique))
        open_slots = (SLOT.c.subscription_id == subscription.id, SLOT.c.frozen_at.is_(None))
        older = (*open_slots, SLOT.c.due_at < owed[-1].due_at)  # missed: the newest tells their news too
        await connection.execute(update(SLOT).where(*older).values(frozen_at=now))
    following = next_moment(table, zone=subscription.zone, after=now)
    due_at = following.due_at if following else None
    mine = SUBSCRIPTION.c.id == subscription.id
    await connection.execute(update(SUBSCRIPTION).where(mine).values(next_due_at=due_at))


def _slot_row(subscription: Subscription, moment: Moment) -> dict[str, Any]:
    return {
        "subscription_id": subscription.id,
        "at": moment.at,
        "local_date": moment.local_date,
        "due_at": moment.due_at,
    }


def _part_row(slot: Slot, address: Address, part: Part, *, number: int, now: datetime) -> dict[str, Any]:
    return {
        "slot_id": slot.id,
        "number": number,
        **room_columns(address),
        "body": part.body,
        "text": part.text,
        "due_at": slot.due_at,
        "state": DeliveryState.DUE,
        "attempts": 0,
        "not_before": now,
        "repeat": False,
        "changed_at": now,
    }


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


def _is_taken(room: str) -> Any:
    """Say whether a subscription's people have made a new one in `room` already."""
    there = SUBSCRIPTION.alias("there")
    same = [there.c[name] == SUBSCRIPTION.c[name] for name in ("chat", "tenant", "thread")]
    return select(there.c.id).where(there.c.room == room, *same).exists()


def _first_of_each_room(now: datetime) -> Select[Any]:
    """Select parts that are due, unless an earlier part of the same room is still to be sent."""
    earlier = PART.alias("earlier")
    same_room = [earlier.c[name] == PART.c[name] for name in ("chat", "tenant", "room", "thread")]
    blocked = select(earlier.c.id).where(*same_room, earlier.c.id < PART.c.id, earlier.c.state.in_(_OPEN))
    due = (PART.c.state == DeliveryState.DUE, PART.c.not_before <= now, ~blocked.exists())
    return select(PART).where(*due).order_by(PART.c.due_at, PART.c.id)


def delivery_from(row: RowMapping) -> Delivery:
    return Delivery(
        id=row["id"],
        slot_id=row["slot_id"],
        number=row["number"],
        address=address_from(row),
        part=Part(body=row["body"], text=row["text"]),
        due_at=row["due_at"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        repeat=row["repeat"],
    )
