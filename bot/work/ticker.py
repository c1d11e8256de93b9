"""Every so many seconds something is called, whatever is done to the wall clock meanwhile.

APScheduler asks the wall clock when to call, and asyncio sleeps by one that nobody sets. A wall clock that is
set back would leave it waiting for hours, so the two are compared, and when they part all calls are due.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, WallClock

LOOK_EVERY = 1.0  # seconds between two comparisons
STEP = 1.0  # seconds by which the clocks must part; less delays a call by no more

log = structlog.get_logger()
logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each call that is still under way


class Ticker:
    """Calls again and again, from `start` until `stop`; a call must be quick, and is logged if it fails."""

    def __init__(self, *, wall: Clock | None = None) -> None:
        self._wall = wall or WallClock()  # the one that APScheduler goes by
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._watching: asyncio.Task[None] | None = None

    def add(self, name: str, call: Callable[[], Awaitable[object]], *, every: float) -> None:
        """Call every so many seconds, the first time at the start."""

        async def called() -> None:
            try:
                await call()
            except Exception as error:  # the next shall come
                log.warning("tick failed", tick=name, error=f"{type(error).__name__}: {error}")

        self._scheduler.add_job(
            called,
            "interval",
            seconds=every,
            next_run_time=self._wall(),
            coalesce=True,
            misfire_grace_time=None,  # the default drops a run that is a second late
        )

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch())

    def stop(self) -> None:
        """End; a call under way is let end. Before the start there is nothing to do."""
        if self._watching is None:
            return
        self._watching.cancel()
        self._scheduler.pause()  # to shut down would cancel what runs
        self._scheduler.remove_all_jobs()

    async def _watch(self) -> None:
        before = self._apart()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            apart = self._apart()
            if abs(apart - before) >= STEP:
                log.warning("clock stepped", seconds=round(apart - before, 1))
                self._call_all()
            before = apart

    def _call_all(self) -> None:
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=self._wall())

    def _apart(self) -> float:
        return self._wall().timestamp() - time.monotonic()
