"""A tick becomes a run in this process."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.work.contract import Tick

_CANCELLED_WITHIN = 2.0  # seconds

log = structlog.get_logger()


class Runs:
    """What runs in this process: of each tick no more than `at_once`."""

    def __init__(self, wake: Callable[[str], Awaitable[None]]) -> None:
        """`wake` is told the ticks that a run gave something to do."""
        self._wake = wake
        self._count: Counter[str] = Counter()
        self._under_way: set[asyncio.Task[None]] = set()
        self._closed = False

    def begin(self, tick: Tick) -> asyncio.Task[None] | None:
        """Begin a run; None: as many as may run do so already, or no more are to begin."""
        if self._closed or self._count[tick.name] >= tick.at_once:
            return None
        self._count[tick.name] += 1
        run = asyncio.create_task(self._run(tick), name=tick.name)
        self._under_way.add(run)
        run.add_done_callback(self._under_way.discard)
        return run

    async def close(self, *, within: float) -> None:
        """Begin no more, and wait for those under way; those that take longer are cancelled."""
        self._closed = True
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=within)
        for run in late:
            log.warning("run cut off", tick=run.get_name())
            run.cancel()
        if late:
            await asyncio.wait(late, timeout=_CANCELLED_WITHIN)

    async def _run(self, tick: Tick) -> None:
        try:
            found = await self._found(tick)
        finally:
            self._count[tick.name] -= 1
        if found and not self._closed:
            for name in tick.wakes:
                with suppress(Exception):  # the tick comes anyway
                    await self._wake(name)

    async def _found(self, tick: Tick) -> object:
        try:
            return await tick.do()
        except Exception:  # the next run shall come
            log.exception("tick failed", tick=tick.name)
            return None
