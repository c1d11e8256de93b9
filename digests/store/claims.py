"""What is due becomes some process's to do: of all that share a database, one asks a host at a time.

A host is held for `LEASE`, which is renewed, and for `PAUSE` after the last that was due there: whoever is
given it next keeps the gap between two requests without knowing of the one before.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from digests.store.engine import in_one_go, reading, writing
from digests.store.rows import HOST, in_batches, insert_of
from digests.together import Together

LEASE = timedelta(seconds=90)
PAUSE = timedelta(seconds=15)
MOST = 100  # hosts put to rest in one transaction: others want to write too
OF_A_HOST = 10  # of what is due, in one claim: a long list of one host's must not keep others waiting


class HostClaims:
    """The hosts of one process among those that collect."""

    def __init__(self, engine: AsyncEngine, *, owner: str) -> None:
        self._engine = engine
        self._owner = owner
        self._rests: Together[tuple[str, datetime], None] = Together(self._write_rests, most=MOST)

    async def claimed(
        self,
        table: Table,
        line: Sequence[ColumnElement[Any]],
        *where: ColumnElement[bool],
        now: datetime,
        limit: int,
    ) -> Sequence[int]:
        """Return ids of the rows of `table` that meet `where`, in `line`; their hosts are ours then."""
        async with reading(self._engine) as connection:
            due = self._due(table, line, *where, now=now).limit(limit)
            found = [(row.id, row.host) for row in await connection.execute(due)]
        ours = await self.taken({host for _, host in found}, now=now)
        return [row for row, host in found if host in ours]

    async def taken(self, hosts: Collection[str], *, now: datetime) -> set[str]:
        """Return those of `hosts` that nobody else holds, held by us from now on.

        All processes take them in one order, so that no two ever wait for each other.
        """
        ours: set[str] = set()
        for some in in_batches(sorted(hosts)):
            async with writing(self._engine) as connection:
                rows = [{"name": host, "owner": self._owner, "until": now + LEASE} for host in some]
                taken = insert_of(connection, HOST).values(rows)
                free = taken.on_conflict_do_update(
                    index_elements=["name"],
                    set_={"owner": taken.excluded.owner, "until": taken.excluded.until},
                    where=or_(HOST.c.until <= now, self._is_mine()),
                )
                ours.update(await connection.scalars(free.returning(HOST.c.name)))
        return ours

    async def keep(self, hosts: Collection[str], *, now: datetime) -> None:
        """Go on holding hosts of ours."""
        for some in in_batches(sorted(hosts)):
            mine = (HOST.c.owner == self._owner, HOST.c.name.in_(some))
            async with writing(self._engine) as connection:
                await connection.execute(update(HOST).where(*mine).values(until=now + LEASE))

    async def leave(self, hosts: Collection[str], *, now: datetime) -> None:
        """Let others have hosts of ours before long."""
        soon = now + PAUSE
        for some in in_batches(sorted(hosts)):
            mine = (HOST.c.owner == self._owner, HOST.c.name.in_(some), HOST.c.until > soon)
            async with writing(self._engine) as connection:
                await connection.execute(update(HOST).where(*mine).values(until=soon))

    async def rest(self, host: str, *, until: datetime) -> None:
        """Let nobody ask a host before then. Those asked for at about the same time share a transaction."""
        await self._rests((host, until))

    async def _write_rests(self, rests: Sequence[tuple[str, datetime]]) -> Sequence[None]:
        latest: dict[str, datetime] = {}
        for host, until in sorted(rests):
            latest[host] = until
        rows = [{"name": host, "owner": None, "until": until} for host, until in latest.items()]
        await in_one_go(self._engine, partial(_rest, rows))
        return [None] * len(rests)

    def _due(
        self, table: Table, line: Sequence[ColumnElement[Any]], *where: ColumnElement[bool], now: datetime
    ) -> Select[tuple[int, str]]:
        taken = exists().where(HOST.c.name == table.c.host, HOST.c.until > now, ~self._is_mine())
        place = func.row_number().over(partition_by=table.c.host, order_by=line).label("place")
        keys = [key.label(f"key{number}") for number, key in enumerate(line)]
        ranked = select(table.c.id, table.c.host, place, *keys).where(*where, ~taken).subquery()
        few = select(ranked.c.id, ranked.c.host).where(ranked.c.place <= OF_A_HOST)
        return few.order_by(*(ranked.c[key.name] for key in keys))

    def _is_mine(self) -> ColumnElement[bool]:
        return HOST.c.owner.is_not_distinct_from(self._owner)


def _rest(rows: Sequence[dict[str, Any]], connection: Connection) -> None:
    asleep = insert_of(connection, HOST)
    later = asleep.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": None, "until": asleep.excluded.until},
        where=or_(HOST.c.owner.is_not(None), HOST.c.until < asleep.excluded.until),
    )
    connection.execute(later, rows)
