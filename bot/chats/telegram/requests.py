"""The library's requests go through aiohttp, and tell what surely was not sent from what may have been.

Its own client costs about seven times the CPU for each message, and raises one error, `TimedOut`,
for a connection that was never made and for an answer that never came: only the first may be tried again.
Messages themselves go a shorter way still: see `bot.chats.posting`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.chats.posting import (
    CONNECT_TIMEOUT,
    KEEP_ALIVE,
    READ_TIMEOUT,
    NotAnswered,
    NotPosted,
    Posting,
    TooSlow,
)
from bot.chats.proxy import proxy_for

_POOL_TIMEOUT = 1.0
_BUSY_FOR = 5  # seconds, where a 429 does not say
_JSON_HEADERS = {"Content-Type": "application/json"}


class NotReached(NetworkError):
    """No connection was made: the request surely did not arrive."""


class NoAnswer(NetworkError):
    """The request left and no usable answer came: it may have taken effect."""


@dataclass(frozen=True, slots=True)
class _Json:
    """What `RequestData` is to the library, of fields that are data already."""

    body: bytes
    contains_files: bool = False


class AiohttpRequest(BaseRequest):
    """See `telegram.request.BaseRequest`."""

    def __init__(self, *, connections: int = 128, read_timeout: float = READ_TIMEOUT) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._timeout = _timeout(CONNECT_TIMEOUT + _POOL_TIMEOUT, CONNECT_TIMEOUT, read_timeout)
        self._session: aiohttp.ClientSession | None = None
        self._posting: Posting | None = None

    @property
    def read_timeout(self) -> float:
        """See `BaseRequest`."""
        return self._read_timeout

    async def initialize(self) -> None:
        """See `BaseRequest`. The first request opens the session: a bot can send without listening."""

    async def shutdown(self) -> None:
        """See `BaseRequest`."""
        if self._posting is not None:
            self._posting.close()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, url: str, fields: Mapping[str, Any]) -> Any:
        """Post fields as JSON and return Telegram's `result`; the library tells its errors apart, as always.

        Half the cost of the way through the bot's own methods, which make an object of each answer.
        """
        body = json.dumps(fields).encode()
        return await self.post(url, cast(RequestData, _Json(body)))  # only `do_request` looks into it

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,  # a number, None, or the library's private mark for "as usual"
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """See `BaseRequest`. Errors never hold the URL, which holds the token.

        Raises:
            NotReached: no connection.
            TimedOut, NoAnswer: it may have arrived.
            RetryAfter: 429 without Telegram's own word for how long.
        """
        if isinstance(request_data, _Json) and (posting := self._short_way(url)) is not None:
            return await _posted(posting, url, request_data.body)
        timeout = self._patience(read_timeout, connect_timeout, pool_timeout)
        form = _form(request_data)
        try:
            async with self._opened(url).request(method, url, timeout=timeout, **form) as response:
                body = await response.read()
                return _checked(response.status, body, wait=response.headers.get("Retry-After", ""))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotReached(f"no connection ({type(error).__name__})") from error
        except TimeoutError as error:
            raise TimedOut(f"no answer in {timeout.sock_read:g} s") from error
        except aiohttp.ClientError as error:
            raise NoAnswer(f"no answer ({type(error).__name__})") from error

    def _short_way(self, url: str) -> Posting | None:
        """Return the way of messages to the one server, or None where a proxy is between."""
        if self._posting is None and proxy_for(url) is None:
            parts = urlsplit(url)
            self._posting = Posting(f"{parts.scheme}://{parts.netloc}", read_timeout=self._read_timeout)
        return self._posting

    def _patience(self, read: Any, connect: Any, pool: Any) -> aiohttp.ClientTimeout:
        """Return the time-outs of a request; those that it does not bring are as usual."""
        if not any(isinstance(one, int | float) for one in (read, connect, pool)):
            return self._timeout
        until_connected = _seconds(connect, CONNECT_TIMEOUT)
        waiting = until_connected + _seconds(pool, _POOL_TIMEOUT)
        return _timeout(waiting, until_connected, _seconds(read, self._read_timeout))

    def _opened(self, url: str) -> aiohttp.ClientSession:
        """Return the session for the one server that all requests go to."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), proxy=proxy_for(url)
            )
        return self._session


def _timeout(waiting: float, connect: float, read: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, connect=waiting, sock_connect=connect, sock_read=read)


def _seconds(given: Any, otherwise: float) -> float:
    return float(given) if isinstance(given, (int, float)) else otherwise


def _form(request_data: RequestData | _Json | None) -> dict[str, Any]:
    """Return aiohttp's arguments."""
    if isinstance(request_data, _Json):
        return {"data": request_data.body, "headers": _JSON_HEADERS}
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": request_data.json_parameters}
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, media_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return {"data": form}


async def _posted(posting: Posting, url: str, body: bytes) -> tuple[int, bytes]:
    """Post JSON. See `do_request` for what is raised."""
    try:
        answer = await posting.post(urlsplit(url).path, body, _JSON_HEADERS)
    except NotPosted as error:
        raise NotReached(str(error)) from error
    except TooSlow as error:
        raise TimedOut(str(error)) from error
    except NotAnswered as error:
        raise NoAnswer(str(error)) from error
    return _checked(answer.status, answer.body, wait=answer.headers.get("retry-after", ""))


def _checked(status: int, body: bytes, *, wait: str) -> tuple[int, bytes]:
    if status >= 500:
        raise NoAnswer(f"answered {status}")
    if status == 429 and b"retry_after" not in body:
        raise RetryAfter(_whole_number(wait) or _BUSY_FOR)
    return status, body


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
