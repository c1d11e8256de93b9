"""Parts that would leave in their room's quiet hours are held until those end, however they came late."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserMistake
from bot.model import DeliveryState
from bot.store.tables import PartRow
from bot.when.places import clock_of
from bot.when.quiet import QuietHours, quiet_of
from digests.store.rows import table_of

_PART = table_of(PartRow)
_HELD = "held until the quiet hours end"
_KNOWN = 4096  # pairs of hours and zone

Rest = tuple[QuietHours, ZoneInfo]


def rest_column(*, quiet: str, zone: str) -> str:
    """Return the quiet hours of a room as a part's row has them: "22:00-07:00 Europe/Kyiv"; empty: none."""
    return f"{quiet} {zone}" if quiet else ""


def held_back(connection: Connection, rows: Sequence[RowMapping], *, now: datetime) -> Sequence[RowMapping]:
    """Return which of these parts may leave now; the others are due when their quiet hours end."""
    leaving = []
    for row in rows:
        rest = _rest_of(row["rest"])
        until = rest[0].held(now, rest[1]) if rest else now
        if until > now:
            _hold(connection, row, until=until, now=now)
        else:
            leaving.append(row)
    return leaving


def to_leave_by(row: RowMapping, *, latest: datetime, now: datetime) -> datetime:
    """Return until when a part that may leave now still may: until quiet hours begin, or `latest`."""
    rest = _rest_of(row["rest"])
    return min(latest, rest[0].begins(now, rest[1])) if rest else latest


async def rest_anew(connection: AsyncConnection, room: Mapping[str, str], *, rest: str) -> None:
    """Let other quiet hours hold for a room's parts that have not left; those held are looked at again.

    `room` has the columns of an address.
    """
    here = [_PART.c[name] == value for name, value in room.items()]
    waiting = (_PART.c.state.in_((DeliveryState.DUE, DeliveryState.CLAIMED)), _PART.c.rest != rest)
    was_due = {"due_at": _PART.c.changed_at, "not_before": _PART.c.changed_at, "error": None}
    mine = update(_PART).where(*here, *waiting)
    await connection.execute(mine.where(_PART.c.error == _HELD).values(was_due))
    await connection.execute(mine.values(rest=rest))


def _hold(connection: Connection, row: RowMapping, *, until: datetime, now: datetime) -> None:
    """Have all that waits for the same hours in a room due at their end, and not overdue before."""
    same = [_PART.c[name] == row[name] for name in ("chat", "tenant", "room", "thread", "rest")]
    waiting = (_PART.c.state == DeliveryState.DUE, _PART.c.due_at < until)
    held = {"due_at": until, "not_before": until, "error": _HELD, "changed_at": now}
    connection.execute(update(_PART).where(*same, *waiting).values(held))


@lru_cache(_KNOWN)
def _rest_of(column: str) -> Rest | None:
    """Return the hours and the zone of a part's row; None: there are none, or none that can be read."""
    hours, _, zone = column.partition(" ")
    try:
        quiet = quiet_of(hours)
        return (quiet, clock_of(zone)) if quiet else None
    except UserMistake:
        return None  # no worse than without them
