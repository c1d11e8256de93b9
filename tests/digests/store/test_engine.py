"""Work that is done with every message, in one go: all of it or nothing, on each database."""

import asyncio

import pytest
from sqlalchemy import delete, func, insert, select

from digests.store.engine import in_one_go, reading, writing
from digests.store.rows import HOST
from tests.fakes import NOON


def noted(*names):
    def work(connection):
        connection.execute(insert(HOST), [{"name": name, "until": NOON} for name in names])
        return connection.scalar(select(func.count()).select_from(HOST))

    return work


async def hosts(engine):
    async with reading(engine) as connection:
        return sorted(await connection.scalars(select(HOST.c.name)))


async def test_what_is_written_in_one_go_is_there_for_all(engine):
    count = await in_one_go(engine, noted("one.example", "two.example"))

    assert count == 2
    assert await hosts(engine) == ["one.example", "two.example"]


async def test_work_that_fails_leaves_nothing_behind(engine):
    def fails(connection):
        noted("one.example")(connection)
        raise KeyError("none")

    with pytest.raises(KeyError):
        await in_one_go(engine, fails)

    assert await hosts(engine) == []


async def test_those_who_write_either_way_at_one_time_all_write(engine):
    async def other_way(name):
        async with writing(engine) as connection:
            await connection.execute(insert(HOST), [{"name": name, "until": NOON}])

    ways = [in_one_go(engine, noted(f"{number}.example")) for number in range(5)]
    ways += [other_way(f"{number}.other.example") for number in range(5)]
    await asyncio.gather(*ways)

    assert len(await hosts(engine)) == 10


async def test_engine_that_was_let_go_can_be_used_again(engine):
    await in_one_go(engine, noted("one.example"))

    await engine.dispose()
    await in_one_go(engine, lambda connection: connection.execute(delete(HOST)))

    assert await hosts(engine) == []
