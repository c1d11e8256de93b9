"""See `bot.ports.Ledger`: what is owed and what was sent, in SQL."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    RowMapping,
    Select,
    and_,
    any_,
    bindparam,
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

from bot.model import Address, Delivery, DeliveryState, Part, Slot
from bot.store.lanes import LANE
from bot.store.subscriptions import SHOWN, SUBSCRIPTION, address_from, room_columns
from bot.store.tables import PartRow, SlotRow
from bot.timetable import Moment, moments, next_moment, timetable_of
from digests.store.engine import reading, writing
from digests.store.rows import table_of
from digests.together import Together

SLOT, PART = table_of(SlotRow), table_of(PartRow)
AT_ONCE = 5000  # subscriptions in one transaction
OPEN = (DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.SENDING)  # still to arrive
COMPOSED_WITHIN = timedelta(minutes=3)  # a process that took slots and is silent for longer is gone
CLAIMED_FOR = timedelta(seconds=30)  # longer than a part waits for its place in its lane
ANSWERED_WITHIN = timedelta(seconds=75)  # longer than the longest request: see the chats' time-outs
_ROOM_GAP = timedelta(seconds=1.05)  # between two parts in one room: see `bot.limits`
_BREATH = 0.02  # seconds from a commit of what arrived to the next: the more share it, the cheaper each
_EDGE = timedelta(microseconds=1)  # a moment that is due now counts


@dataclass(frozen=True, slots=True)
class _Sending:
    part: int
    now: datetime


@dataclass(frozen=True, slots=True)
class _Sent:
    part: int
    message_id: str
    now: datetime


class SqlLedger:
    """See `Ledger`. `owner` is this process in the eyes of the others.

    A claim is a lease: one that runs out is anybody's. `sending` is committed before its request leaves, so
    whatever ends this process, what may have arrived is known; requests about to leave together share a
    commit, and so do those that came back together.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        owner: str | None = None,
        claimed_for: timedelta = CLAIMED_FOR,
        answered_within: timedelta = ANSWERED_WITHIN,
    ) -> None:
        self._engine = engine
        self._owner = owner or uuid4().hex
        self._claimed_for = claimed_for
        self._answered_within = answered_within
        self._all_sending = Together(self._write_sending)
        self._all_sent = Together(self._write_sent)

    # slots --------------------------------------------------------------------------------------

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

    # parts --------------------------------------------------------------------------------------

    async def claim(self, chat: str, *, now: datetime, limit: int) -> Sequence[Delivery]:
        """See `Ledger`."""
        async with reading(self._engine) as connection:
            if not await connection.scalar(select(_due(chat, now).exists())):
                return ()  # most looks find nothing: they shall not wait for a writer
        changed = {"state": DeliveryState.CLAIMED, "owner": self._owner, "changed_at": now}
        async with writing(self._engine) as connection:
            held = await _tenants_held(connection, chat, now)
            if "" in held:
                return ()
            some = self._first_of_each_room(chat, now).where(PART.c.tenant.not_in(held)).limit(limit)
            rows = (await connection.execute(some.with_for_update(skip_locked=True))).mappings().all()
            mine = PART.c.id.in_([row["id"] for row in rows])
            leased = {**changed, "lease_until": now + self._claimed_for}
            await connection.execute(update(PART).where(mine).values(leased))
        return [delivery_from(row) for row in rows]

    async def release(self, delivery: Delivery, *, now: datetime) -> None:
        """See `Ledger`."""
        held = PART.c.state.in_((DeliveryState.CLAIMED, DeliveryState.SENDING))
        async with writing(self._engine) as connection:
            mine = (PART.c.id == delivery.id, PART.c.owner == self._owner, held)
            changed = {"state": DeliveryState.DUE, "changed_at": now}
            await connection.execute(update(PART).where(*mine).values(changed))

    async def is_busy(self) -> bool:
        """Say whether a part is still to be sent, or on its way."""
        async with reading(self._engine) as connection:
            return bool(
                await connection.scalar(select(select(PART.c.id).where(PART.c.state.in_(OPEN)).exists()))
            )

    async def left(self, chat: str, *, now: datetime) -> Sequence[Delivery]:
        """See `Ledger`."""
        gone = or_(PART.c.owner == self._owner, PART.c.lease_until.is_(None), PART.c.lease_until < now)
        claimed = (PART.c.chat == chat, PART.c.state == DeliveryState.CLAIMED, gone)
        sending = (PART.c.chat == chat, PART.c.state == DeliveryState.SENDING, gone)
        async with reading(self._engine) as connection:
            some = select(PART.c.id).where(or_(and_(*claimed), and_(*sending)))
            if not await connection.scalar(select(some.exists())):
                return ()
        adopted = {"owner": self._owner, "lease_until": now + self._answered_within}
        async with writing(self._engine) as connection:
            await connection.execute(update(PART).where(*claimed).values(state=DeliveryState.DUE))
            mine = update(PART).where(*sending).values(adopted).returning(*PART.c)
            rows = (await connection.execute(mine)).mappings().all()
        return sorted(map(delivery_from, rows), key=lambda one: one.id)

    async def sending(self, delivery: Delivery, *, now: datetime) -> bool:
        """See `Ledger`."""
        return await self._all_sending(_Sending(delivery.id, now))

    async def _write_sending(self, some: Sequence[_Sending]) -> Sequence[bool]:
        now = max(one.now for one in some)
        held = exists().where(
            LANE.c.chat == PART.c.chat, LANE.c.tenant == PART.c.tenant, LANE.c.held_until > now
        )
        mine = (PART.c.owner == self._owner, PART.c.state == DeliveryState.CLAIMED, PART.c.lease_until > now)
        changed = {
            "state": DeliveryState.SENDING,
            "attempts": PART.c.attempts + 1,
            "lease_until": now + self._answered_within,
            "changed_at": now,
        }
        these = PART.c.id.in_([one.part for one in some])
        leaving = update(PART).where(these, *mine, ~held).values(changed).returning(PART.c.id)
        async with writing(self._engine) as connection:
            leave = set(await connection.scalars(leaving))
        return [one.part in leave for one in some]

    async def sent(self, delivery: Delivery, *, message_id: str, now: datetime) -> None:
        """See `Ledger`. True whoever owns the part meanwhile: a repeat that has not left yet need not."""
        await self._all_sent(_Sent(delivery.id, message_id, now))

    async def _write_sent(self, some: Sequence[_Sent]) -> Sequence[None]:
        changed = {"state": DeliveryState.SENT, "error": None}
        told: dict[str, Any] = {"message_id": bindparam("told"), "changed_at": bindparam("at")}
        arrived = update(PART).where(PART.c.id == bindparam("part")).values(**changed, **told)
        rows = [{"part": one.part, "told": one.message_id, "at": one.now} for one in some]
        async with writing(self._engine) as connection:
            await connection.execute(arrived, rows)
        await asyncio.sleep(_BREATH)
        return [None] * len(some)

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
        rest = (PART.c.slot_id == delivery.slot_id, PART.c.state.in_(OPEN))
        changed = {"state": DeliveryState.FAILED, "error": error, "changed_at": now}
        async with writing(self._engine) as connection:
            await connection.execute(update(PART).where(*rest).values(changed))

    # rooms --------------------------------------------------------------------------------------

    async def pause(self, address: Address, *, reason: str, now: datetime) -> None:
        """See `Ledger`."""
        where = _meant_by(address)
        rooms = [SUBSCRIPTION.c[name] == value for name, value in where.items()]
        parts = [PART.c[name] == value for name, value in where.items()]
        failed = {"state": DeliveryState.FAILED, "error": reason, "changed_at": now}
        async with writing(self._engine) as connection:
            paused = {"paused": reason, "next_due_at": None}
            await connection.execute(update(SUBSCRIPTION).where(*rooms).values(paused))
            await connection.execute(update(PART).where(*parts, PART.c.state.in_(OPEN)).values(failed))

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
        """Write down what became of a request, unless this process was taken for gone meanwhile."""
        mine = (
            PART.c.id == delivery.id,
            PART.c.owner == self._owner,
            PART.c.state == DeliveryState.SENDING,
        )
        async with writing(self._engine) as connection:
            await connection.execute(update(PART).where(*mine).values(**changed, changed_at=now))

    def _first_of_each_room(self, chat: str, now: datetime) -> Select[Any]:
        """Select parts that are due, unless an earlier one of the same room is still to arrive.

        Nor so soon after one that another process has sent there: only the sender keeps a room's gap.
        """
        earlier, before = PART.alias("earlier"), PART.alias("before")
        same_room = [earlier.c[name] == PART.c[name] for name in ("chat", "tenant", "room", "thread")]
        blocked = exists().where(*same_room, earlier.c.id < PART.c.id, earlier.c.state.in_(OPEN))
        next_to = (before.c.slot_id == PART.c.slot_id, before.c.number == PART.c.number - 1)
        foreign = (before.c.owner != self._owner, before.c.changed_at > now - _ROOM_GAP)
        free = _due(chat, now).where(~blocked, ~exists().where(*next_to, *foreign))
        return free.order_by(PART.c.due_at, PART.c.id)


async def _tenants_held(connection: AsyncConnection, chat: str, now: datetime) -> list[str]:
    """Return whose lanes the platform asked to wait; Telegram's one lane has no tenant."""
    held = select(LANE.c.tenant).where(LANE.c.chat == chat, LANE.c.held_until > now)
    return list(await connection.scalars(held))


def _due(chat: str, now: datetime) -> Select[Any]:
    return select(PART).where(
        PART.c.chat == chat, PART.c.state == DeliveryState.DUE, PART.c.not_before <= now
    )


def _meant_by(address: Address) -> dict[str, str]:
    """Return the columns that find what closes with `address`: a room's topics too; without a room, all."""
    return {name: value for name, value in room_columns(address).items() if value or name == "tenant"}


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


def part_row(slot: Slot, address: Address, part: Part, *, number: int, now: datetime) -> dict[str, Any]:
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
