"""A fault server in a process of its own, so that what it takes is not counted as ours; and names for it."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp.abc import AbstractResolver, ResolveResult


@asynccontextmanager
async def serving() -> AsyncIterator[int]:
    """Give the port of a fault server that lives as long as the block."""
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.fault_server", stdin=pipe, stdout=pipe
    )
    assert server.stdout is not None
    assert server.stdin is not None
    try:
        yield int(await server.stdout.readline())
    finally:
        server.stdin.close()
        await server.wait()


class ToLoopback(AbstractResolver):
    """Answers every name with the fault server's address."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [resolved(host, "127.0.0.1", port)]

    async def close(self) -> None:
        """Nothing is held."""


def resolved(host: str, address: str, port: int) -> ResolveResult:
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=6, flags=flags)
