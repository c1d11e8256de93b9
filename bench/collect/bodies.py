"""Bodies and redirects made to hurt become refusals with a stable reason, and hardly any memory."""

import asyncio
import urllib.request
from collections.abc import Iterable

from bench.collect.resources import Watch
from bench.collect.servers import serving
from bench.collect.table import Line
from digests.errors import DigestsError
from digests.fetch import HttpFetch
from digests.sources import FEED_LIMIT

_FAULTS = {  # path: reason
    "/bomb/1024": "too_large",
    "/big": "too_large",
    "/endless-body": "too_large",
    "/slow-loris": "timeout",
    "/stall-head": "timeout",
    "/stall-body": "timeout",
    "/endless-head": "bad_response",
    "/reset": "truncated",
    "/short": "truncated",
    "/cut-chunk": "truncated",
    "/cut-gzip": "truncated",
    "/no-gzip": "truncated",
    "/gzip-twice": "encoding",
    "/brotli": "encoding",
    "/loop": "redirects",
    "/hops/6": "redirects",
    "/nowhere": "bad_redirect",
    "/far-away": "bad_response",
}
_LIMIT = 50 << 20  # bytes


def measure() -> Iterable[Line]:
    yield asyncio.run(_measured())


async def _measured() -> Line:
    async with serving() as port, _fetch(port) as fetch:
        await asyncio.to_thread(_packed, f"http://127.0.0.1:{port}/bomb/1024")
        async with Watch() as watch:
            reasons = {path: await _reason(fetch, f"http://127.0.0.1:{port}{path}") for path in _FAULTS}
    wrong = {path: reason for path, reason in reasons.items() if reason != _FAULTS[path]}
    value = f"{len(_FAULTS) - len(wrong)} of {len(_FAULTS)}, memory +{watch.growth >> 20} MB"
    met = not wrong and watch.growth <= _LIMIT
    return Line("bombs, 100 MB, slow-loris, broken, loops: refused", value, "all, <= 50 MB", met)


def _packed(url: str) -> None:
    """Wait until the server has packed its bomb, however busy the machine is."""
    with urllib.request.urlopen(url) as answer:
        answer.read(1)


def _fetch(port: int) -> HttpFetch:
    return HttpFetch(contact="bench@example.org", allow=[f"127.0.0.1:{port}"], host_gap=0)


async def _reason(fetch: HttpFetch, url: str) -> str:
    try:
        await fetch(url, limit=FEED_LIMIT)
    except DigestsError as error:
        return error.code
    return "accepted"
