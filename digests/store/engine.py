"""A database URL becomes an engine that keeps what it was told to keep."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

BUSY_MILLISECONDS = 15_000  # SQLite: how long a writer waits for another process's
_TURN = "pullquote_turn"  # the engine's option that holds the lock of its writers
_PRAGMAS = (
    "journal_mode=WAL",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "foreign_keys=ON",
    "synchronous=FULL",  # NORMAL may lose the last commits at a power cut: a sent part would go out again
    "secure_delete=ON",  # what a person has us erase leaves nothing in the file
)


def engine_of(url: str) -> AsyncEngine:
    """Return the engine for `url` (with its asynchronous driver named); make SQLite's folder if needed."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=10)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(parsed, execution_options={_TURN: asyncio.Lock()})
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Give a connection in a transaction that holds SQLite's one write lock from its start.

    A transaction that begins by reading and then writes fails at once there, whatever the busy timeout. The
    writers of one process take turns before they ask SQLite: it wakes those who wait in no order, and some
    of a thousand would never have their turn.
    """
    async with _turn(engine), engine.connect() as connection:
        marked = await connection.execution_options(pullquote_writes=True)
        async with marked.begin():
            yield marked


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Give a connection that sees one state of the database."""
    async with engine.connect() as connection:
        yield connection


def _turn(engine: AsyncEngine) -> AbstractAsyncContextManager[object]:
    turn: asyncio.Lock | None = engine.get_execution_options().get(_TURN)
    return turn or nullcontext()


def _prepare(connection: Any, _: object) -> None:  # the driver's own connection
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin` does
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:  # SQLAlchemy's synchronous side
    writes = connection.get_execution_options().get("pullquote_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
