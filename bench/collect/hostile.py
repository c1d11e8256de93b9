"""Two hundred hostile feeds beside two hundred good ones become what the good ones notice of it.

All are due at once, mixed, and visited as the bot visits them: first as if all were read for the first time,
then as it is from then on, where the good ones were read well and the others failed. Before and after each,
the good ones alone: others use the machine too.
"""

import asyncio
import statistics
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.collect.resources import Watch
from bench.collect.servers import ToLoopback, serving
from bench.collect.table import Line
from bench.collect.thousands import bring_out, feed_row
from bench.fault_documents import DOCUMENTS
from digests.collect import Collector
from digests.errors import DigestsError
from digests.fetch import HttpFetch
from digests.model import Entry, Feed, FeedState
from digests.sandbox import DEADLINE, ProcessSandbox
from digests.sources import FEED_LIMIT
from digests.store.core import CoreStore
from digests.store.engine import engine_of, writing
from digests.store.migrate import migrate
from digests.store.rows import FEED
from digests.store.tables import metadata

_COUNT = 200
_FAULTS = (
    "/slow-loris /stall-head /stall-body /endless-head /endless-body /big /bomb/256 /reset /silent "
    "/not-http /short /cut-chunk /cut-gzip /no-gzip /gzip-twice /brotli /loop /hops/6 /nowhere "
    "/far-away /status/403 /status/500 /challenge /status/404 /status/410 /status/429?retry-after=60 "
).split()
_FAR = 0.3  # seconds until a good server answers
_SAMPLED = 0.5  # seconds: how exactly a child is timed on a machine that is full
_MEMORY = 600 << 20  # bytes
_NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
_LATER = timedelta(days=2)
_STRANGERS: dict[str, object] = {
    "failures": 0, "state": FeedState.OK, "body_hash": None, "etag": None, "last_modified": None
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Round:
    """One look at all that was due."""

    ended: dict[int, float]  # feed: seconds until its visit was written down
    failed: set[int]

    def latency(self, feeds: Sequence[int]) -> float:
        return statistics.fmean(self.ended[feed] for feed in feeds)


class _TimedStore(CoreStore):
    """Remembers when a visit was written down."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.ended: dict[int, float] = {}

    async def feed_read(self, feed: Feed, entries: Sequence[Entry], *, first: int, now: datetime) -> int:
        new = await super().feed_read(feed, entries, first=first, now=now)
        self.ended[feed.id] = asyncio.get_running_loop().time()
        return new

    async def feed_failed(self, feed: Feed) -> None:
        await super().feed_failed(feed)
        self.ended[feed.id] = asyncio.get_running_loop().time()


@dataclass(frozen=True, slots=True)
class _Desk:
    collector: Collector
    store: _TimedStore
    engine: AsyncEngine

    async def visit(self, feeds: Sequence[int], *, now: datetime, **changed: object) -> _Round:
        """Let just these feeds be due, and visit them all."""
        await self._wake(feeds, now=now, **changed)
        self.store.ended.clear()
        began = asyncio.get_running_loop().time()
        failed: set[int] = set()
        while outcomes := await self.collector.read_feeds(now):
            failed.update(outcome.feed.id for outcome in outcomes if outcome.error)
        return _Round({feed: at - began for feed, at in self.store.ended.items()}, failed)

    async def _wake(self, feeds: Sequence[int], *, now: datetime, **changed: object) -> None:
        due = {"next_poll_at": now, **changed}
        async with writing(self.engine) as connection:
            await connection.execute(update(FEED).values(next_poll_at=None))
            await connection.execute(update(FEED).where(FEED.c.id.in_(feeds)).values(due))


def measure() -> Iterable[Line]:
    yield from asyncio.run(_measured())


async def _measured() -> list[Line]:
    async with serving() as port, _opened(port) as desk:
        good, hostile = await _add(desk.engine, _good(port), _hostile(port))
        await _warm(desk, good, port)
        both = [*good, *hostile]
        plan = [(good, {}), (both, _STRANGERS), (good, {}), (both, {}), (good, {})]
        rounds: list[_Round] = []
        async with Watch() as watch:
            for number, (feeds, changed) in enumerate(plan, 1):
                await bring_out(port, edition=number, share=100)
                rounds.append(await desk.visit(feeds, now=_NOW + number * _LATER, **changed))
    return _lines(good, rounds, watch)


def _lines(good: Sequence[int], rounds: Sequence[_Round], watch: Watch) -> list[Line]:
    before, new, between, known, after = rounds
    read = _COUNT - len((new.failed | known.failed) & set(good))
    lag = f"p99 {watch.lag_p99() * 1000:.0f} ms, max {max(watch.lags) * 1000:.0f} ms"
    return [
        Line(f"{_COUNT} good feeds beside {_COUNT} hostile: read", f"{read}", f"{_COUNT}", read == _COUNT),
        _compared("their mean latency against without", known, (between, after), good),
        _compared("the same where all were read for the first time", new, (before, between), good),
        Line("the event loop's lateness", lag, "p99 <= 100 ms", watch.lag_p99() <= 0.1),
        Line(
            "the longest that a child was busy with one document",
            f"{watch.longest:.1f} s",
            "<= 10 s",
            watch.longest <= DEADLINE + _SAMPLED,
        ),
        Line("memory of all processes", f"{watch.peak >> 20} MB", "<= 600 MB", watch.peak <= _MEMORY),
        Line(
            "the slowest hostile feed, waiting for its turn included",
            f"{max(new.ended.values()):.0f} s, then {max(known.ended.values()):.0f} s",
            "ends",
            True,
        ),
    ]


def _compared(measure: str, beside: _Round, alone: Sequence[_Round], good: Sequence[int]) -> Line:
    quiet, busy = statistics.fmean(one.latency(good) for one in alone), beside.latency(good)
    value = f"{busy / quiet:.2f} times ({quiet:.2f} s, {busy:.2f} s)"
    return Line(measure, value, "<= 1.2 times", busy <= 1.2 * quiet)


def _good(port: int) -> list[str]:
    return [f"http://good{n}.example:{port}/feed/{n}?after={_FAR}" for n in range(_COUNT)]


def _hostile(port: int) -> list[str]:
    paths = _hard()
    return [f"http://bad{n}.example:{port}{paths[n % len(paths)]}" for n in range(_COUNT)]


def _hard() -> list[str]:
    return [*_FAULTS, *(f"/document/{name}" for name, hard in DOCUMENTS.items() if not hard.is_page)]


@asynccontextmanager
async def _opened(port: int) -> AsyncIterator[_Desk]:
    with TemporaryDirectory() as folder:
        engine = engine_of(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
        await migrate(engine, metadata)
        async with _fetch(port) as fetch, ProcessSandbox() as sandbox:
            store = _TimedStore(engine)
            collector = Collector(fetch=fetch, fetch_page=fetch, sandbox=sandbox, store=store)
            yield _Desk(collector, store, engine)
        await engine.dispose()


def _fetch(port: int) -> HttpFetch:
    return HttpFetch(contact="bench@example.org", allow=[f"127.0.0.1:{port}"], resolver=ToLoopback())


async def _add(
    engine: AsyncEngine, good: Sequence[str], hostile: Sequence[str]
) -> tuple[Sequence[int], Sequence[int]]:
    """Store the feeds, mixed; return the ids of the good and of the hostile ones."""
    mixed = Random(1).sample([*good, *hostile], k=len(good) + len(hostile))
    async with writing(engine) as connection:
        await connection.execute(insert(FEED), [feed_row(url, due=None) for url in mixed])
    place = {url: number for number, url in enumerate(mixed, 1)}
    return [place[url] for url in good], [place[url] for url in hostile]


async def _warm(desk: _Desk, good: Sequence[int], port: int) -> None:
    """Have the server make its documents, the children get ready, and the good feeds be read once."""
    async with _fetch(port) as fetch:
        urls = [f"http://warm{n}.example:{port}{path}" for n, path in enumerate(_hard())]
        await asyncio.gather(*(_fetched(fetch, url) for url in urls))
    await desk.visit(good, now=_NOW)


async def _fetched(fetch: HttpFetch, url: str) -> None:
    try:
        await fetch(url, limit=FEED_LIMIT)
    except DigestsError:
        pass
