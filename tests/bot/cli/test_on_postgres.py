"""What an operator types, where the database is a PostgreSQL."""

import asyncio
import json

import pytest
from sqlalchemy import text

from bot.store.schema import bring_up_to_date, is_up_to_date
from digests.store.engine import engine_of

pytestmark = pytest.mark.postgres


@pytest.fixture
def operator(operator_of, postgres_url):
    return operator_of(postgres_url)


@pytest.fixture
def asked(postgres_url):
    """Do something with the database."""

    def ask(do):
        async def done():
            engine = engine_of(postgres_url)
            try:
                return await do(engine)
            finally:
                await engine.dispose()

        return asyncio.run(done())

    return ask


async def leave_a_wake_up(engine):
    async with engine.begin() as connection:
        await connection.execute(text("SET LOCAL search_path TO procrastinate"))
        await connection.execute(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status)"
                " VALUES ('ticks', 'pullquote.wake', 'feeds', 'feeds', 'doing')"
            )
        )


def test_old_schema_is_named_by_each_command_until_it_is_migrated(operator):
    for command in ("status", "run"):
        code, _, said = operator(command)
        assert (code, "pullquote migrate" in said) == (2, True)
    assert "Run: pullquote migrate" in operator("doctor")[1]

    assert operator("migrate")[0] == 0
    assert operator("migrate")[0] == 0

    assert json.loads(operator("status", "--json")[1])["due"] == 0
    assert "PostgreSQL, writable, its tables are those of this release" in operator("doctor")[1]


def test_schema_without_the_tables_for_wake_ups_is_old(operator, asked):
    async def drop(engine):
        async with engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA procrastinate CASCADE"))

    operator("migrate")
    asked(drop)

    assert operator("status")[0] == 2
    assert operator("migrate")[0] == 0
    assert operator("status")[0] == 0


@pytest.mark.parametrize("place", ["full", "empty"])
def test_backup_comes_back_with_the_tables_for_wake_ups(operator, asked, place):
    async def empty(engine):
        async with engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("DROP SCHEMA procrastinate CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))

    asked(bring_up_to_date)
    asked(leave_a_wake_up)
    code, _, said = operator("backup", "copy.bak")
    assert (code, said) == (0, "")
    if place == "empty":
        asked(empty)

    code, _, said = operator("restore", "copy.bak", *(["--force"] if place == "full" else []))

    assert (code, said) == (0, "")
    assert asked(is_up_to_date)
