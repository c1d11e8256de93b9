"""Every spelling of a private address becomes, by every way in, no request at all."""

import asyncio
import socket
from collections.abc import Iterable, Sequence

from aiohttp.abc import AbstractResolver, ResolveResult

from bench.collect.servers import resolved
from bench.collect.table import Line
from bench.fault_server import FaultServer
from digests.errors import DigestsError
from digests.fetch import HttpFetch
from digests.model import Document
from digests.sources import FEED_LIMIT
from digests.sources.opml import OPML_LIMIT, read_opml

_SPELLINGS = """
 127.0.0.1 127.1 127.0.1 127.000.000.001 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1
017700000001 127.0.0.1. localhost LOCALHOST localhost. ip6-localhost 0.0.0.0 0 0x0 00.0
127.127.127.127 [::1] [0:0:0:0:0:0:0:1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1]
[0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1]
[2002:7f00:1::] [2002:7f00:0001::1] [::1%25lo] user:pass@127.0.0.1 127.0.0.1%23@example.org
example.org@127.0.0.1 ①②⑦.⓪.⓪.① 127。0。0。1 ｌocalhost %6cocalhost
""".split()
_TRIES = 100


class Rebinding(AbstractResolver):
    """Answers with a public address and a private one in turn, as a hostile name server would."""

    def __init__(self) -> None:
        self._times = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self._times += 1
        address = "127.0.0.1" if self._times % 2 else "192.0.2.1"
        return [resolved(host, address, port), resolved(host, "127.0.0.1", port)]

    async def close(self) -> None:
        """Nothing is held."""


def measure() -> Iterable[Line]:
    yield from asyncio.run(_measured())


async def _measured() -> list[Line]:
    async with FaultServer(host="127.0.0.1") as canary, FaultServer(host="127.0.0.2") as outside:
        tries = await _spelled(canary, outside, allow=[f"127.0.0.2:{outside.port}"])
        spelled = canary.asked.total()
        await _rebound(canary)
        rebound = canary.asked.total() - spelled
        await _spelled(canary, outside, allow=["0.0.0.0/0", "::/0"])
        unguarded = canary.asked.total() - spelled - rebound
    value = f"{spelled} requests ({unguarded} without the guard)"
    return [
        Line(f"{len(_SPELLINGS)} private addresses, {tries} tries", value, "0", spelled == 0),
        Line(f"DNS rebinding, {_TRIES} tries", f"{rebound} requests", "0", rebound == 0),
    ]


async def _spelled(canary: FaultServer, outside: FaultServer, *, allow: Sequence[str]) -> int:
    """Try each spelling as a feed, behind a redirect, as a page and in OPML; return how many tries."""
    tries = 0
    async with HttpFetch(contact="bench@example.org", allow=allow, host_gap=0, deadline=3) as fetch:
        for spelling in _SPELLINGS:
            target = f"http://{spelling}:{canary.port}/feed/1"
            listed = f'<opml><body><outline xmlUrl="{target}"/></body></opml>'
            imported = [outline.url for outline in read_opml(Document("", listed.encode()))]
            for url in (target, outside.url(f"/redirect?to={target}"), f"{target}#page", *imported):
                tries += 1
                await _refused(fetch, url, limit=OPML_LIMIT)
    return tries


async def _rebound(canary: FaultServer) -> None:
    async with HttpFetch(contact="bench@example.org", host_gap=0, deadline=3, resolver=Rebinding()) as fetch:
        for number in range(_TRIES):
            url = f"http://rebind{number}.example:{canary.port}/feed/1"
            await _refused(fetch, url, limit=FEED_LIMIT)


async def _refused(fetch: HttpFetch, url: str, *, limit: int) -> None:
    try:
        await fetch(url, limit=limit)
    except DigestsError:
        pass
