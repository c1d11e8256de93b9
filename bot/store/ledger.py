"""See `bot.ports.Ledger`: what is owed and what was sent, in SQL. Its slots: see `bot.store.slots`."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Select,
    Text,
    Update,
    any_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import ReturningUpdate

from bot.model import Address, Delivery, DeliveryState, Part
from bot.store.doubts import settle
from bot.store.lanes import HEARD, LANE, room_name
from bot.store.moves import note_move
from bot.store.parts import DELIVERED, OPEN, PART, delivery_from, is_in
from bot.store.resting import held_back, to_leave_by
from bot.store.slots import SqlSlots
from bot.store.subscriptions import SUBSCRIPTION, room_columns
from digests.store.engine import in_one_go, reading, writing
from digests.together import Together

CLAIMED_FOR = timedelta(seconds=30)  # longer than a part waits for its place in its lane
ANSWERED_WITHIN = timedelta(seconds=75)  # longer than the longest request: see the chats' time-outs
_ROOM_GAP = timedelta(seconds=1.05)  # between two parts in one room: see `bot.limits`
_BREATH = 0.02  # seconds from a commit of what arrived to the next: the more share it, the cheaper each

Rows = Sequence[RowMapping]


@dataclass(frozen=True, slots=True)
class _Step:
    """What a part came to on its way."""

    part: int
    now: datetime


class _Sending(_Step):
    """It is about to leave."""


class _Released(_Step):
    """It has not left, and is anybody's."""


@dataclass(frozen=True, slots=True)
class _Sent(_Step):
    """It has arrived."""

    message_id: str


class SqlLedger(SqlSlots):
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
        rates: Mapping[str, float] | None = None,
    ) -> None:
        super().__init__(engine, rates=rates)
        self._owner = owner or uuid4().hex
        self._claimed_for = claimed_for
        self._answered_within = answered_within
        self._steps = Together(self._write_down)
        self._more: set[str] = set()  # chats whose line goes on behind what was claimed last

    # parts --------------------------------------------------------------------------------------

    async def claim(self, chat: str, *, now: datetime, limit: int) -> Sequence[Delivery]:
        """See `Ledger`."""
        if not await self._is_any_due(chat, now):
            return ()  # most looks find nothing: they shall not wait for a writer
        rows, leaving = await in_one_go(self._engine, partial(self._claimed, chat, now, limit))
        self._more.discard(chat)
        if len(rows) == limit:
            self._more.add(chat)
        return [delivery_from(row) for row in leaving]

    def _claimed(self, chat: str, now: datetime, limit: int, connection: Connection) -> tuple[Rows, Rows]:
        """Claim some parts; return those that were looked at, and those that may leave."""
        held = list(connection.scalars(_TENANTS_HELD, {"chat": chat, "now": now}))
        if "" in held:
            return (), ()
        some = _FIRST_OF_EACH_ROOM.where(PART.c.tenant.not_in(held)) if held else _FIRST_OF_EACH_ROOM
        asked = {"chat": chat, "now": now, "me": self._owner, "just_now": now - _ROOM_GAP, "most": limit}
        rows, leaving = _some_that_may_leave(connection, some, asked)
        leases: dict[datetime, list[int]] = defaultdict(list)
        for row in leaving:
            leases[to_leave_by(row, latest=now + self._claimed_for, now=now)].append(row["id"])
        dialect = connection.dialect.name
        for lease, these in leases.items():
            leased = {"me": self._owner, "lease": lease, "now": now}
            connection.execute(_claimed(dialect), {**leased, "these": _listed(these, dialect=dialect)})
        return rows, leaving

    async def _is_any_due(self, chat: str, now: datetime) -> bool:
        if chat in self._more:
            return True
        async with reading(self._engine) as connection:
            return await connection.scalar(_FIRST_DUE, {"chat": chat, "now": now}) is not None

    async def release(self, delivery: Delivery, *, now: datetime) -> None:
        """See `Ledger`."""
        await self._steps(_Released(delivery.id, now))

    async def is_busy(self) -> bool:
        """Say whether a part is still to be sent, or on its way."""
        async with reading(self._engine) as connection:
            return bool(await connection.scalar(select(select(PART.c.id).where(is_in(*OPEN)).exists())))

    async def left(self, chat: str, *, now: datetime) -> Sequence[Delivery]:
        """See `Ledger`."""
        gone = or_(PART.c.owner == self._owner, PART.c.lease_until.is_(None), PART.c.lease_until < now)
        claimed = (PART.c.chat == chat, is_in(DeliveryState.CLAIMED), gone)
        sending = (PART.c.chat == chat, is_in(DeliveryState.SENDING), gone)
        async with reading(self._engine) as connection:
            first = [await connection.scalar(_first(*mine)) for mine in (claimed, sending)]
        if first == [None, None]:
            return ()
        adopted = {"owner": self._owner, "lease_until": now + self._answered_within}
        async with writing(self._engine) as connection:
            await connection.execute(update(PART).where(*claimed).values(state=DeliveryState.DUE))
            mine = update(PART).where(*sending).values(adopted).returning(*PART.c)
            rows = (await connection.execute(mine)).mappings().all()
        return sorted(map(delivery_from, rows), key=lambda one: one.id)

    async def sending(self, delivery: Delivery, *, now: datetime) -> bool:
        """See `Ledger`."""
        return await self._steps(_Sending(delivery.id, now))

    async def sent(self, delivery: Delivery, *, message_id: str, now: datetime) -> None:
        """See `Ledger`. True whoever owns the part meanwhile: a repeat that has not left yet need not."""
        await self._steps(_Sent(delivery.id, now, message_id))

    async def _write_down(self, steps: Sequence[_Step]) -> Sequence[bool]:
        """Take steps of several parts in one transaction; say of each whether it could be taken."""
        leave = await in_one_go(self._engine, partial(self._taken, steps))
        if all(isinstance(step, _Sent) for step in steps):
            await asyncio.sleep(_BREATH)
        return [not isinstance(step, _Sending) or step.part in leave for step in steps]

    def _taken(self, steps: Sequence[_Step], connection: Connection) -> set[int]:
        """Take steps; return those parts that may leave."""
        dialect, now = connection.dialect.name, max(step.now for step in steps)
        if sent := [step for step in steps if isinstance(step, _Sent)]:
            connection.execute(_arrived(dialect), {"at": now, **_told(sent, dialect=dialect)})
        common = {"me": self._owner, "now": now}
        if released := [step.part for step in steps if isinstance(step, _Released)]:
            connection.execute(_released(dialect), {**common, "these": _listed(released, dialect=dialect)})
        sending = [step.part for step in steps if isinstance(step, _Sending)]
        if not sending:
            return set()
        leased = {"lease": now + self._answered_within, "these": _listed(sending, dialect=dialect)}
        return set(connection.scalars(_leaving(dialect), {**common, **leased}))

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
        rest = (PART.c.slot_id == delivery.slot_id, is_in(*OPEN))
        changed = {"state": DeliveryState.FAILED, "error": error, "changed_at": now}
        async with writing(self._engine) as connection:
            await connection.execute(update(PART).where(*rest).values(changed))

    async def settle(self, parts: Sequence[int] | None, *, resend: bool, now: datetime) -> Sequence[int]:
        """Send parts that are held in doubt once more, marked, or give them up; None: all that are.

        Return which. Those that a process left while sending it settles itself, or the next one does.
        """
        mine = [] if parts is None else [PART.c.id.in_(parts)]
        error = "it may have arrived; given up by the operator"
        async with writing(self._engine) as connection:
            return await settle(connection, *mine, resend=resend, error=error, now=now)

    # rooms --------------------------------------------------------------------------------------

    async def pause(self, address: Address, *, reason: str, now: datetime) -> None:
        """See `Ledger`."""
        where = _meant_by(address)
        rooms = [SUBSCRIPTION.c[name] == value for name, value in where.items()]
        parts = [PART.c[name] == value for name, value in where.items()]
        failed = {"state": DeliveryState.FAILED, "error": reason, "changed_at": now}
        async with writing(self._engine) as connection:
            paused = {"paused": reason, "paused_until": None, "next_due_at": None}
            await connection.execute(update(SUBSCRIPTION).where(*rooms).values(paused))
            await connection.execute(update(PART).where(*parts, is_in(*OPEN)).values(failed))

    async def move(self, address: Address, *, room: str) -> None:
        """See `Ledger`."""
        here = {"chat": address.chat, "tenant": address.tenant, "room": address.room}
        async with writing(self._engine) as connection:
            mine = [SUBSCRIPTION.c[name] == value for name, value in here.items()]
            reason = f"moved to {room}, which has a digest of its own"
            taken = {"paused": reason, "paused_until": None, "next_due_at": None}
            await connection.execute(update(SUBSCRIPTION).where(*mine, _is_taken(room)).values(taken))
            await connection.execute(update(SUBSCRIPTION).where(*mine, ~_is_taken(room)).values(room=room))
            parts = [PART.c[name] == value for name, value in here.items()]
            await connection.execute(update(PART).where(*parts).values(room=room))
            await connection.execute(delete(HEARD).where(HEARD.c.room == room_name(address)))
            await note_move(connection, address, room=room)

    async def _change(self, delivery: Delivery, changed: dict[str, Any], *, now: datetime) -> None:
        """Write down what became of a request, unless this process was taken for gone meanwhile."""
        mine = (
            PART.c.id == delivery.id,
            PART.c.owner == self._owner,
            is_in(DeliveryState.SENDING),
        )
        async with writing(self._engine) as connection:
            await connection.execute(update(PART).where(*mine).values(**changed, changed_at=now))


def _meant_by(address: Address) -> dict[str, str]:
    """Return the columns that find what closes with `address`: a room's topics too; without a room, all."""
    return {name: value for name, value in room_columns(address).items() if value or name == "tenant"}


def _is_taken(room: str) -> Any:
    """Say whether a subscription's people have made a new one in `room` already."""
    there = SUBSCRIPTION.alias("there")
    same = [there.c[name] == SUBSCRIPTION.c[name] for name in ("chat", "tenant", "thread")]
    return select(there.c.id).where(there.c.room == room, *same).exists()


def _some_that_may_leave(
    connection: Connection, some: Select[Any], asked: Mapping[str, Any]
) -> tuple[Rows, Rows]:
    """Return the first parts in the line that are not all held for quiet hours, and those that may leave."""
    while True:
        rows = connection.execute(some, asked).mappings().all()
        leaving = held_back(connection, rows, now=asked["now"])
        if leaving or not rows:
            return rows, leaving


# What each message costs: built once, for building a statement costs more than carrying it out.


def _due() -> Select[Any]:
    mine = (PART.c.chat == bindparam("chat"), is_in(DeliveryState.DUE))
    return select(*DELIVERED).where(*mine, PART.c.not_before <= bindparam("now"))


def _first(*where: ColumnElement[bool]) -> Select[tuple[int]]:
    """Select the first part in the line of a chat and a state that meets all of `where`."""
    return select(PART.c.id).where(*where).order_by(PART.c.due_at, PART.c.id).limit(1)


def _first_of_each_room() -> Select[Any]:
    """Select parts that are due, unless an earlier one of the same room is still to arrive.

    Nor so soon after one that another process has sent there: only the sender keeps a room's gap.
    """
    earlier, before = PART.alias("earlier"), PART.alias("before")
    same_room = [earlier.c[name] == PART.c[name] for name in ("chat", "tenant", "room", "thread")]
    waiting = select(earlier.c.id).where(*same_room, earlier.c.id < PART.c.id, is_in(*OPEN, part=earlier))
    next_to = (before.c.slot_id == PART.c.slot_id, before.c.number == PART.c.number - 1)
    foreign = (before.c.owner != bindparam("me"), before.c.changed_at > bindparam("just_now"))
    just_sent = select(before.c.id).where(*next_to, *foreign)
    # Asked of each part in turn. For "not exists" PostgreSQL would go through all that are open each time.
    free = _due().where(*(one.limit(1).scalar_subquery().is_(None) for one in (waiting, just_sent)))
    some = free.order_by(PART.c.due_at, PART.c.id).limit(bindparam("most"))
    return some.with_for_update(skip_locked=True)


@cache
def _claimed(dialect: str) -> Update:
    """Return the update of parts that this process is about to send."""
    leased: dict[str, Any] = {
        "owner": bindparam("me"),
        "lease_until": bindparam("lease"),
        "changed_at": bindparam("now"),
    }
    return update(PART).where(_these(dialect)).values(state=DeliveryState.CLAIMED, **leased)


@cache
def _leaving(dialect: str) -> ReturningUpdate[int]:
    """Return the update of parts that are about to leave, but for those whose claim or lane says no."""
    now = bindparam("now", type_=PART.c.changed_at.type)
    here = (LANE.c.chat == PART.c.chat, LANE.c.tenant == PART.c.tenant)
    held = exists().where(*here, LANE.c.held_until > now)
    mine = (PART.c.owner == bindparam("me"), is_in(DeliveryState.CLAIMED), PART.c.lease_until > now)
    changed = {
        "state": DeliveryState.SENDING,
        "attempts": PART.c.attempts + 1,
        "lease_until": bindparam("lease"),
        "changed_at": now,
    }
    return update(PART).where(_these(dialect), *mine, ~held).values(changed).returning(PART.c.id)


def _these(dialect: str) -> ColumnElement[bool]:
    """Return the condition that a part is one of many, which are one parameter."""
    if dialect == "postgresql":
        return PART.c.id == any_(bindparam("these", type_=ARRAY(Integer)))
    return PART.c.id.in_(select(func.json_each(bindparam("these")).table_valued("value").c.value))


def _listed(parts: Sequence[int], *, dialect: str) -> Sequence[int] | str:
    """Return the value of that parameter."""
    return parts if dialect == "postgresql" else json.dumps(parts)


@cache
def _released(dialect: str) -> Update:
    """Return the update of parts of ours that have not left after all."""
    mine = (PART.c.owner == bindparam("me"), is_in(DeliveryState.CLAIMED, DeliveryState.SENDING))
    changed = {"state": DeliveryState.DUE, "changed_at": bindparam("now")}
    return update(PART).where(_these(dialect), *mine).values(changed)


@cache
def _arrived(dialect: str) -> Update:
    """Return the update of parts that have arrived, each with the platform's id of the message."""
    part: ColumnElement[int]
    message_id: ColumnElement[str]
    if dialect == "postgresql":
        listed = func.unnest(bindparam("parts", type_=ARRAY(Integer)), bindparam("told", type_=ARRAY(Text)))
        rows = listed.table_valued("part", "message_id").render_derived(name="told")
        part, message_id = rows.c.part, rows.c.message_id
    else:
        pair = func.json_each(bindparam("told")).table_valued("value", name="told").c.value
        part, message_id = func.json_extract(pair, "$[0]"), func.json_extract(pair, "$[1]")
    mine = update(PART).where(PART.c.id == part)
    return mine.values(
        state=DeliveryState.SENT, error=None, changed_at=bindparam("at"), message_id=message_id
    )


def _told(sent: Sequence[_Sent], *, dialect: str) -> dict[str, Any]:
    """Return the values of its parameters."""
    if dialect == "postgresql":
        return {"parts": [step.part for step in sent], "told": [step.message_id for step in sent]}
    return {"told": json.dumps([(step.part, step.message_id) for step in sent])}


_TENANTS_HELD = select(LANE.c.tenant).where(
    LANE.c.chat == bindparam("chat"), LANE.c.held_until > bindparam("now")
)  # Telegram's one lane has no tenant
_FIRST_DUE = _due().with_only_columns(PART.c.id).order_by(PART.c.due_at, PART.c.id).limit(1)
_FIRST_OF_EACH_ROOM = _first_of_each_room()
