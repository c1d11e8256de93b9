"""The ids that rooms had before they moved: a list that names an old one goes on to mean the room."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, RowMapping, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Address
from bot.store.tables import MovedRow
from digests.store.rows import insert_new, table_of

MOVED = table_of(MovedRow)
_FURTHEST = 20  # moves of one room


async def note_move(connection: AsyncConnection, address: Address, *, room: str) -> None:
    """Write down that the room at `address` has another id now."""
    row = {"chat": address.chat, "tenant": address.tenant, "room": address.room, "became": room}
    await connection.execute(insert_new(connection, MOVED, row, unique=["chat", "tenant", "room"]))


async def former_ids(connection: AsyncConnection, address: Address) -> Sequence[str]:
    """Return the ids that a room had, the newest first."""
    known = [address.room]
    for _ in range(_FURTHEST):
        mine = select(MOVED.c.room).where(*_of(address), MOVED.c.became == known[-1])
        before = await connection.scalar(mine.where(MOVED.c.room.not_in(known)))
        if before is None:
            break
        known.append(before)
    return known[1:]


async def moved_rooms(connection: AsyncConnection) -> Sequence[tuple[Address, Address]]:
    """Return which rooms have another id now, as they were and as they are."""
    rows = (await connection.execute(select(MOVED).order_by(MOVED.c.chat, MOVED.c.room))).mappings()
    return [(_address(row, row["room"]), _address(row, row["became"])) for row in rows]


async def forget_moves(connection: AsyncConnection, address: Address) -> bool:
    """Forget what ids a room had; False: it had this one only."""
    ids = [address.room, *await former_ids(connection, address)]
    mine = or_(MOVED.c.room.in_(ids), MOVED.c.became.in_(ids))
    return (await connection.execute(delete(MOVED).where(*_of(address), mine))).rowcount > 0


def _address(row: RowMapping, room: str) -> Address:
    return Address(row["chat"], room, tenant=row["tenant"])


def _of(address: Address) -> tuple[ColumnElement[bool], ...]:
    return (MOVED.c.chat == address.chat, MOVED.c.tenant == address.tenant)
