"""Two hundred hostile feeds beside two hundred good ones become what the good ones notice of it."""

import asyncio
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from bench.collect.resources import Watch
from bench.collect.servers import ToLoopback, serving
from bench.collect.table import Line
from bench.fault_documents import DOCUMENTS
from digests.errors import DigestsError
from digests.fetch import HttpFetch
from digests.model import Document
from digests.sandbox import DEADLINE, ProcessSandbox
from digests.sources import FEED_LIMIT, read_feed

_COUNT = 200
_FAULTS = (
    "/slow-loris /stall-head /stall-body /endless-head /endless-body /big /bomb/256 /reset /silent "
    "/not-http /short /cut-chunk /cut-gzip /no-gzip /gzip-twice /brotli /loop /hops/6 /nowhere "
    "/far-away /status/403 /status/500 /challenge /status/404 /status/410 /status/429?retry-after=60 "
).split()
_FAR = 0.3  # seconds until a good server answers
_SAMPLED = 0.5  # seconds: how exactly a child is timed on a machine that is full
_MEMORY = 600 << 20  # bytes


@dataclass(frozen=True, slots=True)
class _Outcome:
    seconds: float
    succeeded: bool


def measure() -> Iterable[Line]:
    yield from asyncio.run(_measured())


async def _measured() -> list[Line]:
    async with serving() as port, ProcessSandbox() as sandbox:
        good, hostile = _urls(port)
        async with _fetch(port) as fetch:  # the server makes its documents, the children get ready
            await _all(fetch, sandbox, good)
            warm = [f"http://warm{n}.example:{port}{path}" for n, path in enumerate(_hard())]
            await asyncio.gather(*(_fetched(fetch, url) for url in warm))
        async with _fetch(port) as fetch:
            alone = await _all(fetch, sandbox, good)
        async with _fetch(port) as fetch, Watch() as watch:
            both = Random(1).sample([*good, *hostile], k=len(good) + len(hostile))
            outcomes = dict(zip(both, await _all(fetch, sandbox, both), strict=True))
    beside, done = ([outcomes[url] for url in urls] for urls in (good, hostile))
    return _lines(alone, beside, done, watch)


def _lines(
    alone: Sequence[_Outcome], beside: Sequence[_Outcome], hostile: Sequence[_Outcome], watch: Watch
) -> list[Line]:
    read = sum(outcome.succeeded for outcome in beside)
    ratio = _latency(beside) / _latency(alone)
    latency = f"{ratio:.2f} times ({_latency(alone):.2f} s, {_latency(beside):.2f} s)"
    slowest = max(outcome.seconds for outcome in hostile)
    lag = f"p99 {watch.lag_p99() * 1000:.0f} ms, max {max(watch.lags) * 1000:.0f} ms"
    return [
        Line(
            f"{_COUNT} good feeds beside {len(hostile)} hostile: read", f"{read}", f"{_COUNT}", read == _COUNT
        ),
        Line("their mean latency against without", latency, "<= 1.2 times", ratio <= 1.2),
        Line("the event loop's lateness", lag, "p99 <= 100 ms", watch.lag_p99() <= 0.1),
        Line(
            "the longest that a child was busy with one document",
            f"{watch.longest:.1f} s",
            "<= 10 s",
            watch.longest <= DEADLINE + _SAMPLED,
        ),
        Line("memory of all processes", f"{watch.peak >> 20} MB", "<= 600 MB", watch.peak <= _MEMORY),
        Line("the slowest hostile feed, waiting for its turn included", f"{slowest:.0f} s", "ends", True),
    ]


def _urls(port: int) -> tuple[list[str], list[str]]:
    good = [f"http://good{n}.example:{port}/feed/{n}?after={_FAR}" for n in range(_COUNT)]
    paths = _hard()
    return good, [f"http://bad{n}.example:{port}{paths[n % len(paths)]}" for n in range(_COUNT)]


def _hard() -> list[str]:
    return [*_FAULTS, *(f"/document/{name}" for name, hard in DOCUMENTS.items() if not hard.is_page)]


def _fetch(port: int) -> HttpFetch:
    return HttpFetch(contact="bench@example.org", allow=[f"127.0.0.1:{port}"], resolver=ToLoopback())


async def _all(fetch: HttpFetch, sandbox: ProcessSandbox, urls: Sequence[str]) -> list[_Outcome]:
    return await asyncio.gather(*(_one(fetch, sandbox, url) for url in urls))


async def _one(fetch: HttpFetch, sandbox: ProcessSandbox, url: str) -> _Outcome:
    began = asyncio.get_running_loop().time()
    document = await _fetched(fetch, url)
    succeeded = document is not None and await _is_read(sandbox, document)
    return _Outcome(asyncio.get_running_loop().time() - began, succeeded)


async def _fetched(fetch: HttpFetch, url: str) -> Document | None:
    try:
        return await fetch(url, limit=FEED_LIMIT)
    except DigestsError:
        return None


async def _is_read(sandbox: ProcessSandbox, document: Document) -> bool:
    try:
        await sandbox(read_feed, document)
    except DigestsError:
        return False
    return True


def _latency(outcomes: Sequence[_Outcome]) -> float:
    return statistics.fmean(outcome.seconds for outcome in outcomes)
