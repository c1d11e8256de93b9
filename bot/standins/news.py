"""An edition of news becomes web servers on loopback, one port an outlet."""

import asyncio
import hashlib
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Protocol, Self

from aiohttp import web

HOST = "127.0.0.1"
SLOW_SECONDS = 4.0  # from the first to the last byte of a feed that dribbles
_DROPS = 40  # pieces of it


class Sheet(Protocol):
    """What is sent for one path."""

    @property
    def media_type(self) -> str: ...  # with its charset
    @property
    def body(self) -> bytes: ...
    @property
    def status(self) -> int: ...
    @property
    def etag(self) -> bool: ...  # answered with an ETag, and 304 when asked for again
    @property
    def dribble(self) -> bool: ...  # sent in small pieces, slowly


class Outlet(Protocol):
    """One server."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


class Press(Protocol):
    """What `bot.edition.Edition` is to this server."""

    @property
    def outlets(self) -> Sequence[Outlet]: ...

    def printed(self, outlet: str, *, base: str, now: datetime) -> Mapping[str, Sheet]:
        """Return the sheets of the outlet of that key by path, its feed's path the first."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came in."""

    outlet: str  # the outlet's key
    path: str  # with its query
    at: float  # time.monotonic()
    headers: Mapping[str, str]
    status: int  # of the answer


class NewsStandIn:
    """All outlets of an edition, each a host of its own; use it with `async with`."""

    def __init__(self, edition: Press, *, now: datetime, slow_seconds: float = SLOW_SECONDS) -> None:
        self._edition, self._now, self._slow = edition, now, slow_seconds
        self._ports: dict[str, int] = {}
        self._sheets: dict[str, Mapping[str, Sheet]] = {}
        self._open = AsyncExitStack()
        self.requests: list[Asked] = []  # in the order in which they came

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opening:
            for outlet in self._edition.outlets:
                await self._serve(outlet.key, opening)
            self._open = opening.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    @property
    def feeds(self) -> tuple[tuple[str, str], ...]:
        """The name and the feed's URL of every outlet, faulty ones included, in the edition's order."""
        return tuple((outlet.name, self.feed_of(outlet.key)) for outlet in self._edition.outlets)

    @property
    def addresses(self) -> tuple[str, ...]:
        """`ip:port` of every outlet, as FETCH_ALLOW takes them."""
        return tuple(f"{HOST}:{port}" for port in self._ports.values())

    def port_of(self, outlet: str) -> int:
        """Return the port of the outlet of that key."""
        return self._ports[outlet]

    def front_of(self, outlet: str) -> str:
        """Return the URL of its front page, which links to its feed."""
        return f"{self._base(outlet)}/"

    def feed_of(self, outlet: str) -> str:
        """Return the URL of its feed."""
        return self._base(outlet) + next(iter(self._sheets[outlet]))

    def reprint(self, *, now: datetime) -> None:
        """Serve the edition as of `now` from here on: every feed changes, and its ETag with it."""
        self._now = now
        self._sheets = {key: self._printed(key) for key in self._ports}

    async def _serve(self, key: str, opening: AsyncExitStack) -> None:
        door = socket.create_server((HOST, 0))
        opening.callback(door.close)
        self._ports[key] = door.getsockname()[1]
        self._sheets[key] = self._printed(key)
        runner = web.ServerRunner(web.Server(partial(self._answer, key)), access_log=None)
        await runner.setup()
        opening.push_async_callback(runner.cleanup)
        await web.SockSite(runner, door).start()

    def _printed(self, key: str) -> Mapping[str, Sheet]:
        return self._edition.printed(key, base=self._base(key), now=self._now)

    def _base(self, key: str) -> str:
        return f"http://{HOST}:{self._ports[key]}"

    async def _answer(self, key: str, request: web.BaseRequest) -> web.StreamResponse:
        sheet = self._sheets[key].get(request.path)
        answer = _answer_to(request, sheet)
        self.requests.append(
            Asked(
                outlet=key,
                path=request.path_qs,
                at=time.monotonic(),
                headers=dict(request.headers),
                status=answer.status,
            )
        )
        if sheet is not None and sheet.dribble and answer.status == 200 and request.method == "GET":
            return await _dribbled(request, sheet, seconds=self._slow)
        return answer


def _answer_to(request: web.BaseRequest, sheet: Sheet | None) -> web.Response:
    if request.method not in {"GET", "HEAD"}:
        return web.Response(status=405, headers={"Allow": "GET, HEAD"})
    if sheet is None:
        return _response(b"<h1>Page not found</h1>", "text/html; charset=utf-8", status=404)
    if not sheet.etag:
        return _response(sheet.body, sheet.media_type, status=sheet.status)
    tag = hashlib.sha256(sheet.body).hexdigest()[:16]
    if request.if_none_match and any(known.value in {tag, "*"} for known in request.if_none_match):
        return web.Response(status=304, headers={"ETag": f'"{tag}"'})
    answer = _response(sheet.body, sheet.media_type, status=sheet.status)
    answer.etag = tag
    return answer


def _response(body: bytes, media_type: str, *, status: int) -> web.Response:
    answer = web.Response(body=body, status=status, headers={"Content-Type": media_type})
    answer.enable_compression()  # only where the client takes it
    return answer


async def _dribbled(request: web.BaseRequest, sheet: Sheet, *, seconds: float) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": sheet.media_type})
    await answer.prepare(request)
    size = len(sheet.body) // _DROPS + 1
    for start in range(0, len(sheet.body), size):
        await answer.write(sheet.body[start : start + size])
        await asyncio.sleep(seconds / _DROPS)
    await answer.write_eof()
    return answer
