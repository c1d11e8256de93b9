"""A million subscriptions: how long a tick looks for what is due, and how fast slots are written down."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.ledger import SqlLedger
from bot.store.subscriptions import SUBSCRIPTION
from digests.store.engine import engine_of, writing

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
LOOKS = 20  # of which the median counts
ROUNDS = 5  # in which slots are written down, of which the quickest counts: other work slows down some
RATES = {"telegram": 28.0}  # messages a second, over which digests are spread
ZONES = ("UTC", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
INSERT INTO subscription (id, chat, tenant, room, thread, zone, timetable, language, created_at, shown_until,
                          next_due_at)
SELECT i, 'telegram', '', CAST(i AS VARCHAR), '',
       CASE i % 5 {zones} END, '0' || (i % 10) || ':00', 'en', {now}, {now}, {later} FROM n
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """What was measured. Milliseconds are medians, the rates are those of the quickest round."""

    look_ms: float  # nothing is due
    slots_ms: float  # 200 slots of a million that wait to be composed
    slots_per_second: float
    slots_per_cpu_second: float  # of this process: on SQLite that is all the work


async def scale(url: str, *, subscriptions: int, due: int) -> Scale:
    """Fill the migrated, empty database at `url` with so many subscriptions, and have `due` of them owed."""
    engine = engine_of(url)
    try:
        await _fill(engine, subscriptions)
        ledger = SqlLedger(engine, rates=RATES)
        rounds = [await _round(engine, ledger, some) for some in _rounds(due)]
        rate, cpu_rate = (max(column) for column in zip(*rounds, strict=True))
        look = await _milliseconds(lambda: ledger.materialise(NOW))
        slots = await _milliseconds(lambda: ledger.take_slots("telegram", now=NOW, limit=200))
        return Scale(look, slots, rate, cpu_rate)
    finally:
        await engine.dispose()


async def _fill(engine: AsyncEngine, count: int) -> None:
    now, later = (f"'{at:%Y-%m-%d %H:%M:%S}'" for at in (NOW - timedelta(days=9), NOW + timedelta(days=1)))
    if engine.dialect.name == "postgresql":
        now, later = (f"CAST({at} AS TIMESTAMP) AT TIME ZONE 'UTC'" for at in (now, later))
    zones = " ".join(f"WHEN {number} THEN '{zone}'" for number, zone in enumerate(ZONES))
    async with writing(engine) as connection:
        await connection.exec_driver_sql(_FILL.format(count=count, zones=zones, now=now, later=later))
    await _analyse(engine)


def _rounds(due: int) -> list[range]:
    """Return which subscriptions are due in each round."""
    each = due // ROUNDS
    return [range(1 + number * each, 1 + (number + 1) * each) for number in range(ROUNDS)]


async def _round(engine: AsyncEngine, ledger: SqlLedger, some: range) -> tuple[float, float]:
    """Have some subscriptions be due, write down their slots; return how many a second, by both clocks."""
    async with writing(engine) as connection:
        mine = SUBSCRIPTION.c.id.between(some.start, some.stop - 1)
        changed = {"next_due_at": NOW - timedelta(days=1)}
        await connection.execute(update(SUBSCRIPTION).where(mine).values(changed))
    await _analyse(engine)
    begin, worked = time.perf_counter(), time.process_time()
    written = await ledger.materialise(NOW)
    return written / (time.perf_counter() - begin), written / (time.process_time() - worked)


async def _analyse(engine: AsyncEngine) -> None:
    """Let a server know its tables, as its own housekeeping does within a minute."""
    if engine.dialect.name == "postgresql":
        async with engine.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("ANALYZE"))


async def _milliseconds(look: Callable[[], Awaitable[object]]) -> float:
    taken = []
    for _ in range(LOOKS):
        begin = time.perf_counter()
        await look()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)
