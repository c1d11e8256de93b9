"""See `bot.ports.Doubts`: messages that may have arrived, and what their rooms say of them, in SQL."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model import Address, DeliveryState, Doubt, Part, Subscription
from bot.store.notices import GONE, IS_QUESTION, QUESTION, put
from bot.store.parts import OPEN, PART, is_in
from bot.store.slots import SLOT
from bot.store.subscriptions import SUBSCRIPTION, room_columns, subscription_from
from digests.store.engine import reading, writing

_TRIES = 5  # of a question: it does no harm to be asked twice


class SqlDoubts:
    """See `Doubts`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def unasked(self, chat: str, *, since: datetime) -> Sequence[tuple[Subscription, Sequence[Doubt]]]:
        """See `Doubts`. Rooms that rest are asked once they go on."""
        fresh = (PART.c.chat == chat, PART.c.asked_at.is_(None), PART.c.changed_at >= since)
        held = _held(*fresh, SUBSCRIPTION.c.paused.is_(None)).join(
            SUBSCRIPTION, SUBSCRIPTION.c.id == SLOT.c.subscription_id
        )
        rooms: dict[int, list[Doubt]] = defaultdict(list)
        async with reading(self._engine) as connection:
            for row in (await connection.execute(held)).mappings():
                rooms[row["subscription_id"]].append(_doubt_from(row))
            if not rooms:
                return ()
            some = select(SUBSCRIPTION).where(SUBSCRIPTION.c.id.in_(list(rooms)))
            found = map(subscription_from, (await connection.execute(some)).mappings())
            return [(subscription, rooms[subscription.id]) for subscription in found]

    async def ask(
        self, subscription: Subscription, doubts: Sequence[Doubt], parts: Sequence[Part], *, now: datetime
    ) -> bool:
        """See `Doubts`."""
        ids = [doubt.delivery for doubt in doubts]
        mine = (PART.c.id.in_(ids), is_in(DeliveryState.UNCERTAIN), PART.c.asked_at.is_(None))
        async with writing(self._engine) as connection:
            asked = await connection.execute(update(PART).where(*mine).values(asked_at=now))
            if not asked.rowcount:
                return False
            await put(connection, subscription, parts, about=f"{QUESTION} {max(ids)}", now=now)
        return True

    async def ask_again(self, chat: str, *, now: datetime) -> None:
        """See `Doubts`."""
        question = exists().where(SLOT.c.id == PART.c.slot_id, IS_QUESTION)
        mine = (PART.c.chat == chat, is_in(DeliveryState.UNCERTAIN), PART.c.attempts < _TRIES, question)
        async with reading(self._engine) as connection:
            if await connection.scalar(select(PART.c.id).where(*mine).limit(1)) is None:
                return
        again = {"state": DeliveryState.DUE, "repeat": True, "not_before": now, "changed_at": now}
        async with writing(self._engine) as connection:
            await connection.execute(update(PART).where(*mine).values(again))

    async def held(self, address: Address) -> Sequence[Doubt]:
        """See `Doubts`."""
        async with reading(self._engine) as connection:
            rows = (await connection.execute(_held(*_in(address)))).mappings()
            return [_doubt_from(row) for row in rows]

    async def settle(self, address: Address, *, last: int | None, resend: bool, now: datetime) -> int:
        """See `Doubts`."""
        mine = _in(address) if last is None else [*_in(address), PART.c.id <= last]
        error = "it may have arrived; given up by its readers"
        async with writing(self._engine) as connection:
            return len(await settle(connection, *mine, resend=resend, error=error, now=now))


async def settle(
    connection: AsyncConnection, *which: ColumnElement[bool], resend: bool, error: str, now: datetime
) -> Sequence[int]:
    """Send parts that are held once more, marked, or give them up with this error; return their ids."""
    again = {"state": DeliveryState.DUE, "repeat": True, "not_before": now, "asked_at": None}
    changed = again if resend else {"state": DeliveryState.FAILED, "error": error}
    held = update(PART).where(*which, is_in(DeliveryState.UNCERTAIN)).values(**changed, changed_at=now)
    return sorted(await connection.scalars(held.returning(PART.c.id)))


def _held(*which: ColumnElement[bool]) -> Select[Any]:
    """Select messages in doubt, but for questions; not before the rest of their digest is settled."""
    rest = PART.alias("rest")
    is_under_way = exists().where(rest.c.slot_id == PART.c.slot_id, is_in(*OPEN, part=rest))
    of = select(func.count()).select_from(rest).where(rest.c.slot_id == PART.c.slot_id).scalar_subquery()
    columns = (PART.c.id, PART.c.number, of.label("of"), SLOT.c.subscription_id, SLOT.c.at, SLOT.c.local_date)
    held = select(*columns).join(SLOT, SLOT.c.id == PART.c.slot_id)
    held = held.where(is_in(DeliveryState.UNCERTAIN), ~is_under_way, ~IS_QUESTION, *which)
    return held.order_by(PART.c.id)


def _in(address: Address) -> list[ColumnElement[bool]]:
    return [PART.c[name] == value for name, value in room_columns(address).items()]


def _doubt_from(row: Any) -> Doubt:
    at = None if row["at"].startswith(f"{GONE} ") else row["at"]
    return Doubt(row["id"], day=row["local_date"], at=at, number=row["number"] + 1, of=row["of"])
