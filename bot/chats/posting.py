"""A body becomes a platform's answer to it, by HTTP/1.1 on connections that are kept.

For the one request that is made with every message: a fifth of what it costs through aiohttp, whose requests
can do much more. And it knows whether a request has left: one that surely has not may be tried again.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

READ_TIMEOUT = 30.0  # seconds; a message may take so long on a busy day
_CONNECT_TIMEOUT = 10.0
_KEEP_ALIVE = 15.0  # short: a connection that the other side has closed makes a request's fate unclear
_NEXT_ADDRESS = 0.25  # seconds until a host's next address is tried too, RFC 8305
_LONGEST = 1 << 20  # bytes of an answer; Telegram's and Slack's have some thousands
_HEAD_ENDS = b"\r\n\r\n"


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
        oldest = asyncio.get_running_loop().time() - _KEEP_ALIVE
        while self._free:
            connection, since = self._free.pop()
            if since > oldest and connection.is_open:
                return connection
            connection.close()
        return None

    async def _connected(self) -> "_Connection":
        try:
            async with asyncio.timeout(_CONNECT_TIMEOUT):
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


def answer_in(read: bytes, *, at_end: bool = False) -> Answer | None:
    """Return the answer that `read` holds, or None if there must be more; `at_end`: no more comes.

    Raises:
        ValueError: it is none that we understand, or too long.
    """
    if len(read) > _LONGEST:
        raise ValueError("too long")
    ends = read.find(_HEAD_ENDS)
    if ends < 0:
        return None
    first, *lines = read[:ends].decode("latin-1").split("\r\n")
    version, _, said = first.partition(" ")
    if not version.startswith("HTTP/1."):
        raise ValueError("not HTTP/1")
    status = _number(said[:3])
    rest = read[ends + len(_HEAD_ENDS) :]
    if 100 <= status < 200:  # the answer itself is still to come
        return answer_in(rest, at_end=at_end)
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
    }
    body = _body(rest, headers, at_end=at_end)
    if body is None:
        return None
    keeps = not at_end and version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
    return Answer(status, body, headers, keeps)


def _body(rest: bytes, headers: Mapping[str, str], *, at_end: bool) -> bytes | None:
    """Return the body that follows a head, or None if there must be more."""
    if "transfer-encoding" in headers:
        return _unchunked(rest)
    if "content-length" not in headers:
        return rest if at_end else None
    length = _number(headers["content-length"])
    return rest[:length] if len(rest) >= length else None


def _unchunked(rest: bytes) -> bytes | None:
    """Return a body that came in pieces, RFC 9112 section 7.1, or None before its end."""
    body, at = b"", 0
    while (line_ends := rest.find(b"\r\n", at)) >= 0:
        size = _number(rest[at:line_ends].partition(b";")[0].decode("latin-1").strip(), base=16)
        at = line_ends + 2
        if size == 0:
            trailer_ends = rest.find(b"\r\n", at) == at or rest.find(_HEAD_ENDS, at) >= 0
            return body if trailer_ends else None
        body += rest[at : at + size]
        at += size + 2
    return None


def _number(text: str, *, base: int = 10) -> int:
    """Return a number of digits alone: `int` takes signs, spaces and underscores too.

    Raises:
        ValueError: it is none.
    """
    if not text.isascii() or not text.isalnum():
        raise ValueError("no number")
    return int(text, base)


class _Connection(asyncio.Protocol):
    """A connection, and who waits for an answer on it."""

    def __init__(self) -> None:
        self.is_open = False
        self._read = b""
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # of a stream
        self._transport, self.is_open = transport, True

    def data_received(self, data: bytes) -> None:
        self._read += data
        self._look(at_end=False)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        self._look(at_end=True)
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

    def _look(self, *, at_end: bool) -> None:
        """Look whether the answer is there."""
        if self._answer is None:  # nothing was asked
            return self.close()
        try:
            answer = answer_in(self._read, at_end=at_end)
        except ValueError as error:
            return self._fail(NotAnswered(f"no answer ({error})"))
        if answer is not None and not self._answer.done():
            self._answer.set_result(answer)
            self._answer, self._read = None, b""
        return None

    def _fail(self, error: NotAnswered) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
