"""Ticks: what has to be looked at again and again, until the process ends.

What is due lies in the store; a tick only asks. So a tick may come late, or not at all, and nothing is lost.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import WallClock

log = structlog.get_logger()
STOP_WITHIN = 20.0  # seconds for ticks under way
logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each tick that is still under way


@dataclass(frozen=True, slots=True)
class Tick:
    name: str
    every: float  # seconds
    do: Callable[[], Awaitable[object]]
    at_once: int = 1  # runs: more, where one that waits shall not hold up the next


class Work:
    """Run ticks in this process, each at most `at_once` times at a time."""

    def __init__(self, ticks: tuple[Tick, ...]) -> None:
        self._ticks = ticks
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._running: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin; the first run of each tick is now, by the wall clock that APScheduler goes by."""
        now = WallClock()()
        for tick in self._ticks:
            self._scheduler.add_job(
                self._run,
                "interval",
                seconds=tick.every,
                args=[tick],
                next_run_time=now,
                max_instances=tick.at_once,
                coalesce=True,
                misfire_grace_time=None,  # the default drops a run that is a second late
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Start no tick any more, and let those under way end. Before the start there is nothing to do."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()  # to shut down at once would cancel what runs
        if self._running:
            await asyncio.wait(self._running, timeout=STOP_WITHIN)
        self._scheduler.shutdown(wait=False)

    async def _run(self, tick: Tick) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            await tick.do()
        except Exception:  # the next tick shall come
            log.exception("tick failed", tick=tick.name)
        finally:
            self._running.discard(task)
