"""How fast workers send where nothing limits them, and how evenly where something does."""

import asyncio
import os
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.delivery.filling import owe
from bench.delivery.platform import serving
from bench.delivery.storms import running, until_all_is_sent
from bench.delivery.worker import Errand
from bot.clock import WallClock
from bot.standins.telegram import TelegramStandIn
from bot.standins.telegram.limits import Limits
from digests.store.engine import engine_of


@dataclass(frozen=True, slots=True)
class Rate:
    """What a platform saw."""

    per_second: float  # between the first and the last tenth: workers start and end at different times
    refused: int = 0  # answered 429
    per_cpu_second: float = 0.0  # of the workers' processors, their start included: other load does not count


async def unlimited(url: str, *, chat: str, deliveries: int) -> Rate:
    """Let one worker send to a platform that never limits, from the migrated, empty database at `url`."""
    engine = engine_of(url)
    try:
        async with serving() as platform:
            rooms = [f"C{number}" if chat == "slack" else str(number) for number in range(1, deliveries + 1)]
            await owe(engine, rooms, parts_each=(1,), now=WallClock()(), chat=chat)
            base = f"{platform.address}/api/" if chat == "slack" else platform.address
            before = _cpu_of_children()
            async with running(Errand(url, base, "4200:never-asked-for", chat=chat), 1):
                await until_all_is_sent(engine)
            cpu = _cpu_of_children() - before  # the platform's own counts only once it has ended
        return Rate(_per_second(platform.arrived), per_cpu_second=deliveries / cpu)
    finally:
        await engine.dispose()


async def limited(url: str, *, workers: int, deliveries: int, rate: float = 28.0) -> Rate:
    """Let several workers share the limit of one bot."""
    engine = engine_of(url)
    try:
        async with TelegramStandIn(limits=Limits()) as telegram:
            rooms = [str(telegram.person("Reader").id) for _ in range(deliveries)]
            await owe(engine, rooms, parts_each=(1,), now=WallClock()())
            arrived = _timed(telegram)
            errand = Errand(url, telegram.api_base, telegram.token, rate=rate)
            with _at_once():
                async with running(errand, workers):
                    await asyncio.sleep(deliveries / rate)  # a look meanwhile would keep the platform waiting
                    await until_all_is_sent(engine)
        sent = sum(len(room.shown) for room in telegram.rooms.values())
        return Rate(_per_second(arrived), refused=len(arrived) - sent)
    finally:
        await engine.dispose()


@contextmanager
def _at_once() -> Iterator[None]:
    """Let this process run as soon as it can, where it may: a platform has processors enough.

    Else, on a busy machine, it would read together what came one after another, and call that too fast.
    """
    try:
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
    except (AttributeError, OSError):  # not on this system, or not for this user
        yield
        return
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _timed(telegram: TelegramStandIn) -> list[float]:
    """Return a list that fills with the time of each message as it comes."""
    times: list[float] = []
    ask = telegram.faults.next

    class Timed(type(telegram.faults)):  # type: ignore[misc]  # a class of the instance's own
        def next(self, method: str, room: str | None, *, posts: bool) -> object:
            if posts:
                times.append(asyncio.get_running_loop().time())
            return ask(method, room, posts=posts)

    telegram.faults = Timed()
    return times


def _per_second(times: Sequence[float]) -> float:
    tenth = len(times) // 10
    middle = sorted(times)[tenth : len(times) - tenth]
    return (len(middle) - 1) / (middle[-1] - middle[0])
