"""The database goes away while a worker delivers: locked, cut off, restarted, or its disk is full."""

import asyncio
import os
import resource
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.delivery.filling import Arrivals, bare, owe
from bench.delivery.storms import is_left, running, seen_in
from bench.delivery.worker import Errand
from bot.clock import WallClock
from bot.standins.faults import Fault, Wrong
from bot.standins.telegram import TelegramStandIn
from bot.store.parts import PART
from digests.store.engine import engine_of, reading

SLOW = 0.05  # seconds until the platform answers
LEFT_ALONE = 0.3  # seconds between two outages
NEW_CLUSTER = "pullquote-postgres."  # how .ci/postgres names its folders: no other server is restarted
_CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)

Strike = Callable[[str, int], AbstractAsyncContextManager[None]]
"""Take the database at a URL away from the worker with this process id, and give it back at the end."""


@dataclass(slots=True)
class Outage:
    """What became of the deliveries."""

    arrivals: Arrivals
    untold: set[str] = field(default_factory=set)  # people saw them oftener than had been written down before
    slowest_return: float = 0.0  # seconds from the end of an outage until messages came again
    strikes: int = 0


async def outage(url: str, strike: Strike, *, deliveries: int, times: int) -> Outage:
    """Deliver, while the database is taken away so many times, from the migrated and empty one at `url`."""
    engine = engine_of(url)
    try:
        async with TelegramStandIn() as telegram:
            rooms = [str(telegram.person("Reader").id) for _ in range(deliveries)]
            owed = await owe(engine, rooms, parts_each=(1,), now=WallClock()())
            telegram.faults.add(Fault(Wrong.SLOW, method="sendMessage", times=None, seconds=SLOW))
            errand = Errand(url, telegram.api_base, telegram.token, claimed_for=5, answered_within=10)
            toll = Outage(Arrivals(owed, ()))
            async with running(errand, 1) as (worker,):
                await _until_seen(telegram, 10)
                for _ in range(times):
                    await _struck(engine, telegram, strike(url, worker.pid), toll)
                while await is_left(engine):  # noqa: ASYNC110  # it lies in the store
                    await asyncio.sleep(0.1)
            toll.untold |= await _untold(engine, telegram)
            toll.arrivals = Arrivals(owed, seen_in(telegram))
            return toll
    finally:
        await engine.dispose()


@asynccontextmanager
async def locked(url: str, worker: int, *, seconds: float) -> AsyncIterator[None]:
    """Hold the lock of SQLite's file, as a backup or an operator's shell may."""

    def hold(connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN EXCLUSIVE")

    path = make_url(url).database or ""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        await asyncio.to_thread(hold, connection)
        await asyncio.sleep(seconds)
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


@asynccontextmanager
async def full(url: str, worker: int, *, seconds: float) -> AsyncIterator[None]:
    """Let the worker write nothing more into files, as on a full disk."""
    soft, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (0, hard))
    try:
        await asyncio.sleep(seconds)
        yield
    finally:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (soft, hard))


@asynccontextmanager
async def cut(url: str, worker: int) -> AsyncIterator[None]:
    """End all connections to PostgreSQL."""
    engine = engine_of(url)
    async with engine.connect() as connection:
        await connection.execute(text(_CUT))
    await engine.dispose()
    yield


@asynccontextmanager
async def restarted(url: str, worker: int, *, crash: bool) -> AsyncIterator[None]:
    """Restart the private server of .ci/postgres, after a crash or as told.

    Raises:
        ValueError: it is somebody's own.
    """
    engine = engine_of(url)
    async with engine.connect() as connection:
        data = Path(str(await connection.scalar(text("SHOW data_directory"))))
        # What is committed must outlive a crash of the server; the private one is made for speed.
        name = make_url(url).database
        await connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = on'))
        await connection.commit()
    await engine.dispose()
    if not data.parent.name.startswith(NEW_CLUSTER):
        raise ValueError(f"no server of .ci/postgres: {data}")
    await _restart(data, "immediate" if crash else "fast")
    yield


async def _restart(data: Path, mode: str) -> None:
    version, owner = await asyncio.to_thread(lambda: ((data / "PG_VERSION").read_text(), data.stat()))
    control = f"/usr/lib/postgresql/{version.strip()}/bin/pg_ctl"
    words = ("-D", str(data), "-l", str(data.parent / "log"), "-m", mode, "-w", "restart")
    is_root = os.getuid() == 0  # whom PostgreSQL refuses
    process = await asyncio.create_subprocess_exec(
        control,
        *words,
        cwd=data.parent,
        stdout=asyncio.subprocess.DEVNULL,
        user=owner.st_uid if is_root else None,
        group=owner.st_gid if is_root else None,
    )
    if await process.wait():
        raise RuntimeError(f"pg_ctl restart: {process.returncode}")


async def _struck(
    engine: AsyncEngine, telegram: TelegramStandIn, strike: AbstractAsyncContextManager[None], toll: Outage
) -> None:
    """Take the database away, look whether anything leaves unwritten, and wait until messages come again."""
    if not await is_left(engine):
        return
    loop, toll.strikes = asyncio.get_running_loop(), toll.strikes + 1
    async with strike:
        toll.untold |= await _untold(engine, telegram)
    begin, seen = loop.time(), len(seen_in(telegram))
    while len(seen_in(telegram)) == seen and await is_left(engine):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    toll.slowest_return = max(toll.slowest_return, loop.time() - begin)
    await asyncio.sleep(LEFT_ALONE)


async def _untold(engine: AsyncEngine, telegram: TelegramStandIn) -> set[str]:
    """Return what people saw oftener than the ledger knows that it was about to leave; none if it is away."""
    seen = Counter(map(bare, seen_in(telegram)))
    try:
        async with reading(engine) as connection:
            rows = await connection.execute(select(PART.c.text, PART.c.attempts))
            told = {row[0]: row[1] for row in rows}
    except (SQLAlchemyError, OSError):
        return set()
    return {words for words, times in seen.items() if times > told.get(words, 0)}


async def _until_seen(telegram: TelegramStandIn, few: int) -> None:
    while len(seen_in(telegram)) < few:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
