"""Each run: what is done, what must hold, and what came."""

import asyncio
import itertools
import logging
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Literal

import asyncpg
import structlog
from rich.console import Console
from rich.table import Table
from sqlalchemy.engine import make_url

from bench.delivery.clocks import LIBRARY, moved
from bench.delivery.faults import faulty
from bench.delivery.outages import Outage, cut, full, locked, outage, restarted
from bench.delivery.rates import Rate, limited, unlimited
from bench.delivery.scale import scale
from bench.delivery.storms import Damage, Storm, weather
from bench.delivery.worker import Errand
from bench.delivery.workers import shared
from bench.delivery.zones import wrong_dates
from bot.store.tables import SubscriptionRow
from digests.store.engine import engine_of
from digests.store.migrate import migrate

DELIVERIES = 10_000
KILLS, STOPS = 30, 20
WORKERS_KILLED = 10
PATIENCE = 3600.0  # seconds for a run: on a busy machine it takes its time
SUBSCRIPTIONS, DUE = 1_000_000, 100_000
DAYS = 1_200

Database = Literal["sqlite", "postgres"]


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table."""

    what: str
    target: str
    value: str
    holds: bool


Run = Callable[[str], Awaitable[Sequence[Measured]]]  # given the URL of an empty database


async def kill(url: str) -> Sequence[Measured]:
    damage = await weather(url, Storm(DELIVERIES, blows=KILLS, patience=PATIENCE))
    arrivals, in_flight = damage.arrivals, len(damage.in_flight)
    return (
        Measured("lost without a word", "0", str(len(damage.unlisted)), not damage.unlisted),
        Measured("hit twice, held and listed", "", str(len(arrivals.lost & damage.listed)), True),
        Measured(
            "repeats", f"<= {in_flight} in flight", str(arrivals.repeats), arrivals.repeats <= in_flight
        ),
        Measured("repeats not marked", "0", str(arrivals.unmarked), not arrivals.unmarked),
        _seconds(damage),
    )


async def hold(url: str) -> Sequence[Measured]:
    damage = await weather(
        url, Storm(DELIVERIES, blows=KILLS, patience=PATIENCE), Errand("", "", "", on_uncertain="hold")
    )
    return (
        Measured("repeats", "0", str(damage.arrivals.repeats), not damage.arrivals.repeats),
        Measured("missing, not listed", "0", str(len(damage.unlisted)), not damage.unlisted),
        Measured("missing, listed", "", str(len(damage.arrivals.lost)), True),
        _seconds(damage),
    )


async def stop(url: str) -> Sequence[Measured]:
    damage = await weather(url, Storm(DELIVERIES, blows=STOPS, signal=signal.SIGTERM, patience=PATIENCE))
    return (*_unharmed(damage), _stopped(damage))


async def three(url: str) -> Sequence[Measured]:
    damage = await weather(url, Storm(DELIVERIES, workers=3, slow=0.02, patience=PATIENCE))
    return (*_unharmed(damage), _stopped(damage))


async def faults(url: str) -> Sequence[Measured]:
    toll = await faulty(url, deliveries=DELIVERIES)
    return (
        Measured("lost without a word", "0", str(toll.unaccounted), not toll.unaccounted),
        Measured("repeats not marked", "0", str(toll.arrivals.unmarked), not toll.arrivals.unmarked),
        Measured("calls before retry_after", "0", str(toll.early), not toll.early),
        Measured("faults", "", f"{toll.faults}, {toll.refused} refused, {toll.doubtful} held", True),
    )


async def lane(url: str) -> Sequence[Measured]:
    toll = await faulty(url, deliveries=500, chance=0.02, groups=False)
    return (
        Measured("lost", "0", str(len(toll.arrivals.lost)), not toll.arrivals.lost),
        Measured("calls of the bot before retry_after", "0", str(toll.early), not toll.early),
    )


async def million(url: str) -> Sequence[Measured]:
    found = await scale(url, subscriptions=SUBSCRIPTIONS, due=DUE)
    look, slots, rate = found.look_ms, found.slots_ms, found.slots_per_second
    return (
        Measured("a look for what is due", "<= 20 ms", f"{look:.1f} ms", look <= 20),
        Measured("taking 200 slots to compose", "<= 20 ms", f"{slots:.1f} ms", slots <= 20),
        Measured("slots written down", ">= 15,000/s", f"{rate:,.0f}/s", rate >= 15_000),
        Measured("the same, a CPU second of ours", "", f"{found.slots_per_cpu_second:,.0f}", True),
    )


async def telegram(url: str) -> Sequence[Measured]:
    return _fast(await unlimited(url, chat="telegram", deliveries=DELIVERIES), least=1000)


async def slack(url: str) -> Sequence[Measured]:
    return _fast(await unlimited(url, chat="slack", deliveries=DELIVERIES // 2), least=500)


async def two(url: str) -> Sequence[Measured]:
    seen = await limited(url, workers=2, deliveries=1500)
    rate, holds = seen.per_second, 27 <= seen.per_second <= 28.05
    return (
        Measured("sends of two processes, one bot", "27 to 28/s", f"{rate:.2f}/s", holds),
        Measured("answered 429", "0", str(seen.refused), not seen.refused),
    )


async def away(url: str) -> Sequence[Measured]:
    if url.startswith("sqlite"):
        return _survived(await outage(url, partial(locked, seconds=10), deliveries=2000, times=1))
    return _survived(await outage(url, cut, deliveries=2000, times=10))


async def disk(url: str) -> Sequence[Measured]:
    return _survived(await outage(url, partial(full, seconds=5), deliveries=3000, times=3))


async def restart(url: str) -> Sequence[Measured]:
    crashes = itertools.cycle([True, False])

    def strike(url: str, worker: int) -> AbstractAsyncContextManager[None]:
        return restarted(url, worker, crash=next(crashes))

    return _survived(await outage(url, strike, deliveries=DELIVERIES, times=10))


async def zones(url: str) -> Sequence[Measured]:
    def asked() -> Iterator[Measured]:
        for at, quiet in ((time(2, 30), ""), (time(0, 0), ""), (time(2, 30), "23:00-03:00")):
            count, wrong = wrong_dates(at, days=DAYS, quiet=quiet)
            held = f", quiet {quiet}" if quiet else ""
            what = f"{count} zones, {DAYS:,} days, {at:%H:%M}{held}: dates without one slot"
            yield Measured(what, "0", str(wrong), not wrong)

    return await asyncio.to_thread(lambda: tuple(asked()))


async def workers(url: str) -> Sequence[Measured]:
    toll = await shared(url, readers=DELIVERIES, kills=WORKERS_KILLED, patience=PATIENCE)
    well = not any(toll.codes) and toll.slowest_stop <= 25
    stopped = f"exit {sorted(set(toll.codes))}, {toll.slowest_stop:.1f} s"
    return (
        Measured("readers who got nothing", "0", str(toll.lost), not toll.lost),
        Measured(
            "repeats", f"<= {toll.in_flight} in flight", str(toll.repeats), toll.repeats <= toll.in_flight
        ),
        Measured("repeats not marked", "0", str(toll.unmarked), not toll.unmarked),
        Measured("workers that sent", "", str(toll.senders), True),
        Measured("slowest stop of a role", "exit 0 within 25 s", stopped, well),
        Measured("took", "", f"{toll.seconds:.0f} s for {toll.owed:,}", True),
    )


async def clock(url: str) -> Sequence[Measured]:
    if LIBRARY is None:
        return (Measured("moved clock", "", "libfaketime is not installed", True),)
    seen = await moved(url)
    return (
        Measured("digests owed, each once", "", str(seen.owed), True),
        Measured("missing", "0", str(seen.missing), not seen.missing),
        Measured("come twice", "0", str(seen.doubled), not seen.doubled),
        Measured("late without saying so", "0", str(seen.unmarked), not seen.unmarked),
        Measured("stopped", "exit 0", f"exit {seen.code}", seen.code == 0),
        *(Measured("wrong", "", one, False) for one in seen.wrong),
    )


RUNS: Mapping[str, tuple[Run, tuple[Database, ...]]] = {
    "zones": (zones, ("sqlite",)),
    "clock": (clock, ("sqlite", "postgres")),
    "million": (million, ("sqlite", "postgres")),
    "telegram": (telegram, ("sqlite", "postgres")),
    "slack": (slack, ("sqlite", "postgres")),
    "two": (two, ("sqlite", "postgres")),
    "lane": (lane, ("sqlite", "postgres")),
    "faults": (faults, ("sqlite", "postgres")),
    "away": (away, ("sqlite", "postgres")),
    "disk": (disk, ("sqlite",)),
    "restart": (restart, ("postgres",)),
    "three": (three, ("sqlite", "postgres")),
    "stop": (stop, ("sqlite", "postgres")),
    "workers": (workers, ("postgres",)),
    "kill": (kill, ("sqlite", "postgres")),
    "hold": (hold, ("sqlite", "postgres")),
}


def measure(names: Sequence[str]) -> int:
    """Print a table of these runs, line by line as they end; return the exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.CRITICAL)
    console, holds = Console(), True
    for name in names:
        run, databases = RUNS[name]
        for database in databases:
            if database == "postgres" and not os.environ.get("TEST_POSTGRES_URL"):
                continue
            table = Table("measure", "target", "value", title=f"{name}, {database}", title_justify="left")
            for one in asyncio.run(_measured(run, database)):
                holds = holds and one.holds
                table.add_row(one.what, one.target, one.value, style=None if one.holds else "red")
            console.print(table)
    return 0 if holds else 1


async def _measured(run: Run, database: Database) -> Sequence[Measured]:
    async with _empty(database) as url:
        return await run(url)


@asynccontextmanager
async def _empty(database: Database) -> AsyncIterator[str]:
    """Give the URL of a database with today's tables and nothing in them."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/delivery.db" if database == "sqlite" else await _made()
        engine = engine_of(url)
        await migrate(engine, SubscriptionRow.metadata)
        await engine.dispose()
        yield url


async def _made() -> str:
    """Make a database of our own on the server at TEST_POSTGRES_URL."""
    server = make_url(os.environ["TEST_POSTGRES_URL"]).set(drivername="postgresql")
    connection = await asyncpg.connect(server.render_as_string(hide_password=False))
    await connection.execute("DROP DATABASE IF EXISTS pullquote_delivery WITH (FORCE)")
    await connection.execute("CREATE DATABASE pullquote_delivery")
    await connection.close()
    mine = server.set(drivername="postgresql+asyncpg", database="pullquote_delivery")
    return mine.render_as_string(hide_password=False)


def _fast(rate: Rate, *, least: int) -> Sequence[Measured]:
    per_second, per_cpu = rate.per_second, rate.per_cpu_second
    return (
        Measured("sends of one process", f">= {least:,}/s", f"{per_second:,.0f}/s", per_second >= least),
        Measured("sends in a second of its processor", "", f"{per_cpu:,.0f}", True),
    )


def _unharmed(damage: Damage) -> Sequence[Measured]:
    lost, repeats = damage.arrivals.lost, damage.arrivals.repeats
    return (
        Measured("lost", "0", str(len(lost)), not lost),
        Measured("repeats", "0", str(repeats), not repeats),
        _seconds(damage),
    )


def _survived(toll: Outage) -> Sequence[Measured]:
    lost, unmarked = toll.arrivals.lost, toll.arrivals.unmarked
    back = toll.slowest_return
    return (
        Measured("lost", "0", str(len(lost)), not lost),
        Measured("sent before it was written down", "0", str(len(toll.untold)), not toll.untold),
        Measured("repeats not marked", "0", str(unmarked), not unmarked),
        Measured("sends again", "<= 30 s", f"{back:.1f} s", back <= 30),
        Measured("repeats", "", f"{toll.arrivals.repeats} in {toll.strikes} outages", True),
    )


def _stopped(damage: Damage) -> Measured:
    well = all(code == 0 for code in damage.codes) and damage.slowest_stop <= 25
    value = f"exit {sorted(set(damage.codes))}, {damage.slowest_stop:.1f} s"
    return Measured("slowest stop", "exit 0 within 25 s", value, well)


def _seconds(damage: Damage) -> Measured:
    return Measured("took", "", f"{damage.seconds:.0f} s for {damage.arrivals.owed:,}", True)
