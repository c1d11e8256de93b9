"""Work in flight becomes bounded, without letting the slow starve the quick."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 0.25  # seconds; who takes longer must not keep others from beginning


class Slots:
    """At most `count` at a time; one that outlasts `PATIENCE` moves to a lane of its own, if it has room."""

    def __init__(self, count: int, *, slow: int) -> None:
        self._quick = asyncio.Semaphore(count)
        self._slow_left = slow

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Hold a slot."""
        await self._quick.acquire()
        moved = False

        def move() -> None:
            nonlocal moved
            if self._slow_left:
                self._slow_left -= 1
                moved = True
                self._quick.release()

        timer = asyncio.get_running_loop().call_later(PATIENCE, move)
        try:
            yield
        finally:
            timer.cancel()
            if moved:
                self._slow_left += 1
            else:
                self._quick.release()
