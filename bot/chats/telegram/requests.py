"""The library's requests go through aiohttp, and tell what surely was not sent from what may have been.

Its own client costs about seven times the CPU for each message, and raises one error, `TimedOut`,
for a connection that was never made and for an answer that never came: only the first may be tried again.
"""

from typing import Any

import aiohttp
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.chats.proxy import proxy_for

READ_TIMEOUT = 30.0  # seconds; a message may take so long on a busy day
_CONNECT_TIMEOUT = 10.0
_KEEP_ALIVE = 15.0  # short: a connection that the other side has closed makes a request's fate unclear
_BUSY_FOR = 5  # seconds, where a 429 does not say


class NotReached(NetworkError):
    """No connection was made: the request surely did not arrive."""


class NoAnswer(NetworkError):
    """The request left and no usable answer came: it may have taken effect."""


class AiohttpRequest(BaseRequest):
    """See `telegram.request.BaseRequest`."""

    def __init__(self, *, connections: int = 64, read_timeout: float = READ_TIMEOUT) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """See `BaseRequest`."""
        return self._read_timeout

    async def initialize(self) -> None:
        """See `BaseRequest`. The first request opens the session: a bot can send without listening."""

    async def shutdown(self) -> None:
        """See `BaseRequest`."""
        if self._session is not None:
            await self._session.close()
            self._session = None

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
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_seconds(connect_timeout, _CONNECT_TIMEOUT) + _seconds(pool_timeout, 1.0),
            sock_connect=_seconds(connect_timeout, _CONNECT_TIMEOUT),
            sock_read=_seconds(read_timeout, self._read_timeout),
        )
        try:
            async with self._opened().request(
                method, url, data=_form(request_data), timeout=timeout, proxy=proxy_for(url)
            ) as response:
                return _checked(response, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotReached(f"no connection ({type(error).__name__})") from error
        except TimeoutError as error:
            raise TimedOut(f"no answer in {timeout.sock_read:g} s") from error
        except aiohttp.ClientError as error:
            raise NoAnswer(f"no answer ({type(error).__name__})") from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_KEEP_ALIVE)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def _seconds(given: Any, otherwise: float) -> float:
    return float(given) if isinstance(given, (int, float)) else otherwise


def _form(request_data: RequestData | None) -> Any:  # what aiohttp takes as data
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, media_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form


def _checked(response: aiohttp.ClientResponse, body: bytes) -> tuple[int, bytes]:
    if response.status >= 500:
        raise NoAnswer(f"answered {response.status}")
    if response.status == 429 and b"retry_after" not in body:
        raise RetryAfter(_whole_number(response.headers.get("Retry-After", "")) or _BUSY_FOR)
    return response.status, body


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
