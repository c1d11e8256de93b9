"""A database URL becomes an engine that keeps what it was told to keep."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

BUSY_MILLISECONDS = 15_000  # SQLite: how long a writer waits for another process's
_TURN = "pullquote_turn"  # the engine's option that holds the lock of its writers
_SHORTCUT = "pullquote_shortcut"  # the engine's option that holds the other way to its file
_PRAGMAS = (
    "journal_mode=WAL",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "foreign_keys=ON",
    "synchronous=FULL",  # NORMAL may lose the last commits at a power cut: a sent part would go out again
    "secure_delete=ON",  # what a person has us erase leaves nothing in the file
)

T = TypeVar("T")


def engine_of(url: str) -> AsyncEngine:
    """Return the engine for `url` (with its asynchronous driver named); make SQLite's folder if needed."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=10)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    shortcut = _shortcut(parsed)
    engine = create_async_engine(parsed, execution_options={_TURN: asyncio.Lock(), _SHORTCUT: shortcut})
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "engine_disposed", lambda _: shortcut.engine.dispose())
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


async def in_one_go(engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
    """Return what `work` does in a transaction as that of `writing`: for what is done with every message.

    The asynchronous driver of SQLite goes to its thread and back a dozen times in a transaction, which costs
    more than its statements. Here `work` itself goes there.
    """
    shortcut: _Shortcut | None = engine.get_execution_options().get(_SHORTCUT)
    if shortcut is None:
        async with writing(engine) as connection:
            return await connection.run_sync(work)
    async with _turn(engine):
        done = partial(_done_by, shortcut.engine, work)
        return await asyncio.get_running_loop().run_in_executor(shortcut.thread, done)


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Give a connection that sees one state of the database."""
    async with engine.connect() as connection:
        yield connection


def _turn(engine: AsyncEngine) -> AbstractAsyncContextManager[object]:
    turn: asyncio.Lock | None = engine.get_execution_options().get(_TURN)
    return turn or nullcontext()


@dataclass(frozen=True, slots=True)
class _Shortcut:
    """A way to SQLite's file without the asynchronous driver."""

    engine: Engine
    thread: Executor  # of its own: writers do not wait for what others compute in threads


def _shortcut(url: URL) -> _Shortcut:
    engine = create_engine(url.set(drivername="sqlite"))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return _Shortcut(engine, ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer"))


def _done_by(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.connect() as connection:
        marked = connection.execution_options(pullquote_writes=True)
        with marked.begin():
            return work(marked)


def _prepare(connection: Any, _: object) -> None:  # the driver's own connection
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin` does
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:  # SQLAlchemy's synchronous side
    writes = connection.get_execution_options().get("pullquote_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
