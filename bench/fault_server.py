"""A request becomes a fault: one path for each way in which feeds and pages go wrong on the web.

Speaks HTTP by hand, because most faults are what no HTTP library lets one send. For tests (in their own loop)
and benchmarks (`python -m bench.fault_server`, which prints its port).
"""

import asyncio
import gzip
import sys
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from bench.fault_documents import DOCUMENTS, feed_document, page_document

_PAUSE = 1.0  # seconds between two bytes of the slowest


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in lower case

    @property
    def number(self) -> int:
        """The last part of the path: /feed/12 is 12."""
        return int(self.path.rpartition("/")[2] or 0)


Answer = Callable[["Wire", Request], Awaitable[None]]


class Wire:
    """What a fault may do to a connection."""

    def __init__(self, writer: asyncio.StreamWriter, server: "FaultServer") -> None:
        self._writer = writer
        self.server = server

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        await self.head(status, {"Content-Length": str(len(body)), **(headers or {})})
        await self.send(body)

    async def head(self, status: int, headers: Mapping[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} Fault", "Connection: close", *(f"{k}: {v}" for k, v in headers.items())]
        await self.send("\r\n".join([*lines, "", ""]).encode())

    def reset(self) -> None:
        self._writer.transport.abort()


@dataclass
class FaultServer:
    """Serves every fault on one loopback port. `asked` counts requests by path, `hosts` by Host header."""

    host: str = "127.0.0.1"
    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)
    edition: int = 0  # of the feeds that do not ask for one by `?v=`
    share: int = 100  # of 100 feeds have that edition, the others the one before

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._serve, self.host, self.port, limit=1 << 20, backlog=4096
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in list(_OPEN):
            task.cancel()

    def url(self, path: str, *, host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        _OPEN.add(task)
        try:
            request = _request(await reader.readuntil(b"\r\n\r\n"))
            self.asked[request.path] += 1
            self.hosts[request.headers.get("host", "")] += 1
            await _answer_for(request.path)(Wire(writer, self), request)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the other side had enough
        finally:
            _OPEN.discard(task)
            with suppress(OSError):
                writer.close()


_OPEN: set[asyncio.Task[None]] = set()
_ANSWERS: dict[str, Answer] = {}


def _answers(prefix: str) -> Callable[[Answer], Answer]:
    def register(answer: Answer) -> Answer:
        _ANSWERS[prefix] = answer
        return answer

    return register


def _answer_for(path: str) -> Answer:
    whole = _ANSWERS.get(path)
    return whole or _ANSWERS.get(f"/{path.split('/')[1]}/", _missing)


def _request(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    target = urlsplit(first.split(" ")[1])
    pairs = (line.partition(":") for line in lines if ":" in line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Request(target.path, dict(parse_qsl(target.query)), headers)


async def _missing(wire: Wire, request: Request) -> None:
    await wire.answer(404)


# Answers that are well. -----------------------------------------------------------------------------


@_answers("/feed/")
async def _feed(wire: Wire, request: Request) -> None:
    """Serve feed N in its edition `?v=`, with an ETag that says so; `?after=` seconds, as far servers do."""
    await asyncio.sleep(float(request.query.get("after", "0")))
    server, number = wire.server, request.number
    latest = server.edition if number % 100 < server.share else max(0, server.edition - 1)
    edition = int(request.query.get("v", latest))
    etag = f'"{number}-{edition}"'
    if request.headers.get("if-none-match") == etag:
        await wire.answer(304, headers={"ETag": etag})
        return
    body = _feed_of(number, edition=edition, host=request.headers.get("host", ""))
    await wire.answer(200, body, {"Content-Type": "application/rss+xml; charset=utf-8", "ETag": etag})


@_answers("/edition/")
async def _edition(wire: Wire, request: Request) -> None:
    """Bring out edition N of `?share=` of 100 feeds."""
    wire.server.edition = request.number
    wire.server.share = int(request.query.get("share", "100"))
    await wire.answer(200, b"done")


@lru_cache(maxsize=30_000)
def _feed_of(number: int, *, edition: int, host: str) -> bytes:
    return feed_document(number, edition=edition, host=host)


@_answers("/page/")
async def _page(wire: Wire, request: Request) -> None:
    await wire.answer(200, page_document(request.number), {"Content-Type": "text/html; charset=utf-8"})


@_answers("/document/")
async def _document(wire: Wire, request: Request) -> None:
    """Serve one of the documents that parsers find hard."""
    name = request.path.rpartition("/")[2]
    body = await asyncio.to_thread(_body_of, name)
    await wire.answer(200, body, {"Content-Type": DOCUMENTS[name].content_type})


@lru_cache(maxsize=len(DOCUMENTS))
def _body_of(name: str) -> bytes:
    return DOCUMENTS[name].body()


@_answers("/robots.txt")
async def _robots(wire: Wire, request: Request) -> None:
    await wire.answer(200, b"User-agent: *\nDisallow: /forbidden/\n", {"Content-Type": "text/plain"})


# Slow, broken off, too long. ------------------------------------------------------------------------


@_answers("/slow-loris")
async def _slow_loris(wire: Wire, request: Request) -> None:
    await wire.head(200, {"Content-Type": "application/rss+xml", "Content-Length": "100000"})
    while True:
        await wire.send(b" ")
        await asyncio.sleep(_PAUSE)


@_answers("/stall-head")
async def _stall_head(wire: Wire, request: Request) -> None:
    await wire.send(b"HTTP/1.1 200 OK\r\nContent-")
    await asyncio.sleep(3600)


@_answers("/stall-body")
async def _stall_body(wire: Wire, request: Request) -> None:
    await wire.head(200, {"Content-Length": "1000"})
    await asyncio.sleep(3600)


@_answers("/endless-head")
async def _endless_head(wire: Wire, request: Request) -> None:
    await wire.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await wire.send(b"".join(b"X-Filler: %s\r\n" % (b"x" * 1000) for _ in range(100)))


@_answers("/endless-body")
async def _endless_body(wire: Wire, request: Request) -> None:
    await wire.head(200, {"Content-Type": "application/rss+xml"})
    while True:
        await wire.send(b"<item><title>more</title></item>" * 2000)


@_answers("/big")
async def _big(wire: Wire, request: Request) -> None:
    """Send 100 MB."""
    await wire.head(200, {"Content-Type": "application/rss+xml", "Content-Length": str(100 << 20)})
    for _ in range(1600):
        await wire.send(b"x" * 65_536)


@_answers("/reset")
async def _reset(wire: Wire, request: Request) -> None:
    await wire.head(200, {"Content-Length": "1000"})
    await wire.send(b"<rss>")
    wire.reset()


@_answers("/silent")
async def _silent(wire: Wire, request: Request) -> None:
    wire.reset()


@_answers("/not-http")
async def _not_http(wire: Wire, request: Request) -> None:
    await wire.send(b"220 mail.example.org ESMTP\r\n\r\n")


@_answers("/short")
async def _short(wire: Wire, request: Request) -> None:
    await wire.head(200, {"Content-Length": "100000"})
    await wire.send(feed_document(0)[:500])


@_answers("/cut-chunk")
async def _cut_chunk(wire: Wire, request: Request) -> None:
    await wire.head(200, {"Transfer-Encoding": "chunked"})
    await wire.send(b"400\r\n<rss>")


@_answers("/cut-gzip")
async def _cut_gzip(wire: Wire, request: Request) -> None:
    await wire.answer(200, gzip.compress(feed_document(0))[:-200], {"Content-Encoding": "gzip"})


@_answers("/no-gzip")
async def _no_gzip(wire: Wire, request: Request) -> None:
    await wire.answer(200, feed_document(0), {"Content-Encoding": "gzip"})


@_answers("/gzip")
async def _gzip(wire: Wire, request: Request) -> None:
    await wire.answer(200, gzip.compress(feed_document(0)), {"Content-Encoding": "gzip"})


@_answers("/gzip-twice")
async def _gzip_twice(wire: Wire, request: Request) -> None:
    await wire.answer(200, gzip.compress(gzip.compress(feed_document(0))), {"Content-Encoding": "gzip, gzip"})


@_answers("/brotli")
async def _brotli(wire: Wire, request: Request) -> None:
    await wire.answer(200, b"\x8b\x00\x80", {"Content-Encoding": "br"})


@_answers("/bomb/")
async def _bomb(wire: Wire, request: Request) -> None:
    """Send N MB as gzip of about N KB."""
    body = await asyncio.to_thread(_bomb_of, request.number)
    await wire.answer(200, body, {"Content-Encoding": "gzip", "Content-Type": "application/rss+xml"})


@lru_cache(maxsize=4)
def _bomb_of(megabytes: int) -> bytes:
    pack, block = zlib.compressobj(9, wbits=31), bytes(1 << 20)
    return b"".join([*(pack.compress(block) for _ in range(megabytes)), pack.flush()])


# Redirects. -----------------------------------------------------------------------------------------


@_answers("/loop")
async def _loop(wire: Wire, request: Request) -> None:
    await wire.answer(302, headers={"Location": "/loop"})


@_answers("/hops/")
async def _hops(wire: Wire, request: Request) -> None:
    """Lead over N redirects to a feed; `?for-good=1`: by permanent ones."""
    status = 301 if request.query.get("for-good") else 302
    suffix = "?for-good=1" if status == 301 else ""
    target = f"/hops/{request.number - 1}{suffix}" if request.number > 1 else "/feed/1"
    await wire.answer(status, headers={"Location": target})


@_answers("/redirect")
async def _redirect(wire: Wire, request: Request) -> None:
    """Lead to `?to=`."""
    await wire.answer(302, headers={"Location": request.query.get("to", "")})


@_answers("/nowhere")
async def _nowhere(wire: Wire, request: Request) -> None:
    await wire.answer(301)


@_answers("/far-away")
async def _far_away(wire: Wire, request: Request) -> None:
    await wire.answer(301, headers={"Location": "/" + "x" * 1_000_000})


# Statuses. ------------------------------------------------------------------------------------------


@_answers("/status/")
async def _status(wire: Wire, request: Request) -> None:
    """Answer with status N; `?retry-after=`: with that header."""
    asked = request.query.get("retry-after")
    headers = {"Date": "Mon, 01 Jun 2026 08:00:00 GMT"} | ({"Retry-After": asked} if asked else {})
    await wire.answer(request.number, b"" if request.number == 304 else b"sorry", headers)


@_answers("/challenge")
async def _challenge(wire: Wire, request: Request) -> None:
    await wire.answer(403, b"<title>Just a moment...</title>", {"cf-mitigated": "challenge"})


@_answers("/cookie")
async def _cookie(wire: Wire, request: Request) -> None:
    """Set a cookie, and tell which came back."""
    body = request.headers.get("cookie", "none").encode()
    await wire.answer(200, body, {"Set-Cookie": "id=1; Path=/", "Content-Type": "text/plain"})


async def _main() -> None:
    async with FaultServer(port=int(sys.argv[1]) if len(sys.argv) > 1 else 0) as server:
        print(server.port, flush=True)
        await asyncio.to_thread(sys.stdin.read)  # until our caller goes


if __name__ == "__main__":
    asyncio.run(_main())
