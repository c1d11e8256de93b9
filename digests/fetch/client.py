"""A URL that a stranger may have chosen becomes a document, or an error that says what to do next."""

import asyncio
import re
import ssl
from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDictProxy
from yarl import URL

from digests.errors import Busy, DigestsError, FetchFailed, Gone, NotAllowed, Refused
from digests.fetch.body import read_body
from digests.fetch.guard import AddressGuard, AddressRefused
from digests.fetch.politeness import Hosts, rest_asked
from digests.fetch.resolver import ThreadedLookup
from digests.fetch.slots import Slots
from digests.model import Document

DEADLINE = (
    25.0  # seconds for all of a fetch but the waiting for our turn: a byte a second must not hold a slot
)
_CONNECT = 8.0
_SILENCE = 10.0
_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_MOVED_FOR_GOOD = frozenset({301, 308})
_LONGEST_URL = 4096
_SLOW_LANES = 4  # times `concurrency`
_NO_HOST = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}%]")
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")
_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"
)


class HttpFetch:
    """See `Fetch`. An async context manager; one instance a process, so that hosts are asked politely."""

    def __init__(
        self,
        *,
        contact: str,
        allow: Sequence[str] = (),
        host_gap: float = 1.0,
        concurrency: int = 64,
        deadline: float = DEADLINE,
        resolver: AbstractResolver | None = None,
    ) -> None:
        """Take a `contact` for those whose pages we read, and the private addresses that may be read.

        `host_gap` is in seconds, between two requests to one host (name and port).
        """
        self._headers = {
            "User-Agent": f"Pullquote/1 (+{contact})",
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
        }
        self._guard = AddressGuard(allow)
        self._hosts = Hosts(gap=host_gap)
        self._slots = Slots(concurrency, slow=_SLOW_LANES * concurrency)
        self._deadline = deadline
        self._resolver = resolver or ThreadedLookup()

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            socket_factory=self._guard.socket_for,
            limit=0,  # ours are the slots, and one at a time a host
            ttl_dns_cache=60,
            keepalive_timeout=3,  # thousands of hosts, each asked once
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(connect=_CONNECT, sock_connect=_CONNECT, sock_read=_SILENCE),
            auto_decompress=False,  # decoded here, so that it is counted
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._resolver.close()

    async def __call__(
        self, url: str, *, limit: int, etag: str | None = None, last_modified: str | None = None
    ) -> Document | None:
        """See `Fetch`."""
        asked = _Asked(limit=limit, conditions=_conditions(etag, last_modified), seconds=self._deadline)
        target, moved_for_good = _checked(url), True
        for hop in range(_REDIRECTS + 1):
            answer = await self._hop(target, asked)
            if not isinstance(answer, _Moved):
                return _told_where(answer, moved=moved_for_good and hop > 0)
            target, moved_for_good = answer.to, moved_for_good and answer.for_good
        raise FetchFailed(f"more than {_REDIRECTS} redirects", code="redirects")

    async def _hop(self, target: URL, asked: "_Asked") -> "Document | _Moved | None":
        host = f"{target.host}:{target.port}"
        async with self._hosts.turn(host), self._slots.one():
            started = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(asked.seconds):
                    return await self._request(target, asked)
            except Busy as error:
                self._hosts.rest(host, error.retry_after)
                raise
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise _translated(error) from error
            finally:
                asked.seconds -= asyncio.get_running_loop().time() - started

    async def _request(self, target: URL, asked: "_Asked") -> "Document | _Moved | None":
        async with self._session.get(target, headers=asked.conditions, allow_redirects=False) as response:
            if response.status in _MOVED:
                return _moved(target, response)
            if response.status == 304 and asked.conditions:
                return None
            _raise_for(response)
            if (response.content_length or 0) > asked.limit:
                raise FetchFailed(f"the body has more than {asked.limit} bytes", code="too_large")
            body = await read_body(
                response.content.iter_any(),
                encoding=response.headers.get("Content-Encoding", ""),
                limit=asked.limit,
            )
            return _document(target, response, body)


class _Asked:
    """One call, over all its hops."""

    def __init__(self, *, limit: int, conditions: dict[str, str], seconds: float) -> None:
        self.limit = limit
        self.conditions = conditions
        self.seconds = seconds  # left


class _Moved:
    def __init__(self, to: URL, *, for_good: bool) -> None:
        self.to = to
        self.for_good = for_good


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    told = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in told.items() if value}


def _checked(url: str) -> URL:
    """Return `url` parsed; raise NotAllowed unless it is one of the web's."""
    if len(url) > _LONGEST_URL:
        raise NotAllowed("the address is too long", code="bad_url")
    try:
        parsed = URL(url.strip())
        scheme, host, port = parsed.scheme, parsed.host, parsed.port
    except ValueError as error:
        raise NotAllowed("the address cannot be read", code="bad_url") from error
    if scheme not in ("http", "https"):
        raise NotAllowed("only http and https addresses are read", code="bad_scheme")
    if not host or not port or _NO_HOST.search(host):
        raise NotAllowed("the address names no host", code="bad_url")
    return parsed.with_fragment(None)


def _moved(target: URL, response: aiohttp.ClientResponse) -> _Moved:
    location = response.headers.get("Location", "")
    if not location or len(location) > _LONGEST_URL:
        raise FetchFailed("a redirect to nowhere", code="bad_redirect")
    try:
        to = target.join(URL(location))
    except ValueError as error:
        raise FetchFailed("a redirect to nowhere", code="bad_redirect") from error
    return _Moved(_checked(str(to)), for_good=response.status in _MOVED_FOR_GOOD)


def _raise_for(response: aiohttp.ClientResponse) -> None:
    """Raise what an answer without a document means."""
    status, headers = response.status, response.headers
    if status == 200:
        return
    if headers.get("cf-mitigated", "").lower() == "challenge":
        raise Refused("the site asks for a browser", code="challenge")
    if status == 410:
        raise Gone("the server says that it is gone for good")
    if status == 429 or (status == 503 and "Retry-After" in headers):
        wait = rest_asked(headers.get("Retry-After"), headers.get("Date"))
        raise Busy(f"the server is busy ({status})", retry_after=wait)
    if status in (401, 402, 403, 451):
        raise Refused(f"the server refuses us ({status})")
    raise FetchFailed(f"the server answered {status}", code=f"http_{status}")


def _document(target: URL, response: aiohttp.ClientResponse, body: bytes) -> Document:
    headers = response.headers
    return Document(
        url=str(target),
        body=body,
        media_type=response.content_type.lower() if "Content-Type" in headers else "",
        charset=_charset(response),
        etag=headers.get("ETag"),
        last_modified=headers.get("Last-Modified"),
        max_age=_max_age(headers),
    )


def _charset(response: aiohttp.ClientResponse) -> str | None:
    try:
        return response.charset
    except ValueError:
        return None


def _max_age(headers: CIMultiDictProxy[str]) -> int | None:
    found = _MAX_AGE.search(headers.get("Cache-Control", "").lower())
    return int(found.group(1)) if found else None


def _told_where(document: Document | None, *, moved: bool) -> Document | None:
    if document is None or not moved:
        return document
    return replace(document, moved_to=document.url)


def _translated(error: Exception) -> DigestsError:
    """Return our word for aiohttp's."""
    reason = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    match reason:
        case AddressRefused():
            return NotAllowed("the address is not on the public internet", code="private_address")
        case TimeoutError():
            return FetchFailed("no answer in time", code="timeout")
        case aiohttp.ClientConnectorCertificateError() | ssl.SSLError() | aiohttp.ClientSSLError():
            return FetchFailed("no safe connection", code="tls")
        case aiohttp.InvalidURL():
            return NotAllowed("the address cannot be read", code="bad_url")
        case aiohttp.ClientPayloadError():
            return FetchFailed("the answer broke off", code="truncated")
        case aiohttp.ClientResponseError():
            return FetchFailed("the answer is no HTTP", code="bad_response")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchFailed("the name has no address", code="dns")
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchFailed("no connection", code="connect")
    return FetchFailed("the connection broke", code="reset")
