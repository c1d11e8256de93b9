"""Checks become answers to a watcher: /healthz (alive) and /readyz (able to work, or why not)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from aiohttp import web

from bot.web.pulse import Pulse

Check = Callable[[], Awaitable[str | None]]
"""Return why not, or None if all is well. Never raises."""

PATIENCE = 5.0  # seconds for a check; a watcher does not wait longer
STALE_AFTER = 90.0  # seconds without a tick
_SANE_YEARS = range(2025, 2100)  # a machine without a battery for its clock starts in 1970
_UNKEPT = {"Cache-Control": "no-store"}


class Health:
    """What a watcher asks. Platforms are not asked: their outage must not restart us."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._running: dict[str, asyncio.Future[str | None]] = {}

    @property
    def routes(self) -> tuple[web.RouteDef, ...]:
        return web.get("/healthz", self._healthz), web.get("/readyz", self._readyz)

    async def why_not(self) -> dict[str, str]:
        """Return what is wrong, by the name of the check; empty if we are ready."""
        said = await asyncio.gather(*(self._asked(name) for name in self._checks))
        return {name: why for name, why in zip(self._checks, said, strict=True) if why is not None}

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n", headers=_UNKEPT)  # that it answers is the answer: the loop turns

    async def _readyz(self, _: web.Request) -> web.Response:
        why = await self.why_not()
        told = {"ready": not why, "why_not": why}
        return web.json_response(told, status=503 if why else 200, headers=_UNKEPT)

    async def _asked(self, name: str) -> str | None:
        """Ask a check; one that still runs is not started again, however often a watcher comes."""
        running = self._running.get(name)
        if running is None or running.done():
            running = self._running[name] = asyncio.ensure_future(self._checks[name]())
        done, _ = await asyncio.wait({running}, timeout=PATIENCE)
        return running.result() if done else f"no answer within {PATIENCE:g} s"


def clock_fault(now: datetime) -> str | None:
    """Return what is wrong with a clock that shows `now`."""
    if now.year in _SANE_YEARS:
        return None
    return f"the machine's clock shows {now:%Y-%m-%d}: digests wait until it is set"


def tick_fault(pulse: Pulse) -> str | None:
    """Return what is wrong if ticks do not come."""
    age = pulse.age()
    if age is None:
        return "no tick has come yet"
    return f"the last tick was {age:.0f} s ago" if age > STALE_AFTER else None
