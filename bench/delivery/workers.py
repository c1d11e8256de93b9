"""Workers share what readers are owed, each a process of the bot on PostgreSQL; the one that sends is killed.

python -m bench.delivery.workers ROLES      one such process, which waits less long for those that are gone
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.delivery.filling import MARK, open_parts
from bot.clock import WallClock
from bot.model import DeliveryState
from bot.standins.faults import Fault, Wrong
from bot.standins.telegram import TelegramStandIn
from bot.store.parts import PART
from bot.store.schema import bring_up_to_date
from bot.store.slots import SLOT
from bot.store.subscriptions import SUBSCRIPTION
from digests.store.engine import engine_of, reading, writing

STOPS_WITHIN = 25.0  # seconds after SIGTERM
_ROLES = ("worker", "worker", "worker", "clock")
_SLOW = 0.1  # seconds until the platform answers, so that kills find requests on their way
_BATCH = 2000  # rows in one statement


@dataclass(slots=True)
class Toll:
    """What became of it."""

    owed: int
    lost: int = 0  # readers who were shown nothing
    repeats: int = 0
    unmarked: int = 0  # repeats that did not say so
    in_flight: int = 0  # at the kills
    senders: int = 0  # processes that sent some
    codes: list[int] = field(default_factory=list)  # of those that were told to stop
    slowest_stop: float = 0.0  # seconds
    seconds: float = 0.0


async def shared(url: str, *, readers: int, kills: int, patience: float = 1200.0) -> Toll:
    """Compose and deliver a digest to each of so many readers, while workers that send are killed."""
    engine, loop = engine_of(url), asyncio.get_running_loop()
    await bring_up_to_date(engine)
    try:
        async with TelegramStandIn() as telegram, asyncio.timeout(patience):
            rooms = [str(telegram.person("Reader").id) for _ in range(readers)]
            telegram.faults.add(Fault(Wrong.SLOW, method="sendMessage", times=None, seconds=_SLOW))
            await _owe(engine, rooms, now=WallClock()())
            toll, begin = Toll(readers), loop.time()
            async with _processes(url, telegram) as processes:
                for number in range(kills):
                    await _kill_a_sender(engine, processes, toll, after=readers * (number + 1) // (kills + 2))
                    processes.append(await _started("worker", url, telegram))
                await _until_all_is_sent(engine, readers)
                toll.seconds = loop.time() - begin
                for process in processes:
                    await _end(process, toll)
            _count(telegram, toll)
        toll.senders = await _senders(engine)
        return toll
    finally:
        await engine.dispose()


async def _owe(engine: AsyncEngine, rooms: Sequence[str], *, now: datetime) -> None:
    """Have readers whose digest is due now."""
    at = now.replace(second=0, microsecond=0)
    common = {"chat": "telegram", "tenant": "", "thread": "", "zone": "UTC", "timetable": f"{at:%H:%M}"}
    times = {"created_at": now, "shown_until": now, "next_due_at": at}
    rows = [{"room": room, **common, "language": "en", **times} for room in rooms]
    async with writing(engine) as connection:
        for start in range(0, len(rows), _BATCH):
            await connection.execute(insert(SUBSCRIPTION), rows[start : start + _BATCH])


@asynccontextmanager
async def _processes(url: str, telegram: TelegramStandIn) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """Give the processes, and end those that are left."""
    processes = [await _started(role, url, telegram) for role in _ROLES]
    try:
        yield processes
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _started(role: str, url: str, telegram: TelegramStandIn) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.delivery.workers", role, env={**os.environ, **_settings(url, telegram)}
    )


def _settings(url: str, telegram: TelegramStandIn) -> Mapping[str, str]:
    return {
        "DATABASE_URL": url,
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE": telegram.api_base,
        "SEND_RATE": "0",
        "LOG_LEVEL": "ERROR",
    }


async def _kill_a_sender(
    engine: AsyncEngine, processes: list[asyncio.subprocess.Process], toll: Toll, *, after: int
) -> None:
    """Kill a worker with requests on their way, once so many parts were sent."""
    sending: dict[int, int] = {}
    while await _sent(engine) < after or not (sending := await _sending(engine, processes)):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    pid = max(sending, key=lambda one: sending[one])
    victim = next(process for process in processes if process.pid == pid)
    victim.kill()
    await victim.wait()
    processes.remove(victim)
    toll.in_flight += (await _parts_in(engine, DeliveryState.SENDING)).get(pid, 0)


async def _sending(engine: AsyncEngine, processes: Sequence[asyncio.subprocess.Process]) -> dict[int, int]:
    """Return how many parts each process that runs has on their way."""
    found = await _parts_in(engine, DeliveryState.SENDING)
    return {process.pid: found[process.pid] for process in processes if process.pid in found}


async def _parts_in(engine: AsyncEngine, state: DeliveryState) -> dict[int, int]:
    """Return how many parts in a state were claimed last by each process."""
    counted = select(PART.c.owner, func.count()).where(PART.c.state == state).group_by(PART.c.owner)
    async with reading(engine) as connection:
        return {int(owner.split(":")[1]): count for owner, count in await connection.execute(counted)}


async def _sent(engine: AsyncEngine) -> int:
    return sum((await _parts_in(engine, DeliveryState.SENT)).values())


async def _senders(engine: AsyncEngine) -> int:
    return len(await _parts_in(engine, DeliveryState.SENT))


async def _until_all_is_sent(engine: AsyncEngine, readers: int) -> None:
    """Return once every reader's digest is composed and none is left to send."""
    while await _composed(engine) < readers or await open_parts(engine):  # noqa: ASYNC110
        await asyncio.sleep(0.1)


async def _composed(engine: AsyncEngine) -> int:
    async with reading(engine) as connection:
        frozen = select(func.count()).select_from(SLOT).where(SLOT.c.frozen_at.is_not(None))
        return int(await connection.scalar(frozen) or 0)


async def _end(process: asyncio.subprocess.Process, toll: Toll) -> None:
    loop = asyncio.get_running_loop()
    begin = loop.time()
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(STOPS_WITHIN + 10):
        toll.codes.append(await process.wait())
    toll.slowest_stop = max(toll.slowest_stop, loop.time() - begin)


def _count(telegram: TelegramStandIn, toll: Toll) -> None:
    for room in telegram.rooms.values():
        texts = [message.text for message in room.shown]
        toll.lost += not texts
        toll.repeats += max(0, len(texts) - 1)
        toll.unmarked += max(0, sum(MARK not in text for text in texts) - 1)


if __name__ == "__main__":
    from bot.app import Patience, run  # here: the bench that starts us does without
    from bot.roles import roles_of
    from config.logs import set_up
    from config.settings import read_settings

    set_up("ERROR", "console")
    quick = Patience(
        claimed_for=timedelta(seconds=5),
        answered_within=timedelta(seconds=6),
        resend_after=timedelta(seconds=0.2),
        silent=timedelta(seconds=5),
    )
    asyncio.run(run(read_settings(env_file=None), roles=roles_of(sys.argv[1]), patience=quick))
