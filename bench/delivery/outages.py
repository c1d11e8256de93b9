"""The database goes away while workers deliver: locked by somebody else, or every connection cut."""

import asyncio
import sqlite3

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bench.delivery.filling import Arrivals, owe
from bench.delivery.storms import running, seen_in, until_all_is_sent
from bench.delivery.worker import Errand
from bot.clock import WallClock
from bot.standins.faults import Fault, Wrong
from bot.standins.telegram import TelegramStandIn
from digests.store.engine import engine_of

SLOW = 0.05  # seconds until the platform answers
_CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def outage(url: str, *, deliveries: int, times: int, seconds: float) -> Arrivals:
    """Deliver while SQLite is locked for `seconds`, or PostgreSQL's connections are cut, so many times."""
    engine = engine_of(url)
    try:
        async with TelegramStandIn() as telegram:
            rooms = [str(telegram.person("Reader").id) for _ in range(deliveries)]
            owed = await owe(engine, rooms, parts_each=(1,), now=WallClock()())
            telegram.faults.add(Fault(Wrong.SLOW, method="sendMessage", times=None, seconds=SLOW))
            errand = Errand(url, telegram.api_base, telegram.token, claimed_for=5, answered_within=10)
            async with running(errand, 1):
                await _until_some_are_seen(telegram, 10)
                for _ in range(times):
                    await (_cut(url) if engine.dialect.name == "postgresql" else _lock(url, seconds))
                    await asyncio.sleep(0.3)
                await until_all_is_sent(engine)
            return Arrivals(owed, seen_in(telegram))
    finally:
        await engine.dispose()


async def _until_some_are_seen(telegram: TelegramStandIn, few: int) -> None:
    while len(seen_in(telegram)) < few:  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def _lock(url: str, seconds: float) -> None:
    """Hold the file's lock, as a backup or an operator's shell may."""

    def hold(connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN EXCLUSIVE")

    path = make_url(url).database or ""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        await asyncio.to_thread(hold, connection)
        await asyncio.sleep(seconds)
        connection.execute("ROLLBACK")
    finally:
        connection.close()


async def _cut(url: str) -> None:
    engine = engine_of(url)
    async with engine.connect() as connection:
        await connection.execute(text(_CUT))
    await engine.dispose()
