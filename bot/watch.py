"""What is known of a running process becomes its HTTP server: health checks and metrics."""

from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.store.clocks import SqlClocks
from bot.store.status import SqlStatus, fault
from bot.web.health import Health, clock_fault, tick_fault
from bot.web.metrics import Metrics, Reading
from bot.web.pulse import Pulse
from bot.web.server import WebServer
from config.settings import Web
from digests.store.health import feeds_by_state


def web_server(
    settings: Web,
    engine: AsyncEngine,
    *,
    clock: Clock,
    pulse: Pulse,
    sends: Mapping[tuple[str, str], int],
    wakeups: SqlClocks | None = None,
) -> WebServer | None:
    """Return what watchers ask, or None where no PORT is set.

    `sends` is by chat and outcome; `wakeups` is asked by a process that waits for another's.
    """
    if settings.port is None:
        return None

    async def database() -> str | None:
        return await fault(engine)

    async def time() -> str | None:
        return clock_fault(clock())

    async def tick() -> str | None:
        return tick_fault(pulse)

    async def read() -> Reading | None:
        return await _reading(engine, clock)

    async def woken() -> str | None:
        return await _wakeup_fault(wakeups, clock) if wakeups else None

    health = Health({"database": database, "clock": time, "tick": tick, "wakeups": woken})
    token = settings.metrics_token.get_secret_value()
    metrics = Metrics(read=read, sends=sends, tick_age=pulse.age, token=token)
    return WebServer(
        (*health.routes, *metrics.routes),
        host=settings.host,
        port=settings.port,
        beside=(metrics.measuring,),
    )


async def _wakeup_fault(wakeups: SqlClocks, clock: Clock) -> str | None:
    try:
        well = await wakeups.run(clock())
    except (SQLAlchemyError, OSError):
        return None  # that the database is away is told already
    return None if well else "no clock has ticked lately: is `pullquote run --roles clock` running?"


async def _reading(engine: AsyncEngine, clock: Clock) -> Reading | None:
    """Return what the database says, or None if it does not answer."""
    now, ledger = clock(), SqlStatus(engine)
    try:
        return Reading(
            backlog=await ledger.backlog(now),
            uncertain=await ledger.count_in_doubt(now),
            feeds={str(state): count for state, count in (await feeds_by_state(engine)).items()},
        )
    except (SQLAlchemyError, OSError):
        return None
