"""Ten thousand feeds on two thousand hosts, all due at once, become the seconds that one process needs."""

import asyncio
import time
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.collect.resources import Watch
from bench.collect.servers import ToLoopback, serving
from bench.collect.table import Line
from digests.collect import Collector
from digests.fetch import HttpFetch
from digests.identity import host_of
from digests.sandbox import ProcessSandbox
from digests.store.core import CoreStore
from digests.store.engine import engine_of, writing
from digests.store.migrate import migrate
from digests.store.rows import FEED
from digests.store.tables import metadata

FEEDS = 10_000
HOSTS = 2_000
_CHANGED = 30  # of 100
_NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
_MEMORY = 400 << 20  # bytes
_LEAST = timedelta(minutes=15)


def measure(feeds: int = FEEDS, hosts: int = HOSTS) -> Iterable[Line]:
    yield from asyncio.run(_measured(feeds, hosts))


async def _measured(feeds: int, hosts: int) -> list[Line]:
    async with serving() as port, _collecting(port) as (collector, engine):
        await _add(engine, [f"http://host{n % hosts}.example:{port}/feed/{n}" for n in range(feeds)])
        first, _, _ = await _visited(collector, _NOW)
        await bring_out(port, edition=1, share=_CHANGED)
        changed, outcomes, peak = await _visited(collector, _NOW + timedelta(days=2))
        again, same, _ = await _visited(collector, _NOW + timedelta(days=4))
    told = f"{feeds} feeds, {hosts} hosts"
    value = f"{changed:.0f} s ({first:.0f} s when all were new); {outcomes['new']} entries"
    limit = 120 * feeds / FEEDS
    return [
        Line(
            f"{told}, {_CHANGED} % changed",
            value,
            "<= 120 s",
            changed <= limit and _is_whole(outcomes, feeds),
        ),
        Line("memory of all processes", f"{peak >> 20} MB", "<= 400 MB", peak <= _MEMORY),
        Line(
            "the same, none changed",
            f"{again:.0f} s",
            "<= 40 s",
            again <= limit / 3 and _is_whole(same, feeds),
        ),
    ]


def _is_whole(counted: Counter[str], feeds: int) -> bool:
    return counted["visited"] == feeds and not counted["failed"]


@asynccontextmanager
async def _collecting(port: int) -> AsyncIterator[tuple[Collector, AsyncEngine]]:
    with TemporaryDirectory() as folder:
        engine = engine_of(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
        await migrate(engine, metadata)
        fetch = HttpFetch(
            contact="bench@example.org", allow=[f"127.0.0.1:{port}"], host_gap=1.0, resolver=ToLoopback()
        )
        async with fetch, ProcessSandbox() as sandbox:
            store, random = CoreStore(engine), Random(1)
            collector = Collector(
                fetch=fetch, fetch_page=fetch, sandbox=sandbox, store=store, least=_LEAST, random=random
            )
            yield collector, engine
        await engine.dispose()


async def _add(engine: AsyncEngine, urls: Sequence[str]) -> None:
    async with writing(engine) as connection:
        await connection.execute(insert(FEED), [feed_row(url, due=_NOW) for url in urls])


def feed_row(url: str, *, due: datetime | None) -> dict[str, object]:
    """Return the row of a feed that is read for the first time when it is `due`."""
    named = {"url": url, "host": host_of(url), "title": url, "language": "en"}
    state = {"state": "ok", "failures": 0, "moved_times": 0}
    return {**named, **state, "created_at": _NOW, "next_poll_at": due}


async def _visited(collector: Collector, now: datetime) -> tuple[float, Counter[str], int]:
    """Visit all feeds that are due; return the seconds, what came of it, and the peak of memory."""
    counted: Counter[str] = Counter()
    began = time.perf_counter()
    async with Watch() as watch:
        while outcomes := await collector.read_feeds(now):
            counted["visited"] += len(outcomes)
            counted["new"] += sum(outcome.new for outcome in outcomes)
            counted["failed"] += sum(outcome.error is not None for outcome in outcomes)
    return time.perf_counter() - began, counted, watch.peak


async def bring_out(port: int, *, edition: int, share: int) -> None:
    """Have the fault server show an edition of that share, in 100, of its feeds."""
    url = f"http://127.0.0.1:{port}/edition/{edition}?share={share}"
    await asyncio.to_thread(lambda: urllib.request.urlopen(url).read())
