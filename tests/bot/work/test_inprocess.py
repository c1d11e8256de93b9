"""Ticks of one process: how many run at once, who waits, and how they end."""

import asyncio

import pytest

from bot.work.contract import Tick
from bot.work.inprocess import InProcess
from tests.waiting import until

NEVER = 3600.0  # seconds: but for the first time, at the start


class Look:
    """Something that a tick does, which ends when it is let."""

    def __init__(self, *, finds=0):
        self.begun = 0
        self.ended = 0
        self.finds = finds
        self.may_end = asyncio.Semaphore(0)

    def let_all(self):
        for _ in range(1000):
            self.may_end.release()

    async def __call__(self):
        self.begun += 1
        await self.may_end.acquire()
        self.ended += 1
        return self.finds


async def settle():
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
async def running():
    """Start an engine with these ticks, and stop it in the end."""
    engines = []

    async def start(*ticks):
        engine = InProcess(ticks)
        engines.append(engine)
        await engine.start()
        await until(lambda: all(tick.do.begun for tick in ticks if isinstance(tick.do, Look)))
        return engine

    yield start
    for engine in engines:
        for tick in engine._ticks.values():
            if isinstance(tick.do, Look):
                tick.do.let_all()
        await engine.stop()


async def test_tick_comes_again_and_again(running):
    look = Look()
    look.let_all()

    await running(Tick("look", 0.02, look))

    await until(lambda: look.ended >= 3)


async def test_of_many_wake_ups_one_runs_and_one_waits(running):
    look = Look()
    engine = await running(Tick("look", NEVER, look))

    for _ in range(5):
        await engine.wake("look")
    look.may_end.release()
    await settle()
    look.may_end.release()
    await settle()

    assert (look.begun, look.ended) == (2, 2)


async def test_tick_that_may_run_several_times_does(running):
    look = Look()
    engine = await running(Tick("look", NEVER, look, at_once=3))

    for _ in range(5):
        await engine.wake("look")

    await settle()
    assert look.begun == 3


@pytest.mark.parametrize(("finds", "woken"), [(7, 2), (0, 1)])
async def test_run_that_found_something_wakes_the_next(running, finds, woken):
    first, second = Look(finds=finds), Look()
    await running(Tick("first", NEVER, first, wakes=("second",)), Tick("second", NEVER, second))
    second.may_end.release()
    await settle()

    first.may_end.release()
    await settle()

    assert second.begun == woken


async def test_tick_that_fails_comes_again(running):
    runs = []

    async def fail():
        runs.append(1)
        raise OSError("the disk is full")

    engine = await running(Tick("fail", NEVER, fail))
    await engine.wake("fail")

    await settle()
    assert runs


async def test_stop_lets_end_what_runs_and_begins_no_more():
    look = Look()
    engine = InProcess((Tick("look", NEVER, look),))
    await engine.wake("look")
    await engine.wake("look")
    await settle()

    stopping = asyncio.create_task(engine.stop())
    await settle()
    assert not stopping.done()
    look.may_end.release()
    await stopping
    await engine.wake("look")

    assert (look.begun, look.ended) == (1, 1)


async def test_engine_that_never_began_can_be_ended():
    async def tick():
        raise AssertionError("it ran")

    await InProcess((Tick("a", 1.0, tick),)).stop()
