"""procrastinate's tables are brought up to date, file by file, in a schema of their own; how they are found.

The library ships its tables whole, and a file for each change to them since, but keeps no record of which
were applied, and to apply one twice fails. The record is ours.
"""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Column, MetaData, Table, Text, func, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.store.engine import reading, writing

SCHEMA = "procrastinate"
_APPLIED = Table("pullquote_applied", MetaData(schema=SCHEMA), Column("file", Text, primary_key=True))
_TURN = 7_028_641  # any number: of two that migrate at once, one waits


async def migrate_wakeups(engine: AsyncEngine, *, changes: Path | None = None) -> None:
    """Bring the tables up to date; nothing happens where they are. `changes` is the folder of the files."""
    files = _files(changes)
    async with writing(engine) as connection:
        await connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
        if not await _is_there(connection):
            await _made(connection, files)
    for file in files.values():
        async with writing(engine) as connection:  # by itself: some changes may not share a transaction
            await connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
            if file.name not in await _applied(connection):
                await _apply(connection, file.read_text(encoding="utf-8"))
                await _write_down(connection, file.name)


async def wakeups_are_current(engine: AsyncEngine, *, changes: Path | None = None) -> bool:
    """Say whether the tables are those that the installed library was written for."""
    async with reading(engine) as connection:
        return await _is_there(connection) and set(_files(changes)) <= await _applied(connection)


def wakeups_at(url: str) -> Mapping[str, str]:
    """Return how libpq finds procrastinate's tables in the database at `url`."""
    parsed = make_url(url)
    given = {
        "host": parsed.host or parsed.query.get("host"),
        "port": parsed.port,
        "user": parsed.username,
        "password": parsed.password,
        "dbname": parsed.database,
        "sslmode": parsed.query.get("ssl"),
        "options": f"-c search_path={SCHEMA}",
    }
    return {name: str(value) for name, value in given.items() if value}


def _files(changes: Path | None) -> dict[str, Path]:
    """Return the changes by name, in the order in which they are applied."""
    from procrastinate.schema import migrations_path  # half a second that only PostgreSQL needs

    return {file.name: file for file in sorted((changes or migrations_path).glob("*.sql"))}


async def _is_there(connection: AsyncConnection) -> bool:
    return await connection.scalar(select(func.to_regclass(_APPLIED.fullname))) is not None


async def _made(connection: AsyncConnection, files: Mapping[str, Path]) -> None:
    """Make the tables as they are after all changes that came with the library."""
    from procrastinate.schema import SchemaManager

    await connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    await connection.run_sync(_APPLIED.create)
    await _apply(connection, SchemaManager.get_schema())
    for name in files:
        await _write_down(connection, name)


async def _applied(connection: AsyncConnection) -> set[str]:
    return set(await connection.scalars(select(_APPLIED.c.file)))


async def _apply(connection: AsyncConnection, script: str) -> None:
    """Run many statements in this transaction, which only the driver itself does."""
    await connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None  # it has just been used
    await driver.execute(script)


async def _write_down(connection: AsyncConnection, name: str) -> None:
    await connection.execute(insert(_APPLIED).values(file=name))
