"""A body becomes a platform's answer to it, by HTTP/1.1 on connections that are kept.

For the one request that is made with every message: a fifth of what it costs through aiohttp, whose requests
can do much more. And it knows whether a request has left: one that surely has not may be tried again.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

READ_TIMEOUT = 30.0  # seconds; a message may take so long on a busy day
CONNECT_TIMEOUT = 10.0
KEEP_ALIVE = 15.0  # short: a connection that the other side has closed makes a request's fate unclear
_NEXT_ADDRESS = 0.25  # seconds until a host's next address is tried too, RFC 8305
_LONGEST = 1 << 20  # bytes of an answer; Telegram's and Slack's have some thousands


class NotPosted(Exception):
    """No connection was made: the request surely did not arrive."""


class NotAnswered(Exception):
    """The request left and no usable answer came: it may have taken effect."""


class TooSlow(NotAnswered):
    """None came in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a platform answered."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    keeps: bool = True  # the connection can be used again


class Posting:
    """The way to one server. It opens a connection where all others wait for an answer."""

    def __init__(self, base: str, *, read_timeout: float = READ_TIMEOUT) -> None:
        """`base` is a URL of http or https; paths are appended to its own."""
        parts = urlsplit(base)
        self._host = parts.hostname or ""
        self._ssl = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._ssl else 80)
        self._path = parts.path.rstrip("/")
        self._host_header = parts.netloc.rpartition("@")[2]
        self._read_timeout = read_timeout
        self._free: list[tuple[_Connection, float]] = []  # and since when

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Return the answer, whatever its status.

        Raises:
            NotPosted: no connection.
            NotAnswered: it may have arrived.
        """
        request = self._head(path, headers, length=len(body)) + body
        connection = self._kept() or await self._connected()
        answer = await connection.ask(request, within=self._read_timeout)
        if answer.keeps:
            self._free.append((connection, asyncio.get_running_loop().time()))
        else:
            connection.close()
        return answer

    def close(self) -> None:
        """Close the connections that wait for a request."""
        while self._free:
            self._free.pop()[0].close()

    def _head(self, path: str, headers: Mapping[str, str], *, length: int) -> bytes:
        lines = [f"POST {self._path}{path} HTTP/1.1", f"Host: {self._host_header}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += ["Accept-Encoding: identity", f"Content-Length: {length}", "", ""]
        return "\r\n".join(lines).encode("latin-1")

    def _kept(self) -> "_Connection | None":
        """Return the connection that was used last, if it is still good."""
        oldest = asyncio.get_running_loop().time() - KEEP_ALIVE
        while self._free:
            connection, since = self._free.pop()
            if since > oldest and connection.is_open:
                return connection
            connection.close()
        return None

    async def _connected(self) -> "_Connection":
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                _, connection = await asyncio.get_running_loop().create_connection(
                    _Connection,
                    self._host,
                    self._port,
                    ssl=self._ssl,
                    happy_eyeballs_delay=_NEXT_ADDRESS,
                )
        except OSError as error:  # of the network, of TLS, or that it took too long
            raise NotPosted(f"no connection ({type(error).__name__})") from error
        return connection


class Reading:
    """The bytes of a connection become the answers on it, one after the other."""

    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self._answer: Answer | None = None
        self._length = 0  # of what was read since the last answer
        self.on_message_begin()

    def read(self, data: bytes) -> Answer | None:
        """Return the answer, once all of it is there.

        Raises:
            ValueError: it is none that we understand, or too long.
        """
        self._length += len(data)
        if self._length > _LONGEST:
            raise ValueError("too long")
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            raise ValueError(f"not HTTP, {type(error).__name__}") from error
        return self._taken()

    def end(self) -> Answer | None:
        """Return the answer that ends with its connection, if what was read is one."""
        if self._has_head and not self._headers.keys() & {"content-length", "transfer-encoding"}:
            self.on_message_complete(keeps=False)
        return self._taken()

    def _taken(self) -> Answer | None:
        answer, self._answer = self._answer, None
        self._length = self._length if answer is None else 0
        return answer

    # What the parser calls.

    def on_message_begin(self) -> None:
        """A head begins."""
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._has_head = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """A line of the head has been read."""
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """The head has been read; that of an answer before the answer, such as 103, is passed over."""
        self._has_head = self._parser.get_status_code() >= 200

    def on_body(self, data: bytes) -> None:
        """A piece of the body has been read."""
        self._body.append(data)

    def on_message_complete(self, *, keeps: bool = True) -> None:
        """All has been read. Nobody asked for what follows an answer: the connection is not to be trusted."""
        if self._answer is not None:
            self._answer = replace(self._answer, keeps=False)
        elif self._has_head:
            keeps = keeps and self._parser.should_keep_alive()
            self._answer = Answer(self._parser.get_status_code(), b"".join(self._body), self._headers, keeps)


class _Connection(asyncio.Protocol):
    """A connection, and who waits for an answer on it."""

    def __init__(self) -> None:
        self.is_open = False
        self._reading = Reading()
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # of a stream
        self._transport, self.is_open = transport, True

    def data_received(self, data: bytes) -> None:
        if self._answer is None:  # nothing was asked
            return self.close()
        try:
            self._take(self._reading.read(data))
        except ValueError as error:
            self._fail(NotAnswered(f"no answer ({error})"))
        return None

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        self._take(self._reading.end())
        self._fail(NotAnswered(f"no answer ({type(error).__name__ if error else 'closed'})"))

    def close(self) -> None:
        self.is_open = False
        self._transport.close()

    async def ask(self, request: bytes, *, within: float) -> Answer:
        """Return the answer to a request; without a usable one the connection is closed.

        Raises:
            NotAnswered: it may have arrived.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._answer = answer
        timer = loop.call_later(within, self._fail, TooSlow(f"no answer in {within:g} s"))
        try:
            self._transport.write(request)
            return await answer
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()

    def _take(self, answer: Answer | None) -> None:
        if answer is not None and self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)
            self._answer = None

    def _fail(self, error: NotAnswered) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
