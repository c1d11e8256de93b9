"""Requests of one room are answered in the order in which they came; rooms do not wait for each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.model import Address


class Turns:
    """Whose turn it is, by room."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, address: Address) -> AsyncIterator[None]:
        """Wait for those who came before; asyncio's locks are first come, first served."""
        lock = self._locks.setdefault(address, asyncio.Lock())
        async with lock:
            yield
