"""Workers are killed, stopped and set side by side while they deliver; what people saw is counted."""

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from random import Random

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.delivery.filling import Arrivals, being_sent, open_parts, owe
from bench.delivery.worker import Errand
from bot.clock import WallClock
from bot.standins.faults import Fault, Wrong
from bot.standins.telegram import TelegramStandIn
from bot.store.status import LEFT_AFTER, SqlStatus
from digests.store.engine import engine_of

PARTS = (1, 1, 1, 1, 1, 1, 1, 1, 1, 2)  # of the digests, in turn
STOPS_WITHIN = 25.0  # seconds after SIGTERM


@dataclass(frozen=True, slots=True)
class Storm:
    """What is done to how many workers, how often, while they deliver how much."""

    deliveries: int
    blows: int = 0
    signal: int = signal.SIGKILL
    workers: int = 1
    longest: float = 0.5  # seconds that a worker is left alone once it sends
    slow: float = 0.2  # seconds until the platform answers, so that blows find requests on their way
    seed: int = 1
    patience: float = 300.0  # seconds for everything


@dataclass(slots=True)
class Damage:
    """What became of it."""

    arrivals: Arrivals
    in_flight: set[tuple[int, int]] = field(default_factory=set)  # at the blows: part and attempt
    listed: set[str] = field(default_factory=set)  # texts of the parts that `status` calls uncertain
    codes: list[int] = field(default_factory=list)  # of the processes that were told to stop
    slowest_stop: float = 0.0  # seconds
    seconds: float = 0.0

    @property
    def unlisted(self) -> set[str]:
        """Return the parts that are missing without being told of."""
        return self.arrivals.lost - self.listed


async def weather(url: str, storm: Storm, errand: Errand | None = None) -> Damage:
    """Deliver through a storm, from the migrated and empty database at `url`."""
    engine = engine_of(url)
    loop = asyncio.get_running_loop()
    try:
        async with TelegramStandIn() as telegram:
            rooms = [str(telegram.person("Reader").id) for _ in range(_rooms_for(storm.deliveries))]
            owed = await owe(engine, rooms, parts_each=PARTS, now=WallClock()())
            telegram.faults.add(Fault(Wrong.SLOW, method="sendMessage", times=None, seconds=storm.slow))
            mine = replace(
                errand or Errand(url, "", ""), database=url, api_base=telegram.api_base, token=telegram.token
            )
            damage, begin = Damage(Arrivals(owed, ())), loop.time()
            async with asyncio.timeout(storm.patience):
                await _blow(engine, storm, mine, damage)
            damage.seconds = loop.time() - begin
            damage.arrivals = Arrivals(owed, seen_in(telegram))
        doubtful = await SqlStatus(engine).in_doubt(WallClock()() + 2 * LEFT_AFTER)
        damage.listed = {delivery.part.text for delivery in doubtful}
        return damage
    finally:
        await engine.dispose()


def seen_in(telegram: TelegramStandIn) -> tuple[str, ...]:
    """Return every message that people were shown."""
    return tuple(message.text for room in telegram.rooms.values() for message in room.shown)


async def until_all_is_sent(engine: AsyncEngine) -> None:
    """Return once nothing is left to send; a database that is away is asked again."""
    while await is_left(engine):  # noqa: ASYNC110  # what we wait for lies in the store
        await asyncio.sleep(0.1)


async def is_left(engine: AsyncEngine) -> bool:
    """Say whether anything is still to be sent; a database that is away may owe something."""
    try:
        return await open_parts(engine) > 0
    except (SQLAlchemyError, OSError):
        return True


@asynccontextmanager
async def running(errand: Errand, count: int) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """Give so many workers, and end those that are left."""
    workers = [await _started(errand) for _ in range(count)]
    try:
        yield workers
    finally:
        for worker in workers:
            if worker.returncode is None:
                worker.kill()
            await worker.wait()


async def _blow(engine: AsyncEngine, storm: Storm, errand: Errand, damage: Damage) -> None:
    random = Random(storm.seed)
    async with running(errand, storm.workers) as workers:
        for _ in range(storm.blows):
            await _until_some_leave(engine, damage)
            await asyncio.sleep(random.uniform(0, storm.longest))
            number = random.randrange(len(workers))
            await _hit(workers[number], storm, damage)
            damage.in_flight |= await being_sent(engine)
            workers[number] = await _started(errand)
        await until_all_is_sent(engine)
        for worker in workers:
            await _hit(worker, replace(storm, signal=signal.SIGTERM), damage)


async def _until_some_leave(engine: AsyncEngine, damage: Damage) -> None:
    """Return once requests are on their way not left there by a worker of before, or none is due."""
    while not await being_sent(engine) - damage.in_flight and await open_parts(engine):  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def _hit(worker: asyncio.subprocess.Process, storm: Storm, damage: Damage) -> None:
    loop = asyncio.get_running_loop()
    begin = loop.time()
    worker.send_signal(storm.signal)
    async with asyncio.timeout(STOPS_WITHIN + 10):
        code = await worker.wait()
    if storm.signal != signal.SIGKILL:
        damage.codes.append(code)
        damage.slowest_stop = max(damage.slowest_stop, loop.time() - begin)


async def _started(errand: Errand) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(*errand.command)


def _rooms_for(deliveries: int) -> int:
    """Return how many rooms get about so many parts together."""
    return round(deliveries * len(PARTS) / sum(PARTS))


def describe(damage: Damage) -> Sequence[str]:
    """Return it as cells of a table: lost, repeats, unmarked, in flight, not listed, seconds."""
    arrivals = damage.arrivals
    return (
        str(len(arrivals.lost)),
        str(arrivals.repeats),
        str(arrivals.unmarked),
        str(len(damage.in_flight)),
        str(len(damage.unlisted)),
        f"{damage.seconds:.0f}",
    )
