"""A process that takes every message of either platform, at next to no cost, and tells when each came.

python -m bench.delivery.platform      prints its port, serves until SIGTERM, prints the times, in seconds
"""

import asyncio
import itertools
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

HOST = "127.0.0.1"
_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


@dataclass(slots=True)
class Platform:
    """What was seen of one; complete once it has ended."""

    address: str
    arrived: list[float] = field(default_factory=list)


@asynccontextmanager
async def serving() -> AsyncIterator[Platform]:
    """Give a platform in a process of its own: what it costs shall not slow down who starts it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdout=asyncio.subprocess.PIPE, limit=1 << 26
    )
    assert process.stdout is not None  # a pipe
    platform = Platform(f"http://{HOST}:{int(await process.stdout.readline())}")
    try:
        yield platform
        process.terminate()
        platform.arrived += json.loads(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


class _Connection(asyncio.Protocol):
    """Answers each request of a connection as Telegram and Slack would, both in one."""

    def __init__(self, arrived: list[float], ids: "itertools.count[int]") -> None:
        self._arrived = arrived
        self._ids = ids
        self._read = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # of a stream
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(_END)) >= 0:
            whole = end + len(_END) + _length(self._read[:end])
            if len(self._read) < whole:
                return
            self._read = self._read[whole:]
            self._arrived.append(asyncio.get_running_loop().time())
            self._transport.write(_answer(next(self._ids)))


def _length(head: bytes) -> int:
    """Return how long the body of a request is."""
    _, _, after = head.lower().partition(_LENGTH)
    return int(after.split(b"\r\n", 1)[0] or 0)


def _answer(number: int) -> bytes:
    chat = {"id": 1, "type": "private", "first_name": "Reader"}
    told = {"message_id": number, "date": 1_790_000_000, "chat": chat, "text": "x"}
    body = json.dumps({"ok": True, "result": told, "channel": "C1", "ts": f"{number}.0001"}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _serve() -> None:
    arrived: list[float] = []
    ids, stop, loop = itertools.count(1), asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    server = await loop.create_server(lambda: _Connection(arrived, ids), HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await stop.wait()
    print(json.dumps(arrived), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve())
